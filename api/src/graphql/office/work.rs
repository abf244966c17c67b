//! What waits at the viewer's desks: a list of it, and how much there is.

use async_graphql::{
    ComplexObject, Context, Enum, ID, InputObject, Object, Result, SimpleObject,
    connection::{Connection, EmptyFields},
};
use domain::{
    ids::{AccountId, CaseId, PersonId},
    office::Rank,
    process::Process,
};
use time::{Date, Duration};
use uuid::Uuid;

use crate::{
    app::App,
    graphql::{
        case::parts::{self, StateShown},
        core::{
            enums::EnumOf,
            fault, find,
            loaders::Batch,
            node::{self, List},
            office::{self, OfficeShown},
            page::{Asked, Page, pair},
            person::{self, PersonShown},
            total::{self, Total},
            viewer::signed_in,
        },
        processes::AnyCase,
    },
    people::Viewer,
    store::desk::{Claimed, OnDesk, Start, Wanted},
};

/// When work is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum WorkDue {
    /// 逾期: its last day has passed.
    Overdue,
    /// 今日到期: today is its last day.
    Today,
    /// 本周到期: its last day is from today to Sunday.
    ThisWeek,
}

/// Whose claim work is under.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum WorkClaim {
    /// 我的: the viewer has claimed it.
    Mine,
    /// 未认领: nobody has claimed it.
    Unclaimed,
}

/// Which work is meant: all of it that is given holds.
#[derive(Clone, Debug, Default, InputObject)]
pub struct WorkFilter {
    /// Only cases of these processes; of all where none is named.
    pub processes: Option<Vec<EnumOf<Process>>>,
    /// Only what is due then.
    pub due: Option<WorkDue>,
    /// Only what is claimed so.
    pub claim: Option<WorkClaim>,
    /// Key of an office: only the viewer's desks there.
    pub office: Option<String>,
}

/// Something that waits at a desk.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name = "WorkItem", complex)]
pub struct WorkItemShown {
    /// The item, for `reassignCase`.
    pub id: ID,
    #[graphql(skip)]
    case_id: CaseId,
    #[graphql(skip)]
    key: String,
    #[graphql(skip)]
    stands_in_for: Option<AccountId>,
    /// The rank at whose desk it waits.
    pub rank: EnumOf<Rank>,
    /// Whether somebody has claimed it.
    pub claimed: bool,
    /// Whether the viewer has claimed it.
    pub mine: bool,
    /// The last day; none where no deadline runs.
    pub due_on: Option<Date>,
    /// Whether another office asks for a comment, and handles the case itself.
    pub asked: bool,
    /// Number of the case, for a list; the case itself has everything.
    pub number: String,
    /// The process of the case.
    pub process: EnumOf<Process>,
    /// Where the case stands.
    pub state: StateShown,
}

#[ComplexObject]
impl WorkItemShown {
    /// The office at whose desk it waits.
    async fn office(&self, ctx: &Context<'_>) -> Result<Option<OfficeShown>> {
        office::read(ctx, Some(&self.key)).await
    }

    /// Who the viewer stands in for at this desk; none at its own.
    async fn acting_for(&self, ctx: &Context<'_>) -> Result<Option<PersonShown>> {
        person::read(ctx, self.stands_in_for).await
    }

    /// Working days that are left after today, the last day included; 0 on the last day, less when it has passed.
    async fn working_days_left(&self, ctx: &Context<'_>) -> Result<Option<i32>> {
        let app = ctx.data::<App>()?;
        Ok(self.due_on.map(|due| app.rules().law.calendars().working_days_between(app.clock.today(), due)))
    }

    /// The case; none where it has left what the viewer may see since the list was read.
    async fn case(&self, ctx: &Context<'_>) -> Result<Option<AnyCase>> {
        Ok(find::case(ctx, self.case_id).await?.map(AnyCase::of))
    }
}

fn item(app: &App, desk: OnDesk, viewer: &Viewer) -> (String, WorkItemShown) {
    let due = desk.due_on.map_or_else(|| "9999".to_owned(), |day| day.to_string());
    let cursor = pair(&due, &desk.id.to_string());
    let shown = WorkItemShown {
        number: desk.number,
        process: EnumOf(desk.process),
        state: parts::state_of(app, desk.process, &desk.definition_digest, &desk.state),
        id: node::global("WorkItem", &desk.id.to_string()),
        case_id: desk.case_id,
        rank: EnumOf(desk.rank),
        claimed: desk.person.is_some(),
        mine: desk.person.is_some() && desk.person == viewer.person,
        stands_in_for: viewer.acting_for(desk.rank, &desk.office),
        due_on: desk.due_on,
        asked: desk.asked,
        key: desk.office,
    };
    (cursor, shown)
}

