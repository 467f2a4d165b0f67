//! What can be worked out about a network: how central each node is, and how the whole hangs together.
//!
//! In: a [`Network`]. Out: [`Measures`] at every node, and [`Summary`] of the whole. Paths, closeness,
//! components and communities are of the undirected simple graph (parallel edges as one, no loops);
//! PageRank follows the direction. As NetworkX defines them: <https://networkx.org/documentation/stable/reference/algorithms/>.

mod paths;
mod rank;

use super::Network;
use super::label::counted;
use leiden_rs::{GraphDataBuilder, Leiden, LeidenConfig};
use petgraph::graph::{NodeIndex, UnGraph};
use petgraph::visit::EdgeRef as _;
use rustworkx_core::centrality::{betweenness_centrality, closeness_centrality};
use rustworkx_core::connectivity::connected_components;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// What was worked out for one node.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Measures {
    /// Different nodes that it is linked with.
    pub degree: usize,
    /// Of these, those that link to it, and those that it links to; the same where direction means nothing.
    pub in_degree: usize,
    /// See `in_degree`.
    pub out_degree: usize,
    /// PageRank with damping 0.85, edges weighing their weight; all nodes together have 1.
    pub pagerank: f64,
    /// Share of shortest paths between two others that lead through it (Freeman, normalised).
    pub betweenness: f64,
    /// Inverse mean distance to all that it reaches, scaled by their share (Wasserman and Faust).
    pub closeness: f64,
    /// Number of its component, from 1, the largest first.
    pub component: usize,
    /// Number of its community, from 1, the largest first (Leiden, modularity, weights).
    pub community: usize,
}

/// What was worked out for the whole.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Summary {
    /// Figures by name, in order of their names.
    pub figures: BTreeMap<&'static str, f64>,
    /// What was not worked out, or only estimated, and why.
    pub notes: Vec<String>,
}

/// Steps of exact betweenness and closeness that are taken at most: nodes times edges.
const STEPS: usize = 300_000_000;
/// Where exact figures would take too long, paths are followed from so many nodes that this many steps are taken,
/// and from no fewer and no more than these.
const SAMPLED: usize = 26_000_000;
const FEWEST: usize = 50;
const MOST: usize = 256;
/// Never: work that several threads share is added up in no fixed order.
const ALONE: usize = usize::MAX;
const SEED: u64 = 0;

/// Works out everything, and writes it to the nodes.
pub fn measure(network: &mut Network) {
    let found = measures(network);
    keep(network, found);
}

/// Writes what was found to the nodes, of which it has the order.
pub(super) fn keep(network: &mut Network, (measures, summary): (Vec<Measures>, Summary)) {
    for (node, measures) in network.graph.node_weights_mut().zip(measures) {
        node.measures = measures;
    }
    network.summary = summary;
}

/// Everything about each node, in the order of the nodes, and about the whole.
pub(super) fn measures(network: &Network) -> (Vec<Measures>, Summary) {
    let graph = simple(network);
    let mut summary = Summary::default();
    let (nodes, edges) = (graph.node_count(), graph.edge_count());
    let rank = rank::pagerank(network);
    let ((betweenness, closeness, note), (communities, modularity)) =
        rayon::join(|| centralities(&graph), || communities(&graph));
    summary.notes.extend(note);
    if network.removed > 0 {
        let many = counted(network.removed as u64, "control character");
        summary.notes.push(format!("{many}, for which no format has a place, left out of labels"));
    }
    let components = numbered(&membership(&graph));
    let of_node = |index: NodeIndex| {
        let place = index.index();
        let neighbours = |direction| {
            let all = network.graph.neighbors_directed(index, direction).filter(|other| *other != index);
            let mut all: Vec<_> = all.collect();
            all.sort_unstable();
            all.dedup();
            all.len()
        };
        let degree = graph.neighbors(index).count();
        let (in_degree, out_degree) = if network.directed {
            (neighbours(petgraph::Direction::Incoming), neighbours(petgraph::Direction::Outgoing))
        } else {
            (degree, degree)
        };
        Measures {
            degree,
            in_degree,
            out_degree,
            pagerank: rank[place],
            betweenness: betweenness[place],
            closeness: closeness[place],
            component: components[place],
            community: communities[place],
        }
    };
    let measures = network.graph.node_indices().map(of_node).collect();
    summary.figures = BTreeMap::from([
        ("nodes", float(nodes)),
        ("edges", float(network.graph.edge_count())),
        ("linked pairs", float(edges)),
        ("components", float(components.iter().max().copied().unwrap_or_default())),
        ("communities", float(communities.iter().max().copied().unwrap_or_default())),
    ]);
    if nodes > 1 {
        summary.figures.insert("density", 2.0 * float(edges) / (float(nodes) * (float(nodes) - 1.0)));
    }
    if edges > 0 {
        summary.figures.insert("modularity", modularity);
    }
    reciprocity(network, &mut summary);
    (measures, summary)
}

