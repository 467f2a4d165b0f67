//! Themes by their cues: one automaton for each language over the cues of all themes. Of overlapping
//! cues of one theme the leftmost, then the longest, counts; themes do not disturb one another.

use super::speech::{Passage, Speaking};
use crate::authority::stands_alone;
use crate::language::Language;
use crate::scheme::{Cue, CueKind, Scheme};
use aho_corasick::AhoCorasick;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Finds the cues of a scheme in texts.
pub(super) struct CueFinder<'a> {
    scheme: &'a Scheme,
    /// Made for a language when its first text comes.
    by_language: BTreeMap<&'a str, OnceLock<Strings>>,
}

struct Strings {
    automaton: AhoCorasick,
    /// For each string of the automaton, the cues that it is.
    cues: Vec<Vec<ReadCue>>,
}

/// A cue, by its place in the scheme, with the strings of its context as rules read them.
struct ReadCue {
    at: usize,
    required: Vec<String>,
    forbidden: Vec<String>,
}

impl Strings {
    fn of(scheme: &Scheme, pack: &Language) -> Self {
        let read = |text: &String| pack.fold(text).into_owned();
        let all = |strings: &[String]| strings.iter().map(read).collect();
        let mut sorted = BTreeMap::<String, Vec<ReadCue>>::new();
        let of_language = |cue: &Cue| cue.language.is_empty() || pack.covers(&cue.language);
        for (at, cue) in scheme.cues.iter().enumerate().filter(|(_, cue)| of_language(cue)) {
            let (required, forbidden) = (all(&cue.required), all(&cue.forbidden));
            sorted.entry(read(&cue.text)).or_default().push(ReadCue { at, required, forbidden });
        }
        let automaton = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .build(sorted.keys())
            .expect("fewer cues than the two thousand million states of an automaton");
        Self { automaton, cues: sorted.into_values().collect() }
    }
}

/// A cue found; offsets in bytes.
#[derive(Clone, Copy)]
pub(super) struct FoundCue<'a> {
    pub start: usize,
    pub end: usize,
    pub cue: &'a Cue,
}

impl<'a> CueFinder<'a> {
    pub fn new(scheme: &'a Scheme, languages: &'a [Language]) -> Self {
        let by_language = languages.iter().map(|pack| (pack.tag.as_str(), OnceLock::new())).collect();
        Self { scheme, by_language }
    }

    /// Makes ready what the cues of a language are found by; the first text waits for it otherwise.
    pub fn prepare(&self, language: &Language) {
        self.strings(language);
    }

    fn strings(&self, language: &Language) -> Option<&Strings> {
        let strings = self.by_language.get(language.tag.as_str())?;
        Some(strings.get_or_init(|| Strings::of(self.scheme, language)))
    }

    /// The cues in a text, in order; the speaker stands for `sides`.
    pub fn find(&self, language: &Language, text: &str, sides: &[&str]) -> Vec<FoundCue<'a>> {
        let Some(strings) = self.strings(language) else { return Vec::new() };
        let speaking = Speaking { marks: &language.speech, text };
        let mut by_theme = BTreeMap::<&str, Vec<FoundCue<'a>>>::new();
        for found in strings.automaton.find_overlapping_iter(text) {
            let (start, end) = (found.start(), found.end());
            if start == end || !stands_alone(text, start, end) {
                continue;
            }
            let passage = Passage { start, end };
            for one in &strings.cues[found.pattern().as_usize()] {
                let cue = &self.scheme.cues[one.at];
                if spoken_for(cue, sides) && self.counts(cue, one, speaking, passage) {
                    by_theme.entry(&cue.theme).or_default().push(FoundCue { start, end, cue });
                }
            }
        }
        let mut found: Vec<_> = by_theme.into_values().flat_map(leftmost_longest).collect();
        found.sort_by(|a, b| (a.start, a.end, &a.cue.theme).cmp(&(b.start, b.end, &b.cue.theme)));
        found
    }

    /// Whether a cue counts where it stands. One that does not is as if it were not there.
    fn counts(&self, cue: &Cue, one: &ReadCue, speaking: Speaking<'_>, passage: Passage) -> bool {
        let theme = self.scheme.themes.get(&cue.theme);
        let (negated, reported) =
            theme.map_or((false, false), |theme| (theme.ignore_negated, theme.ignore_reported));
        let holds = |string: &String| speaking.holds(passage, string);
        (one.required.is_empty() || one.required.iter().any(holds))
            && !one.forbidden.iter().any(holds)
            && (cue.kind == CueKind::False
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
