//! Building proofs from the complete nodes that are kept.
//!
//! A proof is a list of ranges of leaves; the hash of a range is folded from the complete nodes that cover it. The same
//! ranges say beforehand which nodes have to be loaded, so that a store needs one query.

use std::ops::Range;

use super::{Frontier, Hash, node_hash};

/// Where a complete node stands: level above the leaves, position from the left.
pub type Place = (u8, u64);

/// Why no proof can be built.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BuildFault {
    /// The tree has no such leaf.
    #[error("the tree of {size} entries has no entry {index}; the last is the one before its size")]
    NoLeaf { index: u64, size: u64 },
    /// A tree does not extend a larger one, and nothing is proven about the empty one.
    #[error("a tree of {size} entries cannot extend one of {old}; give the smaller, non-empty tree first")]
    NoPrefix { old: u64, size: u64 },
    /// A complete node of the tree is not kept.
    #[error("node {position} of level {level} is missing; check the trail and restore the tree's nodes from its entries")]
    Missing { level: u8, position: u64 },
}

/// Largest power of two below `leaves`, which is at least 2: where RFC 6962 splits a tree.
fn split(leaves: u64) -> u64 {
    1 << (leaves - 1).ilog2()
}

/// The complete nodes that cover a range of leaves, from left to right.
fn cover(range: &Range<u64>) -> Vec<Place> {
    let mut places = Vec::new();
    let mut start = range.start;
    while start < range.end {
        // A u64 has at most 64 bits, so the logarithm fits.
        let level = u8::try_from((range.end - start).ilog2()).unwrap_or(u8::MAX);
        places.push((level, start >> level));
        start += 1 << level;
    }
    places
}

/// Siblings on the way from a leaf to the root (RFC 6962 section 2.1.1).
fn inclusion_ranges(index: u64, size: u64) -> Result<Vec<Range<u64>>, BuildFault> {
    if index >= size {
        return Err(BuildFault::NoLeaf { index, size });
    }
    let (mut low, mut high) = (0, size);
    let mut ranges = Vec::new();
    while high - low > 1 {
        let middle = low + split(high - low);
        if index < middle {
            ranges.push(middle..high);
            high = middle;
        } else {
            ranges.push(low..middle);
            low = middle;
        }
    }
    ranges.reverse();
    Ok(ranges)
}

/// What both trees share and what the larger adds (RFC 6962 section 2.1.2).
fn consistency_ranges(old: u64, size: u64) -> Result<Vec<Range<u64>>, BuildFault> {
    if old == 0 || old > size {
        return Err(BuildFault::NoPrefix { old, size });
    }
    let (mut low, mut high) = (0, size);
    let mut ranges = Vec::new();
    while old != high {
        let middle = low + split(high - low);
        if old <= middle {
            ranges.push(middle..high);
            high = middle;
        } else {
            ranges.push(low..middle);
            low = middle;
        }
    }
    if low > 0 {
        // The old tree ends inside the new one, so the verifier cannot take this subtree from the old root.
        ranges.push(low..high);
    }
    ranges.reverse();
    Ok(ranges)
}

fn places(ranges: &[Range<u64>]) -> Vec<Place> {
    ranges.iter().flat_map(cover).collect()
}

fn range_hash(range: &Range<u64>, read: &impl Fn(u8, u64) -> Option<Hash>) -> Result<Hash, BuildFault> {
    let mut hash = None;
    for (level, position) in cover(range).into_iter().rev() {
        let left = read(level, position).ok_or(BuildFault::Missing { level, position })?;
        hash = Some(hash.map_or(left, |right| node_hash(&left, &right)));
    }
    Ok(hash.unwrap_or_else(|| Frontier::default().root()))
}

/// The nodes that [`inclusion_proof`] will read.
///
/// # Errors
/// When the tree has no such leaf.
pub fn inclusion_places(index: u64, size: u64) -> Result<Vec<Place>, BuildFault> {
    inclusion_ranges(index, size).map(|ranges| places(&ranges))
}

/// Proves that leaf `index` is in the tree of the first `size` leaves; hashes from the leaf's sibling up to the root's
/// child. `read` gives the hash of a complete node by level and position.
///
/// # Errors
/// When the tree has no such leaf or a node is missing.
pub fn inclusion_proof(index: u64, size: u64, read: impl Fn(u8, u64) -> Option<Hash>) -> Result<Vec<Hash>, BuildFault> {
    inclusion_ranges(index, size)?.iter().map(|range| range_hash(range, &read)).collect()
}

/// The nodes that [`consistency_proof`] will read.
///
/// # Errors
/// When `old` is 0 or above `size`.
pub fn consistency_places(old: u64, size: u64) -> Result<Vec<Place>, BuildFault> {
    consistency_ranges(old, size).map(|ranges| places(&ranges))
}

/// Proves that the tree of `size` leaves begins with the tree of `old` leaves.
///
/// # Errors
/// When `old` is 0 or above `size`, or a node is missing.
pub fn consistency_proof(old: u64, size: u64, read: impl Fn(u8, u64) -> Option<Hash>) -> Result<Vec<Hash>, BuildFault> {
    consistency_ranges(old, size)?.iter().map(|range| range_hash(range, &read)).collect()
}

/// The nodes that [`root_at`] will read.
pub fn root_places(size: u64) -> Vec<Place> {
    cover(&(0..size))
}

/// The root that the tree had when it held `size` leaves.
///
/// # Errors
/// When a node is missing.
pub fn root_at(size: u64, read: impl Fn(u8, u64) -> Option<Hash>) -> Result<Hash, BuildFault> {
    range_hash(&(0..size), &read)
}
