//! The engine by itself: no database, no server, rows in memory.

mod bring;
mod city;
mod walk;
mod why_not;
