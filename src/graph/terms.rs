//! Every term of a graph once, by number: statements are then small numbers, which are compared, sorted and joined
//! faster than words. What all terms are written with lies side by side, so that millions take little room.

use crate::vocab::TYPE;
use hashbrown::HashTable;
use indexmap::IndexSet;
use oxigraph::model::vocab::{rdf, xsd};
use oxigraph::model::{BlankNodeRef, Literal, LiteralRef, NamedNode, NamedNodeRef, TermRef};
use rayon::prelude::*;
use rustc_hash::{FxBuildHasher, FxHasher};
use std::hash::{Hash, Hasher};

/// Terms in the order in which they came up.
#[derive(Debug, Clone, Default)]
pub(super) struct Collected {
    /// What all are written with, one after another.
    text: String,
    terms: Vec<Written>,
    kinds: IndexSet<Kind, FxBuildHasher>,
    /// By their hashes, of which a half is kept, the numbers of all.
    found: HashTable<(u32, u32)>,
}

/// A stretch of the text, and the number of its kind.
#[derive(Debug, Clone, Copy)]
struct Written {
    start: usize,
    length: u32,
    kind: u32,
}

/// What a term is besides the text that it is written with.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Kind {
    Iri,
    Blank,
    Simple,
    Tagged(String),
    Typed(String),
}

impl Kind {
    /// The kind of a term, and its text.
    fn of(term: TermRef<'_>) -> (Self, &str) {
        match term {
            TermRef::NamedNode(node) => (Self::Iri, node.as_str()),
            TermRef::BlankNode(node) => (Self::Blank, node.as_str()),
            TermRef::Literal(literal) => {
                let kind = match literal.language() {
                    Some(language) => Self::Tagged(language.to_owned()),
                    None if literal.datatype() == xsd::STRING => Self::Simple,
                    None => Self::Typed(literal.datatype().as_str().to_owned()),
                };
                (kind, literal.value())
            }
        }
    }

    fn is_well_formed(&self) -> bool {
        match self {
            Self::Tagged(language) => Literal::new_language_tagged_literal("", language).is_ok(),
            Self::Typed(datatype) => {
                datatype != rdf::LANG_STRING.as_str() && NamedNode::new(datatype).is_ok()
            }
            Self::Iri | Self::Blank | Self::Simple => true,
        }
    }

    /// The term of this kind that is written so.
    fn term<'t>(&'t self, text: &'t str) -> TermRef<'t> {
        match self {
            Self::Iri => NamedNodeRef::new_unchecked(text).into(),
            Self::Blank => BlankNodeRef::new_unchecked(text).into(),
            Self::Simple => LiteralRef::new_simple_literal(text).into(),
            Self::Tagged(language) => {
                LiteralRef::new_language_tagged_literal_unchecked(text, language).into()
            }
            Self::Typed(datatype) => {
                LiteralRef::new_typed_literal(text, NamedNodeRef::new_unchecked(datatype)).into()
            }
        }
    }
}

fn hash(term: TermRef<'_>) -> u32 {
    let mut hasher = FxHasher::default();
    term.hash(&mut hasher);
    let whole = hasher.finish();
    #[expect(clippy::cast_possible_truncation, reason = "both halves are in it")]
    let half = (whole ^ (whole >> 32)) as u32;
    half
}

/// Of a half a whole hash, as tables look at its first and last bits.
fn widened(half: u32) -> u64 {
    u64::from(half) << 32 | u64::from(half)
}

impl Collected {
    /// The number of a term, a new one where it was not known.
    ///
    /// # Panics
    /// When there are more terms than 2^32, or one of 4 GiB.
    pub fn number(&mut self, term: TermRef<'_>) -> u32 {
        self.number_of(term, hash(term))
    }

    fn number_of(&mut self, term: TermRef<'_>, hash: u32) -> u32 {
        if let Some(known) = self.find_by(term, hash) {
            return known;
        }
        let (kind, text) = Kind::of(term);
        let (start, new) = (self.text.len(), number(self.terms.len()));
        self.text.push_str(text);
        let kind = number(self.kinds.insert_full(kind).0);
        self.terms.push(Written { start, length: number(text.len()), kind });
        self.found.insert_unique(widened(hash), (hash, new), |(hash, _)| widened(*hash));
        new
    }

    /// Takes the terms of others; of each number there the one here.
    pub fn take(&mut self, others: &Self) -> Vec<u32> {
        let mut hashes = vec![0; others.len()];
        others.found.iter().for_each(|(hash, number)| hashes[*number as usize] = *hash);
        (0..).zip(hashes).map(|(number, hash)| self.number_of(others.term(number), hash)).collect()
    }

    /// The number of a term that is known.
    pub fn find(&self, term: TermRef<'_>) -> Option<u32> {
        self.find_by(term, hash(term))
    }

    fn find_by(&self, term: TermRef<'_>, hash: u32) -> Option<u32> {
        let is_it = |(other, number): &(u32, u32)| *other == hash && self.term(*number) == term;
        self.found.find(widened(hash), is_it).map(|(_, number)| *number)
    }

