//! Checks that run on their own, so that whoever asked can see how far they are.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError, atomic::Ordering},
    time::Duration,
};

use axum::body::Bytes;
use domain::ids::AccountId;
use tokio::sync::{Semaphore, watch};

use super::{
    check::{Checked, FileFault, check},
    kind::Kind,
    progress::Progress,
};
use crate::app::App;

/// Checks that run at once; the next one waits for its turn.
const AT_ONCE: usize = 2;
/// Checks that may be under way or waiting.
const MOST: usize = 32;

/// What is checked, for whom.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Question {
    pub kind: Kind,
    pub account: AccountId,
    pub office: String,
    /// Id of the upload.
    pub upload: String,
}

type Ended = Option<Result<Arc<Checked>, Arc<FileFault>>>;

#[derive(Debug)]
struct Job {
    progress: Arc<Progress>,
    ended: watch::Receiver<Ended>,
}

/// All checks of this server.
#[derive(Debug)]
pub struct Jobs {
    running: Mutex<HashMap<Question, Arc<Job>>>,
    turns: Arc<Semaphore>,
}

impl Default for Jobs {
    fn default() -> Self {
        Self { running: Mutex::default(), turns: Arc::new(Semaphore::new(AT_ONCE)) }
    }
}

/// Where a check stands.
#[derive(Debug)]
pub enum Stand {
    /// Steps done and steps in all; 0 in all while it waits or reads.
    Running {
        done: usize,
        all: usize,
    },
    Done(Result<Arc<Checked>, Arc<FileFault>>),
    /// Too many checks wait.
    Busy,
}

impl Jobs {
    /// Starts the check of an upload, or looks after the one that runs; waits a while for its end. A check that has
    /// ended is told once; the next question starts it anew.
    pub async fn look(&self, app: &App, key: Question, bytes: Bytes, wait: Duration) -> Stand {
        let Some(job) = self.job(app, &key, bytes) else { return Stand::Busy };
        let mut ended = job.ended.clone();
        let told = tokio::time::timeout(wait, ended.wait_for(Option::is_some)).await;
        match told {
            Err(_) => Stand::Running { done: job.progress.done.load(Ordering::Relaxed), all: job.progress.all.load(Ordering::Relaxed) },
            Ok(value) => {
                let result = value.ok().and_then(|value| value.clone());
                self.running.lock().unwrap_or_else(PoisonError::into_inner).remove(&key);
                Stand::Done(result.unwrap_or_else(|| Err(Arc::new(FileFault::Interrupted))))
            }
        }
    }

    fn job(&self, app: &App, key: &Question, bytes: Bytes) -> Option<Arc<Job>> {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(job) = running.get(key) {
            return Some(job.clone());
        }
        if running.len() >= MOST {
            // Those that ended and were never asked for again make room.
            running.retain(|_, job| job.ended.borrow().is_none());
            if running.len() >= MOST {
                return None;
            }
        }
        let (tell, ended) = watch::channel(None);
        let job = Arc::new(Job { progress: Arc::default(), ended });
        let (app, progress, turns) = (app.clone(), job.progress.clone(), self.turns.clone());
        let Question { kind, account, office, .. } = key.clone();
        tokio::spawn(async move {
            let turn = turns.acquire().await;
            let result = check(&app, kind, account, &office, bytes, progress).await;
            drop(turn);
            let _ = tell.send(Some(result.map(Arc::new).map_err(Arc::new))); // nobody may listen any more
        });
        running.insert(key.clone(), job.clone());
        Some(job)
    }
}
