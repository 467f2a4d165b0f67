//! A store that is being brought up to date.

use super::said::{Key, Recorder, Said, Things, found};
use super::state::{self, State};
use super::unit::{Unit, files};
use super::{Plan, Wish, tell};
use crate::corpus::{Corpus, Corrections, Input};
use crate::decided::Decided;
use crate::export::{Format, push_line};
use crate::folder::Folder;
use crate::graph::Descriptions;
use crate::map::Mapper;
use crate::problem::{Problem, Severity};
use crate::store::disk::Draft;
use crate::stream::{Streamer, can_stream};
use anyhow::{Context as _, Result};
use indicatif::ProgressBar;
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::Triple;
use oxigraph::store::Store;
use rustc_hash::FxHashSet;
use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, BufReader, Read, Write};
use std::panic::resume_unwind;
use std::thread;

/// Under which name it is remembered what the folders say of things.
const DESCRIPTIONS: &str = "";
/// Pages that are read together have no more bytes: they are held until all are read.
const TOGETHER: u64 = 4 << 20;
/// Bytes of statements that are taken out at once.
const AT_ONCE: usize = 16 << 20;
/// Bytes that are handed on at once.
const PIECE: usize = 1 << 18;

/// A store that is being brought up to date.
pub(super) struct Changing<'a> {
    corpus: &'a mut Corpus,
    data: &'a Folder,
    decided: &'a Decided,
    wish: &'a Wish<'a>,
    draft: &'a Draft,
    before: Option<&'a State>,
    /// What the folders say something of.
    things: Things,
    /// Digests of the files that are in the store by now.
    pub files: BTreeMap<String, String>,
    /// Lines of statements that were put in.
    pub added: u64,
    /// Statements that were taken out.
    pub removed: u64,
    /// Whether all that was read is without errors.
    pub fine: bool,
}

impl<'a> Changing<'a> {
    pub fn new(
        corpus: &'a mut Corpus,
        data: &'a Folder,
        decided: &'a Decided,
        wish: &'a Wish<'a>,
        draft: &'a Draft,
        before: Option<&'a State>,
    ) -> Result<Self> {
        fs::create_dir_all(state::folder(draft.folder()))?;
        let facts =
            [&corpus.authority.facts, &corpus.ontology.facts].into_iter().flat_map(|facts| &facts.triples);
        let things = facts.map(|triple| triple.subject.to_string().into_bytes()).collect();
        let files = BTreeMap::new();
        Ok(Self {
            corpus,
            data,
            decided,
            wish,
            draft,
            before,
            things,
            files,
            added: 0,
            removed: 0,
            fine: true,
        })
    }

    /// What the file of a name says now.
    fn now(&self, name: &str) -> Said {
        State::said(self.draft.folder(), name)
    }

    /// What it had said, if it was loaded.
    fn then(&self, name: &str) -> Option<Said> {
        let before = self.before?;
        let is_known = name == DESCRIPTIONS || before.files.contains_key(name);
        is_known.then(|| State::said(self.wish.store, name))
    }

    /// Reads files, and puts into the store what they say and did not say before. While some are mapped, those before
    /// are loaded.
    pub fn read(&mut self, plan: &Plan) -> Result<()> {
        for name in plan.kept.keys() {
            State::said(self.wish.store, name).keep_as(&self.now(name))?;
        }
        self.files.clone_from(&plan.kept);
        let store = self.draft.store();
        let (reader, mut writer) = io::pipe().context("no pipe can be made")?;
        thread::scope(|scope| {
            let loader = scope.spawn(move || load_lines(store, reader));
            let read = self.read_all(&plan.read, &mut writer).and_then(|()| self.describe(&mut writer));
            drop(writer);
            // Where loading fails, nothing can be handed on either, but that is not why.
            loader.join().unwrap_or_else(|panic| resume_unwind(panic)).and(read)
        })
    }

    fn read_all(&mut self, units: &[Unit], out: &mut (dyn Write + Send)) -> Result<()> {
        let progress = Progress::of(units);
        let is_list = |unit: &&Unit| {
            let files: Vec<_> = unit.inputs.iter().map(|input| input.file.clone()).collect();
            can_stream(self.corpus, &files, Format::NTriples)
        };
        let (lists, others): (Vec<&Unit>, Vec<&Unit>) = units.iter().partition(is_list);
        self.read_lists(&lists, &progress, out)?;
        for batch in batches(&others) {
            self.read_whole(batch, out)?;
            progress.has_finished(batch);
        }
        Ok(())
    }

