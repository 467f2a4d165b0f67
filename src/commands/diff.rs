//! `dictum diff`: what changed between two graphs.

use crate::cli::Diff as Options;
use crate::diff::Diff;
use crate::folder::File;
use crate::graph::Graph;
use crate::names::Names;
use crate::output::Target;
use crate::store::read_graph;
use anyhow::{Result, bail};
use std::collections::BTreeMap;
use std::path::Path;

/// The file of a build that holds its graph.
const GRAPH: &str = "graph.ttl";

pub(super) fn run(options: &Options) -> Result<bool> {
    let (before, mut prefixes) = read(&options.before)?;
    let (after, more) = read(&options.after)?;
    prefixes.extend(more);
    prefixes.extend(crate::vocab::prefixes());
    let names = Names::new(prefixes, crate::corpus::SPACE);
    Target::Stdout.write(|out| Diff::of(&before, &after).write(&names, out))?;
    Ok(true)
}

/// A file of RDF, or the graph of a folder that a build wrote.
fn read(path: &Path) -> Result<(Graph, BTreeMap<String, String>)> {
    let file = if path.is_dir() { path.join(GRAPH) } else { path.to_owned() };
    if !file.is_file() {
        bail!(
            "{}: no such file\n  help: give a file of RDF, or a folder that `dictum build` wrote",
            file.display()
        );
    }
    read_graph(&File::named(&file))
}
