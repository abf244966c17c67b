//! Proofs that an outsider checks with nothing of ours (C2SP tlog-proof, RFC 6962).
//!
//! | module | holds |
//! |---|---|
//! | `build` | a proof file of one entry, from the kept nodes of the tree |
//! | `check` | the offline check of such a file |

mod build;
mod check;

pub use build::{Proof, prove};
pub use check::{Checked, ProofFault, check};
