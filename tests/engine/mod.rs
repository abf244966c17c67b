//! The engine by itself: no database, no server, rows in memory.

mod bend;
mod bring;
mod city;
mod natural;
mod places;
mod walk;
mod why_not;
