//! What a line is by its looks and its place, before anybody reads what it says.

use super::blocks::{Before, Run};
use super::words::{Words, named_group};
use super::{Header, Reader};
use crate::language::Language;
use crate::pattern::Pattern;
use crate::source::Kind;
use std::ops::Range;

/// A kind of line, and which of its words are the text; the rest are marks.
type Looks = (Kind, Range<usize>);

impl Reader<'_> {
    /// What a line is by its looks; `None` for words that may be quoted or cite.
    pub(super) fn looks(
        &self,
        words: Words<'_>,
        header: &Header,
        language: &Language,
        before: Before<'_>,
    ) -> Option<Looks> {
        let layout = &language.layout;
        of_kind(Kind::Continuation, &layout.continued, words)
            .or_else(|| is_running_head(words, language, before).then(|| whole(Kind::Furniture, words)))
            .or_else(|| of_kind(Kind::Heading, &layout.year, words))
            .or_else(|| of_kind(Kind::Furniture, &layout.furniture, words))
            .or_else(|| self.head(words, header, language, before).filter(|_| before.head))
            .or_else(|| self.heading(words, &layout.heading, language, before))
            .or_else(|| of_kind(Kind::Caption, &layout.caption, words))
            .or_else(|| of_kind(Kind::Note, &layout.note, words))
            .or_else(|| self.heading(words, &layout.unmarked, language, before))
    }

    /// Titles and the author's name, at the head of a page.
    fn head(
        &self,
        words: Words<'_>,
        header: &Header,
        language: &Language,
        before: Before<'_>,
    ) -> Option<Looks> {
        let layout = &language.layout;
        let marked = of_kind(Kind::Title, &layout.title, words);
        let stated = header.title.as_deref() == Some(words.printed);
        let first = marked.or_else(|| stated.then(|| whole(Kind::Title, words)));
        let next = match before.title {
            None => of_kind(Kind::Title, &layout.unmarked, words).or_else(|| {
                self.is_title_by_place(words, language, before).then(|| whole(Kind::Title, words))
            }),
            // The title may come in another script as well, or go on after a dash.
            Some(_) => (!language.script.is_match(words.read))
                .then(|| whole(Kind::Title, words))
                .or_else(|| of_kind(Kind::Title, &layout.citation, words))
                .filter(|(_, text)| !self.cites(words, text, language, before)),
        };
        first.or(next).or_else(|| of_kind(Kind::Byline, &layout.byline, words).filter(|_| !before.signed))
    }

    /// A heading stands between quotations: in the middle of one, only its marks tell it from an item
    /// of a list.
    fn heading(
        &self,
        words: Words<'_>,
        patterns: &[Pattern],
        language: &Language,
        before: Before<'_>,
    ) -> Option<Looks> {
        let found = of_kind(Kind::Heading, patterns, words)?;
        let between = before.run == Run::Nothing || (before.run == Run::Led && before.closed);
        let marked = found.1.start > 0;
        ((between || marked) && !self.cites(words, &found.1, language, before)).then_some(found)
    }

    /// Whether a line at the very top is a title by its place: short, no sentence, no citation.
    fn is_title_by_place(&self, words: Words<'_>, language: &Language, before: Before<'_>) -> bool {
        let text = words.read;
        let layout = &language.layout;
        // What ends a sentence may only close a bracket.
        let closes = |end: &String| {
            let mut brackets = language.brackets.citation.iter().chain(&language.brackets.title);
            brackets.any(|(_, close)| close == end)
        };
        let marked = [&layout.mark, &layout.citation, &layout.byline, &layout.heading, &layout.note];
        !before.signed
            && text.chars().count() <= LONGEST_TITLE
            && !language.sentence.ends.iter().any(|end| text.contains(end.as_str()) && !closes(end))
            && !marked.iter().any(|patterns| matches(patterns, text))
            && !self.cites(words, &(0..text.len()), language, before)
    }

    fn cites(&self, words: Words<'_>, text: &Range<usize>, language: &Language, before: Before<'_>) -> bool {
        let citation = self.any_citation(language, words.slice(text.clone()), before.year);
        citation.is_some_and(|citation| citation.is_sure())
    }
}

/// Characters of a line that may be a title by its place alone.
const LONGEST_TITLE: usize = 40;

/// The title on a later page, or any short line that stands on the page again and again.
fn is_running_head(words: Words<'_>, language: &Language, before: Before<'_>) -> bool {
    let layout = &language.layout;
    let other = [&layout.heading, &layout.citation, &layout.byline];
    let repeated = !before.head && before.repeated.contains(words.printed);
    before.title == Some(words.printed)
        || (repeated && !other.iter().any(|patterns| matches(patterns, words.read)))
}

fn matches(patterns: &[Pattern], text: &str) -> bool {
    patterns.iter().any(|pattern| pattern.is_match(text))
}

fn of_kind(kind: Kind, patterns: &[Pattern], words: Words<'_>) -> Option<Looks> {
    Some((kind, named_group(patterns, words.read, "text")?))
}

fn whole(kind: Kind, words: Words<'_>) -> Looks {
    (kind, 0..words.read.len())
}
