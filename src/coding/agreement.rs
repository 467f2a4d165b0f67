//! How far coders agree: field by field and theme by theme, with the raw matrix.

use super::measure::{Unit, alpha, bootstrap, kappa, observed};
use super::{Coding, FIELDS, NOTHING, THEMES};
use crate::corpus::Corpus;
use crate::record::{Record, cells};
use crate::sheet::{Cell, Tab};
use std::collections::BTreeSet;

/// What is compared: a field, or whether one theme was coded.
struct Question {
    field: &'static str,
    theme: Option<String>,
}

/// What one question was answered with, a row for each quotation, a value for each coder.
type Answers = Vec<Vec<Option<String>>>;

/// The tables of an agreement.
#[derive(Debug)]
pub struct Agreement {
    /// A row for each field and theme.
    pub summary: Tab,
    /// Kappa of each two coders.
    pub pairs: Tab,
    /// Every decision: a row for each quotation, field and theme, a column for each coder.
    pub matrix: Tab,
    /// A sheet to decide in where coders differ; where they agree it is filled in.
    pub adjudication: Tab,
}

impl Agreement {
    /// Compares codings of the same quotations.
    #[must_use]
    pub fn of(codings: &[Coding], corpus: &Corpus) -> Self {
        let coded = |record: &&Record| codings.iter().any(|coding| coding.decided.contains_key(&record.id));
        let records: Vec<&Record> = corpus.records().filter(coded).collect();
        let questions = questions(codings);
        let answers: Vec<Answers> =
            questions.iter().map(|question| question.answers(codings, &records)).collect();
        Self {
            summary: summary(&questions, &answers, codings),
            pairs: pairs(&questions, &answers, codings),
            matrix: matrix(&questions, &answers, codings, &records),
            adjudication: adjudication(codings, &records),
        }
    }
}

/// Every field, and every theme that somebody chose.
fn questions(codings: &[Coding]) -> Vec<Question> {
    let all = codings.iter().flat_map(|coding| coding.decided.values());
    let themes: BTreeSet<&String> =
        all.filter_map(|fields| fields.get(THEMES)).flat_map(|decided| &decided.values).collect();
    let fields = FIELDS.into_iter().filter(|field| *field != THEMES);
    let fields = fields.map(|field| Question { field, theme: None });
    let themes = themes.into_iter().map(|theme| Question { field: THEMES, theme: Some(theme.clone()) });
    fields.chain(themes).collect()
}

impl Question {
    fn answers(&self, codings: &[Coding], records: &[&Record]) -> Answers {
        let answer = |coding: &Coding, id: &str| {
            let decided = coding.of(id, self.field)?;
            Some(match &self.theme {
                Some(theme) => if decided.values.contains(theme) { "yes" } else { "no" }.to_owned(),
                None => decided.whole(),
            })
        };
        records
            .iter()
            .map(|record| codings.iter().map(|coding| answer(coding, &record.id)).collect())
            .collect()
    }
}

fn units(answers: &Answers) -> Vec<Unit<'_>> {
    answers.iter().map(|row| row.iter().map(Option::as_deref).collect()).collect()
}

fn summary(questions: &[Question], answers: &[Answers], codings: &[Coding]) -> Tab {
    let mut rows = Vec::new();
    let mut row = |field: &str, theme: &str, units: &[Unit<'_>]| {
        let decided = units.iter().flatten().flatten().count();
        let compared = units.iter().filter(|unit| unit.iter().flatten().count() > 1).count();
        let figure = alpha(units);
        let interval = figure.and_then(|_| {
            bootstrap(units, |drawn| alpha(&drawn.iter().map(|unit| (*unit).clone()).collect::<Vec<_>>()))
        });
        let note = match (compared, figure) {
            (0, _) => "undefined: no quotation was coded by two",
            (_, None) => "undefined: one value throughout",
            _ => "",
        };
        rows.push(vec![
            text(field),
            text(theme),
            count(compared),
            count(units.len() * codings.len() - decided),
            share(observed(units)),
            share(figure),
            share(interval.map(|(low, _)| low)),
            share(interval.map(|(_, high)| high)),
            text(note),
        ]);
    };
    for (question, answers) in questions.iter().zip(answers) {
        row(question.field, question.theme.as_deref().unwrap_or_default(), &units(answers));
    }
    let of_themes = questions.iter().zip(answers).filter(|(question, _)| question.theme.is_some());
    let pooled: Vec<Unit<'_>> = of_themes.flat_map(|(_, answers)| units(answers)).collect();
    if !pooled.is_empty() {
        row(THEMES, "(every theme of every quotation)", &pooled);
    }
    let columns =
        ["field", "theme", "compared", "missing", "agreement", "alpha", "alpha_low", "alpha_high", "note"];
    tab("agreement", &columns, rows)
}

