//! Asking in ways that go wrong: each is told, and nothing is answered that was not asked.

use crate::support::{copy_of_project, dictum, files, project, works};
use std::fs;
use std::path::Path;

fn refused(arguments: &[&str], told: &str) {
    let run = dictum(project(), &[&["query"], arguments].concat());
    assert!(run.code != 0 && run.stderr.contains(told), "{arguments:?}: {} {}", run.code, run.stderr);
}

fn rows(arguments: &[&str]) -> Vec<String> {
    let text = works(project(), &[&["query"], arguments, &["--format", "csv"]].concat());
    text.lines().skip(1).map(str::to_owned).collect()
}

#[test]
fn no_two_columns_of_an_answer_in_one_language_have_one_name() {
    let out = tempfile::tempdir().expect("a folder");
    works(project(), &["build", "--out", out.path().to_str().expect("a path")]);
    for (path, _) in files(&out.path().join("tables")) {
        let name = path.to_string_lossy().into_owned();
        let Some(name) = name.strip_suffix(".csv") else { continue };
        let text = works(project(), &["query", name, "--lang", "en", "--limit", "1", "--format", "csv"]);
        let mut columns: Vec<&str> = text.lines().next().expect("a heading").split(',').collect();
        columns.sort_unstable();
        assert!(columns.windows(2).all(|pair| pair[0] != pair[1]), "{name}: {columns:?}");
    }
}

#[test]
fn of_a_thing_that_is_set_twice_either_fits_and_no_row_is_doubled() {
    let of = |places: &[&str]| {
        let set: Vec<String> = places.iter().map(|place| format!("country={place}")).collect();
        let set = set.iter().flat_map(|value| ["--set", value.as_str()]);
        rows(&[&["quotes-by-theme"][..], &set.collect::<Vec<_>>()].concat())
    };
    let (italy, france) = (of(&["IT"]), of(&["France"]));
    assert!(!italy.is_empty() && !france.is_empty());
    assert_eq!(of(&["IT", "意大利", "Italy"]), italy);
    let (mut both, mut either) = ([italy, france].concat(), of(&["France", "IT"]));
    both.sort();
    both.dedup();
    either.sort();
    assert_eq!(either, both);
    let twice = ["certainly-in-range", "--set", "from=2020-03-01", "--set", "from=2020-03-02"];
    refused(&twice, "`from` is set to several values");
}

#[test]
fn a_word_that_a_group_and_its_members_bear_means_the_group() {
    let of = |theme: &str| rows(&["quotes-by-theme", "--set", theme, "--set", "country=IR"]);
    assert!(!of("theme=援助").is_empty());
    assert_eq!(of("theme=援助"), of("theme=theme:aid"));
    refused(&["quotes-by-theme", "--set", "theme=合作"], "did you mean");
}

#[test]
fn what_cannot_fit_is_told() {
    let range = ["certainly-in-range", "--set", "from=2020-03-05", "--set", "to=2020-03-01"];
    refused(&range, "`from` is a day after `to`");
    refused(&["contacts-by-country", "--lang", "eo"], "no names are in `eo`\n  help: there are en, zh");
    refused(&["contacts-by-country", "--output", "no-such-folder/a.doc"], "`.doc` is no form of an answer");
    refused(&["contacts-by-country", "--format", "turtle"], "no statements to write as RDF");
    let construct = "CONSTRUCT { ?p a schema:Person } WHERE { ?p a schema:Person }";
    refused(&[construct, "--format", "csv"], "this answer is statements");
    assert_eq!(works(project(), &["query", construct, "--limit", "2", "--format", "nt"]).lines().count(), 2);
    let wrong_kind = ["query", "quotes-by-theme", "--set", "country=IT", "--set", "theme=Italy"];
    let run = dictum(project(), &wrong_kind);
    assert!(run.code == 0 && run.stderr.contains("nothing has theme=Italy"), "{}", run.stderr);
    let run = dictum(project(), &["query", "SELECT ?s { GRAPH ?g { ?s ?p ?o } }"]);
    assert!(run.stderr.contains("leave out GRAPH"), "{}", run.stderr);
}

