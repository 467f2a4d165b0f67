//! What is served: the data as they were when they were read, and everything that was made ready of them.

use super::pool::{Data, Limits, Pool};
use crate::cli::Said;
use crate::corpus::Corpus;
use crate::explorer::{Index, Shown, SourceView, picture};
use crate::folder::Folder;
use crate::graph::Graph;
use crate::iri::hash;
use crate::map::Mapper;
use crate::names::Names;
use crate::query::{Dictionary, Engine, Question, catalogue};
use crate::record::Record;
use crate::rights::Words;
use crate::store::Store;
use anyhow::Result;
use flate2::{Compression, write::GzEncoder};
use oxigraph::model::{GraphNameRef, Triple, TripleRef};
use oxigraph::sparql::CancellationToken;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

/// Folder of the networks among the questions.
const NETWORKS: &str = "networks/";

/// What there is to serve.
pub struct Given {
    /// Everything, to be asked.
    pub store: Store,
    /// Where the store is on disk, if it is.
    pub on_disk: Option<PathBuf>,
    /// Short names.
    pub names: Names,
    /// The questions.
    pub queries: Folder,
    /// A project folder; without one there is no explorer.
    pub project: Option<Project>,
}

/// The records of a project folder, and their graph.
pub struct Project {
    /// As they may be shown.
    pub corpus: Corpus,
    /// What is said of them.
    pub graph: Graph,
    /// How much that is.
    pub said: Said,
}

pub(super) struct Site {
    pub(super) store: Store,
    pub(super) names: Names,
    pub(super) questions: Vec<Question>,
    pub(super) networks: Vec<Question>,
    pub(super) dictionary: Dictionary,
    pub(super) pool: Arc<Pool>,
    pub(super) explorer: Option<Explorer>,
    pub(super) graph: Option<Graph>,
    /// Changes with everything that answers follow from: the data, the questions, the program.
    pub(super) version: String,
}

/// What the explorer asks for.
pub(super) struct Explorer {
    pub(super) corpus: Corpus,
    said: Said,
    pub(super) version: String,
    /// The index, as JSON, packed by gzip once for all who ask.
    pub(super) index: Vec<u8>,
    sources: Vec<SourceView>,
    /// Of each quotation everything that it is found by, in lower case.
    words: Vec<String>,
}

impl Site {
    pub(super) fn of(given: Given, limits: Limits) -> Result<Arc<Self>> {
        let Given { store, on_disk, names, queries, project } = given;
        let (questions, networks) = (catalogue(&queries, "")?, catalogue(&queries, NETWORKS)?);
        let dictionary = Dictionary::read(&queries)?;
        let data = on_disk.map_or_else(|| Data::Memory(store.clone()), Data::Disk);
        let pool = Pool::new(data, &names, limits);
        let (explorer, graph) = match project {
            None => (None, None),
            Some(project) => {
                let engine = Engine::local(store.clone());
                let (explorer, graph) = Explorer::of(project, &questions, &networks, &dictionary, &engine)?;
                (Some(explorer), Some(graph))
            }
        };
        let content = match &explorer {
            Some(explorer) => explorer.version.clone(),
            None => checksum(&store)?,
        };
        let texts = questions.iter().chain(&networks).map(Question::text);
        let version =
            hash(&[env!("CARGO_PKG_VERSION"), &content].into_iter().chain(texts).collect::<Vec<_>>());
        Ok(Arc::new(Self { store, names, questions, networks, dictionary, pool, explorer, graph, version }))
    }

    /// The store, asked until the token says stop.
    pub(super) fn engine(&self, stop: &CancellationToken) -> Engine {
        Engine::Local(self.store.clone(), stop.clone())
    }

