//! Administrative acts: on accounts, offices, law files, imports, the calendar; they are acts of the house, not of a case.
//!
//! | module | holds |
//! |---|---|
//! | `acts` | one administrative act |
//! | `accounts` | accounts and seats, and the second person who confirms a powerful one |
//! | `registered` | accounts that registered themselves |
//! | `claims` | claimed work whose claimant has lost the right to its desk |
//! | `seats` | letters about seats that wait for a second person |
//! | `offices` | offices added, renamed, ended; where each is found |
//! | `law_files`, `recount` | law loaded while the house runs; deadlines counted again by a new calendar |
//! | `imports` | files: rows that become cases, answers that went out |
//! | `plans` | the city's plan: started, moved to a newer version, closed |
//! | `registers` | rows of collected information, and rates that are frozen |
//! | `erasure` | personal values that no duty keeps |
//! | `digests` | what is told by the calendar |

pub(crate) mod accounts;
mod acts;
pub(crate) mod claims;
pub mod digests;
pub(crate) mod erasure;
pub(crate) mod imports;
pub(crate) mod law_files;
pub(crate) mod offices;
pub mod plans;
pub(crate) mod recount;
pub(crate) mod registered;
pub mod registers;
pub(crate) mod seats;

pub(crate) use acts::*;
