//! A case may belong to another one: an entry to its batch, a listing to its proposal, a listed record to its listing.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        db.execute_unprepared("ALTER TABLE cases ADD COLUMN parent TEXT").await?;
        db.execute_unprepared("CREATE INDEX cases_parent ON cases (parent)").await?;
        Ok(())
    }
}
