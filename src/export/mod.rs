//! The graph in the serialisations of RDF 1.1.

mod digest;
mod jsonld;
mod lines;
mod pieces;
mod turtle;

pub use digest::digest;
pub use lines::push_line;
use lines::push_quad;

use crate::graph::{Graph, triple_of};
use crate::names::Names;
use anyhow::{Context as _, Result};
use oxigraph::io::{RdfFormat, RdfSerializer};
use oxigraph::model::vocab::xsd;
use oxigraph::model::{GraphNameRef, NamedNodeRef, TermRef, TripleRef};
pub use pieces::declarations;
use pieces::{pieces, write_pieces};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::io::Write;

/// How a graph is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum, Serialize, Deserialize)]
#[value(rename_all = "lower")]
pub enum Format {
    /// Turtle, sorted and grouped, used prefixes only: <https://www.w3.org/TR/turtle/>.
    #[default]
    #[value(alias = "ttl")]
    Turtle,
    /// N-Triples, sorted: <https://www.w3.org/TR/n-triples/>.
    #[value(alias = "nt")]
    NTriples,
    /// N-Quads, sorted, with the named graphs: <https://www.w3.org/TR/n-quads/>.
    #[value(alias = "nq")]
    NQuads,
    /// TriG, with the named graphs: <https://www.w3.org/TR/trig/>.
    TriG,
    /// RDF/XML: <https://www.w3.org/TR/rdf-syntax-grammar/>.
    #[value(alias = "rdf")]
    RdfXml,
    /// JSON-LD 1.1, compact, with its context in the file: <https://www.w3.org/TR/json-ld11/>.
    JsonLd,
}

impl Format {
    /// All formats, in order.
    pub const ALL: [Self; 6] =
        [Self::Turtle, Self::NTriples, Self::NQuads, Self::TriG, Self::RdfXml, Self::JsonLd];

    /// The usual file extension.
    #[must_use]
    pub fn extension(self) -> &'static str {
        self.rdf().file_extension()
    }

    /// The format that a file name asks for.
    #[must_use]
    pub fn from_extension(extension: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| RdfFormat::from_extension(extension) == Some(format.rdf()))
    }

    /// Whether the format can say which named graph a statement is in.
    #[must_use]
    pub fn has_named_graphs(self) -> bool {
        matches!(self, Self::NQuads | Self::TriG)
    }

    fn rdf(self) -> RdfFormat {
        match self {
            Self::Turtle => RdfFormat::Turtle,
            Self::NTriples => RdfFormat::NTriples,
            Self::NQuads => RdfFormat::NQuads,
            Self::TriG => RdfFormat::TriG,
            Self::RdfXml => RdfFormat::RdfXml,
            Self::JsonLd => RdfFormat::JsonLd { profile: oxigraph::io::JsonLdProfileSet::empty() },
        }
    }
}

/// Writes the whole graph.
///
/// # Errors
/// When writing fails.
pub fn write_graph(graph: &Graph, format: Format, names: &Names, mut out: impl Write + Send) -> Result<()> {
    let terms = graph.terms();
    match format {
        Format::NTriples => {
            let line = |bytes: &mut Vec<u8>, numbers| push_line(bytes, triple_of(terms, numbers), None);
            write_pieces(&pieces(&graph.flat(), |_, _| false), |piece| Ok(lines(piece, line)), out)
        }
        Format::NQuads => {
            let line = |bytes: &mut Vec<u8>, numbers| push_quad(bytes, graph.quad(numbers));
            write_pieces(&pieces(graph.numbers(), |_, _| false), |piece| Ok(lines(piece, line)), out)
        }
        Format::Turtle => {
            let flat = graph.flat();
            let serializer = with_prefixes(format, &used_prefixes(iris(graph, &flat), names), names)?;
            let turtle = |piece: &[[u32; 3]]| {
                let mut bytes = Vec::new();
                let triples = piece.iter().map(|numbers| triple_of(terms, *numbers));
                turtle(&serializer, triples, &mut bytes).map(|()| bytes)
            };
            // What begins with a thing of its own can be written by itself.
            let of_one_thing = |one: &[u32; 3], other: &[u32; 3]| one[0] == other[0];
            let pieces = pieces(&flat, of_one_thing);
            let (first, rest) = pieces.split_at(1);
            out.write_all(&turtle(first[0])?)?;
            let undeclared = |bytes: Vec<u8>| bytes[declarations(&bytes)..].to_vec();
            write_pieces(rest, |piece| turtle(piece).map(undeclared), out)
        }
        Format::TriG => {
            let used = used_prefixes(iris(graph, graph.numbers()), names);
            let mut writer = with_prefixes(format, &used, names)?.for_writer(out);
            for quad in graph.quads() {
                writer.serialize_quad(quad)?;
            }
            Ok(writer.finish().map(drop)?)
        }
        Format::RdfXml | Format::JsonLd => {
            write_triples(&graph.triples().collect::<Vec<_>>(), format, names, out)
        }
    }
}

/// A line for each statement.
fn lines<T: Copy>(piece: &[T], line: impl Fn(&mut Vec<u8>, T)) -> Vec<u8> {
    let mut bytes = Vec::new();
    for numbers in piece {
        line(&mut bytes, *numbers);
    }
    bytes
}

