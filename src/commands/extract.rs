//! `dictum extract`: the records of source texts, or how they were found.

use super::explain::write_explained;
use crate::cli::{Extract, Folders, RecordForm};
use crate::corpus::Corpus;
use crate::folder::File;
use crate::graph::Graph;
use crate::output::Target;
use crate::record::{Corrected, Record, cells, json_schema, read_gold};
use crate::rights::withhold;
use crate::score::Score;
use crate::sheet::{Cell, Tab, write_csv, write_workbook};
use anyhow::Result;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::Path;

pub(super) fn run(folders: &Folders, options: &Extract) -> Result<bool> {
    let target = Target::of(options.output.as_deref());
    if options.schema {
        target.write(|out| Ok(writeln!(out, "{}", serde_json::to_string_pretty(&json_schema())?)?))?;
        return Ok(true);
    }
    let mut corpus = super::corpus(folders, &options.inputs, &options.files)?;
    if let Some(gold) = &options.score {
        return score(&corpus, gold, &target);
    }
    withhold(options.text, &mut corpus, Graph::default());
    let form = options.format.or_else(|| RecordForm::from_extension(target.extension())).unwrap_or_default();
    let colour = matches!(target, Target::Stdout) && console::colors_enabled();
    target.write(|out| match (options.explain, options.spans) {
        (true, _) => write_explained(&corpus, colour, out),
        (_, true) => write_spans(&corpus, out),
        _ => match form {
            RecordForm::Jsonl => write_records(&corpus, out),
            RecordForm::Csv => write_csv(&records_tab(&corpus)?, options.bom, out),
            RecordForm::Xlsx => write_workbook(&[records_tab(&corpus)?], out),
        },
    })?;
    Ok(!corpus.has_errors())
}

/// Compares what was found with what a person read.
fn score(corpus: &Corpus, gold: &Path, target: &Target) -> Result<bool> {
    let mut problems = Vec::new();
    let gold = read_gold(&File::named(gold), &mut problems)?;
    super::tell(&problems);
    let gold: Vec<Record> = gold.into_iter().map(|(_, record)| record).collect();
    let found: Vec<Record> = corpus.records().cloned().collect();
    target.write(|out| Ok(write!(out, "{}", Score::of(&gold, &found).report())?))?;
    Ok(problems.is_empty() && !corpus.has_errors())
}

/// One record a line.
pub(super) fn write_records(corpus: &Corpus, out: &mut dyn Write) -> Result<()> {
    for record in corpus.records() {
        writeln!(out, "{}", serde_json::to_string(record)?)?;
    }
    Ok(())
}

/// The records as a table that knows what it held, so that only what somebody changes in it counts.
pub(super) fn records_tab(corpus: &Corpus) -> Result<Tab> {
    let mut columns: Vec<String> = cells::COLUMNS.iter().map(|column| (*column).to_owned()).collect();
    columns.extend(["by", "on", "reason", "extracted"].map(str::to_owned));
    let mut rows = Vec::new();
    for record in corpus.records() {
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

/// One span a line: source, code points, what it is, the words.
fn write_spans(corpus: &Corpus, out: &mut dyn Write) -> Result<()> {
    for page in corpus.sources.iter().filter_map(|source| source.page.as_ref()) {
        let document = &page.document;
        for span in &page.spans {
            let (start, end) = (document.code_point(span.start), document.code_point(span.end));
            let text = page.shown(span);
            let line = serde_json::json!({
                "source": document.name, "start": start, "end": end, "kind": span.kind, "text": text,
            });
            writeln!(out, "{line}")?;
        }
    }
    Ok(())
}