/// Betweenness and closeness of every node; where they are estimates, that is said.
fn centralities(graph: &UnGraph<(), f64>) -> (Vec<f64>, Vec<f64>, Option<String>) {
    let (nodes, edges) = (graph.node_count(), graph.edge_count());
    if nodes.saturating_mul(edges.max(nodes)) <= STEPS {
        let some = |found: Vec<Option<f64>>| found.into_iter().map(Option::unwrap_or_default).collect();
        let betweenness = some(betweenness_centrality(graph, false, true, ALONE));
        return (betweenness, some(closeness_centrality(graph, true, ALONE)), None);
    }
    let pivots = (SAMPLED / (nodes + edges)).clamp(FEWEST, MOST);
    let (betweenness, closeness, error) = paths::estimate(graph, pivots, SEED);
    let note = format!(
        "betweenness and closeness are estimates from the paths of {pivots} nodes drawn by chance: betweenness within {error:.3} of the exact value for all nodes with 95 % certainty"
    );
    (betweenness, closeness, Some(note))
}

/// The undirected simple graph, with the weights of parallel edges added up; nodes keep their places.
fn simple(network: &Network) -> UnGraph<(), f64> {
    let pairs = network.pairs(|edge| edge.weight);
    let mut graph = UnGraph::with_capacity(network.graph.node_count(), pairs.len());
    for _ in 0..network.graph.node_count() {
        graph.add_node(());
    }
    for ((a, b), weight) in pairs {
        graph.add_edge(NodeIndex::new(a), NodeIndex::new(b), weight);
    }
    graph
}

/// For each node a number of its component, in no order.
fn membership(graph: &UnGraph<(), f64>) -> Vec<usize> {
    let mut found = vec![0; graph.node_count()];
    for (number, component) in connected_components(graph).into_iter().enumerate() {
        component.into_iter().for_each(|node| found[node.index()] = number);
    }
    found
}

/// The same groups numbered from 1: the largest first, of equals the one with the first node.
fn numbered(groups: &[usize]) -> Vec<usize> {
    let mut sizes = BTreeMap::<usize, (usize, usize)>::new();
    for (place, group) in groups.iter().enumerate() {
        let (size, _) = sizes.entry(*group).or_insert((0, place));
        *size += 1;
    }
    let mut order: Vec<_> = sizes.into_iter().collect();
    order.sort_by_key(|(_, (size, first))| (Reverse(*size), *first));
    let numbers: BTreeMap<usize, usize> = order.iter().zip(1..).map(|((group, _), n)| (*group, n)).collect();
    groups.iter().map(|group| numbers[group]).collect()
}

/// Communities by the Leiden method, and how much denser they are within than chance would make them.
fn communities(graph: &UnGraph<(), f64>) -> (Vec<usize>, f64) {
    let mut builder = GraphDataBuilder::new(graph.node_count());
    for edge in graph.edge_references() {
        // Every index is one of the graph's own, and weights of counts are positive.
        let _ = builder.add_edge(
            edge.source().index(),
            edge.target().index(),
            edge.weight().max(f64::MIN_POSITIVE),
        );
    }
    let config = LeidenConfig {
        seed: Some(SEED),
        parallel_local_moving_threshold: Some(ALONE),
        parallel_aggregation_threshold: Some(ALONE),
        ..LeidenConfig::default()
    };
    let found = builder.build().and_then(|data| Leiden::new(config).run(&data));
    let groups = match found {
        Ok(found) if graph.edge_count() > 0 => found.partition.as_slice().to_vec(),
        _ => (0..graph.node_count()).collect(),
    };
    let modularity = modularity(graph, &groups);
    (numbered(&groups), modularity)
}

