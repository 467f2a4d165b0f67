//! Rows become a network.
//!
//! Rows have `source` and `target`, and optionally `kind`, `weight`, `label`, `start`, `end`, `event` and
//! `evidence`; those that agree in source, target and kind are one edge. Or they have `group` and `member`:
//! every two members of a group are linked, as often as they share one.

use super::measure::{Measures, Summary};
use super::rows::{END, EVENT, EVIDENCE, GROUP, KIND, LABEL, MEMBER, Rows, SOURCE, START, TARGET};
use super::{Edge, Network, Node};
use crate::names::{Names, local_name};
use crate::problem::Problem;
use crate::query::{Engine, Question, Thing, distinct};
use anyhow::Result;
use oxigraph::sparql::QueryResults;
use petgraph::graph::{DiGraph, NodeIndex};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

/// What several rows say of one edge, those that agree in source, target and kind.
#[derive(Debug, Default)]
struct Link<'r> {
    source: u32,
    target: u32,
    kind: &'r str,
    rows: u64,
    weight: Option<f64>,
    label: Option<&'r str>,
    dates: Vec<&'r str>,
    ends: Vec<&'r str>,
    events: usize,
    /// Numbers of what is evidence, in order.
    evidence: Vec<u32>,
}

/// What some columns name, in order of the short names.
struct Named<'r> {
    all: Vec<(Arc<str>, &'r str)>,
    /// Of each text of the rows its number here, if it is named in these columns.
    numbers: Vec<u32>,
}

impl Network {
    /// Asks the question, with values for some of its parameters, and builds the network of its rows or
    /// statements; nodes have no place yet.
    ///
    /// # Errors
    /// When the query fails or gives other columns.
    pub fn of(
        question: &Question,
        engine: &Engine,
        names: &Names,
        values: &[(String, String)],
    ) -> Result<Self> {
        let origin = Path::new(&question.name);
        let rows = match question.results(engine, names, values)? {
            QueryResults::Solutions(solutions) => Rows::of_solutions(origin, solutions)?,
            QueryResults::Graph(triples) => Rows::of_triples(origin, &distinct(triples)?)?,
            QueryResults::Boolean(_) => Rows::of_triples(origin, &[])?,
        };
        let things = |iris: &BTreeSet<&str>| engine.things(iris);
        of_rows(&question.name, &question.header.summary, &rows, names, things)
    }
}

/// A network of rows; `things` says what is known of IRIs.
pub(super) fn of_rows(
    name: &str,
    title: &str,
    rows: &Rows<'_>,
    names: &Names,
    things: impl FnOnce(&BTreeSet<&str>) -> Result<BTreeMap<String, Thing>>,
) -> Result<Network> {
    let (ends, evidence, links, directed) = if rows.has(SOURCE) && rows.has(TARGET) {
        let (ends, evidence) = Named::both(rows, &[SOURCE, TARGET], EVIDENCE, names);
        let links = links(rows, &ends, &evidence);
        (ends, evidence, links, true)
    } else if rows.has(GROUP) && rows.has(MEMBER) {
        let (ends, groups) = Named::both(rows, &[MEMBER], GROUP, names);
        let links = pairs(rows, &ends, &groups);
        (ends, groups, links, false)
    } else {
        let columns = rows.columns().collect::<Vec<_>>().join(" ");
        let found =
            if columns.is_empty() { "there are none of them".into() } else { format!("found: {columns}") };
        return Err(Problem::error(rows.origin, "no network can be made of these columns")
            .help(format!("it takes source and target, or group and member; {found}"))
            .into());
    };
    let kinds = links.iter().map(|link| link.kind).filter(|kind| kind.contains("://"));
    let asked: BTreeSet<&str> = ends.all.iter().map(|(_, iri)| *iri).chain(kinds).collect();
    let mut graph = graph_of(&ends, &evidence, links, directed, &things(&asked)?, names);
    let (name, title) = (name.to_owned(), title.to_owned());
    let removed = remove_controls(&mut graph);
    Ok(Network { name, title, directed, removed, summary: Summary::default(), graph })
}

