//! A process that answers queries of strangers for a server, so that it can be killed when one goes wild: a store of
//! its own, queries on standard input, answers on standard output.

use super::ask::{Ask, Failure, Sink};
use super::frame::{self, Tag};
use crate::graph::Graph;
use crate::names::Names;
use crate::store::{self, Store};
use anyhow::{Context as _, Result, bail};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::Quad;
use oxigraph::sparql::CancellationToken;
use std::collections::BTreeMap;
use std::io::{self, BufReader, Read, StdoutLock};
use std::path::Path;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

/// Answers until nobody asks any more.
///
/// # Errors
/// When what comes in is not what a server sends.
pub fn work(on_disk: Option<&Path>, memory: u64) -> Result<()> {
    let mut from = BufReader::with_capacity(1 << 16, io::stdin());
    let Some((Tag::Names, names)) = frame::read(&mut from)? else {
        bail!("a server starts this, nobody else")
    };
    let (prefixes, space): (BTreeMap<String, String>, String) = serde_json::from_slice(&names)?;
    let names = Names::new(prefixes, &space);
    let store = match on_disk {
        Some(path) => store::open(path)?,
        None => received(&mut from)?,
    };
    limit_memory(memory)?;
    let mut out = io::stdout().lock();
    frame::write(&mut out, Tag::End, &[])?;
    while let Some((Tag::Ask, ask)) = frame::read(&mut from)? {
        let ask: Ask = serde_json::from_slice(&ask)?;
        let mut answer = Answer { out: &mut out, begun: false };
        match within(&ask, &store, &names, &mut answer) {
            Ok(()) => frame::write(&mut out, Tag::End, &[])?,
            Err(failure) => frame::write(&mut out, Tag::Failure, &serde_json::to_vec(&failure)?)?,
        }
    }
    Ok(())
}

/// Answers, and gives up in time where the evaluation looks at the clock at all; where it does not, the server kills.
fn within(ask: &Ask, store: &Store, names: &Names, answer: &mut Answer<'_, '_>) -> Result<(), Failure> {
    let stop = CancellationToken::new();
    let (done, waiting) = channel::<()>();
    thread::scope(|scope| {
        let stopping = stop.clone();
        scope.spawn(move || {
            if waiting.recv_timeout(Duration::from_millis(ask.millis)) == Err(RecvTimeoutError::Timeout) {
                stopping.cancel();
            }
        });
        let result = ask.answer(store, names, &stop, answer);
        drop(done);
        result
    })
}

/// The store that a server sends, statement by statement.
fn received(from: &mut impl Read) -> Result<Store> {
    let mut failure = None;
    let frames = std::iter::from_fn(|| match frame::read(&mut *from) {
        Ok(Some((Tag::Data, lines))) => Some(lines),
        Ok(_) => None,
        Err(error) => {
            failure = Some(error);
            None
        }
    });
    let quads = frames.flat_map(|lines| {
        let parser = RdfParser::from_format(RdfFormat::NTriples).lenient().for_slice(&lines);
        parser.collect::<Result<Vec<Quad>, _>>().unwrap_or_default()
    });
    let graph = Graph::collect(quads);
    match failure {
        Some(error) => Err(error).context("the data did not come whole"),
        None => Ok(Store::of(&graph)),
    }
}

/// Lets this process grow so many bytes beyond what it has, and then die.
#[cfg(target_os = "linux")]
fn limit_memory(bytes: u64) -> Result<()> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let size = status
        .lines()
        .find_map(|line| line.strip_prefix("VmSize:")?.trim().strip_suffix("kB")?.trim().parse::<u64>().ok());
    let most = size.context("this system does not say how large a process is")? * 1024 + bytes;
    Ok(rlimit::setrlimit(rlimit::Resource::AS, most, most)?)
}

/// Other systems have no such limit that holds.
#[cfg(not(target_os = "linux"))]
fn limit_memory(_: u64) -> Result<()> {
    Ok(())
}

/// Pieces go to the server as they come.
struct Answer<'a, 'o> {
    out: &'a mut StdoutLock<'o>,
    begun: bool,
}

impl Sink for Answer<'_, '_> {
    fn take(&mut self, media: &str, bytes: Vec<u8>) -> io::Result<()> {
        if !self.begun {
            frame::write(&mut self.out, Tag::Media, media.as_bytes())?;
            self.begun = true;
        }
        frame::write(&mut self.out, Tag::Piece, &bytes)
    }
}
