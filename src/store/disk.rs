//! Stores on disk: made aside, and put in place when they are whole, so that whoever asks the one before goes on.

use anyhow::{Context as _, Result, bail};
use oxigraph::store::Store;
use std::fs;
use std::path::{Path, PathBuf};

/// A file that every store has.
const MARK: &str = "CURRENT";

/// A store that is to take a place.
pub struct Draft {
    store: Option<Store>,
    aside: PathBuf,
    place: PathBuf,
}

impl Draft {
    /// A store without statements.
    ///
    /// # Errors
    /// When it cannot be made, or something else is in its place.
    pub fn empty(place: &Path) -> Result<Self> {
        may_take(place)?;
        Self::opened(aside(place)?, place)
    }

    /// A copy of the store that is in the place. Files of statements are never changed once they are written, and are
    /// shared with it.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn copy(place: &Path) -> Result<Self> {
        let aside = aside(place)?;
        let explain = || format!("{}: the store cannot be copied", place.display());
        fs::create_dir(&aside).with_context(explain)?;
        for entry in fs::read_dir(place).with_context(explain)? {
            let from = entry.with_context(explain)?.path();
            let name = from.file_name().unwrap_or_default();
            if !from.is_file() || name == "LOCK" || name.to_string_lossy().starts_with("LOG") {
                continue;
            }
            let to = aside.join(name);
            if from.extension().is_none_or(|extension| extension != "sst") {
                fs::copy(&from, &to).with_context(explain)?;
            } else {
                share(&from, &to).with_context(explain)?;
            }
        }
        Self::opened(aside, place)
    }

    fn opened(aside: PathBuf, place: &Path) -> Result<Self> {
        let store = Store::open(&aside)
            .with_context(|| format!("{}: the store cannot be written", place.display()))?;
        Ok(Self { store: Some(store), aside, place: place.to_owned() })
    }

    /// The store.
    ///
    /// # Panics
    /// Never: it is closed only when it takes its place.
    #[must_use]
    pub fn store(&self) -> &Store {
        self.store.as_ref().expect("a store that is open")
    }

    /// The folder in which it is until then.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.aside
    }

    /// Puts it in its place.
    ///
    /// # Errors
    /// When it cannot be written or put there; what was there stays.
    pub fn publish(mut self) -> Result<()> {
        let explain = || format!("{}: the store cannot be put in place", self.place.display());
        self.store().flush().with_context(explain)?;
        drop(self.store.take());
        may_take(&self.place)?;
        let before = named(&self.place, "before");
        if self.place.exists() {
            remove(&before).with_context(explain)?;
            fs::rename(&self.place, &before).with_context(explain)?;
        }
        fs::rename(&self.aside, &self.place).with_context(explain)?;
        remove(&before).with_context(explain)
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        drop(self.store.take());
        // Nothing useful can be done about a left-over folder; the next run clears it.
        let _ = remove(&self.aside);
    }
}

/// A store that is asked and not changed.
pub(super) fn open(path: &Path) -> Result<Store> {
    Store::open_read_only(path).with_context(|| {
        format!("{}: no store is here\n  help: `dictum load --store DIR` makes one", path.display())
    })
}

/// Gives a file a second name or, where that cannot be, a copy.
///
/// # Errors
/// When neither can be.
pub fn share(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::hard_link(from, to).or_else(|_| fs::copy(from, to).map(|_| ()))
}

/// Refuses a place where something is that is no store: it would be gone.
fn may_take(place: &Path) -> Result<()> {
    let is_free = !place.exists() || fs::read_dir(place).is_ok_and(|mut entries| entries.next().is_none());
    if is_free || place.join(MARK).is_file() {
        return Ok(());
    }
    bail!(
        "{}: something else is here, and a store would take its place\n  help: name a folder that is not there, or is empty",
        place.display()
    );
}

/// Where a store is until it takes its place; what an earlier run has left there is cleared.
fn aside(place: &Path) -> Result<PathBuf> {
    let aside = named(place, "partial");
    let explain = || format!("{}: the store cannot be written", place.display());
    remove(&aside).with_context(explain)?;
    let folder = aside.parent().filter(|folder| !folder.as_os_str().is_empty());
    folder.map_or(Ok(()), fs::create_dir_all).with_context(explain)?;
    Ok(aside)
}

/// A hidden folder beside the place.
fn named(place: &Path, what: &str) -> PathBuf {
    let name = place.file_name().unwrap_or_default().to_string_lossy();
    place.with_file_name(format!(".{name}.{what}"))
}

fn remove(folder: &Path) -> std::io::Result<()> {
    if folder.exists() { fs::remove_dir_all(folder) } else { Ok(()) }
}
