//! What lies ahead of a case, and what lies behind: told by its table, its clocks and its history alone.
//!
//! | module | holds |
//! |---|---|
//! | `known` | what is known of the case today: points, clocks, rows that cannot be done in it |
//! | `way` | the ordinary way from a state to a state at rest |
//! | `days` | the last day of each step, if nobody is late |
//! | `route` | both put together |

mod days;
mod known;
mod route;
mod way;

pub use route::{Branch, Past, Route, Step, route};
