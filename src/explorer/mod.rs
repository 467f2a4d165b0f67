//! The explorer: one page with facets, graph, timeline, sources and questions; `web/` makes it, this gives it its data.
//!
//! In: a corpus, its graph, the network that is the picture of the whole, and the questions. Out: an [`Index`] in
//! columns, which a page can filter a hundred thousand quotations by, and a [`Bundle`] that has all texts as well, for
//! one file that needs no server.

mod columns;
mod page;
mod sources;
mod terms;

pub use columns::Columns;
pub use page::{IS_BUILT, MOST, NOT_BUILT, PAGE, write_file};
pub use sources::SourceView;
pub use terms::Term;

use crate::chart::draw;
use crate::corpus::{Corpus, Source};
use crate::export::push_line;
use crate::graph::Graph;
use crate::map::{Content, Mapper};
use crate::names::Names;
use crate::network::Network;
use crate::ontology::labels_of;
use crate::query::{Dictionary, Engine, Question, Table};
use crate::rdf::{iris, literals};
use crate::record::Record;
use crate::vocab as v;
use anyhow::Result;
use oxigraph::model::Triple;
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use terms::Terms;

/// Network that is the picture of the whole.
pub const PICTURE: &str = "relations";

/// The picture of the whole, laid out; `None` where there is no such network, or no link in it.
///
/// # Errors
/// As [`Network::of`].
pub fn picture(networks: &[Question], engine: &Engine, names: &Names) -> Result<Option<Network>> {
    let Some(question) = networks.iter().find(|question| question.name == PICTURE) else { return Ok(None) };
    let mut network = Network::of(question, engine, names, &[])?;
    if network.graph.edge_count() == 0 {
        return Ok(None);
    }
    network.work_out();
    Ok(Some(network))
}

/// Words by language tag.
type Labels = BTreeMap<String, String>;

/// What the page is made of.
#[derive(Debug, Clone, Copy)]
pub struct Shown<'a> {
    /// The quotations.
    pub corpus: &'a Corpus,
    /// Everything that is said of them.
    pub graph: &'a Graph,
    /// The network whose coordinates the picture begins with, where it has a link.
    pub picture: Option<&'a Network>,
    /// The questions, with their answers where the page has to bring them along.
    pub questions: &'a [(&'a Question, Option<&'a Table>)],
    /// What columns are called.
    pub dictionary: &'a Dictionary,
    /// Whether the pages that quotations stand on may be shown.
    pub pages: bool,
}

/// Everything but the texts.
#[derive(Debug, Serialize)]
pub struct Index {
    /// Of this form.
    format: u8,
    /// Changes with the data.
    pub version: String,
    title: Labels,
    description: Labels,
    prefixes: BTreeMap<String, String>,
    dataset: Dataset,
    terms: Vec<Term>,
    quotations: Columns,
    layout: Layout,
    queries: Vec<Query>,
    headings: BTreeMap<String, Labels>,
    /// Sources that have a page.
    pages: Vec<String>,
    /// Groups of questions by name, in the order in which they are shown.
    groups: Vec<(String, Labels)>,
}

/// What the publishers of the data say of it.
#[derive(Debug, Default, Serialize)]
struct Dataset {
    rights: Labels,
    license: Option<String>,
}

/// Where terms stand in the picture.
#[derive(Debug, Default, Serialize)]
struct Layout {
    at: Vec<usize>,
    x: Vec<f64>,
    y: Vec<f64>,
}

#[derive(Debug, Serialize)]
struct Query {
    name: String,
    summary: String,
    description: String,
    question: Labels,
    tags: Vec<String>,
    view: String,
    chart: BTreeMap<String, String>,
    parameters: Vec<Parameter>,
    columns: Vec<String>,
    sparql: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    answer: Option<Answer>,
    /// SVG, where the answer is here and its question says how it is drawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    picture: Option<String>,
}

#[derive(Debug, Serialize)]
struct Parameter {
    name: String,
    kind: String,
    description: String,
}

/// Cells as CSV has them.
#[derive(Debug, Serialize)]
struct Answer {
    columns: Vec<String>,
    rows: Vec<Vec<Option<String>>>,
}

/// Everything, texts and pages too.
#[derive(Debug, Serialize)]
pub struct Bundle<'a> {
    index: Index,
    records: Vec<&'a Record>,
    sources: Vec<SourceView>,
    /// What the graph says of each quotation, in N-Triples, where there are not too many.
    #[serde(skip_serializing_if = "Option::is_none")]
    statements: Option<Vec<String>>,
}

/// So many quotations are given with all statements.
const WITH_STATEMENTS: usize = 1_000;

