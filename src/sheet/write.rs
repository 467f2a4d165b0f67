//! Tables for spreadsheets: workbooks (Office Open XML) and comma-separated values.

use anyhow::{Context as _, Result};
use rust_xlsxwriter::{DataValidation, DocProperties, ExcelDateTime, Format, Workbook};
use std::collections::BTreeSet;
use std::io::Write;

/// What a cell of a worksheet holds at most, in UTF-16 units, and what the name of one does.
const CELL: usize = 32_767;
const NAME: usize = 31;
/// Column widths, in characters.
const WIDTHS: (usize, usize) = (8, 60);

/// A table ready to be written.
#[derive(Debug, Clone, Default)]
pub struct Tab {
    /// What it is called.
    pub name: String,
    /// Headings.
    pub columns: Vec<String>,
    /// Rows, a cell for each heading.
    pub rows: Vec<Vec<Cell>>,
    /// Columns whose cells are chosen from the first column of another table, by its name.
    pub choices: Vec<(usize, String)>,
}

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Words.
    Text(String),
    /// A number, to be counted with.
    Number(f64),
}

/// Writes a workbook with a worksheet for each table. Its date of creation is always the same, so that
/// the same tables are the same bytes. A text longer than a cell can hold is cut, and says so.
///
/// # Errors
/// When writing fails.
pub fn write_workbook(tabs: &[Tab], out: &mut dyn Write) -> Result<()> {
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::from_ymd(2000, 1, 1).context("a day of the calendar")?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
    let (heading, words) = (Format::new().set_bold(), Format::new().set_num_format("@"));
    let mut names = BTreeSet::new();
    for tab in tabs {
        let worksheet = workbook.add_worksheet();
        worksheet.set_name(worksheet_name(&tab.name, &mut names))?;
        for (column, title) in (0_u16..).zip(&tab.columns) {
            worksheet.write_string_with_format(0, column, title, &heading)?;
            let cells = tab.rows.iter().filter_map(|row| row.get(usize::from(column)));
            let longest = cells.map(width).chain([width_of(title)]).max().unwrap_or_default();
            worksheet.set_column_width(column, u32::try_from(longest.clamp(WIDTHS.0, WIDTHS.1))?)?;
            // What is typed into a column of words stays as it is typed, a month no less than a day.
            if tab.rows.iter().all(|row| !matches!(row.get(usize::from(column)), Some(Cell::Number(_)))) {
                worksheet.set_column_format(column, &words)?;
            }
        }
        for (row, cells) in (1_u32..).zip(&tab.rows) {
            for (column, cell) in (0_u16..).zip(cells) {
                match cell {
                    Cell::Number(number) => worksheet.write_number(row, column, *number)?,
                    Cell::Text(text) if text.is_empty() => continue,
                    Cell::Text(text) => {
                        worksheet.write_string_with_format(row, column, fitting(text), &words)?
                    }
                };
            }
        }
        for (column, other) in &tab.choices {
            let Some(chosen) = tabs.iter().find(|tab| tab.name == *other) else { continue };
            let range = format!("='{other}'!$A$2:$A${}", chosen.rows.len() + 1);
            // Anything else may be typed all the same: a label, a note.
            let choice =
                DataValidation::new().allow_list_formula(range.as_str().into()).show_error_message(false);
            let (column, last) = (u16::try_from(*column)?, u32::try_from(tab.rows.len().max(1))?);
            worksheet.add_data_validation(1, column, last, column, &choice)?;
        }
        worksheet.set_freeze_panes(1, 0)?;
    }
    out.write_all(&workbook.save_to_buffer()?)?;
    Ok(())
}

/// Writes comma-separated values (RFC 4180); `mark` begins them with a byte-order mark, without which
/// Excel takes UTF-8 for something else.
///
/// # Errors
/// When writing fails.
pub fn write_csv(tab: &Tab, mark: bool, mut out: impl Write) -> Result<()> {
    if mark {
        out.write_all("\u{feff}".as_bytes())?;
    }
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(&tab.columns)?;
    for row in &tab.rows {
        writer.write_record(row.iter().map(|cell| match cell {
            Cell::Text(text) => text.clone(),
            Cell::Number(number) => number.to_string(),
        }))?;
    }
    writer.flush()?;
    Ok(())
}

fn worksheet_name(name: &str, taken: &mut BTreeSet<String>) -> String {
    let clean = |c: char| if matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'') { '-' } else { c };
    let short: String = name.chars().map(clean).take(NAME).collect();
    let mut unique = short.clone();
    for number in 2.. {
        if taken.insert(unique.to_lowercase()) {
            break;
        }
        let end = format!("-{number}");
        unique = short.chars().take(NAME - end.len()).collect::<String>() + &end;
    }
    unique
}

fn fitting(text: &str) -> String {
    const CUT: &str = " … (cut: a cell holds no more; the CSV has it all)";
    if text.encode_utf16().count() <= CELL {
        return text.to_owned();
    }
    let mut left = CELL - CUT.encode_utf16().count();
    let whole = text.chars().take_while(|c| {
        let fits = left >= c.len_utf16();
        left = left.saturating_sub(c.len_utf16());
        fits
    });
    whole.collect::<String>() + CUT
}

fn width(cell: &Cell) -> usize {
    match cell {
        Cell::Text(text) => width_of(text),
        Cell::Number(number) => number.to_string().len(),
    }
}

fn width_of(text: &str) -> usize {
    text.lines().map(|line| unicode_width::UnicodeWidthStr::width(line) + 2).max().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_worksheets_are_short_clean_and_different() {
        let mut taken = BTreeSet::new();
        let name = "a".repeat(40);
        assert_eq!(worksheet_name(&name, &mut taken), "a".repeat(31));
        assert_eq!(worksheet_name(&name, &mut taken), format!("{}-2", "a".repeat(29)));
        assert_eq!(worksheet_name("x/y", &mut taken), "x-y");
    }

    #[test]
    fn a_text_that_no_cell_holds_is_cut_and_says_so() {
        let cut = fitting(&"😀".repeat(20_000));
        assert!(cut.encode_utf16().count() <= CELL && cut.ends_with("has it all)"));
        assert_eq!(fitting("short"), "short");
    }

    #[test]
    fn the_same_tables_are_the_same_bytes() {
        let tab = Tab {
            name: "t".to_owned(),
            columns: vec!["a".to_owned()],
            rows: vec![vec![Cell::Number(1.0)], vec![Cell::Text("=1+1".to_owned())]],
            ..Tab::default()
        };
        let bytes = || {
            let mut out = Vec::new();
            write_workbook(std::slice::from_ref(&tab), &mut out).expect("a workbook");
            out
        };
        assert_eq!(bytes(), bytes());
    }
}
