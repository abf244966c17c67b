//! The published list: open to everyone; never a natural person, never anything after its last lawful day.

use async_graphql::{
    Context, InputObject, Object, Result, SimpleObject,
    connection::{Connection, EmptyFields},
};
use domain::{canonical, record::RecordClass};
use sea_orm::{ColumnTrait, Condition, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select};
use time::Date;

use crate::{
    app::App,
    graphql::core::{
        enums::EnumOf,
        fault,
        find::broken,
        node::List,
        page::{Asked, Page},
        total::{self, Total},
        words::Words,
    },
    people::published_on,
    store::{StoreFault, counting, entities},
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

/// Which entries are meant: all of it that is given holds.
#[derive(Clone, Debug, Default, InputObject)]
pub struct PublishedFilter {
    /// Of this class only.
    pub class: Option<EnumOf<RecordClass>>,
    /// Key of the office that made the finding, as `offices` has it.
    pub office: Option<String>,
    /// Published since this day or later.
    pub shown_from: Option<Date>,
    /// Published since this day or earlier.
    pub shown_to: Option<Date>,
}

impl PublishedFilter {
    /// # Errors
    /// `BAD_USER_INPUT` at the field that cannot be.
    async fn condition(&self, app: &App) -> Result<Condition> {
        use entities::listed::Column;
        let mut all = Condition::all();
        if let Some(class) = self.class {
            all = all.add(Column::Class.eq(class.0.key()));
        }
        if let Some(office) = &self.office {
            fault::office_of_any_time(app, "filter.office", office).await?;
            let found = counting::cases().select_only().column(entities::cases::Column::Id);
            let found = found.filter(entities::cases::Column::FindingOffice.eq(office.clone()));
            all = all.add(Column::Id.in_subquery(found.into_query()));
        }
        if let Some(first) = self.shown_from {
            all = all.add(Column::ShownFrom.gte(first.to_string()));
        }
        if let Some(last) = self.shown_to {
            if self.shown_from.is_some_and(|first| first > last) {
                return Err(fault::bad_input("filter.shownTo", ("止日早于起日", "The last day is before the first")));
            }
            all = all.add(Column::ShownFrom.lte(last.to_string()));
        }
        Ok(all)
    }
}

/// How many entries a list has, read only where it is asked for.
#[derive(Clone, Debug)]
pub struct PublishedTotal(Select<entities::listed::Entity>);

#[Object]
impl PublishedTotal {
    /// How many entries the list has.
    async fn total_count(&self, ctx: &Context<'_>) -> Result<Total> {
        let ids = self.0.clone().select_only().column(entities::listed::Column::Id).limit(total::READ).into_tuple::<String>();
        let found = ids.all(ctx.data::<App>()?.database.pool()).await.map_err(|fault| fault::internal(&fault.into()))?;
        Ok(Total::of(found.len() as u64))
    }
}

#[Object]
impl PublicQueries {
    /// The published list, searched by part of a name, by code or by decision number.
    #[expect(clippy::too_many_arguments, reason = "a page in Relay's form has four arguments of its own")]
    async fn published(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "A number, a code or part of a name.")] search: Option<String>,
        #[graphql(desc = "All of it that is given holds.")] filter: Option<PublishedFilter>,
        #[graphql(desc = "Entries of a page, 1 to 100; 20 where none is given.")] first: Option<i32>,
        #[graphql(desc = "The endCursor of the page before.")] after: Option<String>,
        #[graphql(desc = "Entries of a page that is read backwards, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "The startCursor of the page behind.")] before: Option<String>,
    ) -> Result<Connection<String, PublishedEntry, PublishedTotal, EmptyFields>> {
        use entities::listed::Column;
        let app = ctx.data::<App>()?;
        let page = Page::of(List::Published, Asked { first, after, last, before })?;
        let filter = filter.unwrap_or_default().condition(app).await?;
        let mut query = entities::listed::Entity::find().filter(published_on(app.clock.today())).filter(filter);
        if let Some(search) = search.filter(|text| !text.trim().is_empty()) {
            query = query.filter(searched(app, &search).await.map_err(|fault| fault::internal(&fault))?);
        }
        let total = PublishedTotal(query.clone());
        if let Some(from) = &page.from {
            query = query.filter(if page.backwards { Column::Number.lt(from.clone()) } else { Column::Number.gt(from.clone()) });
        }
        let by = if page.backwards { Order::Desc } else { Order::Asc };
        let rows = query.order_by(Column::Number, by).limit(page.read()).all(app.database.keyed()).await;
        let (rows, more) = page.cut(rows.map_err(|fault| fault::internal(&fault.into()))?);
        let entries = rows.into_iter().map(|row| Ok((row.number.clone(), entry(row)?))).collect::<Result<Vec<_>>>()?;
        Ok(page.connection(entries, more, total))
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
