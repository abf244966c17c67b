//! The audit tree (RFC 6962): hashing, appending, proofs. Proofs are built from the kept nodes and checked by walks of
//! their own (RFC 9162), so that builder and check do not share a mistake.
//!
//! | module | holds |
//! |---|---|
//! | `hash` | hashes of leaves and nodes |
//! | `frontier` | the right edge: append, root |
//! | `build` | inclusion and consistency proofs, and which kept nodes they need |
//! | `check` | what anyone does with a proof |
//! | `sparse` | another tree: a map of keys, in which an empty place is shown |

mod build;
mod check;
mod frontier;
mod hash;
mod sparse;

pub use build::{BuildFault, Place, consistency_places, consistency_proof, inclusion_places, inclusion_proof, root_at, root_places};
pub use check::{CheckFault, verify_consistency, verify_inclusion};
pub use frontier::Frontier;
pub use hash::{Hash, NotAHash, leaf_hash, node_hash};
pub use sparse::{Key, Siblings, SparseMap, map_leaf, root_without};

/// A node that is complete: level above the leaves, position from the left, hash.
pub type Node = (u8, u64, Hash);
