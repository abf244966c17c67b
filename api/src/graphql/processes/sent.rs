//! Lists that were sent to the province.

use async_graphql::{Context, Result, SimpleObject};
use domain::paper::DocumentKind;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use time::Date;

use crate::{
    app::App,
    graphql::core::{fault, find::broken},
    store::entities,
};

/// A list that was sent to the province.
#[derive(Clone, Debug, SimpleObject)]
pub struct SentList {
    /// For GET /documents/{id}.
    pub document: String,
    pub media_type: String,
    pub sha256: String,
    pub sent_on: Date,
}

pub(super) async fn sent_lists(ctx: &Context<'_>, batch: domain::ids::CaseId) -> Result<Vec<SentList>> {
    use entities::document::{Column, Entity};
    let app = ctx.data::<App>()?;
    let query = Entity::find().filter(Column::CaseId.eq(batch.to_string())).filter(Column::Kind.eq(DocumentKind::ProvinceExport.key()));
    let rows = query.order_by_asc(Column::AddedOn).all(app.database.pool()).await.map_err(|fault| fault::internal(&fault.into()))?;
    rows.into_iter()
        .map(|row| {
            let row = row.row().map_err(broken)?;
            Ok(SentList { document: row.id.to_string(), media_type: row.media_type, sha256: row.sha256, sent_on: row.added_on })
        })
        .collect()
}
