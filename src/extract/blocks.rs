//! One line of a page: what it is by its looks, or by what it says.

use super::brackets::{bracketed, unbalanced};
use super::citation::Citation;
use super::words::{Words, named_group};
use super::{Header, Reader};
use crate::language::Language;
use crate::pattern::Pattern;
use crate::source::{Kind, Line};
use std::collections::HashSet;
use std::ops::Range;

/// A stretch of the document, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece {
    pub start: usize,
    pub end: usize,
}

/// What one line, or a part of it, is.
pub(super) enum Block {
    /// Words that may belong to a quotation.
    Text(Piece),
    /// Lay-out before words: a bullet, the sign of a quotation.
    Mark(Piece),
    /// A title, heading, byline, caption, note or continuation; around `text` stand marks.
    Part { kind: Kind, line: Piece, text: Piece },
    /// A citation with its brackets or dash, after the words that it attributes; `alone` on its line.
    Cited { whole: Piece, citation: Piece, reading: Box<Citation>, alone: bool },
    /// A name alone after a dash.
    Signed { whole: Piece, text: Piece, name: String },
    /// A citation before the words that it attributes.
    LeadIn { whole: Piece, citation: Piece, reading: Box<Citation> },
}

/// What is unfinished where a line begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Run {
    /// Nothing.
    Nothing,
    /// Paragraphs wait for their citation.
    Paragraphs,
    /// A citation waits for its paragraphs, or for more of them.
    Led,
}

/// What was read before a line, as far as it decides what the line is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Before<'y> {
    /// Nothing but the head of the page was read.
    pub head: bool,
    /// The title, which runs on as the head of pages.
    pub title: Option<&'y str>,
    /// The author's name was read.
    pub signed: bool,
    /// What is unfinished.
    pub run: Run,
    /// A year that a heading states.
    pub year: Option<&'y str>,
    /// The last paragraph ends with its sentence.
    pub closed: bool,
    /// Short lines that stand on the page more than once.
    pub repeated: &'y HashSet<&'y str>,
}

