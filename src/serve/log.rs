//! A line on standard error for each request.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use chrono::{DateTime, SecondsFormat, Utc};
use std::io::Write as _;
use std::time::{Instant, SystemTime};

/// How requests are logged.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Log {
    /// A line that people read.
    #[default]
    Text,
    /// A JSON object a line.
    Json,
    /// Not at all.
    None,
}

impl Log {
    /// Says that something happened to the server itself.
    pub(super) fn event(self, message: &str) {
        let time = now();
        self.line(&match self {
            Self::Json => serde_json::json!({ "time": time, "event": message }).to_string(),
            _ => format!("{time} {message}"),
        });
    }

    fn line(self, line: &str) {
        if self != Self::None {
            // Nobody who reads the log any more is no reason to stop.
            let _ = writeln!(std::io::stderr(), "{line}");
        }
    }
}

fn now() -> String {
    DateTime::<Utc>::from(SystemTime::now()).to_rfc3339_opts(SecondsFormat::Millis, true)
}

pub(super) async fn logged(State(log): State<Log>, request: Request, next: Next) -> Response {
    let (method, uri) = (request.method().clone(), request.uri().clone());
    let start = Instant::now();
    let reply = next.run(request).await;
    let (status, millis) = (reply.status().as_u16(), start.elapsed().as_millis());
    let time = now();
    log.line(&match log {
        Log::Json => serde_json::json!({
            "time": time, "method": method.as_str(), "address": uri.to_string(), "status": status, "milliseconds": millis,
        })
        .to_string(),
        // A line stays a line, whatever is asked.
        _ => format!("{time} {status} {millis:>6} ms  {method} {}", uri.to_string().escape_default()),
    });
    reply
}
