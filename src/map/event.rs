//! Events: when and of which type, who spoke with or to whom, in what capacity, and by whose account.

use super::{About, Emit, Mapper, Parties, Profile};
use crate::date::Date;
use crate::iri;
use crate::names::local_name;
use crate::record::{Account, Basis, Event, Record};
use crate::vocab as v;
use chrono::NaiveDate;
use oxigraph::model::{LiteralRef, NamedNodeRef};
use std::borrow::Cow;

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

impl Mapper<'_> {
    pub(super) fn event(
        &self,
        record: &Record,
        event: &str,
        parties: &Parties,
        language: &str,
        emit: Emit<'_>,
    ) {
        let Some(details) = &record.event else { return };
        let date = record.date.as_deref().and_then(Date::parse);
        About { subject: event, emit: &mut *emit }.a(v::EVENT);
        // Where there are several accounts, each has its own date and type, and the event those of one.
        let account = details.account.as_ref();
        if let Some(account) = account {
            self.account(record, account, event, parties, emit);
        }
        if account.is_none_or(|account| event.ends_with(&account.id)) {
            let mut about = About { subject: event, emit: &mut *emit };
            self.claims(record, details, &mut about);
            self.event_labels(record, parties, &mut about);
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
        self.parties(parties, &mut About { subject: event, emit: &mut *emit });
        if self.content.profile == Profile::Research {
            self.participations(record, event, parties, date, language, emit);
        }
    }

    /// What a source says of an event: of which type it was, and when.
    fn claims(&self, record: &Record, details: &Event, about: &mut About<'_, '_>) {
        about.link(v::EVENT_TYPE, &self.named("event-type", &details.kind));
        let Some(written) = record.date.as_deref() else { return };
        let Some(date) = Date::parse(written) else { return };
        let datatype = match date {
            Date::Day(_) => v::XSD_DATE,
            Date::Month(_) => v::XSD_G_YEAR_MONTH,
            Date::Year(_) => v::XSD_G_YEAR,
            Date::Interval(..) => v::EDTF,
        };
        about.literal(v::DATE, LiteralRef::new_typed_literal(written, datatype));
        about.literal(v::DATE_PRECISION, date.precision());
        // The same days, as whoever completed the record has written them.
        let bounds = [
            (v::EARLIEST, &record.earliest, Date::earliest as fn(Date) -> NaiveDate),
            (v::LATEST, &record.latest, Date::latest),
        ];
        for (property, written, day) in bounds {
            let day = written.as_ref().map_or_else(|| day(date).to_string().into(), Cow::from);
            about.literal(property, LiteralRef::new_typed_literal(&day, v::XSD_DATE));
        }
    }

    /// Who spoke, with or to whom, and what these stand for.
    fn parties(&self, parties: &Parties, about: &mut About<'_, '_>) {
        if let Some(speaker) = &parties.speaker {
            about.link(v::SPEAKER, speaker);
        }
        for (who, represents) in &parties.counterparts {
            about.link(v::COUNTERPART, who);
            if let Some(represents) = represents {
                about.link(v::REPRESENTED, represents);
                let known = self.authority.get(represents);
                if known.is_some_and(|known| known.kind == crate::authority::Kind::Place) {
                    about.link(v::COUNTRY, represents);
                }
            }
        }
    }

    /// An event as one source alone tells it.
    fn account(&self, record: &Record, account: &Account, event: &str, parties: &Parties, emit: Emit<'_>) {
        let Some(details) = &record.event else { return };
        let node = self.names.mint("account", &account.id);
        let mut about = About { subject: &node, emit };
        about.a(v::ACCOUNT_CLASS);
        about.link(v::ACCOUNT_OF, event);
        about.link(v::WAS_QUOTED_FROM, &self.names.mint("source", &iri::segment(&record.source)));
        self.claims(record, details, &mut about);
        if let Some(speaker) = &parties.speaker {
            about.link(v::TOLD_SPEAKER, speaker);
        }
        for (who, _) in &parties.counterparts {
            about.link(v::TOLD_COUNTERPART, who);
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
        parties: &Parties,
        date: Option<Date>,
        language: &str,
        emit: Emit<'_>,
    ) {
        let days = date.map(|date| (date.earliest(), date.latest()));
        if let Some(who) = parties.speaker.as_deref() {
            let part = Part {
                who,
                role: v::SPEAKER_ROLE,
                basis: basis(record.speaker_id.as_ref(), record.speaker_basis),
                printed: [Some(&record.speaker), record.speaker_office.as_deref(), None],
                represents: None,
            };
            self.participation(event, &part, days, language, emit);
        }
        for (counterpart, (who, represents)) in record.counterparts.iter().zip(&parties.counterparts) {
            let printed = [
                Some(counterpart.name.as_str()),
                counterpart.office.as_deref(),
                counterpart.represents.as_deref(),
            ];
            let part = Part {
                who,
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

    /// What an event is called in each language of its type: type, date, and with whom or what.
    fn event_labels(&self, record: &Record, parties: &Parties, about: &mut About<'_, '_>) {
        let Some(event) = &record.event else { return };
        let Some(kind) = self.ontology.event_types.get(&event.kind) else { return };
        let known: Vec<_> = parties.counterparts.iter().map(|(who, _)| self.authority.get(who)).collect();
        for (language, kind) in &kind.labels {
            let mut label = kind.clone();
            let mut add = |part: &str| {
                label.push_str(" · ");
                label.push_str(part);
            };
            record.date.iter().for_each(|date| add(date));
            for (counterpart, known) in record.counterparts.iter().zip(&known) {
                let name = known.and_then(|known| known.labels.get(language));
                add(name.unwrap_or(&counterpart.name));
            }
            if record.counterparts.is_empty() {
                event.title.iter().chain(&event.occasion).take(1).for_each(|title| add(title));
            }
            about.words(v::LABEL, &label, language);
        }
    }
}
