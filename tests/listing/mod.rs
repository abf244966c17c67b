//! Entry on a severe list.

mod counting;
mod dates;
mod ends;
mod fallen;
mod late;
mod refusals;
mod room;
mod route;
pub mod steps;
mod term;
mod whole;

pub use room::ListingCase;
