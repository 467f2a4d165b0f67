//! What can be typed after `dictum serve`.

use super::{Files, Said};
use crate::serve::Log;
use axum::http::HeaderValue;
use clap::Args;
use std::net::SocketAddr;
use std::path::PathBuf;

/// Serve the explorer, a SPARQL endpoint, and an address for each question, network and thing
///
/// Nothing can be changed through it, and nothing is fetched from elsewhere. Others
/// than this machine reach it only where `--bind` says so. Ctrl+C ends it; the
/// signal HUP makes it read its data again.
///
/// Examples:
///   dictum serve
///   dictum serve --graph out/graph.ttl --bind 0.0.0.0:8080 --cors '*'
///   curl 'http://127.0.0.1:7878/api/contacts-by-country.csv?country=IT'
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub struct Serve {
    /// Address and port; port 0 takes any that is free
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:7878")]
    pub bind: SocketAddr,
    /// Serve a file of RDF instead of the data folder; without the explorer
    #[arg(long, value_name = "FILE")]
    pub graph: Option<PathBuf>,
    /// Serve a store on disk that `load` or `build --store` made (needs the feature `disk`); without the explorer
    #[arg(long, value_name = "DIR", conflicts_with = "graph")]
    pub store: Option<PathBuf>,
    /// Source texts and tables of quotes to serve instead of everything under `data/`
    #[arg(long, value_name = "FILE", conflicts_with_all = ["graph", "store"], num_args = 1..)]
    pub input: Vec<PathBuf>,
    #[command(flatten)]
    #[expect(missing_docs)]
    pub files: Files,
    #[command(flatten)]
    #[expect(missing_docs)]
    pub said: Said,
    /// Read the data again when a file of theirs has changed
    #[arg(long)]
    pub watch: bool,
    /// Seconds that an answer may take, to its last byte
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..))]
    pub timeout: u64,
    /// Rows that an answer may have
    #[arg(long, value_name = "ROWS", default_value_t = 1_000_000)]
    pub rows: usize,
    /// Queries of SPARQL that are answered at once, each by a process with a store of its own; as many as there are
    /// processors where it is not given
    #[arg(long, value_name = "PROCESSES", value_parser = workers)]
    pub workers: Option<usize>,
    /// Memory, in MiB, that one query may take beyond the store
    #[arg(long, value_name = "MIB", default_value_t = 1024)]
    pub memory: u64,
    /// Pages from elsewhere that may read the answers in a browser, as https://example.org, or * for all
    #[arg(long, value_name = "ORIGIN")]
    pub cors: Option<HeaderValue>,
    /// How requests are logged on standard error
    #[arg(long, value_enum, default_value_t)]
    pub log: Log,
}

fn workers(text: &str) -> Result<usize, String> {
    text.parse().ok().filter(|many| *many > 0).ok_or_else(|| "a whole number above 0".to_owned())
}

/// Answers queries for a server, which starts it.
#[derive(Debug, Args)]
pub struct Worker {
    /// A store on disk, instead of statements on standard input
    #[arg(long, value_name = "DIR")]
    pub store: Option<PathBuf>,
    /// Bytes of memory beyond the store
    #[arg(long)]
    pub memory: u64,
}
