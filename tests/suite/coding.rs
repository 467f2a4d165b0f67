//! Coding by hand: from a sheet to a decision, with the figures between.

use crate::support::{copy_of_project, dictum, project, works};
use dictum::record::Record;
use std::fs;
use std::path::Path;

type Table = (Vec<String>, Vec<Vec<String>>);

fn read_table(path: &Path) -> Table {
    let text = fs::read_to_string(path).expect("a table");
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let columns = reader.headers().expect("headings").iter().map(str::to_owned).collect();
    let rows = reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect());
    (columns, rows.collect())
}

fn write_table(path: &Path, (columns, rows): &Table) {
    let mut writer = csv::Writer::from_path(path).expect("a file");
    writer.write_record(columns).expect("written");
    for row in rows {
        writer.write_record(row).expect("written");
    }
}

/// The place of a cell: its row by the number of the quotation, and its column.
fn cell<'t>((columns, rows): &'t mut Table, n: usize, column: &str) -> &'t mut String {
    let place = |name: &str| columns.iter().position(|one| one == name).expect("a column");
    let (number, column) = (place("n"), place(column));
    let row = rows.iter_mut().find(|row| row[number] == n.to_string()).expect("a row");
    &mut row[column]
}

fn value(table: &Table, keys: &[(&str, &str)], column: &str) -> String {
    let place = |name: &str| table.0.iter().position(|one| one == name).expect("a column");
    let row = table.1.iter().find(|row| keys.iter().all(|(name, value)| row[place(name)] == *value));
    row.unwrap_or_else(|| panic!("no row of {keys:?}"))[place(column)].clone()
}

/// Fills in a blank sheet with what the rules found, as a coder who agrees with them would.
fn coded_like_the_rules(folder: &Path, name: &str) -> Table {
    works(folder, &["coding", "sheet", "--blank", "-o", "blank.csv"]);
    works(folder, &["coding", "sheet", "-o", "filled.csv"]);
    let again = dictum(folder, &["coding", "sheet", "--blank", "-o", "blank.csv"]);
    assert!(again.code == 2 && again.stderr.contains("may hold somebody's work"), "{}", again.stderr);
    let (mut blank, filled) = (read_table(&folder.join("blank.csv")), read_table(&folder.join("filled.csv")));
    let fields = blank.0.iter().position(|column| column == "speaker").expect("a column");
    let by = blank.0.iter().position(|column| column == "by").expect("a column");
    for (row, found) in blank.1.iter_mut().zip(&filled.1) {
        assert!(row[fields..].iter().all(String::is_empty), "a blank sheet shows nothing of the rules");
        for (cell, found) in row[fields..by].iter_mut().zip(&found[fields..by]) {
            assert!(!found.is_empty(), "what rules did not find is not there");
            found.clone_into(cell);
        }
        name.clone_into(&mut row[by]);
    }
    blank
}

