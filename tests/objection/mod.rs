//! Objections to records and to answers.

mod answers;
mod clocks;
pub mod steps;
