//! Reading the trail: entries in order, and replay against the tables.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    day,
    entry::{Entry, EntryLine},
    ids::CaseId,
    merkle::{Frontier, Hash, Place, leaf_hash, root_at, root_places},
    moment::Micros,
    name,
    rows::{AnyRow, Rows, Table},
};
use sea_orm::{ConnectionTrait, QueryResult, Statement};
use serde_json::{Value, json};
use workflows::engine::{Change, sight::snapshot};

use super::{Database, StoreFault, dialect, write};

/// What a verification found.
#[derive(Clone, Debug, Default, serde::Serialize)]
pub struct Verified {
    pub entries: u64,
    pub root: String,
    pub rows: u64,
    /// Signed checkpoints that were compared.
    pub checkpoints: u64,
    pub faults: Vec<String>,
}

/// An entry as it stands in its row.
struct Kept {
    index: u64,
    leaf: Hash,
    bytes: String,
    /// The columns beside the bytes, which the house reads history by.
    columns: Value,
}

/// Entries `from` (inclusive) onwards, at most `most`.
async fn page(db: &Database, from: u64, most: u32) -> Result<Vec<Kept>, StoreFault> {
    let columns = dialect::entry_columns(db.backend());
    let sql = db.places(&format!("SELECT r.idx, r.leaf, r.bytes, {columns} FROM audit_entry r WHERE r.idx >= ? ORDER BY r.idx LIMIT ?"));
    let from = i64::try_from(from).unwrap_or(i64::MAX);
    let rows = db.pool().query_all_raw(db.statement(&sql, vec![from.into(), i64::from(most).into()])).await?;
    rows.into_iter()
        .map(|row| {
            let (index, leaf, bytes, columns): (i64, String, String, String) =
                (row.try_get_by_index(0)?, row.try_get_by_index(1)?, row.try_get_by_index(2)?, row.try_get_by_index(3)?);
            let leaf = leaf.parse().map_err(|fault| StoreFault::broken(format!("entry {index}: {fault}")))?;
            let columns = serde_json::from_str(&columns).map_err(|fault| StoreFault::broken(format!("entry {index}: {fault}")))?;
            Ok(Kept { index: u64::try_from(index).unwrap_or_default(), leaf, bytes, columns })
        })
        .collect()
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
}

impl Part {
    async fn read(self, db: &Database, case: CaseId, columns: &str) -> Result<Vec<QueryResult>, StoreFault> {
        let order = if self.newest_first { "DESC" } else { "ASC" };
        let sql = format!("SELECT {columns} FROM audit_entry WHERE case_id = ? AND idx > ? AND idx < ? ORDER BY idx {order} LIMIT ?");
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

/// The checkpoint over the most entries that was signed: its size and the note.
///
/// # Errors
/// When the database fails.
pub async fn last_checkpoint(db: &Database) -> Result<Option<(u64, String)>, StoreFault> {
    let row = db
        .pool()
        .query_one_raw(db.statement("SELECT size, note FROM checkpoint ORDER BY size DESC, signed_at DESC LIMIT 1", Vec::new()))
        .await?;
    let Some(row) = row else { return Ok(None) };
    let size: i64 = row.try_get_by_index(0)?;
    Ok(Some((u64::try_from(size).unwrap_or_default(), row.try_get_by_index(1)?)))
}

/// Kept nodes of the tree, in one query; those that are missing are left out.
///
/// # Errors
/// When the database fails or a row holds no hash.
pub async fn nodes<C: ConnectionTrait>(db: &C, places: &[Place]) -> Result<BTreeMap<Place, Hash>, StoreFault> {
    if places.is_empty() {
        return Ok(BTreeMap::new());
    }
    let wanted = vec!["(level = ? AND position = ?)"; places.len()].join(" OR ");
    let sql = dialect::places(db.get_database_backend(), &format!("SELECT level, position, hash FROM audit_node WHERE {wanted}"));
    let values =
        places.iter().flat_map(|(level, position)| [i64::from(*level).into(), i64::try_from(*position).unwrap_or(i64::MAX).into()]);
    let rows = db.query_all_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values.collect::<Vec<_>>())).await?;
    rows.into_iter()
        .map(|row| {
            let (level, position, hash): (i64, i64, String) =
                (row.try_get_by_index(0)?, row.try_get_by_index(1)?, row.try_get_by_index(2)?);
            let broken = || StoreFault::broken(format!("node {position} of level {level} is no hash of the tree"));
            let place = (u8::try_from(level).map_err(|_| broken())?, u64::try_from(position).map_err(|_| broken())?);
            Ok((place, hash.parse().map_err(|_| broken())?))
        })
        .collect()
}

