//! The words that attribute a quotation: date, event, counterparts, and perhaps the speaker.

use super::Reader;
use super::brackets::bracketed;
use super::words::{Words, named_group};
use crate::authority::Kind;
use crate::date::Date;
use crate::language::Language;
use crate::pattern::Pattern;
use crate::record::{Counterpart, CounterpartKind, Event};

/// Characters that a speaker with office takes at most; a longer stretch is something else.
const LONGEST_SPEAKER: usize = 120;

/// A citation, read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Citation {
    pub date: Option<Date>,
    /// A date as printed that no calendar has.
    pub impossible: Option<String>,
    /// The year is one that a heading states.
    pub year_from_heading: bool,
    pub event: Option<Event>,
    pub counterparts: Vec<Counterpart>,
    pub speaker: Option<String>,
    pub speaker_office: Option<String>,
    /// The pattern that read it, as it is written, and what it left aside.
    pub pattern: Option<String>,
    pub unused: Option<String>,
    /// A reference to a book or paper.
    reference: bool,
}

impl Citation {
    /// Whether a way of naming an event was recognised, or a reference, and not only a date.
    pub fn is_sure(&self) -> bool {
        self.reference || self.event.as_ref().is_some_and(|event| event.kind != "other")
    }
}

impl Reader<'_> {
    /// Reads a citation in the language of the page or, where that tells nothing of the occasion, in
    /// any other: a bilingual page cites in both.
    pub(super) fn any_citation(
        &self,
        language: &Language,
        words: Words<'_>,
        year: Option<&str>,
    ) -> Option<Citation> {
        let first = self.citation(language, words, year);
        if first.as_ref().is_some_and(Citation::is_sure) {
            return first;
        }
        // Words without a letter of its script are in no language that has one.
        let is_written = |other: &&Language| other.script.is_match(words.printed);
        let others = self.languages.iter().filter(|other| other.tag != language.tag).filter(is_written);
        let mut readings = others.filter_map(|other| self.citation(other, words, year));
        readings.find(Citation::is_sure).or(first)
    }

    /// Reads a citation; `None` when the words hold neither a date with something beside it nor a
    /// way of naming an event. `year` is one that stands over the citations of a page.
    pub(super) fn citation(
        &self,
        language: &Language,
        words: Words<'_>,
        year: Option<&str>,
    ) -> Option<Citation> {
        let parts = split_outside(language, words);
        let first = parts.first().copied().unwrap_or(words).trim();
        if named(&language.citation.references, first.read) {
            return Some(self.reference(language, first));
        }
        let found = language.dates.find(language, first, year);
        let rest = found.as_ref().map_or(first, |found| found.rest).trim();
        let mut citation = Citation::default();
        if let Some(found) = &found {
            citation.date = found.date;
            citation.impossible = found.impossible.map(str::to_owned);
            citation.year_from_heading = found.yearless && found.date.is_some();
        }
        let speaker = found
            .as_ref()
            .and_then(|found| found.before)
            .map(Words::trim)
            .filter(|before| !before.is_empty());
        if let Some(before) = speaker {
            let title = before.strip_end(&language.dates.after);
            if only_title(language, title).is_some() {
                return self.event(language, title, citation, true);
            }
            let speaker = self.speaker(language, before)?;
            citation.speaker = Some(speaker.name);
            citation.speaker_office = speaker.office;
        }
        if rest.is_empty() {
            // A name and a date: whose words they are is said, but not on what occasion.
            return citation.speaker.is_some().then_some(citation);
        }
        self.event(language, rest, citation, found.is_some())
    }

    fn event(
        &self,
        language: &Language,
        rest: Words<'_>,
        mut citation: Citation,
        dated: bool,
    ) -> Option<Citation> {
        let said = rest.strip_end(&language.citation.lead_in);
        if let Some(inner) = only_title(language, said) {
            let inside = self.event(language, inner, Citation { speaker: None, ..citation.clone() }, false);
            let inside = inside.filter(|inside| inside.is_sure() && inside.speaker.is_none());
            if let Some(mut inside) = inside {
                (inside.speaker, inside.speaker_office) = (citation.speaker, citation.speaker_office);
                if let Some(event) = &mut inside.event {
                    event.title = Some(inner.printed.to_owned());
                }
                return Some(inside);
            }
        }
        for reading in self.ontology.readings(&language.tag, said.read) {
            let slot = |name| reading.slots.name(name).map(|slot| said.slice(slot.range()).trim());
            let owned = |name| slot(name).map(|slot| slot.printed.to_owned());
            if let Some(speaker) = slot("speaker") {
                match self.speaker(language, speaker) {
                    Some(speaker) => {
                        citation.speaker = Some(speaker.name);
                        citation.speaker_office = speaker.office;
                    }
                    // An office alone says nothing new of whose page it is.
                    None if is_office(language, speaker) => {}
                    None => continue,
                }
            }
            citation.event = Some(Event {
                id: None,
                kind: reading.pattern.event_type.clone(),
                title: owned("title"),
                occasion: owned("occasion"),
                initiative: owned("initiative"),
                ..Event::default()
            });
            citation.pattern = Some(reading.pattern.written.clone());
            citation.unused = owned("circumstance");
            let phrase = slot("counterpart");
            citation.counterparts =
                phrase.map(|phrase| self.counterparts(language, phrase)).unwrap_or_default();
            return Some(citation);
        }
        if citation.speaker.is_none()
            && let Some(speaker) = self.speaker(language, rest).filter(|_| dated)
        {
            citation.speaker = Some(speaker.name);
            citation.speaker_office = speaker.office;
            return Some(citation);
        }
        let occasion = Some(rest.printed.to_owned());
        citation.event = Some(Event { kind: "other".to_owned(), occasion, ..Event::default() });
        dated.then_some(citation)
    }

    /// A reference to a book or a paper: where it holds a dated title in front, that is the event.
    fn reference(&self, language: &Language, words: Words<'_>) -> Citation {
        let speaker = named_group(&language.citation.references, words.read, "speaker");
        let speaker = speaker.filter(|speaker| *speaker != (0..words.read.len()));
        let speaker = speaker.and_then(|range| self.speaker(language, words.slice(range)));
        let mut citation =
            Citation { reference: true, speaker: speaker.map(|one| one.name), ..Citation::default() };
        if let Some((whole, inner)) = bracketed(language, words.read).into_iter().next() {
            let title = words.slice(0..whole.start).trim();
            let dated = language.dates.whole(words.slice(inner).read);
            if let Some(date) = dated.filter(|_| !title.is_empty()) {
                citation.date = Some(date);
                citation = self.event(language, title, citation.clone(), true).unwrap_or(citation);
                citation.reference = true;
                return citation;
            }
        }
        // An event with the paper that told of it: the paper comes last.
        let paper =
            language.brackets.title.iter().filter_map(|(open, _)| words.read.rfind(open.as_str())).max();
        let event = paper.map(|paper| words.slice(0..paper).strip_end(&language.dates.after));
        let event = event.filter(|event| !event.is_empty() && event.read.len() + 3 < words.read.len());
        let event =
            event.and_then(|event| self.citation(language, event, None)).filter(|event| event.date.is_some());
        event.filter(Citation::is_sure).map_or(citation, |event| Citation { reference: true, ..event })
    }

    /// A name and nothing else.
    pub(super) fn name_alone(&self, language: &Language, words: Words<'_>) -> Option<String> {
        let speaker = self.speaker(language, words)?;
        (speaker.name == words.printed.trim()).then_some(speaker.name)
    }

    /// Somebody who speaks: a known name, or one with an office, or one that can be nothing else.
    fn speaker(&self, language: &Language, words: Words<'_>) -> Option<Counterpart> {
        let words = words.strip_start(&language.dates.after).strip_end(&language.dates.after);
        if words.read.chars().count() > LONGEST_SPEAKER {
            return None;
        }
        let person =
            self.named(language, words, true).filter(|person| person.kind == CounterpartKind::Person)?;
        let name = language.fold(&person.name).into_owned();
        if name.chars().count() < 2 {
            return None;
        }
        let known = self.authority.called(&name, Kind::Person).next().is_some();
        let short = name.chars().count() <= 4 && person.represents.is_none() && person.office.is_none();
        let foreign = name.contains('·') || (name.is_ascii() && name.contains(' '));
        let listed = |office: &String| {
            let read = language.fold(office).into_owned();
            language.counterparts.offices.iter().any(|word| read.contains(word.as_str()))
        };
        let in_office = person.office.as_ref().is_some_and(listed);
        (known || in_office || short || foreign).then_some(person)
    }
}

