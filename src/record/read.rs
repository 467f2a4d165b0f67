//! People's own quotes: CSV with a header line, JSON (one array) or JSON Lines.
//!
//! Only `text` and `speaker` are required. A bad row is told with its line and left out; the rest
//! goes on.

use super::{Counterpart, CounterpartKind, Event, Record};
use crate::folder::File;
use crate::problem::Problem;
use crate::sheet::{Row, Sheet};
use crate::source::not_utf8;
use anyhow::Result;

const COLUMNS: [&str; 16] = [
    "id",
    "source",
    "n",
    "section",
    "text",
    "language",
    "text_mode",
    "speaker",
    "speaker_id",
    "speaker_office",
    "date",
    "event_type",
    "title",
    "occasion",
    "citation",
    "counterparts",
];

/// Reads a file of records; gives each with its line. Rows without text or speaker are told and
/// left out.
///
/// # Errors
/// When the file cannot be read or is not UTF-8.
pub fn read_records(file: &File, problems: &mut Vec<Problem>) -> Result<Vec<(usize, Record)>> {
    let mut rows = read_gold(file, problems)?;
    rows.retain(|(line, record)| {
        let missing = [("text", &record.text), ("speaker", &record.speaker)];
        let mut missing = missing.into_iter().filter(|(_, value)| value.trim().is_empty()).peekable();
        let whole = missing.peek().is_none();
        for (name, _) in missing {
            let help = "every quotation needs its text and its speaker; the row was left out";
            problems.push(Problem::error(&file.path, format!("no {name}")).at(*line, 0).help(help));
        }
        whole
    });
    Ok(rows)
}

/// Reads a file of records as they are: what a person read from a page need not have a speaker.
///
/// # Errors
/// When the file cannot be read or is not UTF-8.
pub fn read_gold(file: &File, problems: &mut Vec<Problem>) -> Result<Vec<(usize, Record)>> {
    let mut rows = match file.extension() {
        "csv" | "tsv" => read_sheet(file, problems)?,
        "json" => read_json(file, &read_text(file)?, problems),
        _ => read_json_lines(file, &read_text(file)?, problems),
    };
    for (index, (_, record)) in rows.iter_mut().enumerate() {
        if record.source.is_empty() {
            file.stem().clone_into(&mut record.source);
        }
        if record.n == 0 {
            record.n = index + 1;
        }
    }
    Ok(rows)
}

fn read_text(file: &File) -> Result<String> {
    let bytes = file.bytes()?;
    let text = std::str::from_utf8(&bytes).map_err(|error| not_utf8(file, &bytes, error.valid_up_to()))?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text).to_owned())
}

fn read_json_lines(file: &File, text: &str, problems: &mut Vec<Problem>) -> Vec<(usize, Record)> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .filter_map(|(index, line)| match serde_json::from_str(line) {
            Ok(record) => Some((index + 1, record)),
            Err(error) => {
                problems.push(json_problem(file, &error, index, line));
                None
            }
        })
        .collect()
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

fn read_sheet(file: &File, problems: &mut Vec<Problem>) -> Result<Vec<(usize, Record)>> {
    let sheet = Sheet::read(file, problems)?;
    if !sheet.has(file, &COLUMNS, &["text", "speaker"], problems) {
        return Ok(Vec::new());
    }
    let record = |row: &Row| Some((row.line, record_of(file, &sheet, row, problems)?));
    Ok(sheet.rows.iter().filter_map(record).collect())
}

fn record_of(file: &File, sheet: &Sheet, row: &Row, problems: &mut Vec<Problem>) -> Option<Record> {
    let cell = |name: &str| sheet.cell(row, name).map(str::to_owned);
    let n = match cell("n").map(|n| n.parse()) {
        None => 0,
        Some(Ok(n)) => n,
        Some(Err(_)) => {
            let message = format!("column `n`: `{}` is not a whole number", cell("n").unwrap_or_default());
            problems.push(Problem::error(&file.path, message).at(row.line, 0).help("the row was left out"));
            return None;
        }
    };
    let (title, occasion) = (cell("title"), cell("occasion"));
    let kind =
        cell("event_type").or_else(|| (title.is_some() || occasion.is_some()).then(|| "other".to_owned()));
    // The words themselves are verbatim: only this cell keeps its blanks.
    Some(Record {
        id: cell("id").unwrap_or_default(),
        source: cell("source").unwrap_or_default(),
        n,
        section: cell("section"),
        text: sheet.verbatim(row, "text").unwrap_or_default().to_owned(),
        language: cell("language"),
        text_mode: cell("text_mode"),
        speaker: cell("speaker").unwrap_or_default(),
        speaker_id: cell("speaker_id"),
        speaker_office: cell("speaker_office"),
        date: cell("date"),
        event: kind.map(|kind| Event { kind, title, occasion, ..Event::default() }),
        citation: cell("citation"),
        counterparts: cell("counterparts").map(|cell| counterparts_of(&cell)).unwrap_or_default(),
        ..Record::default()
    })
}

/// `name|office|represents` for each, `;` between them; office and represents may be left out.
fn counterparts_of(cell: &str) -> Vec<Counterpart> {
    let one = |text: &str| {
        let mut parts =
            text.split('|').map(str::trim).map(|part| (!part.is_empty()).then(|| part.to_owned()));
        Some(Counterpart {
            name: parts.next()??,
            kind: CounterpartKind::Person,
            office: parts.next().flatten(),
            represents: parts.next().flatten(),
            ..Counterpart::default()
        })
    };
    cell.split(';').filter_map(one).collect()
}
