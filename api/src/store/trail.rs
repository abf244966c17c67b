//! Reading the trail: entries in order, of a case, and as lists tell of them.

use std::collections::BTreeMap;

use domain::{
    day,
    entry::{Entry, EntryLine},
    ids::CaseId,
    merkle::Hash,
    moment::Micros,
    process::Verb,
};
use sea_orm::{ConnectionTrait, QueryResult};

use super::{Database, StoreFault, cells::EntryRow, dialect};

/// An entry as it stands in its row.
pub(super) struct Kept {
    pub index: u64,
    pub leaf: Hash,
    pub bytes: String,
    /// The columns beside the bytes, which the house reads history by, as JSON.
    pub columns: String,
}

/// Entries `from` (inclusive) onwards, at most `most`.
pub(super) async fn page(db: &Database, from: u64, most: u32) -> Result<Vec<Kept>, StoreFault> {
    let columns = dialect::entry_columns(db.backend());
    let sql = db.places(&format!("SELECT r.idx, r.leaf, r.bytes, {columns} FROM audit_entry r WHERE r.idx >= ? ORDER BY r.idx LIMIT ?"));
    let from = i64::try_from(from).unwrap_or(i64::MAX);
    let rows = db.pool().query_all_raw(db.statement(&sql, vec![from.into(), i64::from(most).into()])).await?;
    rows.into_iter()
        .map(|row| {
            let (index, leaf, bytes, columns): (i64, String, String, String) =
                (row.try_get_by_index(0)?, row.try_get_by_index(1)?, row.try_get_by_index(2)?, row.try_get_by_index(3)?);
            let leaf = leaf.parse().map_err(|fault| StoreFault::broken(format!("entry {index}: {fault}")))?;
            Ok(Kept { index: u64::try_from(index).unwrap_or_default(), leaf, bytes, columns })
        })
        .collect()
}

/// Numbers and exact bytes of entries `from` (inclusive) onwards, at most `most`.
///
/// # Errors
/// When the database fails.
pub async fn bytes_from(db: &Database, from: u64, most: u32) -> Result<Vec<(u64, String)>, StoreFault> {
    Ok(page(db, from, most).await?.into_iter().map(|kept| (kept.index, kept.bytes)).collect())
}

/// One entry.
///
/// # Errors
/// When the database fails or the bytes are no entry.
pub async fn entry(db: &Database, index: u64) -> Result<Option<(Entry, String)>, StoreFault> {
    let found = page(db, index, 1).await?.into_iter().next().filter(|found| found.index == index);
    found
        .map(|Kept { bytes, .. }| {
            let entry = Entry::from_bytes(bytes.as_bytes()).map_err(StoreFault::broken)?;
            Ok((entry, bytes))
        })
        .transpose()
}

/// Which entries of a case are read: those between two numbers, from one end.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    /// The number that all are after; -1 for all.
    pub after: i64,
    /// The number that all are before.
    pub before: i64,
    pub newest_first: bool,
    pub most: u64,
    /// Acts that are left out.
    pub without: &'static [Verb],
}

impl Part {
    async fn read(self, db: &Database, case: CaseId, columns: &str) -> Result<Vec<QueryResult>, StoreFault> {
        let order = if self.newest_first { "DESC" } else { "ASC" };
        // By the case and then sorted: along the numbers, every entry of the house would be looked at.
        // They are words of this program.
        let left_out: Vec<_> = self.without.iter().map(|verb| format!("'{verb}'")).collect();
        let told = if left_out.is_empty() { String::new() } else { format!(" AND verb NOT IN ({})", left_out.join(", ")) };
        let sql =
            format!("SELECT {columns} FROM audit_entry WHERE case_id = ? AND idx > ? AND idx < ?{told} ORDER BY idx + 0 {order} LIMIT ?");
        let most = i64::try_from(self.most).unwrap_or(i64::MAX);
        let values = vec![case.to_string().into(), self.after.into(), self.before.into(), most.into()];
        Ok(db.keyed().query_all_raw(db.statement(&db.places(&sql), values)).await?)
    }
}

/// Entries of a case.
///
/// # Errors
/// When the database fails or the bytes are no entry.
pub async fn of_case(db: &Database, case: CaseId, part: Part) -> Result<Vec<Entry>, StoreFault> {
    let rows = part.read(db, case, "bytes").await?;
    rows.into_iter()
        .map(|row| {
            let bytes: String = row.try_get_by_index(0)?;
            Entry::from_bytes(bytes.as_bytes()).map_err(StoreFault::broken)
        })
        .collect()
}

