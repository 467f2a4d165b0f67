//! What people write into a cell, as records write it: so that another way of writing the same is no change.

use super::Reader;
use crate::record::{Record, cells};

impl Reader<'_> {
    /// The cell of a field as records write it. A name that means who is meant already becomes the name
    /// that is printed; what cannot be read stays as it is.
    #[must_use]
    pub fn as_recorded(&self, record: &Record, column: &str, cell: &str) -> String {
        let cell = cell.trim();
        match column {
            "date" => self.date(cell).map_or_else(|| cell.to_owned(), |date| date.to_string()),
            "event_type" => self.ontology.event_type(cell).unwrap_or(cell).to_owned(),
            "main_theme" => self.theme(cell),
            "themes" | "theme_words" => self.themes_as_recorded(record, column, cell),
            "speaker" | "counterpart" | "represents" => {
                let printed = cells::items(&cells::cell(record, column));
                let items = cells::items(cell).into_iter().enumerate().map(|(index, parts)| {
                    let name = parts.join("|");
                    let same = printed.get(index).map(|parts| parts.join("|"));
                    let same = same.filter(|printed| self.known_as(printed) == self.known_as(&name));
                    vec![same.unwrap_or(name)]
                });
                cells::joined(items)
            }
            "counterpart_office" => cells::joined(cells::items(cell).into_iter()),
            _ => cell.to_owned(),
        }
    }

    fn theme(&self, called: &str) -> String {
        let known = self.ontology.scheme.theme(called, self.names);
        known.map_or_else(|_| called.to_owned(), |iri| self.names.shorten(iri))
    }

    /// Themes by their names and in order, wherever the same are meant.
    fn themes_as_recorded(&self, record: &Record, column: &str, cell: &str) -> String {
        let named = cells::items(cell).into_iter().map(|mut parts| {
            parts[0] = self.theme(&parts[0]);
            parts
        });
        let mut again = record.clone();
        match cells::set(&mut again, column, &cells::joined(named)) {
            Ok(()) => cells::cell(&again, column),
            Err(_) => cell.to_owned(),
        }
    }
}
