//! The engine by itself: no database, no server, rows in memory.

mod ahead;
mod armed;
mod bend;
mod bring;
pub mod city;
mod dates;
mod heard;
mod natural;
mod openings;
mod paper_days;
mod places;
mod walk;
mod why_not;