#[test]
fn two_coders_are_compared_and_what_they_decide_together_becomes_the_record() {
    let copy = copy_of_project();
    let folder = copy.path();
    let mut ada = coded_like_the_rules(folder, "Ada");
    let mut bob = ada.clone();
    for cell in bob.1.iter_mut().flatten().filter(|cell| *cell == "Ada") {
        "Bob".clone_into(cell);
    }
    *cell(&mut ada, 1, "date") = "2020-02-21".to_owned();
    *cell(&mut ada, 2, "theme_words") = "aid-given|力所能及的援助".to_owned();
    *cell(&mut bob, 3, "event_type") = String::new();
    *cell(&mut bob, 4, "counterpart") = "Sergio Mattarella".to_owned();
    write_table(&folder.join("ada.csv"), &ada);
    write_table(&folder.join("bob.csv"), &bob);
    works(folder, &["coding", "agreement", "ada.csv", "bob.csv", "-o", "agreement"]);
    let summary = read_table(&folder.join("agreement/agreement.csv"));
    let figure = |field: &str, theme: &str, column: &str| {
        value(&summary, &[("field", field), ("theme", theme)], column)
    };
    assert_eq!(figure("date", "", "compared"), "51");
    assert_eq!(figure("date", "", "agreement"), "0.98");
    assert_eq!(
        (figure("event_type", "", "compared"), figure("event_type", "", "missing")),
        ("50".into(), "1".into())
    );
    assert_eq!(figure("counterpart", "", "agreement"), "1", "one person under two names is one");
    // Everybody names the same speaker: nothing can be said of how far that is more than chance.
    assert_eq!(figure("speaker", "", "alpha"), "");
    assert_eq!(figure("speaker", "", "note"), "undefined: one value throughout");
    assert_eq!(figure("theme_words", "who", "agreement"), "0.98");
    assert_eq!(figure("theme_words", "aid-given", "agreement"), "1");
    let matrix = read_table(&folder.join("agreement/matrix.csv"));
    assert_eq!(matrix.0, ["id", "field", "theme", "Ada", "Bob"]);
    let pairs = read_table(&folder.join("agreement/pairs.csv"));
    let kappa = value(&pairs, &[("field", "theme_words"), ("theme", "who")], "kappa");
    assert!(kappa.parse::<f64>().is_ok_and(|kappa| kappa > 0.9 && kappa < 1.0), "{kappa}");

    // They decide where they differ, and put the sheet where it counts.
    let mut decided = read_table(&folder.join("agreement/adjudication.csv"));
    assert_eq!(*cell(&mut decided, 1, "date"), "");
    assert!(cell(&mut decided, 1, "to_decide").contains("date, Ada: 2020-02-21\ndate, Bob: 2020-02-20"));
    assert_eq!(
        *cell(&mut decided, 2, "theme_words"),
        "aid-given|力所能及的援助",
        "on the others they differ"
    );
    assert!(
        cell(&mut decided, 2, "to_decide")
            .contains("theme_words, Ada: who: no\ntheme_words, Bob: who: 世界卫生组织")
    );
    assert_eq!(*cell(&mut decided, 3, "event_type"), "", "what one did not decide is not agreed on");
    assert!(cell(&mut decided, 3, "to_decide").contains("event_type, Bob: did not decide"));
    *cell(&mut decided, 1, "date") = "2020-02-21".to_owned();
    *cell(&mut decided, 2, "theme_words") = "who|世界卫生组织; 对外提供援助|力所能及的援助".to_owned();
    *cell(&mut decided, 2, "main_theme") = "who".to_owned();
    *cell(&mut decided, 3, "event_type") = "通话".to_owned();
    for row in &mut decided.1 {
        let by = decided.0.iter().position(|column| column == "by").expect("a column");
        row[by] = "Ada and Bob".to_owned();
        row[by + 1] = "2021-05-06".to_owned();
        row[by + 2] = "Talked over.".to_owned();
    }
    write_table(&folder.join("decided.csv"), &decided);
    // Agreement worked out again leaves the sheet in which somebody decides alone.
    write_table(&folder.join("agreement/adjudication.csv"), &decided);
    let again = dictum(folder, &["coding", "agreement", "ada.csv", "bob.csv", "-o", "agreement"]);
    assert!(again.code == 0 && again.stderr.contains("left as it is"), "{}", again.stderr);
    assert_eq!(read_table(&folder.join("agreement/adjudication.csv")), decided);
    let before = works(folder, &["coding", "accuracy", "decided.csv"]);
    fs::create_dir_all(folder.join("data/corrections")).expect("a folder");
    fs::copy(folder.join("decided.csv"), folder.join("data/corrections/decided.csv")).expect("a copy");
    let records: Vec<Record> = works(folder, &["extract"])
        .lines()
        .map(|line| serde_json::from_str(line).expect("a record"))
        .collect();
    assert!(records.iter().all(|record| record.checked_by.as_deref() == Some("Ada and Bob")));
    assert!(records.iter().all(|record| record.checked_on.as_deref() == Some("2021-05-06")));
    assert!(records.iter().all(|record| record.check_reason.as_deref() == Some("Talked over.")));
    assert_eq!(records[0].date.as_deref(), Some("2020-02-21"));
    let themes: Vec<_> =
        records[1].themes.iter().map(|theme| (theme.concept.as_str(), theme.cue.as_str())).collect();
    assert_eq!(
        themes,
        [("theme:aid-given", "力所能及的援助"), ("theme:who", "世界卫生组织")],
        "what rules found keeps its rule"
    );
    let changed: Vec<_> = records
        .iter()
        .flat_map(|record| record.corrected.iter().map(move |one| (record.n, one.field.as_str())))
        .collect();
    let expected = [(1, "date"), (2, "main_theme"), (2, "theme_words")];
    assert_eq!(changed, expected, "what was agreed on and read so is no correction, however it is written");
    // Rules are judged by what they find, whatever was decided since.
    assert_eq!(works(folder, &["coding", "accuracy", "decided.csv"]), before);
    works(folder, &["verify"]);
}

