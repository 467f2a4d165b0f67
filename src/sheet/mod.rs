//! Tables that people keep in a spreadsheet: a line of column names, then rows.

mod workbook;
mod write;

pub use write::{Cell, Tab, write_csv, write_workbook};

use crate::decode;
use crate::folder::File;
use crate::problem::{Problem, nearest};
use crate::source::place_of;
use anyhow::Result;
use std::collections::BTreeMap;

/// Rows among which the one with the column names is looked for: titles may stand above it.
const ABOVE: usize = 20;

/// Extensions of tables.
pub const TABLES: [&str; 4] = ["csv", "ods", "tsv", "xlsx"];

/// A row as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Line of the file or row of the worksheet, counted from 1.
    pub line: usize,
    /// Cells as text, in order.
    pub cells: Vec<String>,
}

/// What a table is expected to hold.
#[derive(Debug, Clone, Default)]
pub struct Layout<'a> {
    /// Columns that are read.
    pub known: &'a [&'a str],
    /// Columns that must be there.
    pub needed: &'a [&'a str],
    /// Whether a table may have other columns, about which nothing is said.
    pub others: bool,
    /// Other names of columns, as [`column_name`] writes them.
    pub aliases: BTreeMap<String, String>,
    /// Columns that the user named: ours, then the heading of the table.
    pub stated: &'a [(String, String)],
    /// Name of the worksheet of a workbook; the first one where it is not given.
    pub worksheet: Option<&'a str>,
}

/// A table whose columns are known.
#[derive(Debug, Default)]
pub struct Sheet {
    /// Column names: ours where they are known, otherwise the heading.
    pub columns: Vec<String>,
    /// Rows under the headings that are not empty, in order.
    pub rows: Vec<Row>,
}

/// What stands between the cells of a table in text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Delimiter(u8);

impl Delimiter {
    /// A comma, or, as spreadsheets of some countries write it, a semicolon or a tab; the one by which the most
    /// columns of a heading are known. The first lines of the table are enough.
    #[must_use]
    pub fn of(file: &File, text: &str, layout: &Layout<'_>) -> Self {
        if file.extension() == "tsv" {
            return Self(b'\t');
        }
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let known = |delimiter: u8| {
            let above = text.lines().take(ABOVE).map(|line| {
                let cells = line.split(char::from(delimiter)).map(|cell| cell.trim_matches('"').to_owned());
                let columns = columns(&cells.collect::<Vec<_>>(), layout);
                columns.iter().filter(|column| layout.known.contains(&column.as_str())).count()
            });
            above.max().unwrap_or_default()
        };
        // Of equals the last one is taken, so the comma stands there.
        Self([b'\t', b';', b','].into_iter().max_by_key(|delimiter| known(*delimiter)).unwrap_or(b','))
    }

    /// The sign itself, in ASCII.
    #[must_use]
    pub fn byte(self) -> u8 {
        self.0
    }
}

impl Row {
    fn says_something(&self) -> bool {
        self.cells.iter().any(|cell| !cell.trim().is_empty())
    }
}

impl Sheet {
    /// Reads a table; `None` where it lacks a column that is needed. Rows that cannot be read, and
    /// columns that nobody reads, are told.
    ///
    /// # Errors
    /// When the file cannot be read, or is not of the kind or encoding that it is said to be.
    pub fn read(file: &File, layout: &Layout<'_>, problems: &mut Vec<Problem>) -> Result<Option<Self>> {
        if ["xlsx", "ods"].contains(&file.extension()) {
            let rows = workbook::rows(file, layout.worksheet, problems)?;
            return Ok(Self::of_rows(file, rows, layout, problems));
        }
        let text = decode::text(file)?;
        Ok(Self::begin(file, &text, Delimiter::of(file, &text, layout), layout, problems))
    }

