//! Objections to records and to answers.

mod answers;
mod clocks;
mod room;
pub mod steps;

pub use room::Objection;
