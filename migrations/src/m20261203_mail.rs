//! Leases, so that of several processes one sends and rings; what the relay refuses; where an office is found and who reviews its acts.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

const STATEMENTS: [&str; 12] = [
    "CREATE TABLE lease (name TEXT NOT NULL PRIMARY KEY, holder TEXT NOT NULL, ends_at BIGINT NOT NULL)",
    "CREATE TABLE relay_fault (id TEXT NOT NULL PRIMARY KEY, step TEXT NOT NULL, code BIGINT, since BIGINT NOT NULL, last_at BIGINT NOT NULL, tries BIGINT NOT NULL)",
    "ALTER TABLE notice ADD COLUMN last_code TEXT",
    "ALTER TABLE office ADD COLUMN address_zh TEXT",
    "ALTER TABLE office ADD COLUMN address_en TEXT",
    "ALTER TABLE office ADD COLUMN telephone TEXT",
    "ALTER TABLE office ADD COLUMN hours_zh TEXT",
    "ALTER TABLE office ADD COLUMN hours_en TEXT",
    "ALTER TABLE office ADD COLUMN review_zh TEXT",
    "ALTER TABLE office ADD COLUMN review_en TEXT",
    "ALTER TABLE office ADD COLUMN court_zh TEXT",
    "ALTER TABLE office ADD COLUMN court_en TEXT",
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
        Ok(())
    }
}
