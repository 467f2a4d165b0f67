//! The three folders that hold everything a user may change: `ontology`, `data`, `queries`.
//!
//! Each is looked for by flag, then in the current folder, then in its parents; where none is found
//! the copy built into the binary serves, so that the tool works from anywhere.

use anyhow::{Context as _, Result, bail};
use encoding_rs::Encoding;
use std::borrow::Cow;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

static BUILT_IN: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/built_in.rs"));

/// What the name of a packed file ends in.
const PACKED: [&str; 2] = [".gz", ".zst"];

/// One file of a folder.
#[derive(Debug, Clone)]
pub struct File {
    /// Path to show in messages, as the user would name it.
    pub path: PathBuf,
    /// Path inside its folder, with `/` between the parts: `authorities/people.ttl`.
    pub name: String,
    /// The encoding that somebody stated; UTF-8 where nobody did.
    pub encoding: Option<&'static Encoding>,
    built_in: Option<&'static [u8]>,
}

/// One of the three folders, found; its files in order of their names.
#[derive(Debug, Clone)]
pub struct Folder {
    /// Where it is, or `(built in) NAME`.
    pub path: PathBuf,
    /// Every file under it.
    pub files: Vec<File>,
}

impl Folder {
    /// Finds the folder `name`: at `flag` if given, else here, in a parent, or built in.
    ///
    /// # Errors
    /// When the flag names no folder, or a folder cannot be read.
    pub fn find(name: &str, flag: Option<&Path>) -> Result<Self> {
        if let Some(path) = flag {
            if !path.is_dir() {
                bail!(
                    "{}: no such folder\n  help: --{name} wants a folder like the one that Dictum ships",
                    path.display()
                );
            }
            return Self::read(path);
        }
        let here = std::env::current_dir().context("the current folder cannot be read")?;
        for (up, folder) in here.ancestors().enumerate() {
            if folder.join(name).is_dir() && is_project(folder) {
                let shown: PathBuf = std::iter::repeat_n("..", up).collect();
                return Self::read(&shown.join(name));
            }
        }
        Ok(Self::built_in(name))
    }

    fn built_in(name: &str) -> Self {
        let files = BUILT_IN
            .iter()
            .filter_map(|(path, bytes)| {
                let inside = path.strip_prefix(name)?.strip_prefix('/')?;
                Some(File {
                    path: Path::new("(built in)").join(path),
                    name: inside.to_owned(),
                    encoding: None,
                    built_in: Some(bytes),
                })
            })
            .collect();
        Self { path: Path::new("(built in)").join(name), files }
    }

    fn read(path: &Path) -> Result<Self> {
        let mut files = Vec::new();
        collect(path, "", &mut files)?;
        files.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(Self { path: path.to_owned(), files })
    }

    /// Files whose name starts with `start` and has one of the extensions.
    pub fn matching<'a>(
        &'a self,
        start: &'a str,
        extensions: &'a [&'a str],
    ) -> impl Iterator<Item = &'a File> {
        self.files
            .iter()
            .filter(move |file| file.name.starts_with(start) && extensions.contains(&file.extension()))
    }
}

/// Whether all three folders lie together here: a lone `data` folder belongs to somebody else.
fn is_project(folder: &Path) -> bool {
    ["ontology", "data", "queries"].iter().filter(|name| folder.join(name).is_dir()).count() >= 2
}

fn collect(folder: &Path, inside: &str, files: &mut Vec<File>) -> Result<()> {
    let entries =
        fs::read_dir(folder).with_context(|| format!("{}: the folder cannot be read", folder.display()))?;
    for entry in entries {
        let entry = entry.with_context(|| format!("{}: the folder cannot be read", folder.display()))?;
        let Some(name) = entry.file_name().to_str().map(str::to_owned) else { continue };
        if name.starts_with('.') {
            continue;
        }
        let (path, inside) = (entry.path(), format!("{inside}{name}"));
        if path.is_dir() {
            collect(&path, &format!("{inside}/"), files)?;
        } else {
            files.push(File { path, name: inside, encoding: None, built_in: None });
        }
    }
    Ok(())
}

impl File {
    /// A file that the user named on the command line.
    #[must_use]
    pub fn named(path: &Path) -> Self {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Self { path: path.to_owned(), name, encoding: None, built_in: None }
    }

    /// The same file, in the encoding that somebody stated, if anybody did.
    #[must_use]
    pub fn stated_in(self, encoding: Option<&'static Encoding>) -> Self {
        Self { encoding: self.encoding.or(encoding), ..self }
    }

    /// Its bytes as they are.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn bytes(&self) -> Result<Cow<'static, [u8]>> {
        match self.built_in {
            Some(bytes) => Ok(Cow::Borrowed(bytes)),
            None => fs::read(&self.path)
                .map(Cow::Owned)
                .with_context(|| format!("{}: the file cannot be read", self.path.display())),
        }
    }

    /// The ending that says by what it is packed, if it is.
    #[must_use]
    pub fn packed(&self) -> Option<&'static str> {
        PACKED.into_iter().find(|ending| self.name.ends_with(ending))
    }

    /// The file, to be read bit by bit.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub fn reader(&self) -> Result<Box<dyn Read + Send>> {
        Ok(match self.built_in {
            Some(bytes) => Box::new(bytes),
            None => Box::new(
                fs::File::open(&self.path)
                    .with_context(|| format!("{}: the file cannot be read", self.path.display()))?,
            ),
        })
    }

    /// The name without what says that it is packed.
    fn plain_name(&self) -> &str {
        self.packed().and_then(|ending| self.name.strip_suffix(ending)).unwrap_or(&self.name)
    }

    /// The name without folders and extension: `people`.
    #[must_use]
    pub fn stem(&self) -> &str {
        let name = self.plain_name();
        let name = name.rsplit('/').next().unwrap_or(name);
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }

    /// The extension without its dot, or nothing; that of what is packed.
    #[must_use]
    pub fn extension(&self) -> &str {
        self.plain_name().rsplit_once('.').map_or("", |(_, extension)| extension)
    }
}
