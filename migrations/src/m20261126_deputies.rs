//! Seats that somebody holds for another person, and rights to act that end on a day.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

const STATEMENTS: [&str; 6] = [
    "ALTER TABLE role_assignment ADD COLUMN principal TEXT",
    "ALTER TABLE role_assignment ADD COLUMN from_day TEXT",
    "ALTER TABLE role_assignment ADD COLUMN until TEXT",
    "ALTER TABLE role_assignment ADD COLUMN asked_by TEXT",
    "ALTER TABLE binding ADD COLUMN until TEXT",
    "ALTER TABLE audit_entry ADD COLUMN principal TEXT",
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
