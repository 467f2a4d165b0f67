//! One statement a line, byte by byte: N-Triples and N-Quads, <https://www.w3.org/TR/n-triples/#canonical-ntriples>.
//!
//! The library's serializer checks and formats each character; of millions of statements that takes most of the
//! time. A test holds these bytes equal to its own, for any record.

use oxigraph::model::vocab;
use oxigraph::model::{
    GraphNameRef, LiteralRef, NamedNodeRef, NamedOrBlankNodeRef, QuadRef, TermRef, TripleRef,
};
use std::io::Write as _;

/// Appends a statement as a line of N-Triples, or of N-Quads where it is in a graph.
pub fn push_line(out: &mut Vec<u8>, triple: TripleRef<'_>, graph: Option<&str>) {
    let graph = graph.map(|graph| NamedNodeRef::new_unchecked(graph).into());
    push_quad(out, triple.in_graph(graph.unwrap_or(GraphNameRef::DefaultGraph)));
}

/// Appends a statement as a line of N-Quads, which is one of N-Triples where it is in no graph.
pub(super) fn push_quad(out: &mut Vec<u8>, quad: QuadRef<'_>) {
    match quad.subject {
        NamedOrBlankNodeRef::NamedNode(node) => push_iri(out, node.as_str()),
        NamedOrBlankNodeRef::BlankNode(node) => push_name(out, node.as_str()),
    }
    out.push(b' ');
    push_iri(out, quad.predicate.as_str());
    out.push(b' ');
    match quad.object {
        TermRef::NamedNode(node) => push_iri(out, node.as_str()),
        TermRef::BlankNode(node) => push_name(out, node.as_str()),
        TermRef::Literal(literal) => push_literal(out, literal),
        #[allow(unreachable_patterns, reason = "whatever RDF adds, and features of the library")]
        other => write!(out, "{other}").unwrap_or_default(),
    }
    match quad.graph_name {
        GraphNameRef::NamedNode(graph) => {
            out.push(b' ');
            push_iri(out, graph.as_str());
        }
        GraphNameRef::BlankNode(graph) => {
            out.push(b' ');
            push_name(out, graph.as_str());
        }
        GraphNameRef::DefaultGraph => {}
    }
    out.extend_from_slice(b" .\n");
}

fn push_iri(out: &mut Vec<u8>, iri: &str) {
    out.reserve(iri.len() + 8);
    out.push(b'<');
    out.extend_from_slice(iri.as_bytes());
    out.push(b'>');
}

fn push_name(out: &mut Vec<u8>, name: &str) {
    out.extend_from_slice(b"_:");
    out.extend_from_slice(name.as_bytes());
}

fn push_literal(out: &mut Vec<u8>, literal: LiteralRef<'_>) {
    out.push(b'"');
    push_escaped(out, literal.value());
    out.push(b'"');
    if let Some(language) = literal.language() {
        out.push(b'@');
        out.extend_from_slice(language.as_bytes());
    } else if literal.datatype() != vocab::xsd::STRING {
        out.extend_from_slice(b"^^");
        push_iri(out, literal.datatype().as_str());
    }
}

fn push_escaped(out: &mut Vec<u8>, text: &str) {
    let bytes = text.as_bytes();
    let is_special = |byte: u8| byte < b' ' || matches!(byte, b'"' | b'\\' | 0x7f);
    // Looking at all of them, without stopping, is what the compiler makes fast; most texts have none.
    if !bytes.iter().fold(false, |found, byte| found | is_special(*byte)) {
        out.extend_from_slice(bytes);
        return;
    }
    let mut done = 0;
    for (at, byte) in bytes.iter().enumerate().filter(|(_, byte)| is_special(**byte)) {
        out.extend_from_slice(&bytes[done..at]);
        done = at + 1;
        match byte {
            b'\x08' => out.extend_from_slice(b"\\b"),
            b'\t' => out.extend_from_slice(b"\\t"),
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\x0c' => out.extend_from_slice(b"\\f"),
            b'\r' => out.extend_from_slice(b"\\r"),
            b'"' => out.extend_from_slice(b"\\\""),
            b'\\' => out.extend_from_slice(b"\\\\"),
            _ => write!(out, "\\u{byte:04X}").unwrap_or_default(),
        }
    }
    out.extend_from_slice(&bytes[done..]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxigraph::io::{RdfFormat, RdfSerializer};
    use oxigraph::model::{BlankNode, Literal, NamedNode, Term, Triple};
    use proptest::prelude::*;

    /// Any text, with those characters more often that have to be written otherwise.
    fn text() -> impl Strategy<Value = String> {
        let special = proptest::sample::select(
            "\u{0}\u{8}\t\n\u{b}\u{c}\r\u{1f}\"\\\u{7f}\u{80}\u{2028}é中😀".chars().collect::<Vec<_>>(),
        );
        proptest::collection::vec(prop_oneof![special, any::<char>()], 0..40)
            .prop_map(|characters| characters.into_iter().collect())
    }

    fn term() -> impl Strategy<Value = Term> {
        let plain = text().prop_map(|text| Literal::new_simple_literal(text).into());
        let tagged =
            text().prop_map(|text| Literal::new_language_tagged_literal_unchecked(text, "zh-hant").into());
        let typed = text().prop_map(|text| {
            Literal::new_typed_literal(text, NamedNode::new_unchecked("http://example.org/type")).into()
        });
        let node = "[a-z中]{1,8}"
            .prop_map(|name| NamedNode::new_unchecked(format!("http://example.org/{name}")).into());
        let blank = "[a-z]{1,8}".prop_map(|name| BlankNode::new_unchecked(name).into());
        prop_oneof![plain, tagged, typed, node, blank]
    }

    proptest! {
        #[test]
        fn lines_are_those_of_the_library(object in term(), graph in proptest::bool::ANY) {
            let node = NamedNode::new_unchecked("http://example.org/s");
            let triple = Triple::new(node.clone(), node.clone(), object);
            let (format, name) = if graph { (RdfFormat::NQuads, Some(node.as_str())) } else { (RdfFormat::NTriples, None) };
            let mut expected = RdfSerializer::from_format(format).for_writer(Vec::new());
            if graph {
                expected.serialize_quad(triple.as_ref().in_graph(&node)).unwrap();
            } else {
                expected.serialize_triple(&triple).unwrap();
            }
            let mut lines = Vec::new();
            push_line(&mut lines, triple.as_ref(), name);
            prop_assert_eq!(String::from_utf8(lines).unwrap(), String::from_utf8(expected.finish().unwrap()).unwrap());
        }
    }
}
