//! Nothing personal stands in the clear: logins are sealed and looked up by a keyed hash, masks are made when shown.
//! Erasures of personal values, and what is still to be done of them outside the tree.

use sea_orm_migration::prelude::*;

use super::m20261127_fences::fence;

#[derive(DeriveMigrationName)]
pub struct Migration;

const STATEMENTS: [&str; 6] = [
    "ALTER TABLE credit_subject DROP COLUMN id_number_masked",
    "DROP INDEX account_login",
    "ALTER TABLE account ADD COLUMN login_key TEXT",
    "ALTER TABLE account ADD COLUMN ended_on TEXT",
    "CREATE UNIQUE INDEX account_login_key ON account (login_key)",
    "CREATE TABLE erasure (id TEXT NOT NULL PRIMARY KEY, kind TEXT NOT NULL, target TEXT NOT NULL, cases TEXT NOT NULL, ground TEXT NOT NULL, erased_on TEXT NOT NULL, swept BIGINT NOT NULL)",
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
        fence(manager, "erasure", &["INSERT", "UPDATE", "DELETE"]).await
    }
}
