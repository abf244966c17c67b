//! The command line, as an operator types it.

mod config;
mod keeping;
pub mod program;
