//! Checks: queries whose rows are findings about the graph.
//!
//! A check in `queries/checks/` gives `?node ?message ?severity`, the last one of `error`, `warning`
//! and `note`. A finding is traced back to the record that its node comes from.

use crate::corpus::{Corpus, Origin};
use crate::iri::hash;
use crate::names::Names;
use crate::problem::{Problem, Severity};
use crate::query::{Engine, Question, Table};
use crate::source::hex;
use crate::store::Store;
use crate::vocab as v;
use anyhow::Result;
use oxigraph::model::{LiteralRef, NamedNodeRef, NamedOrBlankNode, Term, Triple, TripleRef};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

/// The one check that is no query.
const CHECKSUM: &str = "lines-have-the-checksum";

/// Something that a check found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// How bad it is.
    pub severity: Severity,
    /// Name of the check.
    pub check: String,
    /// IRI of what it is about.
    pub node: String,
    /// What is wrong, in a sentence.
    pub message: String,
}

/// Asks every check; findings come sorted, errors first. `asked` hears of each check how long it took.
///
/// # Errors
/// When a check fails or gives other columns or severities.
pub fn verify(
    checks: &[Question],
    store: &Store,
    names: &Names,
    asked: &mut dyn FnMut(&str, Duration),
) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    let engine = Engine::local(store.clone());
    for check in checks {
        let start = Instant::now();
        findings.extend(ask(check, &engine, names)?);
        asked(&check.name, start.elapsed());
    }
    let start = Instant::now();
    findings.extend(broken_sources(store)?);
    asked(CHECKSUM, start.elapsed());
    findings.sort();
    findings.dedup();
    Ok(findings)
}

/// The rows of one check.
fn ask(check: &Question, engine: &Engine, names: &Names) -> Result<Vec<Finding>> {
    let table = check.table(engine, names)?;
    let wrong = |message: String| {
        let help = "a check gives ?node ?message ?severity; severities are error, warning and note";
        Problem::error(Path::new(&check.name), message).help(help)
    };
    let column = |name: &str| {
        let index = table.variables.iter().position(|variable| variable.as_str() == name);
        index.ok_or_else(|| wrong(format!("no column ?{name}")))
    };
    let (node, message, severity) = (column("node")?, column("message")?, column("severity")?);
    let finding = |row: &Vec<Option<Term>>| {
        let shown = |index: usize| Table::shown(row[index].as_ref(), names);
        let severity = match shown(severity).as_str() {
            "error" => Severity::Error,
            "warning" => Severity::Warning,
            "note" => Severity::Note,
            other => return Err(wrong(format!("unknown severity `{other}`")).into()),
        };
        let node = match &row[node] {
            Some(Term::NamedNode(node)) => node.as_str().to_owned(),
            _ => shown(node),
        };
        Ok(Finding { severity, check: check.name.clone(), node, message: shown(message) })
    };
    table.rows.iter().map(finding).collect()
}

/// Sources whose lines, one after another, do not have the checksum of the bytes as received. No
/// query can say so: SPARQL joins strings in no fixed order.
fn broken_sources(store: &Store) -> Result<Vec<Finding>> {
    let mut sources = BTreeMap::<String, BTreeMap<u64, Option<String>>>::new();
    for triple in store.triples(None, Some(v::LINE), None) {
        let triple = triple?;
        let (NamedOrBlankNode::NamedNode(source), Term::NamedNode(line)) = (triple.subject, triple.object)
        else {
            continue;
        };
        let start = value(store, line.as_ref(), v::START)?.and_then(|start| start.parse().ok());
        if let Some(start) = start {
            let text = value(store, line.as_ref(), v::VALUE)?;
            sources.entry(source.into_string()).or_default().insert(start, text);
        }
    }
    let mut findings = Vec::new();
    for (source, lines) in sources {
        // Where the text of a line is not given on, nobody can prove the whole.
        let Some(lines) = lines.into_values().collect::<Option<Vec<String>>>() else { continue };
        let mut hasher = Sha256::new();
        for line in &lines {
            hasher.update(line);
        }
        let (found, node) = (hex(&hasher.finalize()), NamedNodeRef::new_unchecked(&source));
        // A source that came packed, or in another encoding, has a checksum of its text as well.
        let text = value(store, node, v::TEXT_SHA256)?;
        let stated = text.map_or_else(|| value(store, node, v::SHA256), |text| Ok(Some(text)))?;
        if stated.as_ref() != Some(&found) {
            let message = format!(
                "the lines have the SHA-256 {found}, the source {}",
                stated.as_deref().unwrap_or("none")
            );
            findings.push(Finding {
                severity: Severity::Error,
                check: CHECKSUM.to_owned(),
                node: source,
                message,
            });
        }
    }
    Ok(findings)
}

/// The one literal of a property.
fn value(store: &Store, subject: NamedNodeRef<'_>, property: NamedNodeRef<'_>) -> Result<Option<String>> {
    let triple = store.triples(Some(subject), Some(property), None).next().transpose()?;
    Ok(triple.and_then(|triple| {
        if let Term::Literal(literal) = triple.object { Some(literal.value().to_owned()) } else { None }
    }))
}

