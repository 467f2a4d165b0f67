//! People's decisions about records: which field, what instead, by whom and why. They are made after
//! reading, so that they outlive every rebuild, and say when reading has caught up with them.

use crate::corpus::Origin;
use crate::date::Date;
use crate::decode;
use crate::folder::File;
use crate::names::bare;
use crate::problem::Problem;
use crate::record::{Corrected, Record, cells};
use crate::sheet::{Layout, Row, Sheet};
use anyhow::Result;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Columns that say who decided, why, what stood there when the table was written, and what coders
/// differed on.
const ABOUT: [&str; 5] = ["by", "on", "reason", "extracted", "to_decide"];
/// Columns that say which record it is and who checked it.
const ABOUT_THE_RECORD: [&str; 4] = ["id", "checked_by", "checked_on", "check_reason"];
/// Columns that an id is made from: they are as they were, or the id is another.
const WORDS: [&str; 2] = ["text", "citation"];
/// A cell that says: nothing.
const NOTHING: &str = "-";

/// What somebody decided about one record.
#[derive(Debug, Clone)]
pub struct Correction {
    /// The record.
    pub id: String,
    /// Where the decision is written.
    pub origin: Origin,
    /// Columns with what they ought to hold.
    pub fields: BTreeMap<String, String>,
    /// What they held when the decision was made, where that is known.
    pub was: BTreeMap<String, String>,
    /// Who decided.
    pub by: Option<String>,
    /// On which day.
    pub on: Option<String>,
    /// Why.
    pub reason: Option<String>,
}

/// What became of a correction that has been made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The field is another now.
    Changed,
    /// The field reads so without the correction.
    Agrees,
}

/// Reads a file of corrections: JSON Lines, or a table of the columns of a record.
///
/// A table that `dictum extract --format csv` made knows what it held, so only cells that somebody
/// changed count; of any other table every cell that is filled.
///
/// # Errors
/// When the file cannot be read.
pub fn read_corrections(file: &File, problems: &mut Vec<Problem>) -> Result<Vec<Correction>> {
    match file.extension() {
        "jsonl" | "ndjson" => of_lines(file, problems),
        _ => of_table(file, problems),
    }
}

fn of_table(file: &File, problems: &mut Vec<Problem>) -> Result<Vec<Correction>> {
    let known = [&cells::COLUMNS[..], &cells::PARTS, &ABOUT].concat();
    let layout = Layout { known: &known, needed: &["id"], ..Layout::default() };
    let Some(sheet) = Sheet::read(file, &layout, problems)? else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    for row in &sheet.rows {
        match of_row(file, &sheet, row) {
            Ok(correction) => found.push(correction),
            Err(message) => problems.push(left_out(file, row.line, message)),
        }
    }
    Ok(found)
}

fn of_row(file: &File, sheet: &Sheet, row: &Row) -> Result<Correction, String> {
    let id = bare(sheet.cell(row, "id").ok_or("no id")?).to_owned();
    let was: BTreeMap<String, String> = match sheet.cell(row, "extracted") {
        Some(json) => serde_json::from_str(json).map_err(|_| "column `extracted` was changed".to_owned())?,
        None => BTreeMap::new(),
    };
    let mut fields = BTreeMap::new();
    let columns = cells::COLUMNS.iter().chain(&cells::PARTS);
    for column in columns.filter(|column| !ABOUT_THE_RECORD.contains(column)) {
        let Some(cell) = sheet.verbatim(row, column) else { continue };
        let cell = cell.trim();
        let changed = match was.get(*column) {
            Some(was) => cell != was.trim(),
            None => !cell.is_empty() && (was.is_empty() || WORDS.contains(column)),
        };
        if changed {
            let value = if cell == NOTHING { "" } else { cell };
            fields.insert((*column).to_owned(), value.to_owned());
        }
    }
    let text = |column| sheet.cell(row, column).map(str::to_owned);
    let by = text("by").or_else(|| text("checked_by"));
    let on = text("on").or_else(|| text("checked_on"));
    let reason = text("reason").or_else(|| text("check_reason"));
    let origin = Origin { path: file.path.clone(), line: row.line };
    Ok(Correction { id, origin, fields, was, by, on, reason })
}

fn of_lines(file: &File, problems: &mut Vec<Problem>) -> Result<Vec<Correction>> {
    let text = decode::text(file)?;
    let mut found = Vec::new();
    for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let origin = Origin { path: file.path.clone(), line: index + 1 };
        match serde_json::from_str(line)
            .map_err(|error| error.to_string())
            .and_then(|json| of_json(json, origin))
        {
            Ok(correction) => found.push(correction),
            Err(message) => problems.push(left_out(file, index + 1, message)),
        }
    }
    Ok(found)
}

fn of_json(mut json: Map<String, Value>, origin: Origin) -> Result<Correction, String> {
    let mut text = |field: &str| match json.remove(field) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(format!("`{field}` is no text")),
    };
    let (id, by, on, reason) = (text("id")?.ok_or("no `id`")?, text("by")?, text("on")?, text("reason")?);
    let id = bare(&id).to_owned();
    let mut fields = BTreeMap::new();
    for (field, value) in json {
        let value = match value {
            Value::Null => String::new(),
            Value::String(text) => text,
            _ => {
                return Err(format!(
                    "`{field}` is no text; lists are written as in a table, `name|office|represents`"
                ));
            }
        };
        fields.insert(field, value);
    }
    Ok(Correction { id, origin, fields, was: BTreeMap::new(), by, on, reason })
}

