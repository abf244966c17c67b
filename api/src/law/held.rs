//! The law as it stands in this process: every reader takes it whole, the door swaps it when a file was loaded.

use std::{
    collections::BTreeMap,
    sync::{Arc, PoisonError, RwLock},
};

use domain::rows::LawFile;
use sea_orm::{ConnectionTrait, EntityTrait};
use workflows::engine::Rules;

use crate::store::{Database, StoreFault, entities};

/// The law as it stands; clones share it.
#[derive(Clone, Debug)]
pub struct Held(Arc<RwLock<Arc<Rules>>>);

impl Held {
    pub fn new(rules: Rules) -> Self {
        Self(Arc::new(RwLock::new(Arc::new(rules))))
    }

    /// The law as it stands now; whoever goes on with it goes on with that law.
    pub fn get(&self) -> Arc<Rules> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub fn set(&self, rules: Arc<Rules>) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = rules;
    }

    /// The law with exactly these loaded files.
    ///
    /// # Errors
    /// When this program cannot read what another one loaded.
    pub fn follow(&self, rows: &BTreeMap<String, LawFile>) -> Result<Arc<Rules>, StoreFault> {
        let now = self.get();
        if now.stands_on(rows) {
            return Ok(now);
        }
        let rules = Arc::new(Rules::with_rows(rows).map_err(StoreFault::broken)?);
        self.set(rules.clone());
        Ok(rules)
    }

    /// Notices what another process has loaded; whether there was anything.
    ///
    /// # Errors
    /// When the database fails, or as [`Held::follow`].
    pub async fn notice(&self, database: &Database) -> Result<bool, StoreFault> {
        let digests = database.pool().query_all_raw(database.statement("SELECT id, sha256 FROM law_file", Vec::new())).await?;
        let digests = digests
            .iter()
            .map(|row| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?)))
            .collect::<Result<BTreeMap<String, String>, StoreFault>>()?;
        if *self.get().loaded() == digests {
            return Ok(false);
        }
        self.follow(&rows(database).await?).map(|_| true)
    }
}

/// Every law file that was loaded.
///
/// # Errors
/// When the database fails.
pub async fn rows(database: &Database) -> Result<BTreeMap<String, LawFile>, StoreFault> {
    let found = entities::law_file::Entity::find().all(database.pool()).await?;
    let row = |row: entities::law_file::Model| Ok((row.id.clone(), row.row().map_err(StoreFault::broken)?));
    found.into_iter().map(row).collect()
}
