//! The graph in oxigraph, ready to be asked.

use crate::folder::File;
use crate::graph::Graph;
use crate::names::Names;
use crate::problem::Problem;
use crate::vocab as v;
use anyhow::{Context as _, Result};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{GraphName, GraphNameRef, NamedNodeRef, QuadRef, Term};
use oxigraph::store::Store;
use std::collections::BTreeMap;

/// A store that holds the graph as one flat set in its default graph: with named graphs, whose
/// union is a multiset, every count over two sources that share an event would be too high.
///
/// # Errors
/// When oxigraph cannot load it.
pub fn load(graph: &Graph) -> Result<Store> {
    let store = Store::new().context("oxigraph cannot open a store in memory")?;
    let triples = graph.triples();
    let quads = triples.iter().map(|triple| triple.in_graph(GraphNameRef::DefaultGraph));
    let mut loader = store.bulk_loader();
    loader.load_quads(quads.map(QuadRef::into_owned)).context("oxigraph cannot load the graph")?;
    loader.commit().context("oxigraph cannot load the graph")?;
    Ok(store)
}

/// A file of RDF, whatever its format, read as one flat set of statements, and its prefixes.
///
/// # Errors
/// When the file cannot be read, or is not RDF of the format that its name says.
pub fn read_graph(file: &File) -> Result<(Graph, BTreeMap<String, String>)> {
    let format = RdfFormat::from_extension(file.extension()).ok_or_else(|| {
        Problem::error(&file.path, format!("`.{}` is no format of RDF that is read", file.extension()))
            .help("read are .ttl, .nt, .nq, .trig, .rdf and .jsonld")
    })?;
    let bytes = file.bytes()?;
    let mut parser = RdfParser::from_format(format).for_slice(&bytes);
    let mut quads = Vec::new();
    for quad in parser.by_ref() {
        let mut quad = quad.map_err(|error| Problem::error(&file.path, error.to_string()))?;
        quad.graph_name = GraphName::DefaultGraph;
        quads.push(quad);
    }
    let prefixes = parser.prefixes().map(|(name, iri)| (name.to_owned(), iri.to_owned())).collect();
    Ok((Graph::from_quads(quads), prefixes))
}

/// Labels of a thing by language tag: preferred ones, else plain ones.
///
/// # Errors
/// When the store cannot be read.
pub fn labels(store: &Store, iri: &str) -> Result<BTreeMap<String, String>> {
    let mut labels = BTreeMap::<String, String>::new();
    for property in [v::PREF_LABEL, v::LABEL, v::TITLE] {
        for quad in
            store.quads_for_pattern(Some(NamedNodeRef::new_unchecked(iri).into()), Some(property), None, None)
        {
            let Term::Literal(literal) = quad?.object else { continue };
            let label = labels.entry(literal.language().unwrap_or_default().to_owned()).or_default();
            if label.is_empty() || literal.value() < label.as_str() {
                literal.value().clone_into(label);
            }
        }
        if !labels.is_empty() {
            break;
        }
    }
    Ok(labels)
}

/// What sort of thing an IRI is: the name of its prefix where the data set has one for its kind,
/// otherwise the local name of its first class.
///
/// # Errors
/// When the store cannot be read.
pub fn kind(store: &Store, names: &Names, iri: &str) -> Result<String> {
    if let Some((prefix, _)) = names.split(iri) {
        return Ok(prefix.to_owned());
    }
    let mut classes = Vec::new();
    for quad in
        store.quads_for_pattern(Some(NamedNodeRef::new_unchecked(iri).into()), Some(v::TYPE), None, None)
    {
        if let Term::NamedNode(class) = quad?.object {
            classes.push(crate::names::local_name(class.as_str()).to_lowercase());
        }
    }
    classes.sort();
    Ok(classes.into_iter().next().unwrap_or_else(|| "thing".to_owned()))
}
