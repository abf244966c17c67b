//! What people fill in, checked and turned into what a command carries; the same for a GraphQL client and for a file's row.
//!
//! | module | holds |
//! |---|---|
//! | `record` | the dual-publication template of a penalty record |
//! | `paper` | sealing of personal texts, and faults at their field |

pub mod paper;
pub mod record;

pub use paper::{FieldFault, Paper};
