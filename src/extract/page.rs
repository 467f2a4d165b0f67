//! A page while it is read: paragraphs wait until a citation attributes them.

use super::blocks::{Before, Block, Piece, Run};
use super::citation::Citation;
use super::words::{Words, named_group};
use super::{Extraction, Header, Reader, Reading};
use crate::iri;
use crate::language::Language;
use crate::problem::Problem;
use crate::record::{Places, Record};
use crate::source::{Document, Kind, Line, Spans};
use std::collections::HashSet;

/// Where a page puts citations that have a line of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    /// After the words that they attribute.
    After,
    /// Before them.
    Before,
}

/// A page while it is read.
pub(super) struct Page<'r, 'd> {
    reader: &'r Reader<'r>,
    document: &'d Document,
    header: &'d Header,
    language: &'r Language,
    words: Words<'d>,
    order: Order,
    /// Short lines that stand on the page more than once: running heads.
    repeated: HashSet<&'d str>,
    spans: Spans,
    records: Vec<Record>,
    readings: Vec<Reading>,
    problems: Vec<Problem>,
    /// Paragraphs that no citation has claimed yet.
    waiting: Vec<Piece>,
    /// A citation that stands before its paragraphs.
    leading: Option<(Piece, Citation)>,
    section: Option<String>,
    /// A year that a heading states for the citations below it.
    year: Option<String>,
    byline: Option<String>,
    /// Nothing but the head of the page was read so far.
    head: bool,
    /// The title, once it was read.
    title: Option<String>,
}

impl<'r, 'd> Page<'r, 'd> {
    pub fn new(
        reader: &'r Reader<'r>,
        document: &'d Document,
        header: &'d Header,
        language: &'r Language,
        read: &'d str,
        order: Order,
    ) -> Self {
        Self {
            reader,
            document,
            header,
            language,
            words: Words::new(&document.text, read),
            order,
            repeated: repeated_lines(document, language),
            spans: Spans::default(),
            records: Vec::new(),
            readings: Vec::new(),
            problems: Vec::new(),
            waiting: Vec::new(),
            leading: None,
            section: None,
            year: None,
            byline: header.byline.clone(),
            head: true,
            title: None,
        }
    }

    pub fn line(&mut self, line: &Line) {
        let before = Before {
            head: self.head,
            title: self.title.as_deref(),
            signed: self.byline.as_ref() != self.header.byline.as_ref(),
            run: match (&self.leading, self.waiting.is_empty()) {
                (Some(_), _) => Run::Led,
                (None, false) => Run::Paragraphs,
                (None, true) => Run::Nothing,
            },
            year: self.year.as_deref(),
            closed: self
                .waiting
                .last()
                .is_some_and(|piece| self.ends_sentence(self.document.slice(piece.start, piece.end))),
            repeated: &self.repeated,
        };
        for block in self.reader.blocks(self.words, self.header, self.language, line, before) {
            self.take(block);
        }
    }

    fn ends_sentence(&self, text: &str) -> bool {
        self.language.sentence.ends.iter().any(|end| text.ends_with(end.as_str()))
    }

    fn take(&mut self, block: Block) {
        match block {
            Block::Text(piece) => {
                self.head = false;
                self.waiting.push(piece);
            }
            Block::Mark(piece) => self.spans.take(piece.start, piece.end, Kind::Mark),
            Block::Part { kind, line, text } => {
                let words = self.document.slice(text.start, text.end).to_owned();
                match kind {
                    Kind::Heading => {
                        self.head = false;
                        self.end_of_run();
                        let read = self.words.slice(text.start..text.end).read;
                        let year = named_group(&self.language.layout.year, read, "year");
                        self.year = year.map(|year| read[year].to_owned());
                        self.section = Some(words);
                    }
                    Kind::Title => self.title = self.title.take().or(Some(words)),
                    Kind::Byline => self.byline = Some(words),
                    Kind::Continuation if !self.waiting.is_empty() => self.quotation(None, None, Some(words)),
                    _ => {}
                }
                self.mark(line, text, kind);
            }
            Block::Cited { whole, citation, reading, alone } if alone && self.order == Order::Before => {
                self.take(Block::LeadIn { whole, citation, reading });
            }
            Block::Cited { whole, citation, reading, .. } => {
                self.head = false;
                self.mark(whole, citation, Kind::Citation);
                if self.waiting.is_empty() {
                    self.doubt(
                        citation,
                        "a citation with no text before it",
                        "a citation follows the words that it attributes",
                    );
                } else {
                    self.leading = None;
                    self.quotation(Some(citation), Some(*reading), None);
                }
            }
            // Under a citation and its words, a name alone says whose they are.
            Block::Signed { whole, text, name } => {
                self.mark(whole, text, Kind::Citation);
                if let Some((_, reading)) = &mut self.leading {
                    reading.speaker.get_or_insert(name);
                }
            }
            Block::LeadIn { whole, citation, reading } => {
                self.head = false;
                self.end_of_run();
                self.mark(whole, citation, Kind::Citation);
                self.leading = Some((citation, *reading));
            }
        }
    }

