//! Statements are collected here, by one or by several processors, until they are a graph.

use super::terms::Collected;
use super::{Descriptions, Graph};
use crate::rdf::Facts;
use crate::vocab as v;
use oxigraph::model::{GraphNameRef, NamedNodeRef, Quad, QuadRef, TermRef, TripleRef};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A graph that statements are added to.
#[derive(Default)]
pub struct Builder {
    graph: u32,
    terms: Collected,
    quads: Vec<[u32; 4]>,
}

impl Builder {
    /// What is said of many things, several of which are told at the same time. Each processor has one builder and takes
    /// the next thing when it is done with one, as builders are put together one after another.
    pub(super) fn of_all<T: Sync>(things: &[T], tell: impl Fn(&T, &mut Self) + Sync) -> Self {
        let next = AtomicUsize::new(0);
        let told = rayon::broadcast(|_| {
            let mut builder = Self::default();
            while let Some(thing) = things.get(next.fetch_add(1, Ordering::Relaxed)) {
                tell(thing, &mut builder);
            }
            builder
        });
        told.into_iter().reduce(Self::and).unwrap_or_default()
    }

    /// How many terms have come up.
    #[must_use]
    pub fn terms(&self) -> usize {
        self.terms.len()
    }

    /// Whether the IRIs and languages that came up after so many terms are such.
    #[must_use]
    pub fn are_well_formed(&self, known: usize) -> bool {
        self.terms.are_well_formed(known)
    }

    /// The statements of both.
    #[must_use]
    pub fn and(mut self, mut other: Self) -> Self {
        if self.quads.len() < other.quads.len() {
            std::mem::swap(&mut self, &mut other);
        }
        let numbers = self.terms.take(&other.terms);
        let number = |number: u32| numbers[number as usize];
        let moved = |[graph, rest @ ..]: [u32; 4]| {
            let [subject, predicate, object] = rest.map(number);
            [graph.checked_sub(1).map_or(0, |graph| number(graph) + 1), subject, predicate, object]
        };
        self.quads.par_extend(other.quads.into_par_iter().map(moved));
        self
    }

    pub(super) fn enter(&mut self, graph: &str) {
        self.graph = self.terms.number(NamedNodeRef::new_unchecked(graph).into()) + 1;
    }

    pub(super) fn add(&mut self, triple: TripleRef<'_>) {
        let subject = TermRef::from(triple.subject);
        // Most follow another statement about the same thing, which is seen faster than looked up.
        let last = self.quads.last().map(|[_, last, ..]| *last);
        let same = last.filter(|last| self.terms.term(*last) == subject);
        let subject = same.unwrap_or_else(|| self.terms.number(subject));
        let [predicate, object] =
            [triple.predicate.into(), triple.object].map(|term| self.terms.number(term));
        self.quads.push([self.graph, subject, predicate, object]);
    }

    /// Adds a statement of a named graph, or of none.
    pub fn add_quad(&mut self, quad: QuadRef<'_>) {
        self.graph = match quad.graph_name {
            GraphNameRef::NamedNode(node) => self.terms.number(node.into()) + 1,
            GraphNameRef::BlankNode(node) => self.terms.number(node.into()) + 1,
            GraphNameRef::DefaultGraph => 0,
        };
        self.add(quad.into());
    }

    /// How many different things of each class there are; classes without any are left out.
    pub(super) fn counts<'c>(&self, classes: &[NamedNodeRef<'c>]) -> BTreeMap<NamedNodeRef<'c>, usize> {
        let number = |term: NamedNodeRef<'_>| self.terms.find(term.into());
        let Some(is_a) = number(v::TYPE) else { return BTreeMap::new() };
        let mut members: FxHashMap<u32, FxHashSet<u32>> =
            classes.iter().filter_map(|class| Some((number(*class)?, FxHashSet::default()))).collect();
        for [_, subject, predicate, object] in &self.quads {
            if *predicate == is_a
                && let Some(members) = members.get_mut(object)
            {
                members.insert(*subject);
            }
        }
        let many = |class: &NamedNodeRef<'c>| Some((*class, members.get(&number(*class)?)?.len()));
        classes.iter().filter_map(many).filter(|(_, many)| *many > 0).collect()
    }

    /// Adds what the facts say of everything that is spoken of, and of what that leads to.
    pub(super) fn describe(&mut self, all: &[(String, &Facts)]) {
        let mut spoken_of = vec![false; self.terms.len()];
        self.quads.iter().for_each(|[.., object]| spoken_of[*object as usize] = true);
        let is_spoken_of = |thing: &str| {
            let number = self.terms.find(NamedNodeRef::new_unchecked(thing).into());
            number.is_some_and(|number| spoken_of[number as usize])
        };
        let facts: Vec<&Facts> = all.iter().map(|(_, facts)| *facts).collect();
        for (set, triple) in Descriptions::of(&facts).of_what(is_spoken_of) {
            self.enter(&all[set].0);
            self.add(triple.as_ref());
        }
    }

    /// The graph of all that was added.
    #[must_use]
    pub fn finish(self) -> Graph {
        let (terms, ranks) = self.terms.in_order();
        let rank = |number: u32| ranks[number as usize];
        let mut quads = self.quads;
        quads.par_iter_mut().for_each(|[graph, rest @ ..]| {
            *graph = graph.checked_sub(1).map_or(0, |graph| rank(graph) + 1);
            *rest = rest.map(rank);
        });
        quads.par_sort_unstable();
        quads.dedup();
        Graph { terms: Arc::new(terms), quads }
    }
}

impl Extend<Quad> for Builder {
    fn extend<I: IntoIterator<Item = Quad>>(&mut self, quads: I) {
        for quad in quads {
            self.add_quad(quad.as_ref());
        }
    }
}
