//! What a million cases need: names by what begins at each character, desks in their order, a case's entries in theirs.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

use super::m20261127_fences::fence;

#[derive(DeriveMigrationName)]
pub struct Migration;

const STATEMENTS: [&str; 9] = [
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500) INSERT INTO name_gram (gram, subject) \
     SELECT DISTINCT substr(s.name_key, n.i, 3), s.id FROM credit_subject s JOIN n ON n.i <= length(s.name_key)",
    "DROP INDEX work_item_office",
    "CREATE INDEX work_item_desk ON work_item (office, rank, status, (COALESCE(due_on, '9999')), id)",
    "CREATE INDEX cases_filed ON cases (office, process)",
    "CREATE INDEX audit_entry_case ON audit_entry (case_id, idx)",
    "CREATE UNIQUE INDEX listed_number ON listed (number)",
    "CREATE INDEX listed_subject ON listed (subject, number)",
    "CREATE INDEX listed_uscc ON listed (uscc)",
    "CREATE INDEX listed_decision ON listed (decision_key)",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        // Grams are read by ranges, so their order must be that of their bytes.
        let collation = if manager.get_database_backend() == DbBackend::Postgres { " COLLATE \"C\"" } else { "" };
        db.execute_unprepared(&format!(
            "CREATE TABLE name_gram (gram TEXT{collation} NOT NULL, subject TEXT NOT NULL, PRIMARY KEY (gram, subject))"
        ))
        .await?;
        for statement in STATEMENTS {
            db.execute_unprepared(statement).await?;
        }
        fence(manager, "name_gram", &["INSERT", "UPDATE", "DELETE"]).await
    }
}
