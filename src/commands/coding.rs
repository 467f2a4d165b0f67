//! `dictum coding`: sheets for people to code in, how far they agree, and how far rules do.

use crate::cli::{
    Accuracy as AccuracyOptions, Agreement as AgreementOptions, Coding as Options, CodingSheet, Folders,
};
use crate::coding::accuracy::Accuracy;
use crate::coding::agreement::Agreement;
use crate::coding::{Coding, Meaning, fields_tab, read_codings, sheet, themes_tab};
use crate::corpus::{Corpus, Corrections};
use crate::folder::File;
use crate::output::{Staging, Target};
use crate::problem::{Problem, Severity};
use crate::query::{Look, Style, Table, write_table};
use crate::sheet::{Tab, write_csv, write_workbook};
use anyhow::{Result, bail};
use std::path::{Path, PathBuf};

pub(super) fn run(folders: &Folders, options: &Options) -> Result<bool> {
    match options {
        Options::Sheet(options) => blank_or_filled(folders, options),
        Options::Agreement(options) => agreement(folders, options),
        Options::Accuracy(options) => accuracy(folders, options),
    }
}

fn blank_or_filled(folders: &Folders, options: &CodingSheet) -> Result<bool> {
    let corpus = super::corpus(folders, &options.inputs, &options.files)?;
    let tab = sheet(&corpus, options.blank)?;
    let target = Target::of(options.output.as_deref());
    let tabs = [tab, fields_tab(), themes_tab(&corpus)];
    target.write(|out| match target.extension() {
        "xlsx" => write_workbook(&tabs, out),
        _ => write_csv(&tabs[0], true, out),
    })?;
    Ok(!corpus.has_errors())
}

fn agreement(folders: &Folders, options: &AgreementOptions) -> Result<bool> {
    let corpus = super::corpus(folders, &options.files.input, &options.files.files)?;
    let meaning = Meaning::by(&corpus)?;
    let (codings, fine) = codings(&options.codings, &corpus, &meaning)?;
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
    let corpus =
        super::corpus_with(folders, &options.files.input, &options.files.files, Corrections::LeftOut)?;
    let meaning = Meaning::by(&corpus)?;
    let (codings, fine) = codings(std::slice::from_ref(&options.reference), &corpus, &meaning)?;
    let [reference] = codings.as_slice() else {
        let named = codings.iter().map(|coding| coding.coder.as_str()).collect::<Vec<_>>().join(", ");
        bail!(
            "a reference is what one coder, or all after they came to agree, decided; here are {}\n  help: `dictum coding agreement -o DIR` makes a sheet to decide in",
            if named.is_empty() { "no decisions" } else { &named }
        );
    };
    let found = Accuracy::of(&Coding::of_rules(&corpus, &meaning), reference, &corpus, &options.numbers);
    let tabs = [&found.summary, &found.differences];
    publish(options.out.as_deref(), &tabs)?;
    show(&tabs, options.format, &corpus)?;
    Ok(fine)
}

/// Reads the sheets of coders, and tells what is wrong in them.
fn codings(paths: &[PathBuf], corpus: &Corpus, meaning: &Meaning<'_>) -> Result<(Vec<Coding>, bool)> {
    let (mut codings, mut problems) = (Vec::<Coding>::new(), Vec::new());
    for path in paths {
        for coding in read_codings(&File::named(path), corpus, meaning, &mut problems)? {
            if codings.iter().any(|other| other.coder == coding.coder) {
                let message = format!("{} has a sheet already", coding.coder);
                let help = "the column `by` names the coder, or else the file does; this sheet was left out";
                problems.push(Problem::error(path, message).help(help));
            } else {
                codings.push(coding);
            }
        }
    }
    super::tell(&problems);
    Ok((codings, problems.iter().all(|problem| problem.severity != Severity::Error)))
}

/// Writes each table into a file of its own, for spreadsheets.
fn publish(folder: Option<&Path>, tabs: &[&Tab]) -> Result<()> {
    let Some(folder) = folder else { return Ok(()) };
    let mut staging = Staging::new(folder, "coding")?;
    for tab in tabs {
        staging.write(&folder.join(format!("{}.csv", tab.name)), |file| write_csv(tab, true, file))?;
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