#[test]
fn one_coder_is_never_called_agreement_and_bad_cells_are_told() {
    let copy = copy_of_project();
    let folder = copy.path();
    let mut ada = coded_like_the_rules(folder, "Ada");
    *cell(&mut ada, 1, "date") = "soon".to_owned();
    *cell(&mut ada, 2, "theme_words") = "aid-givn|力所能及的援助".to_owned();
    *cell(&mut ada, 3, "theme_words") = "aid-given|no such words".to_owned();
    *cell(&mut ada, 4, "id") = "nobody".to_owned();
    write_table(&folder.join("ada.csv"), &ada);
    let run = dictum(folder, &["coding", "agreement", "ada.csv"]);
    assert_eq!(run.code, 2);
    for told in [
        "ada.csv:2: error: column `date`: `soon` is no date\n  help: the cell counts as missing",
        "ada.csv:3: error: column `theme_words`: no theme is called `aid-givn`; did you mean `aid-given`?",
        "ada.csv:4: error: column `theme_words`: `no such words` does not stand in the text",
        "ada.csv:5: error: no quotation is called `nobody`",
        "error: only Ada has coded here: one coder agrees with nobody",
    ] {
        assert!(run.stderr.contains(told), "{told}\n{}", run.stderr);
    }
    let run = dictum(folder, &["coding", "agreement", "ada.csv", "ada.csv"]);
    assert!(run.code == 2 && run.stderr.contains("Ada has coded `solidarity-2020-"), "{}", run.stderr);
}

#[test]
fn a_filled_sheet_counts_where_it_is_signed() {
    let copy = copy_of_project();
    let folder = copy.path();
    works(folder, &["coding", "sheet", "-o", "sheet.csv"]);
    let mut sheet = read_table(&folder.join("sheet.csv"));
    *cell(&mut sheet, 1, "by") = "Ada".to_owned();
    *cell(&mut sheet, 5, "main_theme") = "国际合作".to_owned();
    *cell(&mut sheet, 6, "represents") = "法国".to_owned();
    *cell(&mut sheet, 6, "by") = "ada ".to_owned();
    *cell(&mut sheet, 7, "main_theme") = "stigma-politicisation".to_owned();
    *cell(&mut sheet, 7, "by") = "Ada".to_owned();
    *cell(&mut sheet, 5, "by") = "Ada".to_owned();
    write_table(&folder.join("sheet.csv"), &sheet);
    let accuracy = works(folder, &["coding", "accuracy", "sheet.csv", "--format", "csv"]);
    assert!(accuracy.contains("date,,4,4,4,1,"), "four rows are signed, by one\n{accuracy}");
    fs::create_dir_all(folder.join("data/corrections")).expect("a folder");
    fs::copy(folder.join("sheet.csv"), folder.join("data/corrections/sheet.csv")).expect("a copy");
    let run = dictum(folder, &["extract"]);
    let told = "the main theme `theme:stigma-politicisation` is none of its themes";
    assert!(run.code == 1 && run.stderr.contains(told), "{}", run.stderr);
    let records: Vec<Record> =
        run.stdout.lines().map(|line| serde_json::from_str(line).expect("a record")).collect();
    assert_eq!(records[4].main_theme.as_deref(), Some("theme:international-cooperation"), "a label names it");
    let place = records[5].counterparts[0].key.as_deref();
    assert_eq!(place, Some("place:france"), "another place is looked up anew");
    assert_eq!(records.iter().filter(|record| record.checked_by.is_some()).count(), 3);
    // The workbook has the code book beside the sheet.
    fs::remove_dir_all(folder.join("data/corrections")).expect("removed");
    works(folder, &["coding", "sheet", "-o", "sheet.xlsx"]);
    let again = dictum(folder, &["coding", "accuracy", "sheet.xlsx"]);
    assert!(again.code == 2 && again.stderr.contains("here are no decisions"), "{}", again.stderr);
    // The code book for coders says nothing of what rules go by or found.
    let book = works(folder, &["coding", "codebook"]);
    assert!(
        book.contains("对外提供援助")
            && !book.contains("Found in")
            && !book.contains("向贵国派遣")
            && !book.contains("blockquote lang")
    );
}

