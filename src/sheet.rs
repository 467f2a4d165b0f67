//! Tables that people keep in a spreadsheet: a line of column names, then rows.

use crate::folder::File;
use crate::problem::{Problem, nearest};
use crate::source::{not_utf8, place_of};
use anyhow::Result;

/// A table as it was read; cells are text.
#[derive(Debug, Default)]
pub struct Sheet {
    /// Column names, lower case, blanks as `_`.
    pub columns: Vec<String>,
    /// Rows that are not empty, in order.
    pub rows: Vec<Row>,
}

/// One row.
#[derive(Debug)]
pub struct Row {
    /// Line of the file, counted from 1.
    pub line: usize,
    /// Cells, in the order of the columns.
    pub cells: Vec<String>,
}

impl Sheet {
    /// Reads a file of comma-separated or tab-separated values; rows that cannot be read are told.
    ///
    /// # Errors
    /// When the file cannot be read or is not UTF-8.
    pub fn read(file: &File, problems: &mut Vec<Problem>) -> Result<Self> {
        let bytes = file.bytes()?;
        let text =
            std::str::from_utf8(&bytes).map_err(|error| not_utf8(file, &bytes, error.valid_up_to()))?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let delimiter = if file.extension() == "tsv" { b'\t' } else { b',' };
        Ok(Self::of_text(file, text, delimiter, problems))
    }

    fn of_text(file: &File, text: &str, delimiter: u8, problems: &mut Vec<Problem>) -> Self {
        let mut reader =
            csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text.as_bytes());
        let mut sheet = Self::default();
        match reader.headers() {
            Ok(columns) => sheet.columns = columns.iter().map(column_name).collect(),
            Err(error) => problems.push(Problem::error(&file.path, error.to_string()).at(1, 0)),
        }
        for row in reader.records() {
            match row {
                Ok(row) if row.iter().all(|cell| cell.trim().is_empty()) => {}
                Ok(row) => {
                    let byte =
                        usize::try_from(row.position().map_or(0, csv::Position::byte)).unwrap_or_default();
                    let (line, _) = place_of(text, skip_line_end(text, byte));
                    sheet.rows.push(Row { line, cells: row.iter().map(str::to_owned).collect() });
                }
                Err(error) => problems.push(Problem::error(&file.path, error.to_string())),
            }
        }
        sheet
    }

    /// Tells of columns that nobody reads, and whether all that are needed are there.
    #[must_use]
    pub fn has(&self, file: &File, known: &[&str], needed: &[&str], problems: &mut Vec<Problem>) -> bool {
        let strange = self.columns.iter().enumerate().filter(|(_, name)| !known.contains(&name.as_str()));
        for (index, name) in strange {
            let help = nearest(name, known.iter().copied()).map_or_else(
                || format!("columns that are read: {}", known.join(", ")),
                |column| format!("did you mean `{column}`?"),
            );
            let message = format!("column {} `{name}` is not read", index + 1);
            problems.push(Problem::warning(&file.path, message).at(1, 0).help(help));
        }
        let missing: Vec<_> =
            needed.iter().filter(|name| !self.columns.iter().any(|column| column == *name)).collect();
        for name in &missing {
            let help = format!("the first line names the columns; found: {}", self.columns.join(", "));
            let message = format!("no column `{name}`");
            problems.push(Problem::error(&file.path, message).at(1, 0).help(help));
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

fn column_name(printed: &str) -> String {
    printed.trim().to_lowercase().replace(' ', "_")
}

/// The reader gives the place after the previous row, which is before its line end in `\r\n` files.
fn skip_line_end(text: &str, byte: usize) -> usize {
    byte + text[byte..].len() - text[byte..].trim_start_matches(['\r', '\n']).len()
}