fn pairs(questions: &[Question], answers: &[Answers], codings: &[Coding]) -> Tab {
    let mut rows = Vec::new();
    for (question, answers) in questions.iter().zip(answers) {
        let units = units(answers);
        for a in 0..codings.len() {
            for b in a + 1..codings.len() {
                let both: Vec<Unit<'_>> = units.iter().map(|unit| vec![unit[a], unit[b]]).collect();
                let compared = both.iter().filter(|unit| unit.iter().all(Option::is_some)).count();
                rows.push(vec![
                    text(question.field),
                    text(question.theme.as_deref().unwrap_or_default()),
                    text(&codings[a].coder),
                    text(&codings[b].coder),
                    count(compared),
                    share(observed(&both)),
                    share(kappa(&units, a, b)),
                ]);
            }
        }
    }
    let columns = ["field", "theme", "coder", "other_coder", "compared", "agreement", "kappa"];
    tab("pairs", &columns, rows)
}

fn matrix(questions: &[Question], answers: &[Answers], codings: &[Coding], records: &[&Record]) -> Tab {
    let mut rows = Vec::new();
    for (question, answers) in questions.iter().zip(answers) {
        for (record, answers) in records.iter().zip(answers) {
            let theme = text(question.theme.as_deref().unwrap_or_default());
            let mut row = vec![text(&record.id), text(question.field), theme];
            // Nothing is a decision; an empty cell is none.
            let shown = |answer: &Option<String>| {
                match answer.as_deref() {
                    None => "",
                    Some("") => NOTHING,
                    Some(value) => value,
                }
                .to_owned()
            };
            row.extend(answers.iter().map(|answer| Cell::Text(shown(answer))));
            rows.push(row);
        }
    }
    let coders = codings.iter().map(|coding| coding.coder.as_str());
    let columns: Vec<&str> = ["id", "field", "theme"].into_iter().chain(coders).collect();
    tab("matrix", &columns, rows)
}

fn adjudication(codings: &[Coding], records: &[&Record]) -> Tab {
    let mut rows = Vec::new();
    for record in records {
        let shown = ["id", "source", "n", "text", "citation"].map(|column| cells::cell(record, column));
        let (mut filled, mut open) = (Vec::new(), Vec::new());
        for field in FIELDS {
            let decided: Vec<_> =
                codings.iter().filter_map(|coding| Some((coding, coding.of(&record.id, field)?))).collect();
            let Some(((_, first), others)) = decided.split_first() else {
                filled.push(String::new());
                continue;
            };
            let alike = others.iter().all(|(_, other)| other.values == first.values);
            let written = if first.written.is_empty() { NOTHING } else { &first.written };
            filled.push(if alike { written.to_owned() } else { String::new() });
            if !alike {
                let each = decided.iter().map(|(coding, decided)| {
                    let written =
                        if decided.written.is_empty() { decided.whole() } else { decided.written.clone() };
                    format!(
                        "{field}, {}: {}",
                        coding.coder,
                        if written.is_empty() { NOTHING } else { &written }
                    )
                });
                open.extend(each);
            }
        }
        let row =
            shown.into_iter().chain(filled).chain(["", "", ""].map(str::to_owned)).chain([open.join("\n")]);
        rows.push(row.map(Cell::Text).collect());
    }
    let columns: Vec<&str> =
        [&["id", "source", "n", "text", "citation"][..], &FIELDS, &["by", "on", "reason", "to_decide"]]
            .concat();
    tab("adjudication", &columns, rows)
}

pub(super) fn tab(name: &str, columns: &[&str], rows: Vec<Vec<Cell>>) -> Tab {
    Tab { name: name.to_owned(), columns: columns.iter().map(|column| (*column).to_owned()).collect(), rows }
}

pub(super) fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

pub(super) fn count(count: usize) -> Cell {
    Cell::Number(super::measure::float(count))
}

/// A figure to three places; nothing where it is undefined.
pub(super) fn share(share: Option<f64>) -> Cell {
    share.map_or(Cell::Text(String::new()), |share| Cell::Number((share * 1000.0).round() / 1000.0))
}
