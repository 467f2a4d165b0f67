//! People's decisions about events: two accounts tell of one, or one name stands for two.

use crate::corpus::Origin;
use crate::folder::Folder;
use crate::iri;
use crate::names::bare;
use crate::problem::{Problem, nearest};
use crate::record::{Account, Record};
use crate::sheet::{Layout, Sheet, TABLES};
use anyhow::Result;
use std::collections::BTreeMap;

/// Table of decisions, inside `data/`.
pub const FILE: &str = "decisions.";
const COLUMNS: [&str; 5] = ["a", "b", "decision", "by", "reason"];

/// What was decided about two events, each by its own name or that of a quotation from it.
#[derive(Debug, Clone)]
pub struct Decision {
    /// The one whose date and type hold, where they are one.
    pub a: String,
    /// The other.
    pub b: String,
    /// Whether they are one event.
    pub same: bool,
    /// Who decided.
    pub by: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// Where that is written.
    pub origin: Origin,
}

/// Reads the decisions of a data folder.
///
/// # Errors
/// When the file cannot be read.
pub fn read_decisions(data: &Folder, problems: &mut Vec<Problem>) -> Result<Vec<Decision>> {
    let mut found = Vec::new();
    for file in data.matching(FILE, &TABLES) {
        let layout = Layout { known: &COLUMNS, needed: &["a", "b", "decision"], ..Layout::default() };
        let Some(sheet) = Sheet::read(file, &layout, problems)? else { continue };
        for row in &sheet.rows {
            let name = |column| sheet.cell(row, column).map(|name| bare(name).to_owned());
            let decision = sheet.cell(row, "decision").unwrap_or_default();
            let same = match decision {
                "same" => Some(true),
                "different" => Some(false),
                _ => None,
            };
            if let (Some(a), Some(b), Some(same)) = (name("a"), name("b"), same) {
                let text = |column| sheet.cell(row, column).map(str::to_owned);
                let origin = Origin { path: file.path.clone(), line: row.line };
                found.push(Decision { a, b, same, by: text("by"), reason: text("reason"), origin });
            } else {
                let help = match nearest(decision, ["same", "different"]) {
                    Some(near) if same.is_none() => format!("did you mean `{near}`?"),
                    _ => "a row names two events or quotations, and says `same` or `different`".to_owned(),
                };
                let problem = Problem::error(&file.path, "this decides nothing").at(row.line, 0);
                problems.push(problem.help(help));
            }
        }
    }
    Ok(found)
}

/// Carries decisions out on all records; what is decided about nothing is told.
pub fn decide(
    records: &mut [&mut Record],
    decisions: &[Decision],
    everything: bool,
    problems: &mut Vec<Problem>,
) {
    let mut events = BTreeMap::<String, String>::new();
    for record in records.iter() {
        if let Some(id) = record.event.as_ref().and_then(|event| event.id.clone()) {
            events.insert(record.id.clone(), id.clone());
            events.insert(id.clone(), id);
        }
    }
    let mut merged = BTreeMap::<String, (String, &Decision)>::new();
    let mut decided = BTreeMap::<[&str; 2], &Decision>::new();
    for decision in decisions {
        let mut pair = [decision.a.as_str(), decision.b.as_str()];
        pair.sort_unstable();
        let before = decided.insert(pair, decision).filter(|before| before.same != decision.same);
        let wrong = if pair[0] == pair[1] {
            Some("the row names one thing twice".to_owned())
        } else {
            before.map(|before| format!("line {} decides the opposite", before.origin.line))
        };
        if let Some(message) = wrong {
            let problem = Problem::error(&decision.origin.path, message).at(decision.origin.line, 0);
            problems.push(problem.help("the row was left out"));
            continue;
        }
        let (Some(a), Some(b)) = (events.get(&decision.a), events.get(&decision.b)) else {
            if everything {
                let unknown = if events.contains_key(&decision.a) { &decision.b } else { &decision.a };
                let message = format!("no event and no quotation is called `{unknown}`");
                let problem = Problem::error(&decision.origin.path, message).at(decision.origin.line, 0);
                problems
                    .push(problem.help("`dictum query events` and `dictum query quotations` list the names"));
            }
            continue;
        };
        // From root to root, so that decisions in a ring end where they began.
        let (a, b) = (root(&merged, a), root(&merged, b));
        if decision.same && a != b {
            merged.insert(b, (a, decision));
        } else if !decision.same && a == b {
            separate(records, &decision.b, &a);
        }
    }
    // The account whose date holds is one account among others as well.
    let firsts: BTreeMap<&str, &Decision> =
        merged.values().map(|(first, decision)| (first.as_str(), *decision)).collect();
    for record in records.iter_mut() {
        let Some(event) = &mut record.event else { continue };
        let Some(own) = event.id.clone() else { continue };
        let decision = merged.get(&own).map(|(_, decision)| *decision);
        if let Some(decision) = decision.or_else(|| firsts.get(own.as_str()).copied()) {
            let (by, reason) = (decision.by.clone(), decision.reason.clone());
            event.id = Some(root(&merged, &own));
            event.account = Some(Account { id: own, by, reason });
        }
    }
}

/// The event that another one counts as, by way of all decisions.
fn root(merged: &BTreeMap<String, (String, &Decision)>, event: &str) -> String {
    let mut event = event;
    while let Some((first, _)) = merged.get(event) {
        event = first;
    }
    event.to_owned()
}

/// Two events that one name stands for: the second gets another, from the quotation it is known by.
fn separate(records: &mut [&mut Record], quotation: &str, event: &str) {
    for record in records.iter_mut().filter(|record| record.id == quotation) {
        if let Some(event) = record.event.as_mut().filter(|one| one.id.as_deref() == Some(event)) {
            let id = event.id.take().unwrap_or_default();
            event.id = Some(format!("{id}-{}", iri::hash(&[quotation])));
        }
    }
}
