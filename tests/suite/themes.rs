//! The themes that rules find, against a coding by somebody who read the page without having seen them:
//! `tests/gold/solidarity-2020-themes.csv`.

use crate::support::{append, copy_of_project, dictum, project, works};
use dictum::record::Record;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

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
    read_in(project())
}

fn read_in(folder: &Path) -> Vec<Record> {
    let text = works(folder, &["extract"]);
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

/// Every assignment of a theme: quotation, theme, place, words, cue.
fn assignments(records: &[Record]) -> BTreeSet<(String, String, usize, usize, String)> {
    let all = records.iter().flat_map(|record| record.themes.iter().map(move |theme| (record, theme)));
    all.map(|(record, theme)| {
        (record.id.clone(), theme.concept.clone(), theme.start, theme.end, theme.cue.clone())
    })
    .collect()
}

#[test]
fn removing_a_cue_removes_exactly_its_assignments() {
    let copy = copy_of_project();
    let path = copy.path().join("ontology/themes.ttl");
    let scheme = fs::read_to_string(&path).expect("the scheme");
    let whole = assignments(&read_in(copy.path()));
    // Of each theme the cue by which it is found most often, and one that is found once.
    let mut counts = BTreeMap::<(&str, &str), usize>::new();
    for (_, theme, _, _, cue) in &whole {
        *counts.entry((theme.as_str(), cue.as_str())).or_default() += 1;
    }
    let mut by_theme = BTreeMap::<&str, Vec<(usize, &str)>>::new();
    for ((theme, cue), count) in &counts {
        by_theme.entry(theme).or_default().push((*count, cue));
    }
    let mut tried = 0;
    for (theme, mut cues) in by_theme {
        cues.sort_unstable();
        for (count, cue) in [cues[0], cues[cues.len() - 1]].into_iter().collect::<BTreeSet<_>>() {
            let Some(without) = scheme_without(&scheme, theme, cue) else { continue };
            fs::write(&path, without).expect("a scheme");
            let left = assignments(&read_in(copy.path()));
            let lost: BTreeSet<_> = whole.difference(&left).collect();
            let of_cue = |one: &&(String, String, usize, usize, String)| one.1 == theme && one.4 == cue;
            assert_eq!(lost, whole.iter().filter(of_cue).collect(), "{theme} {cue}");
            assert_eq!(lost.len(), count);
            // A shorter cue of the theme may come to light inside the words, and nowhere else.
            for (id, other, start, end, _) in left.difference(&whole) {
                assert!(
                    other == theme && lost.iter().any(|one| &one.0 == id && one.2 <= *start && *end <= one.3),
                    "{theme} {cue}"
                );
            }
            tried += 1;
        }
    }
    assert!(tried > 30, "{tried}");
}

/// The scheme without one string of the hidden labels of a theme; `None` where it is another label.
fn scheme_without(scheme: &str, theme: &str, cue: &str) -> Option<String> {
    let start = scheme.find(&format!("\n{theme} a skos:Concept"))?;
    let end = scheme[start + 1..].find("\n\n").map_or(scheme.len(), |end| start + 1 + end);
    let hidden = start + scheme[start..end].find("skos:hiddenLabel")?;
    let values_end = hidden + scheme[hidden..end].find(" ;\n")?;
    let values: Vec<&str> =
        scheme[hidden + "skos:hiddenLabel".len()..values_end].split(" ,\n").map(str::trim).collect();
    let wanted = ["en", "zh"].map(|tag| format!("\"{cue}\"@{tag}"));
    let kept: Vec<&str> =
        values.iter().copied().filter(|value| !wanted.iter().any(|wanted| wanted == value)).collect();
    (kept.len() + 1 == values.len() && !kept.is_empty()).then(|| {
        format!("{}skos:hiddenLabel {}{}", &scheme[..hidden], kept.join(" ,\n"), &scheme[values_end..])
    })
}

#[test]
fn another_scheme_is_used_by_pointing_to_a_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("out");
    let out = out.to_str().expect("a path");
    let five = "docs/examples/five-themes.ttl";
    works(project(), &["--themes", five, "build", "--out", out]);
    let records = fs::read_to_string(format!("{out}/records.jsonl")).expect("records");
    let themes: BTreeSet<&str> =
        records.split("\"concept\":\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let expected = ["ex:cooperation", "ex:health-cooperation", "ex:money", "ex:thanks", "ex:youth"];
    assert_eq!(themes, expected.into_iter().collect());
    let codebook = fs::read_to_string(format!("{out}/codebook.html")).expect("a code book");
    assert!(codebook.contains("五个主题") && codebook.contains("id=\"health-cooperation\""));
    assert!(!codebook.contains("aid-given"));
    let table = works(project(), &["--themes", five, "query", "themes", "--format", "csv"]);
    assert!(table.contains("health cooperation"), "{table}");
    works(project(), &["--themes", five, "verify"]);
    // The same scheme in another format of RDF, with a blank node and a link that nobody needs.
    let mut triples = works(project(), &["--themes", five, "export", "--format", "ntriples"]);
    triples.retain(|c| c != '\r');
    let space = "<https://example.org/themes/";
    let lines = triples.lines().filter(|line| line.starts_with(space));
    let mut other = lines.map(|line| format!("{line}\n")).collect::<String>();
    other.push_str(&format!("{space}youth> <http://www.w3.org/2004/02/skos/core#note> _:b .\n"));
    let path = folder.path().join("five.nt");
    fs::write(&path, other).expect("a file");
    let without_hidden = works(project(), &["--themes", path.to_str().expect("a path"), "extract"]);
    assert!(without_hidden.contains("example.org/themes/cooperation"));
    let nothing = dictum(project(), &["--themes", "ontology/vocabulary.ttl", "extract"]);
    assert_eq!(nothing.code, 0, "a vocabulary holds concepts, none of which is found");
    fs::write(&path, "").expect("a file");
    let run = dictum(project(), &["--themes", path.to_str().expect("a path"), "extract"]);
    assert!(run.code == 2 && run.stderr.contains("no theme is described here"), "{}", run.stderr);
}

#[test]
fn context_denial_and_the_words_of_others_decide_where_words_point_both_ways() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("quotes.csv");
    let quotes = [
        ("We provided much assistance.", vec!["theme:aid-given"]),
        ("We received assistance from three ports.", vec!["theme:aid-received-gratitude"]),
        ("The assistance was late. We provided nothing.", vec![]),
        ("We did not provide assistance to anybody.", vec![]),
        ("Not only did we provide assistance to three ports, we stayed.", vec!["theme:aid-given"]),
        ("The minister said: “We provided assistance to three ports.” So be it.", vec![]),
        ("Nobody said that the virus knows no borders.", vec!["theme:solidarity-shared-future"]),
    ];
    let rows: String = quotes.iter().map(|(text, _)| format!("\"{text}\",Jane Doe\n")).collect();
    fs::write(&path, format!("text,speaker\n{rows}")).expect("a table");
    let text = works(project(), &["extract", path.to_str().expect("a path")]);
    let records: Vec<Record> =
        text.lines().map(|line| serde_json::from_str(line).expect("a record")).collect();
    assert_eq!(records.len(), quotes.len());
    for (record, (text, themes)) in records.iter().zip(&quotes) {
        let found: BTreeSet<&str> = record.themes.iter().map(|theme| theme.concept.as_str()).collect();
        assert_eq!(found, themes.iter().copied().collect(), "{text}");
    }
    assert_eq!(records[0].themes[0].rule.as_deref(), Some("cue:assistance-offered"));
}

