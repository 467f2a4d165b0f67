//! What is loaded, and taken back, as one: a file of quotations with what lies beside it.

use crate::corpus::Input;
use crate::folder::{File, Folder};
use crate::record::Reading;
use crate::source::hex;
use anyhow::{Context as _, Result};
use rayon::prelude::*;
use std::fs;
use std::io::Read as _;
use std::path::Path;
use twox_hash::XxHash3_128;

/// Bytes of a file that are looked at at once.
const PIECE: usize = 1 << 20;

/// Files that are loaded, and taken back, together.
#[derive(Debug)]
pub struct Unit {
    /// Path inside the data folder, or else the whole path.
    pub name: String,
    /// The file, or several of which what they say cannot be told apart.
    pub inputs: Vec<Input>,
    /// Stands for all that is in them.
    pub digest: String,
    /// How many bytes they have.
    pub bytes: u64,
}

/// A file and what lies beside it.
pub fn files(input: &Input) -> impl Iterator<Item = &File> {
    [&input.file].into_iter().chain(&input.header).chain(&input.emendations)
}

/// A unit of each input, or of all of them where they are to be read `together`.
///
/// # Errors
/// When a file cannot be read.
pub fn units(data: &Folder, inputs: Vec<Input>, reading: &Reading, together: bool) -> Result<Vec<Unit>> {
    let groups = if together {
        vec![("all files".to_owned(), inputs)]
    } else {
        inputs.into_iter().map(|input| (name(data, &input.file), vec![input])).collect()
    };
    let unit = |(name, inputs): (String, Vec<Input>)| {
        // The same bytes, read in another way, are something else.
        let mut digest = Digest::of(&format!("{reading:?}"));
        for file in inputs.iter().flat_map(files) {
            digest.add(file)?;
        }
        Ok(Unit { name, inputs, bytes: digest.bytes, digest: digest.finish() })
    };
    let mut units = groups.into_par_iter().map(unit).collect::<Result<Vec<_>>>()?;
    units.sort_by(|a, b| a.name.cmp(&b.name));
    units.dedup_by(|a, b| a.name == b.name);
    Ok(units)
}

/// The name of a file, the same from wherever the program is called.
fn name(data: &Folder, file: &File) -> String {
    let whole = |path: &Path| fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    if data.files.iter().any(|other| other.path == file.path) {
        return file.name.clone();
    }
    let path = whole(&file.path);
    let inside = path.strip_prefix(whole(&data.path)).unwrap_or(&path);
    inside.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// A digest of files.
pub struct Digest {
    hasher: XxHash3_128,
    bytes: u64,
}

impl Digest {
    /// Of what these words say.
    #[must_use]
    pub fn of(words: &str) -> Self {
        let mut digest = Self { hasher: XxHash3_128::new(), bytes: 0 };
        digest.write(words.as_bytes());
        digest
    }

    /// And of a file.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn add(&mut self, file: &File) -> Result<()> {
        // Where a file ends is told by its name and length, so that nothing moves from one to the next unseen.
        self.write(file.name.as_bytes());
        let (mut reader, mut piece, before) = (file.reader()?, vec![0; PIECE], self.bytes);
        loop {
            let read = reader.read(&mut piece);
            let read = read.with_context(|| format!("{}: the file cannot be read", file.path.display()))?;
            if read == 0 {
                break;
            }
            self.hasher.write(&piece[..read]);
            self.bytes += read as u64;
        }
        self.write(&(self.bytes - before).to_le_bytes());
        Ok(())
    }

    /// In hexadecimal.
    #[must_use]
    pub fn finish(self) -> String {
        hex(&self.hasher.finish_128().to_be_bytes())
    }

    fn write(&mut self, bytes: &[u8]) {
        self.hasher.write(&(bytes.len() as u64).to_le_bytes());
        self.hasher.write(bytes);
    }
}
