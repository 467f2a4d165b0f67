//! How much of the sources' own words may be given on, and what was withdrawn. Offsets, names and
//! checksums stay, so that whoever holds the source can still prove everything.

use crate::corpus::{Corpus, Source};
use crate::folder::Folder;
use crate::graph::Graph;
use crate::names::bare;
use crate::problem::Problem;
use crate::rdf::iri_of;
use crate::record::{Record, Withdrawal};
use crate::sheet::{Layout, Sheet, TABLES};
use crate::vocab as v;
use anyhow::Result;
use oxigraph::model::{NamedNode, Quad, QuadRef, Term};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::PathBuf;

/// How much of the sources' own words is given on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum)]
pub enum Words {
    /// None: no run of ten characters of a source, only offsets and checksums.
    None,
    /// The words that show a theme, a name, a slip; no whole quotation.
    Evidence,
    /// Quotations and their citations; not the pages they stand on.
    Quotes,
    /// Everything.
    #[default]
    Full,
}

/// A run of so many characters of a source is its text; a shorter one is a word or two.
const RUN: usize = 10;

/// Every run of characters in the sources, by which their text is recognised wherever it comes up.
struct Runs(HashSet<Vec<char>>);

impl Runs {
    fn of(corpus: &Corpus) -> Self {
        let mut runs = HashSet::new();
        let mut add = |text: &str| {
            let characters: Vec<char> = text.chars().collect();
            runs.extend(characters.windows(RUN).map(<[char]>::to_vec));
        };
        for source in &corpus.sources {
            if let Some(page) = &source.page {
                add(&page.document.text);
            }
            for record in &source.records {
                add(&record.text);
                record.citation.iter().for_each(|citation| add(citation));
            }
        }
        Self(runs)
    }

    fn in_text(&self, text: &str) -> bool {
        let characters: Vec<char> = text.chars().collect();
        characters.windows(RUN).any(|run| self.0.contains(run))
    }
}

/// Takes out of records and graph what may not be given on.
pub fn withhold(words: Words, corpus: &mut Corpus, graph: Graph) -> Graph {
    if words == Words::Full {
        return graph;
    }
    let runs = (words == Words::None).then(|| Runs::of(corpus));
    let kept = graph_without(words, runs.as_ref(), &graph);
    if words == Words::Quotes {
        return kept;
    }
    for record in corpus.sources.iter_mut().flat_map(|source| &mut source.records) {
        record.text.clear();
        (record.text_emended, record.citation, record.continued) = (None, None, None);
        if let Some(runs) = &runs {
            *record = without_runs(record, runs);
        }
    }
    if let Some(runs) = &runs {
        // The scheme may quote the source in its cues and examples.
        let ontology = &mut corpus.ontology;
        ontology.scheme.cues.retain(|cue| !runs.in_text(&cue.text));
        ontology.facts.triples.retain(|triple| match &triple.object {
            Term::Literal(literal) => !runs.in_text(literal.value()),
            _ => true,
        });
        for problem in &mut corpus.problems {
            if runs.in_text(&problem.message) || runs.in_text(&problem.help) {
                "something is wrong here; what it is quotes the source".clone_into(&mut problem.message);
                problem.help.clear();
            }
        }
    }
    kept
}

