//! Trust at work: credit checks of offices, commitments of subjects, advantages of schemes.

mod checks;
pub mod commitments;
mod room;
mod schemes;
pub mod steps;

pub use room::{BenefitUse, Commitment, CreditCheck};
