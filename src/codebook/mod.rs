//! `codebook.html`: every theme with its definition, its cues, real examples, counts and overlaps, made
//! from the scheme and from what its cues found.

mod found;

use crate::corpus::Corpus;
use crate::names::local_name;
use crate::page::{escape, listed, page_head};
use crate::rdf::{iris, literals};
use crate::record::Record;
use crate::vocab as v;
use anyhow::Result;
use oxigraph::model::{NamedNodeRef, Triple};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

/// What is written for people, in order.
const NOTES: [(&str, NamedNodeRef<'_>); 4] = [
    ("Definition", v::DEFINITION),
    ("Where it ends", v::SCOPE_NOTE),
    ("Example", v::EXAMPLE),
    ("Not this", v::COUNTER_EXAMPLE),
];
/// Links to other vocabularies, in order.
const MATCHES: [(&str, NamedNodeRef<'_>); 4] = [
    ("same", v::EXACT_MATCH),
    ("close", v::CLOSE_MATCH),
    ("broader", v::BROAD_MATCH),
    ("narrower", v::NARROW_MATCH),
];

struct Codebook<'a> {
    corpus: &'a Corpus,
    results: Results,
    about: BTreeMap<&'a str, Vec<&'a Triple>>,
    /// Quotations by the themes that they have, by short name.
    quotations: BTreeMap<&'a str, Vec<&'a Record>>,
    /// Ids of those that can be linked to.
    listed: BTreeSet<&'a str>,
}

/// Whether the code book says what rules go by and what they found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Results {
    /// For readers of results.
    Shown,
    /// For coders, who ought not to know.
    LeftOut,
}

/// Writes the code book.
///
/// # Errors
/// When writing fails.
pub fn write_codebook(corpus: &Corpus, results: Results, mut out: impl Write) -> Result<()> {
    let mut quotations = BTreeMap::<&str, Vec<&Record>>::new();
    for record in corpus.records() {
        let themes: BTreeSet<&str> = record.themes.iter().map(|theme| theme.concept.as_str()).collect();
        for theme in themes {
            quotations.entry(theme).or_default().push(record);
        }
    }
    let listed = listed(corpus).map(|record| record.id.as_str()).collect();
    let book = Codebook { corpus, results, about: corpus.ontology.facts.by_subject(), quotations, listed };
    page_head("Code book", &mut out)?;
    book.introduction(&mut out)?;
    for (group, themes) in book.groups() {
        book.theme(group, 2, &mut out)?;
        for theme in themes {
            book.theme(theme, 3, &mut out)?;
        }
    }
    writeln!(out, "</main>\n</body>\n</html>")?;
    Ok(())
}

impl<'a> Codebook<'a> {
    /// Themes without a broader one, each with those under it, however deep.
    fn groups(&self) -> Vec<(&'a str, Vec<&'a str>)> {
        let themes = &self.corpus.ontology.scheme.themes;
        let broader = |iri: &str| {
            let mut broader = iris(self.facts(iri), v::BROADER).filter(|iri| themes.contains_key(*iri));
            broader.next().map(str::to_owned)
        };
        let top = |iri: &str| {
            let mut seen = BTreeSet::from([iri.to_owned()]);
            let mut top = iri.to_owned();
            while let Some(wider) = broader(&top).filter(|wider| seen.insert(wider.clone())) {
                top = wider;
            }
            top
        };
        let mut groups = BTreeMap::<String, Vec<&str>>::new();
        for iri in themes.keys() {
            let group = groups.entry(top(iri)).or_default();
            if top(iri) != *iri {
                group.push(iri);
            }
        }
        let named = groups.into_iter();
        named.filter_map(|(group, below)| Some((themes.get_key_value(&group)?.0.as_str(), below))).collect()
    }

    fn facts(&self, iri: &str) -> &[&'a Triple] {
        self.about.get(iri).map_or(&[][..], Vec::as_slice)
    }

    fn label(&self, iri: &str) -> String {
        let labels = self.corpus.ontology.scheme.themes.get(iri).map(|theme| &theme.labels);
        let labels = labels.into_iter().flatten();
        let labels: Vec<String> = labels
            .map(|(tag, label)| format!("<span lang=\"{}\">{}</span>", escape(tag), escape(label)))
            .collect();
        if labels.is_empty() { escape(local_name(iri)) } else { labels.join(" · ") }
    }

