//! A record as the cells of a row: what people read and edit in a spreadsheet, and back again.
//!
//! A cell that holds several things has `;` between them and `|` between the parts of each; `\` before
//! one of these signs makes it a plain character.

mod items;
mod spoken;

use super::{Basis, Counterpart, CounterpartKind, Event, Record};
pub(crate) use items::{items, joined};
use serde::Serialize;
use serde::de::DeserializeOwned;
use spoken::{mention, theme_words, themes};

/// Columns of a table of records, in the order in which they are written.
pub const COLUMNS: [&str; 24] = [
    "id",
    "source",
    "n",
    "section",
    "text",
    "language",
    "text_mode",
    "speaker",
    "speaker_id",
    "speaker_office",
    "date",
    "event_type",
    "title",
    "occasion",
    "initiative",
    "citation",
    "continued",
    "counterparts",
    "themes",
    "main_theme",
    "mentions",
    "checked_by",
    "checked_on",
    "check_reason",
];
/// Columns for tables that people fill in, which say the same as another: one part of all counterparts,
/// in the order of these, and themes by the words that show them.
pub const PARTS: [&str; 4] = ["counterpart", "counterpart_office", "represents", "theme_words"];
/// What stands among the parts where one counterpart has none.
const NO_PART: &str = "-";
/// Columns that a correction may change: neither the words nor where they come from.
pub const CORRECTABLE: [&str; 18] = [
    "text_mode",
    "speaker",
    "speaker_id",
    "speaker_office",
    "date",
    "event_type",
    "title",
    "occasion",
    "initiative",
    "counterparts",
    "counterpart",
    "counterpart_office",
    "represents",
    "themes",
    "theme_words",
    "main_theme",
    "mentions",
    "language",
];

/// A field as a cell; empty where it is not known.
#[must_use]
pub fn cell(record: &Record, column: &str) -> String {
    let event = record.event.as_ref();
    let text = |field: Option<&String>| field.cloned().unwrap_or_default();
    match column {
        "id" => record.id.clone(),
        "source" => record.source.clone(),
        "n" => record.n.to_string(),
        "section" => text(record.section.as_ref()),
        "text" => record.text.clone(),
        "language" => text(record.language.as_ref()),
        "text_mode" => text(record.text_mode.as_ref()),
        "speaker" => record.speaker.clone(),
        "speaker_id" => text(record.speaker_id.as_ref()),
        "speaker_office" => text(record.speaker_office.as_ref()),
        "date" => text(record.date.as_ref()),
        "event_type" => text(event.map(|event| &event.kind)),
        "title" => text(event.and_then(|event| event.title.as_ref())),
        "occasion" => text(event.and_then(|event| event.occasion.as_ref())),
        "initiative" => text(event.and_then(|event| event.initiative.as_ref())),
        "citation" => text(record.citation.as_ref()),
        "continued" => text(record.continued.as_ref()),
        "counterparts" => joined(record.counterparts.iter().map(of_counterpart)),
        "counterpart" => parts(record, |one| Some(&one.name)),
        "counterpart_office" => parts(record, |one| one.office.as_ref()),
        "represents" => parts(record, |one| one.represents.as_ref()),
        "themes" => joined(record.themes.iter().map(|theme| {
            let place = [theme.start, theme.end].map(|place| place.to_string());
            let rule = theme.rule.clone().unwrap_or_default();
            [vec![theme.concept.clone()], place.to_vec(), vec![theme.cue.clone(), rule]].concat()
        })),
        "theme_words" => theme_words(record),
        "main_theme" => text(record.main_theme.as_ref()),
        "mentions" => joined(record.mentions.iter().flatten().map(|mention| {
            let basis = mention.basis.clone().unwrap_or_default();
            vec![mention.key.clone(), mention.start.to_string(), mention.end.to_string(), basis]
        })),
        "checked_by" => text(record.checked_by.as_ref()),
        "checked_on" => text(record.checked_on.as_ref()),
        "check_reason" => text(record.check_reason.as_ref()),
        _ => String::new(),
    }
}

