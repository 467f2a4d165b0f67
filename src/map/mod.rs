//! Records and source texts become triples: the only place that makes any.
//!
//! A pure function from what it is given to triples handed out one by one, so that a store, a sorted
//! file and a stream of bytes are all fed by the same description. The model is in
//! `ontology/README.md`.

mod derived;
mod evidence;

use crate::authority::Authority;
use crate::corpus::Page;
use crate::date::Date;
use crate::extract::participant_key;
use crate::iri;
use crate::names::{Names, local_name};
use crate::ontology::Ontology;
use crate::record::{Account, Basis, Counterpart, CounterpartKind, Event, Record};
use crate::source::Document;
use crate::vocab as v;
use chrono::NaiveDate;
use oxigraph::model::{LiteralRef, NamedNodeRef, TripleRef};
use std::collections::BTreeMap;

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

/// The part of somebody in an event.
struct Part<'a> {
    who: &'a str,
    role: NamedNodeRef<'a>,
    /// How the name came to stand for that one.
    basis: NamedNodeRef<'a>,
    /// Name, office, and what is represented.
    printed: [Option<&'a str>; 3],
    represents: Option<&'a str>,
}

/// How a name came to stand for somebody.
fn basis(id: Option<&String>, basis: Option<Basis>) -> NamedNodeRef<'static> {
    match (id, basis) {
        (None, _) => v::PRINTED_ONLY,
        (_, None) => v::GIVEN_IDENTIFIER,
        (_, Some(Basis::KnownName)) => v::KNOWN_NAME,
        (_, Some(Basis::NameAndOffice)) => v::NAME_AND_OFFICE,
    }
}

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

    fn number(&mut self, predicate: NamedNodeRef<'_>, number: usize) {
        self.literal(predicate, LiteralRef::new_typed_literal(&number.to_string(), v::XSD_INTEGER));
    }
}

