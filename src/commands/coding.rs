//! `dictum coding`: sheets for people to code in, how far they agree, and how far rules do.

use crate::cli::{
    Accuracy as AccuracyOptions, Agreement as AgreementOptions, Coding as Options, CodingBook, CodingSheet,
    Files, Folders,
};
use crate::codebook::{Results, write_codebook};
use crate::coding::accuracy::Accuracy;
use crate::coding::agreement::{ADJUDICATION, Agreement};
use crate::coding::{Coding, Meaning, read_codings, sheet, workbook};
use crate::corpus::{Corpus, Corrections};
use crate::folder::File;
use crate::output::{Staging, Target};
use crate::problem::{Problem, Severity};
use crate::query::{Look, Style, Table, write_table};
use crate::record::Reading;
use crate::sheet::{Tab, write_csv, write_workbook};
use anyhow::{Result, bail};
use std::collections::btree_map::Entry;
use std::fs;
use std::path::{Path, PathBuf};

pub(super) fn run(folders: &Folders, options: &Options) -> Result<bool> {
    match options {
        Options::Codebook(options) => book(folders, options),
        Options::Sheet(options) => blank_or_filled(folders, options),
        Options::Agreement(options) => agreement(folders, options),
        Options::Accuracy(options) => accuracy(folders, options),
    }
}

fn blank_or_filled(folders: &Folders, options: &CodingSheet) -> Result<bool> {
    let target = Target::of(options.output.as_deref());
    if !["", "csv", "xlsx"].contains(&target.extension()) {
        bail!("`.{}` is no form of a sheet\n  help: sheets are .csv or .xlsx", target.extension());
    }
    if let Some(path) = options.output.as_deref().filter(|path| path.exists()) {
        bail!(
            "{}: the file is there already, and may hold somebody's work\n  help: give another name, or remove it first",
            path.display()
        );
    }
    let corpus = super::corpus(folders, &options.inputs, &options.files)?;
    target.write(|out| match target.extension() {
        "xlsx" => write_workbook(&workbook(&corpus, options.blank)?, out),
        _ => write_csv(&sheet(&corpus, options.blank)?, true, out),
    })?;
    Ok(!corpus.has_errors())
}

/// The code book without anything that rules found, so that coders stay independent.
fn book(folders: &Folders, options: &CodingBook) -> Result<bool> {
    let files = Files::default();
    let corpus = super::corpus(folders, &[], &files)?;
    Target::of(options.output.as_deref()).write(|out| write_codebook(&corpus, Results::LeftOut, out))?;
    Ok(!corpus.has_errors())
}

fn agreement(folders: &Folders, options: &AgreementOptions) -> Result<bool> {
    let corpus = super::corpus(folders, &options.files.input, &Files::default())?;
    let meaning = Meaning::by(&corpus)?;
    let reading = options.files.files.reading();
    let (codings, fine) = codings(&options.codings, &corpus, &meaning, &reading)?;
    if codings.len() < 2 {
        let who = codings.first().map_or("nobody", |coding| coding.coder.as_str());
        bail!(
            "only {who} has coded here: one coder agrees with nobody\n  help: give the sheets of two coders or more; `dictum coding accuracy` compares one with the rules"
        );
    }
    let found = Agreement::of(&codings, &corpus);
    let tabs = [&found.summary, &found.pairs, &found.matrix, &found.adjudication];
    publish(options.out.as_deref(), &tabs)?;
    show(&[&found.summary], options.format, &corpus)?;
    Ok(fine)
}

fn accuracy(folders: &Folders, options: &AccuracyOptions) -> Result<bool> {
    // Rules are judged by what they find, not by what somebody has mended since.
    let corpus = super::corpus_with(folders, &options.files.input, &Files::default(), Corrections::LeftOut)?;
    let meaning = Meaning::by(&corpus)?;
    let reading = options.files.files.reading();
    let (codings, fine) = codings(std::slice::from_ref(&options.reference), &corpus, &meaning, &reading)?;
    let [reference] = codings.as_slice() else {
        let named = codings.iter().map(|coding| coding.coder.as_str()).collect::<Vec<_>>().join(", ");
        bail!(
            "a reference is what one coder, or all after they came to agree, decided; here are {}\n  help: `dictum coding agreement -o DIR` makes a sheet to decide in",
            if named.is_empty() { "no decisions" } else { &named }
        );
    };
    let found = Accuracy::of(&Coding::of_rules(&corpus, &meaning), reference, &corpus, &options.numbers);
    if found.compared == 0 {
        bail!("nothing to compare: {} decided nothing of these quotations", reference.coder);
    }
    eprintln!("{} quotations compared, as {} decided them", found.compared, reference.coder);
    let tabs = [&found.summary, &found.differences];
    publish(options.out.as_deref(), &tabs)?;
    show(&tabs, options.format, &corpus)?;
    Ok(fine)
}

/// Reads the sheets of coders, and tells what is wrong in them. Who coded in several files decided once.
fn codings(
    paths: &[PathBuf],
    corpus: &Corpus,
    meaning: &Meaning<'_>,
    reading: &Reading,
) -> Result<(Vec<Coding>, bool)> {
    let (mut codings, mut problems) = (Vec::<Coding>::new(), Vec::new());
    for path in paths {
        for coding in read_codings(&File::named(path), corpus, meaning, reading, &mut problems)? {
            let same = |other: &&mut Coding| other.coder.to_lowercase() == coding.coder.to_lowercase();
            let Some(known) = codings.iter_mut().find(same) else {
                codings.push(coding);
                continue;
            };
            for (id, decided) in coding.decided {
                match known.decided.entry(id) {
                    Entry::Vacant(place) => drop(place.insert(decided)),
                    Entry::Occupied(place) => {
                        let message =
                            format!("{} has coded `{}` in another file already", coding.coder, place.key());
                        let help = "one coder decides once; the row was left out";
                        problems.push(Problem::error(path, message).help(help));
                    }
                }
            }
        }
    }
    super::tell(&problems);
    Ok((codings, problems.iter().all(|problem| problem.severity != Severity::Error)))
}

/// Writes each table into a file of its own, for spreadsheets. A sheet to decide in that is there and
/// another by now may hold decisions, and stays.
fn publish(folder: Option<&Path>, tabs: &[&Tab]) -> Result<()> {
    let Some(folder) = folder else { return Ok(()) };
    let mut staging = Staging::new(folder, "coding")?;
    for tab in tabs {
        let path = folder.join(format!("{}.csv", tab.name));
        let mut bytes = Vec::new();
        write_csv(tab, true, &mut bytes)?;
        if tab.name == ADJUDICATION && fs::read(&path).is_ok_and(|before| before != bytes) {
            eprintln!(
                "{}: left as it is, for it may hold decisions; remove it to have it made anew",
                path.display()
            );
            continue;
        }
        staging.write(&path, |file| Ok(file.write_all(&bytes)?))?;
    }
    staging.publish()
}

fn show(tabs: &[&Tab], style: Style, corpus: &Corpus) -> Result<()> {
    Target::Stdout.write(|out| {
        for (index, tab) in tabs.iter().enumerate() {
            if index > 0 {
                writeln!(out)?;
            }
            write_table(&Table::of_tab(tab), style, &Look::plain(&corpus.names), &mut *out)?;
        }
        Ok(())
    })
}
