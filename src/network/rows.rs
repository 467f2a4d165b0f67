//! Rows become a network, whether a query gave them, a table of edges or statements.
//!
//! Rows have `source` and `target`, and optionally `kind`, `weight`, `label`, `start`, `end`, `event` and
//! `evidence`; those that agree in source, target and kind are one edge. Or they have `group` and `member`:
//! every two members of a group are linked, as often as they share one.

use super::measure::{Measures, Summary};
use super::{Edge, Network, Node};
use crate::names::{Names, local_name};
use crate::problem::Problem;
use crate::query::{Answer, Engine, Question, Table, Thing};
use anyhow::Result;
use oxigraph::model::{Term, Triple};
use petgraph::graph::{DiGraph, NodeIndex};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Columns that are read, in the order in which a [`Rows`] has them.
pub(super) const COLUMNS: [&str; 11] =
    ["source", "target", "kind", "weight", "label", "start", "end", "event", "evidence", "group", "member"];
const SOURCE: usize = 0;
const TARGET: usize = 1;
const KIND: usize = 2;
const WEIGHT: usize = 3;
const LABEL: usize = 4;
const START: usize = 5;
const END: usize = 6;
const EVENT: usize = 7;
const EVIDENCE: usize = 8;
const GROUP: usize = 9;
const MEMBER: usize = 10;
/// No column at all.
const NONE: usize = COLUMNS.len();

/// One row: what stands under each of [`COLUMNS`].
pub(super) type Row<'a> = [Option<&'a str>; COLUMNS.len()];

/// All rows, and which columns there are at all.
pub(super) struct Rows<'a> {
    /// Where they are from, for messages.
    pub(super) origin: &'a Path,
    /// For each of [`COLUMNS`] whether it is there.
    pub(super) present: [bool; COLUMNS.len()],
    /// Each with its line or number.
    pub(super) all: Vec<(usize, Row<'a>)>,
}

