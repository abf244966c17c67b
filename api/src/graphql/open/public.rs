//! The published list: open to everyone; never a natural person, never anything after its last lawful day.

use async_graphql::{
    Context, Object, Result, SimpleObject,
    connection::{Connection, Edge, EmptyFields},
};
use domain::{canonical, record::RecordClass};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use time::Date;

use crate::{
    app::App,
    graphql::core::{
        enums::EnumOf,
        fault,
        find::{broken, page_size},
        node::{self, List},
        words::Words,
    },
    people::published_on,
    store::{StoreFault, entities},
};

/// What the public may read of a record: never a natural person's, never after its last lawful day.
#[derive(Clone, Debug, SimpleObject)]
pub struct PublishedEntry {
    /// Public number of the record.
    pub number: String,
    /// Registered name of the organisation or sole trader; never a natural person's.
    pub name: String,
    /// 统一社会信用代码: unified social credit code, 18 characters.
    pub uscc: Option<String>,
    /// Class by Order 36, which sets the terms.
    pub class: EnumOf<RecordClass>,
    pub decision_number: String,
    /// Day of the decision.
    pub decided_on: Date,
    pub violation: String,
    pub content: String,
    /// Office that made the finding, as it was called then.
    pub office: Words,
    /// First day of publication.
    pub shown_from: Date,
    /// Last day of publication unless it is repaired earlier.
    pub last_day: Date,
}

/// Queries that need no account.
#[derive(Debug, Default)]
pub struct PublicQueries;

fn entry(row: entities::listed::Model) -> Result<PublishedEntry> {
    let row = row.row().map_err(broken)?;
    Ok(PublishedEntry {
        number: row.number,
        name: row.name,
        uscc: row.uscc,
        class: EnumOf(row.class),
        decision_number: row.decision_number,
        decided_on: row.decided_on,
        violation: row.violation,
        content: row.content,
        office: (row.office_zh, row.office_en).into(),
        shown_from: row.shown_from,
        last_day: row.last_day,
    })
}

/// Entries by their code, decision number or public number, where one is exactly that; else by part of the name.
async fn searched(app: &App, search: &str) -> std::result::Result<Condition, StoreFault> {
    use entities::listed::{Column, Entity};
    let exactly = Condition::any()
        .add(Column::Uscc.eq(canonical::code(search)))
        .add(Column::DecisionKey.eq(canonical::decision_number(search)))
        .add(Column::Number.eq(canonical::code(search)));
    if Entity::find().filter(exactly.clone()).one(app.database.keyed()).await?.is_some() {
        return Ok(exactly);
    }
    Ok(Condition::all().add(app.database.named(search, "listed.subject", Some("listed.name_key")).await?))
}

#[Object]
impl PublicQueries {
    /// The published list, searched by part of a name, by code or by decision number.
    async fn published(
        &self,
        ctx: &Context<'_>,
        search: Option<String>,
        first: Option<i32>,
        after: Option<String>,
    ) -> Result<Connection<String, PublishedEntry, EmptyFields, EmptyFields>> {
        use entities::listed::Column;
        let app = ctx.data::<App>()?;
        let size = page_size(first)?;
        let from = node::cursor(List::Published, after.as_deref())?;
        let mut query = entities::listed::Entity::find().filter(published_on(app.clock.today()));
        if let Some(search) = search.filter(|text| !text.trim().is_empty()) {
            query = query.filter(searched(app, &search).await.map_err(|fault| fault::internal(&fault))?);
        }
        if let Some(from) = &from {
            query = query.filter(Column::Number.gt(from.clone()));
        }
        let rows = query.order_by_asc(Column::Number).limit(size + 1).all(app.database.keyed()).await;
        let rows = rows.map_err(|fault| fault::internal(&fault.into()))?;
        let mut connection = Connection::new(from.is_some(), rows.len() as u64 > size);
        for row in rows.into_iter().take(usize::try_from(size).unwrap_or(20)) {
            let cursor = node::cursor_of(List::Published, &row.number);
            connection.edges.push(Edge::new(cursor, entry(row)?));
        }
        Ok(connection)
    }

    /// One entry of the published list by its public number.
    async fn published_entry(&self, ctx: &Context<'_>, number: String) -> Result<Option<PublishedEntry>> {
        let app = ctx.data::<App>()?;
        let query = entities::listed::Entity::find()
            .filter(published_on(app.clock.today()))
            .filter(entities::listed::Column::Number.eq(canonical::code(&number)));
        let row = query.one(app.database.keyed()).await.map_err(|fault| fault::internal(&fault.into()))?;
        row.map(entry).transpose()
    }
}
