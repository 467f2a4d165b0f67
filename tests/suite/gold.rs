//! The shipped page gives the records that a person read from it.

use crate::support::{project, works};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).expect("a record")).collect()
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

/// Every field that `gold` has, compared whole; fields that only `found` has are not judged.
fn differences(gold: &Value, found: &Value, path: &str, out: &mut Vec<String>) {
    match (gold, found) {
        (Value::Object(gold), Value::Object(found)) => {
            for (key, value) in gold {
                differences(value, found.get(key).unwrap_or(&Value::Null), &format!("{path}.{key}"), out);
            }
        }
        (Value::Array(gold), Value::Array(found)) if gold.len() == found.len() => {
            for (index, (gold, found)) in gold.iter().zip(found).enumerate() {
                differences(gold, found, &format!("{path}[{index}]"), out);
            }
        }
        _ if gold != found => out.push(format!("{path}: {gold} is {found}")),
        _ => {}
    }
}

#[test]
fn the_page_gives_the_gold_records() {
    let gold = lines(include_str!("../gold/solidarity-2020.jsonl"));
    let found = lines(&works(project(), &["extract"]));
    assert_eq!(found.len(), gold.len());
    let mut wrong = Vec::new();
    for (gold, found) in gold.iter().zip(&found) {
        differences(gold, found, &gold["n"].to_string(), &mut wrong);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_page_holds_the_events_and_counterparts_that_it_quotes() {
    let records = lines(&works(project(), &["extract"]));
    let mut by_type = BTreeMap::<String, (BTreeSet<String>, usize)>::new();
    for event in records.iter().map(|record| &record["event"]).filter(|event| !event.is_null()) {
        let (events, quotes) = by_type.entry(text(&event["type"])).or_default();
        events.insert(text(&event["id"]));
        *quotes += 1;
    }
    let counts: Vec<_> =
        by_type.iter().map(|(kind, (events, quotes))| (kind.as_str(), events.len(), *quotes)).collect();
    assert_eq!(
        counts,
        [
            ("article", 1, 1),
            ("condolence-message", 6, 6),
            ("meeting", 2, 3),
            ("phone-call", 23, 29),
            ("reply-letter", 2, 4),
            ("speech", 5, 5),
            ("talks", 2, 2)
        ]
    );
    let counterparts: Vec<&Value> =
        records.iter().flat_map(|record| record["counterparts"].as_array().expect("a list")).collect();
    let people: BTreeSet<String> = counterparts.iter().map(|one| text(&one["id"])).collect();
    let states: BTreeSet<&str> = counterparts
        .iter()
        .filter_map(|one| one["key"].as_str())
        .filter(|key| key.starts_with("place:"))
        .collect();
    assert_eq!((people.len(), states.len()), (30, 24));
    let of = |condition: fn(&Value) -> bool| records.iter().filter(|record| condition(record)).count();
    assert_eq!(of(|record| !record["citation"].is_null()), 50);
    assert_eq!(of(|record| record["date"].as_str().is_some_and(|date| date.len() == 7)), 5);
    assert_eq!(of(|record| !record["continued"].is_null()), 1);
    assert_eq!(of(|record| record["counterparts"].as_array().is_some_and(|list| list.len() == 2)), 1);
    assert_eq!(of(|record| record["joins"].is_array()), 4);
    let sections: BTreeSet<&str> = records.iter().filter_map(|record| record["section"].as_str()).collect();
    assert_eq!(sections.len(), 4);
}

#[test]
fn a_name_that_runs_into_the_next_word_is_cut_in_the_right_place() {
    let records = lines(&works(project(), &["extract"]));
    for (name, following) in [("特朗普", "通话"), ("菲利普", "通话")] {
        let cited = records.iter().any(|record| {
            record["counterparts"][0]["name"] == name
                && record["citation"]
                    .as_str()
                    .is_some_and(|citation| citation.ends_with(&format!("{name}{following}")))
        });
        assert!(cited, "{name}|{following}");
    }
}

#[test]
fn words_that_only_the_event_explains_are_resolved_through_it_or_not_at_all() {
    let records = lines(&works(project(), &["extract"]));
    let mut meant = BTreeMap::<String, BTreeSet<String>>::new();
    for mention in records.iter().flat_map(|record| record["mentions"].as_array().expect("a list")) {
        if mention["basis"] == "event" {
            meant.entry(text(&mention["exact"])).or_default().insert(text(&mention["key"]));
        }
    }
    let keys = |words: &str| meant.get(words).map(|keys| keys.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(keys("中巴"), Some(vec!["place:brazil", "place:pakistan"]));
    assert_eq!(keys("塞方"), Some(vec!["place:serbia"]));
    assert_eq!(keys("中伊"), Some(vec!["place:iran"]));
    assert_eq!(keys("总统先生"), Some(vec!["person:donald-trump", "person:khaltmaagiin-battulga"]));
    // Two bodies of one side were written to at once.
    assert_eq!(keys("欧方"), None);
    assert_eq!(keys("中非"), None);
}