/// Newman and Girvan's modularity of weighted communities.
fn modularity(graph: &UnGraph<(), f64>, groups: &[usize]) -> f64 {
    let (mut inside, mut strength) = (BTreeMap::<usize, f64>::new(), BTreeMap::<usize, f64>::new());
    let mut total = 0.0;
    for edge in graph.edge_references() {
        let (a, b) = (groups[edge.source().index()], groups[edge.target().index()]);
        total += edge.weight();
        *strength.entry(a).or_default() += edge.weight();
        *strength.entry(b).or_default() += edge.weight();
        if a == b {
            *inside.entry(a).or_default() += edge.weight();
        }
    }
    let of = |group: &usize| inside.get(group).copied().unwrap_or_default() / total;
    strength.iter().map(|(group, strength)| of(group) - (strength / (2.0 * total)).powi(2)).sum()
}

/// The share of edges that go both ways: where only one node ever links to others, that says nothing.
fn reciprocity(network: &Network, summary: &mut Summary) {
    if !network.directed {
        summary.notes.push("reciprocity is withheld: the links of this network have no direction".to_owned());
        return;
    }
    let people = network.graph.node_indices().filter(|index| network.graph[*index].kind == SPEAKING);
    let speak = people
        .filter(|index| network.graph.neighbors(*index).any(|other| network.graph[other].kind == SPEAKING));
    if speak.count() < 2 {
        let note =
            "reciprocity is withheld: fewer than two people address others here, so nobody could answer";
        summary.notes.push(note.to_owned());
        return;
    }
    let pairs: BTreeSet<(usize, usize)> = network
        .graph
        .edge_references()
        .map(|edge| (edge.source().index(), edge.target().index()))
        .filter(|(a, b)| a != b)
        .collect();
    let both = pairs.iter().filter(|(a, b)| pairs.contains(&(*b, *a))).count();
    summary.figures.insert("reciprocity", float(both) / float(pairs.len()));
}

/// Kind of node that can answer.
const SPEAKING: &str = "person";

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^52")]
fn float(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn a_star_has_one_centre() {
        let mut network = sample::star(5);
        measure(&mut network);
        let hub = network.graph.node_weights().find(|node| node.id == "person:hub").unwrap();
        assert_eq!((hub.measures.degree, hub.measures.in_degree, hub.measures.out_degree), (5, 0, 5));
        assert!(
            network.graph.node_weights().all(|node| node.measures.betweenness <= hub.measures.betweenness)
        );
        assert!(
            (network.graph.node_weights().map(|node| node.measures.pagerank).sum::<f64>() - 1.0).abs() < 1e-9
        );
        assert!((network.summary.figures["components"] - 1.0).abs() < 1e-12);
        assert!(network.summary.notes.iter().any(|note| note.starts_with("reciprocity is withheld")));
    }

    #[test]
    fn estimates_from_every_node_are_exact() {
        let mut network = sample::star(6);
        measure(&mut network);
        let graph = simple(&network);
        let (betweenness, closeness, _) = paths::estimate(&graph, graph.node_count(), SEED);
        for (place, node) in network.graph.node_weights().enumerate() {
            assert!((betweenness[place] - node.measures.betweenness).abs() < 1e-12);
            assert!((closeness[place] - node.measures.closeness).abs() < 1e-12);
        }
    }

    #[test]
    fn a_network_without_links_has_no_figures_that_need_them() {
        let mut network = sample::star(0);
        measure(&mut network);
        assert!(!network.summary.figures.contains_key("modularity"));
        assert_eq!(network.graph.node_weights().next().unwrap().measures.community, 1);
    }
}
