//! When a notice that could not be handed over is tried again.

const MINUTE: i64 = 60_000_000;

/// The first waits, in minutes; after them it is always [`LATER`].
const FIRST: [i64; 4] = [1, 5, 15, 60];
/// Every later wait, in minutes.
const LATER: i64 = 4 * 60;
/// Time from the first try after which a notice is a dead letter, in minutes (three days).
const GIVE_UP: i64 = 3 * 24 * 60;

/// The time of the next try in microseconds UTC, after `attempt` tries (1 after the first) of which the last ended at
/// `now_micros`; `None` when the notice is a dead letter: the waits together would pass three days.
///
/// Waits: 1, 5, 15, 60 minutes, then every 4 hours. The count alone decides, so that a stopped house, which lost days
/// but no tries, still makes them all.
pub fn next_try(attempt: u32, now_micros: i64) -> Option<i64> {
    let mut waited = 0;
    let mut wait = 0;
    for turn in 0..attempt.max(1) {
        wait = usize::try_from(turn).ok().and_then(|turn| FIRST.get(turn)).copied().unwrap_or(LATER);
        waited += wait;
        if waited > GIVE_UP {
            return None;
        }
    }
    now_micros.checked_add(wait * MINUTE)
}
