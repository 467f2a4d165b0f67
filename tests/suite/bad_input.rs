//! What is wrong is told with path, line and what to do; the exit code is 2; nothing half-written stays.

use crate::support::{append, copy_of_project, dictum};
use std::fs;
use std::path::Path;

/// Fails with code 2, names all of `told` on standard error, and leaves no trace of an output.
fn fails(folder: &Path, arguments: &[&str], told: &[&str]) {
    let run = dictum(folder, arguments);
    assert_eq!(run.code, 2, "dictum {}\n{}{}", arguments.join(" "), run.stdout, run.stderr);
    for words in told {
        assert!(run.stderr.contains(words), "`{words}` is missing in:\n{}", run.stderr);
    }
    assert!(run.stderr.contains("help: "), "no help in:\n{}", run.stderr);
    assert!(!folder.join("out").exists(), "something was written");
}

#[test]
fn a_source_that_is_not_utf8_or_empty_or_missing() {
    let copy = copy_of_project();
    let folder = copy.path();
    fs::write(folder.join("gbk.txt"), b"abc\n\xb2\xa1\xb6\xbe").expect("a file");
    fails(folder, &["build", "gbk.txt"], &["gbk.txt:2:1: error: not UTF-8: byte 0xB2", "--encoding gb18030"]);
    fs::write(folder.join("empty.txt"), "").expect("a file");
    fails(folder, &["build", "empty.txt"], &["empty.txt: error: the file is empty"]);
    fails(folder, &["build", "nowhere.txt"], &["nowhere.txt: no such file"]);
    fails(folder, &["build", "."], &[".: this is a folder", "--data"]);
    fails(folder, &["build", "--data", "nowhere"], &["nowhere: no such folder"]);
    fs::write(folder.join("page.pdf"), "x").expect("a file");
    fails(folder, &["build", "page.pdf"], &["page.pdf: a file of this kind is not read"]);
}

#[test]
fn a_malformed_turtle_file() {
    let copy = copy_of_project();
    let path = copy.path().join("ontology/themes.ttl");
    append(&path, "theme:broken a skos:Concept ;\n  skos:prefLabel \"broken@en .\n");
    let lines = fs::read_to_string(&path).expect("a file").lines().count();
    let place = format!("themes.ttl:{lines}:");
    fails(copy.path(), &["build"], &[&place, "error: not Turtle"]);
}

#[test]
fn a_bad_pattern_in_a_language_pack_or_an_event_type() {
    let copy = copy_of_project();
    let pack = copy.path().join("ontology/languages/zh.toml");
    let text = fs::read_to_string(&pack).expect("a pack");
    let line = text.lines().position(|line| line.starts_with("script")).expect("a script") + 1;
    fs::write(&pack, text.replacen(r"'\p{Han}'", "'['", 1)).expect("a pack");
    fails(
        copy.path(),
        &["build"],
        &[&format!("zh.toml:{line}:10: error: bad pattern `[`"), "regular expressions"],
    );

    let copy = copy_of_project();
    let types = copy.path().join("ontology/event-types.ttl");
    append(&types, "\nevent-type:x a skos:Concept ;\n  dictum:citationPattern \"见{counterpart\"@zh .\n");
    let line = fs::read_to_string(&types).expect("a file").lines().count();
    fails(copy.path(), &["build"], &[&format!("event-types.ttl:{line}:26: error: bad citation pattern")]);
}

#[test]
fn a_query_with_a_syntax_error_or_an_unknown_header_or_name() {
    let copy = copy_of_project();
    let folder = copy.path();
    fs::write(folder.join("queries/bad.rq"), "#+ summary: bad\nSELECT ?x WHERE {\n  ?x a \n}\n")
        .expect("a query");
    fails(folder, &["build"], &["bad.rq:4: error: not SPARQL"]);
    fails(folder, &["query", "bad"], &["bad.rq:4: error: not SPARQL"]);
    fs::write(folder.join("queries/bad.rq"), "SELECT ?x WHERE {\n  ?x foaf:name ?y\n}\n").expect("a query");
    fails(folder, &["query", "bad"], &["bad.rq:2:15: error: the prefix of `foaf:name` is not declared"]);
    fs::write(folder.join("queries/bad.rq"), "#+ sumary: bad\nASK {}\n").expect("a query");
    fails(
        folder,
        &["query", "bad"],
        &["bad.rq:1:1: error: unknown header key `sumary`", "did you mean `summary`?"],
    );
    fs::remove_file(folder.join("queries/bad.rq")).expect("removed");
    fails(
        folder,
        &["query", "contacts-by-contry"],
        &["no query `contacts-by-contry`", "did you mean `contacts-by-country`?"],
    );
}

#[test]
fn a_folder_that_cannot_be_written_to() {
    let copy = copy_of_project();
    fs::write(copy.path().join("taken"), "a file").expect("a file");
    fails(copy.path(), &["build", "--out", "taken"], &["taken: the folder cannot be written to"]);
    fails(
        copy.path(),
        &["build", "--out", "taken/deeper"],
        &["taken/deeper: the folder cannot be written to"],
    );
    assert_eq!(fs::read_to_string(copy.path().join("taken")).expect("still there"), "a file");
}

#[test]
fn a_failed_run_keeps_what_was_there() {
    let copy = copy_of_project();
    let folder = copy.path();
    crate::support::works(folder, &["export", "-o", "graph.ttl"]);
    let before = fs::read(folder.join("graph.ttl")).expect("a graph");
    append(&folder.join("ontology/themes.ttl"), "broken");
    fails(folder, &["export", "-o", "graph.ttl"], &["not Turtle"]);
    assert_eq!(fs::read(folder.join("graph.ttl")).expect("a graph"), before);
}

#[test]
fn a_statement_that_is_none_is_told_with_its_place() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("graph.nt");
    let ask = |text: &str| {
        fs::write(&path, text).expect("a file");
        let query = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }";
        dictum(folder.path(), &["query", query, "--graph", "graph.nt", "--format", "csv"])
    };
    let fine = "# a comment\n<http://e/s> <http://e/p> \"x\"@en .\n\n<http://e/s> <http://e/p> \"y\" .\n";
    assert_eq!(ask(fine).stdout.trim(), "n\r\n2", "{}", ask(fine).stderr);
    assert_eq!(ask(&fine.replace('\n', "\r\n")).stdout.trim(), "n\r\n2");
    for (wrong, place) in [
        ("<http://e/s> <http://e/p> <http://e/a b> .\n", "graph.nt:5:"),
        ("<http://e/s> <http://e/p> <nowhere> .\n", "graph.nt:5:"),
        ("<http://e/s> <http://e/p> \"x\"^^<http://e/%> .\n", "graph.nt:5:"),
        ("<http://e/s> <http://e/p> \"x\"@a-b-c-d .\n", "graph.nt:5:"),
        ("<http://e/s> <http://e/p> \"two\nlines\" .\n", "graph.nt:5:"),
        ("<http://e/s> <http://e/p> \"x .\n<http://e/s> <http://e/p> \"x\" .\n", "graph.nt:5:"),
    ] {
        let run = ask(&format!("{fine}{wrong}"));
        assert_eq!(run.code, 2, "{wrong}{}", run.stdout);
        assert!(run.stderr.contains(place), "{wrong}{}", run.stderr);
    }
}
