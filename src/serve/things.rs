//! The address of everything that has an IRI: a page for people, RDF for programs.
//!
//! An IRI that the data set mints, as `https://…/person/x`, is `/person/x` here, so that whoever controls its space can
//! send readers on; any other is `/resource?iri=…`.

use super::Server;
use super::ask::Failure;
use super::forms::{GRAPH, wanted};
use super::protocol::pairs;
use super::reply;
use super::site::{Site, sorted};
use crate::cli::Form;
use crate::export::{Format, write_triples};
use crate::names::local_name;
use crate::page::{escape, page_head};
use crate::vocab as v;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Response, Uri};
use oxigraph::model::{NamedNode, NamedOrBlankNode, Term, Triple};
use std::io::Write as _;

/// Statements that point to a thing, of which a page shows no more.
const SHOWN: usize = 200;

/// Anything else than the addresses of the server itself.
pub(super) async fn path(State(server): State<Server>, uri: Uri, headers: HeaderMap) -> Response<Body> {
    let site = server.site();
    let path = uri.path().trim_start_matches('/');
    let ending =
        path.rsplit_once('.').and_then(|(name, ending)| Some((name, Format::from_extension(ending)?)));
    let (path, format) = ending.map_or((path, None), |(name, format)| (name, Some(format)));
    let Some(name) = decoded(path) else { return reply::not_found("there is nothing at this address") };
    let iri = format!("{}{name}", site.names.space());
    describe(&server, iri, format, &headers).await
}

/// `/resource?iri=…`.
pub(super) async fn resource(State(server): State<Server>, uri: Uri, headers: HeaderMap) -> Response<Body> {
    let asked = pairs(uri.query().unwrap_or_default().as_bytes());
    match asked.as_slice() {
        [(name, iri)] if name == "iri" => {
            let site = server.site();
            let iri = site.names.expand(iri).unwrap_or_else(|| iri.clone());
            describe(&server, iri, None, &headers).await
        }
        _ => reply::failure(&Failure::new(400, "say which thing", "`?iri=` and its IRI or short name")),
    }
}

/// A path without its escapes; `None` where these are no UTF-8.
fn decoded(path: &str) -> Option<String> {
    // A form would read `+` as a space.
    let escaped = path.replace('+', "%2B");
    let mut pairs = form_urlencoded::parse(escaped.as_bytes());
    let name = pairs.next().map(|(name, _)| name.into_owned()).filter(|name| !name.contains('\u{fffd}'));
    name.filter(|_| pairs.next().is_none())
}

async fn describe(
    server: &Server,
    iri: String,
    format: Option<Format>,
    headers: &HeaderMap,
) -> Response<Body> {
    let page = format.is_none() && reply::wants_a_page(headers, GRAPH);
    let form = match (format, wanted(reply::accept(headers).as_deref(), GRAPH)) {
        (Some(format), _) | (None, Some(Form::Graph(format))) => Some(format),
        _ => None,
    };
    if !page && form.is_none() {
        return reply::failure(&Failure::new(
            406,
            "a thing is described as a page or in RDF",
            "ask for text/html or text/turtle",
        ));
    }
    let site = server.site();
    let job = move |_: &_| {
        let Ok(thing) = NamedNode::new(iri) else { return Ok(None) };
        let (about, pointing) = statements(&site, &thing).map_err(|error| reply::error(&error))?;
        if about.is_empty() && pointing.is_empty() {
            return Ok(None);
        }
        let mut out = Vec::new();
        let written = match form.filter(|_| !page) {
            None => write_page(&site, &thing, &about, &pointing, &mut out),
            Some(format) => {
                let all = sorted(&[about, pointing].concat());
                let all: Vec<_> = all.iter().map(Triple::as_ref).collect();
                write_triples(&all, format, &site.names, &mut out)
            }
        };
        written.map_err(|error| reply::error(&error))?;
        Ok(Some(out))
    };
    match server.jobs.run(job).await {
        Ok(Some(content)) if page => reply::html(content),
        Ok(Some(content)) => reply::form(Form::Graph(form.unwrap_or_default()), content),
        Ok(None) => reply::not_found("there is nothing at this address"),
        Err(failure) => reply::failure(&failure),
    }
}

/// What is said of a thing, and what points to it.
fn statements(site: &Site, thing: &NamedNode) -> anyhow::Result<(Vec<Triple>, Vec<Triple>)> {
    let about: anyhow::Result<Vec<Triple>> = site.store.triples(Some(thing.as_ref()), None, None).collect();
    let pointing: anyhow::Result<Vec<Triple>> =
        site.store.triples(None, None, Some(thing.as_ref())).collect();
    Ok((sorted(&about?), sorted(&pointing?)))
}

