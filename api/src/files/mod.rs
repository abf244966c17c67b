//! The files that offices send and get: which columns they have, what a row means, and what becomes of it.
//!
//! | module | holds |
//! |---|---|
//! | `penalties` | penalty decisions by the dual-publication template |
//! | `applications` | repair applications that Credit China pushes |
//! | `pushed` | rows of a push that came before |
//! | `proposals` | entries of proposed punishment lists |
//! | `information` | rows of the items of the catalogue |
//! | `kind` | kinds of file |
//! | `faults` | what speaks against rows beyond their cells |
//! | `known` | what rows refer to: records of the house, the office's draft batch |
//! | `progress` | how far a check or an import is |
//! | `plausible` | what is lawful and still looks wrong |
//! | `parcel` | a table alone, or in a .zip with the papers that it names |
//! | `check` | the dry run: every fault of a file, found before anything is written |
//! | `commit` | the very file that was checked, all rows or none |
//! | `commits` | commits that run on their own, with their progress |
//! | `letters` | letters about cases of a file: held while it arrives, released once it is whole |
//! | `holding`, `ended` | who imports a file holds it; what a dead program has left is given up and cleared |
//! | `found` | imports as they stand |
//! | `jobs` | checks that run on their own, with their progress |
//! | `province` | the list of confirmed entries that goes to the province |
//! | `beside` | subjects, records and offices of a list that goes out |
//! | `offices` | the offices of a house, as an administrator adds them |
//! | `exports` | what goes out: the published list, answers for Credit China |

pub mod applications;
mod beside;
pub mod check;
pub mod commit;
pub mod commits;
pub mod ended;
pub mod exports;
mod faults;
pub mod found;
pub mod holding;
mod information;
pub mod jobs;
pub mod kind;
mod known;
pub mod letters;
pub mod offices;
mod parcel;
pub mod penalties;
mod plausible;
pub mod progress;
pub mod proposals;
pub mod province;
mod pushed;

pub use check::{Checked, FileFault, check, marked};
pub use commit::{Committed, Order, commit};
pub use kind::Kind;
pub use pushed::Repeat;
