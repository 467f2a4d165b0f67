//! Another scheme in place of the shipped one, as other tools write it.

use crate::folder::File;
use crate::problem::Problem;
use crate::rdf::{Facts, iri_of};
use crate::store::read_graph;
use crate::vocab as v;
use anyhow::Result;
use oxigraph::model::{NamedNodeRef, NamedOrBlankNode, Term, Triple, TripleRef};
use std::collections::BTreeSet;

/// Links by which one concept would lead to all others of a scheme.
const TO_OTHERS: [NamedNodeRef<'_>; 5] =
    [v::NARROWER, v::RELATED, v::BROADER_TRANSITIVE, v::NARROWER_TRANSITIVE, v::SKOS_MEMBER];

/// A file that takes the place of `themes.ttl`: any format of RDF. What it says of other things than
/// concepts, and what only leads from one concept to others, is left aside.
///
/// # Errors
/// When it cannot be read, is not RDF, or holds no `skos:Concept`.
pub fn read_scheme(file: &File) -> Result<Facts> {
    let (graph, prefixes) = read_graph(file)?;
    let named = |triple: &Triple| !triple.subject.is_blank_node() && !triple.object.is_blank_node();
    let triples = graph.triples().map(TripleRef::into_owned).filter(named);
    let mut facts = Facts { triples: triples.collect(), prefixes };
    let classes = [v::CONCEPT, v::CONCEPT_SCHEME, v::CUE_CLASS];
    let kept: BTreeSet<String> =
        classes.iter().flat_map(|class| facts.subjects(v::TYPE, *class)).map(str::to_owned).collect();
    facts.triples.retain(|triple| kept.contains(iri_of(&triple.subject)));
    widen(&mut facts);
    facts.triples.retain(|triple| !TO_OTHERS.contains(&triple.predicate.as_ref()));
    let concepts = facts.subjects(v::TYPE, v::CONCEPT);
    if concepts.is_empty() {
        let help = "a scheme of themes is a SKOS file: each theme a `skos:Concept` with a `skos:prefLabel`";
        return Err(Problem::error(&file.path, "no theme is described here").help(help).into());
    }
    Ok(facts)
}

/// Says of each concept which one is broader, where only the other says which are narrower.
fn widen(facts: &mut Facts) {
    let narrower = facts.triples.iter().filter(|triple| triple.predicate == v::NARROWER);
    let broader = narrower.filter_map(|triple| match (&triple.subject, &triple.object) {
        (NamedOrBlankNode::NamedNode(wide), Term::NamedNode(narrow)) => {
            Some(Triple::new(narrow.clone(), v::BROADER.into_owned(), wide.clone()))
        }
        _ => None,
    });
    let broader: Vec<Triple> = broader.filter(|triple| !facts.triples.contains(triple)).collect();
    facts.triples.extend(broader);
}
