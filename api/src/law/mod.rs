//! The law while the house runs: what stands, what is loaded, what would change.
//!
//! | module | holds |
//! |---|---|
//! | `held` | the law as it stands, swapped by the door when a file is loaded |
//! | `moved` | open deadlines that a year's calendar would count otherwise |
//! | `simulate` | new law tried over every open case and record |
//! | `paged` | reading every row without holding them all |

mod held;
pub mod moved;
mod paged;
pub mod simulate;

pub use held::{Held, of_place, rows};
