//! Files into a store on disk, one by one: what did not change is neither read nor written again, and what a file says
//! no more is taken out unless another says it as well.
//!
//! A store that was loaded in many steps holds the same statements as one that was loaded at once. What needs all
//! sources at once is not said: wordings that they share, events that may be the same, how much there is of what.

mod changing;
mod said;
mod state;
mod unit;

use crate::corpus::{Corpus, inputs};
use crate::decided::Decided;
use crate::export::push_line;
use crate::folder::Folder;
use crate::map::Content;
use crate::names::Names;
use crate::problem::{Problem, Severity};
use crate::record::Reading;
use crate::store::disk::Draft;
use crate::vocab as v;
use anyhow::{Result, bail};
use changing::Changing;
use oxigraph::model::{NamedNodeRef, TripleRef};
use rustc_hash::FxHashSet;
use said::{Key, Said, found, key};
use state::State;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
pub use unit::Digest;
use unit::{Unit, units};

/// What to load, and how.
pub struct Wish<'a> {
    /// Files; without any, everything in the data folder.
    pub inputs: &'a [PathBuf],
    /// How to read them.
    pub reading: &'a Reading,
    /// How much to say.
    pub content: Content,
    /// What other files had put in is taken out.
    pub only: bool,
    /// What did not change is read again as well.
    pub again: bool,
    /// Stands for all that concerns every record.
    pub rules: String,
    /// Where the store is to be.
    pub store: &'a Path,
}

impl Wish<'_> {
    /// Whether what files had put in that are not loaded now is taken out.
    fn takes_out_others(&self) -> bool {
        self.only || self.inputs.is_empty()
    }
}

/// What was done.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// Files that were not in the store.
    pub new: usize,
    /// Files that were read again.
    pub changed: usize,
    /// Files that were left as they were.
    pub kept: usize,
    /// Files whose statements were taken out.
    pub gone: usize,
    /// Lines of statements that were put in; some may have been there.
    pub added: u64,
    /// Statements that were taken out.
    pub removed: u64,
    /// Whether all files that were read are without errors.
    pub fine: bool,
}

/// Which files to read, which to keep, and which to take out.
struct Plan {
    read: Vec<Unit>,
    /// With the digest that is to be remembered; nothing where the file is to be read again when it is named.
    kept: BTreeMap<String, String>,
    gone: Vec<String>,
}

/// Loads files into a store.
///
/// # Errors
/// When a file cannot be read, or the store not be written; then it stays as it was.
pub fn load(corpus: &mut Corpus, data: &Folder, wish: &Wish<'_>) -> Result<Outcome> {
    let everything = wish.inputs.is_empty();
    let mut problems = Vec::new();
    let decided = Decided::read(data, &mut problems)?;
    tell(&problems);
    // A decision that two events are one concerns records of several files.
    let together = !corpus.decisions.is_empty();
    if together && !everything {
        bail!(
            "what was decided about events concerns several files\n  help: load without FILES, so that all of them are read together"
        );
    }
    let units = units(data, inputs(data, wish.inputs, wish.reading)?, wish.reading, together)?;
    let before = before(wish, &units)?;
    let digests = decided.digests();
    let plan = plan(units, before.as_ref(), wish, &decided_lines(&digests, before.as_ref(), &corpus.names))?;
    let mut outcome = plan.outcome(before.as_ref());
    outcome.fine = !corpus.has_errors() && !problems.iter().any(|one| one.severity == Severity::Error);
    // A decision about what is not there is told each time, as nobody has mended it.
    let tell_of_nobody = |store: &Path, files: &BTreeMap<String, String>, names: &Names| -> Result<bool> {
        if !everything {
            return Ok(true);
        }
        let problems = decided.of_nobody(&quoted(store, files, digests.keys(), names)?);
        tell(&problems);
        Ok(problems.is_empty())
    };
    if let (true, true, Some(before)) = (plan.read.is_empty(), plan.gone.is_empty(), &before) {
        outcome.fine &= tell_of_nobody(wish.store, &before.files, &corpus.names)?;
        return Ok(outcome);
    }

    let draft = if before.is_some() { Draft::copy(wish.store)? } else { Draft::empty(wish.store)? };
    let mut changing = Changing::new(corpus, data, &decided, wish, &draft, before.as_ref())?;
    changing.read(&plan)?;
    changing.take_out(&plan)?;
    (outcome.added, outcome.removed) = (changing.added, changing.removed);
    outcome.fine &= changing.fine;
    let files = changing.files;
    outcome.fine &= tell_of_nobody(draft.folder(), &files, &corpus.names)?;
    State { rules: wish.rules.clone(), decided: digests, files }.write(draft.folder())?;
    draft.publish()?;
    Ok(outcome)
}

