//! A query of a client, answered into pieces of bytes: the same in this program and in a worker of it.

use super::forms::type_of;
use crate::cli::Form;
use crate::export::{Format, write_triples};
use crate::names::Names;
use crate::query::{Look, Question, Style, Table, excess, write_table, write_truth};
use crate::store::Store;
use oxigraph::model::Triple;
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsSerializer};
use oxigraph::sparql::{
    CancellationToken, QueryEvaluationError, QueryResults, QuerySolutionIter, QueryTripleIter,
};
use serde::{Deserialize, Serialize};
use std::io::{self, Write};

/// A query, and how its answer is wanted.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Ask {
    pub(super) query: String,
    /// What IRIs in it are relative to.
    pub(super) base: Option<String>,
    /// Form of rows and of yes or no; `None` where the client takes none.
    pub(super) table: Option<Style>,
    /// Form of statements.
    pub(super) graph: Option<Format>,
    /// More rows or statements than these are no answer.
    pub(super) most: usize,
    /// Milliseconds until it is given up.
    pub(super) millis: u64,
}

/// Why a query has no answer: a status of HTTP, and words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Failure {
    pub(super) status: u16,
    pub(super) message: String,
    pub(super) help: String,
}

impl Failure {
    pub(super) fn new(status: u16, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { status, message: message.into(), help: help.into() }
    }
}

/// Where an answer goes; after the first call the answer has begun.
pub(super) trait Sink {
    /// Takes a piece of an answer of this media type.
    fn take(&mut self, media: &str, bytes: Vec<u8>) -> io::Result<()>;
}

/// Bytes of a piece.
const PIECE: usize = 1 << 16;

/// Collects what is written into pieces.
struct Pieces<'s> {
    sink: &'s mut dyn Sink,
    media: String,
    buffer: Vec<u8>,
}

impl Pieces<'_> {
    fn send(&mut self) -> io::Result<()> {
        self.sink.take(&self.media, std::mem::take(&mut self.buffer))
    }
}

