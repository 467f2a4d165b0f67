//! Graphviz: <https://graphviz.org/doc/info/lang.html>.
//!
//! In: a [`Network`]. Out: a file that `dot -Tsvg` draws as it is, with a caption that doubles as
//! its legend. The file chooses the layout engine: a tree-like one for trees, springs for the rest.

use super::label::{Label, counts, edge_note, node_note, unit, wrap};
use super::style::{Colour, Dash, Style};
use super::xml::escape;
use super::{Network, Node};
use petgraph::graph::NodeIndex;
use petgraph::visit::{EdgeRef, IntoNodeReferences};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Result, Write};

/// One name only: Graphviz takes widths from the first font and knows no fallback list.
const FONT: &str = "Noto Sans CJK SC";
/// Above this, only `sfdp` answers within seconds.
const LARGE: usize = 500;

/// Writes a network as a Graphviz graph.
///
/// # Errors
/// Only those of `out`.
pub fn write_dot(network: &Network, out: &mut impl Write) -> Result<()> {
    let (style, unit) = (Style::of(network), unit(network));
    let (kind, link) = if network.directed { ("digraph", "->") } else { ("graph", "--") };
    writeln!(out, "{kind} {} {{", quoted(&network.name))?;
    writeln!(
        out,
        "  graph [{}, labelloc=t, fontname=\"{FONT}\", fontsize=12, bgcolor=white, tooltip={}, label=<{}>]",
        engine(network),
        quoted(&network.title),
        caption(network, &style)
    )?;
    writeln!(
        out,
        "  node [shape=box, style=\"rounded,filled\", penwidth=1.5, margin=\"0.08,0.04\", height=0.3, fontname=\"{FONT}\", fontsize=12]"
    )?;
    writeln!(out, "  edge [arrowsize=0.6, fontname=\"{FONT}\", fontsize=10]")?;
    for (index, node) in network.graph.node_references() {
        let (id, colour) = (quoted(&node.id), style.colour(node));
        let links = network.graph.neighbors_undirected(index).count();
        writeln!(
            out,
            "  {id} [id={id}, class={}, label={}, color=\"{colour}\", fillcolor=\"{}\", tooltip={}]",
            quoted(&node.kind),
            quoted(&label(node)),
            pale(colour),
            quoted(&node_note(node, links, unit)),
        )?;
    }
    let pointed_at = network.can_be_seen();
    for edge in network.graph.edge_references() {
        let (from, to) = (&network.graph[edge.source()], &network.graph[edge.target()]);
        let edge = edge.weight();
        let look = style.line(edge);
        if !pointed_at {
            writeln!(out, "  {} {link} {} [color=\"{}\"]", quoted(&from.id), quoted(&to.id), look.colour)?;
            continue;
        }
        writeln!(
            out,
            "  {} {link} {} [id={}, class={}, color=\"{}\", style={}, penwidth={:.2}, tooltip={}]",
            quoted(&from.id),
            quoted(&to.id),
            quoted(&edge.id),
            quoted(&edge.kind),
            look.colour,
            dashes(look.dash),
            style.width(edge),
            quoted(&edge_note(edge, from, to, network.directed, unit)),
        )?;
    }
    writeln!(out, "}}")
}

/// The layout engine and its settings: rings around a hub, ranks for other trees, springs for what
/// is neither.
fn engine(network: &Network) -> String {
    let nodes = network.graph.node_count();
    if nodes > LARGE {
        return "layout=sfdp, overlap=prism, outputorder=edgesfirst".into();
    }
    let mut linked: BTreeMap<NodeIndex, BTreeSet<NodeIndex>> = BTreeMap::new();
    for edge in network.graph.edge_references() {
        linked.entry(edge.source()).or_default().insert(edge.target());
        linked.entry(edge.target()).or_default().insert(edge.source());
    }
    let pairs = linked.values().map(BTreeSet::len).sum::<usize>() / 2;
    let hub = linked.iter().max_by_key(|(index, others)| (others.len(), Reverse(**index)));
    let sparse = 2 * pairs < 3 * nodes;
    match hub {
        Some((&hub, others)) if sparse && 3 * others.len() >= nodes => {
            let root = quoted(&network.graph[hub].id);
            // Inches from ring to ring: room for the boxes of the first.
            let ring = (others.len() / 10).max(2);
            format!("layout=twopi, root={root}, ranksep={ring}, overlap=false, outputorder=edgesfirst")
        }
        Some(_) if sparse && network.directed => "layout=dot, rankdir=LR".into(),
        _ => "layout=neato, overlap=false, outputorder=edgesfirst".into(),
    }
}