    /// Nothing that follows belongs to the paragraphs that wait: the citation before them claims
    /// them, or nobody does.
    pub fn end_of_run(&mut self) {
        match self.leading.take() {
            Some((citation, _)) if self.waiting.is_empty() => {
                self.doubt(
                    citation,
                    "a citation with no text after it",
                    "the words that it attributes follow it",
                );
            }
            Some((citation, reading)) => self.quotation(Some(citation), Some(reading), None),
            None => self.leave_unattributed(),
        }
    }

    fn doubt(&mut self, piece: Piece, message: &str, help: &str) {
        let (line, column) = self.document.place(piece.start);
        self.problems.push(Problem::warning(&self.document.path, message).at(line, column).help(help));
    }

    /// Takes the words of a line as one kind, and what stands around them as marks.
    fn mark(&mut self, line: Piece, text: Piece, kind: Kind) {
        for (start, end) in [(line.start, text.start), (text.end, line.end)] {
            let around = self.document.slice(start, end);
            let (left, right) =
                (around.len() - around.trim_start().len(), around.len() - around.trim_end().len());
            if left < around.len() {
                self.spans.take(start + left, end - right, Kind::Mark);
            }
        }
        self.spans.take(text.start, text.end, kind);
    }

    /// Makes the waiting paragraphs a quotation.
    fn quotation(&mut self, citation: Option<Piece>, reading: Option<Citation>, continued: Option<String>) {
        let pieces = std::mem::take(&mut self.waiting);
        let (mut text, mut joins) = (String::new(), Vec::new());
        for piece in &pieces {
            if !text.is_empty() {
                let whole = self.ends_sentence(&text);
                let join = if whole { "\n" } else { self.language.sentence.join.as_str() };
                text.push_str(join);
                joins.push(join.to_owned());
            }
            text.push_str(self.document.slice(piece.start, piece.end));
            self.spans.take(piece.start, piece.end, Kind::Quotation);
        }
        let place =
            |piece: &Piece| [self.document.code_point(piece.start), self.document.code_point(piece.end)];
        let spans =
            Places { text: pieces.iter().map(place).collect(), citation: citation.as_ref().map(place) };
        let cited_at = citation.map(|piece| piece.start);
        let citation = citation.map(|piece| self.document.slice(piece.start, piece.end).to_owned());
        let reading = reading.unwrap_or_default();
        let (line, column) = self.document.place(pieces[0].start);
        let problem = |message| Problem::warning(&self.document.path, message).at(line, column);
        if let Some(impossible) = &reading.impossible {
            self.problems.push(
                problem(format!("`{impossible}` is no day of the calendar"))
                    .help("the quotation is kept without a date"),
            );
        }
        let speaker = reading.speaker.or_else(|| self.byline.clone()).unwrap_or_default();
        if speaker.is_empty() {
            self.problems.push(problem("nobody is named as the speaker".to_owned()).help(format!(
                "state `dictum:byline` in {}",
                self.document.path.with_extension("ttl").display()
            )));
        }
        if let Some(start) = cited_at {
            let n = self.records.len() + 1;
            self.readings.push(Reading { n, start, pattern: reading.pattern, unused: reading.unused });
        }
        let by_header = self.header.byline.as_ref() == Some(&speaker);
        let mut record = Record {
            id: iri::quotation_id(&self.document.name, &text, citation.as_deref()),
            source: self.document.name.clone(),
            n: self.records.len() + 1,
            section: self.section.clone(),
            text,
            language: Some(self.language.tag.clone()),
            speaker,
            speaker_office: reading.speaker_office,
            speaker_id: self
                .header
                .author
                .as_deref()
                .filter(|_| by_header)
                .map(|iri| self.reader.names.shorten(iri)),
            date: reading.date.map(|date| date.to_string()),
            year_from: self.year.clone().filter(|_| reading.year_from_heading),
            event: reading.event,
            citation,
            continued,
            counterparts: reading.counterparts,
            spans: Some(spans),
            joins,
            ..Record::default()
        };
        self.reader.complete(&mut record, (&self.document.path, line), &mut self.problems);
        self.records.push(record);
    }

    /// Gives up on paragraphs that nothing attributes; they stay unclassified.
    fn leave_unattributed(&mut self) {
        for piece in std::mem::take(&mut self.waiting) {
            let help = "it is in no quotation; a citation is a line like those in `ontology/event-types.ttl`";
            self.doubt(piece, "text that no citation attributes", help);
        }
    }

    pub fn finish(self) -> Extraction {
        Extraction {
            records: self.records,
            spans: self.spans.cover(self.document),
            readings: self.readings,
            problems: self.problems,
        }
    }
}

/// Short lines, no sentences, that stand in a document more than once.
fn repeated_lines<'d>(document: &'d Document, language: &Language) -> HashSet<&'d str> {
    let mut seen = HashSet::new();
    let short =
        document.lines.iter().map(|line| document.slice(line.start, line.end).trim()).filter(|line| {
            line.len() <= 90 && !language.sentence.ends.iter().any(|end| line.ends_with(end.as_str()))
        });
    short.filter(|line| !seen.insert(*line)).collect()
}
