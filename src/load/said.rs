//! What each file had said when it was loaded, so that it can be taken back: its statements, packed, and of each a key
//! by which it is found without unpacking them.

use crate::iri;
use crate::store::disk::share;
use anyhow::{Context as _, Result};
use rayon::prelude::*;
use rustc_hash::FxHashSet;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, BufRead as _, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use twox_hash::XxHash3_64;

/// How hard to pack: as fast as can be.
const LEVEL: i32 = 1;

/// Stands for a statement. Two different ones have the same once in billions of billions.
pub type Key = u64;

/// The key of a line of N-Triples, without its end.
pub fn key(line: &[u8]) -> Key {
    XxHash3_64::oneshot(line)
}

/// Things that are looked for among those that statements speak of, as N-Triples writes them.
pub type Things = FxHashSet<Vec<u8>>;

/// The statements of a file.
#[derive(Debug, Clone)]
pub struct Said {
    lines: PathBuf,
    keys: PathBuf,
    things: PathBuf,
}

impl Said {
    /// Those of the file of a name, in a folder of such.
    #[must_use]
    pub fn of(folder: &Path, name: &str) -> Self {
        let id = iri::hash(&[name]);
        let file = |ending: &str| folder.join(format!("{id}.{ending}"));
        Self { lines: file("nt.zst"), keys: file("keys"), things: file("things") }
    }

    /// The keys of all its statements; some may come again.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn keys(&self) -> Result<Vec<Key>> {
        let bytes = fs::read(&self.keys).with_context(|| unreadable(&self.keys))?;
        let (keys, _) = bytes.as_chunks();
        Ok(keys.iter().map(|key| Key::from_le_bytes(*key)).collect())
    }

    /// Which things that were looked for it speaks of.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn things(&self) -> Result<Things> {
        let lines = fs::read(&self.things).with_context(|| unreadable(&self.things))?;
        Ok(lines.split(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect())
    }

    /// Hands out the lines with their keys.
    ///
    /// # Errors
    /// When they cannot be read, or `take` fails.
    pub fn each(&self, mut take: impl FnMut(Key, &[u8]) -> Result<()>) -> Result<()> {
        let file = File::open(&self.lines).with_context(|| unreadable(&self.lines))?;
        let mut lines = BufReader::with_capacity(1 << 17, zstd::Decoder::new(file)?);
        let mut line = Vec::new();
        while lines.read_until(b'\n', &mut line).with_context(|| unreadable(&self.lines))? > 0 {
            take(key(line.trim_ascii_end()), &line)?;
            line.clear();
        }
        Ok(())
    }

    /// Keeps them for the next store.
    ///
    /// # Errors
    /// When they cannot be copied.
    pub fn keep_as(&self, next: &Self) -> Result<()> {
        let files = [(&self.lines, &next.lines), (&self.keys, &next.keys), (&self.things, &next.things)];
        for (from, to) in files {
            share(from, to).with_context(|| unreadable(from))?;
        }
        Ok(())
    }
}

/// Which of the statements that are sought are made by any of these.
///
/// # Errors
/// When keys cannot be read.
pub fn found(all: &[Said], sought: &FxHashSet<Key>) -> Result<FxHashSet<Key>> {
    if sought.is_empty() {
        return Ok(FxHashSet::default());
    }
    let found = all.par_iter().map(|said| {
        let keys = said.keys()?.into_iter();
        Ok(keys.filter(|key| sought.contains(key)).collect::<Vec<_>>())
    });
    Ok(found.collect::<Result<Vec<_>>>()?.into_iter().flatten().collect())
}

fn unreadable(path: &Path) -> String {
    format!(
        "{}: what was loaded cannot be read\n  help: `dictum load --again` makes the store anew",
        path.display()
    )
}

/// Writes what a file says, and on to somewhere else.
pub struct Recorder<'w> {
    lines: zstd::Encoder<'static, BufWriter<File>>,
    keys: BufWriter<File>,
    further: Option<&'w mut (dyn Write + Send)>,
    things: PathBuf,
    sought: &'w Things,
    met: BTreeSet<&'w [u8]>,
    /// The beginning of a line of which the end has not come yet.
    begun: Vec<u8>,
    last: Option<Key>,
    many: u64,
}

