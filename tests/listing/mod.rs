//! Entry on a severe list.

mod counting;
mod ends;
mod refusals;
pub mod steps;
mod whole;
