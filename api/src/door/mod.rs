//! The one door: every change of the world goes through it.
//!
//! | module | holds |
//! |---|---|
//! | `request` | a command as it waits, and its answer |
//! | `committer` | takes what waits, loads, decides, writes, answers |
//! | `known` | head and rows that the committer holds between batches |
//! | `batch` | one batch while it is decided |
//! | `crash` | where a proof may end the program |
//! | `seal` | drafts into entries of the tree |

mod batch;
mod committer;
pub(crate) mod crash;
mod known;
mod request;
mod seal;

pub use committer::{Committer, Door};
pub use request::{Accepted, Answer, Credential, DoorFault, PersonalDraft, Request, Work};
