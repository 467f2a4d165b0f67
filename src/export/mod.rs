//! The graph in the serialisations of RDF 1.1.

mod jsonld;
mod lines;
mod turtle;

pub use lines::push_line;

use crate::graph::Graph;
use crate::names::Names;
use anyhow::{Context as _, Result};
use oxigraph::io::{RdfFormat, RdfSerializer};
use oxigraph::model::{GraphNameRef, NamedNodeRef, Term, TripleRef};
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
pub fn write_graph(graph: &Graph, format: Format, names: &Names, out: impl Write) -> Result<()> {
    if format.has_named_graphs() {
        let mut writer = serializer(format, graph.quads().map(TripleRef::from), names)?.for_writer(out);
        for quad in graph.quads() {
            writer.serialize_quad(quad)?;
        }
        writer.finish()?;
        return Ok(());
    }
    write_triples(&graph.triples(), format, names, out)
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
    let serializer = serializer(format, triples.iter().copied(), names)?;
    if format == Format::Turtle {
        let mut writer = serializer.for_writer(turtle::Layout::new(out));
        for triple in triples {
            writer.serialize_triple(*triple)?;
        }
        return Ok(writer.finish()?.finish()?);
    }
    let mut writer = serializer.for_writer(out);
    for triple in triples {
        writer.serialize_triple(*triple)?;
    }
    writer.finish()?;
    Ok(())
}

/// A serializer that declares the prefixes that are used, and no others.
fn serializer<'t>(
    format: Format,
    triples: impl Iterator<Item = TripleRef<'t>>,
    names: &Names,
) -> Result<RdfSerializer> {
    let used = used_prefixes(triples, names);
    let mut serializer = RdfSerializer::from_format(format.rdf());
    for (name, iri) in names.prefixes().iter().filter(|(name, _)| used.contains(name.as_str())) {
        serializer = serializer
            .with_prefix(name, iri)
            .with_context(|| format!("prefix `{name}`: <{iri}> is no IRI"))?;
    }
    Ok(serializer)
}

/// Names of the prefixes that shorten an IRI in these statements.
pub(crate) fn used_prefixes<'n, 't>(
    triples: impl Iterator<Item = TripleRef<'t>>,
    names: &'n Names,
) -> BTreeSet<&'n str> {
    let mut used = BTreeSet::new();
    let mut last = String::new();
    for triple in triples {
        let object = triple.object.into_owned();
        let datatype = match &object {
            Term::NamedNode(node) => Some(node.as_str()),
            Term::Literal(literal) if literal.language().is_none() => Some(literal.datatype().as_str())
                .filter(|iri| *iri != "http://www.w3.org/2001/XMLSchema#string"),
            _ => None,
        };
        let subject = triple.subject.to_string();
        if subject != last {
            used.extend(names.split(subject.trim_matches(['<', '>'])).map(|(name, _)| name));
            last = subject;
        }
        used.extend(names.split(triple.predicate.as_str()).map(|(name, _)| name));
        used.extend(datatype.and_then(|iri| names.split(iri)).map(|(name, _)| name));
    }
    used
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
