//! The contract: a quotation before RDF, one JSON object a line.
//!
//! What extraction writes, what people bring, and what the mapping reads are all this one type.

pub mod cells;
mod read;
mod tab;

pub use read::{Begun, LINES, Reading, delimiter_of, read_gold, read_line, read_records, settle};
pub use tab::records_tab;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One quotation with everything known about who said it, when, to whom and where it stands.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// Stable name of the quotation: source, then a hash of text and citation.
    #[serde(default)]
    pub id: String,
    /// Name of the source (a file in `data/sources/`) or of the table it came from.
    #[serde(default)]
    pub source: String,
    /// Place in the source or table, counted from 1.
    #[serde(default)]
    pub n: usize,
    /// Heading over it, as printed.
    #[serde(default)]
    pub section: Option<String>,
    /// The words, verbatim.
    pub text: String,
    /// The words with the emendations of the source made in them, where there are any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text_emended: Option<String>,
    /// Language tag of the words, as `zh`.
    #[serde(default)]
    pub language: Option<String>,
    /// What kind of text it is: a name from `ontology/text-modes.ttl`.
    #[serde(default)]
    pub text_mode: Option<String>,
    /// Who said it, as printed.
    pub speaker: String,
    /// Who said it, as a name of the authorities: `person:xi-jinping`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker_id: Option<String>,
    /// How the name came to stand for that one; absent where the record gave `speaker_id` itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker_basis: Option<Basis>,
    /// In what office, as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker_office: Option<String>,
    /// When: EDTF `2020-03-27`, `2020-03`, `2020` or `2020-03-24/2020-03-28`; null where not known.
    #[serde(default)]
    pub date: Option<String>,
    /// The year as a heading states it, where the citation itself gives none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year_from: Option<String>,
    /// First day it may have been; follows from `date`.
    #[serde(default)]
    pub earliest: Option<String>,
    /// Last day it may have been; follows from `date`.
    #[serde(default)]
    pub latest: Option<String>,
    /// The occasion; null where the source does not say.
    #[serde(default)]
    pub event: Option<Event>,
    /// The words that attribute it, without their brackets; null where there are none.
    #[serde(default)]
    pub citation: Option<String>,
    /// The words that say the text goes on elsewhere, for an excerpt that was cut off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub continued: Option<String>,
    /// Who it was said or written to, or with; several, one or none.
    #[serde(default)]
    pub counterparts: Vec<Counterpart>,
    /// Themes spoken of, each with the words that show it.
    #[serde(default)]
    pub themes: Vec<Theme>,
    /// The theme that it speaks of most: `theme:aid-given`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub main_theme: Option<String>,
    /// People, places and bodies named in the words; null or absent where nobody has looked for them.
    #[serde(default)]
    pub mentions: Option<Vec<Mention>>,
    /// Where text and citation stand in the source; null for records without a source text.
    #[serde(default)]
    pub spans: Option<Places>,
    /// What stands in `text` between two pieces of `spans.text`: nothing inside a sentence broken by
    /// a page, a newline between paragraphs. One fewer than pieces.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub joins: Vec<String>,
    /// Who checked or corrected this record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checked_by: Option<String>,
    /// On which day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checked_on: Option<String>,
    /// What that one had to say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub check_reason: Option<String>,
    /// What was corrected.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub corrected: Vec<Corrected>,
    /// That its words were withdrawn; then only its name and its place are left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<Withdrawal>,
}

/// Why a quotation may no longer be given on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Withdrawal {
    /// Why.
    pub reason: String,
    /// Who decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
}

/// A field that somebody corrected.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Corrected {
    /// The column, as a table of records names it.
    pub field: String,
    /// What was read.
    pub was: String,
    /// What stands there instead.
    pub became: String,
    /// Who decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// On which day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<String>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// The occasion on which the words were said or written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// Stable name: date, type, and a hash of speaker, type, date and counterparts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// A name from `ontology/event-types.ttl`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Title of the text, where the citation gives one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// What it was about or where it was said, as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occasion: Option<String>,
    /// Words that say who asked for it, as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub initiative: Option<String>,
    /// That somebody decided that several accounts are of one event, and which one this is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<Account>,
}

/// One of several accounts of an event.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Account {
    /// Name that the event would have by this account alone.
    pub id: String,
    /// Who decided that the accounts are of one event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// What a counterpart is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum CounterpartKind {
    /// One human being.
    #[default]
    Person,
    /// Several who are not named one by one.
    Group,
    /// An organisation.
    Body,
}

/// How a printed name came to stand for somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// Only one of that kind bears the name.
    KnownName,
    /// Of several who bear the name, only one held an office for what is represented on that day.
    NameAndOffice,
}

/// Somebody the words were addressed to or exchanged with.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Counterpart {
    /// The name, as printed.
    pub name: String,
    /// Person, group or body.
    #[serde(default)]
    pub kind: CounterpartKind,
    /// The office, as printed; null where none is.
    #[serde(default)]
    pub office: Option<String>,
    /// The place or body stood for, as printed; null where none is.
    #[serde(default)]
    pub represents: Option<String>,
    /// Who it is by the authorities: `person:angela-merkel`; absent where not recognised.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// How the name came to stand for that one; absent where the record gave `id` itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<Basis>,
    /// What `represents` is by the authorities: `place:germany`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
}

/// A theme spoken of, and the words that show it; offsets are code points of `text`, end-exclusive.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Theme {
    /// The concept: `theme:aid-given`.
    pub concept: String,
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// The very words.
    pub exact: String,
    /// The cue that found them, as the scheme writes it; empty where somebody says so.
    #[serde(default)]
    pub cue: String,
    /// The name of the cue, where the scheme gives it one of its own: `cue:assistance-offered`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
}

/// Something named in the words; offsets are code points of `text`, end-exclusive.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Mention {
    /// What it is by the authorities: `place:italy`.
    pub key: String,
    /// `event` where the words name it only through the event (`you`, one side of a pair); absent
    /// where they name it themselves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<String>,
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// The very words.
    pub exact: String,
}

/// Places in the source; offsets are code points from its start, end-exclusive.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Places {
    /// The pieces of the text.
    pub text: Vec<[usize; 2]>,
    /// The citation; null where there is none.
    #[serde(default)]
    pub citation: Option<[usize; 2]>,
}

/// JSON Schema (draft 2020-12) of [`Record`], made from the types.
#[must_use]
pub fn json_schema() -> serde_json::Value {
    schemars::schema_for!(Record).to_value()
}
