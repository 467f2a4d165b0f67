//! People's own quotes: a table with a line of column names, JSON (one array) or JSON Lines.
//!
//! Only `text` and `speaker` are required. A bad row is told with its line and left out; the rest
//! goes on.

use super::{Record, cells};
use crate::decode;
use crate::folder::File;
use crate::language::Language;
use crate::problem::Problem;
use crate::sheet::{Delimiter, Layout, Row, Sheet, column_name};
use anyhow::Result;
use encoding_rs::Encoding;
use rayon::prelude::*;

/// Columns that a table of quotes may have besides those of a record: what one made for corrections has.
const MORE: [&str; 4] = ["by", "on", "reason", "extracted"];

/// Extensions of lists of records, one a line.
pub const LINES: [&str; 2] = ["jsonl", "ndjson"];

/// How people's files are to be read, where they do not say so themselves.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// The encoding that somebody stated.
    pub encoding: Option<&'static Encoding>,
    /// Columns that somebody named: ours, then the heading of the table.
    pub columns: Vec<(String, String)>,
    /// The worksheet of a workbook.
    pub worksheet: Option<String>,
}

/// Reads a file of records; gives each with its line. Rows without text or speaker are told and
/// left out. The language packs say under what other names the columns of a table go.
///
/// # Errors
/// When the file cannot be read or is not UTF-8.
pub fn read_records(
    file: &File,
    reading: &Reading,
    languages: &[Language],
    problems: &mut Vec<Problem>,
) -> Result<Vec<(usize, Record)>> {
    let mut rows = match file.extension() {
        "json" | "jsonl" | "ndjson" => read_gold(file, problems)?,
        _ => numbered(file, read_sheet(file, reading, languages, problems)?),
    };
    rows.retain(|(line, record)| is_whole(file, *line, record, problems));
    Ok(rows)
}

/// Whether a record has what every quotation needs; what it lacks is told.
fn is_whole(file: &File, line: usize, record: &Record, problems: &mut Vec<Problem>) -> bool {
    let missing = [("text", &record.text), ("speaker", &record.speaker)];
    let mut missing = missing.into_iter().filter(|(_, value)| value.trim().is_empty()).peekable();
    let whole = missing.peek().is_none();
    for (name, _) in missing {
        let help = "every quotation needs its text and its speaker; the row was left out";
        problems.push(Problem::error(&file.path, format!("no {name}")).at(line, 0).help(help));
    }
    whole
}

/// Reads one line of a list of records; what is wrong with it is told. `None` for one that is left out, or blank.
pub fn read_line(file: &File, line: &str, number: usize, problems: &mut Vec<Problem>) -> Option<Record> {
    if line.bytes().all(|byte| byte.is_ascii_whitespace()) {
        return None;
    }
    let mut record: Record = match serde_json::from_str(line) {
        Ok(record) => record,
        Err(error) => {
            problems.push(json_problem(file, &error, number - 1, line));
            return None;
        }
    };
    place(file, number, &mut record);
    is_whole(file, number, &record, problems).then_some(record)
}

/// Reads records in JSON as they are: what a person read from a page need not have a speaker.
///
/// # Errors
/// When the file cannot be read or is not UTF-8.
pub fn read_gold(file: &File, problems: &mut Vec<Problem>) -> Result<Vec<(usize, Record)>> {
    let text = decode::text(file)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    if file.extension() == "json" {
        return Ok(numbered(file, read_json(file, text, problems)));
    }
    let mut rows = read_json_lines(file, text, problems);
    for (line, record) in &mut rows {
        place(file, *line, record);
    }
    Ok(rows)
}

/// Records that do not say so themselves are of the file, and in its order.
fn numbered(file: &File, mut rows: Vec<(usize, Record)>) -> Vec<(usize, Record)> {
    for (index, (_, record)) in rows.iter_mut().enumerate() {
        place(file, index + 1, record);
    }
    rows
}

fn place(file: &File, number: usize, record: &mut Record) {
    if record.source.is_empty() {
        file.stem().clone_into(&mut record.source);
    }
    if record.n == 0 {
        record.n = number;
    }
}

fn read_json_lines(file: &File, text: &str, problems: &mut Vec<Problem>) -> Vec<(usize, Record)> {
    let lines: Vec<_> = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()).collect();
    let read = |(index, line): (usize, &str)| match serde_json::from_str(line) {
        Ok(record) => Ok((index + 1, record)),
        Err(error) => Err(json_problem(file, &error, index, line)),
    };
    let read: Vec<_> = lines.into_par_iter().map(read).collect();
    read.into_iter().filter_map(|read| read.map_err(|problem| problems.push(problem)).ok()).collect()
}

