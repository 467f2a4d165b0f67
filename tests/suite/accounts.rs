//! Two sources in two languages tell of the same calls: `docs/examples/two-sides`.

use crate::support::{dictum, project, works};
use std::fs;
use std::path::Path;

fn copy() -> tempfile::TempDir {
    let copy = tempfile::tempdir().expect("a folder");
    for inside in ["data/sources", "data/authorities"] {
        let (from, to) = (project().join("docs/examples/two-sides").join(inside), copy.path().join(inside));
        fs::create_dir_all(&to).expect("a folder");
        for entry in fs::read_dir(from).expect("a folder") {
            let entry = entry.expect("an entry");
            fs::copy(entry.path(), to.join(entry.file_name())).expect("a copy");
        }
    }
    let dataset = project().join("docs/examples/two-sides/data/dataset.ttl");
    fs::copy(dataset, copy.path().join("data/dataset.ttl")).expect("a copy");
    copy
}

fn rows(data: &Path, question: &str) -> Vec<Vec<String>> {
    let data = data.join("data");
    let arguments = ["query", question, "--format", "csv", "--data", data.to_str().expect("a path")];
    let text = works(project(), &arguments);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect()
}

const EVENTS: &str = "SELECT (COUNT(DISTINCT ?e) AS ?n) WHERE { ?e a sem:Event }";

#[test]
fn calls_that_both_sides_report_are_listed_and_counted_twice_until_somebody_decides() {
    let copy = copy();
    let folder = copy.path();
    assert_eq!(rows(folder, EVENTS), [["6"]]);
    let pairs = rows(folder, "possible-duplicates");
    let why: Vec<&str> = pairs.iter().map(|row| row[0].as_str()).collect();
    assert_eq!(
        why,
        [
            "the same people, sides exchanged; 2021-05-03 and 2021-05-04 follow each other; two sources",
            "the same people, sides exchanged; both on 2021-06-01; two sources",
        ]
    );
    let names = |row: &[String]| {
        let local = |iri: &String| iri.rsplit('/').next().expect("a name").to_owned();
        (local(&row[5]), local(&row[6]))
    };
    let ((a, b), (c, d)) = (names(&pairs[0]), names(&pairs[1]));
    fs::write(
        folder.join("data/decisions.csv"),
        format!("a,b,decision,by,reason\nevent:{a},event:{b},same,J. Doe,Time zones\nevent:{c},event:{d},different,J. Doe,\n"),
    )
    .expect("a file");
    assert_eq!(rows(folder, EVENTS), [["5"]]);
    assert!(rows(folder, "possible-duplicates").is_empty());
    // Each source's date is still its own, and the event has that of the one named first.
    let accounts = rows(folder, "accounts");
    let told: Vec<(&str, &str)> =
        accounts.iter().map(|row| (row[2].rsplit('/').next().expect("a source"), row[3].as_str())).collect();
    assert_eq!(told, [("nordmark-herald", "2021-05-03"), ("southmark-daily", "2021-05-04")]);
    let dates =
        rows(folder, &format!("SELECT ?d WHERE {{ <https://example.org/two-sides/event/{a}> dct:date ?d }}"));
    assert_eq!(dates, [["2021-05-03"]]);
    // One event, two people who speak, and two who are spoken to.
    let people = rows(
        folder,
        &format!(
            "SELECT ?p ?who WHERE {{ <https://example.org/two-sides/event/{a}> ?p ?who FILTER (?p IN (dictum:speaker, dictum:counterpart)) }}"
        ),
    );
    assert_eq!(people.len(), 4);
    let data = folder.join("data");
    let verified = works(project(), &["verify", "--data", data.to_str().expect("a path")]);
    assert!(verified.contains(" 0 errors, 0 warnings"), "{verified}");
}