/// Statements as a whole file of Turtle.
fn turtle<'t>(
    serializer: &RdfSerializer,
    triples: impl Iterator<Item = TripleRef<'t>>,
    out: impl Write,
) -> Result<()> {
    let mut writer = serializer.clone().for_writer(turtle::Layout::new(out));
    for triple in triples {
        writer.serialize_triple(triple)?;
    }
    Ok(writer.finish()?.finish()?)
}

/// Writes statements in the order given; grouping wants them sorted by subject.
///
/// # Errors
/// When writing fails.
pub fn write_triples(
    triples: &[TripleRef<'_>],
    format: Format,
    names: &Names,
    out: impl Write,
) -> Result<()> {
    if format == Format::JsonLd {
        return jsonld::write(triples, names, out);
    }
    let iris = triples.iter().flat_map(|triple| parts(*triple)).filter_map(iri);
    let serializer = with_prefixes(format, &used_prefixes(iris, names), names)?;
    if format == Format::Turtle {
        return turtle(&serializer, triples.iter().copied(), out);
    }
    let mut writer = serializer.for_writer(out);
    for triple in triples {
        writer.serialize_triple(*triple)?;
    }
    writer.finish()?;
    Ok(())
}

/// A serializer that declares these prefixes, and no others.
fn with_prefixes(format: Format, used: &BTreeSet<&str>, names: &Names) -> Result<RdfSerializer> {
    let mut serializer = RdfSerializer::from_format(format.rdf());
    for (name, iri) in names.prefixes().iter().filter(|(name, _)| used.contains(name.as_str())) {
        serializer = serializer
            .with_prefix(name, iri)
            .with_context(|| format!("prefix `{name}`: <{iri}> is no IRI"))?;
    }
    Ok(serializer)
}

/// Names of the prefixes that shorten one of these IRIs.
fn used_prefixes<'n, 't>(iris: impl Iterator<Item = &'t str>, names: &'n Names) -> BTreeSet<&'n str> {
    let mut used = BTreeSet::new();
    let mut last = "";
    for iri in iris.filter(|iri| std::mem::replace(&mut last, iri) != *iri) {
        used.extend(names.split(iri).map(|(name, _)| name));
    }
    used
}

/// Every IRI of a graph's statements, once; they are given by the numbers of their parts.
fn iris<'g, const N: usize>(graph: &'g Graph, statements: &[[u32; N]]) -> impl Iterator<Item = &'g str> {
    let terms = graph.terms();
    let mut used = vec![false; terms.len()];
    // Of a quad the graph's number comes first, and is one higher.
    for statement in statements {
        let (graph, triple) = statement.split_at(N - 3);
        for number in graph.iter().filter_map(|number| number.checked_sub(1)).chain(triple.iter().copied()) {
            used[number as usize] = true;
        }
    }
    (0..).zip(used).filter(|(_, used)| *used).filter_map(|(number, _)| iri(terms.term(number)))
}

/// Subject, predicate and object.
fn parts(triple: TripleRef<'_>) -> [TermRef<'_>; 3] {
    [triple.subject.into(), triple.predicate.into(), triple.object]
}

/// The IRI that a term is written with.
fn iri(term: TermRef<'_>) -> Option<&str> {
    match term {
        TermRef::NamedNode(node) => Some(node.as_str()),
        TermRef::Literal(literal) if literal.language().is_none() && literal.datatype() != xsd::STRING => {
            Some(literal.datatype().as_str())
        }
        _ => None,
    }
}

/// Statements written as they come.
pub struct Stream<W: Write> {
    writer: oxigraph::io::WriterQuadSerializer<W>,
    named: bool,
    failed: Option<std::io::Error>,
}

impl<W: Write> Stream<W> {
    /// A stream in a format; it declares every prefix, as nobody knows yet which are used.
    ///
    /// # Errors
    /// When a prefix is no IRI.
    pub fn new(format: Format, names: &Names, out: W) -> Result<Self> {
        let mut serializer = RdfSerializer::from_format(format.rdf());
        for (name, iri) in names.prefixes() {
            serializer = serializer
                .with_prefix(name, iri)
                .with_context(|| format!("prefix `{name}`: <{iri}> is no IRI"))?;
        }
        Ok(Self { writer: serializer.for_writer(out), named: format.has_named_graphs(), failed: None })
    }

    /// Writes one statement; a failure is kept for [`Stream::finish`].
    pub fn write(&mut self, triple: TripleRef<'_>, graph: &str) {
        if self.failed.is_some() {
            return;
        }
        let graph =
            if self.named { NamedNodeRef::new_unchecked(graph).into() } else { GraphNameRef::DefaultGraph };
        self.failed = self.writer.serialize_quad(triple.in_graph(graph)).err();
    }

    /// Ends the file.
    ///
    /// # Errors
    /// When this or anything before could not be written.
    pub fn finish(self) -> Result<W> {
        if let Some(error) = self.failed {
            return Err(error.into());
        }
        Ok(self.writer.finish()?)
    }
}
