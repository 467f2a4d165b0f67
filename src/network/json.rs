//! Networks as JSON: node-link for NetworkX (3.6, key `edges`) and the form of Cytoscape.

use super::columns::{Column, Columns, Value};
use super::{Edge, Network, Node};
use petgraph::graph::{EdgeReference, NodeIndex};
use petgraph::visit::EdgeRef;
use serde_json::{Map, Value as Json, json};
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
        let places = [("x", looks.x), ("y", looks.y), ("size", looks.size)];
        data.extend(places.map(|(name, value)| (name.to_owned(), value.into())));
        data.into()
    });
    lines(nodes, out)?;
    writeln!(out, r#"], "edges": ["#)?;
    // Parallel edges are told apart by their keys.
    lines(graph.edge_references().map(|edge| edge_data(network, &edge, "key").into()), out)?;
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
        data.insert("size".to_owned(), looks.size.into());
        json!({ "data": data, "position": { "x": looks.x, "y": looks.y } })
    });
    lines(nodes, out)?;
    writeln!(out, r#"], "edges": ["#)?;
    lines(graph.edge_references().map(|edge| json!({ "data": edge_data(network, &edge, "id") })), out)?;
    writeln!(out, "]}}}}")
}

/// Everything about a node but where it is drawn.
fn node_data(node: &Node, columns: &Columns<'_>) -> Map<String, Json> {
    let [r, g, b] = columns.looks(node).rgb;
    let mut data = Map::from_iter([("id".to_owned(), node.id.clone().into())]);
    data.extend(object(columns.of_node(node)));
    data.insert("colour".to_owned(), format!("#{r:02x}{g:02x}{b:02x}").into());
    data
}

/// Everything about an edge, its id under the name that it has there.
fn edge_data(network: &Network, edge: &EdgeReference<'_, Edge>, id: &str) -> Map<String, Json> {
    let end = |end: NodeIndex| Json::from(network.graph[end].id.as_str());
    let mut data = Map::from_iter([
        ("source".to_owned(), end(edge.source())),
        ("target".to_owned(), end(edge.target())),
        (id.to_owned(), edge.weight().id.as_str().into()),
    ]);
    data.extend(object(Columns::of_edge(edge.weight())));
    data
}

fn object(columns: Vec<Column<'_>>) -> impl Iterator<Item = (String, Json)> {
    let value = |value| match value {
        Value::Text(text) => Json::from(text.into_owned()),
        Value::Whole(number) => number.into(),
        Value::Real(number) => number.into(),
    };
    columns.into_iter().map(move |(name, one)| (name.into_owned(), value(one)))
}

/// One after another, so that a large network is never held as JSON.
fn lines(all: impl Iterator<Item = Json>, out: &mut impl Write) -> Result<()> {
    for (index, one) in all.enumerate() {
        if index > 0 {
            writeln!(out, ",")?;
        }
        serde_json::to_writer(&mut *out, &one)?;
    }
    writeln!(out)
}
