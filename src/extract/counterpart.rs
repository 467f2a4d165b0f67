//! Who the words were addressed to: a phrase of place or body, office and name, once or more.
//!
//! A place at the head of the phrase wins, otherwise the longest body; the rest is office, then
//! name. Whatever is not known stays as printed; nothing is guessed.

use super::Reader;
use super::brackets::bracketed;
use super::words::Words;
use crate::authority::Kind;
use crate::language::{Language, Part};
use crate::record::{Counterpart, CounterpartKind};
use std::ops::Range;

/// The parts of one counterpart while a template is tried.
#[derive(Debug, Clone, Copy, Default)]
struct Slots<'t> {
    represents: Option<&'t str>,
    office: Option<&'t str>,
    name: &'t str,
}

/// How sure a reading must be: rules that guess less are tried first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trust {
    /// The name is one that the authorities know.
    Known,
    /// The office ends in a word that the language pack lists.
    Listed,
    /// The office only ends like one.
    Shaped,
    /// There is no office, and whatever is left is the name.
    Bare,
}

const ALL: [Trust; 4] = [Trust::Known, Trust::Listed, Trust::Shaped, Trust::Bare];

impl Reader<'_> {
    /// Reads a phrase that names one counterpart or several.
    pub(super) fn counterparts(&self, language: &Language, phrase: Words<'_>) -> Vec<Counterpart> {
        let clause = language.counterparts.clauses.as_ref().and_then(|clause| clause.find(phrase.read));
        if let Some(clause) = clause {
            // What is said of one person is no part of the name; a group is known by nothing else.
            let people = self.listed(language, phrase.slice(clause.end()..phrase.read.len()).trim());
            if people.iter().all(|one| one.office.is_some() || one.represents.is_some()) && !people.is_empty()
            {
                return people;
            }
            return vec![group(phrase.printed)];
        }
        self.listed(language, phrase)
    }

    fn listed(&self, language: &Language, phrase: Words<'_>) -> Vec<Counterpart> {
        let ends = self.ends(language, phrase);
        let mut found: Vec<Counterpart> = Vec::new();
        let mut start = 0;
        for (index, end) in ends.iter().enumerate() {
            let item = phrase.slice(start..end.start).trim();
            let rest = phrase.slice(end.end..ends.get(index + 1).map_or(end.end, |next| next.start)).trim();
            if rest.is_empty() || self.is_whole(language, item, rest) {
                let last = self
                    .counterpart(language, item)
                    .or_else(|| (!item.is_empty()).then(|| group(item.printed)));
                found.extend(last);
                start = end.end;
            }
        }
        found
    }

    /// Whether an item before a separator names somebody, and what follows names somebody else: a
    /// separator may also stand within an office, the name of a body, or a name.
    fn is_whole(&self, language: &Language, item: Words<'_>, next: Words<'_>) -> bool {
        let Some(one) = self.counterpart(language, item) else { return false };
        if one.kind != CounterpartKind::Person {
            return true;
        }
        // Two titles of one person, unless the next one has the name before the title as well.
        let titled = |words: Words<'_>| {
            language.counterparts.offices.iter().any(|word| words.read.ends_with(word.as_str()))
        };
        if titled(item) {
            return titled(next);
        }
        let known = |name: &str| self.authority.called(name, Kind::Person).next().is_some();
        let listed = |office: &String| {
            let read = language.fold(office);
            language.counterparts.offices.iter().any(|word| read.ends_with(word.as_str()))
        };
        if one.office.as_ref().is_some_and(listed) || known(item.read) {
            // A single character would be the rest of a name.
            return next.read.chars().count() > 1;
        }
        // A name that nobody knows, with no office: what follows must stand on its own feet.
        let known_head =
            [Kind::Place, Kind::Body].iter().any(|kind| !self.authority.heads(next.read, *kind).is_empty());
        let bare = |one: Counterpart| one.office.is_none() && one.represents.is_none();
        known_head || (one.represents.is_none() && self.counterpart(language, next).is_some_and(bare))
    }

    /// Where items may end: at each separator that is not part of a known name, and at the end.
    fn ends(&self, language: &Language, phrase: Words<'_>) -> Vec<Range<usize>> {
        let names: Vec<_> =
            self.authority.mentions(phrase.read).map(|found| found.start..found.end).collect();
        let mut ends: Vec<Range<usize>> = Vec::new();
        for separator in &language.counterparts.separators {
            for (at, text) in phrase.read.match_indices(separator.as_str()) {
                let range = at..at + text.len();
                let inside = names.iter().any(|name| name.start <= range.start && range.end <= name.end);
                let taken = ends.iter().any(|end| end.start < range.end && range.start < end.end);
                if !inside && !taken {
                    ends.push(range);
                }
            }
        }
        ends.sort_by_key(|end| end.start);
        let end = phrase.read.len();
        ends.push(end..end);
        ends
    }

    /// Reads a phrase that names one person, group or body; `None` where a name is missing.
    pub(super) fn counterpart(&self, language: &Language, item: Words<'_>) -> Option<Counterpart> {
        let found = self.named(language, item, false);
        // What follows a comma after all that may say where it was.
        found.or_else(|| {
            let before =
                language.dates.after.iter().filter_map(|comma| item.read.rfind(comma.as_str())).max()?;
            self.named(language, item.slice(0..before), false)
                .filter(|one| one.kind == CounterpartKind::Person)
        })
    }

    /// The same with or without the templates that end in a title nobody listed.
    pub(super) fn named(&self, language: &Language, item: Words<'_>, posts: bool) -> Option<Counterpart> {
        let naming = &language.counterparts;
        let item = item.strip_end(&naming.courtesy).strip_start(&naming.honours);
        let item = without_aside(language, item);
        if item.is_empty() {
            return None;
        }
        if naming.groups.iter().any(|pattern| pattern.is_match(item.read)) {
            return Some(group(item.printed));
        }
        let known = self.authority.called(item.read, Kind::Body).next().is_some();
        let shaped = naming.bodies.iter().any(|body| item.read.ends_with(body.as_str()));
        let titled = naming.offices.iter().any(|office| item.read.contains(office.as_str()));
        if known || (shaped && !titled) {
            let name = item.printed.to_owned();
            return Some(Counterpart { name, kind: CounterpartKind::Body, ..Counterpart::default() });
        }
        let slots = ALL.into_iter().find_map(|trust| {
            let mut templates = naming.templates.iter().filter(|parts| posts || !parts.contains(&Part::Post));
            templates.find_map(|parts| {
                let slots = self.fit(language, parts, item.read, trust, Slots::default())?;
                // Rules that look for an office must find one.
                let fits = matches!(trust, Trust::Known | Trust::Bare) || slots.office.is_some();
                fits.then_some(slots)
            })
        })?;
        let printed = |part: &str| item.printed_of(part).to_owned();
        Some(Counterpart {
            name: printed(slots.name),
            kind: CounterpartKind::Person,
            office: slots.office.map(printed),
            represents: slots.represents.map(printed),
            ..Counterpart::default()
        })
    }

    /// Fits the parts of a template to the text, all of it.
    fn fit<'t>(
        &self,
        language: &Language,
        parts: &[Part],
        text: &'t str,
        trust: Trust,
        slots: Slots<'t>,
    ) -> Option<Slots<'t>> {
        let Some((part, rest)) = parts.split_first() else { return text.is_empty().then_some(slots) };
        let go_on = |end: usize, slots| self.fit(language, rest, &text[end..], trust, slots);
        match part {
            Part::Words(words) => {
                text.starts_with(words.as_str()).then(|| go_on(words.len(), slots)).flatten()
            }
            Part::Represents => self
                .represented_ends(language, text)
                .into_iter()
                .find_map(|end| go_on(end, Slots { represents: Some(text[..end].trim()), ..slots })),
            Part::Office => office_ends(language, text, trust).into_iter().find_map(|end| {
                go_on(
                    end,
                    Slots { office: Some(text[..end].trim()).filter(|office| !office.is_empty()), ..slots },
                )
            }),
            Part::Title => {
                let named = slots.name.chars().count() > 1 && trust != Trust::Shaped;
                let known = [Kind::Place, Kind::Body]
                    .iter()
                    .any(|kind| self.authority.called(slots.name, *kind).next().is_some());
                let whole = language.counterparts.offices.iter().any(|office| office == text);
                (named && !known && whole)
                    .then(|| go_on(text.len(), Slots { office: Some(text), ..slots }))
                    .flatten()
            }
            Part::Post => {
                let office = Some(text.trim()).filter(|office| !office.is_empty());
                office.and_then(|_| go_on(text.len(), Slots { office, ..slots }))
            }
            Part::Name => {
                let ends = text.char_indices().skip(1).map(|(at, _)| at).chain([text.len()]);
                let ends: Vec<usize> = if rest.is_empty() { vec![text.len()] } else { ends.collect() };
                ends.into_iter().rev().find_map(|end| {
                    let name = text[..end].trim();
                    let long_enough = trust != Trust::Shaped || name.chars().count() > 1;
                    let fits = long_enough && self.is_name(language, name, trust);
                    fits.then(|| go_on(end, Slots { name, ..slots })).flatten()
                })
            }
        }
    }

    fn is_name(&self, language: &Language, name: &str, trust: Trust) -> bool {
        let naming = &language.counterparts;
        match trust {
            Trust::Known => self.authority.called(name, Kind::Person).next().is_some(),
            Trust::Listed | Trust::Shaped | Trust::Bare => {
                naming.name.is_match(name)
                    && !naming.offices.iter().any(|office| name.ends_with(office.as_str()))
            }
        }
    }

    /// Where the name of a place or body at the head of a text may end: a known place, then a known
    /// body, then what ends like a body; longest first.
    fn represented_ends(&self, language: &Language, text: &str) -> Vec<usize> {
        let mut ends: Vec<usize> =
            [Kind::Place, Kind::Body].into_iter().flat_map(|kind| self.authority.heads(text, kind)).collect();
        if self.authority.heads(text, Kind::Place).is_empty() {
            let naming = &language.counterparts;
            let after = |word: &String| {
                text.match_indices(word.as_str()).map(|(at, word)| at + word.len()).collect::<Vec<_>>()
            };
            let before =
                |word: &String| text.match_indices(word.as_str()).map(|(at, _)| at).collect::<Vec<_>>();
            let shaped = naming.bodies.iter().flat_map(after).chain(naming.headed_by.iter().flat_map(before));
            // The name of a body holds no title of a person, and more than one character.
            let is_body = |end: &usize| {
                let name = &text[..*end];
                name.chars().count() > 1
                    && !naming.offices.iter().any(|office| name.contains(office.as_str()))
            };
            ends.extend(shaped.filter(is_body));
            ends.sort_unstable_by(|a, b| b.cmp(a));
            ends.dedup();
        }
        ends
    }
}

