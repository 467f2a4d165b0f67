//! People, places and bodies that are known, and the offices people held.
//!
//! In: `data/authorities/`, Turtle or tables. Out: answers to "who is this called?" and "what stands here?".

mod table;

pub use table::COLUMNS;

use crate::folder::{File, Folder};
use crate::language::Language;
use crate::names::Names;
use crate::ontology::labels_of;
use crate::problem::Problem;
use crate::rdf::{Facts, iris, literals};
use crate::sheet::TABLES;
use crate::vocab;
use aho_corasick::{AhoCorasick, MatchKind};
use anyhow::{Context as _, Result};
use chrono::NaiveDate;
use oxigraph::model::{LiteralRef, NamedNodeRef};
use rustc_hash::FxBuildHasher;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::OnceLock;

/// Where authorities are, inside `data/`.
pub const FOLDER: &str = "authorities/";

/// What a known thing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A human being.
    Person,
    /// A country or territory; listing implies no position on its status.
    Place,
    /// An organisation.
    Body,
}

/// One known thing.
#[derive(Debug, Clone)]
pub struct Entity {
    /// Its IRI.
    pub iri: String,
    /// What it is.
    pub kind: Kind,
    /// Labels to show, by language tag.
    pub labels: BTreeMap<String, String>,
    /// Short names of one or two characters that mean it only beside another word.
    pub abbreviations: Vec<String>,
}

/// A post held by a person, from one day to another as far as known.
#[derive(Debug, Clone)]
pub struct Office {
    /// IRI of the membership.
    pub iri: String,
    /// IRI of the person.
    pub person: String,
    /// IRI of the place or body it is held for.
    pub represents: Option<String>,
    /// First day; `None` where not known.
    pub start: Option<NaiveDate>,
    /// Last day; `None` where not known.
    pub end: Option<NaiveDate>,
}

/// Everything that `data/authorities/` says.
#[derive(Debug)]
pub struct Authority {
    /// All triples of its files.
    pub facts: Facts,
    entities: Vec<Entity>,
    by_iri: HashMap<String, usize, FxBuildHasher>,
    by_label: HashMap<String, Vec<usize>, FxBuildHasher>,
    strings: Vec<String>,
    finder: OnceLock<AhoCorasick>,
    offices: BTreeMap<String, Vec<Office>>,
}

/// A known name found in a text; offsets in bytes.
#[derive(Debug, Clone, Copy)]
pub struct Found<'a> {
    /// First byte.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// What is named.
    pub entity: &'a Entity,
}

impl Authority {
    /// What the Turtle files of a data folder say.
    ///
    /// # Errors
    /// When a file is not Turtle.
    pub fn facts(data: &Folder) -> Result<Facts> {
        let mut facts = Facts::default();
        let files: Vec<&File> = data.matching(FOLDER, &["ttl"]).collect();
        Facts::read_each(&files)?.into_iter().for_each(|read| facts.add(read));
        Ok(facts)
    }

    /// Reads the tables of a data folder as well, and makes everything ready to be asked.
    ///
    /// # Errors
    /// When a file cannot be read, or Turtle holds an impossible date.
    pub fn read(
        mut facts: Facts,
        data: &Folder,
        languages: &[Language],
        names: &Names,
        problems: &mut Vec<Problem>,
    ) -> Result<Self> {
        for file in data.matching(FOLDER, &TABLES) {
            table::read_table(&mut facts, file, names, problems)?;
        }
        Self::new(facts, languages)
    }

    /// All that is known.
    pub fn entities(&self) -> impl Iterator<Item = &Entity> {
        self.entities.iter()
    }