/// Whether the tree as it stands begins with a tree of `size` entries and this root, by its kept nodes.
///
/// # Errors
/// When the database fails.
pub async fn begins_with<C: ConnectionTrait>(db: &C, size: u64, root: &Hash) -> Result<bool, StoreFault> {
    let (head, _) = write::head(db).await?;
    if size >= head.size() {
        return Ok(size == head.size() && head.root() == *root);
    }
    let nodes = nodes(db, &root_places(size)).await?;
    let found = root_at(size, |level, position| nodes.get(&(level, position)).copied());
    Ok(found.is_ok_and(|found| found == *root))
}

/// Recomputes every leaf and the root, replays every change and compares each row of each table, column by column.
///
/// # Errors
/// When the database fails; what is wrong with the trail stands in the answer.
pub async fn verify(db: &Database, progress: impl FnMut(u64)) -> Result<Verified, StoreFault> {
    verify_against(db, &[], progress).await
}

/// What was signed: entries, their root, and where the checkpoint was found.
pub type Checkpointed = (u64, Hash, String);

/// The same, and that the entries are those over which these checkpoints were signed, which come by their size.
///
/// # Errors
/// When the database fails; what is wrong with the trail stands in the answer.
pub async fn verify_against(db: &Database, signed: &[Checkpointed], mut progress: impl FnMut(u64)) -> Result<Verified, StoreFault> {
    let mut signed = signed.iter().skip_while(|(size, ..)| *size == 0).peekable();
    let (head, _) = write::head(db.pool()).await?;
    let mut found = Verified::default();
    let mut frontier = Frontier::default();
    let mut rows = Rows::default();
    let mut values = BTreeSet::new();
    loop {
        let entries = page(db, frontier.size(), 1000).await?;
        if entries.is_empty() {
            break;
        }
        for Kept { index, leaf, bytes, columns } in entries {
            if index != frontier.size() {
                found.faults.push(format!("entry {} is missing", frontier.size()));
                return Ok(found);
            }
            if leaf_hash(bytes.as_bytes()) != leaf {
                found.faults.push(format!("entry {index}: its bytes do not give its leaf"));
            }
            frontier.append(leaf);
            while let Some((size, root, place)) = signed.next_if(|(size, ..)| *size == frontier.size()) {
                found.checkpoints += 1;
                if frontier.root() != *root {
                    found.faults.push(format!("the checkpoint over {size} entries in {place} was signed over other entries"));
                }
            }
            match Entry::from_bytes(bytes.as_bytes()) {
                Ok(entry) => {
                    beside(&entry, &columns, &mut found);
                    replay(&entry, &mut rows, &mut found);
                    values.extend(taken(&entry));
                }
                Err(fault) => found.faults.push(format!("entry {index}: {fault}")),
            }
        }
        progress(frontier.size());
    }
    found.faults.extend(
        signed.map(|(size, _, place)| format!("the checkpoint in {place} was signed over {size} entries, there are {}", frontier.size())),
    );
    found.entries = frontier.size();
    found.root = frontier.root().to_string();
    if frontier != head {
        found.faults.push(format!("the head says {} entries and another edge; the entries give {}", head.size(), frontier.size()));
    }
    for table in Table::ALL {
        compare(db, *table, &rows, &mut found).await?;
    }
    names(db, &rows, &mut found).await?;
    erased(db, &mut values, &mut found).await?;
    Ok(found)
}

/// Personal values that an accepted act takes away.
fn taken(entry: &Entry) -> Vec<String> {
    let takes = matches!(entry.verb.as_str(), "erase_personal" | "clear_import");
    let values = entry.input["admin"]["values"].as_array().filter(|_| takes && entry.accepted());
    values.into_iter().flatten().filter_map(|id| id.as_str().map(str::to_owned)).collect()
}

