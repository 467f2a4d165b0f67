//! The catalogue of questions in `queries/`, and asking them.

pub mod csvw;
mod dictionary;
mod endpoint;
mod engine;
mod explain;
mod header;
mod insert;
mod limits;
pub mod listing;
mod parameters;
mod table;

pub use dictionary::{Dictionary, Entry};
pub use endpoint::Endpoint;
pub use engine::{Engine, Thing};
pub use header::{Header, Parameter};
pub use limits::excess;
pub use table::{Look, Style, Table, write_table, write_truth};

use crate::chart::PARTS;
use crate::decode;
use crate::folder::{File, Folder};
use crate::names::Names;
use crate::problem::{Problem, nearest};
use anyhow::{Context as _, Result};
use oxigraph::model::{NamedNode, Triple};
use oxigraph::sparql::{QueryEvaluationError, QueryResults, QueryTripleIter};
use spargebra::algebra::GraphPattern;
use spargebra::{Query, SparqlParser};
use std::collections::BTreeSet;
use std::path::Path;

/// One question: a SPARQL file with its header.
#[derive(Debug, Clone)]
pub struct Question {
    /// File name without `.rq`.
    pub name: String,
    /// What its `#+` lines say.
    pub header: Header,
    /// Where it stands, for messages.
    file: File,
    text: String,
    /// The text with every prefix declared that it uses, for whoever does not know ours.
    sent: String,
    query: Query,
}

/// What a query gives.
#[derive(Debug)]
pub enum Answer {
    /// Rows of a SELECT.
    Table(Table),
    /// Yes or no of an ASK.
    Truth(bool),
    /// Triples of a CONSTRUCT or DESCRIBE, in order, without repeats.
    Triples(Vec<Triple>),
}

impl Question {
    /// Reads a query file.
    ///
    /// # Errors
    /// When it cannot be read, its header is malformed, or it is not SPARQL (a [`Problem`] with line
    /// and column).
    pub fn read(file: &File) -> Result<Self> {
        let text = decode::text(file)?;
        Self::parse(file, text, SparqlParser::new())
    }

    /// A question typed on the command line.
    ///
    /// # Errors
    /// When it is not SPARQL; prefixes of `names` need no declaration.
    pub fn inline(text: &str, names: &Names) -> Result<Self> {
        Self::inline_at(text, names, None)
    }

    /// The same, with IRIs that are relative to one; where that is none, they are refused.
    ///
    /// # Errors
    /// As [`Question::inline`].
    pub fn inline_at(text: &str, names: &Names, base: Option<&str>) -> Result<Self> {
        let mut parser = SparqlParser::new();
        if let Some(base) = base.filter(|base| NamedNode::new(*base).is_ok()) {
            parser = parser.with_base_iri(base)?;
        }
        for (name, iri) in names.prefixes() {
            parser = parser.with_prefix(name, iri)?;
        }
        let question = Self::parse(&File::named(Path::new("(query)")), text.to_owned(), parser)?;
        let written = text.to_lowercase();
        let is_ours = |name: &str| {
            text.contains(&format!("{name}:"))
                && !written.contains(&format!("prefix {}:", name.to_lowercase()))
        };
        let used = names.prefixes().iter().filter(|(name, _)| is_ours(name));
        let prefixes: String = used.map(|(name, iri)| format!("PREFIX {name}: <{iri}>\n")).collect();
        Ok(Self { sent: format!("{prefixes}{text}"), ..question })
    }

    fn parse(file: &File, text: String, parser: SparqlParser) -> Result<Self> {
        if let Some(excess) = limits::excess(&text) {
            return Err(Problem::error(&file.path, excess).help("ask in several steps").into());
        }
        let header = Header::read(file, &text)?;
        let query =
            parser.parse_query(&text).map_err(|error| syntax_problem(file, &text, &error.to_string()))?;
        let words: BTreeSet<&str> = text
            .lines()
            .filter(|line| !line.trim_start().starts_with('#'))
            .flat_map(|line| line.split(|c: char| !c.is_alphanumeric() && !['?', '$', '_'].contains(&c)))
            .filter_map(|word| word.strip_prefix(['?', '$']))
            .collect();
        if let Some(name) = header.parameters.keys().find(|name| !words.contains(name.as_str())) {
            let help = "a parameter is a variable of the query, named without its question mark";
            return Err(Problem::error(&file.path, format!("the query has no ?{name} to set"))
                .help(help)
                .into());
        }
        if let Some(message) = chart_problem(&header, &words) {
            let help = "parts: rows and bars of a bar; rows, columns and cells of a heatmap; from, to, colour and label of a timeline";
            return Err(Problem::error(&file.path, message).help(help).into());
        }
        Ok(Self { name: file.stem().to_owned(), header, file: file.clone(), sent: text.clone(), text, query })
    }

