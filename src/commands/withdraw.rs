//! `dictum withdraw`: a quotation that may no longer be given on.

use crate::cli::{Files, Folders, Withdraw};
use crate::folder::Folder;
use crate::names::bare;
use crate::output::Target;
use crate::rights::{COLUMNS, WITHDRAWN};
use anyhow::{Context as _, Result, bail};
use std::fs;

pub(super) fn run(folders: &Folders, options: &Withdraw) -> Result<bool> {
    let data = Folder::find("data", folders.data.as_deref())?;
    if !data.path.is_dir() {
        bail!(
            "the data built into the program cannot be changed\n  help: make a `data` folder of your own, or name it with --data"
        );
    }
    let corpus = super::corpus(folders, &[], &Files::default())?;
    let id = bare(&options.id);
    let found = corpus.sources.iter().flat_map(|source| source.records.iter().zip(&source.origins));
    let places: Vec<_> = found.filter(|(record, _)| record.id == id).collect();
    let Some((first, _)) = places.first() else {
        bail!(
            "no quotation is called `{id}`\n  help: `dictum query quotations` lists them; the last column is the name"
        );
    };
    if first.withdrawn.is_some() {
        bail!("`{id}` is withdrawn already");
    }
    let path = data.path.join(format!("{WITHDRAWN}csv"));
    let before = if path.is_file() {
        fs::read_to_string(&path).with_context(|| format!("{}: the file cannot be read", path.display()))?
    } else {
        COLUMNS.join(",") + "\n"
    };
    Target::File(path.clone()).write(|out| {
        out.write_all(before.as_bytes())?;
        if !before.ends_with('\n') {
            writeln!(out)?;
        }
        let mut row = csv::Writer::from_writer(out);
        row.write_record([id, options.reason.as_str(), options.by.as_deref().unwrap_or_default()])?;
        row.flush()?;
        Ok(())
    })?;
    // What is written elsewhere can be made again; this is somebody's decision.
    let kept = fs::File::open(&path).and_then(|file| file.sync_all());
    kept.with_context(|| format!("{}: the file cannot be written", path.display()))?;
    println!(
        "`{id}` is withdrawn: {} says so, and the next build has a tombstone in its place.",
        path.display()
    );
    println!("The words still stand where you keep them:");
    for (_, origin) in places {
        println!("  {}:{}", origin.path.display(), origin.line);
    }
    println!("Builds and exports made before hold them as well; make them again, or delete them.");
    Ok(true)
}