impl Reader<'_> {
    /// Reads one line, given the whole document.
    pub(super) fn blocks(
        &self,
        document: Words<'_>,
        header: &Header,
        language: &Language,
        line: &Line,
        before: Before<'_>,
    ) -> Vec<Block> {
        let whole = document.slice(line.start..line.end);
        let words = whole.trim();
        let mut start = line.start + whole.read.len() - whole.read.trim_start().len();
        let mut blocks = Vec::new();
        if let Some(part) = self.looks(words, header, language, before) {
            let piece = Piece { start, end: start + words.read.len() };
            let text = Piece { start: start + part.1.start, end: start + part.1.end };
            return vec![Block::Part { kind: part.0, line: piece, text }];
        }
        let item = Some(&language.layout.item).filter(|_| before.run != Run::Paragraphs);
        let marks = [Some(&language.layout.mark), item];
        let mark = marks.into_iter().flatten().find_map(|marks| named_group(marks, words.read, "mark"));
        let mark = mark.map_or(0, |mark| mark.end);
        if mark > 0 {
            blocks.push(Block::Mark(Piece { start, end: start + mark }));
            start += mark;
        }
        self.words(words.slice(mark..words.read.len()), start, language, before, &mut blocks);
        blocks
    }

    /// Splits a line into words and the citations among them.
    fn words(
        &self,
        words: Words<'_>,
        start: usize,
        language: &Language,
        before: Before<'_>,
        blocks: &mut Vec<Block>,
    ) {
        let piece = |range: Range<usize>| Piece { start: start + range.start, end: start + range.end };
        if let Some(block) = self.lead_in(words, language, before, &piece) {
            blocks.push(block);
            return;
        }
        let alone = self.bare_citation(words, language, before, &piece);
        if let Some(block) = alone.or_else(|| self.signature(words, language, before, &piece)) {
            blocks.push(block);
            return;
        }
        let mut position = 0;
        for (whole, inner) in enclosed(words, language) {
            let text = words.slice(position..whole.start).trim();
            let reading = self.any_citation(language, words.slice(inner.clone()).trim(), before.year);
            let last = whole.end == words.read.len();
            let opens = whole.start == 0 && reading.as_ref().is_some_and(|reading| reading.date.is_some());
            let Some(reading) = reading.filter(|reading| last || opens || reading.is_sure()) else {
                continue;
            };
            // In front of words on its own line it attributes those after it.
            let leads = whole.start == 0 && !last && before.run != Run::Paragraphs;
            if leads {
                let citation = piece(trimmed(words, inner));
                position = whole.end;
                blocks.push(Block::LeadIn { whole: piece(whole), citation, reading: Box::new(reading) });
                continue;
            }
            if !text.is_empty() {
                blocks.push(Block::Text(piece(trimmed(words, position..whole.start))));
            }
            let citation = piece(trimmed(words, inner));
            let alone = whole == (0..words.read.len());
            let reading = Box::new(reading);
            blocks.push(Block::Cited { whole: piece(whole.clone()), citation, reading, alone });
            position = whole.end;
        }
        let rest = trimmed(words, position..words.read.len());
        if rest.start < rest.end {
            let only_marks = position > 0 && !words.read[rest.clone()].contains(char::is_alphanumeric);
            blocks.push(if only_marks { Block::Mark(piece(rest)) } else { Block::Text(piece(rest)) });
        }
    }

    /// A line that is all citation without a bracket around it: it begins with a date, or ends with
    /// one in a bracket of its own.
    fn bare_citation(
        &self,
        words: Words<'_>,
        language: &Language,
        before: Before<'_>,
        piece: &impl Fn(Range<usize>) -> Piece,
    ) -> Option<Block> {
        let whole = 0..words.read.len();
        let ends_with_date = bracketed(language, words.read).pop().is_some_and(|(last, inner)| {
            let date = language.dates.whole(&words.read[inner]);
            last.end == whole.end && last.start > 0 && date.is_some()
        });
        if !ends_with_date && !begins_with_date(words, language) {
            return None;
        }
        let reading = self.any_citation(language, words, before.year).filter(Citation::is_sure)?;
        let (citation, reading) = (piece(whole.clone()), Box::new(reading));
        Some(Block::Cited { whole: piece(whole), citation, reading, alone: true })
    }

    /// A name alone after a dash, under words that a citation in front attributes.
    fn signature(
        &self,
        words: Words<'_>,
        language: &Language,
        before: Before<'_>,
        piece: &impl Fn(Range<usize>) -> Piece,
    ) -> Option<Block> {
        let text =
            named_group(&language.layout.citation, words.read, "text").filter(|_| before.run == Run::Led)?;
        let name = self.name_alone(language, words.slice(text.clone()))?;
        Some(Block::Signed { whole: piece(0..words.read.len()), text: piece(text), name })
    }

    /// A line that attributes the words below it: it ends with a colon, or its lay-out sets it off.
    fn lead_in(
        &self,
        words: Words<'_>,
        language: &Language,
        before: Before<'_>,
        piece: &impl Fn(Range<usize>) -> Piece,
    ) -> Option<Block> {
        if before.run == Run::Paragraphs {
            return None;
        }
        let whole = 0..words.read.len();
        let without_colon = words.read.trim_end_matches(|c: char| !c.is_alphanumeric()).len();
        let bold = named_group(&language.layout.heading, words.read, "text").filter(|text| text.start > 0);
        let colon = language.citation.lead_in.iter().find(|ending| words.read.ends_with(ending.as_str()));
        let text = bold.or_else(|| colon.map(|_| 0..without_colon))?;
        let reading =
            self.any_citation(language, words.slice(text.clone()), before.year).filter(Citation::is_sure)?;
        Some(Block::LeadIn { whole: piece(whole), citation: piece(text), reading: Box::new(reading) })
    }
}

/// Stretches that may be citations, in order: what stands after a dash on a line of its own, or
/// in brackets; the second range is what is inside. A bracket may lack its other half.
fn enclosed(words: Words<'_>, language: &Language) -> Vec<(Range<usize>, Range<usize>)> {
    let text = words.read;
    if let Some(inner) = named_group(&language.layout.citation, text, "text") {
        return vec![(0..text.len(), inner)];
    }
    let found = bracketed(language, text);
    let whole = found.iter().any(|(whole, _)| *whole == (0..text.len()));
    if let Some(inner) = named_group(&language.layout.cited, text, "citation").filter(|inner| inner.start > 0)
    {
        let start = text[..inner.start].char_indices().next_back().map_or(0, |(at, _)| at);
        return vec![(start..text.len(), inner)];
    }
    if !whole && language.citation.references.iter().any(|reference| reference.is_match(text)) {
        return vec![(0..text.len(), 0..text.len())];
    }
    unbalanced(language, text, &found).map_or(found, |inner| vec![(0..text.len(), inner)])
}

/// A range without the blanks at its ends.
fn trimmed(words: Words<'_>, range: Range<usize>) -> Range<usize> {
    let text = &words.read[range.clone()];
    let start = range.start + text.len() - text.trim_start().len();
    start..start.max(range.start + text.trim_end().len())
}

/// A short line that begins with a date and is no sentence.
fn begins_with_date(words: Words<'_>, language: &Language) -> bool {
    let text = words.read;
    let begins = |date: &Pattern| date.find(text).is_some_and(|date| date.start() == 0);
    let sentence = language.sentence.ends.iter().any(|end| text.ends_with(end.as_str()));
    !sentence && text.chars().count() <= 100 && language.dates.patterns.iter().any(begins)
}
