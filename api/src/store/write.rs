//! The one write: the head is won first, then everything else is written with it, or nothing.

use std::fmt::Write;

use domain::{
    merkle::{Frontier, Node},
    moment::Micros,
    name::tails,
    rows::AnyRow,
};
use sea_orm::{ConnectionTrait, DbBackend, Statement, Value};
use serde_json::json;

use super::{
    Database, StoreFault,
    connect::Lane,
    dialect,
    kind::{self, FaultKind},
};

const ENTRY: [(&str, bool); 15] = [
    ("idx", true),
    ("case_id", false),
    ("version", true),
    ("cause", true),
    ("process", false),
    ("verb", false),
    ("actor", false),
    ("person", false),
    ("office", false),
    ("effective_on", false),
    ("recorded_at", true),
    ("accepted", true),
    ("leaf", false),
    ("bytes", false),
    ("principal", false),
];
const NODE: [(&str, bool); 3] = [("level", true), ("position", true), ("hash", false)];
/// Bytes of a row, more than most have.
const ROOM: usize = 1024;
const TAIL: [(&str, bool); 2] = [("tail", false), ("subject", false)];
const CREDENTIAL: [(&str, bool); 3] = [("account", false), ("hash", false), ("changed_at", true)];
const RECEIPT: [(&str, bool); 3] = [("id", false), ("input_hash", false), ("entry", true)];
const PERSONAL: [(&str, bool); 6] =
    [("id", false), ("entry", true), ("path", false), ("salt", false), ("key_id", false), ("sealed", false)];
const NOTICE: [(&str, bool); 10] = [
    ("id", false),
    ("entry", true),
    ("case_id", false),
    ("letter", false),
    ("account", false),
    ("address", false),
    ("arguments", false),
    ("status", false),
    ("attempts", true),
    ("created_at", true),
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
    /// Passwords that are set, as hashes.
    pub credentials: Vec<serde_json::Value>,
    /// Accounts whose tokens end: id and when.
    pub ended: Vec<serde_json::Value>,
    /// Personal values that go: id and when.
    pub erased: Vec<serde_json::Value>,
    /// Cases whose held letters are dropped.
    pub unwritten: Vec<serde_json::Value>,
}

/// What became of a write.
#[derive(Debug)]
pub enum Written {
    Done,
    /// Another server moved the head; nothing was written.
    Lost,
}

/// Rows as one JSON list.
fn listed<T: serde::Serialize>(rows: &[T]) -> String {
    // Hundreds of rows are megabytes: room for them at once costs less than making more of it again and again.
    let mut text = Vec::with_capacity(rows.len() * ROOM);
    let written = serde_json::to_writer(&mut text, rows).is_ok();
    String::from_utf8(text).ok().filter(|_| written).unwrap_or_default()
}

type Part = (Box<dyn Fn(usize, &str) -> String>, String);

