//! What only the whole corpus shows: wordings that come again, and the data set about itself.

use crate::support::{project, works};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

fn rows(folder: &std::path::Path, question: &str) -> Vec<Vec<String>> {
    let text = works(folder, &["query", question, "--format", "csv"]);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect()
}

#[test]
fn the_formulas_of_the_page_are_those_that_a_comparison_of_all_pairs_finds() {
    let records = works(project(), &["extract"]);
    let texts: Vec<(String, Vec<char>)> = records
        .lines()
        .map(|line| {
            let record: dictum::record::Record = serde_json::from_str(line).expect("a record");
            (record.id, record.text.chars().collect())
        })
        .collect();
    let mut expected = BTreeMap::<String, BTreeSet<String>>::new();
    let (mut pairs, mut sharing) = (0, BTreeSet::new());
    for (index, (one, a)) in texts.iter().enumerate() {
        for (other, b) in &texts[index + 1..] {
            let mut found = false;
            for (i, j) in (0..a.len()).flat_map(|i| (0..b.len()).map(move |j| (i, j))) {
                if i > 0 && j > 0 && a[i - 1] == b[j - 1] {
                    continue;
                }
                let length = a[i..].iter().zip(&b[j..]).take_while(|(x, y)| x == y).count();
                if length >= 10 {
                    found = true;
                    let words = a[i..i + length].iter().collect();
                    expected.entry(words).or_default().extend([one.clone(), other.clone()]);
                }
            }
            if found {
                pairs += 1;
                sharing.extend([one, other]);
            }
        }
    }
    assert_eq!((pairs, sharing.len()), (164, 41));

    let asked = rows(
        project(),
        "SELECT ?words ?quotation WHERE { ?quotation dictum:formula/rdf:value ?words } ORDER BY ?words ?quotation",
    );
    let mut found = BTreeMap::<String, BTreeSet<String>>::new();
    for row in asked {
        let id = row[1].trim_start_matches("https://w3id.org/dictum/quotation/").to_owned();
        found.entry(row[0].clone()).or_default().insert(id);
    }
    assert_eq!(found.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>());
    // A pair may share a longer wording around one that others have; the wording is theirs as well.
    for (words, quotations) in &expected {
        assert!(found[words].is_superset(quotations), "{words}");
        for id in &found[words] {
            let (_, text) = texts.iter().find(|(other, _)| other == id).expect("a quotation");
            assert!(text.iter().collect::<String>().contains(words.as_str()));
        }
    }
}

#[test]
fn two_quotations_of_a_table_share_whole_words() {
    let folder = tempfile::tempdir().expect("a folder");
    let table = folder.path().join("speeches.csv");
    fs::write(
        &table,
        "text,speaker,date\n\
         \"We overcome hard times and stand together, as friends do.\",Jane Doe,2021-05-03\n\
         \"They overcame hard times and stand together, as friendly people do.\",Jane Doe,2021-05-04\n",
    )
    .expect("a table");
    let path = table.to_str().expect("a path");
    let query = "SELECT ?words WHERE { ?formula a dictum:Formula ; rdf:value ?words }";
    let answer = works(project(), &["query", query, "--input", path, "--format", "csv"]);
    assert_eq!(answer.replace('\r', ""), "words\n\"hard times and stand together, as\"\n");
}

#[test]
fn the_data_set_says_what_it_was_made_from_and_how_much_is_in_it() {
    let counted = rows(
        project(),
        "SELECT ?class ?n WHERE { ?d void:classPartition ?p . ?p void:class ?class ; void:entities ?n } ORDER BY ?class",
    );
    for row in &counted {
        let query = format!("SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE {{ ?x a <{}> }}", row[0]);
        assert_eq!(rows(project(), &query), [[row[1].clone()]], "{}", row[0]);
    }
    assert!(counted.len() >= 7);
    let made = rows(
        project(),
        "SELECT ?sha WHERE { ?d a void:Dataset ; prov:wasGeneratedBy/prov:used ?s ; prov:wasDerivedFrom ?s . ?s dictum:sha256 ?sha }",
    );
    assert_eq!(made, [["c37f130cf6f9402f1120580781693b6d78bee0f57aec9a7799713785b69436ef"]]);
}
