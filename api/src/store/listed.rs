//! The published list: as it stands with the size of the trail that it stands at, as it stood before, and what was noted of it.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    entry::Entry,
    ids::CaseId,
    published::Noted,
    rows::{AnyRow, Columns, Listed, Table},
};
use sea_orm::ConnectionTrait;
use serde_json::Value;
use time::Date;

use super::{
    Database, StoreFault, dialect,
    trail::{self, Part},
};

/// Those of some rows that are published on a day, by their number.
pub fn in_order(rows: impl IntoIterator<Item = Listed>, day: Date) -> Vec<Listed> {
    let mut shown: Vec<_> = rows.into_iter().filter(|row| row.is_shown(day)).collect();
    shown.sort_unstable_by(|one, other| one.number.cmp(&other.number));
    shown
}

fn row_of(columns: Value) -> Result<Listed, StoreFault> {
    match AnyRow::from_json(Table::Listed, columns).map_err(StoreFault::broken)? {
        AnyRow::Listed(row) => Ok(row),
        _ => Err(StoreFault::broken("a row of another table")),
    }
}

/// What is published on a day, by its number, and after how many entries: one question, so that both are of one moment.
///
/// # Errors
/// When the database fails or a column does not hold what its type admits.
pub async fn shown(db: &Database, day: Date) -> Result<(u64, Vec<Listed>), StoreFault> {
    let (size, rows) = all(db, "r.status = 'shown'").await?;
    Ok((size, in_order(rows, day)))
}

/// The rows of which a condition holds, and the size of the trail.
async fn all(db: &Database, condition: &str) -> Result<(u64, Vec<Listed>), StoreFault> {
    let row = dialect::row_json(db.backend(), Table::Listed);
    let sql = format!("SELECT h.size, r.id, {row} FROM audit_head h LEFT JOIN listed r ON {condition} WHERE h.id = 'head'");
    let (mut size, mut rows) = (0, Vec::new());
    for found in db.pool().query_all_raw(db.statement(&sql, Vec::new())).await? {
        size = u64::try_from(found.try_get_by_index::<i64>(0)?).unwrap_or_default();
        if found.try_get_by_index::<Option<String>>(1)?.is_some() {
            let columns: String = found.try_get_by_index(2)?;
            rows.push(row_of(serde_json::from_str(&columns).map_err(StoreFault::broken)?)?);
        }
    }
    Ok((size, rows))
}

/// What was published on a day after so many entries: what changed since then is read out of the trail.
///
/// # Errors
/// When the database fails or an entry cannot be read.
pub async fn shown_at(db: &Database, size: u64, day: Date) -> Result<Vec<Listed>, StoreFault> {
    let (_, rows) = all(db, "1 = 1").await?;
    let mut rows: BTreeMap<String, Listed> = rows.into_iter().map(|row| (row.id.to_string(), row)).collect();
    for key in changed_since(db, size).await? {
        let case: CaseId = key.parse().map_err(|_| StoreFault::broken(format!("listed {key}: it is no case")))?;
        rows.remove(&key);
        rows.extend(before(db, case, size).await?.map(|row| (key, row)));
    }
    Ok(in_order(rows.into_values(), day))
}

/// The columns that an entry writes in the published list, by row.
fn changes(entry: &Entry) -> impl Iterator<Item = (String, Columns)> + '_ {
    let ours = entry.changes.iter().filter(|change| change["table"] == Table::Listed.name());
    ours.filter_map(|change| Some((change["key"].as_str()?.to_owned(), change["set"].as_object()?.clone())))
}

async fn changed_since(db: &Database, size: u64) -> Result<BTreeSet<String>, StoreFault> {
    let sql = db.places("SELECT bytes FROM audit_entry WHERE idx >= ? AND bytes LIKE '%\"table\":\"listed\"%' ORDER BY idx");
    let mut keys = BTreeSet::new();
    let from = i64::try_from(size).unwrap_or(i64::MAX);
    for row in db.pool().query_all_raw(db.statement(&sql, vec![from.into()])).await? {
        let bytes: String = row.try_get_by_index(0)?;
        let entry = Entry::from_bytes(bytes.as_bytes()).map_err(StoreFault::broken)?;
        keys.extend(changes(&entry).map(|(key, _)| key));
    }
    Ok(keys)
}

/// A row as the entries before a size leave it: those of its own case, since no other act writes it.
async fn before(db: &Database, case: CaseId, size: u64) -> Result<Option<Listed>, StoreFault> {
    let part = Part { after: -1, before: i64::try_from(size).unwrap_or(i64::MAX), newest_first: false, most: u64::MAX, without: &[] };
    let mut columns = Columns::new();
    for entry in trail::of_case(db, case, part).await? {
        let own = changes(&entry).filter(|(key, _)| *key == case.to_string());
        columns.extend(own.flat_map(|(_, set)| set));
    }
    if columns.is_empty() { Ok(None) } else { row_of(Value::Object(columns)).map(Some) }
}

/// What was noted of the list last.
///
/// # Errors
/// When the database fails or the entry cannot be read.
pub async fn newest(db: &Database) -> Result<Option<Noted>, StoreFault> {
    Ok(noted(db, 1).await?.pop())
}

/// What was noted of the list, the newest first.
///
/// # Errors
/// When the database fails or an entry cannot be read.
pub async fn noted(db: &Database, most: u64) -> Result<Vec<Noted>, StoreFault> {
    let sql = db.places("SELECT bytes FROM audit_entry WHERE verb = ? AND accepted = 1 ORDER BY idx DESC LIMIT ?");
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let mut found = Vec::new();
    for row in db.keyed().query_all_raw(db.statement(&sql, vec![Noted::VERB.into(), most.into()])).await? {
        let bytes: String = row.try_get_by_index(0)?;
        found.extend(Noted::of(&Entry::from_bytes(bytes.as_bytes()).map_err(StoreFault::broken)?));
    }
    Ok(found)
}
