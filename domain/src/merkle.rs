//! RFC 6962 hashing of the audit tree.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// A SHA-256 hash, written as hex.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Hash(pub [u8; 32]);

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Text that is not 64 hex digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a SHA-256 hash in hex")]
pub struct NotAHash;

impl FromStr for Hash {
    type Err = NotAHash;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.len() != 64 || !text.is_ascii() {
            return Err(NotAHash);
        }
        let mut bytes = [0; 32];
        for (index, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&text[index * 2..index * 2 + 2], 16).map_err(|_| NotAHash)?;
        }
        Ok(Self(bytes))
    }
}

impl TryFrom<String> for Hash {
    type Error = NotAHash;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Hash> for String {
    fn from(hash: Hash) -> Self {
        hash.to_string()
    }
}

/// Hash of a leaf: SHA-256(0x00 ‖ bytes).
pub fn leaf_hash(bytes: &[u8]) -> Hash {
    Hash(Sha256::new().chain_update([0]).chain_update(bytes).finalize().into())
}

/// Hash of an inner node: SHA-256(0x01 ‖ left ‖ right).
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    Hash(Sha256::new().chain_update([1]).chain_update(left.0).chain_update(right.0).finalize().into())
}

/// A node that is complete: level above the leaves, position from the left, hash.
pub type Node = (u8, u64, Hash);

/// The right edge of a tree: roots of its complete subtrees, largest first. Enough to append and to find the root.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    edge: Vec<Hash>,
}

impl Frontier {
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Appends a leaf and returns the nodes that it completed, the leaf itself first.
    pub fn append(&mut self, leaf: Hash) -> Vec<Node> {
        let mut nodes = vec![(0, self.size, leaf)];
        let (mut hash, mut level, mut position) = (leaf, 0_u8, self.size);
        while position % 2 == 1 {
            let Some(left) = self.edge.pop() else { break };
            hash = node_hash(&left, &hash);
            level += 1;
            position /= 2;
            nodes.push((level, position, hash));
        }
        self.edge.push(hash);
        self.size += 1;
        nodes
    }

    /// The tree's root; SHA-256 of nothing for the empty tree.
    pub fn root(&self) -> Hash {
        let mut edge = self.edge.iter().rev();
        match edge.next() {
            None => Hash(Sha256::digest([]).into()),
            Some(last) => edge.fold(*last, |right, left| node_hash(left, &right)),
        }
    }

    /// The edge as hex, for the head row.
    pub fn to_hex(&self) -> String {
        self.edge.iter().map(ToString::to_string).collect()
    }

    /// # Errors
    /// When the text does not hold as many hashes as the size has one-bits.
    pub fn from_hex(size: u64, text: &str) -> Result<Self, NotAHash> {
        if text.len() != size.count_ones() as usize * 64 || !text.is_ascii() {
            return Err(NotAHash);
        }
        let edge = (0..text.len() / 64).map(|index| text[index * 64..(index + 1) * 64].parse()).collect::<Result<_, _>>()?;
        Ok(Self { size, edge })
    }
}
