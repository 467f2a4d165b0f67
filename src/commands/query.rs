//! `dictum query`: one question, answered.

use crate::cli::{Folders, Query};
use crate::export::{Format, write_triples};
use crate::folder::Folder;
use crate::names::Names;
use crate::output::Target;
use crate::query::{Answer, Question, Style, catalogue, find, write_table, write_truth};
use anyhow::{Context as _, Result};
use oxigraph::model::Triple;
use std::collections::BTreeMap;
use std::io::{IsTerminal as _, Read as _, stdin, stdout};

pub(super) fn run(folders: &Folders, options: &Query) -> Result<bool> {
    let queries = super::queries(folders)?;
    let target = Target::of(options.output.as_deref());
    let name = match (options.question.as_deref(), options.list) {
        (Some(name), false) => name,
        (name, _) => return show_list(&queries, "", name, &target),
    };
    let (store, names, fine) = super::asked(folders, &options.asked)?;
    let answer = question(&queries, "", name, &names)?.ask(&store, &names, &options.set)?;
    let style = options.format.or_else(|| Style::from_extension(target.extension())).unwrap_or(Style::Table);
    target.write(|out| match &answer {
        Answer::Table(table) => {
            if options.bom && matches!(style, Style::Csv | Style::Tsv) {
                out.write_all("\u{feff}".as_bytes())?;
            }
            write_table(table, style, &names, terminal_width(&target), out)
        }
        Answer::Truth(truth) => write_truth(*truth, style, out),
        Answer::Triples(triples) => {
            let triples: Vec<_> = triples.iter().map(Triple::as_ref).collect();
            write_triples(
                &triples,
                Format::from_extension(target.extension()).unwrap_or_default(),
                &names,
                out,
            )
        }
    })?;
    Ok(fine)
}

/// Prints the catalogue, or what one of its questions says of itself.
pub(super) fn show_list(queries: &Folder, folder: &str, name: Option<&str>, target: &Target) -> Result<bool> {
    let text = match name {
        Some(name) => describe(&find(queries, folder, name)?),
        None => list(&catalogue(queries, folder)?),
    };
    target.write(|out| Ok(write!(out, "{text}")?))?;
    Ok(true)
}

/// A question by its name or file, from standard input, or as typed.
pub(super) fn question(queries: &Folder, folder: &str, name: &str, names: &Names) -> Result<Question> {
    if name == "-" {
        let mut text = String::new();
        stdin().read_to_string(&mut text).context("standard input cannot be read")?;
        return Question::inline(&text, names);
    }
    if name.contains('{') {
        return Question::inline(name, names);
    }
    find(queries, folder, name)
}

/// The catalogue by group: name and summary of each question, and what may be set.
fn list(questions: &[Question]) -> String {
    let mut groups = BTreeMap::<&str, Vec<&Question>>::new();
    for question in questions {
        groups
            .entry(question.header.tags.first().map_or("other", String::as_str))
            .or_default()
            .push(question);
    }
    let width = questions.iter().map(|question| question.name.len()).max().unwrap_or_default();
    let mut text = String::new();
    for (group, questions) in groups {
        text.push_str(&format!("{group}\n"));
        for question in questions {
            text.push_str(&format!("  {:width$}  {}\n", question.name, question.header.summary));
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
fn describe(question: &Question) -> String {
    let header = &question.header;
    let mut text = format!("{}: {}\n\n", question.name, header.summary);
    header.question.values().for_each(|words| text.push_str(&format!("{words}\n")));
    text.push_str(&format!("\n{}\n", header.description));
    for (name, parameter) in &header.parameters {
        text.push_str(&format!("\n  --set {name}=…  {} ({})", parameter.description, parameter.kind));
    }
    text.push('\n');
    text
}

fn terminal_width(target: &Target) -> Option<u16> {
    let on_screen = matches!(target, Target::Stdout) && stdout().is_terminal();
    on_screen.then(|| console::Term::stdout().size().1)
}
