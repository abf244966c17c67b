//! Appending: what has to be kept of a tree so that it can grow.

use sha2::{Digest, Sha256};

use super::{Hash, Node, NotAHash, node_hash};

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
