//! `dictum query`: one question, answered.

use super::network::write_picture;
use crate::chart::draw;
use crate::cli::{Folders, Form, Query};
use crate::export::{Format, write_triples};
use crate::folder::Folder;
use crate::names::Names;
use crate::output::Target;
use crate::query::listing::{describe, list, write_page};
use crate::query::{
    Answer, Dictionary, Engine, Look, Question, Style, catalogue, find, write_table, write_truth,
};
use anyhow::{Context as _, Result, bail};
use oxigraph::model::Triple;
use std::io::{IsTerminal as _, Read as _, stdin, stdout};

pub(super) fn run(folders: &Folders, options: &Query) -> Result<bool> {
    let queries = super::queries(folders)?;
    let target = Target::of(options.output.as_deref());
    let dictionary = Dictionary::read(&queries)?;
    let name = match (options.question.as_deref(), options.list) {
        (Some(name), false) => name,
        (None, _) if options.form(&target) == Some(Form::Table(Style::Markdown)) => {
            return page(folders, options, &queries, &dictionary, &target);
        }
        (name, _) => return show_list(&queries, "", name, options.language(), &target),
    };
    let (engine, names, fine) = super::asked(folders, &options.asked)?;
    let question = question(&queries, "", name, &names)?;
    if options.explain {
        let told = question.explain(&engine, &names, &options.set)?;
        target.write(|out| Ok(write!(out, "{told}")?))?;
        return Ok(fine);
    }
    let form = options.form(&target);
    if form.is_none() && !target.extension().is_empty() {
        bail!(
            "`.{}` is no form of an answer\n  help: forms are {}",
            target.extension(),
            Form::names().join(", ")
        );
    }
    let language = options.lang.as_deref().map(|lang| known_language(lang, &dictionary)).transpose()?;
    let most = options.limit.map_or(usize::MAX, |limit| options.offset.saturating_add(limit));
    let answer = question.ask_for(most, &engine, &names, &options.set)?;
    if matches!(&answer, Answer::Table(table) if table.rows.is_empty()) {
        why_nothing(&question, &engine, &names, &options.set)?;
    }
    let style = match (&answer, form) {
        (Answer::Table(_) | Answer::Truth(_), Some(Form::Graph(_))) => {
            bail!("this answer has no statements to write as RDF\n  help: write it as csv or json")
        }
        (Answer::Truth(_) | Answer::Triples(_), Some(Form::Picture(_))) => {
            bail!("this answer is no table to draw\n  help: write it as json or turtle")
        }
        (Answer::Triples(_), Some(Form::Table(style))) if style != Style::Table => {
            bail!("this answer is statements, which are no table\n  help: write them as turtle or jsonld")
        }
        (_, Some(Form::Table(style))) => style,
        _ => Style::Table,
    };
    if let (Answer::Table(table), Some(Form::Picture(picture))) = (&answer, form) {
        let table = table.clone().page(options.offset, options.limit);
        let svg = draw(&question, &table, &dictionary).with_context(|| {
            format!(
                "`{}` does not say how it is drawn\n  help: `chart` in its header does; see queries/README.md",
                question.name
            )
        })?;
        target.write(|out| write_picture(&svg, picture, out))?;
        return Ok(fine);
    }
    target.write(|out| match answer {
        Answer::Table(table) => {
            if options.bom && matches!(style, Style::Csv | Style::Tsv) {
                out.write_all("\u{feff}".as_bytes())?;
            }
            let table = table.page(options.offset, options.limit);
            let mut look = Look { width: terminal_width(&target), ..Look::plain(&names) };
            let Some(language) = &language else { return write_table(&table, style, &look, out) };
            let table = table.in_language(language);
            let headings = table.variables.iter().map(|name| dictionary.heading(name.as_str(), language));
            look.headings = Some(headings.collect());
            write_table(&table, style, &look, out)
        }
        Answer::Truth(truth) => write_truth(truth, style, out),
        Answer::Triples(triples) => {
            let triples = triples.iter().skip(options.offset).take(options.limit.unwrap_or(usize::MAX));
            let triples: Vec<_> = triples.map(Triple::as_ref).collect();
            let format = match form {
                Some(Form::Graph(format)) => format,
                _ => Format::default(),
            };
            write_triples(&triples, format, &names, out)
        }
    })?;
    Ok(fine)
}

/// Says which of the values that are set fits nothing at all, or what else may be the reason of no answer.
fn why_nothing(question: &Question, engine: &Engine, names: &Names, set: &[(String, String)]) -> Result<()> {
    for pair in set {
        let alone = question.ask_for(1, engine, names, std::slice::from_ref(pair))?;
        if matches!(alone, Answer::Table(table) if table.rows.is_empty()) {
            let (name, value) = pair;
            eprintln!(
                "no row: nothing has {name}={value}; is it of the kind that `--list {}` says?",
                question.name
            );
            return Ok(());
        }
    }
    match (set.len() > 1, question.names_graphs()) {
        (true, _) => eprintln!("no row: nothing fits all that is set, only parts of it"),
        (_, true) => eprintln!("no row: what is asked here is in the default graph; leave out GRAPH"),
        _ => {}
    }
    Ok(())
}

/// A language that names and headings are in.
fn known_language(wanted: &str, dictionary: &Dictionary) -> Result<String> {
    let known = dictionary.languages();
    let wanted = wanted.to_lowercase();
    let primary = wanted.split('-').next().unwrap_or_default();
    let found = known.iter().find(|known| *known == primary).cloned();
    found.with_context(|| format!("no names are in `{wanted}`\n  help: there are {}", known.join(", ")))
}

/// Writes the page of the catalogue, for which every question is asked.
fn page(
    folders: &Folders,
    options: &Query,
    queries: &Folder,
    dictionary: &Dictionary,
    target: &Target,
) -> Result<bool> {
    let (engine, names, fine) = super::asked(folders, &options.asked)?;
    let answered = |question: Question| {
        let table = question.table(&engine, &names)?;
        Ok((question, table))
    };
    let questions = catalogue(queries, "")?.into_iter().filter(|question| !question.columns().is_empty());
    let tables = questions.map(answered).collect::<Result<Vec<_>>>()?;
    target.write(|out| write_page(&tables, dictionary, &names, out))?;
    Ok(fine)
}

/// Prints the catalogue, or what one of its questions says of itself.
pub(super) fn show_list(
    queries: &Folder,
    folder: &str,
    name: Option<&str>,
    language: &str,
    target: &Target,
) -> Result<bool> {
    let dictionary = Dictionary::read(queries)?;
    let text = match name {
        Some(name) => describe(&find(queries, folder, name)?, &dictionary, language),
        None => list(&catalogue(queries, folder)?, &dictionary, language),
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
    let first = name.split_whitespace().next().unwrap_or_default().to_uppercase();
    let typed = ["ASK", "BASE", "CONSTRUCT", "DESCRIBE", "PREFIX", "SELECT"].contains(&first.as_str());
    if name.contains('{') || typed && name.trim().contains(char::is_whitespace) {
        return Question::inline(name, names);
    }
    find(queries, folder, name)
}

fn terminal_width(target: &Target) -> Option<u16> {
    let on_screen = matches!(target, Target::Stdout) && stdout().is_terminal();
    on_screen.then(|| console::Term::stdout().size().1)
}
