//! Finding a case that the viewer may see; sizes of pages.

use async_graphql::{Context, Error, Result};
use domain::{canonical, ids::CaseId, office::Rank, process::Process, rows::Case};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder};

use crate::{
    app::App,
    graphql::core::{
        fault,
        loaders::{Batch, CaseKey},
    },
    people::Viewer,
    store::{StoreFault, counting, entities},
};

/// Most entries of a page.
pub const PAGE: i32 = 100;

/// # Errors
/// When a page size is out of range.
pub fn page_size(first: Option<i32>) -> Result<u64> {
    page_size_at("first", first)
}

/// The same of a size that is given in another field.
///
/// # Errors
/// At the field, when it is out of range.
pub fn page_size_at(field: &str, size: Option<i32>) -> Result<u64> {
    match size.unwrap_or(20) {
        size @ 1..=PAGE => Ok(u64::try_from(size).unwrap_or(20)),
        _ => Err(fault::bad_input(field, (format!("每页1至{PAGE}条"), format!("A page has 1 to {PAGE} entries")))),
    }
}

/// A case that the viewer may see.
///
/// # Errors
/// When the database fails.
pub async fn case(ctx: &Context<'_>, id: CaseId) -> Result<Option<Case>> {
    ctx.data::<Batch>()?.one(CaseKey(id)).await
}

/// A case that the viewer may see, by its number.
///
/// # Errors
/// When the database fails.
pub async fn numbered(ctx: &Context<'_>, number: &str) -> Result<Option<Case>> {
    let query = counting::cases().filter(entities::cases::Column::Number.eq(canonical::code(number)));
    let row = query.one(ctx.data::<App>()?.database.pool()).await.map_err(|fault| fault::internal(&fault.into()))?;
    match row.and_then(|row| row.id.parse().ok()) {
        Some(id) => case(ctx, id).await,
        None => Ok(None),
    }
}

/// A case of a process that counter and platform clerks find whatever office keeps it.
///
/// # Errors
/// When the database fails.
pub async fn case_of_any_office(ctx: &Context<'_>, id: CaseId) -> Result<Option<Case>> {
    let (app, viewer) = (ctx.data::<App>()?, ctx.data::<Viewer>()?);
    if !viewer.has(Rank::CounterClerk) && !viewer.has(Rank::PlatformClerk) {
        return case(ctx, id).await;
    }
    let row = counting::case(id.to_string()).one(app.database.pool()).await;
    row.map_err(|fault| fault::internal(&fault.into()))?.map(|row| row.row().map_err(broken)).transpose()
}

pub fn broken(fault: serde_json::Error) -> Error {
    fault::internal(&StoreFault::broken(fault))
}

/// Cases of a process that belong to a case, by number.
///
/// # Errors
/// When the database fails.
pub async fn children(ctx: &Context<'_>, parent: CaseId, process: Process) -> Result<Vec<Case>> {
    use entities::cases::Column;
    let (app, viewer) = (ctx.data::<App>()?, ctx.data::<Viewer>()?);
    let query =
        counting::cases().filter(viewer.cases()).filter(Column::Parent.eq(parent.to_string())).filter(Column::Process.eq(process.key()));
    let rows = query.order_by_asc(Column::Number).all(app.database.pool()).await.map_err(|fault| fault::internal(&fault.into()))?;
    rows.into_iter().map(|row| row.row().map_err(broken)).collect()
}
