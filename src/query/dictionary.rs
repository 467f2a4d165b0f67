//! What the columns of tables mean, and what the groups of questions are called:
//! `queries/dictionary.csv`.

use crate::folder::Folder;
use crate::problem::Problem;
use crate::sheet::{Layout, Sheet};
use anyhow::Result;
use std::collections::{BTreeMap, BTreeSet};

/// The table, inside `queries/`.
pub const DICTIONARY: &str = "dictionary.csv";
const COLUMNS: [&str; 3] = ["kind", "name", "datatype"];
/// What the columns for labels and descriptions begin with; a language follows.
const LABEL: &str = "label_";
const DESCRIPTION: &str = "description_";

/// A column or a group.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// Its name in queries.
    pub name: String,
    /// What its values are: a datatype of XML Schema, `langString` or `mixed`; empty for a group.
    pub datatype: String,
    /// What it is called, by language.
    pub labels: BTreeMap<String, String>,
    /// What it means, by language.
    pub descriptions: BTreeMap<String, String>,
}

/// All entries.
#[derive(Debug, Clone, Default)]
pub struct Dictionary {
    /// Columns by name.
    pub columns: BTreeMap<String, Entry>,
    /// Groups, in the order in which they are shown.
    pub groups: Vec<Entry>,
}

impl Dictionary {
    /// Reads it; a folder without one has an empty one.
    ///
    /// # Errors
    /// When the table cannot be read, or a row is neither a column nor a group (a [`Problem`]).
    pub fn read(queries: &Folder) -> Result<Self> {
        let mut dictionary = Self::default();
        let Some(file) = queries.files.iter().find(|file| file.name == DICTIONARY) else {
            return Ok(dictionary);
        };
        let mut problems = Vec::new();
        // Any language may have its columns, so all that is there is read.
        let headings = crate::decode::text(file)?.lines().next().unwrap_or_default().to_owned();
        let known: Vec<&str> = headings.split(',').map(str::trim).collect();
        let layout = Layout { known: &known, needed: &COLUMNS, ..Layout::default() };
        let sheet = Sheet::read(file, &layout, &mut problems)?;
        if let Some(problem) = problems.into_iter().next() {
            return Err(problem.into());
        }
        let Some(sheet) = sheet else { return Ok(dictionary) };
        for row in &sheet.rows {
            let text = |column: &str| sheet.cell(row, column).unwrap_or_default().to_owned();
            let by_language = |start: &str| {
                let columns =
                    sheet.columns.iter().filter_map(|column| Some((column, column.strip_prefix(start)?)));
                let texts = columns.map(|(column, language)| (language.to_owned(), text(column)));
                texts.filter(|(_, text)| !text.is_empty()).collect()
            };
            let entry = Entry {
                name: text("name"),
                datatype: text("datatype"),
                labels: by_language(LABEL),
                descriptions: by_language(DESCRIPTION),
            };
            match text("kind").as_str() {
                "column" => drop(dictionary.columns.insert(entry.name.clone(), entry)),
                "group" => dictionary.groups.push(entry),
                other => {
                    let problem = Problem::error(&file.path, format!("`{other}` is no kind of entry"));
                    return Err(problem.at(row.line, 1).help("kinds are column and group").into());
                }
            }
        }
        Ok(dictionary)
    }

    /// What a column is called in a language; its name with blanks where nobody says so.
    #[must_use]
    pub fn heading(&self, column: &str, language: &str) -> String {
        let entry = self.columns.get(column);
        let label = entry.and_then(|entry| entry.labels.get(language));
        label.cloned().unwrap_or_else(|| column.replace('_', " "))
    }

    /// Languages that columns have names in, in order.
    #[must_use]
    pub fn languages(&self) -> Vec<String> {
        let known: BTreeSet<&String> = self.columns.values().flat_map(|entry| entry.labels.keys()).collect();
        known.into_iter().cloned().collect()
    }

    /// Whether columns have names in a language.
    #[must_use]
    pub fn knows(&self, language: &str) -> bool {
        self.columns.values().any(|entry| entry.labels.contains_key(language))
    }

    /// Where a group stands among all, and what it is called in a language.
    #[must_use]
    pub fn group(&self, name: &str, language: &str) -> (usize, String) {
        let place = self.groups.iter().position(|group| group.name == name);
        let label = place.and_then(|place| self.groups[place].labels.get(language));
        (place.unwrap_or(self.groups.len()), label.cloned().unwrap_or_else(|| name.to_owned()))
    }
}
