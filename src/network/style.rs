//! How a network looks, decided once: colours and sizes.
//!
//! In: a [`Network`]. Out: the same colour, radius and width for every writer and for the
//! layout, so that a picture, a Graphviz file and a `GraphML` table cannot disagree.

use super::label::{Label, edge_name, spaced};
use super::{Edge, Network, Node};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// Space between a circle and its label.
pub const GAP: f64 = 2.0;

/// In a network of more nodes than this there is no room for every label.
const CROWD: usize = 300;
/// The strongest nodes of a crowded network, which are labelled.
const LANDMARKS: usize = 60;

/// An sRGB colour, shown as `#rrggbb`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour(pub u8, pub u8, pub u8);

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }
}

/// Okabe and Ito's colours, told apart with any colour vision; their yellow and black would
/// vanish against paper and text.
const NODES: [Colour; 6] = [
    Colour(0xe6, 0x9f, 0x00),
    Colour(0x00, 0x72, 0xb2),
    Colour(0x00, 0x9e, 0x73),
    Colour(0xd5, 0x5e, 0x00),
    Colour(0xcc, 0x79, 0xa7),
    Colour(0x56, 0xb4, 0xe9),
];

/// Lines: from Paul Tol's muted colours, without the pale ones.
const EDGES: [Colour; 7] = [
    Colour(0xcc, 0x66, 0x77),
    Colour(0x33, 0x22, 0x88),
    Colour(0x99, 0x99, 0x33),
    Colour(0x44, 0xaa, 0x99),
    Colour(0x88, 0x88, 0x88),
    Colour(0x88, 0x22, 0x55),
    Colour(0x11, 0x77, 0x33),
];

/// How a line is broken; kinds beyond the colours repeat them with the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dash {
    /// Unbroken.
    Solid,
    /// Long strokes.
    Dashed,
    /// Points.
    Dotted,
}

/// Colour and dash of one kind of edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// Its colour.
    pub colour: Colour,
    /// Its dash.
    pub dash: Dash,
}

/// One line of the legend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kind<T> {
    /// What it is called.
    pub name: String,
    /// How many there are.
    pub count: usize,
    /// How it is drawn.
    pub look: T,
}

/// The look of one network.
#[derive(Debug)]
pub struct Style<'a> {
    /// Kinds of nodes by name.
    pub nodes: BTreeMap<&'a str, Kind<Colour>>,
    /// Kinds of edges by name.
    pub edges: BTreeMap<&'a str, Kind<Line>>,
    /// Whether only the strongest nodes have labels, and no place is kept for them.
    pub crowded: bool,
    labelled: BTreeSet<&'a str>,
    radius_scale: f64,
    width_scale: f64,
}

impl<'a> Style<'a> {
    /// Reads kinds and extremes from a network.
    #[must_use]
    pub fn of(network: &'a Network) -> Self {
        let nodes: Vec<&Node> = network.graph.node_weights().collect();
        let edges: Vec<&Edge> = network.graph.edge_weights().collect();
        let strongest = nodes.iter().map(|node| node.strength).max().unwrap_or(0);
        let heaviest = edges.iter().map(|edge| edge.weight).fold(0.0, f64::max);
        let mut labelled = nodes.clone();
        labelled.sort_by_key(|node| (Reverse(node.strength), &node.id));
        labelled.truncate(if nodes.len() > CROWD { LANDMARKS } else { CROWD });
        Style {
            nodes: kinds(nodes.iter().map(|n| (n.kind.as_str(), spaced(&n.kind))), |i| {
                NODES[i % NODES.len()]
            }),
            edges: kinds(edges.iter().map(|e| (e.kind.as_str(), edge_name(e))), line),
            radius_scale: (22.0 / root(strongest)).min(5.0),
            width_scale: (7.0 / heaviest.sqrt()).min(1.4),
            crowded: nodes.len() > CROWD,
            labelled: labelled.iter().map(|node| node.id.as_str()).collect(),
        }
    }

    /// The colour of a node's kind.
    #[must_use]
    pub fn colour(&self, node: &Node) -> Colour {
        self.nodes[node.kind.as_str()].look
    }

    /// The line of an edge's kind.
    #[must_use]
    pub fn line(&self, edge: &Edge) -> Line {
        self.edges[edge.kind.as_str()].look
    }

    /// Radius of a node in pixels: its area stands for its strength.
    #[must_use]
    pub fn radius(&self, node: &Node) -> f64 {
        (root(node.strength) * self.radius_scale).max(4.0)
    }

    /// Width of an edge in pixels.
    #[must_use]
    pub fn width(&self, edge: &Edge) -> f64 {
        (edge.weight.max(0.0).sqrt() * self.width_scale).max(0.8)
    }

    /// The label drawn beside a node; none for the weaker nodes of a crowded network.
    #[must_use]
    pub fn label(&self, node: &Node) -> Label {
        if self.labelled.contains(node.id.as_str()) { Label::of(node) } else { Label::default() }
    }
}

/// Gathers kinds in their order, and gives each the look of its rank.
fn kinds<'a, T>(
    named: impl Iterator<Item = (&'a str, String)>,
    look: impl Fn(usize) -> T,
) -> BTreeMap<&'a str, Kind<T>> {
    let mut found: BTreeMap<&str, (String, usize)> = BTreeMap::new();
    for (kind, name) in named {
        found.entry(kind).or_insert((name, 0)).1 += 1;
    }
    let rank = found.into_iter().enumerate();
    rank.map(|(i, (kind, (name, count)))| (kind, Kind { name, count, look: look(i) })).collect()
}

fn line(rank: usize) -> Line {
    let dashes = [Dash::Solid, Dash::Dashed, Dash::Dotted];
    Line { colour: EDGES[rank % EDGES.len()], dash: dashes[rank / EDGES.len() % dashes.len()] }
}

#[expect(clippy::cast_precision_loss, reason = "a size on paper needs no more than 53 bits")]
fn root(count: u64) -> f64 {
    (count as f64).sqrt()
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn areas_stand_for_quotations_and_kinds_take_colours_in_order() {
        let network = sample::star(2);
        let style = Style::of(&network);
        let nodes: Vec<&Node> = network.graph.node_weights().collect();
        assert!((style.radius(nodes[0]) - 22.0).abs() < 1e-9);
        assert!((style.radius(nodes[1]) - 4.0).abs() < 1e-9);
        let colours: Vec<String> =
            style.nodes.iter().map(|(kind, k)| format!("{kind} {} {}", k.count, k.look)).collect();
        assert_eq!(colours, ["person 3 #e69f00", "place 2 #0072b2"]);
    }

    #[test]
    fn kinds_beyond_the_colours_are_dashed() {
        assert_eq!(line(0).dash, Dash::Solid);
        assert_eq!(line(7), Line { colour: line(0).colour, dash: Dash::Dashed });
        assert_ne!(line(14), line(7));
    }
}
