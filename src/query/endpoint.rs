//! A SPARQL endpoint: <https://www.w3.org/TR/sparql11-protocol/>.

use crate::problem::Problem;
use anyhow::{Context as _, Result, bail};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{Triple, Variable};
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsParser, SliceQueryResultsParserOutput};
use oxigraph::sparql::{QueryResults, QuerySolutionIter, QueryTripleIter};
use spargebra::Query;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use ureq::Agent;
use ureq::tls::{RootCerts, TlsConfig};

/// Where to ask, and as whom.
pub struct Endpoint {
    url: String,
    agent: Agent,
    authorization: Option<String>,
}

/// Forms of tables and graphs that are read, the best first.
const TABLES: &str =
    "application/sparql-results+json, application/sparql-results+xml;q=0.8, text/tab-separated-values;q=0.5";
const GRAPHS: &str = "application/n-triples, text/turtle;q=0.8, application/rdf+xml;q=0.5";
/// Bytes of an answer that are read.
const LARGEST: u64 = 1 << 30;
/// Characters of a refusal that are told.
const TOLD: usize = 300;

impl Endpoint {
    /// An endpoint that answers within some seconds or counts as silent; `authorization` is the whole
    /// value of that header.
    #[must_use]
    pub fn new(url: &str, timeout: Duration, authorization: Option<String>) -> Self {
        // What this system trusts, so that an archive's own authority counts.
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let tls = TlsConfig::builder()
            .root_certs(RootCerts::PlatformVerifier)
            .unversioned_rustls_crypto_provider(provider)
            .build();
        let config = Agent::config_builder()
            .timeout_global(Some(timeout))
            .http_status_as_error(false)
            .tls_config(tls)
            .user_agent(concat!("dictum/", env!("CARGO_PKG_VERSION")))
            .build();
        Self { url: url.to_owned(), agent: config.into(), authorization }
    }

    /// Sends a query, by POST of a form, which every endpoint takes.
    pub(super) fn ask(&self, query: &Query, text: &str) -> Result<QueryResults<'static>> {
        let graph = matches!(query, Query::Construct { .. } | Query::Describe { .. });
        let mut request = self.agent.post(&self.url).header("accept", if graph { GRAPHS } else { TABLES });
        if let Some(authorization) = &self.authorization {
            request = request.header("authorization", authorization);
        }
        let mut response = request.send_form([("query", text)]).map_err(|error| self.silent(&error))?;
        let status = response.status();
        let kind = response.headers().get("content-type").and_then(|kind| kind.to_str().ok());
        let kind = kind.unwrap_or_default().to_owned();
        let body = response.body_mut().with_config().limit(LARGEST).read_to_vec();
        let body = body.map_err(|error| self.silent(&error))?;
        if !status.is_success() {
            return Err(self.refused(status.as_u16(), &body));
        }
        if graph { self.graph(&kind, &body) } else { self.table(&kind, &body) }
    }

    fn table(&self, kind: &str, body: &[u8]) -> Result<QueryResults<'static>> {
        let Some(format) = QueryResultsFormat::from_media_type(kind) else { return self.other(kind) };
        let parser = QueryResultsParser::from_format(format);
        let unreadable = || format!("{}: the answer cannot be read", self.url);
        Ok(match parser.for_slice(body).with_context(unreadable)? {
            SliceQueryResultsParserOutput::Boolean(truth) => QueryResults::Boolean(truth),
            SliceQueryResultsParserOutput::Solutions(solutions) => {
                let variables: Arc<[Variable]> = solutions.variables().into();
                let rows = solutions.collect::<Result<Vec<_>, _>>().with_context(unreadable)?;
                QuerySolutionIter::new(variables, rows.into_iter().map(Ok)).into()
            }
        })
    }

    fn graph(&self, kind: &str, body: &[u8]) -> Result<QueryResults<'static>> {
        let Some(format) = RdfFormat::from_media_type(kind) else { return self.other(kind) };
        let quads = RdfParser::from_format(format).for_slice(body).collect::<Result<Vec<_>, _>>();
        let quads = quads.with_context(|| format!("{}: the answer cannot be read", self.url))?;
        let triples = quads.into_iter().map(|quad| Ok(Triple::from(quad)));
        Ok(QueryResults::Graph(QueryTripleIter::new(triples)))
    }

    fn other<T>(&self, kind: &str) -> Result<T> {
        bail!(
            "{}: the answer is `{kind}`, which is no form of results\n  help: this may be no SPARQL endpoint; its address often ends in /query or /sparql",
            self.url
        )
    }

    fn silent(&self, error: &ureq::Error) -> anyhow::Error {
        let help = match error {
            ureq::Error::BodyExceedsLimit(_) => "the answer is larger than a gigabyte: ask for less",
            ureq::Error::Rustls(_) | ureq::Error::Tls(_) => {
                "the certificate is not one that this system trusts; add its authority to the system's"
            }
            ureq::Error::Timeout(_) => "give it more time with --timeout, or ask for less",
            _ => "look whether the address is right and the server runs",
        };
        Problem::error(Path::new(&self.url), error.to_string()).help(help).into()
    }

    fn refused(&self, status: u16, body: &[u8]) -> anyhow::Error {
        let told: String = String::from_utf8_lossy(body).chars().take(TOLD).collect();
        let help = match status {
            401 | 403 => "give --user NAME and the password in DICTUM_PASSWORD, or a token in DICTUM_TOKEN",
            404 | 405 => "look whether the address is that of queries; it often ends in /query or /sparql",
            _ => "the server refused the query",
        };
        let message = format!("the server answers {status}: {}", told.trim());
        Problem::error(Path::new(&self.url), message).help(help).into()
    }
}
