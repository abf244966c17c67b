//! The engine: one pure `decide` over a snapshot, and `offer`, which asks the same guards in advance.
//!
//! | module | holds |
//! |---|---|
//! | `snapshot` | rows and history that a decision sees, with undo and the changes it made |
//! | `decision` | what a decision is: entries with their changes and notices |
//! | `decide` | one command and its follow-ups |
//! | `opening` | the case a command is about: found or opened |
//! | `act` | one transition of one case while it is decided |
//! | `asks`, `bounds` | what an act must bring, and between which days its dates lie |
//! | `guards`, `record_guards` | the conditions |
//! | `ground_count` | grounds that count, over the register |
//! | `list_type`, `listing`, `proposal`, `objection` | conditions and effects that only these processes have |
//! | `shield` | shielding, measures that wait, sector rules that continue a publication |
//! | `effects`, `items`, `follow`, `made` | what a transition does to its case, to other cases, and which cases it makes |
//! | `letters` | what an act tells by letter, and to whom |
//! | `reason_true` | a reason that is given as a code is what the register says |
//! | `receipt` | what one office hands over to another |
//! | `propose` | the data a case would have after the act, class and terms included |
//! | `deadlines` | clocks: started, met, paused, moved |
//! | `reminders` | the office is told before a deadline ends, on its last day and when it was missed |
//! | `desks` | work items, claim, return, reassign, stepping aside |
//! | `roles` | whether an actor holds a role towards a case |
//! | `erasure` | personal values that no duty keeps |
//! | `accounts` | accounts and seats, and the second person who confirms a powerful one |
//! | `house`, `told` | administrative acts; what is told by the calendar |
//! | `offices` | where an office is found, and who reviews its acts |
//! | `law_files`, `recount` | law loaded while the house runs; deadlines counted again by a new calendar |
//! | `imports` | files: rows that become cases, answers that went out |
//! | `moves` | a case goes over to a newer version of its law |
//! | `timers` | deadlines that have passed |
//! | `offer` | which acts are open, and why the others are not |

mod accounts;
mod act;
mod asks;
mod bounds;
mod deadlines;
pub mod decide;
pub mod decision;
mod desks;
mod effects;
mod erasure;
mod follow;
mod ground_count;
mod guards;
mod house;
mod imports;
mod items;
mod law_files;
mod letters;
mod list_type;
mod listing;
mod made;
pub mod moves;
mod objection;
pub mod offer;
mod offices;
mod opening;
mod proposal;
mod propose;
mod reason_true;
mod receipt;
mod record_guards;
mod recount;
mod reminders;
pub mod roles;
mod shield;
pub mod snapshot;
mod timers;
pub mod told;

pub use decide::decide;
pub use decision::{Decision, Draft, NoticeDraft, Outcome, Recipient};
pub use erasure::keeps;
pub use ground_count::{Claim, ground_counts};
pub use imports::{rehearse, rehearse_rows};
pub use law_files::recounted_from;
pub use moves::move_over;
pub use offer::{Offered, offer};
pub use proposal::forwardable;
pub use propose::terms_on;
pub use recount::counted_again;
pub use snapshot::{Change, Done, Reach, Snapshot};
pub use timers::{ring, rings_as_of};

pub use crate::Rules;
