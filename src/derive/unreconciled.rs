//! Names that nobody in the authorities bears, or several do: a table to decide them in.

use crate::authority::{COLUMNS, Entity, Kind};
use crate::corpus::Corpus;
use crate::date::Date;
use crate::extract::participant_key;
use crate::record::{Counterpart, CounterpartKind, Record};
use crate::sheet::{Cell, Tab};
use std::collections::{BTreeMap, BTreeSet};

/// Candidates that are named for one name.
const CANDIDATES: usize = 5;
/// How alike two names must be, from 0 to 1 (Jaro and Winkler), to be worth a look.
const ALIKE: f64 = 0.85;

/// One name, for one place or body, wherever it is printed.
#[derive(Default)]
struct Name {
    kind: &'static str,
    printed: String,
    language: String,
    offices: BTreeSet<String>,
    represents: BTreeSet<String>,
    keys: BTreeSet<String>,
    dates: BTreeSet<String>,
    quotations: BTreeSet<String>,
}

/// The table: a row for each name, with what is known of it and who it may be. With an id filled in it
/// is a table of authorities, to be put into `data/authorities/`.
#[must_use]
pub fn unreconciled(corpus: &Corpus) -> Tab {
    let mut names = BTreeMap::<String, Name>::new();
    for record in corpus.records().filter(|record| record.withdrawn.is_none()) {
        for counterpart in &record.counterparts {
            let key = participant_key(counterpart, &corpus.names);
            if corpus.authority.get(&key).is_none() {
                add(names.entry(key).or_default(), counterpart, record);
            }
        }
        let known = record.speaker_id.as_deref().and_then(|id| corpus.names.expand(id));
        if !record.speaker.is_empty() && known.is_none_or(|iri| corpus.authority.get(&iri).is_none()) {
            let speaker = Counterpart {
                name: record.speaker.clone(),
                office: record.speaker_office.clone(),
                ..Counterpart::default()
            };
            add(names.entry(format!("speaker {}", record.speaker)).or_default(), &speaker, record);
        }
    }
    let rows = names.values().map(|name| COLUMNS.iter().map(|column| cell(corpus, name, column)).collect());
    Tab {
        name: "unreconciled".to_owned(),
        columns: COLUMNS.iter().map(|column| (*column).to_owned()).collect(),
        rows: rows.collect(),
        ..Tab::default()
    }
}

fn add(name: &mut Name, counterpart: &Counterpart, record: &Record) {
    name.kind = match counterpart.kind {
        CounterpartKind::Person => "person",
        CounterpartKind::Group | CounterpartKind::Body => "body",
    };
    name.printed.clone_from(&counterpart.name);
    name.language = record.language.clone().unwrap_or_default();
    name.offices.extend(counterpart.office.clone());
    name.represents.extend(counterpart.represents.clone());
    name.keys.extend(counterpart.key.clone());
    name.dates.extend(record.date.clone());
    name.quotations.insert(record.id.clone());
}

fn cell(corpus: &Corpus, name: &Name, column: &str) -> Cell {
    let all = |set: &BTreeSet<String>| set.iter().cloned().collect::<Vec<_>>().join("; ");
    Cell::Text(match column {
        "kind" => name.kind.to_owned(),
        "name_as_printed" => name.printed.clone(),
        "language" => name.language.clone(),
        "office_as_printed" => all(&name.offices),
        "represents_as_printed" => all(&name.represents),
        "represents" => all(&name.keys),
        "dates" => all(&name.dates),
        "quotations" => all(&name.quotations),
        "candidates" => candidates(corpus, name).join("; "),
        _ => String::new(),
    })
}

/// Known people or bodies that may be meant, each with why.
fn candidates(corpus: &Corpus, name: &Name) -> Vec<String> {
    let kind = if name.kind == "person" { Kind::Person } else { Kind::Body };
    let mut found = BTreeMap::<String, Vec<String>>::new();
    let mut because = |entity: &Entity, reason: String| {
        let reasons = found.entry(corpus.names.shorten(&entity.iri)).or_default();
        if !reasons.contains(&reason) {
            reasons.push(reason);
        }
    };
    for entity in corpus.authority.entities().filter(|entity| entity.kind == kind) {
        let is_called = corpus.authority.called(&name.printed, kind).any(|other| other.iri == entity.iri);
        if is_called {
            because(entity, "bears the name, as others do".to_owned());
        }
        for label in entity.labels.values() {
            if !is_called && strsim::jaro_winkler(label, &name.printed) >= ALIKE {
                because(entity, format!("is called {label}"));
            }
        }
        for represents in name.keys.iter().filter_map(|key| corpus.names.expand(key)) {
            for date in name.dates.iter().filter_map(|date| Date::parse(date)) {
                let days = (date.earliest(), date.latest());
                if corpus.authority.offices(&entity.iri, days, Some(&represents)).next().is_some() {
                    because(
                        entity,
                        format!("held an office for {} on {date}", corpus.names.shorten(&represents)),
                    );
                }
            }
        }
    }
    let told = found.into_iter().map(|(id, reasons)| format!("{id} ({})", reasons.join(", ")));
    told.take(CANDIDATES).collect()
}
