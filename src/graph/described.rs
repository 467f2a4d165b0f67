//! What the folders say of the things that quotations speak of: a graph holds that and no more.

use crate::rdf::Facts;
use crate::vocab as v;
use oxigraph::model::{NamedNodeRef, Term, Triple};
use rustc_hash::FxHashSet;
use std::collections::BTreeMap;

/// Strings that only serve to recognise things in texts: no statements about these.
const FOR_RECOGNITION: [NamedNodeRef<'_>; 5] =
    [v::ABBREVIATION, v::ADJECTIVE, v::HIDDEN_LABEL, v::FALSE_CUE, v::CITATION_PATTERN];

/// Facts by the things that they are about.
pub struct Descriptions<'f>(Vec<BTreeMap<&'f str, Vec<&'f Triple>>>);

impl<'f> Descriptions<'f> {
    /// Of several sets of facts.
    #[must_use]
    pub fn of(all: &[&'f Facts]) -> Self {
        Self(all.iter().map(|facts| facts.by_subject()).collect())
    }

    /// What is said of everything that is spoken of, and of what that leads to; each with the number of its set.
    #[must_use]
    pub fn of_what(&self, is_spoken_of: impl Fn(&str) -> bool) -> Vec<(usize, &'f Triple)> {
        let things: FxHashSet<&str> = self.0.iter().flat_map(BTreeMap::keys).copied().collect();
        let mut open: Vec<&str> = things.iter().copied().filter(|thing| is_spoken_of(thing)).collect();
        let mut described: FxHashSet<&str> = open.iter().copied().collect();
        let (mut said, mut later) = (Vec::new(), Vec::new());
        while let Some(thing) = open.pop() {
            for (number, triple) in self.about(thing) {
                let Term::NamedNode(object) = &triple.object else {
                    said.push((number, triple));
                    continue;
                };
                // A scheme lists all its concepts; only those that are used belong here.
                if triple.predicate == v::HAS_TOP_CONCEPT {
                    later.push((number, triple, object.as_str()));
                    continue;
                }
                said.push((number, triple));
                if things.contains(object.as_str()) && described.insert(object.as_str()) {
                    open.push(object.as_str());
                }
            }
        }
        let used =
            later.into_iter().filter(|(.., concept)| described.contains(concept) || is_spoken_of(concept));
        said.extend(used.map(|(number, triple, _)| (number, triple)));
        said
    }

    fn about(&self, thing: &str) -> impl Iterator<Item = (usize, &'f Triple)> {
        let sets = self.0.iter().enumerate().filter_map(move |(number, set)| Some((number, set.get(thing)?)));
        let said = sets.filter(|(_, about)| !is_vocabulary(about));
        let said = said.flat_map(|(number, about)| about.iter().map(move |triple| (number, *triple)));
        said.filter(|(_, triple)| !FOR_RECOGNITION.contains(&triple.predicate.as_ref()))
            .collect::<Vec<_>>()
            .into_iter()
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
