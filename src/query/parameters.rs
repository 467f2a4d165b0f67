//! Values for the parameters of a query: bound as terms, never pasted into its text.

use super::{Engine, Question};
use crate::date::Date;
use crate::names::Names;
use crate::problem::{Problem, nearest};
use crate::vocab as v;
use anyhow::Result;
use oxigraph::model::{Literal, NamedNode};
use spargebra::Query;
use spargebra::algebra::GraphPattern;
use spargebra::term::{GroundTerm, Variable};
use std::collections::{BTreeMap, BTreeSet};

/// The query with a table of values joined to what its WHERE finds; a parameter that is set twice
/// takes either value.
pub(super) fn bind(
    question: &Question,
    engine: &Engine,
    names: &Names,
    values: &[(String, String)],
) -> Result<Query> {
    let mut tables = BTreeMap::<&str, Vec<Vec<Option<GroundTerm>>>>::new();
    for (name, value) in values {
        let Some(parameter) = question.header.parameters.get(name) else {
            let known: Vec<&str> = question.header.parameters.keys().map(String::as_str).collect();
            let list = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
            return Err(Problem::error(&question.file.path, format!("no parameter `{name}`"))
                .help(format!("the question has {list}"))
                .into());
        };
        let terms = terms(engine, names, &parameter.kind, value).map_err(|help| {
            let message = format!("`{value}` is no value for `{name}` ({})", parameter.kind);
            Problem::error(&question.file.path, message).help(help)
        })?;
        tables.entry(name).or_default().extend(terms.into_iter().map(|term| vec![Some(term)]));
    }
    if let (Some(from), Some(to)) = (tables.get("from"), tables.get("to"))
        && day_of(from) > day_of(to)
    {
        let message = "`from` is a day after `to`: nothing lies between them";
        return Err(Problem::error(&question.file.path, message).help("turn them round").into());
    }
    let mut query = question.query.clone();
    for (name, mut bindings) in tables {
        bindings.sort_by_key(|binding| format!("{binding:?}"));
        bindings.dedup();
        if bindings.len() > 1 {
            let kind = question.header.parameters[name].kind.as_str();
            if kind != "thing" {
                let message = format!("`{name}` is set to several values");
                return Err(Problem::error(&question.file.path, message)
                    .help(format!("one {kind} can be meant; of things any that fits is taken"))
                    .into());
            }
            each_row_once(&mut query);
        }
        let table = GraphPattern::Values { variables: vec![Variable::new_unchecked(name)], bindings };
        match &mut query {
            Query::Select { pattern, .. }
            | Query::Construct { pattern, .. }
            | Query::Describe { pattern, .. }
            | Query::Ask { pattern, .. } => join(pattern, table),
        }
    }
    Ok(query)
}

/// The day that is bound, as text that sorts as days do.
fn day_of(bindings: &[Vec<Option<GroundTerm>>]) -> Option<&str> {
    match bindings.first()?.first()? {
        Some(GroundTerm::Literal(day)) => Some(day.value()),
        _ => None,
    }
}

/// A row that fits several of the values set is one row.
fn each_row_once(query: &mut Query) {
    let Query::Select { pattern, .. } = query else { return };
    let projection = match pattern {
        GraphPattern::Slice { inner, .. } => inner.as_mut(),
        whole => whole,
    };
    if matches!(projection, GraphPattern::Project { .. }) {
        let inner = std::mem::replace(projection, GraphPattern::Bgp { patterns: Vec::new() });
        *projection = GraphPattern::Distinct { inner: Box::new(inner) };
    }
}

/// Joins below everything that works on finished rows (grouping, ordering, projection), so that the
/// values restrict what is found and not what was counted.
fn join(pattern: &mut GraphPattern, table: GraphPattern) {
    match pattern {
        GraphPattern::Project { inner, .. }
        | GraphPattern::Distinct { inner }
        | GraphPattern::Reduced { inner }
        | GraphPattern::Slice { inner, .. }
        | GraphPattern::OrderBy { inner, .. }
        | GraphPattern::Extend { inner, .. }
        | GraphPattern::Filter { inner, .. }
        | GraphPattern::Group { inner, .. } => join(inner, table),
        found => {
            let right = std::mem::replace(found, GraphPattern::Bgp { patterns: Vec::new() });
            *found = GraphPattern::Join { left: Box::new(table), right: Box::new(right) };
        }
    }
}

/// What a value typed by a person means; otherwise what to do about it.
fn terms(engine: &Engine, names: &Names, kind: &str, value: &str) -> Result<Vec<GroundTerm>, String> {
    let one = |literal: Literal| Ok(vec![GroundTerm::Literal(literal)]);
    match kind {
        "date" => {
            let day = Date::parse(value).filter(|date| matches!(date, Date::Day(_)));
            let day =
                day.ok_or("give a day, as 2020-03-27: the first or the last of a month, as you mean it")?;
            one(Literal::new_typed_literal(day.to_string(), v::XSD_DATE))
        }
        "number" => one(Literal::new_typed_literal(
            value.parse::<i64>().map_err(|_| "a whole number, as 10")?.to_string(),
            v::XSD_INTEGER,
        )),
        "text" => one(Literal::new_simple_literal(value)),
        _ => things(engine, names, value),
    }
}

/// Things by IRI, short name, label or code.
fn things(engine: &Engine, names: &Names, value: &str) -> Result<Vec<GroundTerm>, String> {
    let bare = value.trim_start_matches('<').trim_end_matches('>');
    if let Some(iri) = names.expand(bare).and_then(|iri| NamedNode::new(iri).ok()) {
        return Ok(vec![GroundTerm::NamedNode(iri)]);
    }
    let (found, labels) = engine.called(value).map_err(|error| format!("{error:#}"))?;
    if found.is_empty() {
        return Err(format!("{}give a name as the tables show it, a code, or an IRI", meant(value, &labels)));
    }
    Ok(found.into_iter().map(GroundTerm::NamedNode).collect())
}

/// Names that hold what was typed, or else the one most like it.
fn meant(value: &str, labels: &BTreeSet<String>) -> String {
    /// Of many, so many are told.
    const TOLD: usize = 5;
    /// Characters of the longest that is told.
    const LONGEST: usize = 60;
    let wanted = value.to_lowercase();
    // Whole sentences, as titles of sections are, are not what was meant.
    let short = |label: &&String| label.chars().count() <= LONGEST;
    let holding = labels.iter().filter(short).filter(|label| label.to_lowercase().contains(&wanted));
    let mut holding: Vec<&String> = holding.collect();
    holding.sort_by_key(|label| label.chars().count());
    let mut holding: Vec<String> = holding.iter().take(TOLD).map(|label| format!("`{label}`")).collect();
    if holding.is_empty() {
        let near = nearest(value, labels.iter().map(String::as_str));
        holding.extend(near.map(|label| format!("`{label}`")));
    }
    if holding.is_empty() { String::new() } else { format!("did you mean {}? ", holding.join(" or ")) }
}
