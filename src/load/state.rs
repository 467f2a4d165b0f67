//! What is remembered of a load: by what rules the files were read, and what each of them was.

use super::said::Said;
use anyhow::{Context as _, Result};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Folder, in that of a store, of what is remembered.
const FOLDER: &str = "loaded";
const FILE: &str = "state.json";

/// What is remembered of a load.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// A digest of all that concerns every record: this program, the ontology, the authorities, how much to say.
    pub rules: String,
    /// Of each quotation about which somebody decided something a digest of that.
    pub decided: BTreeMap<String, String>,
    /// Of each file a digest of it and of what lies beside it; nothing where it had errors, and is to be read again.
    pub files: BTreeMap<String, String>,
}

impl State {
    /// What is remembered in a store, if it was loaded.
    #[must_use]
    pub fn read(store: &Path) -> Option<Self> {
        serde_json::from_slice(&fs::read(folder(store).join(FILE)).ok()?).ok()
    }

    /// Remembers it in a store.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self, store: &Path) -> Result<()> {
        let path = folder(store).join(FILE);
        let text = serde_json::to_string_pretty(self)?;
        fs::write(&path, text).with_context(|| format!("{}: cannot be written", path.display()))
    }

    /// What a file had said.
    #[must_use]
    pub fn said(store: &Path, file: &str) -> Said {
        Said::of(&folder(store), file)
    }

    /// Quotations of which now something else is decided.
    #[must_use]
    pub fn decided_since(&self, now: &BTreeMap<String, String>) -> Vec<String> {
        let ids = self.decided.keys().chain(now.keys());
        let mut ids: Vec<String> = ids.filter(|id| self.decided.get(*id) != now.get(*id)).cloned().collect();
        ids.sort();
        ids.dedup();
        ids
    }
}

/// Where things are remembered in a store.
#[must_use]
pub fn folder(store: &Path) -> PathBuf {
    store.join(FOLDER)
}