/// The statements that may be given on.
fn graph_without(words: Words, runs: Option<&Runs>, graph: &Graph) -> Graph {
    let (mut lines, mut sections) = (BTreeSet::new(), BTreeSet::new());
    let mut selectors = BTreeSet::new();
    let quads: Vec<Quad> = graph.quads().map(QuadRef::into_owned).collect();
    for quad in &quads {
        match &quad.object {
            Term::NamedNode(class) if quad.predicate == v::TYPE && *class == v::SECTION_CLASS => {
                sections.insert(iri_of(&quad.subject).to_owned());
            }
            Term::NamedNode(class) if quad.predicate == v::TYPE && *class == v::LINE_CLASS => {
                lines.insert(iri_of(&quad.subject).to_owned());
            }
            Term::NamedNode(class) if quad.predicate == v::TYPE && *class == v::TEXT_QUOTE_SELECTOR => {
                selectors.insert(iri_of(&quad.subject).to_owned());
            }
            _ => {}
        }
    }
    // Words of evidence stay where they are words, not where they are whole texts.
    let (whole, gone) = match words {
        Words::None => (selectors, made_of_words(words, &quads)),
        Words::Evidence => (whole_texts(&quads), made_of_words(words, &quads)),
        Words::Quotes | Words::Full => (BTreeSet::new(), BTreeSet::new()),
    };
    let mut kept = Vec::new();
    for quad in quads {
        let subject = iri_of(&quad.subject);
        let is_line = quad.predicate == v::VALUE && lines.contains(subject);
        let is_text = quad.predicate == v::TEXT && words <= Words::Evidence;
        if is_line || is_text {
            kept.push(length_instead(quad));
            continue;
        }
        let withheld = words <= Words::Evidence
            && [v::EMENDED_TEXT, v::CITATION, v::CONTINUED].contains(&quad.predicate.as_ref());
        let withheld = withheld || whole.contains(subject) || gone.contains(subject);
        let object = match &quad.object {
            Term::NamedNode(node) => whole.contains(node.as_str()) || gone.contains(node.as_str()),
            Term::Literal(literal) => runs.is_some_and(|runs| runs.in_text(literal.value())),
            _ => false,
        };
        if object && quad.predicate == v::PREF_LABEL && sections.contains(subject) {
            kept.push(length_instead(quad));
        } else if !(withheld || object && words <= Words::Evidence) {
            kept.push(quad);
        }
    }
    Graph::from_quads(kept.iter().map(Quad::as_ref))
}

/// Things that are nothing without words: formulas and their evidence; where no word is given on,
/// emendations and cues as well.
fn made_of_words(words: Words, quads: &[Quad]) -> BTreeSet<String> {
    let is_made = |quad: &&Quad| match quad.predicate.as_ref() {
        v::TYPE => {
            quad.object == v::FORMULA_CLASS.into()
                || words == Words::None && quad.object == v::CUE_CLASS.into()
        }
        v::MOTIVATED_BY => {
            quad.object == v::LINKING.into() || words == Words::None && quad.object == v::EDITING.into()
        }
        _ => false,
    };
    quads.iter().filter(is_made).map(|quad| iri_of(&quad.subject).to_owned()).collect()
}

/// The length of a text in place of it.
fn length_instead(quad: Quad) -> Quad {
    let length = if let Term::Literal(literal) = &quad.object { literal.value().chars().count() } else { 0 };
    let number = oxigraph::model::Literal::new_typed_literal(length.to_string(), v::XSD_INTEGER);
    Quad { predicate: v::CHARACTERS.into_owned(), object: number.into(), ..quad }
}

/// The selectors by which whole texts, citations and shared wordings are evidence.
fn whole_texts(quads: &[Quad]) -> BTreeSet<String> {
    let links = |property: oxigraph::model::NamedNodeRef<'static>| {
        let mut links = BTreeMap::<&str, Vec<&NamedNode>>::new();
        for quad in quads.iter().filter(|quad| quad.predicate == property) {
            if let Term::NamedNode(node) = &quad.object {
                links.entry(iri_of(&quad.subject)).or_default().push(node);
            }
        }
        links
    };
    let (motives, targets, selectors) =
        (links(v::MOTIVATED_BY), links(v::HAS_TARGET), links(v::HAS_SELECTOR));
    let events: BTreeSet<&str> = quads
        .iter()
        .filter(|quad| quad.predicate == v::TYPE && quad.object == v::EVENT.into())
        .map(|quad| iri_of(&quad.subject))
        .collect();
    let bodies = links(v::HAS_BODY);
    let of_event = |annotation: &str| {
        let mut bodies = bodies.get(annotation).into_iter().flatten();
        bodies.any(|body| events.contains(body.as_str()))
    };
    let is_whole = |annotation: &str, motive: &NamedNode| {
        *motive == v::DESCRIBING
            || *motive == v::LINKING
            || (*motive == v::IDENTIFYING && of_event(annotation))
    };
    let whole = motives
        .iter()
        .filter(|(annotation, motives)| motives.iter().any(|motive| is_whole(annotation, motive)));
    let spans = whole.filter_map(|(annotation, _)| targets.get(annotation)).flatten();
    let found = spans.filter_map(|span| selectors.get(span.as_str())).flatten();
    let quotes: BTreeSet<&str> = quads
        .iter()
        .filter(|quad| quad.predicate == v::TYPE && quad.object == v::TEXT_QUOTE_SELECTOR.into())
        .map(|quad| iri_of(&quad.subject))
        .collect();
    found.map(|node| node.as_str()).filter(|node| quotes.contains(node)).map(str::to_owned).collect()
}

