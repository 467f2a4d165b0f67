//! Themes by their cues: one automaton for each language, leftmost, then longest.

use crate::authority::stands_alone;
use crate::language::Language;
use crate::ontology::Cue;
use aho_corasick::{AhoCorasick, MatchKind};
use anyhow::{Context as _, Result};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Finds the cues of every language in texts of that language.
pub(super) struct CueFinder {
    by_language: BTreeMap<String, Strings>,
}

struct Strings {
    automaton: AhoCorasick,
    /// For each string of the automaton: as written, and the themes that it shows.
    strings: Vec<(String, Vec<String>)>,
}

/// A cue found; offsets in bytes.
pub(super) struct FoundCue<'a> {
    pub start: usize,
    pub end: usize,
    pub cue: &'a str,
    pub themes: &'a [String],
}

impl CueFinder {
    /// An index of the cues. A string may show several themes; one that shows none (a false cue)
    /// still takes its characters, so that no shorter cue is found inside it.
    pub fn new(cues: &[Cue], languages: &[Language]) -> Result<Self> {
        let mut sorted = BTreeMap::<&str, BTreeMap<Cow<'_, str>, Vec<String>>>::new();
        for cue in cues {
            let pack = languages.iter().find(|pack| pack.tag == cue.language);
            let text = pack.map_or(Cow::Borrowed(cue.text.as_str()), |pack| pack.fold(&cue.text));
            let themes = sorted.entry(&cue.language).or_default().entry(text).or_default();
            if cue.shows {
                themes.push(cue.theme.clone());
            }
        }
        let index = |strings: BTreeMap<Cow<'_, str>, Vec<String>>| -> Result<Strings> {
            let automaton = AhoCorasick::builder()
                .match_kind(MatchKind::LeftmostLongest)
                .ascii_case_insensitive(true)
                .build(strings.keys().map(|text| text.as_bytes()))
                .context("the cues are too many for one index")?;
            let strings = strings.into_iter().map(|(text, themes)| (text.into_owned(), themes)).collect();
            Ok(Strings { automaton, strings })
        };
        let by_language =
            sorted.into_iter().map(|(language, strings)| Ok((language.to_owned(), index(strings)?)));
        Ok(Self { by_language: by_language.collect::<Result<_>>()? })
    }

    /// The cues in a text, in order.
    pub fn find<'a>(&'a self, language: &str, text: &'a str) -> impl Iterator<Item = FoundCue<'a>> {
        self.by_language.get(language).into_iter().flat_map(move |strings| strings.find(text))
    }
}

impl Strings {
    fn find<'a>(&'a self, text: &'a str) -> impl Iterator<Item = FoundCue<'a>> {
        self.automaton.find_iter(text).filter_map(move |found| {
            let (cue, themes) = &self.strings[found.pattern().as_usize()];
            let (start, end) = (found.start(), found.end());
            stands_alone(text, start, end).then_some(FoundCue { start, end, cue, themes })
        })
    }
}
