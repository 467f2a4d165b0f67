//! What surrounds words in a text: their sentence, whether they are denied, whether they are quoted as
//! somebody else's. The marks and words that show it are in the language packs.

use crate::authority::stands_alone;
use crate::language::Speech;

/// A text, and how its language marks these things.
#[derive(Clone, Copy)]
pub(super) struct Speaking<'t> {
    pub marks: &'t Speech,
    pub text: &'t str,
}

/// Some words of it; offsets in bytes.
#[derive(Clone, Copy)]
pub(super) struct Passage {
    pub start: usize,
    pub end: usize,
}

impl Speaking<'_> {
    /// Whether a string stands in the same sentence as the words, but not in them.
    pub fn holds(self, passage: Passage, string: &str) -> bool {
        let before = &self.text[self.begin(passage, &self.marks.sentence)..passage.start];
        let end = first(&self.text[passage.end..], &self.marks.sentence);
        let after = &self.text[passage.end..passage.end + end];
        [before, after].into_iter().any(|part| stands_in(part, string))
    }

    /// Whether a word that denies stands before the words in their clause.
    pub fn is_denied(self, passage: Passage) -> bool {
        let marks = [&self.marks.sentence[..], &self.marks.clause].concat();
        let mut clause = self.text[self.begin(passage, &marks)..passage.start].to_ascii_lowercase();
        // `not only` denies nothing.
        for affirmed in &self.marks.affirmed {
            clause = clause.replace(&affirmed.to_ascii_lowercase(), "");
        }
        self.marks.negation.iter().any(|word| stands_in(&clause, word))
    }

    /// Whether the words stand between quotation marks, after a word that says that somebody speaks.
    pub fn is_reported(self, passage: Passage) -> bool {
        self.marks.quotes.iter().any(|(open, close)| {
            let Some(start) = self.text[..passage.start].rfind(open.as_str()) else { return false };
            let inside = &self.text[start + open.len()..passage.start];
            let closes = self.text[passage.end..].contains(close.as_str());
            let before = self.text[..start].trim_end().to_ascii_lowercase();
            let said = |word: &String| before.ends_with(&word.to_ascii_lowercase());
            !inside.contains(close.as_str()) && closes && self.marks.reporting.iter().any(said)
        })
    }

    /// Where the sentence or clause of the words begins.
    fn begin(self, passage: Passage, marks: &[String]) -> usize {
        let before = &self.text[..passage.start];
        let ends = marks.iter().filter_map(|mark| Some(before.rfind(mark.as_str())? + mark.len()));
        ends.max().unwrap_or(0)
    }
}

/// Where the first of the marks stands, or the length of the text.
fn first(text: &str, marks: &[String]) -> usize {
    marks.iter().filter_map(|mark| text.find(mark.as_str())).min().unwrap_or(text.len())
}

/// Whether a text holds a string as words of its own, in letters of either case.
fn stands_in(text: &str, string: &str) -> bool {
    let (text, string) = (text.to_ascii_lowercase(), string.to_ascii_lowercase());
    text.match_indices(&string).any(|(start, found)| stands_alone(&text, start, start + found.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks() -> Speech {
        let all = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        Speech {
            sentence: all(&[". ", "。"]),
            clause: all(&[",", "，"]),
            quotes: vec![("“".to_owned(), "”".to_owned())],
            reporting: all(&["said:", "说："]),
            negation: all(&["not", "没有"]),
            affirmed: all(&["not only", "没有停止"]),
        }
    }

    fn at(text: &str, words: &str) -> Passage {
        let start = text.find(words).expect("the words");
        Passage { start, end: start + words.len() }
    }

    #[test]
    fn context_is_looked_for_in_the_sentence_only() {
        let text = "We sent help. They asked for help, and China gave aid. Help came.";
        let speaking = Speaking { marks: &marks(), text };
        assert!(speaking.holds(at(text, "asked"), "china"));
        assert!(!speaking.holds(at(text, "sent"), "China"));
        assert!(!speaking.holds(at(text, "gave"), "came"));
        assert!(!speaking.holds(at(text, "gave"), "hin"), "words, not letters");
    }

    #[test]
    fn words_are_denied_in_their_clause_only() {
        for (text, words, denied) in [
            ("We did not send aid.", "send aid", true),
            ("It was not late, and we sent aid.", "sent aid", false),
            ("Not only did we send aid.", "send aid", false),
            ("我们没有提供援助。", "提供援助", true),
            ("我们没有停止提供援助。", "提供援助", false),
            ("A knot of people sent aid.", "sent aid", false),
        ] {
            assert_eq!(Speaking { marks: &marks(), text }.is_denied(at(text, words)), denied, "{text}");
        }
    }

    #[test]
    fn only_words_that_somebody_is_said_to_have_said_are_reported() {
        for (text, words, reported) in [
            ("The minister said: “We sent aid.” We agree.", "sent aid", true),
            ("The minister said: “Yes.” We sent aid.", "sent aid", false),
            ("The “sent aid” label.", "sent aid", false),
            ("他说：“我们提供援助。”", "提供援助", true),
        ] {
            assert_eq!(Speaking { marks: &marks(), text }.is_reported(at(text, words)), reported, "{text}");
        }
    }
}
