//! What is said of nodes and edges, once for every writer: names, types and values.

use super::label::edge_name;
use super::style::Style;
use super::xml::token;
use super::{Edge, Network, Node};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// A value with its type.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'a> {
    /// Words.
    Text(Cow<'a, str>),
    /// A count.
    Whole(u64),
    /// A number.
    Real(f64),
}

/// A named value.
pub type Column<'a> = (Cow<'a, str>, Value<'a>);

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
    /// Languages of labels, each with the name of its column.
    languages: Vec<(&'a str, String)>,
}

impl Value<'_> {
    /// As text.
    #[must_use]
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Text(text) => text.as_ref().into(),
            Self::Whole(number) => number.to_string().into(),
            Self::Real(number) => number.to_string().into(),
        }
    }
}

/// A column of a number.
#[must_use]
pub fn real(name: &str, number: f64) -> Column<'_> {
    (name.into(), Value::Real(number))
}

/// A column of words.
#[must_use]
pub fn words<'a>(name: &'a str, text: impl Into<Cow<'a, str>>) -> Column<'a> {
    (name.into(), Value::Text(text.into()))
}

impl<'a> Columns<'a> {
    /// For this network.
    #[must_use]
    pub fn of(network: &'a Network) -> Self {
        let labels = network.graph.node_weights().flat_map(|node| node.labels.keys());
        let languages: BTreeSet<&str> = labels.map(String::as_str).collect();
        let column = |tag: &str| {
            if tag.is_empty() { "label_untagged".into() } else { format!("label_{}", token(tag)) }
        };
        let languages = languages.into_iter().map(|tag| (tag, column(tag))).collect();
        Self { style: Style::of(network), languages }
    }

    /// Everything about a node but its id and its looks: always the same names in the same order.
    #[must_use]
    pub fn of_node<'b>(&'b self, node: &'b Node) -> Vec<Column<'b>> {
        let name = node.label("en");
        let whole = |name: &'static str, value: usize| (name.into(), Value::Whole(value as u64));
        let mut columns = vec![words("label", name), words("name", name)];
        for (tag, column) in &self.languages {
            columns.push(words(column, node.labels.get(*tag).map_or("", String::as_str)));
        }
        let measures = &node.measures;
        columns.extend([
            words("kind", node.kind.as_str()),
            words("iri", node.iri.as_str()),
            ("strength".into(), Value::Whole(node.strength)),
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
    pub fn of_edge(edge: &Edge) -> Vec<Column<'_>> {
        let whole = |name: &'static str, value: u64| (name.into(), Value::Whole(value));
        vec![
            words("label", edge_name(edge)),
            real("weight", edge.weight),
            words("interaction", edge.kind.as_str()),
            whole("quotes", edge.quotes),
            whole("events", edge.events),
            words("start", edge.start.as_deref().unwrap_or_default()),
            words("end", edge.end.as_deref().unwrap_or_default()),
            words("dates", edge.dates.join(" ")),
            words("evidence", edge.evidence.join(" ")),
        ]
    }
}
