//! What the whole corpus shows, and what the data set says about itself.

use super::evidence::Evidence;
use super::{About, Emit, Mapper};
use crate::corpus::{Corpus, Source};
use crate::derive::{Duplicate, Formula};
use crate::emendation::{Emendation, within};
use crate::iri;
use crate::record::Record;
use crate::source::Kind;
use crate::vocab as v;
use oxigraph::model::NamedNodeRef;
use rayon::prelude::*;
use std::collections::BTreeMap;

impl Mapper<'_> {
    /// A wording with the quotations that share it and its places in each.
    pub fn formula(&self, formula: &Formula<'_>, emit: Emit<'_>) {
        let id = iri::hash(&[formula.words]);
        let node = self.names.mint("formula", &id);
        let language = formula.uses.first().and_then(|one| one.record.language.as_deref()).unwrap_or("und");
        let mut about = About { subject: &node, emit: &mut *emit };
        about.a(v::FORMULA_CLASS);
        about.words(v::VALUE, formula.words, language);
        about.number(v::CHARACTERS, formula.words.chars().count());
        let mut targets = Vec::new();
        for one in &formula.uses {
            let quotation = self.names.mint("quotation", &one.record.id);
            About { subject: &quotation, emit: &mut *emit }.link(v::FORMULA, &node);
            let evidence =
                Evidence { mapper: self, record: one.record, document: one.document, quotation: &quotation };
            targets.extend(evidence.show("formula", v::LINKING, &node, &one.places, emit));
        }
        self.selectors(&targets, emit);
    }

    /// The slips of a page, each with what ought to stand there and what they stand in.
    pub fn emendations(&self, source: &Source, emit: Emit<'_>) {
        let Some(page) = &source.page else { return };
        let withheld = |emendation: &&Emendation| {
            let lines =
                page.document.stretch_at(emendation.start)..=page.document.stretch_at(emendation.end - 1);
            lines.into_iter().any(|line| page.withheld.contains(&line))
        };
        for emendation in page.emendations.iter().filter(|emendation| !withheld(emendation)) {
            let id = format!("{}-{}-{}", iri::segment(&source.name), emendation.start, emendation.end);
            let node = self.names.mint("emendation", &id);
            let mut about = About { subject: &node, emit: &mut *emit };
            about.a(v::ANNOTATION);
            about.link(v::MOTIVATED_BY, v::EDITING.as_str());
            about.words(v::BODY_VALUE, &emendation.corr, &page.language);
            about.literal(v::CERTAINTY, emendation.certainty.as_str());
            about.literal(v::REASON, emendation.reason.as_str());
            if let Some(by) = &emendation.by {
                about.literal(v::DCT_CREATOR, by.as_str());
            }
            for thing in self.emended(source, emendation) {
                about.link(v::EMENDS, &thing);
            }
            self.targets(&node, &page.document, [emendation.start, emendation.end], emit);
        }
    }

    /// The quotations that a slip stands in, or else the section whose heading it stands in, or else
    /// the source.
    fn emended(&self, source: &Source, emendation: &Emendation) -> Vec<String> {
        let holds = |range: &[usize; 2]| within(*range, std::slice::from_ref(emendation)).next().is_some();
        let quotations = source.records.iter().filter(|record| {
            let places = record.spans.as_ref();
            places.is_some_and(|places| places.text.iter().chain(&places.citation).any(holds))
        });
        let mut found: Vec<String> =
            quotations.map(|record| self.names.mint("quotation", &record.id)).collect();
        if let (true, Some(page)) = (found.is_empty(), &source.page) {
            let document = &page.document;
            let heading = page
                .spans
                .iter()
                .filter(|span| span.kind == Kind::Heading)
                .find(|span| holds(&[document.code_point(span.start), document.code_point(span.end)]));
            let heading = heading.map(|span| document.slice(span.start, span.end));
            let section = heading
                .filter(|heading| source.records.iter().any(|one| one.section.as_deref() == Some(heading)));
            found.push(match section {
                Some(heading) => self.names.mint("section", &iri::section_id(&source.name, heading)),
                None => self.names.mint("source", &iri::segment(&source.name)),
            });
        }
        found
    }

    /// What somebody decided about a quotation.
    pub fn corrections(&self, record: &Record, quotation: &str, emit: Emit<'_>) {
        if let Some(by) = &record.checked_by {
            let mut about = About { subject: quotation, emit: &mut *emit };
            about.literal(v::CHECKED_BY, by.as_str());
            about.day(v::CHECKED_ON, record.checked_on.as_deref());
            if let Some(reason) = &record.check_reason {
                about.literal(v::CHECK_REASON, reason.as_str());
            }
        }
        for corrected in &record.corrected {
            let node = self.names.mint("correction", &format!("{}-{}", record.id, corrected.field));
            let mut about = About { subject: &node, emit: &mut *emit };
            about.a(v::CORRECTION);
            about.link(v::CORRECTS, quotation);
            about.literal(v::FIELD, corrected.field.as_str());
            about.literal(v::WAS, corrected.was.as_str());
            about.literal(v::BECAME, corrected.became.as_str());
            about.day(v::DATE, corrected.on.as_deref());
            for (property, words) in [(v::DCT_CREATOR, &corrected.by), (v::REASON, &corrected.reason)] {
                if let Some(words) = words {
                    about.literal(property, words.as_str());
                }
            }
        }
    }

    /// Two events that may be one.
    pub fn duplicate(&self, duplicate: &Duplicate, emit: Emit<'_>) {
        let node = self.names.mint("duplicate", &iri::hash(&[&duplicate.a, &duplicate.b]));
        let mut about = About { subject: &node, emit };
        about.a(v::POSSIBLE_DUPLICATE);
        for event in [&duplicate.a, &duplicate.b] {
            about.link(v::POSSIBLY_SAME, &self.names.mint("event", event));
        }
        about.literal(v::REASON, duplicate.reasons.join("; ").as_str());
    }

    /// What is left of a quotation that was withdrawn: its name, its place, and why.
    pub fn tombstone(&self, record: &Record, quotation: &str, emit: Emit<'_>) {
        let source = self.names.mint("source", &iri::segment(&record.source));
        let mut about = About { subject: quotation, emit };
        about.a(v::WITHDRAWN);
        about.link(v::WAS_QUOTED_FROM, &source);
        about.number(v::POSITION, record.n);
        if let Some(withdrawal) = &record.withdrawn {
            about.literal(v::REASON, withdrawal.reason.as_str());
            if let Some(by) = &withdrawal.by {
                about.literal(v::DCT_CREATOR, by.as_str());
            }
        }
    }

    /// What the data set was made from and by, and how much of what is in it; not when. `counts` are
    /// the members of each class.
    pub fn dataset(&self, corpus: &Corpus, counts: &BTreeMap<NamedNodeRef<'_>, usize>, emit: Emit<'_>) {
        let Some(dataset) = corpus.dataset_iri() else { return };
        let version = env!("CARGO_PKG_VERSION");
        let software = self.names.mint("software", &format!("dictum-{version}"));
        let inputs: Vec<String> = corpus.sources.iter().map(received).collect();
        let mut fields = vec![version];
        fields.extend(inputs.iter().map(String::as_str));
        let activity = self.names.mint("activity", &iri::hash(&fields));

        let mut about = About { subject: &dataset, emit: &mut *emit };
        about.link(v::WAS_GENERATED_BY, &activity);
        for (class, count) in counts {
            let local = class.as_str().rsplit(['/', '#']).next().unwrap_or_default();
            let partition = self.names.mint("partition", local);
            About { subject: &dataset, emit: &mut *emit }.link(v::CLASS_PARTITION, &partition);
            let mut about = About { subject: &partition, emit: &mut *emit };
            about.link(v::VOID_CLASS, class.as_str());
            about.number(v::ENTITIES, *count);
        }
        let mut about = About { subject: &activity, emit: &mut *emit };
        about.a(v::ACTIVITY);
        about.link(v::WAS_ASSOCIATED_WITH, &software);
        for source in &corpus.sources {
            let input = self.names.mint("source", &iri::segment(&source.name));
            About { subject: &activity, emit: &mut *emit }.link(v::USED, &input);
            About { subject: &dataset, emit: &mut *emit }.link(v::WAS_DERIVED_FROM, &input);
            if let Some(sha256) = &source.sha256 {
                About { subject: &input, emit: &mut *emit }.literal(v::SHA256, sha256.as_str());
            }
        }
        let mut about = About { subject: &software, emit };
        about.a(v::SOFTWARE_AGENT);
        about.literal(v::LABEL, "Dictum");
        about.literal(v::SOFTWARE_VERSION, version);
    }
}

/// What a source was when it was read: its bytes, or its rows however they are spread over files.
fn received(source: &Source) -> String {
    let rows = || {
        let row = |record| serde_json::to_string(record).unwrap_or_default();
        let rows: Vec<String> = source.records.par_iter().map(row).collect();
        iri::hash(&rows.iter().map(String::as_str).collect::<Vec<_>>())
    };
    let bytes = source.page.is_some().then(|| source.sha256.clone()).flatten();
    format!("{} {}", source.name, bytes.unwrap_or_else(rows))
}
