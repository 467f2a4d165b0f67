//! Who the words were addressed to: a phrase of place or body, office and name, once or more.
//!
//! A place at the head of the phrase wins, otherwise the longest body; the rest is office, then
//! name. Whatever is not known stays as printed; nothing is guessed.

use super::Reader;
use crate::authority::Kind;
use crate::language::{Language, Part};
use crate::record::{Counterpart, CounterpartKind};

/// The parts of one counterpart while a template is tried.
#[derive(Debug, Clone, Copy, Default)]
struct Slots<'t> {
    represents: Option<&'t str>,
    office: Option<&'t str>,
    name: &'t str,
}

impl Reader<'_> {
    /// Reads a phrase that names one counterpart or several.
    pub(super) fn counterparts(&self, language: &Language, phrase: &str) -> Vec<Counterpart> {
        let mut found = Vec::new();
        let mut start = 0;
        for end in self.ends(language, phrase) {
            let item = phrase[start..end.start].trim();
            // A title without a name goes on in the next item: two offices of one person.
            if let Some(counterpart) = self.counterpart(language, item) {
                found.push(counterpart);
                start = end.end;
            } else if end.end == phrase.len() && !item.is_empty() {
                found.push(Counterpart {
                    name: item.to_owned(),
                    kind: CounterpartKind::Group,
                    ..Counterpart::default()
                });
            }
        }
        found
    }

    /// Where items may end: at each separator that is not part of a known name, and at the end.
    fn ends(&self, language: &Language, phrase: &str) -> Vec<std::ops::Range<usize>> {
        let names: Vec<_> = self.authority.mentions(phrase).map(|found| found.start..found.end).collect();
        let mut ends: Vec<std::ops::Range<usize>> = Vec::new();
        for separator in &language.counterparts.separators {
            for (at, text) in phrase.match_indices(separator.as_str()) {
                let range = at..at + text.len();
                let inside = names.iter().any(|name| name.start <= range.start && range.end <= name.end);
                let taken = ends.iter().any(|end| end.start < range.end && range.start < end.end);
                if !inside && !taken {
                    ends.push(range);
                }
            }
        }
        ends.sort_by_key(|end| end.start);
        ends.push(phrase.len()..phrase.len());
        ends
    }

    fn counterpart(&self, language: &Language, item: &str) -> Option<Counterpart> {
        if self.authority.called(item, Kind::Body).next().is_some() {
            return Some(Counterpart {
                name: item.to_owned(),
                kind: CounterpartKind::Body,
                ..Counterpart::default()
            });
        }
        let slots = [true, false].into_iter().find_map(|known| {
            let mut templates = language.counterparts.templates.iter();
            templates.find_map(|parts| self.fit(language, parts, item, known, Slots::default()))
        })?;
        Some(Counterpart {
            name: slots.name.to_owned(),
            kind: CounterpartKind::Person,
            office: slots.office.map(str::to_owned),
            represents: slots.represents.map(str::to_owned),
            ..Counterpart::default()
        })
    }

    /// Fits the parts of a template to the text, all of it; `known` takes only names of people whom
    /// the authorities know.
    fn fit<'t>(
        &self,
        language: &Language,
        parts: &[Part],
        text: &'t str,
        known: bool,
        slots: Slots<'t>,
    ) -> Option<Slots<'t>> {
        let Some((part, rest)) = parts.split_first() else { return text.is_empty().then_some(slots) };
        let naming = &language.counterparts;
        match part {
            Part::Words(words) => self.fit(language, rest, text.strip_prefix(words.as_str())?, known, slots),
            Part::Represents => [Kind::Place, Kind::Body]
                .into_iter()
                .flat_map(|kind| self.authority.heads(text, kind))
                .find_map(|end| {
                    self.fit(
                        language,
                        rest,
                        &text[end..],
                        known,
                        Slots { represents: Some(&text[..end]), ..slots },
                    )
                }),
            Part::Office => {
                let mut ends: Vec<usize> = naming
                    .offices
                    .iter()
                    .flat_map(|office| {
                        text.match_indices(office.as_str()).map(|(at, office)| at + office.len())
                    })
                    .collect();
                ends.sort_unstable();
                ends.into_iter().rev().find_map(|end| {
                    self.fit(
                        language,
                        rest,
                        &text[end..],
                        known,
                        Slots { office: Some(text[..end].trim()), ..slots },
                    )
                })
            }
            Part::Name => {
                let ends = text.char_indices().skip(1).map(|(at, _)| at).chain([text.len()]);
                let mut ends: Vec<usize> = if rest.is_empty() { vec![text.len()] } else { ends.collect() };
                ends.reverse();
                ends.into_iter().find_map(|end| {
                    let name = text[..end].trim();
                    let fits = if known {
                        self.authority.called(name, Kind::Person).next().is_some()
                    } else {
                        naming.name.is_match(name)
                            && !naming.offices.iter().any(|office| name.ends_with(office.as_str()))
                    };
                    if !fits {
                        return None;
                    }
                    self.fit(language, rest, &text[end..], known, Slots { name, ..slots })
                })
            }
        }
    }
}
