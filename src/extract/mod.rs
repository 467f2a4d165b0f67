//! From a source text to records: who said what, when, to whom, and where it stands.
//!
//! A quotation is found by its citation: paragraphs wait until a line attributes them. Every
//! character ends up in exactly one span, and what no rule took is reported with its line.

mod blocks;
mod brackets;
mod citation;
mod complete;
mod counterpart;
mod cues;
mod dates;
mod deixis;
mod looks;
mod page;
mod recorded;
mod speech;
mod spoken;
mod words;

use crate::authority::Authority;
use crate::language::Language;
use crate::names::Names;
use crate::ontology::Ontology;
use crate::problem::Problem;
use crate::record::Record;
use crate::source::{Document, Span};
use cues::CueFinder;
use page::{Order, Page};
use rustc_hash::FxBuildHasher;
use std::collections::HashSet;
use std::path::Path;

/// What a reader knows beforehand; built once, used for every source and table.
pub struct Reader<'a> {
    ontology: &'a Ontology,
    authority: &'a Authority,
    languages: &'a [Language],
    names: &'a Names,
    cues: CueFinder<'a>,
    /// Short names of what the authorities and the scheme know: most names in records are of these.
    known: HashSet<String, FxBuildHasher>,
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
        let cues = CueFinder::new(&ontology.scheme, languages);
        let entities = authority.entities().map(|entity| &entity.iri);
        let known = entities.chain(ontology.scheme.themes.keys()).map(|iri| names.shorten(iri)).collect();
        Ok(Self { ontology, authority, languages, names, cues, known })
    }

    /// The names that it writes.
    #[must_use]
    pub fn names(&self) -> &Names {
        self.names
    }

    /// Finds the quotations of a document.
    #[must_use]
    pub fn read(&self, document: &Document, header: &Header) -> Extraction {
        let language = self.language(header.language.as_deref(), &document.text);
        rayon::scope(|all| {
            all.spawn(|_| self.authority.prepare());
            all.spawn(|_| self.cues.prepare(language));
            all.spawn(|_| language.prepare());
            self.ontology.prepare(&language.tag);
        });
        let read = language.fold(&document.text);
        let read_as = |order| {
            let mut page = Page::new(self, document, header, language, &read, order);
            for line in &document.lines {
                page.line(line);
            }
            page.end_of_run();
            page.finish()
        };
        let after = read_as(Order::After);
        if after.problems.is_empty() {
            return after;
        }
        // Citations without words before them may stand in front of the words they attribute.
        let before = read_as(Order::Before);
        if before.problems.len() < after.problems.len() { before } else { after }
    }

    /// The pack for a language tag, or the one whose script fills the text.
    fn language(&self, tag: Option<&str>, text: &str) -> &'a Language {
        let known = tag.and_then(|tag| self.languages.iter().find(|pack| pack.covers(tag)));
        let by_script = || {
            let sample: String = text.chars().take(2000).collect();
            self.languages.iter().rev().max_by_key(|pack| pack.script.find_iter(&sample).count())
        };
        known.or_else(by_script).unwrap_or(&self.languages[0])
    }
}

/// Where a finding about a record belongs: its file and line.
pub(crate) use complete::participant_key;
pub(crate) type Origin<'a> = (&'a Path, usize);
