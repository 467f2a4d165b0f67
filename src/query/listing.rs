//! The catalogue as people read it: a list by group, all about one question, or a page with examples.

use super::{Dictionary, Look, Question, Style, Table, write_table};
use crate::names::Names;
use anyhow::Result;
use std::collections::BTreeMap;
use std::io::Write;

/// Of each answer so many rows are shown on the page, and so much of each cell.
const ROWS: usize = 3;
const COLUMNS: usize = 9;
const LETTERS: usize = 40;

/// Questions by the group that they belong to, in the order of the dictionary, with its label.
fn groups<'q>(
    questions: &'q [Question],
    dictionary: &Dictionary,
    language: &str,
) -> Vec<(String, Vec<&'q Question>)> {
    let mut groups = BTreeMap::<(usize, String), Vec<&Question>>::new();
    for question in questions {
        let tag = question.header.tags.first().map_or("other", String::as_str);
        groups.entry(dictionary.group(tag, language)).or_default().push(question);
    }
    groups.into_iter().map(|((_, label), questions)| (label, questions)).collect()
}

/// Names by group, each with what is asked, and what may be set.
#[must_use]
pub fn list(questions: &[Question], dictionary: &Dictionary, language: &str) -> String {
    let width = questions.iter().map(|question| question.name.len()).max().unwrap_or_default();
    let mut text = String::new();
    for (group, questions) in groups(questions, dictionary, language) {
        text.push_str(&format!("{group}\n"));
        for question in questions {
            let asked = question.header.question.get(language).unwrap_or(&question.header.summary);
            text.push_str(&format!("  {:width$}  {asked}\n", question.name));
            let parameters: Vec<&str> = question.header.parameters.keys().map(String::as_str).collect();
            if !parameters.is_empty() {
                text.push_str(&format!("  {:width$}    --set {}\n", "", parameters.join(", ")));
            }
        }
        text.push('\n');
    }
    text.push_str("`--list NAME` says more of one; `--set NAME=VALUE` narrows an answer.\n");
    text
}

/// Everything that one question says of itself.
#[must_use]
pub fn describe(question: &Question, dictionary: &Dictionary, language: &str) -> String {
    let header = &question.header;
    let mut text = format!("{}: {}\n\n", question.name, header.summary);
    header.question.values().for_each(|words| text.push_str(&format!("{words}\n")));
    text.push_str(&format!("\n{}\n", header.description));
    for (name, parameter) in &header.parameters {
        text.push_str(&format!("\n  --set {name}=…  {} ({})", parameter.description, parameter.kind));
    }
    if !header.parameters.is_empty() {
        text.push('\n');
    }
    for (code, meaning) in &header.missing {
        text.push_str(&format!("\n  {code} in a cell: {meaning}"));
    }
    if !header.missing.is_empty() {
        text.push('\n');
    }
    let columns = question.columns();
    let width = columns.iter().map(String::len).max().unwrap_or_default();
    let said = |column: &String| dictionary.columns.get(column)?.descriptions.get(language).cloned();
    if columns.iter().any(|column| said(column).is_some()) {
        text.push('\n');
    }
    for column in &columns {
        if let Some(said) = said(column) {
            text.push_str(&format!("  {column:width$}  {said}\n"));
        }
    }
    text
}

/// The page of the catalogue in Markdown: each question with the first rows of its answer.
///
/// # Errors
/// When writing fails.
pub fn write_page(
    tables: &[(Question, Table)],
    dictionary: &Dictionary,
    names: &Names,
    mut out: impl Write,
) -> Result<()> {
    let questions: Vec<Question> = tables.iter().map(|(question, _)| question.clone()).collect();
    for (group, questions) in groups(&questions, dictionary, "en") {
        writeln!(out, "### {group}\n")?;
        for question in questions {
            let header = &question.header;
            writeln!(out, "#### [`{0}`]({0}.rq)\n", question.name)?;
            for text in header.question.values() {
                writeln!(out, "{text}  ")?;
            }
            writeln!(out, "\n{}. {}\n", header.summary, header.description)?;
            let parameters: Vec<String> = header.parameters.keys().map(|name| format!("`{name}`")).collect();
            if !parameters.is_empty() {
                writeln!(out, "May be set: {}.\n", parameters.join(", "))?;
            }
            let Some((_, table)) = tables.iter().find(|(other, _)| other.name == question.name) else {
                continue;
            };
            if table.rows.is_empty() {
                writeln!(out, "The shipped data have no row.\n")?;
                continue;
            }
            write_table(&sample(table, names), Style::Markdown, &Look::plain(names), &mut out)?;
            let more = table.rows.len().saturating_sub(ROWS);
            match more {
                0 => writeln!(out)?,
                _ => writeln!(out, "\n… and {more} more rows\n")?,
            }
        }
    }
    Ok(())
}

/// The first rows and columns, long cells cut short.
fn sample(table: &Table, names: &Names) -> Table {
    let cut = |term: &Option<oxigraph::model::Term>| {
        let shown = Table::shown(term.as_ref(), names);
        let short: String = shown.chars().take(LETTERS).collect();
        let short = if short.len() < shown.len() { format!("{short}…") } else { short };
        (!short.is_empty()).then(|| oxigraph::model::Literal::new_simple_literal(short).into())
    };
    Table {
        variables: table.variables.iter().take(COLUMNS).cloned().collect(),
        rows: table.rows.iter().take(ROWS).map(|row| row.iter().take(COLUMNS).map(cut).collect()).collect(),
    }
}
