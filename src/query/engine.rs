//! What answers questions: a store of our own, or a SPARQL endpoint somewhere else.

use super::endpoint::Endpoint;
use crate::names::{Names, local_name};
use crate::store::Store;
use crate::vocab as v;
use anyhow::{Context as _, Result};
use oxigraph::model::{Literal, NamedNode, NamedNodeRef, Term};
use oxigraph::sparql::{CancellationToken, QueryResults};
use spargebra::{Query, SparqlParser};
use std::collections::{BTreeMap, BTreeSet};

/// Labels that are looked through for a name that may be meant.
const LABELS: usize = 50_000;

/// Something that answers SPARQL.
pub enum Engine {
    /// In this program, until the token says stop.
    Local(Store, CancellationToken),
    /// By the SPARQL 1.1 Protocol.
    Remote(Endpoint),
}

/// What is known of a thing besides its IRI.
#[derive(Debug, Clone, Default)]
pub struct Thing {
    /// Labels by language tag: preferred ones, else plain ones.
    pub labels: BTreeMap<String, String>,
    /// Its classes.
    classes: BTreeSet<String>,
}

impl Engine {
    /// A store, asked for as long as it takes.
    #[must_use]
    pub fn local(store: Store) -> Self {
        Self::Local(store, CancellationToken::new())
    }

