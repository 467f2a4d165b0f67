//! Two sources that share a person and an event are one graph: nothing is counted twice.

use crate::support::{copy_of_project, works};
use std::fs;

const FIRST: &str = "●习近平\n\n病毒没有国界，中方愿提供力所能及的援助。\n\n（2021年3月5日同法国总统马克龙通话）\n\n要加强国际合作。\n\n（2021年4月就意大利发生地震致意大利总统马塔雷拉的慰问电）\n";
const SECOND: &str = "●习近平\n\n双方要支持世界卫生组织。\n\n（2021年3月5日应约同法国总统马克龙通话）\n\n要加强国际合作。\n\n（2021年5月7日会见德国总理默克尔时的讲话）\n";

#[test]
fn every_query_answers_on_two_sources_as_on_their_merged_graph() {
    let copy = copy_of_project();
    let folder = copy.path();
    fs::write(folder.join("first.txt"), FIRST).expect("a source");
    fs::write(folder.join("second.txt"), SECOND).expect("a source");
    works(folder, &["build", "first.txt", "second.txt", "--out", "both"]);

    let events = works(
        folder,
        &[
            "query",
            "SELECT (COUNT(DISTINCT ?e) AS ?n) WHERE { ?e a sem:Event }",
            "--graph",
            "both/graph.ttl",
            "--format",
            "csv",
        ],
    );
    assert_eq!(events.replace('\r', ""), "n\n3\n", "the call is one event though two sources quote it");

    // The order of the inputs, and one graph for each source or one for all, make no difference.
    works(folder, &["build", "second.txt", "first.txt", "--out", "turned"]);
    let read = |path: &str| fs::read_to_string(folder.join(path)).expect("a file");
    assert_eq!(read("both/graph.ttl"), read("turned/graph.ttl"));
    let mut asked = 0;
    for entry in fs::read_dir(folder.join("both/tables")).expect("tables") {
        let path = entry.expect("a table").path();
        if path.extension().is_none_or(|extension| extension != "csv") {
            continue;
        }
        let name = path.file_stem().and_then(|stem| stem.to_str()).expect("a name").to_owned();
        let table = read(&format!("both/tables/{name}.csv"));
        for graph in ["both/graph.ttl", "both/graph.nq"] {
            assert_eq!(
                works(folder, &["query", &name, "--graph", graph, "--format", "csv"]),
                table,
                "{name} on {graph}"
            );
        }
        asked += 1;
    }
    assert!(asked >= 8);

    // Each alone, loaded one after the other, is the same set of statements, but for what only the
    // whole corpus shows.
    let of_sources = |inputs: &[&str]| {
        let quads = works(folder, &[&["export"], inputs, &["--format", "nquads"]].concat());
        let derived = "<https://w3id.org/dictum/graph/derived> .";
        quads.lines().filter(|quad| !quad.ends_with(derived)).map(str::to_owned).collect::<Vec<_>>()
    };
    let mut union = [of_sources(&["first.txt"]), of_sources(&["second.txt"])].concat();
    union.sort();
    union.dedup();
    let mut merged = of_sources(&["first.txt", "second.txt"]);
    merged.sort();
    assert_eq!(union, merged);
}
