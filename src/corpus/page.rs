//! A source text, read with everything that lies beside it.

use super::input::Input;
use super::{Origin, Page, Source};
use crate::decode;
use crate::emendation::{Emendation, emended, read_emendations, within};
use crate::extract::{Header, Reader};
use crate::folder::File;
use crate::problem::Problem;
use crate::rdf::{Facts, iris, literals};
use crate::record::Record;
use crate::source::Document;
use crate::vocab;
use anyhow::Result;
use std::collections::BTreeSet;

/// Reads a page: its description, its slips, its quotations.
pub(super) fn read_page(reader: &Reader<'_>, input: &Input, problems: &mut Vec<Problem>) -> Result<Source> {
    let mut facts = Facts::default();
    if let Some(header) = &input.header {
        facts.read(header)?;
    }
    let document = Document::read(&in_stated_encoding(&input.file, &facts)?)?;
    let name = document.name.clone();
    let emendations = match &input.emendations {
        Some(table) => read_emendations(table, &document, problems)?,
        None => Vec::new(),
    };
    let header = header_of(&facts, &reader.names().mint("source", &crate::iri::segment(&name)));
    let extraction = reader.read(&document, &header);
    problems.extend(extraction.problems);
    let mut records = extraction.records;
    for record in &mut records {
        record.text_emended = emended_text(record, &document, &emendations);
    }
    let language = header.language.or_else(|| records.first()?.language.clone()).unwrap_or_default();
    let origin = |record| Origin { path: input.file.path.clone(), line: first_line(&document, record) };
    let origins = records.iter().map(origin).collect();
    let sha256 = Some(document.sha256.clone());
    let (spans, readings) = (extraction.spans, extraction.readings);
    let page =
        Some(Page { document, facts, spans, readings, language, emendations, withheld: BTreeSet::new() });
    Ok(Source { name, page, sha256, records, origins })
}

/// The file in the encoding that its description states, where nothing else was said.
fn in_stated_encoding(file: &File, facts: &Facts) -> Result<File> {
    let all: Vec<_> = facts.triples.iter().collect();
    let stated = literals(&all, vocab::ENCODING).next().map(|literal| literal.value().to_owned());
    let encoding = stated.map(|name| decode::encoding(&name)).transpose();
    let encoding = encoding.map_err(|message| Problem::error(&file.path, message))?;
    Ok(file.clone().stated_in(encoding))
}

/// The text of a record with the emendations in it made; `None` where there are none.
fn emended_text(record: &Record, document: &Document, emendations: &[Emendation]) -> Option<String> {
    let pieces = &record.spans.as_ref()?.text;
    pieces.iter().find(|piece| within(**piece, emendations).next().is_some())?;
    let mut text = String::new();
    for (index, piece) in pieces.iter().enumerate() {
        if let Some(join) = index.checked_sub(1).and_then(|before| record.joins.get(before)) {
            text.push_str(join);
        }
        match emended(document, *piece, emendations) {
            Some(emended) => text.push_str(&emended),
            None => text.push_str(document.points(piece[0], piece[1])),
        }
    }
    Some(text)
}

/// The line that the words of a record begin on.
fn first_line(document: &Document, record: &Record) -> usize {
    let first = record.spans.as_ref().and_then(|places| places.text.first());
    first.map_or(0, |[start, _]| document.lines[document.stretch_at(*start)].number)
}

fn header_of(facts: &Facts, source: &str) -> Header {
    let index = facts.by_subject();
    let about = index.get(source).map_or(&[][..], Vec::as_slice);
    let language = literals(about, vocab::LANGUAGE).next().map(|literal| literal.value().to_lowercase());
    let titles: Vec<_> = literals(about, vocab::TITLE).collect();
    let printed =
        titles.iter().find(|title| title.language() == language.as_deref()).or_else(|| titles.first());
    Header {
        title: printed.map(|title| title.value().to_owned()),
        byline: literals(about, vocab::BYLINE).next().map(|literal| literal.value().to_owned()),
        author: iris(about, vocab::AUTHOR).next().map(str::to_owned),
        language,
    }
}
