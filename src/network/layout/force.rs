//! Springs between linked nodes, repulsion between all.
//!
//! The forces are those of `ForceAtlas2` (Jacomy et al., 2014, `doi:10.1371/journal.pone.0098679`):
//! repulsion grows with the number of links, so that a hub keeps its neighbours at a distance; each
//! node slows down where it swings.

use super::Point;
use super::quadtree::Quadtree;

/// A pull between two nodes, proportional to their distance.
#[derive(Debug, Clone, Copy)]
pub struct Spring {
    /// One end.
    pub a: usize,
    /// The other end.
    pub b: usize,
    /// Its strength, about 1.
    pub pull: f64,
}

/// Up to this many nodes every pair is looked at.
const EXACT: usize = 500;
/// Networks of more nodes are not looked at as a whole.
const LOOKED_AT: usize = 10_000;
/// Strength of repulsion; sets the scale only.
const REPULSION: f64 = 10.0;
/// Pull towards the middle, which keeps loose ends near.
const GRAVITY: f64 = 0.5;
/// Cosine and sine of the golden angle: turned by it, no two nodes begin in the same direction.
const TURN: Point = (-0.737_368_878_078_319_7, 0.675_490_294_261_523_6);

/// Places `count` connected nodes around the origin.
pub fn settle(count: usize, springs: &[Spring]) -> Vec<Point> {
    let mut masses = vec![1.0; count];
    for spring in springs {
        masses[spring.a] += 1.0;
        masses[spring.b] += 1.0;
    }
    let mut points = spiral(&masses);
    let mut last = vec![(0.0, 0.0); count];
    let mut speed = 1.0;
    let rounds = rounds(count);
    for _ in 0..rounds {
        let forces = forces(&points, &masses, springs);
        let (mut swing, mut traction) = (0.0, 0.0);
        for ((now, before), mass) in forces.iter().zip(&last).zip(&masses) {
            swing += mass * length((now.0 - before.0, now.1 - before.1));
            traction += mass * length((now.0 + before.0, now.1 + before.1)) / 2.0;
        }
        if swing > 0.0 {
            speed = (traction / swing).min(1.5 * speed);
        }
        for (((point, now), before), mass) in points.iter_mut().zip(&forces).zip(&last).zip(&masses) {
            let own = mass * length((now.0 - before.0, now.1 - before.1));
            let step = 0.1 * speed / (1.0 + speed * own.sqrt());
            let step = step.min(10.0 / length(*now).max(1e-9));
            (point.0, point.1) = (point.0 + step * now.0, point.1 + step * now.1);
        }
        last = forces;
    }
    points
}

/// How often the nodes are moved: of a network that is too large to be looked at, only its outline is found.
fn rounds(count: usize) -> usize {
    match count {
        0 | 1 => 0,
        2..=LOOKED_AT => (400_000 / count).clamp(100, 800),
        _ => (300_000 / count).max(3),
    }
}

/// Nodes on a spiral of equal area each, those with most links innermost.
fn spiral(masses: &[f64]) -> Vec<Point> {
    let mut order: Vec<usize> = (0..masses.len()).collect();
    order.sort_by(|&a, &b| masses[b].total_cmp(&masses[a]).then(a.cmp(&b)));
    let mut points = vec![(0.0, 0.0); masses.len()];
    let mut direction = (1.0, 0.0);
    let mut square = 0.0_f64;
    for node in order {
        let radius = 10.0 * square.sqrt();
        points[node] = (radius * direction.0, radius * direction.1);
        direction =
            (direction.0 * TURN.0 - direction.1 * TURN.1, direction.0 * TURN.1 + direction.1 * TURN.0);
        square += 1.0;
    }
    points
}

fn forces(points: &[Point], masses: &[f64], springs: &[Spring]) -> Vec<Point> {
    let mut forces = if points.len() > EXACT { far_pushes(points, masses) } else { pushes(points, masses) };
    for ((force, point), mass) in forces.iter_mut().zip(points).zip(masses) {
        let pull = GRAVITY * mass / length(*point).max(1.0);
        (force.0, force.1) =
            (REPULSION * mass * force.0 - pull * point.0, REPULSION * mass * force.1 - pull * point.1);
    }
    for &Spring { a, b, pull } in springs {
        let (dx, dy) = (pull * (points[b].0 - points[a].0), pull * (points[b].1 - points[a].1));
        (forces[a].0, forces[a].1) = (forces[a].0 + dx, forces[a].1 + dy);
        (forces[b].0, forces[b].1) = (forces[b].0 - dx, forces[b].1 - dy);
    }
    forces
}

fn far_pushes(points: &[Point], masses: &[f64]) -> Vec<Point> {
    let tree = Quadtree::new(points, masses);
    let mut stack = Vec::new();
    points.iter().map(|&point| tree.push(point, &mut stack)).collect()
}

fn pushes(points: &[Point], masses: &[f64]) -> Vec<Point> {
    let mut forces = vec![(0.0, 0.0); points.len()];
    for b in 1..points.len() {
        for a in 0..b {
            let (dx, dy) = (points[a].0 - points[b].0, points[a].1 - points[b].1);
            let square = dx * dx + dy * dy;
            if square > 0.0 {
                let (dx, dy) = (dx / square, dy / square);
                forces[a] = (forces[a].0 + masses[b] * dx, forces[a].1 + masses[b] * dy);
                forces[b] = (forces[b].0 - masses[a] * dx, forces[b].1 - masses[a] * dy);
            }
        }
    }
    forces
}

fn length(vector: Point) -> f64 {
    (vector.0 * vector.0 + vector.1 * vector.1).sqrt()
}
