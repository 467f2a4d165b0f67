//! Statements in three orders, so that those of any pattern lie side by side.

use crate::graph::{Graph, Terms};
use std::ops::Range;
use std::sync::Arc;

/// The number of what is no term here: nothing matches it.
pub const UNKNOWN: u32 = u32::MAX;

/// A set of statements that are found by any of their parts.
#[derive(Debug, Default)]
pub struct Index {
    pub(super) terms: Arc<Terms>,
    /// Behind each subject: predicate and object.
    by_subject: Order,
    /// Behind each predicate: object and subject.
    by_predicate: Order,
    /// Behind each object: subject and predicate.
    by_object: Order,
}

/// Of each number the pairs that go with it, in order.
#[derive(Debug, Default)]
struct Order {
    /// Where the pairs of each number start; those of the last end where the last start is.
    starts: Vec<u32>,
    pairs: Vec<[u32; 2]>,
}

impl Order {
    /// Numbers with pairs, each of which comes in the order of the pairs.
    fn of(terms: usize, all: impl Iterator<Item = (u32, [u32; 2])> + Clone) -> Self {
        let mut starts = vec![0_u32; terms + 1];
        for (first, _) in all.clone() {
            starts[first as usize + 1] += 1;
        }
        for at in 0..terms {
            starts[at + 1] += starts[at];
        }
        let mut next = starts.clone();
        let mut pairs = vec![[0; 2]; starts[terms] as usize];
        for (first, pair) in all {
            let at = &mut next[first as usize];
            pairs[*at as usize] = pair;
            *at += 1;
        }
        Self { starts, pairs }
    }

    /// Where the pairs of a number lie; of these, those with a first, and with a second.
    fn range(&self, number: u32, first: Option<u32>, second: Option<u32>) -> Range<usize> {
        let number = number as usize;
        let Some([start, end]) = self.starts.get(number..number.saturating_add(2)) else { return 0..0 };
        let whole = *start as usize..*end as usize;
        let Some(first) = first else { return whole };
        let pairs = &self.pairs[whole.clone()];
        let (least, most) = second.map_or(([first, 0], [first, u32::MAX]), |it| ([first, it], [first, it]));
        let from = pairs.partition_point(|pair| *pair < least);
        let many = pairs[from..].partition_point(|pair| *pair <= most);
        whole.start + from..whole.start + from + many
    }

    /// Numbers with their pairs, one after another.
    fn iter(&self) -> impl Iterator<Item = (u32, [u32; 2])> + Clone {
        self.starts.windows(2).zip(0..).flat_map(|(bounds, number)| {
            self.pairs[bounds[0] as usize..bounds[1] as usize].iter().map(move |pair| (number, *pair))
        })
    }
}

impl Index {
    /// The statements of a graph as one flat set.
    #[must_use]
    pub fn of(graph: &Graph) -> Self {
        let terms = graph.terms().clone();
        let flat = graph.flat();
        // Each order is distributed out of another, so that nothing is sorted.
        let by_subject = Order::of(terms.len(), flat.iter().map(|[s, p, o]| (*s, [*p, *o])));
        drop(flat);
        let by_object = Order::of(terms.len(), by_subject.iter().map(|(s, [p, o])| (o, [s, p])));
        let by_predicate = Order::of(terms.len(), by_object.iter().map(|(o, [s, p])| (p, [o, s])));
        Self { terms, by_subject, by_predicate, by_object }
    }

    /// The terms that statements have numbers of.
    #[must_use]
    pub fn terms(&self) -> &Terms {
        &self.terms
    }

    /// How many statements there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.by_subject.pairs.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Statements with these parts.
    #[must_use]
    pub fn matching(self: &Arc<Self>, parts: [Option<u32>; 3]) -> Matches {
        let (by, range) = match parts {
            [Some(subject), None, Some(object)] => {
                (By::Object(object), self.by_object.range(object, Some(subject), None))
            }
            [Some(subject), predicate, object] => {
                (By::Subject(subject), self.by_subject.range(subject, predicate, object))
            }
            [None, Some(predicate), object] => {
                (By::Predicate(predicate), self.by_predicate.range(predicate, object, None))
            }
            [None, None, Some(object)] => (By::Object(object), self.by_object.range(object, None, None)),
            [None, None, None] => (By::Subject(0), 0..self.len()),
        };
        Matches { index: self.clone(), by, range }
    }
}

/// The order that is read, and the number whose pairs these are.
#[derive(Debug, Clone, Copy)]
enum By {
    Subject(u32),
    Predicate(u32),
    Object(u32),
}

/// Numbers of the subjects, predicates and objects of some statements.
#[derive(Debug)]
pub struct Matches {
    index: Arc<Index>,
    by: By,
    range: Range<usize>,
}

impl Iterator for Matches {
    type Item = [u32; 3];

    fn next(&mut self) -> Option<[u32; 3]> {
        let at = self.range.next()?;
        let index = &self.index;
        Some(match &mut self.by {
            By::Subject(subject) => {
                // All statements are read subject by subject.
                while index.by_subject.starts[*subject as usize + 1] as usize <= at {
                    *subject += 1;
                }
                let [predicate, object] = index.by_subject.pairs[at];
                [*subject, predicate, object]
            }
            By::Predicate(predicate) => {
                let [object, subject] = index.by_predicate.pairs[at];
                [subject, *predicate, object]
            }
            By::Object(object) => {
                let [subject, predicate] = index.by_object.pairs[at];
                [subject, predicate, *object]
            }
        })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.range.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxigraph::model::{NamedNodeRef, Quad, QuadRef, TermRef};
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        /// Whatever is asked for, what is found are the statements that have it.
        #[test]
        fn every_pattern_finds_what_fits(
            statements in prop::collection::vec((0_u8..6, 0_u8..4, 0_u8..6), 0..60),
            sought in (prop::option::of(0_u8..7), prop::option::of(0_u8..5), prop::option::of(0_u8..7)),
        ) {
            let iri = |kind: char, number: u8| format!("https://example.org/{kind}{number}");
            let quads: Vec<Quad> = statements.iter().map(|(s, p, o)| {
                let [s, p, o] = [iri('t', *s), iri('p', *p), iri('t', *o)];
                let node = |iri| NamedNodeRef::new_unchecked(iri);
                QuadRef::new(node(&s), node(&p), node(&o), oxigraph::model::GraphNameRef::DefaultGraph).into_owned()
            }).collect();
            let index = Arc::new(Index::of(&Graph::from_quads(quads.iter().map(Quad::as_ref))));
            let number = |kind, part: Option<u8>| part.map(|part| {
                let iri = iri(kind, part);
                index.terms.find(NamedNodeRef::new_unchecked(&iri).into()).unwrap_or(UNKNOWN)
            });
            let parts = [number('t', sought.0), number('p', sought.1), number('t', sought.2)];
            let shown = |numbers: [u32; 3]| numbers.map(|number| match index.terms.term(number) {
                TermRef::NamedNode(node) => node.as_str().to_owned(),
                _ => String::new(),
            });
            let found: Vec<[String; 3]> = index.matching(parts).map(shown).collect();
            let fits = |part: Option<u8>, number: u8| part.is_none_or(|part| part == number);
            let expected: BTreeSet<[String; 3]> = statements.iter()
                .filter(|(s, p, o)| fits(sought.0, *s) && fits(sought.1, *p) && fits(sought.2, *o))
                .map(|(s, p, o)| [iri('t', *s), iri('p', *p), iri('t', *o)]).collect();
            prop_assert_eq!(found.len(), expected.len());
            prop_assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), expected);
        }
    }
}
