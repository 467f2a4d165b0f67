//! What was found of a theme: counts, overlaps, cues, and real examples.

use super::Codebook;
use crate::highlight::{Marked, marked};
use crate::names::local_name;
use crate::page::escape;
use crate::record::{Record, Theme};
use crate::scheme::{Cue, CueKind};
use anyhow::Result;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

/// Quotations that are shown for each theme.
const EXAMPLES: usize = 3;
/// Themes that are named as coming up together with one.
const OVERLAPS: usize = 6;

impl Codebook<'_> {
    pub(super) fn figures(&self, iri: &str, out: &mut impl Write) -> Result<()> {
        let records = self.of(iri);
        let short = self.corpus.names.shorten(iri);
        let events: BTreeSet<&str> =
            records.iter().filter_map(|record| record.event.as_ref()?.id.as_deref()).collect();
        let main = records.iter().filter(|record| record.main_theme.as_deref() == Some(&short)).count();
        let by_hand = records.iter().filter(|record| {
            record.themes.iter().any(|theme| theme.concept == short && theme.cue.is_empty())
        });
        let by_hand = match by_hand.count() {
            0 => String::new(),
            count => format!("; coded by hand in {count}"),
        };
        let all = self.corpus.records().count();
        writeln!(
            out,
            "<dt>Found in</dt><dd>{} of {all} quotations, from {} events; the main theme of {main}{}{by_hand}</dd>",
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
                    "<a href=\"#{}\">{}</a> {quotations}, of these {words} in words that overlap",
                    escape(local_name(&iri)),
                    self.label(&iri)
                )
            });
            writeln!(out, "<dt>Together with</dt><dd>{}</dd>", each.collect::<Vec<_>>().join("; "))?;
        }
        Ok(())
    }

    /// The cues with the quotations that each was found in; the found ones first.
    pub(super) fn cues(&self, iri: &str, out: &mut impl Write) -> Result<()> {
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
    pub(super) fn examples(&self, iri: &str, out: &mut impl Write) -> Result<()> {
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
            let place = format!("<small>{} {}</small>", escape(&record.source), record.n);
            let place = if self.listed.contains(record.id.as_str()) {
                format!("<a href=\"index.html#{}\">{place}</a>", escape(&record.id))
            } else {
                place
            };
            writeln!(
                out,
                "<figure class=\"quotation\"><blockquote lang=\"{}\">{}</blockquote>\n<figcaption><b>{}</b> <cite>{}</cite> {place}</figcaption></figure>",
                escape(record.language.as_deref().unwrap_or_default()),
                marked(&record.text, &marks),
                escape(&record.speaker),
                escape(record.citation.as_deref().unwrap_or("not cited")),
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
