//! Workers of a server: started when somebody asks, killed when they take too long, started again when needed.

use super::ask::{Ask, Failure, too_long};
use super::frame::{self, Tag};
use crate::export::push_line;
use crate::names::Names;
use crate::store::Store;
use axum::body::{Body, Bytes};
use std::collections::VecDeque;
use std::io;
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};
use tokio::time::{Instant, timeout_at};
use tokio_stream::wrappers::ReceiverStream;

/// What workers have in their stores.
#[derive(Clone)]
pub(super) enum Data {
    /// Sent to them from here.
    Memory(Store),
    /// Opened by them.
    Disk(PathBuf),
}

/// Limits of what strangers may ask.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// For one answer, from the question to its last byte.
    pub(super) time: Duration,
    /// Rows or statements.
    pub(super) rows: usize,
    /// Bytes that a worker may grow by.
    pub(super) memory: u64,
    /// Queries that are answered at once.
    pub(super) workers: usize,
}

/// Queries that may wait for each worker, and how long.
const WAITING: usize = 32;
const PATIENCE: Duration = Duration::from_secs(10);
/// After its time is over a worker has so long to say so itself.
const GRACE: Duration = Duration::from_millis(500);
/// A store is loaded in this time, or never.
const LOADING: Duration = Duration::from_secs(600);
/// Bytes that are sent to a worker at once.
const CHUNK: usize = 1 << 20;

pub(super) struct Pool {
    data: Data,
    names: Vec<u8>,
    limits: Limits,
    places: Arc<Semaphore>,
    waiting: AtomicUsize,
    idle: Mutex<VecDeque<Worker>>,
}

/// A process and the ends of its pipes; it is killed when this is dropped.
struct Worker {
    input: ChildStdin,
    output: ChildStdout,
    child: Child,
}

/// An answer that has begun.
pub(super) struct Begun {
    pub(super) media: String,
    pub(super) body: Body,
}

/// How an answer begins.
enum Beginning {
    None(Failure),
    /// It is short, and here.
    Whole(String, Vec<u8>),
    Part(String, Vec<Vec<u8>>),
}

/// Asks a worker, and waits until it is known whether the answer is short.
async fn begin(worker: &mut Worker, question: &[u8]) -> io::Result<Beginning> {
    frame::send(&mut worker.input, Tag::Ask, question).await?;
    let media = match frame::receive(&mut worker.output).await? {
        (Tag::Media, media) => String::from_utf8_lossy(&media).into_owned(),
        (_, failure) => return Ok(Beginning::None(serde_json::from_slice(&failure)?)),
    };
    let mut pieces = Vec::new();
    while pieces.len() < 2 {
        match frame::receive(&mut worker.output).await? {
            (Tag::Piece, piece) => pieces.push(piece),
            (Tag::End, _) => return Ok(Beginning::Whole(media, pieces.concat())),
            // Nothing has been said yet, so that it can be said what is wrong.
            (_, failure) => return Ok(Beginning::None(serde_json::from_slice(&failure)?)),
        }
    }
    Ok(Beginning::Part(media, pieces))
}

/// Counts one who waits, however the waiting ends.
struct Waiting<'p>(&'p AtomicUsize);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Pool {
    pub(super) fn new(data: Data, names: &Names, limits: Limits) -> Arc<Self> {
        let names = serde_json::to_vec(&(names.prefixes(), names.space())).unwrap_or_default();
        Arc::new(Self {
            data,
            names,
            limits,
            places: Arc::new(Semaphore::new(limits.workers)),
            waiting: AtomicUsize::new(0),
            idle: Mutex::default(),
        })
    }

    /// Has a query answered; of a long answer, what comes after the beginning comes in pieces, and the connection is cut
    /// where it is broken off.
    pub(super) async fn ask(self: Arc<Self>, mut ask: Ask) -> Result<Begun, Failure> {
        let place = self.place().await?;
        let mut worker = match self.idle() {
            Some(worker) => worker,
            None => self
                .start()
                .await
                .map_err(|error| Failure::new(500, format!("no worker could be started: {error}"), ""))?,
        };
        let end = Instant::now() + self.limits.time;
        ask.most = self.limits.rows;
        ask.millis = u64::try_from(self.limits.time.as_millis()).unwrap_or(u64::MAX);
        let question = serde_json::to_vec(&ask).unwrap_or_default();
        match timeout_at(end + GRACE, begin(&mut worker, &question)).await {
            Err(_) => Err(too_long()),
            Ok(Err(_)) => Err(Failure::new(
                507,
                "the query took more memory than it may, or was too deep",
                "ask for less, in several steps",
            )),
            Ok(Ok(Beginning::None(failure))) => {
                self.rest(worker);
                Err(failure)
            }
            Ok(Ok(Beginning::Whole(media, bytes))) => {
                self.rest(worker);
                Ok(Begun { media, body: Body::from(bytes) })
            }
            Ok(Ok(Beginning::Part(media, pieces))) => {
                let (sender, stream) = mpsc::channel(8);
                tokio::spawn(self.pass_on(worker, place, pieces, sender, end + GRACE));
                Ok(Begun { media, body: Body::from_stream(ReceiverStream::new(stream)) })
            }
        }
    }

