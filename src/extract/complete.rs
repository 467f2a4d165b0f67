//! What follows from what a record says: bounds of its date, who its names are, its themes and
//! mentions, and its own stable name. The same for extracted records and for people's own tables.

use super::words::Words;
use super::{Origin, Reader};
use crate::authority::Kind;
use crate::date::Date;
use crate::iri;
use crate::language::Language;
use crate::names::local_name;
use crate::problem::{Problem, nearest};
use crate::record::{Basis, Counterpart, CounterpartKind, Event, Record};
use oxigraph::model::{Literal, NamedNode};

impl Reader<'_> {
    /// Fills what a record leaves open; what it states is kept. What is stated wrongly becomes a
    /// problem at `origin` and is left out.
    pub fn complete(&self, record: &mut Record, origin: Origin<'_>, problems: &mut Vec<Problem>) {
        self.refuse_bad_names(record, origin, problems);
        let language = self.language(record.language.as_deref(), &record.text);
        record.language.get_or_insert_with(|| language.tag.clone());
        if let (None, None, Some(citation)) = (&record.event, &record.date, &record.citation) {
            let read = language.fold(citation);
            let reading = self.citation(language, Words::new(citation, &read), None).unwrap_or_default();
            record.date = reading.date.map(|date| date.to_string());
            record.event = reading.event;
            if record.counterparts.is_empty() {
                record.counterparts = reading.counterparts;
            }
        }
        if record.id.is_empty() {
            record.id = iri::quotation_id(&record.source, &record.text, record.citation.as_deref());
        }
        complete_date(language, self.languages, record, origin, problems);
        self.complete_people(language, record);
        self.complete_event(record, origin, problems);
        self.complete_spoken(language, record, origin, problems);
    }

    /// Fills again what follows from fields that somebody has corrected.
    pub fn complete_again(&self, record: &mut Record, origin: Origin<'_>, problems: &mut Vec<Problem>) {
        self.refuse_bad_names(record, origin, problems);
        let language = self.language(record.language.as_deref(), &record.text);
        (record.earliest, record.latest) = (None, None);
        complete_date(language, self.languages, record, origin, problems);
        self.complete_people(language, record);
        if let Some(event) = &mut record.event {
            event.id = None;
        }
        self.complete_event(record, origin, problems);
        self.spoken_again(record, origin, problems);
    }

    /// A date as records or any of the languages write it.
    #[must_use]
    pub fn date(&self, written: &str) -> Option<Date> {
        let read = || self.languages.iter().find_map(|language| language.dates.whole(written.trim()));
        Date::parse(written.trim()).or_else(read)
    }

    /// Names that could stand in no graph: ids are written as IRIs allow, what names nothing is left out.
    fn refuse_bad_names(&self, record: &mut Record, (path, line): Origin<'_>, problems: &mut Vec<Problem>) {
        for id in [Some(&mut record.id), record.event.as_mut().and_then(|event| event.id.as_mut())] {
            if let Some(id) = id.filter(|id| !iri::is_plain_segment(id)) {
                *id = iri::segment(id);
            }
        }
        let mut refuse = |value: &mut Option<String>, good: &dyn Fn(&str) -> bool, what: &str, help: &str| {
            if let Some(bad) = value.take_if(|value| !good(value)) {
                let problem = Problem::error(path, format!("`{bad}` is no {what}")).at(line, 0);
                problems.push(problem.help(format!("{help}; it was left out")));
            }
        };
        let is_tag = |tag: &str| {
            self.languages.iter().any(|language| language.tag == tag)
                || Literal::new_language_tagged_literal("", tag).is_ok()
        };
        refuse(&mut record.language, &is_tag, "language tag", "tags are written zh, en, pt-br");
        let is_iri = |name: &str| self.names.expand(name).is_some_and(|iri| NamedNode::new(iri).is_ok());
        let is_name = |name: &str| self.known.contains(name) || is_iri(name);
        let help = "things are named as in data/authorities, person:angela-merkel, or by an IRI";
        refuse(&mut record.speaker_id, &is_name, "name of a thing", help);
        for counterpart in &mut record.counterparts {
            refuse(&mut counterpart.id, &is_name, "name of a thing", help);
            refuse(&mut counterpart.key, &is_name, "name of a thing", help);
        }
    }

    fn complete_people(&self, language: &Language, record: &mut Record) {
        let person = |name: &str| {
            self.authority
                .the_one_called(&language.fold(name), Kind::Person)
                .map(|entity| self.names.shorten(&entity.iri))
        };
        if record.speaker_id.is_none() {
            record.speaker_id = person(&record.speaker);
            record.speaker_basis = record.speaker_id.as_ref().map(|_| Basis::KnownName);
        }
        let days = record.date.as_deref().and_then(Date::parse).map(|date| (date.earliest(), date.latest()));
        for counterpart in &mut record.counterparts {
            if counterpart.key.is_none() {
                let represents = counterpart.represents.as_deref();
                counterpart.key = represents.and_then(|name| self.represented(&language.fold(name)));
            }
            let name = language.fold(&counterpart.name).into_owned();
            if counterpart.id.is_some()
                && (counterpart.kind != CounterpartKind::Person || !is_bare(counterpart))
            {
                continue;
            }
            let body = || self.authority.the_one_called(&name, Kind::Body);
            if is_bare(counterpart)
                && counterpart.kind == CounterpartKind::Person
                && person(&name).is_none()
                && body().is_some()
            {
                counterpart.kind = CounterpartKind::Body;
            }
            if counterpart.id.is_none() {
                let by_name = match counterpart.kind {
                    CounterpartKind::Person => person(&name),
                    CounterpartKind::Body => body().map(|body| self.names.shorten(&body.iri)),
                    CounterpartKind::Group => None,
                };
                let by_office = || {
                    (counterpart.kind == CounterpartKind::Person)
                        .then(|| self.by_office(counterpart, &name, days))?
                };
                (counterpart.id, counterpart.basis) = by_name
                    .map(|id| (id, Basis::KnownName))
                    .or_else(|| Some((by_office()?, Basis::NameAndOffice)))
                    .unzip();
            }
        }
    }

    /// Of namesakes, the one who held an office for what this counterpart represents.
    fn by_office(
        &self,
        counterpart: &Counterpart,
        name: &str,
        days: Option<(chrono::NaiveDate, chrono::NaiveDate)>,
    ) -> Option<String> {
        let represents = self.names.expand(counterpart.key.as_deref()?)?;
        let mut held = self.authority.called(name, Kind::Person).filter(|person| {
            self.authority.offices(&person.iri, days.unwrap_or_default(), Some(&represents)).next().is_some()
        });
        let found = held.next()?;
        held.next().is_none().then(|| self.names.shorten(&found.iri))
    }

    /// The name in the authorities of whoever or whatever is called so, however that is written; the name as
    /// it is where they know none, or several.
    #[must_use]
    pub fn known_as(&self, name: &str) -> String {
        let stated = self.names.expand(name).filter(|iri| self.authority.get(iri).is_some());
        let kinds = [Kind::Person, Kind::Place, Kind::Body];
        let called = || {
            let mut names = self.languages.iter().map(|language| language.fold(name));
            names.find_map(|name| kinds.iter().find_map(|kind| self.authority.the_one_called(&name, *kind)))
        };
        let iri = stated.or_else(|| called().map(|entity| entity.iri.clone()));
        iri.map_or_else(|| name.to_owned(), |iri| self.names.shorten(&iri))
    }

    /// What a printed name of a place or body is; a place wins.
    fn represented(&self, name: &str) -> Option<String> {
        let known = self
            .authority
            .the_one_called(name, Kind::Place)
            .or_else(|| self.authority.the_one_called(name, Kind::Body))?;
        Some(self.names.shorten(&known.iri))
    }

    fn complete_event(&self, record: &mut Record, (path, line): Origin<'_>, problems: &mut Vec<Problem>) {
        // Somebody's table may date a quotation and name its addressee without naming the occasion.
        if record.event.is_none()
            && record.citation.is_none()
            && (record.date.is_some() || !record.counterparts.is_empty())
        {
            record.event = Some(Event { kind: "other".to_owned(), ..Event::default() });
        }
        let Some(event) = &mut record.event else { return };
        if let Some(name) = self.ontology.event_type(&event.kind) {
            name.clone_into(&mut event.kind);
        } else {
            let known = self.ontology.event_types.keys().map(String::as_str);
            let named = self.ontology.event_types.iter().map(|(name, kind)| {
                let label = record.language.as_ref().and_then(|language| kind.labels.get(language));
                label.map_or_else(|| name.clone(), |label| format!("{name} ({label})"))
            });
            let all = named.collect::<Vec<_>>().join(", ");
            let meant = nearest(&event.kind, known)
                .map(|name| format!("did you mean `{name}`? "))
                .unwrap_or_default();
            let problem = Problem::error(path, format!("unknown event type `{}`", event.kind)).at(line, 0);
            problems.push(problem.help(format!(
                "{meant}known are {all}; event types are in ontology/event-types.ttl; it counts as `other`"
            )));
            "other".clone_into(&mut event.kind);
        }
        if record.text_mode.is_none() {
            let mode = self.ontology.event_types.get(&event.kind).and_then(|kind| kind.text_mode.as_deref());
            record.text_mode = mode.map(|iri| local_name(iri).to_owned());
        }
        if event.id.is_some() {
            return;
        }
        let keys: Vec<String> =
            record.counterparts.iter().map(|counterpart| participant_key(counterpart, self.names)).collect();
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        let speaker = record.speaker_id.as_deref().and_then(|id| self.names.expand(id));
        let speaker = speaker.as_deref().unwrap_or(&record.speaker);
        let otherwise = event.title.as_deref().or(event.occasion.as_deref());
        event.id = Some(iri::event_id(speaker, &event.kind, record.date.as_deref(), &keys, otherwise));
    }
}