impl Write for Pieces<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() >= PIECE {
            self.send()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Ask {
    /// Answers the query. What goes wrong after the first piece was taken breaks the answer off.
    ///
    /// # Errors
    /// A [`Failure`] for whoever asked.
    pub(super) fn answer(
        &self,
        store: &Store,
        names: &Names,
        stop: &CancellationToken,
        sink: &mut dyn Sink,
    ) -> Result<(), Failure> {
        if let Some(excess) = excess(&self.query) {
            return Err(Failure::new(400, excess, "ask in several steps"));
        }
        let question =
            Question::inline_at(&self.query, names, self.base.as_deref()).map_err(|error| syntax(&error))?;
        if question.names_a_dataset() {
            return Err(Failure::new(
                400,
                "the query says FROM; everything that is asked here is in one graph",
                "leave out FROM and FROM NAMED",
            ));
        }
        match store.query(question.query(), stop).map_err(|error| failed(&error))? {
            QueryResults::Boolean(truth) => {
                let style = self.table.ok_or_else(not_acceptable)?;
                let mut out = pieces(sink, Form::Table(style));
                write_truth(truth, style, &mut out).map_err(|error| broken(&error))?;
                out.send().map_err(|error| broken(&error.into()))
            }
            QueryResults::Solutions(rows) => self.rows(rows, names, sink),
            QueryResults::Graph(triples) => self.triples(triples, names, sink),
        }
    }

    fn rows(&self, rows: QuerySolutionIter<'_>, names: &Names, sink: &mut dyn Sink) -> Result<(), Failure> {
        let style = self.table.ok_or_else(not_acceptable)?;
        let mut out = pieces(sink, Form::Table(style));
        let format = match style {
            Style::Json => QueryResultsFormat::Json,
            Style::Xml => QueryResultsFormat::Xml,
            Style::Csv => QueryResultsFormat::Csv,
            Style::Tsv => QueryResultsFormat::Tsv,
            // What is laid out is written when it is known whole.
            _ => {
                let table = self.table_of(rows)?;
                write_table(&table, style, &Look::plain(names), &mut out).map_err(|error| broken(&error))?;
                return out.send().map_err(|error| broken(&error.into()));
            }
        };
        let variables = rows.variables().to_vec();
        let mut writer = QueryResultsSerializer::from_format(format)
            .serialize_solutions_to_writer(&mut out, variables)
            .map_err(|error| broken(&error.into()))?;
        for (index, row) in rows.enumerate() {
            let row = row.map_err(|error| failed(&error))?;
            self.still_fits(index)?;
            writer.serialize(row.iter()).map_err(|error| broken(&error.into()))?;
        }
        writer.finish().map_err(|error| broken(&error.into()))?;
        out.send().map_err(|error| broken(&error.into()))
    }

    fn table_of(&self, rows: QuerySolutionIter<'_>) -> Result<Table, Failure> {
        let variables = rows.variables().to_vec();
        let mut found = Vec::new();
        for (index, row) in rows.enumerate() {
            let row = row.map_err(|error| failed(&error))?;
            self.still_fits(index)?;
            found.push(variables.iter().map(|variable| row.get(variable).cloned()).collect());
        }
        Ok(Table { variables, rows: found })
    }

    fn triples(
        &self,
        triples: QueryTripleIter<'_>,
        names: &Names,
        sink: &mut dyn Sink,
    ) -> Result<(), Failure> {
        let format = self.graph.ok_or_else(not_acceptable)?;
        let mut found: Vec<Triple> = Vec::new();
        for (index, triple) in triples.enumerate() {
            let triple = triple.map_err(|error| failed(&error))?;
            self.still_fits(index)?;
            found.push(triple);
        }
        found.sort_by_cached_key(ToString::to_string);
        found.dedup();
        let found: Vec<_> = found.iter().map(Triple::as_ref).collect();
        let mut out = pieces(sink, Form::Graph(format));
        write_triples(&found, format, names, &mut out).map_err(|error| broken(&error))?;
        out.send().map_err(|error| broken(&error.into()))
    }

    fn still_fits(&self, index: usize) -> Result<(), Failure> {
        if index < self.most {
            return Ok(());
        }
        let message = format!("the answer has more than {} rows", self.most);
        Err(Failure::new(413, message, "ask for less, as with LIMIT and OFFSET"))
    }
}

fn pieces(sink: &mut dyn Sink, form: Form) -> Pieces<'_> {
    Pieces { sink, media: type_of(form), buffer: Vec::with_capacity(PIECE) }
}

fn syntax(error: &anyhow::Error) -> Failure {
    error.downcast_ref::<crate::problem::Problem>().map_or_else(
        || Failure::new(400, format!("{error:#}"), ""),
        |problem| {
            let place = if problem.line > 0 {
                format!(" (line {}, column {})", problem.line, problem.column)
            } else {
                String::new()
            };
            Failure::new(400, format!("{}{place}", problem.message), problem.help.as_str())
        },
    )
}

/// What a query that was begun cannot be answered for.
pub(super) fn failed(error: &QueryEvaluationError) -> Failure {
    match error {
        QueryEvaluationError::Cancelled => too_long(),
        QueryEvaluationError::UnsupportedService(_)
        | QueryEvaluationError::Service(_)
        | QueryEvaluationError::UnboundService
        | QueryEvaluationError::InvalidServiceName(_) => Failure::new(
            400,
            "SERVICE is not answered: nothing is fetched from elsewhere",
            "ask the other endpoint yourself",
        ),
        QueryEvaluationError::UnsupportedCustomFunction(_)
        | QueryEvaluationError::UnsupportedCustomFunctionArity { .. } => {
            Failure::new(400, error.to_string(), "")
        }
        _ => Failure::new(500, error.to_string(), ""),
    }
}

/// It took longer than it may.
pub(super) fn too_long() -> Failure {
    Failure::new(
        504,
        "the query took longer than it may",
        "ask for less: fewer things, fewer OPTIONAL, a LIMIT",
    )
}

fn not_acceptable() -> Failure {
    Failure::new(
        406,
        "no form of this answer is among those in `Accept`",
        "leave it out, or name one as text/csv or text/turtle",
    )
}

/// The client does not take it any more, or it cannot be written.
fn broken(error: &anyhow::Error) -> Failure {
    Failure::new(500, format!("{error:#}"), "")
}
