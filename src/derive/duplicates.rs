//! Events that may be one and the same, told by two accounts; people decide.

use crate::corpus::Corpus;
use crate::date::Date;
use crate::decision::Decision;
use crate::extract::participant_key;
use chrono::Days;
use std::collections::{BTreeMap, BTreeSet};

/// Two events that may be one, with what speaks for it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Duplicate {
    /// One event, by its local name.
    pub a: String,
    /// The other.
    pub b: String,
    /// What speaks for it.
    pub reasons: Vec<String>,
}

/// What is known of an event that others are compared with.
#[derive(Debug)]
struct Told {
    id: String,
    date: Date,
    speakers: BTreeSet<String>,
    sources: BTreeSet<String>,
}

/// Pairs of events of one type with the same people in them, on days that overlap or follow each other,
/// told by two sources or known once only by the month. Pairs that somebody decided about are left out.
#[must_use]
pub fn possible_duplicates(corpus: &Corpus) -> Vec<Duplicate> {
    // A decision may name an event, or a quotation from it.
    let events = corpus.records().filter_map(|record| Some((record.id.as_str(), record.event.as_ref()?)));
    let events: BTreeMap<&str, &str> =
        events.filter_map(|(quotation, event)| Some((quotation, event.id.as_deref()?))).collect();
    let event =
        |name: &'_ String| events.get(name.as_str()).map_or(name.clone(), |event| (*event).to_owned());
    let decided: BTreeSet<(String, String)> = corpus
        .decisions
        .iter()
        .flat_map(|Decision { a, b, .. }| [(event(a), event(b)), (event(b), event(a))])
        .collect();
    let mut found = BTreeSet::new();
    for mut alike in by_people(corpus).into_values() {
        alike.sort_by(|a, b| (a.date.earliest(), &a.id).cmp(&(b.date.earliest(), &b.id)));
        for (index, one) in alike.iter().enumerate() {
            let near = one.date.latest().checked_add_days(Days::new(1)).unwrap_or(one.date.latest());
            for other in alike[index + 1..].iter().take_while(|other| other.date.earliest() <= near) {
                let exact = one.date.precision() == "day" && other.date.precision() == "day";
                let decided = decided.contains(&(one.id.clone(), other.id.clone()));
                if !decided && (!exact || one.sources != other.sources) {
                    let (a, b) = (one.id.clone(), other.id.clone());
                    found.insert(Duplicate { a, b, reasons: reasons(one, other) });
                }
            }
        }
    }
    found.into_iter().collect()
}

/// Dated events by their type and everybody in them.
fn by_people(corpus: &Corpus) -> BTreeMap<(String, BTreeSet<String>), Vec<Told>> {
    let mut events = BTreeMap::<&str, (&str, BTreeSet<String>, Told)>::new();
    for record in corpus.records() {
        let Some(event) = &record.event else { continue };
        let (Some(id), Some(date)) = (&event.id, record.date.as_deref().and_then(Date::parse)) else {
            continue;
        };
        if record.counterparts.is_empty() || event.account.as_ref().is_some_and(|account| account.id != *id) {
            continue;
        }
        let speaker = record.speaker_id.as_deref().and_then(|key| corpus.names.expand(key));
        let speaker = speaker.unwrap_or_else(|| record.speaker.clone());
        let mut people: BTreeSet<String> =
            record.counterparts.iter().map(|one| participant_key(one, &corpus.names)).collect();
        people.insert(speaker.clone());
        let told = Told { id: id.clone(), date, speakers: BTreeSet::new(), sources: BTreeSet::new() };
        let (_, _, told) = events.entry(id).or_insert((&event.kind, people, told));
        told.speakers.insert(speaker);
        told.sources.insert(record.source.clone());
    }
    let mut found = BTreeMap::<_, Vec<Told>>::new();
    for (kind, people, told) in events.into_values() {
        found.entry((kind.to_owned(), people)).or_default().push(told);
    }
    found
}

fn reasons(one: &Told, other: &Told) -> Vec<String> {
    let sides =
        if one.speakers == other.speakers { "the same people" } else { "the same people, sides exchanged" };
    let days = if one.date == other.date {
        format!("both on {}", one.date)
    } else if other.date.earliest() <= one.date.latest() {
        format!("{} may be {}", one.date, other.date)
    } else {
        format!("{} and {} follow each other", one.date, other.date)
    };
    let sources = if one.sources == other.sources { "one source" } else { "two sources" };
    vec![sides.to_owned(), days, sources.to_owned()]
}
