//! Names by all that follows at each of their characters instead of three characters of it: a search is one range.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

use super::m20261127_fences::fence;

#[derive(DeriveMigrationName)]
pub struct Migration;

const FILL: &str = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500) INSERT INTO name_tail (tail, subject) \
     SELECT DISTINCT substr(s.name_key, n.i, 32), s.id FROM credit_subject s JOIN n ON n.i <= length(s.name_key)";

/// Nothing is looked up by the beginning of a whole name.
const DROPPED: [&str; 3] = ["DROP TABLE name_gram", "DROP INDEX subject_name", "DROP INDEX listed_name"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        // Tails are read by ranges, so their order must be that of their bytes.
        let collation = if manager.get_database_backend() == DbBackend::Postgres { " COLLATE \"C\"" } else { "" };
        for statement in DROPPED {
            db.execute_unprepared(statement).await?;
        }
        db.execute_unprepared(&format!(
            "CREATE TABLE name_tail (tail TEXT{collation} NOT NULL, subject TEXT NOT NULL, PRIMARY KEY (tail, subject))"
        ))
        .await?;
        db.execute_unprepared(FILL).await?;
        fence(manager, "name_tail", &["INSERT", "UPDATE", "DELETE"]).await
    }
}
