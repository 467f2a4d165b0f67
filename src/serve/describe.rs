//! What this server is and has: a description of the service, the list of questions, and the same for machines.

use super::Server;
use super::catalogue::PAGING;
use super::forms::{GRAPH, LIST, wanted};
use super::reply;
use super::site::Site;
use crate::cli::Form;
use crate::export::write_triples;
use crate::network::drawing::Drawing;
use crate::page::{escape, page_head};
use crate::query::{Parameter, Question};
use crate::vocab as v;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Response};
use clap::ValueEnum as _;
use oxigraph::model::{NamedNode, NamedNodeRef, Triple};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::Write as _;

/// Namespace of <https://www.w3.org/TR/sparql11-service-description/>.
const SD: &str = "http://www.w3.org/ns/sparql-service-description#";
/// Where W3C keeps the names of formats.
const FORMATS: &str = "http://www.w3.org/ns/formats/";
/// What the service is called from within its own description: nobody knows under which address it is reached.
const SERVICE: &str = "urn:dictum:service";

/// What the service can do, and what the publishers say of its data (VoID).
pub(super) fn service(site: &Site, headers: &HeaderMap) -> Response<Body> {
    if reply::wants_a_page(headers, GRAPH) {
        return page(site);
    }
    let Some(Form::Graph(format)) = wanted(reply::accept(headers).as_deref(), GRAPH) else {
        return reply::failure(&super::ask::Failure::new(
            406,
            "this is described in RDF only",
            "ask for text/turtle",
        ));
    };
    let mut triples = said_of_service();
    if let Ok(Some(all)) = site.statements(None) {
        triples.extend(of_dataset(&all));
    }
    let triples = super::site::sorted(&triples);
    let triples: Vec<_> = triples.iter().map(Triple::as_ref).collect();
    let mut out = Vec::new();
    match write_triples(&triples, format, &site.names, &mut out) {
        Ok(()) => reply::form(Form::Graph(format), out),
        Err(error) => reply::failure(&reply::error(&error)),
    }
}

/// `/.well-known/void`: the same, where crawlers look for it.
pub(super) async fn void(State(server): State<Server>, headers: HeaderMap) -> Response<Body> {
    service(&server.site(), &headers)
}

fn said_of_service() -> Vec<Triple> {
    let node = |space: &str, name: &str| NamedNode::new_unchecked(format!("{space}{name}"));
    let service = NamedNode::new_unchecked(SERVICE);
    let mut triples = Vec::new();
    let mut say = |subject: &NamedNode, property: NamedNode, object: NamedNode| {
        triples.push(Triple::new(subject.clone(), property, object));
    };
    let about = |name: &str| node(SD, name);
    say(&service, v::TYPE.into_owned(), about("Service"));
    say(&service, about("supportedLanguage"), about("SPARQL11Query"));
    for format in [
        "SPARQL_Results_JSON",
        "SPARQL_Results_XML",
        "SPARQL_Results_CSV",
        "SPARQL_Results_TSV",
        "Turtle",
        "N-Triples",
        "N-Quads",
        "TriG",
        "RDF_XML",
        "JSON-LD",
    ] {
        say(&service, about("resultFormat"), node(FORMATS, format));
    }
    let (dataset, graph) = (
        NamedNode::new_unchecked(format!("{SERVICE}:dataset")),
        NamedNode::new_unchecked(format!("{SERVICE}:graph")),
    );
    say(&service, about("defaultDataset"), dataset.clone());
    say(&dataset, v::TYPE.into_owned(), about("Dataset"));
    say(&dataset, about("defaultGraph"), graph.clone());
    say(&graph, v::TYPE.into_owned(), about("Graph"));
    triples
}

/// The statements about data sets, and about the parts that these count.
fn of_dataset(all: &[Triple]) -> Vec<Triple> {
    let typed = |class: NamedNodeRef<'_>| -> Vec<&Triple> {
        let is_one = |triple: &&Triple| triple.predicate == v::TYPE && triple.object == class.into();
        all.iter().filter(is_one).collect()
    };
    let sets: Vec<_> = typed(v::DATASET).into_iter().map(|triple| &triple.subject).collect();
    let of_sets: Vec<&Triple> = all.iter().filter(|triple| sets.contains(&&triple.subject)).collect();
    let parts: Vec<String> = of_sets
        .iter()
        .filter(|triple| triple.predicate == v::CLASS_PARTITION)
        .map(|triple| triple.object.to_string())
        .collect();
    all.iter()
        .filter(|triple| sets.contains(&&triple.subject) || parts.contains(&triple.subject.to_string()))
        .cloned()
        .collect()
}

