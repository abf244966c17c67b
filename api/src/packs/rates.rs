//! Frozen rates of a pack: the entry that froze each, and the list of what fails it.

use std::collections::BTreeMap;

use domain::rows::{MeasureLine, Table};
use sea_orm::ConnectionTrait;

use crate::{
    app::App,
    evidence,
    store::{StoreFault, trail},
};

/// A frozen rate with what shows it.
pub(super) struct Frozen {
    pub line: MeasureLine,
    pub entry: u64,
    /// A line for each failing record: key, tab, reasons; its SHA-256 stands in the entry.
    pub list: Vec<u8>,
}

/// Frozen rates with their entries and lists.
///
/// # Errors
/// When the database fails, or a list or an entry is not there.
pub(super) async fn of(app: &App, lines: Vec<MeasureLine>) -> Result<Vec<Frozen>, StoreFault> {
    if lines.is_empty() {
        return Ok(Vec::new());
    }
    let made = entries(app).await?;
    let mut found = Vec::new();
    for line in lines {
        let entry = made.get(&line.id).copied().ok_or_else(|| StoreFault::broken(format!("no entry has frozen {}", line.id)))?;
        let list =
            if line.failing == 0 { Vec::new() } else { evidence::get(app, &line.list_sha256).await.map_err(StoreFault::broken)?.to_vec() };
        found.push(Frozen { line, entry, list });
    }
    Ok(found)
}

/// The entry that froze each rate, by its key.
async fn entries(app: &App) -> Result<BTreeMap<String, u64>, StoreFault> {
    let db = &app.database;
    let sql = "SELECT idx FROM audit_entry WHERE verb = 'freeze_measures' AND accepted = 1 ORDER BY idx";
    let mut made = BTreeMap::new();
    for row in db.pool().query_all_raw(db.statement(sql, Vec::new())).await? {
        let index = u64::try_from(row.try_get_by_index::<i64>(0)?).unwrap_or_default();
        let Some((entry, _)) = trail::entry(db, index).await? else { continue };
        for change in entry.changes.iter().filter(|change| change["table"] == Table::MeasureLine.name()) {
            made.insert(change["key"].as_str().unwrap_or_default().to_owned(), index);
        }
    }
    Ok(made)
}
