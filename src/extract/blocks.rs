//! One line of a page: what it is by its looks, or by what it says.

use super::citation::Citation;
use super::{Header, Reader};
use crate::language::{Language, Layout};
use crate::source::{Document, Kind, Line};
use regex::Regex;

/// A stretch of the document, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece {
    pub start: usize,
    pub end: usize,
}

/// What one line is.
pub(super) enum Block {
    /// Words that may belong to a quotation.
    Text(Piece),
    /// A title, heading, byline, caption, note or continuation; around `text` stand marks.
    Part { kind: Kind, line: Piece, text: Piece },
    /// A citation, alone or closing a paragraph.
    Cited { line: Piece, text: Option<Piece>, citation: Piece, reading: Box<Citation> },
}

impl Reader<'_> {
    /// Reads one line; `first` while nothing but the head of the page was read.
    pub(super) fn block(
        &self,
        document: &Document,
        header: &Header,
        language: &Language,
        line: &Line,
        first: bool,
    ) -> Block {
        let whole = document.slice(line.start, line.end);
        let text = whole.trim();
        let start = line.start + whole.len() - whole.trim_start().len();
        let piece = Piece { start, end: start + text.len() };
        let inside =
            |range: std::ops::Range<usize>| Piece { start: start + range.start, end: start + range.end };
        let part = |kind, patterns: &[Regex]| {
            Some(Block::Part { kind, line: piece, text: inside(named_text(patterns, text)?) })
        };

        let Layout { title, heading, byline, continued, citation, caption, note } = &language.layout;
        part(Kind::Continuation, continued)
            .or_else(|| part(Kind::Title, title).filter(|_| first))
            .or_else(|| {
                (first && header.title.as_deref() == Some(text)).then_some(Block::Part {
                    kind: Kind::Title,
                    line: piece,
                    text: piece,
                })
            })
            .or_else(|| part(Kind::Byline, byline).filter(|_| first))
            .or_else(|| self.cited(language, text, citation, &inside))
            .or_else(|| part(Kind::Heading, heading))
            .or_else(|| part(Kind::Caption, caption))
            .or_else(|| part(Kind::Note, note))
            .unwrap_or(Block::Text(piece))
    }

    fn cited(
        &self,
        language: &Language,
        text: &str,
        patterns: &[Regex],
        inside: &impl Fn(std::ops::Range<usize>) -> Piece,
    ) -> Option<Block> {
        let (open, range) =
            named_text(patterns, text).map(|range| (0, range)).or_else(|| closing_bracket(language, text))?;
        let reading = self.citation(language, &text[range.clone()])?;
        let before = text[..open].trim_end();
        let words = (!before.is_empty()).then(|| inside(0..before.len()));
        Some(Block::Cited {
            line: inside(0..text.len()),
            text: words,
            citation: inside(range),
            reading: Box::new(reading),
        })
    }
}

/// The group `text` of the first pattern that matches.
fn named_text(patterns: &[Regex], line: &str) -> Option<std::ops::Range<usize>> {
    patterns.iter().find_map(|pattern| {
        let found = pattern.captures(line)?;
        found.name("text").or_else(|| found.get(0)).map(|text| text.range())
    })
}

/// The bracket that closes a line: where it opens, and what stands inside. Brackets of the same
/// kind may stand within it.
fn closing_bracket(language: &Language, text: &str) -> Option<(usize, std::ops::Range<usize>)> {
    let (open, close) =
        language.citation_brackets.iter().find(|(_, close)| text.ends_with(close.as_str()))?;
    let mut depth = 0_usize;
    for (at, _) in text.char_indices().rev() {
        if text[at..].starts_with(close.as_str()) {
            depth += 1;
        } else if text[at..].starts_with(open.as_str()) {
            depth -= 1;
            if depth == 0 {
                return Some((at, at + open.len()..text.len() - close.len()));
            }
        }
    }
    None
}