#[test]
fn queries_that_would_overflow_the_stack_are_refused_or_answered() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("q.rq");
    let path = path.to_str().expect("a path");
    let with = |text: String| {
        fs::write(path, text).expect("a file");
        dictum(project(), &["query", path])
    };
    let flat = |operator: &str, many: usize| {
        format!("SELECT ?a WHERE {{ ?a a ?b FILTER (?b = {}1) }}", format!("1{operator}").repeat(many))
    };
    let run = with(flat("+", 10_000));
    assert_eq!(run.code, 0, "{}", run.stderr);
    let run = with(format!("SELECT ?a WHERE {{ {} {{ ?a a 1 }} }}", "{ ?a a 1 } UNION ".repeat(3_000)));
    assert_eq!(run.code, 0, "{}", run.stderr);
    let run = with(flat("+", 200_000));
    assert!(run.code == 2 && run.stderr.contains("ask in several steps"), "{}", run.stderr);
    let run = with(format!("SELECT ?a WHERE {{ FILTER ({}1{}) }}", "(".repeat(20_000), ")".repeat(20_000)));
    assert!(run.code == 2 && run.stderr.contains("ask in several steps"), "{}", run.stderr);
}

#[test]
fn everything_that_can_be_typed_can_be_typed_without_a_file() {
    let described = works(project(), &["query", "DESCRIBE <https://w3id.org/dictum/place/italy>"]);
    assert!(described.contains("Italy"), "{described}");
    refused(&["SELECT ?a WHERE {\n  ?a foaf2:name ?b }"], "(query):2:");
    refused(&["SELECT ?a WHERE {\n  ?a schema:name ?b "], "(query):2:");
}

#[test]
fn a_query_of_statements_among_the_questions_stops_nothing() {
    let copy = copy_of_project();
    let text = "#+ summary: People\nPREFIX schema: <https://schema.org/>\nCONSTRUCT { ?p a schema:Person } WHERE { ?p a schema:Person }\n";
    fs::write(copy.path().join("queries/people.rq"), text).expect("a file");
    works(copy.path(), &["build"]);
    assert!(copy.path().join("out/tables/totals.csv").is_file());
    assert!(works(copy.path(), &["query", "people"]).contains("a schema:Person"));
}

#[test]
#[cfg(unix)]
fn links_and_permissions_stay_and_pipes_are_written_to() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let folder = tempfile::tempdir().expect("a folder");
    let (file, link, pipe) =
        (folder.path().join("a.csv"), folder.path().join("link.csv"), folder.path().join("pipe.csv"));
    let write = |to: &Path| works(project(), &["query", "totals", "-o", to.to_str().expect("a path")]);
    let expected = works(project(), &["query", "totals", "--format", "csv"]);
    fs::write(&file, "old").expect("a file");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).expect("permissions");
    symlink(&file, &link).expect("a link");
    write(&link);
    assert!(fs::symlink_metadata(&link).expect("a link").is_symlink());
    assert_eq!(fs::read_to_string(&file).expect("an answer"), expected);
    assert_eq!(fs::metadata(&file).expect("a file").permissions().mode() & 0o777, 0o640);
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().expect("mkfifo").success());
    let reader = std::thread::spawn({
        let pipe = pipe.clone();
        move || fs::read_to_string(pipe).expect("an answer")
    });
    write(&pipe);
    assert_eq!(reader.join().expect("a reader"), expected);
    assert_eq!(works(project(), &["query", "totals", "--format", "csv", "-o", "-"]), expected);
}

#[test]
fn a_gap_lies_between_events_of_the_kind_that_is_set() {
    let gaps = |set: &[&str]| {
        let rows = rows(&[&["gaps"], set].concat());
        rows.into_iter().map(|row| row.split(',').map(str::to_owned).collect()).collect::<Vec<Vec<String>>>()
    };
    let (all, calls) = (gaps(&[]), gaps(&["--set", "channel=phone call"]));
    assert!(calls.len() > 5 && calls.iter().all(|row| row[3].starts_with("phone call · ")), "{calls:?}");
    assert!(calls.iter().all(|row| row[5].starts_with("phone call · ")), "{calls:?}");
    assert!(all.iter().any(|row| !row[3].starts_with("phone call · ")), "{all:?}");
    // With fewer events nothing comes sooner.
    for row in &calls {
        let other = all.iter().find(|other| other[0] == row[0]);
        assert!(other.is_none_or(|other| other[1] <= row[1]), "{row:?} {other:?}");
    }
    let day = |day: &str| day.parse::<chrono::NaiveDate>().expect("a day");
    for row in all.iter().chain(&calls) {
        assert_eq!((day(&row[1]) - day(&row[0])).num_days().to_string(), row[2], "{row:?}");
    }
}
