//! `/` and `/api/explorer/…`: the explorer's page, and what it asks for.

use super::Server;
use super::ask::Failure;
use super::protocol::pairs;
use super::reply;
use super::site::{Explorer, Site};
use super::{describe, forms};
use crate::cli::{Form, RecordForm};
use crate::explorer::{IS_BUILT, PAGE};
use crate::export::{Format, write_triples};
use crate::problem::Problem;
use crate::query::Style;
use crate::record::records_tab;
use crate::sheet::{write_csv, write_workbook};
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Response, Uri, header};
use clap::ValueEnum as _;
use flate2::read::GzDecoder;
use oxigraph::model::Triple;
use serde_json::{Value, json};
use std::io::{Read as _, Write as _};
use std::path::Path;

/// Records that are given at once.
const RECORDS: usize = 200;

/// `/`: the explorer, or a plain page where there is none.
pub(super) async fn page(State(server): State<Server>) -> Response<Body> {
    let site = server.site();
    if IS_BUILT && site.explorer.is_some() { reply::html(PAGE) } else { describe::page(&site) }
}

/// What the explorer has to ask for, of a site that has one.
async fn answer(
    server: &Server,
    work: impl FnOnce(&Site, &Explorer) -> Result<Response<Body>, Failure> + Send + 'static,
) -> Response<Body> {
    let site = server.site();
    let job = move |_: &_| match &site.explorer {
        Some(explorer) => work(&site, explorer),
        None => Err(Failure::new(
            404,
            "there is no explorer of this data",
            "serve a project folder instead of a graph",
        )),
    };
    server.jobs.run(job).await.unwrap_or_else(|failure| reply::failure(&failure))
}

pub(super) async fn index(State(server): State<Server>, headers: HeaderMap) -> Response<Body> {
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
    let packed = accepted.is_some_and(|accepted| accepted.contains("gzip"));
    answer(&server, move |_, explorer| {
        if packed {
            let mut reply = reply::bytes("application/json", explorer.index.clone());
            reply.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
            return Ok(reply);
        }
        let mut index = Vec::new();
        let read = GzDecoder::new(explorer.index.as_slice()).read_to_end(&mut index);
        read.map_err(|error| reply::error(&error.into()))?;
        Ok(reply::bytes("application/json", index))
    })
    .await
}

pub(super) async fn records(State(server): State<Server>, uri: Uri) -> Response<Body> {
    let asked = pairs(uri.query().unwrap_or_default().as_bytes());
    answer(&server, move |_, explorer| {
        let at = places(&asked)?;
        if at.len() > RECORDS {
            return Err(Failure::new(
                400,
                format!("more than {RECORDS} records are wanted"),
                "ask in several steps",
            ));
        }
        let records: Vec<Value> = explorer
            .records(&at)
            .into_iter()
            .filter_map(|record| serde_json::to_value(record).ok())
            .collect();
        Ok(reply::json(&json!({ "version": explorer.version, "records": records })))
    })
    .await
}

pub(super) async fn search(State(server): State<Server>, uri: Uri) -> Response<Body> {
    let words = value(&uri, "q");
    answer(&server, move |_, explorer| {
        Ok(reply::json(&json!({ "version": explorer.version, "at": explorer.search(&words) })))
    })
    .await
}

pub(super) async fn source(State(server): State<Server>, uri: Uri) -> Response<Body> {
    let name = value(&uri, "name");
    answer(&server, move |_, explorer| match explorer.source(&name) {
        Some(source) => {
            let content = serde_json::to_vec(source).map_err(|error| reply::error(&error.into()))?;
            Ok(reply::bytes("application/json", content))
        }
        None => Err(Failure::new(404, format!("there is no source `{name}`"), "")),
    })
    .await
}

/// Some quotations as a file; of a list that is too long for an address, by POST.
pub(super) async fn download(State(server): State<Server>, uri: Uri, body: Bytes) -> Response<Body> {
    let mut asked = pairs(uri.query().unwrap_or_default().as_bytes());
    asked.extend(pairs(&body));
    answer(&server, move |site, explorer| {
        let at = places(&asked)?;
        let format = asked.iter().find(|(name, _)| name == "format").map_or("", |(_, value)| value.as_str());
        let file = file(site, explorer, &at, format).map_err(|error| reply::error(&error))?;
        let Some((media, ending, content)) = file else {
            return Err(Failure::new(
                400,
                format!("`{format}` is no form of records"),
                "there are turtle, csv, xlsx and jsonl",
            ));
        };
        let mut reply = reply::bytes(&media, content);
        if let Ok(name) = HeaderValue::from_str(&format!("attachment; filename=\"quotations.{ending}\"")) {
            reply.headers_mut().insert(header::CONTENT_DISPOSITION, name);
        }
        Ok(reply)
    })
    .await
}

type File = (String, &'static str, Vec<u8>);

fn file(site: &Site, explorer: &Explorer, at: &[usize], format: &str) -> anyhow::Result<Option<File>> {
    let mut out = Vec::new();
    if <Format as clap::ValueEnum>::from_str(format, true) == Ok(Format::Turtle) {
        let Some(triples) = explorer.statements(at) else {
            return Err(Problem::error(
                Path::new("quotations"),
                "the words of the sources are not given on here",
            )
            .into());
        };
        let triples: Vec<_> = triples.iter().map(Triple::as_ref).collect();
        write_triples(&triples, Format::Turtle, &site.names, &mut out)?;
        return Ok(Some((forms::type_of(Form::Graph(Format::Turtle)), "ttl", out)));
    }
    let records = explorer.records(at);
    Ok(match RecordForm::from_str(format, true) {
        Ok(RecordForm::Jsonl) => {
            for record in records {
                writeln!(out, "{}", serde_json::to_string(record)?)?;
            }
            Some(("application/x-ndjson".to_owned(), "jsonl", out))
        }
        Ok(RecordForm::Csv) => {
            write_csv(&records_tab(records.into_iter())?, false, &mut out)?;
            Some((forms::type_of(Form::Table(Style::Csv)), "csv", out))
        }
        Ok(RecordForm::Xlsx) => {
            write_workbook(&[records_tab(records.into_iter())?], &mut out)?;
            Some((forms::type_of(Form::Table(Style::Xlsx)), "xlsx", out))
        }
        Err(_) => None,
    })
}

fn value(uri: &Uri, wanted: &str) -> String {
    let asked = pairs(uri.query().unwrap_or_default().as_bytes());
    asked.into_iter().find(|(name, _)| name == wanted).map(|(_, value)| value).unwrap_or_default()
}

/// The places that `at` lists, with commas between.
fn places(asked: &[(String, String)]) -> Result<Vec<usize>, Failure> {
    let list = asked.iter().find(|(name, _)| name == "at").map_or("", |(_, value)| value.as_str());
    let places = list.split(',').filter(|place| !place.is_empty()).map(str::parse);
    places
        .collect::<Result<_, _>>()
        .map_err(|_| Failure::new(400, "`at` is no list of places", "as `at=3,7,9`"))
}
