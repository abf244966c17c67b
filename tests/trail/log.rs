//! A log in memory: the house's tree and, beside it, the one of the transparency log library.

use std::collections::BTreeMap;

use domain::merkle::{Frontier, Hash, Place, leaf_hash};
use tlog_tiles::tlog;

/// Entries `entry 0`, `entry 1`, … as both implementations store them.
#[derive(Default)]
pub struct Log {
    pub frontier: Frontier,
    pub nodes: BTreeMap<Place, Hash>,
    stored: Vec<tlog::Hash>,
}

impl Log {
    pub fn of(size: u64) -> Self {
        let mut log = Self::default();
        log.grow(size);
        log
    }

    /// Appends until there are `size` entries.
    pub fn grow(&mut self, size: u64) {
        for number in self.frontier.size()..size {
            let bytes = entry(number);
            let completed = self.frontier.append(leaf_hash(&bytes));
            self.nodes.extend(completed.into_iter().map(|(level, position, hash)| ((level, position), hash)));
            let added = tlog::stored_hashes(number, &bytes, &*self).expect("the library appends");
            self.stored.extend(added);
        }
    }

    pub fn read(&self) -> impl Fn(u8, u64) -> Option<Hash> {
        |level, position| self.nodes.get(&(level, position)).copied()
    }

    /// Only these nodes, as one query would load them.
    pub fn only(&self, places: &[Place]) -> BTreeMap<Place, Hash> {
        places.iter().filter_map(|place| Some((*place, *self.nodes.get(place)?))).collect()
    }
}

impl tlog::HashReader for Log {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<tlog::Hash>, tlog_tiles::Error> {
        Ok(indexes.iter().map(|index| self.stored[usize::try_from(*index).expect("a small log")]).collect())
    }
}

/// The bytes of an entry.
pub fn entry(number: u64) -> Vec<u8> {
    format!("entry {number}").into_bytes()
}

/// Hashes as the library has them.
pub fn theirs(hashes: &[Hash]) -> Vec<tlog::Hash> {
    hashes.iter().map(|hash| tlog::Hash(hash.0)).collect()
}
