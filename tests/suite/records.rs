//! People's own tables: only text and speaker are required.

use crate::support::{dictum, project, works};
use serde_json::Value;
use std::fs;

fn extract(name: &str, content: &str) -> (Vec<Value>, String, i32) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    fs::write(&path, content).expect("a file");
    let run = dictum(project(), &["extract", path.to_str().expect("a path")]);
    let records = run.stdout.lines().map(|line| serde_json::from_str(line).expect("a record")).collect();
    (records, run.stderr, run.code)
}

#[test]
fn two_columns_are_enough() {
    let (records, told, code) =
        extract("mine.csv", "text,speaker\n\"We thank the WHO, and \"\"friends\"\".\",Jane Doe\n");
    assert_eq!((code, told.as_str()), (0, ""));
    let record = &records[0];
    assert_eq!(record["text"], "We thank the WHO, and \"friends\".");
    assert_eq!(
        (&record["speaker"], &record["language"], &record["source"]),
        (&"Jane Doe".into(), &"en".into(), &"mine".into())
    );
    assert!(record["id"].as_str().is_some_and(|id| id.starts_with("mine-")));
    assert_eq!(record["event"], Value::Null);
    assert_eq!(record["mentions"][0]["key"], "body:world-health-organization");
}

#[test]
fn a_full_row_is_reconciled_with_the_authorities() {
    let (records, told, code) = extract(
        "mine.csv",
        "text,speaker,date,event_type,counterparts\n共同抗疫。,习近平,2020-03,phone-call,默克尔|总理|德国;某人|部长|法国\n",
    );
    assert_eq!((code, told.as_str()), (0, ""));
    let record = &records[0];
    assert_eq!(record["speaker_id"], "person:xi-jinping");
    assert_eq!((&record["earliest"], &record["latest"]), (&"2020-03-01".into(), &"2020-03-31".into()));
    assert_eq!(record["counterparts"][0]["id"], "person:angela-merkel");
    assert_eq!(record["counterparts"][1]["key"], "place:france");
    assert_eq!(record["counterparts"][1].get("id"), None, "nobody is guessed");
}

#[test]
fn a_citation_in_a_table_is_read_like_one_on_a_page() {
    let (records, _, code) =
        extract("mine.csv", "text,speaker,citation\n共同抗疫。,习近平,2020年3月25日同德国总理默克尔通话\n");
    assert_eq!(code, 0);
    assert_eq!(
        (&records[0]["date"], &records[0]["event"]["type"]),
        (&"2020-03-25".into(), &"phone-call".into())
    );
    assert_eq!(records[0]["counterparts"][0]["office"], "总理");
}

#[test]
fn a_bad_row_is_told_with_its_line_and_the_others_stay() {
    let (records, told, code) = extract(
        "mine.jsonl",
        "{\"text\": \"One.\", \"speaker\": \"A\"}\n{\"text\": \"Two.\", \"speeker\": \"A\"}\n\n{\"text\": \"Three.\", \"speaker\": \"B\"}\n",
    );
    assert_eq!((records.len(), code), (2, 1));
    assert!(told.contains("mine.jsonl:2:") && told.contains("unknown field `speeker`"), "{told}");
    let (records, told, code) = extract("mine.csv", "words of wisdom,speaker\nOne.,A\n");
    assert_eq!((records.len(), code), (0, 1));
    assert!(told.contains("mine.csv:1: error: no column `text`"), "{told}");
    let (records, told, code) = extract("mine.csv", "text,speaker,dte\n\"Two\nlines.\",A,\nOne.,B,\n,,\n");
    assert_eq!((records.len(), code), (2, 0));
    assert!(
        told.contains("mine.csv:1: warning: column 3 `dte` is not read\n  help: did you mean `date`?"),
        "{told}"
    );
}

#[test]
fn records_come_back_as_they_went_out() {
    let printed = works(project(), &["extract"]);
    let (records, told, code) = extract("solidarity-2020.jsonl", &printed);
    assert_eq!((code, told.as_str()), (0, ""));
    let again: Vec<Value> =
        printed.lines().map(|line| serde_json::from_str(line).expect("a record")).collect();
    assert_eq!(records, again);
}

#[test]
fn the_schema_describes_every_field_that_is_written() {
    let schema: Value = serde_json::from_str(&works(project(), &["extract", "--schema"])).expect("a schema");
    let properties = schema["properties"].as_object().expect("properties");
    for line in works(project(), &["extract"]).lines() {
        let record: Value = serde_json::from_str(line).expect("a record");
        for field in record.as_object().expect("an object").keys() {
            assert!(properties.contains_key(field), "{field}");
        }
    }
    assert_eq!(schema["required"], serde_json::json!(["text", "speaker"]));
}

#[test]
fn dates_and_event_types_may_be_written_as_people_write_them() {
    let (records, told, code) = extract(
        "mine.csv",
        "text,speaker,date,event_type\nOne.,A,3 March 2021,Phone call\nTwo.,A,March 2021,letter\n三。,甲,2021年3月3日,通话\n",
    );
    assert_eq!((code, told.as_str()), (0, ""));
    let read: Vec<_> =
        records.iter().map(|record| (record["date"].as_str(), record["event"]["type"].as_str())).collect();
    let (call, letter) = (Some("phone-call"), Some("letter"));
    assert_eq!(read, [(Some("2021-03-03"), call), (Some("2021-03"), letter), (Some("2021-03-03"), call)]);
}

#[test]
fn names_that_could_stand_in_no_graph_are_told_or_written_so_that_they_can() {
    let (records, told, code) = extract(
        "mine.csv",
        "id,text,speaker,speaker_id,language\nmy quote 1,Hello.,A,person:a b,not a tag\n",
    );
    assert_eq!((records.len(), code), (1, 1));
    assert_eq!((&records[0]["id"], &records[0]["language"]), (&"my_quote_1".into(), &"en".into()));
    for bad in ["`not a tag` is no language tag", "`person:a b` is no name of a thing"] {
        assert!(told.contains(bad), "{told}");
    }
}
