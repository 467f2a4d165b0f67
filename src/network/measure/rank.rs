//! PageRank: <https://ilpubs.stanford.edu/422/>, by power iteration over weighted edges.

use crate::network::Network;
use petgraph::visit::EdgeRef as _;

const DAMPING: f64 = 0.85;
/// Change of all nodes together below which it is enough.
const ENOUGH: f64 = 1e-13;
const ROUNDS: usize = 500;

/// The rank of every node, in the order of the nodes; 1 for all together. Where direction means nothing, every
/// edge leads both ways.
#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^52")]
pub(super) fn pagerank(network: &Network) -> Vec<f64> {
    let graph = &network.graph;
    let nodes = graph.node_count();
    if nodes == 0 {
        return Vec::new();
    }
    let each = 1.0 / nodes as f64;
    let mut out = vec![0.0; nodes];
    let mut links: Vec<(usize, usize, f64)> = graph
        .edge_references()
        .map(|edge| (edge.source().index(), edge.target().index(), edge.weight().weight.max(0.0)))
        .collect();
    if !network.directed {
        let back = links.iter().filter(|(source, target, _)| source != target);
        links.extend(back.map(|(source, target, weight)| (*target, *source, *weight)).collect::<Vec<_>>());
    }
    for (source, _, weight) in &links {
        out[*source] += weight;
    }
    let mut rank = vec![each; nodes];
    for _ in 0..ROUNDS {
        let lost: f64 = rank.iter().zip(&out).filter(|(_, out)| **out == 0.0).map(|(rank, _)| rank).sum();
        let mut next = vec![(1.0 - DAMPING) * each + DAMPING * lost * each; nodes];
        for (source, target, weight) in &links {
            if out[*source] > 0.0 {
                next[*target] += DAMPING * rank[*source] * weight / out[*source];
            }
        }
        let change: f64 = rank.iter().zip(&next).map(|(before, after)| (before - after).abs()).sum();
        rank = next;
        if change < ENOUGH {
            break;
        }
    }
    rank
}