impl Outcomes {
    fn parts(&self, backend: DbBackend) -> Vec<Part> {
        let mut parts: Vec<Part> = Vec::new();
        let mut plain = |table: &'static str, columns: &'static [(&'static str, bool)], rows: &[serde_json::Value]| {
            if !rows.is_empty() {
                parts.push((Box::new(move |place, after| dialect::insert(backend, table, columns, place, after)), listed(rows)));
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
        let tails = self.tails();
        if !tails.is_empty() {
            parts.push((
                Box::new(move |place, after| {
                    format!("{} ON CONFLICT (tail, subject) DO NOTHING", dialect::insert(backend, "name_tail", &TAIL, place, after))
                }),
                listed(&tails),
            ));
        }
        if !self.credentials.is_empty() {
            let set = "ON CONFLICT (account) DO UPDATE SET hash = excluded.hash, changed_at = excluded.changed_at";
            parts.push((
                Box::new(move |place, after| format!("{} {set}", dialect::insert(backend, "credential", &CREDENTIAL, place, after))),
                listed(&self.credentials),
            ));
        }
        if !self.ended.is_empty() {
            parts.push((Box::new(move |place, after| dialect::end_tokens(backend, place, after)), listed(&self.ended)));
        }
        if !self.erased.is_empty() {
            parts.push((Box::new(move |place, after| dialect::erase(backend, place, after)), listed(&self.erased)));
        }
        if !self.unwritten.is_empty() {
            parts.push((Box::new(move |place, after| dialect::drop_letters(backend, place, after)), listed(&self.unwritten)));
        }
        for table in domain::rows::Table::ALL {
            let rows: Vec<_> = self.rows.iter().filter(|row| row.table() == *table).collect();
            if !rows.is_empty() {
                parts.push((Box::new(move |place, after| dialect::upsert(backend, *table, place, after)), listed(&rows)));
            }
        }
        parts
    }

    /// What the names of subjects are found by.
    fn tails(&self) -> Vec<serde_json::Value> {
        let named = self.rows.iter().filter_map(|row| match row {
            AnyRow::CreditSubject(subject) => subject.name_key.as_deref().map(|key| (subject.id, key)),
            _ => None,
        });
        named.flat_map(|(id, key)| tails(key).into_iter().map(move |tail| json!({ "tail": tail, "subject": id }))).collect()
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
            "WITH h AS (UPDATE audit_head SET size = CASE WHEN size = $1 THEN $2::bigint END, edge = $3, last_at = $4 WHERE id = 'head' RETURNING set_config('xinxiu.door', 'open', true)), ok AS (SELECT count(*) AS n FROM h)",
        );
        let mut values = self.head();
        for (number, (text, rows)) in self.parts(DbBackend::Postgres).into_iter().enumerate() {
            let _ = write!(sql, ", t{number} AS ({})", text(values.len() + 1, "ok CROSS JOIN "));
            values.push(rows.into());
        }
        sql.push_str(" SELECT n FROM ok");
        Statement::from_sql_and_values(DbBackend::Postgres, sql, values)
    }

    fn sqlite(&self, locked: bool) -> Statement {
        let mut sql = String::from(if locked { "" } else { "BEGIN IMMEDIATE; " });
        sql.push_str("UPDATE audit_head SET size = CASE WHEN size = ? THEN ? END, edge = ?, last_at = ?, writing = 1 WHERE id = 'head'");
        let mut values = self.head();
        for (text, rows) in self.parts(DbBackend::Sqlite) {
            let _ = write!(sql, "; {}", text(0, ""));
            values.push(rows.into());
        }
        sql.push_str("; UPDATE audit_head SET writing = 0; COMMIT");
        Statement::from_sql_and_values(DbBackend::Sqlite, sql, values)
    }
}

/// Writes a batch, and ends the transaction where the head was `locked` before. A head that moved shows as the refused
/// NULL in its size.
///
/// # Errors
/// When the database fails; then nothing of the batch stands unless the connection was lost while committing.
pub async fn record(lane: &Lane, outcomes: &Outcomes, locked: bool) -> Result<Written, StoreFault> {
    let backend = lane.0.get_database_backend();
    let mut answer = match backend {
        DbBackend::Postgres => lane.0.query_all_raw(outcomes.postgres()).await.map(|_| ()),
        _ => lane.0.execute_raw(outcomes.sqlite(locked)).await.map(|_| ()),
    };
    if answer.is_ok() && locked && backend == DbBackend::Postgres {
        answer = lane.0.execute_unprepared("COMMIT").await.map(|_| ());
    }
    let Err(fault) = answer else { return Ok(Written::Done) };
    if backend == DbBackend::Sqlite || locked {
        // An error inside leaves the transaction open on this very connection.
        let _ = lane.0.execute_unprepared("ROLLBACK").await;
    }
    // A head that moved shows as the refused NULL in its size; whether it was the head that was refused, the head itself says.
    let lost = kind::of(&fault) == FaultKind::NotNull && head(&lane.0).await?.0.size() != outcomes.seen;
    if lost { Ok(Written::Lost) } else { Err(fault.into()) }
}

/// Begins a transaction with the head as its first lock; the head as it stands.
///
/// # Errors
/// When the database fails.
pub async fn lock_head(lane: &Lane) -> Result<(Frontier, Micros), StoreFault> {
    let (begin, lock) =
        if lane.0.get_database_backend() == DbBackend::Postgres { ("BEGIN", " FOR UPDATE") } else { ("BEGIN IMMEDIATE", "") };
    lane.0.execute_unprepared(begin).await?;
    read_head(&lane.0, lock).await
}

/// Whether a batch stands in the trail, for one whose outcome is unknown.
///
/// # Errors
/// When the database fails.
pub async fn stands(db: &Database, outcomes: &Outcomes) -> Result<bool, StoreFault> {
    let sql = db.places("SELECT leaf FROM audit_entry WHERE idx = ?");
    let seen = i64::try_from(outcomes.seen).unwrap_or(i64::MAX);
    let row = db.pool().query_one_raw(db.statement(&sql, vec![seen.into()])).await?;
    let leaf: Option<String> = row.map(|row| row.try_get_by_index(0)).transpose()?;
    let ours = outcomes.entries.first().and_then(|entry| entry["leaf"].as_str());
    Ok(leaf.as_deref() == ours)
}

/// The head as it stands.
///
/// # Errors
/// When the database fails or the edge is broken.
pub async fn head<C: ConnectionTrait>(db: &C) -> Result<(Frontier, Micros), StoreFault> {
    read_head(db, "").await
}

async fn read_head<C: ConnectionTrait>(db: &C, lock: &str) -> Result<(Frontier, Micros), StoreFault> {
    let sql = format!("SELECT size, edge, last_at FROM audit_head WHERE id = 'head'{lock}");
    let statement = Statement::from_string(db.get_database_backend(), sql);
    let row = db.query_one_raw(statement).await?.ok_or_else(|| StoreFault::broken("the audit head is missing"))?;
    let (size, edge, at): (i64, String, i64) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?, row.try_get_by_index(2)?);
    let size = u64::try_from(size).map_err(|_| StoreFault::broken("the audit head is below zero"))?;
    let frontier = Frontier::from_hex(size, &edge).map_err(|fault| StoreFault::broken(format!("audit head: {fault}")))?;
    Ok((frontier, Micros(at)))
}
