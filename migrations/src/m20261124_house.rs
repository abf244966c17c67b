//! The first house: audit tree, rows, outbox, sign-in. Frozen: later changes are migrations of their own.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

use super::m20261124_tables::{APPEND_ONLY_POSTGRES, APPEND_ONLY_SQLITE, AUDIT, INDEXES, ROWS};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        let guards = match manager.get_database_backend() {
            DbBackend::Postgres => APPEND_ONLY_POSTGRES,
            _ => APPEND_ONLY_SQLITE,
        };
        for statement in [AUDIT, ROWS, INDEXES, guards].concat() {
            db.execute_unprepared(statement).await?;
        }
        Ok(())
    }
}
