//! A file of lines, read a piece at a time, however large it is.

use crate::decode::open;
use crate::folder::File;
use anyhow::{Context as _, Result};
use std::io::Read;

/// Bytes of a chunk, if no single line is longer.
const SIZE: usize = 1 << 18;

/// Whole lines of a file.
pub(super) struct Chunk {
    /// The lines, each but perhaps the last with its end.
    pub bytes: Vec<u8>,
    /// Number of the first, counted from 1.
    pub line: usize,
}

/// The chunks of a file, in order.
pub(super) struct Chunks<'a> {
    file: &'a File,
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
        Ok(Self { file, reader: open(file)?, rest: Vec::new(), spare: Vec::new(), line: 1, done: false })
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
        bytes.reserve(SIZE + SIZE / 8);
        let end = loop {
            let known = bytes.len();
            if !self.done {
                let wanted = u64::try_from(SIZE).unwrap_or(u64::MAX);
                let read = self.reader.by_ref().take(wanted).read_to_end(&mut bytes);
                let read = read.with_context(|| {
                    format!("{}: the file cannot be read to its end", self.file.path.display())
                })?;
                self.done = read < SIZE;
            }
            if self.done {
                break bytes.len();
            }
            if let Some(end) = memchr::memrchr(b'\n', &bytes[known..]) {
                break known + end + 1;
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
