//! Rows that guards read change only while the door writes: its argument is false on the day somebody writes around it.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

#[derive(DeriveMigrationName)]
pub struct Migration;

const ROWS: [&str; 21] = [
    "office",
    "account",
    "role_assignment",
    "credit_subject",
    "binding",
    "cases",
    "case_link",
    "deadline",
    "pause",
    "item",
    "work_item",
    "document",
    "measure",
    "number_series",
    "setting",
    "recusal",
    "supervision",
    "listed",
    "import_file",
    "platform_answer",
    "demo_clock",
];
/// Written once with the rows, and never changed by anybody.
const TRAIL: [&str; 3] = ["audit_entry", "audit_node", "receipt"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        if manager.get_database_backend() == DbBackend::Postgres {
            db.execute_unprepared(
                "CREATE FUNCTION door_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF current_setting('xinxiu.door', true) \
                 IS DISTINCT FROM 'open' THEN RAISE EXCEPTION '% changes only through the door', TG_TABLE_NAME; END IF; RETURN NULL; END $$",
            )
            .await?;
        } else {
            db.execute_unprepared("ALTER TABLE audit_head ADD COLUMN writing INTEGER NOT NULL DEFAULT 0").await?;
        }
        for table in ROWS {
            fence(manager, table, &["INSERT", "UPDATE", "DELETE"]).await?;
        }
        for table in TRAIL {
            fence(manager, table, &["INSERT"]).await?;
        }
        Ok(())
    }
}

/// Puts a fence around a table: it refuses these acts unless the door is writing.
pub(super) async fn fence(manager: &SchemaManager<'_>, table: &str, acts: &[&str]) -> Result<(), DbErr> {
    let fences = if manager.get_database_backend() == DbBackend::Postgres { postgres(table, acts) } else { sqlite(table, acts) };
    for statement in fences {
        manager.get_connection().execute_unprepared(&statement).await?;
    }
    Ok(())
}

fn postgres(table: &str, acts: &[&str]) -> Vec<String> {
    let acts = acts.join(" OR ");
    let truncate = if acts.contains("DELETE") { " OR TRUNCATE" } else { "" };
    vec![format!("CREATE TRIGGER {table}_fence BEFORE {acts}{truncate} ON {table} FOR EACH STATEMENT EXECUTE FUNCTION door_only()")]
}

fn sqlite(table: &str, acts: &[&str]) -> Vec<String> {
    let fence = |act: &&str| {
        format!(
            "CREATE TRIGGER {table}_fence_{act} BEFORE {act} ON {table} WHEN (SELECT writing FROM audit_head) = 0 \
             BEGIN SELECT RAISE(ABORT, '{table} changes only through the door'); END"
        )
    };
    acts.iter().map(fence).collect()
}
