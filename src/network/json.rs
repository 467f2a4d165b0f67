//! Networks as JSON: node-link for NetworkX (3.6, key `edges`) and the form of Cytoscape.

use super::columns::{Column, Columns, Value, real, words};
use super::{Edge, Network, Node};
use petgraph::graph::{EdgeReference, NodeIndex};
use petgraph::visit::EdgeRef;
use serde::{Serialize, Serializer, ser::SerializeMap as _};
use serde_json::json;
use std::io::{Result, Write};

/// Writes a network as node-link JSON, a node or edge a line.
///
/// # Errors
/// Only those of `out`.
pub fn write_node_link(network: &Network, out: &mut impl Write) -> Result<()> {
    let columns = Columns::of(network);
    let graph = &network.graph;
    let about = json!({ "name": network.name, "title": network.title });
    writeln!(out, r#"{{"directed": {}, "multigraph": true, "graph": {about}, "nodes": ["#, network.directed)?;
    let nodes = graph.node_weights().map(|node| {
        let looks = columns.looks(node);
        let mut data = node_data(node, &columns);
        data.extend([real("x", looks.x), real("y", looks.y), real("size", looks.size)]);
        Object(data)
    });
    lines(nodes, out)?;
    writeln!(out, r#"], "edges": ["#)?;
    // Parallel edges are told apart by their keys.
    lines(graph.edge_references().map(|edge| edge_data(network, edge, "key")), out)?;
    writeln!(out, "]}}")
}

/// Writes a network as Cytoscape and Cytoscape.js read it, a node or edge a line.
///
/// # Errors
/// Only those of `out`.
pub fn write_cyjs(network: &Network, out: &mut impl Write) -> Result<()> {
    let columns = Columns::of(network);
    let graph = &network.graph;
    let about = json!({ "name": network.title, "shared_name": network.name });
    writeln!(
        out,
        r#"{{"format_version": "1.0", "generated_by": "dictum", "data": {about}, "elements": {{"nodes": ["#
    )?;
    let nodes = graph.node_weights().map(|node| {
        let looks = columns.looks(node);
        let mut data = node_data(node, &columns);
        data.push(real("size", looks.size));
        let position = Object(vec![real("x", looks.x), real("y", looks.y)]);
        Element { data: Object(data), position: Some(position) }
    });
    lines(nodes, out)?;
    writeln!(out, r#"], "edges": ["#)?;
    let edges = graph.edge_references();
    lines(edges.map(|edge| Element { data: edge_data(network, edge, "id"), position: None }), out)?;
    writeln!(out, "]}}}}")
}

/// Everything about a node but where it is drawn.
fn node_data<'a>(node: &'a Node, columns: &'a Columns<'_>) -> Vec<Column<'a>> {
    let [r, g, b] = columns.looks(node).rgb;
    let mut data = vec![words("id", node.id.as_str())];
    data.extend(columns.of_node(node));
    data.push(words("colour", format!("#{r:02x}{g:02x}{b:02x}")));
    data
}

/// Everything about an edge, its id under the name that it has there.
fn edge_data<'a>(network: &'a Network, edge: EdgeReference<'a, Edge>, id: &'a str) -> Object<'a> {
    let end = |end: NodeIndex| network.graph[end].id.as_str();
    let mut data = vec![
        words("source", end(edge.source())),
        words("target", end(edge.target())),
        words(id, edge.weight().id.as_str()),
    ];
    data.extend(Columns::of_edge(edge.weight()));
    Object(data)
}

/// Columns as the members of a JSON object, in their order.
struct Object<'a>(Vec<Column<'a>>);

impl Serialize for Object<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            match value {
                Value::Text(text) => map.serialize_entry(name, text)?,
                Value::Whole(number) => map.serialize_entry(name, number)?,
                Value::Real(number) => map.serialize_entry(name, number)?,
            }
        }
        map.end()
    }
}

/// A node or edge of Cytoscape.
#[derive(Serialize)]
struct Element<'a> {
    data: Object<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    position: Option<Object<'a>>,
}

/// One after another, so that a large network is never held as JSON.
fn lines(all: impl Iterator<Item = impl Serialize>, out: &mut impl Write) -> Result<()> {
    for (index, one) in all.enumerate() {
        if index > 0 {
            writeln!(out, ",")?;
        }
        serde_json::to_writer(&mut *out, &one)?;
    }
    writeln!(out)
}
