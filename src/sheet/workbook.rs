//! Worksheets of Excel and of LibreOffice.

use super::Row;
use crate::decode::unpacked;
use crate::folder::File;
use crate::problem::{Problem, nearest};
use anyhow::Result;
use calamine::{Data, Dimensions, Ods, Range, Reader, Xlsx};
use std::io::Cursor;

/// The rows of a worksheet, cells as people see them: a day as `2020-03-27`, a whole number without a
/// fraction. A value that stands in several rows at once, merged, stands in each.
pub(super) fn rows(file: &File, worksheet: Option<&str>, problems: &mut Vec<Problem>) -> Result<Vec<Row>> {
    let bytes = Cursor::new(unpacked(file)?.into_owned());
    let broken = |error: &dyn std::fmt::Display| {
        let help = "open it in a spreadsheet and save it again, or save the sheet as CSV";
        Problem::error(&file.path, format!("the workbook cannot be read: {error}")).help(help)
    };
    let (range, merged) = if file.extension() == "ods" {
        let mut workbook = Ods::new(bytes).map_err(|error| broken(&error))?;
        let name = pick(file, &workbook.sheet_names(), worksheet)?;
        (workbook.worksheet_range(&name).map_err(|error| broken(&error))?, Vec::new())
    } else {
        let mut workbook = Xlsx::new(bytes).map_err(|error| broken(&error))?;
        let name = pick(file, &workbook.sheet_names(), worksheet)?;
        let merged = workbook.merge_cells_by_sheet_name(&name).map_err(|error| broken(&error))?;
        let range = workbook.worksheet_range(&name).map_err(|error| broken(&error))?;
        (range, merged)
    };
    Ok(cells(file, &range, &merged, problems))
}

fn pick(file: &File, names: &[String], wanted: Option<&str>) -> Result<String, Problem> {
    let found = match wanted {
        None => names.first(),
        Some(wanted) => names.iter().find(|name| name.as_str() == wanted),
    };
    found.cloned().ok_or_else(|| {
        let wanted = wanted.unwrap_or_default();
        let help = match nearest(wanted, names.iter().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("it has: {}", names.join(", ")),
        };
        Problem::error(&file.path, format!("no worksheet `{wanted}`")).help(help)
    })
}

fn cells(file: &File, range: &Range<Data>, merged: &[Dimensions], problems: &mut Vec<Problem>) -> Vec<Row> {
    let (Some(first), Some(last)) = (range.start(), range.end()) else { return Vec::new() };
    let mut rows = Vec::new();
    for row in first.0..=last.0 {
        let mut cells = Vec::new();
        // Columns begin with the first of the worksheet, as people count them.
        for column in 0..=last.1 {
            let down = merged.iter().find(|area| {
                (area.start.0..=area.end.0).contains(&row) && area.start.1 == column && area.end.1 == column
            });
            let place = (down.map_or(row, |area| area.start.0), column);
            let cell = range.get_value(place);
            if let Some(Data::Error(error)) = cell {
                let message = format!("column {}: the cell holds an error, {error}", column + 1);
                let problem = Problem::error(&file.path, message).at(row as usize + 1, 0);
                problems.push(problem.help("the cell is read as empty"));
            }
            cells.push(cell.map(shown).unwrap_or_default());
        }
        rows.push(Row { line: row as usize + 1, cells });
    }
    rows
}

fn shown(cell: &Data) -> String {
    match cell {
        Data::DateTime(date) if !date.is_duration() => {
            date.as_datetime().map_or_else(|| date.to_string(), |day| day.date().to_string())
        }
        Data::DateTimeIso(date) => date.split('T').next().unwrap_or(date).to_owned(),
        Data::Error(_) => String::new(),
        // Excel knows only floating numbers; Rust writes 3.0 as `3`.
        other => other.to_string(),
    }
}
