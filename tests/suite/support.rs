//! Running the program and making folders to run it on.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

/// The project's own folder, with `data`, `ontology` and `queries`.
pub fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What a run printed and how it ended.
pub struct Run {
    pub stdout: String,
    pub stderr: String,
    pub code: i32,
}

/// Runs `dictum` in a folder.
pub fn dictum(folder: &Path, arguments: &[&str]) -> Run {
    let output = Command::new(env!("CARGO_BIN_EXE_dictum")).args(arguments).current_dir(folder).output();
    run_of(output.expect("the program starts"))
}

fn run_of(output: Output) -> Run {
    Run {
        stdout: String::from_utf8(output.stdout).expect("UTF-8 on standard output"),
        stderr: String::from_utf8(output.stderr).expect("UTF-8 on standard error"),
        code: output.status.code().expect("it ended by itself"),
    }
}

/// Runs `dictum` where it must succeed; gives what it printed.
pub fn works(folder: &Path, arguments: &[&str]) -> String {
    let run = dictum(folder, arguments);
    assert_eq!(run.code, 0, "dictum {}\n{}", arguments.join(" "), run.stderr);
    run.stdout
}

/// A copy of the three folders to change.
pub fn copy_of_project() -> TempDir {
    let copy = tempfile::tempdir().expect("a temporary folder");
    for folder in ["data", "ontology", "queries"] {
        copy_folder(&project().join(folder), &copy.path().join(folder));
    }
    copy
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a copy");
        }
    }
}

/// Adds text to the end of a file.
pub fn append(path: &Path, text: &str) {
    let before = fs::read_to_string(path).expect("the file is there");
    fs::write(path, before + text).expect("it can be written");
}

/// Every file under a folder, with its bytes, by its name inside the folder.
pub fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    collect(folder, folder, &mut found);
    found.sort();
    found
}

fn collect(root: &Path, folder: &Path, found: &mut Vec<(PathBuf, Vec<u8>)>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(root, &path, found);
        } else {
            let name = path.strip_prefix(root).expect("inside").to_owned();
            found.push((name, fs::read(&path).expect("a file")));
        }
    }
}
