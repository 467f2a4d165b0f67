//! The whole graph, sorted and without repeats: what is exported and what is asked.
//!
//! It is self-contained: quotations plus only the concepts, people and places they use. Every
//! statement belongs to a named graph (one for each source; authorities; ontology; dataset), which
//! only formats with named graphs show; queries see one flat set.

mod builder;
mod described;
mod terms;

use crate::corpus::{Corpus, Source};
use crate::derive::{formulas, possible_duplicates};
use crate::map::{Content, Mapper, Profile};
use crate::record::Record;
use crate::vocab as v;
pub use builder::Builder;
pub use described::Descriptions;
use oxigraph::model::{GraphNameRef, NamedNodeRef, NamedOrBlankNodeRef, Quad, QuadRef, TermRef, TripleRef};
use rayon::prelude::*;
use std::sync::Arc;
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

/// Records that one processor maps before it looks for others.
const PIECE: usize = 16;

/// Each source by itself, and then its records.
fn pieces(corpus: &Corpus) -> Vec<(&Source, Option<&[Record]>)> {
    let pieces = corpus.sources.iter().flat_map(|source| {
        let records = source.records.chunks(PIECE).map(Some);
        [None].into_iter().chain(records).map(move |piece| (source, piece))
    });
    pieces.collect()
}

impl Graph {
    /// The graph of a corpus.
    #[must_use]
    pub fn of(corpus: &Corpus, content: Content) -> Self {
        let names = &corpus.names;
        let (ontology, authority) = (&corpus.ontology, &corpus.authority);
        let mapper = Mapper { names, ontology, authority, content };
        let research = content.profile == Profile::Research;
        let tell = |(source, piece): &(&Source, Option<&[Record]>), builder: &mut Builder| {
            builder.enter(&names.mint("graph", &crate::iri::segment(&source.name)));
            let mut emit = |triple: TripleRef<'_>| builder.add(triple);
            match piece {
                None => mapper.source_itself(source, &mut emit),
                Some(records) => mapper.records(source, records, &mut emit),
            }
        };
        // What only the whole shows takes one processor longer than to map takes all.
        let ((formulas, duplicates), mut builder) = rayon::join(
            || (if research { formulas(corpus) } else { Vec::new() }, possible_duplicates(corpus)),
            || Builder::of_all(&pieces(corpus), tell),
        );
        builder.enter(&names.mint("graph", "dataset"));
        for triple in &corpus.dataset.triples {
            builder.add(triple.as_ref());
        }
        let derived = names.mint("graph", "derived");
        builder = builder.and(Builder::of_all(&formulas, |formula, builder| {
            builder.enter(&derived);
            mapper.formula(formula, &mut |triple| builder.add(triple));
        }));
        drop(formulas);
        builder.enter(&derived);
        for duplicate in duplicates {
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
        self.quads.iter().map(|numbers| self.quad(*numbers))
    }

    /// Numbers of every statement in each named graph, in order: that of the graph, one higher, and those of
    /// subject, predicate and object. 0 is no graph.
    #[must_use]
    pub fn numbers(&self) -> &[[u32; 4]] {
        &self.quads
    }

    /// The statement of four numbers.
    ///
    /// # Panics
    /// When they are none of this graph.
    #[must_use]
    pub fn quad(&self, [graph, rest @ ..]: [u32; 4]) -> QuadRef<'_> {
        let graph = match graph.checked_sub(1).map(|graph| self.terms.term(graph)) {
            Some(TermRef::NamedNode(node)) => node.into(),
            Some(TermRef::BlankNode(node)) => node.into(),
            _ => GraphNameRef::DefaultGraph,
        };
        triple_of(&self.terms, rest).in_graph(graph)
    }

    /// Every statement once, in one flat set.
    #[must_use]
    pub fn triples(&self) -> impl ExactSizeIterator<Item = TripleRef<'_>> {
        self.flat().into_iter().map(|triple| triple_of(&self.terms, triple))
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
        TermRef::NamedNode(node) => NamedOrBlankNodeRef::from(node),
        TermRef::BlankNode(node) => node.into(),
        TermRef::Literal(_) => unreachable!("a literal is no subject"),
    };
    let TermRef::NamedNode(predicate) = terms.term(predicate) else { unreachable!("a property is an IRI") };
    TripleRef::new(subject, predicate, terms.term(object))
}
