//! The law while the house runs: what stands, what is loaded, what would change.
//!
//! | module | holds |
//! |---|---|
//! | `held` | the law as it stands, swapped by the door when a file is loaded |
//! | `brought` | a file that somebody brings: what is wrong with it, what it changes |
//! | `moved` | open deadlines that a year's calendar would count otherwise |
//! | `review` | past acts that the rules of today would refuse |
//! | `simulate` | new law tried over every open case and record |
//! | `paged` | reading every row without holding them all |

pub mod brought;
mod held;
pub mod moved;
mod paged;
pub mod review;
pub mod simulate;

pub use held::{Held, rows};