/// The title, the counts and the colours, in the HTML-like labels that Graphviz reads.
fn caption(network: &Network, style: &Style) -> String {
    let entry = |sample: char, colour: Colour, name: &str, count: usize| {
        format!("<font color=\"{colour}\">{sample}</font> {} ({count})", escape(name))
    };
    let nodes = style.nodes.values().map(|kind| entry('●', kind.look, &kind.name, kind.count));
    let edges = style.edges.values().map(|kind| entry('▬', kind.look.colour, &kind.name, kind.count));
    let title: Vec<String> =
        wrap(&network.title, 80, 3).iter().map(|line| escape(line).into_owned()).collect();
    let rows = [
        format!("<font point-size=\"18\"><b>{}</b></font>", title.join("<br/>")),
        counts(network),
        nodes.collect::<Vec<_>>().join(" &#160; "),
        edges.collect::<Vec<_>>().join(" &#160; "),
    ];
    let rows = rows.iter().filter(|row| !row.is_empty()).map(|row| format!("<tr><td>{row}</td></tr>"));
    format!("<table border=\"0\">{}</table>", rows.collect::<String>())
}

/// The name of a node in two languages, each broken to fit.
fn label(node: &Node) -> String {
    let lines = Label::of(node).0;
    lines.into_iter().map(|(_, line)| line).collect::<Vec<_>>().join("\n")
}

fn dashes(dash: Dash) -> &'static str {
    match dash {
        Dash::Solid => "solid",
        Dash::Dashed => "dashed",
        Dash::Dotted => "dotted",
    }
}

/// A tint of a colour on which black text can be read.
fn pale(colour: Colour) -> Colour {
    let mix = |part: u8| 255 - (255 - part) / 5;
    Colour(mix(colour.0), mix(colour.1), mix(colour.2))
}

/// A Graphviz string: backslashes are doubled, since `\N` or `\G` would stand for names.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn hostile_names_stay_inside_their_quotes() {
        let mut out = Vec::new();
        write_dot(&sample::hostile(), &mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), EXPECTED);
    }

    #[test]
    fn the_shape_of_a_network_chooses_the_engine() {
        let mut star = sample::star(12);
        assert!(engine(&star).starts_with("layout=twopi, root=\"person:hub\""));
        let nodes: Vec<_> = star.graph.node_indices().collect();
        for pair in nodes[..10].iter().flat_map(|&a| nodes[..10].iter().map(move |&b| (a, b))) {
            star.graph.add_edge(pair.0, pair.1, sample::edge("a", "b", "c", 1));
        }
        assert!(engine(&star).starts_with("layout=neato"));
        assert!(engine(&sample::star(300)).starts_with("layout=sfdp"));
    }

    const EXPECTED: &str = r##"digraph "hostile" {
  graph [layout=twopi, root="person:a b", ranksep=2, overlap=false, outputorder=edgesfirst, labelloc=t, fontname="Noto Sans CJK SC", fontsize=12, bgcolor=white, tooltip="A \"test\" <of> & names", label=<<table border="0"><tr><td><font point-size="18"><b>A &quot;test&quot; &lt;of&gt; &amp; names</b></font></td></tr><tr><td>3 nodes, 3 links</td></tr><tr><td><font color="#e69f00">●</font> person (1) &#160; <font color="#0072b2">●</font> place (1) &#160; <font color="#009e73">●</font> theme (1)</td></tr><tr><td><font color="#cc6677">▬</font> letter (1) &#160; <font color="#332288">▬</font> phone call (1) &#160; <font color="#999933">▬</font> quotes (1)</td></tr></table>>]
  node [shape=box, style="rounded,filled", penwidth=1.5, margin="0.08,0.04", height=0.3, fontname="Noto Sans CJK SC", fontsize=12]
  edge [arrowsize=0.6, fontname="Noto Sans CJK SC", fontsize=10]
  "person:a b" [id="person:a b", class="person", label="\" \\N </script> & ]]>\n默 克 尔", color="#e69f00", fillcolor="#faeccc", tooltip="\" \\N </script> & ]]>\n默 克\n尔 \nperson\n4 quotations, 3 links"]
  "place:de" [id="place:de", class="place", label="Germany\nألمانيا", color="#0072b2", fillcolor="#cce3f0", tooltip="ألمانيا\nGermany\nplace\n3 quotations, 2 links"]
  "theme:😀" [id="theme:😀", class="theme", label="😀", color="#009e73", fillcolor="#ccece3", tooltip="😀\ntheme\n0 quotations, 0 links"]
  "person:a b" -> "person:a b" [id="person:a b--quotes--person:a b", class="quotes", color="#999933", style=solid, penwidth=1.40, tooltip="\" \\N </script> & ]]> → \" \\N </script> & ]]>\nquotes, 1 quotation, 1 event"]
  "person:a b" -> "place:de" [id="person:a b--phone-call--place:de", class="phone-call", color="#332288", style=solid, penwidth=1.98, tooltip="\" \\N </script> & ]]> → Germany\nphone call, 2 quotations, 1 event\n2020-03 to 2020-03-25"]
  "place:de" -> "person:a b" [id="place:de--letter--person:a b", class="letter", color="#cc6677", style=solid, penwidth=1.40, tooltip="Germany → \" \\N </script> & ]]>\nletter, 1 quotation, 1 event\n2020-03 to 2020-03-25"]
}
"##;
}
