//! Connections: taken, limited, and ended in order.

use super::signals::Signals;
use super::site::Site;
use super::{Reading, Server};
use anyhow::Result;
use axum::Router;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::pin::Pin;
use std::sync::{Arc, PoisonError};
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, Semaphore};
use tokio_io_timeout::TimeoutStream;

/// Whether the files that are served have changed since it was asked last.
pub type Changed = Box<dyn FnMut() -> bool + Send>;

/// Connections at once; more wait until they are taken.
const CONNECTIONS: usize = 1024;
/// A request's headers must have come in so long, and a connection on which nobody asks is closed then.
const HEADER_TIME: Duration = Duration::from_secs(15);
/// A client that takes nothing of its answer for so long gets no more of it.
const WRITE_TIME: Duration = Duration::from_secs(20);
/// Bytes of an address and headers together.
const HEADERS: usize = 1 << 16;
/// Headers of a request.
const MANY: usize = 64;
/// Between two looks at the files.
const WATCH: Duration = Duration::from_secs(2);
/// Who is answered when the server is told to stop may take so long.
const GOODBYE: Duration = Duration::from_secs(10);

pub(super) async fn listen(
    listener: std::net::TcpListener,
    app: Router,
    server: Server,
    read: Reading,
    changed: Option<Changed>,
) -> Result<()> {
    listener.set_nonblocking(true)?;
    let listener = TcpListener::from_std(listener)?;
    let signals = Signals::listen()?;
    tokio::spawn(read_again(server.clone(), read, signals.again, changed));
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    let connections = GracefulShutdown::new();
    loop {
        let place = places.clone().acquire_owned().await?;
        let stream = tokio::select! {
            taken = listener.accept() => match taken {
                Ok((stream, _)) => stream,
                Err(error) => {
                    // Too many open files, say: others are answered, and then there are less.
                    server.log.event(&format!("a connection cannot be taken: {error}"));
                    tokio::time::sleep(Duration::from_millis(100)).await;
                    continue;
                }
            },
            () = signals.stop.notified() => break,
        };
        let connection = connections.watch(connection(stream, app.clone()));
        tokio::spawn(async move {
            // What goes wrong with one is its client's business.
            let _ = connection.await;
            drop(place);
        });
    }
    server.log.event("stopping");
    tokio::select! {
        () = connections.shutdown() => {}
        () = tokio::time::sleep(GOODBYE) => {}
        () = signals.stop.notified() => {}
    }
    Ok(())
}

/// A stream that fails where nobody reads what is written to it.
type Read = Pin<Box<TimeoutStream<TcpStream>>>;

fn connection(
    stream: TcpStream,
    app: Router,
) -> hyper::server::conn::http1::Connection<TokioIo<Read>, TowerToHyperService<Router>> {
    // Small answers go at once.
    let _ = stream.set_nodelay(true);
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(WRITE_TIME));
    hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADER_TIME)
        .max_buf_size(HEADERS)
        .max_headers(MANY)
        .serve_connection(TokioIo::new(Box::pin(stream)), TowerToHyperService::new(app))
}

/// Reads everything again when it is told to, or sees a change; until that is done, and where it fails, what was there
/// is served.
async fn read_again(server: Server, read: Reading, told: Arc<Notify>, mut changed: Option<Changed>) {
    loop {
        let watching = async {
            match &mut changed {
                None => std::future::pending().await,
                Some(changed) => loop {
                    tokio::time::sleep(WATCH).await;
                    if changed() {
                        break;
                    }
                },
            }
        };
        tokio::select! {
            () = told.notified() => {}
            () = watching => {}
        }
        let (again, limits) = (read.clone(), server.limits);
        let site = tokio::task::spawn_blocking(move || Site::of(again()?, limits)).await;
        match site.map_err(anyhow::Error::from).and_then(|site| site) {
            Ok(site) => {
                server.log.event(&format!("the data were read again: {}", site.version));
                *server.site.write().unwrap_or_else(PoisonError::into_inner) = site;
            }
            Err(error) => {
                server.log.event(&format!("the data cannot be read, and stay as they were: {error:#}"));
            }
        }
    }
}
