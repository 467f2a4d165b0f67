//! JSON-LD 1.1 in its compact form, which oxigraph does not write: a context with the prefixes and
//! with what kind of value each property has, then one object for each subject.

use super::{iri, parts, used_prefixes};
use crate::names::Names;
use anyhow::Result;
use oxigraph::model::{LiteralRef, TermRef, TripleRef};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::io::Write;

const XSD_STRING: &str = "http://www.w3.org/2001/XMLSchema#string";

/// Writes statements that are sorted by subject and predicate.
pub(super) fn write(triples: &[TripleRef<'_>], names: &Names, mut out: impl Write) -> Result<()> {
    let kinds = kinds(triples);
    let iris = triples.iter().flat_map(|triple| parts(*triple)).filter_map(iri);
    let used = used_prefixes(iris, names);
    let mut context: Map<String, Value> = names
        .prefixes()
        .iter()
        .filter(|(name, _)| used.contains(name.as_str()))
        .map(|(name, iri)| (name.clone(), json!(iri)))
        .collect();
    for (property, kind) in &kinds {
        if let Some(coerced) = kind.as_deref().filter(|kind| *kind != XSD_STRING) {
            let kind = if coerced == "@id" { coerced.to_owned() } else { names.shorten(coerced) };
            context.insert(names.shorten(property), json!({"@id": property, "@type": kind}));
        }
    }
    writeln!(out, "{{\n\"@context\": {},\n\"@graph\": [", serde_json::to_string_pretty(&context)?)?;
    for (index, group) in triples.chunk_by(|a, b| a.subject == b.subject).enumerate() {
        if index > 0 {
            writeln!(out, ",")?;
        }
        write!(out, "{}", serde_json::to_string(&node(group, &kinds, names))?)?;
    }
    writeln!(out, "\n]\n}}")?;
    Ok(())
}

/// For each property the one kind that all its values have (`@id` or a datatype), or none.
fn kinds<'t>(triples: &[TripleRef<'t>]) -> BTreeMap<&'t str, Option<String>> {
    let mut kinds = BTreeMap::<&str, Option<String>>::new();
    for triple in triples.iter().filter(|triple| triple.predicate != crate::vocab::TYPE) {
        let kind = match triple.object {
            TermRef::NamedNode(_) => Some("@id".to_owned()),
            TermRef::Literal(literal) if literal.language().is_none() => {
                Some(literal.datatype().as_str().to_owned())
            }
            _ => None,
        };
        let known = kinds.entry(triple.predicate.as_str()).or_insert_with(|| kind.clone());
        if *known != kind {
            *known = None;
        }
    }
    kinds
}

fn node(group: &[TripleRef<'_>], kinds: &BTreeMap<&str, Option<String>>, names: &Names) -> Value {
    let subject = group[0].subject.to_string();
    let mut object = Map::new();
    object.insert("@id".to_owned(), json!(names.shorten(subject.trim_matches(['<', '>']))));
    for same in group.chunk_by(|a, b| a.predicate == b.predicate) {
        let property = same[0].predicate;
        let kind = kinds.get(property.as_str()).and_then(Option::as_deref);
        let mut values: Vec<Value> = same
            .iter()
            .map(|triple| value(triple.object, property == crate::vocab::TYPE, kind, names))
            .collect();
        let key = if property == crate::vocab::TYPE {
            "@type".to_owned()
        } else {
            names.shorten(property.as_str())
        };
        object.insert(key, if values.len() == 1 { values.remove(0) } else { Value::Array(values) });
    }
    Value::Object(object)
}

fn value(term: TermRef<'_>, is_type: bool, kind: Option<&str>, names: &Names) -> Value {
    match term {
        TermRef::NamedNode(node) if is_type || kind == Some("@id") => json!(names.shorten(node.as_str())),
        TermRef::NamedNode(node) => json!({"@id": names.shorten(node.as_str())}),
        TermRef::Literal(literal) => literal_value(literal, kind, names),
        other => json!({"@id": other.to_string()}),
    }
}

fn literal_value(literal: LiteralRef<'_>, kind: Option<&str>, names: &Names) -> Value {
    let datatype = literal.datatype().as_str();
    match literal.language() {
        Some(language) => json!({"@value": literal.value(), "@language": language}),
        None if datatype == XSD_STRING || kind == Some(datatype) => json!(literal.value()),
        None => json!({"@value": literal.value(), "@type": names.shorten(datatype)}),
    }
}
