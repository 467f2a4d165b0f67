//! Strings that stand in several texts, and cannot be made longer without losing one of their places:
//! the maximal repeats of a suffix array. The time grows with the texts, not with their pairs.

use std::ops::Range;

/// What ends a text among others; nothing that is found crosses it.
const END: u8 = b'\n';

/// Several texts one after the other, each line of them for itself.
#[derive(Debug)]
pub struct Joined {
    text: String,
    /// Where each text begins.
    starts: Vec<usize>,
}

/// A string, and the first byte of each of its places in the joined text, ascending.
#[derive(Debug, PartialEq, Eq)]
pub struct Repeat<'j> {
    /// The string.
    pub words: &'j str,
    /// Its places.
    pub starts: Vec<usize>,
}

/// Neighbours in the suffix array that begin alike.
#[derive(Clone, Copy)]
struct Interval {
    /// Bytes that all of them share.
    length: usize,
    /// Where they begin in the array.
    first: usize,
    /// The character before all of them; `None` where there are several, or a text begins.
    before: Option<char>,
    /// Least and greatest text that they stand in.
    texts: (usize, usize),
}

impl Interval {
    fn absorb(&mut self, other: &Self) {
        self.before = self.before.filter(|before| other.before == Some(*before));
        self.texts = (self.texts.0.min(other.texts.0), self.texts.1.max(other.texts.1));
    }
}

impl Joined {
    /// Joins texts, in their order.
    #[must_use]
    pub fn new<'t>(texts: impl IntoIterator<Item = &'t str>) -> Self {
        let (mut text, mut starts) = (String::new(), Vec::new());
        for one in texts {
            starts.push(text.len());
            text.push_str(one);
            text.push(char::from(END));
        }
        Self { text, starts }
    }

    /// The text that a byte lies in, and the byte's offset there.
    #[must_use]
    pub fn place(&self, byte: usize) -> (usize, usize) {
        let index = self.starts.partition_point(|start| *start <= byte).saturating_sub(1);
        (index, byte - self.starts[index])
    }

    /// Every string that stands in two texts or more, is as long as the first of them asks for in
    /// characters, and has no neighbour on either side that is the same at all its places.
    ///
    /// # Panics
    /// For 2 GiB of text and more.
    #[must_use]
    pub fn repeats(&self, shortest: impl Fn(usize) -> usize) -> Vec<Repeat<'_>> {
        let (suffixes, shared) = self.suffixes();
        let mut found = Vec::new();
        let root = Interval { length: 0, first: 0, before: None, texts: (0, 0) };
        let mut open = vec![root];
        // Bottom up through the tree of intervals: each is complete when a suffix shares less.
        for next in 1..=suffixes.len() {
            let length = shared.get(next).map_or(0, |shared| *shared as usize);
            let mut inner = self.leaf(next - 1, suffixes[next - 1] as usize);
            while let Some(mut complete) = open.pop_if(|top| top.length > length) {
                complete.absorb(&inner);
                found.extend(self.repeat(&complete, &suffixes[complete.first..next], &shortest));
                inner = complete;
            }
            match open.last_mut() {
                Some(top) if top.length == length => top.absorb(&inner),
                _ => open.push(Interval { length, ..inner }),
            }
        }
        found
    }

    fn leaf(&self, index: usize, suffix: usize) -> Interval {
        let text = self.place(suffix).0;
        let before = self.text[..suffix].chars().next_back().filter(|before| *before != char::from(END));
        Interval { length: usize::MAX, first: index, before, texts: (text, text) }
    }

    fn repeat(
        &self,
        interval: &Interval,
        places: &[u32],
        shortest: impl Fn(usize) -> usize,
    ) -> Option<Repeat<'_>> {
        if interval.before.is_some() || interval.texts.0 == interval.texts.1 {
            return None;
        }
        let start = places[0] as usize;
        let words = &self.text[start..start + interval.length];
        let shortest = shortest(interval.texts.0).max(1);
        words.chars().nth(shortest - 1)?;
        let mut starts: Vec<usize> = places.iter().map(|start| *start as usize).collect();
        starts.sort_unstable();
        Some(Repeat { words, starts })
    }

    /// The first bytes of all characters in the order of what follows them, and how many bytes of
    /// whole characters each shares with the one before it, up to the end of a text.
    fn suffixes(&self) -> (Vec<u32>, Vec<u32>) {
        let bytes = self.text.as_bytes();
        let mut order = vec![0_i32; bytes.len()];
        divsufsort::sort_in_place(bytes, &mut order);
        let mut order: Vec<u32> = order.into_iter().map(i32::cast_unsigned).collect();
        let mut shared = shared_with_previous(bytes, &order);
        // Those that are kept move to the front. Between two of them, all that are left out share no less than the
        // least of them.
        let (mut kept, mut least) = (0, usize::MAX);
        for index in 0..order.len() {
            let suffix = order[index] as usize;
            least = least.min(shared[index] as usize);
            if bytes[suffix] == END || !self.text.is_char_boundary(suffix) {
                continue;
            }
            let whole: Range<usize> = 0..least.min(bytes.len() - suffix) + 1;
            let length = whole.rev().find(|length| self.text.is_char_boundary(suffix + length));
            order[kept] = order[index];
            shared[kept] = length.map_or(0, as_number);
            kept += 1;
            least = usize::MAX;
        }
        order.truncate(kept);
        shared.truncate(kept);
        (order, shared)
    }
}

