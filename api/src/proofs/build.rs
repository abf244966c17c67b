//! A proof file of one entry.

use std::{cell::RefCell, collections::HashMap};

use base64::{Engine, engine::general_purpose::STANDARD};
use domain::merkle::Hash;
use sea_orm::ConnectionTrait;
use tlog_tiles::tlog;

use crate::{
    app::App,
    store::{StoreFault, trail, write},
};

/// An entry's exact bytes and the proof that it is in the signed tree.
#[derive(Clone, Debug)]
pub struct Proof {
    pub entry: String,
    /// Text in the format `c2sp.org/tlog-proof@v1`.
    pub file: String,
    pub verifier_key: String,
}

/// Says which nodes a proof needs: a first pass over nothing.
struct Needed(RefCell<Vec<u64>>);

impl tlog::HashReader for Needed {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<tlog::Hash>, tlog_tiles::Error> {
        self.0.borrow_mut().extend_from_slice(indexes);
        Ok(vec![tlog::Hash([0; 32]); indexes.len()])
    }
}

struct Known(HashMap<u64, tlog::Hash>);

impl tlog::HashReader for Known {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<tlog::Hash>, tlog_tiles::Error> {
        indexes.iter().map(|index| self.0.get(index).copied().ok_or(tlog_tiles::Error::IndexesNotInTree)).collect()
    }
}

/// Proves that an entry is in the tree as it stands; signs a checkpoint over it.
///
/// # Errors
/// When there is no such entry or the database fails.
pub async fn prove(app: &App, index: u64) -> Result<Proof, StoreFault> {
    let broken = |fault: tlog_tiles::Error| StoreFault::Broken(fault.to_string());
    let missing = || StoreFault::Broken(format!("there is no entry {index}"));
    let (_, entry) = trail::entry(&app.database, index).await?.ok_or_else(missing)?;
    let note = app.checkpoint().await?;
    let (frontier, _) = write::head(app.database.pool()).await?;
    let size = frontier.size();
    let needed = Needed(RefCell::default());
    // The first pass only asks; its result is thrown away.
    drop(tlog::prove_record(size, index, &needed));
    let mut known = HashMap::new();
    for stored in needed.0.into_inner() {
        known.insert(stored, node(app, stored).await?);
    }
    let hashes = tlog::prove_record(size, index, &Known(known)).map_err(broken)?;
    let mut file = format!("c2sp.org/tlog-proof@v1\nindex {index}\n");
    for hash in hashes {
        file.push_str(&STANDARD.encode(hash.0));
        file.push('\n');
    }
    file.push('\n');
    file.push_str(&note);
    Ok(Proof { entry, file, verifier_key: app.keys.verifier_key() })
}

async fn node(app: &App, stored: u64) -> Result<tlog::Hash, StoreFault> {
    let (level, position) = tlog::split_stored_hash_index(stored);
    let sql = app.database.places("SELECT hash FROM audit_node WHERE level = ? AND position = ?");
    let values = vec![i64::from(level).into(), i64::try_from(position).unwrap_or(i64::MAX).into()];
    let row = app.database.pool().query_one_raw(app.database.statement(&sql, values)).await?;
    let text: Option<String> = row.map(|row| row.try_get_by_index(0)).transpose()?;
    let hash: Option<Hash> = text.and_then(|text| text.parse().ok());
    hash.map(|hash| tlog::Hash(hash.0)).ok_or_else(|| StoreFault::Broken(format!("node {level}/{position} is missing")))
}
