//! Tables beside the trail: personal values, uploads, definition texts, house facts.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use domain::{moment::Micros, personal::Sealed};
use sea_orm::{ConnectionTrait, EntityTrait};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use workflows::definition::{Catalogue, Version};

use super::{
    Database, StoreFault,
    cells::{DefinitionRow, ToCells, parameters},
    dialect, entities,
};
use crate::clock::Clock;

/// A sealed value as it is kept.
#[derive(Clone, Debug)]
pub struct Kept {
    pub key_id: String,
    pub path: String,
    pub sealed: String,
}

/// A document that was uploaded and not yet attached.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Upload {
    pub id: String,
    pub account: String,
    pub sha256: String,
    pub size: i64,
    pub media_type: String,
}

impl Database {
    /// A sealed value; none where it was erased.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sealed(&self, value: &Sealed) -> Result<Option<Kept>, StoreFault> {
        let sql = self.places("SELECT key_id, path, sealed FROM personal_value WHERE id = ? AND erased_at IS NULL");
        let row = self.pool().query_one_raw(self.statement(&sql, vec![value.id.to_string().into()])).await?;
        row.map(|row| Ok(Kept { key_id: row.try_get_by_index(0)?, path: row.try_get_by_index(1)?, sealed: row.try_get_by_index(2)? }))
            .transpose()
    }

    /// Sealed values by their ids; those that were erased are missing.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn all_sealed(&self, values: &[Sealed]) -> Result<HashMap<Uuid, Kept>, StoreFault> {
        let ids: Vec<_> = values.iter().map(|value| value.id).collect();
        let list = serde_json::to_string(&ids).map_err(StoreFault::broken)?;
        let rows = self.keyed().query_all_raw(self.statement(&dialect::load_sealed(self.backend()), vec![list.into()])).await?;
        rows.into_iter()
            .map(|row| {
                let id: String = row.try_get_by_index(0)?;
                let id = id.parse().map_err(|_| StoreFault::broken("a sealed value has no id"))?;
                Ok((id, Kept { key_id: row.try_get_by_index(1)?, path: row.try_get_by_index(2)?, sealed: row.try_get_by_index(3)? }))
            })
            .collect()
    }

    /// Sealed values after an id that were not erased: id, salt, and the value as it is kept.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sealed_after(&self, after: &str, most: i64) -> Result<Vec<(String, String, Kept)>, StoreFault> {
        let sql =
            self.places("SELECT id, salt, key_id, path, sealed FROM personal_value WHERE id > ? AND erased_at IS NULL ORDER BY id LIMIT ?");
        let rows = self.pool().query_all_raw(self.statement(&sql, vec![after.into(), most.into()])).await?;
        rows.into_iter()
            .map(|row| {
                let kept = Kept { key_id: row.try_get_by_index(2)?, path: row.try_get_by_index(3)?, sealed: row.try_get_by_index(4)? };
                Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?, kept))
            })
            .collect()
    }

    /// Settings that differ from the settings file.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn settings(&self) -> Result<BTreeMap<String, String>, StoreFault> {
        let rows = entities::setting::Entity::find().all(self.pool()).await?;
        Ok(rows.into_iter().map(|row| (row.id, row.value)).collect())
    }

    /// # Errors
    /// When the database fails.
    pub async fn add_upload(&self, upload: &Upload, at: Micros) -> Result<(), StoreFault> {
        let sql = self.places("INSERT INTO upload (id, account, sha256, size, media_type, at) VALUES (?, ?, ?, ?, ?, ?)");
        let values = vec![
            upload.id.clone().into(),
            upload.account.clone().into(),
            upload.sha256.clone().into(),
            upload.size.into(),
            upload.media_type.clone().into(),
            at.0.into(),
        ];
        self.pool().execute_raw(self.statement(&sql, values)).await?;
        self.uploads.put(upload.id.clone(), upload.clone());
        Ok(())
    }

    /// How many uploads an account has made since an instant, and their bytes.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn uploads_since(&self, account: &str, since: Micros) -> Result<(i64, i64), StoreFault> {
        let sql = self.places("SELECT count(*), CAST(COALESCE(sum(size), 0) AS BIGINT) FROM upload WHERE account = ? AND at > ?");
        let row = self.pool().query_one_raw(self.statement(&sql, vec![account.into(), since.0.into()])).await?;
        row.map_or(Ok((0, 0)), |row| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?)))
    }

    /// Uploads were deleted: none is remembered.
    pub fn forget_uploads(&self) {
        self.uploads.clear();
    }

    /// An upload of that very account.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn upload(&self, id: &str, account: &str) -> Result<Option<Upload>, StoreFault> {
        if let Some(upload) = self.uploads.get(&id.to_owned()) {
            return Ok(Some(upload).filter(|upload| upload.account == account));
        }
        let sql = self.places("SELECT id, account, sha256, size, media_type FROM upload WHERE id = ? AND account = ?");
        let Some(row) = self.pool().query_one_raw(self.statement(&sql, vec![id.into(), account.into()])).await? else { return Ok(None) };
        let upload = Upload {
            id: row.try_get_by_index(0)?,
            account: row.try_get_by_index(1)?,
            sha256: row.try_get_by_index(2)?,
            size: row.try_get_by_index(3)?,
            media_type: row.try_get_by_index(4)?,
        };
        self.uploads.put(upload.id.clone(), upload.clone());
        Ok(Some(upload))
    }

    /// Whether an act under this key of an account was answered before.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn has_receipt(&self, id: &str) -> Result<bool, StoreFault> {
        let sql = self.places("SELECT 1 FROM receipt WHERE id = ?");
        Ok(self.pool().query_one_raw(self.statement(&sql, vec![id.into()])).await?.is_some())
    }

    /// Keeps the text of every definition, so that no case can lose its law; refuses where the law of a case is missing.
    /// Every text that a case was ever decided under is kept, so that cases are read only where this program lacks one.
    ///
    /// # Errors
    /// When the database fails or a case is pinned to a version that is not there.
    pub async fn keep_definitions(&self, catalogue: &Catalogue) -> Result<(), StoreFault> {
        let mut unkept: BTreeMap<_, _> = catalogue.all().map(|version| (version.digest.clone(), version)).collect();
        let rows = self.pool().query_all_raw(self.statement("SELECT digest, process, version FROM definition_text", Vec::new())).await?;
        for row in rows {
            let digest: String = row.try_get_by_index(0)?;
            if unkept.remove(&digest).is_none() && self.has_case_under(&digest).await? {
                let (process, version): (String, String) = (row.try_get_by_index(1)?, row.try_get_by_index(2)?);
                return Err(StoreFault::broken(format!(
                    "cases are pinned to {process} {version} ({digest}), which this program does not hold"
                )));
            }
        }
        if unkept.is_empty() {
            return Ok(());
        }
        let text = |version: &&Arc<Version>| DefinitionRow {
            digest: version.digest.clone(),
            process: version.definition.key,
            version: version.definition.version(),
            text: version.text.clone(),
        };
        let texts: Vec<_> = unkept.values().map(text).collect();
        let insert = dialect::insert(self.backend(), "definition_text", DefinitionRow::COLUMNS, 1, "");
        self.pool()
            .execute_raw(self.statement(&format!("{insert} ON CONFLICT (digest) DO NOTHING"), parameters(self.backend(), &texts)))
            .await?;
        Ok(())
    }

    async fn has_case_under(&self, digest: &str) -> Result<bool, StoreFault> {
        let sql = self.places("SELECT 1 FROM cases WHERE definition_digest = ? LIMIT 1");
        Ok(self.pool().query_one_raw(self.statement(&sql, vec![digest.into()])).await?.is_some())
    }
}

impl Database {
    /// Sets the clock to a demo database's own time.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn read_clock(&self, clock: &Clock) -> Result<(), StoreFault> {
        if let Some(row) = entities::demo_clock::Entity::find_by_id("demo").one(self.pool()).await? {
            clock.set(Micros(row.now));
        }
        Ok(())
    }

    /// # Errors
    /// When the database fails.
    pub async fn add_checkpoint(&self, size: u64, note: &str, at: Micros) -> Result<(), StoreFault> {
        let sql = self.places("INSERT INTO checkpoint (size, note, signed_at) VALUES (?, ?, ?) ON CONFLICT (size, note) DO NOTHING");
        let size = i64::try_from(size).unwrap_or(i64::MAX);
        self.pool().execute_raw(self.statement(&sql, vec![size.into(), note.into(), at.0.into()])).await?;
        Ok(())
    }
}
