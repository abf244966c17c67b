//! Whether the house can be worked in: it reads, it writes, and its clock can be believed.

use std::{sync::Arc, time::Duration};

use axum::{extract::State, http::StatusCode};
use tokio::{sync::Mutex, time::Instant};

use crate::{
    app::App,
    store::{StoreFault, write},
    work::guard,
};

/// The fact that is written, so that a disk that is full shows before somebody's act does.
const PROBE: &str = "ready_at";
/// A probe that is so new is not repeated.
const EVERY: Duration = Duration::from_secs(10);

/// The house, and when it was last written to by a probe.
#[derive(Clone, Debug)]
pub struct Ready {
    app: App,
    written: Arc<Mutex<Option<Instant>>>,
}

impl Ready {
    pub fn new(app: App) -> Self {
        Self { app, written: Arc::default() }
    }

    /// Writes a row of its own, at most every ten seconds.
    async fn probe(&self) -> Result<(), StoreFault> {
        let mut written = self.written.lock().await;
        if written.is_some_and(|at| at.elapsed() < EVERY) {
            return Ok(());
        }
        self.app.database.set_fact(PROBE, &self.app.clock.now().0.to_string()).await?;
        *written = Some(Instant::now());
        Ok(())
    }
}

/// GET /readyz
pub async fn ready(State(ready): State<Ready>) -> (StatusCode, String) {
    let head = match write::head(ready.app.database.pool()).await {
        Ok(head) => head,
        Err(fault) => {
            tracing::error!(fault = %fault.logged(), "readyz");
            return (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n".to_owned());
        }
    };
    if let Err(fault) = ready.probe().await {
        tracing::error!(fault = %fault.logged(), "readyz");
        return (
            StatusCode::SERVICE_UNAVAILABLE,
            "nothing can be written: look whether the disk is full or cannot be written\n".to_owned(),
        );
    }
    // A server behind a balancer has to be there for the administrator who confirms the day.
    match ready.app.clock.doubt(head.1) {
        None => (StatusCode::OK, "ready\n".to_owned()),
        Some(doubt) => (StatusCode::OK, format!("ready, but {}\n", guard::words(&doubt))),
    }
}
