//! Law files that were loaded while the house runs; deadlines that a year's calendar counts again.

use sea_orm_migration::prelude::*;

use super::m20261127_fences::fence;

#[derive(DeriveMigrationName)]
pub struct Migration;

const STATEMENTS: [&str; 2] = [
    "CREATE TABLE law_file (id TEXT NOT NULL PRIMARY KEY, text TEXT NOT NULL, sha256 TEXT NOT NULL, loaded_on TEXT NOT NULL)",
    "CREATE INDEX deadline_due ON deadline (due_on, id) WHERE status = 'open'",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for statement in STATEMENTS {
            manager.get_connection().execute_unprepared(statement).await?;
        }
        fence(manager, "law_file", &["INSERT", "UPDATE", "DELETE"]).await
    }
}
