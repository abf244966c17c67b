//! Whether the maps that the house noted follow from its trail.

use std::collections::BTreeMap;

use domain::{
    published::Noted,
    rows::{Listed, Rows},
};

use super::map::map;
use crate::{
    keys::KeyRing,
    store::{Database, StoreFault, again, listed},
};

/// Makes a noted map anew from the rows as they were after so many entries; what differs, in words.
pub fn examine(keys: &KeyRing, note: &Noted, rows: impl IntoIterator<Item = Listed>) -> Vec<String> {
    let day = note.as_of.day();
    let salts = match keys.salts(&note.salted_by, day) {
        Ok(salts) => salts,
        Err(fault) => return vec![format!("entry {}: the root of the published list cannot be made anew: {fault}", note.index)],
    };
    let rows = listed::in_order(rows, day);
    let mut faults = Vec::new();
    if rows.len() as u64 != note.rows {
        faults.push(format!("entry {}: it notes {} published rows, there were {}", note.index, note.rows, rows.len()));
    }
    if map(&rows, &salts).root() != note.root {
        faults.push(format!("entry {}: the published list of that time has another root", note.index));
    }
    faults
}

/// Decides every act again, and makes every noted map anew; what differs, in words.
///
/// # Errors
/// When the database fails.
pub async fn decide_again(db: &Database, keys: &KeyRing) -> Result<Vec<String>, StoreFault> {
    let mut noted: BTreeMap<u64, Vec<Noted>> = BTreeMap::new();
    for note in listed::noted(db, u64::MAX).await? {
        noted.entry(note.at_size).or_default().push(note);
    }
    let about = |size: u64, rows: &Rows| {
        let notes = noted.get(&size).into_iter().flatten();
        notes.flat_map(|note| examine(keys, note, rows.listed.values().cloned())).collect()
    };
    again::decide_again(db, about).await
}