/// Spans of evidence in the graph: those whose text is there, and all. Only the first can be cut out
/// again and compared.
///
/// # Errors
/// When the store cannot be read.
pub fn spans(store: &Store) -> Result<(usize, usize)> {
    let (mut present, mut all) = (0, 0);
    for triple in store.triples(None, Some(v::HAS_SOURCE), None) {
        let Term::NamedNode(within) = triple?.object else { continue };
        all += 1;
        let has = |property| store.triples(Some(within.as_ref()), Some(property), None).next().is_some();
        present += usize::from(has(v::VALUE) || has(v::TEXT));
    }
    Ok((present, all))
}

/// Where the things of a graph come from: file and line of the record behind each.
#[derive(Debug, Default)]
pub struct Origins(BTreeMap<String, Origin>);

impl Origins {
    /// The origins of quotations and events.
    #[must_use]
    pub fn of(corpus: &Corpus) -> Self {
        let mut origins = BTreeMap::new();
        for source in &corpus.sources {
            for (record, origin) in source.records.iter().zip(&source.origins) {
                let event = record.event.as_ref().and_then(|event| event.id.as_deref());
                let event = event.map(|id| corpus.names.mint("event", id));
                for iri in event.into_iter().chain([corpus.names.mint("quotation", &record.id)]) {
                    origins.entry(iri).or_insert_with(|| origin.clone());
                }
            }
        }
        Self(origins)
    }

    /// The file and line that a node comes from, by way of the quotation or event it belongs to.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn find(&self, store: &Store, node: &str) -> Result<Option<&Origin>> {
        let mut node = node.to_owned();
        for _ in 0..4 {
            if let Some(origin) = self.0.get(&node) {
                return Ok(Some(origin));
            }
            let Some(owner) = owner(store, &node)? else { break };
            node = owner;
        }
        Ok(None)
    }
}

/// What a part belongs to: evidence to its quotation, a span to its evidence, and so on.
fn owner(store: &Store, node: &str) -> Result<Option<String>> {
    let Ok(node) = NamedNodeRef::new(node) else { return Ok(None) };
    for triple in store.triples(Some(node), Some(v::EVIDENCE_FOR), None) {
        if let Term::NamedNode(owner) = triple?.object {
            return Ok(Some(owner.into_string()));
        }
    }
    for property in [v::HAS_SELECTOR, v::HAS_TARGET, v::PARTICIPATION, v::COUNTERPART] {
        for triple in store.triples(None, Some(property), Some(node)) {
            if let NamedOrBlankNode::NamedNode(owner) = triple?.subject {
                return Ok(Some(owner.into_string()));
            }
        }
    }
    Ok(None)
}

/// The findings as a SHACL validation report: <https://www.w3.org/TR/shacl/#validation-report>. Notes
/// are told and do not keep the graph from conforming.
#[must_use]
pub fn report(findings: &[Finding], names: &Names) -> Vec<Triple> {
    let mut triples = Vec::new();
    let all: Vec<&str> =
        findings.iter().flat_map(|one| [one.check.as_str(), &one.node, &one.message]).collect();
    let report = names.mint("report", &hash(&all));
    let mut say = |subject: &str, predicate: NamedNodeRef<'_>, object: Term| {
        let subject = NamedNodeRef::new_unchecked(subject);
        triples.push(TripleRef::new(subject, predicate, object.as_ref()).into_owned());
    };
    let conforms = findings.iter().all(|finding| finding.severity == Severity::Note);
    say(&report, v::TYPE, v::VALIDATION_REPORT.into_owned().into());
    say(
        &report,
        v::CONFORMS,
        LiteralRef::new_typed_literal(&conforms.to_string(), v::XSD_BOOLEAN).into_owned().into(),
    );
    for finding in findings {
        let result = names.mint("finding", &hash(&[&finding.check, &finding.node, &finding.message]));
        let severity = match finding.severity {
            Severity::Error => v::SH_VIOLATION,
            Severity::Warning => v::SH_WARNING,
            Severity::Note => v::SH_INFO,
        };
        let text = |text: &str| Term::from(LiteralRef::new_simple_literal(text).into_owned());
        let node = NamedNodeRef::new(&finding.node)
            .map_or_else(|_| text(&finding.node), |node| node.into_owned().into());
        say(&report, v::RESULT, NamedNodeRef::new_unchecked(&result).into_owned().into());
        say(&result, v::TYPE, v::VALIDATION_RESULT.into_owned().into());
        say(&result, v::FOCUS_NODE, node);
        say(&result, v::RESULT_MESSAGE, text(&finding.message));
        say(&result, v::RESULT_SEVERITY, severity.into_owned().into());
        say(&result, v::SOURCE_CONSTRAINT_COMPONENT, v::SPARQL_CONSTRAINT.into_owned().into());
        say(&result, v::LABEL, text(&finding.check));
    }
    triples.sort_by_cached_key(ToString::to_string);
    triples
}
