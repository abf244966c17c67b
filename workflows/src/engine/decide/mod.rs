//! The one way in: a command and its follow-ups, accepted whole or refused whole; and the same guards asked in advance.
//!
//! | module | holds |
//! |---|---|
//! | `command` | one command and its follow-ups |
//! | `opening` | the case a command is about: found or opened |
//! | `propose` | the data a case would have after the act, class and terms included |
//! | `guards` | the conditions that every process has; those of one process are asked in its room |
//! | `reason_true` | a reason that is given as a code is what the register says |
//! | `effects`, `follow` | what a transition does to its case and to other cases |
//! | `letters` | what an act tells by letter, and to whom |
//! | `receipt` | what one office hands over to another |
//! | `moves` | a case goes over to a newer version of its law |
//! | `timers` | deadlines that have passed |
//! | `offer` | which acts are open, and why the others are not |
//! | `openings` | which cases may be opened about a record, an application or a subject |

mod command;
pub(crate) mod effects;
pub(crate) mod follow;
pub(crate) mod guards;
pub(crate) mod letters;
pub mod moves;
pub mod offer;
pub(crate) mod opening;
pub mod openings;
pub(crate) mod propose;
pub(crate) mod reason_true;
pub(crate) mod receipt;
pub(crate) mod timers;

pub(crate) use command::{carry_out, follow_up_refused, one, own_matter, stepped_aside, wrong_role, wrong_state};
pub use command::{decide, refused};
