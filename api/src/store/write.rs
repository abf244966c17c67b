//! The one write: the head is won first, then everything else is written with it, or nothing.

use std::fmt::Write;

use domain::{
    merkle::{Frontier, Node},
    moment::Micros,
    rows::AnyRow,
};
use sea_orm::{ConnectionTrait, DbBackend, DbErr, Statement, Value};
use serde_json::json;

use super::{StoreFault, connect::Lane, dialect};

const ENTRY: [(&str, bool); 15] = [
    ("idx", true), ("case_id", false), ("version", true), ("cause", true), ("process", false), ("verb", false),
    ("actor", false), ("person", false), ("office", false), ("effective_on", false), ("recorded_at", true),
    ("accepted", true), ("leaf", false), ("bytes", false), ("principal", false),
];
const NODE: [(&str, bool); 3] = [("level", true), ("position", true), ("hash", false)];
const RECEIPT: [(&str, bool); 3] = [("id", false), ("input_hash", false), ("entry", true)];
const PERSONAL: [(&str, bool); 6] =
    [("id", false), ("entry", true), ("path", false), ("salt", false), ("key_id", false), ("sealed", false)];
const NOTICE: [(&str, bool); 10] = [
    ("id", false), ("entry", true), ("case_id", false), ("letter", false), ("account", false), ("address", false),
    ("arguments", false), ("status", false), ("attempts", true), ("created_at", true),
];

/// Everything that one batch writes.
#[derive(Debug, Default)]
pub struct Outcomes {
    /// Size of the tree that the batch was decided on.
    pub seen: u64,
    pub frontier: Frontier,
    pub at: Option<Micros>,
    pub entries: Vec<serde_json::Value>,
    pub nodes: Vec<Node>,
    pub rows: Vec<AnyRow>,
    pub receipts: Vec<serde_json::Value>,
    pub personal: Vec<serde_json::Value>,
    pub notices: Vec<serde_json::Value>,
    /// Personal values that go: id and when.
    pub erased: Vec<serde_json::Value>,
}

/// What became of a write.
#[derive(Debug)]
pub enum Written {
    Done,
    /// Another server moved the head; nothing was written.
    Lost,
}

type Part = (Box<dyn Fn(usize, &str) -> String>, String);

impl Outcomes {
    fn parts(&self, backend: DbBackend) -> Vec<Part> {
        let mut parts: Vec<Part> = Vec::new();
        let mut plain = |table: &'static str, columns: &'static [(&'static str, bool)], rows: &[serde_json::Value]| {
            if !rows.is_empty() {
                parts.push((Box::new(move |place, after| dialect::insert(backend, table, columns, place, after)), json!(rows).to_string()));
            }
        };
        let nodes: Vec<_> = self
            .nodes
            .iter()
            .map(|(level, position, hash)| json!({ "level": level, "position": position, "hash": hash.to_string() }))
            .collect();
        plain("audit_entry", &ENTRY, &self.entries);
        plain("audit_node", &NODE, &nodes);
        plain("receipt", &RECEIPT, &self.receipts);
        plain("personal_value", &PERSONAL, &self.personal);
        plain("notice", &NOTICE, &self.notices);
        if !self.erased.is_empty() {
            parts.push((Box::new(move |place, after| dialect::erase(backend, place, after)), json!(self.erased).to_string()));
        }
        for table in domain::rows::Table::ALL {
            let rows: Vec<_> = self.rows.iter().filter(|row| row.table() == *table).map(AnyRow::to_json).collect();
            if !rows.is_empty() {
                parts.push((Box::new(move |place, after| dialect::upsert(backend, *table, place, after)), json!(rows).to_string()));
            }
        }
        parts
    }

    fn head(&self) -> Vec<Value> {
        vec![
            i64::try_from(self.seen).unwrap_or(i64::MAX).into(),
            i64::try_from(self.frontier.size()).unwrap_or(i64::MAX).into(),
            self.frontier.to_hex().into(),
            self.at.map_or(0, |at| at.0).into(),
        ]
    }

    fn postgres(&self) -> Statement {
        let mut sql = String::from(
            "WITH h AS (UPDATE audit_head SET size = CASE WHEN size = $1 THEN $2::bigint END, edge = $3, last_at = $4 WHERE id = 'head' RETURNING 1), ok AS (SELECT count(*) AS n FROM h)",
        );
        let mut values = self.head();
        for (number, (text, rows)) in self.parts(DbBackend::Postgres).into_iter().enumerate() {
            let _ = write!(sql, ", t{number} AS ({})", text(values.len() + 1, "ok CROSS JOIN "));
            values.push(rows.into());
        }
        sql.push_str(" SELECT n FROM ok");
        Statement::from_sql_and_values(DbBackend::Postgres, sql, values)
    }

    fn sqlite(&self) -> Statement {
        let mut sql = String::from(
            "BEGIN IMMEDIATE; UPDATE audit_head SET size = CASE WHEN size = ? THEN ? END, edge = ?, last_at = ? WHERE id = 'head'",
        );
        let mut values = self.head();
        for (text, rows) in self.parts(DbBackend::Sqlite) {
            let _ = write!(sql, "; {}", text(0, ""));
            values.push(rows.into());
        }
        sql.push_str("; COMMIT");
        Statement::from_sql_and_values(DbBackend::Sqlite, sql, values)
    }
}

/// Writes a batch. A head that moved shows as the refused NULL in its size.
///
/// # Errors
/// When the database fails; then nothing of the batch stands unless the connection was lost while committing.
pub async fn record(lane: &Lane, outcomes: &Outcomes) -> Result<Written, StoreFault> {
    let backend = lane.0.get_database_backend();
    let answer = match backend {
        DbBackend::Postgres => lane.0.query_all_raw(outcomes.postgres()).await.map(|_| ()),
        _ => lane.0.execute_raw(outcomes.sqlite()).await.map(|_| ()),
    };
    let Err(fault) = answer else { return Ok(Written::Done) };
    if backend == DbBackend::Sqlite {
        // An error inside the text leaves its transaction open on this very connection.
        let _ = lane.0.execute_unprepared("ROLLBACK").await;
    }
    if head_refused(&fault) { Ok(Written::Lost) } else { Err(fault.into()) }
}

fn head_refused(fault: &DbErr) -> bool {
    let text = fault.to_string();
    text.contains("audit_head.size") || (text.contains("\"size\"") && text.contains("audit_head"))
}

/// The head as it stands.
///
/// # Errors
/// When the database fails or the edge is broken.
pub async fn head<C: ConnectionTrait>(db: &C) -> Result<(Frontier, Micros), StoreFault> {
    let statement = Statement::from_string(db.get_database_backend(), "SELECT size, edge, last_at FROM audit_head WHERE id = 'head'");
    let row = db.query_one_raw(statement).await?.ok_or_else(|| StoreFault::Broken("the audit head is missing".into()))?;
    let (size, edge, at): (i64, String, i64) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?, row.try_get_by_index(2)?);
    let size = u64::try_from(size).map_err(|_| StoreFault::Broken("the audit head is below zero".into()))?;
    let frontier = Frontier::from_hex(size, &edge).map_err(|fault| StoreFault::Broken(format!("audit head: {fault}")))?;
    Ok((frontier, Micros(at)))
}
