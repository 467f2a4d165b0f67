//! `GraphML`: <http://graphml.graphdrawing.org/specification.html>.
//!
//! In: a [`Network`]. Out: the one dialect that `NetworkX`, igraph, Gephi, Cytoscape and graphology
//! all read without loss: typed keys with ids of their own, every value written, and each name
//! under `label` *and* `name`, since half of the readers show one and half the other.

use super::label::edge_name;
use super::style::Style;
use super::xml::{escape, token};
use super::{Edge, Network, Node};
use petgraph::visit::EdgeRef;
use std::collections::BTreeSet;
use std::io::{Result, Write};

const STRING: &str = "string";
const LONG: &str = "long";
const INT: &str = "int";
const DOUBLE: &str = "double";

/// One column: name, type, and its value for one element.
type Column = (String, &'static str, String);

/// Writes a network as `GraphML`.
///
/// # Errors
/// Only those of `out`.
pub fn write_graphml(network: &Network, out: &mut impl Write) -> Result<()> {
    let style = Style::of(network);
    let graph = &network.graph;
    let languages: BTreeSet<&str> =
        graph.node_weights().flat_map(|node| node.labels.keys()).map(String::as_str).collect();
    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    writeln!(out, r#"<graphml xmlns="http://graphml.graphdrawing.org/xmlns">"#)?;
    if let Some(node) = graph.node_weights().next() {
        write_keys("node", node_columns(node, &style, &languages), out)?;
    }
    if let Some(edge) = graph.edge_weights().next() {
        write_keys("edge", edge_columns(edge), out)?;
    }
    let direction = if network.directed { "directed" } else { "undirected" };
    writeln!(out, r#"<graph id="{}" edgedefault="{direction}">"#, token(&network.name))?;
    for node in graph.node_weights() {
        writeln!(out, r#"<node id="{}">"#, token(&node.id))?;
        write_data("n", node_columns(node, &style, &languages), out)?;
        writeln!(out, "</node>")?;
    }
    for edge in graph.edge_references() {
        writeln!(
            out,
            r#"<edge id="{}" source="{}" target="{}">"#,
            token(&edge.weight().id),
            token(&graph[edge.source()].id),
            token(&graph[edge.target()].id)
        )?;
        write_data("e", edge_columns(edge.weight()), out)?;
        writeln!(out, "</edge>")?;
    }
    writeln!(out, "</graph>\n</graphml>")
}

fn node_columns(node: &Node, style: &Style, languages: &BTreeSet<&str>) -> Vec<Column> {
    let colour = style.colour(node);
    let name = node.label("en").to_owned();
    let mut columns = vec![("label".into(), STRING, name.clone()), ("name".into(), STRING, name)];
    for &tag in languages {
        let column = if tag.is_empty() { "label_untagged".into() } else { format!("label_{}", token(tag)) };
        columns.push((column, STRING, node.labels.get(tag).cloned().unwrap_or_default()));
    }
    columns.extend([
        ("kind".into(), STRING, node.kind.clone()),
        ("iri".into(), STRING, node.iri.clone()),
        ("strength".into(), LONG, node.strength.to_string()),
        ("x".into(), DOUBLE, format!("{:.1}", node.x)),
        ("y".into(), DOUBLE, format!("{:.1}", node.y)),
        ("size".into(), DOUBLE, format!("{:.1}", 2.0 * style.radius(node))),
        ("r".into(), INT, colour.0.to_string()),
        ("g".into(), INT, colour.1.to_string()),
        ("b".into(), INT, colour.2.to_string()),
    ]);
    columns
}

fn edge_columns(edge: &Edge) -> Vec<Column> {
    let columns = [
        ("label", STRING, edge_name(edge)),
        ("weight", DOUBLE, edge.weight.to_string()),
        ("interaction", STRING, edge.kind.clone()),
        ("quotes", LONG, edge.quotes.to_string()),
        ("events", LONG, edge.events.to_string()),
        ("start", STRING, edge.start.clone().unwrap_or_default()),
        ("end", STRING, edge.end.clone().unwrap_or_default()),
        ("evidence", STRING, edge.evidence.join(" ")),
    ];
    columns.map(|(name, kind, value)| (name.to_owned(), kind, value)).into()
}

/// Declares columns. Ids carry `n_` or `e_`, since readers keep both kinds of key in one table.
fn write_keys(element: &str, columns: Vec<Column>, out: &mut impl Write) -> Result<()> {
    for (name, kind, _) in columns {
        let prefix = &element[..1];
        writeln!(
            out,
            r#"<key id="{prefix}_{name}" for="{element}" attr.name="{name}" attr.type="{kind}"/>"#
        )?;
    }
    Ok(())
}

fn write_data(prefix: &str, columns: Vec<Column>, out: &mut impl Write) -> Result<()> {
    for (name, _, value) in columns {
        let value = escape(&value);
        writeln!(out, r#"<data key="{prefix}_{name}">{value}</data>"#)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn every_value_is_written_under_a_typed_key() {
        let mut out = Vec::new();
        write_graphml(&sample::hostile(), &mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), EXPECTED);
    }

    const EXPECTED: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="n_label" for="node" attr.name="label" attr.type="string"/>
<key id="n_name" for="node" attr.name="name" attr.type="string"/>
<key id="n_label_untagged" for="node" attr.name="label_untagged" attr.type="string"/>
<key id="n_label_ar" for="node" attr.name="label_ar" attr.type="string"/>
<key id="n_label_en" for="node" attr.name="label_en" attr.type="string"/>
<key id="n_label_zh" for="node" attr.name="label_zh" attr.type="string"/>
<key id="n_kind" for="node" attr.name="kind" attr.type="string"/>
<key id="n_iri" for="node" attr.name="iri" attr.type="string"/>
<key id="n_strength" for="node" attr.name="strength" attr.type="long"/>
<key id="n_x" for="node" attr.name="x" attr.type="double"/>
<key id="n_y" for="node" attr.name="y" attr.type="double"/>
<key id="n_size" for="node" attr.name="size" attr.type="double"/>
<key id="n_r" for="node" attr.name="r" attr.type="int"/>
<key id="n_g" for="node" attr.name="g" attr.type="int"/>
<key id="n_b" for="node" attr.name="b" attr.type="int"/>
<key id="e_label" for="edge" attr.name="label" attr.type="string"/>
<key id="e_weight" for="edge" attr.name="weight" attr.type="double"/>
<key id="e_interaction" for="edge" attr.name="interaction" attr.type="string"/>
<key id="e_quotes" for="edge" attr.name="quotes" attr.type="long"/>
<key id="e_events" for="edge" attr.name="events" attr.type="long"/>
<key id="e_start" for="edge" attr.name="start" attr.type="string"/>
<key id="e_end" for="edge" attr.name="end" attr.type="string"/>
<key id="e_evidence" for="edge" attr.name="evidence" attr.type="string"/>
<graph id="hostile" edgedefault="directed">
<node id="person:a_20b">
<data key="n_label">&quot; \N &lt;/script&gt; &amp; ]]&gt;</data>
<data key="n_name">&quot; \N &lt;/script&gt; &amp; ]]&gt;</data>
<data key="n_label_untagged"></data>
<data key="n_label_ar"></data>
<data key="n_label_en">&quot; \N &lt;/script&gt; &amp; ]]&gt;</data>
<data key="n_label_zh">默克&#10;尔&#9;</data>
<data key="n_kind">person</data>
<data key="n_iri">https://w3id.org/dictum/person/a b</data>
<data key="n_strength">4</data>
<data key="n_x">0.0</data>
<data key="n_y">0.0</data>
<data key="n_size">20.0</data>
<data key="n_r">230</data>
<data key="n_g">159</data>
<data key="n_b">0</data>
</node>
<node id="place:de">
<data key="n_label">Germany</data>
<data key="n_name">Germany</data>
<data key="n_label_untagged"></data>
<data key="n_label_ar">ألمانيا</data>
<data key="n_label_en">Germany</data>
<data key="n_label_zh"></data>
<data key="n_kind">place</data>
<data key="n_iri">https://w3id.org/dictum/place/de</data>
<data key="n_strength">3</data>
<data key="n_x">120.0</data>
<data key="n_y">50.0</data>
<data key="n_size">17.3</data>
<data key="n_r">0</data>
<data key="n_g">114</data>
<data key="n_b">178</data>
</node>
<node id="theme:_F0_9F_98_80">
<data key="n_label">😀</data>
<data key="n_name">😀</data>
<data key="n_label_untagged">😀</data>
<data key="n_label_ar"></data>
<data key="n_label_en"></data>
<data key="n_label_zh"></data>
<data key="n_kind">theme</data>
<data key="n_iri">https://w3id.org/dictum/theme/😀</data>
<data key="n_strength">0</data>
<data key="n_x">20.0</data>
<data key="n_y">120.5</data>
<data key="n_size">8.0</data>
<data key="n_r">0</data>
<data key="n_g">158</data>
<data key="n_b">115</data>
</node>
<edge id="person:a_20b--quotes--person:a_20b" source="person:a_20b" target="person:a_20b">
<data key="e_label">quotes</data>
<data key="e_weight">1</data>
<data key="e_interaction">quotes</data>
<data key="e_quotes">1</data>
<data key="e_events">1</data>
<data key="e_start"></data>
<data key="e_end"></data>
<data key="e_evidence"></data>
</edge>
<edge id="person:a_20b--phone-call--place:de" source="person:a_20b" target="place:de">
<data key="e_label">phone call</data>
<data key="e_weight">2</data>
<data key="e_interaction">phone-call</data>
<data key="e_quotes">2</data>
<data key="e_events">1</data>
<data key="e_start">2020-03</data>
<data key="e_end">2020-03-25</data>
<data key="e_evidence">quotation:s-1 quotation:s-2</data>
</edge>
<edge id="place:de--letter--person:a_20b" source="place:de" target="person:a_20b">
<data key="e_label">letter</data>
<data key="e_weight">1</data>
<data key="e_interaction">letter</data>
<data key="e_quotes">1</data>
<data key="e_events">1</data>
<data key="e_start">2020-03</data>
<data key="e_end">2020-03-25</data>
<data key="e_evidence">quotation:s-1 quotation:s-2</data>
</edge>
</graph>
</graphml>
"#;
}