/// A row with its source, target and kind, and its weight and evidence, if it has any.
type Keyed<'r, 'a> = ((usize, usize, &'a str), Option<f64>, Option<usize>, &'r Row<'a>);

/// What several rows say of one edge.
#[derive(Debug, Default)]
struct Link<'a> {
    source: usize,
    target: usize,
    kind: &'a str,
    rows: u64,
    weight: Option<f64>,
    label: Option<&'a str>,
    dates: Vec<&'a str>,
    ends: Vec<&'a str>,
    events: Vec<&'a str>,
    /// Numbers of what is evidence, in order.
    evidence: Vec<usize>,
}

/// What some columns name, in order of the short names, and which of them each row has in each column.
struct Named<'a> {
    all: Vec<(String, &'a str)>,
    of_rows: Vec<[Option<usize>; 2]>,
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
        let answer = question.ask(engine, names, values)?;
        let rows = match &answer {
            Answer::Table(table) => of_table(origin, table),
            Answer::Triples(triples) => of_triples(origin, triples),
            Answer::Truth(_) => of_triples(origin, &[]),
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
    let (ends, evidence, links, directed) = if rows.present[SOURCE] && rows.present[TARGET] {
        let (ends, evidence) = Named::both(rows, [SOURCE, TARGET], [EVIDENCE, NONE], names);
        let links = links(rows, &ends, &evidence)?;
        (ends, evidence, links, true)
    } else if rows.present[GROUP] && rows.present[MEMBER] {
        let (ends, groups) = Named::both(rows, [NONE, MEMBER], [GROUP, NONE], names);
        let links = pairs(&ends, &groups);
        (ends, groups, links, false)
    } else {
        let columns = COLUMNS.iter().zip(rows.present).filter(|(_, present)| *present);
        let columns = columns.map(|(name, _)| *name).collect::<Vec<_>>().join(" ");
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

fn of_table<'a>(origin: &'a Path, table: &'a Table) -> Rows<'a> {
    let column = |name: &str| table.variables.iter().position(|variable| variable.as_str() == name);
    let columns = COLUMNS.map(column);
    let row = |row: &'a Vec<Option<Term>>| columns.map(|index| text(row[index?].as_ref()?));
    Rows {
        origin,
        present: columns.map(|index| index.is_some()),
        all: (1..).zip(table.rows.iter().map(row)).collect(),
    }
}

/// A statement is an edge from its subject to its object, of the kind of its predicate; values are no nodes.
fn of_triples<'a>(origin: &'a Path, triples: &'a [Triple]) -> Rows<'a> {
    let mut present = [false; COLUMNS.len()];
    let mut rows = Vec::with_capacity(triples.len());
    for (number, triple) in (1..).zip(triples) {
        if let (oxigraph::model::NamedOrBlankNode::NamedNode(source), Term::NamedNode(target)) =
            (&triple.subject, &triple.object)
        {
            let mut row = [None; COLUMNS.len()];
            for (column, node) in [(SOURCE, source), (KIND, &triple.predicate), (TARGET, target)] {
                (row[column], present[column]) = (Some(node.as_str()), true);
            }
            rows.push((number, row));
        }
    }
    Rows { origin, present, all: rows }
}

fn text(term: &Term) -> Option<&str> {
    match term {
        Term::NamedNode(node) => Some(node.as_str()),
        Term::Literal(literal) => Some(literal.value()),
        _ => None,
    }
}

impl<'a> Named<'a> {
    /// What two sets of columns name.
    fn both(rows: &Rows<'a>, some: [usize; 2], others: [usize; 2], names: &Names) -> (Self, Self) {
        rayon::join(|| Self::of(rows, some, names), || Self::of(rows, others, names))
    }

    fn of(rows: &Rows<'a>, columns: [usize; 2], names: &Names) -> Self {
        let mut numbers = FxHashMap::default();
        let mut met = Vec::new();
        let mut number = |end: &'a str| {
            *numbers.entry(end).or_insert_with(|| {
                met.push(end);
                met.len() - 1
            })
        };
        let ends = rows
            .all
            .iter()
            .map(|(_, row)| columns.map(|column| row.get(column).copied().flatten().map(&mut number)));
        let mut of_rows: Vec<[Option<usize>; 2]> = ends.collect();
        let short = met.iter().enumerate().map(|(number, end)| (names.shorten(end), *end, number));
        let mut all: Vec<(String, &str, usize)> = short.collect();
        all.par_sort_unstable();
        let mut places = vec![0; all.len()];
        for (place, (_, _, number)) in all.iter().enumerate() {
            places[*number] = place;
        }
        for end in of_rows.iter_mut().flatten().flatten() {
            *end = places[*end];
        }
        Self { all: all.into_iter().map(|(name, end, _)| (name, end)).collect(), of_rows }
    }
}

/// The edges that rows name, in order of source, target and kind.
fn links<'a>(rows: &Rows<'a>, ends: &Named<'a>, evidence: &Named<'a>) -> Result<Vec<Link<'a>>> {
    let mut keyed = Vec::with_capacity(rows.all.len());
    let with_ends = rows.all.iter().zip(&ends.of_rows).zip(&evidence.of_rows);
    for (((number, row), [source, target]), [evidence, _]) in with_ends {
        let (Some(source), Some(target)) = (source, target) else { continue };
        let weight = row[WEIGHT].map(weight_of).transpose().map_err(|problem| {
            let help = "weights are numbers above zero, as 3 or 0.5; without any, rows are counted";
            Problem::error(rows.origin, problem).at(*number, 0).help(help)
        })?;
        keyed.push(((*source, *target, row[KIND].unwrap_or_default()), weight, *evidence, row));
    }
    // Stable: the first label of several is that of the first row.
    keyed.par_sort_by_key(|(key, ..)| *key);
    let together: Vec<_> = keyed.chunk_by(|a, b| a.0 == b.0).collect();
    Ok(together.into_par_iter().map(|rows| link(rows)).collect())
}

/// What rows that agree in source, target and kind say together.
fn link<'a>(rows: &[Keyed<'_, 'a>]) -> Link<'a> {
    let ((source, target, kind), ..) = rows[0];
    let different = |of: &dyn Fn(&Row<'a>) -> Option<&'a str>| {
        let mut all: Vec<&str> = rows.iter().filter_map(|(.., row)| of(row)).collect();
        all.sort_unstable();
        all.dedup();
        all
    };
    let weights = || rows.iter().filter_map(|(_, weight, ..)| *weight);
    let mut evidence: Vec<usize> = rows.iter().filter_map(|(_, _, evidence, _)| *evidence).collect();
    evidence.sort_unstable();
    evidence.dedup();
    Link {
        source,
        target,
        kind,
        rows: rows.len() as u64,
        weight: weights().next().map(|_| weights().sum()),
        label: rows.iter().find_map(|(.., row)| row[LABEL]),
        dates: different(&|row| row[START]),
        ends: different(&|row| row[END].or(row[START])),
        events: different(&|row| row[EVENT]),
        evidence,
    }
}

fn weight_of(text: &str) -> Result<f64, String> {
    let number = text.trim().parse::<f64>().ok().filter(|weight| weight.is_finite() && *weight > 0.0);
    number.ok_or_else(|| format!("`{text}` is no weight"))
}

/// Counts each two members of each group in one pass.
fn pairs<'a>(ends: &Named<'a>, groups: &Named<'a>) -> Vec<Link<'a>> {
    let rows = groups.of_rows.iter().zip(&ends.of_rows);
    let mut members: Vec<(usize, usize)> =
        rows.filter_map(|([group, _], [_, member])| (*group).zip(*member)).collect();
    members.par_sort_unstable();
    members.dedup();
    let mut links = FxHashMap::<(usize, usize), Link<'a>>::default();
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
            id: id.clone(),
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
        .map(|link| (link.source, link.target, edge_of(&link, ends, evidence, directed, things)))
        .collect();
    edges.par_sort_by(|a, b| a.2.id.cmp(&b.2.id));
    for (source, target, edge) in edges {
        for end in [source, target] {
            graph[NodeIndex::new(end)].strength += edge.quotes;
        }
        graph.add_edge(NodeIndex::new(source), NodeIndex::new(target), edge);
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
    let evidence: Vec<String> = link.evidence.iter().map(|number| evidence.all[*number].0.clone()).collect();
    let quotes = if evidence.is_empty() { link.rows } else { evidence.len() as u64 };
    Edge {
        id: format!("{}--{kind}--{}", ends.all[link.source].0, ends.all[link.target].0),
        kind: kind.to_owned(),
        labels,
        weight: link.weight.unwrap_or(quotes as f64),
        quotes,
        events: link.events.len() as u64,
        start: link.dates.first().map(|date| (*date).to_owned()),
        end: link.ends.last().map(|date| (*date).to_owned()),
        dates: dates.into_iter().map(str::to_owned).collect(),
        evidence,
    }
}
