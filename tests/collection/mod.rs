//! Collected information: register files by the catalogue, submissions to platforms, and the rates that are frozen.

mod rates;
mod registers;
mod room;
pub mod steps;
mod whole;

pub use room::DataSubmission;
