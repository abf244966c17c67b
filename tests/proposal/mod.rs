//! Proposed punishment lists: from a county's draft to the province's answer.

mod annulment;
mod bulk;
mod late;
mod receipts;
mod refusals;
mod room;
pub mod steps;
mod tables;
mod whole;

pub use room::{ProposalBatch, ProposalEntry};
