//! Statements that are asked: in memory or on disk, by oxigraph's evaluation of SPARQL either way.

mod dataset;
#[cfg(feature = "disk")]
pub mod disk;
mod index;
mod read;

use crate::graph::{Graph, triple_of};
use anyhow::Result;
use dataset::Dataset;
pub use index::Index;
use index::UNKNOWN;
use oxigraph::model::{NamedNodeRef, TermRef, Triple};
use oxigraph::sparql::{CancellationToken, QueryEvaluationError, QueryExplanation, QueryResults};
pub use read::read_graph;
use spareval::QueryEvaluator;
use spargebra::Query;
use std::path::Path;
use std::sync::Arc;
#[cfg(feature = "disk")]
use {
    disk::Draft,
    oxigraph::model::{GraphNameRef, QuadRef},
    oxigraph::sparql::SparqlEvaluator,
};

/// One flat set of statements: with named graphs, whose union is a multiset, every count over two sources that share
/// an event would be too high. A copy costs nothing.
#[derive(Clone)]
pub enum Store {
    /// In this program.
    Memory(Arc<Index>),
    /// In a folder that `dictum build --store` made.
    #[cfg(feature = "disk")]
    Disk(oxigraph::store::Store),
}

impl Store {
    /// The statements of a graph.
    #[must_use]
    pub fn of(graph: &Graph) -> Self {
        Self::Memory(Arc::new(Index::of(graph)))
    }

    /// Answers a query, unless the token says stop before.
    ///
    /// # Errors
    /// When it cannot be evaluated.
    pub fn query(
        &self,
        query: &Query,
        stop: &CancellationToken,
    ) -> Result<QueryResults<'static>, QueryEvaluationError> {
        match self {
            Self::Memory(index) => {
                let evaluator = QueryEvaluator::new().with_cancellation_token(stop.clone());
                evaluator.prepare(query).execute(Dataset(index.clone()))
            }
            #[cfg(feature = "disk")]
            Self::Disk(store) => {
                let evaluator = SparqlEvaluator::new().with_cancellation_token(stop.clone());
                evaluator.for_query(query.clone()).on_store(store).execute()
            }
        }
    }

    /// Answers a query, and tells how when the answer has been read.
    pub fn explain(
        &self,
        query: &Query,
    ) -> (Result<QueryResults<'static>, QueryEvaluationError>, QueryExplanation) {
        match self {
            Self::Memory(index) => {
                let evaluator = QueryEvaluator::new().compute_statistics();
                evaluator.prepare(query).explain(Dataset(index.clone()))
            }
            #[cfg(feature = "disk")]
            Self::Disk(store) => {
                SparqlEvaluator::new().for_query(query.clone()).on_store(store).compute_statistics().explain()
            }
        }
    }

    /// Statements with this subject, predicate and object; what is `None` may be anything.
    #[must_use]
    pub fn triples(
        &self,
        subject: Option<NamedNodeRef<'_>>,
        predicate: Option<NamedNodeRef<'_>>,
        object: Option<NamedNodeRef<'_>>,
    ) -> Box<dyn Iterator<Item = Result<Triple>> + '_> {
        match self {
            Self::Memory(index) => {
                let terms = index.terms();
                let number = |node: NamedNodeRef<'_>| terms.find(TermRef::from(node)).unwrap_or(UNKNOWN);
                let found = index.matching([subject, predicate, object].map(|part| part.map(number)));
                Box::new(found.map(|numbers| Ok(triple_of(terms, numbers).into_owned())))
            }
            #[cfg(feature = "disk")]
            Self::Disk(store) => {
                let found =
                    store.quads_for_pattern(subject.map(Into::into), predicate, object.map(Into::into), None);
                Box::new(found.map(|quad| Ok(quad?.into())))
            }
        }
    }
}

/// A store on disk that this program made, to be asked and not to be changed.
///
/// # Errors
/// When there is none, or this program was built without the feature `disk`.
#[cfg(feature = "disk")]
pub fn open(path: &Path) -> Result<Store> {
    disk::open(path).map(Store::Disk)
}

/// Writes the graph as a store on disk, in place of what was there.
///
/// # Errors
/// When it cannot be written, or this program was built without the feature `disk`.
#[cfg(feature = "disk")]
pub fn save(graph: &Graph, path: &Path) -> Result<()> {
    let draft = Draft::empty(path)?;
    let quads = graph.triples().map(|triple| triple.in_graph(GraphNameRef::DefaultGraph));
    let mut loader = draft.store().bulk_loader();
    loader.load_quads(quads.map(QuadRef::into_owned))?;
    loader.commit()?;
    draft.publish()
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
