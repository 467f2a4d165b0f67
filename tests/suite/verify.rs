//! Every check is silent on the shipped graph and fires on a graph that is broken on purpose.
//! `tests/checks/NAME.ru` breaks the graph so that the check NAME finds it.

use crate::support::{dictum, project, works};
use dictum::folder::{File, Folder};
use dictum::graph::Graph;
use dictum::names::Names;
use dictum::problem::Severity;
use dictum::query::{Question, catalogue};
use dictum::store::{self, Store};
use dictum::verify::{Finding, verify};
use std::fs;

struct Checks {
    questions: Vec<Question>,
    graph: Graph,
    names: Names,
}

fn checks() -> Checks {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("graph.ttl");
    works(project(), &["export", "-o", path.to_str().expect("a path")]);
    let (graph, prefixes) = store::read_graph(&File::named(&path)).expect("the graph");
    let queries = Folder::find("queries", Some(&project().join("queries"))).expect("queries");
    let names = Names::new(prefixes, "https://w3id.org/dictum/");
    Checks { questions: catalogue(&queries, "checks/").expect("checks"), graph, names }
}

impl Checks {
    /// The findings after an update of the graph.
    fn after(&self, update: &str) -> Vec<Finding> {
        let changed = oxigraph::store::Store::new().expect("a store");
        changed.extend(self.graph.quads()).expect("the graph in a store");
        changed.update(update).unwrap_or_else(|error| panic!("{error} in {update}"));
        let store = Store::of(&Graph::collect(changed.iter().map(|quad| quad.expect("a statement"))));
        verify(&self.questions, &store, &self.names, &mut |_, _| {}).expect("findings")
    }
}

#[test]
fn each_check_fires_on_its_own_fixture() {
    let checks = checks();
    assert!(checks.questions.len() >= 13);
    let before = checks.after("");
    assert!(before.iter().all(|finding| finding.severity == Severity::Note), "{before:?}");
    for check in &checks.questions {
        let path = project().join("tests/checks").join(format!("{}.ru", check.name));
        let update = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let findings = checks.after(&update);
        let new = findings.iter().filter(|finding| finding.check == check.name && !before.contains(finding));
        assert!(new.count() > 0, "{} finds nothing wrong after its own fixture", check.name);
    }
}

#[test]
fn a_changed_line_no_longer_has_the_checksum_of_its_source() {
    let checks = checks();
    let findings = checks.after(
        "PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> PREFIX dictum: <https://w3id.org/dictum/ns#>
         DELETE { ?line rdf:value ?old } INSERT { ?line rdf:value ?new }
         WHERE { ?line dictum:lineNumber 3 ; rdf:value ?old . BIND(REPLACE(?old, \"。\", \"！\") AS ?changed) BIND(CONCAT(\"x\", SUBSTR(?changed, 2)) AS ?new) }",
    );
    assert!(findings.iter().any(|finding| finding.check == "lines-have-the-checksum"), "{findings:?}");
}

#[test]
fn the_shipped_corpus_verifies_and_every_span_is_proved() {
    let told = works(project(), &["verify"]);
    assert!(told.contains(" 0 errors, 0 warnings, ") && told.contains("are the words they claim"), "{told}");
    let proved: Vec<&str> =
        told.lines().find(|line| line.contains("spans of evidence")).expect("a line").split(' ').collect();
    assert_eq!((proved[0], proved[1]), (proved[2], "of"));
    assert!(proved[0].parse::<usize>().expect("a number") > 500);
}

#[test]
fn findings_are_traced_to_their_record_and_reported_in_shacl() {
    let folder = tempfile::tempdir().expect("a folder");
    let (page, report) = (folder.path().join("page.txt"), folder.path().join("report.ttl"));
    fs::write(&page, "一段话。\n\n（2021年5月3日同法国总统马克龙通话）\n").expect("a page");
    let arguments = ["verify", page.to_str().expect("a path"), "--report", report.to_str().expect("a path")];
    let run = dictum(project(), &arguments);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    assert!(run.stdout.contains("page.txt:1: warning: "), "{}", run.stdout);
    let report = fs::read_to_string(report).expect("a report");
    for told in [
        "sh:ValidationReport",
        "sh:conforms \"false\"",
        "sh:resultSeverity sh:Warning",
        "sh:focusNode quotation:page-",
    ] {
        assert!(
            report.contains(told) || report.contains(&told.replace("\"false\"", "false")),
            "{told} in {report}"
        );
    }
}
