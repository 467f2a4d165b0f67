//! What the system tells the server: to stop, and to read its data again.

use std::io;
use std::sync::Arc;
use tokio::sync::Notify;

/// Rings whenever somebody asks for it.
#[derive(Clone, Default)]
pub(super) struct Signals {
    /// Stop: Ctrl+C, or the end of the system.
    pub(super) stop: Arc<Notify>,
    /// Read the data again.
    pub(super) again: Arc<Notify>,
}

impl Signals {
    /// Listens from now on.
    #[cfg(unix)]
    pub(super) fn listen() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        let signals = Self::default();
        let kinds = [
            (SignalKind::interrupt(), &signals.stop),
            (SignalKind::terminate(), &signals.stop),
            (SignalKind::hangup(), &signals.again),
        ];
        for (kind, bell) in kinds {
            let (mut heard, bell) = (signal(kind)?, bell.clone());
            tokio::spawn(async move {
                while heard.recv().await.is_some() {
                    bell.notify_one();
                }
            });
        }
        Ok(signals)
    }

    /// Listens from now on; elsewhere there is Ctrl+C alone.
    #[cfg(not(unix))]
    pub(super) fn listen() -> io::Result<Self> {
        let signals = Self::default();
        let bell = signals.stop.clone();
        tokio::spawn(async move {
            while tokio::signal::ctrl_c().await.is_ok() {
                bell.notify_one();
            }
        });
        Ok(signals)
    }
}
