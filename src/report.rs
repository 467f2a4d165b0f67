//! `report.md`: what was read, what became of every character, what is not known.

use crate::corpus::Corpus;
use crate::export::digest;
use crate::graph::Graph;
use crate::names::Names;
use crate::query::{Look, Question, Style, Table, write_table};
use anyhow::Result;
use oxigraph::model::{GraphNameRef, NamedNodeRef, NamedOrBlankNodeRef};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

/// Queries whose answers stand in the report: always, and where there are any.
const SHOWN: [&str; 2] = ["totals", "not-known"];
const SHOWN_IF_ANY: [&str; 5] =
    ["corrections", "possible-duplicates", "accounts", "same-words", "emendations"];

/// Of the decisions of one file, so many are named.
const AGREEING: usize = 5;

/// Writes the report of a build.
///
/// # Errors
/// When writing fails.
pub fn write_report(
    corpus: &Corpus,
    graph: &Graph,
    tables: &[(Question, Table)],
    mut out: impl Write,
) -> Result<()> {
    writeln!(out, "# Report\n\nWhat the sources quote; not all that took place.\n")?;
    let is_shown = |(question, table): &&(Question, Table)| {
        let name = question.name.as_str();
        SHOWN.contains(&name) || SHOWN_IF_ANY.contains(&name) && !table.rows.is_empty()
    };
    for (question, table) in tables.iter().filter(is_shown) {
        writeln!(out, "## {}\n", question.header.summary)?;
        write_table(table, Style::Markdown, &Look::plain(&corpus.names), &mut out)?;
        writeln!(out, "\nFrom `dictum query {}`. {}\n", question.name, question.header.description)?;
    }
    agreeing(corpus, &mut out)?;
    coverage(corpus, &mut out)?;
    size(corpus, graph, &mut out)?;
    problems(corpus, &mut out)
}

/// Corrections that are no longer needed.
fn agreeing(corpus: &Corpus, out: &mut impl Write) -> Result<()> {
    if corpus.agreeing.is_empty() {
        return Ok(());
    }
    writeln!(
        out,
        "## Decisions that reading agrees with\n\nThey confirm what was read and change nothing.\n"
    )?;
    let mut files = BTreeMap::<_, (BTreeSet<&str>, Vec<String>)>::new();
    for (correction, field) in &corpus.agreeing {
        let (quotations, places) = files.entry(&correction.origin.path).or_default();
        quotations.insert(&correction.id);
        places.push(format!("line {} `{field}`", correction.origin.line));
    }
    for (path, (quotations, places)) in files {
        let shown = places.iter().take(AGREEING).cloned().collect::<Vec<_>>().join(", ");
        let more = places.len().saturating_sub(AGREEING);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let path = path.display();
        writeln!(
            out,
            "- `{path}`: {} fields of {} quotations: {shown}{more}",
            places.len(),
            quotations.len()
        )?;
    }
    writeln!(out)?;
    Ok(())
}

/// Characters of each source by what they became.
fn coverage(corpus: &Corpus, out: &mut impl Write) -> Result<()> {
    writeln!(out, "## Coverage\n\nEvery character of a source text lies in exactly one stretch.\n")?;
    for page in corpus.sources.iter().filter_map(|source| source.page.as_ref()) {
        let document = &page.document;
        writeln!(
            out,
            "`{}`: {} characters, SHA-256 `{}`\n",
            document.name,
            document.characters(),
            document.sha256
        )?;
        writeln!(out, "| kind | stretches | characters |\n| --- | ---: | ---: |")?;
        let mut kinds = BTreeMap::<_, (usize, usize)>::new();
        for span in &page.spans {
            let (stretches, characters) = kinds.entry(span.kind).or_default();
            *stretches += 1;
            *characters += document.slice(span.start, span.end).chars().count();
        }
        for (kind, (stretches, characters)) in kinds {
            writeln!(out, "| {} | {stretches} | {characters} |", format!("{kind:?}").to_lowercase())?;
        }
        writeln!(out)?;
    }
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "a ratio for reading")]
fn size(corpus: &Corpus, graph: &Graph, out: &mut impl Write) -> Result<()> {
    let quotations = corpus.records().count();
    let about = about_quotations(graph, &corpus.names);
    writeln!(out, "## Size of the graph\n")?;
    writeln!(out, "- {} statements", graph.triples().len())?;
    if quotations > 0 {
        writeln!(
            out,
            "- {:.1} of them a quotation (the quotation, its event, participations and evidence)",
            about as f64 / quotations as f64
        )?;
    }
    writeln!(out, "- SHA-256 of the sorted N-Quads: `{}`\n", digest(graph)?)?;
    Ok(())
}

/// Statements about quotations and what is made for each of them; what only the whole corpus shows
/// is not counted.
fn about_quotations(graph: &Graph, names: &Names) -> usize {
    let kinds = ["quotation", "event", "participation", "evidence", "span", "position", "words"];
    let spaces = kinds.map(|kind| names.mint(kind, ""));
    let derived = names.mint("graph", "derived");
    let derived = GraphNameRef::NamedNode(NamedNodeRef::new_unchecked(&derived));
    let spoken = |numbers: &&[u32; 4]| {
        let quad = graph.quad(**numbers);
        let NamedOrBlankNodeRef::NamedNode(subject) = quad.subject else { return false };
        let subject = subject.as_str();
        quad.graph_name != derived && spaces.iter().any(|space| subject.starts_with(space.as_str()))
    };
    let spoken = graph.numbers().par_iter().filter(spoken);
    let mut statements: Vec<[u32; 3]> = spoken.map(|[_, statement @ ..]| *statement).collect();
    statements.par_sort_unstable();
    statements.dedup();
    statements.len()
}

fn problems(corpus: &Corpus, out: &mut impl Write) -> Result<()> {
    writeln!(out, "## Problems\n")?;
    if corpus.problems.is_empty() {
        writeln!(out, "None found.")?;
    }
    for problem in &corpus.problems {
        writeln!(out, "- {}", problem.to_string().replace('\n', "\n  "))?;
    }
    Ok(())
}
