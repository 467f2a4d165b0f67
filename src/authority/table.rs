//! Authorities that people keep in a spreadsheet: a row for a person, place or body, with a post it
//! held where there is one. `out/unreconciled.csv` is such a table, to be filled in and put back.

use super::Kind;
use crate::folder::File;
use crate::iri;
use crate::names::Names;
use crate::problem::Problem;
use crate::rdf::{Facts, iri_of};
use crate::sheet::{Layout, Row, Sheet};
use crate::vocab as v;
use anyhow::Result;
use chrono::NaiveDate;
use oxigraph::model::{Literal, NamedNode, NamedNodeRef, Term, Triple};
use std::collections::HashSet;

/// Columns of a table of authorities; `name_XX` gives the label in a language, `post_XX` that of a post.
pub const COLUMNS: [&str; 21] = [
    "id",
    "kind",
    "name_as_printed",
    "language",
    "name_en",
    "name_zh",
    "other_names",
    "wikidata",
    "office_as_printed",
    "represents_as_printed",
    "represents",
    "post_en",
    "post_zh",
    "start",
    "start_source",
    "end",
    "end_source",
    "note",
    "quotations",
    "dates",
    "candidates",
];
/// Languages that a table has columns for.
const LANGUAGES: [&str; 2] = ["en", "zh"];

/// Adds what a table of authorities says. A row without an id is not decided yet, and says nothing; a
/// row that cannot be read is told and left out.
///
/// # Errors
/// When the file cannot be read.
pub fn read_table(facts: &mut Facts, file: &File, names: &Names, problems: &mut Vec<Problem>) -> Result<()> {
    let layout = Layout { known: &COLUMNS, needed: &["id", "kind"], ..Layout::default() };
    let Some(sheet) = Sheet::read(file, &layout, problems)? else { return Ok(()) };
    let described = |triple: &&Triple| triple.predicate == v::TYPE;
    let described = facts.triples.iter().filter(described);
    let mut known: HashSet<String> = described.map(|triple| iri_of(&triple.subject).to_owned()).collect();
    for row in sheet.rows.iter().filter(|row| sheet.cell(row, "id").is_some()) {
        match triples(&Reading { sheet: &sheet, row, names, known: &known }) {
            Ok(triples) => {
                known.extend(triples.iter().map(|triple| iri_of(&triple.subject).to_owned()));
                facts.triples.extend(triples);
            }
            Err(message) => {
                let problem = Problem::error(&file.path, message).at(row.line, 0);
                problems.push(problem.help("the row was left out; data/README.md explains the columns"));
            }
        }
    }
    Ok(())
}

struct Reading<'a> {
    sheet: &'a Sheet,
    row: &'a Row,
    names: &'a Names,
    /// Things that other rows or files describe.
    known: &'a HashSet<String>,
}

impl Reading<'_> {
    fn cell(&self, column: &str) -> Option<&str> {
        self.sheet.cell(self.row, column)
    }

    /// A day; blank is not known.
    fn day(&self, column: &str) -> Result<Option<NaiveDate>, String> {
        let day = |cell: &str| {
            cell.parse()
                .map_err(|_| format!("column `{column}`: `{cell}` is no day; it is written 2020-03-27"))
        };
        self.cell(column).map(day).transpose()
    }

    /// A thing by its short name, or by the name of its kind alone.
    fn thing(&self, column: &str, kind: &str) -> Result<Option<NamedNode>, String> {
        let Some(cell) = self.cell(column) else { return Ok(None) };
        let iri = if cell.contains(':') {
            self.names
                .expand(cell)
                .ok_or_else(|| format!("column `{column}`: `{cell}` has no known prefix"))?
        } else {
            self.names.mint(kind, &iri::segment(cell))
        };
        NamedNode::new(iri).map(Some).map_err(|_| format!("column `{column}`: `{cell}` cannot be a name"))
    }
}

