//! A page as it is printed, with what each stretch of it became.

use super::{Index, Shown, first_of};
use crate::corpus::{Page, Source};
use crate::iri;
use crate::record::Record;
use crate::source::{Kind, Span};
use serde::Serialize;

/// What stands for characters that are not given on.
const WITHHELD: &str = "█";

/// A source as a page shows it; offsets are code points, end-exclusive.
#[derive(Debug, Clone, Serialize)]
pub struct SourceView {
    name: String,
    /// Its place in the list of terms, where it has a quotation.
    term: Option<usize>,
    language: String,
    /// `None` where there is no page: quotes that came in a table.
    text: Option<String>,
    /// First and last character, what it is, and the quotation that it became, by its place among all.
    spans: Vec<(usize, usize, Kind, i64)>,
    emendations: Vec<Emended>,
}

#[derive(Debug, Clone, Serialize)]
struct Emended {
    start: usize,
    end: usize,
    reading: String,
    note: String,
}

impl SourceView {
    /// A source, of which the index is made already.
    #[must_use]
    pub fn of(source: &Source, shown: &Shown<'_>, index: &Index) -> Self {
        let iri = shown.corpus.names.mint("source", &iri::segment(&source.name));
        let mut view = Self {
            name: source.name.clone(),
            term: index.terms.iter().position(|term| term.is(&iri)),
            language: String::new(),
            text: None,
            spans: Vec::new(),
            emendations: Vec::new(),
        };
        if let Some(page) = source.page.as_ref().filter(|_| shown.pages) {
            view.language.clone_from(&page.language);
            view.show(page, &source.records, first_of(shown.corpus, &source.name));
        }
        view
    }

    /// Whether it is the source of that name.
    #[must_use]
    pub fn is(&self, name: &str) -> bool {
        self.name == name
    }

    fn show(&mut self, page: &Page, records: &[Record], first: usize) {
        let document = &page.document;
        let mut text = String::new();
        let mut at = 0;
        for span in &page.spans {
            let printed = document.slice(span.start, span.end);
            let many = printed.chars().count();
            match page.shown(span) {
                Some(shown) => text.push_str(shown),
                None => text.push_str(&WITHHELD.repeat(many)),
            }
            self.spans.push((at, at + many, span.kind, owner(span, at, records, first)));
            at += many;
        }
        self.text = Some(text);
        let shown = page.emendations.iter().filter(|emendation| {
            let line = document.stretch_at(emendation.start);
            !page.withheld.contains(&line)
        });
        self.emendations = shown
            .map(|emendation| Emended {
                start: emendation.start,
                end: emendation.end,
                reading: emendation.corr.clone(),
                note: emendation.reason.clone(),
            })
            .collect();
    }
}

/// The quotation that a stretch became, or that it attributes.
fn owner(span: &Span, at: usize, records: &[Record], first: usize) -> i64 {
    let within = |[start, end]: &[usize; 2]| *start <= at && at < *end;
    let is_its = |record: &Record| {
        let places = record.spans.as_ref();
        places.is_some_and(|places| match span.kind {
            Kind::Quotation => places.text.iter().any(within),
            Kind::Citation => places.citation.iter().any(within),
            _ => false,
        })
    };
    let found = records.iter().position(is_its);
    found.and_then(|place| i64::try_from(first + place).ok()).unwrap_or(-1)
}