/// Where an office at the head of a text may end, longest first; of words that begin at one place
/// only the longest counts.
fn office_ends(language: &Language, text: &str, trust: Trust) -> Vec<usize> {
    let naming = &language.counterparts;
    let (words, shortest) = match trust {
        Trust::Known | Trust::Listed => (&naming.offices, 1),
        // A single character is no office but part of a name.
        Trust::Shaped => (&naming.office_endings, 2),
        Trust::Bare => return Vec::new(),
    };
    let longest = |(at, _)| {
        let here = &text[at..];
        let starts =
            |word: &&String| here.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
        words.iter().find(starts).map(|word| at + word.len())
    };
    let mut ends: Vec<usize> = text.char_indices().filter_map(longest).collect();
    // A comma ends an office in languages that write lists with it.
    ends.retain(|end| text[..*end].trim().chars().count() >= shortest && !text[..*end].contains(','));
    ends.sort_unstable_by(|a, b| b.cmp(a));
    ends.dedup();
    ends
}

/// The phrase without what is added in brackets after the name.
fn without_aside<'t>(language: &Language, item: Words<'t>) -> Words<'t> {
    let last = bracketed(language, item.read).into_iter().next_back();
    match last {
        Some((whole, _)) if whole.end == item.read.len() && whole.start > 0 => {
            item.slice(0..whole.start).trim()
        }
        _ => item,
    }
}

fn group(name: &str) -> Counterpart {
    Counterpart { name: name.to_owned(), kind: CounterpartKind::Group, ..Counterpart::default() }
}
