//! Which words on which line bear a statement out, as Web Annotations:
//! <https://www.w3.org/TR/annotation-model/>.

use super::source::line_id;
use super::{About, Emit, Mapper};
use crate::iri;
use crate::names::local_name;
use crate::record::Record;
use crate::source::Document;
use crate::vocab as v;
use oxigraph::model::NamedNodeRef;
use std::collections::{BTreeMap, BTreeSet};

/// The annotations of one quotation: which words on which line say so.
pub(super) struct Evidence<'a> {
    pub mapper: &'a Mapper<'a>,
    pub record: &'a Record,
    pub document: Option<&'a Document>,
    pub quotation: &'a str,
}

/// One statement about a quotation that words bear out.
struct Shown<'a> {
    /// `text`, `citation`, `theme-NAME` or `mention-NAME`.
    name: String,
    motivation: NamedNodeRef<'a>,
    body: Option<&'a str>,
}

/// A stretch of a text: the text's IRI, a short name of the stretch, offsets, and the words.
pub(super) struct Target {
    within: String,
    name: String,
    start: usize,
    end: usize,
    exact: String,
}

impl Evidence<'_> {
    pub fn all(&self, event: Option<&str>, emit: Emit<'_>) {
        if let (Some(places), Some(document)) = (&self.record.spans, self.document) {
            let on_lines = |ranges: &[[usize; 2]]| {
                ranges.iter().flat_map(|range| self.mapper.on_lines(document, *range)).collect::<Vec<_>>()
            };
            // The first offset tells two printings of one excerpt apart.
            let name = |what, ranges: &[[usize; 2]]| {
                format!("{what}-{}", ranges.first().map_or(0, |range| range[0]))
            };
            let text = Shown { name: name("text", &places.text), motivation: v::DESCRIBING, body: None };
            let mut targets = on_lines(&places.text);
            self.annotate(&text, &targets, emit);
            if let Some(citation) = places.citation {
                let shown =
                    Shown { name: name("citation", &[citation]), motivation: v::IDENTIFYING, body: event };
                let cited = on_lines(&[citation]);
                self.annotate(&shown, &cited, emit);
                targets.extend(cited);
            }
            self.mapper.selectors(&targets, emit);
        }
        let themes = self
            .record
            .themes
            .iter()
            .map(|theme| (theme.concept.as_str(), [theme.start, theme.end], theme.exact.as_str()));
        self.found("theme", v::CLASSIFYING, themes, emit);
        self.rules(emit);
        for (what, basis) in [("mention", None), ("reference", Some("event"))] {
            let mentions =
                self.record.mentions.iter().flatten().filter(|mention| mention.basis.as_deref() == basis);
            let found = mentions
                .map(|mention| (mention.key.as_str(), [mention.start, mention.end], mention.exact.as_str()));
            self.found(what, v::IDENTIFYING, found, emit);
        }
    }

    /// By which cues each theme was assigned; by none where somebody says so.
    fn rules(&self, emit: Emit<'_>) {
        let names = self.mapper.names;
        let scheme = &self.mapper.ontology.scheme;
        let language = self.record.language.as_deref().unwrap_or_default();
        for theme in &self.record.themes {
            let Some(concept) = names.expand(&theme.concept) else { continue };
            let own = || scheme.named(&names.expand(theme.rule.as_deref()?)?);
            let cue = own().or_else(|| scheme.label(&concept, language, &theme.cue));
            if let Some(cue) = cue {
                let annotation = self.annotation("theme", &concept);
                About { subject: &annotation, emit: &mut *emit }.link(v::CUE, &cue.name(names));
            }
        }
    }

    /// Name of the annotation that shows a thing.
    fn annotation(&self, what: &str, thing: &str) -> String {
        self.mapper.names.mint("evidence", &format!("{}-{what}-{}", self.record.id, local_name(thing)))
    }

    /// One annotation for each thing found, with every different wording that shows it, once.
    fn found<'f>(
        &self,
        what: &str,
        motivation: NamedNodeRef<'_>,
        found: impl Iterator<Item = (&'f str, [usize; 2], &'f str)>,
        emit: Emit<'_>,
    ) {
        let mut by_thing = BTreeMap::<&str, BTreeMap<&str, [usize; 2]>>::new();
        for (thing, range, exact) in found {
            by_thing.entry(thing).or_default().entry(exact).or_insert(range);
        }
        let mut targets = Vec::new();
        for (thing, wordings) in by_thing {
            let Some(body) = self.mapper.names.expand(thing) else { continue };
            let ranges: Vec<_> = wordings.into_values().collect();
            targets.extend(self.show(what, motivation, &body, &ranges, emit));
        }
        self.mapper.selectors(&targets, emit);
    }

    /// One annotation for one thing, with the ranges of the quotation's text that show it; their selectors are to be
    /// told, once for all things.
    pub fn show(
        &self,
        what: &str,
        motivation: NamedNodeRef<'_>,
        body: &str,
        ranges: &[[usize; 2]],
        emit: Emit<'_>,
    ) -> Vec<Target> {
        let targets: Vec<Target> = ranges.iter().flat_map(|range| self.in_text(*range)).collect();
        let shown = Shown { name: format!("{what}-{}", local_name(body)), motivation, body: Some(body) };
        self.annotate(&shown, &targets, emit);
        targets
    }

    fn annotate(&self, shown: &Shown<'_>, targets: &[Target], emit: Emit<'_>) {
        let names = self.mapper.names;
        let annotation = names.mint("evidence", &format!("{}-{}", self.record.id, shown.name));
        let mut about = About { subject: &annotation, emit: &mut *emit };
        about.a(v::ANNOTATION);
        about.link(v::EVIDENCE_FOR, self.quotation);
        about.link(v::MOTIVATED_BY, shown.motivation.as_str());
        if let Some(body) = shown.body {
            about.link(v::HAS_BODY, body);
        }
        self.mapper.spans(&annotation, targets, emit);
    }

    /// Where a range of the quotation's text stands: on lines of the page, or in the text itself
    /// where there is no page.
    fn in_text(&self, [start, end]: [usize; 2]) -> Vec<Target> {
        let (Some(places), Some(document)) = (&self.record.spans, self.document) else {
            let exact = self.record.text.chars().skip(start).take(end.saturating_sub(start)).collect();
            let name = format!("{}-{start}-{end}", self.record.id);
            return vec![Target { within: self.quotation.to_owned(), name, start, end, exact }];
        };
        let mut found = Vec::new();
        let mut position = 0;
        for (index, [first, last]) in places.text.iter().enumerate() {
            let length = last - first;
            let (from, to) = (start.max(position), end.min(position + length));
            if from < to {
                found
                    .extend(self.mapper.on_lines(document, [first + from - position, first + to - position]));
            }
            position += length + self.record.joins.get(index).map_or(0, |join| join.chars().count());
        }
        found
    }
}

