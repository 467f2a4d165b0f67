//! Forms of answers, by the media types that HTTP calls them by, and what a client would rather have.

use crate::cli::{Form, Picture};
use crate::export::Format;
use crate::query::Style;

/// Media types and what is sent for them; of several for one form the first is said to be sent.
const TYPES: [(&str, Form); 21] = [
    ("application/sparql-results+json", Form::Table(Style::Json)),
    ("application/json", Form::Table(Style::Json)),
    ("application/sparql-results+xml", Form::Table(Style::Xml)),
    ("application/xml", Form::Table(Style::Xml)),
    ("text/csv", Form::Table(Style::Csv)),
    ("text/tab-separated-values", Form::Table(Style::Tsv)),
    ("text/xml", Form::Table(Style::Xml)),
    ("text/html", Form::Table(Style::Html)),
    ("text/markdown", Form::Table(Style::Markdown)),
    ("text/plain", Form::Table(Style::Table)),
    ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Form::Table(Style::Xlsx)),
    ("text/turtle", Form::Graph(Format::Turtle)),
    ("application/n-triples", Form::Graph(Format::NTriples)),
    ("text/plain", Form::Graph(Format::NTriples)),
    ("application/n-quads", Form::Graph(Format::NQuads)),
    ("application/trig", Form::Graph(Format::TriG)),
    ("application/rdf+xml", Form::Graph(Format::RdfXml)),
    ("application/ld+json", Form::Graph(Format::JsonLd)),
    ("application/json", Form::Graph(Format::JsonLd)),
    ("image/svg+xml", Form::Picture(Picture::Svg)),
    ("image/png", Form::Picture(Picture::Png)),
];

/// Forms of tables, graphs and pictures, the usual first.
pub(super) type Kind = fn(&Form) -> bool;
/// Rows.
pub(super) const TABLE: Kind = |form| matches!(form, Form::Table(_));
/// What is a list to programs.
pub(super) const LIST: Kind = |form| *form == Form::Table(Style::Json);
/// Statements.
pub(super) const GRAPH: Kind = |form| matches!(form, Form::Graph(_));

/// The media type of a form, with its encoding where it is text.
pub(super) fn type_of(form: Form) -> String {
    let name =
        TYPES.iter().find(|(_, known)| *known == form).map_or("application/octet-stream", |(name, _)| name);
    if name.starts_with("text/") { format!("{name}; charset=utf-8") } else { name.to_owned() }
}

/// The form of a kind that an `Accept` header would have most, by RFC 9110, section 12.5.1; `None` where it takes
/// none of them. Without a header, the usual one.
pub(super) fn wanted(accept: Option<&str>, kind: Kind) -> Option<Form> {
    wish_for(accept, kind).map(|(_, form)| form)
}

/// Whether a page is wanted more than any form of a kind.
pub(super) fn wants_a_page(accept: Option<&str>, kind: Kind) -> bool {
    let page = wish_for(accept, |form| *form == Form::Table(Style::Html)).map_or(0.0, |(wish, _)| wish);
    accept.is_some() && page > wish_for(accept, kind).map_or(0.0, |(wish, _)| wish)
}

/// The form of a kind that is wanted most, and how much.
fn wish_for(accept: Option<&str>, kind: Kind) -> Option<(f64, Form)> {
    let offered = || TYPES.iter().filter(|(_, form)| kind(form));
    let usual = offered().next().map(|(_, form)| (1.0, *form));
    let Some(accept) = accept.filter(|accept| !accept.trim().is_empty()) else { return usual };
    let ranges: Vec<(&str, f64)> = accept.split(',').map(range).collect();
    let mut best: Option<(f64, Form)> = None;
    for (name, form) in offered() {
        // The closest range counts; of forms that are wanted alike, the first offered.
        let fitting = ranges.iter().filter_map(|(range, wish)| Some((closeness(range, name)?, *wish)));
        let wish = fitting.max_by_key(|(closeness, _)| *closeness).map_or(0.0, |(_, wish)| wish);
        if wish > best.map_or(0.0, |(wish, _)| wish) {
            best = Some((wish, *form));
        }
    }
    best
}

/// A media range and how much it is wanted.
fn range(text: &str) -> (&str, f64) {
    let mut parts = text.split(';').map(str::trim);
    let name = parts.next().unwrap_or_default();
    let wish =
        parts.find_map(|part| part.strip_prefix("q=")).map_or(Some(1.0), |wish| wish.trim().parse().ok());
    (name, wish.unwrap_or(0.0))
}

/// How closely a range names a type.
fn closeness(range: &str, name: &str) -> Option<u8> {
    let group = name.split('/').next().unwrap_or_default();
    let range = range.to_ascii_lowercase();
    match range.as_str() {
        "*/*" | "*" => Some(0),
        range if range.strip_suffix("/*") == Some(group) => Some(1),
        range if range == name => Some(2),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_that_is_wanted_most_is_sent() {
        let table = |accept| wanted(accept, TABLE);
        assert_eq!(table(None), Some(Form::Table(Style::Json)));
        assert_eq!(table(Some("*/*")), Some(Form::Table(Style::Json)));
        assert_eq!(table(Some("text/csv;q=0.9, text/*;q=0.5")), Some(Form::Table(Style::Csv)));
        assert_eq!(
            table(Some("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")),
            Some(Form::Table(Style::Html))
        );
        assert_eq!(table(Some("text/turtle")), None);
        assert_eq!(table(Some("application/sparql-results+json;q=0, text/*")), Some(Form::Table(Style::Csv)));
        assert_eq!(
            wanted(Some("text/turtle;q=0.5, application/ld+json"), GRAPH),
            Some(Form::Graph(Format::JsonLd))
        );
        assert_eq!(wanted(Some("*/*"), GRAPH), Some(Form::Graph(Format::Turtle)));
    }

    #[test]
    fn a_page_is_for_those_who_want_it_most() {
        let page = |accept| wants_a_page(accept, GRAPH);
        assert!(page(Some("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")));
        for accept in ["*/*", "text/turtle, text/html;q=0.1", "text/html;q=0", "text/turtle, text/html"] {
            assert!(!page(Some(accept)), "{accept}");
        }
        assert!(!page(None));
    }
}
