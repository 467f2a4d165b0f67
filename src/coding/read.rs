//! Sheets that coders filled in: a row for each quotation, or one for each theme of each.

use super::{Coding, Decided, FIELDS, NOTHING, THEMES};
use crate::corpus::Corpus;
use crate::extract::Reader;
use crate::folder::File;
use crate::names::{bare, local_name};
use crate::ontology::Ontology;
use crate::problem::{Problem, nearest};
use crate::record::{Reading, Record, cells};
use crate::sheet::{Layout, Row, Sheet};
use anyhow::Result;
use std::collections::{BTreeMap, BTreeSet};

/// Columns about the row and about its coder; the last four for one theme a row.
const ABOUT: [&str; 11] =
    ["id", "n", "by", "on", "reason", "extracted", "theme", "evidence", "main", "sure", "note"];
/// A cell that says yes.
const YES: [&str; 4] = ["yes", "y", "1", "x"];

/// What the cells of coders mean.
pub struct Meaning<'a> {
    reader: Reader<'a>,
    ontology: &'a Ontology,
}

impl<'a> Meaning<'a> {
    /// By the folders of a corpus.
    ///
    /// # Errors
    /// When the cues are too many for one index.
    pub fn by(corpus: &'a Corpus) -> Result<Self> {
        let reader = Reader::new(&corpus.ontology, &corpus.authority, &corpus.languages, &corpus.names)?;
        Ok(Self { reader, ontology: &corpus.ontology })
    }

    /// The values of a cell: dates as records write them, people and places by the authorities where
    /// these know them, themes by their short names.
    ///
    /// # Errors
    /// With what is wrong, where the cell cannot be read.
    pub fn of(&self, field: &str, cell: &str) -> Result<BTreeSet<String>, String> {
        let items = cells::items(cell).into_iter();
        let all = items.filter(|parts| parts[0] != NOTHING).map(|parts| self.one(field, &parts));
        all.collect()
    }

    /// Offices, and what is represented, with the counterpart that each belongs to, where there are several.
    pub(super) fn paired(
        &self,
        field: &str,
        cell: &str,
        counterparts: &str,
        values: BTreeSet<String>,
    ) -> BTreeSet<String> {
        let names = cells::items(counterparts);
        if !["counterpart_office", "represents"].contains(&field) || names.len() < 2 {
            return values;
        }
        let each = names.iter().zip(cells::items(cell)).filter(|(_, value)| value[0] != NOTHING);
        let one = |(name, value): (&Vec<String>, Vec<String>)| {
            let value = self.one(field, &value).unwrap_or_default();
            format!("{}: {value}", self.reader.known_as(&name.join("|")))
        };
        each.map(one).collect()
    }

    fn one(&self, field: &str, parts: &[String]) -> Result<String, String> {
        let value = parts[0].as_str();
        match field {
            "date" => {
                let date = self.reader.date(value).map(|date| date.to_string());
                date.ok_or_else(|| format!("`{value}` is no date"))
            }
            "event_type" => {
                let known = || self.ontology.event_types.keys().map(String::as_str);
                let kind = self.ontology.event_type(value).map(str::to_owned);
                kind.ok_or_else(|| unknown("event type", value, nearest(value, known()).map(str::to_owned)))
            }
            THEMES | "main_theme" => self.theme(value),
            "speaker" | "counterpart" | "represents" => Ok(self.reader.known_as(value)),
            _ => Ok(parts.join("|")),
        }
    }

    fn theme(&self, called: &str) -> Result<String, String> {
        let found = self.ontology.scheme.theme(called, self.reader.names());
        found.map(|iri| local_name(iri).to_owned()).map_err(|meant| unknown("theme", called, meant))
    }
}

fn unknown(what: &str, called: &str, meant: Option<String>) -> String {
    let meant = meant.map(|meant| format!("; did you mean `{meant}`?")).unwrap_or_default();
    format!("no {what} is called `{called}`{meant}")
}

/// Reads the codings of a file: that of each coder whom the column `by` names, or else of the one after
/// whom the file is named. Rows and cells that cannot be read are told and count as missing.
///
/// # Errors
/// When the file cannot be read.
pub fn read_codings(
    file: &File,
    corpus: &Corpus,
    meaning: &Meaning<'_>,
    reading: &Reading,
    problems: &mut Vec<Problem>,
) -> Result<Vec<Coding>> {
    let known = [&ABOUT[..], &FIELDS, &["source", "text", "citation", "to_decide"]].concat();
    let layout = Layout {
        known: &known,
        needed: &["id"],
        stated: &reading.columns,
        worksheet: reading.worksheet.as_deref(),
        ..Layout::default()
    };
    let file = &file.clone().stated_in(reading.encoding);
    let Some(sheet) = Sheet::read(file, &layout, problems)? else { return Ok(Vec::new()) };
    let signed = sheet.rows.iter().any(|row| sheet.cell(row, "by").is_some());
    let records: BTreeMap<&str, &Record> =
        corpus.records().map(|record| (record.id.as_str(), record)).collect();
    let mut reading = Codings {
        file,
        sheet: &sheet,
        meaning,
        signed,
        coders: BTreeMap::new(),
        rows: BTreeMap::new(),
        problems,
    };
    let by_theme = sheet.columns.iter().any(|column| column == "theme");
    for row in &sheet.rows {
        let id = bare(sheet.cell(row, "id").unwrap_or_default()).to_owned();
        let Some(record) = records.get(id.as_str()) else {
            let help = "names are in the column `id` of `dictum coding sheet`; the row was left out";
            reading.tell(row, format!("no quotation is called `{id}`"), help);
            continue;
        };
        if by_theme { reading.theme(row, record) } else { reading.quotation(row, record) }
    }
    let coders = reading.coders.into_iter();
    Ok(coders.map(|(coder, decided)| Coding { coder, decided }).collect())
}

