//! Records as a table for a spreadsheet.

use super::{Corrected, Record, cells};
use crate::sheet::{Cell, Tab};
use anyhow::Result;
use std::collections::{BTreeMap, BTreeSet};

/// The records as a table that knows what it held, so that only what somebody changes in it counts.
///
/// # Errors
/// When a record cannot be written as JSON.
pub fn records_tab<'r>(records: impl Iterator<Item = &'r Record>) -> Result<Tab> {
    let mut columns: Vec<String> = cells::COLUMNS.iter().map(|column| (*column).to_owned()).collect();
    columns.extend(["by", "on", "reason", "extracted"].map(str::to_owned));
    let mut rows = Vec::new();
    for record in records {
        let values = cells::COLUMNS.iter().map(|column| cells::cell(record, column));
        // The words are as they were, or the id is another.
        let held = cells::COLUMNS.iter().filter(|column| !["id", "text", "citation"].contains(column));
        let mut held: BTreeMap<&str, String> =
            held.map(|column| (*column, cells::cell(record, column))).collect();
        // What is corrected already stays a correction, with who and why, when the table is put back.
        for corrected in &record.corrected {
            if let Some(held) = held.get_mut(corrected.field.as_str()) {
                held.clone_from(&corrected.was);
            }
        }
        let all = |part: fn(&Corrected) -> Option<&String>| {
            let parts: BTreeSet<&str> =
                record.corrected.iter().filter_map(part).map(String::as_str).collect();
            parts.into_iter().collect::<Vec<_>>().join("; ")
        };
        let [by, on] = [all(|corrected| corrected.by.as_ref()), all(|corrected| corrected.on.as_ref())];
        let more = [by, on, all(|corrected| corrected.reason.as_ref()), serde_json::to_string(&held)?];
        rows.push(values.chain(more).map(Cell::Text).collect());
    }
    Ok(Tab { name: "records".to_owned(), columns, rows, ..Tab::default() })
}
