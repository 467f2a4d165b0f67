//! What quotations point to, each once, with its labels.

use crate::names::Names;
use crate::vocab as v;
use oxigraph::model::{NamedNodeRef, NamedOrBlankNodeRef, TermRef, TripleRef};
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};

/// A person, a place, a theme … as a page shows it.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Term {
    key: String,
    iri: String,
    kind: String,
    labels: BTreeMap<String, String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    broader: Vec<usize>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    note: BTreeMap<String, String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    same: Vec<String>,
}

impl Term {
    /// What it is called, in every language.
    pub(super) fn labels(&self) -> impl Iterator<Item = &String> {
        self.labels.values()
    }

    pub(super) fn is(&self, iri: &str) -> bool {
        self.iri == iri
    }
}

/// Terms by their place in a list.
pub(super) struct Terms<'g> {
    /// In order of subject.
    triples: &'g [TripleRef<'g>],
    names: &'g Names,
    places: HashMap<String, usize>,
    list: Vec<Term>,
}

impl<'g> Terms<'g> {
    pub(super) fn new(triples: &'g [TripleRef<'g>], names: &'g Names) -> Self {
        Self { triples, names, places: HashMap::new(), list: Vec::new() }
    }

    /// The place of a thing in the list, where it is put with everything that is wider.
    pub(super) fn place_of(&mut self, iri: &str) -> usize {
        if let Some(place) = self.places.get(iri) {
            return *place;
        }
        let place = self.list.len();
        self.places.insert(iri.to_owned(), place);
        self.list.push(Term::default());
        let about = self.about(iri);
        let wider: Vec<&str> = about
            .iter()
            .filter(|triple| [v::BROADER, v::CONTAINED_IN_PLACE].contains(&triple.predicate))
            .filter_map(|triple| node(triple.object))
            .collect();
        let broader = wider.into_iter().map(|iri| self.place_of(iri)).collect();
        let labels = v::LABELS.iter().map(|property| by_language(about, *property));
        let prefix = self.names.split(iri).map(|(prefix, _)| prefix.to_owned());
        self.list[place] = Term {
            key: self.names.shorten(iri),
            iri: iri.to_owned(),
            kind: prefix.unwrap_or_else(|| "other".to_owned()),
            labels: labels.into_iter().find(|labels| !labels.is_empty()).unwrap_or_default(),
            broader,
            note: by_language(about, v::DEFINITION),
            same: about
                .iter()
                .filter(|triple| triple.predicate == v::EXACT_MATCH)
                .filter_map(|triple| node(triple.object).map(str::to_owned))
                .collect(),
        };
        place
    }

    fn about(&self, iri: &str) -> &'g [TripleRef<'g>] {
        let start = self.triples.partition_point(|triple| subject(triple) < iri);
        let many = self.triples[start..].partition_point(|triple| subject(triple) == iri);
        &self.triples[start..start + many]
    }

    pub(super) fn finish(self) -> Vec<Term> {
        self.list
    }
}

fn subject<'t>(triple: &TripleRef<'t>) -> &'t str {
    match triple.subject {
        NamedOrBlankNodeRef::NamedNode(node) => node.as_str(),
        NamedOrBlankNodeRef::BlankNode(node) => node.as_str(),
    }
}

fn node(term: TermRef<'_>) -> Option<&str> {
    match term {
        TermRef::NamedNode(node) => Some(node.as_str()),
        _ => None,
    }
}

/// Words of one property; of several in one language the first.
fn by_language(about: &[TripleRef<'_>], property: NamedNodeRef<'_>) -> BTreeMap<String, String> {
    let mut words = BTreeMap::new();
    for triple in about.iter().filter(|triple| triple.predicate == property) {
        if let TermRef::Literal(literal) = triple.object {
            let language = literal.language().unwrap_or_default().to_owned();
            words.entry(language).or_insert_with(|| literal.value().to_owned());
        }
    }
    words
}
