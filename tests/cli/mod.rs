//! The command line, as an operator types it.

mod config;
mod forks;
mod forks_postgres;
pub mod house;
mod keeping;
pub mod program;
mod users;