    /// Lists are read line after line, and never held.
    fn read_lists(
        &mut self,
        units: &[&Unit],
        progress: &Progress,
        out: &mut (dyn Write + Send),
    ) -> Result<()> {
        let (reading, content) = (self.wish.reading, self.wish.content);
        let streamer = Streamer::new(self.corpus, reading, self.decided, Format::NTriples, content)?;
        let (mut added, mut done) = (0, Vec::new());
        for unit in units {
            let mut fine = true;
            added += self.record(&unit.name, out, |out| {
                for input in &unit.inputs {
                    fine &= streamer.map(&input.file, out, |bytes| progress.has_read(bytes))?;
                }
                Ok(())
            })?;
            progress.has_finished(&[unit]);
            done.push((*unit, fine));
        }
        drop(streamer);
        self.added += added;
        for (unit, fine) in done {
            self.finish(unit, fine);
        }
        Ok(())
    }

    /// Pages and workbooks are read whole.
    fn read_whole(&mut self, batch: &[&Unit], out: &mut (dyn Write + Send)) -> Result<()> {
        let inputs: Vec<Input> = batch.iter().flat_map(|unit| unit.inputs.clone()).collect();
        self.corpus.sources.clear();
        self.corpus.problems.clear();
        let together = !self.corpus.decisions.is_empty();
        self.corpus.add_inputs(self.data, &inputs, self.wish.reading, Corrections::Made, together)?;
        tell(&self.corpus.problems);
        self.fine &= !self.corpus.has_errors();
        for unit in batch {
            let is_own =
                |name: &str| batch.len() == 1 || unit.inputs.iter().any(|input| input.file.stem() == name);
            self.added += self.record(&unit.name, out, |out| self.write_sources(is_own, out))?;
            let files = || unit.inputs.iter().flat_map(files);
            let is_wrong = |problem: &Problem| {
                problem.severity == Severity::Error && files().any(|file| file.path == problem.path)
            };
            let fine = !self.corpus.problems.iter().any(is_wrong);
            self.finish(unit, fine);
        }
        Ok(())
    }

    fn write_sources(&self, is_own: impl Fn(&str) -> bool, out: &mut (dyn Write + Send)) -> Result<()> {
        let Corpus { names, ontology, authority, .. } = &*self.corpus;
        let mapper = Mapper { names, ontology, authority, content: self.wish.content };
        for source in self.corpus.sources.iter().filter(|source| is_own(&source.name)) {
            let mut lines = Vec::new();
            mapper.source(source, &mut |triple| push_line(&mut lines, triple, None));
            out.write_all(&lines)?;
        }
        Ok(())
    }

    /// Remembers that a file is in the store; one with errors is read again the next time.
    fn finish(&mut self, unit: &Unit, fine: bool) {
        self.fine &= fine;
        self.files.insert(unit.name.clone(), if fine { unit.digest.clone() } else { String::new() });
    }

    /// Remembers what somebody says, and hands on what was not said before; tells how many lines that was.
    fn record(
        &self,
        name: &str,
        out: &mut (dyn Write + Send),
        say: impl FnOnce(&mut (dyn Write + Send)) -> Result<()>,
    ) -> Result<u64> {
        let now = self.now(name);
        let Some(then) = self.then(name) else {
            let mut recorder = Recorder::new(&now, &self.things, Some(out))?;
            say(&mut recorder)?;
            return recorder.finish();
        };
        let mut recorder = Recorder::new(&now, &self.things, None)?;
        say(&mut recorder)?;
        recorder.finish()?;
        let known: FxHashSet<Key> = then.keys()?.into_iter().collect();
        let (mut added, mut lines) = (0, Vec::new());
        now.each(|key, line| {
            if !known.contains(&key) {
                added += 1;
                lines.extend_from_slice(line);
            }
            if lines.len() >= PIECE {
                out.write_all(&lines)?;
                lines.clear();
            }
            Ok(())
        })?;
        out.write_all(&lines)?;
        Ok(added)
    }

    /// Takes out what nobody says any more.
    pub fn take_out(&mut self, plan: &Plan) -> Result<()> {
        let read = plan.read.iter().map(|unit| unit.name.as_str()).chain([DESCRIPTIONS]);
        let (mut gone, mut then) = (FxHashSet::default(), Vec::new());
        for name in read.chain(plan.gone.iter().map(String::as_str)) {
            let Some(said) = self.then(name) else { continue };
            let is_there = self.files.contains_key(name) || name == DESCRIPTIONS;
            let now: FxHashSet<Key> =
                if is_there { self.now(name).keys()?.into_iter().collect() } else { FxHashSet::default() };
            gone.extend(said.keys()?.into_iter().filter(|key| !now.contains(key)));
            then.push(said);
        }
        if gone.is_empty() {
            return Ok(());
        }
        let names = self.files.keys().map(String::as_str).chain([DESCRIPTIONS]);
        let said: Vec<Said> = names.map(|name| self.now(name)).collect();
        for key in found(&said, &gone)? {
            gone.remove(&key);
        }
        let (mut lines, store) = (Vec::new(), self.draft.store());
        for said in then {
            said.each(|key, line| {
                if gone.remove(&key) {
                    lines.extend_from_slice(line);
                    self.removed += 1;
                }
                if lines.len() >= AT_ONCE {
                    remove_lines(store, &lines)?;
                    lines.clear();
                }
                Ok(())
            })?;
        }
        remove_lines(store, &lines)
    }

