//! The city's plan: its measures, its months, the draw of inspections, the plan as a file.

mod file;
mod judged;
mod lots;
mod measures;
mod questions;
