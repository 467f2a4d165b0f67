//! From a source text to records: who said what, when, to whom, and where it stands.
//!
//! A quotation is found by its citation: paragraphs wait until a line attributes them. Every
//! character ends up in exactly one span, and what no rule took is reported with its line.

mod blocks;
mod citation;
mod complete;
mod counterpart;
mod cues;
mod dates;
mod words;

use crate::authority::Authority;
use crate::iri;
use crate::language::Language;
use crate::names::Names;
use crate::ontology::Ontology;
use crate::problem::Problem;
use crate::record::{Places, Record};
use crate::source::{Document, Kind, Line, Span, Spans};
use blocks::{Before, Block, Piece, named_group};
use citation::Citation;
use cues::CueFinder;
use std::path::Path;
use words::Words;

/// What a reader knows beforehand; built once, used for every source and table.
pub struct Reader<'a> {
    ontology: &'a Ontology,
    authority: &'a Authority,
    languages: &'a [Language],
    names: &'a Names,
    cues: CueFinder,
}

/// What the header of a source (`data/sources/NAME.ttl`) says that the text itself need not.
#[derive(Debug, Clone, Default)]
pub struct Header {
    /// The title, as printed.
    pub title: Option<String>,
    /// The name printed as author of the page.
    pub byline: Option<String>,
    /// IRI of the author.
    pub author: Option<String>,
    /// Language tag of the text.
    pub language: Option<String>,
}

/// What was found in one source.
#[derive(Debug)]
pub struct Extraction {
    /// The quotations, in the order of the page.
    pub records: Vec<Record>,
    /// What each character is; concatenated spans are the source.
    pub spans: Vec<Span>,
    /// How each citation was read, in the order of the records.
    pub readings: Vec<Reading>,
    /// What is wrong or doubtful, with its line.
    pub problems: Vec<Problem>,
}

/// How one citation was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Number of the record.
    pub n: usize,
    /// First byte of the citation in the document.
    pub start: usize,
    /// The citation pattern, as written; `None` where none fits.
    pub pattern: Option<String>,
    /// Words of the citation that say where or during what, which no field holds.
    pub unused: Option<String>,
}

impl<'a> Reader<'a> {
    /// A reader over these folders.
    ///
    /// # Errors
    /// When the cues are too many for one index.
    pub fn new(
        ontology: &'a Ontology,
        authority: &'a Authority,
        languages: &'a [Language],
        names: &'a Names,
    ) -> anyhow::Result<Self> {
        Ok(Self { ontology, authority, languages, names, cues: CueFinder::new(&ontology.cues, languages)? })
    }

    /// Finds the quotations of a document.
    #[must_use]
    pub fn read(&self, document: &Document, header: &Header) -> Extraction {
        let language = self.language(header.language.as_deref(), &document.text);
        let read = language.fold(&document.text);
        let mut page = Page {
            reader: self,
            document,
            header,
            language,
            words: Words::new(&document.text, &read),
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
            titled: false,
        };
        for line in &document.lines {
            page.line(line);
        }
        page.end_of_run();
        page.finish()
    }

    /// The pack for a language tag, or the one whose script fills the text.
    fn language(&self, tag: Option<&str>, text: &str) -> &'a Language {
        let known =
            tag.and_then(|tag| self.languages.iter().find(|pack| tag.to_lowercase().starts_with(&pack.tag)));
        let sample: String = text.chars().take(2000).collect();
        known
            .or_else(|| self.languages.iter().rev().max_by_key(|pack| pack.script.find_iter(&sample).count()))
            .unwrap_or(&self.languages[0])
    }
}

/// A page while it is read.
struct Page<'r, 'd> {
    reader: &'r Reader<'r>,
    document: &'d Document,
    header: &'d Header,
    language: &'r Language,
    words: Words<'d>,
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
    titled: bool,
}

impl Page<'_, '_> {
    fn line(&mut self, line: &Line) {
        let before = Before {
            head: self.head,
            titled: self.titled,
            signed: self.byline.as_ref() != self.header.byline.as_ref(),
            waiting: !self.waiting.is_empty(),
            leading: self.leading.is_some(),
            year: self.year.as_deref(),
        };
        for block in self.reader.blocks(self.words, self.header, self.language, line, before) {
            self.take(block);
        }
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
                    Kind::Title => self.titled = true,
                    Kind::Byline => self.byline = Some(words),
                    Kind::Continuation if !self.waiting.is_empty() => self.quotation(None, None, Some(words)),
                    _ => {}
                }
                self.mark(line, text, kind);
            }
            Block::Cited { whole, citation, reading } => {
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
    fn end_of_run(&mut self) {
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
                let whole = self.language.sentence.ends.iter().any(|end| text.ends_with(end.as_str()));
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

    fn finish(self) -> Extraction {
        Extraction {
            records: self.records,
            spans: self.spans.cover(self.document),
            readings: self.readings,
            problems: self.problems,
        }
    }
}

/// Where a finding about a record belongs: its file and line.
pub(crate) use complete::participant_key;
pub(crate) type Origin<'a> = (&'a Path, usize);
