//! What one graph says and another does not, in terms of quotations, events and links.

use crate::graph::Graph;
use crate::names::Names;
use crate::vocab as v;
use anyhow::Result;
use oxigraph::model::{NamedNodeRef, NamedOrBlankNodeRef, Term, TermRef, TripleRef};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

/// Kinds of things that are told one by one, by the prefix of their names, in the order of telling;
/// whatever else there is comes after them.
const TOLD: [(&str, &str); 9] = [
    ("quotation", "Quotations"),
    ("event", "Events"),
    ("person", "People"),
    ("body", "Bodies"),
    ("place", "Places"),
    ("office", "Offices"),
    ("section", "Sections"),
    ("emendation", "Emendations"),
    ("formula", "Formulas"),
];
/// Kinds that only serve others: they are counted.
const COUNTED: [&str; 9] =
    ["participation", "evidence", "span", "position", "words", "line", "partition", "activity", "software"];
/// Properties by which a thing is called, the best first.
const CALLED: [NamedNodeRef<'_>; 6] = [v::PREF_LABEL, v::LABEL, v::TITLE, v::TEXT, v::BODY_VALUE, v::VALUE];
/// Characters of a name or a literal that are shown.
const SHOWN: usize = 40;

/// Statements about one thing that only one of two graphs has.
#[derive(Debug, Default)]
struct Change<'g> {
    added: Vec<TripleRef<'g>>,
    removed: Vec<TripleRef<'g>>,
}

/// The differences between two graphs.
#[derive(Debug)]
pub struct Diff<'g> {
    changes: BTreeMap<&'g str, Change<'g>>,
    before: BTreeSet<&'g str>,
    after: BTreeSet<&'g str>,
    /// What each thing is called, after the change where it is still there.
    called: BTreeMap<&'g str, &'g str>,
}

impl<'g> Diff<'g> {
    /// Compares two graphs as flat sets of statements.
    #[must_use]
    pub fn of(before: &'g Graph, after: &'g Graph) -> Self {
        let (old, new): (Vec<_>, Vec<_>) = (before.triples().collect(), after.triples().collect());
        let (old_set, new_set): (BTreeSet<String>, BTreeSet<String>) =
            (old.iter().map(ToString::to_string).collect(), new.iter().map(ToString::to_string).collect());
        let mut changes = BTreeMap::<&str, Change<'_>>::new();
        for triple in new.iter().filter(|triple| !old_set.contains(&triple.to_string())) {
            changes.entry(subject(triple)).or_default().added.push(*triple);
        }
        for triple in old.iter().filter(|triple| !new_set.contains(&triple.to_string())) {
            changes.entry(subject(triple)).or_default().removed.push(*triple);
        }
        let mut called = BTreeMap::new();
        for property in CALLED.iter().rev() {
            for triple in old.iter().chain(&new).filter(|triple| triple.predicate == *property) {
                if let TermRef::Literal(literal) = triple.object {
                    called.insert(subject(triple), literal.value());
                }
            }
        }
        let subjects = |triples: &[TripleRef<'g>]| triples.iter().map(subject).collect();
        Self { changes, before: subjects(&old), after: subjects(&new), called }
    }

    /// Whether there is no difference.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// Prints what was added (`+`), removed (`-`) and changed (`~`), kind by kind.
    ///
    /// # Errors
    /// When writing fails.
    pub fn write(&self, names: &Names, out: &mut dyn Write) -> Result<()> {
        if self.is_empty() {
            writeln!(out, "The two graphs make the same statements.")?;
            return Ok(());
        }
        let mut by_kind = BTreeMap::<&str, Vec<&str>>::new();
        for node in self.changes.keys() {
            by_kind.entry(names.split(node).map_or("", |(kind, _)| kind)).or_default().push(node);
        }
        for (kind, title) in TOLD {
            if let Some(nodes) = by_kind.remove(kind) {
                self.kind(title, &nodes, names, out)?;
            }
        }
        let counted: Vec<_> =
            COUNTED.iter().filter_map(|kind| Some((*kind, by_kind.remove(kind)?))).collect();
        let others: Vec<&str> = by_kind.into_values().flatten().collect();
        if !others.is_empty() {
            self.kind("Other things", &others, names, out)?;
        }
        for (kind, nodes) in counted {
            writeln!(out, "{kind}: {}", self.count(&nodes))?;
        }
        let statements = |of: fn(&Change<'_>) -> usize| self.changes.values().map(of).sum::<usize>();
        let (added, removed) =
            (statements(|change| change.added.len()), statements(|change| change.removed.len()));
        writeln!(out, "statements: {added} added, {removed} removed")?;
        Ok(())
    }

    fn kind(&self, title: &str, nodes: &[&str], names: &Names, out: &mut dyn Write) -> Result<()> {
        writeln!(out, "{title}: {}", self.count(nodes))?;
        for node in nodes {
            let called = self.called.get(node).map(|name| short(name)).unwrap_or_default();
            let name = names.shorten(node);
            match (self.before.contains(node), self.after.contains(node)) {
                (false, _) => writeln!(out, "  + {name}  {called}")?,
                (_, false) => writeln!(out, "  - {name}  {called}")?,
                _ => {
                    writeln!(out, "  ~ {name}  {called}")?;
                    self.statements(node, names, out)?;
                }
            }
        }
        writeln!(out)?;
        Ok(())
    }

    fn statements(&self, node: &str, names: &Names, out: &mut dyn Write) -> Result<()> {
        let Some(change) = self.changes.get(node) else { return Ok(()) };
        for (sign, triples) in [('-', &change.removed), ('+', &change.added)] {
            for triple in triples {
                let object = match triple.object {
                    TermRef::NamedNode(node) => names.shorten(node.as_str()),
                    TermRef::Literal(literal) => format!("“{}”", short(literal.value())),
                    other => Term::from(other).to_string(),
                };
                writeln!(out, "      {sign} {} {object}", names.shorten(triple.predicate.as_str()))?;
            }
        }
        Ok(())
    }

    fn count(&self, nodes: &[&str]) -> String {
        let added = nodes.iter().filter(|node| !self.before.contains(**node)).count();
        let removed = nodes.iter().filter(|node| !self.after.contains(**node)).count();
        let changed = nodes.len() - added - removed;
        let parts = [(added, "added"), (removed, "removed"), (changed, "changed")];
        let told: Vec<String> = parts
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!("{count} {what}"))
            .collect();
        told.join(", ")
    }
}

fn subject<'g>(triple: &TripleRef<'g>) -> &'g str {
    match triple.subject {
        NamedOrBlankNodeRef::NamedNode(node) => node.as_str(),
        NamedOrBlankNodeRef::BlankNode(node) => node.as_str(),
    }
}

/// The beginning of a text, on one line.
fn short(text: &str) -> String {
    let mut line: String = text.chars().take(SHOWN).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().nth(SHOWN).is_some() {
        line.push('…');
    }
    line
}
