//! What the words of a quotation speak of and name: themes, the main one among them, and mentions.

use super::{Origin, Reader};
use crate::date::Date;
use crate::language::Language;
use crate::problem::Problem;
use crate::record::{Mention, Record, Theme};
use std::collections::BTreeMap;

impl Reader<'_> {
    /// Finds themes and mentions where a record states none; themes that it states must be in the scheme.
    pub(super) fn complete_spoken(
        &self,
        language: &Language,
        record: &mut Record,
        origin: Origin<'_>,
        problems: &mut Vec<Problem>,
    ) {
        if record.themes.is_empty() {
            record.themes = self.themes(language, record);
        }
        self.check_themes(record, origin, problems);
        if record.main_theme.is_none() {
            record.main_theme = self.main_theme(record);
        }
        if record.mentions.is_none() {
            record.mentions = Some(self.mentions(language, record));
        }
    }

    /// Looks again at the themes of a record that somebody has corrected.
    pub(super) fn spoken_again(&self, record: &mut Record, origin: Origin<'_>, problems: &mut Vec<Problem>) {
        self.check_themes(record, origin, problems);
        // Somebody may have corrected them to nothing.
        record.mentions.get_or_insert_default();
        let corrected = |field| record.corrected.iter().any(|corrected| corrected.field == field);
        if (corrected("themes") || corrected("theme_words")) && !corrected("main_theme") {
            record.main_theme = self.main_theme(record);
        }
    }

    fn check_themes(&self, record: &mut Record, (path, line): Origin<'_>, problems: &mut Vec<Problem>) {
        let mut known = |called: &str| match self.ontology.scheme.theme(called, self.names) {
            Ok(iri) => Some(self.names.shorten(iri)),
            Err(meant) => {
                let meant = meant.map(|meant| format!("did you mean `{meant}`? ")).unwrap_or_default();
                let help = format!("{meant}themes are those of the scheme; it was left out");
                let problem = Problem::error(path, format!("no theme is called `{called}`"));
                problems.push(problem.at(line, 0).help(help));
                None
            }
        };
        record.themes.retain_mut(|theme| {
            if self.known.contains(&theme.concept) {
                return true;
            }
            let concept = known(&theme.concept);
            concept.map(|concept| theme.concept = concept).is_some()
        });
        let main = record.main_theme.take();
        record.main_theme =
            main.and_then(|theme| if self.known.contains(&theme) { Some(theme) } else { known(&theme) });
        let among = |main: &String| record.themes.iter().any(|theme| theme.concept == *main);
        if let Some(main) = record.main_theme.take_if(|main| !among(main)) {
            let problem = Problem::error(path, format!("the main theme `{main}` is none of its themes"));
            let help = "give words that show it among the themes, or another main theme; it was left out";
            problems.push(problem.at(line, 0).help(help));
        }
    }

    fn themes(&self, language: &Language, record: &Record) -> Vec<Theme> {
        let text = record.text.as_str();
        let speaker = record.speaker_id.as_deref().and_then(|id| self.names.expand(id));
        let days = record.date.as_deref().and_then(Date::parse).map(|date| (date.earliest(), date.latest()));
        let sides = speaker.as_deref().map(|speaker| self.authority.sides(speaker, days)).unwrap_or_default();
        let mut points = CodePoints::of(text);
        let read = language.fold(text);
        let found = self.cues.find(language, &read, &sides).into_iter();
        found
            .map(|found| Theme {
                concept: self.names.shorten(&found.cue.theme),
                start: points.at(found.start),
                end: points.at(found.end),
                exact: text[found.start..found.end].to_owned(),
                cue: found.cue.text.clone(),
                rule: found.cue.iri.as_deref().map(|iri| self.names.shorten(iri)),
            })
            .collect()
    }

    /// The theme to which most of the words belong that show any, each counted by the weight of its
    /// theme; of equals the one that comes up first.
    fn main_theme(&self, record: &Record) -> Option<String> {
        let mut words = BTreeMap::<&str, (usize, Vec<bool>)>::new();
        let length = record.text.chars().count();
        for theme in &record.themes {
            let (first, shown) =
                words.entry(&theme.concept).or_insert_with(|| (theme.start, vec![false; length]));
            *first = theme.start.min(*first);
            shown[theme.start.min(length)..theme.end.min(length)].fill(true);
        }
        let weighed = words.into_iter().map(|(theme, (first, shown))| {
            let iri = self.names.expand(theme);
            let weight =
                iri.and_then(|iri| self.ontology.scheme.themes.get(&iri)).map_or(1.0, |it| it.weight);
            let shown = u32::try_from(shown.iter().filter(|shown| **shown).count()).unwrap_or(u32::MAX);
            (weight * f64::from(shown), first, theme)
        });
        let best = weighed.max_by(|a, b| a.0.total_cmp(&b.0).then((b.1, b.2).cmp(&(a.1, a.2))));
        best.map(|(_, _, theme)| theme.to_owned())
    }

    /// What the words name, by themselves or through the event.
    fn mentions(&self, language: &Language, record: &Record) -> Vec<Mention> {
        let text = record.text.as_str();
        let read = language.fold(text);
        let named = self.authority.mentions(&read);
        let mut found: Vec<_> = named
            .map(|found| (found.start..found.end, self.names.shorten(&found.entity.iri), None))
            .collect();
        for (range, key) in self.deictic(language, record, &read) {
            if !found.iter().any(|(other, ..)| other.start < range.end && range.start < other.end) {
                found.push((range, key, Some("event".to_owned())));
            }
        }
        found.sort_by_key(|(range, ..)| range.start);
        let mut points = CodePoints::of(text);
        let mention = |(range, key, basis): (std::ops::Range<usize>, String, Option<String>)| Mention {
            key,
            start: points.at(range.start),
            end: points.at(range.end),
            exact: text[range].to_owned(),
            basis,
        };
        found.into_iter().map(mention).collect()
    }
}

/// Turns byte offsets into code points, fast where they are asked more or less in order.
struct CodePoints<'t> {
    text: &'t str,
    byte: usize,
    count: usize,
}

impl<'t> CodePoints<'t> {
    fn of(text: &'t str) -> Self {
        Self { text, byte: 0, count: 0 }
    }

    fn at(&mut self, byte: usize) -> usize {
        if byte < self.byte {
            self.count -= self.text[byte..self.byte].chars().count();
        } else {
            self.count += self.text[self.byte..byte].chars().count();
        }
        self.byte = byte;
        self.count
    }
}
