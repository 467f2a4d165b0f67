//! Rows that say what is linked with what, whether a query gave them, a table of edges or statements.
//!
//! In: rows one after another, under [`COLUMNS`]. Out: [`Rows`], in which each text is a number, so that a million take
//! little room.

use crate::problem::Problem;
use anyhow::{Context as _, Result};
use indexmap::IndexSet;
use oxigraph::model::{NamedOrBlankNode, Term, Triple};
use oxigraph::sparql::{QuerySolution, QuerySolutionIter};
use rustc_hash::FxBuildHasher;
use std::panic::resume_unwind;
use std::path::Path;
use std::sync::mpsc::sync_channel;
use std::thread;

/// What a row may have. `source` and `target` are an edge, of a `kind`; or the members of a `group` are linked with
/// each other.
pub(super) const COLUMNS: [&str; 11] =
    ["source", "target", "kind", "weight", "label", "start", "end", "event", "evidence", "group", "member"];
pub(super) const SOURCE: usize = 0;
pub(super) const TARGET: usize = 1;
pub(super) const KIND: usize = 2;
pub(super) const WEIGHT: usize = 3;
pub(super) const LABEL: usize = 4;
pub(super) const START: usize = 5;
pub(super) const END: usize = 6;
pub(super) const EVENT: usize = 7;
pub(super) const EVIDENCE: usize = 8;
pub(super) const GROUP: usize = 9;
pub(super) const MEMBER: usize = 10;

/// One row: what stands under each of [`COLUMNS`].
pub(super) type Row<'r> = [Option<&'r str>; COLUMNS.len()];

/// All rows of one origin.
pub(super) struct Rows<'a> {
    /// Where they are from, for messages.
    pub(super) origin: &'a Path,
    /// Where each of [`COLUMNS`] lies in a row, if it is there, and how many are.
    places: [Option<usize>; COLUMNS.len()],
    width: usize,
    texts: IndexSet<String, FxBuildHasher>,
    /// Numbers of texts, row after row.
    cells: Vec<u32>,
}

/// Rows of an answer that are taken at a time.
const AT_A_TIME: usize = 1_000;

/// The number of no text.
const NONE: u32 = u32::MAX;

impl<'a> Rows<'a> {
    /// No rows yet, under those columns that are present.
    pub(super) fn new(origin: &'a Path, present: [bool; COLUMNS.len()]) -> Self {
        let mut width = 0;
        let places = present.map(|present| {
            width += usize::from(present);
            present.then(|| width - 1)
        });
        Self { origin, places, width, texts: IndexSet::default(), cells: Vec::new() }
    }

    /// The rows of an answer, some at a time: while these are taken, the next are found.
    ///
    /// # Errors
    /// When the query fails on the way, or a weight is none.
    pub(super) fn of_solutions(origin: &'a Path, mut solutions: QuerySolutionIter<'_>) -> Result<Self> {
        let variables = solutions.variables();
        let columns = COLUMNS.map(|name| variables.iter().position(|variable| variable.as_str() == name));
        let (found, next) = sync_channel::<Vec<QuerySolution>>(2);
        let take = move || {
            let mut rows = Self::new(origin, columns.map(|column| column.is_some()));
            for (number, solution) in (1..).zip(next.into_iter().flatten()) {
                let values = solution.values();
                rows.push(number, &columns.map(|column| text(values[column?].as_ref()?)))?;
            }
            Ok(rows)
        };
        thread::scope(|scope| {
            let taken = scope.spawn(take);
            loop {
                let some = solutions.by_ref().take(AT_A_TIME).collect::<Result<Vec<_>, _>>();
                let some = some.with_context(|| format!("{}: the query failed", origin.display()))?;
                // Who takes them may have ended at one that is none.
                if some.is_empty() || found.send(some).is_err() {
                    break;
                }
            }
            drop(found);
            taken.join().unwrap_or_else(|panic| resume_unwind(panic))
        })
    }

    /// Statements: each is an edge from its subject to its object, of the kind of its predicate; values are no nodes.
    ///
    /// # Errors
    /// As [`Rows::push`].
    pub(super) fn of_triples(origin: &'a Path, triples: &[Triple]) -> Result<Self> {
        let mut edges = Vec::with_capacity(triples.len());
        for triple in triples {
            if let (NamedOrBlankNode::NamedNode(source), Term::NamedNode(target)) =
                (&triple.subject, &triple.object)
            {
                let mut row = [None; COLUMNS.len()];
                row[SOURCE] = Some(source.as_str());
                row[KIND] = Some(triple.predicate.as_str());
                row[TARGET] = Some(target.as_str());
                edges.push(row);
            }
        }
        let first = edges.first().copied().unwrap_or_default();
        let mut rows = Self::new(origin, first.map(|cell| cell.is_some()));
        (1..).zip(&edges).try_for_each(|(number, row)| rows.push(number, row))?;
        Ok(rows)
    }

    /// Takes one more, of this line or number.
    ///
    /// # Errors
    /// When its edge weighs what nothing can weigh.
    ///
    /// # Panics
    /// When there are more different texts than 2^32.
    pub(super) fn push(&mut self, line: usize, row: &Row<'_>) -> Result<()> {
        if let (Some(_), Some(_), Some(weight)) = (row[SOURCE], row[TARGET], row[WEIGHT])
            && weight_of(weight).is_none()
        {
            let help = "weights are numbers above zero, as 3 or 0.5; without any, rows are counted";
            let problem = Problem::error(self.origin, format!("`{weight}` is no weight"));
            return Err(problem.at(line, 0).help(help).into());
        }
        for (text, _) in row.iter().zip(self.places).filter(|(_, place)| place.is_some()) {
            let number = text.map_or(NONE, |text| {
                let known = self.texts.get_index_of(text);
                let number = known.unwrap_or_else(|| self.texts.insert_full(text.to_owned()).0);
                u32::try_from(number).expect("fewer texts than 2^32")
            });
            self.cells.push(number);
        }
        Ok(())
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.cells.len() / self.width.max(1)
    }

    /// How many different texts stand in them.
    pub(super) fn texts(&self) -> usize {
        self.texts.len()
    }

    /// The text of this number.
    pub(super) fn numbered(&self, number: usize) -> &str {
        &self.texts[number]
    }

    /// Whether there is this column.
    pub(super) fn has(&self, column: usize) -> bool {
        self.places[column].is_some()
    }

    /// The names of the columns that there are.
    pub(super) fn columns(&self) -> impl Iterator<Item = &'static str> {
        COLUMNS.into_iter().zip(self.places).filter_map(|(name, place)| place.map(|_| name))
    }

    /// The number of the text that a row has in this column.
    pub(super) fn number(&self, row: usize, column: usize) -> Option<usize> {
        let number = self.cells[row * self.width + self.places[column]?];
        (number != NONE).then_some(number as usize)
    }

    /// The text that a row has in this column.
    pub(super) fn text(&self, row: usize, column: usize) -> Option<&str> {
        self.number(row, column).map(|number| self.numbered(number))
    }

    /// What a row weighs, if it says so.
    pub(super) fn weight(&self, row: usize) -> Option<f64> {
        weight_of(self.text(row, WEIGHT)?)
    }
}

fn weight_of(text: &str) -> Option<f64> {
    text.trim().parse::<f64>().ok().filter(|weight| weight.is_finite() && *weight > 0.0)
}

fn text(term: &Term) -> Option<&str> {
    match term {
        Term::NamedNode(node) => Some(node.as_str()),
        Term::Literal(literal) => Some(literal.value()),
        _ => None,
    }
}
