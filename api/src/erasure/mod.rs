//! Erasing personal values that no duty keeps: an act by the one door, then everything outside the tree.
//!
//! | module | holds |
//! |---|---|
//! | `scope` | which values are meant, and which entries name them |
//! | `act` | the act, and what keeps values |
//! | `sweep` | letters, papers, uploads and logs of an erasure; what databases leave behind |
//! | `stale` | uploads that no act has attached |
//! | `unbound` | accounts that registered themselves and never acted for anybody |

mod act;
mod scope;
mod stale;
mod sweep;
mod unbound;

pub use act::{erase, keeps};
pub use scope::{named_in, own_values, still_there};
pub use stale::drop_stale_uploads;
pub use sweep::{Swept, drop_papers, sweep_all};
pub use unbound::erase_unbound;
