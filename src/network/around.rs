//! What stands around some nodes of a network.

use super::Network;
use crate::problem::{Problem, nearest};
use petgraph::graph::NodeIndex;
use std::collections::BTreeSet;
use std::path::Path;

impl Network {
    /// The part of the network that can be reached from a node, along edges in either direction, in at most
    /// so many steps; the node by its short name, its IRI or one of its labels.
    ///
    /// # Errors
    /// When there is no such node; says which name is like it.
    pub fn around(mut self, name: &str, depth: usize) -> Result<Self, Problem> {
        let wanted = name.trim().to_lowercase();
        let is_called = |index: &NodeIndex| {
            let node = &self.graph[*index];
            let labels = node.labels.values().any(|label| label.to_lowercase() == wanted);
            node.id.to_lowercase() == wanted || node.iri.to_lowercase() == wanted || labels
        };
        let Some(centre) = self.graph.node_indices().find(is_called) else {
            let names = self
                .graph
                .node_weights()
                .flat_map(|node| node.labels.values().map(String::as_str).chain([node.id.as_str()]));
            let meant =
                nearest(name, names).map(|name| format!("did you mean `{name}`? ")).unwrap_or_default();
            let problem =
                Problem::error(Path::new(&self.name), format!("nothing in the network is called `{name}`"));
            return Err(problem.help(format!("{meant}give a label, or a short name as person:angela-merkel")));
        };
        let mut kept = BTreeSet::from([centre]);
        let mut edge = vec![centre];
        for _ in 0..depth {
            let next = edge.iter().flat_map(|index| self.graph.neighbors_undirected(*index));
            let next: BTreeSet<NodeIndex> = next.filter(|index| !kept.contains(index)).collect();
            kept.extend(&next);
            edge = next.into_iter().collect();
        }
        // Nodes keep their order, and so do edges.
        self.graph = self.graph.filter_map(
            |index, node| kept.contains(&index).then(|| node.clone()),
            |_, edge| Some(edge.clone()),
        );
        Ok(self)
    }
}
