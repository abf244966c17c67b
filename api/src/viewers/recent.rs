//! Viewers read lately. A viewer decides what is shown; what may be done is decided at the act, on the rows as they are.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use domain::moment::Micros;
use time::Date;

use super::Viewer;
use crate::recent::Recent;

/// Another server's changes show after this time at the latest; this server's own show at once.
const LONGEST: Duration = Duration::from_secs(1);
const KEPT: usize = 4096;

#[derive(Clone, Debug)]
struct Seen {
    viewer: Viewer,
    today: Date,
    expires_at: Micros,
    read: Instant,
}

/// Viewers by the hash of their token; clones share them.
#[derive(Clone, Debug)]
pub struct Viewers {
    seen: Recent<String, Seen>,
    /// Rises when somebody's rights changed; what was read before does not count then.
    turn: Arc<AtomicU64>,
}

impl Default for Viewers {
    fn default() -> Self {
        Self { seen: Recent::at_most(KEPT), turn: Arc::default() }
    }
}

impl Viewers {
    /// The viewer behind a token, where it was read just now for the same day.
    pub fn get(&self, token_hash: &str, now: Micros, today: Date) -> Option<Viewer> {
        let seen = self.seen.get(&token_hash.to_owned())?;
        let good = seen.today == today && now < seen.expires_at && seen.read.elapsed() < LONGEST;
        good.then_some(seen.viewer)
    }

    /// To be asked for before a viewer is read.
    pub fn turn(&self) -> u64 {
        self.turn.load(Ordering::SeqCst)
    }

    /// Keeps a viewer that was read in a turn.
    pub fn put(&self, turn: u64, token_hash: String, viewer: &Viewer, expires_at: Micros, today: Date) {
        self.seen.put(token_hash, Seen { viewer: viewer.clone(), today, expires_at, read: Instant::now() });
        if self.turn() != turn {
            self.seen.clear();
        }
    }

    /// Somebody's rights changed, or a token became worthless.
    pub fn forget(&self) {
        self.turn.fetch_add(1, Ordering::SeqCst);
        self.seen.clear();
    }
}