/// `/api`: everything that can be asked, as JSON or as a page.
pub(super) async fn list(State(server): State<Server>, headers: HeaderMap) -> Response<Body> {
    let site = server.site();
    if reply::wants_a_page(&headers, LIST) {
        return page(&site);
    }
    let entry = |question: &Question, at: &str| {
        let parameters: BTreeMap<&String, &String> = question
            .header
            .parameters
            .iter()
            .map(|(name, parameter)| (name, &parameter.description))
            .collect();
        json!({
            "name": question.name, "summary": question.header.summary, "question": question.header.question,
            "parameters": parameters, "address": format!("{at}{}", question.name),
        })
    };
    let questions: Vec<Value> = site.questions.iter().map(|question| entry(question, "/api/")).collect();
    let networks: Vec<Value> =
        site.networks.iter().map(|question| entry(question, "/api/networks/")).collect();
    reply::json(&json!({
        "questions": questions, "networks": networks, "sparql": "/query", "graph": "/store?default",
        "description": "/api/openapi.json", "version": site.version,
    }))
}

/// `/api/openapi.json`: the addresses of all questions, from what their headers say; OpenAPI 3.1.
pub(super) async fn openapi(State(server): State<Server>) -> Response<Body> {
    let site = server.site();
    let mut paths = serde_json::Map::new();
    for question in &site.questions {
        let table = [
            "application/sparql-results+json",
            "text/csv",
            "text/tab-separated-values",
            "application/sparql-results+xml",
        ];
        let graph = ["text/turtle", "application/ld+json", "application/n-triples"];
        let types = if question.columns().is_empty() { &graph[..] } else { &table[..] };
        paths.insert(format!("/api/{}", question.name), json!({ "get": operation(question, types, true) }));
    }
    for question in &site.networks {
        let mut get = operation(question, &["application/octet-stream"], false);
        let files: Vec<String> =
            Drawing::value_variants().iter().map(|drawing| drawing.file(&question.name)).collect();
        let id = format!("network-{}", question.name);
        get["operationId"] = id.into();
        if let Some(parameters) = get["parameters"].as_array_mut() {
            parameters.insert(0, json!({
                "name": "file", "in": "path", "required": true, "schema": { "type": "string", "enum": files },
            }));
        }
        paths.insert(format!("/api/networks/{}/{{file}}", question.name), json!({ "get": get }));
    }
    paths.insert("/query".to_owned(), query_path());
    reply::json(&json!({
        "openapi": "3.1.0",
        "info": { "title": "Dictum: quotations as a graph, and questions to it", "version": site.version },
        // Seen from this description, so that it is right behind another server as well.
        "servers": [{ "url": ".." }],
        "paths": paths,
        "components": { "schemas": { "Problem": problem() } },
    }))
}

fn operation(question: &Question, types: &[&str], table: bool) -> Value {
    let header = &question.header;
    let mut parameters: Vec<Value> =
        header.parameters.iter().map(|(name, parameter)| own_parameter(name, parameter)).collect();
    if table {
        let about = [
            "rows that are wanted",
            "rows that are left out at the beginning",
            "language of names and headings, as en or zh",
            "form of the answer; an ending of the address, as .csv, says the same",
        ];
        parameters.extend(PAGING.iter().zip(about).map(|(name, about)| {
            let schema = match *name {
                "limit" | "offset" => json!({ "type": "integer", "minimum": 0 }),
                "format" => json!({ "type": "string", "enum": Form::names() }),
                _ => json!({ "type": "string" }),
            };
            json!({ "name": name, "in": "query", "description": about, "schema": schema })
        }));
    }
    let content: serde_json::Map<String, Value> =
        types.iter().map(|name| ((*name).to_owned(), json!({}))).collect();
    json!({
        "operationId": question.name, "summary": header.summary, "description": header.description, "tags": header.tags,
        "parameters": parameters,
        "responses": responses(&content.into(), "a parameter is not known or has no such value"),
    })
}

