//! `/query`: the SPARQL 1.1 Protocol, <https://www.w3.org/TR/sparql11-protocol/>; queries only.

use super::Server;
use super::ask::{Ask, Failure};
use super::forms::{GRAPH, TABLE, wanted};
use super::reply;
use crate::cli::Form;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Response, Uri, header};

/// `GET /query?query=…`; without a query, what this service is.
pub(super) async fn get(State(server): State<Server>, uri: Uri, headers: HeaderMap) -> Response<Body> {
    let pairs = pairs(uri.query().unwrap_or_default().as_bytes());
    if pairs.is_empty() {
        return super::describe::service(&server.site(), &headers);
    }
    answer(&server, &pairs, &headers).await
}

/// `POST /query`, of a form or of a query as it is.
pub(super) async fn post(
    State(server): State<Server>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response<Body> {
    let media = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let media = media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let mut given = pairs(uri.query().unwrap_or_default().as_bytes());
    match media.as_str() {
        "application/x-www-form-urlencoded" => given.extend(pairs(&body)),
        "application/sparql-query" => match String::from_utf8(body.to_vec()) {
            Ok(query) => given.push(("query".to_owned(), query)),
            Err(_) => return reply::failure(&Failure::new(400, "the query is not UTF-8", "")),
        },
        "application/sparql-update" => return reply::failure(&read_only()),
        _ => {
            let help = "send application/sparql-query, or a form with `query`";
            return reply::failure(&Failure::new(415, format!("`{media}` is no query"), help));
        }
    }
    answer(&server, &given, &headers).await
}

fn read_only() -> Failure {
    Failure::new(
        403,
        "nothing can be changed here",
        "change the files in `data/`, and let the server read them again",
    )
}

/// Names and values of a query string or form.
pub(super) fn pairs(text: &[u8]) -> Vec<(String, String)> {
    form_urlencoded::parse(text).into_owned().collect()
}

async fn answer(server: &Server, pairs: &[(String, String)], headers: &HeaderMap) -> Response<Body> {
    match ask(pairs, headers) {
        Ok(ask) => match server.site().pool.clone().ask(ask).await {
            Ok(begun) => reply::bytes(&begun.media, begun.body),
            Err(failure) => reply::failure(&failure),
        },
        Err(failure) => reply::failure(&failure),
    }
}

/// The values of a parameter.
fn all<'p>(pairs: &'p [(String, String)], wanted: &'p str) -> impl Iterator<Item = &'p String> {
    pairs.iter().filter(move |(name, _)| name == wanted).map(|(_, value)| value)
}

/// The query that parameters ask for.
fn ask(pairs: &[(String, String)], headers: &HeaderMap) -> Result<Ask, Failure> {
    if all(pairs, "update").next().is_some() {
        return Err(read_only());
    }
    if all(pairs, "default-graph-uri").chain(all(pairs, "named-graph-uri")).next().is_some() {
        let message = "everything that is asked here is in one graph, the default one";
        return Err(Failure::new(400, message, "leave out `default-graph-uri` and `named-graph-uri`"));
    }
    let mut queries = all(pairs, "query");
    let (Some(query), None) = (queries.next(), queries.next()) else {
        return Err(Failure::new(400, "there is not exactly one `query`", "give one"));
    };
    let accept = reply::accept(headers);
    let table = match wanted(accept.as_deref(), TABLE) {
        Some(Form::Table(style)) => Some(style),
        _ => None,
    };
    let graph = match wanted(accept.as_deref(), GRAPH) {
        Some(Form::Graph(format)) => Some(format),
        _ => None,
    };
    // Under its own address, as far as that is known: RFC 3986, section 5.1.3.
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let base = host.map(|host| format!("http://{host}/query"));
    Ok(Ask { query: query.clone(), base, table, graph, most: 0, millis: 0 })
}
