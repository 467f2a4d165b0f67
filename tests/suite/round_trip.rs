//! Every serialisation holds the same statements, and the stream of `map` the same as the file.

use crate::support::{project, works};
use oxigraph::io::{JsonLdProfileSet, RdfFormat, RdfParser};
use std::collections::BTreeSet;

fn statements(text: &str, format: RdfFormat) -> BTreeSet<String> {
    let quads = RdfParser::from_format(format).for_slice(text.as_bytes());
    quads.map(|quad| oxigraph::model::Triple::from(quad.expect("a statement")).to_string()).collect()
}

#[test]
fn every_serialisation_holds_the_same_statements() {
    let export = |format: &str| works(project(), &["export", "--format", format]);
    let turtle = export("turtle");
    let expected = statements(&turtle, RdfFormat::Turtle);
    assert!(expected.len() > 5000);
    let json_ld = RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() };
    for (name, format) in [
        ("ntriples", RdfFormat::NTriples),
        ("nquads", RdfFormat::NQuads),
        ("trig", RdfFormat::TriG),
        ("rdfxml", RdfFormat::RdfXml),
        ("jsonld", json_ld),
    ] {
        assert!(statements(&export(name), format) == expected, "{name}");
    }
    let declared = turtle.lines().filter(|line| line.starts_with("@prefix "));
    for prefix in declared.map(|line| line.split_whitespace().nth(1).expect("a name")) {
        let body = turtle.lines().filter(|line| !line.starts_with("@prefix "));
        assert!(body.clone().any(|line| line.contains(prefix)), "{prefix} is declared but not used");
    }
    assert!(!turtle.contains("_:"), "a blank node");
}

#[test]
fn the_stream_says_what_the_file_says_of_the_quotations() {
    let stream = statements(&works(project(), &["map", "--profile", "research"]), RdfFormat::NTriples);
    let file = statements(&works(project(), &["export", "--format", "ntriples"]), RdfFormat::NTriples);
    assert!(stream.is_subset(&file));
    let core = statements(&works(project(), &["map"]), RdfFormat::NTriples);
    assert!(core.is_subset(&stream));
    assert!(core.len() <= 30 * 51, "{} statements of 51 quotations", core.len());
}