#[test]
fn one_name_for_two_events_is_taken_apart_by_naming_their_quotations() {
    let copy = copy();
    let folder = copy.path();
    let page = folder.join("data/sources/nordmark-herald.txt");
    let text = fs::read_to_string(&page).expect("the page")
        + "\nAnd later the same day: the train has arrived.\n\n(Phone call with Premier Lin Yuan of Southmark, May 3, 2021)\n";
    fs::write(&page, text).expect("the page");
    assert_eq!(rows(folder, EVENTS), [["6"]]);
    let quotations = rows(
        folder,
        "SELECT ?q WHERE { ?q a schema:Quotation ; schema:position ?n ; prov:wasQuotedFrom ?s FILTER (STRENDS(STR(?s), \"herald\") && ?n IN (1, 4)) } ORDER BY ?n",
    );
    let name = |row: &[String]| row[0].rsplit('/').next().expect("a name").to_owned();
    let (a, b) = (name(&quotations[0]), name(&quotations[1]));
    fs::write(
        folder.join("data/decisions.csv"),
        format!("a,b,decision\nquotation:{a},quotation:{b},different\n"),
    )
    .expect("a file");
    assert_eq!(rows(folder, EVENTS), [["7"]]);
}

#[test]
fn decisions_about_nothing_are_told() {
    let copy = copy();
    let folder = copy.path();
    fs::write(
        folder.join("data/decisions.csv"),
        "a,b,decision\nevent:x,event:y,same\nevent:x,event:y,sama\n",
    )
    .expect("a file");
    let data = folder.join("data");
    let run = dictum(project(), &["extract", "--data", data.to_str().expect("a path")]);
    assert_eq!(run.code, 1);
    for told in [
        "decisions.csv:2: error: no event and no quotation is called `x`",
        "decisions.csv:3: error: this decides nothing\n  help: did you mean `same`?",
    ] {
        assert!(run.stderr.contains(told), "{told} in {}", run.stderr);
    }
}

#[test]
fn the_example_ends_with_one_call_decided_and_one_open() {
    let example = project().join("docs/examples/two-sides");
    assert_eq!(rows(&example, EVENTS), [["5"]]);
    assert_eq!(rows(&example, "possible-duplicates").len(), 1);
    assert_eq!(rows(&example, "accounts").len(), 2);
}

#[test]
fn decisions_that_contradict_each_other_are_told() {
    let copy = copy();
    let folder = copy.path();
    let pairs = rows(folder, "possible-duplicates");
    let (a, b) = (&pairs[0][5], &pairs[0][6]);
    fs::write(
        folder.join("data/decisions.csv"),
        format!("a,b,decision\n{a},{b},same\n{b},{a},different\n{a},{a},same\n"),
    )
    .expect("a file");
    let data = folder.join("data");
    let run = dictum(project(), &["extract", "--data", data.to_str().expect("a path")]);
    assert!(run.stderr.contains("decisions.csv:3: error: line 2 decides the opposite"), "{}", run.stderr);
    assert!(run.stderr.contains("decisions.csv:4: error: the row names one thing twice"), "{}", run.stderr);
}

#[test]
fn decisions_in_a_ring_end_where_they_began_and_quotations_name_their_events() {
    let copy = copy();
    let folder = copy.path();
    let events = rows(folder, "SELECT ?e WHERE { ?e a sem:Event ; dct:date ?d } ORDER BY ?d ?e");
    let e: Vec<&str> = events.iter().map(|row| row[0].as_str()).collect();
    let rings = [(0, 1), (1, 2), (2, 0), (3, 0)];
    let table: String = rings.iter().map(|(a, b)| format!("{},{},same\n", e[*a], e[*b])).collect();
    fs::write(folder.join("data/decisions.csv"), format!("a,b,decision\n{table}")).expect("a file");
    assert_eq!(rows(folder, EVENTS), [["3"]]);

    let of = |event: &str| {
        rows(folder, &format!("SELECT ?q WHERE {{ ?q schema:recordedAt <{event}> }} ORDER BY ?q"))[0][0]
            .clone()
    };
    fs::remove_file(folder.join("data/decisions.csv")).expect("removed");
    let pair = &rows(folder, "possible-duplicates")[0];
    let (a, b) = (of(&pair[5]), of(&pair[6]));
    fs::write(folder.join("data/decisions.csv"), format!("a,b,decision\n{a},{b},different\n"))
        .expect("a file");
    assert_eq!(rows(folder, "possible-duplicates").len(), 1);
}
