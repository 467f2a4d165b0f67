//! Which files are read: those of the data folder, or those that the user names.

use crate::folder::{File, Folder};
use crate::record::Reading;
use crate::sheet::TABLES;
use anyhow::{Result, bail};
use std::path::PathBuf;

/// Folder, beside that of the sources, of the slips of each.
pub(super) const EMENDATIONS: &str = "emendations";
/// Extensions of source texts.
pub(super) const PAGES: [&str; 2] = ["md", "txt"];
/// Extensions of tables and lists of quotes.
pub(crate) const RECORDS: [&str; 7] = ["csv", "json", "jsonl", "ndjson", "ods", "tsv", "xlsx"];

/// A file of quotations, with what lies beside it.
#[derive(Debug, Clone)]
pub(crate) struct Input {
    pub file: File,
    /// What is known of a source text.
    pub header: Option<File>,
    /// Its slips.
    pub emendations: Option<File>,
}

impl Input {
    /// Whether it is a source text.
    pub fn is_page(&self) -> bool {
        PAGES.contains(&self.file.extension())
    }
}

/// The inputs that are named or, where none is, those of the data folder.
///
/// # Errors
/// When one that is named is not there, or of no kind that is read.
pub(crate) fn inputs(data: &Folder, named: &[PathBuf], reading: &Reading) -> Result<Vec<Input>> {
    if named.is_empty() { Ok(of_folder(data)) } else { of_arguments(named, reading) }
}

/// All sources and tables of a data folder.
pub(super) fn of_folder(data: &Folder) -> Vec<Input> {
    let named = |name: String| data.files.iter().find(|other| other.name == name).cloned();
    let pages = data.matching("sources/", &PAGES).map(|file| Input {
        file: file.clone(),
        header: named(format!("sources/{}.ttl", file.stem())),
        emendations: TABLES.iter().find_map(|kind| named(format!("{EMENDATIONS}/{}.{kind}", file.stem()))),
    });
    let tables = data.matching("records/", &RECORDS);
    pages.chain(tables.map(|file| Input { file: file.clone(), header: None, emendations: None })).collect()
}

/// Those that the user names.
pub(super) fn of_arguments(inputs: &[PathBuf], reading: &Reading) -> Result<Vec<Input>> {
    let mut files = Vec::new();
    for path in inputs {
        let file = File::named(path).stated_in(reading.encoding);
        if path.is_dir() {
            bail!(
                "{}: this is a folder\n  help: name its files; a folder like the `data` that Dictum ships is given with --data",
                path.display()
            );
        }
        if !path.is_file() {
            bail!(
                "{}: no such file\n  help: give a source text (.txt) or a table of quotes ({})",
                path.display(),
                RECORDS.map(|e| format!(".{e}")).join(", ")
            );
        }
        let extension = file.extension();
        if !PAGES.contains(&extension) && !RECORDS.contains(&extension) {
            bail!(
                "{}: a file of this kind is not read\n  help: source texts end in .txt or .md, tables of quotes in {}",
                path.display(),
                RECORDS.map(|e| format!(".{e}")).join(", ")
            );
        }
        let beside = |path: PathBuf| path.is_file().then(|| File::named(&path));
        let folder = path.parent().map(|folder| folder.join("..").join(EMENDATIONS));
        let emendations = folder.and_then(|folder| {
            TABLES.iter().find_map(|kind| beside(folder.join(format!("{}.{kind}", file.stem()))))
        });
        files.push(Input { header: beside(path.with_extension("ttl")), emendations, file });
    }
    Ok(files)
}
