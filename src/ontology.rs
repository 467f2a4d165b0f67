//! What can be said: event types with their citation patterns, and themes with their cues.

use crate::folder::{File, Folder};
use crate::language::reason;
use crate::names::local_name;
use crate::pattern::Pattern;
use crate::problem::Problem;
use crate::rdf::{Facts, iris, literals};
use crate::scheme::{Scheme, check, read_scheme};
use crate::source::place_of;
use crate::vocab;
use anyhow::{Result, bail};
use oxigraph::model::LiteralRef;
use rayon::prelude::*;
use regex::Captures;
use std::collections::BTreeMap;

/// The ontology folder, read.
#[derive(Debug)]
pub struct Ontology {
    /// Everything its Turtle files say.
    pub facts: Facts,
    /// Event types by their short names.
    pub event_types: BTreeMap<String, EventType>,
    /// All citation patterns, in the order of the file.
    pub patterns: Vec<CitationPattern>,
    /// What can be spoken of, and by which words.
    pub scheme: Scheme,
    /// What is wrong in the scheme.
    pub problems: Vec<Problem>,
}

/// One kind of occasion.
#[derive(Debug, Clone, Default)]
pub struct EventType {
    /// Its IRI.
    pub iri: String,
    /// The text mode of its texts, an IRI.
    pub text_mode: Option<String>,
    /// Labels by language tag.
    pub labels: BTreeMap<String, String>,
}

/// One way in which citations name an event of a type.
#[derive(Debug)]
pub struct CitationPattern {
    /// Short name of the event type.
    pub event_type: String,
    /// Language of the citations that it reads.
    pub language: String,
    /// As it stands in the file.
    pub written: String,
    regex: Pattern,
}

/// A citation as one pattern reads it.
#[derive(Debug)]
pub struct Reading<'p, 't> {
    /// The pattern.
    pub pattern: &'p CitationPattern,
    /// What its slots hold.
    pub slots: Captures<'t>,
    /// Characters that the pattern's own words cover: more is better.
    pub own: usize,
}

/// The scheme of themes in the folder.
const THEMES: &str = "themes.ttl";

/// Slots that a pattern may use; what is written in a group of such a name fills it too.
const SLOTS: [&str; 6] = ["circumstance", "counterpart", "initiative", "occasion", "speaker", "title"];

/// Whoever speaks may stand before the rest of any citation.
const SPEAKER: &str = r"(?:(?P<speaker>.+?))??";

impl Ontology {
    /// Reads every Turtle file of the folder but the shapes; `themes`, where it is given, takes the place
    /// of the folder's scheme.
    ///
    /// # Errors
    /// When a file is not Turtle, holds a bad citation pattern, or event types are missing.
    pub fn read(folder: &Folder, themes: Option<&File>) -> Result<Self> {
        let mut ontology = Self {
            facts: Facts::default(),
            event_types: BTreeMap::new(),
            patterns: Vec::new(),
            scheme: Scheme::default(),
            problems: Vec::new(),
        };
        // Shapes are for other tools, and full of blank nodes.
        let files = folder.matching("", &["ttl"]).filter(|file| file.name != "shapes.ttl");
        let files: Vec<&File> = files.filter(|file| file.name != THEMES || themes.is_none()).collect();
        for (file, facts) in files.iter().zip(Facts::read_each(&files)?) {
            match file.name.as_str() {
                "event-types.ttl" => ontology.read_event_types(file, &facts)?,
                THEMES => ontology.read_themes(file, &facts)?,
                _ => {}
            }
            ontology.facts.add(facts);
        }
        if let Some(file) = themes {
            let facts = read_scheme(file)?;
            ontology.read_themes(file, &facts)?;
            ontology.facts.add(facts);
        }
        if ontology.event_types.is_empty() {
            bail!(
                "{}: no event types found\n  help: they are the `skos:Concept`s of `event-types.ttl`",
                folder.path.display()
            );
        }
        Ok(ontology)
    }

    fn read_themes(&mut self, file: &File, facts: &Facts) -> Result<()> {
        self.scheme = Scheme::of(facts);
        self.problems = check(file, facts)?;
        Ok(())
    }

