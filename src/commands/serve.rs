//! `dictum serve`: what is served is read here; `crate::serve` does the rest.

use crate::cli::{Folders, Serve, Worker};
use crate::folder::{File, Folder};
use crate::graph::Graph;
use crate::rights::withhold;
use crate::serve::{Changed, Given, Project, Reading, serve, work};
use crate::store::{self, Store};
use anyhow::Result;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::SystemTime;

pub(super) fn run(folders: &Folders, options: &Serve) -> Result<bool> {
    if options.store.is_some() {
        store::on_disk()?;
    }
    let (folders, input, files) = (folders.clone(), options.input.clone(), options.files.clone());
    let said = options.said;
    let (graph, on_disk) = (options.graph.clone(), options.store.clone());
    let watched = (folders.clone(), input.clone(), graph.clone(), on_disk.clone());
    let read: Reading = Arc::new(move || {
        let queries = super::queries(&folders)?;
        if let Some(path) = &graph {
            let (store, names) = super::graph_file(&folders, &File::named(path))?;
            return Ok(Given { store, on_disk: None, names, queries, project: None });
        }
        if let Some(path) = &on_disk {
            let (store, names) = (store::open(path)?, super::known_names(&folders)?);
            return Ok(Given { store, on_disk: Some(path.clone()), names, queries, project: None });
        }
        let mut corpus = super::corpus(&folders, &input, &files)?;
        let graph = Graph::of(&corpus, said.content());
        let graph = withhold(said.text, &mut corpus, graph);
        let (store, names) = (Store::of(&graph), corpus.names.clone());
        Ok(Given { store, on_disk: None, names, queries, project: Some(Project { corpus, graph, said }) })
    });
    let changed = options.watch.then(|| {
        let mut seen = state_of(&watched);
        Box::new(move || {
            let now = state_of(&watched);
            let changed = now != seen;
            seen = now;
            changed
        }) as Changed
    });
    serve(options, read, changed)?;
    Ok(true)
}

/// Answers for a server.
pub(super) fn worker(options: &Worker) -> Result<bool> {
    work(options.store.as_deref(), options.memory)?;
    Ok(true)
}

type Watched = (Folders, Vec<PathBuf>, Option<PathBuf>, Option<PathBuf>);

/// When each file that is served was changed, and how long it is.
fn state_of((folders, input, graph, on_disk): &Watched) -> BTreeMap<PathBuf, (Option<SystemTime>, u64)> {
    let flags = [("ontology", &folders.ontology), ("data", &folders.data), ("queries", &folders.queries)];
    let folders = flags.into_iter().filter_map(|(name, flag)| Folder::find(name, flag.as_deref()).ok());
    let files = folders.flat_map(|folder| folder.files).map(|file| file.path);
    let others = input.iter().chain(graph).chain(on_disk).cloned();
    let state = files.chain(others).filter_map(|path| {
        let known = std::fs::metadata(&path).ok()?;
        Some((path, (known.modified().ok(), known.len())))
    });
    state.collect()
}