    fn new(facts: Facts, languages: &[Language]) -> Result<Self> {
        // Texts are searched as rules read them, so names are kept in that form as well.
        let forms = |label: LiteralRef<'_>| {
            let tag = label.language().unwrap_or_default();
            let pack = languages.iter().find(|pack| tag.to_lowercase().starts_with(&pack.tag));
            let read =
                pack.map(|pack| pack.fold(label.value()).into_owned()).filter(|read| read != label.value());
            // Typewriters have one apostrophe.
            let typed = label.value().contains('’').then(|| label.value().replace('’', "'"));
            [Some(label.value().to_owned()), read, typed].into_iter().flatten().collect::<Vec<_>>()
        };
        let mut entities = Vec::new();
        let mut by_label = HashMap::<String, Vec<usize>, FxBuildHasher>::default();
        let mut only_heads = BTreeSet::new();
        let index = facts.by_subject();
        for (class, kind) in
            [(vocab::PERSON, Kind::Person), (vocab::PLACE, Kind::Place), (vocab::ORGANIZATION, Kind::Body)]
        {
            for iri in facts.subjects(vocab::TYPE, class) {
                let about = &index[iri];
                for property in [vocab::PREF_LABEL, vocab::ALT_LABEL, vocab::HIDDEN_LABEL] {
                    for label in literals(about, property).flat_map(&forms) {
                        let named = by_label.entry(label).or_default();
                        if named.last() != Some(&entities.len()) {
                            named.push(entities.len());
                        }
                    }
                }
                // Codes and adjectives name a thing before an office; in running text they are words.
                for property in [vocab::NOTATION, vocab::ADJECTIVE] {
                    for literal in literals(about, property) {
                        let named = by_label.entry(literal.value().to_owned()).or_default();
                        only_heads.insert(literal.value().to_owned());
                        if named.last() != Some(&entities.len()) {
                            named.push(entities.len());
                        }
                    }
                }
                // Found like a name, so that no shorter name is found inside it; names nothing.
                for label in literals(about, vocab::FALSE_CUE).flat_map(&forms) {
                    by_label.entry(label).or_default();
                }
                let labels = labels_of(literals(about, vocab::PREF_LABEL));
                let short = literals(about, vocab::ABBREVIATION).map(|literal| literal.value().to_owned());
                let abbreviations = short.collect();
                entities.push(Entity { iri: iri.to_owned(), kind, labels, abbreviations });
            }
        }
        let mut offices = BTreeMap::<String, Vec<Office>>::new();
        for iri in facts.subjects(vocab::TYPE, vocab::MEMBERSHIP) {
            let about = &index[iri];
            let day = |property: NamedNodeRef<'_>| -> Result<Option<NaiveDate>> {
                let Some(literal) = literals(about, property).next() else { return Ok(None) };
                let day = literal.value().parse();
                day.map(Some).with_context(|| {
                    format!("<{iri}>: `{}` is no date; it is written 2020-03-27", literal.value())
                })
            };
            let (start, end) = (day(vocab::START_DATE)?, day(vocab::END_DATE)?);
            for person in iris(about, vocab::MEMBER) {
                let represents = iris(about, vocab::REPRESENTS).next().map(str::to_owned);
                let office =
                    Office { iri: iri.to_owned(), person: person.to_owned(), represents, start, end };
                offices.entry(person.to_owned()).or_default().push(office);
            }
        }
        drop(index);
        // A label of a single letter would be found everywhere.
        let mut strings: Vec<String> = by_label
            .keys()
            .filter(|label| label.chars().count() > 1 && !only_heads.contains(*label))
            .cloned()
            .collect();
        strings.sort_unstable();
        let by_iri = entities.iter().enumerate().map(|(index, entity)| (entity.iri.clone(), index)).collect();
        Ok(Self { facts, entities, by_iri, by_label, strings, finder: OnceLock::new(), offices })
    }

    /// Makes ready what names are found by in running texts; the first text waits for it otherwise.
    pub fn prepare(&self) {
        self.finder();
    }

    fn finder(&self) -> &AhoCorasick {
        self.finder.get_or_init(|| {
            let builder = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&self.strings);
            builder.expect("fewer names than the two thousand million states of an automaton")
        })
    }

    /// The known thing with this IRI.
    #[must_use]
    pub fn get(&self, iri: &str) -> Option<&Entity> {
        self.by_iri.get(iri).map(|index| &self.entities[*index])
    }

    /// Known things of one kind that go by exactly this name.
    pub fn called<'a>(&'a self, name: &str, kind: Kind) -> impl Iterator<Item = &'a Entity> {
        let indexes = self.by_label.get(name).map_or(&[][..], Vec::as_slice);
        indexes.iter().map(|index| &self.entities[*index]).filter(move |entity| entity.kind == kind)
    }

    /// The one thing of a kind that goes by this name; `None` for namesakes, which only an
    /// identifier can tell apart.
    #[must_use]
    pub fn the_one_called(&self, name: &str, kind: Kind) -> Option<&Entity> {
        let mut found = self.called(name, kind);
        found.next().filter(|_| found.next().is_none())
    }

    /// Names of one kind that the text begins with, longest first: their lengths in bytes.
    #[must_use]
    pub fn heads(&self, text: &str, kind: Kind) -> Vec<usize> {
        let ends = text.char_indices().map(|(at, c)| at + c.len_utf8());
        let mut lengths: Vec<usize> =
            ends.take(64).filter(|end| self.called(&text[..*end], kind).next().is_some()).collect();
        lengths.reverse();
        lengths
    }

    /// Names in a running text: leftmost, then longest; strings that name two things are left out.
    pub fn mentions<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Found<'a>> {
        self.finder().find_iter(text).filter_map(move |found| {
            let (start, end) = (found.start(), found.end());
            let indexes = &self.by_label[&self.strings[found.pattern().as_usize()]];
            let [index] = indexes.as_slice() else { return None };
            stands_alone(text, start, end).then_some(Found { start, end, entity: &self.entities[*index] })
        })
    }

    /// All names of one kind, for "did you mean".
    pub fn names(&self, kind: Kind) -> impl Iterator<Item = &str> {
        self.entities
            .iter()
            .filter(move |entity| entity.kind == kind)
            .flat_map(|entity| entity.labels.values().map(String::as_str))
    }

    /// What a person stood for on these days by the offices held, or ever, where the days are not known.
    #[must_use]
    pub fn sides(&self, person: &str, days: Option<(NaiveDate, NaiveDate)>) -> Vec<&str> {
        let held = self.offices.get(person).map_or(&[][..], Vec::as_slice);
        let then = |office: &&Office| {
            days.is_none_or(|(first, last)| {
                office.start.is_none_or(|start| start <= last) && office.end.is_none_or(|end| first <= end)
            })
        };
        let mut sides: Vec<&str> =
            held.iter().filter(then).filter_map(|office| office.represents.as_deref()).collect();
        sides.sort_unstable();
        sides.dedup();
        sides
    }

    /// Offices that a person held throughout these days, as far as known; where it is said what was
    /// represented, only those for it.
    pub fn offices<'a>(
        &'a self,
        person: &str,
        days: (NaiveDate, NaiveDate),
        represents: Option<&'a str>,
    ) -> impl Iterator<Item = &'a Office> {
        let held = self.offices.get(person).map_or(&[][..], Vec::as_slice);
        held.iter().filter(move |office| {
            office.start.is_some_and(|start| start <= days.0)
                && office.end.is_none_or(|end| days.1 <= end)
                && represents.is_none_or(|represents| office.represents.as_deref() == Some(represents))
        })
    }
}

/// Whether a string of letters that are written with spaces between words is a word of its own here.
#[must_use]
pub fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    start == end || !within_word(text, start) && !within_word(text, end)
}

/// Whether a place is between two letters of a word, in a script that writes words apart.
#[must_use]
pub fn within_word(text: &str, at: usize) -> bool {
    let spaced = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && c.len_utf8() < 3);
    spaced(text[..at].chars().next_back()) && spaced(text[at..].chars().next())
}
