//! Every term of a graph once, by number: statements are then small numbers, which are compared, sorted and joined
//! faster than words, and take less room.

use crate::vocab::TYPE;
use indexmap::{Equivalent, IndexSet};
use oxigraph::model::{Term, TermRef};
use rayon::prelude::*;
use rustc_hash::FxBuildHasher;
use std::hash::{Hash, Hasher};

/// Terms in the order in which they came up.
#[derive(Debug, Clone, Default)]
pub(super) struct Collected(IndexSet<Stored, FxBuildHasher>);

/// A term that is found by a reference to its like.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Stored(Term);

impl Hash for Stored {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.as_ref().hash(state);
    }
}

#[derive(Hash)]
struct Sought<'t>(TermRef<'t>);

impl Equivalent<Stored> for Sought<'_> {
    fn equivalent(&self, stored: &Stored) -> bool {
        self.0 == stored.0.as_ref()
    }
}

impl Collected {
    /// The number of a term, a new one where it was not known.
    ///
    /// # Panics
    /// When there are more terms than 2^32.
    pub fn number(&mut self, term: TermRef<'_>) -> u32 {
        let known = self.0.get_index_of(&Sought(term));
        number(known.unwrap_or_else(|| self.0.insert_full(Stored(term.into_owned())).0))
    }

    /// Takes the terms of others; of each number there the one here.
    pub fn take(&mut self, others: Self) -> Vec<u32> {
        self.0.reserve(others.len());
        others.0.into_iter().map(|term| number(self.0.insert_full(term).0)).collect()
    }

    /// The number of a term that is known.
    pub fn find(&self, term: TermRef<'_>) -> Option<u32> {
        self.0.get_index_of(&Sought(term)).map(number)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The term of a number that was given.
    pub fn term(&self, number: u32) -> &Term {
        &self.0[number as usize].0
    }

    /// Puts the terms in order; of each number the new one.
    pub fn in_order(self) -> (Terms, Vec<u32>) {
        // What mostly decides lies side by side; the terms themselves are all over the memory.
        let keys = self.0.iter().map(|Stored(term)| sort_key(term));
        let mut keyed: Vec<(u8, &str, u32)> =
            keys.zip(0..).map(|((kind, value, ..), number)| (kind, value, number)).collect();
        keyed.par_sort_unstable_by(|(kind, value, number), (other_kind, other_value, other)| {
            let value = (kind, value).cmp(&(other_kind, other_value));
            value.then_with(|| sort_key(self.term(*number)).cmp(&sort_key(self.term(*other))))
        });
        let order: Vec<u32> = keyed.into_iter().map(|(.., number)| number).collect();
        let mut ranks = vec![0; order.len()];
        order.iter().zip(0..).for_each(|(number, rank)| ranks[*number as usize] = rank);
        (Terms { collected: self, order, ranks: ranks.clone() }, ranks)
    }
}

/// Terms by numbers that are in the order of the terms: `rdf:type`, literals, IRIs, blank nodes.
#[derive(Debug, Clone, Default)]
pub struct Terms {
    collected: Collected,
    /// Of each number the place among those collected, and the other way round.
    order: Vec<u32>,
    ranks: Vec<u32>,
}

impl Terms {
    /// How many there are; each has a number that is less.
    #[must_use]
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// The term of a number.
    ///
    /// # Panics
    /// When the number is none of these.
    #[must_use]
    pub fn term(&self, number: u32) -> &Term {
        self.collected.term(self.order[number as usize])
    }

    /// The number of a term.
    #[must_use]
    pub fn find(&self, term: TermRef<'_>) -> Option<u32> {
        self.collected.find(term).map(|place| self.ranks[place as usize])
    }
}

fn number(place: usize) -> u32 {
    u32::try_from(place).expect("fewer terms than 2^32")
}

/// By this terms are put in order. What a thing is comes before all else that is said of it.
fn sort_key(term: &Term) -> (u8, &str, &str, &str) {
    match term {
        Term::NamedNode(node) if *node == TYPE => (0, "", "", ""),
        Term::Literal(literal) => {
            (1, literal.value(), literal.language().unwrap_or_default(), literal.datatype().as_str())
        }
        Term::NamedNode(node) => (2, node.as_str(), "", ""),
        Term::BlankNode(node) => (3, node.as_str(), "", ""),
    }
}
