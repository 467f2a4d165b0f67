//! Themes by their cues: one automaton for each language over the cues of all themes. Of overlapping
//! cues of one theme the leftmost, then the longest, counts; themes do not disturb one another.

use super::speech::{Passage, Speaking};
use crate::authority::stands_alone;
use crate::language::Language;
use crate::scheme::{Cue, CueKind, Scheme};
use aho_corasick::AhoCorasick;
use anyhow::{Context as _, Result};
use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Finds the cues of a scheme in texts.
pub(super) struct CueFinder<'a> {
    scheme: &'a Scheme,
    by_language: BTreeMap<&'a str, Strings<'a>>,
}

struct Strings<'a> {
    automaton: AhoCorasick,
    /// For each string of the automaton, the cues that it is.
    cues: Vec<Vec<ReadCue<'a>>>,
}

/// A cue with the strings of its context as rules read them.
struct ReadCue<'a> {
    cue: &'a Cue,
    required: Vec<Cow<'a, str>>,
    forbidden: Vec<Cow<'a, str>>,
}

/// A cue found; offsets in bytes.
#[derive(Clone, Copy)]
pub(super) struct FoundCue<'a> {
    pub start: usize,
    pub end: usize,
    pub cue: &'a Cue,
}

impl<'a> CueFinder<'a> {
    pub fn new(scheme: &'a Scheme, languages: &'a [Language]) -> Result<Self> {
        let mut sorted = BTreeMap::<&str, BTreeMap<Cow<'_, str>, Vec<ReadCue<'_>>>>::new();
        for pack in languages {
            let read = |text: &'a str| pack.fold(text);
            let all = |strings: &'a [String]| strings.iter().map(|text| read(text)).collect();
            let of_language = |cue: &&Cue| cue.language.is_empty() || pack.covers(&cue.language);
            for cue in scheme.cues.iter().filter(of_language) {
                let read_cue = ReadCue { cue, required: all(&cue.required), forbidden: all(&cue.forbidden) };
                sorted.entry(&pack.tag).or_default().entry(read(&cue.text)).or_default().push(read_cue);
            }
        }
        let index = |strings: BTreeMap<Cow<'_, str>, Vec<ReadCue<'a>>>| -> Result<Strings<'a>> {
            let automaton = AhoCorasick::builder()
                .ascii_case_insensitive(true)
                .build(strings.keys().map(|text| text.as_bytes()))
                .context("the cues are too many for one index")?;
            Ok(Strings { automaton, cues: strings.into_values().collect() })
        };
        let by_language = sorted.into_iter().map(|(language, strings)| Ok((language, index(strings)?)));
        Ok(Self { scheme, by_language: by_language.collect::<Result<_>>()? })
    }

    /// The cues in a text, in order; the speaker stands for `sides`.
    pub fn find(&self, language: &Language, text: &str, sides: &[&str]) -> Vec<FoundCue<'a>> {
        let Some(strings) = self.by_language.get(language.tag.as_str()) else { return Vec::new() };
        let speaking = Speaking { marks: &language.speech, text };
        let mut by_theme = BTreeMap::<&str, Vec<FoundCue<'a>>>::new();
        for found in strings.automaton.find_overlapping_iter(text) {
            let (start, end) = (found.start(), found.end());
            if start == end || !stands_alone(text, start, end) {
                continue;
            }
            let passage = Passage { start, end };
            for one in &strings.cues[found.pattern().as_usize()] {
                if spoken_for(one.cue, sides) && self.counts(one, speaking, passage) {
                    let found = FoundCue { start, end, cue: one.cue };
                    by_theme.entry(&one.cue.theme).or_default().push(found);
                }
            }
        }
        let mut found: Vec<_> = by_theme.into_values().flat_map(leftmost_longest).collect();
        found.sort_by(|a, b| (a.start, a.end, &a.cue.theme).cmp(&(b.start, b.end, &b.cue.theme)));
        found
    }

    /// Whether a cue counts where it stands. One that does not is as if it were not there.
    fn counts(&self, one: &ReadCue<'_>, speaking: Speaking<'_>, passage: Passage) -> bool {
        let theme = self.scheme.themes.get(&one.cue.theme);
        let (negated, reported) =
            theme.map_or((false, false), |theme| (theme.ignore_negated, theme.ignore_reported));
        let holds = |string: &Cow<'_, str>| speaking.holds(passage, string);
        (one.required.is_empty() || one.required.iter().any(holds))
            && !one.forbidden.iter().any(holds)
            && (one.cue.kind == CueKind::False
                || !(negated && speaking.is_denied(passage) || reported && speaking.is_reported(passage)))
    }
}

/// Whether a cue counts for a speaker of these sides.
fn spoken_for(cue: &Cue, sides: &[&str]) -> bool {
    let among = |wanted: &[String]| wanted.iter().any(|side| sides.contains(&side.as_str()));
    (cue.required_speaker.is_empty() || among(&cue.required_speaker)) && !among(&cue.forbidden_speaker)
}

/// Of the cues of one theme those that count; false ones take their words and are left out.
fn leftmost_longest(mut found: Vec<FoundCue<'_>>) -> impl Iterator<Item = FoundCue<'_>> {
    found.sort_by_key(|one| (one.start, Reverse(one.end), one.cue.kind));
    let mut end = 0;
    found.into_iter().filter(move |one| {
        let counts = one.start >= end;
        if counts {
            end = one.end;
        }
        counts && one.cue.kind != CueKind::False
    })
}
