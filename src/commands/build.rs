//! `dictum build`: the whole pipeline, and a summary of what it found.

use crate::cli::{Build, Folders};
use anyhow::Result;

pub(super) fn run(_folders: &Folders, _options: &Build) -> Result<bool> {
    Ok(true)
}
