//! Writing results: whole or not at all.

use anyhow::{Context as _, Result};
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Where a result goes.
#[derive(Debug, Clone)]
pub enum Target {
    /// The screen, or whatever standard output is.
    Stdout,
    /// A file; it appears when it is whole.
    File(PathBuf),
}

impl Target {
    /// The file if there is one and it is not `-`, otherwise standard output.
    #[must_use]
    pub fn of(file: Option<&Path>) -> Self {
        let file = file.filter(|path| *path != Path::new("-"));
        // What a link stands for is written, and the link stays.
        file.map_or(Self::Stdout, |path| {
            Self::File(fs::canonicalize(path).unwrap_or_else(|_| path.to_owned()))
        })
    }

    /// The extension of the file name, or nothing.
    #[must_use]
    pub fn extension(&self) -> &str {
        match self {
            Self::Stdout => "",
            Self::File(path) => path.extension().and_then(|extension| extension.to_str()).unwrap_or_default(),
        }
    }

    /// Writes the result; a file is written beside its place and then put there.
    ///
    /// # Errors
    /// When writing fails; the file that was there before stays.
    pub fn write(&self, content: impl FnOnce(&mut (dyn Write + Send)) -> Result<()>) -> Result<()> {
        match self {
            Self::Stdout => {
                let mut out = BufWriter::new(io::stdout());
                content(&mut out)?;
                out.flush()?;
                Ok(())
            }
            // Pipes and devices take what they get; only a file can be put in the place of another.
            Self::File(path) if path.exists() && !path.is_file() && !path.is_dir() => {
                let explain = || format!("{}: it cannot be written to", path.display());
                let file = fs::OpenOptions::new().write(true).open(path).with_context(explain)?;
                let mut out = BufWriter::new(file);
                content(&mut out)?;
                out.flush()?;
                Ok(())
            }
            Self::File(path) => {
                let folder =
                    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
                let mut staging = Staging::new(
                    folder,
                    path.file_name().and_then(|name| name.to_str()).unwrap_or("result"),
                )?;
                staging.write(path, content)?;
                staging.publish()
            }
        }
    }
}

/// Bytes of a file that are collected before they are written.
const BUFFER: usize = 1 << 18;

/// Files that are written aside and put in place together, when all of them are whole.
#[derive(Debug)]
pub struct Staging {
    folder: PathBuf,
    files: Vec<(PathBuf, PathBuf)>,
}

impl Staging {
    /// A place for unfinished files in a folder, which is made where it does not exist.
    ///
    /// # Errors
    /// When the folder cannot be written to.
    pub fn new(folder: &Path, name: &str) -> Result<Self> {
        let explain = || {
            format!(
                "{}: the folder cannot be written to\n  help: choose another with --out or -o",
                folder.display()
            )
        };
        fs::create_dir_all(folder).with_context(explain)?;
        let staging = folder.join(format!(".{name}.partial"));
        if staging.exists() {
            fs::remove_dir_all(&staging).with_context(explain)?;
        }
        fs::create_dir(&staging).with_context(explain)?;
        Ok(Self { folder: staging, files: Vec::new() })
    }

    /// Writes one file that will be at `path`.
    ///
    /// # Errors
    /// When writing fails.
    pub fn write(
        &mut self,
        path: &Path,
        content: impl FnOnce(&mut (dyn Write + Send)) -> Result<()>,
    ) -> Result<()> {
        let partial = self.folder.join(self.files.len().to_string());
        write_file(&partial, path, content)?;
        self.files.push((partial, path.to_owned()));
        Ok(())
    }

    /// Writes several files, each from what stands beside its path, several at a time.
    ///
    /// # Errors
    /// The first in order of the files.
    pub fn write_all<T: Sync>(
        &mut self,
        files: &[(PathBuf, T)],
        content: impl Fn(&T, &mut (dyn Write + Send)) -> Result<()> + Sync,
    ) -> Result<()> {
        let first = self.files.len();
        self.files.extend(
            (first..)
                .zip(files)
                .map(|(number, (path, _))| (self.folder.join(number.to_string()), path.clone())),
        );
        let (places, next) = (&self.files[first..], AtomicUsize::new(0));
        let work = || {
            let mut done = Vec::new();
            loop {
                let index = next.fetch_add(1, Ordering::Relaxed);
                let (Some((_, from)), Some((partial, path))) = (files.get(index), places.get(index)) else {
                    return done;
                };
                done.push((index, write_file(partial, path, |out| content(from, out))));
            }
        };
        let workers = thread::available_parallelism().map_or(1, usize::from).min(files.len());
        let mut done: Vec<_> = thread::scope(|scope| {
            let workers: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
            let results =
                workers.into_iter().map(|worker| worker.join().unwrap_or_else(|panic| resume_unwind(panic)));
            results.flatten().collect()
        });
        done.sort_by_key(|(index, _)| *index);
        done.into_iter().try_for_each(|(_, result)| result)
    }

    /// Puts all files in place.
    ///
    /// # Errors
    /// When one cannot be put there.
    pub fn publish(mut self) -> Result<()> {
        for (partial, path) in std::mem::take(&mut self.files) {
            let explain = || format!("{}: the file cannot be put in place", path.display());
            if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
                fs::create_dir_all(folder).with_context(explain)?;
            }
            // Whoever may read the file that was there may read this one, and nobody else.
            if let Ok(before) = fs::metadata(&path) {
                fs::set_permissions(&partial, before.permissions()).with_context(explain)?;
            }
            fs::rename(&partial, &path).with_context(explain)?;
        }
        Ok(())
    }
}

/// Writes what will be at `path`.
fn write_file(
    partial: &Path,
    path: &Path,
    content: impl FnOnce(&mut (dyn Write + Send)) -> Result<()>,
) -> Result<()> {
    let explain = || format!("{}: the file cannot be written", path.display());
    let mut out = BufWriter::with_capacity(BUFFER, File::create(partial).with_context(explain)?);
    content(&mut out).with_context(explain)?;
    // A crash of this program leaves the old file or the new one. That holds for the machine as well only if one waits
    // for the disk, which takes longer than the work: what is written here can be made again.
    out.flush().with_context(explain)
}

impl Drop for Staging {
    fn drop(&mut self) {
        // Nothing useful can be done about a left-over folder; the next run clears it.
        let _ = fs::remove_dir_all(&self.folder);
    }
}
