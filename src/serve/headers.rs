//! What goes with every reply: whom it may be shown to, what a browser must not do with it, and whether it is new.

use super::Server;
use super::ask::Failure;
use super::reply;
use crate::explorer::PAGE;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use std::sync::LazyLock;
use std::time::Duration;
use tokio::time::timeout;
use tower_http::cors::{AllowOrigin, Any, CorsLayer};

/// Bytes of a request that are read; a query is shorter.
pub(super) const BODY: usize = 1 << 20;
/// A request must have come in so long.
const BODY_TIME: Duration = Duration::from_secs(10);

/// No page has a script, and forms are sent nowhere else.
const PLAIN: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
);

/// But the explorer's, which says itself which script that is.
static EXPLORER: LazyLock<HeaderValue> = LazyLock::new(|| {
    let own = PAGE.split_once("http-equiv=\"Content-Security-Policy\" content=\"");
    let own =
        own.and_then(|(_, rest)| Some(rest.split_once('"')?.0)).map(|policy| policy.replace("&#39;", "'"));
    let policy = own.map(|own| format!("{own}; frame-ancestors 'none'"));
    policy.and_then(|policy| HeaderValue::from_str(&policy).ok()).unwrap_or(PLAIN)
});

const CAREFUL: [(HeaderName, HeaderValue); 5] = [
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("camera=(), geolocation=(), microphone=()"),
    ),
];

pub(super) async fn careful(request: Request, next: Next) -> Response {
    let policy = if request.uri().path() == "/" { EXPLORER.clone() } else { PLAIN };
    let mut reply = next.run(request).await;
    let headers = reply.headers_mut();
    for (name, value) in CAREFUL {
        headers.insert(name, value);
    }
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    reply
}

/// Lets pages of an origin, or of any (`*`), read what is served.
pub(super) fn cors(origin: &HeaderValue) -> CorsLayer {
    let origins = if origin == "*" { AllowOrigin::any() } else { AllowOrigin::exact(origin.clone()) };
    let exposed = [header::LINK, header::ETAG, header::RETRY_AFTER];
    CorsLayer::new()
        .allow_origin(origins)
        .allow_methods([Method::GET, Method::POST])
        .allow_headers(Any)
        .expose_headers(exposed)
}

/// Has the whole body before anything is done for it, and not for ever.
pub(super) async fn body_in_time(request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let failure = match timeout(BODY_TIME, to_bytes(body, BODY)).await {
        Ok(Ok(bytes)) => return next.run(Request::from_parts(parts, Body::from(bytes))).await,
        Ok(Err(_)) => Failure::new(
            413,
            format!("more than {BODY} bytes were sent, or not all that were promised"),
            "ask in several steps",
        ),
        Err(_) => Failure::new(408, "the request did not come in time", "send it at once"),
    };
    let mut reply = reply::failure(&failure);
    // What is still to come is not read.
    reply.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    reply
}

/// Marks replies with the version of the data, and says so where the client has them already: RFC 9110, section 8.8.3.
pub(super) async fn versions(State(server): State<Server>, request: Request, next: Next) -> Response {
    let version = format!("W/\"{}\"", server.site().version);
    let known = request.headers().get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let known =
        known.is_some_and(|known| known.split(',').any(|one| [version.as_str(), "*"].contains(&one.trim())));
    let read = request.method() == Method::GET || request.method() == Method::HEAD;
    let mut reply = next.run(request).await;
    // Only of what there is, somebody may have this version.
    if read && reply.status() == StatusCode::OK {
        if known {
            *reply.status_mut() = StatusCode::NOT_MODIFIED;
            *reply.body_mut() = Body::empty();
            reply.headers_mut().remove(header::CONTENT_LENGTH);
        }
        mark(&mut reply, &version);
    }
    reply
}

fn mark(reply: &mut Response, version: &str) {
    if let Ok(version) = HeaderValue::from_str(version) {
        reply.headers_mut().insert(header::ETAG, version);
        reply.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    }
}
