//! For everybody: the published list, the list types, the calculators of the law.

pub mod calculator;
pub mod list_types;
pub mod public;
