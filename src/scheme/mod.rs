//! A scheme of themes: SKOS concepts, and the strings (cues) that show them in texts.
//!
//! Any SKOS file is one: every label of a concept is a cue. What SKOS cannot say (false cues, context,
//! weights) is said with terms of Dictum's own; `ontology/README.md` explains them.

mod check;
mod read;

pub use check::check;
pub use read::read_scheme;

use crate::iri;
use crate::names::{Names, local_name};
use crate::ontology::labels_of;
use crate::problem::nearest;
use crate::rdf::{Facts, iris, literals};
use crate::vocab as v;
use oxigraph::model::{Literal, NamedNode, NamedNodeRef, Term, Triple};
use std::collections::BTreeMap;

/// Themes and cues.
#[derive(Debug, Default)]
pub struct Scheme {
    /// Themes by their IRIs.
    pub themes: BTreeMap<String, Theme>,
    /// All cues, in order; no string twice for one theme and language, but for cues in context.
    pub cues: Vec<Cue>,
}

/// Something that can be spoken of.
#[derive(Debug, Clone)]
pub struct Theme {
    /// Labels to show, by language tag.
    pub labels: BTreeMap<String, String>,
    /// How much it counts where the main theme of a quotation is looked for.
    pub weight: f64,
    /// Whether a cue that is denied (`did not …`) does not count.
    pub ignore_negated: bool,
    /// Whether a cue in words that are quoted as somebody else's does not count.
    pub ignore_reported: bool,
}

/// How a cue stands in the scheme: the rule by which it assigns a theme.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum CueKind {
    /// A preferred label.
    #[default]
    Preferred,
    /// An alternative label.
    Alternative,
    /// A hidden label.
    Hidden,
    /// A cue with a name of its own and, as a rule, with conditions.
    InContext,
    /// A string that only looks like a cue.
    False,
}

/// A string that shows a theme.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cue {
    /// IRI of the theme.
    pub theme: String,
    /// Language of the texts in which it counts; of all texts where it is empty.
    pub language: String,
    /// The string as written in the scheme.
    pub text: String,
    /// How it stands there.
    pub kind: CueKind,
    /// Its own IRI, where it is a cue in context.
    pub iri: Option<String>,
    /// Strings of which one must stand in the same sentence; none are required where this is empty.
    pub required: Vec<String>,
    /// Strings of which none may stand in the same sentence.
    pub forbidden: Vec<String>,
    /// Places or bodies of which the speaker must stand for one; anybody may speak where this is empty.
    pub required_speaker: Vec<String>,
    /// Places or bodies of which the speaker must stand for none.
    pub forbidden_speaker: Vec<String>,
}

