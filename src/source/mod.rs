//! A source text as received, its lines, and where everything in it stands.

mod spans;

pub use spans::{Kind, Span, Spans};

use crate::decode;
use crate::folder::File;
use crate::problem::Problem;
use anyhow::Result;
use sha2::{Digest as _, Sha256};
use std::path::PathBuf;

/// One document, verbatim; never normalised.
#[derive(Debug, Clone)]
pub struct Document {
    /// Name of its file without extension; the end of its IRI.
    pub name: String,
    /// Its file, as the user would name it.
    pub path: PathBuf,
    /// Every character of the file.
    pub text: String,
    /// SHA-256 of the bytes as received, in lower-case hexadecimal.
    pub sha256: String,
    /// SHA-256 of the text in UTF-8, where it was received packed or in another encoding.
    pub text_sha256: Option<String>,
    /// The lines that are not blank, in order.
    pub lines: Vec<Line>,
    characters: usize,
}

/// A line that is not blank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// Counted from 1 over all lines, blank ones too.
    pub number: usize,
    /// First byte of the line.
    pub start: usize,
    /// One past its last byte, line end not included.
    pub end: usize,
    /// Code points of the document before `start`.
    pub first: usize,
}

impl Document {
    /// Reads a source file.
    ///
    /// # Errors
    /// When the file cannot be read, is empty, or is not in its encoding.
    pub fn read(file: &File) -> Result<Self> {
        let text = decode::text(file)?;
        if text.trim().is_empty() {
            return Err(Problem::error(&file.path, "the file is empty")
                .help("a source is a text file in UTF-8 with the quotations and their citations")
                .into());
        }
        let mut document = Self::new(file.stem(), file.path.clone(), text);
        let received = hex(&Sha256::digest(file.bytes()?));
        if received != document.sha256 {
            document.text_sha256 = Some(std::mem::replace(&mut document.sha256, received));
        }
        Ok(document)
    }

    /// A document from its text.
    #[must_use]
    pub fn new(name: &str, path: PathBuf, text: String) -> Self {
        let mut lines = Vec::new();
        let (mut start, mut first) = (0, 0);
        for (index, line) in text.split_inclusive('\n').enumerate() {
            let content = line.trim_end_matches(['\n', '\r']);
            if !content.trim().is_empty() {
                lines.push(Line { number: index + 1, start, end: start + content.len(), first });
            }
            start += line.len();
            first += line.chars().count();
        }
        let sha256 = hex(&Sha256::digest(text.as_bytes()));
        Self { name: name.to_owned(), path, text, sha256, text_sha256: None, lines, characters: first }
    }

    /// Number of code points.
    #[must_use]
    pub fn characters(&self) -> usize {
        self.characters
    }

    /// The text between two bytes.
    #[must_use]
    pub fn slice(&self, start: usize, end: usize) -> &str {
        &self.text[start..end]
    }

    /// The text between two code points.
    #[must_use]
    pub fn points(&self, start: usize, end: usize) -> &str {
        &self.text[self.byte(start)..self.byte(end)]
    }

    fn byte(&self, code_point: usize) -> usize {
        let index = self.lines.partition_point(|line| line.first <= code_point);
        let (start, first) =
            index.checked_sub(1).map_or((0, 0), |i| (self.lines[i].start, self.lines[i].first));
        let rest = self.text[start..].char_indices().nth(code_point - first);
        rest.map_or(self.text.len(), |(byte, _)| start + byte)
    }

    /// Code points before a byte that starts a character.
    #[must_use]
    pub fn code_point(&self, byte: usize) -> usize {
        let index = self.lines.partition_point(|line| line.start <= byte);
        let (start, first) =
            index.checked_sub(1).map_or((0, 0), |i| (self.lines[i].start, self.lines[i].first));
        first + self.text[start..byte].chars().count()
    }

    /// Index into `lines` of the stretch (line and the blank lines after it) that holds a code
    /// point; blank lines at the very beginning belong to the first.
    #[must_use]
    pub fn stretch_at(&self, code_point: usize) -> usize {
        self.lines.partition_point(|line| line.first <= code_point).saturating_sub(1)
    }

    /// A line with its line end and the blank lines after it: stretches in order are the source.
    /// Gives the text and the code points of the document before it.
    #[must_use]
    pub fn stretch(&self, index: usize) -> (&str, usize) {
        let start = if index == 0 { (0, 0) } else { (self.lines[index].start, self.lines[index].first) };
        let end = self.lines.get(index + 1).map_or(self.text.len(), |next| next.start);
        (&self.text[start.0..end], start.1)
    }

    /// Line and column, both counted from 1, of a byte in a line that is not blank.
    #[must_use]
    pub fn place(&self, byte: usize) -> (usize, usize) {
        let index = self.lines.partition_point(|line| line.start <= byte);
        index.checked_sub(1).map_or((1, 1), |index| {
            let line = &self.lines[index];
            (line.number, self.text[line.start..byte].chars().count() + 1)
        })
    }
}

/// Line and column in characters, both counted from 1, of a byte in a text.
#[must_use]
pub fn place_of(text: &str, byte: usize) -> (usize, usize) {
    let before = &text[..byte];
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    (before.matches('\n').count() + 1, before[start..].chars().count() + 1)
}

/// Lower-case hexadecimal digits.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .map(|digit| char::from(b"0123456789abcdef"[digit as usize]))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_in_order_are_the_source() {
        let text = "\n\n第一行\r\n\n二\n \n\n三";
        let document = Document::new("x", PathBuf::new(), text.to_owned());
        let whole: String = (0..document.lines.len()).map(|i| document.stretch(i).0).collect();
        assert_eq!(whole, text);
        assert_eq!(document.lines.iter().map(|l| l.number).collect::<Vec<_>>(), [3, 5, 8]);
        assert_eq!(document.stretch_at(0), 0);
        let (stretch, first) = document.stretch(1);
        assert_eq!((stretch, first), ("二\n \n\n", 8));
        assert_eq!(document.stretch_at(9), 1);
    }
}
