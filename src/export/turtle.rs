//! Turtle that people keep in git: prefixes by name, a blank line between subjects, spaces for tabs.
//!
//! The library escapes, shortens and groups; it writes one statement part a line, so that a change
//! in one value is a change in one line.

use std::io::{self, Write};

/// Lays out the Turtle that is written through it.
pub(super) struct Layout<W: Write> {
    out: W,
    line: Vec<u8>,
    prefixes: Vec<Vec<u8>>,
    started: bool,
}

impl<W: Write> Layout<W> {
    pub fn new(out: W) -> Self {
        Self { out, line: Vec::new(), prefixes: Vec::new(), started: false }
    }

    /// Writes what is left.
    pub fn finish(mut self) -> io::Result<()> {
        if !self.line.is_empty() {
            self.line()?;
        }
        self.head()?;
        self.out.flush()
    }

    /// Lines inside a string are escaped, so that every newline here ends a part of a statement.
    fn line(&mut self) -> io::Result<()> {
        let line = std::mem::take(&mut self.line);
        if line.starts_with(b"@prefix ") {
            self.prefixes.push(line);
            return Ok(());
        }
        self.head()?;
        if let Some(rest) = line.strip_prefix(b"\t") {
            self.out.write_all(b"    ")?;
            self.out.write_all(rest)
        } else {
            self.out.write_all(b"\n")?;
            self.out.write_all(&line)
        }
    }

    fn head(&mut self) -> io::Result<()> {
        if !std::mem::replace(&mut self.started, true) {
            self.prefixes.sort();
            for prefix in &self.prefixes {
                self.out.write_all(prefix)?;
            }
        }
        Ok(())
    }
}

impl<W: Write> Write for Layout<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for part in bytes.split_inclusive(|byte| *byte == b'\n') {
            self.line.extend_from_slice(part);
            if part.ends_with(b"\n") {
                self.line()?;
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
