//! A file of lines or rows, read a piece at a time, however large it is.

use crate::decode::open;
use crate::folder::File;
use anyhow::{Context as _, Result};
use std::io::Read;

/// Bytes of a chunk, if no single line is longer.
const SIZE: usize = 1 << 18;
/// Of a table, which does not repeat in each row what its columns are: as many records are fewer bytes.
const SIZE_OF_ROWS: usize = 1 << 16;

/// Whole lines or rows of a file.
pub(crate) struct Chunk {
    /// The lines, each but perhaps the last with its end.
    pub bytes: Vec<u8>,
    /// Number of the first line, counted from 1.
    pub line: usize,
}

/// After what a chunk may end.
enum Ends {
    /// Any line.
    Lines,
    /// A row of delimited values, where no line end is in quotation marks: RFC 4180.
    Rows { delimiter: u8, at: Place },
}

/// Where in a row a byte stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Beginning,
    Plain,
    Quoted,
    /// After a quotation mark in a quoted cell, which ends it unless a second one follows.
    Mark,
}

impl Ends {
    /// Bytes of a chunk.
    fn size(&self) -> usize {
        match self {
            Self::Lines => SIZE,
            Self::Rows { .. } => SIZE_OF_ROWS,
        }
    }

    /// Where the last line or row ends in bytes that follow those before.
    fn last(&mut self, bytes: &[u8]) -> Option<usize> {
        let Self::Rows { delimiter, at } = self else {
            return memchr::memrchr(b'\n', bytes).map(|end| end + 1);
        };
        let mut last = None;
        for (index, byte) in bytes.iter().enumerate() {
            *at = match (*at, byte) {
                (Place::Quoted, b'"') => Place::Mark,
                (Place::Quoted, _) | (Place::Mark | Place::Beginning, b'"') => Place::Quoted,
                (_, b'\n') => {
                    last = Some(index + 1);
                    Place::Beginning
                }
                (_, b'\r') => Place::Beginning,
                (_, byte) if byte == delimiter => Place::Beginning,
                _ => Place::Plain,
            };
        }
        last
    }
}

/// The chunks of a file, in order.
pub(crate) struct Chunks<'a> {
    file: &'a File,
    ends: Ends,
    reader: Box<dyn Read + Send>,
    /// What was read beyond the last whole line.
    rest: Vec<u8>,
    /// Space that is used again.
    spare: Vec<Vec<u8>>,
    line: usize,
    done: bool,
}

impl<'a> Chunks<'a> {
    /// From the beginning of a file, which may be packed.
    pub fn of(file: &'a File) -> Result<Self> {
        let reader = open(file)?;
        let (rest, spare) = (Vec::new(), Vec::new());
        Ok(Self { file, ends: Ends::Lines, reader, rest, spare, line: 1, done: false })
    }

    /// From the beginning of a table; what stands between its cells is told by the first bytes.
    pub fn of_rows(file: &'a File, delimiter: impl FnOnce(&str) -> u8) -> Result<Self> {
        let mut chunks = Self::of(file)?;
        let mut beginning = Vec::new();
        chunks.fill(&mut beginning)?;
        let text = String::from_utf8_lossy(&beginning);
        chunks.ends = Ends::Rows { delimiter: delimiter(&text), at: Place::Beginning };
        let marked = text.starts_with('\u{feff}');
        chunks.ends.last(&beginning[if marked { 3 } else { 0 }..]);
        chunks.rest = beginning;
        Ok(chunks)
    }

    /// Reads on.
    fn fill(&mut self, bytes: &mut Vec<u8>) -> Result<()> {
        let size = self.ends.size();
        bytes.reserve(size + size / 8);
        let wanted = u64::try_from(size).unwrap_or(u64::MAX);
        let read = self.reader.by_ref().take(wanted).read_to_end(bytes);
        let read = read
            .with_context(|| format!("{}: the file cannot be read to its end", self.file.path.display()))?;
        self.done = read < size;
        Ok(())
    }

    /// Takes back chunks that are done with.
    pub fn reuse(&mut self, chunks: Vec<Chunk>) {
        self.spare.extend(chunks.into_iter().map(|chunk| chunk.bytes));
    }

    /// The next lines; `None` at the end.
    fn read(&mut self) -> Result<Option<Chunk>> {
        let mut bytes = self.spare.pop().unwrap_or_default();
        bytes.clear();
        bytes.append(&mut self.rest);
        let end = loop {
            let known = bytes.len();
            if !self.done {
                self.fill(&mut bytes)?;
            }
            if self.done {
                break bytes.len();
            }
            if let Some(end) = self.ends.last(&bytes[known..]) {
                break known + end;
            }
        };
        if bytes.is_empty() {
            return Ok(None);
        }
        self.rest.extend_from_slice(&bytes[end..]);
        bytes.truncate(end);
        let line = self.line;
        self.line += memchr::memchr_iter(b'\n', &bytes).count();
        if line == 1 && bytes.starts_with(b"\xef\xbb\xbf") {
            bytes.drain(..3);
        }
        Ok(Some(Chunk { bytes, line }))
    }
}

impl Iterator for Chunks<'_> {
    type Item = Result<Chunk>;

    fn next(&mut self) -> Option<Self::Item> {
        self.read().transpose()
    }
}