    /// The SPARQL as it stands in the file.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The columns of its answer, where it is a SELECT.
    #[must_use]
    pub fn columns(&self) -> Vec<String> {
        let mut variables = Vec::new();
        if let Query::Select { pattern, .. } = &self.query {
            let mut pattern = pattern;
            while let GraphPattern::Slice { inner, .. }
            | GraphPattern::Distinct { inner }
            | GraphPattern::Reduced { inner } = pattern
            {
                pattern = inner;
            }
            if let GraphPattern::Project { variables: projected, .. } = pattern {
                variables.extend(projected.iter().map(|variable| variable.as_str().to_owned()));
            }
        }
        variables
    }

    /// What it asks, as SPARQL's algebra.
    #[must_use]
    pub fn query(&self) -> &Query {
        &self.query
    }

    /// Whether it says itself which graphs it is asked of.
    #[must_use]
    pub fn names_a_dataset(&self) -> bool {
        let (Query::Select { dataset, .. }
        | Query::Construct { dataset, .. }
        | Query::Describe { dataset, .. }
        | Query::Ask { dataset, .. }) = &self.query;
        dataset.is_some()
    }

    /// Whether it looks into named graphs, of which a graph in memory has none.
    #[must_use]
    pub fn names_graphs(&self) -> bool {
        self.query.to_string().contains("GRAPH ")
    }

    /// Asks it, with values for some of its parameters.
    ///
    /// # Errors
    /// When a parameter or value is not known, or the store fails.
    pub fn ask(&self, engine: &Engine, names: &Names, values: &[(String, String)]) -> Result<Answer> {
        self.ask_for(usize::MAX, engine, names, values)
    }

    /// Its text with values for some of its parameters, as it is asked.
    ///
    /// # Errors
    /// When a parameter or value is not known.
    pub fn asked(&self, engine: &Engine, names: &Names, values: &[(String, String)]) -> Result<String> {
        Ok(parameters::bind(self, engine, names, values)?.1)
    }

    /// The same for the first rows or triples of the answer, so many at most.
    ///
    /// # Errors
    /// As [`Question::ask`].
    pub fn ask_for(
        &self,
        most: usize,
        engine: &Engine,
        names: &Names,
        values: &[(String, String)],
    ) -> Result<Answer> {
        Ok(match self.results(engine, names, values)? {
            QueryResults::Boolean(truth) => Answer::Truth(truth),
            QueryResults::Graph(triples) => Answer::Triples(distinct(triples)?),
            QueryResults::Solutions(solutions) => {
                let variables = solutions.variables().to_vec();
                let rows = solutions
                    .take(most)
                    .map(|solution| Ok(solution?.values().to_vec()))
                    .collect::<Result<Vec<_>, QueryEvaluationError>>()
                    .with_context(|| format!("{}: the query failed", self.file.path.display()))?;
                Answer::Table(Table { variables, rows })
            }
        })
    }

    /// What the engine gives, as it comes.
    ///
    /// # Errors
    /// As [`Question::ask`].
    pub fn results(
        &self,
        engine: &Engine,
        names: &Names,
        values: &[(String, String)],
    ) -> Result<QueryResults<'static>> {
        let (query, text) = parameters::bind(self, engine, names, values)?;
        engine.results(&query, &text).with_context(|| self.file.path.display().to_string())
    }

    /// Asks a question whose answer is a table.
    ///
    /// # Errors
    /// As [`Question::ask`], and when it is no SELECT.
    pub fn table(&self, engine: &Engine, names: &Names) -> Result<Table> {
        match self.ask(engine, names, &[])? {
            Answer::Table(table) => Ok(table),
            _ => Err(Problem::error(&self.file.path, "not a SELECT query")
                .help("this place wants a table of answers")
                .into()),
        }
    }
}

