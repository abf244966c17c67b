//! The command line.
//!
//! | module | holds |
//! |---|---|
//! | `args` | what may be typed |
//! | `run` | what it does |
//! | `serve` | the server with its timers and its mail |

mod args;
mod run;
mod serve;

pub use run::main;
