//! Imports as they stand in the house.

use domain::{
    admin::AdminAct,
    command::Command,
    ids::{AccountId, RowId},
    import::ImportStatus,
    rows::ImportFile,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait},
};
use uuid::Uuid;

use crate::{
    app::App,
    store::{
        StoreFault,
        entities::import_file::{Column, Entity, Model},
        trail,
    },
};

fn row(model: Model) -> Result<ImportFile, StoreFault> {
    model.row().map_err(StoreFault::broken)
}

/// An import.
///
/// # Errors
/// When the database fails.
pub async fn import(app: &App, id: RowId) -> Result<Option<ImportFile>, StoreFault> {
    Entity::find_by_id(id.to_string()).one(app.database.pool()).await?.map(row).transpose()
}

/// The number of the entry that an act under this key of an account has.
///
/// # Errors
/// When the database fails.
pub async fn entry_of(app: &App, account: AccountId, key: Uuid) -> Result<Option<u64>, StoreFault> {
    let db = &app.database;
    let sql = db.places("SELECT entry FROM receipt WHERE id = ?");
    let row = db.pool().query_one_raw(db.statement(&sql, vec![format!("{account}|{key}").into()])).await?;
    let entry: Option<i64> = row.map(|row| row.try_get_by_index(0)).transpose()?;
    Ok(entry.and_then(|entry| u64::try_from(entry).ok()))
}

/// The import that an entry began.
///
/// # Errors
/// When the database fails.
pub async fn begun_by(app: &App, entry: u64) -> Result<Option<ImportFile>, StoreFault> {
    let Some((entry, _)) = trail::entry(&app.database, entry).await? else { return Ok(None) };
    let command: Option<Command> = serde_json::from_value(entry.input).ok();
    match command.and_then(|command| command.admin).as_deref() {
        Some(AdminAct::ImportFile { id, .. }) => import(app, *id).await,
        _ => Ok(None),
    }
}

/// The imports of an office, the newest first, after one of them.
///
/// # Errors
/// When the database fails.
pub async fn of_office(app: &App, office: &str, before: Option<RowId>, most: u64) -> Result<Vec<ImportFile>, StoreFault> {
    let mut query = Entity::find().filter(Column::Office.eq(office));
    if let Some(before) = before {
        query = query.filter(Column::Id.lt(before.to_string()));
    }
    let rows = query.order_by_desc(Column::Id).limit(most).all(app.database.pool()).await?;
    rows.into_iter().map(row).collect()
}

/// Imports that arrive, and those that were given up and have left something.
///
/// # Errors
/// When the database fails.
pub(super) async fn unended(app: &App) -> Result<Vec<ImportFile>, StoreFault> {
    // The first condition is the index's own.
    let left = Condition::any()
        .add(Column::Status.eq(ImportStatus::Arriving.key()))
        .add(Expr::col(Column::Cleared).lt(Expr::col(Column::Arrived)));
    let open = Entity::find().filter(Expr::cust("import_file.status <> 'whole'")).filter(left);
    open.order_by_asc(Column::Id).all(app.database.pool()).await?.into_iter().map(row).collect()
}
