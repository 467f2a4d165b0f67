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
            let text = String::from_utf8_lossy(&chunk.bytes);
            let rows = table.begin(self.file, &text, &mut problems);
            first.push(self.that_are_text(rows, matches!(text, Cow::Owned(_)), problems));
            chunks = rest;
        }
        let Some(begun) = &table.begun else {
            let told = first.into_iter().map(|(_, problems)| Done { bytes: Vec::new(), problems });
            return Ok(told.collect());
        };
        let rest = chunks.par_iter().map(|chunk| {
            let mut problems = Vec::new();
            let text = String::from_utf8_lossy(&chunk.bytes);
            let rows = begun.more(self.file, &text, chunk.line, &mut problems);
            self.that_are_text(rows, matches!(text, Cow::Owned(_)), problems)
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

    /// Leaves out, of a piece in which some bytes had to be replaced, the records that hold such a sign; each is told.
    fn that_are_text(
        &self,
        mut rows: Vec<(usize, Record)>,
        replaced: bool,
        mut problems: Vec<Problem>,
    ) -> Rows {
        if replaced {
            rows.retain(|(line, record)| {
                // A record is a line of JSON at any time, so that no field is forgotten.
                let held = serde_json::to_string(record).unwrap_or_default();
                let is_text = !held.contains(char::REPLACEMENT_CHARACTER);
                if !is_text {
                    problems.push(not_utf8(self.file, "some bytes of this row are no text", *line));
                }
                is_text
            });
        }
        (rows, problems)
    }
}
