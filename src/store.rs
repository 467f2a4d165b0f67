//! The graph in oxigraph, ready to be asked.

use crate::folder::File;
use crate::graph::Graph;
use crate::problem::Problem;
use anyhow::{Context as _, Result};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{GraphName, GraphNameRef, QuadRef};
use oxigraph::store::Store;
use std::collections::BTreeMap;
use std::path::Path;

/// A store that holds the graph as one flat set in its default graph: with named graphs, whose
/// union is a multiset, every count over two sources that share an event would be too high.
///
/// # Errors
/// When oxigraph cannot load it.
pub fn load(graph: &Graph) -> Result<Store> {
    let store = Store::new().context("oxigraph cannot open a store in memory")?;
    fill(&store, graph)?;
    Ok(store)
}

fn fill(store: &Store, graph: &Graph) -> Result<()> {
    let triples = graph.triples();
    let quads = triples.iter().map(|triple| triple.in_graph(GraphNameRef::DefaultGraph));
    let mut loader = store.bulk_loader();
    loader.load_quads(quads.map(QuadRef::into_owned)).context("oxigraph cannot load the graph")?;
    loader.commit().context("oxigraph cannot load the graph")
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
        let mut quad = quad.map_err(|error| unreadable(file, &error.to_string()))?;
        quad.graph_name = GraphName::DefaultGraph;
        quads.push(quad);
    }
    let prefixes = parser.prefixes().map(|(name, iri)| (name.to_owned(), iri.to_owned())).collect();
    Ok((Graph::from_quads(quads), prefixes))
}

fn unreadable(file: &File, told: &str) -> Problem {
    if told.contains("LoadDocumentCallback") {
        let help = "nothing is fetched from elsewhere: save it as Turtle or N-Triples";
        return Problem::error(&file.path, "its JSON-LD refers to a context elsewhere").help(help);
    }
    Problem::error(&file.path, told.to_owned())
}

/// A store on disk that `dictum build --store` made, to be asked and not to be changed.
///
/// # Errors
/// When there is none, or this program was built without the feature `disk`.
#[cfg(feature = "disk")]
pub fn open(path: &Path) -> Result<Store> {
    Store::open_read_only(path).with_context(|| {
        format!("{}: no store is here\n  help: `dictum build --store DIR` makes one", path.display())
    })
}

/// Writes the graph as a store on disk, in place of what was there.
///
/// # Errors
/// When it cannot be written, or this program was built without the feature `disk`.
#[cfg(feature = "disk")]
pub fn save(graph: &Graph, path: &Path) -> Result<()> {
    let partial = path.with_extension("partial");
    let explain = || format!("{}: the store cannot be written", path.display());
    if partial.exists() {
        std::fs::remove_dir_all(&partial).with_context(explain)?;
    }
    let store = Store::open(&partial).with_context(explain)?;
    fill(&store, graph)?;
    drop(store);
    if path.exists() {
        std::fs::remove_dir_all(path).with_context(explain)?;
    }
    std::fs::rename(&partial, path).with_context(explain)
}

/// Says so where this program was built without stores on disk, before any work is done.
///
/// # Errors
/// When it was.
pub fn on_disk() -> Result<()> {
    if cfg!(feature = "disk") { Ok(()) } else { anyhow::bail!(NO_DISK) }
}

/// What can be said without the feature `disk`.
const NO_DISK: &str = "this program was built without stores on disk\n  help: `cargo build --release --features disk` makes one with them; out/graph.nq is the stored form, and `--graph out/graph.ttl` is asked without reading the sources again";

/// See the feature `disk`.
///
/// # Errors
/// Always: this program was built without it.
#[cfg(not(feature = "disk"))]
pub fn open(_: &Path) -> Result<Store> {
    anyhow::bail!(NO_DISK)
}

/// See the feature `disk`.
///
/// # Errors
/// Always: this program was built without it.
#[cfg(not(feature = "disk"))]
pub fn save(_: &Graph, _: &Path) -> Result<()> {
    anyhow::bail!(NO_DISK)
}