    /// How many quotations speak of a theme or of one under it.
    fn with_those_under(&self, iri: &str) -> usize {
        let groups = self.groups();
        let below =
            groups.iter().filter(|(group, _)| *group == iri).flat_map(|(_, below)| below.iter().copied());
        let records = below.chain([iri]).flat_map(|theme| self.of(theme));
        records.map(|record| record.id.as_str()).collect::<BTreeSet<_>>().len()
    }

    fn of(&self, iri: &str) -> &[&'a Record] {
        self.quotations.get(self.corpus.names.shorten(iri).as_str()).map_or(&[][..], Vec::as_slice)
    }

    fn introduction(&self, out: &mut impl Write) -> Result<()> {
        let scheme = self.corpus.ontology.facts.subjects(v::TYPE, v::CONCEPT_SCHEME);
        let of_themes = scheme.into_iter().filter(|iri| {
            let named = self.corpus.ontology.scheme.themes.keys();
            named.into_iter().any(|theme| iris(self.facts(theme), v::IN_SCHEME).any(|scheme| scheme == *iri))
        });
        writeln!(out, "<header>\n<h1>Code book</h1>")?;
        for iri in of_themes {
            for property in [v::TITLE, v::DESCRIPTION] {
                paragraphs(self.facts(iri), property, out)?;
            }
        }
        if self.results == Results::Shown {
            writeln!(
                out,
                "<p>A theme is coded by rule: words that stand in a quotation are listed as its <b>cues</b>. Of overlapping cues of one theme the leftmost, then the longest, counts; themes do not disturb one another. Figures count what these sources quote; one event may be quoted several times. <a href=\"index.html\">Back to the quotations</a></p>"
            )?;
        }
        writeln!(out, "<nav><ul>")?;
        let counted = |count: usize| match self.results {
            Results::Shown => format!(" <small>{count}</small>"),
            Results::LeftOut => String::new(),
        };
        for (group, themes) in self.groups() {
            let link =
                |iri: &str| format!("<a href=\"#{}\">{}</a>", escape(local_name(iri)), self.label(iri));
            let below: Vec<String> =
                themes.iter().map(|iri| format!("{}{}", link(iri), counted(self.of(iri).len()))).collect();
            writeln!(
                out,
                "<li>{}{}: {}</li>",
                link(group),
                counted(self.with_those_under(group)),
                below.join(", ")
            )?;
        }
        writeln!(out, "</ul></nav>\n</header>\n<main>")?;
        Ok(())
    }

    fn theme(&self, iri: &str, level: u8, out: &mut impl Write) -> Result<()> {
        let facts = self.facts(iri);
        let id = escape(local_name(iri));
        writeln!(out, "<section id=\"{id}\">\n<h{level}>{} <code>{id}</code></h{level}>", self.label(iri))?;
        writeln!(out, "<dl>")?;
        for (title, property) in NOTES {
            if literals(facts, property).next().is_some() {
                writeln!(out, "<dt>{title}</dt><dd>")?;
                paragraphs(facts, property, out)?;
                writeln!(out, "</dd>")?;
            }
        }
        if self.results == Results::Shown {
            self.figures(iri, out)?;
        }
        self.matches(facts, out)?;
        writeln!(out, "</dl>")?;
        if self.results == Results::Shown {
            self.cues(iri, out)?;
            self.examples(iri, out)?;
        }
        writeln!(out, "</section>")?;
        Ok(())
    }

    fn matches(&self, facts: &[&Triple], out: &mut impl Write) -> Result<()> {
        let mut found = Vec::new();
        for (how, property) in MATCHES {
            found.extend(iris(facts, property).map(|iri| {
                let name = self.corpus.names.shorten(iri);
                format!("<a href=\"{}\">{}</a> ({how})", escape(iri), escape(&name))
            }));
        }
        if !found.is_empty() {
            writeln!(out, "<dt>Elsewhere</dt><dd>{}</dd>", found.join(", "))?;
        }
        Ok(())
    }
}

fn paragraphs(facts: &[&Triple], property: NamedNodeRef<'_>, out: &mut impl Write) -> Result<()> {
    let mut values: Vec<_> = literals(facts, property).collect();
    values.sort_by_key(|value| (value.language(), value.value()));
    for value in values {
        let language = escape(value.language().unwrap_or_default());
        writeln!(out, "<p lang=\"{language}\">{}</p>", escape(value.value()))?;
    }
    Ok(())
}
