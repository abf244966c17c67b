//! What a house says of itself: which one it is, which build's tables it has, whether it is whole. Facts beside the trail.

use std::collections::BTreeMap;

use domain::moment::Micros;
use sea_orm::{ConnectionTrait, Statement};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{Database, StoreFault, witness::WITNESSED, write};

/// Changes whenever other rows are put in the place of a house's.
const GENERATION: &str = "generation";
/// Every migration's file with its digest.
const SCHEMA: &str = "schema";
/// Whether a house is still being built.
const STATE: &str = "state";
const BUILDING: &str = "building";
const READY: &str = "ready";

/// The digest of every file that makes the tables.
fn schema() -> BTreeMap<String, String> {
    migrations::sources().map(|(name, text)| (name.to_owned(), format!("{:x}", Sha256::digest(text)))).collect()
}

async fn fact<C: ConnectionTrait>(db: &C, key: &str) -> Result<Option<String>, StoreFault> {
    // Keys are words of this file.
    let statement = Statement::from_string(db.get_database_backend(), format!("SELECT value FROM house WHERE key = '{key}'"));
    let row = db.query_one_raw(statement).await?;
    Ok(row.map(|row| row.try_get_by_index(0)).transpose()?)
}

/// Which house it is; none where it has none.
///
/// # Errors
/// When the database fails.
pub async fn generation<C: ConnectionTrait>(db: &C) -> Result<Option<String>, StoreFault> {
    fact(db, GENERATION).await
}

impl Database {
    /// A fact of the house.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn fact(&self, key: &str) -> Result<Option<String>, StoreFault> {
        fact(self.pool(), key).await
    }

    /// Writes a fact of the house.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn set_fact(&self, key: &str, value: &str) -> Result<(), StoreFault> {
        self.set_facts(&[(key, value)]).await
    }

    /// Writes several at once: whoever is interrupted leaves all of them or none.
    async fn set_facts(&self, facts: &[(&str, &str)]) -> Result<(), StoreFault> {
        let rows = vec!["(?, ?)"; facts.len()].join(", ");
        let sql =
            self.places(&format!("INSERT INTO house (key, value) VALUES {rows} ON CONFLICT (key) DO UPDATE SET value = excluded.value"));
        let values = facts.iter().flat_map(|(key, value)| [(*key).into(), (*value).into()]).collect();
        self.pool().execute_raw(self.statement(&sql, values)).await?;
        Ok(())
    }

    /// Refuses tables that another build has made: none was released, so there is no way over. What waits to be added is
    /// no difference.
    ///
    /// # Errors
    /// [`StoreFault::OtherBuild`]; [`StoreFault::Unfinished`] where nothing was written yet; or when the database fails.
    pub async fn refuse_other_build(&self) -> Result<(), StoreFault> {
        let kept = self.fact(SCHEMA).await?.and_then(|text| serde_json::from_str::<BTreeMap<String, String>>(&text).ok());
        let Some(kept) = kept else {
            let (head, _) = write::head(self.pool()).await?;
            return Err(if head.size() == 0 { StoreFault::Unfinished } else { StoreFault::OtherBuild("it does not say which".to_owned()) });
        };
        let own = schema();
        match kept.iter().find(|(name, digest)| own.get(*name) != Some(digest)) {
            Some((name, _)) => Err(StoreFault::OtherBuild(format!("{name} differs"))),
            None => Ok(()),
        }
    }

    /// Writes what a house says of itself after its tables were made; a new one gets its name, and its clock is witnessed
    /// from here on.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn introduce(&self, building: bool, at: Micros) -> Result<(), StoreFault> {
        let schema = serde_json::to_string(&schema()).map_err(StoreFault::broken)?;
        if self.fact(GENERATION).await?.is_some() {
            return self.set_fact(SCHEMA, &schema).await;
        }
        let (generation, at) = (Uuid::now_v7().to_string(), at.0.to_string());
        let state = if building { BUILDING } else { READY };
        self.set_facts(&[(SCHEMA, &schema), (GENERATION, &generation), (STATE, state), (WITNESSED, &at)]).await
    }

    /// The house is not whole for now.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn begin_building(&self) -> Result<(), StoreFault> {
        self.set_fact(STATE, BUILDING).await
    }

    /// The house is whole.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn finish_building(&self) -> Result<(), StoreFault> {
        self.set_fact(STATE, READY).await
    }

    /// Refuses a house whose building was not finished, and one that does not say that it was.
    ///
    /// # Errors
    /// [`StoreFault::Unfinished`], [`StoreFault::OtherBuild`], or when the database fails.
    pub async fn refuse_unfinished(&self) -> Result<(), StoreFault> {
        match self.fact(STATE).await?.as_deref() {
            Some(READY) => Ok(()),
            Some(_) => Err(StoreFault::Unfinished),
            None => self.refuse_other_build().await.and(Err(StoreFault::Unfinished)),
        }
    }

    /// Other rows are here than before: whoever knew the house has to look again.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn renew_generation(&self) -> Result<(), StoreFault> {
        self.set_fact(GENERATION, &Uuid::now_v7().to_string()).await
    }
}