fn write_page(
    site: &Site,
    thing: &NamedNode,
    about: &[Triple],
    pointing: &[Triple],
    out: &mut Vec<u8>,
) -> anyhow::Result<()> {
    let title = label(site, thing.as_str())?.unwrap_or_else(|| site.names.shorten(thing.as_str()));
    page_head(&title, out)?;
    writeln!(
        out,
        "<header>\n<h1>{}</h1>\n<p><code>{}</code></p>\n<nav><a href=\"/\">Explorer</a> <a href=\"/api\">Questions</a>{}</nav>\n</header>\n<main>",
        escape(&title),
        escape(thing.as_str()),
        files(site, thing)
    )?;
    writeln!(out, "<section>\n<h2>What is said of it</h2>\n<div class=\"scroll\"><table>\n<tbody>")?;
    for triple in about {
        let property = escape(&site.names.shorten(triple.predicate.as_str()));
        writeln!(out, "<tr><th scope=\"row\">{property}</th><td>{}</td></tr>", value(site, &triple.object)?)?;
    }
    writeln!(out, "</tbody>\n</table></div>\n</section>")?;
    if !pointing.is_empty() {
        writeln!(out, "<section>\n<h2>What points to it</h2>\n<div class=\"scroll\"><table>\n<tbody>")?;
        for triple in pointing.iter().take(SHOWN) {
            let NamedOrBlankNode::NamedNode(subject) = &triple.subject else { continue };
            let property = escape(&site.names.shorten(triple.predicate.as_str()));
            writeln!(out, "<tr><td>{}</td><th scope=\"row\">{property}</th></tr>", link(site, subject)?)?;
        }
        writeln!(out, "</tbody>\n</table></div>")?;
        if pointing.len() > SHOWN {
            writeln!(out, "<p>The first {SHOWN} of {}; in RDF there are all.</p>", pointing.len())?;
        }
        writeln!(out, "</section>")?;
    }
    writeln!(out, "</main>\n</body>\n</html>")?;
    Ok(())
}

/// Links to the same as RDF, where an ending of the address can say so.
fn files(site: &Site, thing: &NamedNode) -> String {
    let Some(path) = thing.as_str().strip_prefix(site.names.space()) else { return String::new() };
    let link = |(ending, name)| format!(" <a href=\"/{}.{ending}\">{name}</a>", escape(path));
    [("ttl", "Turtle"), ("jsonld", "JSON-LD")].map(link).concat()
}

fn value(site: &Site, term: &Term) -> anyhow::Result<String> {
    Ok(match term {
        Term::NamedNode(node) => link(site, node)?,
        Term::Literal(literal) => {
            let text = escape(literal.value());
            literal.language().map(escape).map_or(text.clone(), |tag| {
                format!("<span lang=\"{tag}\">{text}</span> <small>{tag}</small>")
            })
        }
        other => escape(&other.to_string()),
    })
}

/// A link to a thing, here where it is known here.
fn link(site: &Site, node: &NamedNode) -> anyhow::Result<String> {
    let shown = label(site, node.as_str())?.unwrap_or_else(|| site.names.shorten(node.as_str()));
    let shown = escape(if shown.is_empty() { local_name(node.as_str()) } else { &shown });
    let here = node.as_str().strip_prefix(site.names.space()).map(|path| format!("/{path}"));
    let known = site.store.triples(Some(node.as_ref()), None, None).next().is_some();
    let elsewhere = ["http://", "https://"].iter().any(|scheme| node.as_str().starts_with(scheme));
    let address = match here {
        Some(path) => path,
        None if known => {
            let iri: String = form_urlencoded::byte_serialize(node.as_str().as_bytes()).collect();
            format!("/resource?iri={iri}")
        }
        // Nothing but the web is linked to, whatever somebody wrote into a file.
        None if elsewhere => node.as_str().to_owned(),
        None => return Ok(shown),
    };
    Ok(format!("<a href=\"{}\">{shown}</a>", escape(&address)))
}

fn label(site: &Site, iri: &str) -> anyhow::Result<Option<String>> {
    let Ok(thing) = NamedNode::new(iri) else { return Ok(None) };
    for property in v::LABELS {
        let mut labels = Vec::new();
        for triple in site.store.triples(Some(thing.as_ref()), Some(property), None) {
            if let Term::Literal(literal) = triple?.object {
                labels.push((literal.language() != Some("en"), literal.value().to_owned()));
            }
        }
        labels.sort();
        if let Some((_, label)) = labels.into_iter().next() {
            return Ok(Some(label));
        }
    }
    Ok(None)
}
