//! Real forms of citations, read one by one: how many of them are read right may only grow.

use crate::support::{project, works};
use dictum::record::Record;
use dictum::score::Score;
use serde_json::{Value, json};
use std::fs;

/// Scores a file of citations: each is given to the reader as the only thing known of a quotation.
fn score(name: &str) -> Score {
    let path = project().join("tests/citations").join(format!("{name}.jsonl"));
    let lines = fs::read_to_string(path).expect("citations");
    let folder = tempfile::tempdir().expect("a folder");
    let (mut given, mut gold) = (String::new(), Vec::new());
    for (index, line) in lines.lines().enumerate() {
        let citation: Value = serde_json::from_str(line).expect("a citation");
        let text = format!("Quotation {index}.");
        let known = json!({ "text": text, "speaker": "A", "language": citation["language"], "citation": citation["citation"] });
        given.push_str(&format!("{known}\n"));
        let mut record: Record = serde_json::from_value(known).expect("a record");
        record.n = index + 1;
        record.date = citation["date"].as_str().map(str::to_owned);
        record.event = serde_json::from_value(citation["event"].clone()).expect("an event");
        record.counterparts = serde_json::from_value(citation["counterparts"].clone()).expect("counterparts");
        gold.push(record);
    }
    let input = folder.path().join("given.jsonl");
    fs::write(&input, given).expect("a file");
    let found = works(project(), &["extract", input.to_str().expect("a path")]);
    let found: Vec<Record> =
        found.lines().map(|line| serde_json::from_str(line).expect("a record")).collect();
    Score::of(&gold, &found)
}

fn assert_at_least(name: &str, wanted: &[(&str, f64)]) {
    let score = score(name);
    for (field, f1) in wanted {
        let found = score.fields[field].f1();
        assert!(found >= *f1, "{name}: F1 of {field} is {found:.3}, below {f1}\n{}", score.report());
    }
}

#[test]
fn citations_are_read_as_well_as_before() {
    let fields = [
        ("date", 1.0),
        ("event type", 0.99),
        ("counterpart name", 0.97),
        ("counterpart office", 0.98),
        ("counterpart represents", 0.99),
    ];
    assert_at_least("first", &fields);
    assert_at_least("second", &fields);
    assert_at_least("third", &fields);
    let fields =
        [("date", 0.99), ("event type", 1.0), ("counterpart name", 0.96), ("counterpart office", 0.97)];
    assert_at_least("fourth", &fields);
}

#[test]
fn a_damaged_copy_scores_less_than_the_page_itself() {
    let gold = project().join("tests/gold/solidarity-2020.jsonl");
    let gold = gold.to_str().expect("a path");
    let whole = works(project(), &["extract", "--score", gold]);
    assert_eq!(whole.matches(" 1.000").count(), 27, "{whole}");
    let folder = tempfile::tempdir().expect("a folder");
    let page = fs::read_to_string(project().join("data/sources/solidarity-2020.txt")).expect("the page");
    let damaged = page.replace("通话)", "茶叙").replace("2020年3月23日", "2020年3月32日");
    let path = folder.path().join("solidarity-2020.txt");
    fs::write(&path, damaged).expect("a file");
    let told = works(project(), &["extract", path.to_str().expect("a path"), "--score", gold]);
    for field in ["citation", "date", "event type", "counterpart name"] {
        let row = told.lines().find(|line| line.starts_with(field)).expect("a row");
        assert!(!row.ends_with("1.000"), "{row}");
    }
    assert!(told.contains("gold → found"), "{told}");
}
