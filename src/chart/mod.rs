//! Pictures of answers: bars, a heat map, a timeline.
//!
//! In: the rows of a question whose header has `view` and `chart`, which says what is shown of which column. Out: SVG
//! 1.1, the same bytes for the same rows. A column is named without its language: `country` stands for `country_en` and
//! `country_zh`, and both are written.

mod bars;
mod heatmap;
mod sheet;
mod timeline;

use crate::query::{Dictionary, Question, Table};
use oxigraph::model::Term;

/// An answer with what its header says of its picture.
struct Chart<'a> {
    question: &'a Question,
    table: &'a Table,
    dictionary: &'a Dictionary,
}

/// Languages of names in pictures, the main one first.
const LANGUAGES: [&str; 2] = crate::network::label::LANGUAGES;

/// Draws the answer; `None` where the header names no chart.
#[must_use]
pub fn draw(question: &Question, table: &Table, dictionary: &Dictionary) -> Option<String> {
    if question.header.chart.is_empty() {
        return None;
    }
    let chart = Chart { question, table, dictionary };
    match question.header.view.as_str() {
        "bar" => Some(bars::draw(&chart)),
        "heatmap" => Some(heatmap::draw(&chart)),
        "timeline" => Some(timeline::draw(&chart)),
        _ => None,
    }
}

/// Parts of a chart, by view, each with whether it must be there.
pub const PARTS: [(&str, &[(&str, bool)]); 3] = [
    ("bar", &[("rows", true), ("bars", true)]),
    ("heatmap", &[("rows", true), ("columns", true), ("cells", true)]),
    ("timeline", &[("from", true), ("to", true), ("colour", true), ("label", false)]),
];

impl Chart<'_> {
    /// The columns that the header names for a part.
    fn columns(&self, part: &str) -> Vec<&str> {
        let named = self.question.header.chart.get(part);
        named.map(|columns| columns.split_whitespace().collect()).unwrap_or_default()
    }

    /// What stands in a row under the first column of a part: names in the languages that there are.
    fn words(&self, row: &[Option<Term>], part: &str) -> Vec<String> {
        let Some(column) = self.columns(part).first().copied() else { return Vec::new() };
        let languages = LANGUAGES.iter().map(|language| format!("{column}_{language}"));
        let mut words: Vec<String> = Vec::new();
        for name in std::iter::once(column.to_owned()).chain(languages) {
            let Some(Term::Literal(word)) = self.index(&name).and_then(|index| row[index].as_ref()) else {
                continue;
            };
            if !word.value().is_empty() && !words.iter().any(|known| known == word.value()) {
                words.push(word.value().to_owned());
            }
        }
        words
    }

    /// The number in a row under a column; 0 where there is none.
    fn number(&self, row: &[Option<Term>], column: &str) -> f64 {
        match self.index(column).and_then(|index| row[index].as_ref()) {
            Some(Term::Literal(number)) => number.value().parse().unwrap_or_default(),
            _ => 0.0,
        }
    }

    fn index(&self, column: &str) -> Option<usize> {
        self.table.variables.iter().position(|variable| variable.as_str() == column)
    }

    /// What a column is called, in the main language.
    fn heading(&self, column: &str) -> String {
        self.dictionary.heading(column, LANGUAGES[0])
    }
}