/// Sets a field from a cell.
///
/// # Errors
/// With what is wrong, where the cell cannot be read; then the record is as it was.
pub fn set(record: &mut Record, column: &str, cell: &str) -> Result<(), String> {
    let value = || (!cell.trim().is_empty()).then(|| cell.trim().to_owned());
    match column {
        "id" => record.id = value().unwrap_or_default(),
        "source" => record.source = value().unwrap_or_default(),
        "n" => {
            let number = |n: String| n.parse().map_err(|_| format!("`{n}` is not a whole number"));
            record.n = value().map_or(Ok(0), number)?;
        }
        "section" => record.section = value(),
        // The words are verbatim: only this cell keeps its blanks.
        "text" => cell.clone_into(&mut record.text),
        "language" => record.language = value().map(|tag| tag.to_lowercase()),
        "text_mode" => record.text_mode = value(),
        "speaker" => record.speaker = value().unwrap_or_default(),
        "speaker_id" => (record.speaker_id, record.speaker_basis) = (value(), None),
        "speaker_office" => record.speaker_office = value(),
        "date" => record.date = value(),
        "event_type" => match value() {
            Some(kind) => record.event.get_or_insert_default().kind = kind,
            None => record.event = None,
        },
        "title" => set_event(record, value(), |event, value| event.title = value),
        "occasion" => set_event(record, value(), |event, value| event.occasion = value),
        "initiative" => set_event(record, value(), |event, value| event.initiative = value),
        "citation" => record.citation = value(),
        "continued" => record.continued = value(),
        "counterparts" => {
            record.counterparts =
                items(cell).iter().map(|parts| counterpart(parts)).collect::<Result<_, _>>()?;
        }
        "counterpart" => {
            let names = items(cell).into_iter().map(|parts| parts.join("|")).collect::<Vec<_>>();
            record.counterparts.resize_with(names.len(), Counterpart::default);
            for (one, name) in record.counterparts.iter_mut().zip(names) {
                one.name = name;
            }
        }
        "counterpart_office" => set_parts(record, cell, |one, value| one.office = value)?,
        "represents" => set_parts(record, cell, |one, value| one.represents = value)?,
        "themes" | "theme_words" => {
            let found =
                items(cell).iter().map(|parts| themes(parts, record)).collect::<Result<Vec<_>, _>>()?;
            record.themes = found.concat();
        }
        "main_theme" => record.main_theme = value(),
        "mentions" => {
            let text = &record.text;
            let found =
                items(cell).iter().map(|parts| mention(parts, text)).collect::<Result<Vec<_>, _>>()?;
            // An empty cell says that nobody has looked, not that there are none.
            record.mentions = Some(found).filter(|found| !found.is_empty());
        }
        "checked_by" => record.checked_by = value(),
        "checked_on" => record.checked_on = value(),
        "check_reason" => record.check_reason = value(),
        _ => {}
    }
    Ok(())
}

/// Whoever states a title or an occasion speaks of an event, if only of some other kind.
fn set_event(record: &mut Record, value: Option<String>, set: fn(&mut Event, Option<String>)) {
    if record.event.is_none() && value.is_some() {
        record.event = Some(Event { kind: "other".to_owned(), ..Event::default() });
    }
    if let Some(event) = &mut record.event {
        set(event, value);
    }
}

/// One part of every counterpart; empty where none has any.
fn parts(record: &Record, part: fn(&Counterpart) -> Option<&String>) -> String {
    let all: Vec<Option<&String>> = record.counterparts.iter().map(part).collect();
    if all.iter().all(Option::is_none) {
        return String::new();
    }
    joined(all.into_iter().map(|part| vec![part.map_or(NO_PART.to_owned(), Clone::clone)]))
}

fn set_parts(
    record: &mut Record,
    cell: &str,
    set: fn(&mut Counterpart, Option<String>),
) -> Result<(), String> {
    let values: Vec<String> = items(cell).into_iter().map(|parts| parts.join("|")).collect();
    if values.len() > record.counterparts.len() {
        let (values, counterparts) = (values.len(), record.counterparts.len());
        return Err(format!("{values} values for {counterparts} counterparts; `;` stands between two"));
    }
    let values = values.into_iter().map(|value| (value != NO_PART).then_some(value));
    for (one, value) in record.counterparts.iter_mut().zip(values.chain(std::iter::repeat(None))) {
        set(one, value);
    }
    Ok(())
}

fn of_counterpart(one: &Counterpart) -> Vec<String> {
    let text = |field: &Option<String>| field.clone().unwrap_or_default();
    let kind = if one.kind == CounterpartKind::Person { String::new() } else { word(&one.kind) };
    let basis = one.basis.as_ref().map(word).unwrap_or_default();
    vec![
        one.name.clone(),
        text(&one.office),
        text(&one.represents),
        kind,
        text(&one.id),
        text(&one.key),
        basis,
    ]
}

/// `name|office|represents|kind|id|key|basis`; what is not known may be left out.
fn counterpart(parts: &[String]) -> Result<Counterpart, String> {
    let part = |index: usize| parts.get(index).filter(|part| !part.is_empty());
    let name = part(0).ok_or("a counterpart without a name")?.clone();
    Ok(Counterpart {
        name,
        office: part(1).cloned(),
        represents: part(2).cloned(),
        kind: part(3).map_or(Ok(CounterpartKind::Person), |kind| of_word(kind, "person, group or body"))?,
        id: part(4).cloned(),
        key: part(5).cloned(),
        basis: part(6).map(|basis| of_word::<Basis>(basis, "known-name or name-and-office")).transpose()?,
    })
}

