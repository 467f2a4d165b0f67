//! `dictum extract --explain`: a page with its spans coloured, and how each citation was read.

use crate::corpus::{Corpus, Page, Source};
use crate::extract::Reading;
use crate::record::Record;
use crate::source::Kind;
use anyhow::Result;
use console::Style;
use std::collections::BTreeMap;
use std::io::Write;

/// Writes every page of the corpus; `colour` where the reader of it shows colours, otherwise each
/// stretch is set off by its kind in brackets.
pub(super) fn write_explained(corpus: &Corpus, colour: bool, out: &mut dyn Write) -> Result<()> {
    for source in &corpus.sources {
        if let Some(page) = &source.page {
            write_page(source, page, colour, out)?;
        }
    }
    Ok(())
}

fn write_page(source: &Source, page: &Page, colour: bool, out: &mut dyn Write) -> Result<()> {
    let document = &page.document;
    let mut counts = BTreeMap::<Kind, usize>::new();
    // What is said of a citation waits for the end of its line.
    let mut waiting = Vec::new();
    for span in &page.spans {
        let text = page.shown(span).unwrap_or("…");
        *counts.entry(span.kind).or_default() += document.slice(span.start, span.end).chars().count();
        if text.contains('\n') {
            for line in waiting.drain(..) {
                write!(out, "\n    {line}")?;
            }
        }
        match span.kind {
            Kind::Blank => write!(out, "{text}")?,
            kind if colour => write!(out, "{}", style(kind).force_styling(true).apply_to(text))?,
            kind => write!(out, "[{}: {text}]", name(kind))?,
        }
        let read = page.readings.iter().find(|reading| reading.start == span.start);
        if let Some(reading) = read.filter(|_| span.kind == Kind::Citation) {
            let record = source.records.iter().find(|record| record.n == reading.n);
            waiting.extend(record.into_iter().flat_map(|record| told(record, reading)));
        }
    }
    for line in waiting {
        write!(out, "\n    {line}")?;
    }
    writeln!(out, "\n{}: {} characters", document.name, document.characters())?;
    for (kind, characters) in counts {
        let shown = if colour {
            style(kind).force_styling(true).apply_to(name(kind)).to_string()
        } else {
            name(kind)
        };
        writeln!(out, "  {characters:>8}  {shown}")?;
    }
    for span in page.spans.iter().filter(|span| span.kind == Kind::Unclassified) {
        let (line, _) = document.place(span.start);
        writeln!(out, "  line {line} is unclassified: {}", document.slice(span.start, span.end))?;
    }
    Ok(())
}

/// What became of a citation, a line for each thing.
fn told(record: &Record, reading: &Reading) -> Vec<String> {
    let mut lines = vec![format!("quotation {}", record.n)];
    lines.push(format!("date: {}", record.date.as_deref().unwrap_or("not stated")));
    match (&record.event, &reading.pattern) {
        (Some(event), Some(pattern)) => lines.push(format!("event: {} by {pattern}", event.kind)),
        (Some(event), None) => lines.push(format!("event: {}; no pattern reads it", event.kind)),
        (None, _) => lines.push("event: not named".to_owned()),
    }
    for one in &record.counterparts {
        let part = |label: &str, value: Option<&str>| value.map(|value| format!("{label} {value}"));
        let parts = [
            Some(format!("name {}", one.name)),
            part("office", one.office.as_deref()),
            part("represents", one.represents.as_deref()),
            part("known as", one.id.as_deref()),
        ];
        lines.push(format!("counterpart: {}", parts.into_iter().flatten().collect::<Vec<_>>().join(" | ")));
    }
    lines.extend(reading.unused.as_ref().map(|unused| format!("not used: {unused}")));
    lines
}

fn name(kind: Kind) -> String {
    format!("{kind:?}").to_lowercase()
}

fn style(kind: Kind) -> Style {
    match kind {
        Kind::Title | Kind::Heading => Style::new().bold().underlined(),
        Kind::Byline => Style::new().bold(),
        Kind::Quotation => Style::new().green(),
        Kind::Citation => Style::new().cyan(),
        Kind::Continuation => Style::new().magenta(),
        Kind::Caption | Kind::Note => Style::new().blue(),
        Kind::Mark | Kind::Furniture | Kind::Blank => Style::new().dim(),
        Kind::Unclassified => Style::new().white().on_red(),
    }
}
