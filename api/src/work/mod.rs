//! Work beside the door: letters that wait to be sent, and what the house tells by the calendar.
//!
//! | module | holds |
//! |---|---|
//! | `rounds` | what recurs: timers, the day's digests, a missing calendar |
//! | `ringing` | deadlines whose time has come |
//! | `checkpoints` | signing the tree as it stands |
//! | `proofs` | proofs of entries and of growth, from the database |
//! | `noting` | the published list, noted in the trail |
//! | `absence` | statements that nothing is published about somebody |
//! | `guard` | whether the machine's clock can be believed |
//! | `digest` | the letter of what waits at each officer's desks |
//! | `desks` | what waits, desk by desk |
//! | `days` | how urgent it is |
//! | `moving` | cases that a newer law takes over |
//! | `collecting` | drafts of dual publication, where decisions wait to be reported |
//! | `freezing` | rates of a day, counted and frozen |
//! | `boards` | a plan that runs, with everything that it counts |
//! | `plans` | tasks of plans that run: opened, moved, closed |
//! | `simulations` | new law tried over every case on its own |
//! | `outbox` | the letters that wait, were sent, or are dead |
//! | `post` | sends them |
//! | `invitations` | sends links to register |
//! | `relay` | what the relay refuses to all letters |
//! | `lease` | of several processes, one at a time |
//! | `address` | who a notice goes to, and what its letter says |
//! | `particulars` | of that: the record, days to come, the office, the remedies |

pub mod absence;
mod address;
pub mod boards;
pub mod checkpoints;
pub mod collecting;
mod days;
mod desks;
mod digest;
pub mod freezing;
pub mod guard;
pub mod invitations;
pub mod lease;
pub mod moving;
pub mod noting;
pub mod outbox;
mod particulars;
pub mod plans;
pub mod post;
pub mod proofs;
pub mod relay;
pub mod ringing;
pub mod rounds;
pub mod simulations;
