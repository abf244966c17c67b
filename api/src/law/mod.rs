//! The law while the house runs: what stands, what is loaded, what would change.
//!
//! | module | holds |
//! |---|---|
//! | `held` | the law as it stands, swapped by the door when a file is loaded |

mod held;

pub use held::{Held, of_place, rows};
