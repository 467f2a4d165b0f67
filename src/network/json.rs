//! Networks as JSON: node-link for NetworkX (3.6, key `edges`) and the form of Cytoscape.

use super::columns::{Column, Columns, Value};
use super::{Network, Node};
use petgraph::visit::EdgeRef;
use serde_json::{Map, Value as Json, json};
use std::io::{Result, Write};

/// Writes node-link data as `networkx.node_link_graph(data, edges="edges")` reads them:
/// <https://networkx.org/documentation/stable/reference/readwrite/json_graph.html>.
///
/// # Errors
/// Only those of `out`.
pub fn write_node_link(network: &Network, out: &mut impl Write) -> Result<()> {
    let columns = Columns::of(network);
    let graph = &network.graph;
    let nodes: Vec<Json> = graph
        .node_weights()
        .map(|node| {
            let looks = columns.looks(node);
            let mut data = node_data(node, &columns);
            data.extend(
                [("x", looks.x), ("y", looks.y), ("size", looks.size)]
                    .map(|(name, value)| (name.to_owned(), value.into())),
            );
            data.into()
        })
        .collect();
    let edges: Vec<Json> = graph
        .edge_references()
        .map(|edge| {
            let mut data = Map::from_iter([
                ("source".to_owned(), graph[edge.source()].id.clone().into()),
                ("target".to_owned(), graph[edge.target()].id.clone().into()),
                // Parallel edges are told apart by their keys.
                ("key".to_owned(), edge.weight().id.clone().into()),
            ]);
            data.extend(object(Columns::of_edge(edge.weight())));
            data.into()
        })
        .collect();
    let about = json!({ "name": network.name, "title": network.title });
    let all = json!({
        "directed": network.directed, "multigraph": true, "graph": about, "nodes": nodes, "edges": edges,
    });
    pretty(&all, out)
}

/// Writes the JSON of Cytoscape and Cytoscape.js: <https://js.cytoscape.org/#notation/elements-json>.
///
/// # Errors
/// Only those of `out`.
pub fn write_cyjs(network: &Network, out: &mut impl Write) -> Result<()> {
    let columns = Columns::of(network);
    let graph = &network.graph;
    let nodes: Vec<Json> = graph
        .node_weights()
        .map(|node| {
            let looks = columns.looks(node);
            let mut data = node_data(node, &columns);
            data.insert("size".to_owned(), looks.size.into());
            json!({ "data": data, "position": { "x": looks.x, "y": looks.y } })
        })
        .collect();
    let edges: Vec<Json> = graph
        .edge_references()
        .map(|edge| {
            let mut data = Map::from_iter([
                ("id".to_owned(), edge.weight().id.clone().into()),
                ("source".to_owned(), graph[edge.source()].id.clone().into()),
                ("target".to_owned(), graph[edge.target()].id.clone().into()),
            ]);
            data.extend(object(Columns::of_edge(edge.weight())));
            json!({ "data": data })
        })
        .collect();
    let all = json!({
        "format_version": "1.0",
        "generated_by": "dictum",
        "data": { "name": network.title, "shared_name": network.name },
        "elements": { "nodes": nodes, "edges": edges },
    });
    pretty(&all, out)
}

/// Everything about a node but where it is drawn.
fn node_data(node: &Node, columns: &Columns<'_>) -> Map<String, Json> {
    let [r, g, b] = columns.looks(node).rgb;
    let mut data = Map::from_iter([("id".to_owned(), node.id.clone().into())]);
    data.extend(object(columns.of_node(node)));
    data.insert("colour".to_owned(), format!("#{r:02x}{g:02x}{b:02x}").into());
    data
}

fn object(columns: Vec<Column>) -> Map<String, Json> {
    let value = |value| match value {
        Value::Text(text) => text.into(),
        Value::Whole(number) => number.into(),
        Value::Real(number) => number.into(),
    };
    columns.into_iter().map(|(name, one)| (name, value(one))).collect()
}

fn pretty(all: &Json, out: &mut impl Write) -> Result<()> {
    serde_json::to_writer_pretty(&mut *out, all)?;
    writeln!(out)
}
