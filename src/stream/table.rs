//! Tables of text, whose rows are read piece by piece.

use super::{Done, Work, not_utf8};
use crate::chunks::Chunk;
use crate::folder::File;
use crate::language::Language;
use crate::problem::Problem;
use crate::record::{Begun, Reading, Record, delimiter_of, settle};
use anyhow::Result;
use rayon::prelude::*;
use std::borrow::Cow;

/// A table that is read piece by piece.
pub(super) struct Table<'a> {
    reading: &'a Reading,
    languages: &'a [Language],
    /// Its columns, when the beginning has been read.
    begun: Option<Begun>,
    /// Whether the beginning is behind us.
    past: bool,
    /// Records so far.
    many: usize,
}

impl<'a> Table<'a> {
    pub(super) fn of(reading: &'a Reading, languages: &'a [Language]) -> Self {
        Self { reading, languages, begun: None, past: false, many: 0 }
    }

    /// Records of the first piece, each with its line.
    fn begin(&mut self, file: &File, text: &str, problems: &mut Vec<Problem>) -> Vec<(usize, Record)> {
        let delimiter = delimiter_of(file, text, self.reading, self.languages);
        let begun = Begun::of(file, text, delimiter, (self.reading, self.languages), problems);
        self.past = true;
        let (begun, records) = begun.map_or((None, Vec::new()), |(begun, records)| (Some(begun), records));
        self.begun = begun;
        records
    }
}

/// Records of a piece of a table, each with its line, and what is wrong with them.
type Rows = (Vec<(usize, Record)>, Vec<Problem>);

impl Work<'_> {
    /// Maps pieces of a table. Records have numbers by their place among all, so that those of all pieces are read before
    /// any is mapped.
    pub(super) fn map_rows(&self, chunks: &[Chunk], table: &mut Table<'_>) -> Result<Vec<Done>> {
        let mut first = Vec::new();
        let mut chunks = chunks;
        if !table.past
            && let Some((chunk, rest)) = chunks.split_first()
        {
            let mut problems = Vec::new();
            let text = self.text_of_rows(chunk, &mut problems);
            first.push((table.begin(self.file, &text, &mut problems), problems));
            chunks = rest;
        }
        let Some(begun) = &table.begun else {
            let told = first.into_iter().map(|(_, problems)| Done { bytes: Vec::new(), problems });
            return Ok(told.collect());
        };
        let rest = chunks.par_iter().map(|chunk| {
            let mut problems = Vec::new();
            let text = self.text_of_rows(chunk, &mut problems);
            let mut rows = begun.more(self.file, &text, chunk.line, &mut problems);
            if matches!(text, Cow::Owned(_)) {
                rows.retain(|(_, record)| !record.text.contains(char::REPLACEMENT_CHARACTER));
            }
            (rows, problems)
        });
        first.extend(rest.collect::<Vec<Rows>>());
        let numbered = first.into_iter().map(|rows| {
            let number = table.many + 1;
            table.many += rows.0.len();
            (number, rows)
        });
        let numbered: Vec<(usize, Rows)> = numbered.collect();
        numbered.into_par_iter().map(|(number, rows)| self.map_numbered(rows, number)).collect()
    }

    /// Maps records, of which the first has this number.
    fn map_numbered(&self, (rows, mut problems): Rows, number: usize) -> Result<Done> {
        let records = rows.into_iter().zip(number..).filter_map(|(row, number)| {
            let line = row.0;
            let record = settle(self.file, row, number, &mut problems)?;
            Some(self.completed(record, line, &mut problems))
        });
        let bytes = self.written(records, 0)?;
        Ok(Done { bytes, problems })
    }

    /// The text of a piece of a table; bytes that are none are told, and replaced by a sign that says so.
    fn text_of_rows<'c>(&self, chunk: &'c Chunk, problems: &mut Vec<Problem>) -> Cow<'c, str> {
        match simdutf8::compat::from_utf8(&chunk.bytes) {
            Ok(text) => text.into(),
            Err(error) => {
                let (before, after) = chunk.bytes.split_at(error.valid_up_to());
                let line = chunk.line + memchr::memchr_iter(b'\n', before).count();
                problems.push(not_utf8(self.file, after[0], line));
                String::from_utf8_lossy(&chunk.bytes)
            }
        }
    }
}