impl Index {
    /// What a page needs to filter and draw; the same for the same data.
    #[must_use]
    pub fn of(shown: &Shown<'_>) -> Self {
        let corpus = shown.corpus;
        let content = Content::default();
        let (names, ontology, authority) = (&corpus.names, &corpus.ontology, &corpus.authority);
        let mapper = Mapper { names, ontology, authority, content };
        let triples: Vec<_> = shown.graph.triples().collect();
        let mut terms = Terms::new(&triples, names);
        let quotations = Columns::of(corpus, &mapper, &mut terms);
        let layout = shown.picture.map(|network| layout(network, &mut terms)).unwrap_or_default();
        let facts: Vec<&Triple> = corpus.dataset.triples.iter().collect();
        let dataset = Dataset {
            rights: labels_of(literals(&facts, v::RIGHTS)),
            license: iris(&facts, v::LICENSE).next().map(str::to_owned),
        };
        let headings = shown.dictionary.columns.iter();
        let groups = shown.dictionary.groups.iter();
        let pages = corpus.sources.iter().filter(|source| shown.pages && source.page.is_some());
        let mut index = Self {
            format: 1,
            version: String::new(),
            title: labels_of(literals(&facts, v::TITLE)),
            description: labels_of(literals(&facts, v::DESCRIPTION)),
            prefixes: names.prefixes().clone(),
            dataset,
            terms: terms.finish(),
            quotations,
            layout,
            queries: shown
                .questions
                .iter()
                .map(|(question, table)| query(question, *table, shown.dictionary))
                .collect(),
            headings: headings.map(|(name, entry)| (name.clone(), entry.labels.clone())).collect(),
            pages: pages.map(|source| source.name.clone()).collect(),
            groups: groups.map(|group| (group.name.clone(), group.labels.clone())).collect(),
        };
        index.version = version(&index, corpus);
        index
    }
}

impl Index {
    /// Of each record everything that a person would look for it by, in lower case.
    pub fn words<'r>(&self, records: impl Iterator<Item = &'r Record>) -> Vec<String> {
        let found = records.enumerate().map(|(place, record)| {
            let printed = [
                Some(&record.text),
                record.text_emended.as_ref(),
                record.citation.as_ref(),
                record.continued.as_ref(),
            ];
            let mut words: String =
                printed.into_iter().flatten().map(|text| text.to_lowercase() + "\n").collect();
            for term in self.quotations.terms_of(place).filter_map(|term| self.terms.get(term)) {
                term.labels().for_each(|label| words.push_str(&(label.to_lowercase() + "\n")));
            }
            words
        });
        found.collect()
    }
}

impl<'a> Bundle<'a> {
    /// Everything for one file.
    #[must_use]
    pub fn of(shown: &Shown<'a>) -> Self {
        let index = Index::of(shown);
        let sources = &shown.corpus.sources;
        let views = sources.iter().map(|source| SourceView::of(source, shown, &index)).collect();
        let records: Vec<&Record> = shown.corpus.records().collect();
        let statements = (shown.pages && records.len() <= WITH_STATEMENTS).then(|| statements(shown.corpus));
        Self { index, records, sources: views, statements }
    }
}

/// What the mapping says of each quotation, as lines.
fn statements(corpus: &Corpus) -> Vec<String> {
    let (names, ontology, authority) = (&corpus.names, &corpus.ontology, &corpus.authority);
    let mapper = Mapper { names, ontology, authority, content: Content::default() };
    let of = |source: &Source, record: &Record| {
        let document = source.page.as_ref().map(|page| &page.document);
        let mut lines = Vec::new();
        mapper.record(record, None, document, &mut |triple| push_line(&mut lines, triple, None));
        String::from_utf8_lossy(&lines).into_owned()
    };
    corpus
        .sources
        .iter()
        .flat_map(|source| source.records.iter().map(move |record| of(source, record)))
        .collect()
}

/// The place of the first record of a source among all.
fn first_of(corpus: &Corpus, name: &str) -> usize {
    corpus.sources.iter().take_while(|source| source.name != name).map(|source| source.records.len()).sum()
}

/// A checksum of everything that a page may show.
fn version(index: &Index, corpus: &Corpus) -> String {
    let mut digest = Sha256::new();
    digest.update(serde_json::to_vec(index).unwrap_or_default());
    for record in corpus.records() {
        digest.update(serde_json::to_vec(record).unwrap_or_default());
    }
    crate::source::hex(&digest.finalize()[..8])
}

fn layout(network: &Network, terms: &mut Terms<'_>) -> Layout {
    let mut layout = Layout::default();
    for node in network.graph.node_weights() {
        layout.at.push(terms.place_of(&node.iri));
        layout.x.push((node.x * 10.0).round() / 10.0);
        layout.y.push((node.y * 10.0).round() / 10.0);
    }
    layout
}

fn query(question: &Question, table: Option<&Table>, dictionary: &Dictionary) -> Query {
    let header = &question.header;
    let parameters = header.parameters.iter().map(|(name, parameter)| Parameter {
        name: name.clone(),
        kind: parameter.kind.clone(),
        description: parameter.description.clone(),
    });
    Query {
        name: question.name.clone(),
        summary: header.summary.clone(),
        description: header.description.clone(),
        question: header.question.clone(),
        tags: header.tags.clone(),
        view: header.view.clone(),
        chart: header.chart.clone(),
        parameters: parameters.collect(),
        columns: question.columns(),
        sparql: question.text().to_owned(),
        answer: table.map(answer),
        picture: table.and_then(|table| draw(question, table, dictionary)),
    }
}

fn answer(table: &Table) -> Answer {
    Answer {
        columns: table.variables.iter().map(|variable| variable.as_str().to_owned()).collect(),
        rows: table
            .rows
            .iter()
            .map(|row| row.iter().map(|term| Some(Table::plain(term.as_ref()?))).collect())
            .collect(),
    }
}
