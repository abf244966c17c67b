//! Points of item lists.

use async_graphql::{Context, Result, SimpleObject};
use domain::{ids::CaseId, paper::ItemList, rows::ItemStatus};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::{
    app::App,
    graphql::core::{enums::EnumOf, fault, find::broken, words::Words},
    people::sealing,
    store::entities,
};

/// One point of a list.
#[derive(Clone, Debug, SimpleObject)]
pub struct Point {
    /// Which list it stands in: missing papers, conditions, orders, grounds.
    pub list: EnumOf<ItemList>,
    /// What the settling act names.
    pub key: String,
    /// Its title in a fixed list, else its ground and its number.
    pub title: Words,
    /// What whoever opened it wrote; none in a fixed list.
    pub text: Option<String>,
    /// Whether it still waits.
    pub status: EnumOf<ItemStatus>,
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
        let row = row.row().map_err(broken)?;
        let text = match &row.words {
            Some(words) => sealing::unseal(app, &words.0).await.map_err(|fault| fault::internal(&fault))?,
            None => None,
        };
        let title = row.list.point_title(&row.key).into();
        points.push(Point { list: EnumOf(row.list), key: row.key, title, text, status: EnumOf(row.status) });
    }
    Ok(points)
}
