//! Proofs that an outsider checks with nothing of ours (C2SP tlog-checkpoint, tlog-proof, tlog-witness; RFC 6962).
//!
//! | module | holds |
//! |---|---|
//! | `checkpoint` | signed checkpoints, read and checked |
//! | `lines` | the two text formats: hashes above a checkpoint |
//! | `inclusion` | an entry is in the signed tree: needed nodes, file, offline check |
//! | `absence` | nothing stands on a list that the log notes: file, offline check |
//! | `growth` | one signed tree begins with another: needed nodes, file, offline check |
//! | `fault` | why a proof does not hold |

pub mod absence;
mod checkpoint;
mod fault;
pub mod growth;
pub mod inclusion;
mod lines;

pub use checkpoint::{Signed, open, root};
pub use fault::ProofFault;
pub use inclusion::{Checked, check};
