//! How far rules agree with a reference coding: precision, recall and F1 for each field and theme, with
//! intervals, and every difference with the words on both sides.

use super::agreement::{count, share, tab, text};
use super::measure::{bootstrap, float, wilson};
use super::{Coding, Decided, FIELDS, NOTHING, THEMES};
use crate::corpus::Corpus;
use crate::record::Record;
use crate::sheet::{Cell, Tab};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

/// The tables of a comparison.
#[derive(Debug)]
pub struct Accuracy {
    /// A row for each field and theme.
    pub summary: Tab,
    /// A row for each value that only one side has.
    pub differences: Tab,
    /// How many quotations were compared.
    pub compared: usize,
}

/// Values of the reference, of the rules, and of both.
#[derive(Debug, Clone, Copy, Default)]
struct Count {
    reference: usize,
    found: usize,
    right: usize,
}

impl Count {
    fn add(&mut self, other: Self) {
        self.reference += other.reference;
        self.found += other.found;
        self.right += other.right;
    }

    /// The harmonic mean of precision and recall; undefined where neither side has anything.
    fn f1(self) -> Option<f64> {
        let all = self.reference + self.found;
        (all > 0).then(|| 2.0 * float(self.right) / float(all))
    }
}

impl Accuracy {
    /// Compares what rules found with a reference, of quotations with these numbers; of each quotation
    /// only the fields that the reference decided.
    #[must_use]
    pub fn of(rules: &Coding, reference: &Coding, corpus: &Corpus, numbers: &RangeInclusive<usize>) -> Self {
        let wanted =
            |record: &&Record| numbers.contains(&record.n) && reference.decided.contains_key(&record.id);
        let records: Vec<&Record> = corpus.records().filter(wanted).collect();
        let mut rows = Vec::new();
        for field in FIELDS {
            let pairs: Vec<_> = records
                .iter()
                .filter_map(|record| Some((reference.of(&record.id, field)?, rules.of(&record.id, field)?)))
                .collect();
            if pairs.is_empty() {
                continue;
            }
            if field == THEMES {
                rows.extend(of_themes(&pairs));
            } else {
                let counts: Vec<Count> = pairs.iter().map(|(a, b)| compare(&a.values, &b.values)).collect();
                rows.push(row(field, "", &counts));
            }
        }
        let columns = [
            "field",
            "theme",
            "reference",
            "found",
            "right",
            "precision",
            "precision_low",
            "precision_high",
            "recall",
            "recall_low",
            "recall_high",
            "f1",
            "f1_low",
            "f1_high",
        ];
        Self {
            summary: tab("accuracy", &columns, rows),
            differences: differences(rules, reference, &records),
            compared: records.len(),
        }
    }
}

fn compare(reference: &BTreeSet<String>, found: &BTreeSet<String>) -> Count {
    let right = reference.intersection(found).count();
    Count { reference: reference.len(), found: found.len(), right }
}

/// A row for each theme that either side has, then all together and their mean.
fn of_themes(pairs: &[(&Decided, &Decided)]) -> Vec<Vec<Cell>> {
    let all = pairs.iter().flat_map(|(a, b)| a.values.union(&b.values));
    let themes: BTreeSet<&String> = all.collect();
    let mut rows = Vec::new();
    let mut each = Vec::new();
    for theme in themes {
        let only =
            |decided: &Decided| decided.values.get(theme).into_iter().cloned().collect::<BTreeSet<_>>();
        let counts: Vec<Count> = pairs.iter().map(|(a, b)| compare(&only(a), &only(b))).collect();
        each.extend(total(&counts.iter().collect::<Vec<_>>()).f1());
        rows.push(row(THEMES, theme, &counts));
    }
    let counts: Vec<Count> = pairs.iter().map(|(a, b)| compare(&a.values, &b.values)).collect();
    rows.push(pooled(&counts));
    let mean = (!each.is_empty()).then(|| each.iter().sum::<f64>() / float(each.len()));
    let mut row = vec![text(THEMES), text("(mean of the themes)")];
    row.extend((0..9).map(|_| text("")));
    row.extend([share(mean), text(""), text("")]);
    rows.push(row);
    rows
}

fn total(counts: &[&Count]) -> Count {
    let mut sum = Count::default();
    for count in counts {
        sum.add(**count);
    }
    sum
}

fn row(field: &str, theme: &str, counts: &[Count]) -> Vec<Cell> {
    let sum = total(&counts.iter().collect::<Vec<_>>());
    let ratio = |whole: usize| (whole > 0).then(|| float(sum.right) / float(whole));
    let f1 = sum.f1().and_then(|_| bootstrap(counts, |drawn| total(drawn).f1()));
    let mut row = vec![text(field), text(theme), count(sum.reference), count(sum.found), count(sum.right)];
    for whole in [sum.found, sum.reference] {
        let interval = wilson(sum.right, whole);
        let ends = [interval.map(|(low, _)| low), interval.map(|(_, high)| high)];
        row.extend([share(ratio(whole)), share(ends[0]), share(ends[1])]);
    }
    row.extend([share(sum.f1()), share(f1.map(|(low, _)| low)), share(f1.map(|(_, high)| high))]);
    row
}

/// All themes together. Themes of one quotation hang together, so all intervals are by bootstrap over
/// quotations.
fn pooled(counts: &[Count]) -> Vec<Cell> {
    let mut cells = row(THEMES, "(all, each assignment alike)", counts);
    let share_of = |whole: fn(Count) -> usize| {
        bootstrap(counts, |drawn| {
            let sum = total(drawn);
            (whole(sum) > 0).then(|| float(sum.right) / float(whole(sum)))
        })
    };
    for (place, interval) in [(6, share_of(|sum| sum.found)), (9, share_of(|sum| sum.reference))] {
        cells[place] = share(interval.map(|(low, _)| low));
        cells[place + 1] = share(interval.map(|(_, high)| high));
    }
    cells
}

fn differences(rules: &Coding, reference: &Coding, records: &[&Record]) -> Tab {
    let mut rows = Vec::new();
    for record in records {
        for field in FIELDS {
            let (Some(wanted), Some(found)) = (reference.of(&record.id, field), rules.of(&record.id, field))
            else {
                continue;
            };
            let mut tell = |value: &str, only_in: &str, words: &BTreeMap<String, String>| {
                let words = words.get(value).map_or("", String::as_str);
                let cells = [&record.id, field, value, only_in, words].map(text);
                rows.push([vec![count(record.n)], cells.to_vec()].concat());
            };
            if field == THEMES {
                for theme in wanted.values.difference(&found.values) {
                    tell(theme, "reference", &wanted.words);
                }
                for theme in found.values.difference(&wanted.values) {
                    tell(theme, "rules", &found.words);
                }
            } else if wanted.values != found.values {
                let shown = |decided: &Decided| {
                    if decided.values.is_empty() { NOTHING.to_owned() } else { decided.whole() }
                };
                tell(&shown(wanted), "reference", &BTreeMap::new());
                tell(&shown(found), "rules", &BTreeMap::new());
            }
        }
    }
    tab("differences", &["n", "id", "field", "value", "only_in", "words"], rows)
}
