//! The one door: every change of the world goes through it.
//!
//! | module | holds |
//! |---|---|
//! | `request` | a command as it waits, and its answer |
//! | `committer` | takes what waits, loads, decides, writes, answers |
//! | `seal` | drafts into entries of the tree |

mod committer;
mod request;
mod seal;

pub use committer::{Committer, Door};
pub use request::{Accepted, Answer, DoorFault, PersonalDraft, Request, Work};
