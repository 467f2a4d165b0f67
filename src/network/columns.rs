//! What is said of nodes and edges, once for every writer: names, types and values.

use super::label::edge_name;
use super::style::Style;
use super::xml::token;
use super::{Edge, Network, Node};
use std::collections::BTreeSet;

/// A value with its type.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Words.
    Text(String),
    /// A count.
    Whole(u64),
    /// A number.
    Real(f64),
}

/// A named value.
pub type Column = (String, Value);

/// Where and how a node is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Looks {
    /// Place, in pixels; grows to the right and downwards.
    pub x: f64,
    /// See `x`.
    pub y: f64,
    /// Diameter in pixels.
    pub size: f64,
    /// Red, green and blue.
    pub rgb: [u8; 3],
}

/// Columns of the nodes and edges of one network.
pub struct Columns<'a> {
    style: Style<'a>,
    languages: BTreeSet<&'a str>,
}

impl Value {
    /// As text.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Whole(number) => number.to_string(),
            Self::Real(number) => number.to_string(),
        }
    }
}

impl<'a> Columns<'a> {
    /// For this network.
    #[must_use]
    pub fn of(network: &'a Network) -> Self {
        let labels = network.graph.node_weights().flat_map(|node| node.labels.keys());
        Self { style: Style::of(network), languages: labels.map(String::as_str).collect() }
    }

    /// Everything about a node but its id and its looks: always the same names in the same order.
    #[must_use]
    pub fn of_node(&self, node: &Node) -> Vec<Column> {
        let name = node.label("en").to_owned();
        let text = |name: &str, value: String| (name.to_owned(), Value::Text(value));
        let whole = |name: &str, value: usize| (name.to_owned(), Value::Whole(value as u64));
        let real = |name: &str, value: f64| (name.to_owned(), Value::Real(value));
        let mut columns = vec![text("label", name.clone()), text("name", name)];
        for &tag in &self.languages {
            let column =
                if tag.is_empty() { "label_untagged".into() } else { format!("label_{}", token(tag)) };
            columns.push((column, Value::Text(node.labels.get(tag).cloned().unwrap_or_default())));
        }
        let measures = &node.measures;
        columns.extend([
            text("kind", node.kind.clone()),
            text("iri", node.iri.clone()),
            ("strength".to_owned(), Value::Whole(node.strength)),
            whole("degree", measures.degree),
            whole("in_degree", measures.in_degree),
            whole("out_degree", measures.out_degree),
            real("pagerank", measures.pagerank),
            real("betweenness", measures.betweenness),
            real("closeness", measures.closeness),
            whole("component", measures.component),
            whole("community", measures.community),
        ]);
        columns
    }

    /// How a node looks.
    #[must_use]
    pub fn looks(&self, node: &Node) -> Looks {
        let colour = self.style.colour(node);
        let tenth = |number: f64| (number * 10.0).round() / 10.0 + 0.0;
        Looks {
            x: tenth(node.x),
            y: tenth(node.y),
            size: tenth(2.0 * self.style.radius(node)),
            rgb: [colour.0, colour.1, colour.2],
        }
    }

    /// Everything about an edge but its id and its ends.
    #[must_use]
    pub fn of_edge(edge: &Edge) -> Vec<Column> {
        let text = |name: &str, value: String| (name.to_owned(), Value::Text(value));
        let whole = |name: &str, value: u64| (name.to_owned(), Value::Whole(value));
        vec![
            text("label", edge_name(edge)),
            ("weight".to_owned(), Value::Real(edge.weight)),
            text("interaction", edge.kind.clone()),
            whole("quotes", edge.quotes),
            whole("events", edge.events),
            text("start", edge.start.clone().unwrap_or_default()),
            text("end", edge.end.clone().unwrap_or_default()),
            text("dates", edge.dates.join(" ")),
            text("evidence", edge.evidence.join(" ")),
        ]
    }
}
