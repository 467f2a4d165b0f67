//! What people code by hand: sheets for them to fill in, how far they agree, and how far rules agree
//! with them. A cell left empty is missing; `-` says that there is nothing.

pub mod accuracy;
pub mod agreement;
pub mod measure;
mod read;
mod sheet;

pub use read::read_codings;
pub use sheet::{sheet, workbook};

use crate::corpus::Corpus;
use crate::record::{Record, cells};
use std::collections::{BTreeMap, BTreeSet};

/// Fields that are coded, by their columns.
pub const FIELDS: [&str; 8] = [
    "speaker",
    "date",
    "event_type",
    "counterpart",
    "counterpart_office",
    "represents",
    THEMES,
    "main_theme",
];
/// Column of the themes with the words that show them.
pub const THEMES: &str = "theme_words";
/// What a cell holds where a coder says that there is nothing.
pub const NOTHING: &str = "-";

/// What one coder decided.
#[derive(Debug, Clone, Default)]
pub struct Coding {
    /// Who.
    pub coder: String,
    /// What, by the names of quotations and then by field; what is missing was not decided.
    pub decided: BTreeMap<String, BTreeMap<&'static str, Decided>>,
}

/// What was decided of one field of one quotation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Decided {
    /// As somebody wrote it.
    pub written: String,
    /// What that means, by the names of the authorities and schemes; none, one or several.
    pub values: BTreeSet<String>,
    /// For themes, the words that show each, and what was noted.
    pub words: BTreeMap<String, String>,
}

impl Decided {
    /// All values as one.
    #[must_use]
    pub fn whole(&self) -> String {
        self.values.iter().cloned().collect::<Vec<_>>().join("; ")
    }
}

impl Coding {
    /// What rules decided: every field of every record.
    #[must_use]
    pub fn of_rules(corpus: &Corpus, meaning: &read::Meaning<'_>) -> Self {
        let decided = corpus.records().map(|record| {
            let fields = FIELDS.into_iter().map(|field| (field, of_rule(record, field, meaning)));
            (record.id.clone(), fields.collect())
        });
        Self { coder: "rules".to_owned(), decided: decided.collect() }
    }

    /// What was decided of a field.
    #[must_use]
    pub fn of(&self, id: &str, field: &str) -> Option<&Decided> {
        self.decided.get(id)?.get(field)
    }
}

fn of_rule(record: &Record, field: &str, meaning: &read::Meaning<'_>) -> Decided {
    let written = cells::cell(record, field);
    // What cannot be read was read from nobody's hand, so there is nothing to tell.
    let values = meaning.of(field, &written).unwrap_or_default();
    let values = meaning.paired(field, &written, &cells::cell(record, "counterpart"), values);
    let mut words = BTreeMap::<String, Vec<String>>::new();
    if field == THEMES {
        for theme in &record.themes {
            let name = crate::names::local_name(&theme.concept).rsplit(':').next().unwrap_or_default();
            let by = if theme.cue == theme.exact { String::new() } else { format!(" (cue {})", theme.cue) };
            words.entry(name.to_owned()).or_default().push(format!("{}{by}", theme.exact));
        }
    }
    let joined = words.into_iter().map(|(theme, words)| (theme, words.join(" | ")));
    Decided { written, values, words: joined.collect() }
}

pub use read::Meaning;
