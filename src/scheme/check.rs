//! What is wrong in a scheme of themes, told where it is written.

use crate::folder::File;
use crate::names::local_name;
use crate::problem::{Problem, nearest};
use crate::rdf::{Facts, iris, literals};
use crate::source::place_of;
use crate::vocab as v;
use anyhow::Result;
use oxigraph::model::{NamedNodeRef, Term, Triple};
use std::collections::{BTreeMap, BTreeSet};

/// Terms of our own that themes and cues may have.
const OWN: [NamedNodeRef<'_>; 12] = [
    v::COUNTER_EXAMPLE,
    v::FALSE_CUE,
    v::FORBIDDEN_CONTEXT,
    v::FORBIDDEN_SPEAKER,
    v::IGNORE_NEGATED,
    v::IGNORE_REPORTED,
    v::REQUIRED_CONTEXT,
    v::REQUIRED_SPEAKER,
    v::RULE,
    v::SHOWS,
    v::TEXT_MODE,
    v::WEIGHT,
];

struct Check<'a> {
    file: &'a File,
    text: String,
    concepts: BTreeSet<&'a str>,
    about: BTreeMap<&'a str, Vec<&'a Triple>>,
    problems: Vec<Problem>,
}

/// Looks through the themes and cues of a file.
///
/// # Errors
/// When the file cannot be read.
pub fn check(file: &File, facts: &Facts) -> Result<Vec<Problem>> {
    let text = String::from_utf8_lossy(&file.bytes()?).into_owned();
    let concepts: BTreeSet<&str> = facts.subjects(v::TYPE, v::CONCEPT).into_iter().collect();
    let mut check = Check { file, text, concepts, about: facts.by_subject(), problems: Vec::new() };
    check.names();
    for concept in check.concepts.clone() {
        check.own_terms(concept);
        check.theme(concept);
    }
    for cue in facts.subjects(v::TYPE, v::CUE_CLASS) {
        check.own_terms(cue);
        check.cue(cue);
    }
    Ok(check.problems)
}

impl<'a> Check<'a> {
    fn tell(&mut self, iri: &str, problem: Problem) {
        let (line, column) = self.place(iri);
        self.problems.push(problem.at(line, column));
    }

    fn error(&mut self, iri: &str, message: &str, help: &str) {
        let message = format!("`{}` {message}", local_name(iri));
        self.tell(iri, Problem::error(&self.file.path, message).help(help));
    }

    fn warning(&mut self, iri: &str, message: &str, help: &str) {
        let message = format!("`{}` {message}", local_name(iri));
        self.tell(iri, Problem::warning(&self.file.path, message).help(help));
    }

    /// Where a thing is described, as far as the text shows it.
    fn place(&self, iri: &str) -> (usize, usize) {
        let name = local_name(iri);
        let ways = [
            format!("\n{iri}"),
            format!("\n<{iri}>"),
            format!(":{name} a "),
            format!("about=\"{iri}\""),
            name.to_owned(),
        ];
        let byte =
            ways.iter().find_map(|way| Some(self.text.find(way)? + usize::from(way.starts_with('\n'))));
        let line_start = byte.map(|byte| self.text[..byte].rfind('\n').map_or(0, |end| end + 1));
        line_start.map_or((0, 0), |byte| place_of(&self.text, byte))
    }