/// How a value of a fixed set is written in JSON, and so here.
fn word(value: &impl Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

fn of_word<T: DeserializeOwned>(word: &str, expected: &str) -> Result<T, String> {
    serde_json::from_value(word.into()).map_err(|_| format!("`{word}` is not {expected}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Theme;
    use proptest::prelude::*;

    fn some_record() -> impl Strategy<Value = Record> {
        let word = "[a-z甲乙|;\\\\ ]{0,6}".prop_map(|word| word.trim().to_owned());
        let option = proptest::option::of("[a-z|;\\\\]{1,4}");
        let one = ("[甲a|;\\\\]{1,4}", option.clone(), option.clone(), option.clone(), 0..3_u8).prop_map(
            |(name, office, represents, id, kind)| Counterpart {
                name,
                office,
                represents,
                basis: id.as_ref().map(|_| Basis::KnownName),
                id,
                key: None,
                kind: [CounterpartKind::Person, CounterpartKind::Group, CounterpartKind::Body][kind as usize],
            },
        );
        let theme = (0..5_usize, 5..9_usize, "[a-z|;]{0,3}");
        (word, option, proptest::collection::vec(one, 0..3), proptest::collection::vec(theme, 0..3)).prop_map(
            |(speaker, office, counterparts, themes)| {
                let text = "一二三四五六七八九".to_owned();
                let themes = themes.into_iter().map(|(start, end, cue)| Theme {
                    concept: "theme:aid".to_owned(),
                    start,
                    end,
                    exact: text.chars().skip(start).take(end - start).collect(),
                    rule: (!cue.is_empty()).then(|| format!("cue:{}", cue.len())),
                    cue,
                });
                let themes = themes.collect();
                let event =
                    Some(Event { kind: "letter".to_owned(), title: office.clone(), ..Event::default() });
                Record {
                    speaker,
                    speaker_office: office,
                    counterparts,
                    themes,
                    text,
                    event,
                    ..Record::default()
                }
            },
        )
    }

    proptest! {
        #[test]
        fn a_record_comes_back_from_its_cells(record in some_record()) {
            let mut again = Record::default();
            for column in COLUMNS {
                set(&mut again, column, &cell(&record, column)).expect("a cell of its own making");
            }
            prop_assert_eq!(again, record);
        }

        #[test]
        fn parts_of_counterparts_come_back_from_their_cells(record in some_record()) {
            let names = |record: &Record| record.counterparts.iter().any(|one| one.name.trim().is_empty());
            prop_assume!(!names(&record));
            let mut again = Record::default();
            for column in &PARTS[..3] {
                set(&mut again, column, &cell(&record, column)).expect("a cell of its own making");
            }
            let parts = |record: &Record| -> Vec<_> {
                let all = record.counterparts.iter();
                all.map(|one| (one.name.clone(), one.office.clone(), one.represents.clone())).collect()
            };
            prop_assert_eq!(parts(&again), parts(&record));
        }
    }

    #[test]
    fn words_show_a_theme_where_they_stand() {
        let rule = Theme {
            concept: "theme:aid".to_owned(),
            start: 1,
            end: 3,
            exact: "二三".to_owned(),
            cue: "二三".to_owned(),
            rule: None,
        };
        let mut record =
            Record { text: "一二三四".to_owned(), themes: vec![rule.clone()], ..Record::default() };
        assert_eq!(set(&mut record, "themes", "aid|二三|四; who|一"), Ok(()));
        let found: Vec<_> =
            record.themes.iter().map(|theme| (theme.concept.as_str(), theme.start, theme.end)).collect();
        assert_eq!(found, [("theme:aid", 1, 3), ("aid", 3, 4), ("who", 0, 1)]);
        assert_eq!(record.themes[0], rule, "what a rule found stays its finding");
        assert_eq!(set(&mut record, "themes", "aid|五"), Err("`五` does not stand in the text".to_owned()));
    }

    #[test]
    fn what_a_cell_cannot_mean_is_told() {
        let mut record = Record { text: "一二三".to_owned(), ..Record::default() };
        assert_eq!(
            set(&mut record, "themes", "theme:aid|2|9"),
            Err("2 to 9 is no stretch of a text of 3 characters".to_owned())
        );
        assert_eq!(set(&mut record, "n", "x"), Err("`x` is not a whole number".to_owned()));
        assert!(set(&mut record, "counterparts", "甲|||planet").is_err());
        assert!(set(&mut record, "themes", "theme:aid").is_ok());
        assert_eq!(record.themes[0].exact, "一二三");
    }
}
