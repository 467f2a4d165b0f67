//! What each character of a source is: the proof that nothing was lost.

use super::Document;

/// What a stretch of a source is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// The title of the document.
    Title,
    /// The name printed as its author.
    Byline,
    /// A heading over a run of quotations.
    Heading,
    /// Words of a quotation.
    Quotation,
    /// The words that attribute a quotation, without brackets.
    Citation,
    /// Words that say where the text goes on.
    Continuation,
    /// Lay-out that is no text: brackets, asterisks, bullets.
    Mark,
    /// The caption of a picture.
    Caption,
    /// A footnote, a source line, an annex line.
    Note,
    /// Page numbers, running heads and other parts of a page that are no text.
    Furniture,
    /// White space and line ends.
    Blank,
    /// Text that no rule took; each is reported with its line.
    Unclassified,
}

/// A stretch of one kind; offsets in bytes, end-exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// What it is.
    pub kind: Kind,
}

/// The spans of one document while it is read.
#[derive(Debug, Clone, Default)]
pub struct Spans {
    taken: Vec<Span>,
}

impl Spans {
    /// Says what a stretch is; empty stretches are nothing.
    pub fn take(&mut self, start: usize, end: usize, kind: Kind) {
        if start < end {
            self.taken.push(Span { start, end, kind });
        }
    }

    /// All spans in order, gaps filled, so that they concatenate to the document.
    #[must_use]
    pub fn cover(mut self, document: &Document) -> Vec<Span> {
        self.taken.sort_by_key(|span| (span.start, span.end));
        let mut whole = Vec::with_capacity(self.taken.len() * 2);
        let mut position = 0;
        for span in self.taken {
            debug_assert!(span.start >= position, "two readings of one character at byte {}", span.start);
            fill(document, position, span.start, &mut whole);
            whole.push(span);
            position = span.end;
        }
        fill(document, position, document.text.len(), &mut whole);
        whole
    }
}

/// Fills a gap: blanks are blank, what is left is unclassified, line by line.
fn fill(document: &Document, start: usize, end: usize, whole: &mut Vec<Span>) {
    let mut position = start;
    for line in document.slice(start, end).split_inclusive('\n') {
        let text = line.trim();
        let (before, length) = (line.len() - line.trim_start().len(), text.len());
        let parts = [
            (before, Kind::Blank),
            (length, Kind::Unclassified),
            (line.len() - before - length, Kind::Blank),
        ];
        for (bytes, kind) in parts {
            let end = position + bytes;
            match whole.last_mut() {
                Some(last) if kind == Kind::Blank && last.kind == kind => last.end = end,
                _ if bytes > 0 => whole.push(Span { start: position, end, kind }),
                _ => {}
            }
            position = end;
        }
    }
}
