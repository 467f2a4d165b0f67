//! Pages in other layouts, with other forms of dates and names: each gives what a person read.
//! Adding a test is adding a pair of files to `tests/layouts/`.

use crate::support::{project, works};
use dictum::record::Record;
use dictum::score::Score;
use std::fs;

fn records(text: &str) -> Vec<Record> {
    text.lines()
        .enumerate()
        .map(|(index, line)| {
            let mut record: Record =
                serde_json::from_str(line).unwrap_or_else(|error| panic!("{error} in {line}"));
            record.n = index + 1;
            record
        })
        .collect()
}

#[test]
fn every_page_gives_its_gold() {
    let folder = project().join("tests/layouts");
    let mut pages: Vec<_> =
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    pages.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    pages.sort();
    assert!(pages.len() >= 50);
    let (mut all, mut told) = (Score::default(), String::new());
    for page in pages {
        let gold = records(&fs::read_to_string(page.with_extension("jsonl")).expect("gold"));
        let found = records(&works(project(), &["extract", page.to_str().expect("a path")]));
        let score = Score::of(&gold, &found);
        if !score.is_perfect() {
            told.push_str(&format!("{}\n", page.file_stem().expect("a name").display()));
            score.differences.iter().for_each(|difference| told.push_str(&format!("  {difference}\n")));
        }
        all.add(score);
    }
    assert!(all.is_perfect(), "{told}\n{}", all.report().split("\n\n").next().unwrap_or_default());
}

#[test]
fn a_year_that_only_a_heading_states_is_marked() {
    let page = project().join("tests/layouts/year-from-heading.txt");
    let found = records(&works(project(), &["extract", page.to_str().expect("a path")]));
    assert!(
        found
            .iter()
            .all(|record| record.year_from.as_deref() == Some(&record.date.as_deref().expect("a date")[..4]))
    );
    let page = project().join("data/sources/solidarity-2020.txt");
    let found = records(&works(project(), &["extract", page.to_str().expect("a path")]));
    assert!(found.iter().all(|record| record.year_from.is_none()));
}

#[test]
fn an_impossible_date_is_a_problem_and_stays_as_printed() {
    let page = project().join("tests/layouts/dates-none.txt");
    let run = crate::support::dictum(project(), &["extract", page.to_str().expect("a path")]);
    assert!(run.stderr.contains("`2021年2月30日` is no day of the calendar"), "{}", run.stderr);
    assert!(run.stdout.contains("\"citation\":\"2021年2月30日同危地马拉总统科霍通话\""), "{}", run.stdout);
}
