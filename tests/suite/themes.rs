//! The themes that rules find, against a coding by somebody who read the page without having seen them:
//! `tests/gold/solidarity-2020-themes.csv`.

use crate::support::{project, works};
use dictum::record::Record;
use std::collections::{BTreeMap, BTreeSet};

/// Quotation and theme.
type Assignments = BTreeSet<(String, String)>;

fn coded() -> (Assignments, BTreeMap<(String, String), Vec<String>>) {
    let path = project().join("tests/gold/solidarity-2020-themes.csv");
    let mut reader = csv::Reader::from_path(path).expect("the coding");
    let rows = reader.records().map(|row| row.expect("a row"));
    let words = rows.map(|row| {
        let words = row[5].split(" | ").map(str::to_owned).collect();
        ((row[0].to_owned(), row[2].to_owned()), words)
    });
    let words: BTreeMap<_, Vec<String>> = words.collect();
    (words.keys().cloned().collect(), words)
}

fn read() -> Vec<Record> {
    let text = works(project(), &["extract"]);
    text.lines().map(|line| serde_json::from_str(line).expect("a record")).collect()
}

fn found(records: &[Record]) -> Assignments {
    let themes = records.iter().flat_map(|record| {
        record
            .themes
            .iter()
            .map(|theme| (record.id.clone(), theme.concept.trim_start_matches("theme:").to_owned()))
    });
    themes.collect()
}

#[test]
#[expect(clippy::cast_precision_loss, reason = "a ratio of small numbers")]
fn rules_find_what_a_reader_finds() {
    let records = read();
    let ((coded, _), found) = (coded(), found(&records));
    let right = coded.intersection(&found).count();
    let f1 = 2.0 * right as f64 / (coded.len() + found.len()) as f64;
    let missing: Vec<_> = coded.difference(&found).collect();
    let surplus: Vec<_> = found.difference(&coded).collect();
    assert!(f1 >= 0.9, "F1 {f1:.3}\nmissing {missing:?}\nsurplus {surplus:?}");
}

#[test]
fn the_coding_is_of_the_page_as_it_is_and_of_the_scheme_as_it_is() {
    let records = read();
    let texts: BTreeMap<&str, &str> =
        records.iter().map(|record| (record.id.as_str(), record.text.as_str())).collect();
    let scheme = std::fs::read_to_string(project().join("ontology/themes.ttl")).expect("the scheme");
    let (_, words) = coded();
    assert_eq!(words.keys().map(|(id, _)| id).collect::<BTreeSet<_>>().len(), 51);
    for ((id, theme), shown) in &words {
        assert!(scheme.contains(&format!("theme:{theme} a skos:Concept")), "{theme}");
        for words in shown {
            assert!(texts[id.as_str()].contains(words.as_str()), "{id} {theme}: {words}");
        }
    }
}
