//! Betweenness and closeness of large networks, estimated from the shortest paths of some nodes.
//!
//! Brandes and Pich, Centrality Estimation in Large Networks (2007): paths from pivots drawn by chance, without
//! replacement, stand for those from all nodes.

use petgraph::graph::UnGraph;
use petgraph::visit::EdgeRef as _;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};

/// Neighbours of all nodes, one after another.
struct Links {
    starts: Vec<usize>,
    ends: Vec<u32>,
}

impl Links {
    fn of(graph: &UnGraph<(), f64>) -> Self {
        let mut starts = Vec::with_capacity(graph.node_count() + 1);
        let mut ends = Vec::with_capacity(2 * graph.edge_count());
        for node in graph.node_indices() {
            starts.push(ends.len());
            let mut own: Vec<u32> = graph
                .edges(node)
                .map(|edge| if edge.source() == node { edge.target() } else { edge.source() })
                .filter_map(|other| u32::try_from(other.index()).ok())
                .collect();
            own.sort_unstable();
            ends.extend(own);
        }
        starts.push(ends.len());
        Self { starts, ends }
    }

    fn of_node(&self, node: usize) -> impl Iterator<Item = usize> {
        self.ends[self.starts[node]..self.starts[node + 1]].iter().map(|end| *end as usize)
    }
}

/// Betweenness and closeness of every node, and how far the first may be off for any of them, with 95 %
/// certainty (Hoeffding's bound over all nodes).
#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^52")]
pub(super) fn estimate(graph: &UnGraph<(), f64>, pivots: usize, seed: u64) -> (Vec<f64>, Vec<f64>, f64) {
    let nodes = graph.node_count();
    let links = Links::of(graph);
    let chosen = drawn(nodes, pivots.min(nodes), seed);
    let (mut through, mut far, mut reached) = (vec![0.0; nodes], vec![0.0; nodes], vec![0.0; nodes]);
    let mut search = Search::new(nodes);
    for source in &chosen {
        search.from(*source, &links, &mut through, &mut far, &mut reached);
    }
    let n = nodes as f64;
    let scale = n / (chosen.len() as f64).max(1.0);
    let pairs = (n - 1.0) * (n - 2.0);
    let betweenness = through.iter().map(|sum| if pairs > 0.0 { sum * scale / pairs } else { 0.0 }).collect();
    let closeness = far
        .iter()
        .zip(&reached)
        .map(|(far, reached)| {
            // Distances go both ways, so those from the pivots are those to them.
            let (far, reached) = (far * scale, reached * scale);
            if far > 0.0 && n > 1.0 { reached / far * (reached / (n - 1.0)) } else { 0.0 }
        })
        .collect();
    let error = ((2.0 * n / 0.05).ln() / (2.0 * chosen.len().max(1) as f64)).sqrt();
    (betweenness, closeness, if chosen.len() == nodes { 0.0 } else { error })
}

/// So many of the nodes, by chance and in order (the first of a partial shuffle).
fn drawn(nodes: usize, count: usize, seed: u64) -> Vec<usize> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut all: Vec<usize> = (0..nodes).collect();
    for place in 0..count {
        let rest = u64::try_from(nodes - place).unwrap_or(1);
        let other = place + usize::try_from(random.next_u64() % rest).unwrap_or_default();
        all.swap(place, other);
    }
    all.truncate(count);
    all.sort_unstable();
    all
}

/// One search after another, in the same memory.
struct Search {
    distance: Vec<u32>,
    paths: Vec<f64>,
    share: Vec<f64>,
    order: Vec<u32>,
}

const UNSEEN: u32 = u32::MAX;

impl Search {
    fn new(nodes: usize) -> Self {
        Self {
            distance: vec![UNSEEN; nodes],
            paths: vec![0.0; nodes],
            share: vec![0.0; nodes],
            order: Vec::with_capacity(nodes),
        }
    }

    /// Shortest paths from one node (Brandes 2001): adds the share of them that leads through each node, and
    /// the distances.
    fn from(
        &mut self,
        source: usize,
        links: &Links,
        through: &mut [f64],
        far: &mut [f64],
        reached: &mut [f64],
    ) {
        for node in self.order.drain(..) {
            let node = node as usize;
            (self.distance[node], self.paths[node], self.share[node]) = (UNSEEN, 0.0, 0.0);
        }
        (self.distance[source], self.paths[source]) = (0, 1.0);
        self.order.extend(u32::try_from(source));
        let mut next = 0;
        while let Some(node) = self.order.get(next).map(|node| *node as usize) {
            next += 1;
            for other in links.of_node(node) {
                if self.distance[other] == UNSEEN {
                    self.distance[other] = self.distance[node] + 1;
                    self.order.extend(u32::try_from(other));
                }
                if self.distance[other] == self.distance[node] + 1 {
                    self.paths[other] += self.paths[node];
                }
            }
        }
        for index in (0..self.order.len()).rev() {
            let node = self.order[index] as usize;
            for other in links.of_node(node) {
                if self.distance[other] == self.distance[node] + 1 {
                    self.share[node] += self.paths[node] / self.paths[other] * (1.0 + self.share[other]);
                }
            }
            if node != source {
                through[node] += self.share[node];
                far[node] += f64::from(self.distance[node]);
                reached[node] += 1.0;
            }
        }
    }
}
