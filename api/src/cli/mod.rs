//! The command line.
//!
//! | module | holds |
//! |---|---|
//! | `args` | what may be typed |
//! | `run` | what it does |

mod args;
mod run;

pub use run::main;