fn is_office(language: &Language, words: Words<'_>) -> bool {
    let words = words.strip_start(&language.counterparts.honours).strip_end(&language.counterparts.courtesy);
    language.counterparts.offices.iter().any(|office| office == words.read)
}

fn named(patterns: &[Pattern], text: &str) -> bool {
    patterns.iter().any(|pattern| pattern.is_match(text))
}

/// What is inside, where a phrase is one title and nothing else.
fn only_title<'t>(language: &Language, words: Words<'t>) -> Option<Words<'t>> {
    language.brackets.title.iter().find_map(|(open, close)| {
        let inner = words.read.strip_prefix(open.as_str())?.strip_suffix(close.as_str())?;
        (!inner.contains(open.as_str())).then(|| words.slice(open.len()..words.read.len() - close.len()))
    })
}

/// The citations of a phrase that holds several: split where no title or bracket is open.
fn split_outside<'t>(language: &Language, words: Words<'t>) -> Vec<Words<'t>> {
    let pairs = || language.brackets.title.iter().chain(&language.brackets.citation);
    let (mut depth, mut start, mut parts) = (0_usize, 0, Vec::new());
    for (at, _) in words.read.char_indices() {
        let here = &words.read[at..];
        if pairs().any(|(open, _)| here.starts_with(open.as_str())) {
            depth += 1;
        } else if pairs().any(|(_, close)| here.starts_with(close.as_str())) {
            depth = depth.saturating_sub(1);
        } else if let Some(separator) =
            language.citation.separators.iter().find(|s| here.starts_with(s.as_str()))
            && depth == 0
            && start <= at
        {
            parts.push(words.slice(start..at));
            start = at + separator.len();
        }
    }
    if start <= words.read.len() {
        parts.push(words.slice(start..words.read.len()));
    }
    parts
}
