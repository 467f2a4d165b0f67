//! Places the nodes of a network so that its structure can be read.
//!
//! In: a [`Network`]. Out: the same with `x` and `y` set. Springs and repulsion find the shape of
//! each connected part, labels are then pushed apart, and the parts are packed on a sheet.
//!
//! Only `+ - * /` and square roots are used, which every machine rounds alike: the same network
//! has the same picture everywhere, to the byte.

mod force;
mod overlap;
mod quadtree;

use super::Network;
use super::style::{GAP, Style};
use force::{Spring, settle};
use overlap::{Tile, separate};
use petgraph::unionfind::UnionFind;
use std::collections::BTreeMap;

/// A place on the sheet, y growing downwards.
type Point = (f64, f64);

/// Width of the sheet over its height.
const ASPECT: f64 = 1.6;
/// Part of the sheet that circles and labels may cover.
const DENSITY: f64 = 0.33;
/// Free space around a circle with its label.
const PADDING: f64 = 5.0;
/// Free space between two unconnected parts.
const MARGIN: f64 = 24.0;

/// A connected part, with what it takes on the sheet.
struct Part {
    members: Vec<usize>,
    points: Vec<Point>,
    low: Point,
    high: Point,
}

/// Sets the position of every node.
pub fn arrange(network: &mut Network) {
    let found = places(network);
    keep(network, found);
}

/// Gives the nodes their places, which are in the order of the nodes.
pub(super) fn keep(network: &mut Network, places: Vec<Point>) {
    for (node, (x, y)) in network.graph.node_weights_mut().zip(places) {
        (node.x, node.y) = (x, y);
    }
}

/// The position of every node, rounded to a tenth of a pixel; none is negative.
pub(super) fn places(network: &Network) -> Vec<Point> {
    let tiles = tiles(network);
    let springs = springs(network);
    let mut parts: Vec<Part> = components(tiles.len(), &springs)
        .into_iter()
        .map(|members| lay_out(members, &tiles, &springs))
        .collect();
    parts.sort_by(|a, b| (b.members.len(), a.members[0]).cmp(&(a.members.len(), b.members[0])));
    pack(&mut parts);
    let mut places = vec![(0.0, 0.0); tiles.len()];
    for part in parts {
        for (member, (x, y)) in part.members.into_iter().zip(part.points) {
            places[member] = (tenth(x), tenth(y));
        }
    }
    places
}

