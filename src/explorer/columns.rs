//! Quotations in columns: what they are filtered by, as places in the list of terms.

use super::terms::Terms;
use crate::authority::Kind;
use crate::corpus::Corpus;
use crate::iri;
use crate::map::Mapper;
use crate::record::Record;
use serde::Serialize;
use std::collections::HashMap;

/// Of each quotation, in order of source and place; −1 where there is none.
#[derive(Debug, Default, Serialize)]
pub struct Columns {
    id: Vec<String>,
    source: Vec<i64>,
    section: Vec<i64>,
    speaker: Vec<i64>,
    #[serde(rename = "type")]
    kind: Vec<i64>,
    main: Vec<i64>,
    date: Vec<String>,
    /// The number of the event: quotations of one event share it.
    event: Vec<i64>,
    counterparts: Vec<Vec<i64>>,
    /// What each counterpart stands for.
    represents: Vec<Vec<i64>>,
    /// Countries of the event.
    places: Vec<Vec<i64>>,
    themes: Vec<Vec<i64>>,
}

impl Columns {
    pub(super) fn of(corpus: &Corpus, mapper: &Mapper<'_>, terms: &mut Terms<'_>) -> Self {
        let mut columns = Self::default();
        let mut events = HashMap::new();
        for record in corpus.records() {
            columns.add(record, corpus, mapper, terms, &mut events);
        }
        columns
    }

    /// Places of everything that a quotation points to.
    pub(super) fn terms_of(&self, place: usize) -> impl Iterator<Item = usize> {
        let single =
            [&self.source, &self.section, &self.speaker, &self.kind].map(|column| column.get(place).copied());
        let several = [&self.counterparts, &self.represents, &self.places, &self.themes]
            .map(|column| column.get(place).cloned());
        let several = several.into_iter().flatten().flatten();
        single.into_iter().flatten().chain(several).filter_map(|term| usize::try_from(term).ok())
    }

    fn add<'r>(
        &mut self,
        record: &'r Record,
        corpus: &Corpus,
        mapper: &Mapper<'_>,
        terms: &mut Terms<'_>,
        events: &mut HashMap<&'r str, i64>,
    ) {
        let names = &corpus.names;
        let mut place = |iri: Option<String>| iri.map_or(-1, |iri| number(terms.place_of(&iri)));
        let section = record.section.as_deref();
        let section = section.map(|heading| names.mint("section", &iri::section_id(&record.source, heading)));
        let parties = mapper.parties_of(record);
        let event = record.event.as_ref();
        self.id.push(record.id.clone());
        self.source.push(place(Some(names.mint("source", &iri::segment(&record.source)))));
        self.section.push(place(section));
        self.speaker.push(place(parties.speaker));
        self.kind.push(place(event.map(|event| mapper.named("event-type", &event.kind))));
        self.main.push(place(record.main_theme.as_deref().and_then(|theme| names.expand(theme))));
        self.date.push(record.date.clone().unwrap_or_default());
        // What a page names besides, it finds in the list as well.
        place(record.text_mode.as_deref().map(|mode| mapper.named("text-mode", mode)));
        for mention in record.mentions.iter().flatten() {
            place(names.expand(&mention.key));
        }
        let next = number(events.len());
        let id = event.and_then(|event| event.id.as_deref());
        self.event.push(id.map_or(-1, |id| *events.entry(id).or_insert(next)));
        let mut places = Vec::new();
        for (_, represents) in &parties.counterparts {
            let known = represents.as_deref().and_then(|iri| corpus.authority.get(iri));
            places.extend(
                known.filter(|known| known.kind == Kind::Place).map(|known| place(Some(known.iri.clone()))),
            );
        }
        places.sort_unstable();
        places.dedup();
        self.places.push(places);
        let (who, represents) = parties
            .counterparts
            .into_iter()
            .map(|(who, represents)| (place(Some(who)), place(represents)))
            .unzip();
        self.counterparts.push(who);
        self.represents.push(represents);
        let mut themes = Vec::new();
        for theme in record.themes.iter().filter_map(|theme| names.expand(&theme.concept)) {
            let theme = place(Some(theme));
            if !themes.contains(&theme) {
                themes.push(theme);
            }
        }
        self.themes.push(themes);
    }
}

fn number(place: usize) -> i64 {
    i64::try_from(place).unwrap_or(i64::MAX)
}
