//! Words with what they show marked, for pages: overlapping stretches are cut where any begins or ends.

use crate::page::escape;
use std::collections::BTreeSet;

/// Code points of a text, end-exclusive, and what is said of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marked {
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// What to say.
    pub note: String,
}

/// A text as HTML, with every stretch that bears a mark in a `mark` element; its title holds all notes.
#[must_use]
pub fn marked(text: &str, marks: &[Marked]) -> String {
    let characters: Vec<char> = text.chars().collect();
    let edges = marks.iter().flat_map(|mark| [mark.start, mark.end]).chain([0, characters.len()]);
    let edges: Vec<usize> =
        edges.map(|edge| edge.min(characters.len())).collect::<BTreeSet<_>>().into_iter().collect();
    let mut html = String::new();
    let mut pieces: Vec<(String, Vec<&str>)> = Vec::new();
    for pair in edges.windows(2) {
        let covering = marks.iter().filter(|mark| mark.start <= pair[0] && pair[1] <= mark.end);
        let notes: Vec<&str> =
            covering.map(|mark| mark.note.as_str()).collect::<BTreeSet<_>>().into_iter().collect();
        let words: String = characters[pair[0]..pair[1]].iter().collect();
        pieces.push((words, notes));
    }
    for (words, notes) in pieces {
        let words = escape(&words).replace('\n', "<br>");
        if notes.is_empty() {
            html.push_str(&words);
        } else {
            html.push_str(&format!("<mark title=\"{}\">{words}</mark>", escape(&notes.join("\n"))));
        }
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlapping_marks_are_all_shown() {
        let mark = |start, end, note: &str| Marked { start, end, note: note.to_owned() };
        let marks = [mark(0, 3, "a"), mark(2, 5, "b & c"), mark(5, 6, "d")];
        assert_eq!(
            marked("甲乙<丙\n丁戊", &marks),
            "<mark title=\"a\">甲乙</mark><mark title=\"a\nb &amp; c\">&lt;</mark><mark title=\"b &amp; c\">丙<br></mark><mark title=\"d\">丁</mark>戊"
        );
        assert_eq!(marked("甲", &[]), "甲");
    }
}
