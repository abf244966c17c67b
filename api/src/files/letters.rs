//! Letters about cases of a file: held while the file arrives, on their way once it is whole.

use sea_orm::ConnectionTrait;

use crate::{
    app::App,
    store::{StoreFault, dialect},
};

/// Letters let go in one statement.
const MOST: i64 = 500;

/// Lets every held letter go whose file has arrived whole; how many.
///
/// # Errors
/// When the database fails.
pub async fn release(app: &App) -> Result<u32, StoreFault> {
    let db = &app.database;
    // Read first: a database with one writer is not kept by looking.
    let sql = db.places(
        "SELECT n.id FROM notice n JOIN cases c ON c.id = n.case_id JOIN import_file f ON f.id = c.import \
         WHERE n.status = 'held' AND f.status = 'whole' ORDER BY n.entry, n.id LIMIT ?",
    );
    let mut released = 0;
    loop {
        let rows = db.pool().query_all_raw(db.statement(&sql, vec![MOST.into()])).await?;
        let ids: Vec<String> = rows.iter().map(|row| row.try_get_by_index(0)).collect::<Result<_, _>>()?;
        if ids.is_empty() {
            return Ok(released);
        }
        released += u32::try_from(ids.len()).unwrap_or(u32::MAX);
        let list = serde_json::to_string(&ids).map_err(StoreFault::broken)?;
        db.pool().execute_raw(db.statement(&dialect::release_letters(db.backend()), vec![list.into()])).await?;
    }
}
