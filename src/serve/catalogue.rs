//! `/api/NAME`: one address for each question and network of the catalogue, with its parameters.

use super::Server;
use super::ask::Failure;
use super::forms::{GRAPH, TABLE, type_of};
use super::protocol::pairs;
use super::reply;
use super::site::Site;
use crate::chart::draw;
use crate::cli::{Form, Picture};
use crate::export::write_triples;
use crate::network::png::write_pixels;
use crate::network::{Network, drawing::Drawing};
use crate::problem::nearest;
use crate::query::{Answer, Dictionary, Look, Question, Table, write_table, write_truth};
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, Response, Uri, header};
use oxigraph::model::Triple;
use oxigraph::sparql::CancellationToken;
use std::sync::Arc;

/// Parameters of every question: the rows that are wanted, a language, a form.
pub(super) const PAGING: [&str; 4] = ["limit", "offset", "lang", "format"];

/// What is asked of a question besides its own parameters.
#[derive(Debug, Clone, Default)]
struct Wanted {
    limit: Option<usize>,
    offset: usize,
    language: Option<String>,
    form: Option<Form>,
    set: Vec<(String, String)>,
}

impl Wanted {
    fn read(query: &str, form: Option<Form>) -> Result<Self, Failure> {
        let mut wanted = Self { form, ..Self::default() };
        for (name, value) in pairs(query.as_bytes()) {
            let number = || {
                let help = "give a whole number, as 100";
                value
                    .parse()
                    .map_err(|_| Failure::new(400, format!("`{value}` is no value for `{name}`"), help))
            };
            match name.as_str() {
                "limit" => wanted.limit = Some(number()?),
                "offset" => wanted.offset = number()?,
                "lang" => wanted.language = Some(value.to_lowercase()),
                "format" => {
                    let help = format!("forms are {}", Form::names().join(", "));
                    let form = Form::named(&value);
                    wanted.form =
                        Some(form.ok_or_else(|| Failure::new(400, format!("`{value}` is no form"), help))?);
                }
                // An empty field of a form is not set.
                _ if value.is_empty() => {}
                _ => wanted.set.push((name, value)),
            }
        }
        Ok(wanted)
    }
}

/// The name of something, and the form that its ending asks for.
fn form_of(path: &str) -> (&str, Option<Form>) {
    let ending = path.rsplit_once('.').and_then(|(name, ending)| Some((name, Form::from_extension(ending)?)));
    ending.map_or((path, None), |(name, form)| (name, Some(form)))
}