/// The days of a filter, first and last.
fn days(due: WorkDue, today: Date) -> (Date, Date) {
    match due {
        WorkDue::Overdue => (domain::day::parse("1900-01-01").unwrap_or(Date::MIN), today.previous_day().unwrap_or(today)),
        WorkDue::Today => (today, today),
        WorkDue::ThisWeek => (today, today.saturating_add(Duration::days(i64::from(7 - today.weekday().number_from_monday())))),
    }
}

/// Which items a viewer's filters mean.
fn wanted(app: &App, viewer: &Viewer, due: Option<WorkDue>, claim: Option<WorkClaim>) -> Wanted {
    Wanted {
        processes: Vec::new(),
        due: due.map(|due| days(due, app.clock.today())),
        claimed: claim.map(|claim| match claim {
            // Whoever has no person has claimed nothing.
            WorkClaim::Mine => Claimed::By(viewer.person.unwrap_or(PersonId(Uuid::nil()))),
            WorkClaim::Unclaimed => Claimed::ByNobody,
        }),
    }
}

#[derive(Debug, Default)]
pub struct WorkCounts;

async fn count(ctx: &Context<'_>, due: Option<WorkDue>, claim: Option<WorkClaim>) -> Result<Total> {
    let (app, viewer) = (ctx.data::<App>()?, signed_in(ctx)?);
    let found = app.database.waiting(&viewer.seats, &wanted(app, viewer, due, claim), total::READ).await;
    found.map(Total::of).map_err(|fault| fault::internal(&fault))
}

/// How much waits at the viewer's desks.
#[Object]
impl WorkCounts {
    /// 逾期: what should have been done before today.
    async fn overdue(&self, ctx: &Context<'_>) -> Result<Total> {
        count(ctx, Some(WorkDue::Overdue), None).await
    }

    /// 今日到期: what has its last day today.
    async fn today(&self, ctx: &Context<'_>) -> Result<Total> {
        count(ctx, Some(WorkDue::Today), None).await
    }

    /// 本周到期: what has its last day from today to Sunday.
    async fn week(&self, ctx: &Context<'_>) -> Result<Total> {
        count(ctx, Some(WorkDue::ThisWeek), None).await
    }

    /// 全部: everything that waits, with a last day or without.
    async fn all(&self, ctx: &Context<'_>) -> Result<Total> {
        count(ctx, None, None).await
    }

    /// 我的: what the viewer has claimed.
    async fn mine(&self, ctx: &Context<'_>) -> Result<Total> {
        count(ctx, None, Some(WorkClaim::Mine)).await
    }

    /// 未认领: what nobody has claimed.
    async fn unclaimed(&self, ctx: &Context<'_>) -> Result<Total> {
        count(ctx, None, Some(WorkClaim::Unclaimed)).await
    }
}

/// Queries about work.
#[derive(Debug, Default)]
pub struct WorkQueries;

#[Object]
impl WorkQueries {
    /// What waits at the viewer's desks, the earliest due first; what has no last day comes last.
    async fn work_list(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "All of it that is given holds.")] filter: Option<WorkFilter>,
        #[graphql(desc = "Entries of a page, 1 to 100; 20 where none is given.")] first: Option<i32>,
        #[graphql(desc = "The endCursor of the page before.")] after: Option<String>,
        #[graphql(desc = "Entries of a page that is read backwards, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "The startCursor of the page behind.")] before: Option<String>,
    ) -> Result<Connection<String, WorkItemShown, EmptyFields, EmptyFields>> {
        let (app, viewer) = (ctx.data::<App>()?, signed_in(ctx)?);
        let filter = filter.unwrap_or_default();
        let page = Page::of(List::WorkList, Asked { first, after, last, before })?;
        let at = match page.from.as_deref() {
            Some(text) => Some(text.split_once('|').ok_or_else(|| page.junk())?),
            None => None,
        };
        let mut seats = viewer.seats.clone();
        if let Some(office) = filter.office {
            fault::known_office(app, "filter.office", &office).await?;
            seats.retain(|(_, at)| at.as_deref() == Some(&office));
        }
        let mut wanted = wanted(app, viewer, filter.due, filter.claim);
        wanted.processes = filter.processes.into_iter().flatten().map(|process| process.0).collect();
        let from = Start { at, backwards: page.backwards };
        let rows = app.database.desk(&seats, &wanted, from, page.read()).await.map_err(|fault| fault::internal(&fault))?;
        let (rows, more) = page.cut(rows);
        Batch::ahead(ctx, &rows.iter().map(|row| row.case_id).collect::<Vec<_>>(), &[]).await?;
        Ok(page.connection(rows.into_iter().map(|row| item(app, row, viewer)), more, EmptyFields))
    }

    /// How much waits at the viewer's desks: overdue, today, this week, all, mine, unclaimed.
    async fn work_counts(&self, ctx: &Context<'_>) -> Result<WorkCounts> {
        signed_in(ctx).map(|_| WorkCounts)
    }
}
