//! Uploads that no act has attached: tables that were committed, drafts that were given up. None is kept for long
//! (Personal Information Protection Law art. 19).

use sea_orm::ConnectionTrait;

use crate::{app::App, evidence, store::StoreFault};

const DAY: i64 = 86_400_000_000;

/// Drops uploads older than the setting's days, and their bytes where no case holds the document; how many.
///
/// # Errors
/// When the database or the store of documents fails.
pub async fn drop_stale_uploads(app: &App) -> Result<u32, StoreFault> {
    let before = app.clock.now().0 - i64::from(app.setting_number("upload_days").await?) * DAY;
    drop_uploads(app, "at < ?", vec![before.into()]).await
}

/// Drops uploads that a condition names.
pub(super) async fn drop_uploads(app: &App, condition: &str, values: Vec<sea_orm::Value>) -> Result<u32, StoreFault> {
    let db = &app.database;
    let sql = db.places(&format!("DELETE FROM upload WHERE {condition} RETURNING sha256"));
    let rows = db.pool().query_all_raw(db.statement(&sql, values)).await?;
    db.forget_uploads();
    let mut dropped = 0;
    for row in rows {
        drop_bytes(app, &row.try_get_by_index::<String>(0)?).await?;
        dropped += 1;
    }
    Ok(dropped)
}

/// Deletes the bytes of a digest that no document of a case and no upload names any more; whether it did.
pub(super) async fn drop_bytes(app: &App, sha256: &str) -> Result<bool, StoreFault> {
    let db = &app.database;
    let sql = db.places("SELECT 1 FROM document WHERE sha256 = ? UNION ALL SELECT 1 FROM upload WHERE sha256 = ?");
    let named = db.pool().query_one_raw(db.statement(&sql, vec![sha256.into(), sha256.into()])).await?;
    if named.is_some() {
        return Ok(false);
    }
    evidence::delete(app, sha256).await.map_err(StoreFault::broken)
}
