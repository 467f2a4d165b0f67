//! Every question has an answer on the shipped data that is kept: `tests/answers/`.
//!
//! After a change that ought to change answers, `DICTUM_ANSWERS=write cargo test --release answers` writes them
//! anew; look through the difference before it is kept. Of long answers the first lines stand there, and the
//! checksum of the rest.

use crate::support::{project, works};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Lines of an answer that are kept as they are.
const LINES: usize = 120;

/// An answer as it is kept.
fn kept(text: &str) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    if lines.len() > LINES {
        let rest = lines.split_off(LINES);
        let sum = dictum::source::hex(&Sha256::digest(rest.join("\n").as_bytes()));
        lines.push(format!("and {} more lines, SHA-256 {sum}", rest.len()));
    }
    lines.join("\n") + "\n"
}

fn tables(folder: &Path) -> BTreeMap<String, String> {
    let files = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let tables = files.filter(|path| path.extension().is_some_and(|extension| extension == "csv"));
    let name = |path: &Path| path.file_stem().and_then(|stem| stem.to_str()).expect("a name").to_owned();
    tables.map(|path| (name(&path), fs::read_to_string(&path).expect("a table"))).collect()
}

#[test]
fn every_question_is_answered_as_before() {
    let out = tempfile::tempdir().expect("a folder");
    works(project(), &["build", "--out", out.path().to_str().expect("a path")]);
    let (found, expected) = (tables(&out.path().join("tables")), project().join("tests/answers"));
    if std::env::var("DICTUM_ANSWERS").is_ok_and(|what| what == "write") {
        fs::remove_dir_all(&expected).expect("removed");
        fs::create_dir_all(&expected).expect("a folder");
        for (name, text) in &found {
            fs::write(expected.join(format!("{name}.csv")), kept(text)).expect("written");
        }
        return;
    }
    let expected = tables(&expected);
    let names = |tables: &BTreeMap<String, String>| tables.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&found), names(&expected), "each question has its answer in tests/answers");
    for (name, text) in found {
        let text = kept(&text);
        for (line, (found, expected)) in text.lines().zip(expected[&name].lines()).enumerate() {
            assert_eq!(found, expected, "{name}.csv, line {}", line + 1);
        }
        assert_eq!(text.lines().count(), expected[&name].lines().count(), "{name}.csv");
    }
}

#[test]
fn the_page_of_the_catalogue_is_what_the_program_says() {
    let page = fs::read_to_string(project().join("queries/README.md")).expect("the page");
    let said = works(project(), &["query", "--list", "--format", "markdown"]);
    let first = said.lines().find(|line| !page.contains(*line));
    assert!(
        page.contains(said.trim()),
        "queries/README.md: put in what `dictum query --list --format markdown` prints; first: {first:?}"
    );
}

#[test]
fn every_column_of_every_table_is_in_the_dictionary_in_both_languages() {
    use dictum::folder::Folder;
    use dictum::query::{Dictionary, catalogue};
    let queries = Folder::find("queries", Some(&project().join("queries"))).expect("a folder");
    let dictionary = Dictionary::read(&queries).expect("a dictionary");
    for question in catalogue(&queries, "").expect("questions") {
        let tag = &question.header.tags[0];
        assert!(dictionary.groups.iter().any(|group| &group.name == tag), "{}: {tag}", question.name);
        for column in question.columns() {
            let entry = dictionary.columns.get(&column);
            let entry =
                entry.unwrap_or_else(|| panic!("{}: ?{column} is not in the dictionary", question.name));
            for texts in [&entry.labels, &entry.descriptions] {
                assert!(texts.contains_key("en") && texts.contains_key("zh"), "{column}");
            }
        }
    }
}

#[test]
fn answers_come_in_one_language_in_part_and_with_their_plan() {
    let query = |more: &[&str]| works(project(), &[&["query", "contacts-by-country"], more].concat());
    let csv = |more: &[&str]| query(&[more, &["--format", "csv"]].concat());
    let whole = csv(&[]);
    assert!(whole.starts_with("country_en,country_zh,"));
    let chinese = csv(&["--lang", "zh"]);
    assert!(chinese.starts_with("country,iso3,") && chinese.contains("德国") && !chinese.contains("Germany"));
    assert!(query(&["--lang", "zh"]).contains("国家") && query(&["--lang", "en"]).contains("Germany"));
    let lines: Vec<&str> = whole.lines().collect();
    let part = csv(&["--offset", "2", "--limit", "3"]);
    assert_eq!(part.lines().collect::<Vec<_>>(), [lines[0], lines[3], lines[4], lines[5]]);
    let plan = query(&["--explain"]);
    assert!(plan.contains("24 rows") && plan.contains("QuadPattern(?event"), "{plan}");
    let page = query(&["--format", "html", "--lang", "zh"]);
    assert!(page.contains("<td>德国</td>") && page.starts_with("<!doctype html>"));
    let listed = works(project(), &["query", "--list", "--lang", "zh"]);
    assert!(listed.starts_with("概览\n") && listed.contains("同哪些国家"), "{listed}");
    let triples =
        ["query", "CONSTRUCT { ?p a schema:Person } WHERE { ?p a schema:Person }", "--format", "ntriples"];
    assert!(works(project(), &triples).lines().all(|line| line.ends_with("<https://schema.org/Person> .")));
}

#[test]
fn a_header_that_other_tools_would_read_otherwise_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("q.rq");
    for (line, told) in [
        ("#+ summary: a: b", "q.rq:1:1: error: put `a: b` into quotation marks"),
        ("#+ sumary: a", "q.rq:1:1: error: unknown header key `sumary`\n  help: did you mean `summary`?"),
        ("#+ summary: a\n#+ summary: b", "q.rq:2:1: error: `summary` stands twice"),
        ("#+ parameters: theme", "q.rq:1:1: error: `theme` stands beside `parameters`"),
        ("#+ parameters:\n#+   - theme", "q.rq:2:1: error: `- theme` stands under `parameters`"),
        ("#+ parameters:\n#+   theme: thing, a theme", "q.rq: error: the query has no ?theme to set"),
        ("#+ view: cake", "q.rq:1:1: error: unknown view `cake`"),
    ] {
        fs::write(&path, format!("{line}\nSELECT ?a WHERE {{ ?a a ?b }}\n")).expect("a file");
        let run = crate::support::dictum(project(), &["query", path.to_str().expect("a path")]);
        assert!(run.code == 2 && run.stderr.contains(told), "{}", run.stderr);
    }
}