impl<'r> Named<'r> {
    /// What the ends of links are, and what is evidence of them.
    fn both(rows: &'r Rows<'_>, ends: &[usize], evidence: usize, names: &Names) -> (Self, Self) {
        rayon::join(|| Self::of(rows, ends, names), || Self::of(rows, &[evidence], names))
    }

    fn of(rows: &'r Rows<'_>, columns: &[usize], names: &Names) -> Self {
        let mut are_named = vec![false; rows.texts()];
        for row in 0..rows.len() {
            for text in columns.iter().filter_map(|column| rows.number(row, *column)) {
                are_named[text] = true;
            }
        }
        let these = are_named.into_par_iter().enumerate().filter(|(_, is_named)| *is_named);
        let short = these.map(|(text, _)| {
            let whole = rows.numbered(text);
            (Arc::from(names.shorten(whole)), whole, text)
        });
        let mut all: Vec<(Arc<str>, &str, usize)> = short.collect();
        all.par_sort_unstable();
        let mut numbers = vec![u32::MAX; rows.texts()];
        for (number, (.., text)) in (0..).zip(&all) {
            numbers[*text] = number;
        }
        Self { all: all.into_iter().map(|(name, whole, _)| (name, whole)).collect(), numbers }
    }

    /// The short name of this number.
    fn name(&self, number: u32) -> &Arc<str> {
        &self.all[number as usize].0
    }

    /// The number of what a row names in one of the columns.
    fn number(&self, rows: &Rows<'_>, row: usize, column: usize) -> Option<u32> {
        rows.number(row, column).map(|text| self.numbers[text])
    }
}

/// The edges that rows name, in order of source, target and kind.
fn links<'r>(rows: &'r Rows<'_>, ends: &Named<'_>, evidence: &Named<'_>) -> Vec<Link<'r>> {
    let key = |row: usize| {
        let [source, target] = [SOURCE, TARGET].map(|column| ends.number(rows, row, column));
        Some((source?, target?, rows.text(row, KIND).unwrap_or_default(), row))
    };
    // In the order of rows where all else is the same: the first label of several is that of the first row.
    let mut keys: Vec<_> = (0..rows.len()).filter_map(key).collect();
    keys.par_sort_unstable();
    let together: Vec<_> = keys.chunk_by(|a, b| (a.0, a.1, a.2) == (b.0, b.1, b.2)).collect();
    let link = |same: &&[(u32, u32, &'r str, usize)]| {
        let (source, target, kind, _) = same[0];
        let numbers: Vec<usize> = same.iter().map(|(.., row)| *row).collect();
        Link { source, target, kind, ..link(rows, &numbers, evidence) }
    };
    together.par_iter().map(link).collect()
}

/// What rows say together, besides their ends and kind.
fn link<'r>(rows: &'r Rows<'_>, same: &[usize], evidence: &Named<'_>) -> Link<'r> {
    let text = |column| move |row: &usize| rows.text(*row, column);
    let weights = || same.iter().filter_map(|row| rows.weight(*row));
    Link {
        rows: same.len() as u64,
        weight: weights().next().map(|_| weights().sum()),
        label: same.iter().find_map(text(LABEL)),
        dates: in_order(same.iter().filter_map(text(START))),
        ends: in_order(same.iter().filter_map(|row| text(END)(row).or_else(|| text(START)(row)))),
        events: in_order(same.iter().filter_map(text(EVENT))).len(),
        evidence: in_order(same.iter().filter_map(|row| evidence.number(rows, *row, EVIDENCE))),
        ..Link::default()
    }
}

/// All that are different.
fn in_order<T: Ord>(all: impl Iterator<Item = T>) -> Vec<T> {
    let mut all: Vec<T> = all.collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Counts each two members of each group in one pass.
fn pairs<'r>(rows: &Rows<'_>, ends: &Named<'_>, groups: &Named<'_>) -> Vec<Link<'r>> {
    let both = |row| groups.number(rows, row, GROUP).zip(ends.number(rows, row, MEMBER));
    let mut members: Vec<(u32, u32)> = (0..rows.len()).filter_map(both).collect();
    members.par_sort_unstable();
    members.dedup();
    let mut links = FxHashMap::<(u32, u32), Link<'r>>::default();
    for group in members.chunk_by(|a, b| a.0 == b.0) {
        for (index, (number, source)) in group.iter().enumerate() {
            for (_, target) in &group[index + 1..] {
                let new = || Link { source: *source, target: *target, ..Link::default() };
                let link = links.entry((*source, *target)).or_insert_with(new);
                link.rows += 1;
                // Groups come in order, and each member of one once.
                link.evidence.push(*number);
            }
        }
    }
    let mut links: Vec<_> = links.into_values().collect();
    links.sort_unstable_by_key(|link| (link.source, link.target));
    links
}

