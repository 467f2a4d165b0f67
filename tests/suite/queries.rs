//! The catalogue: every question has a header, stands in the README, and answers.

use crate::support::{dictum, project, works};
use dictum::folder::Folder;
use dictum::query::catalogue;
use std::collections::BTreeSet;
use std::fs;

fn csv(arguments: &[&str]) -> Vec<csv::StringRecord> {
    let text = works(project(), &[&["query"], arguments, &["--format", "csv"]].concat());
    csv::Reader::from_reader(text.as_bytes()).records().map(|row| row.expect("a row")).collect()
}

#[test]
fn every_question_says_what_it_asks_and_stands_in_the_readme() {
    let folder = project().join("queries");
    let queries = Folder::find("queries", Some(&folder)).expect("a folder");
    let readme = fs::read_to_string(folder.join("README.md")).expect("a README");
    let (tables, networks) =
        (catalogue(&queries, "").expect("tables"), catalogue(&queries, "networks/").expect("networks"));
    let checks = catalogue(&queries, "checks/").expect("checks");
    assert!(tables.len() >= 8 && networks.len() >= 3 && checks.len() >= 13);
    for question in tables.iter().chain(&networks).chain(&checks) {
        let (name, header) = (&question.name, &question.header);
        assert!(!header.summary.is_empty() && !header.description.is_empty(), "{name}");
        assert!(header.question.contains_key("en") && header.question.contains_key("zh"), "{name}");
        assert!(!header.tags.is_empty(), "{name}");
        assert!(readme.contains(&format!("`{name}`")), "{name} is missing in queries/README.md");
        assert!(
            readme.contains(&header.question["en"]),
            "the question of {name} is missing in queries/README.md"
        );
    }
}

#[test]
fn no_month_only_event_is_lost_from_the_timeline() {
    let text = works(project(), &["query", "timeline-by-month", "--format", "csv"]);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let headers = reader.headers().expect("headers").clone();
    let column = |name: &str| {
        headers.iter().position(|header| header == name).unwrap_or_else(|| panic!("{name} in {headers:?}"))
    };
    let (events, month_only) = (column("events"), column("events_known_by_month_only"));
    let (mut all, mut by_month) = (0, 0);
    for row in reader.records() {
        let row = row.expect("a row");
        all += row[events].parse::<usize>().expect("a number");
        by_month += row[month_only].parse::<usize>().expect("a number");
    }
    assert_eq!((all, by_month), (41, 5));
}

#[test]
fn every_span_is_proved_by_the_lines_in_the_graph() {
    let text = works(project(), &["query", "proof", "--format", "csv"]);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let proved =
        reader.headers().expect("headers").iter().position(|header| header == "proved").expect("a column");
    let rows: Vec<_> = reader.records().map(|row| row.expect("a row")).collect();
    assert!(rows.len() > 500);
    assert!(rows.iter().all(|row| &row[proved] == "true"));
}

#[test]
fn a_parameter_narrows_the_answer_and_takes_names_codes_and_iris() {
    let all = csv(&["quotes-by-theme"]).len();
    let by_code = csv(&["quotes-by-theme", "--set", "country=IT"]);
    assert!(!by_code.is_empty() && by_code.len() < all);
    for value in [
        "country=Italy",
        "country=意大利",
        "country=place:italy",
        "country=<https://w3id.org/dictum/place/italy>",
    ] {
        assert_eq!(csv(&["quotes-by-theme", "--set", value]), by_code, "{value}");
    }
    let run = dictum(project(), &["query", "quotes-by-theme", "--set", "country=Itly"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("did you mean `Italy`?"), "{}", run.stderr);
    let run = dictum(project(), &["query", "quotes-by-theme", "--set", "contry=IT"]);
    assert!(run.code == 2 && run.stderr.contains("no parameter `contry`"), "{}", run.stderr);
    let hostile = dictum(project(), &["query", "quotes-by-theme", "--set", "country=> ) } DROP ALL"]);
    assert_eq!(hostile.code, 2);
}

#[test]
fn certain_and_possible_dates_differ_by_the_month_only_events() {
    let range = ["--set", "from=2020-03-10", "--set", "to=2020-03-31"];
    let rows = |name: &str| csv(&[&[name][..], &range].concat()).len();
    assert_eq!(rows("possibly-in-range") - rows("certainly-in-range"), 5);
    let whole = ["--set", "from=2020-03-01", "--set", "to=2020-03-31"];
    let rows = |name: &str| csv(&[&[name][..], &whole].concat()).len();
    assert_eq!(rows("possibly-in-range"), rows("certainly-in-range"));
}

#[test]
fn a_table_can_be_had_in_every_form() {
    let in_form = |form: &str| works(project(), &["query", "contacts-by-country", "--format", form]);
    let countries: BTreeSet<String> =
        csv(&["contacts-by-country"]).iter().map(|row| row[0].to_owned()).collect();
    assert_eq!(countries.len(), 24);
    for form in ["table", "csv", "tsv", "json", "xml", "markdown"] {
        let text = in_form(form);
        assert!(countries.iter().all(|country| text.contains(country.as_str())), "{form}");
    }
    let aligned = in_form("table");
    let widths: BTreeSet<usize> = aligned.lines().skip(2).map(|line| line.chars().count()).collect();
    assert!(!aligned.contains('\t') && !widths.is_empty());
}

#[test]
fn questions_can_be_typed_or_piped() {
    let asked = works(project(), &["query", "ASK { ?q a schema:Quotation }"]);
    assert_eq!(asked, "yes\n");
    let described = works(
        project(),
        &["query", "CONSTRUCT { ?p a ?type } WHERE { ?p a ?type . FILTER(?type = schema:Person) }"],
    );
    assert_eq!(described.matches("a schema:Person").count(), 33);
}