type Decisions = BTreeMap<String, BTreeMap<&'static str, Decided>>;

struct Codings<'a> {
    file: &'a File,
    sheet: &'a Sheet,
    meaning: &'a Meaning<'a>,
    /// Whether somebody signed a row: then a row that nobody signs is nobody's.
    signed: bool,
    coders: BTreeMap<String, Decisions>,
    /// Lines of the rows that were read, by coder and quotation.
    rows: BTreeMap<(String, String), usize>,
    problems: &'a mut Vec<Problem>,
}

impl Codings<'_> {
    fn tell(&mut self, row: &Row, message: String, help: &str) {
        self.problems.push(Problem::error(&self.file.path, message).at(row.line, 0).help(help));
    }

    /// Who decided in a row: the one who signs it or, where nobody signs any, the one after whom the file
    /// is named.
    fn coder(&self, row: &Row) -> Option<String> {
        let by = self.sheet.cell(row, "by").or((!self.signed).then(|| self.file.stem()))?.trim();
        // One name in small and in capital letters is one coder.
        let known = self.coders.keys().find(|coder| coder.to_lowercase() == by.to_lowercase());
        Some(known.cloned().unwrap_or_else(|| by.to_owned()))
    }

    /// A row for a quotation.
    fn quotation(&mut self, row: &Row, record: &Record) {
        let filled = self.sheet.cell(row, "extracted").is_some();
        let anything = FIELDS.iter().any(|field| self.sheet.cell(row, field).is_some());
        // What rules filled in is nobody's decision until somebody signs it.
        if !anything || filled && self.sheet.cell(row, "by").is_none() {
            return;
        }
        let Some(coder) = self.coder(row) else {
            let help = "sign it in the column `by`; the row counts for nobody";
            self.problems.push(
                Problem::warning(&self.file.path, "the row is filled in and not signed")
                    .at(row.line, 0)
                    .help(help),
            );
            return;
        };
        let before = self.rows.insert((coder.clone(), record.id.clone()), row.line);
        if let Some(line) = before {
            let message = format!("{coder} codes `{}` twice; the other row is {line}", record.id);
            self.tell(row, message, "one coder decides once; the row was left out");
            return;
        }
        let mut decided = BTreeMap::new();
        let counterparts = self.sheet.cell(row, "counterpart").unwrap_or_default();
        for field in FIELDS {
            let cell = self.sheet.cell(row, field).unwrap_or_default();
            // In a sheet that rules filled in, what is empty was empty, and signed so.
            if cell.is_empty() && !filled {
                continue;
            }
            match self
                .meaning
                .of(field, cell)
                .map(|values| self.meaning.paired(field, cell, counterparts, values))
            {
                Ok(values) => {
                    let words = if field == THEMES { self.words(row, record, cell) } else { BTreeMap::new() };
                    decided.insert(field, Decided { written: cell.to_owned(), values, words });
                }
                Err(message) => {
                    self.tell(row, format!("column `{field}`: {message}"), "the cell counts as missing");
                }
            }
        }
        self.coders.entry(coder).or_default().insert(record.id.clone(), decided);
    }

    /// The words that a cell gives for each theme; those that are not in the text are told.
    fn words(&mut self, row: &Row, record: &Record, cell: &str) -> BTreeMap<String, String> {
        let mut found = BTreeMap::new();
        for parts in cells::items(cell) {
            for words in parts[1..].iter().filter(|words| !record.text.contains(words.as_str())) {
                let message = format!("column `{THEMES}`: `{words}` does not stand in the text");
                self.tell(row, message, "the theme counts, without these words");
            }
            if let Ok(theme) = self.meaning.theme(&parts[0]) {
                found.insert(theme, parts[1..].join(" | "));
            }
        }
        found
    }

    /// A row for a theme of a quotation.
    fn theme(&mut self, row: &Row, record: &Record) {
        let text = |column| self.sheet.cell(row, column).unwrap_or_default().to_owned();
        let (called, evidence, main) = (text("theme"), text("evidence"), text("main"));
        let noted = match (text("sure").as_str(), text("note").as_str()) {
            ("no", "") => " [not sure]".to_owned(),
            ("no", note) => format!(" [not sure: {note}]"),
            (_, "") => String::new(),
            (_, note) => format!(" [{note}]"),
        };
        let Some(coder) = self.coder(row) else { return };
        let fields = self.coders.entry(coder).or_default().entry(record.id.clone()).or_default();
        let themes = fields.entry(THEMES).or_default();
        if called == NOTHING {
            return;
        }
        match self.meaning.theme(&called) {
            Ok(theme) => {
                themes.values.insert(theme.clone());
                themes.words.insert(theme.clone(), evidence + &noted);
                if YES.contains(&main.to_lowercase().as_str()) {
                    fields.entry("main_theme").or_default().values.insert(theme);
                }
            }
            Err(message) => self.tell(row, message, "the row was left out"),
        }
    }
}
