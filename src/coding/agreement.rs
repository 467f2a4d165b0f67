//! How far coders agree: field by field and theme by theme, with the raw matrix.

use super::measure::{Unit, alpha, bootstrap, kappa, observed};
use super::{Coding, Decided, FIELDS, NOTHING, THEMES};
use crate::corpus::Corpus;
use crate::record::{Record, cells};
use crate::sheet::{Cell, Tab};
use std::collections::BTreeSet;

/// Name of the sheet to decide in.
pub const ADJUDICATION: &str = "adjudication";

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
        // Whoever did not look at a quotation at all is not asked about it.
        let coders: Vec<&Coding> =
            codings.iter().filter(|coding| coding.decided.contains_key(&record.id)).collect();
        let (mut filled, mut open) = (Vec::new(), Vec::new());
        for field in FIELDS {
            filled.push(if field == THEMES {
                agreed_themes(&coders, &record.id, &mut open)
            } else {
                agreed(&coders, &record.id, field, &mut open)
            });
        }
        let signed = ["", "", ""].map(str::to_owned);
        let row = shown.into_iter().chain(filled).chain(signed).chain([open.join("\n")]);
        rows.push(row.map(Cell::Text).collect());
    }
    let columns: Vec<&str> =
        [&["id", "source", "n", "text", "citation"][..], &FIELDS, &["by", "on", "reason", "to_decide"]]
            .concat();
    tab(ADJUDICATION, &columns, rows)
}

/// The cell of a field where all coders decided alike; otherwise nothing, and who decided what.
fn agreed(coders: &[&Coding], id: &str, field: &str, open: &mut Vec<String>) -> String {
    let decided: Vec<Option<&Decided>> = coders.iter().map(|coding| coding.of(id, field)).collect();
    let written = |decided: &Decided| match (decided.written.as_str(), decided.values.is_empty()) {
        (_, true) => NOTHING.to_owned(),
        ("", _) => decided.whole(),
        (written, _) => written.to_owned(),
    };
    if let Some(Some(first)) = decided.first()
        && decided.iter().all(|other| other.is_some_and(|other| other.values == first.values))
    {
        return written(first);
    }
    if decided.iter().any(Option::is_some) {
        open.extend(coders.iter().zip(decided).map(|(coding, decided)| {
            let said = decided.map_or_else(|| "did not decide".to_owned(), written);
            format!("{field}, {}: {said}", coding.coder)
        }));
    }
    String::new()
}

/// The themes on which all coders agree, with the words of all; of the others, who gave which words.
fn agreed_themes(coders: &[&Coding], id: &str, open: &mut Vec<String>) -> String {
    let decided: Vec<Option<&Decided>> = coders.iter().map(|coding| coding.of(id, THEMES)).collect();
    let all: BTreeSet<&String> = decided.iter().flatten().flat_map(|decided| &decided.values).collect();
    if decided.iter().any(Option::is_none) || all.is_empty() {
        return agreed(coders, id, THEMES, open);
    }
    let mut filled = Vec::new();
    for theme in all {
        let words = |decided: &Decided| decided.words.get(theme).cloned().unwrap_or_default();
        if decided.iter().flatten().all(|decided| decided.values.contains(theme)) {
            let of_all = decided.iter().flatten().flat_map(|decided| cells::items(&words(decided))).flatten();
            let mut parts = vec![theme.clone()];
            for words in of_all.filter(|words| !words.is_empty()) {
                if !parts.contains(&words) {
                    parts.push(words);
                }
            }
            filled.push(parts);
            continue;
        }
        open.extend(coders.iter().zip(&decided).filter_map(|(coding, decided)| {
            let decided = (*decided)?;
            let said = if decided.values.contains(theme) { words(decided) } else { "no".to_owned() };
            Some(format!("{THEMES}, {}: {theme}: {said}", coding.coder))
        }));
    }
    if filled.is_empty() && open.is_empty() { NOTHING.to_owned() } else { cells::joined(filled.into_iter()) }
}

pub(super) fn tab(name: &str, columns: &[&str], rows: Vec<Vec<Cell>>) -> Tab {
    let columns = columns.iter().map(|column| (*column).to_owned()).collect();
    Tab { name: name.to_owned(), columns, rows, ..Tab::default() }
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