#[test]
fn whoever_does_not_sign_is_nobody_where_others_do() {
    let copy = copy_of_project();
    let folder = copy.path();
    let ada = coded_like_the_rules(folder, "Ada");
    let by = ada.0.iter().position(|column| column == "by").expect("a column");
    // Bob signs half of his rows, codes the rest in another file, and writes two counterparts in another order.
    let (mut first, mut second, mut unsigned) = (ada.clone(), ada.clone(), ada.clone());
    for (index, row) in first.1.iter_mut().enumerate() {
        row[by] = if index < 25 { "bob".to_owned() } else { String::new() };
    }
    second.1.drain(..25);
    second.1.iter_mut().for_each(|row| "Bob".clone_into(&mut row[by]));
    unsigned.1.iter_mut().for_each(|row| row[by].clear());
    for (name, table) in [("ada", &ada), ("first", &first), ("second", &second), ("cem", &unsigned)] {
        write_table(&folder.join(format!("{name}.csv")), table);
    }
    let run = dictum(folder, &["coding", "agreement", "ada.csv", "first.csv", "second.csv", "-o", "out1"]);
    assert!(
        run.stderr.contains("first.csv:27: warning: the row is filled in and not signed"),
        "{}",
        run.stderr
    );
    let matrix = read_table(&folder.join("out1/matrix.csv"));
    assert_eq!(matrix.0, ["id", "field", "theme", "Ada", "bob"]);
    assert!(
        matrix.1.iter().all(|row| row[3] == row[4] && !row[3].is_empty()),
        "everything was coded by both"
    );
    works(folder, &["coding", "agreement", "ada.csv", "cem.csv", "-o", "out2"]);
    assert_eq!(
        read_table(&folder.join("out2/matrix.csv")).0[4],
        "cem",
        "a file that nobody signs is of whom it is named after"
    );
}

#[test]
fn the_page_on_themes_says_what_the_command_says() {
    let page = fs::read_to_string(project().join("docs/themes.md")).expect("the page");
    let reference = "tests/gold/solidarity-2020-themes.csv";
    for numbers in [None, Some("35-51")] {
        let mut command = vec!["coding", "accuracy", reference, "--format", "markdown"];
        command.extend(numbers.map(|_| "--numbers"));
        command.extend(numbers);
        let said = works(project(), &command);
        let whole = said.lines().find(|line| line.contains("(all, each assignment alike)")).expect("a row");
        assert!(page.contains(whole), "docs/themes.md lacks, from dictum {}:\n{whole}", command.join(" "));
        if numbers.is_none() {
            assert!(
                page.contains(said.trim()),
                "docs/themes.md: make its tables anew with dictum {}",
                command.join(" ")
            );
        }
    }
}
