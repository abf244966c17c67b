//! The city's plan at work: tasks opened, reported, confirmed, taken up again; the board and what each number counts.

mod boards;
mod packs;
mod room;
mod runs;
pub mod steps;
mod work;

pub use room::PlanTask;
