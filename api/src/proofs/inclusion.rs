//! An entry is in the signed tree: the `.tlog-proof` file (C2SP tlog-proof).

use std::collections::BTreeMap;

use domain::merkle::{Hash, Place, inclusion_places, inclusion_proof, leaf_hash, verify_inclusion};
use tlog_tiles::tlog;

use super::{
    ProofFault, checkpoint,
    lines::{self, Lines},
};

const FORMAT: &str = "c2sp.org/tlog-proof@v1";

/// What a good proof says.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Checked {
    /// Name of the log.
    pub origin: String,
    /// Number of the entry.
    pub index: u64,
    /// Number of entries in the signed tree.
    pub size: u64,
    pub root: Hash,
}

/// The kept nodes that [`build`] needs to prove entry `index` against a checkpoint.
///
/// # Errors
/// When the checkpoint is malformed or does not cover the entry.
pub fn needed(index: u64, checkpoint: &str) -> Result<Vec<Place>, ProofFault> {
    Ok(inclusion_places(index, checkpoint::unchecked(checkpoint)?.size)?)
}

/// Writes the proof that `entry` is number `index` of the tree that the checkpoint signs. It is checked before it is
/// handed out, so that damaged nodes show here and not at the subject's.
///
/// # Errors
/// When the checkpoint does not cover the entry, a node is missing, or entry, nodes and checkpoint do not agree.
pub fn build(entry: &[u8], index: u64, checkpoint: &str, nodes: &BTreeMap<Place, Hash>) -> Result<String, ProofFault> {
    let signed = checkpoint::unchecked(checkpoint)?;
    let hashes = inclusion_proof(index, signed.size, |level, position| nodes.get(&(level, position)).copied())?;
    verify_inclusion(&leaf_hash(entry), index, signed.size, &hashes, &signed.root).map_err(ProofFault::Entry)?;
    Ok(format!("{FORMAT}\n{}", Lines { number: index, hashes, checkpoint }.text("index")))
}

/// Checks a proof file offline: nothing but the file, the entry's exact bytes and the log's verifier key.
///
/// # Errors
/// [`ProofFault`] with what is wrong.
pub fn check(file: &str, entry: &[u8], key: &str) -> Result<Checked, ProofFault> {
    let rest = file.strip_prefix(FORMAT).and_then(|rest| rest.strip_prefix('\n'));
    let mut rest = rest.ok_or(ProofFault::Form(FORMAT, "the first line is another"))?;
    // The format allows one line of extra data; it is not authenticated, so nothing is read from it.
    if rest.starts_with("extra ") {
        rest = rest.split_once('\n').map_or("", |(_, rest)| rest);
    }
    let Lines { number: index, hashes, checkpoint } = lines::read(rest, "index", FORMAT)?;
    let signed = checkpoint::open(checkpoint, key)?;
    verify_inclusion(&leaf_hash(entry), index, signed.size, &hashes, &signed.root).map_err(ProofFault::Entry)?;
    // The library walks the same proof its own way; both must agree before anything is called proven.
    let theirs = hashes.iter().map(|hash| tlog::Hash(hash.0)).collect();
    tlog::check_record(&theirs, signed.size, tlog::Hash(signed.root.0), index, tlog::record_hash(entry))
        .map_err(|_| ProofFault::Entry(domain::merkle::CheckFault::Root))?;
    Ok(Checked { origin: signed.origin, index, size: signed.size, root: signed.root })
}