    /// Reads a table in text or the beginning of one, which is longer than what stands above its headings.
    pub fn begin(
        file: &File,
        text: &str,
        delimiter: Delimiter,
        layout: &Layout<'_>,
        problems: &mut Vec<Problem>,
    ) -> Option<Self> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        Self::of_rows(file, of_text(file, text, 1, delimiter, problems), layout, problems)
    }

    /// Reads more rows of a table that was begun; the first is on this line.
    #[must_use]
    pub fn more(
        &self,
        file: &File,
        text: &str,
        line: usize,
        delimiter: Delimiter,
        problems: &mut Vec<Problem>,
    ) -> Self {
        let mut rows = of_text(file, text, line, delimiter, problems);
        rows.retain(Row::says_something);
        let sheet = Self { columns: self.columns.clone(), rows };
        sheet.check_width(file, problems);
        sheet
    }

    /// Finds the headings among rows.
    fn of_rows(
        file: &File,
        mut rows: Vec<Row>,
        layout: &Layout<'_>,
        problems: &mut Vec<Problem>,
    ) -> Option<Self> {
        rows.retain(Row::says_something);
        let found = |row: &Row| {
            let columns = columns(&row.cells, layout);
            layout.known.iter().filter(|known| columns.iter().any(|column| column == *known)).count()
        };
        let all = |row: &&Row| {
            let columns = columns(&row.cells, layout);
            layout.needed.iter().all(|needed| columns.iter().any(|column| column == needed))
        };
        let above = rows.iter().take(ABOVE);
        let header = above.clone().find(all).or_else(|| {
            // Of rows that lack something, the first of those that lack least.
            above.rev().max_by_key(|row| found(row))
        });
        let Some(header) = header.cloned() else {
            let help = "the first line names the columns";
            problems.push(Problem::error(&file.path, "the table is empty").help(help));
            return None;
        };
        rows.retain(|row| row.line > header.line);
        for (column, heading) in layout.stated {
            if !header.cells.iter().any(|cell| column_name(cell) == column_name(heading)) {
                let message = format!("no heading `{heading}` for the column `{column}`");
                let help = format!("the headings are: {}", header.cells.join(", "));
                problems.push(Problem::error(&file.path, message).at(header.line, 0).help(help));
            }
        }
        if rows.is_empty() {
            let message = "there is no row under the headings";
            problems.push(Problem::warning(&file.path, message).at(header.line, 0));
        }
        let sheet = Self { columns: columns(&header.cells, layout), rows };
        sheet.check_width(file, problems);
        sheet.has_columns(file, header.line, layout, problems).then_some(sheet)
    }

    /// Tells of rows with more cells than there are headings, and of cells that look like several rows.
    fn check_width(&self, file: &File, problems: &mut Vec<Problem>) {
        let headings = self.columns.len();
        for row in &self.rows {
            let surplus = row.cells.iter().skip(headings).any(|cell| !cell.trim().is_empty());
            let rows_in_cell = |cell: &String| {
                let signs = |line: &str| line.matches([',', ';', '\t']).count();
                headings > 2
                    && cell.lines().count() > 1
                    && cell.lines().any(|line| signs(line) + 1 >= headings)
            };
            let (message, help) = if surplus {
                let message =
                    format!("the row has {} cells, and there are {headings} headings", row.cells.len());
                (message, "put words that hold the sign between cells into quotation marks")
            } else if row.cells.iter().any(rows_in_cell) {
                let message =
                    "a cell of this row runs over several lines and holds as many cells as a row".to_owned();
                (message, "look whether a quotation mark is missing or too many; otherwise all is well")
            } else {
                continue;
            };
            problems.push(Problem::warning(&file.path, message).at(row.line, 0).help(help));
        }
    }

    /// Tells of columns that nobody reads or that come twice, and whether all that are needed are there.
    fn has_columns(
        &self,
        file: &File,
        line: usize,
        layout: &Layout<'_>,
        problems: &mut Vec<Problem>,
    ) -> bool {
        let names = self.columns.iter().enumerate().filter(|(_, name)| !name.is_empty());
        for (index, name) in names {
            let known = layout.known.contains(&name.as_str());
            let twice = self.columns[..index].contains(name);
            if known && !twice || layout.others {
                continue;
            }
            let help = match nearest(&column_name(name), layout.known.iter().copied()) {
                _ if twice => "the first column of that name is read".to_owned(),
                Some(column) => format!("did you mean `{column}`?"),
                None => format!("columns that are read: {}", layout.known.join(", ")),
            };
            let message = format!("column {} `{name}` is not read", index + 1);
            problems.push(Problem::warning(&file.path, message).at(line, 0).help(help));
        }
        let missing: Vec<_> =
            layout.needed.iter().filter(|name| !self.columns.iter().any(|column| column == *name)).collect();
        for name in &missing {
            let found = self.columns.join(", ");
            let help = format!("say which one it is, `--column {name}=HEADING`; found: {found}");
            let message = format!("no column `{name}`");
            problems.push(Problem::error(&file.path, message).at(line, 0).help(help));
        }
        missing.is_empty()
    }

    /// A cell as it stands.
    #[must_use]
    pub fn verbatim<'s>(&self, row: &'s Row, column: &str) -> Option<&'s str> {
        let index = self.columns.iter().position(|name| name == column)?;
        row.cells.get(index).map(String::as_str)
    }

    /// A cell without the blanks around it; `None` where nothing is left.
    #[must_use]
    pub fn cell<'s>(&self, row: &'s Row, column: &str) -> Option<&'s str> {
        self.verbatim(row, column).map(str::trim).filter(|value| !value.is_empty())
    }
}