impl<'w> Recorder<'w> {
    /// A new one, in place of what was there, that notes which of the things that are sought are spoken of.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn new(said: &Said, sought: &'w Things, further: Option<&'w mut (dyn Write + Send)>) -> Result<Self> {
        let create = |path: &Path| {
            let file = File::create(path);
            file.map(BufWriter::new).with_context(|| format!("{}: cannot be written", path.display()))
        };
        let lines = zstd::Encoder::new(create(&said.lines)?, LEVEL)?;
        Ok(Self {
            lines,
            keys: create(&said.keys)?,
            further,
            things: said.things.clone(),
            sought,
            met: BTreeSet::new(),
            begun: Vec::new(),
            last: None,
            many: 0,
        })
    }

    /// Ends it; tells how many lines there were.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn finish(mut self) -> Result<u64> {
        self.lines.finish()?.flush()?;
        self.keys.flush()?;
        fs::write(&self.things, self.met.into_iter().collect::<Vec<_>>().join(&b'\n'))?;
        Ok(self.many)
    }

    fn record(&mut self, line: &[u8]) -> io::Result<()> {
        let key = key(line);
        // Lines that are repeated at once are those of records that follow each other.
        if self.last.replace(key) == Some(key) {
            return Ok(());
        }
        self.many += 1;
        self.met.extend(object(line).and_then(|object| self.sought.get(object)).map(Vec::as_slice));
        self.keys.write_all(&key.to_le_bytes())
    }
}

impl Write for Recorder<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.lines.write_all(bytes)?;
        if let Some(further) = &mut self.further {
            further.write_all(bytes)?;
        }
        let mut start = 0;
        for end in memchr::memchr_iter(b'\n', bytes) {
            let line = &bytes[start..end];
            start = end + 1;
            if self.begun.is_empty() {
                self.record(line)?;
                continue;
            }
            let mut begun = std::mem::take(&mut self.begun);
            begun.extend_from_slice(line);
            self.record(&begun)?;
            begun.clear();
            self.begun = begun;
        }
        self.begun.extend_from_slice(&bytes[start..]);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The object of a line, if it is a thing and no value.
fn object(line: &[u8]) -> Option<&[u8]> {
    let before_end = line.strip_suffix(b" .").filter(|line| line.ends_with(b">"))?;
    // After a value, the IRI of its datatype follows without a blank.
    let start = memchr::memrchr(b'<', before_end)?;
    (before_end[..start].last() == Some(&b' ')).then(|| &before_end[start..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Wherever writing is interrupted, the same lines and keys are read again.
        #[test]
        fn what_is_written_is_read(lines in prop::collection::vec("[a-z\"\\\\]{0,12}", 0..20), cut in 1_usize..9) {
            let folder = tempfile::tempdir().unwrap();
            let said = Said::of(folder.path(), "one");
            let bytes: Vec<u8> = lines.iter().flat_map(|line| format!("<{line}> .\n").into_bytes()).collect();
            let mut on = Vec::new();
            let sought = Things::from_iter([b"<a>".to_vec()]);
            let mut recorder = Recorder::new(&said, &sought, Some(&mut on)).unwrap();
            bytes.chunks(cut).for_each(|piece| recorder.write_all(piece).unwrap());
            recorder.finish().unwrap();
            let (mut read, mut keys) = (Vec::new(), Vec::new());
            said.each(|key, line| {
                read.extend_from_slice(line);
                keys.push(key);
                Ok(())
            }).unwrap();
            keys.dedup();
            prop_assert_eq!(&read, &bytes);
            prop_assert_eq!(on, bytes);
            prop_assert_eq!(said.keys().unwrap(), keys);
        }
    }

    #[test]
    fn only_things_are_objects() {
        let of =
            |line: &str| object(line.as_bytes()).map(|object| String::from_utf8_lossy(object).into_owned());
        assert_eq!(of("<s> <p> <o> ."), Some("<o>".to_owned()));
        assert_eq!(of("<s> <p> \"1\"^^<d> ."), None);
        assert_eq!(of("<s> <p> \" <o>\" ."), None);
        assert_eq!(of("<s> <p> \"o\"@en ."), None);
    }
}
