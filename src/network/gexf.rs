//! GEXF 1.3: <https://gexf.net/schema.html>.
//!
//! Gephi, Gephi Lite, sigma and NetworkX all read it: one block of attributes for each class, ids equal to titles,
//! colours as numbers, and in the dynamic form intervals of days, which is the one way of telling time that all
//! of them take.

use super::columns::{Column, Columns, Looks, Value};
use super::xml::{escape, put, token};
use super::{Edge, Network, Node};
use crate::date::Date;
use petgraph::visit::EdgeRef;
use std::borrow::Cow;
use std::io::{Result, Write};

/// Whether edges say when they were.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Time {
    /// First and last date stand among the attributes.
    Static,
    /// Edges, and the nodes at their ends, also last from the first day to the last, for a timeline.
    Dynamic,
}

/// Writes a network as GEXF.
///
/// # Errors
/// Only those of `out`.
pub fn write_gexf(network: &Network, time: Time, out: &mut impl Write) -> Result<()> {
    let columns = Columns::of(network);
    let graph = &network.graph;
    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    writeln!(out, r#"<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">"#)?;
    writeln!(
        out,
        "<meta>\n<creator>Dictum</creator>\n<description>{}</description>\n</meta>",
        escape(&network.title)
    )?;
    let direction = if network.directed { "directed" } else { "undirected" };
    let mode = match time {
        Time::Static => r#"mode="static""#,
        Time::Dynamic => r#"mode="dynamic" timeformat="date" timerepresentation="interval""#,
    };
    writeln!(out, r#"<graph defaultedgetype="{direction}" {mode}>"#)?;
    if let Some(node) = graph.node_weights().next() {
        declare("node", &attributes(columns.of_node(node), &["label"]), out)?;
    }
    if let Some(edge) = graph.edge_weights().next() {
        declare("edge", &attributes(Columns::of_edge(edge), OF_EDGES), out)?;
    }
    writeln!(out, "<nodes>")?;
    for index in graph.node_indices() {
        let node = &graph[index];
        let days = graph.edges_directed(index, petgraph::Direction::Outgoing);
        let days = days.chain(graph.edges_directed(index, petgraph::Direction::Incoming));
        let spell = spell(time, days.filter_map(|edge| days_of(edge.weight())));
        write_node(node, &columns, &spell, out)?;
    }
    writeln!(out, "</nodes>\n<edges>")?;
    for edge in graph.edge_references() {
        let ends = [edge.source(), edge.target()].map(|end| token(&graph[end].id));
        write_edge(edge.weight(), &ends, &spell(time, days_of(edge.weight()).into_iter()), out)?;
    }
    writeln!(out, "</edges>\n</graph>\n</gexf>")
}

/// What an edge says in attributes of its own element.
const OF_EDGES: &[&str] = &["label", "weight", "start", "end"];

/// The columns that are not said elsewhere.
fn attributes<'a>(columns: Vec<Column<'a>>, elsewhere: &[&str]) -> Vec<Column<'a>> {
    // `start` and `end` of an edge are days there, and what is stated may be a month.
    let renamed = columns.into_iter().map(|(name, value)| match name.as_ref() {
        "start" => ("first_date".into(), value),
        "end" => ("last_date".into(), value),
        _ => (name, value),
    });
    renamed.filter(|(name, _)| !elsewhere.contains(&name.as_ref())).collect()
}

fn declare(class: &str, columns: &[Column<'_>], out: &mut impl Write) -> Result<()> {
    writeln!(out, r#"<attributes class="{class}">"#)?;
    for (name, value) in columns {
        let kind = match value {
            Value::Text(_) => "string",
            Value::Whole(_) => "long",
            Value::Real(_) => "double",
        };
        writeln!(out, r#"<attribute id="{name}" title="{name}" type="{kind}"/>"#)?;
    }
    writeln!(out, "</attributes>")
}

/// Empty values are left out: some readers take them for numbers.
fn values(columns: &[Column<'_>], out: &mut impl Write) -> Result<()> {
    writeln!(out, "<attvalues>")?;
    for (name, value) in columns {
        let text = value.text();
        if !text.is_empty() {
            put(out, &[r#"<attvalue for=""#, name, r#"" value=""#, &escape(&text), "\"/>\n"])?;
        }
    }
    writeln!(out, "</attvalues>")
}

fn write_node(node: &Node, columns: &Columns<'_>, spell: &str, out: &mut impl Write) -> Result<()> {
    let Looks { x, y, size, rgb: [r, g, b] } = columns.looks(node);
    writeln!(out, r#"<node id="{}" label="{}"{spell}>"#, token(&node.id), escape(node.label("en")))?;
    values(&attributes(columns.of_node(node), &["label"]), out)?;
    // Upwards is positive here.
    let y = 0.0 - y;
    writeln!(
        out,
        r#"<viz:size value="{size}"/><viz:position x="{x}" y="{y}" z="0"/><viz:color r="{r}" g="{g}" b="{b}"/>"#
    )?;
    writeln!(out, "</node>")
}

fn write_edge(edge: &Edge, ends: &[Cow<'_, str>; 2], spell: &str, out: &mut impl Write) -> Result<()> {
    let [source, target] = ends;
    let columns = Columns::of_edge(edge);
    let label = super::label::edge_name(edge);
    put(out, &[r#"<edge id=""#, &token(&edge.id), r#"" source=""#, source, r#"" target=""#, target])?;
    put(out, &[r#"" kind=""#, &escape(&edge.kind), r#"" label=""#, &escape(&label)])?;
    put(out, &[r#"" weight=""#, &edge.weight.to_string(), "\"", spell, ">\n"])?;
    values(&attributes(columns, OF_EDGES), out)?;
    writeln!(out, "</edge>")
}

/// First and last day that an edge can have been at.
fn days_of(edge: &Edge) -> Option<(String, String)> {
    let first = Date::parse(edge.start.as_deref()?)?.earliest();
    let last = edge.end.as_deref().and_then(Date::parse).map_or(first, Date::latest);
    Some((first.to_string(), last.max(first).to_string()))
}

/// From the first day to the last, where any is known and time is told.
fn spell(time: Time, days: impl Iterator<Item = (String, String)>) -> String {
    let (mut first, mut last) = (None::<String>, None::<String>);
    for (start, end) in days {
        first = Some(first.map_or(start.clone(), |first| first.min(start)));
        last = Some(last.map_or(end.clone(), |last| last.max(end)));
    }
    match (time, first, last) {
        (Time::Dynamic, Some(first), Some(last)) => format!(r#" start="{first}" end="{last}""#),
        _ => String::new(),
    }
}
