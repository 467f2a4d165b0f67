//! `dictum verify`: every check asked, its findings traced back to where they can be mended.

use crate::cli::{Folders, Verify};
use crate::export::{Format, write_triples};
use crate::folder::File;
use crate::graph::Graph;
use crate::map::Content;
use crate::names::Names;
use crate::output::Target;
use crate::problem::Severity;
use crate::query::{Question, catalogue};
use crate::store::Store;
use crate::verify::{Finding, Origins, report, spans, verify};
use anyhow::Result;
use indicatif::ProgressBar;
use oxigraph::model::Triple;
use std::io::Write;

const FOLDER: &str = "checks/";
/// The check that proves the evidence.
const PROOF: &str = "spans-are-cut-from-their-lines";

pub(super) fn run(folders: &Folders, options: &Verify) -> Result<bool> {
    let checks = catalogue(&super::queries(folders)?, FOLDER)?;
    let (store, names, origins, fine) = if let Some(path) = &options.graph {
        let (store, names) = super::graph_file(folders, &File::named(path))?;
        (store, names, Origins::default(), true)
    } else {
        let corpus = super::corpus(folders, &options.inputs, &options.files)?;
        let store = Store::of(&Graph::of(&corpus, Content::default()));
        let (origins, fine) = (Origins::of(&corpus), !corpus.has_errors());
        (store, corpus.names, origins, fine)
    };
    let mut times = Vec::new();
    let progress = ProgressBar::new(checks.len() as u64 + 1);
    let findings = verify(&checks, &store, &names, &mut |check, time| {
        progress.inc(1);
        times.push(format!("{:9.3} s  {check}", time.as_secs_f64()));
    })?;
    progress.finish_and_clear();
    if options.times {
        eprintln!("{}", times.join("\n"));
    }
    if let Some(path) = &options.report {
        write_report(&findings, &names, &Target::File(path.clone()))?;
    }
    let shown = |finding: &&Finding| options.notes || finding.severity != Severity::Note;
    Target::Stdout.write(|out| {
        for finding in findings.iter().filter(shown) {
            tell(finding, &store, &names, &origins, out)?;
        }
        summary(&findings, &checks, spans(&store)?, options.notes, out)
    })?;
    Ok(fine && findings.iter().all(|finding| finding.severity != Severity::Error))
}

fn tell(
    finding: &Finding,
    store: &Store,
    names: &Names,
    origins: &Origins,
    out: &mut dyn Write,
) -> Result<()> {
    if let Some(origin) = origins.find(store, &finding.node)? {
        write!(out, "{}:{}: ", origin.path.display(), origin.line)?;
    }
    writeln!(out, "{}: {}", finding.severity, finding.message)?;
    writeln!(out, "  {} (dictum query checks/{})", names.shorten(&finding.node), finding.check)?;
    Ok(())
}

fn summary(
    findings: &[Finding],
    checks: &[Question],
    (present, all): (usize, usize),
    notes: bool,
    out: &mut dyn Write,
) -> Result<()> {
    let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let (errors, warnings, others) =
        (count(Severity::Error), count(Severity::Warning), count(Severity::Note));
    writeln!(out, "{} checks: {errors} errors, {warnings} warnings, {others} notes", checks.len())?;
    if checks.iter().any(|check| check.name == PROOF) {
        let unproved = findings.iter().filter(|finding| finding.check == PROOF).count();
        let proved = present - unproved.min(present);
        writeln!(
            out,
            "{proved} of {present} spans of evidence, cut out of their lines again, are the words they claim"
        )?;
        if present < all {
            writeln!(
                out,
                "{} more have their text withheld, and only offsets to prove them by",
                all - present
            )?;
        }
    }
    if others > 0 && !notes {
        writeln!(out, "`--notes` shows the notes")?;
    }
    Ok(())
}

fn write_report(findings: &[Finding], names: &Names, target: &Target) -> Result<()> {
    let triples = report(findings, names);
    let triples: Vec<_> = triples.iter().map(Triple::as_ref).collect();
    let format = Format::from_extension(target.extension()).unwrap_or_default();
    target.write(|out| write_triples(&triples, format, names, out))
}