/// A record without any string that is text of a source; what must be there is empty instead.
fn without_runs(record: &Record, runs: &Runs) -> Record {
    let Ok(mut json) = serde_json::to_value(record) else { return Record::default() };
    hide(&mut json, runs);
    serde_json::from_value(json).unwrap_or_default()
}

fn hide(value: &mut serde_json::Value, runs: &Runs) {
    match value {
        serde_json::Value::Object(fields) => {
            for (name, field) in fields {
                // Words of evidence are words of the source, however short.
                let evidence = ["exact", "cue", "rule"].contains(&name.as_str());
                if let serde_json::Value::String(text) = field
                    && (evidence || runs.in_text(text))
                {
                    text.clear();
                } else {
                    hide(field, runs);
                }
            }
        }
        serde_json::Value::Array(items) => items.iter_mut().for_each(|item| hide(item, runs)),
        _ => {}
    }
}

/// Table of what was withdrawn, inside `data/`.
pub const WITHDRAWN: &str = "withdrawn.";
/// Its columns.
pub const COLUMNS: [&str; 3] = ["id", "reason", "by"];

/// Reads which quotations are withdrawn, by their ids.
///
/// # Errors
/// When the file cannot be read.
pub fn withdrawals(data: &Folder, problems: &mut Vec<Problem>) -> Result<BTreeMap<String, Withdrawn>> {
    let mut found = BTreeMap::new();
    for file in data.matching(WITHDRAWN, &TABLES) {
        let layout = Layout { known: &COLUMNS, needed: &["id", "reason"], ..Layout::default() };
        let Some(sheet) = Sheet::read(file, &layout, problems)? else { continue };
        for row in &sheet.rows {
            let text = |column| sheet.cell(row, column).map(str::to_owned);
            let Some(id) = text("id").map(|id| bare(&id).to_owned()) else { continue };
            let withdrawal = Withdrawal { reason: text("reason").unwrap_or_default(), by: text("by") };
            found.insert(id, Withdrawn { withdrawal, path: file.path.clone(), line: row.line });
        }
    }
    Ok(found)
}

/// A withdrawal and where it is written.
#[derive(Debug, Clone)]
pub struct Withdrawn {
    /// Why, and by whom.
    pub withdrawal: Withdrawal,
    /// The file.
    pub path: PathBuf,
    /// The row.
    pub line: usize,
}

impl Withdrawn {
    /// The problem of a row whose quotation is not there.
    #[must_use]
    pub fn of_nobody(&self, id: &str) -> Problem {
        let problem = Problem::error(&self.path, format!("no quotation is called `{id}`"));
        let help = "nothing is withdrawn by this row; look for the quotation's new name";
        problem.at(self.line, 0).help(help)
    }
}

/// Takes the words of a withdrawn quotation out of its source; a tombstone stays.
pub fn withdraw(source: &mut Source, number: usize, withdrawal: &Withdrawal) {
    let record = &mut source.records[number];
    if let (Some(page), Some(places)) = (&mut source.page, &record.spans) {
        let document = &page.document;
        let ranges = places.text.iter().chain(&places.citation);
        let lines = ranges.flat_map(|[start, end]| {
            document.stretch_at(*start)..=document.stretch_at(end.saturating_sub(1))
        });
        page.withheld.extend(lines);
    }
    tombstone(record, withdrawal);
}

/// Takes the words out of a record.
pub fn tombstone(record: &mut Record, withdrawal: &Withdrawal) {
    *record = Record {
        id: std::mem::take(&mut record.id),
        source: std::mem::take(&mut record.source),
        n: record.n,
        spans: record.spans.take(),
        withdrawn: Some(withdrawal.clone()),
        ..Record::default()
    };
}