/// Whether nothing is printed of a counterpart but a name.
fn is_bare(counterpart: &Counterpart) -> bool {
    counterpart.office.is_none() && counterpart.represents.is_none()
}

/// Reads the date and its bounds; one that is no date is left out.
fn complete_date(
    language: &Language,
    others: &[Language],
    record: &mut Record,
    (path, line): Origin<'_>,
    problems: &mut Vec<Problem>,
) {
    let Some(written) = record.date.take() else { return };
    let is_same = |day: &Option<String>| day.as_deref() == Some(written.as_str());
    if is_same(&record.earliest)
        && is_same(&record.latest)
        && matches!(Date::parse(&written), Some(Date::Day(_)))
    {
        record.date = Some(written);
        return;
    }
    // People write dates as their language does, or as another one; the numbers mean the same.
    let mut languages = std::iter::once(language).chain(others);
    let read = || languages.find_map(|language| language.dates.whole(written.trim()));
    let Some(date) = Date::parse(&written).or_else(read) else {
        let problem = Problem::error(path, format!("`{written}` is no date")).at(line, 0);
        problems.push(problem.help("dates are written 2020-03-27, 2020-03, 2020 or 2020-03-24/2020-03-28; the quotation is kept without one"));
        return;
    };
    record.date = Some(date.to_string());
    record.earliest = Some(date.earliest().to_string());
    record.latest = Some(date.latest().to_string());
}

/// The IRI of a counterpart: by the authorities, or by name and what it stands for.
pub(crate) fn participant_key(counterpart: &Counterpart, names: &crate::names::Names) -> String {
    let known = counterpart.id.as_deref().and_then(|id| names.expand(id));
    known.unwrap_or_else(|| {
        let represents = counterpart.key.as_deref().or(counterpart.represents.as_deref());
        let kind = match counterpart.kind {
            CounterpartKind::Person => "person",
            CounterpartKind::Group | CounterpartKind::Body => "body",
        };
        names.mint(kind, &iri::unknown_id(&counterpart.name, represents))
    })
}