/// Answers a question.
pub(super) async fn question(
    State(server): State<Server>,
    Path(path): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Response<Body> {
    let site = server.site();
    if let Some(name) = path.strip_suffix(".rq") {
        return text(&server, &site, name, &uri).await;
    }
    let (name, form) = form_of(&path);
    let Some(question) = site.questions.iter().find(|question| question.name == name).cloned() else {
        return unknown(name, &site.questions);
    };
    let wanted = match Wanted::read(uri.query().unwrap_or_default(), form) {
        Ok(wanted) => wanted,
        Err(failure) => return reply::failure(&failure),
    };
    if let Some(language) = wanted.language.as_deref().filter(|language| !site.dictionary.knows(language)) {
        let help = format!("there are {}", site.dictionary.languages().join(", "));
        return reply::failure(&Failure::new(400, format!("no names are in `{language}`"), help));
    }
    let (accept, most) = (reply::accept(&headers), server.limits.rows);
    let next = wanted.limit.map(|limit| (limit, wanted.offset));
    let job =
        move |stop: &CancellationToken| answer(&site, &question, &wanted, accept.as_deref(), most, stop);
    match server.jobs.run(job).await {
        Ok(found) => with_next(reply::form(found.form, found.content), &uri, next.filter(|_| found.more)),
        Err(failure) => reply::failure(&failure),
    }
}

/// A question as SPARQL, with the values that are set.
async fn text(server: &Server, site: &Arc<Site>, name: &str, uri: &Uri) -> Response<Body> {
    let Some(question) = site.questions.iter().find(|question| question.name == name).cloned() else {
        return unknown(name, &site.questions);
    };
    let (site, query) = (site.clone(), uri.query().unwrap_or_default().to_owned());
    let job = move |stop: &CancellationToken| {
        let wanted = Wanted::read(&query, None)?;
        let text = question.asked(&site.engine(stop), &site.names, &wanted.set);
        text.map_err(|error| reply::error(&error))
    };
    match server.jobs.run(job).await {
        Ok(text) => reply::bytes("application/sparql-query; charset=utf-8", text),
        Err(failure) => reply::failure(&failure),
    }
}

fn unknown(name: &str, questions: &[Question]) -> Response<Body> {
    let names = questions.iter().map(|question| question.name.as_str());
    let meant = nearest(name, names).map(|name| format!("; did you mean `{name}`?")).unwrap_or_default();
    reply::not_found(&format!("there is no question `{name}`{meant}"))
}

/// Says where the next rows are: RFC 8288.
fn with_next(mut reply: Response<Body>, uri: &Uri, next: Option<(usize, usize)>) -> Response<Body> {
    if let Some((limit, offset)) = next {
        let kept = pairs(uri.query().unwrap_or_default().as_bytes())
            .into_iter()
            .filter(|(name, _)| name != "offset");
        let offset = offset.saturating_add(limit).to_string();
        let query = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(kept)
            .append_pair("offset", &offset)
            .finish();
        if let Ok(link) = HeaderValue::from_str(&format!("<{}?{query}>; rel=\"next\"", uri.path())) {
            reply.headers_mut().insert(header::LINK, link);
        }
    }
    reply
}

/// An answer, written.
struct Found {
    form: Form,
    content: Vec<u8>,
    /// Whether there are rows after those that were wanted.
    more: bool,
}

fn answer(
    site: &Site,
    question: &Question,
    wanted: &Wanted,
    accept: Option<&str>,
    most: usize,
    stop: &CancellationToken,
) -> Result<Found, Failure> {
    let end = wanted.limit.map_or(most, |limit| wanted.offset.saturating_add(limit)).min(most);
    // One more shows whether there are more.
    let answer = question.ask_for(end.saturating_add(1), &site.engine(stop), &site.names, &wanted.set);
    let answer = answer.map_err(|error| reply::error(&error))?;
    let (kind, rows) = match &answer {
        Answer::Table(table) => (TABLE, table.rows.len()),
        Answer::Truth(_) => (TABLE, 1),
        Answer::Triples(triples) => (GRAPH, triples.len()),
    };
    let more = rows > end;
    if more && wanted.limit.is_none() {
        return Err(Failure::new(413, format!("the answer has more than {most} rows"), "give a `limit`"));
    }
    let form = wanted.form.or_else(|| super::forms::wanted(accept, kind)).ok_or_else(|| {
        Failure::new(
            406,
            "no form of this answer is among those in `Accept`",
            "leave it out, or put `.csv` behind the name",
        )
    })?;
    let content = write(site, question, wanted, answer, form)?;
    Ok(Found { form, content, more })
}

fn write(
    site: &Site,
    question: &Question,
    wanted: &Wanted,
    answer: Answer,
    form: Form,
) -> Result<Vec<u8>, Failure> {
    let mut out = Vec::new();
    let dictionary = &site.dictionary;
    let written = match (answer, form) {
        (Answer::Table(table), Form::Table(style)) => {
            let table = table.page(wanted.offset, wanted.limit);
            match &wanted.language {
                None => write_table(&table, style, &Look::plain(&site.names), &mut out),
                Some(language) => {
                    let table = table.in_language(language);
                    let look = Look {
                        headings: Some(headings(&table, dictionary, language)),
                        ..Look::plain(&site.names)
                    };
                    write_table(&table, style, &look, &mut out)
                }
            }
        }
        (Answer::Table(table), Form::Picture(picture)) => {
            let table = table.page(wanted.offset, wanted.limit);
            let Some(svg) = draw(question, &table, dictionary) else {
                return Err(Failure::new(
                    406,
                    format!("`{}` does not say how it is drawn", question.name),
                    "ask for csv or json",
                ));
            };
            match picture {
                Picture::Svg => {
                    out = svg.into_bytes();
                    Ok(())
                }
                Picture::Png => write_pixels(&svg, &mut out),
            }
        }
        (Answer::Truth(truth), Form::Table(style)) => write_truth(truth, style, &mut out),
        (Answer::Triples(triples), Form::Graph(format)) => {
            let triples = triples.iter().skip(wanted.offset).take(wanted.limit.unwrap_or(usize::MAX));
            let triples: Vec<_> = triples.map(Triple::as_ref).collect();
            write_triples(&triples, format, &site.names, &mut out)
        }
        _ => {
            return Err(Failure::new(
                406,
                format!("this answer has no such form as {}", type_of(form)),
                "ask for csv, json or turtle",
            ));
        }
    };
    written.map_err(|error| reply::error(&error))?;
    Ok(out)
}

fn headings(table: &Table, dictionary: &Dictionary, language: &str) -> Vec<String> {
    table.variables.iter().map(|variable| dictionary.heading(variable.as_str(), language)).collect()
}

/// Draws a network, in the form that the ending of its name asks for.
pub(super) async fn network(
    State(server): State<Server>,
    Path(path): Path<String>,
    uri: Uri,
) -> Response<Body> {
    let site = server.site();
    let set: Vec<_> = pairs(uri.query().unwrap_or_default().as_bytes())
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .collect();
    let found = site.networks.iter().filter_map(|question| {
        let ending = path.strip_prefix(question.name.as_str())?;
        let drawing = if ending.is_empty() { Some(Drawing::NodeLink) } else { Drawing::from_file(&path) };
        (ending.is_empty() || ending.starts_with(['.', '-', '/'])).then_some((question, drawing?))
    });
    let Some((question, drawing)) = found.max_by_key(|(question, _)| question.name.len()) else {
        return unknown(&path, &site.networks);
    };
    let (question, engine_of) = (question.clone(), site.clone());
    let job = move |stop: &CancellationToken| {
        let drawn = Network::of(&question, &engine_of.engine(stop), &engine_of.names, &set).and_then(
            |mut network| {
                network.work_out();
                let mut out = Vec::new();
                drawing.write(&network, &mut out)?;
                Ok(out)
            },
        );
        drawn.map_err(|error| reply::error(&error))
    };
    match server.jobs.run(job).await {
        Ok(content) => reply::bytes(drawing.media(), content),
        Err(failure) => reply::failure(&failure),
    }
}