impl Mapper<'_> {
    /// A range of a page, as targets of an annotation.
    pub(super) fn targets(&self, annotation: &str, document: &Document, range: [usize; 2], emit: Emit<'_>) {
        let targets = self.on_lines(document, range);
        self.spans(annotation, &targets, emit);
        self.selectors(&targets, emit);
    }

    /// Stretches as Web Annotation writes them, without what their selectors say:
    /// <https://www.w3.org/TR/annotation-model/#selectors>.
    fn spans(&self, annotation: &str, targets: &[Target], emit: Emit<'_>) {
        for target in targets {
            let span = self.names.mint("span", &target.name);
            About { subject: annotation, emit: &mut *emit }.link(v::HAS_TARGET, &span);
            let mut about = About { subject: &span, emit: &mut *emit };
            about.link(v::HAS_SOURCE, &target.within);
            about.link(v::HAS_SELECTOR, &self.position([target.start, target.end]));
            about.link(v::HAS_SELECTOR, &self.words(&target.exact));
        }
    }

    /// The selectors of stretches. Each is a value, not a place: every span of these offsets, or of these words,
    /// shares it, and it is told once.
    pub(super) fn selectors(&self, targets: &[Target], emit: Emit<'_>) {
        let positions: BTreeSet<_> = targets.iter().map(|target| [target.start, target.end]).collect();
        for [start, end] in positions {
            let position = self.position([start, end]);
            let mut about = About { subject: &position, emit: &mut *emit };
            about.a(v::TEXT_POSITION_SELECTOR);
            about.number(v::OA_START, start);
            about.number(v::END, end);
        }
        for words in targets.iter().map(|target| target.exact.as_str()).collect::<BTreeSet<_>>() {
            let node = self.words(words);
            let mut about = About { subject: &node, emit: &mut *emit };
            about.a(v::TEXT_QUOTE_SELECTOR);
            about.literal(v::EXACT, words);
        }
    }

    fn position(&self, [start, end]: [usize; 2]) -> String {
        self.names.mint("position", &format!("{start}-{end}"))
    }

    fn words(&self, words: &str) -> String {
        self.names.mint("words", &iri::words_id(words))
    }

    /// A range of the page, line by line.
    fn on_lines(&self, document: &Document, [start, end]: [usize; 2]) -> Vec<Target> {
        let lines = document.stretch_at(start)..=document.stretch_at(end.saturating_sub(1));
        lines
            .map(|index| {
                let (text, first) = document.stretch(index);
                let from = start.saturating_sub(first);
                let to = (end - first).min(text.chars().count());
                let exact = text.chars().skip(from).take(to - from).collect();
                let line = line_id(&document.name, document.lines[index].number);
                Target {
                    within: self.names.mint("line", &line),
                    name: format!("{line}-{from}-{to}"),
                    start: from,
                    end: to,
                    exact,
                }
            })
            .collect()
    }
}
