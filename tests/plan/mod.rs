//! The city's plan: its measures, its months, the draw of inspections.

mod judged;
mod lots;
mod measures;
mod questions;