    /// A place among those who are answered, as soon as there is one.
    async fn place(&self) -> Result<OwnedSemaphorePermit, Failure> {
        let busy = || Failure::new(503, "too many queries are being answered", "ask again in some seconds");
        let before = self.waiting.fetch_add(1, Ordering::Relaxed);
        let _counted = Waiting(&self.waiting);
        if before >= WAITING * self.limits.workers {
            return Err(busy());
        }
        let place = timeout_at(Instant::now() + PATIENCE, self.places.clone().acquire_owned()).await;
        place.ok().and_then(Result::ok).ok_or_else(busy)
    }

    /// Passes an answer on; whoever stops listening, or takes too long, ends the worker.
    async fn pass_on(
        self: Arc<Self>,
        mut worker: Worker,
        place: OwnedSemaphorePermit,
        first: Vec<Vec<u8>>,
        to: mpsc::Sender<io::Result<Bytes>>,
        end: Instant,
    ) {
        for piece in first {
            // There is room for these.
            let _ = to.try_send(Ok(piece.into()));
        }
        loop {
            let next = timeout_at(end, frame::receive(&mut worker.output)).await;
            let piece = match next {
                Ok(Ok((Tag::Piece, bytes))) => Ok(Bytes::from(bytes)),
                Ok(Ok((Tag::End, _))) => {
                    self.rest(worker);
                    break;
                }
                Ok(Ok(_)) => {
                    self.rest(worker);
                    let _ = to.send(Err(io::Error::other("broken off"))).await;
                    break;
                }
                _ => Err(io::Error::other("broken off")),
            };
            let over = piece.is_err();
            if !matches!(timeout_at(end, to.send(piece)).await, Ok(Ok(()))) || over {
                break;
            }
        }
        drop(place);
    }

    /// A worker that waits, if any is still alive: the system may have ended one meanwhile.
    fn idle(&self) -> Option<Worker> {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        std::iter::from_fn(|| idle.pop_front()).find_map(|mut worker| {
            let is_alive = matches!(worker.child.try_wait(), Ok(None));
            is_alive.then_some(worker)
        })
    }

    /// Keeps a worker for the next query.
    fn rest(&self, worker: Worker) {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push_back(worker);
    }

    async fn start(&self) -> io::Result<Worker> {
        let mut command = Command::new(std::env::current_exe()?);
        command.arg("worker").arg("--memory").arg(self.limits.memory.to_string());
        if let Data::Disk(path) = &self.data {
            command.arg("--store").arg(path);
        }
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).kill_on_drop(true);
        let mut child = command.spawn()?;
        let gone = || io::Error::other("its pipes are gone");
        let input = child.stdin.take().ok_or_else(gone)?;
        let output = child.stdout.take().ok_or_else(gone)?;
        let mut worker = Worker { input, output, child };
        let load = async {
            frame::send(&mut worker.input, Tag::Names, &self.names).await?;
            if let Data::Memory(store) = &self.data {
                send_all(store.clone(), &mut worker.input).await?;
            }
            frame::receive(&mut worker.output).await
        };
        match timeout_at(Instant::now() + LOADING, load).await {
            Ok(Ok((Tag::End, _))) => Ok(worker),
            Ok(Err(error)) => Err(error),
            _ => Err(io::Error::other("it does not get ready")),
        }
    }
}

/// Sends every statement of a store, as lines.
async fn send_all(store: Store, to: &mut ChildStdin) -> io::Result<()> {
    let (sender, mut chunks) = mpsc::channel::<Vec<u8>>(4);
    let reading = tokio::task::spawn_blocking(move || {
        let mut lines = Vec::with_capacity(2 * CHUNK);
        for triple in store.triples(None, None, None) {
            let triple = triple.map_err(io::Error::other)?;
            push_line(&mut lines, triple.as_ref(), None);
            if lines.len() >= CHUNK && sender.blocking_send(std::mem::take(&mut lines)).is_err() {
                return Ok(());
            }
        }
        sender.blocking_send(lines).map_err(io::Error::other)
    });
    while let Some(chunk) = chunks.recv().await {
        frame::send(to, Tag::Data, &chunk).await?;
    }
    reading.await.map_err(io::Error::other)??;
    frame::send(to, Tag::End, &[]).await
}