fn left_out(file: &File, line: usize, message: String) -> Problem {
    Problem::error(&file.path, message).at(line, 0).help("the correction was left out")
}

impl Correction {
    /// Makes the correction; the record then says so itself. What cannot be corrected, or not so, is told.
    /// `meant` gives the cell of a field as records write it, however somebody wrote it.
    pub fn make(
        &self,
        record: &mut Record,
        meant: &dyn Fn(&Record, &str, &str) -> String,
        problems: &mut Vec<Problem>,
    ) -> Vec<(String, Outcome)> {
        let mut outcomes = Vec::new();
        let before = record.clone();
        let day = |on: &str| Date::parse(&meant(&before, "date", on)).map(|date| date.to_string());
        let nothing = |cell: &str| if cell == NOTHING { String::new() } else { cell.to_owned() };
        for (column, value) in &self.fields {
            if !cells::CORRECTABLE.contains(&column.as_str()) {
                if cells::cell(record, column).trim() == value {
                    continue;
                }
                let help = "slips of a source go into data/emendations; what can be corrected is ".to_owned()
                    + &cells::CORRECTABLE.join(", ");
                problems.push(self.problem(&format!("`{column}` is no field to correct")).help(help));
                continue;
            }
            let read = cells::cell(record, column);
            let value = meant(record, column, value);
            let already = record.corrected.iter().find(|corrected| corrected.field == *column);
            if read == value {
                if already.is_none() && self.was.get(column).is_none_or(|was| nothing(was) != value) {
                    outcomes.push((column.clone(), Outcome::Agrees));
                }
                continue;
            }
            if let Some(already) = already {
                let by = already.by.as_deref().unwrap_or("somebody");
                let message = format!(
                    "`{column}` is corrected twice: to `{}` by {by}, and to `{value}`",
                    already.became
                );
                problems.push(self.problem(&message).help("keep one of the two corrections"));
                continue;
            }
            if let Some(was) = self.was.get(column).filter(|was| nothing(was) != read) {
                let message =
                    format!("`{column}` reads `{read}` now, and read `{was}` when it was corrected");
                let help = "the correction stands; look whether it still ought to";
                problems.push(self.warning(&message).help(help));
            }
            if let Err(message) = cells::set(record, column, &value) {
                let message = format!("column `{column}`: {message}");
                problems.push(self.problem(&message).help("the field was left as it is"));
                continue;
            }
            record.corrected.push(Corrected {
                field: column.clone(),
                was: read,
                became: value,
                by: self.by.clone(),
                on: self.on.as_deref().and_then(day),
                reason: self.reason.clone(),
            });
            outcomes.push((column.clone(), Outcome::Changed));
        }
        forget_who(&before, record);
        let changed = outcomes.iter().any(|(_, outcome)| *outcome == Outcome::Changed);
        if changed && self.by.is_none() {
            let help = "fill in `by` and `reason`: others will want to know";
            problems.push(self.warning("nobody says who made this correction, and why").help(help));
        }
        if self.by.is_some() {
            record.checked_by.clone_from(&self.by);
            record.checked_on = self.on.as_deref().and_then(day);
            record.check_reason.clone_from(&self.reason);
        }
        if let Some(on) = self.on.as_deref().filter(|on| day(on).is_none()) {
            let help = "days are written 2020-03-27; the decision is kept without one";
            problems.push(self.warning(&format!("`{on}` is no date")).help(help));
        }
        outcomes
    }

    fn problem(&self, message: &str) -> Problem {
        Problem::error(&self.origin.path, message.to_owned()).at(self.origin.line, 0)
    }

    fn warning(&self, message: &str) -> Problem {
        Problem::warning(&self.origin.path, message.to_owned()).at(self.origin.line, 0)
    }

    /// What is decided, in one line.
    #[must_use]
    pub fn what(&self) -> String {
        format!("{:?}", (&self.fields, &self.was, &self.by, &self.on, &self.reason))
    }

    /// The problem of a correction whose record is not there.
    #[must_use]
    pub fn of_nobody(&self) -> Problem {
        let help = "records are named in the column `id` of `dictum extract --format csv`; the name stays as long as text and citation do";
        self.problem(&format!("no record is called `{}`", self.id)).help(help)
    }
}

/// Takes away whom a name stood for where somebody wrote another name and left that as it was.
fn forget_who(before: &Record, record: &mut Record) {
    if record.speaker != before.speaker && record.speaker_id == before.speaker_id {
        (record.speaker_id, record.speaker_basis) = (None, None);
    }
    for (index, counterpart) in record.counterparts.iter_mut().enumerate() {
        // Of as many as before, each is the one in its place; otherwise the one that bore the identifier.
        let in_place = before.counterparts.get(index).filter(|_| counterpart.id.is_none());
        let same = before.counterparts.iter().find(|old| old.id.is_some() && old.id == counterpart.id);
        let Some(old) = same.or(in_place) else { continue };
        if counterpart.name != old.name && counterpart.id == old.id {
            (counterpart.id, counterpart.basis) = (None, None);
        }
        if counterpart.represents != old.represents && counterpart.key == old.key {
            counterpart.key = None;
        }
    }
}
