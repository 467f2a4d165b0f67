//! One short file for each command: read, do, write.

mod build;
mod coding;
mod diff;
mod explain;
mod export;
mod extract;
mod load;
mod map;
mod network;
mod query;
mod serve;
mod verify;
mod withdraw;

use crate::authority::Authority;
use crate::cli::{Asked, Cli, Command, Files, Folders};
use crate::corpus::{Corpus, Corrections};
use crate::folder::{File, Folder};
use crate::graph::Graph;
use crate::language::read_languages;
use crate::map::Content;
use crate::names::Names;
use crate::ontology::Ontology;
use crate::problem::{Problem, Severity};
use crate::query::{Endpoint, Engine};
use crate::rdf::Facts;
use crate::store::{self, Store};
use anyhow::Result;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::Duration;

/// Runs a command; false where something is wrong in the data, though the work was done.
///
/// # Errors
/// When the command could not do its work.
pub fn run(cli: &Cli) -> Result<bool> {
    let folders = &cli.folders;
    match &cli.command {
        Command::Build(options) => build::run(folders, options),
        Command::Coding(options) => coding::run(folders, options),
        Command::Extract(options) => extract::run(folders, options),
        Command::Load(options) => load::run(folders, options),
        Command::Map(options) => map::run(folders, options),
        Command::Export(options) => export::run(folders, options),
        Command::Query(options) => query::run(folders, options),
        Command::Network(options) => network::run(folders, options),
        Command::Serve(options) => serve::run(folders, options),
        Command::Worker(options) => serve::worker(options),
        Command::Verify(options) => verify::run(folders, options),
        Command::Diff(options) => diff::run(options),
        Command::Withdraw(options) => withdraw::run(folders, options),
    }
}

/// Says on standard error why a command could not do its work.
pub fn complain(error: &anyhow::Error) {
    if let Some(problem) = error.downcast_ref::<Problem>() {
        eprintln!("{problem}");
        return;
    }
    // Messages of our own come first and say what to do; what the system said follows.
    let causes: Vec<String> = error.chain().map(ToString::to_string).collect();
    let (first, rest) = causes.split_first().map_or(("", &[][..]), |(first, rest)| (first.as_str(), rest));
    let (message, help) = first.split_once('\n').unwrap_or((first, ""));
    let because: String = rest.iter().map(|cause| format!(": {cause}")).collect();
    eprintln!("error: {message}{because}");
    if !help.is_empty() {
        eprintln!("{help}");
    }
}

/// Reads the folders and inputs, and tells what is wrong in them.
fn corpus(folders: &Folders, inputs: &[PathBuf], files: &Files) -> Result<Corpus> {
    corpus_with(folders, inputs, files, Corrections::Made)
}

fn corpus_with(
    folders: &Folders,
    inputs: &[PathBuf],
    files: &Files,
    corrections: Corrections,
) -> Result<Corpus> {
    let (mut corpus, data) = without_sources(folders)?;
    corpus.add(&data, inputs, &files.reading(), corrections)?;
    tell(&corpus.problems);
    Ok(corpus)
}

/// Reads the folders but no source; gives that of the data as well.
fn without_sources(folders: &Folders) -> Result<(Corpus, Folder)> {
    let ontology = Folder::find("ontology", folders.ontology.as_deref())?;
    let data = Folder::find("data", folders.data.as_deref())?;
    let themes = folders.themes.as_deref().map(File::named);
    let (languages, (ontology, known)) = rayon::join(
        || read_languages(&ontology),
        || rayon::join(|| Ontology::read(&ontology, themes.as_ref()), || Authority::facts(&data)),
    );
    Ok((Corpus::without_sources(ontology?, languages?, known?, &data)?, data))
}

fn queries(folders: &Folders) -> Result<Folder> {
    Folder::find("queries", folders.queries.as_deref())
}

/// Prints problems, then how many there are.
fn tell(problems: &[Problem]) {
    for problem in problems {
        eprintln!("{problem}");
    }
    let count = |severity| problems.iter().filter(|problem| problem.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    if errors + warnings > 0 {
        eprintln!("{errors} errors, {warnings} warnings\n");
    }
}

/// What to ask, the short names of its IRIs, and whether its data are without errors.
fn asked(folders: &Folders, asked: &Asked) -> Result<(Engine, Names, bool)> {
    if let Some(path) = &asked.graph {
        let (store, names) = graph_file(folders, &File::named(path))?;
        return Ok((Engine::local(store), names, true));
    }
    if let Some(path) = &asked.store {
        return Ok((Engine::local(store::open(path)?), known_names(folders)?, true));
    }
    if let Some(url) = &asked.endpoint {
        let timeout = Duration::from_secs(asked.timeout);
        let endpoint = Endpoint::new(url, timeout, asked.authorization()?);
        return Ok((Engine::Remote(endpoint), known_names(folders)?, true));
    }
    let corpus = corpus(folders, &asked.input, &asked.files)?;
    let store = Store::of(&Graph::of(&corpus, Content::default()));
    let (fine, names) = (!corpus.has_errors(), corpus.names.clone());
    // To take it apart takes longer than many a question.
    rayon::spawn(|| drop(corpus));
    Ok((Engine::local(store), names, fine))
}

/// Short names as the folders declare them, for data that declare none.
fn known_names(folders: &Folders) -> Result<Names> {
    let ontology = Folder::find("ontology", folders.ontology.as_deref())?;
    let data = Folder::find("data", folders.data.as_deref())?;
    let mut prefixes = crate::vocab::prefixes();
    for folder in [&ontology, &data] {
        for file in folder.matching("", &["ttl"]).filter(|file| file.name != "shapes.ttl") {
            let mut facts = Facts::default();
            facts.read(file)?;
            prefixes.append(&mut facts.prefixes);
        }
    }
    Ok(Names::new(prefixes, crate::corpus::SPACE))
}

/// A file of RDF, ready to be asked, and the short names that it declares, or else the folders do.
fn graph_file(folders: &Folders, file: &File) -> Result<(Store, Names)> {
    let (graph, mut prefixes) = store::read_graph(file)?;
    let declared: BTreeSet<String> = prefixes.values().cloned().collect();
    for (name, iri) in known_names(folders)?.prefixes() {
        if !declared.contains(iri) {
            prefixes.entry(name.clone()).or_insert_with(|| iri.clone());
        }
    }
    Ok((Store::of(&graph), Names::new(prefixes, crate::corpus::SPACE)))
}
