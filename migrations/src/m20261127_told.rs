//! What the house tells by the calendar, how officers are reminded, and letters a recipient gets an hour.

use sea_orm_migration::prelude::*;

use super::m20261127_fences::fence;

#[derive(DeriveMigrationName)]
pub struct Migration;

const STATEMENTS: [&str; 3] = [
    "CREATE TABLE told (id TEXT NOT NULL PRIMARY KEY, at BIGINT NOT NULL)",
    "ALTER TABLE account ADD COLUMN reminders TEXT",
    "CREATE INDEX notice_sent ON notice (sent_at)",
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
        fence(manager, "told", &["INSERT", "UPDATE", "DELETE"]).await
    }
}
