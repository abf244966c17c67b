//! The one write: the head is won first, then everything else is written with it, or nothing.

use std::fmt::Write;

use domain::{
    merkle::{Frontier, Node},
    moment::Micros,
    name::tails,
    rows::{AnyRow, Table},
};
use sea_orm::{ConnectionTrait, DbBackend, Statement, Value};

use super::{
    Database, StoreFault,
    cells::{CredentialRow, Ending, EntryRow, NodeRow, NoticeRow, PersonalRow, ReceiptRow, TailRow, ToCells, Unwritten, bound, parameters},
    connect::Lane,
    dialect,
    kind::{self, FaultKind},
};

/// Everything that one batch writes.
#[derive(Debug, Default)]
pub struct Outcomes {
    /// Size of the tree that the batch was decided on.
    pub seen: u64,
    pub frontier: Frontier,
    pub at: Option<Micros>,
    pub entries: Vec<EntryRow>,
    pub nodes: Vec<Node>,
    pub rows: Vec<AnyRow>,
    pub receipts: Vec<ReceiptRow>,
    pub personal: Vec<PersonalRow>,
    pub notices: Vec<NoticeRow>,
    /// Passwords that are set, as hashes.
    pub credentials: Vec<CredentialRow>,
    /// Accounts whose tokens end.
    pub ended: Vec<Ending>,
    /// Personal values that go.
    pub erased: Vec<Ending>,
    /// Cases whose held letters are dropped.
    pub unwritten: Vec<Unwritten>,
}

/// What became of a write.
#[derive(Debug)]
pub enum Written {
    Done,
    /// Another server moved the head; nothing was written.
    Lost,
}

/// Makes a statement whose parameters begin at a place and that comes after something.
type Writer = Box<dyn Fn(usize, &str) -> String>;

/// The statement of one table, whose parameters begin at a place and that comes after something, and what is bound to it.
struct Part {
    sql: Writer,
    values: Vec<Value>,
}

impl Part {
    /// None where there is nothing to write.
    fn of<W: ToCells>(backend: DbBackend, rows: &[W], sql: impl Fn(usize, &str) -> String + 'static) -> Option<Self> {
        (!rows.is_empty()).then(|| Self { sql: Box::new(sql), values: parameters(backend, rows) })
    }

    /// New rows; of those that are there already, as `otherwise` says.
    fn new<W: ToCells>(backend: DbBackend, table: &'static str, rows: &[W], otherwise: &'static str) -> Option<Self> {
        Self::of(backend, rows, move |place, after| format!("{}{otherwise}", dialect::insert(backend, table, W::COLUMNS, place, after)))
    }

    fn rows(backend: DbBackend, table: Table, rows: &[AnyRow]) -> Option<Self> {
        let cells: Vec<_> = rows.iter().filter(|row| row.table() == table).map(AnyRow::cells).collect();
        (!cells.is_empty()).then(|| Self {
            sql: Box::new(move |place, after| dialect::upsert(backend, table, place, after)),
            values: bound(backend, table.columns(), cells),
        })
    }
}

impl Outcomes {
    fn parts(&self, backend: DbBackend) -> Vec<Part> {
        let nodes: Vec<_> = self
            .nodes
            .iter()
            .map(|(level, position, hash)| NodeRow { level: *level, position: *position, hash: hash.to_string() })
            .collect();
        let password = " ON CONFLICT (account) DO UPDATE SET hash = excluded.hash, changed_at = excluded.changed_at";
        let beside = [
            Part::new(backend, "audit_entry", &self.entries, ""),
            Part::new(backend, "audit_node", &nodes, ""),
            Part::new(backend, "receipt", &self.receipts, ""),
            Part::new(backend, "personal_value", &self.personal, ""),
            Part::new(backend, "notice", &self.notices, ""),
            Part::new(backend, "name_tail", &self.tails(), " ON CONFLICT (tail, subject) DO NOTHING"),
            Part::new(backend, "credential", &self.credentials, password),
            Part::of(backend, &self.ended, move |place, after| dialect::end_tokens(backend, place, after)),
            Part::of(backend, &self.erased, move |place, after| dialect::erase(backend, place, after)),
            Part::of(backend, &self.unwritten, move |place, after| dialect::drop_letters(backend, place, after)),
        ];
        let listed = Table::ALL.iter().map(|table| Part::rows(backend, *table, &self.rows));
        beside.into_iter().chain(listed).flatten().collect()
    }

    /// What the names of subjects are found by.
    fn tails(&self) -> Vec<TailRow> {
        let named = self.rows.iter().filter_map(|row| match row {
            AnyRow::CreditSubject(subject) => subject.name_key.as_deref().map(|key| (subject.id, key)),
            _ => None,
        });
        named.flat_map(|(subject, key)| tails(key).into_iter().map(move |tail| TailRow { tail, subject })).collect()
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
        for (number, part) in self.parts(DbBackend::Postgres).into_iter().enumerate() {
            let _ = write!(sql, ", t{number} AS ({})", (part.sql)(values.len() + 1, "ok CROSS JOIN "));
            values.extend(part.values);
        }
        sql.push_str(" SELECT n FROM ok");
        Statement::from_sql_and_values(DbBackend::Postgres, sql, values)
    }

    fn sqlite(&self, locked: bool) -> Statement {
        let mut sql = String::from(if locked { "" } else { "BEGIN IMMEDIATE; " });
        sql.push_str("UPDATE audit_head SET size = CASE WHEN size = ? THEN ? END, edge = ?, last_at = ?, writing = 1 WHERE id = 'head'");
        let mut values = self.head();
        for part in self.parts(DbBackend::Sqlite) {
            let _ = write!(sql, "; {}", (part.sql)(0, ""));
            values.extend(part.values);
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
    let ours = outcomes.entries.first().map(|entry| entry.leaf.as_str());
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
