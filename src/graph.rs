//! The whole graph, sorted and without repeats: what is exported and what is asked.
//!
//! It is self-contained: quotations plus only the concepts, people and places they use. Every
//! statement belongs to a named graph (one for each source; authorities; ontology; dataset), which
//! only formats with named graphs show; queries see one flat set.

use crate::corpus::Corpus;
use crate::derive::{formulas, possible_duplicates};
use crate::map::{Content, Mapper, Profile, TextForm};
use crate::rdf::{Facts, iri_of};
use crate::vocab as v;
use oxigraph::model::{
    GraphName, NamedNode, NamedNodeRef, NamedOrBlankNodeRef, Quad, Term, TermRef, Triple, TripleRef,
};
use rayon::prelude::*;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// Quads in order of graph, subject, predicate (types first) and object.
#[derive(Debug, Clone, Default)]
pub struct Graph {
    quads: Vec<Quad>,
}

/// Strings that only serve to recognise things in texts: no statements about these.
const FOR_RECOGNITION: [NamedNodeRef<'_>; 5] =
    [v::ABBREVIATION, v::ADJECTIVE, v::HIDDEN_LABEL, v::FALSE_CUE, v::CITATION_PATTERN];

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
            if let Some(page) = &source.page {
                mapper.page(page, &mut |triple| builder.add(triple));
                for triple in &page.facts.triples {
                    builder.add(triple.as_ref());
                }
            }
            let document = source.page.as_ref().map(|page| &page.document);
            if research && content.text_form == TextForm::Both {
                mapper.emendations(source, &mut |triple| builder.add(triple));
            }
            let mut before = None;
            for record in &source.records {
                mapper.record(record, before.replace(record), document, &mut |triple| builder.add(triple));
                if document.is_none() {
                    mapper.named_source(&record.source, &mut |triple| builder.add(triple));
                }
            }
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
    pub fn from_quads(mut quads: Vec<Quad>) -> Self {
        quads.par_sort_unstable_by(compare);
        quads.dedup();
        Self { quads }
    }

    /// Every statement with its named graph, to be changed.
    #[must_use]
    pub fn into_quads(self) -> Vec<Quad> {
        self.quads
    }

    /// Every statement with its named graph.
    #[must_use]
    pub fn quads(&self) -> &[Quad] {
        &self.quads
    }

    /// Every statement once, in one flat set.
    #[must_use]
    pub fn triples(&self) -> Vec<TripleRef<'_>> {
        let mut triples: Vec<TripleRef<'_>> = self.quads.iter().map(|quad| quad.as_ref().into()).collect();
        triples.par_sort_unstable_by(compare_triples);
        triples.dedup();
        triples
    }
}

#[derive(Default)]
struct Builder {
    graph: GraphName,
    quads: Vec<Quad>,
}

impl Builder {
    fn enter(&mut self, graph: &str) {
        self.graph = NamedNode::new_unchecked(graph).into();
    }

    fn add(&mut self, triple: TripleRef<'_>) {
        self.quads.push(triple.into_owned().in_graph(self.graph.clone()));
    }

    /// How many different things of each class there are; classes without any are left out.
    fn counts<'c>(&self, classes: &[NamedNodeRef<'c>]) -> BTreeMap<NamedNodeRef<'c>, usize> {
        let mut members = BTreeMap::<NamedNodeRef<'c>, BTreeSet<&str>>::new();
        for quad in self.quads.iter().filter(|quad| quad.predicate == v::TYPE) {
            if let Some(class) = classes.iter().find(|class| quad.object == (**class).into()) {
                members.entry(*class).or_default().insert(iri_of(&quad.subject));
            }
        }
        members.into_iter().map(|(class, members)| (class, members.len())).collect()
    }

    /// Adds what the facts say of everything that is spoken of, and of what that leads to.
    fn describe(&mut self, all: &[(String, &Facts)]) {
        let indexes: Vec<_> = all.iter().map(|(graph, facts)| (graph, facts.by_subject())).collect();
        let mut open: BTreeSet<String> =
            self.quads.iter().filter_map(|quad| object_iri(&quad.object)).collect();
        let mut described = BTreeSet::new();
        let mut later = Vec::new();
        while let Some(thing) = open.pop_first() {
            if !described.insert(thing.clone()) {
                continue;
            }
            for (graph, index) in &indexes {
                let about = index.get(thing.as_str()).map_or(&[][..], Vec::as_slice);
                if is_vocabulary(about) {
                    continue;
                }
                self.enter(graph);
                for triple in
                    about.iter().filter(|triple| !FOR_RECOGNITION.contains(&triple.predicate.as_ref()))
                {
                    // A scheme lists all its concepts; only those that are used belong here.
                    if triple.predicate == v::HAS_TOP_CONCEPT {
                        later.push((triple.to_owned().to_owned(), self.graph.clone()));
                        continue;
                    }
                    self.add(triple.as_ref());
                    open.extend(object_iri(&triple.object));
                }
            }
        }
        for (triple, graph) in later {
            if object_iri(&triple.object).is_some_and(|iri| described.contains(&iri)) {
                self.quads.push(triple.in_graph(graph));
            }
        }
    }

    fn finish(self) -> Graph {
        Graph::from_quads(self.quads)
    }
}

fn object_iri(object: &Term) -> Option<String> {
    match object {
        Term::NamedNode(node) => Some(node.as_str().to_owned()),
        _ => None,
    }
}

/// Classes and properties are the vocabulary's business, not the data's.
fn is_vocabulary(about: &[&Triple]) -> bool {
    let classes = [
        v::OWL_CLASS,
        v::RDFS_CLASS,
        v::RDF_PROPERTY,
        v::OBJECT_PROPERTY,
        v::DATATYPE_PROPERTY,
        v::ANNOTATION_PROPERTY,
        v::ONTOLOGY,
    ];
    about.iter().any(|t| {
        t.predicate == v::TYPE
            && classes.iter().any(|class| matches!(&t.object, Term::NamedNode(node) if node == class))
    })
}

fn compare(a: &Quad, b: &Quad) -> Ordering {
    graph_of(a).cmp(graph_of(b)).then_with(|| compare_triples(&a.as_ref().into(), &b.as_ref().into()))
}

fn graph_of(quad: &Quad) -> &str {
    match &quad.graph_name {
        GraphName::NamedNode(node) => node.as_str(),
        _ => "",
    }
}

/// By subject, predicate (types first) and object, the last as it is written in N-Triples.
fn compare_triples(a: &TripleRef<'_>, b: &TripleRef<'_>) -> Ordering {
    subject_of(a)
        .cmp(subject_of(b))
        .then_with(|| (b.predicate == v::TYPE).cmp(&(a.predicate == v::TYPE)))
        .then_with(|| a.predicate.cmp(&b.predicate))
        .then_with(|| match (a.object, b.object) {
            (TermRef::NamedNode(a), TermRef::NamedNode(b)) => {
                bracketed(a.as_str()).cmp(bracketed(b.as_str()))
            }
            (a, b) if a == b => Ordering::Equal,
            (a, b) => a.to_string().cmp(&b.to_string()),
        })
}

fn subject_of<'t>(triple: &TripleRef<'t>) -> &'t str {
    match triple.subject {
        NamedOrBlankNodeRef::NamedNode(node) => node.as_str(),
        NamedOrBlankNodeRef::BlankNode(node) => node.as_str(),
    }
}

/// The bytes of an IRI with the bracket after it, which counts where one IRI begins with another.
fn bracketed(iri: &str) -> impl Iterator<Item = u8> {
    iri.bytes().chain([b'>'])
}