    fn facts(&self, iri: &str) -> Vec<&'a Triple> {
        self.about.get(iri).cloned().unwrap_or_default()
    }

    /// Evidence and pages name a theme by the last part of its IRI.
    fn names(&mut self) {
        let mut seen = BTreeMap::<&str, &str>::new();
        for iri in self.concepts.clone() {
            if let Some(other) = seen.insert(local_name(iri), iri) {
                let message =
                    format!("ends like <{other}>, and themes are told apart by the last part of their IRIs");
                self.error(iri, &message, "give one of them another IRI, or leave it out of the file");
            }
        }
    }

    fn own_terms(&mut self, iri: &str) {
        for triple in self.facts(iri) {
            let Some(term) = triple.predicate.as_str().strip_prefix(v::DICTUM) else { continue };
            if !OWN.contains(&triple.predicate.as_ref()) {
                let known: Vec<&str> = OWN.iter().map(|term| local_name(term.as_str())).collect();
                let meant = nearest(term, known.iter().copied());
                let meant = meant.map(|meant| format!("did you mean `dictum:{meant}`? ")).unwrap_or_default();
                let help = format!("{meant}themes and cues may have {}", known.join(", "));
                self.error(iri, &format!("has an unknown property `dictum:{term}`"), &help);
            }
        }
    }

    fn theme(&mut self, iri: &str) {
        let facts = self.facts(iri);
        let labels = [v::PREF_LABEL, v::ALT_LABEL, v::HIDDEN_LABEL];
        if labels.iter().all(|label| literals(&facts, *label).next().is_none()) {
            self.warning(
                iri,
                "has no label",
                "nothing finds a theme without labels, and no table can name it",
            );
        }
        let mut languages = BTreeSet::new();
        for label in literals(&facts, v::PREF_LABEL) {
            if !languages.insert(label.language().unwrap_or_default().to_lowercase()) {
                let message =
                    format!("has two preferred labels in `{}`", label.language().unwrap_or_default());
                self.error(iri, &message, "make one of them a skos:altLabel");
            }
        }
        for label in labels.iter().flat_map(|label| literals(&facts, *label)) {
            if label.value().trim().is_empty() {
                self.error(iri, "has an empty label", "it is left aside, for it would be found everywhere");
            }
        }
        let weights: Vec<_> = facts.iter().filter(|triple| triple.predicate == v::WEIGHT).collect();
        for triple in &weights {
            let number = match &triple.object {
                Term::Literal(literal) => literal.value().parse::<f64>().ok(),
                _ => None,
            };
            if number.is_none_or(|number| !(number.is_finite() && number >= 0.0)) {
                let message = format!("has a weight that is no number: {}", triple.object);
                self.error(iri, &message, "weights are numbers from 0, as 0.5; it counts as 1");
            }
        }
        if weights.len() > 1 {
            self.error(iri, "has several weights", "leave one of them");
        }
        self.broader(iri);
    }

    fn broader(&mut self, iri: &str) {
        let mut seen = BTreeSet::from([iri.to_owned()]);
        let mut open: Vec<String> = iris(&self.facts(iri), v::BROADER).map(str::to_owned).collect();
        for wider in &open {
            if !self.concepts.contains(wider.as_str()) {
                let message = format!("has a broader theme that is not described: <{wider}>");
                self.warning(iri, &message, "describe it in the same file, or take the link out");
            }
        }
        while let Some(wider) = open.pop() {
            if wider == iri {
                self.error(iri, "is broader than itself, by way of others", "take one skos:broader out");
                return;
            }
            if seen.insert(wider.clone()) {
                open.extend(iris(&self.facts(&wider), v::BROADER).map(str::to_owned));
            }
        }
    }

    fn cue(&mut self, iri: &str) {
        let facts = self.facts(iri);
        if literals(&facts, v::VALUE).chain(literals(&facts, v::FALSE_CUE)).next().is_none() {
            self.error(iri, "has no rdf:value", "give the string that it looks for");
        }
        let shown: Vec<&str> = iris(&facts, v::SHOWS).collect();
        if shown.is_empty() {
            self.error(iri, "shows no theme", "name it: dictum:shows theme:…");
        }
        for theme in shown.into_iter().filter(|theme| !self.concepts.contains(theme)).collect::<Vec<_>>() {
            let known = self.concepts.iter().map(|iri| local_name(iri));
            let meant = nearest(local_name(theme), known);
            let meant = meant.map(|meant| format!("did you mean `{meant}`? ")).unwrap_or_default();
            let message = format!("shows `{}`, which is no theme", local_name(theme));
            self.error(iri, &message, &format!("{meant}the cue is left aside"));
        }
    }
}
