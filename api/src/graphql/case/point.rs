//! Points of item lists.

use async_graphql::{Context, Result, SimpleObject};
use domain::{ids::CaseId, paper::ItemList};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::{
    app::App,
    graphql::core::{enums::EnumOf, fault, find::broken},
    store::entities,
};

/// One point of a list.
#[derive(Clone, Debug, SimpleObject)]
pub struct Point {
    pub list: EnumOf<ItemList>,
    /// What the settling act names.
    pub key: String,
    pub title: String,
    /// open, settled, dropped
    pub status: String,
}

/// # Errors
/// When the database fails.
pub async fn of_case(ctx: &Context<'_>, case: CaseId) -> Result<Vec<Point>> {
    let app = ctx.data::<App>()?;
    let rows = entities::item::Entity::find()
        .filter(entities::item::Column::CaseId.eq(case.to_string()))
        .order_by_asc(entities::item::Column::List)
        .order_by_asc(entities::item::Column::Key)
        .all(app.database.pool())
        .await
        .map_err(|fault| fault::internal(&fault.into()))?;
    let mut points = Vec::new();
    for row in rows {
        let status = row.status.clone();
        let row = row.row().map_err(broken)?;
        let fixed = row.list.fixed().iter().find(|(key, _, _)| *key == row.key);
        let title = match (&row.words, fixed) {
            (Some(words), _) => app.unseal(&words.0).await.map_err(|fault| fault::internal(&fault))?.unwrap_or_default(),
            (None, Some((_, zh, en))) => format!("{zh} {en}"),
            (None, None) => row.key.clone(),
        };
        points.push(Point { list: EnumOf(row.list), key: row.key, title, status });
    }
    Ok(points)
}