/// A place or length in the text.
fn as_number(bytes: usize) -> u32 {
    u32::try_from(bytes).expect("less than 2 GiB of text")
}

/// How many bytes each suffix shares with the one before it in `order`, up to the end of a text: the
/// algorithm of Kasai, Lee, Arimura, Arikawa and Park (2001), linear in the text.
fn shared_with_previous(bytes: &[u8], order: &[u32]) -> Vec<u32> {
    let mut rank = vec![0_u32; bytes.len()];
    for (index, suffix) in (0_u32..).zip(order) {
        rank[*suffix as usize] = index;
    }
    let mut shared = vec![0_u32; bytes.len()];
    let mut length = 0;
    for (suffix, rank) in rank.iter().map(|rank| *rank as usize).enumerate() {
        if rank == 0 {
            length = 0;
            continue;
        }
        let other = order[rank - 1] as usize;
        while bytes[suffix + length] != END && bytes.get(other + length) == Some(&bytes[suffix + length]) {
            length += 1;
        }
        shared[rank] = as_number(length);
        length = length.saturating_sub(1);
    }
    shared
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::{BTreeMap, BTreeSet};

    /// What the definition says, pair by pair: every string that two texts share and that cannot be
    /// made longer on either side.
    fn pair_by_pair(texts: &[String], shortest: usize) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        let letters: Vec<Vec<char>> = texts.iter().map(|text| text.chars().collect()).collect();
        for (index, one) in letters.iter().enumerate() {
            for other in &letters[index + 1..] {
                for (a, b) in (0..one.len()).flat_map(|a| (0..other.len()).map(move |b| (a, b))) {
                    let begins = a == 0 || b == 0 || one[a - 1] != other[b - 1];
                    let length = one[a..].iter().zip(&other[b..]).take_while(|(x, y)| x == y).count();
                    if begins && length >= shortest {
                        found.insert(one[a..a + length].iter().collect());
                    }
                }
            }
        }
        found
    }

    fn by_words(texts: &[String], shortest: usize) -> BTreeMap<String, Vec<(usize, usize)>> {
        let joined = Joined::new(texts.iter().map(String::as_str));
        joined
            .repeats(|_| shortest)
            .into_iter()
            .map(|found| {
                (found.words.to_owned(), found.starts.iter().map(|start| joined.place(*start)).collect())
            })
            .collect()
    }

    #[test]
    fn shared_strings_are_found_with_every_place() {
        let texts = ["甲乙丙丁。", "戊甲乙丙己", "乙丙"].map(str::to_owned);
        let found = by_words(&texts, 2);
        assert_eq!(found["甲乙丙"], [(0, 0), (1, 3)]);
        assert_eq!(found["乙丙"], [(0, 3), (1, 6), (2, 0)]);
        assert_eq!(found.len(), 2);
    }

    proptest! {
        #[test]
        fn all_that_two_texts_share_is_found_and_stands_where_it_is_said_to(
            texts in proptest::collection::vec("[甲乙é a]{0,14}", 0..6), shortest in 1_usize..5,
        ) {
            let found = by_words(&texts, shortest);
            // A string that two of many texts share may be longer at all places together only in
            // part of them; so the index may know more, never less.
            let expected = pair_by_pair(&texts, shortest);
            prop_assert!(expected.iter().all(|words| found.contains_key(words)), "{expected:?} {found:?}");
            for (words, places) in &found {
                let texts_of: BTreeSet<usize> = places.iter().map(|place| place.0).collect();
                prop_assert!(texts_of.len() > 1 && words.chars().count() >= shortest);
                let all: Vec<(usize, usize)> = texts.iter().enumerate().flat_map(|(index, text)| {
                    text.char_indices().filter(|(at, _)| text[*at..].starts_with(words.as_str()))
                        .map(move |(at, _)| (index, at)).collect::<Vec<_>>()
                }).collect();
                prop_assert_eq!(&all, places);
            }
        }
    }
}
