//! Lines between circles: bent where several link the same pair, with an arrowhead each.

use super::super::label::{edge_note, unit};
use super::super::style::{Dash, Style};
use super::super::xml::{escape, token};
use super::super::{Network, Node};
use super::Point;
use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;
use std::collections::BTreeMap;
use std::io::{Result, Write};

/// Distance between parallel edges.
const SPLAY: f64 = 16.0;

/// Writes all edges: each with its note, where there are not too many to point at one.
pub fn write_edges(network: &Network, style: &Style, out: &mut impl Write) -> Result<()> {
    let graph = &network.graph;
    if !network.can_be_seen() {
        return write_mass(network, style, out);
    }
    let pair = |a: NodeIndex, b: NodeIndex| (a.min(b), a.max(b));
    let mut parallel: BTreeMap<_, (u32, u32)> = BTreeMap::new();
    for edge in graph.edge_references() {
        parallel.entry(pair(edge.source(), edge.target())).or_default().1 += 1;
    }
    #[expect(clippy::cast_precision_loss, reason = "an opacity")]
    let opacity = (200.0 / graph.edge_count() as f64).sqrt().clamp(0.1, 0.75);
    writeln!(
        out,
        r#"<g class="edges" fill="none" stroke-linecap="round" stroke-opacity="{opacity:.2}" fill-opacity="{opacity:.2}">"#
    )?;
    let unit = unit(network);
    for edge in graph.edge_references() {
        let (from, to) = (&graph[edge.source()], &graph[edge.target()]);
        let (drawn, all) = parallel.entry(pair(edge.source(), edge.target())).or_default();
        // Counted from the pair's first node, so that edges there and back lie side by side.
        let side = if edge.source() <= edge.target() { 1.0 } else { -1.0 };
        let bend = side * SPLAY * (f64::from(*drawn) - f64::from(*all - 1) / 2.0);
        *drawn += 1;
        let (line, width) = (style.line(edge.weight()), style.width(edge.weight()));
        let arrow = if network.directed { 4.0 + 1.5 * width } else { 0.0 };
        let (path, head) = if edge.source() == edge.target() {
            (ring(from, style.radius(from) + SPLAY * f64::from(*drawn)), String::new())
        } else {
            let (start, end) = ((from.x, from.y), (to.x, to.y));
            curve(start, end, (style.radius(from), style.radius(to)), bend, arrow)
        };
        writeln!(
            out,
            r#"<g id="{}" class="edge {}"><title>{}</title><path d="{path}" stroke="{}" stroke-width="{width:.2}"{}/>{}</g>"#,
            token(&edge.weight().id),
            token(&edge.weight().kind),
            escape(&edge_note(edge.weight(), from, to, network.directed, unit)),
            line.colour,
            dashes(line.dash),
            if head.is_empty() { head } else { format!(r#"<path d="{head}" fill="{}"/>"#, line.colour) },
        )?;
    }
    writeln!(out, "</g>")
}

/// Writes edges beyond counting as straight lines, many in one path: with a note each, no browser would show them.
fn write_mass(network: &Network, style: &Style, out: &mut impl Write) -> Result<()> {
    /// Readers of XML refuse attributes without end.
    const IN_A_PATH: usize = 10_000;
    let graph = &network.graph;
    writeln!(out, r#"<g class="edges" fill="none" stroke-opacity="0.1">"#)?;
    let mut edges: Vec<_> = graph.edge_references().collect();
    edges.sort_by_key(|edge| edge.weight().kind.as_str());
    for kind in edges.chunk_by(|a, b| a.weight().kind == b.weight().kind) {
        let look = style.line(kind[0].weight());
        for some in kind.chunks(IN_A_PATH) {
            let (class, colour, dash) = (token(&kind[0].weight().kind), look.colour, dashes(look.dash));
            write!(out, r#"<path class="edge {class}" stroke="{colour}"{dash} d=""#)?;
            for edge in some {
                let (from, to) = (&graph[edge.source()], &graph[edge.target()]);
                write!(out, "M{:.0} {:.0}L{:.0} {:.0}", from.x, from.y, to.x, to.y)?;
            }
            writeln!(out, r#""/>"#)?;
        }
    }
    writeln!(out, "</g>")
}

/// The dash of a line as an SVG attribute.
pub fn dashes(dash: Dash) -> &'static str {
    match dash {
        Dash::Solid => "",
        Dash::Dashed => r#" stroke-dasharray="8 5""#,
        Dash::Dotted => r#" stroke-dasharray="0.1 5""#,
    }
}

/// A line from circle to circle, bent sideways, and its arrowhead when that has a length.
fn curve(start: Point, end: Point, radii: Point, bend: f64, arrow: f64) -> (String, String) {
    let (ahead, length) = direction(start, end);
    let bend = 2.0 * bend.clamp(-length / 4.0, length / 4.0);
    let control =
        (f64::midpoint(start.0, end.0) - bend * ahead.1, f64::midpoint(start.1, end.1) + bend * ahead.0);
    let (out, into) = (direction(start, control).0, direction(end, control).0);
    let along = |from: Point, way: Point, far: f64| (from.0 + way.0 * far, from.1 + way.1 * far);
    let (from, tip) = (along(start, out, radii.0), along(end, into, radii.1 + 1.0));
    let to = along(tip, into, arrow);
    let path =
        format!("M{:.1} {:.1}Q{:.1} {:.1} {:.1} {:.1}", from.0, from.1, control.0, control.1, to.0, to.1);
    if arrow <= 0.0 {
        return (path, String::new());
    }
    let across = (into.1 * arrow / 2.0, -into.0 * arrow / 2.0);
    let head = format!(
        "M{:.1} {:.1}L{:.1} {:.1}L{:.1} {:.1}z",
        tip.0,
        tip.1,
        to.0 + across.0,
        to.1 + across.1,
        to.0 - across.0,
        to.1 - across.1
    );
    (path, head)
}

/// A loop above a node linked to itself.
fn ring(node: &Node, height: f64) -> String {
    let (x, y) = (node.x, node.y);
    let (left, right, top) = (x - height, x + height, y - 2.0 * height);
    format!("M{x:.1} {y:.1}C{left:.1} {top:.1} {right:.1} {top:.1} {x:.1} {y:.1}")
}

/// The unit vector from one point to another, and their distance.
fn direction(from: Point, to: Point) -> (Point, f64) {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length = (dx * dx + dy * dy).sqrt().max(1e-9);
    ((dx / length, dy / length), length)
}
