//! The baseline: every table of the first release in one step.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

use super::{m20261129_guards::guards, m20261129_tables as tables};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// Tails are read by ranges, so their order must be that of their bytes.
const TAILS: &str = "CREATE TABLE name_tail (tail TEXT{collation} NOT NULL, subject TEXT NOT NULL, PRIMARY KEY (tail, subject))";

/// `PostgreSQL` leaves room on the pages of rows that acts change again and again: a new version then lies beside the old one,
/// and no index learns of it.
const ROOM: [&str; 4] = [
    "ALTER TABLE cases SET (fillfactor = 60)",
    "ALTER TABLE item SET (fillfactor = 60)",
    "ALTER TABLE deadline SET (fillfactor = 70)",
    "ALTER TABLE work_item SET (fillfactor = 70)",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let (db, backend) = (manager.get_connection(), manager.get_database_backend());
        let (collation, room) = match backend {
            DbBackend::Postgres => (" COLLATE \"C\"", &ROOM[..]),
            _ => ("", &[][..]),
        };
        for statement in [tables::TRAIL, tables::ROWS].concat() {
            db.execute_unprepared(statement).await?;
        }
        db.execute_unprepared(&TAILS.replace("{collation}", collation)).await?;
        if backend == DbBackend::Sqlite {
            db.execute_unprepared("ALTER TABLE audit_head ADD COLUMN writing INTEGER NOT NULL DEFAULT 0").await?;
        }
        for statement in [tables::INDEXES, room].concat() {
            db.execute_unprepared(statement).await?;
        }
        for statement in guards(backend) {
            db.execute_unprepared(&statement).await?;
        }
        Ok(())
    }
}
