//! The work ledger: what each kind needs, who keeps it, what it counts for.

mod kinds;
mod room;
pub mod steps;

pub use room::LedgerEntry;
