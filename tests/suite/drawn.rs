//! Networks from tables of one's own, in every form, and pictures of answers.

use crate::support::{dictum, files, project, works};
use std::fs;
use std::path::Path;

const EDGES: &str = "source,target,kind,weight,start,label\na,b,letter,2,2020-03,wrote to\na,b,call,1,2020-03-02,\nb,c,call,,2020-03-04,\n";
const NODES: &str = "id,label_en,label_zh,kind\na,\"One, \"\"A\"\"\",甲,person\nb,Two,乙,person\n";

fn tables(folder: &Path) -> (String, String) {
    let path = |name: &str| folder.join(name).to_str().expect("a path").to_owned();
    fs::write(path("edges.csv"), EDGES).expect("a file");
    fs::write(path("nodes.csv"), NODES).expect("a file");
    (path("edges.csv"), path("nodes.csv"))
}

#[test]
fn a_table_of_edges_becomes_a_network_in_every_form() {
    let folder = tempfile::tempdir().expect("a folder");
    let (edges, nodes) = tables(folder.path());
    let out = folder.path().join("all/");
    let arguments = ["network", &edges, "--nodes", &nodes, "-o", out.to_str().expect("a path")];
    let run = dictum(folder.path(), &arguments);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let written: Vec<String> = files(&out).into_iter().map(|(path, _)| path.display().to_string()).collect();
    for form in
        ["edges.svg", "edges.gexf", "edges-dynamic.gexf", "edges.graphml", "edges.json", "neo4j/nodes.csv"]
    {
        assert!(written.iter().any(|name| name == form), "{form} is missing in {written:?}");
    }
    let json: serde_json::Value =
        serde_json::from_slice(&fs::read(out.join("edges.json")).expect("a file")).expect("JSON");
    let (nodes, edges) = (json["nodes"].as_array().expect("nodes"), json["edges"].as_array().expect("edges"));
    assert_eq!((nodes.len(), edges.len()), (3, 3));
    assert_eq!((&nodes[0]["label"], &nodes[0]["label_zh"]), (&"One, \"A\"".into(), &"甲".into()));
    assert_eq!((&nodes[0]["kind"], &nodes[2]["kind"]), (&"person".into(), &"thing".into()));
    let letter = edges.iter().find(|edge| edge["interaction"] == "letter").expect("the letter");
    assert_eq!((&letter["weight"], &letter["label"]), (&2.0.into(), &"wrote to".into()));
    // What was written is read again.
    let (edges, nodes) = (out.join("edges.csv"), out.join("nodes.csv"));
    let [edges, nodes] = [&edges, &nodes].map(|path| path.to_str().expect("a path"));
    let again = works(folder.path(), &["network", edges, "--nodes", nodes, "--format", "edges"]);
    let kept = |text: &str| {
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let rows =
            reader.records().map(|row| row.expect("a row").iter().take(6).collect::<Vec<_>>().join("|"));
        rows.collect::<Vec<_>>()
    };
    assert_eq!(kept(&again), kept(&fs::read_to_string(edges).expect("a file")));
}

#[test]
fn what_is_wrong_in_a_table_of_edges_is_told_with_its_line() {
    let folder = tempfile::tempdir().expect("a folder");
    for (text, told) in [
        ("source,target,weight\na,b,1\na,c,many\n", "edges.csv:3: error: `many` is no weight"),
        ("source,target,weight\na,b,0\n", "edges.csv:2: error: `0` is no weight"),
        ("from,to\na,b\n", "edges.csv: error: no network can be made of these columns"),
    ] {
        fs::write(folder.path().join("edges.csv"), text).expect("a file");
        let run = dictum(folder.path(), &["network", "edges.csv"]);
        assert!(run.code != 0 && run.stderr.contains(told), "{}", run.stderr);
    }
}

