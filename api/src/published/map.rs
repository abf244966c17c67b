//! The map of the published list.

use std::{
    collections::{BTreeMap, btree_map::Entry},
    fmt::Write,
};

use domain::{
    merkle::{Hash, Key, SparseMap, map_leaf},
    published::{cells, keys, row_text},
    rows::Listed,
};
use sha2::{Digest, Sha256};

use crate::{keys::Salts, store::StoreFault};

/// The map of rows that stand by their number. What stands at a key is the digest of its rows' texts, a line feed between two.
pub fn map(rows: &[Listed], salts: &Salts) -> SparseMap {
    let mut found: BTreeMap<Key, Sha256> = BTreeMap::new();
    for row in rows {
        let text = row_text(&cells(row));
        for key in keys(row) {
            match found.entry(key) {
                Entry::Vacant(place) => {
                    place.insert(Sha256::new_with_prefix(&text));
                }
                Entry::Occupied(mut place) => place.get_mut().update(format!("\n{text}")),
            }
        }
    }
    let leaf = |(key, of): (Key, Sha256)| (key, map_leaf(&key, &salts.of(&key), &Hash(of.finalize().into())));
    SparseMap::of(found.into_iter().map(leaf).collect())
}

/// The same, beside what the server answers meanwhile: a map of many rows takes a while.
///
/// # Errors
/// When the thread that makes it ends early.
pub async fn map_of(rows: Vec<Listed>, salts: Salts) -> Result<SparseMap, StoreFault> {
    tokio::task::spawn_blocking(move || map(&rows, &salts)).await.map_err(StoreFault::broken)
}

/// What the open data prints beside a row: its keys with the day's salts, `KEY:SALT` in hexadecimal digits, that of the code first.
pub fn key_and_salt(row: &Listed, salts: &Salts) -> String {
    let hex = |key: &Key| {
        key.iter().fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}"); // a text takes what is written
            text
        })
    };
    keys(row).iter().map(|key| format!("{}:{}", hex(key), hex(&salts.of(key)))).collect::<Vec<_>>().join(" ")
}