/// What was loaded before, if one can go on with it.
fn before(wish: &Wish<'_>, units: &[Unit]) -> Result<Option<State>> {
    let Some(before) = State::read(wish.store) else { return Ok(None) };
    if before.rules == wish.rules && !wish.again {
        return Ok(Some(before));
    }
    let named: FxHashSet<&str> = units.iter().map(|unit| unit.name.as_str()).collect();
    let others = before.files.keys().filter(|name| !named.contains(name.as_str())).count();
    if others > 0 && !wish.takes_out_others() {
        let why = if wish.again {
            ""
        } else {
            ", as the ontology, the authorities, --profile or this program changed"
        };
        bail!(
            "{}: everything is to be read again{why}, and {others} files that are in the store are not named\n  help: name all of them, or say --only to take them out",
            wish.store.display()
        );
    }
    Ok(None)
}

/// Keys of the statements that name the quotations of which something else is decided by now.
fn decided_lines(now: &BTreeMap<String, String>, before: Option<&State>, names: &Names) -> FxHashSet<Key> {
    let ids = before.map(|before| before.decided_since(now)).unwrap_or_default();
    ids.iter().flat_map(|id| naming(id, names)).collect()
}

/// Keys of the statements of which one is made of any quotation.
fn naming(id: &str, names: &Names) -> [Key; 2] {
    let quotation = names.mint("quotation", id);
    [v::QUOTATION, v::WITHDRAWN].map(|class| {
        let mut line = Vec::new();
        let quotation = NamedNodeRef::new_unchecked(&quotation);
        push_line(&mut line, TripleRef::new(quotation, v::TYPE, class), None);
        key(line.trim_ascii_end())
    })
}

/// Which of these quotations are told of by the files of a store.
fn quoted<'i>(
    store: &Path,
    files: &BTreeMap<String, String>,
    ids: impl Iterator<Item = &'i String>,
    names: &Names,
) -> Result<BTreeSet<String>> {
    let all: Vec<(&String, [Key; 2])> = ids.map(|id| (id, naming(id, names))).collect();
    let sought = all.iter().flat_map(|(_, keys)| *keys).collect();
    let said: Vec<Said> = files.keys().map(|name| State::said(store, name)).collect();
    let found = found(&said, &sought)?;
    let is_there = |keys: &[Key; 2]| keys.iter().any(|key| found.contains(key));
    Ok(all.into_iter().filter(|(_, keys)| is_there(keys)).map(|(id, _)| id.clone()).collect())
}

fn plan(units: Vec<Unit>, before: Option<&State>, wish: &Wish<'_>, decided: &FxHashSet<Key>) -> Result<Plan> {
    let mut plan = Plan { read: Vec::new(), kept: BTreeMap::new(), gone: Vec::new() };
    let loaded = |name: &str| before.and_then(|before| before.files.get(name));
    let is_decided = |name: &str| -> Result<bool> {
        if decided.is_empty() {
            return Ok(false);
        }
        Ok(State::said(wish.store, name).keys()?.iter().any(|key| decided.contains(key)))
    };
    let named: FxHashSet<String> = units.iter().map(|unit| unit.name.clone()).collect();
    for unit in units {
        if loaded(&unit.name) == Some(&unit.digest) && !is_decided(&unit.name)? {
            plan.kept.insert(unit.name, unit.digest);
        } else {
            plan.read.push(unit);
        }
    }
    let others =
        before.into_iter().flat_map(|before| &before.files).filter(|(name, _)| !named.contains(*name));
    for (name, digest) in others {
        if wish.takes_out_others() {
            plan.gone.push(name.clone());
            continue;
        }
        if is_decided(name)? {
            eprintln!("note: something was decided about a quotation of {name}; load that as well");
            plan.kept.insert(name.clone(), String::new());
        } else {
            plan.kept.insert(name.clone(), digest.clone());
        }
    }
    Ok(plan)
}

impl Plan {
    fn outcome(&self, before: Option<&State>) -> Outcome {
        let is_new = |unit: &&Unit| !before.is_some_and(|before| before.files.contains_key(&unit.name));
        let new = self.read.iter().filter(is_new).count();
        Outcome {
            new,
            changed: self.read.len() - new,
            kept: self.kept.len(),
            gone: self.gone.len(),
            ..Outcome::default()
        }
    }
}

fn tell(problems: &[Problem]) {
    for problem in problems {
        eprintln!("{problem}");
    }
}
