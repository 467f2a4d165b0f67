//! Wordings that several quotations share.

use super::repeats::Joined;
use crate::authority::within_word;
use crate::corpus::Corpus;
use crate::record::Record;
use crate::source::Document;
use rayon::prelude::*;
use std::collections::BTreeSet;

/// A string that two quotations or more share, as long as it can be.
#[derive(Debug)]
pub struct Formula<'c> {
    /// The words, within one paragraph.
    pub words: &'c str,
    /// The quotations that have them, in the order of the corpus.
    pub uses: Vec<Use<'c>>,
}

/// A quotation with the places of a formula in its text.
#[derive(Debug)]
pub struct Use<'c> {
    /// The quotation.
    pub record: &'c Record,
    /// The page it stands on, if any.
    pub document: Option<&'c Document>,
    /// Code points of the text, end-exclusive, ascending.
    pub places: Vec<[usize; 2]>,
}

/// All formulas of a corpus, by their words. How long one must be is said by the language pack; where
/// words are written apart, it begins and ends with a whole one.
#[must_use]
pub fn formulas<'c>(corpus: &'c Corpus) -> Vec<Formula<'c>> {
    // One excerpt that is printed twice shares nothing with itself.
    let mut seen = BTreeSet::new();
    let quotations: Vec<_> =
        corpus.quotations().filter(|(_, record)| seen.insert(record.id.as_str())).collect();
    let joined = Joined::new(quotations.iter().map(|(_, record)| record.text.as_str()));
    let shortest = |index: usize| {
        let language = quotations[index].1.language.as_deref();
        let pack = corpus.languages.iter().find(|pack| Some(pack.tag.as_str()) == language);
        pack.or(corpus.languages.first()).map_or(usize::MAX, |pack| pack.formula_length)
    };
    // Words, the quotation that has them, and their place in it.
    let place = |(index, byte, length): (usize, usize, usize)| {
        let text = quotations[index].1.text.as_str();
        let (start, end) = whole_words(text, byte, byte + length);
        let words = &text[start..end];
        let length = words.chars().count();
        (length >= shortest(index)).then(|| (words, index, text[..start].chars().count()))
    };
    let places = joined.repeats(shortest).into_par_iter().flat_map_iter(|repeat| {
        let length = repeat.words.len();
        let starts = repeat.starts.into_iter().map(|start| joined.place(start));
        starts.filter_map(move |(index, byte)| place((index, byte, length))).collect::<Vec<_>>()
    });
    let mut places: Vec<_> = places.collect();
    places.par_sort_unstable();
    places.dedup();
    let in_one = |of_one: &[(&str, usize, usize)]| {
        let (words, index, _) = of_one[0];
        let (length, (document, record)) = (words.chars().count(), quotations[index]);
        Use { record, document, places: of_one.iter().map(|(.., first)| [*first, first + length]).collect() }
    };
    let formula = |alike: &[(&'c str, usize, usize)]| {
        let uses: Vec<_> = alike.chunk_by(|one, other| one.1 == other.1).map(in_one).collect();
        (uses.len() > 1).then(|| Formula { words: alike[0].0, uses })
    };
    places.chunk_by(|one, other| one.0 == other.0).filter_map(formula).collect()
}

/// A stretch without the parts of words, and without the blanks, at its ends.
fn whole_words(text: &str, mut start: usize, mut end: usize) -> (usize, usize) {
    let width = |c: Option<char>| c.map_or(0, char::len_utf8);
    while start < end && within_word(text, start) {
        start += width(text[start..].chars().next());
    }
    while start < end && within_word(text, end) {
        end -= width(text[..end].chars().next_back());
    }
    start += text[start..end].len() - text[start..end].trim_start().len();
    end -= text[start..end].len() - text[start..end].trim_end().len();
    (start, end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stretch_begins_and_ends_with_whole_words_where_words_are_written_apart() {
        let text = "overcome hard times together";
        let whole = |start, end| {
            let (start, end) = whole_words(text, start, end);
            &text[start..end]
        };
        assert_eq!(whole(4, 24), "hard times");
        assert_eq!(whole(0, text.len()), text);
        assert_eq!(whole(1, 5), "");
        assert_eq!(whole_words("甲乙丙", 3, 6), (3, 6));
    }
}
