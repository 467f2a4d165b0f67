//! Sources: pages with their lines, and tables that are only named.

use super::{About, Content, Emit, Mapper, Profile, TextForm};
use crate::corpus::{Page, Source};
use crate::iri;
use crate::record::Record;
use crate::vocab as v;

impl Mapper<'_> {
    /// A source with all that it quotes.
    pub fn source(&self, source: &Source, emit: Emit<'_>) {
        self.source_itself(source, emit);
        self.records(source, &source.records, emit);
    }

    /// What is said of a source, and nothing that it quotes.
    pub fn source_itself(&self, source: &Source, emit: Emit<'_>) {
        let page = source.page.as_ref();
        if let Some(page) = page {
            self.page(page, emit);
            page.facts.triples.iter().for_each(|triple| emit(triple.as_ref()));
        }
        if self.content == (Content { profile: Profile::Research, text_form: TextForm::Both }) {
            self.emendations(source, emit);
        }
    }

    /// Some of the records of a source, which follow each other.
    pub fn records(&self, source: &Source, records: &[Record], emit: Emit<'_>) {
        let document = source.page.as_ref().map(|page| &page.document);
        let mut before = None;
        for record in records {
            self.record(record, before.replace(record), document, emit);
        }
    }

    /// The page itself: its lines, verbatim, once.
    fn page(&self, page: &Page, emit: Emit<'_>) {
        let document = &page.document;
        let source = self.names.mint("source", &iri::segment(&document.name));
        let mut about = About { subject: &source, emit: &mut *emit };
        about.a(v::SOURCE_CLASS);
        about.literal(v::SHA256, document.sha256.as_str());
        if let Some(sha256) = &document.text_sha256 {
            about.literal(v::TEXT_SHA256, sha256.as_str());
        }
        about.number(v::CHARACTERS, document.characters());
        if self.content.profile == Profile::Core {
            return;
        }
        for (index, line) in document.lines.iter().enumerate() {
            let (text, first) = document.stretch(index);
            let subject = self.names.mint("line", &line_id(&document.name, line.number));
            About { subject: &source, emit: &mut *emit }.link(v::LINE, &subject);
            let mut about = About { subject: &subject, emit: &mut *emit };
            about.a(v::LINE_CLASS);
            about.number(v::LINE_NUMBER, line.number);
            about.number(v::START, first);
            // Of a line that holds withdrawn words, the length still shows that nothing is missing.
            if page.withheld.contains(&index) {
                about.number(v::CHARACTERS, text.chars().count());
            } else {
                about.literal(v::VALUE, text);
            }
        }
    }

    /// A source that is only named: a table of quotes, or what a row says it was taken from.
    pub(super) fn named_source(&self, name: &str, emit: Emit<'_>) {
        let source = self.names.mint("source", &iri::segment(name));
        let mut about = About { subject: &source, emit };
        about.a(v::SOURCE_CLASS);
        about.literal(v::LABEL, name);
    }
}

/// Name of a line: its source and its number.
pub(super) fn line_id(source: &str, number: usize) -> String {
    format!("{}-{number}", iri::segment(source))
}
