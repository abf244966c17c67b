//! What the relay refuses to all letters, kept for the operator until the relay takes something again: a step and three
//! digits, never an address nor a word of the relay.

use sea_orm::ConnectionTrait;

use crate::{
    app::App,
    mail::{RelayFault, Step},
    store::{Database, StoreFault},
};

/// A fault that stands.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Standing {
    pub step: Step,
    pub code: Option<i64>,
    /// Microseconds UTC.
    pub since: i64,
    /// Tries that met it.
    pub tries: i64,
}

/// Notes a fault; the day on which it began stays while it is the same.
pub(super) async fn note(app: &App, fault: &RelayFault) -> Result<(), StoreFault> {
    let (db, now) = (&app.database, app.clock.now().0);
    let step = serde_json::to_value(fault.step).ok().and_then(|step| step.as_str().map(str::to_owned)).unwrap_or_default();
    let sql = db.places(
        "INSERT INTO relay_fault (id, step, code, since, last_at, tries) VALUES ('relay', ?, ?, ?, ?, 1) ON CONFLICT (id) DO UPDATE SET \
         step = excluded.step, code = excluded.code, last_at = excluded.last_at, tries = relay_fault.tries + 1",
    );
    let code = fault.code.map(i64::from);
    db.pool().execute_raw(db.statement(&sql, vec![step.into(), code.into(), now.into(), now.into()])).await?;
    Ok(())
}

/// The relay takes letters.
pub(super) async fn clear(app: &App) -> Result<(), StoreFault> {
    app.database.pool().execute_unprepared("DELETE FROM relay_fault").await?;
    Ok(())
}

/// The fault that stands, if one does.
///
/// # Errors
/// When the database fails.
pub async fn standing(db: &Database) -> Result<Option<Standing>, StoreFault> {
    let row = db.pool().query_one_raw(db.statement("SELECT step, code, since, tries FROM relay_fault", Vec::new())).await?;
    let Some(row) = row else { return Ok(None) };
    let step: String = row.try_get_by_index(0)?;
    let step = serde_json::from_value(step.into()).map_err(|_| StoreFault::broken("a fault of the relay has no step"))?;
    Ok(Some(Standing { step, code: row.try_get_by_index(1)?, since: row.try_get_by_index(2)?, tries: row.try_get_by_index(3)? }))
}
