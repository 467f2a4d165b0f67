//! Records as RDF without ever holding them all: a chunk is read, completed, mapped and written at a time, by several
//! threads, in the order of the input. Memory does not grow with the input.
//!
//! What follows from one record alone is done as anywhere else: completion, corrections, withdrawals. What needs all
//! of them at once (decisions that two events are one, two quotations under one name) is not; [`can_stream`] says
//! whether that matters.

mod table;

use crate::chunks::{Chunk, Chunks};
use crate::corpus::Corpus;
use crate::decided::Decided;
use crate::decode::{begins_as_utf8, is_marked};
use crate::export::{Format, Stream, declarations, push_line};
use crate::extract::Reader;
use crate::folder::File;
use crate::iri::segment;
use crate::language::Language;
use crate::map::{Content, Mapper};
use crate::problem::{Problem, Severity};
use crate::record::{LINES, Reading, Record, delimiter_of, read_line};
use crate::vocab::TYPE;
use anyhow::{Error, Result};
use oxigraph::model::TripleRef;
use rayon::prelude::*;
use std::borrow::Cow;
use std::io::Write;
use std::sync::{Mutex, PoisonError};
use table::Table;

/// Chunks that are worked on together, for each thread: enough that none waits long for the last one.
const TOGETHER: usize = 8;

/// Formats of which several files, one after another, are one: all that have no end.
const WHOLE_IN_PIECES: [Format; 4] = [Format::NTriples, Format::NQuads, Format::Turtle, Format::TriG];

/// Tables whose rows can be read one after another.
const ROWS: [&str; 2] = ["csv", "tsv"];

/// Whether records can be mapped one by one: all are in lists or tables of text, and nothing was decided that concerns
/// several of them.
#[must_use]
pub fn can_stream(corpus: &Corpus, files: &[File], format: Format) -> bool {
    let one_by_one = |file: &File| {
        (LINES.contains(&file.extension()) || ROWS.contains(&file.extension()))
            && file.encoding.is_none()
            && file.path.is_file()
            && !is_marked(file)
            // Of a table in another encoding it is told which one that may be, for which all of it is looked at.
            && (LINES.contains(&file.extension()) || begins_as_utf8(file))
    };
    let fits = WHOLE_IN_PIECES.contains(&format) && corpus.decisions.is_empty();
    fits && !files.is_empty() && files.iter().all(one_by_one)
}

/// Bytes that are made of one of a record, about.
const SPREAD: usize = 4;

/// What a chunk became.
struct Done {
    bytes: Vec<u8>,
    problems: Vec<Problem>,
}

/// Maps files of records.
pub struct Streamer<'a> {
    reader: Reader<'a>,
    mapper: Mapper<'a>,
    languages: &'a [Language],
    decided: &'a Decided,
    reading: &'a Reading,
    format: Format,
    /// What a file of the format begins with.
    head: Vec<u8>,
}

/// Everything that does not change from chunk to chunk.
struct Work<'a> {
    by: &'a Streamer<'a>,
    file: &'a File,
    /// Space that is used again: to take new space from the system for each chunk costs as much as to fill it.
    spare: Mutex<Vec<Vec<u8>>>,
}

impl<'a> Streamer<'a> {
    /// Writes records that are read so in a format, with what was decided about each.
    ///
    /// # Errors
    /// When the ontology or authorities are malformed.
    pub fn new(
        corpus: &'a Corpus,
        reading: &'a Reading,
        decided: &'a Decided,
        format: Format,
        content: Content,
    ) -> Result<Self> {
        let Corpus { names, ontology, authority, languages, .. } = corpus;
        let reader = Reader::new(ontology, authority, languages, names)?;
        let mapper = Mapper { names, ontology, authority, content };
        let mut head = Stream::new(format, names, Vec::new())?;
        // They are declared with the first statement; of this one nothing else is kept.
        head.write(TripleRef::new(TYPE, TYPE, TYPE), TYPE.as_str());
        let head = head.finish()?;
        let mut lines: Vec<&[u8]> =
            head[..declarations(&head)].split_inclusive(|byte| *byte == b'\n').collect();
        lines.sort_unstable();
        let head = lines.concat();
        Ok(Self { reader, mapper, languages, decided, reading, format, head })
    }

    /// What comes before all records, in this format.
    #[must_use]
    pub fn head(&self) -> &[u8] {
        &self.head
    }

    /// Writes the records of a file; says whether none of them has an error. Problems are told as they are found, and
    /// how many bytes have been read.
    ///
    /// # Errors
    /// When the file cannot be read, or `out` cannot be written to.
    pub fn map(
        &self,
        file: &File,
        out: &mut (dyn Write + Send),
        mut has_read: impl FnMut(u64),
    ) -> Result<bool> {
        let (reading, languages) = (self.reading, self.languages);
        let work = Work { by: self, file, spare: Mutex::default() };
        let mut table = ROWS.contains(&file.extension()).then(|| Table::of(reading, languages));
        let mut chunks = match &table {
            None => Chunks::of(file)?,
            Some(_) => Chunks::of_rows(file, |text| delimiter_of(file, text, reading, languages).byte())?,
        };
        let (mut before, mut without_errors) = (Vec::new(), true);
        let mut some = next(&mut chunks)?;
        loop {
            has_read(some.iter().map(|chunk| chunk.bytes.len() as u64).sum());
            // While these are worked on, those before are written and those after them are read.
            let (moved_on, done) = rayon::join(
                || Ok::<_, Error>((write(before, out)?, next(&mut chunks)?)),
                || match &mut table {
                    None => some.par_iter().map(|chunk| work.map(chunk)).collect::<Result<Vec<_>>>(),
                    Some(table) => work.map_rows(&some, table),
                },
            );
            let ((was_fine, used), after) = moved_on?;
            without_errors &= was_fine;
            work.spare.lock().unwrap_or_else(PoisonError::into_inner).extend(used);
            before = done?;
            if some.is_empty() {
                return Ok(without_errors);
            }
            chunks.reuse(std::mem::replace(&mut some, after));
        }
    }
}

