//! `dictum export`: the whole graph in one of the serialisations of RDF.

use crate::cli::{Export, Folders};
use crate::export::{Format, write_graph};
use crate::graph::Graph;
use crate::output::Target;
use crate::rights::withhold;
use anyhow::Result;

pub(super) fn run(folders: &Folders, options: &Export) -> Result<bool> {
    let mut corpus = super::corpus(folders, &options.inputs, &options.files)?;
    let graph = Graph::of(&corpus, options.said.content());
    let graph = withhold(options.said.text, &mut corpus, graph);
    let target = Target::of(options.output.as_deref());
    let format = options.format.or_else(|| Format::from_extension(target.extension())).unwrap_or_default();
    target.write(|out| write_graph(&graph, format, &corpus.names, out))?;
    Ok(!corpus.has_errors())
}