/// All triples that are different, in order.
///
/// # Errors
/// When the query fails on the way.
pub fn distinct(triples: QueryTripleIter<'_>) -> Result<Vec<Triple>> {
    let mut triples = triples.collect::<Result<Vec<_>, _>>()?;
    triples.sort_by_cached_key(ToString::to_string);
    triples.dedup();
    Ok(triples)
}

/// What is wrong with the picture that a header describes.
fn chart_problem(header: &Header, variables: &BTreeSet<&str>) -> Option<String> {
    if header.chart.is_empty() {
        return None;
    }
    let Some((_, parts)) = PARTS.iter().find(|(view, _)| *view == header.view) else {
        return Some(format!("a {} has no `chart`", header.view));
    };
    for (part, needed) in *parts {
        if *needed && !header.chart.contains_key(*part) {
            return Some(format!("`chart` does not say what the {part} are"));
        }
    }
    for (part, columns) in &header.chart {
        if !parts.iter().any(|(known, _)| known == part) {
            return Some(format!("a {} has no `{part}`", header.view));
        }
        let is_there = |column: &str| {
            variables.iter().any(|name| {
                *name == column || name.strip_prefix(column).is_some_and(|rest| rest.starts_with('_'))
            })
        };
        if let Some(column) = columns.split_whitespace().find(|column| !is_there(column)) {
            return Some(format!("the query has no ?{column} to draw"));
        }
    }
    None
}

/// All questions directly under `folder` (as `""` or `"networks/"`), in order of their names.
///
/// # Errors
/// As [`Question::read`], at the first bad file.
pub fn catalogue(queries: &Folder, folder: &str) -> Result<Vec<Question>> {
    let here = |file: &&File| !file.name[folder.len()..].contains('/');
    queries.matching(folder, &["rq"]).filter(here).map(Question::read).collect()
}

/// The question of this name, or the file of this path.
///
/// # Errors
/// When there is none; says which name is like it.
pub fn find(queries: &Folder, folder: &str, name: &str) -> Result<Question> {
    let path = Path::new(name);
    if path.extension().is_some_and(|extension| extension == "rq") && path.is_file() {
        return Question::read(&File::named(path));
    }
    let wanted = format!("{folder}{}.rq", name.trim_end_matches(".rq"));
    if let Some(file) = queries.files.iter().find(|file| file.name == wanted) {
        return Question::read(file);
    }
    let names: Vec<&str> = queries.matching(folder, &["rq"]).map(super::folder::File::stem).collect();
    let meant = nearest(name, names.iter().copied())
        .map(|name| format!("did you mean `{name}`? "))
        .unwrap_or_default();
    Err(Problem::error(&queries.path.join(folder), format!("no query `{name}`"))
        .help(format!("{meant}`--list` shows all of them"))
        .into())
}

/// oxigraph says `error at LINE:COLUMN: expected …`, where it looked furthest, which may be past the
/// end, and lists every character that might have come.
fn syntax_problem(file: &File, text: &str, told: &str) -> Problem {
    let place = told.strip_prefix("error at ").and_then(|rest| {
        let (place, message) = rest.split_once(": ")?;
        let (line, column) = place.split_once(':')?;
        Some((line.parse::<usize>().ok()?, column.parse().ok()?, message))
    });
    let (mut line, mut column, message) = place.unwrap_or((0, 0, told));
    let last = text.trim_end().lines().count();
    if line > last {
        (line, column) = (last, 0);
    }
    let problem = |message: String| Problem::error(&file.path, message).at(line, column);
    if message.contains("Prefix not found") {
        let before: String = text
            .lines()
            .nth(line.saturating_sub(1))
            .unwrap_or_default()
            .chars()
            .take(column.saturating_sub(1))
            .collect();
        let word = before.trim_end().rsplit(char::is_whitespace).next().unwrap_or_default();
        return problem(format!("the prefix of `{word}` is not declared"))
            .help("add a line `PREFIX name: <IRI>` at the top");
    }
    let message = message.lines().next().unwrap_or_default();
    problem(format!("not SPARQL: {message}")).help(
        "a bracket, a dot or a keyword may be missing just before; see https://www.w3.org/TR/sparql11-query/",
    )
}
