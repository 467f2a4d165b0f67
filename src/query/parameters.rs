//! Values for the parameters of a query: whatever is typed becomes a term before it is bound.

use super::insert::with_values;
use super::{Engine, Question};
use crate::date::Date;
use crate::names::Names;
use crate::problem::{Problem, nearest};
use crate::vocab as v;
use anyhow::Result;
use oxigraph::model::{Literal, NamedNode};
use spargebra::term::GroundTerm;
use spargebra::{Query, SparqlParser};
use std::collections::{BTreeMap, BTreeSet};

/// The query with a table of values joined to what its WHERE finds, and its text; a thing that is set several times
/// takes any of its values.
pub(super) fn bind(
    question: &Question,
    engine: &Engine,
    names: &Names,
    values: &[(String, String)],
) -> Result<(Query, String)> {
    if values.is_empty() {
        return Ok((question.query.clone(), question.sent.clone()));
    }
    let problem = |message: String, help: String| Problem::error(&question.file.path, message).help(help);
    let mut tables = BTreeMap::<&str, Vec<GroundTerm>>::new();
    for (name, value) in values {
        let Some(parameter) = question.header.parameters.get(name) else {
            let known: Vec<&str> = question.header.parameters.keys().map(String::as_str).collect();
            let list = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
            return Err(problem(format!("no parameter `{name}`"), format!("the question has {list}")).into());
        };
        let terms = terms(engine, names, &parameter.kind, value).map_err(|help| {
            problem(format!("`{value}` is no value for `{name}` ({})", parameter.kind), help)
        })?;
        tables.entry(name).or_default().extend(terms);
    }
    for (name, terms) in &mut tables {
        terms.sort_by_cached_key(ToString::to_string);
        terms.dedup();
        let kind = question.header.parameters[*name].kind.as_str();
        if terms.len() > 1 && kind != "thing" {
            let help = format!("one {kind} can be meant; of things any that fits is taken");
            return Err(problem(format!("`{name}` is set to several values"), help).into());
        }
    }
    if let (Some(from), Some(to)) = (tables.get("from"), tables.get("to"))
        && day_of(from) > day_of(to)
    {
        let message = "`from` is a day after `to`: nothing lies between them";
        return Err(problem(message.to_owned(), "turn them round".to_owned()).into());
    }
    // A row that fits several of the values is one row.
    let several = tables.values().any(|terms| terms.len() > 1);
    let text = with_values(&question.sent, &question.query, &tables, several);
    let parsed = text.and_then(|text| Some((SparqlParser::new().parse_query(&text).ok()?, text)));
    let bound = parsed.ok_or_else(|| {
        let help = "the WHERE of a query with parameters begins with what it looks for, in brackets";
        problem("the query has no place for values".to_owned(), help.to_owned())
    })?;
    Ok(bound)
}

/// The day that is bound, as text that sorts as days do.
fn day_of(terms: &[GroundTerm]) -> Option<&str> {
    match terms.first()? {
        GroundTerm::Literal(day) => Some(day.value()),
        _ => None,
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
