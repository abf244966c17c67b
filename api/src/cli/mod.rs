//! The command line.
//!
//! | module | holds |
//! |---|---|
//! | `args` | what may be typed |
//! | `run` | what it does |
//! | `files` | `import` and `export` |
//! | `serve` | the server with its timers and its mail |

mod args;
mod files;
mod run;
mod serve;

pub use run::main;
