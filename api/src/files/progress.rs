//! How far a check, and then an import, is.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// What is being done with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    Checking,
    Importing,
}

/// How far a check, and then an import, is.
#[derive(Debug, Default)]
pub struct Progress {
    pub done: AtomicUsize,
    pub all: AtomicUsize,
    importing: AtomicBool,
}

impl Progress {
    pub(super) fn at(&self, done: usize, all: usize) {
        self.done.store(done, Ordering::Relaxed);
        self.all.store(all, Ordering::Relaxed);
    }

    pub(super) fn phase(&self, phase: Phase) {
        self.importing.store(phase == Phase::Importing, Ordering::Relaxed);
    }

    /// Whether that is being done.
    pub fn is(&self, phase: Phase) -> bool {
        self.importing.load(Ordering::Relaxed) == (phase == Phase::Importing)
    }
}
