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
    let mut builder = Builder::default();
    let mut before: Vec<Vec<Quad>> = Vec::new();
    loop {
        let some: Vec<Chunk> =
            chunks.by_ref().take(TOGETHER * rayon::current_num_threads()).collect::<Result<_>>()?;
        // While these are parsed, those before are added.
        let ((), parsed) = rayon::join(
            || builder.extend(std::mem::take(&mut before).into_iter().flatten()),
            || some.par_iter().map(|chunk| parse(file, format, chunk)).collect::<Result<Vec<_>, _>>(),
        );
        before = parsed?;
        if some.is_empty() {
            return Ok(builder.finish());
        }
        chunks.reuse(some);
    }
}

fn parse(file: &File, format: RdfFormat, chunk: &Chunk) -> Result<Vec<Quad>, Problem> {
    let parser = RdfParser::from_format(format).for_slice(&chunk.bytes);
    parser.map(|quad| quad.map(flat).map_err(|error| unreadable(file, &error, chunk.line))).collect()
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
