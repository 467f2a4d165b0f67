//! `/store`: the SPARQL 1.1 Graph Store HTTP Protocol, <https://www.w3.org/TR/sparql11-http-rdf-update/>; reads only.

use super::Server;
use super::ask::Failure;
use super::forms::{GRAPH, wanted};
use super::protocol::pairs;
use super::reply;
use super::site::Site;
use crate::cli::Form;
use crate::export::{Format, write_triples};
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Response, Uri};
use oxigraph::model::Triple;

/// `GET /store?default` or `/store?graph=IRI`.
pub(super) async fn get(State(server): State<Server>, uri: Uri, headers: HeaderMap) -> Response<Body> {
    let site = server.site();
    let asked = pairs(uri.query().unwrap_or_default().as_bytes());
    let graph = match asked.as_slice() {
        [(name, value)] if name == "default" && value.is_empty() => None,
        [(name, iri)] if name == "graph" => Some(iri.clone()),
        _ => {
            return reply::failure(&Failure::new(
                400,
                "say which graph",
                "`?default`, or `?graph=` and its IRI",
            ));
        }
    };
    let Some(Form::Graph(format)) = wanted(reply::accept(&headers).as_deref(), GRAPH) else {
        return reply::failure(&Failure::new(406, "a graph has no such form", "ask for text/turtle"));
    };
    let job = move |_: &_| content(&site, graph.as_deref(), format);
    match server.jobs.run(job).await {
        Ok(Some(content)) => reply::form(Form::Graph(format), content),
        Ok(None) => reply::not_found("there is no such graph"),
        Err(failure) => reply::failure(&failure),
    }
}

fn content(site: &Site, graph: Option<&str>, format: Format) -> Result<Option<Vec<u8>>, Failure> {
    let triples = site.statements(graph).map_err(|error| reply::error(&error))?;
    let written = triples.map(|triples| {
        let triples: Vec<_> = triples.iter().map(Triple::as_ref).collect();
        let mut out = Vec::new();
        write_triples(&triples, format, &site.names, &mut out).map(|()| out)
    });
    written.transpose().map_err(|error| reply::error(&error))
}