#[test]
fn statements_are_links_and_a_network_takes_parameters() {
    let construct = "CONSTRUCT { ?event dictum:counterpart ?who } WHERE { ?event dictum:counterpart ?who }";
    let edges = works(project(), &["network", construct, "--format", "edges"]);
    assert!(edges.lines().skip(1).all(|line| line.contains("--counterpart--")) && edges.lines().count() > 30);
    let run = dictum(project(), &["network", "relations", "--set", "nothing=1"]);
    assert!(run.code != 0 && run.stderr.contains("no parameter `nothing`"), "{}", run.stderr);
}

#[test]
fn answers_are_drawn_where_their_question_says_how() {
    let drawn = |name: &str| works(project(), &["query", name, "--format", "svg"]);
    let timeline = drawn("events");
    assert_eq!(timeline.matches("<circle ").count(), 36 + 7, "a point for each day, and the legend");
    assert_eq!(timeline.matches("2020-03-01 to 2020-03-31").count(), 5);
    assert!(timeline.contains("36 events whose day is known, 5 known by a month"));
    let map = drawn("themes-by-country");
    let rows = works(project(), &["query", "themes-by-country", "--format", "csv"]).lines().count() - 1;
    assert_eq!(map.matches("<g><title>").count(), rows);
    let months = drawn("themes-by-month");
    let place = |month: &str| months.find(&format!(">{month}<")).expect("a month");
    assert!(
        place("2020-01") < place("2020-02") && place("2020-02") < place("2020-03"),
        "months in order of time"
    );
    let bars = drawn("contacts-by-country");
    assert_eq!(bars.matches("<title>").count() - 1, 2 * 24);
    let run = dictum(project(), &["query", "totals", "--format", "svg"]);
    assert!(run.code != 0 && run.stderr.contains("does not say how it is drawn"), "{}", run.stderr);
}

#[test]
fn a_chart_that_cannot_be_drawn_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("q.rq");
    for (header, told) in [
        ("#+ view: table\n#+ chart:\n#+   rows: a", "a table has no `chart`"),
        ("#+ view: bar\n#+ chart:\n#+   rows: a", "`chart` does not say what the bars are"),
        ("#+ view: bar\n#+ chart:\n#+   rows: a\n#+   bars: c", "the query has no ?c to draw"),
        ("#+ view: bar\n#+ chart:\n#+   rows: a\n#+   bars: b\n#+   cells: b", "a bar has no `cells`"),
    ] {
        fs::write(&path, format!("{header}\nSELECT ?a ?b WHERE {{ ?a a ?b }}\n")).expect("a file");
        let run = dictum(project(), &["query", path.to_str().expect("a path")]);
        assert!(run.code == 2 && run.stderr.contains(told), "{}", run.stderr);
    }
}

#[test]
fn markup_in_names_stays_text_in_pictures() {
    let query = "#+ summary: <b>&\n#+ view: bar\n#+ chart:\n#+   rows: name\n#+   bars: n\nSELECT ?name ?n WHERE { VALUES (?name ?n) { (\"</svg><script>\" 2) (\"\\u000B😀\" 1) } }";
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("q.rq");
    fs::write(&path, query).expect("a file");
    let svg = works(project(), &["query", path.to_str().expect("a path"), "--format", "svg"]);
    assert!(
        svg.contains("&lt;/svg&gt;&lt;script&gt;") && !svg.contains("<script>") && !svg.contains('\u{b}')
    );
}

#[test]
fn control_characters_are_taken_out_of_labels_and_counted() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("edges.csv"), "source,target\na,b\n").unwrap();
    std::fs::write(folder.path().join("nodes.csv"), "id,label\na,o\u{b}n\u{1}e\nb,two\n").unwrap();
    let asked = ["network", "edges.csv", "--nodes", "nodes.csv"];
    let told = works(folder.path(), &[&asked[..], &["--measures"]].concat());
    assert!(told.contains("note: 2 control characters, for which no format has a place"), "{told}");
    let written = works(folder.path(), &[&asked[..], &["-f", "node-link"]].concat());
    assert!(written.contains("\"label\":\"one\""), "{written}");
}
