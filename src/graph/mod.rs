//! The whole graph, sorted and without repeats: what is exported and what is asked.
//!
//! It is self-contained: quotations plus only the concepts, people and places they use. Every
//! statement belongs to a named graph (one for each source; authorities; ontology; dataset), which
//! only formats with named graphs show; queries see one flat set.

mod described;
mod terms;

use crate::corpus::Corpus;
use crate::derive::{formulas, possible_duplicates};
use crate::map::{Content, Mapper, Profile};
use crate::rdf::Facts;
use crate::vocab as v;
pub use described::Descriptions;
use oxigraph::model::{
    GraphNameRef, NamedNodeRef, NamedOrBlankNodeRef, Quad, QuadRef, Term, TermRef, TripleRef,
};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;
use std::sync::Arc;
use terms::Collected;
pub use terms::Terms;

/// Quads in order of graph, subject, predicate (types first) and object.
#[derive(Debug, Clone, Default)]
pub struct Graph {
    terms: Arc<Terms>,
    /// Numbers of the graph and of subject, predicate and object; that of a graph is one higher, and 0 is none.
    quads: Vec<[u32; 4]>,
}

/// Classes whose members the data set counts.
const COUNTED: [NamedNodeRef<'_>; 8] = [
    v::QUOTATION,
    v::EVENT,
    v::PARTICIPATION_CLASS,
    v::SECTION_CLASS,
    v::SOURCE_CLASS,
    v::LINE_CLASS,
    v::ANNOTATION,
    v::FORMULA_CLASS,
];

impl Graph {
    /// The graph of a corpus.
    #[must_use]
    pub fn of(corpus: &Corpus, content: Content) -> Self {
        let names = &corpus.names;
        let (ontology, authority) = (&corpus.ontology, &corpus.authority);
        let mapper = Mapper { names, ontology, authority, content };
        let research = content.profile == Profile::Research;
        let mut builder = Builder::default();
        for source in &corpus.sources {
            let graph = names.mint("graph", &crate::iri::segment(&source.name));
            builder.enter(&graph);
            mapper.source(source, &mut |triple| builder.add(triple));
        }
        builder.enter(&names.mint("graph", "dataset"));
        for triple in &corpus.dataset.triples {
            builder.add(triple.as_ref());
        }
        builder.enter(&names.mint("graph", "derived"));
        if research {
            for formula in formulas(corpus) {
                mapper.formula(&formula, &mut |triple| builder.add(triple));
            }
        }
        for duplicate in possible_duplicates(corpus) {
            mapper.duplicate(&duplicate, &mut |triple| builder.add(triple));
        }
        let counts = builder.counts(&COUNTED);
        mapper.dataset(corpus, &counts, &mut |triple| builder.add(triple));
        builder.describe(&[
            (names.mint("graph", "authorities"), &corpus.authority.facts),
            (names.mint("graph", "ontology"), &corpus.ontology.facts),
        ]);
        builder.finish()
    }

    /// A graph of statements from elsewhere.
    #[must_use]
    pub fn from_quads<'q>(quads: impl IntoIterator<Item = QuadRef<'q>>) -> Self {
        let mut builder = Builder::default();
        for quad in quads {
            builder.add_quad(quad);
        }
        builder.finish()
    }

    /// A graph of statements that come one by one, and are not kept.
    #[must_use]
    pub fn collect(quads: impl IntoIterator<Item = Quad>) -> Self {
        let mut builder = Builder::default();
        builder.extend(quads);
        builder.finish()
    }

    /// Every statement with its named graph.
    pub fn quads(&self) -> impl Iterator<Item = QuadRef<'_>> {
        self.quads.iter().map(|[graph, rest @ ..]| {
            let graph = graph.checked_sub(1).map(|graph| self.terms.term(graph));
            let graph = match graph {
                Some(Term::NamedNode(node)) => node.as_ref().into(),
                Some(Term::BlankNode(node)) => node.as_ref().into(),
                _ => GraphNameRef::DefaultGraph,
            };
            triple_of(&self.terms, *rest).in_graph(graph)
        })
    }

    /// Every statement once, in one flat set.
    #[must_use]
    pub fn triples(&self) -> Vec<TripleRef<'_>> {
        self.flat().into_iter().map(|triple| triple_of(&self.terms, triple)).collect()
    }

    /// The terms that statements have numbers of.
    #[must_use]
    pub fn terms(&self) -> &Arc<Terms> {
        &self.terms
    }

    /// Numbers of subject, predicate and object of every statement once, in order.
    #[must_use]
    pub fn flat(&self) -> Vec<[u32; 3]> {
        let mut triples: Vec<[u32; 3]> = self.quads.iter().map(|[_, rest @ ..]| *rest).collect();
        triples.par_sort_unstable();
        triples.dedup();
        triples
    }
}

/// The statement of three numbers.
///
/// # Panics
/// When the first is not of a thing or the second not of a property.
#[must_use]
pub fn triple_of(terms: &Terms, [subject, predicate, object]: [u32; 3]) -> TripleRef<'_> {
    let subject = match terms.term(subject) {
        Term::NamedNode(node) => NamedOrBlankNodeRef::from(node.as_ref()),
        Term::BlankNode(node) => node.as_ref().into(),
        Term::Literal(_) => unreachable!("a literal is no subject"),
    };
    let Term::NamedNode(predicate) = terms.term(predicate) else { unreachable!("a property is an IRI") };
    TripleRef::new(subject, predicate, terms.term(object))
}

/// A graph that statements are added to.
#[derive(Default)]
pub struct Builder {
    graph: u32,
    terms: Collected,
    quads: Vec<[u32; 4]>,
}

impl Builder {
    fn enter(&mut self, graph: &str) {
        self.graph = self.terms.number(NamedNodeRef::new_unchecked(graph).into()) + 1;
    }

    fn add(&mut self, triple: TripleRef<'_>) {
        let number = |term: TermRef<'_>| self.terms.number(term);
        let [subject, predicate, object] =
            [triple.subject.into(), triple.predicate.into(), triple.object].map(number);
        self.quads.push([self.graph, subject, predicate, object]);
    }

    fn add_quad(&mut self, quad: QuadRef<'_>) {
        self.graph = match quad.graph_name {
            GraphNameRef::NamedNode(node) => self.terms.number(node.into()) + 1,
            GraphNameRef::BlankNode(node) => self.terms.number(node.into()) + 1,
            GraphNameRef::DefaultGraph => 0,
        };
        self.add(quad.into());
    }

    /// How many different things of each class there are; classes without any are left out.
    fn counts<'c>(&self, classes: &[NamedNodeRef<'c>]) -> BTreeMap<NamedNodeRef<'c>, usize> {
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
    fn describe(&mut self, all: &[(String, &Facts)]) {
        let spoken_of: FxHashSet<u32> = self.quads.iter().map(|[.., object]| *object).collect();
        let is_spoken_of = |thing: &str| {
            let number = self.terms.find(NamedNodeRef::new_unchecked(thing).into());
            number.is_some_and(|number| spoken_of.contains(&number))
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