impl Mapper<'_> {
    /// One quotation with its event, section and evidence; `document` is the page it stands on.
    pub fn record(&self, record: &Record, document: Option<&Document>, emit: Emit<'_>) {
        let quotation = self.names.mint("quotation", &record.id);
        if record.withdrawn.is_some() {
            return self.tombstone(record, &quotation, emit);
        }
        let source = self.names.mint("source", &iri::segment(&record.source));
        let language = record.language.as_deref().unwrap_or("und");
        let speaker = self.speaker(record);
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
        for (property, object) in [(v::CREATOR, &speaker), (v::RECORDED_AT, &event), (v::SECTION, &section)] {
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
        for mention in &record.mentions {
            let property = if mention.basis.is_none() { v::MENTIONS } else { v::REFERS_TO };
            if let Some(thing) = self.names.expand(&mention.key) {
                about.link(property, &thing);
            }
        }
        if let Some(heading) = &record.section {
            self.section(record, heading, &source, language, emit);
        }
        self.unknown_people(record, speaker.as_deref(), language, emit);
        if let Some(event) = &event {
            self.event(record, event, speaker.as_deref(), language, emit);
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

    fn section(&self, record: &Record, heading: &str, source: &str, language: &str, emit: Emit<'_>) {
        let section = self.names.mint("section", &iri::section_id(&record.source, heading));
        let mut about = About { subject: &section, emit };
        about.a(v::SECTION_CLASS);
        about.a(v::CONCEPT);
        about.words(v::PREF_LABEL, heading, language);
        about.link(v::IS_PART_OF, source);
    }

    fn event(&self, record: &Record, event: &str, speaker: Option<&str>, language: &str, emit: Emit<'_>) {
        let Some(details) = &record.event else { return };
        let date = record.date.as_deref().and_then(Date::parse);
        About { subject: event, emit: &mut *emit }.a(v::EVENT);
        // Where there are several accounts, each has its own date and type, and the event those of one.
        let account = details.account.as_ref();
        if let Some(account) = account {
            self.account(record, account, event, speaker, emit);
        }
        if account.is_none_or(|account| event.ends_with(&account.id)) {
            let mut about = About { subject: event, emit: &mut *emit };
            self.claims(record, details, &mut about);
            for (language, label) in self.event_labels(record) {
                about.words(v::LABEL, &label, &language);
            }
            for (property, words) in [
                (v::TITLE, &details.title),
                (v::OCCASION, &details.occasion),
                (v::INITIATIVE, &details.initiative),
            ] {
                if let Some(words) = words {
                    about.words(property, words, language);
                }
            }
        }
        self.parties(record, speaker, &mut About { subject: event, emit: &mut *emit });
        if self.content.profile == Profile::Research {
            self.participations(record, event, speaker, date, language, emit);
        }
    }

    /// What a source says of an event: of which type it was, and when.
    fn claims(&self, record: &Record, details: &Event, about: &mut About<'_, '_>) {
        about.link(v::EVENT_TYPE, &self.named("event-type", &details.kind));
        let Some(date) = record.date.as_deref().and_then(Date::parse) else { return };
        let datatype = match date {
            Date::Day(_) => v::XSD_DATE,
            Date::Month(_) => v::XSD_G_YEAR_MONTH,
            Date::Year(_) => v::XSD_G_YEAR,
            Date::Interval(..) => v::EDTF,
        };
        about.literal(v::DATE, LiteralRef::new_typed_literal(&date.to_string(), datatype));
        about.literal(v::DATE_PRECISION, date.precision());
        for (property, day) in [(v::EARLIEST, date.earliest()), (v::LATEST, date.latest())] {
            about.literal(property, LiteralRef::new_typed_literal(&day.to_string(), v::XSD_DATE));
        }
    }

    /// Who spoke, with or to whom, and what these stand for.
    fn parties(&self, record: &Record, speaker: Option<&str>, about: &mut About<'_, '_>) {
        if let Some(speaker) = speaker {
            about.link(v::SPEAKER, speaker);
        }
        for counterpart in &record.counterparts {
            about.link(v::COUNTERPART, &participant_key(counterpart, self.names));
            if let Some(represents) = self.represents(counterpart) {
                about.link(v::REPRESENTED, &represents);
                let known = self.authority.get(&represents);
                if known.is_some_and(|known| known.kind == crate::authority::Kind::Place) {
                    about.link(v::COUNTRY, &represents);
                }
            }
        }
    }

    /// An event as one source alone tells it.
    fn account(
        &self,
        record: &Record,
        account: &Account,
        event: &str,
        speaker: Option<&str>,
        emit: Emit<'_>,
    ) {
        let Some(details) = &record.event else { return };
        let node = self.names.mint("account", &account.id);
        let mut about = About { subject: &node, emit };
        about.a(v::ACCOUNT_CLASS);
        about.link(v::ACCOUNT_OF, event);
        about.link(v::WAS_QUOTED_FROM, &self.names.mint("source", &iri::segment(&record.source)));
        self.claims(record, details, &mut about);
        if let Some(speaker) = speaker {
            about.link(v::TOLD_SPEAKER, speaker);
        }
        for counterpart in &record.counterparts {
            about.link(v::TOLD_COUNTERPART, &participant_key(counterpart, self.names));
        }
        for (property, words) in [(v::DCT_CREATOR, &account.by), (v::REASON, &account.reason)] {
            if let Some(words) = words {
                about.literal(property, words.as_str());
            }
        }
    }

    fn participations(
        &self,
        record: &Record,
        event: &str,
        speaker: Option<&str>,
        date: Option<Date>,
        language: &str,
        emit: Emit<'_>,
    ) {
        let days = date.map(|date| (date.earliest(), date.latest()));
        if let Some(who) = speaker {
            let part = Part {
                who,
                role: v::SPEAKER_ROLE,
                basis: basis(record.speaker_id.as_ref(), record.speaker_basis),
                printed: [Some(&record.speaker), record.speaker_office.as_deref(), None],
                represents: None,
            };
            self.participation(event, &part, days, language, emit);
        }
        for counterpart in &record.counterparts {
            let printed = [
                Some(counterpart.name.as_str()),
                counterpart.office.as_deref(),
                counterpart.represents.as_deref(),
            ];
            let represents = self.represents(counterpart);
            let part = Part {
                who: &participant_key(counterpart, self.names),
                role: v::COUNTERPART_ROLE,
                basis: basis(counterpart.id.as_ref(), counterpart.basis),
                printed,
                represents: represents.as_deref(),
            };
            self.participation(event, &part, days, language, emit);
        }
    }

    fn participation(
        &self,
        event: &str,
        part: &Part<'_>,
        days: Option<(NaiveDate, NaiveDate)>,
        language: &str,
        emit: Emit<'_>,
    ) {
        let who = self.names.shorten(part.who).replace(':', "-");
        let role = local_name(part.role.as_str()).to_lowercase();
        let participation = self.names.mint("participation", &format!("{}-{role}-{who}", local_name(event)));
        About { subject: event, emit: &mut *emit }.link(v::PARTICIPATION, &participation);
        let mut about = About { subject: &participation, emit };
        about.a(v::PARTICIPATION_CLASS);
        about.link(v::PARTICIPANT, part.who);
        about.link(v::ROLE, part.role.as_str());
        about.link(v::BASIS, part.basis.as_str());
        let as_printed = [v::NAME_AS_PRINTED, v::OFFICE_AS_PRINTED, v::REPRESENTS_AS_PRINTED];
        for (property, words) in as_printed.into_iter().zip(part.printed) {
            if let Some(words) = words {
                about.words(property, words, language);
            }
        }
        if let Some(represents) = part.represents {
            about.link(v::REPRESENTS, represents);
        }
        if let Some(days) = days {
            for office in self.authority.offices(part.who, days, part.represents) {
                about.link(v::HELD_OFFICE, &office.iri);
            }
        }
    }

    /// People whom the authorities do not know, as printed, so that nobody is lost.
    fn unknown_people(&self, record: &Record, speaker: Option<&str>, language: &str, emit: Emit<'_>) {
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
        if let Some(speaker) = speaker {
            say(speaker, &record.speaker, CounterpartKind::Person);
        }
        for counterpart in &record.counterparts {
            say(&participant_key(counterpart, self.names), &counterpart.name, counterpart.kind);
        }
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
    fn named(&self, prefix: &str, local: &str) -> String {
        self.names.expand(&format!("{prefix}:{local}")).unwrap_or_else(|| self.names.mint(prefix, local))
    }

    /// What an event is called in each language of its type: type, date, and with whom or what.
    fn event_labels(&self, record: &Record) -> BTreeMap<String, String> {
        let Some(event) = &record.event else { return BTreeMap::new() };
        let Some(kind) = self.ontology.event_types.get(&event.kind) else { return BTreeMap::new() };
        let label = |(language, kind): (&String, &String)| {
            let mut parts = vec![kind.clone()];
            parts.extend(record.date.clone());
            for counterpart in &record.counterparts {
                let known = self.authority.get(&participant_key(counterpart, self.names));
                parts.push(
                    known.and_then(|known| known.labels.get(language)).unwrap_or(&counterpart.name).clone(),
                );
            }
            if record.counterparts.is_empty() {
                parts.extend(event.title.clone().or_else(|| event.occasion.clone()));
            }
            (language.clone(), parts.join(" · "))
        };
        kind.labels.iter().map(label).collect()
    }

    /// The page itself: its lines, verbatim, once.
    pub fn page(&self, page: &Page, emit: Emit<'_>) {
        let document = &page.document;
        let source = self.names.mint("source", &iri::segment(&document.name));
        let mut about = About { subject: &source, emit: &mut *emit };
        about.a(v::SOURCE_CLASS);
        about.literal(v::SHA256, document.sha256.as_str());
        if let Some(sha256) = &document.text_sha256 {
            about.literal(v::TEXT_SHA256, sha256.as_str());
        }
        about.number(v::CHARACTERS, document.characters());
        if self.content.profile == Profile::Core {
            return;
        }
        for (index, line) in document.lines.iter().enumerate() {
            let (text, first) = document.stretch(index);
            let subject = self.names.mint("line", &line_id(&document.name, line.number));
            About { subject: &source, emit: &mut *emit }.link(v::LINE, &subject);
            let mut about = About { subject: &subject, emit: &mut *emit };
            about.a(v::LINE_CLASS);
            about.number(v::LINE_NUMBER, line.number);
            about.number(v::START, first);
            // Of a line that holds withdrawn words, the length still shows that nothing is missing.
            if page.withheld.contains(&index) {
                about.number(v::CHARACTERS, text.chars().count());
            } else {
                about.literal(v::VALUE, text);
            }
        }
    }

    /// A source that is only named: a table of quotes, or what a row says it was taken from.
    pub fn named_source(&self, name: &str, emit: Emit<'_>) {
        let source = self.names.mint("source", &iri::segment(name));
        let mut about = About { subject: &source, emit };
        about.a(v::SOURCE_CLASS);
        about.literal(v::LABEL, name);
    }
}

/// Name of a line: its source and its number.
fn line_id(source: &str, number: usize) -> String {
    format!("{}-{number}", iri::segment(source))
}
