//! The trail as outsiders meet it: tree, keys, proofs, and verifiers that nobody here wrote.

mod bytes;
mod foreign;
mod keys;
mod log;
mod nodes;
mod proofs;
mod sealed;
mod sparse;
pub mod tampering;
mod tree;