/// The entries that opened cases.
///
/// # Errors
/// When the database fails or the bytes are no entry.
pub async fn openings(db: &Database, cases: &[CaseId]) -> Result<BTreeMap<CaseId, Entry>, StoreFault> {
    let named = vec!["?"; cases.len()].join(", ");
    let sql = db.places(&format!("SELECT bytes FROM audit_entry WHERE version = 1 AND case_id IN ({named})"));
    let values = cases.iter().map(|case| case.to_string().into()).collect();
    let rows = db.pool().query_all_raw(db.statement(&sql, values)).await?;
    let mut found = BTreeMap::new();
    for row in rows {
        let bytes: String = row.try_get_by_index(0)?;
        let entry = Entry::from_bytes(bytes.as_bytes()).map_err(StoreFault::broken)?;
        found.extend(entry.case.map(|case| (case, entry)));
    }
    Ok(found)
}

/// The same, as far as a list tells of them.
///
/// # Errors
/// When the database fails or a column does not hold what its type admits.
pub async fn lines_of_case(db: &Database, case: CaseId, part: Part) -> Result<Vec<EntryLine>, StoreFault> {
    let rows = part.read(db, case, LINE).await?;
    rows.iter().map(line).collect()
}

/// Columns of a line, in the order in which [`line`] reads them.
pub(super) const LINE: &str = "idx, version, cause, verb, actor, office, effective_on, recorded_at, accepted, process, case_id";

pub(super) fn line(row: &QueryResult) -> Result<EntryLine, StoreFault> {
    let (index, cause): (i64, Option<i64>) = (row.try_get_by_index(0)?, row.try_get_by_index(2)?);
    let (actor, case): (Option<String>, Option<String>) = (row.try_get_by_index(4)?, row.try_get_by_index(10)?);
    let (day, accepted): (String, i64) = (row.try_get_by_index(6)?, row.try_get_by_index(8)?);
    Ok(EntryLine {
        index: u64::try_from(index).unwrap_or_default(),
        case: case.and_then(|case| case.parse().ok()),
        version: row.try_get_by_index(1)?,
        cause: cause.and_then(|cause| u64::try_from(cause).ok()),
        process: row.try_get_by_index(9)?,
        verb: row.try_get_by_index(3)?,
        actor: actor.and_then(|actor| actor.parse().ok()),
        office: row.try_get_by_index(5)?,
        effective_on: day::parse(&day).ok_or_else(|| StoreFault::broken(format!("entry {index} has no day")))?,
        recorded_at: Micros(row.try_get_by_index(7)?),
        accepted: accepted == 1,
    })
}

/// The fact that holds the running checkpoint: signed as the tree grows, and replaced by the next one.
const RUNNING: &str = "running_checkpoint";

/// The checkpoint over the most entries that was signed: its size and the note.
///
/// # Errors
/// When the database fails.
pub async fn last_checkpoint(db: &Database) -> Result<Option<(u64, String)>, StoreFault> {
    let row = db
        .pool()
        .query_one_raw(db.statement("SELECT size, note FROM checkpoint ORDER BY size DESC, signed_at DESC LIMIT 1", Vec::new()))
        .await?;
    let kept = match row {
        Some(row) => Some((u64::try_from(row.try_get_by_index::<i64>(0)?).unwrap_or_default(), row.try_get_by_index(1)?)),
        None => None,
    };
    Ok(running_checkpoint(db).await?.into_iter().chain(kept).max_by_key(|(size, _)| *size))
}

/// The running checkpoint: its size and the note.
///
/// # Errors
/// When the database fails.
pub async fn running_checkpoint(db: &Database) -> Result<Option<(u64, String)>, StoreFault> {
    let note = db.fact(RUNNING).await?;
    // The second line of a note is the size.
    Ok(note.and_then(|note| Some((note.lines().nth(1)?.parse().ok()?, note))))
}

/// Puts a running checkpoint in the place of the one before.
///
/// # Errors
/// When the database fails.
pub async fn set_running_checkpoint(db: &Database, note: &str) -> Result<(), StoreFault> {
    db.set_fact(RUNNING, note).await
}

/// The row in which an entry stands.
pub fn row_of(entry: &Entry, leaf: &Hash, bytes: String) -> EntryRow {
    EntryRow {
        idx: entry.index,
        case_id: entry.case,
        version: entry.version,
        cause: entry.cause,
        process: entry.process.clone(),
        verb: entry.verb.clone(),
        actor: entry.actor,
        person: entry.person,
        principal: entry.principal,
        office: entry.office.clone(),
        effective_on: entry.effective_on,
        recorded_at: entry.recorded_at,
        accepted: i64::from(entry.accepted()),
        leaf: leaf.to_string(),
        bytes,
    }
}