fn read_json(file: &File, text: &str, problems: &mut Vec<Problem>) -> Vec<(usize, Record)> {
    match serde_json::from_str::<Vec<Record>>(text) {
        // One array holds no line of its own for each record; its place in the array serves.
        Ok(records) => records.into_iter().map(|record| (0, record)).collect(),
        Err(error) => {
            let line = text.lines().nth(error.line().saturating_sub(1)).unwrap_or_default();
            problems.push(json_problem(file, &error, error.line().saturating_sub(1), line));
            Vec::new()
        }
    }
}

/// Says where and why; serde counts bytes, people count characters.
fn json_problem(file: &File, error: &serde_json::Error, index: usize, line: &str) -> Problem {
    let told = error.to_string();
    let message = told.split(" at line ").next().unwrap_or(&told).to_owned();
    let byte = error.column().saturating_sub(1).min(line.len());
    let column = line.char_indices().take_while(|(at, _)| *at < byte).count() + 1;
    Problem::error(&file.path, message)
        .at(index + 1, column)
        .help("`dictum extract --schema` prints what a record holds; the record was left out")
}

/// A table of quotes in text, read piece by piece.
#[derive(Debug)]
pub struct Begun {
    sheet: Sheet,
    delimiter: Delimiter,
}

/// What stands between the cells of a table that begins like this.
#[must_use]
pub fn delimiter_of(file: &File, text: &str, reading: &Reading, languages: &[Language]) -> Delimiter {
    with_layout(reading, languages, |layout| Delimiter::of(file, text, layout))
}

impl Begun {
    /// The beginning of a table, and its records, each with its line. `None` where the table lacks a column.
    pub fn of(
        file: &File,
        text: &str,
        delimiter: Delimiter,
        (reading, languages): (&Reading, &[Language]),
        problems: &mut Vec<Problem>,
    ) -> Option<(Self, Vec<(usize, Record)>)> {
        let begin = |layout: &Layout<'_>| Sheet::begin(file, text, delimiter, layout, problems);
        let sheet = with_layout(reading, languages, begin)?;
        let records = records_of(file, &sheet, problems);
        Some((Self { sheet: Sheet { rows: Vec::new(), ..sheet }, delimiter }, records))
    }

    /// Records of more of it, which begins on this line.
    pub fn more(
        &self,
        file: &File,
        text: &str,
        line: usize,
        problems: &mut Vec<Problem>,
    ) -> Vec<(usize, Record)> {
        records_of(file, &self.sheet.more(file, text, line, self.delimiter, problems), problems)
    }
}

/// A record of a row with its number among all; `None` where it lacks what every quotation needs, which is told.
pub fn settle(
    file: &File,
    (line, mut record): (usize, Record),
    number: usize,
    problems: &mut Vec<Problem>,
) -> Option<Record> {
    place(file, number, &mut record);
    is_whole(file, line, &record, problems).then_some(record)
}

fn read_sheet(
    file: &File,
    reading: &Reading,
    languages: &[Language],
    problems: &mut Vec<Problem>,
) -> Result<Vec<(usize, Record)>> {
    let sheet = with_layout(reading, languages, |layout| Sheet::read(file, layout, problems))?;
    Ok(sheet.map(|sheet| records_of(file, &sheet, problems)).unwrap_or_default())
}

/// What a table of quotes is expected to hold.
fn with_layout<T>(reading: &Reading, languages: &[Language], read: impl FnOnce(&Layout<'_>) -> T) -> T {
    let known = [&cells::COLUMNS[..], &cells::PARTS, &MORE].concat();
    let headings = languages.iter().flat_map(|language| &language.columns);
    let aliases = headings.flat_map(|(column, headings)| {
        headings.iter().map(move |heading| (column_name(heading), column.clone()))
    });
    let layout = Layout {
        others: false,
        known: &known,
        needed: &["text", "speaker"],
        aliases: aliases.collect(),
        stated: &reading.columns,
        worksheet: reading.worksheet.as_deref(),
    };
    read(&layout)
}

fn records_of(file: &File, sheet: &Sheet, problems: &mut Vec<Problem>) -> Vec<(usize, Record)> {
    let record = |row: &Row| Some((row.line, record_of(file, sheet, row, problems)?));
    sheet.rows.iter().filter_map(record).collect()
}

fn record_of(file: &File, sheet: &Sheet, row: &Row, problems: &mut Vec<Problem>) -> Option<Record> {
    let mut record = Record::default();
    let absent = |column: &&&str| {
        sheet.cell(row, if **column == "theme_words" { "themes" } else { "counterparts" }).is_none()
    };
    for column in cells::COLUMNS.iter().chain(cells::PARTS.iter().filter(absent)) {
        let Some(cell) = sheet.verbatim(row, column) else { continue };
        if let Err(message) = cells::set(&mut record, column, cell) {
            let message = format!("column `{column}`: {message}");
            problems.push(Problem::error(&file.path, message).at(row.line, 0).help("the row was left out"));
            return None;
        }
    }
    Some(record)
}
