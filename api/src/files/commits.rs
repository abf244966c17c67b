//! Commits that run on their own: whoever asked may go away, and asks again with the same key how far they are.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError, atomic::Ordering},
    time::Duration,
};

use axum::body::Bytes;
use domain::ids::AccountId;
use tokio::sync::{Semaphore, watch};
use uuid::Uuid;

use super::{
    check::{Checked, FileFault},
    commit::{Committed, Order, commit},
    progress::{Phase, Progress},
};
use crate::{app::App, door::DoorFault, evidence};

/// Commits that may run or wait.
const MOST: usize = 32;

type Ended = Option<Result<Arc<Committed>, Arc<FileFault>>>;

#[derive(Debug)]
struct Running {
    /// Layout, office and digest: what the key was used with.
    what: String,
    progress: Arc<Progress>,
    ended: watch::Receiver<Ended>,
}

/// All commits of this server.
#[derive(Debug)]
pub struct Commits {
    running: Mutex<HashMap<(AccountId, Uuid), Arc<Running>>>,
    /// One file after the other: each is held in memory while it arrives.
    turn: Arc<Semaphore>,
}

impl Default for Commits {
    fn default() -> Self {
        Self { running: Mutex::default(), turn: Arc::new(Semaphore::new(1)) }
    }
}

/// Where a commit stands.
#[derive(Debug)]
pub enum Stand {
    /// Steps done and in all, while the file is checked again or while its rows arrive.
    Running {
        importing: bool,
        done: usize,
        all: usize,
    },
    Done(Result<Arc<Committed>, Arc<FileFault>>),
    /// Too many commits wait.
    Busy,
}

impl Commits {
    /// Starts a commit, or looks after the one that runs under the same key; waits a while for its end.
    pub async fn look(&self, app: &App, order: Order, bytes: Bytes, wait: Duration) -> Stand {
        let key = (order.account, order.key);
        let sha256 = evidence::digest(&bytes);
        let what = order.what(&sha256);
        let Some(running) = self.start(app, order, bytes, &what) else { return Stand::Busy };
        if running.what != what {
            let checked = Checked { sha256, ..Checked::default() };
            return Stand::Done(Ok(Arc::new(Committed::Answered { checked, answer: Err(DoorFault::KeyReused), import: None })));
        }
        let mut ended = running.ended.clone();
        let told = tokio::time::timeout(wait, ended.wait_for(Option::is_some)).await;
        match told {
            Err(_) => {
                let at = |number: &std::sync::atomic::AtomicUsize| number.load(Ordering::Relaxed);
                Stand::Running {
                    importing: running.progress.is(Phase::Importing),
                    done: at(&running.progress.done),
                    all: at(&running.progress.all),
                }
            }
            Ok(value) => {
                let result = value.ok().and_then(|value| value.clone());
                self.running.lock().unwrap_or_else(PoisonError::into_inner).remove(&key);
                Stand::Done(result.unwrap_or_else(|| Err(Arc::new(FileFault::Interrupted))))
            }
        }
    }

    fn start(&self, app: &App, order: Order, bytes: Bytes, what: &str) -> Option<Arc<Running>> {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (order.account, order.key);
        if let Some(found) = running.get(&key) {
            return Some(found.clone());
        }
        // Those that ended and were never asked for again stand in the house.
        running.retain(|_, running| running.ended.borrow().is_none());
        if running.len() >= MOST {
            return None;
        }
        let (tell, ended) = watch::channel(None);
        let started = Arc::new(Running { what: what.to_owned(), progress: Arc::default(), ended });
        let (app, progress, turn) = (app.clone(), started.progress.clone(), self.turn.clone());
        tokio::spawn(async move {
            let turn = turn.acquire().await;
            let result = commit(&app, &order, bytes, progress).await;
            drop(turn);
            let _ = tell.send(Some(result.map(Arc::new).map_err(Arc::new))); // nobody may listen any more
        });
        running.insert(key, started.clone());
        Some(started)
    }
}
