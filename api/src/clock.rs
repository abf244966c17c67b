//! The house's clock: real time, or a demo database's own, moved only by an audited act. Real time is a machine's, which can
//! be wrong: over a gap that nobody has witnessed it is only a claim, until somebody confirms the day.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use domain::{entry::MachineClock, moment::Micros};
use time::{Date, OffsetDateTime};

const REAL: i64 = i64::MIN;
const HOUR: i64 = 3_600_000_000;
/// Machines whose clocks are kept differ by seconds; beyond this one of them is wrong.
const BEHIND: i64 = 5 * 60_000_000;

#[derive(Debug)]
struct State {
    /// What a demo's clock says.
    at: AtomicI64,
    /// The last time at which somebody could vouch for the machine's clock.
    witnessed: AtomicI64,
    /// Longest time without a witness.
    gap: AtomicI64,
}

/// A clock that every clone shares.
#[derive(Clone, Debug)]
pub struct Clock(Arc<State>);

impl Clock {
    /// Real time, which nobody doubts.
    pub fn real() -> Self {
        Self(Arc::new(State { at: AtomicI64::new(REAL), witnessed: AtomicI64::new(REAL), gap: AtomicI64::new(0) }))
    }

    /// From now on the clock stands at `at`.
    pub fn set(&self, at: Micros) {
        self.0.at.store(at.0, Ordering::Release);
    }

    /// Whether entries have to say that they were simulated.
    pub fn simulated(&self) -> bool {
        self.0.at.load(Ordering::Acquire) != REAL
    }

    /// The machine was right at `at`; after `gap_hours` without another witness it is doubted.
    pub fn witness(&self, at: Micros, gap_hours: u32) {
        self.0.gap.store(i64::from(gap_hours) * HOUR, Ordering::Release);
        self.0.witnessed.store(at.0, Ordering::Release);
    }

    /// What the machine's clock says, where it is far from the last time that is known: ahead of it by more than the
    /// longest gap, or behind it. `last` is the time of the last entry.
    pub fn doubt(&self, last: Micros) -> Option<MachineClock> {
        let witnessed = self.0.witnessed.load(Ordering::Acquire);
        if self.simulated() || witnessed == REAL {
            return None;
        }
        let known = witnessed.max(last.0);
        let now = self.now().0;
        let far = now - witnessed > self.0.gap.load(Ordering::Acquire) || now < known - BEHIND;
        far.then_some(MachineClock { says: Micros(now), known: Micros(known) })
    }

    /// The time up to which the house acts by itself; none over a gap, until an administrator has confirmed the day.
    pub fn rings_until(&self) -> Option<Micros> {
        let (now, witnessed) = (self.now(), self.0.witnessed.load(Ordering::Acquire));
        let gap = !self.simulated() && witnessed != REAL && now.0 - witnessed > self.0.gap.load(Ordering::Acquire);
        (!gap).then_some(now)
    }

    #[expect(clippy::disallowed_methods, reason = "the one place that reads the wall clock")]
    pub fn now(&self) -> Micros {
        match self.0.at.load(Ordering::Acquire) {
            REAL => OffsetDateTime::now_utc().into(),
            at => Micros(at),
        }
    }

    /// Today in Asia/Shanghai.
    pub fn today(&self) -> Date {
        self.now().day()
    }
}
