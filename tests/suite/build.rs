//! `dictum build` as a newcomer runs it.

use crate::support::{copy_of_project, dictum, files, project, works};
use std::fs;

#[test]
fn it_writes_everything_and_says_what_it_found() {
    let out = tempfile::tempdir().expect("a folder");
    let target = out.path().join("out");
    let printed = works(project(), &["build", "--out", target.to_str().expect("a path")]);
    let names: Vec<String> = files(&target).into_iter().map(|(path, _)| path.display().to_string()).collect();
    for expected in [
        "graph.ttl",
        "graph.nq",
        "records.jsonl",
        "index.html",
        "network.dot",
        "network.svg",
        "report.md",
        "tables/contacts-by-country.csv",
        "networks/relations/relations.graphml",
        "networks/relations/relations.dot",
        "networks/relations/relations.svg",
    ] {
        assert!(names.iter().any(|name| name == expected), "{expected} is missing in {names:?}");
    }
    assert!(names.iter().all(|name| !name.contains("partial")), "{names:?}");
    assert!(printed.lines().count() <= 25, "the summary fits a screen:\n{printed}");
    for (number, what) in [
        (50, "with a citation"),
        (41, "events"),
        (30, "counterparts"),
        (25, "leaders"),
        (24, "states"),
        (4, "heads"),
        (1, "private"),
        (5, "month"),
        (1, "cut off"),
    ] {
        let told = printed.lines().any(|line| {
            line.split_whitespace().next() == Some(&number.to_string())
                && line.contains(what)
                && line.contains("dictum query ")
        });
        assert!(told, "{number} {what} is missing in:\n{printed}");
    }
    for query in printed
        .lines()
        .filter_map(|line| line.split("dictum query ").nth(1))
        .filter(|query| !query.starts_with('-'))
    {
        assert!(!works(project(), &["query", query, "--format", "csv"]).is_empty());
    }
}

#[test]
fn a_second_run_gives_the_same_bytes() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = |name: &str| {
        let target = folder.path().join(name);
        works(project(), &["build", "--out", target.to_str().expect("a path")]);
        files(&target)
    };
    let (first, second) = (run("first"), run("second"));
    for (one, other) in first.iter().zip(&second) {
        assert!(one == other, "{} differs", one.0.display());
    }
    assert_eq!(first.len(), second.len());
}

#[test]
fn of_a_large_corpus_the_page_shows_what_a_browser_can_take() {
    let folder = tempfile::tempdir().expect("a folder");
    let rows: String = (0..10_000).map(|number| format!("words number {number},Somebody\n")).collect();
    let last = "the United Nations at last,Somebody";
    fs::write(folder.path().join("many.csv"), format!("text,speaker\n{rows}{last}\n")).expect("a table");
    works(folder.path(), &["build", "many.csv"]);
    let page = fs::read_to_string(folder.path().join("out/index.html")).expect("a page");
    assert_eq!(page.matches("class=\"quotation\"").count(), 10_000);
    assert!(page.contains("the first 10000 of 10001 quotations"));
    let after = page.split("id=\"table-not-known\"").nth(1).expect("a table of what is not known");
    let table = after.split("</details>").next().unwrap_or_default();
    assert_eq!(table.matches("<tr>").count(), 1_001, "a heading and the first thousand");
    assert!(table.contains("the first 1000 rows"));
    let book = fs::read_to_string(folder.path().join("out/codebook.html")).expect("a code book");
    let example = book.split("United Nations</mark> at last").nth(1).expect("an example");
    let example = example.split("</figure>").next().unwrap_or_default();
    assert!(example.contains("many 10001") && !example.contains("href"), "{example}");
}

#[test]
fn it_works_from_anywhere_with_the_copies_built_into_the_program() {
    let empty = tempfile::tempdir().expect("a folder");
    works(empty.path(), &["build"]);
    let here = tempfile::tempdir().expect("a folder");
    works(project(), &["build", "--out", here.path().to_str().expect("a path")]);
    let read = |folder: &std::path::Path| fs::read(folder.join("graph.ttl")).expect("a graph");
    assert!(read(&empty.path().join("out")) == read(here.path()));
}

#[test]
fn something_wrong_in_the_data_is_told_and_the_rest_goes_on() {
    let copy = copy_of_project();
    fs::create_dir_all(copy.path().join("data/records")).expect("a folder");
    fs::write(
        copy.path().join("data/records/mine.csv"),
        "text,speaker,date,event_type\nGood words.,Jane Doe,2021-05-03,phonecall\nBad day.,Jane Doe,2021-02-30,speech\n,Jane Doe,,\n",
    )
    .expect("a table");
    let run = dictum(copy.path(), &["build"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    for told in [
        "mine.csv:2: error: unknown event type `phonecall`\n  help: did you mean `phone-call`?",
        "mine.csv:3: error: `2021-02-30` is no date",
        "mine.csv:4: error: no text",
        "3 errors",
    ] {
        assert!(run.stderr.contains(told), "`{told}` is missing in:\n{}", run.stderr);
    }
    let graph = fs::read_to_string(copy.path().join("out/graph.ttl")).expect("a graph");
    assert!(graph.contains("Good words.") && graph.contains("Bad day."));
}

#[test]
fn a_reader_who_has_seen_enough_is_no_error() {
    use std::process::{Command, Stdio};
    let mut child = Command::new(env!("CARGO_BIN_EXE_dictum"))
        .args(["export", "--format", "ntriples"])
        .current_dir(project())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!((output.status.code(), output.stderr.len()), (Some(0), 0));
}

#[test]
fn the_readme_shows_what_a_run_prints_and_draws() {
    let out = tempfile::tempdir().expect("a folder");
    let printed = works(project(), &["build", "--out", out.path().to_str().expect("a path")]);
    let readme = include_str!("../../README.md");
    let figures = printed.split("\nOpen next").next().expect("figures").trim_end();
    assert!(readme.contains(figures), "the README shows other figures than:\n{figures}");
    let table = works(project(), &["query", "contacts-by-country"]);
    for line in table.lines().take(4) {
        assert!(readme.contains(line), "the README does not show:\n{line}");
    }
    assert!(readme.lines().take(40).any(|line| line.contains("docs/network.svg")));
    let drawn = fs::read(out.path().join("network.svg")).expect("a picture");
    assert!(
        drawn == fs::read(project().join("docs/network.svg")).expect("a picture"),
        "docs/network.svg is another picture"
    );
}