fn tenth(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

/// What each node covers: its circle, and its label below.
fn tiles(network: &Network) -> Vec<Tile> {
    let style = Style::of(network);
    let tile = |node| {
        let radius = style.radius(node);
        let (width, height) = if style.crowded { (0.0, 0.0) } else { style.label(node).size() };
        let below = if height > 0.0 { GAP + height } else { 0.0 };
        Tile {
            side: radius.max(width / 2.0) + PADDING,
            rise: radius + below / 2.0 + PADDING,
            drop: below / 2.0,
        }
    };
    network.graph.node_weights().map(tile).collect()
}

/// One spring for each linked pair; parallel edges pull together.
fn springs(network: &Network) -> Vec<Spring> {
    let weights = network.pairs(|edge| edge.weight.max(0.0));
    #[expect(clippy::cast_precision_loss, reason = "a mean")]
    let mean = weights.iter().map(|(_, weight)| weight).sum::<f64>() / weights.len() as f64;
    let pull = |weight: f64| {
        if mean > 0.0 && mean.is_finite() { (weight / mean).sqrt().clamp(0.5, 2.0) } else { 1.0 }
    };
    weights.into_iter().map(|((a, b), weight)| Spring { a, b, pull: pull(weight) }).collect()
}

/// The connected parts, each a sorted list of nodes.
fn components(nodes: usize, springs: &[Spring]) -> Vec<Vec<usize>> {
    let mut sets = UnionFind::new(nodes);
    for spring in springs {
        sets.union(spring.a, spring.b);
    }
    let mut parts: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for node in 0..nodes {
        parts.entry(sets.find(node)).or_default().push(node);
    }
    parts.into_values().collect()
}

fn lay_out(members: Vec<usize>, tiles: &[Tile], springs: &[Spring]) -> Part {
    let tiles: Vec<Tile> = members.iter().map(|&member| tiles[member]).collect();
    let local = |node: usize| members.binary_search(&node).ok();
    let springs: Vec<Spring> = springs
        .iter()
        .filter_map(|s| Some(Spring { a: local(s.a)?, b: local(s.b)?, pull: s.pull }))
        .collect();
    let mut points = settle(members.len(), &springs);
    lengthen(&mut points);
    fit(&mut points, &tiles);
    separate(&mut points, &tiles);
    let (low, high) = bounds(points.iter().zip(&tiles).map(|(&(x, y), tile)| {
        let y = y + tile.drop;
        ((x - tile.side, y - tile.rise), (x + tile.side, y + tile.rise))
    }));
    Part { members, points, low, high }
}

/// Turns the points around their middle until the longest direction is horizontal.
fn lengthen(points: &mut [Point]) {
    #[expect(clippy::cast_precision_loss, reason = "a mean")]
    let count = points.len() as f64;
    let sum = points.iter().fold((0.0, 0.0), |sum, p| (sum.0 + p.0, sum.1 + p.1));
    let middle = (sum.0 / count, sum.1 / count);
    let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
    for (x, y) in points.iter_mut() {
        (*x, *y) = (*x - middle.0, *y - middle.1);
        xx += *x * *x;
        xy += *x * *y;
        yy += *y * *y;
    }
    let difference = xx - yy;
    let largest = (xx + yy + (difference * difference + 4.0 * xy * xy).sqrt()) / 2.0;
    let (cos, sin) = (largest - yy, xy);
    let length = (cos * cos + sin * sin).sqrt();
    if length > 0.0 {
        let (cos, sin) = (cos / length, sin / length);
        for (x, y) in points {
            (*x, *y) = (*x * cos + *y * sin, *y * cos - *x * sin);
        }
    }
}

/// Scales the points to the space that their tiles need, wider than high.
fn fit(points: &mut [Point], tiles: &[Tile]) {
    let ((left, top), (right, bottom)) = bounds(points.iter().map(|&p| (p, p)));
    let (width, height) = (right - left, bottom - top);
    if width <= 0.0 {
        return;
    }
    let area = tiles.iter().map(|tile| 4.0 * tile.side * tile.rise).sum::<f64>() / DENSITY;
    let stretch = (ASPECT * height / width).clamp(1.0, ASPECT);
    // A chain has no height of its own: a pair is given a square, more of them a band.
    let links = u8::try_from(points.len() - 1).unwrap_or(u8::MAX).min(4);
    let scale = (area / (width * stretch * height.max(width / f64::from(links)))).sqrt();
    for (x, y) in points {
        (*x, *y) = (*x * scale * stretch, *y * scale);
    }
}

fn bounds(boxes: impl Iterator<Item = (Point, Point)>) -> (Point, Point) {
    let none = ((f64::INFINITY, f64::INFINITY), (f64::NEG_INFINITY, f64::NEG_INFINITY));
    boxes.fold(none, |(low, high), (a, b)| {
        ((low.0.min(a.0), low.1.min(a.1)), (high.0.max(b.0), high.1.max(b.1)))
    })
}

/// Puts the parts on shelves, the largest first, and sets each point to its place on the sheet.
fn pack(parts: &mut [Part]) {
    let size = |part: &Part| (part.high.0 - part.low.0 + MARGIN, part.high.1 - part.low.1 + MARGIN);
    let area: f64 = parts.iter().map(|part| size(part).0 * size(part).1).sum();
    let widest = parts.iter().map(|part| size(part).0).fold(0.0, f64::max);
    let sheet = widest.max((area * ASPECT).sqrt());
    let (mut x, mut y, mut shelf): (f64, f64, f64) = (0.0, 0.0, 0.0);
    for part in parts {
        let (width, height) = size(part);
        if x + width > sheet || height < shelf / 2.0 {
            (x, y, shelf) = (0.0, y + shelf, 0.0);
        }
        for point in &mut part.points {
            *point = (point.0 - part.low.0 + x, point.1 - part.low.1 + y);
        }
        x += width;
        shelf = shelf.max(height);
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    fn positions(network: &Network) -> Vec<Point> {
        network.graph.node_weights().map(|node| (node.x, node.y)).collect()
    }

    #[test]
    fn positions_are_the_same_on_every_machine() {
        let mut network = sample::star(3);
        arrange(&mut network);
        let expected = [
            (295.9, 178.3),
            (324.6, 73.5),
            (342.3, 9.0),
            (420.3, 243.7),
            (496.9, 292.6),
            (153.3, 214.5),
            (37.8, 236.7),
        ];
        assert_eq!(positions(&network), expected);
    }

    #[test]
    fn labels_have_room_below_their_nodes() {
        let mut network = sample::star(40);
        arrange(&mut network);
        let (points, tiles) = (positions(&network), tiles(&network));
        for a in 0..points.len() {
            for b in 0..a {
                let wide = (points[a].0 - points[b].0).abs() >= tiles[a].side + tiles[b].side - 0.2;
                let middle = |i: usize| points[i].1 + tiles[i].drop;
                let high = (middle(a) - middle(b)).abs() >= tiles[a].rise + tiles[b].rise - 0.2;
                assert!(wide || high, "{a} covers {b}");
            }
        }
    }

    #[test]
    fn the_hub_of_a_star_is_inside_and_places_are_outside() {
        let mut network = sample::star(30);
        arrange(&mut network);
        let points = positions(&network);
        let far = |i: usize| {
            let (x, y) = (points[i].0 - points[0].0, points[i].1 - points[0].1);
            (x * x + y * y).sqrt()
        };
        for person in (1..points.len()).step_by(2) {
            assert!(far(person + 1) > far(person));
        }
    }

    #[test]
    fn unconnected_parts_do_not_meet() {
        let mut network = sample::star(5);
        for name in ["place:a", "place:b", "place:c"] {
            network.graph.add_node(sample::node(name, &[("en", "Alone")], 0));
        }
        arrange(&mut network);
        let points = positions(&network);
        let (star, alone) = points.split_at(11);
        let lowest = star.iter().fold(0.0, |low: f64, point| low.max(point.1));
        assert!(alone.iter().all(|point| point.1 > lowest));
        assert!(alone[0].0 < alone[1].0 && alone[1].0 < alone[2].0);
    }

    #[test]
    fn coincident_and_missing_nodes_are_no_trouble() {
        for count in [0, 1, 2] {
            let mut network = sample::star(0);
            network.graph.clear();
            for _ in 0..count {
                network.graph.add_node(sample::node("place:x", &[("en", "Twin")], 0));
            }
            arrange(&mut network);
            assert!(positions(&network).iter().all(|point| point.0.is_finite()));
        }
    }
}
