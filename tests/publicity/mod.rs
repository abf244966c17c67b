//! Publicity: what may be shown, where it appears, that it comes down in the same write, and what plans count of it.

mod down;
mod room;
pub mod steps;
mod whole;

pub use room::PublicityItem;