    /// Says of everything that is spoken of what the folders say of it, and of nothing else.
    fn describe(&mut self, out: &mut (dyn Write + Send)) -> Result<()> {
        let lines = self.descriptions()?;
        let say = |out: &mut (dyn Write + Send)| lines.iter().try_for_each(|line| Ok(out.write_all(line)?));
        self.added += self.record(DESCRIPTIONS, out, say)?;
        Ok(())
    }

    fn descriptions(&self) -> Result<BTreeSet<Vec<u8>>> {
        let Corpus { authority, ontology, dataset, .. } = &*self.corpus;
        let mut spoken_of: Things =
            dataset.triples.iter().map(|triple| triple.object.to_string().into_bytes()).collect();
        for name in self.files.keys() {
            spoken_of.extend(self.now(name).things()?);
        }
        let is_spoken_of = |thing: &str| spoken_of.contains(format!("<{thing}>").as_bytes());
        let said = Descriptions::of(&[&authority.facts, &ontology.facts]).of_what(is_spoken_of);
        let triples = said.into_iter().map(|(_, triple)| triple).chain(&dataset.triples);
        let line = |triple: &Triple| {
            let mut line = Vec::new();
            push_line(&mut line, triple.as_ref(), None);
            line
        };
        Ok(triples.map(line).collect())
    }
}

/// Loads lines of N-Triples; what this program wrote is not checked again.
fn load_lines(store: &Store, lines: impl Read) -> Result<()> {
    let parser = RdfParser::from_format(RdfFormat::NTriples).lenient();
    // The store is aside until it is whole, so that its files may be put in order while others are still read.
    let mut loader = store.bulk_loader().without_atomicity();
    let lines = BufReader::with_capacity(PIECE, lines);
    let explain = || "the store cannot be written";
    loader.load_from_reader(parser, lines).with_context(explain)?;
    loader.commit().with_context(explain)
}

fn remove_lines(store: &Store, lines: &[u8]) -> Result<()> {
    let explain = || "the store cannot be written";
    let mut transaction = store.start_transaction().with_context(explain)?;
    for quad in RdfParser::from_format(RdfFormat::NTriples).lenient().for_slice(lines) {
        transaction.remove(quad?.as_ref());
    }
    transaction.commit().with_context(explain)
}

/// Units that are read together: pages, up to some size, of which what each says is known by its name.
fn batches<'u>(units: &'u [&'u Unit]) -> Vec<&'u [&'u Unit]> {
    let is_page = |unit: &Unit| unit.inputs.len() == 1 && unit.inputs[0].is_page();
    let mut batches = Vec::new();
    let (mut start, mut bytes, mut stems) = (0, 0, BTreeSet::new());
    for (at, unit) in units.iter().enumerate() {
        bytes += unit.bytes;
        let stem = unit.inputs.first().map(|input| input.file.stem());
        let fits = is_page(unit) && is_page(units[start]) && bytes <= TOGETHER && stems.insert(stem);
        if !fits && at > start {
            batches.push(&units[start..at]);
            (start, bytes, stems) = (at, unit.bytes, BTreeSet::from([stem]));
        }
    }
    batches.extend(Some(&units[start..]).filter(|rest| !rest.is_empty()));
    batches
}

/// What is told while files are read.
struct Progress {
    bar: ProgressBar,
    files: usize,
    finished: Cell<usize>,
    bytes: Cell<u64>,
}

impl Progress {
    fn of(units: &[Unit]) -> Self {
        let (finished, bytes) = (Cell::new(0), Cell::new(0));
        Self { bar: ProgressBar::new_spinner(), files: units.len(), finished, bytes }
    }

    fn has_read(&self, bytes: u64) {
        self.bytes.set(self.bytes.get() + bytes);
        self.show();
    }

    fn has_finished(&self, units: &[&Unit]) {
        self.finished.set(self.finished.get() + units.len());
        self.show();
    }

    fn show(&self) {
        let (finished, files, bytes) = (self.finished.get(), self.files, self.bytes.get() / 1_000_000);
        self.bar.set_message(format!("{finished} of {files} files, {bytes} MB of lists read"));
        self.bar.tick();
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
