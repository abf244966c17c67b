//! When the machine's clock was last witnessed, as the house keeps it.

use domain::moment::Micros;

use super::{Database, StoreFault};
use crate::clock::Clock;

/// The fact that says when the clock was last witnessed.
pub(super) const WITNESSED: &str = "clock_witnessed";
/// Setting: hours without a witness before the clock is doubted.
pub const GAP: &str = "clock_gap_hours";

/// Begins to witness anew: when an administrator has confirmed the day.
///
/// # Errors
/// When the database fails.
pub async fn begin(database: &Database, at: Micros) -> Result<(), StoreFault> {
    database.set_fact(WITNESSED, &at.0.to_string()).await
}

/// When the clock was last witnessed.
///
/// # Errors
/// When the database fails.
pub async fn last(database: &Database) -> Result<Option<Micros>, StoreFault> {
    Ok(database.fact(WITNESSED).await?.and_then(|text| text.parse().ok()).map(Micros))
}

/// Tells a clock when it was last witnessed.
///
/// # Errors
/// When the database fails.
pub async fn read(database: &Database, clock: &Clock, gap_hours: u32) -> Result<(), StoreFault> {
    if let Some(at) = last(database).await? {
        clock.witness(at, gap_hours);
    }
    Ok(())
}