    fn read_event_types(&mut self, file: &File, facts: &Facts) -> Result<()> {
        let index = facts.by_subject();
        let mut patterns = Vec::new();
        for iri in facts.subjects(vocab::TYPE, vocab::CONCEPT) {
            let about = &index[iri];
            let name = local_name(iri);
            patterns.extend(literals(about, vocab::CITATION_PATTERN).map(|pattern| (name, pattern)));
            let text_mode = iris(about, vocab::TEXT_MODE).next().map(str::to_owned);
            let event_type = EventType {
                iri: iri.to_owned(),
                text_mode,
                labels: labels_of(literals(about, vocab::PREF_LABEL)),
            };
            self.event_types.insert(name.to_owned(), event_type);
        }
        let patterns = patterns.into_iter().map(|(name, pattern)| pattern_of(file, name, pattern));
        self.patterns = patterns.collect::<Result<_>>()?;
        Ok(())
    }

    /// The short name of an event type, given that name or one of its labels.
    #[must_use]
    pub fn event_type(&self, called: &str) -> Option<&str> {
        if let Some((name, _)) = self.event_types.get_key_value(called) {
            return Some(name);
        }
        let wanted = called.trim().to_lowercase();
        let is_called = |kind: &EventType| kind.labels.values().any(|label| label.to_lowercase() == wanted);
        let mut kinds = self.event_types.iter();
        kinds.find(|(name, kind)| **name == wanted || is_called(kind)).map(|(name, _)| name.as_str())
    }

    /// Compiles the patterns of a language, several at a time, for a text that will need most of them.
    pub fn prepare(&self, language: &str) {
        let patterns = self.patterns.par_iter().filter(|pattern| pattern.language == language);
        patterns.for_each(|pattern| pattern.regex.prepare());
    }

    /// Every reading of a citation (without its date), best first.
    #[must_use]
    pub fn readings<'p, 't>(&'p self, language: &str, citation: &'t str) -> Vec<Reading<'p, 't>> {
        let mut readings: Vec<_> = self
            .patterns
            .iter()
            .filter(|pattern| pattern.language == language)
            .filter_map(|pattern| {
                let slots = pattern.regex.captures(citation)?;
                let in_slots: usize =
                    SLOTS.iter().filter_map(|slot| slots.name(slot)).map(|slot| slot.len()).sum();
                Some(Reading { pattern, own: citation.len().saturating_sub(in_slots), slots })
            })
            .collect();
        // Of two that cover as much, the one that takes more words to write says more.
        readings.sort_by_key(|reading| std::cmp::Reverse((reading.own, reading.pattern.written.len())));
        readings
    }
}

/// Labels by language tag; of several in one language the first in order.
#[must_use]
pub fn labels_of<'a>(literals: impl Iterator<Item = LiteralRef<'a>>) -> BTreeMap<String, String> {
    let mut labels = BTreeMap::<String, String>::new();
    for literal in literals {
        let label = labels.entry(literal.language().unwrap_or_default().to_lowercase()).or_default();
        if label.is_empty() || literal.value() < label.as_str() {
            literal.value().clone_into(label);
        }
    }
    labels
}

fn pattern_of(file: &File, event_type: &str, pattern: LiteralRef<'_>) -> Result<CitationPattern> {
    let written = pattern.value();
    let mut source = written.to_owned();
    for slot in SLOTS {
        source = source.replace(&format!("{{{slot}}}"), &format!("(?P<{slot}>.+?)"));
    }
    let speaker = if source.contains("(?P<speaker>") { "" } else { SPEAKER };
    let regex = Pattern::new(format!("(?i)^{speaker}(?:{source})$")).map_err(|error| {
        Problem::error(&file.path, format!("bad citation pattern `{written}`: {}", reason(&error))).help(
            format!(
                "slots are {}; the rest is a regular expression",
                SLOTS.map(|slot| format!("{{{slot}}}")).join(", ")
            ),
        )
    });
    let regex = match regex {
        Ok(regex) => regex,
        Err(problem) => {
            let (line, column) = place_in(file, written)?;
            return Err(problem.at(line, column).into());
        }
    };
    let language = pattern.language().unwrap_or_default().to_lowercase();
    Ok(CitationPattern { event_type: event_type.to_owned(), language, written: written.to_owned(), regex })
}

/// Where a string stands in a Turtle file, which the parser does not tell for single values.
fn place_in(file: &File, value: &str) -> Result<(usize, usize)> {
    let bytes = file.bytes()?;
    let text = String::from_utf8_lossy(&bytes);
    let written = format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""));
    Ok(text.find(&written).map_or((0, 0), |byte| place_of(&text, byte)))
}
