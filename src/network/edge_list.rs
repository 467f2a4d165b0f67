//! A network that somebody has already, as tables: of edges, and of what their ends are called.
//!
//! In: a table with the columns that a query would give (see [`linking`](super::linking)), and optionally one with
//! `id`, `label`, `label_LANGUAGE` and `kind`. CSV, TSV, Excel, LibreOffice, as tables of quotes are read.

use super::Network;
use super::linking::of_rows;
use super::rows::{COLUMNS, Rows};
use crate::folder::File;
use crate::names::Names;
use crate::problem::Problem;
use crate::query::Thing;
use crate::sheet::{Layout, Sheet};
use anyhow::Result;
use std::collections::BTreeMap;

/// File endings of tables that are read.
pub const ENDINGS: [&str; 5] = ["csv", "tsv", "txt", "xlsx", "ods"];

impl Network {
    /// Reads a table of edges; `None` where it has not the columns for one, which is told as rows and columns
    /// that cannot be read are.
    ///
    /// # Errors
    /// When a file cannot be read, or a weight is no number.
    pub fn of_tables(
        edges: &File,
        nodes: Option<&File>,
        names: &Names,
        problems: &mut Vec<Problem>,
    ) -> Result<Option<Self>> {
        // Other tools, and our own tables, call the kind of an edge so.
        let aliases =
            [("interaction", "kind"), ("relationship", "kind"), ("src", "source"), ("dst", "target")];
        let aliases = aliases.map(|(theirs, ours)| (theirs.to_owned(), ours.to_owned())).into();
        let layout = Layout { known: &COLUMNS, others: true, aliases, ..Layout::default() };
        let Some(sheet) = Sheet::read(edges, &layout, problems)? else { return Ok(None) };
        let column = |name: &&str| sheet.columns.iter().position(|column| column == name);
        let columns = COLUMNS.map(|name| column(&name));
        let mut rows = Rows::new(&edges.path, columns.map(|index| index.is_some()));
        for row in &sheet.rows {
            let cell = |index: Option<usize>| {
                row.cells.get(index?).map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
            };
            rows.push(row.line, &columns.map(cell))?;
        }
        let things = nodes.map(|nodes| things(nodes, problems)).transpose()?.unwrap_or_default();
        of_rows(edges.stem(), edges.stem(), &rows, names, |_| Ok(things)).map(Some)
    }
}

/// What nodes are called, by the name that the edges have for them.
fn things(file: &File, problems: &mut Vec<Problem>) -> Result<BTreeMap<String, Thing>> {
    let layout =
        Layout { known: &["id", "label", "kind"], needed: &["id"], others: true, ..Layout::default() };
    let Some(sheet) = Sheet::read(file, &layout, problems)? else { return Ok(BTreeMap::new()) };
    let labels = |name: &String| {
        let tag = name.strip_prefix("label").map(|rest| rest.trim_start_matches('_').to_owned());
        tag.map(|tag| (name.clone(), if tag == "untagged" { String::new() } else { tag }))
    };
    let labels: Vec<(String, String)> = sheet.columns.iter().filter_map(labels).collect();
    let mut found = BTreeMap::new();
    for row in &sheet.rows {
        let Some(id) = sheet.cell(row, "id") else { continue };
        let label =
            |(column, tag): &(String, String)| Some((tag.clone(), sheet.cell(row, column)?.to_owned()));
        let mut labels: BTreeMap<String, String> = labels.iter().filter_map(label).collect();
        if labels.len() > 1 {
            // The plain label repeats one of those in a language.
            labels.remove("");
        }
        found.insert(id.to_owned(), Thing::called(labels, sheet.cell(row, "kind")));
    }
    Ok(found)
}