/// What may come: an answer of these types, or what is wrong.
fn responses(content: &Value, wrong: &str) -> Value {
    let problem = |about: &str| {
        let schema = json!({ "$ref": "#/components/schemas/Problem" });
        json!({ "description": about, "content": { "application/problem+json": { "schema": schema } } })
    };
    json!({
        "200": { "description": "the answer", "content": content },
        "400": problem(wrong),
        "406": problem("it has none of the forms that are accepted"),
        "503": problem("too much is being asked; Retry-After says when to ask again"),
        "504": problem("it took longer than it may"),
    })
}

/// What is wrong, as RFC 9457 has it, with what to do.
fn problem() -> Value {
    let text = json!({ "type": "string" });
    json!({
        "type": "object", "required": ["title", "status", "detail"],
        "properties": { "title": text, "status": { "type": "integer" }, "detail": text, "help": text },
    })
}

fn own_parameter(name: &str, parameter: &Parameter) -> Value {
    let schema = match parameter.kind.as_str() {
        "date" => json!({ "type": "string", "format": "date" }),
        "number" => json!({ "type": "integer" }),
        // Of a thing that is given twice, either fits.
        "thing" => json!({ "type": "array", "items": { "type": "string" } }),
        _ => json!({ "type": "string" }),
    };
    json!({ "name": name, "in": "query", "description": parameter.description, "schema": schema })
}

fn query_path() -> Value {
    let answers = responses(&json!({}), "no query of SPARQL 1.1");
    json!({
        "get": {
            "operationId": "sparql", "summary": "A query of SPARQL 1.1; without one, what this service is",
            "parameters": [{ "name": "query", "in": "query", "schema": { "type": "string" } }], "responses": answers,
        },
        "post": {
            "operationId": "sparql-post", "summary": "The same",
            "requestBody": { "content": { "application/sparql-query": {}, "application/x-www-form-urlencoded": {} } },
            "responses": answers,
        },
    })
}

/// What there is, as a plain page.
pub(super) fn page(site: &Site) -> Response<Body> {
    let mut out = Vec::new();
    match write_page(site, &mut out) {
        Ok(()) => reply::html(out),
        Err(error) => reply::failure(&reply::error(&error)),
    }
}

fn write_page(site: &Site, out: &mut Vec<u8>) -> anyhow::Result<()> {
    page_head("Dictum", out)?;
    writeln!(
        out,
        "<header>\n<h1>Dictum</h1>\n<p>Who said what, to whom, when, and which words say so. Questions and networks, each at an address of its own; parameters go behind a question mark.</p>\n<nav><a href=\"/api\">/api</a> <a href=\"/api/openapi.json\">OpenAPI</a> <a href=\"/store?default\">Graph</a></nav>\n</header>\n<main>"
    )?;
    writeln!(out, "<section>\n<h2>Questions</h2>\n<dl>")?;
    for question in &site.questions {
        entry(question, "/api/", &[".html", ".csv", ".xlsx", ".json"], out)?;
    }
    writeln!(out, "</dl>\n</section>\n<section>\n<h2>Networks</h2>\n<dl>")?;
    for question in &site.networks {
        entry(question, "/api/networks/", &[".svg", ".gexf", ".graphml", ".json"], out)?;
    }
    writeln!(
        out,
        "</dl>\n</section>\n<section>\n<h2>SPARQL</h2>\n<p>The SPARQL 1.1 Protocol is spoken at <code>/query</code>; nothing can be changed.</p>\n<form action=\"/query\" method=\"get\"><label>Query<br><textarea name=\"query\" rows=\"8\" cols=\"80\">SELECT * WHERE {{ ?subject ?property ?value }} LIMIT 10</textarea></label><br><button>Ask</button></form>\n</section>\n</main>\n</body>\n</html>"
    )?;
    Ok(())
}

fn entry(question: &Question, at: &str, endings: &[&str], out: &mut Vec<u8>) -> anyhow::Result<()> {
    let name = escape(&question.name);
    let links: String = endings
        .iter()
        .map(|ending| format!(" <a href=\"{at}{name}{ending}\">{}</a>", &ending[1..]))
        .collect();
    let parameters: Vec<&str> = question.header.parameters.keys().map(String::as_str).collect();
    let parameters = if parameters.is_empty() {
        String::new()
    } else {
        format!(" <small>{}</small>", escape(&parameters.join(", ")))
    };
    writeln!(
        out,
        "<dt><code>{name}</code>{links}</dt>\n<dd>{}{parameters}</dd>",
        escape(&question.header.summary)
    )?;
    Ok(())
}
