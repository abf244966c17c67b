//! Repair: from the record to the released company, and every other way it can go.

mod ends;
mod falsity;
mod late;
mod main_job;
mod refusals;
mod room;
pub mod route;
pub mod steps;
mod true_reasons;
mod ways;

pub use room::{AccountBinding, RepairApplication};
