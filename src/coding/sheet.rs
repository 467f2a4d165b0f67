//! The sheet that coders fill in, and what they need beside it.

use super::{FIELDS, NOTHING, THEMES};
use crate::corpus::Corpus;
use crate::names::local_name;
use crate::rdf::{iris, literals};
use crate::record::cells;
use crate::sheet::{Cell, Tab};
use crate::vocab as v;
use anyhow::Result;
use std::collections::BTreeMap;

/// Columns that say which quotation it is.
const SHOWN: [&str; 5] = ["id", "source", "n", "text", "citation"];
/// Columns for who decided, when and why.
const SIGNED: [&str; 3] = ["by", "on", "reason"];

/// Names of the worksheets from whose first column a cell may be chosen.
const THEMES_TAB: &str = "themes";
const EVENT_TYPES: &str = "event types";

/// How each field is filled in.
const HOW: [(&str, &str); 8] = [
    ("speaker", "who said it, as printed or by the name of the authorities"),
    ("date", "when: 2020-03-27, 2020-03, 2020 or 2020-03-24/2020-03-28"),
    ("event_type", "the occasion: a name from ontology/event-types.ttl, or its label"),
    ("counterpart", "whom it was addressed to or exchanged with; `;` between several"),
    ("counterpart_office", "the office of each, as printed, in the same order; `-` where one has none"),
    (
        "represents",
        "the place or body that each stands for, in the same order; `-` where one stands for none",
    ),
    (
        THEMES,
        "every theme spoken of, each followed by the words that show it: theme|words|words; theme|words",
    ),
    ("main_theme", "the one theme that it is about most"),
];

/// A row for each quotation. Where rules fill it in, it knows what they found, so that a coder only
/// signs or changes it; a blank one does not show what they found, so that coders are independent.
///
/// # Errors
/// When what was found cannot be written down.
pub fn sheet(corpus: &Corpus, blank: bool) -> Result<Tab> {
    let mut columns: Vec<&str> = [&SHOWN[..], &FIELDS, &SIGNED].concat();
    if !blank {
        columns.push("extracted");
    }
    let mut rows = Vec::new();
    for record in corpus.records().filter(|record| record.withdrawn.is_none()) {
        let mut row: Vec<String> = SHOWN.iter().map(|column| cells::cell(record, column)).collect();
        let found: BTreeMap<&str, String> =
            FIELDS.iter().map(|field| (*field, or_nothing(cells::cell(record, field)))).collect();
        row.extend(FIELDS.iter().map(|field| if blank { String::new() } else { found[field].clone() }));
        row.extend(SIGNED.map(|_| String::new()));
        if !blank {
            row.push(serde_json::to_string(&found)?);
        }
        rows.push(row.into_iter().map(Cell::Text).collect());
    }
    let choices = [("event_type", EVENT_TYPES), ("main_theme", THEMES_TAB)];
    let place = |column: &str| columns.iter().position(|one| *one == column);
    let choices = choices.into_iter().filter_map(|(column, tab)| Some((place(column)?, tab.to_owned())));
    let choices = choices.collect();
    let columns = columns.into_iter().map(str::to_owned).collect();
    Ok(Tab { name: "coding".to_owned(), columns, rows, choices })
}

/// The sheet with all that belongs beside it: how fields are filled in, themes, event types.
///
/// # Errors
/// As [`sheet`].
pub fn workbook(corpus: &Corpus, blank: bool) -> Result<Vec<Tab>> {
    let fields = fields_tab();
    let scheme = &corpus.ontology.scheme;
    let mut themes = concepts_tab(corpus, scheme.themes.keys().map(String::as_str));
    THEMES_TAB.clone_into(&mut themes.name);
    let kinds = corpus.ontology.event_types.values().map(|kind| kind.iri.as_str());
    let mut kinds = concepts_tab(corpus, kinds);
    EVENT_TYPES.clone_into(&mut kinds.name);
    Ok(vec![sheet(corpus, blank)?, fields, themes, kinds])
}

/// Rules leave nothing open: what they did not find is not there, as far as they can say.
fn or_nothing(cell: String) -> String {
    if cell.is_empty() { NOTHING.to_owned() } else { cell }
}

/// How each field is filled in.
fn fields_tab() -> Tab {
    let text = |text: &str| Cell::Text(text.to_owned());
    let mut rows: Vec<Vec<Cell>> = HOW.iter().map(|(field, how)| vec![text(field), text(how)]).collect();
    rows.push(vec![text("(empty)"), text("you did not decide; it counts as missing")]);
    rows.push(vec![text(NOTHING), text("you decided that there is none")]);
    rows.push(vec![text("by"), text("your name; a row that nobody signs is nobody's decision")]);
    let columns = vec!["field".to_owned(), "how".to_owned()];
    Tab { name: "fields".to_owned(), columns, rows, ..Tab::default() }
}

/// Concepts of a scheme, a row for each: the code book in short.
fn concepts_tab<'c>(corpus: &Corpus, concepts: impl Iterator<Item = &'c str>) -> Tab {
    let index = corpus.ontology.facts.by_subject();
    let parts = [
        ("label", v::PREF_LABEL),
        ("definition", v::DEFINITION),
        ("scope_note", v::SCOPE_NOTE),
        ("example", v::EXAMPLE),
        ("counter_example", v::COUNTER_EXAMPLE),
    ];
    let mut columns = vec!["name".to_owned(), "group".to_owned()];
    let named = |part: &str| {
        let named = corpus.languages.iter().map(|language| format!("{part}_{}", language.tag));
        named.collect::<Vec<_>>()
    };
    columns.extend(parts.iter().flat_map(|(part, _)| named(part)));
    let row = |iri: &str| {
        let about = index.get(iri).map_or(&[][..], Vec::as_slice);
        let group = iris(about, v::BROADER).map(local_name).collect::<Vec<_>>().join("; ");
        let mut row = vec![local_name(iri).to_owned(), group];
        for (_, property) in parts {
            row.extend(corpus.languages.iter().map(|language| {
                let of_language = |value: &oxigraph::model::LiteralRef<'_>| {
                    value.language().is_some_and(|tag| language.covers(tag))
                };
                let values = literals(about, property).filter(of_language);
                values.map(|value| value.value().to_owned()).collect::<Vec<_>>().join("\n")
            }));
        }
        row.into_iter().map(Cell::Text).collect()
    };
    Tab { columns, rows: concepts.map(row).collect(), ..Tab::default() }
}