fn triples(reading: &Reading<'_>) -> Result<Vec<Triple>, String> {
    let kind = match reading.cell("kind") {
        Some("person") => Kind::Person,
        Some("place") => Kind::Place,
        Some("body" | "group") => Kind::Body,
        other => {
            return Err(format!(
                "column `kind`: `{}` is not person, place or body",
                other.unwrap_or_default()
            ));
        }
    };
    let (prefix, class) = match kind {
        Kind::Person => ("person", v::PERSON),
        Kind::Place => ("place", v::PLACE),
        Kind::Body => ("body", v::ORGANIZATION),
    };
    let thing = reading.thing("id", prefix)?.ok_or("no id")?;
    let mut found = Vec::new();
    let mut say = |subject: &NamedNode, property: NamedNodeRef<'_>, object: Term| {
        found.push(Triple::new(subject.clone(), property.into_owned(), object));
    };
    let words = |text: &str, language: &str| {
        Literal::new_language_tagged_literal(text, language)
            .map(Term::from)
            .map_err(|_| format!("column `language`: `{language}` is no language tag"))
    };
    let known = reading.known.contains(thing.as_str());
    let language = reading.cell("language").unwrap_or("und");
    if !known {
        say(&thing, v::TYPE, class.into_owned().into());
    }
    let mut labelled = known;
    for tag in LANGUAGES {
        if let Some(label) = reading.cell(&format!("name_{tag}")) {
            // Of a thing that has its label already, another one is one more name.
            let property = if known { v::ALT_LABEL } else { v::PREF_LABEL };
            say(&thing, property, words(label, tag)?);
            labelled = true;
        }
    }
    if let Some(printed) = reading.cell("name_as_printed") {
        let property = if labelled { v::HIDDEN_LABEL } else { v::PREF_LABEL };
        say(&thing, property, words(printed, language)?);
        labelled = true;
    }
    if !labelled {
        return Err("no name: fill in `name_en`, `name_zh` or `name_as_printed`".to_owned());
    }
    for name in reading.cell("other_names").into_iter().flat_map(|names| names.split([';', '；'])) {
        if !name.trim().is_empty() {
            say(&thing, v::ALT_LABEL, words(name.trim(), language)?);
        }
    }
    if let Some(item) = reading.cell("wikidata") {
        let number = item.strip_prefix('Q').filter(|number| number.parse::<u64>().is_ok());
        let number =
            number.ok_or_else(|| format!("column `wikidata`: `{item}` is no identifier like Q567"))?;
        let item = NamedNode::new_unchecked(format!("http://www.wikidata.org/entity/Q{number}"));
        say(&thing, v::EXACT_MATCH, item.into());
    }
    if let Some(note) = reading.cell("note") {
        say(&thing, v::NOTE, Literal::new_simple_literal(note).into());
    }
    found.extend(office(reading, &thing, &words)?);
    Ok(found)
}

/// The post that the row says was held, from and to which day as far as known.
fn office(
    reading: &Reading<'_>,
    person: &NamedNode,
    words: &dyn Fn(&str, &str) -> Result<Term, String>,
) -> Result<Vec<Triple>, String> {
    let (start, end) = (reading.day("start")?, reading.day("end")?);
    let labels: Vec<(&str, &str)> =
        LANGUAGES.iter().filter_map(|tag| Some((*tag, reading.cell(&format!("post_{tag}"))?))).collect();
    let Some((_, title)) = labels.first() else {
        let dated = start.is_some() || end.is_some();
        return if dated { Err("a first or last day without a post".to_owned()) } else { Ok(Vec::new()) };
    };
    if let (Some(start), Some(end)) = (start, end)
        && end < start
    {
        return Err(format!("the post ends on {end}, before it begins on {start}"));
    }
    for (day, source) in [(start, "start_source"), (end, "end_source")] {
        if day.is_some() && reading.cell(source).is_none() {
            return Err(format!("column `{source}`: a day needs the source that it was taken from"));
        }
    }
    let slug = iri::segment(&title.to_lowercase().replace(' ', "-"));
    let holder = crate::names::local_name(person.as_str());
    let from = start.map_or("undated".to_owned(), |day| day.to_string());
    let mint = |kind: &str, id: &str| NamedNode::new_unchecked(reading.names.mint(kind, id));
    let (post, office) = (mint("post", &slug), mint("office", &format!("{holder}-{slug}-{from}")));
    let day = |day: NaiveDate| Term::from(Literal::new_typed_literal(day.to_string(), v::XSD_DATE));
    let mut found = vec![
        (post.clone(), v::TYPE, v::POST.into_owned().into()),
        (office.clone(), v::TYPE, v::MEMBERSHIP.into_owned().into()),
        (office.clone(), v::MEMBER, person.clone().into()),
        (office.clone(), v::POST_HELD, post.clone().into()),
    ];
    for (tag, label) in labels {
        found.push((post.clone(), v::PREF_LABEL, words(label, tag)?));
    }
    if let Some(represents) = reading.thing("represents", "place")? {
        found.push((office.clone(), v::REPRESENTS, represents.into()));
    }
    for (property, value) in [(v::START_DATE, start), (v::END_DATE, end)] {
        found.extend(value.map(|value| (office.clone(), property, day(value))));
    }
    for (property, column) in [(v::START_SOURCE, "start_source"), (v::END_SOURCE, "end_source")] {
        if let Some(source) = reading.cell(column) {
            found.push((office.clone(), property, words(source, "en")?));
        }
    }
    Ok(found
        .into_iter()
        .map(|(subject, property, object)| Triple::new(subject, property.into_owned(), object))
        .collect())
}
