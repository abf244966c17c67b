//! Checking proofs, step by step as RFC 9162 sections 2.1.3.2 and 2.1.4.2 write it.

use super::{Frontier, Hash, node_hash};

/// Why a proof does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CheckFault {
    /// The numbers contradict each other before any hash is looked at.
    #[error("the proof is about an entry or a tree that the signed tree cannot hold")]
    Range,
    /// Too few or too many hashes for these numbers.
    #[error("the proof has another length than its tree asks for")]
    Length,
    /// The hashes lead to another root.
    #[error("the hashes lead to another root: entry, proof or tree were changed")]
    Root,
}

/// Whether `leaf` is number `index` of the tree with this size and root.
///
/// # Errors
/// Why the proof does not hold.
pub fn verify_inclusion(leaf: &Hash, index: u64, size: u64, proof: &[Hash], root: &Hash) -> Result<(), CheckFault> {
    if index >= size {
        return Err(CheckFault::Range);
    }
    let (mut node, mut last, mut hash) = (index, size - 1, *leaf);
    for sibling in proof {
        if last == 0 {
            return Err(CheckFault::Length);
        }
        if node % 2 == 1 || node == last {
            hash = node_hash(sibling, &hash);
            climb_to_right_child(&mut node, &mut last);
        } else {
            hash = node_hash(&hash, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    if last != 0 {
        return Err(CheckFault::Length);
    }
    if hash == *root { Ok(()) } else { Err(CheckFault::Root) }
}

/// Whether the tree of `size` leaves begins with the tree of `old` leaves. The empty tree begins every tree, by no proof.
///
/// # Errors
/// Why the proof does not hold.
pub fn verify_consistency(old: u64, old_root: &Hash, size: u64, root: &Hash, proof: &[Hash]) -> Result<(), CheckFault> {
    if old > size {
        return Err(CheckFault::Range);
    }
    if old == 0 || old == size {
        let same = if old == size { old_root == root } else { *old_root == Frontier::default().root() };
        return match (proof.is_empty(), same) {
            (false, _) => Err(CheckFault::Length),
            (true, false) => Err(CheckFault::Root),
            (true, true) => Ok(()),
        };
    }
    // A complete old tree is itself the first node of the walk; the proof does not repeat it.
    let (first, rest) = if old.is_power_of_two() { (old_root, proof) } else { proof.split_first().ok_or(CheckFault::Length)? };
    let (mut node, mut last) = (old - 1, size - 1);
    while node % 2 == 1 {
        node >>= 1;
        last >>= 1;
    }
    let (mut before, mut after) = (*first, *first);
    for sibling in rest {
        if last == 0 {
            return Err(CheckFault::Length);
        }
        if node % 2 == 1 || node == last {
            before = node_hash(sibling, &before);
            after = node_hash(sibling, &after);
            climb_to_right_child(&mut node, &mut last);
        } else {
            after = node_hash(&after, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    if last != 0 {
        return Err(CheckFault::Length);
    }
    if before == *old_root && after == *root { Ok(()) } else { Err(CheckFault::Root) }
}

/// A node at the ragged right edge has no sibling on some levels; those levels are skipped.
fn climb_to_right_child(node: &mut u64, last: &mut u64) {
    while node.is_multiple_of(2) && *node != 0 {
        *node >>= 1;
        *last >>= 1;
    }
}
