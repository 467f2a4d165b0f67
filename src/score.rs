//! How well extraction did, measured against records that a person read.
//!
//! Every gold record is matched with the found record of the same text (of several, the one with the
//! same citation). Precision is the share of what was found that is right, recall the share of what
//! is there that was found, F1 their harmonic mean.

use crate::record::{Counterpart, Record};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Fields that are compared, in the order of the report.
const FIELDS: [&str; 9] = [
    "text",
    "citation",
    "date",
    "event type",
    "speaker",
    "section",
    "counterpart name",
    "counterpart office",
    "counterpart represents",
];

/// What was counted for one field.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// Values in the gold.
    pub gold: usize,
    /// Values found.
    pub found: usize,
    /// Values found that the gold has.
    pub right: usize,
}

/// Counts for each field, and every difference.
#[derive(Debug, Clone, Default)]
pub struct Score {
    /// Counts by field.
    pub fields: BTreeMap<&'static str, Count>,
    /// Where gold and found differ: `n field: gold → found`.
    pub differences: Vec<String>,
}

impl Count {
    /// Share of what was found that is right; 1 where nothing was found.
    #[must_use]
    pub fn precision(self) -> f64 {
        ratio(self.right, self.found)
    }

    /// Share of the gold that was found; 1 where the gold is empty.
    #[must_use]
    pub fn recall(self) -> f64 {
        ratio(self.right, self.gold)
    }

    /// Harmonic mean of precision and recall.
    #[must_use]
    pub fn f1(self) -> f64 {
        ratio(2 * self.right, self.gold + self.found)
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of values stay far below 2^52")]
fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

impl Score {
    /// Compares found records with gold ones; of fields that gold records leave open (null, empty)
    /// only the absence counts.
    #[must_use]
    pub fn of(gold: &[Record], found: &[Record]) -> Self {
        let mut score = Self::default();
        let mut free: Vec<&Record> = found.iter().collect();
        for record in gold {
            let same = |other: &&Record| other.text == record.text;
            let best = free
                .iter()
                .position(|other| same(other) && other.citation == record.citation)
                .or_else(|| free.iter().position(same));
            let other = best.map(|index| free.remove(index));
            score.compare(record, other);
        }
        for extra in free {
            score.compare_to_nothing(extra);
        }
        score
    }

    /// Adds the counts of another score.
    pub fn add(&mut self, other: Self) {
        for (field, count) in other.fields {
            let sum = self.fields.entry(field).or_default();
            (sum.gold, sum.found, sum.right) =
                (sum.gold + count.gold, sum.found + count.found, sum.right + count.right);
        }
        self.differences.extend(other.differences);
    }

    fn compare(&mut self, gold: &Record, found: Option<&Record>) {
        let nothing = Record::default();
        let other = found.unwrap_or(&nothing);
        let n = gold.n;
        for (field, gold, found) in values(gold)
            .into_iter()
            .zip(values(other))
            .map(|((field, gold), (_, found))| (field, gold, found))
        {
            self.count(n, field, &gold, &found);
        }
    }

    fn compare_to_nothing(&mut self, found: &Record) {
        for (field, values) in values(found) {
            self.count(found.n, field, &[], &values);
        }
    }

    fn count(&mut self, n: usize, field: &'static str, gold: &[String], found: &[String]) {
        let mut left = found.to_vec();
        let right = gold
            .iter()
            .filter(|value| {
                left.iter().position(|other| other == *value).map(|index| left.remove(index)).is_some()
            })
            .count();
        let count = self.fields.entry(field).or_default();
        (count.gold, count.found, count.right) =
            (count.gold + gold.len(), count.found + found.len(), count.right + right);
        if right != gold.len() || right != found.len() {
            self.differences.push(format!("{n} {field}: {} → {}", shown(gold), shown(found)));
        }
    }

    /// Whether nothing differs.
    #[must_use]
    pub fn is_perfect(&self) -> bool {
        self.differences.is_empty()
    }

    /// A table of the fields, then the differences.
    #[must_use]
    pub fn report(&self) -> String {
        let mut text = format!(
            "{:24} {:>6} {:>6} {:>6}  {:>9} {:>6} {:>6}\n",
            "field", "gold", "found", "right", "precision", "recall", "F1"
        );
        for field in FIELDS {
            let count = self.fields.get(field).copied().unwrap_or_default();
            let (precision, recall, f1) = (count.precision(), count.recall(), count.f1());
            let _ = writeln!(
                text,
                "{field:24} {:>6} {:>6} {:>6}  {precision:>9.3} {recall:>6.3} {f1:>6.3}",
                count.gold, count.found, count.right
            );
        }
        if !self.differences.is_empty() {
            text.push_str("\ngold → found\n");
            self.differences.iter().for_each(|difference| text.push_str(&format!("  {difference}\n")));
        }
        text
    }
}

fn shown(values: &[String]) -> String {
    if values.is_empty() {
        return "nothing".to_owned();
    }
    let short = |value: &String| {
        if value.chars().count() > 60 {
            format!("{}…", value.chars().take(60).collect::<String>())
        } else {
            value.clone()
        }
    };
    values.iter().map(short).collect::<Vec<_>>().join(" + ").replace('\n', "⏎")
}

/// What a record says in each field; a list, as a field may be empty or have several values.
fn values(record: &Record) -> Vec<(&'static str, Vec<String>)> {
    let one = |value: Option<&String>| {
        value.filter(|value| !value.is_empty()).cloned().into_iter().collect::<Vec<_>>()
    };
    let each = |part: fn(&Counterpart) -> Option<&String>| {
        record.counterparts.iter().filter_map(part).cloned().collect()
    };
    let values = [
        one(Some(&record.text)),
        one(record.citation.as_ref()),
        one(record.date.as_ref()),
        one(record.event.as_ref().map(|event| &event.kind)),
        one(Some(&record.speaker)),
        one(record.section.as_ref()),
        each(|counterpart| Some(&counterpart.name)),
        each(|counterpart| counterpart.office.as_ref()),
        each(|counterpart| counterpart.represents.as_ref()),
    ];
    FIELDS.into_iter().zip(values).collect()
}
