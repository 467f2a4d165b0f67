//! Work of this process itself, on threads of its own, within limits: a place to work, and a time.

use super::ask::{Failure, too_long};
use oxigraph::sparql::CancellationToken;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::time::timeout;

/// Places to work, and how long anything may take.
#[derive(Clone)]
pub(super) struct Jobs {
    places: Arc<Semaphore>,
    time: Duration,
}

/// So long somebody waits for a place.
const PATIENCE: Duration = Duration::from_secs(10);
/// After its time is over, work has so long to stop.
const GRACE: Duration = Duration::from_secs(1);

impl Jobs {
    pub(super) fn new(places: usize, time: Duration) -> Self {
        Self { places: Arc::new(Semaphore::new(places)), time }
    }

    /// Does something that takes a while. What does not stop in time keeps its place, but nobody waits for it.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&CancellationToken) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let busy = || Failure::new(503, "too much is being asked", "ask again in some seconds");
        let place = timeout(PATIENCE, self.places.clone().acquire_owned()).await;
        let place = place.ok().and_then(Result::ok).ok_or_else(busy)?;
        let stop = CancellationToken::new();
        let token = stop.clone();
        let mut job = tokio::task::spawn_blocking(move || {
            let result = work(&token);
            drop(place);
            result
        });
        if let Ok(done) = timeout(self.time, &mut job).await {
            return done.unwrap_or_else(|error| Err(Failure::new(500, format!("{error}"), "")));
        }
        stop.cancel();
        // What comes of it now is that it was stopped, or nothing.
        let _ = timeout(GRACE, job).await;
        Err(too_long())
    }
}
