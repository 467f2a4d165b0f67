//! Values for the parameters of a query: bound as terms, never pasted into its text.

use super::Question;
use crate::date::Date;
use crate::names::Names;
use crate::problem::{Problem, nearest};
use crate::vocab as v;
use anyhow::Result;
use oxigraph::model::{Literal, NamedNode, Term};
use oxigraph::store::Store;
use spargebra::Query;
use spargebra::algebra::GraphPattern;
use spargebra::term::{GroundTerm, Variable};
use std::collections::BTreeSet;

/// The query with a table of values joined to what its WHERE finds.
pub(super) fn bind(
    question: &Question,
    store: &Store,
    names: &Names,
    values: &[(String, String)],
) -> Result<Query> {
    let mut query = question.query.clone();
    for (name, value) in values {
        let Some(parameter) = question.header.parameters.get(name) else {
            let known = question.header.parameters.keys();
            let list = if known.len() == 0 {
                "it has none".to_owned()
            } else {
                format!("it has {}", known.cloned().collect::<Vec<_>>().join(", "))
            };
            return Err(Problem::error(&question.file.path, format!("no parameter `{name}`"))
                .help(list)
                .into());
        };
        let terms = terms(store, names, &parameter.kind, value).map_err(|help| {
            Problem::error(
                &question.file.path,
                format!("`{value}` is no value for `{name}` ({})", parameter.kind),
            )
            .help(help)
        })?;
        let table = GraphPattern::Values {
            variables: vec![Variable::new_unchecked(name)],
            bindings: terms.into_iter().map(|term| vec![Some(term)]).collect(),
        };
        match &mut query {
            Query::Select { pattern, .. }
            | Query::Construct { pattern, .. }
            | Query::Describe { pattern, .. }
            | Query::Ask { pattern, .. } => {
                join(pattern, table);
            }
        }
    }
    Ok(query)
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
fn terms(store: &Store, names: &Names, kind: &str, value: &str) -> Result<Vec<GroundTerm>, String> {
    let one = |literal: Literal| Ok(vec![GroundTerm::Literal(literal)]);
    match kind {
        "date" => {
            let date = Date::parse(value).ok_or("dates are written 2020-03-27")?;
            one(Literal::new_typed_literal(date.earliest().to_string(), v::XSD_DATE))
        }
        "number" => one(Literal::new_typed_literal(
            value.parse::<i64>().map_err(|_| "a whole number, as 10")?.to_string(),
            v::XSD_INTEGER,
        )),
        "text" => one(Literal::new_simple_literal(value)),
        _ => things(store, names, value),
    }
}

/// Things by IRI, short name, label or code.
fn things(store: &Store, names: &Names, value: &str) -> Result<Vec<GroundTerm>, String> {
    let bare = value.trim_start_matches('<').trim_end_matches('>');
    if let Some(iri) = names.expand(bare).and_then(|iri| NamedNode::new(iri).ok()) {
        return Ok(vec![GroundTerm::NamedNode(iri)]);
    }
    let wanted = value.to_lowercase();
    let (mut found, mut labels) = (BTreeSet::new(), BTreeSet::new());
    for property in v::NAMING {
        for quad in store.quads_for_pattern(None, Some(property), None, None) {
            let quad = quad.map_err(|error| error.to_string())?;
            if let (Term::Literal(label), oxigraph::model::NamedOrBlankNode::NamedNode(subject)) =
                (quad.object, quad.subject)
            {
                if label.value().to_lowercase() == wanted {
                    found.insert(subject);
                }
                labels.insert(label.value().to_owned());
            }
        }
    }
    if found.is_empty() {
        let meant = nearest(value, labels.iter().map(String::as_str))
            .map(|label| format!("did you mean `{label}`? "))
            .unwrap_or_default();
        return Err(format!("{meant}give a name as the tables show it, a code, or an IRI"));
    }
    Ok(found.into_iter().map(GroundTerm::NamedNode).collect())
}
