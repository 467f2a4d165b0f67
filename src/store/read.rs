//! Files of RDF as one flat set of statements.

use crate::chunks::{Chunk, Chunks};
use crate::decode;
use crate::folder::File;
use crate::graph::{Builder, Graph};
use crate::problem::Problem;
use anyhow::Result;
use oxigraph::io::{RdfFormat, RdfParser, RdfSyntaxError};
use oxigraph::model::{GraphName, Quad};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// Pieces that are parsed together, for each thread.
const TOGETHER: usize = 8;

/// A file of RDF, whatever its format, read as one flat set of statements, and its prefixes.
///
/// # Errors
/// When the file cannot be read, or is not RDF of the format that its name says.
pub fn read_graph(file: &File) -> Result<(Graph, BTreeMap<String, String>)> {
    let format = RdfFormat::from_extension(file.extension()).ok_or_else(|| {
        Problem::error(&file.path, format!("`.{}` is no format of RDF that is read", file.extension()))
            .help("read are .ttl, .nt, .nq, .trig, .rdf and .jsonld")
    })?;
    if matches!(format, RdfFormat::NTriples | RdfFormat::NQuads) {
        return Ok((read_lines(file, format)?, BTreeMap::new()));
    }
    let bytes = decode::unpacked(file)?;
    let mut parser = RdfParser::from_format(format).for_slice(&bytes);
    let mut wrong = None;
    let quads = parser.by_ref().map_while(|quad| quad.map_err(|error| wrong = Some(error)).ok());
    let graph = Graph::collect(quads.map(flat));
    if let Some(error) = wrong {
        return Err(unreadable(file, &error, 1).into());
    }
    let prefixes = parser.prefixes().map(|(name, iri)| (name.to_owned(), iri.to_owned())).collect();
    Ok((graph, prefixes))
}

/// A file of which every line is a statement: parsed by all processors, and never held as a whole.
fn read_lines(file: &File, format: RdfFormat) -> Result<Graph> {
    let mut chunks = Chunks::of(file)?;
    let threads = rayon::current_num_threads();
    let builders: Vec<Mutex<Builder>> = (0..threads).map(|_| Mutex::default()).collect();
    let parse = |chunk: &Chunk| {
        let builder = rayon::current_thread_index().and_then(|thread| builders.get(thread));
        let mut builder = builder.unwrap_or(&builders[0]).lock().unwrap_or_else(PoisonError::into_inner);
        parse(file, format, chunk, &mut builder)
    };
    let mut some: Vec<Chunk> = Vec::new();
    loop {
        // While these are parsed, those after them are read.
        let (next, parsed) = rayon::join(
            || chunks.by_ref().take(TOGETHER * threads).collect::<Result<Vec<_>>>(),
            || some.par_iter().map(parse).collect::<Vec<_>>(),
        );
        parsed.into_iter().collect::<Result<(), _>>()?;
        chunks.reuse(std::mem::replace(&mut some, next?));
        if some.is_empty() {
            break;
        }
    }
    let builders =
        builders.into_iter().map(|builder| builder.into_inner().unwrap_or_else(PoisonError::into_inner));
    Ok(builders.reduce(Builder::and).unwrap_or_default().finish())
}

/// Adds the statements of a chunk. An IRI stands in many of them: it is checked when it comes up for the first time, and not
/// by the parser; where anything is wrong, the parser looks for it once more, and says where it stands.
fn parse(file: &File, format: RdfFormat, chunk: &Chunk, builder: &mut Builder) -> Result<(), Problem> {
    let unreadable = |error: &RdfSyntaxError| unreadable(file, error, chunk.line);
    let (known, mut many) = (builder.terms(), 0);
    for quad in RdfParser::from_format(format).lenient().for_slice(&chunk.bytes) {
        builder.add_quad(flat(quad.map_err(|error| unreadable(&error))?).as_ref());
        many += 1;
    }
    if many == statements(&chunk.bytes) && builder.are_well_formed(known) {
        return Ok(());
    }
    let mut strictly = RdfParser::from_format(format).for_slice(&chunk.bytes);
    strictly.find_map(Result::err).map_or(Ok(()), |error| Err(unreadable(&error)))
}

/// How many lines hold a statement; 0 where not every line ends with a line feed alone. A parser that does not check takes a
/// line end for a part of a string that is not closed, and finds fewer.
fn statements(lines: &[u8]) -> usize {
    if memchr::memchr(b'\r', lines).is_some() {
        return 0;
    }
    let lines = lines.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii_start);
    lines.filter(|line| line.first().is_some_and(|byte| *byte != b'#')).count()
}

fn flat(quad: Quad) -> Quad {
    Quad { graph_name: GraphName::DefaultGraph, ..quad }
}

/// What is wrong, in a text that begins on this line.
fn unreadable(file: &File, error: &RdfSyntaxError, first: usize) -> Problem {
    let told = error.to_string();
    if told.contains("LoadDocumentCallback") {
        let help = "nothing is fetched from elsewhere: save it as Turtle or N-Triples";
        return Problem::error(&file.path, "its JSON-LD refers to a context elsewhere").help(help);
    }
    let Some(place) = error.location() else { return Problem::error(&file.path, told) };
    let number = |number: u64| usize::try_from(number).unwrap_or_default();
    let message = told.split_once(": ").map_or(told.as_str(), |(_, rest)| rest);
    Problem::error(&file.path, message).at(first + number(place.start.line), number(place.start.column) + 1)
}
