//! Records and source texts become triples: the only place that makes any.
//!
//! A pure function from what it is given to triples handed out one by one, so that a store, a sorted
//! file and a stream of bytes are all fed by the same description. The model is in
//! `ontology/README.md`.

mod derived;
mod event;
mod evidence;
mod source;

use crate::authority::Authority;
use crate::date::Date;
use crate::extract::participant_key;
use crate::iri;
use crate::names::Names;
use crate::ontology::Ontology;
use crate::record::{Counterpart, CounterpartKind, Record};
use crate::source::Document;
use crate::vocab as v;
use oxigraph::model::{LiteralRef, NamedNodeRef, TripleRef};

/// How much to say of each quotation.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Profile {
    /// Direct links only: at most 30 triples a quotation.
    Core,
    /// Evidence, participations and offices as well: at most 150 triples a quotation.
    #[default]
    Research,
}

/// In which form to give texts that have slips.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum TextForm {
    /// As printed, and beside it with the emendations made, each with its reason.
    #[default]
    Both,
    /// As printed.
    Verbatim,
    /// With the emendations made: for reading, as evidence counts in the printed text.
    Emended,
}

/// How much to say of a corpus, and in which form.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Content {
    /// How much to say of each quotation.
    pub profile: Profile,
    /// In which form to give texts that have slips.
    pub text_form: TextForm,
}

/// Makes triples with these names.
#[derive(Debug, Clone, Copy)]
pub struct Mapper<'a> {
    /// Short names of IRIs.
    pub names: &'a Names,
    /// Labels of event types.
    pub ontology: &'a Ontology,
    /// Labels and offices of people.
    pub authority: &'a Authority,
    /// How much to say, and in which form.
    pub content: Content,
}

/// Where triples go.
pub type Emit<'e> = &'e mut dyn FnMut(TripleRef<'_>);

/// Statements about one subject.
struct About<'s, 'e> {
    subject: &'s str,
    emit: Emit<'e>,
}

impl About<'_, '_> {
    fn link(&mut self, predicate: NamedNodeRef<'_>, object: &str) {
        (self.emit)(TripleRef::new(
            NamedNodeRef::new_unchecked(self.subject),
            predicate,
            NamedNodeRef::new_unchecked(object),
        ));
    }

    fn a(&mut self, class: NamedNodeRef<'_>) {
        self.link(v::TYPE, class.as_str());
    }

    fn literal<'l>(&mut self, predicate: NamedNodeRef<'_>, literal: impl Into<LiteralRef<'l>>) {
        (self.emit)(TripleRef::new(NamedNodeRef::new_unchecked(self.subject), predicate, literal.into()));
    }

    fn words(&mut self, predicate: NamedNodeRef<'_>, words: &str, language: &str) {
        self.literal(predicate, LiteralRef::new_language_tagged_literal_unchecked(words, language));
    }

    fn day(&mut self, predicate: NamedNodeRef<'_>, day: Option<&str>) {
        if let Some(Date::Day(day)) = day.and_then(Date::parse) {
            self.literal(predicate, LiteralRef::new_typed_literal(&day.to_string(), v::XSD_DATE));
        }
    }

    fn number(&mut self, predicate: NamedNodeRef<'_>, number: usize) {
        self.literal(predicate, LiteralRef::new_typed_literal(&number.to_string(), v::XSD_INTEGER));
    }
}

/// What a record is about, by its IRIs.
pub(crate) struct Parties {
    /// Who spoke.
    pub(crate) speaker: Option<String>,
    /// Of each counterpart who it is, and what it stands for.
    pub(crate) counterparts: Vec<(String, Option<String>)>,
}

