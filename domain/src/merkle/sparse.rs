//! A sparse map: a tree with a place for every key of 128 bits, so that an empty place can be shown as well as a full one.
//!
//! Most places are empty, and an empty subtree has one hash for each height. Kept are the leaves and the nodes at which two of
//! them part; everything between is made when it is asked for.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::{Hash, node_hash};

/// Levels between a leaf and the root.
pub const DEPTH: u8 = 128;

/// A place in the map.
pub type Key = [u8; 16];

/// Siblings of a place that are not empty: height above the leaves, and hash; the lowest first.
pub type Siblings = Vec<(u8, Hash)>;

/// What stands at a key: SHA-256(0x00 ‖ key ‖ salt ‖ digest of what it stands for).
pub fn map_leaf(key: &Key, salt: &Key, of: &Hash) -> Hash {
    Hash(Sha256::new().chain_update([0]).chain_update(key).chain_update(salt).chain_update(of.0).finalize().into())
}

/// Hashes of empty subtrees by their height; an empty leaf is 32 zero bytes.
fn empty() -> Vec<Hash> {
    let mut hashes = vec![Hash([0; 32])];
    for height in 0..usize::from(DEPTH) {
        hashes.push(node_hash(&hashes[height], &hashes[height]));
    }
    hashes
}

fn bit(place: u128, height: u8) -> bool {
    place >> height & 1 == 1
}

/// The node above one that stands at a place.
fn parent(place: u128, height: u8, own: &Hash, beside: &Hash) -> Hash {
    if bit(place, height) { node_hash(beside, own) } else { node_hash(own, beside) }
}

/// The root of a map in which nothing stands at a key; none where the siblings are not in order.
pub fn root_without(key: &Key, siblings: &[(u8, Hash)]) -> Option<Hash> {
    let ordered = siblings.windows(2).all(|pair| pair[0].0 < pair[1].0) && siblings.iter().all(|(height, _)| *height < DEPTH);
    let (place, empty) = (u128::from_be_bytes(*key), empty());
    let beside: BTreeMap<_, _> = siblings.iter().copied().collect();
    let climb = |own: Hash, height: u8| parent(place, height, &own, beside.get(&height).unwrap_or(&empty[usize::from(height)]));
    ordered.then(|| (0..DEPTH).fold(empty[0], climb))
}

/// A leaf, or a node below which two parts of the map are not empty.
#[derive(Clone, Debug)]
struct Node {
    /// A place below it.
    place: u128,
    /// Above the leaves; 0 of a leaf.
    height: u8,
    hash: Hash,
    /// Left and right, each of any lower height.
    parts: Option<Box<(Node, Node)>>,
}

/// A map with its hashes.
#[derive(Clone, Debug)]
pub struct SparseMap {
    empty: Vec<Hash>,
    top: Option<Node>,
}

impl SparseMap {
    /// The map of these leaves.
    pub fn of(leaves: BTreeMap<Key, Hash>) -> Self {
        let empty = empty();
        let leaves: Vec<_> = leaves.into_iter().map(|(key, hash)| (u128::from_be_bytes(key), hash)).collect();
        let top = grown(&leaves, &empty);
        Self { empty, top }
    }

    pub fn root(&self) -> Hash {
        self.top.as_ref().map_or(self.empty[usize::from(DEPTH)], |top| lifted(top, DEPTH, &self.empty))
    }

    /// The siblings that show that nothing stands at a key; none where something does.
    pub fn without(&self, key: &Key) -> Option<Siblings> {
        let place = u128::from_be_bytes(*key);
        let (mut found, mut next) = (Siblings::new(), self.top.as_ref());
        while let Some(node) = next {
            let parts_at = parting(place, node.place);
            if let Some(height) = parts_at.filter(|height| *height >= node.height) {
                found.push((height, lifted(node, height, &self.empty)));
                break;
            }
            let (left, right) = node.parts.as_deref()?;
            let height = node.height - 1;
            let (own, other) = if bit(place, height) { (right, left) } else { (left, right) };
            found.push((height, lifted(other, height, &self.empty)));
            next = Some(own);
        }
        found.reverse();
        Some(found)
    }
}

/// The height below the node at which two places part; none where they are one.
fn parting(one: u128, other: u128) -> Option<u8> {
    let differ = one ^ other;
    u8::try_from(differ.checked_ilog2()?).ok()
}

/// The node over leaves that stand in order.
fn grown(leaves: &[(u128, Hash)], empty: &[Hash]) -> Option<Node> {
    let ((first, hash), (last, _)) = (leaves.first()?, leaves.last()?);
    let Some(height) = parting(*first, *last) else { return Some(Node { place: *first, height: 0, hash: *hash, parts: None }) };
    let middle = leaves.partition_point(|(place, _)| !bit(*place, height));
    let (left, right) = (grown(&leaves[..middle], empty)?, grown(&leaves[middle..], empty)?);
    let hash = node_hash(&lifted(&left, height, empty), &lifted(&right, height, empty));
    Some(Node { place: *first, height: height + 1, hash, parts: Some(Box::new((left, right))) })
}

/// The hash of the subtree of a height that holds a node and nothing else.
fn lifted(node: &Node, height: u8, empty: &[Hash]) -> Hash {
    (node.height..height).fold(node.hash, |hash, at| parent(node.place, at, &hash, &empty[usize::from(at)]))
}