/// A personal value is gone exactly where an entry says so.
async fn erased(db: &Database, taken: &mut BTreeSet<String>, found: &mut Verified) -> Result<(), StoreFault> {
    let sql = "SELECT id FROM personal_value WHERE erased_at IS NOT NULL OR sealed = '' OR salt = ''";
    for row in db.pool().query_all_raw(db.statement(sql, Vec::new())).await? {
        let id: String = row.try_get_by_index(0)?;
        if !taken.remove(&id) {
            found.faults.push(format!("personal_value {id}: it was taken away by no entry"));
        }
    }
    found.faults.extend(taken.iter().map(|id| format!("personal_value {id}: an entry erases it, the row does not say so")));
    Ok(())
}

/// The columns beside an entry's bytes must say what its bytes say.
fn beside(entry: &Entry, columns: &Value, found: &mut Verified) {
    for (column, value) in columns_of(entry).as_object().into_iter().flatten() {
        if columns.get(column) != Some(value) {
            let case = entry.case.map(|case| case.to_string()).unwrap_or_default();
            found.faults.push(format!("audit_entry {} (case {case}): column {column} differs from the entry", entry.index));
        }
    }
}

/// The columns in which an entry stands beside its bytes.
pub fn columns_of(entry: &Entry) -> Value {
    json!({
        "case_id": entry.case, "version": entry.version, "cause": entry.cause, "process": entry.process, "verb": entry.verb,
        "actor": entry.actor, "person": entry.person, "principal": entry.principal, "office": entry.office,
        "effective_on": entry.effective_on, "recorded_at": entry.recorded_at, "accepted": i64::from(entry.accepted()),
    })
}

fn replay(entry: &Entry, rows: &mut Rows, found: &mut Verified) {
    for change in &entry.changes {
        let applied = serde_json::from_value::<Change>(change.clone())
            .map_err(|fault| fault.to_string())
            .and_then(|change| snapshot::apply(rows, &change));
        if let Err(fault) = applied {
            found.faults.push(format!("entry {}: {fault}", entry.index));
        }
    }
}

/// Every subject must be found by every part of its name, and by nothing else.
async fn names(db: &Database, replayed: &Rows, found: &mut Verified) -> Result<(), StoreFault> {
    let mut kept: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in db.pool().query_all_raw(db.statement("SELECT subject, tail FROM name_tail", Vec::new())).await? {
        kept.entry(row.try_get_by_index(0)?).or_default().insert(row.try_get_by_index(1)?);
    }
    for subject in replayed.subjects.values() {
        let wanted = subject.name_key.as_deref().map(name::tails).unwrap_or_default();
        if !kept.remove(&subject.id.to_string()).unwrap_or_default().is_superset(&wanted) {
            found.faults.push(format!("name_tail: subject {} is not found by its whole name", subject.id));
        }
    }
    found.faults.extend(kept.into_keys().map(|subject| format!("name_tail: there is no subject {subject}")));
    Ok(())
}

async fn compare(db: &Database, table: Table, replayed: &Rows, found: &mut Verified) -> Result<(), StoreFault> {
    let sql = format!("SELECT r.id, {} FROM {} r", dialect::row_json(db.backend(), table), table.name());
    let mut seen = BTreeSet::new();
    for row in db.pool().query_all_raw(db.statement(&sql, Vec::new())).await? {
        let (key, text): (String, String) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        found.rows += 1;
        let stored = serde_json::from_str::<serde_json::Value>(&text).unwrap_or_default();
        match replayed.get(table, &key).map(|row| row.to_json()) {
            None => found.faults.push(format!("{} {key}: the row is in no entry", table.name())),
            Some(columns) => {
                for (column, value) in &columns {
                    if stored.get(column) != Some(value) {
                        let case = columns.get("case_id").or_else(|| columns.get("number")).and_then(|value| value.as_str());
                        found.faults.push(format!(
                            "{} {key} (case {}): column {column} differs from the trail",
                            table.name(),
                            case.unwrap_or(&key)
                        ));
                    }
                }
            }
        }
        seen.insert(key);
    }
    for row in replayed.iter().filter(|row: &AnyRow| row.table() == table && !seen.contains(&row.key())) {
        found.faults.push(format!("{} {}: the trail has the row, the table does not", table.name(), row.key()));
    }
    Ok(())
}
