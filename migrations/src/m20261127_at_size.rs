//! What a million cases need: names by their pairs of characters, desks in their order, a case's entries in theirs.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

#[derive(DeriveMigrationName)]
pub struct Migration;

const STATEMENTS: [&str; 10] = [
    "CREATE TABLE name_gram (gram TEXT NOT NULL, subject TEXT NOT NULL, PRIMARY KEY (gram, subject))",
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500) INSERT INTO name_gram (gram, subject) \
     SELECT DISTINCT substr(s.name_key, n.i, w.length), s.id FROM credit_subject s JOIN n ON n.i <= length(s.name_key) \
     CROSS JOIN (SELECT 1 AS length UNION ALL SELECT 2) w WHERE n.i + w.length <= length(s.name_key) + 1",
    "DROP INDEX work_item_office",
    "CREATE INDEX work_item_desk ON work_item (office, rank, status, (COALESCE(due_on, '9999')), id)",
    "CREATE INDEX cases_filed ON cases (office, process)",
    "CREATE INDEX audit_entry_case ON audit_entry (case_id, idx)",
    "CREATE UNIQUE INDEX listed_number ON listed (number)",
    "CREATE INDEX listed_subject ON listed (subject, number)",
    "CREATE INDEX listed_uscc ON listed (uscc)",
    "CREATE INDEX listed_decision ON listed (decision_number)",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        for statement in STATEMENTS {
            db.execute_unprepared(statement).await?;
        }
        let fence = if manager.get_database_backend() == DbBackend::Postgres {
            "CREATE TRIGGER name_gram_fence BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON name_gram FOR EACH STATEMENT EXECUTE FUNCTION door_only()"
        } else {
            "CREATE TRIGGER name_gram_fence_INSERT BEFORE INSERT ON name_gram WHEN (SELECT writing FROM audit_head) = 0 BEGIN SELECT RAISE(ABORT, 'name_gram changes only through the door'); END; \
             CREATE TRIGGER name_gram_fence_DELETE BEFORE DELETE ON name_gram WHEN (SELECT writing FROM audit_head) = 0 BEGIN SELECT RAISE(ABORT, 'name_gram changes only through the door'); END"
        };
        db.execute_unprepared(fence).await?;
        Ok(())
    }
}
