//! What people correct outlives every rebuild, and nothing else changes.

use crate::support::{copy_of_project, dictum, works};
use dictum::record::Record;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

fn records(folder: &Path) -> Vec<Record> {
    // What is wrong in a correction is told, and the records still come.
    let text = dictum(folder, &["extract"]).stdout;
    text.lines().map(|line| serde_json::from_str(line).expect("a record")).collect()
}

fn read_table(path: &Path) -> (Vec<String>, Vec<Vec<String>>) {
    let mut reader = csv::Reader::from_path(path).expect("a table");
    let columns = reader.headers().expect("headings").iter().map(str::to_owned).collect();
    let rows = reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect());
    (columns, rows.collect())
}

fn write_csv(path: &Path, columns: &[String], rows: &[Vec<String>]) {
    let mut writer = csv::Writer::from_path(path).expect("a file");
    writer.write_record(columns).expect("written");
    for row in rows {
        writer.write_record(row).expect("written");
    }
}

fn write_workbook(path: &Path, columns: &[String], rows: &[Vec<String>]) {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, cells) in (0_u32..).zip(std::iter::once(columns).chain(rows.iter().map(Vec::as_slice))) {
        for (column, cell) in (0_u16..).zip(cells) {
            sheet.write_string(row, column, cell).expect("written");
        }
    }
    workbook.save(path).expect("saved");
}

