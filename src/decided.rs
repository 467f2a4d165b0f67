//! What people decided about single records: corrections of their fields, and withdrawals of their words.

use crate::corpus::RECORDS;
use crate::correction::{Correction, Outcome, read_corrections};
use crate::extract::Reader;
use crate::folder::Folder;
use crate::iri;
use crate::problem::{Problem, Severity};
use crate::record::Record;
use crate::rights::{Withdrawn, tombstone, withdrawals};
use anyhow::Result;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Folder of people's decisions about records.
const CORRECTIONS: &str = "corrections/";

/// All decisions, by the ids of the records.
#[derive(Debug, Default)]
pub struct Decided {
    corrections: HashMap<String, Vec<Correction>>,
    withdrawn: HashMap<String, Withdrawn>,
}

impl Decided {
    /// Reads what a data folder holds of them.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn read(data: &Folder, problems: &mut Vec<Problem>) -> Result<Self> {
        let mut decided = Self::default();
        for correction in all_corrections(data, problems)? {
            decided.corrections.entry(correction.id.clone()).or_default().push(correction);
        }
        decided.withdrawn.extend(withdrawals(data, problems)?);
        Ok(decided)
    }

    /// Of each record about which something was decided a digest of that, wherever it is written.
    #[must_use]
    pub fn digests(&self) -> BTreeMap<String, String> {
        let mut all = BTreeMap::<_, Vec<String>>::new();
        for (id, corrections) in &self.corrections {
            let what = corrections.iter().map(Correction::what);
            all.entry(id.clone()).or_default().extend(what);
        }
        for (id, withdrawn) in &self.withdrawn {
            all.entry(id.clone()).or_default().push(format!("{:?}", withdrawn.withdrawal));
        }
        let hash = |what: Vec<String>| iri::hash(&what.iter().map(String::as_str).collect::<Vec<_>>());
        all.into_iter().map(|(id, what)| (id, hash(what))).collect()
    }

    /// Problems of decisions about records that are not among those that are there.
    #[must_use]
    pub fn of_nobody(&self, there: &BTreeSet<String>) -> Vec<Problem> {
        let corrections = self.corrections.values().flatten().filter(|one| !there.contains(&one.id));
        let mut problems: Vec<Problem> = corrections.map(Correction::of_nobody).collect();
        let withdrawn = self.withdrawn.iter().filter(|(id, _)| !there.contains(*id));
        problems.extend(withdrawn.map(|(id, withdrawn)| withdrawn.of_nobody(id)));
        problems.sort();
        problems
    }

    /// Carries out what was decided about a record.
    pub fn carry_out(&self, reader: &Reader<'_>, record: &mut Record, problems: &mut Vec<Problem>) {
        for correction in self.corrections.get(&record.id).into_iter().flatten() {
            correct(reader, correction, record, problems);
        }
        if let Some(withdrawn) = self.withdrawn.get(&record.id) {
            tombstone(record, &withdrawn.withdrawal);
        }
    }
}

/// All corrections of a data folder, in order.
///
/// # Errors
/// When a file cannot be read.
pub fn all_corrections(data: &Folder, problems: &mut Vec<Problem>) -> Result<Vec<Correction>> {
    let mut all = Vec::new();
    for file in data.matching(CORRECTIONS, &RECORDS) {
        all.extend(read_corrections(file, problems)?);
    }
    Ok(all)
}

/// Makes a correction, and fills again what follows from it; one that cannot be is told and left out. Gives the
/// fields that read so without it by now.
pub fn correct(
    reader: &Reader<'_>,
    correction: &Correction,
    record: &mut Record,
    problems: &mut Vec<Problem>,
) -> Vec<String> {
    let before = record.clone();
    let mut told = Vec::new();
    let meant = |record: &Record, column: &str, cell: &str| reader.as_recorded(record, column, cell);
    let outcomes = correction.make(record, &meant, &mut told);
    let origin = (correction.origin.path.as_path(), correction.origin.line);
    reader.complete_again(record, origin, &mut told);
    if told.iter().any(|problem| problem.severity == Severity::Error) {
        *record = before;
        problems.extend(told.into_iter().map(left));
        return Vec::new();
    }
    problems.append(&mut told);
    let agrees = outcomes.into_iter().filter(|(_, outcome)| *outcome == Outcome::Agrees);
    agrees.map(|(field, _)| field).collect()
}

/// The same problem, with what became of the record.
fn left(problem: Problem) -> Problem {
    let help = [problem.help.as_str(), "the record was left as it was read"];
    let help = help.into_iter().filter(|help| !help.is_empty()).collect::<Vec<_>>().join("; ");
    problem.help(help)
}