#[test]
fn cues_that_name_one_side_point_the_way_of_the_speaker() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("quotes.csv");
    let quotes = [
        ("Germany has provided medical supplies to China.", "Angela Merkel", "theme:aid-given"),
        ("They provided medical supplies to China.", "Xi Jinping", "theme:aid-received-gratitude"),
        ("We thanked China for its help.", "Angela Merkel", "theme:aid-received-gratitude"),
        ("They provided medical supplies to China.", "Somebody", "theme:aid-given"),
    ];
    let rows: String = quotes.iter().map(|(text, who, _)| format!("\"{text}\",{who},2020-03-01\n")).collect();
    fs::write(&path, format!("text,speaker,date\n{rows}")).expect("a table");
    let text = works(project(), &["extract", path.to_str().expect("a path")]);
    let records: Vec<Record> =
        text.lines().map(|line| serde_json::from_str(line).expect("a record")).collect();
    for (record, (text, who, theme)) in records.iter().zip(&quotes) {
        let found: BTreeSet<&str> = record.themes.iter().map(|theme| theme.concept.as_str()).collect();
        assert_eq!(found, BTreeSet::from([*theme]), "{who}: {text}");
    }
}

#[test]
fn what_is_wrong_in_a_scheme_is_told_where_it_is_written() {
    let copy = copy_of_project();
    let path = copy.path().join("ontology/themes.ttl");
    let lines = fs::read_to_string(&path).expect("the scheme").lines().count();
    append(
        &path,
        "\ncue:a a dictum:Cue ; dictum:shows theme:aid-givn ; rdf:value \"abc\"@en .\n\
         cue:b a dictum:Cue ; dictum:shows theme:aid ; dictum:requiredContxt \"abc\"@en .\n\
         theme:x a skos:Concept ; skos:prefLabel \"x\"@en , \"y\"@en , \" \"@zh ; dictum:weight \"abc\" , 1 ; skos:broader theme:x .\n\
         theme:y a skos:Concept ; skos:broader theme:nowhere .\n\
         <https://example.org/other/aid> a skos:Concept ; skos:prefLabel \"zzz\"@en .\n",
    );
    let run = dictum(copy.path(), &["extract"]);
    assert_eq!(run.code, 1);
    for (line, told) in [
        (2, "error: `a` shows `aid-givn`, which is no theme\n  help: did you mean `aid-given`?"),
        (3, "error: `b` has no rdf:value"),
        (
            3,
            "error: `b` has an unknown property `dictum:requiredContxt`\n  help: did you mean `dictum:requiredContext`?",
        ),
        (4, "error: `x` has two preferred labels in `en`"),
        (4, "error: `x` has an empty label"),
        (4, "error: `x` has a weight that is no number: \"abc\""),
        (4, "error: `x` has several weights"),
        (4, "error: `x` is broader than itself"),
        (5, "warning: `y` has no label"),
        (5, "warning: `y` has a broader theme that is not described"),
        (6, "error: `aid` ends like <https://"),
    ] {
        let told = format!("ontology/themes.ttl:{}:1: {told}", lines + line);
        // Of two themes of one name either may be told of.
        let told = if line == 6 { "error: `aid` ends like <https://".to_owned() } else { told };
        assert!(run.stderr.contains(&told), "{told}\n{}", run.stderr);
    }
    assert_eq!(run.stdout.lines().count(), 51, "the rest goes on");
}

