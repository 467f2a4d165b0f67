//! Networks for the tests of this folder.
#![cfg(test)]

use super::measure::{Measures, Summary};
use super::{Edge, Network, Node};
use petgraph::graph::DiGraph;

/// A node with labels as `(language, text)`.
pub fn node(id: &str, labels: &[(&str, &str)], strength: u64) -> Node {
    let kind = id.split(':').next().unwrap_or_default();
    Node {
        id: id.into(),
        iri: format!("https://w3id.org/dictum/{}", id.replace(':', "/")),
        kind: kind.into(),
        labels: labels.iter().map(|&(tag, text)| (tag.into(), text.into())).collect(),
        strength,
        measures: Measures::default(),
        x: 0.0,
        y: 0.0,
    }
}

/// An edge with as many quotations as its weight.
pub fn edge(from: &str, kind: &str, to: &str, quotes: u32) -> Edge {
    Edge {
        id: format!("{from}--{kind}--{to}"),
        kind: kind.into(),
        labels: [("en".into(), kind.replace('-', " "))].into(),
        weight: f64::from(quotes),
        quotes: quotes.into(),
        events: 1,
        start: Some("2020-03".into()),
        end: Some("2020-03-25".into()),
        dates: vec!["2020-03".into(), "2020-03-25".into()],
        evidence: vec!["quotation:s-1".into(), "quotation:s-2".into()],
    }
}

/// Two parallel edges and a loop between things with names that break careless writers.
pub fn hostile() -> Network {
    let mut graph = DiGraph::new();
    let script = [("en", "\" \\N </script> & ]]>"), ("zh", "默\u{b}克\n尔\t")];
    let a = graph.add_node(node("person:a b", &script, 4));
    let b = graph.add_node(node("place:de", &[("en", "Germany"), ("ar", "ألمانيا")], 3));
    let c = graph.add_node(node("theme:😀", &[("", "😀")], 0));
    (graph[b].x, graph[b].y) = (120.0, 50.0);
    (graph[c].x, graph[c].y) = (20.0, 120.5);
    graph.add_edge(a, a, edge("person:a b", "quotes", "person:a b", 1));
    graph.add_edge(a, b, edge("person:a b", "phone-call", "place:de", 2));
    graph.add_edge(b, a, edge("place:de", "letter", "person:a b", 1));
    for edge in graph.edge_weights_mut().take(1) {
        edge.labels.clear();
        edge.evidence.clear();
        (edge.start, edge.end) = (None, None);
        edge.dates.clear();
    }
    Network {
        name: "hostile".into(),
        title: "A \"test\" <of> & names".into(),
        directed: true,
        removed: 0,
        summary: Summary::default(),
        graph,
    }
}

/// A speaker with counterparts, each of whom represents a place.
pub fn star(counterparts: usize) -> Network {
    let mut graph = DiGraph::new();
    let hub = graph.add_node(node("person:hub", &[("en", "The Speaker"), ("zh", "发言人")], 40));
    for i in 0..counterparts {
        let name = format!("person:counterpart-{i:02}");
        let label = format!("Counterpart number {i}");
        let person = graph.add_node(node(&name, &[("en", &label), ("zh", "默克尔")], 1));
        let country = format!("place:country-{i:02}");
        let place = graph.add_node(node(&country, &[("en", "A Country"), ("zh", "德国")], 1));
        graph.add_edge(hub, person, edge("person:hub", "phone-call", &name, 1));
        graph.add_edge(person, place, edge(&name, "represents", &country, 1));
    }
    Network {
        name: "star".into(),
        title: "A star".into(),
        directed: true,
        removed: 0,
        summary: Summary::default(),
        graph,
    }
}

/// What each writer makes of the hostile network is held down in `snapshots/`.
mod writers {
    use super::super::gexf::{Time, write_gexf};
    use super::super::graphml::write_graphml;
    use super::super::json::{write_cyjs, write_node_link};
    use super::super::measure::measure;
    use super::super::tables::{Reader, write_edges, write_load, write_nodes};
    use super::{Network, hostile};

    fn written(write: impl Fn(&Network, &mut Vec<u8>) -> std::io::Result<()>) -> String {
        let mut network = hostile();
        measure(&mut network);
        let mut out = Vec::new();
        write(&network, &mut out).expect("memory takes everything");
        String::from_utf8(out).expect("UTF-8")
    }

    #[test]
    fn graphml_types_every_value() {
        insta::assert_snapshot!(written(write_graphml));
    }

    #[test]
    fn gexf_declares_one_block_for_each_class() {
        insta::assert_snapshot!(written(|network, out| write_gexf(network, Time::Static, out)));
    }

    #[test]
    fn dynamic_gexf_has_intervals_of_days() {
        insta::assert_snapshot!(written(|network, out| write_gexf(network, Time::Dynamic, out)));
    }

    #[test]
    fn node_link_keeps_parallel_edges_apart() {
        insta::assert_snapshot!(written(write_node_link));
    }

    #[test]
    fn cytoscape_finds_one_space_of_ids() {
        insta::assert_snapshot!(written(write_cyjs));
    }

    #[test]
    fn tables_have_no_line_break_in_a_cell() {
        for reader in [Reader::People, Reader::Neo4j] {
            insta::assert_snapshot!(written(|network, out| write_nodes(network, reader, out)));
            insta::assert_snapshot!(written(|network, out| write_edges(network, reader, out)));
        }
        insta::assert_snapshot!(written(write_load));
    }
}