/// The chunks that are worked on together next; none at the end of the file.
fn next(chunks: &mut Chunks<'_>) -> Result<Vec<Chunk>> {
    chunks.take(TOGETHER * rayon::current_num_threads()).collect()
}

/// Writes what chunks became; says whether that was without errors, and gives the space back.
fn write(done: Vec<Done>, out: &mut (dyn Write + Send)) -> Result<(bool, Vec<Vec<u8>>)> {
    let mut fine = true;
    let mut used = Vec::with_capacity(done.len());
    for Done { mut bytes, problems } in done {
        for problem in problems {
            fine &= problem.severity != Severity::Error;
            eprintln!("{problem}");
        }
        out.write_all(&bytes)?;
        bytes.clear();
        used.push(bytes);
    }
    Ok((fine, used))
}

impl Work<'_> {
    fn map(&self, chunk: &Chunk) -> Result<Done> {
        let mut problems = Vec::new();
        let text = self.text(chunk, &mut problems);
        let ends = memchr::memchr_iter(b'\n', text.as_bytes()).chain([text.len()]);
        let mut start = 0;
        let lines = ends.map(|end| &text[std::mem::replace(&mut start, end + 1)..end]).zip(chunk.line..);
        let records = lines.filter_map(|(line, number)| self.record(line, number, &mut problems));
        let bytes = self.written(records, SPREAD * chunk.bytes.len())?;
        Ok(Done { bytes, problems })
    }

    /// Records as bytes of the format, about so many.
    fn written(&self, records: impl Iterator<Item = Record>, bytes: usize) -> Result<Vec<u8>> {
        let used = self.spare.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let space = used.unwrap_or_else(|| Vec::with_capacity(bytes));
        match self.by.format {
            Format::NTriples | Format::NQuads => Ok(self.lines(records, space)),
            _ => self.pieces(records, space),
        }
    }

    /// The lines as text; bytes that are none are told, and their lines left empty.
    fn text<'c>(&self, chunk: &'c Chunk, problems: &mut Vec<Problem>) -> Cow<'c, str> {
        if let Ok(text) = simdutf8::basic::from_utf8(&chunk.bytes) {
            return text.into();
        }
        let lines = chunk.bytes.split(|byte| *byte == b'\n').zip(chunk.line..);
        let lines = lines.map(|(line, number)| {
            str::from_utf8(line).unwrap_or_else(|error| {
                let byte = line[error.valid_up_to()];
                problems.push(not_utf8(self.file, &format!("byte 0x{byte:02X} cannot stand here"), number));
                ""
            })
        });
        lines.collect::<Vec<_>>().join("\n").into()
    }

    /// A record of a line, with everything that follows from it alone.
    fn record(&self, line: &str, number: usize, problems: &mut Vec<Problem>) -> Option<Record> {
        let record = read_line(self.file, line, number, problems)?;
        Some(self.completed(record, number, problems))
    }

    /// A record with everything that follows from it alone.
    fn completed(&self, mut record: Record, line: usize, problems: &mut Vec<Problem>) -> Record {
        self.by.reader.complete(&mut record, (&self.file.path, line), problems);
        self.by.decided.carry_out(&self.by.reader, &mut record, problems);
        record
    }

    fn lines(&self, records: impl Iterator<Item = Record>, mut out: Vec<u8>) -> Vec<u8> {
        let mut before = None;
        for record in records {
            let graph = (self.by.format == Format::NQuads).then(|| self.graph(&record));
            let mut write = |triple: TripleRef<'_>| push_line(&mut out, triple, graph.as_deref());
            self.by.mapper.record(&record, before.as_ref(), None, &mut write);
            before = Some(record);
        }
        out
    }

    fn pieces(&self, records: impl Iterator<Item = Record>, out: Vec<u8>) -> Result<Vec<u8>> {
        let mut stream = Stream::new(self.by.format, self.by.mapper.names, out)?;
        let mut before = None;
        for record in records {
            let graph = self.graph(&record);
            let mut write = |triple: TripleRef<'_>| stream.write(triple, &graph);
            self.by.mapper.record(&record, before.as_ref(), None, &mut write);
            before = Some(record);
        }
        let mut bytes = stream.finish()?;
        bytes.drain(..declarations(&bytes));
        Ok(bytes)
    }

    fn graph(&self, record: &Record) -> String {
        self.by.mapper.names.mint("graph", &segment(&record.source))
    }
}

fn not_utf8(file: &File, what: &str, line: usize) -> Problem {
    let help = "save the file as UTF-8, or say `--encoding NAME`; the record was left out";
    Problem::error(&file.path, format!("not UTF-8: {what}")).at(line, 0).help(help)
}