/// Properties of a concept whose values are cues.
const LABELS: [(NamedNodeRef<'_>, CueKind); 4] = [
    (v::PREF_LABEL, CueKind::Preferred),
    (v::ALT_LABEL, CueKind::Alternative),
    (v::HIDDEN_LABEL, CueKind::Hidden),
    (v::FALSE_CUE, CueKind::False),
];

impl Scheme {
    /// The scheme that these statements describe.
    #[must_use]
    pub fn of(facts: &Facts) -> Self {
        let index = facts.by_subject();
        // Nearly all statements of a scheme are labels, and these are cues.
        let cues = Vec::with_capacity(facts.triples.len());
        let mut scheme = Self { cues, ..Self::default() };
        for iri in facts.subjects(v::TYPE, v::CONCEPT) {
            let about = &index[iri];
            let says = |property| literals(about, property).any(|value| value.value() == "true");
            let weight =
                literals(about, v::WEIGHT).next().and_then(|weight| weight.value().parse::<f64>().ok());
            let weight = weight.filter(|weight| weight.is_finite() && *weight >= 0.0);
            let theme = Theme {
                labels: labels_of(literals(about, v::PREF_LABEL)),
                weight: weight.unwrap_or(1.0),
                ignore_negated: says(v::IGNORE_NEGATED),
                ignore_reported: says(v::IGNORE_REPORTED),
            };
            scheme.themes.insert(iri.to_owned(), theme);
            for (property, kind) in LABELS {
                scheme.cues.extend(literals(about, property).map(|literal| Cue {
                    theme: iri.to_owned(),
                    language: literal.language().unwrap_or_default().to_lowercase(),
                    text: literal.value().to_owned(),
                    kind,
                    ..Cue::default()
                }));
            }
        }
        for iri in facts.subjects(v::TYPE, v::CUE_CLASS) {
            let about = &index[iri];
            let strings = |property| literals(about, property).map(|it| it.value().to_owned()).collect();
            let things = |property| iris(about, property).map(str::to_owned).collect::<Vec<_>>();
            let values = [(v::VALUE, CueKind::InContext), (v::FALSE_CUE, CueKind::False)];
            let values = values.into_iter().flat_map(|(property, kind)| {
                literals(about, property).map(move |literal| (literal, kind)).collect::<Vec<_>>()
            });
            for (literal, kind) in values {
                scheme.cues.extend(iris(about, v::SHOWS).map(|theme| Cue {
                    theme: theme.to_owned(),
                    language: literal.language().unwrap_or_default().to_lowercase(),
                    text: literal.value().to_owned(),
                    kind,
                    iri: Some(iri.to_owned()),
                    required: strings(v::REQUIRED_CONTEXT),
                    forbidden: strings(v::FORBIDDEN_CONTEXT),
                    required_speaker: things(v::REQUIRED_SPEAKER),
                    forbidden_speaker: things(v::FORBIDDEN_SPEAKER),
                }));
            }
        }
        // A blank string would be found everywhere, a theme that is none by nobody; the check tells of both.
        let themes = &scheme.themes;
        scheme.cues.retain(|cue| !cue.text.trim().is_empty() && themes.contains_key(&cue.theme));
        scheme.cues.sort();
        scheme.cues.dedup_by(|a, b| a.iri.is_none() && b.iri.is_none() && a.string() == b.string());
        scheme
    }

    /// The cue of a theme that is this string in texts of a language, and has no name of its own.
    #[must_use]
    pub fn label(&self, theme: &str, language: &str, text: &str) -> Option<&Cue> {
        let of = |language: &str| {
            let wanted = (theme, language, text);
            let first = self.cues.partition_point(|cue| cue.string() < wanted);
            self.cues[first..].iter().find(|cue| cue.string() == wanted && cue.iri.is_none())
        };
        let primary = language.split('-').next().unwrap_or_default();
        of(language).or_else(|| of(primary)).or_else(|| of(""))
    }

    /// A cue that has a name of its own.
    #[must_use]
    pub fn named(&self, iri: &str) -> Option<&Cue> {
        self.cues.iter().find(|cue| cue.iri.as_deref() == Some(iri))
    }

    /// The IRI of a theme, given that, its short name, the last part of either, or a label.
    ///
    /// # Errors
    /// With the name of a theme that may be meant, where there is one.
    pub fn theme(&self, called: &str, names: &Names) -> Result<&str, Option<String>> {
        let called = called.trim();
        let expanded = names.expand(called);
        if let Some((iri, _)) = expanded.as_ref().and_then(|iri| self.themes.get_key_value(iri)) {
            return Ok(iri);
        }
        let wanted = called.to_lowercase();
        let is_called = |(iri, theme): &(&String, &Theme)| {
            local_name(iri).to_lowercase() == wanted
                || theme.labels.values().any(|label| label.to_lowercase() == wanted)
        };
        if let Some((iri, _)) = self.themes.iter().find(is_called) {
            return Ok(iri);
        }
        let local = local_name(called).rsplit(':').next().unwrap_or(called);
        let known = self
            .themes
            .iter()
            .flat_map(|(iri, theme)| theme.labels.values().map(String::as_str).chain([local_name(iri)]));
        Err(nearest(local, known).map(str::to_owned))
    }

    /// The cues as statements, for the graph: what each shows, and by which rule.
    #[must_use]
    pub fn statements(&self, names: &Names) -> Vec<Triple> {
        let mut found = Vec::new();
        for (cue, rule) in self.cues.iter().filter_map(|cue| Some((cue, cue.kind.rule()?))) {
            let subject = NamedNode::new_unchecked(cue.name(names));
            let mut say = |property: NamedNodeRef<'_>, object: Term| {
                found.push(Triple::new(subject.clone(), property.into_owned(), object));
            };
            say(v::RULE, rule.into_owned().into());
            // What has a name of its own stands in the file as it is.
            if cue.iri.is_none() {
                let value = match cue.language.as_str() {
                    "" => Literal::new_simple_literal(&cue.text),
                    tag => Literal::new_language_tagged_literal_unchecked(&cue.text, tag),
                };
                say(v::TYPE, v::CUE_CLASS.into_owned().into());
                say(v::VALUE, value.into());
                say(v::SHOWS, NamedNode::new_unchecked(&cue.theme).into());
            }
        }
        found
    }
}

impl Cue {
    fn string(&self) -> (&str, &str, &str) {
        (&self.theme, &self.language, &self.text)
    }

    /// Its IRI: its own, or one of theme, language and words.
    #[must_use]
    pub fn name(&self, names: &Names) -> String {
        let theme = || iri::segment(&names.shorten(&self.theme).replace(':', "-"));
        let made = || format!("{}-{}-{}", theme(), self.language, iri::words_id(&self.text));
        self.iri.clone().unwrap_or_else(|| names.mint("cue", &made()))
    }
}

impl CueKind {
    /// The rule by which such a cue assigns its theme.
    fn rule(self) -> Option<NamedNodeRef<'static>> {
        match self {
            Self::Preferred => Some(v::PREFERRED_LABEL),
            Self::Alternative => Some(v::ALTERNATIVE_LABEL),
            Self::Hidden => Some(v::HIDDEN_LABEL_RULE),
            Self::InContext => Some(v::CUE_IN_CONTEXT),
            Self::False => None,
        }
    }
}
