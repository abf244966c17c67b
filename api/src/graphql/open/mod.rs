//! For everybody: the published list, the calculators of the law.

pub mod calculator;
pub mod public;
