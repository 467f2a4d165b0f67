//! The words that attribute a quotation: date, event, counterparts, and perhaps the speaker.

use super::Reader;
use crate::date::Date;
use crate::language::Language;
use crate::record::{Counterpart, Event};

/// A citation, read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Citation {
    pub date: Option<Date>,
    /// A date as printed that no calendar has.
    pub impossible: Option<String>,
    pub event: Option<Event>,
    pub counterparts: Vec<Counterpart>,
    pub speaker: Option<String>,
}

impl Reader<'_> {
    /// Reads a citation; `None` when the words hold neither a date with something beside it nor a
    /// way of naming an event.
    pub(super) fn citation(&self, language: &Language, text: &str) -> Option<Citation> {
        let found = language.dates.find(text);
        let rest = found.as_ref().map_or(text, |found| found.rest).trim();
        if rest.is_empty() {
            return None;
        }
        let mut citation = Citation::default();
        if let Some(found) = &found {
            citation.date = found.date;
            citation.impossible = found.date.is_none().then(|| found.printed.to_owned());
        }
        let Some(reading) = self.ontology.readings(&language.tag, rest).into_iter().next() else {
            found?;
            let occasion = Some(rest.to_owned());
            citation.event = Some(Event { kind: "other".to_owned(), occasion, ..Event::default() });
            return Some(citation);
        };
        let slot = |name| reading.slots.name(name).map(|slot| slot.as_str().trim());
        let owned = |name| slot(name).map(str::to_owned);
        citation.event = Some(Event {
            id: None,
            kind: reading.pattern.event_type.clone(),
            title: owned("title"),
            occasion: owned("occasion"),
            initiative: owned("initiative"),
        });
        citation.counterparts =
            slot("counterpart").map(|phrase| self.counterparts(language, phrase)).unwrap_or_default();
        citation.speaker = owned("speaker");
        Some(citation)
    }
}
