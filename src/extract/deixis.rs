//! Words that name somebody only through the event: "you", "your country", and short names of two
//! sides that mean one country in one call and another in the next.
//!
//! They are resolved where the event leaves no doubt, and the record says that it was the event that
//! resolved them; otherwise they stay unresolved.

use super::Reader;
use super::complete::participant_key;
use crate::authority::{Kind, stands_alone};
use crate::date::Date;
use crate::language::Language;
use crate::record::{CounterpartKind, Record};
use std::borrow::Cow;
use std::ops::Range;

/// A word and what it means in this event; words that mean nothing here only take their characters.
struct Meaning<'a> {
    words: Cow<'a, str>,
    key: Option<Cow<'a, str>>,
}

impl Reader<'_> {
    /// Finds such words in the folded text of a record: where they stand, and the key of what they
    /// mean.
    pub(super) fn deictic(
        &self,
        language: &Language,
        record: &Record,
        read: &str,
    ) -> Vec<(Range<usize>, String)> {
        let mut meanings = self.meanings(language, record);
        if meanings.iter().all(|meaning| meaning.key.is_none()) {
            return Vec::new();
        }
        meanings.sort_by_key(|meaning| std::cmp::Reverse(meaning.words.len()));
        // Most characters begin none of the words.
        let mut firsts: Vec<char> =
            meanings.iter().filter_map(|meaning| meaning.words.chars().next()).collect();
        firsts.sort_unstable();
        firsts.dedup();
        let mut found = Vec::new();
        let mut position = 0;
        while position < read.len() {
            let here = &read[position..];
            let Some(first) = here.chars().next() else { break };
            let step = first.len_utf8();
            if !firsts.contains(&first) {
                position += step;
                continue;
            }
            let meaning = meanings.iter().find(|meaning| {
                here.starts_with(&*meaning.words)
                    && stands_alone(read, position, position + meaning.words.len())
            });
            if let Some((meaning, key)) = meaning.and_then(|meaning| Some((meaning, meaning.key.clone()?))) {
                found.push((position..position + meaning.words.len(), key.into_owned()));
            }
            position += meaning.map_or(step, |meaning| meaning.words.len());
        }
        found
    }

    fn meanings<'a>(&self, language: &'a Language, record: &'a Record) -> Vec<Meaning<'a>> {
        let deixis = &language.deixis;
        let with = |words: &'a [String], key: Option<Cow<'a, str>>| {
            words.iter().map(move |words| Meaning { words: words.into(), key: key.clone() })
        };
        let mut meanings: Vec<_> = with(&deixis.none, None).collect();
        // Only one addressee can be meant by "you", and only one side by "your country".
        if let [one] = record.counterparts.as_slice() {
            let iri = participant_key(one, self.names);
            let person = (one.kind == CounterpartKind::Person).then(|| self.names.shorten(&iri));
            meanings.extend(with(&deixis.person, person.map(Cow::Owned)));
            meanings.extend(with(&deixis.place, one.key.as_ref().map(Cow::from)));
        }
        let own = self.own_abbreviations(record);
        for key in record.counterparts.iter().filter_map(|one| one.key.as_ref()) {
            for short in self.abbreviations(key) {
                let fill = |template: &String| template.replace("{other}", &short);
                let meaning = |words: String| Meaning { words: words.into(), key: Some(key.into()) };
                meanings.extend(deixis.sides.iter().map(fill).map(meaning));
                for own in &own {
                    let fill = |template: &String| fill(template).replace("{own}", own);
                    meanings.extend(deixis.pairs.iter().map(fill).map(meaning));
                }
            }
        }
        unambiguous(meanings)
    }

    fn abbreviations(&self, key: &str) -> Vec<String> {
        let known = self.names.expand(key).and_then(|iri| self.authority.get(&iri));
        known.map(|known| known.abbreviations.clone()).unwrap_or_default()
    }

    /// Short names of what the speaker stood for on the day.
    fn own_abbreviations(&self, record: &Record) -> Vec<String> {
        let speaker = record.speaker_id.as_deref().and_then(|id| self.names.expand(id));
        let date = record.date.as_deref().and_then(Date::parse);
        let (Some(speaker), Some(date)) = (speaker, date) else { return Vec::new() };
        let offices = self.authority.offices(&speaker, (date.earliest(), date.latest()), None);
        let places = offices.filter_map(|office| self.authority.get(office.represents.as_deref()?));
        let mut own: Vec<String> = places
            .filter(|known| known.kind == Kind::Place)
            .flat_map(|known| known.abbreviations.clone())
            .collect();
        own.sort();
        own.dedup();
        own
    }
}

/// Words that would mean two things in this event mean neither.
fn unambiguous(mut meanings: Vec<Meaning<'_>>) -> Vec<Meaning<'_>> {
    meanings.sort_by(|a, b| a.words.cmp(&b.words));
    for same in meanings.chunk_by_mut(|a, b| a.words == b.words) {
        if same.iter().any(|meaning| meaning.key != same[0].key) {
            for meaning in same {
                meaning.key = None;
            }
        }
    }
    meanings.dedup_by(|a, b| a.words == b.words);
    meanings
}
