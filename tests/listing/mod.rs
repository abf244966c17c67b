//! Entry on a severe list.

mod ends;
mod refusals;
pub mod steps;
mod whole;
