//! `dictum export`: the whole graph in one of the serialisations of RDF, or the explorer with everything in it.

use super::build::answers;
use super::network::FOLDER;
use crate::cli::{Export, Folders, Whole};
use crate::corpus::Corpus;
use crate::explorer::{Shown, picture, write_file};
use crate::export::{Format, write_graph};
use crate::graph::Graph;
use crate::output::Target;
use crate::query::{Dictionary, Engine, catalogue};
use crate::rights::{Words, withhold};
use crate::store::Store;
use anyhow::Result;
use std::io::Write;

pub(super) fn run(folders: &Folders, options: &Export) -> Result<bool> {
    let target = Target::of(options.output.as_deref());
    let form = options.format.or_else(|| Whole::from_extension(target.extension()));
    let mut corpus = super::corpus(folders, &options.inputs, &options.files)?;
    let graph = Graph::of(&corpus, options.said.content());
    let graph = withhold(options.said.text, &mut corpus, graph);
    let pages = options.said.text == Words::Full;
    target.write(|out| match form.unwrap_or(Whole::Graph(Format::default())) {
        Whole::Graph(format) => write_graph(&graph, format, &corpus.names, out),
        Whole::Page => write_explorer(folders, &corpus, &graph, pages, out),
    })?;
    Ok(!corpus.has_errors())
}

fn write_explorer(
    folders: &Folders,
    corpus: &Corpus,
    graph: &Graph,
    pages: bool,
    out: impl Write,
) -> Result<()> {
    let queries = super::queries(folders)?;
    let dictionary = Dictionary::read(&queries)?;
    let engine = Engine::local(Store::of(graph));
    let tables = answers(&catalogue(&queries, "")?, &engine, &corpus.names)?;
    let picture = picture(&catalogue(&queries, FOLDER)?, &engine, &corpus.names)?;
    let questions: Vec<_> = tables.iter().map(|(question, table)| (question, Some(table))).collect();
    let shown = Shown {
        corpus,
        graph,
        picture: picture.as_ref(),
        questions: &questions,
        dictionary: &dictionary,
        pages,
    };
    write_file(&shown, out)
}
