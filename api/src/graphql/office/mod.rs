//! For those who are signed in.
//!
//! | module | holds |
//! |---|---|
//! | `queries` | themselves, cases, work, the pinned law, the trail |
//! | `desk` | claim, return, reassign, step aside |
//! | `accounts`, `seat`, `sign_in` | accounts, who holds which rank where, signing in and out |
//! | `offices`, `setting` | where each office is found; what no instrument settles, with its bounds |
//! | `files`, `imports` | files checked and committed, and how far their rows have arrived |
//! | `reporting` | on-time rates of counties and units |

pub mod accounts;
pub mod desk;
pub mod files;
pub mod imports;
pub mod offices;
pub mod queries;
pub mod reporting;
pub mod seat;
pub mod setting;
pub mod sign_in;
