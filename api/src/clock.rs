//! The house's clock: real time, or a demo database's own, moved only by an audited act.

use std::sync::{Arc, atomic::{AtomicI64, Ordering}};

use domain::moment::Micros;
use time::{Date, OffsetDateTime};

const REAL: i64 = i64::MIN;

/// A clock that every clone shares.
#[derive(Clone, Debug)]
pub struct Clock(Arc<AtomicI64>);

impl Clock {
    /// Real time.
    pub fn real() -> Self {
        Self(Arc::new(AtomicI64::new(REAL)))
    }

    /// From now on the clock stands at `at`.
    pub fn set(&self, at: Micros) {
        self.0.store(at.0, Ordering::Release);
    }

    /// Whether entries have to say that they were simulated.
    pub fn simulated(&self) -> bool {
        self.0.load(Ordering::Acquire) != REAL
    }

    #[expect(clippy::disallowed_methods, reason = "the one place that reads the wall clock")]
    pub fn now(&self) -> Micros {
        match self.0.load(Ordering::Acquire) {
            REAL => OffsetDateTime::now_utc().into(),
            at => Micros(at),
        }
    }

    /// Today in Asia/Shanghai.
    pub fn today(&self) -> Date {
        self.now().day()
    }
}
