//! What people fill in, checked and turned into what a command carries; the same for a GraphQL client and for a file's row.
//!
//! | module | holds |
//! |---|---|
//! | `record` | the dual-publication template of a penalty record |
//! | `paper` | sealing of personal texts, and faults at their field |
//! | `office` | the particulars of an office |
//! | `pushed` | whether Credit China pushed it before, and whether it said the same |

pub mod office;
pub mod paper;
pub mod pushed;
pub mod record;

pub use paper::{FieldFault, Paper};
