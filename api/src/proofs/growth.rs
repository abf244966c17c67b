//! One signed tree begins with another, so nothing was taken out or changed between the two. The file is the body of a
//! witness's `add-checkpoint` (C2SP tlog-witness): it can be handed to a witness as it is.

use std::collections::BTreeMap;

use domain::merkle::{Hash, Place, consistency_places, consistency_proof, root_at, root_places, verify_consistency};

use super::{
    ProofFault, checkpoint,
    lines::{self, Lines},
};

const FORMAT: &str = "c2sp.org/tlog-witness add-checkpoint";

/// What a good proof says.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Grown {
    /// Name of the log.
    pub origin: String,
    /// Entries of the earlier tree.
    pub from: u64,
    /// Entries of the later tree.
    pub size: u64,
    pub root: Hash,
}

/// The kept nodes that [`build`] needs to prove that the checkpoint's tree begins with the tree of `from` entries.
///
/// # Errors
/// When the checkpoint is malformed or smaller.
pub fn needed(from: u64, checkpoint: &str) -> Result<Vec<Place>, ProofFault> {
    let signed = checkpoint::unchecked(checkpoint)?;
    if from == 0 {
        return Ok(Vec::new());
    }
    let mut places = consistency_places(from, signed.size)?;
    places.extend(root_places(from));
    places.sort_unstable();
    places.dedup();
    Ok(places)
}

/// Writes the proof that the checkpoint's tree begins with the tree of `from` entries; no hashes where that is empty.
///
/// # Errors
/// When the checkpoint is smaller, a node is missing, or nodes and checkpoint do not agree.
pub fn build(from: u64, checkpoint: &str, nodes: &BTreeMap<Place, Hash>) -> Result<String, ProofFault> {
    let signed = checkpoint::unchecked(checkpoint)?;
    let read = |level, position| nodes.get(&(level, position)).copied();
    let hashes = if from == 0 { Vec::new() } else { consistency_proof(from, signed.size, read)? };
    verify_consistency(from, &root_at(from, read)?, signed.size, &signed.root, &hashes).map_err(ProofFault::Fork)?;
    Ok(Lines { number: from, hashes, checkpoint }.text("old"))
}

/// Checks offline that the tree of the file's checkpoint begins with the tree of `earlier`, a checkpoint that was kept.
/// Each comes with the key that it was signed with: the log may have rotated its key in between.
///
/// # Errors
/// [`ProofFault`] with what is wrong.
pub fn check(file: &str, key: &str, earlier: &str, earlier_key: &str) -> Result<Grown, ProofFault> {
    let Lines { number: from, hashes, checkpoint } = lines::read(file, "old", FORMAT)?;
    let (old, new) = (checkpoint::open(earlier, earlier_key)?, checkpoint::open(checkpoint, key)?);
    if old.origin != new.origin {
        return Err(ProofFault::Origin { expected: old.origin, found: new.origin });
    }
    if old.size != from {
        return Err(ProofFault::Form(FORMAT, "it begins at another size than the earlier checkpoint"));
    }
    verify_consistency(from, &old.root, new.size, &new.root, &hashes).map_err(ProofFault::Fork)?;
    Ok(Grown { origin: new.origin, from, size: new.size, root: new.root })
}