/// One edit of a cell: row, column, new value.
fn edits() -> impl Strategy<Value = Vec<(usize, &'static str, &'static str)>> {
    let one = prop_oneof![
        Just(("date", "2021-02-03")),
        Just(("date", "2021-02")),
        Just(("date", "")),
        Just(("event_type", "letter")),
        Just(("occasion", "甲；乙|丙 \"丁\"")),
        Just(("speaker_office", "国家主席")),
        Just(("counterparts", "默克尔|总理|德国; 某某|部长|法国")),
        Just(("counterparts", "")),
        Just(("text_mode", "speech-text")),
    ];
    proptest::collection::vec(
        (0_usize..51, one).prop_map(|(row, (column, value))| (row, column, value)),
        1..6,
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn a_round_trip_through_a_spreadsheet_changes_exactly_what_was_edited(edits in edits(), workbook in any::<bool>()) {
        let copy = copy_of_project();
        let folder = copy.path();
        let before = records(folder);
        works(folder, &["extract", "-o", "table.csv", "--bom"]);
        let (columns, mut rows) = read_table(&folder.join("table.csv"));
        let columns: Vec<String> = columns.iter().map(|name| name.trim_start_matches('\u{feff}').to_owned()).collect();
        let index = |name: &str| columns.iter().position(|column| column == name).expect("a column");
        let mut last = BTreeMap::new();
        for (row, column, value) in &edits {
            rows[*row][index(column)] = (*value).to_owned();
            rows[*row][index("by")] = "J. Doe".to_owned();
            last.insert((*row, *column), *value);
        }
        fs::create_dir_all(folder.join("data/corrections")).expect("a folder");
        if workbook {
            write_workbook(&folder.join("data/corrections/mine.xlsx"), &columns, &rows);
        } else {
            write_csv(&folder.join("data/corrections/mine.csv"), &columns, &rows);
        }
        let after = records(folder);
        prop_assert_eq!(before.len(), after.len());
        for (row, (old, new)) in before.iter().zip(&after).enumerate() {
            let edited: Vec<_> = last.iter().filter(|((one, _), _)| *one == row).collect();
            if edited.is_empty() {
                prop_assert_eq!(old, new);
                continue;
            }
            prop_assert_eq!((&old.id, &old.text, &old.citation), (&new.id, &new.text, &new.citation));
            prop_assert_eq!(new.checked_by.as_deref(), Some("J. Doe"));
            // Parts of counterparts are the counterparts over again.
            let whole = |column: &&'static str| !dictum::record::cells::PARTS.contains(column);
            for column in dictum::record::cells::CORRECTABLE.into_iter().filter(whole) {
                let (was, is) = (dictum::record::cells::cell(old, column), dictum::record::cells::cell(new, column));
                match last.get(&(row, column)) {
                    // Who is meant by a name is found out anew, and stands behind it.
                    Some(value) if column == "counterparts" => {
                        let names = |cell: &str| cell.split(';').map(|one| one.trim().split('|').next().unwrap_or_default().to_owned()).collect::<Vec<_>>();
                        prop_assert_eq!(names(&is), names(value));
                    }
                    Some(value) => prop_assert_eq!(&is, value, "{}", column),
                    // Where nothing was known of an occasion, some of it follows from what was filled in.
                    None if ["event_type", "text_mode"].contains(&column) && was.is_empty() => {}
                    None => prop_assert_eq!(&is, &was, "{}", column),
                }
            }
        }
    }
}

#[test]
fn corrections_say_when_they_do_not_fit_or_are_needed_no_longer() {
    let copy = copy_of_project();
    let folder = copy.path();
    let before = records(folder);
    let ids: Vec<&str> = before.iter().map(|record| record.id.as_str()).collect();
    fs::create_dir_all(folder.join("data/corrections")).expect("a folder");
    fs::write(
        folder.join("data/corrections/a.jsonl"),
        format!(
            "{{\"id\":\"{}\",\"date\":\"2020-02-21\",\"by\":\"J. Doe\",\"reason\":\"Misread.\"}}\n\
             {{\"id\":\"{}\",\"date\":\"{}\",\"by\":\"J. Doe\"}}\n\
             {{\"id\":\"nobody\",\"date\":\"2020-02-21\"}}\n\
             {{\"id\":\"{}\",\"text\":\"other words\"}}\n\
             {{\"id\":\"{}\",\"date\":\"Mar-20\"}}\n\
             not json\n",
            ids[0],
            ids[1],
            before[1].date.as_deref().expect("a date"),
            ids[2],
            ids[3],
        ),
    )
    .expect("a file");
    let run = dictum(folder, &["build"]);
    assert_eq!(run.code, 1);
    for told in [
        "a.jsonl:3: error: no record is called `nobody`",
        "a.jsonl:4: error: `text` is no field to correct\n  help: slips of a source go into data/emendations",
        "a.jsonl:5: error: `Mar-20` is no date",
        "a.jsonl:6: error: ",
    ] {
        assert!(run.stderr.contains(told), "{told} in {}", run.stderr);
    }
    let after = records(folder);
    assert_eq!(after[0].date.as_deref(), Some("2020-02-21"));
    assert_eq!(after[0].corrected[0].was, before[0].date.clone().expect("a date"));
    assert_eq!(after[0].corrected[0].reason.as_deref(), Some("Misread."));
    assert_ne!(after[0].event.as_ref().expect("an event").id, before[0].event.as_ref().expect("an event").id);
    assert_eq!((&after[2], &after[3]), (&before[2], &before[3]));
    let report = fs::read_to_string(folder.join("out/report.md")).expect("a report");
    assert!(report.contains("## Decisions that reading agrees with") && report.contains("line 2 `date`"));
    assert!(report.contains("Misread."));
    // Of single inputs, a correction may belong to another source.
    fs::write(folder.join("data/corrections/a.jsonl"), "{\"id\":\"nobody\",\"date\":\"2020-02-21\"}\n")
        .expect("a file");
    works(folder, &["extract", "data/sources/solidarity-2020.txt"]);
}

#[test]
fn a_correction_says_when_reading_has_changed_meanwhile() {
    let copy = copy_of_project();
    let folder = copy.path();
    works(folder, &["extract", "-o", "data/corrections.csv"]);
    let (columns, mut rows) = read_table(&folder.join("data/corrections.csv"));
    fs::remove_file(folder.join("data/corrections.csv")).expect("removed");
    let index = |name: &str| columns.iter().position(|column| column == name).expect("a column");
    let date = rows[0][index("date")].clone();
    rows[0][index("date")] = "2021-01-01".to_owned();
    // As if rules had read something else when the table was made.
    let extracted = rows[0][index("extracted")].replace(&date, "2019-09-09");
    rows[0][index("extracted")] = extracted;
    fs::create_dir_all(folder.join("data/corrections")).expect("a folder");
    write_csv(&folder.join("data/corrections/mine.csv"), &columns, &rows);
    let run = dictum(folder, &["extract"]);
    let told = format!(
        "mine.csv:2: warning: `date` reads `{date}` now, and read `2019-09-09` when it was corrected"
    );
    assert!(run.code == 0 && run.stderr.contains(&told), "{}", run.stderr);
    assert_eq!(records(folder)[0].date.as_deref(), Some("2021-01-01"));
}

#[test]
fn writing_the_table_anew_keeps_what_was_corrected_and_by_whom() {
    let copy = copy_of_project();
    let folder = copy.path();
    fs::create_dir_all(folder.join("data/corrections")).expect("a folder");
    works(folder, &["extract", "-o", "data/corrections/mine.csv"]);
    let path = folder.join("data/corrections/mine.csv");
    let (columns, mut rows) = read_table(&path);
    let index = |name: &str| columns.iter().position(|column| column == name).expect("a column");
    for (column, value) in [("date", "2020/2/21"), ("speaker", "默克尔"), ("by", "W"), ("reason", "r")] {
        rows[0][index(column)] = value.to_owned();
    }
    // What a spreadsheet makes of a date that nobody touched is the same date.
    rows[1][index("date")] = rows[1][index("date")].replace("-0", "-").replace('-', "/");
    write_csv(&path, &columns, &rows);
    let corrected = records(folder);
    assert_eq!(corrected[0].corrected.len(), 2);
    assert_eq!(corrected[0].date.as_deref(), Some("2020-02-21"));
    // Another name is another person, unless somebody says who.
    assert_eq!(corrected[0].speaker_id.as_deref(), Some("person:angela-merkel"));
    assert!(corrected[1].corrected.is_empty());
    for _ in 0..2 {
        works(folder, &["extract", "-o", "data/corrections/mine.csv"]);
        assert_eq!(records(folder), corrected);
    }
    // The same decision twice is one; another one for the same field is told.
    fs::copy(&path, folder.join("data/corrections/second.csv")).expect("a copy");
    assert_eq!(records(folder), corrected);
    fs::write(
        folder.join("data/corrections/third.csv"),
        format!(
            "id,date\nquotation:{},2020-02-22\nquotation:{},2020-02-22\n",
            corrected[0].id, corrected[2].id
        ),
    )
    .expect("a file");
    let run = dictum(folder, &["extract"]);
    for told in [
        "third.csv:2: error: `date` is corrected twice: to `2020-02-21` by W, and to `2020-02-22`",
        "third.csv:3: warning: nobody says who made this correction, and why",
    ] {
        assert!(run.stderr.contains(told), "{told} in {}", run.stderr);
    }
    assert_eq!(records(folder)[2].date.as_deref(), Some("2020-02-22"));
}
