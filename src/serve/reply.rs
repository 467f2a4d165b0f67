//! Replies of the server: bytes with their type, or what is wrong, as RFC 9457 has it.

use super::ask::Failure;
use super::forms::{self, Kind, type_of};
use crate::cli::Form;
use crate::problem::Problem;
use anyhow::Error;
use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};

/// Seconds after which a client may ask again.
const LATER: &str = "5";

/// Bytes of a media type.
pub(super) fn bytes(media: &str, bytes: impl Into<Body>) -> Response<Body> {
    let mut response = Response::new(bytes.into());
    if let Ok(media) = HeaderValue::from_str(media) {
        response.headers_mut().insert(header::CONTENT_TYPE, media);
    }
    // What was wanted decides what comes.
    response.headers_mut().insert(header::VARY, HeaderValue::from_static("accept, accept-encoding"));
    response
}

/// An answer in a form.
pub(super) fn form(form: Form, content: Vec<u8>) -> Response<Body> {
    bytes(&type_of(form), content)
}

pub(super) fn json(value: &serde_json::Value) -> Response<Body> {
    bytes("application/json", value.to_string())
}

pub(super) fn html(page: impl Into<Body>) -> Response<Body> {
    bytes("text/html; charset=utf-8", page)
}

/// What is wrong, and what to do.
pub(super) fn failure(failure: &Failure) -> Response<Body> {
    let status = StatusCode::from_u16(failure.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut told = serde_json::json!({
        "title": status.canonical_reason(), "status": status.as_u16(), "detail": failure.message,
    });
    if !failure.help.is_empty() {
        told["help"] = failure.help.as_str().into();
    }
    let mut response = bytes("application/problem+json", format!("{told:#}\n"));
    *response.status_mut() = status;
    if status == StatusCode::SERVICE_UNAVAILABLE {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static(LATER));
    }
    response
}

pub(super) fn not_found(what: &str) -> Response<Body> {
    failure(&Failure::new(404, what, "`/api` lists what there is"))
}

/// For whoever would change something.
pub(super) async fn not_allowed() -> Response<Body> {
    failure(&Failure::new(
        405,
        "nothing can be changed here",
        "addresses are read with GET; `/query` takes POST as well",
    ))
}

/// What the client asked wrongly, as far as it is told by a [`Problem`]; otherwise a fault of ours.
pub(super) fn error(error: &Error) -> Failure {
    match error.downcast_ref::<Problem>() {
        Some(problem) => Failure::new(400, problem.message.as_str(), problem.help.as_str()),
        None => Failure::new(500, format!("{error:#}"), ""),
    }
}

/// What a client says of the replies that it takes.
pub(super) fn accept(headers: &HeaderMap) -> Option<String> {
    let all: Vec<&str> =
        headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok()).collect();
    (!all.is_empty()).then(|| all.join(","))
}

/// Whether a client would rather have a page than any form of a kind.
pub(super) fn wants_a_page(headers: &HeaderMap, kind: Kind) -> bool {
    forms::wants_a_page(accept(headers).as_deref(), kind)
}
