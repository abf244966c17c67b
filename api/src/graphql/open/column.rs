//! The bureau's column: what it shows to everybody, part by part, and the exposures of its campaigns.

use async_graphql::{
    Context, Object, Result, SimpleObject,
    connection::{Connection, EmptyFields},
};
use domain::{
    publicity::{ColumnPart, PublicityKind},
    rows::{ListedStatus, Shown},
};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use time::Date;

use crate::{
    app::App,
    graphql::{
        case::written,
        core::{
            enums::EnumOf,
            fault,
            find::broken,
            node::List,
            page::{Asked, Page},
            words::Words,
        },
    },
    store::entities,
};

/// A piece that the bureau shows to everybody.
#[derive(Clone, Debug, SimpleObject)]
pub struct ShownPiece {
    /// As it stands in the registers of the bureau, such as XC2026-000001.
    pub number: String,
    /// What kind of piece it is.
    pub kind: EnumOf<PublicityKind>,
    /// The part of the column that it belongs to; none of what stands in no part.
    pub part: Option<EnumOf<ColumnPart>>,
    /// What it is called.
    pub title: String,
    /// What it says.
    pub text: String,
    /// Office that wrote it, as it was called then; of a commitment, the office that took it in.
    pub office: Words,
    /// First day on which it is shown.
    pub shown_from: Date,
}

/// Between day and number in a cursor.
const BETWEEN: char = '|';

/// Queries about the column.
#[derive(Debug, Default)]
pub struct ColumnQueries;

#[Object]
impl ColumnQueries {
    /// What the bureau shows on its own pages today, the newest first; for everybody. A piece comes down in the same write in which
    /// its record is repaired, hidden or annulled.
    async fn column(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only one of the eight parts.")] part: Option<EnumOf<ColumnPart>>,
        #[graphql(desc = "Only pieces of a kind, such as exposures.")] kind: Option<EnumOf<PublicityKind>>,
        #[graphql(desc = "Entries of a page, 1 to 100; 20 where none is given.")] first: Option<i32>,
        #[graphql(desc = "The endCursor of the page before.")] after: Option<String>,
    ) -> Result<Connection<String, ShownPiece, EmptyFields, EmptyFields>> {
        use entities::shown::{Column, Entity};
        let app = ctx.data::<App>()?;
        let page = Page::of(List::Column, Asked { first, after, ..Asked::default() })?;
        let mut query = Entity::find().filter(Column::Status.eq(ListedStatus::Shown.key()));
        if let Some(part) = part {
            query = query.filter(Column::Part.eq(part.0.key()));
        }
        if let Some(kind) = kind {
            query = query.filter(Column::Kind.eq(kind.0.key()));
        }
        if let Some(from) = &page.from {
            let (day, number) = from.split_once(BETWEEN).unwrap_or((from, ""));
            let same_day = Condition::all().add(Column::ShownFrom.eq(day)).add(Column::Number.lt(number));
            query = query.filter(Condition::any().add(Column::ShownFrom.lt(day)).add(same_day));
        }
        let rows = query.order_by_desc(Column::ShownFrom).order_by_desc(Column::Number).limit(page.read()).all(app.database.pool()).await;
        let rows = rows.map_err(|fault| fault::internal(&fault.into()))?;
        let (rows, more) = page.cut(rows);
        let mut shown = Vec::new();
        for row in rows {
            shown.extend(
                piece(ctx, row.row().map_err(broken)?).await?.map(|one| (format!("{}{BETWEEN}{}", one.shown_from, one.number), one)),
            );
        }
        Ok(page.connection(shown, more, EmptyFields))
    }
}

/// A piece with its words; none where they were erased.
async fn piece(ctx: &Context<'_>, row: Shown) -> Result<Option<ShownPiece>> {
    let (title, text) = (written::text(ctx, Some(&row.title.0)).await?, written::text(ctx, Some(&row.words.0)).await?);
    let (Some(kind), Some(title), Some(text)) = (PublicityKind::from_key(&row.kind), title, text) else { return Ok(None) };
    let part = row.part.as_deref().and_then(ColumnPart::from_key).map(EnumOf);
    let office = (row.office_zh, row.office_en).into();
    Ok(Some(ShownPiece { number: row.number, kind: EnumOf(kind), part, title, text, office, shown_from: row.shown_from }))
}
