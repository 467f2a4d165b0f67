//! `dictum serve`: a SPARQL endpoint, an address for each question, network and thing, and the explorer.
//!
//! Questions of the catalogue are answered in this process, on a limited number of threads, until a token stops them.
//! Queries of strangers are answered by workers, processes with a store of their own, as nothing but the end of a
//! process stops every query: the evaluation looks at the token only where it reads statements.

mod ask;
mod catalogue;
mod describe;
mod explorer;
mod forms;
mod frame;
mod graphs;
mod headers;
mod job;
mod listen;
mod log;
mod pool;
mod protocol;
mod reply;
mod signals;
mod site;
mod things;
mod worker;

pub use listen::Changed;
pub use log::Log;
pub use site::{Given, Project};
pub use worker::work;

use crate::cli::Serve;
use anyhow::{Context as _, Result};
use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::get;
use job::Jobs;
use pool::Limits;
use site::Site;
use std::io::Write as _;
use std::net::TcpListener;
use std::sync::{Arc, PoisonError, RwLock};
use std::thread::available_parallelism;
use std::time::Duration;
use tower_http::compression::CompressionLayer;

/// Bytes for calls within calls on each thread; only what is used is taken.
const STACK: usize = 1 << 26;

/// Reads everything that is served, at the beginning and whenever it has changed.
pub type Reading = Arc<dyn Fn() -> Result<Given> + Send + Sync>;

/// What every handler has.
#[derive(Clone)]
struct Server {
    site: Arc<RwLock<Arc<Site>>>,
    jobs: Jobs,
    limits: Limits,
    log: Log,
}

impl Server {
    /// What is served now; what has begun with one goes on with it.
    fn site(&self) -> Arc<Site> {
        self.site.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Serves until it is told to stop.
///
/// # Errors
/// When the data cannot be read, or the address is taken.
pub fn serve(options: &Serve, read: Reading, changed: Option<Changed>) -> Result<()> {
    // The address first: nobody wants to hear that it is taken after everything was read.
    let listener = TcpListener::bind(options.bind).with_context(|| {
        format!(
            "{}: this address cannot be served\n  help: `--bind 127.0.0.1:0` takes any that is free",
            options.bind
        )
    })?;
    let limits = limits(options);
    let site = Site::of(read()?, limits)?;
    let address = listener.local_addr()?;
    let cores = available_parallelism().map_or(2, usize::from);
    let server = Server {
        site: Arc::new(RwLock::new(site)),
        jobs: Jobs::new(2 * cores, limits.time),
        limits,
        log: options.log,
    };
    let runtime =
        tokio::runtime::Builder::new_multi_thread().enable_all().thread_stack_size(STACK).build()?;
    println!(
        "Dictum is at http://{address}/ until Ctrl+C: the explorer at /, SPARQL at /query, questions at /api"
    );
    std::io::stdout().flush()?;
    if !crate::explorer::IS_BUILT {
        eprintln!("note: {}", crate::explorer::NOT_BUILT);
    }
    let app = routes(&server, options);
    let result = runtime.block_on(listen::listen(listener, app, server, read, changed));
    // A query that does not stop is not waited for.
    runtime.shutdown_background();
    result
}

fn limits(options: &Serve) -> Limits {
    let cores = available_parallelism().map_or(2, usize::from);
    Limits {
        time: Duration::from_secs(options.timeout),
        rows: options.rows,
        memory: options.memory << 20,
        workers: options.workers.unwrap_or(cores),
    }
}

fn routes(server: &Server, options: &Serve) -> Router {
    let query = get(protocol::get).post(protocol::post);
    let routes = Router::new()
        .route("/", get(explorer::page))
        .route("/health", get(|| async { "ok\n" }))
        .route("/query", query.clone())
        .route("/sparql", query)
        .route("/store", get(graphs::get))
        .route("/resource", get(things::resource))
        .route("/.well-known/void", get(describe::void))
        .route("/api", get(describe::list))
        .route("/api/openapi.json", get(describe::openapi))
        .route("/api/explorer", get(explorer::index))
        .route("/api/explorer/records", get(explorer::records))
        .route("/api/explorer/search", get(explorer::search))
        .route("/api/explorer/source", get(explorer::source))
        .route("/api/explorer/download", get(explorer::download).post(explorer::download))
        .route("/api/networks/{*path}", get(catalogue::network))
        .route("/api/{name}", get(catalogue::question))
        .fallback(get(things::path))
        .method_not_allowed_fallback(reply::not_allowed)
        .with_state(server.clone());
    let routes = routes
        .layer(from_fn_with_state(server.clone(), headers::versions))
        .layer(CompressionLayer::new())
        .layer(from_fn(headers::body_in_time));
    let routes = match &options.cors {
        Some(origin) => routes.layer(headers::cors(origin)),
        None => routes,
    };
    routes.layer(from_fn(headers::careful)).layer(from_fn_with_state(server.log, log::logged))
}