    /// Whether all after so many are what they say: RFC 3987 for IRIs, BCP 47 for languages.
    pub fn are_well_formed(&self, known: usize) -> bool {
        let mut terms = (number(known)..number(self.len())).map(|number| self.term(number));
        self.kinds.iter().all(Kind::is_well_formed)
            && terms.all(
                |term| !matches!(term, TermRef::NamedNode(node) if NamedNode::new(node.as_str()).is_err()),
            )
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.terms.len()
    }

    /// The term of a number that was given.
    pub fn term(&self, number: u32) -> TermRef<'_> {
        let Written { start, length, kind } = self.terms[number as usize];
        self.kinds[kind as usize].term(&self.text[start..start + length as usize])
    }

    /// Puts the terms in order; of each number the new one.
    pub fn in_order(mut self) -> (Terms, Vec<u32>) {
        // What mostly decides lies side by side; the terms themselves are all over the memory.
        let keys = (0..number(self.len())).map(|number| {
            let (kind, value, ..) = sort_key(self.term(number));
            (kind, value, number)
        });
        let mut keys: Vec<(u8, &str, u32)> = keys.collect();
        keys.par_sort_unstable_by(|(kind, value, number), (other_kind, other_value, other)| {
            let value = (kind, value).cmp(&(other_kind, other_value));
            value.then_with(|| sort_key(self.term(*number)).cmp(&sort_key(self.term(*other))))
        });
        let mut ranks = vec![0; keys.len()];
        keys.iter().zip(0..).for_each(|((.., number), rank)| ranks[*number as usize] = rank);
        self.terms = keys.iter().map(|(.., number)| self.terms[*number as usize]).collect();
        self.found.iter_mut().for_each(|(_, number)| *number = ranks[*number as usize]);
        self.text.shrink_to_fit();
        (Terms(self), ranks)
    }
}

/// Terms by numbers that are in the order of the terms: `rdf:type`, literals, IRIs, blank nodes.
#[derive(Debug, Clone, Default)]
pub struct Terms(Collected);

impl Terms {
    /// How many there are; each has a number that is less.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The term of a number.
    ///
    /// # Panics
    /// When the number is none of these.
    #[must_use]
    pub fn term(&self, number: u32) -> TermRef<'_> {
        self.0.term(number)
    }

    /// The number of a term.
    #[must_use]
    pub fn find(&self, term: TermRef<'_>) -> Option<u32> {
        self.0.find(term)
    }
}

fn number(place: usize) -> u32 {
    u32::try_from(place).expect("fewer terms than 2^32, and none of 4 GiB")
}

/// By this terms are put in order. What a thing is comes before all else that is said of it.
fn sort_key(term: TermRef<'_>) -> (u8, &str, &str, &str) {
    match term {
        TermRef::NamedNode(node) if node == TYPE => (0, "", "", ""),
        TermRef::Literal(literal) => {
            (1, literal.value(), literal.language().unwrap_or_default(), literal.datatype().as_str())
        }
        TermRef::NamedNode(node) => (2, node.as_str(), "", ""),
        TermRef::BlankNode(node) => (3, node.as_str(), "", ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxigraph::model::{BlankNode, Term};
    use proptest::prelude::*;

    fn term() -> impl Strategy<Value = Term> {
        let typed = |text: String| {
            Literal::new_typed_literal(text, NamedNode::new_unchecked("http://example.org/type")).into()
        };
        prop_oneof![
            "[ab甲]{0,2}".prop_map(|text| NamedNode::new_unchecked(text).into()),
            "[ab甲]{0,2}".prop_map(|text| BlankNode::new_unchecked(text).into()),
            "[ab甲]{0,2}".prop_map(|text| Literal::new_simple_literal(text).into()),
            "[ab甲]{0,2}".prop_map(typed),
            ("[ab甲]{0,2}", prop_oneof!["en", "zh"]).prop_map(|(text, language)| {
                Literal::new_language_tagged_literal_unchecked(text, language).into()
            }),
        ]
    }

    proptest! {
        /// Each has one number, by which it is found again, however they were collected, and in one order.
        #[test]
        fn every_term_has_one_number(
            some in prop::collection::vec(term(), 0..30), others in prop::collection::vec(term(), 0..30),
        ) {
            let [mut collected, mut more] = [Collected::default(), Collected::default()];
            let first: Vec<u32> = some.iter().map(|term| collected.number(term.as_ref())).collect();
            let second: Vec<u32> = others.iter().map(|term| more.number(term.as_ref())).collect();
            let taken = collected.take(&more);
            let (terms, ranks) = collected.in_order();
            let numbers = first.into_iter().chain(second.into_iter().map(|number| taken[number as usize]));
            for (term, number) in some.iter().chain(&others).zip(numbers) {
                let number = ranks[number as usize];
                prop_assert_eq!(terms.term(number), term.as_ref());
                prop_assert_eq!(terms.find(term.as_ref()), Some(number));
            }
            let keys: Vec<_> = (0..number(terms.len())).map(|number| sort_key(terms.term(number))).collect();
            prop_assert!(keys.is_sorted_by(|one, other| one < other));
        }
    }
}
