//! `codebook.html`: every theme with its definition, its cues, real examples, counts and overlaps, made
//! from the scheme and from what its cues found.

use crate::corpus::Corpus;
use crate::highlight::{Marked, marked};
use crate::names::local_name;
use crate::page::{escape, page_head};
use crate::rdf::{iris, literals};
use crate::record::{Record, Theme};
use crate::scheme::{Cue, CueKind};
use crate::vocab as v;
use anyhow::Result;
use oxigraph::model::{NamedNodeRef, Triple};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

/// Quotations that are shown for each theme.
const EXAMPLES: usize = 3;
/// Themes that are named as coming up together with one.
const OVERLAPS: usize = 6;

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
    about: BTreeMap<&'a str, Vec<&'a Triple>>,
    /// Quotations by the themes that they have, by short name.
    quotations: BTreeMap<&'a str, Vec<&'a Record>>,
}

/// Writes the code book.
///
/// # Errors
/// When writing fails.
pub fn write_codebook(corpus: &Corpus, mut out: impl Write) -> Result<()> {
    let mut quotations = BTreeMap::<&str, Vec<&Record>>::new();
    for record in corpus.records() {
        let themes: BTreeSet<&str> = record.themes.iter().map(|theme| theme.concept.as_str()).collect();
        for theme in themes {
            quotations.entry(theme).or_default().push(record);
        }
    }
    let book = Codebook { corpus, about: corpus.ontology.facts.by_subject(), quotations };
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
        writeln!(
            out,
            "<p>A theme is coded by rule: words that stand in a quotation are listed as its <b>cues</b>. Of overlapping cues of one theme the leftmost, then the longest, counts; themes do not disturb one another. Figures count what these sources quote; one event may be quoted several times. <a href=\"index.html\">Back to the quotations</a></p>"
        )?;
        writeln!(out, "<nav><ul>")?;
        for (group, themes) in self.groups() {
            let link =
                |iri: &str| format!("<a href=\"#{}\">{}</a>", escape(local_name(iri)), self.label(iri));
            let below: Vec<String> = themes
                .iter()
                .map(|iri| format!("{} <small>{}</small>", link(iri), self.of(iri).len()))
                .collect();
            writeln!(
                out,
                "<li>{} <small>{}</small>: {}</li>",
                link(group),
                self.with_those_under(group),
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
        self.figures(iri, out)?;
        self.matches(facts, out)?;
        writeln!(out, "</dl>")?;
        self.cues(iri, out)?;
        self.examples(iri, out)?;
        writeln!(out, "</section>")?;
        Ok(())
    }

    fn figures(&self, iri: &str, out: &mut impl Write) -> Result<()> {
        let records = self.of(iri);
        let short = self.corpus.names.shorten(iri);
        let events: BTreeSet<&str> =
            records.iter().filter_map(|record| record.event.as_ref()?.id.as_deref()).collect();
        let main = records.iter().filter(|record| record.main_theme.as_deref() == Some(&short)).count();
        let all = self.corpus.records().count();
        writeln!(
            out,
            "<dt>Found in</dt><dd>{} of {all} quotations, from {} events; the main theme of {main}{}</dd>",
            records.len(),
            events.len(),
            match self.with_those_under(iri) {
                with_those if with_those > records.len() =>
                    format!("; with the themes under it in {with_those}"),
                _ => String::new(),
            }
        )?;
        if let Some(theme) = self
            .corpus
            .ontology
            .scheme
            .themes
            .get(iri)
            .filter(|theme| (theme.weight - 1.0).abs() > f64::EPSILON)
        {
            writeln!(out, "<dt>Weight</dt><dd>{} where the main theme is looked for</dd>", theme.weight)?;
        }
        let mut together = BTreeMap::<&str, (usize, usize)>::new();
        for record in records {
            for (theme, share) in beside(record, &short) {
                let (quotations, words) = together.entry(theme).or_default();
                *quotations += 1;
                *words += usize::from(share);
            }
        }
        let mut together: Vec<_> = together.into_iter().collect();
        together.sort_by_key(|(theme, (quotations, _))| (std::cmp::Reverse(*quotations), *theme));
        if !together.is_empty() {
            let each = together.into_iter().take(OVERLAPS).map(|(theme, (quotations, words))| {
                let iri = self.corpus.names.expand(theme).unwrap_or_default();
                format!(
                    "<a href=\"#{}\">{}</a> {quotations}, of these {words} by the same words",
                    escape(local_name(&iri)),
                    self.label(&iri)
                )
            });
            writeln!(out, "<dt>Together with</dt><dd>{}</dd>", each.collect::<Vec<_>>().join("; "))?;
        }
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

    /// The cues with the quotations that each was found in; the found ones first.
    fn cues(&self, iri: &str, out: &mut impl Write) -> Result<()> {
        let short = self.corpus.names.shorten(iri);
        let mut found = BTreeMap::<(Option<&str>, &str), usize>::new();
        for record in self.of(iri) {
            let cues: BTreeSet<_> = record
                .themes
                .iter()
                .filter(|theme| theme.concept == short)
                .map(|theme| (theme.rule.as_deref(), theme.cue.as_str()))
                .collect();
            for cue in cues {
                *found.entry(cue).or_default() += 1;
            }
        }
        let mut cues: Vec<(usize, &Cue)> = self
            .corpus
            .ontology
            .scheme
            .cues
            .iter()
            .filter(|cue| cue.theme == iri)
            .map(|cue| {
                let rule = cue.iri.as_deref().map(|iri| self.corpus.names.shorten(iri));
                (found.get(&(rule.as_deref(), cue.text.as_str())).copied().unwrap_or_default(), cue)
            })
            .collect();
        cues.sort_by_key(|(count, cue)| (cue.kind == CueKind::False, std::cmp::Reverse(*count), *cue));
        let used = cues.iter().filter(|(count, _)| *count > 0).count();
        writeln!(
            out,
            "<details>\n<summary>Cues <small>{}, {used} of them found</small></summary>",
            cues.len()
        )?;
        writeln!(
            out,
            "<table>\n<thead><tr><th>cue</th><th>language</th><th>rule</th><th>quotations</th></tr></thead>\n<tbody>"
        )?;
        for (count, cue) in cues {
            let tag = escape(&cue.language);
            writeln!(
                out,
                "<tr><td lang=\"{tag}\">{}</td><td>{tag}</td><td>{}</td><td class=\"number\">{count}</td></tr>",
                escape(&cue.text),
                rule(cue)
            )?;
        }
        writeln!(out, "</tbody>\n</table>\n</details>")?;
        Ok(())
    }

    /// Quotations of which it is the main theme, then those that show it by most words.
    fn examples(&self, iri: &str, out: &mut impl Write) -> Result<()> {
        let short = self.corpus.names.shorten(iri);
        let mut records: Vec<&Record> =
            self.of(iri).iter().copied().filter(|record| !record.text.is_empty()).collect();
        let shown = |record: &Record| {
            let words = record.themes.iter().filter(|theme| theme.concept == short);
            words.map(|theme| theme.end - theme.start).sum::<usize>()
        };
        records.sort_by_key(|record| {
            let main = record.main_theme.as_deref() == Some(&short);
            (!main, std::cmp::Reverse(shown(record)), &record.id)
        });
        for record in records.into_iter().take(EXAMPLES) {
            let of_theme = record.themes.iter().filter(|theme| theme.concept == short);
            let mark = |theme: &Theme| Marked { start: theme.start, end: theme.end, note: theme.cue.clone() };
            let marks: Vec<Marked> = of_theme.map(mark).collect();
            writeln!(
                out,
                "<figure class=\"quotation\"><blockquote lang=\"{}\">{}</blockquote>\n<figcaption><b>{}</b> <cite>{}</cite> <a href=\"index.html#{}\"><small>{} {}</small></a></figcaption></figure>",
                escape(record.language.as_deref().unwrap_or_default()),
                marked(&record.text, &marks),
                escape(&record.speaker),
                escape(record.citation.as_deref().unwrap_or("not cited")),
                escape(&record.id),
                escape(&record.source),
                record.n
            )?;
        }
        Ok(())
    }
}

/// The other themes of a quotation, each with whether some words show both.
fn beside<'r>(record: &'r Record, theme: &str) -> BTreeMap<&'r str, bool> {
    let mut found = BTreeMap::new();
    let own: Vec<&Theme> = record.themes.iter().filter(|other| other.concept == theme).collect();
    for other in record.themes.iter().filter(|other| other.concept != theme) {
        let share = own.iter().any(|own| own.start < other.end && other.start < own.end);
        *found.entry(other.concept.as_str()).or_default() |= share;
    }
    found
}

/// How a cue stands in the scheme.
fn rule(cue: &Cue) -> String {
    let quoted = |strings: &[String]| {
        strings.iter().map(|it| format!("“{}”", escape(it))).collect::<Vec<_>>().join(", ")
    };
    match cue.kind {
        CueKind::Preferred => "preferred label".to_owned(),
        CueKind::Alternative => "alternative label".to_owned(),
        CueKind::Hidden => "hidden label".to_owned(),
        CueKind::False => "false cue: shows nothing".to_owned(),
        CueKind::InContext => {
            let parts = [("with one of", &cue.required), ("without", &cue.forbidden)];
            let parts = parts.into_iter().filter(|(_, strings)| !strings.is_empty());
            let parts: Vec<String> =
                parts.map(|(how, strings)| format!("{how} {}", quoted(strings))).collect();
            format!("in context: {}", parts.join("; "))
        }
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