#[test]
fn a_scheme_as_other_tools_write_it_is_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("scheme.ttl");
    fs::write(
        &path,
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix c: <http://example.org/c/> .\n\
         c:s a skos:ConceptScheme ; skos:hasTopConcept c:1 .\n\
         c:1 a skos:Concept ; skos:prefLabel \"Kooperation\"@de , \"合作\"@zh-Hans ; skos:narrower c:2 ; skos:notation \"1\" .\n\
         c:2 a skos:Concept ; skos:prefLabel \"抗疫合作\" ; skos:definition [ skos:note \"x\" ] .\n\
         c:m a skos:Collection ; skos:member c:1 , c:2 .\n",
    )
    .expect("a file");
    let scheme = path.to_str().expect("a path");
    let text = works(project(), &["--themes", scheme, "extract"]);
    let records: Vec<Record> =
        text.lines().map(|line| serde_json::from_str(line).expect("a record")).collect();
    let found = found(&records);
    assert!(found.iter().any(|(_, theme)| theme == "c:1") && found.iter().any(|(_, theme)| theme == "c:2"));
    let graph = works(project(), &["--themes", scheme, "export"]);
    assert!(graph.contains("skos:broader c:1"), "what is narrower has something broader");
    let out = folder.path().join("out");
    works(project(), &["--themes", scheme, "build", "--out", out.to_str().expect("a path")]);
}
