//! Puts a copy of the three data folders into the binary, for use where no folder is found, and the explorer.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let mut list = String::from("&[\n");
    for folder in ["ontology", "data", "queries"] {
        println!("cargo::rerun-if-changed={folder}");
        for file in files_under(&root.join(folder))? {
            let name = file.strip_prefix(&root).expect("found under it");
            writeln!(
                list,
                "    ({:?}, include_bytes!({:?})),",
                name.display().to_string(),
                file.display().to_string()
            )
            .expect("writing to a string");
        }
    }
    list.push(']');
    let target = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    fs::write(target.join("built_in.rs"), list)?;
    // The explorer, where npm has built it; cargo never runs npm.
    let page = root.join("web/dist/index.html");
    println!("cargo::rerun-if-changed={}", page.display());
    let page = if page.exists() { fs::read(page)? } else { Vec::new() };
    fs::write(target.join("explorer.html"), page)
}

fn files_under(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut entries = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    entries.sort();
    let mut files = Vec::new();
    for entry in entries {
        if entry.is_dir() {
            files.extend(files_under(&entry)?);
        } else {
            files.push(entry);
        }
    }
    Ok(files)
}
