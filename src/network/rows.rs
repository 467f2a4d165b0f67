//! Rows of a query become a network.
//!
//! A query gives `?source ?target`, and optionally `?kind ?weight ?start ?end ?event ?evidence`; rows
//! that agree in source, target and kind are one edge. Or it gives `?group ?member` (and optionally
//! `?evidence`): every two members of a group are linked, as often as they share one.

use super::measure::{Measures, Summary};
use super::{Edge, Network, Node};
use crate::names::{Names, local_name};
use crate::problem::Problem;
use crate::query::{Engine, Question, Table};
use anyhow::Result;
use oxigraph::model::Term;
use petgraph::graph::DiGraph;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// What is known of an edge while rows are read.
#[derive(Debug, Default)]
struct Link {
    rows: u64,
    weight: Option<f64>,
    dates: BTreeSet<String>,
    ends: BTreeSet<String>,
    events: BTreeSet<String>,
    evidence: BTreeSet<String>,
}

/// Source, target and kind, as written terms.
type Key = (String, String, String);

impl Network {
    /// Asks the question and builds the network of its rows; nodes have no place yet.
    ///
    /// # Errors
    /// When the query fails or gives other columns.
    pub fn of(question: &Question, engine: &Engine, names: &Names) -> Result<Self> {
        let table = question.table(engine, names)?;
        let column = |name: &str| table.variables.iter().position(|variable| variable.as_str() == name);
        let (links, directed) = match (column("source"), column("target"), column("group"), column("member"))
        {
            (Some(source), Some(target), ..) => (links(&table, source, target, &column), true),
            (_, _, Some(group), Some(member)) => (pairs(&table, group, member), false),
            _ => {
                let columns = table
                    .variables
                    .iter()
                    .map(|variable| format!("?{}", variable.as_str()))
                    .collect::<Vec<_>>()
                    .join(" ");
                return Err(Problem::error(
                    Path::new(&question.name),
                    format!("the columns {columns} make no network"),
                )
                .help("a network query gives ?source ?target, or ?group ?member")
                .into());
            }
        };
        let graph = graph_of(links, directed, engine, names)?;
        let (name, title) = (question.name.clone(), question.header.summary.clone());
        Ok(Self { name, title, directed, summary: Summary::default(), graph })
    }
}

fn links(
    table: &Table,
    source: usize,
    target: usize,
    column: &impl Fn(&str) -> Option<usize>,
) -> BTreeMap<Key, Link> {
    let optional = ["kind", "weight", "start", "end", "event", "evidence"].map(column);
    let mut links = BTreeMap::<Key, Link>::new();
    for row in &table.rows {
        let [kind, weight, start, end, event, evidence] =
            optional.map(|index| index.and_then(|index| text(row[index].as_ref())));
        let (Some(source), Some(target)) = (text(row[source].as_ref()), text(row[target].as_ref())) else {
            continue;
        };
        let link = links.entry((source, target, kind.unwrap_or_default())).or_default();
        link.rows += 1;
        if let Some(weight) =
            weight.and_then(|weight| weight.parse::<f64>().ok()).filter(|weight| weight.is_finite())
        {
            link.weight = Some(link.weight.unwrap_or_default() + weight);
        }
        link.ends.extend(end.or_else(|| start.clone()));
        link.dates.extend(start);
        link.events.extend(event);
        link.evidence.extend(evidence);
    }
    links
}

/// Counts each two members of each group in one pass.
fn pairs(table: &Table, group: usize, member: usize) -> BTreeMap<Key, Link> {
    let mut groups = BTreeMap::<String, BTreeSet<String>>::new();
    for row in &table.rows {
        if let (Some(group), Some(member)) = (text(row[group].as_ref()), text(row[member].as_ref())) {
            groups.entry(group).or_default().insert(member);
        }
    }
    let mut links = BTreeMap::<Key, Link>::new();
    for (group, members) in &groups {
        let members: Vec<&String> = members.iter().collect();
        for (index, first) in members.iter().enumerate() {
            for second in &members[index + 1..] {
                let link = links.entry(((*first).clone(), (*second).clone(), String::new())).or_default();
                link.rows += 1;
                link.evidence.insert(group.clone());
            }
        }
    }
    links
}

fn text(term: Option<&Term>) -> Option<String> {
    match term? {
        Term::NamedNode(node) => Some(node.as_str().to_owned()),
        Term::Literal(literal) => Some(literal.value().to_owned()),
        other => Some(other.to_string()),
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^52")]
fn graph_of(
    links: BTreeMap<Key, Link>,
    directed: bool,
    engine: &Engine,
    names: &Names,
) -> Result<DiGraph<Node, Edge>> {
    let mut graph = DiGraph::new();
    let mut ends = BTreeMap::new();
    for (source, target, _) in links.keys() {
        ends.insert(names.shorten(source), source.clone());
        ends.insert(names.shorten(target), target.clone());
    }
    let kinds = links.keys().map(|(_, _, kind)| kind.as_str()).filter(|kind| kind.contains("://"));
    let asked: BTreeSet<&str> = ends.values().map(String::as_str).chain(kinds).collect();
    let things = engine.things(&asked)?;
    let known = |iri: &str| things.get(iri).cloned().unwrap_or_default();
    let mut indexes = BTreeMap::new();
    for (id, iri) in ends {
        let thing = known(&iri);
        let kind = thing.kind(&iri, names);
        let mut labels = thing.labels;
        if labels.is_empty() {
            labels.insert(String::new(), local_name(&iri).to_owned());
        }
        indexes.insert(
            iri.clone(),
            graph.add_node(Node {
                id,
                iri,
                kind,
                labels,
                strength: 0,
                measures: Measures::default(),
                x: 0.0,
                y: 0.0,
            }),
        );
    }
    let mut edges: Vec<_> = Vec::with_capacity(links.len());
    for ((source, target, kind), link) in links {
        let labels = known(&kind).labels;
        let kind =
            if kind.is_empty() { if directed { "linked" } else { "together" } } else { local_name(&kind) }
                .to_owned();
        let quotes = if link.evidence.is_empty() { link.rows } else { link.evidence.len() as u64 };
        let events = link.events.len() as u64;
        let id = format!("{}--{kind}--{}", names.shorten(&source), names.shorten(&target));
        let evidence: BTreeSet<String> = link.evidence.iter().map(|iri| names.shorten(iri)).collect();
        edges.push((
            indexes[&source],
            indexes[&target],
            Edge {
                id,
                kind,
                labels,
                weight: link.weight.unwrap_or(quotes as f64),
                quotes,
                events,
                start: link.dates.first().cloned(),
                end: link.ends.last().cloned(),
                dates: link.dates.union(&link.ends).cloned().collect(),
                evidence: evidence.into_iter().collect(),
            },
        ));
    }
    edges.sort_by(|a, b| a.2.id.cmp(&b.2.id));
    for (source, target, edge) in edges {
        for end in [source, target] {
            let node: &mut Node = &mut graph[end];
            node.strength += edge.quotes;
        }
        graph.add_edge(source, target, edge);
    }
    Ok(graph)
}
