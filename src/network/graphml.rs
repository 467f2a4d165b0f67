//! `GraphML`: <http://graphml.graphdrawing.org/specification.html>.
//!
//! In: a [`Network`]. Out: the one dialect that `NetworkX`, igraph, Gephi, Cytoscape and graphology
//! all read without loss: typed keys with ids of their own, every value written, and each name
//! under `label` *and* `name`, since half of the readers show one and half the other.

use super::columns::{Column, Columns, Value, real};
use super::xml::{escape, put, token};
use super::{Network, Node};
use petgraph::visit::EdgeRef;
use std::io::{Result, Write};

/// Writes a network as `GraphML`.
///
/// # Errors
/// Only those of `out`.
pub fn write_graphml(network: &Network, out: &mut impl Write) -> Result<()> {
    let columns = Columns::of(network);
    let graph = &network.graph;
    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    writeln!(out, r#"<graphml xmlns="http://graphml.graphdrawing.org/xmlns">"#)?;
    if let Some(node) = graph.node_weights().next() {
        write_keys("node", node_columns(node, &columns), out)?;
    }
    if let Some(edge) = graph.edge_weights().next() {
        write_keys("edge", Columns::of_edge(edge), out)?;
    }
    let direction = if network.directed { "directed" } else { "undirected" };
    writeln!(out, r#"<graph id="{}" edgedefault="{direction}">"#, token(&network.name))?;
    for node in graph.node_weights() {
        writeln!(out, r#"<node id="{}">"#, token(&node.id))?;
        write_data("n", node_columns(node, &columns), out)?;
        writeln!(out, "</node>")?;
    }
    for edge in graph.edge_references() {
        let [source, target] = [edge.source(), edge.target()].map(|end| token(&graph[end].id));
        put(out, &[r#"<edge id=""#, &token(&edge.weight().id), r#"" source=""#, &source])?;
        put(out, &[r#"" target=""#, &target, "\">\n"])?;
        write_data("e", Columns::of_edge(edge.weight()), out)?;
        writeln!(out, "</edge>")?;
    }
    writeln!(out, "</graph>\n</graphml>")
}

/// What is said of a node, with its looks under the names that readers take for looks.
fn node_columns<'a>(node: &'a Node, columns: &'a Columns<'_>) -> Vec<Column<'a>> {
    let looks = columns.looks(node);
    let mut all = columns.of_node(node);
    all.extend([real("x", looks.x), real("y", looks.y), real("size", looks.size)]);
    let rgb = ["r", "g", "b"].into_iter().zip(looks.rgb);
    all.extend(rgb.map(|(name, value)| (name.into(), Value::Whole(value.into()))));
    all
}

/// Declares columns. Ids carry `n_` or `e_`, since readers keep both kinds of key in one table.
fn write_keys(element: &str, columns: Vec<Column<'_>>, out: &mut impl Write) -> Result<()> {
    for (name, value) in columns {
        let prefix = &element[..1];
        let kind = match value {
            Value::Text(_) => "string",
            // Colours are what readers want as `int`.
            Value::Whole(_) if ["r", "g", "b"].contains(&name.as_ref()) => "int",
            Value::Whole(_) => "long",
            Value::Real(_) => "double",
        };
        writeln!(
            out,
            r#"<key id="{prefix}_{name}" for="{element}" attr.name="{name}" attr.type="{kind}"/>"#
        )?;
    }
    Ok(())
}

fn write_data(prefix: &str, columns: Vec<Column<'_>>, out: &mut impl Write) -> Result<()> {
    for (name, value) in columns {
        put(out, &[r#"<data key=""#, prefix, "_", &name, "\">", &escape(&value.text()), "</data>\n"])?;
    }
    Ok(())
}
