//! Things and the links between them, ready to be drawn and exported.
//!
//! In: rows of a query from `queries/networks/`, or a table of edges. Out: a [`Network`] over petgraph, whose nodes and
//! edges carry stable ids, so that every writer in this folder says the same thing.

pub mod around;
pub mod columns;
pub mod dot;
pub mod drawing;
pub mod edge_list;
pub mod gexf;
pub mod graphml;
pub mod json;
pub mod label;
pub mod layout;
mod linking;
pub mod measure;
#[cfg(feature = "parquet")]
pub mod parquet;
pub mod png;
mod rows;
#[cfg(test)]
mod sample;
pub mod style;
pub mod svg;
pub mod tables;
pub(crate) mod xml;

use petgraph::graph::DiGraph;
use petgraph::visit::EdgeRef as _;
use std::collections::BTreeMap;
use std::sync::Arc;

/// One thing: a person, a place, an event, a theme.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Short, stable and unique over nodes *and* edges, as `person:angela-merkel`.
    pub id: String,
    /// The full IRI, so that a reader can go back to the graph.
    pub iri: String,
    /// What sort of thing it is, as `person`; decides its colour.
    pub kind: String,
    /// Labels by lower-case language tag (`""` for none); never empty.
    pub labels: BTreeMap<String, String>,
    /// Sum of the quotations of its edges, decides its size.
    pub strength: u64,
    /// What [`measure`] found out.
    pub measures: measure::Measures,
    /// Position in the picture, set by [`layout`]; both finite.
    pub x: f64,
    /// See `x`; grows downwards.
    pub y: f64,
}

/// One link of one kind between two things.
#[derive(Debug, Clone, PartialEq)]
pub struct Edge {
    /// Unique over nodes and edges: `source--kind--target`.
    pub id: String,
    /// What sort of link it is, as `phone-call` or `represents`; parallel edges differ in it.
    pub kind: String,
    /// Labels of the kind by language tag; may be empty.
    pub labels: BTreeMap<String, String>,
    /// What thickness stands for: quotations where the query counts them, otherwise its own number.
    pub weight: f64,
    /// Quotations behind the link.
    pub quotes: u64,
    /// Distinct events behind the link.
    pub events: u64,
    /// First and last date as written in the graph (`2020-03` is a month), where known.
    pub start: Option<String>,
    /// See `start`.
    pub end: Option<String>,
    /// All dates behind it, as written, sorted.
    pub dates: Vec<String>,
    /// Ids of the quotations behind it, sorted.
    pub evidence: Vec<Arc<str>>,
}

/// A named network; nodes sorted by id, edges sorted by id.
#[derive(Debug, Clone)]
pub struct Network {
    /// File name of its query without `.rq`.
    pub name: String,
    /// The query's summary: the caption of the picture.
    pub title: String,
    /// Whether the direction of edges means something (false for pairs counted from groups).
    pub directed: bool,
    /// Control characters that were taken out of its labels.
    pub removed: usize,
    /// Figures of the whole, set by [`measure`].
    pub summary: measure::Summary,
    /// The graph itself.
    pub graph: DiGraph<Node, Edge>,
}

impl Network {
    /// Whether a picture of it can show each link: of more than this there would be a smear.
    #[must_use]
    pub fn can_be_seen(&self) -> bool {
        const LINKS: usize = 20_000;
        self.graph.edge_count() <= LINKS
    }

    /// Every two nodes that are linked, in order, and what their links weigh together; loops are left out.
    fn pairs(&self, weight: impl Fn(&Edge) -> f64) -> Vec<((usize, usize), f64)> {
        let mut pairs: Vec<_> = self
            .graph
            .edge_references()
            .map(|edge| {
                let (a, b) = (edge.source().index(), edge.target().index());
                ((a.min(b), a.max(b)), weight(edge.weight()))
            })
            .filter(|((a, b), _)| a != b)
            .collect();
        // Stable, so that weights are always added in the same order.
        pairs.sort_by_key(|(pair, _)| *pair);
        pairs.dedup_by(|(pair, weight), (before, sum)| {
            let same = pair == before;
            if same {
                *sum += *weight;
            }
            same
        });
        pairs
    }

    /// Works out the measures of all nodes, and their places in the picture.
    pub fn work_out(&mut self) {
        let network = &*self;
        let (measures, places) = rayon::join(|| measure::measures(network), || layout::places(network));
        measure::keep(self, measures);
        layout::keep(self, places);
    }
}

impl Node {
    /// The label in the wanted language, else in any other.
    #[must_use]
    pub fn label(&self, language: &str) -> &str {
        self.labels
            .get(language)
            .or_else(|| self.labels.values().next())
            .map_or(self.id.as_str(), String::as_str)
    }
}
