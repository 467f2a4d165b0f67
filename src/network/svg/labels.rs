//! Finds the side of each node where its label is crossed by fewest lines.

use super::super::label::Label;
use super::super::style::{GAP, Style};
use super::super::{Network, Node};
use super::Point;
use petgraph::visit::EdgeRef;
use std::cmp::Reverse;

/// How far a loop rises above its circle, about.
const LOOP: f64 = 20.0;

/// A box: its upper left and lower right corner.
type Area = (Point, Point);

/// A label at its place.
#[derive(Debug, Clone)]
pub struct Placed {
    /// Its text.
    pub label: Label,
    /// How its lines are aligned, as SVG's `text-anchor`, and on what.
    pub anchor: &'static str,
    /// See `anchor`.
    pub x: f64,
    /// What it covers.
    pub area: Area,
}

/// The labels of all nodes in order, enlarged by `scale`, none where there is no room.
///
/// The layout keeps the place below a node free; a label leaves it only for a place that is free as
/// well, so that no two overlap. In a crowded network nothing is kept free: the strongest choose
/// first, and who finds no place goes without.
pub fn place(network: &Network, style: &Style, scale: f64) -> Vec<Option<Placed>> {
    let nodes: Vec<&Node> = network.graph.node_weights().collect();
    let around = |node: &Node| {
        let radius = style.radius(node);
        ((node.x - radius, node.y - radius), (node.x + radius, node.y + radius))
    };
    let circles: Vec<Area> = nodes.iter().map(|node| around(node)).collect();
    let labels: Vec<Label> = nodes.iter().map(|node| style.label(node)).collect();
    let line = |a: usize, b: usize| {
        // A loop stands above its node.
        let up = if a == b { circles[a].0.1 - LOOP } else { nodes[b].y };
        ((nodes[a].x, nodes[a].y), (nodes[b].x, up))
    };
    let ends = network.graph.edge_references().map(|e| (e.source().index(), e.target().index()));
    let lines: Vec<(Point, Point)> = ends.map(|(a, b)| line(a, b)).collect();
    let mut labelled: Vec<usize> = (0..nodes.len()).filter(|&i| !labels[i].0.is_empty()).collect();
    labelled.sort_by_key(|&i| (Reverse(nodes[i].strength), i));

    let mut placed = vec![None; nodes.len()];
    if !style.crowded {
        for &i in &labelled {
            placed[i] = sides(&labels[i], circles[i], scale).into_iter().next();
        }
    }
    // Twice: the first to choose may find a better place free once the others have moved.
    for &i in labelled.iter().chain(&labelled) {
        let others: Vec<Area> = labelled
            .iter()
            .filter(|&&j| j != i)
            .flat_map(|&j| [Some(circles[j]), placed[j].as_ref().map(|other: &Placed| other.area)])
            .flatten()
            .collect();
        let best = sides(&labels[i], circles[i], scale)
            .into_iter()
            .filter(|side| !others.iter().any(|&other| overlap(side.area, other)))
            .min_by_key(|side| lines.iter().filter(|&&line| crosses(line, side.area)).count());
        placed[i] = best.or(placed[i].take());
    }
    placed
}

/// A label below a circle, above, beside it, and between these, the best places first.
fn sides(label: &Label, (low, high): Area, scale: f64) -> [Placed; 8] {
    let (width, height) = label.size();
    let (width, height) = (width * scale, height * scale);
    let (x, y) = (f64::midpoint(low.0, high.0), f64::midpoint(low.1, high.1));
    let side = |anchor, align: f64, left: f64, top: f64| Placed {
        label: label.clone(),
        anchor,
        x: align,
        area: ((left, top), (left + width, top + height)),
    };
    let (right, left) = (high.0 + 2.0 * GAP, low.0 - 2.0 * GAP);
    let (above, below) = (low.1 - GAP - height, high.1 + GAP);
    // Between two sides the circle is nearer than the corner of its box.
    let near = 0.71 * (high.0 - x) + GAP / 2.0;
    [
        side("middle", x, x - width / 2.0, below),
        side("middle", x, x - width / 2.0, above),
        side("start", right, right, y - height / 2.0),
        side("end", left, left - width, y - height / 2.0),
        side("start", x + near, x + near, y + near),
        side("start", x + near, x + near, y - near - height),
        side("end", x - near, x - near - width, y + near),
        side("end", x - near, x - near - width, y - near - height),
    ]
}

fn overlap(a: Area, b: Area) -> bool {
    a.0.0 < b.1.0 && b.0.0 < a.1.0 && a.0.1 < b.1.1 && b.0.1 < a.1.1
}

/// Whether a straight line enters a box (Liang and Barsky, 1984).
fn crosses((from, to): (Point, Point), (low, high): Area) -> bool {
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    for (start, step, low, high) in
        [(from.0, to.0 - from.0, low.0, high.0), (from.1, to.1 - from.1, low.1, high.1)]
    {
        if step.abs() < 1e-9 {
            if start < low || start > high {
                return false;
            }
        } else {
            let (a, b) = ((low - start) / step, (high - start) / step);
            enter = enter.max(a.min(b));
            leave = leave.min(a.max(b));
        }
    }
    enter < leave
}