impl Mapper<'_> {
    /// One quotation with its event, section and evidence; `document` is the page it stands on. What the record
    /// `before`, mapped just before it, has said already of the same source, section or event is not said again.
    pub fn record(
        &self,
        record: &Record,
        before: Option<&Record>,
        document: Option<&Document>,
        emit: Emit<'_>,
    ) {
        if document.is_none() && before.is_none_or(|before| before.source != record.source) {
            self.named_source(&record.source, emit);
        }
        let quotation = self.names.mint("quotation", &record.id);
        if record.withdrawn.is_some() {
            return self.tombstone(record, &quotation, emit);
        }
        let source = self.names.mint("source", &iri::segment(&record.source));
        let language = record.language.as_deref().unwrap_or("und");
        let parties = self.parties_of(record);
        let speaker = parties.speaker.as_deref();
        let event = record
            .event
            .as_ref()
            .and_then(|event| event.id.as_deref())
            .map(|id| self.names.mint("event", id));
        let section = record
            .section
            .as_deref()
            .map(|heading| self.names.mint("section", &iri::section_id(&record.source, heading)));

        let mut about = About { subject: &quotation, emit: &mut *emit };
        about.a(v::QUOTATION);
        self.texts(record, language, &mut about);
        about.literal(v::IN_LANGUAGE, language);
        about.number(v::POSITION, record.n);
        about.link(v::WAS_QUOTED_FROM, &source);
        let links =
            [(v::CREATOR, speaker), (v::RECORDED_AT, event.as_deref()), (v::SECTION, section.as_deref())];
        for (property, object) in links {
            if let Some(object) = object {
                about.link(property, object);
            }
        }
        if let Some(mode) = &record.text_mode {
            about.link(v::TEXT_MODE, &self.named("text-mode", mode));
        }
        for (property, words) in [(v::CITATION, &record.citation), (v::CONTINUED, &record.continued)] {
            if let Some(words) = words {
                about.words(property, words, language);
            }
        }
        if let Some(year) = &record.year_from {
            about.literal(v::YEAR_FROM_HEADING, year.as_str());
        }
        for theme in record.themes.iter().filter_map(|theme| self.names.expand(&theme.concept)) {
            about.link(v::ABOUT, &theme);
        }
        if let Some(theme) = record.main_theme.as_deref().and_then(|theme| self.names.expand(theme)) {
            about.link(v::MAIN_THEME, &theme);
        }
        for mention in record.mentions.iter().flatten() {
            let property = if mention.basis.is_none() { v::MENTIONS } else { v::REFERS_TO };
            if let Some(thing) = self.names.expand(&mention.key) {
                about.link(property, &thing);
            }
        }
        let before = before.filter(|before| before.withdrawn.is_none() && of_one_source(before, record));
        if let (Some(heading), Some(section)) = (&record.section, &section)
            && before.is_none_or(|before| before.section != record.section)
        {
            section_itself(heading, section, &source, language, emit);
        }
        if before.is_none_or(|before| !of_one_event(before, record)) {
            self.unknown_people(record, &parties, language, emit);
            if let Some(event) = &event {
                self.event(record, event, &parties, language, emit);
            }
        }
        if self.content.profile == Profile::Research {
            self.corrections(record, &quotation, emit);
            evidence::Evidence { mapper: self, record, document, quotation: &quotation }
                .all(event.as_deref(), emit);
        }
    }

    fn texts(&self, record: &Record, language: &str, about: &mut About<'_, '_>) {
        match (&record.text_emended, self.content.text_form) {
            (Some(emended), TextForm::Emended) => about.words(v::TEXT, emended, language),
            (Some(emended), TextForm::Both) => {
                about.words(v::TEXT, &record.text, language);
                about.words(v::EMENDED_TEXT, emended, language);
            }
            (None, _) | (_, TextForm::Verbatim) => about.words(v::TEXT, &record.text, language),
        }
    }

    /// People whom the authorities do not know, as printed, so that nobody is lost.
    fn unknown_people(&self, record: &Record, parties: &Parties, language: &str, emit: Emit<'_>) {
        let mut say = |who: &str, name: &str, kind| {
            if self.authority.get(who).is_none() {
                let mut about = About { subject: who, emit: &mut *emit };
                match kind {
                    CounterpartKind::Person => about.a(v::PERSON),
                    CounterpartKind::Group | CounterpartKind::Body => about.a(v::ORGANIZATION),
                }
                about.a(v::UNRECONCILED);
                about.words(v::PREF_LABEL, name, language);
            }
        };
        if let Some(speaker) = &parties.speaker {
            say(speaker, &record.speaker, CounterpartKind::Person);
        }
        for (counterpart, (who, _)) in record.counterparts.iter().zip(&parties.counterparts) {
            say(who, &counterpart.name, counterpart.kind);
        }
    }

    /// Who takes part, as the graph names them.
    pub(crate) fn parties_of(&self, record: &Record) -> Parties {
        let of = |counterpart| (participant_key(counterpart, self.names), self.represents(counterpart));
        Parties { speaker: self.speaker(record), counterparts: record.counterparts.iter().map(of).collect() }
    }

    fn speaker(&self, record: &Record) -> Option<String> {
        let known = record.speaker_id.as_deref().and_then(|id| self.names.expand(id));
        let unknown = || {
            (!record.speaker.is_empty())
                .then(|| self.names.mint("person", &iri::unknown_id(&record.speaker, None)))
        };
        known.or_else(unknown)
    }

    fn represents(&self, counterpart: &Counterpart) -> Option<String> {
        counterpart.key.as_deref().and_then(|key| self.names.expand(key))
    }

    /// The IRI of a term of the ontology by its kind and local name.
    pub(crate) fn named(&self, prefix: &str, local: &str) -> String {
        self.names.under(prefix, local).unwrap_or_else(|| self.names.mint(prefix, local))
    }
}

/// A heading over quotations.
fn section_itself(heading: &str, section: &str, source: &str, language: &str, emit: Emit<'_>) {
    let mut about = About { subject: section, emit };
    about.a(v::SECTION_CLASS);
    about.a(v::CONCEPT);
    about.words(v::PREF_LABEL, heading, language);
    about.link(v::IS_PART_OF, source);
}

fn of_one_source(one: &Record, other: &Record) -> bool {
    one.source == other.source && one.language == other.language
}

/// Whether two records of one source say the same of their event and of those who take part.
fn of_one_event(one: &Record, other: &Record) -> bool {
    one.event == other.event
        && one.date == other.date
        && (&one.speaker, &one.speaker_id, one.speaker_basis)
            == (&other.speaker, &other.speaker_id, other.speaker_basis)
        && one.speaker_office == other.speaker_office
        && one.counterparts == other.counterparts
}