/// What the headings of a table stand for.
fn columns(headings: &[String], layout: &Layout<'_>) -> Vec<String> {
    let of = |heading: &String| {
        let name = column_name(heading);
        let stated = layout.stated.iter().find(|(_, heading)| column_name(heading) == name);
        if let Some((column, _)) = stated {
            return column.clone();
        }
        // A column that the user named is not looked for under another heading.
        let is_free = |column: &str| !layout.stated.iter().any(|(stated, _)| stated == column);
        let known = layout.known.iter().find(|known| **known == name).map(|known| (*known).to_owned());
        let known = known.or_else(|| layout.aliases.get(&name).cloned());
        known.filter(|column| is_free(column)).unwrap_or_else(|| heading.trim().to_owned())
    };
    headings.iter().map(of).collect()
}

/// A heading as column names are compared: lower case, blanks and hyphens as `_`.
#[must_use]
pub fn column_name(heading: &str) -> String {
    heading.trim_start_matches('\u{feff}').trim().to_lowercase().replace([' ', '-'], "_")
}

/// Rows of delimited values, the first on this line: RFC 4180.
fn of_text(
    file: &File,
    text: &str,
    line: usize,
    delimiter: Delimiter,
    problems: &mut Vec<Problem>,
) -> Vec<Row> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter.0)
        .flexible(true)
        .has_headers(false)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    // Lines are counted on from row to row: from the beginning, every row would cost the whole file.
    let (mut byte, first, mut line) = (0, line, line);
    for row in reader.records() {
        match row {
            Ok(row) => {
                let start =
                    usize::try_from(row.position().map_or(0, csv::Position::byte)).unwrap_or_default();
                let start = skip_line_end(text, start);
                line += text[byte..start].matches('\n').count();
                byte = start;
                rows.push(Row { line, cells: row.iter().map(str::to_owned).collect() });
            }
            Err(error) => {
                let byte = error.position().map_or(0, csv::Position::byte);
                let (line, _) = place_of(text, usize::try_from(byte).unwrap_or_default());
                problems.push(Problem::error(&file.path, error.to_string()).at(first + line - 1, 0));
            }
        }
    }
    // A mark that is never closed makes one cell of all that follows.
    let last = rows.last().and_then(|row| row.cells.last());
    let several_lines = last.is_some_and(|cell| cell.trim_end().contains('\n'));
    if several_lines && text[byte..].matches('"').count() % 2 == 1 {
        let message = "a `\"` is opened in this row and never closed: all that follows was read as one cell";
        let help = "close it, or write it twice where it is part of the words";
        problems.push(Problem::error(&file.path, message.to_owned()).at(line, 0).help(help));
    }
    rows
}

/// The reader gives the place after the previous row, which is before its line end in `\r\n` files.
fn skip_line_end(text: &str, byte: usize) -> usize {
    byte + text[byte..].len() - text[byte..].trim_start_matches(['\r', '\n']).len()
}
