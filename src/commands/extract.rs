//! `dictum extract`: the records of source texts, or what each character is.

use crate::cli::{Extract, Folders};
use crate::corpus::Corpus;
use crate::output::Target;
use crate::record::json_schema;
use anyhow::Result;
use std::io::Write;

pub(super) fn run(folders: &Folders, options: &Extract) -> Result<bool> {
    let target = Target::of(options.output.as_deref());
    if options.schema {
        target.write(|out| Ok(writeln!(out, "{}", serde_json::to_string_pretty(&json_schema())?)?))?;
        return Ok(true);
    }
    let corpus = super::corpus(folders, &options.inputs)?;
    target
        .write(|out| if options.spans { write_spans(&corpus, out) } else { write_records(&corpus, out) })?;
    Ok(!corpus.has_errors())
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
        for span in &page.spans {
            let (start, end) = (page.document.code_point(span.start), page.document.code_point(span.end));
            let line = serde_json::json!({
                "source": page.document.name, "start": start, "end": end, "kind": span.kind,
                "text": page.document.slice(span.start, span.end),
            });
            writeln!(out, "{line}")?;
        }
    }
    Ok(())
}