    /// The statements of a named graph, in order; of all without a name. `None` where there is no such graph.
    pub(super) fn statements(&self, graph: Option<&str>) -> Result<Option<Vec<Triple>>> {
        let Some(name) = graph else {
            let triples: Result<Vec<Triple>> = self.store.triples(None, None, None).collect();
            return Ok(Some(sorted(&triples?)));
        };
        let is_it = |graph| matches!(graph, GraphNameRef::NamedNode(node) if node.as_str() == name);
        let quads = self.graph.iter().flat_map(Graph::quads).filter(|quad| is_it(quad.graph_name));
        let triples: Vec<Triple> = quads.map(|quad| TripleRef::from(quad).into_owned()).collect();
        Ok((!triples.is_empty()).then_some(triples))
    }
}

/// Statements as the graph has them in its files.
pub(super) fn sorted(triples: &[Triple]) -> Vec<Triple> {
    let quads = triples.iter().map(|triple| triple.as_ref().in_graph(GraphNameRef::DefaultGraph));
    Graph::from_quads(quads).triples().map(TripleRef::into_owned).collect()
}

/// A checksum of a store that is read from elsewhere; the order of its statements does not matter.
fn checksum(store: &Store) -> Result<String> {
    let mut sum = [0_u8; 32];
    for triple in store.triples(None, None, None) {
        let digest = Sha256::digest(triple?.to_string().as_bytes());
        sum.iter_mut().zip(digest).for_each(|(sum, byte)| *sum ^= byte);
    }
    Ok(crate::source::hex(&sum[..8]))
}

impl Explorer {
    fn of(
        project: Project,
        questions: &[Question],
        networks: &[Question],
        dictionary: &Dictionary,
        engine: &Engine,
    ) -> Result<(Self, Graph)> {
        let Project { corpus, graph, said } = project;
        let picture = picture(networks, engine, &corpus.names)?;
        let questions: Vec<_> = questions.iter().map(|question| (question, None)).collect();
        let shown = Shown {
            corpus: &corpus,
            graph: &graph,
            picture: picture.as_ref(),
            questions: &questions,
            dictionary,
            pages: said.text == Words::Full,
        };
        let index = Index::of(&shown);
        let sources = corpus.sources.iter().map(|source| SourceView::of(source, &shown, &index)).collect();
        let words = index.words(corpus.records());
        let version = index.version.clone();
        let mut packed = GzEncoder::new(Vec::new(), Compression::default());
        serde_json::to_writer(&mut packed, &index)?;
        let index = packed.finish()?;
        Ok((Self { corpus, said, version, index, sources, words }, graph))
    }

    /// Records by their places among all.
    pub(super) fn records(&self, at: &[usize]) -> Vec<&Record> {
        let wanted: BTreeSet<usize> = at.iter().copied().collect();
        let found = self.corpus.records().enumerate().filter(|(place, _)| wanted.contains(place));
        found.map(|(_, record)| record).collect()
    }

    /// Places of the quotations that have every word.
    pub(super) fn search(&self, words: &str) -> Vec<usize> {
        let wanted: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
        let has_all = |text: &String| {
            wanted.iter().all(|word| memchr::memmem::find(text.as_bytes(), word.as_bytes()).is_some())
        };
        self.words.iter().enumerate().filter(|(_, text)| has_all(text)).map(|(place, _)| place).collect()
    }

    pub(super) fn source(&self, name: &str) -> Option<&SourceView> {
        self.sources.iter().find(|source| source.is(name))
    }

    /// What the graph says of some quotations, as the mapping has it; nothing where words are withheld, which the mapping
    /// knows nothing of.
    pub(super) fn statements(&self, at: &[usize]) -> Option<Vec<Triple>> {
        if self.said.text != Words::Full {
            return None;
        }
        let corpus = &self.corpus;
        let (names, ontology, authority) = (&corpus.names, &corpus.ontology, &corpus.authority);
        let mapper = Mapper { names, ontology, authority, content: self.said.content() };
        let wanted: BTreeSet<usize> = at.iter().copied().collect();
        let mut triples = Vec::new();
        let mut place = 0;
        for source in &corpus.sources {
            let document = source.page.as_ref().map(|page| &page.document);
            for record in &source.records {
                if wanted.contains(&place) {
                    mapper.record(record, None, document, &mut |triple| triples.push(triple.into_owned()));
                }
                place += 1;
            }
        }
        Some(sorted(&triples))
    }
}
