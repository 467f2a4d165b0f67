//! Reading Turtle files, and asking a handful of triples for values.

use crate::decode;
use crate::folder::File;
use crate::problem::Problem;
use anyhow::Result;
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{LiteralRef, NamedNodeRef, NamedOrBlankNode, Term, Triple};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// What one or more Turtle files say.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// All triples, in the order of the files.
    pub triples: Vec<Triple>,
    /// Prefixes that the files declare, by name.
    pub prefixes: BTreeMap<String, String>,
}

/// Bytes in which Turtle writes a statement, about. Room that is taken at once is room that the system clears once.
const BYTES: usize = 64;

impl Facts {
    /// What each of several Turtle files says.
    ///
    /// # Errors
    /// That of the first file that cannot be read or is not Turtle.
    pub fn read_each(files: &[&File]) -> Result<Vec<Self>> {
        let read = |file: &&File| {
            let mut facts = Self::default();
            facts.read(file)?;
            Ok(facts)
        };
        files.par_iter().map(read).collect::<Vec<Result<_>>>().into_iter().collect()
    }

    /// Adds what was read elsewhere.
    pub fn add(&mut self, mut other: Self) {
        self.triples.append(&mut other.triples);
        self.prefixes.append(&mut other.prefixes);
    }

    /// Adds what a Turtle file says.
    ///
    /// # Errors
    /// When the file cannot be read, or is not Turtle (a [`Problem`] with line and column).
    pub fn read(&mut self, file: &File) -> Result<()> {
        let text = decode::text(file)?;
        self.triples.reserve(text.len() / BYTES);
        let mut parser = RdfParser::from_format(RdfFormat::Turtle).for_slice(text.as_bytes());
        for quad in parser.by_ref() {
            let triple = Triple::from(quad.map_err(|error| syntax_problem(file, &error))?);
            if triple.subject.is_blank_node() || triple.object.is_blank_node() {
                let message =
                    format!("blank node in a statement about {} `{}`", triple.subject, triple.predicate);
                return Err(Problem::error(&file.path, message)
                    .help("give the thing an IRI of its own, so that every rebuild names it alike")
                    .into());
            }
            self.triples.push(triple);
        }
        for (name, iri) in parser.prefixes() {
            self.prefixes.insert(name.to_owned(), iri.to_owned());
        }
        Ok(())
    }

    /// Subjects that have this value for this property, in order, without repeats.
    #[must_use]
    pub fn subjects(&self, predicate: NamedNodeRef<'_>, object: NamedNodeRef<'_>) -> Vec<&str> {
        let mut found: Vec<&str> = self
            .triples
            .iter()
            .filter(|t| {
                t.predicate == predicate && matches!(&t.object, Term::NamedNode(node) if *node == object)
            })
            .map(|t| iri_of(&t.subject))
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Triples by subject, for repeated questions.
    #[must_use]
    pub fn by_subject(&self) -> BTreeMap<&str, Vec<&Triple>> {
        let mut index = BTreeMap::<_, Vec<_>>::new();
        for triple in &self.triples {
            index.entry(iri_of(&triple.subject)).or_default().push(triple);
        }
        index
    }
}

/// Objects of one property among the triples of one subject.
pub fn objects<'a>(triples: &'a [&'a Triple], predicate: NamedNodeRef<'a>) -> impl Iterator<Item = &'a Term> {
    triples.iter().filter(move |t| t.predicate == predicate).map(|t| &t.object)
}

/// Literals of one property among the triples of one subject.
pub fn literals<'a>(
    triples: &'a [&'a Triple],
    predicate: NamedNodeRef<'a>,
) -> impl Iterator<Item = LiteralRef<'a>> {
    objects(triples, predicate).filter_map(|term| match term {
        Term::Literal(literal) => Some(literal.as_ref()),
        _ => None,
    })
}

/// IRIs that are values of one property among the triples of one subject.
pub fn iris<'a>(triples: &'a [&'a Triple], predicate: NamedNodeRef<'a>) -> impl Iterator<Item = &'a str> {
    objects(triples, predicate).filter_map(|term| match term {
        Term::NamedNode(node) => Some(node.as_str()),
        _ => None,
    })
}

/// The IRI of a subject; files with blank nodes are refused when they are read.
#[must_use]
pub fn iri_of(subject: &NamedOrBlankNode) -> &str {
    match subject {
        NamedOrBlankNode::NamedNode(node) => node.as_str(),
        NamedOrBlankNode::BlankNode(node) => node.as_str(),
    }
}

fn syntax_problem(file: &File, error: &oxigraph::io::RdfSyntaxError) -> Problem {
    let start = error.location().map_or((0, 0), |place| {
        let line = usize::try_from(place.start.line).unwrap_or_default();
        (line + 1, usize::try_from(place.start.column).unwrap_or_default() + 1)
    });
    let told = error.to_string();
    let message = told.split_once(": ").map_or(told.as_str(), |(_, rest)| rest);
    Problem::error(&file.path, format!("not Turtle: {message}"))
        .at(start.0, start.1)
        .help("a statement ends with ` .`, values with ` ;` or ` ,`, and every prefix is declared at the top")
}