fn graph_of(
    ends: &Named<'_>,
    evidence: &Named<'_>,
    links: Vec<Link<'_>>,
    directed: bool,
    things: &BTreeMap<String, Thing>,
    names: &Names,
) -> DiGraph<Node, Edge> {
    let mut graph = DiGraph::with_capacity(ends.all.len(), links.len());
    let unknown = Thing::default();
    for (id, iri) in &ends.all {
        let thing = things.get(*iri).unwrap_or(&unknown);
        let mut labels = thing.labels.clone();
        if labels.is_empty() {
            labels.insert(String::new(), local_name(iri).to_owned());
        }
        graph.add_node(Node {
            id: id.as_ref().to_owned(),
            iri: (*iri).to_owned(),
            kind: thing.kind(iri, names),
            labels,
            strength: 0,
            measures: Measures::default(),
            x: 0.0,
            y: 0.0,
        });
    }
    let mut edges: Vec<_> = links
        .into_par_iter()
        .map(|link| ([link.source, link.target], edge_of(&link, ends, evidence, directed, things)))
        .collect();
    edges.par_sort_by(|a, b| a.1.id.cmp(&b.1.id));
    for (ends, edge) in edges {
        let [source, target] = ends.map(|end| NodeIndex::new(end as usize));
        for end in [source, target] {
            graph[end].strength += edge.quotes;
        }
        graph.add_edge(source, target, edge);
    }
    graph
}

/// Takes out of all words the control characters that no format has a place for, and counts them; they come from
/// scanned pages. Tabs and ends of lines stay, for each format to write as it can.
fn remove_controls(graph: &mut DiGraph<Node, Edge>) -> usize {
    let is_control = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r');
    let is_no_character = |c: char| matches!(c, '\u{fffe}' | '\u{ffff}');
    let mut removed = 0;
    let mut clean = |text: &mut String| {
        if text.contains(|c| is_control(c) || is_no_character(c)) {
            let before = text.chars().count();
            text.retain(|c| !is_control(c) && !is_no_character(c));
            removed += before - text.chars().count();
        }
    };
    for node in graph.node_weights_mut() {
        node.labels.values_mut().for_each(&mut clean);
    }
    for edge in graph.edge_weights_mut() {
        edge.labels.values_mut().for_each(&mut clean);
    }
    removed
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^52")]
fn edge_of(
    link: &Link<'_>,
    ends: &Named<'_>,
    evidence: &Named<'_>,
    directed: bool,
    things: &BTreeMap<String, Thing>,
) -> Edge {
    let mut labels = things.get(link.kind).map(|thing| thing.labels.clone()).unwrap_or_default();
    if let Some(label) = link.label {
        labels = BTreeMap::from([(String::new(), label.to_owned())]);
    }
    let kind = match link.kind {
        "" if directed => "linked",
        "" => "together",
        kind => local_name(kind),
    };
    let mut dates: Vec<&str> = link.dates.iter().chain(&link.ends).copied().collect();
    dates.sort_unstable();
    dates.dedup();
    let evidence: Vec<Arc<str>> = link.evidence.iter().map(|number| evidence.name(*number).clone()).collect();
    let quotes = if evidence.is_empty() { link.rows } else { evidence.len() as u64 };
    Edge {
        id: format!("{}--{kind}--{}", ends.name(link.source), ends.name(link.target)),
        kind: kind.to_owned(),
        labels,
        weight: link.weight.unwrap_or(quotes as f64),
        quotes,
        events: link.events as u64,
        start: link.dates.first().map(|date| (*date).to_owned()),
        end: link.ends.last().map(|date| (*date).to_owned()),
        dates: dates.into_iter().map(str::to_owned).collect(),
        evidence,
    }
}
