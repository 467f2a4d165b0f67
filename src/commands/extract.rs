//! `dictum extract`: the records of source texts, or how they were found.

use super::explain::write_explained;
use crate::cli::{Extract, Folders, RecordForm};
use crate::corpus::Corpus;
use crate::folder::File;
use crate::graph::Graph;
use crate::output::Target;
use crate::record::{Record, json_schema, read_gold, records_tab};
use crate::rights::withhold;
use crate::score::Score;
use crate::sheet::{write_csv, write_workbook};
use anyhow::Result;
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
            RecordForm::Csv => write_csv(&records_tab(corpus.records())?, options.bom, out),
            RecordForm::Xlsx => write_workbook(&[records_tab(corpus.records())?], out),
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