    /// Asks a query, and `text` is how it is written.
    ///
    /// # Errors
    /// When it cannot be answered.
    pub fn results(&self, query: &Query, text: &str) -> Result<QueryResults<'static>> {
        match self {
            Self::Local(store, stop) => store.query(query, stop).context("the query failed"),
            Self::Remote(endpoint) => endpoint.ask(query, text),
        }
    }

    /// Labels and classes of things.
    ///
    /// # Errors
    /// When they cannot be asked for.
    pub fn things(&self, iris: &BTreeSet<&str>) -> Result<BTreeMap<String, Thing>> {
        let mut found: BTreeMap<String, Thing> =
            iris.iter().map(|iri| ((*iri).to_owned(), Thing::default())).collect();
        let mut labels = BTreeMap::<String, BTreeMap<NamedNode, Vec<Term>>>::new();
        for (iri, property, object) in self.statements(iris)? {
            if property == v::TYPE {
                if let (Term::NamedNode(class), Some(thing)) = (object, found.get_mut(&iri)) {
                    thing.classes.insert(local_name(class.as_str()).to_lowercase());
                }
            } else {
                labels.entry(iri).or_default().entry(property).or_default().push(object);
            }
        }
        for (iri, labels) in labels {
            let first = v::LABELS.iter().find_map(|property| labels.get(&property.into_owned()));
            if let (Some(terms), Some(thing)) = (first, found.get_mut(&iri)) {
                thing.labels = by_language(terms);
            }
        }
        Ok(found)
    }

    /// What is said of the labels and classes of things.
    fn statements(&self, iris: &BTreeSet<&str>) -> Result<Vec<(String, NamedNode, Term)>> {
        let mut found = Vec::new();
        match self {
            Self::Local(store, _) => {
                for iri in iris {
                    for property in v::LABELS.into_iter().chain([v::TYPE]) {
                        let subject = NamedNodeRef::new_unchecked(iri);
                        for triple in store.triples(Some(subject), Some(property), None) {
                            found.push(((*iri).to_owned(), property.into_owned(), triple?.object));
                        }
                    }
                }
            }
            Self::Remote(_) => {
                let properties: Vec<String> =
                    v::LABELS.into_iter().chain([v::TYPE]).map(|property| property.to_string()).collect();
                let named: Vec<&&str> = iris.iter().filter(|iri| NamedNode::new(**iri).is_ok()).collect();
                for some in named.chunks(200) {
                    let things: Vec<String> = some.iter().map(|iri| format!("<{iri}>")).collect();
                    let rows = self.rows(&format!(
                        "SELECT ?thing ?property ?object WHERE {{ VALUES ?thing {{ {} }} VALUES ?property {{ {} }} ?thing ?property ?object }}",
                        things.join(" "),
                        properties.join(" ")
                    ))?;
                    found.extend(rows.into_iter().filter_map(|row| match row.as_slice() {
                        [Some(Term::NamedNode(thing)), Some(Term::NamedNode(property)), Some(object)] => {
                            Some((thing.as_str().to_owned(), property.clone(), object.clone()))
                        }
                        _ => None,
                    }));
                }
            }
        }
        Ok(found)
    }

    /// Things that bear a name or code, whatever the case of its letters; where there are none, the group that
    /// [`Engine::group_of`] finds, or else all names.
    ///
    /// # Errors
    /// When they cannot be asked for.
    pub fn called(&self, name: &str) -> Result<(BTreeSet<NamedNode>, BTreeSet<String>)> {
        let naming: Vec<String> = v::NAMING.iter().map(ToString::to_string).collect();
        let wanted = Literal::new_simple_literal(name.to_lowercase());
        let pattern = format!("VALUES ?naming {{ {} }} ?thing ?naming ?name", naming.join(" "));
        let rows = self.rows(&format!(
            "SELECT DISTINCT ?thing WHERE {{ {pattern} FILTER (LCASE(STR(?name)) = {wanted} && isIRI(?thing)) }}"
        ))?;
        let things: BTreeSet<NamedNode> = rows
            .into_iter()
            .flatten()
            .filter_map(|term| match term {
                Some(Term::NamedNode(thing)) => Some(thing),
                _ => None,
            })
            .collect();
        let things = if things.is_empty() { self.group_of(&pattern, &wanted)? } else { things };
        if !things.is_empty() {
            return Ok((things, BTreeSet::new()));
        }
        let rows = self.rows(&format!("SELECT DISTINCT ?name WHERE {{ {pattern} }} LIMIT {LABELS}"))?;
        let names = rows.into_iter().flatten().filter_map(|term| match term {
            Some(Term::Literal(name)) => Some(name.value().to_owned()),
            _ => None,
        });
        Ok((things, names.collect()))
    }

    /// Of several things whose names hold what was typed, the one that stands above all others.
    fn group_of(&self, pattern: &str, wanted: &Literal) -> Result<BTreeSet<NamedNode>> {
        let rows = self.rows(&format!(
            "SELECT DISTINCT ?thing ?wider WHERE {{ {pattern} FILTER (CONTAINS(LCASE(STR(?name)), {wanted}) && isIRI(?thing)) ?thing {}* ?wider }}",
            v::BROADER
        ))?;
        let mut above = BTreeMap::<NamedNode, BTreeSet<NamedNode>>::new();
        for row in rows {
            if let [Some(Term::NamedNode(thing)), Some(Term::NamedNode(wider))] = row.as_slice() {
                above.entry(thing.clone()).or_default().insert(wider.clone());
            }
        }
        let of_all = |group: &&NamedNode| above.values().all(|wider| wider.contains(*group));
        Ok(if above.len() > 1 { above.keys().filter(of_all).cloned().collect() } else { BTreeSet::new() })
    }

    fn rows(&self, text: &str) -> Result<Vec<Vec<Option<Term>>>> {
        let query = SparqlParser::new().parse_query(text).context("a query of our own")?;
        let QueryResults::Solutions(solutions) = self.results(&query, text)? else {
            return Ok(Vec::new());
        };
        solutions.map(|solution| Ok(solution?.values().to_vec())).collect()
    }
}

impl Thing {
    /// Something with labels by language tag, and its kind where somebody says it.
    #[must_use]
    pub fn called(labels: BTreeMap<String, String>, kind: Option<&str>) -> Self {
        Self { labels, classes: kind.into_iter().map(str::to_owned).collect() }
    }

    /// What sort of thing it is: the name of its prefix where the data set has one for its kind, otherwise
    /// the local name of its first class.
    #[must_use]
    pub fn kind(&self, iri: &str, names: &Names) -> String {
        let prefix = names.split(iri).map(|(prefix, _)| prefix.to_owned());
        prefix.or_else(|| self.classes.first().cloned()).unwrap_or_else(|| "thing".to_owned())
    }
}

/// Of several labels in one language the first in order.
fn by_language(terms: &[Term]) -> BTreeMap<String, String> {
    let mut labels = BTreeMap::<String, String>::new();
    for term in terms {
        let Term::Literal(literal) = term else { continue };
        let label = labels.entry(literal.language().unwrap_or_default().to_owned()).or_default();
        if label.is_empty() || literal.value() < label.as_str() {
            literal.value().clone_into(label);
        }
    }
    labels
}
