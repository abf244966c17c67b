//! A case of any process, and lists of them.

use async_graphql::{
    Context, Result,
    connection::{Connection, Edge, EmptyFields},
};
use domain::{canonical, process::Process, rows::Case};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};

use crate::{
    app::App,
    graphql::{
        core::{
            fault,
            find::{broken, page_size},
            loaders::Batch,
            node::{self, List},
        },
        processes::AnyCase,
    },
    people::Viewer,
    store::{StoreFault, counting, entities},
};

/// What every process has in GraphQL, from the one list: a case of any of them, a node, all their mutations.
#[macro_export]
macro_rules! every_process {
    ($($room:ident: $kind:ident, $forms:ident, $acts:ident;)*) => {
        use async_graphql::{ID, Interface, MergedObject};
        use domain::{process::Process, rows::Case};

        use $crate::graphql::{
            case::{
                around::{Desk, LetterSent, LinkedCase},
                parts::{History, HistoryOrder, StateShown},
                point::Point,
                route::RouteStep,
                subject::CreditSubjectShown,
            },
            core::{action::Action, deadline::DeadlineShown, document::DocumentShown, enums::EnumOf, office::OfficeShown},
        };

        /// A case of any process.
        #[derive(Clone, Debug, Interface)]
        #[graphql(
            name = "Case",
            field(name = "id", ty = "ID"),
            field(name = "number", ty = "String"),
            field(name = "process", ty = "EnumOf<Process>"),
            field(name = "state", ty = "StateShown"),
            field(name = "version", ty = "i64"),
            field(name = "subject", ty = "Option<CreditSubjectShown>"),
            field(name = "actions", ty = "Vec<Action>"),
            field(name = "deadlines", ty = "Vec<DeadlineShown>"),
            field(name = "documents", ty = "Vec<DocumentShown>", desc = "Documents that acts attached, as far as the viewer may read them."),
            field(
                name = "history",
                ty = "History",
                desc = "Entries of the case: every act with who did it and when; the newest first unless `order` says otherwise.",
                arg(name = "first", ty = "Option<i32>", desc = "How many of the next entries, 1 to 100; 20 where neither first nor last is given."),
                arg(name = "after", ty = "Option<String>", desc = "The cursor behind which the page begins."),
                arg(name = "last", ty = "Option<i32>", desc = "How many of the entries before, 1 to 100; not together with first."),
                arg(name = "before", ty = "Option<String>", desc = "The cursor before which the page ends."),
                arg(name = "order", ty = "Option<HistoryOrder>", desc = "From which end it is read; the newest first where none is given.")
            ),
            field(name = "definition", ty = "String", desc = "Version of the process table that the case is under."),
            field(name = "receivedOn", method = "received_on", ty = "time::Date", desc = "The day on which what opened the case came in; the clocks of its acceptance count from it."),
            field(name = "office", ty = "Option<OfficeShown>", desc = "The office with which the case lies."),
            field(name = "findingOffice", method = "finding_office", ty = "Option<OfficeShown>", desc = "The office that made the finding; none where the case rests on none."),
            field(name = "points", ty = "Vec<Point>", desc = "Points that are or were open: missing papers, conditions, orders, grounds."),
            field(name = "desk", ty = "Vec<Desk>", desc = "Whose desk the case waits at; empty where nobody has to act."),
            field(name = "letters", ty = "Vec<LetterSent>", desc = "Letters of the case, the newest first: staff read all, everybody else those to themselves."),
            field(name = "links", ty = "Vec<LinkedCase>", desc = "Cases that it rests on or that came of it, as far as the viewer sees them; at most a hundred."),
            field(name = "openings", ty = "Vec<Action>", desc = "Cases that may be opened about this one, each with why not and from which day."),
            field(name = "route", ty = "Vec<RouteStep>", desc = "What was done, what comes next, who does it and until when at the latest.")
        )]
        pub enum AnyCase { $($kind($room::$kind),)* }

        impl AnyCase {
            pub fn of(case: Case) -> Self {
                match case.process { $(Process::$kind => Self::$kind($room::$kind(case)),)* }
            }
        }

        /// Anything with a global id.
        #[derive(Clone, Debug, Interface)]
        #[graphql(name = "Node", field(name = "id", ty = "ID"))]
        pub enum AnyNode { $($kind($room::$kind),)* CreditSubject(CreditSubjectShown) }

        impl From<AnyCase> for AnyNode {
            fn from(case: AnyCase) -> Self {
                match case { $(AnyCase::$kind(case) => Self::$kind(case),)* }
            }
        }

        /// The mutations of every process.
        #[derive(Debug, Default, MergedObject)]
        pub struct ProcessMutations($($room::$forms, $room::$acts,)*);

        /// What the table says of the mutations of a process that are written by hand.
        pub const fn told(process: Process) -> &'static [(&'static str, &'static str)] {
            match process { $(Process::$kind => $room::TOLD,)* }
        }
    };
}

/// Cases of a process that the viewer may see, newest number last.
///
/// # Errors
/// When the database fails or the cursor is not one.
pub async fn list(
    ctx: &Context<'_>,
    process: Process,
    state: Option<String>,
    search: Option<String>,
    first: Option<i32>,
    after: Option<String>,
) -> Result<Connection<String, AnyCase, EmptyFields, EmptyFields>> {
    use entities::cases::Column;
    let (app, viewer) = (ctx.data::<App>()?, ctx.data::<Viewer>()?);
    if viewer.account.is_none() {
        return Err(fault::unauthenticated());
    }
    let size = page_size(first)?;
    let list = List::Cases(process);
    let from = node::cursor(list, after.as_deref())?;
    if let Some(state) = &state {
        known_state(app, process, state)?;
    }
    let mut query = counting::cases().filter(viewer.cases()).filter(Column::Process.eq(process.key()));
    if let Some(state) = state {
        query = query.filter(Column::State.eq(state));
    }
    if let Some(search) = search.filter(|text| !text.trim().is_empty()) {
        query = query.filter(searched(app, &search).await.map_err(|fault| fault::internal(&fault))?);
    }
    if let Some(from) = &from {
        query = query.filter(Column::Number.gt(from.clone()));
    }
    let rows = query
        .order_by_asc(Column::Number)
        .limit(size + 1)
        .all(app.database.pool())
        .await
        .map_err(|fault| fault::internal(&fault.into()))?;
    let mut connection = Connection::new(from.is_some(), rows.len() as u64 > size);
    let page = rows.into_iter().take(usize::try_from(size).unwrap_or(20)).map(|row| row.row().map_err(broken));
    let page = page.collect::<Result<Vec<Case>>>()?;
    let (ids, subjects): (Vec<_>, Vec<_>) = page.iter().map(|case| (case.id, case.subject)).unzip();
    Batch::ahead(ctx, &ids, &subjects.into_iter().flatten().collect::<Vec<_>>()).await?;
    for case in page {
        let cursor = node::cursor_of(list, &case.number);
        connection.edges.push(Edge::new(cursor, AnyCase::of(case)));
    }
    Ok(connection)
}

/// Refuses a state that no version of the process has.
fn known_state(app: &App, process: Process, state: &str) -> Result<()> {
    let rules = app.rules();
    let mut known: Vec<_> = rules
        .catalogue
        .all()
        .filter(|version| version.definition.key == process)
        .flat_map(|version| version.definition.state.iter().map(|found| found.key.as_str()))
        .collect();
    known.sort_unstable();
    known.dedup();
    if known.contains(&state) {
        return Ok(());
    }
    let known = known.join(", ");
    Err(fault::bad_input(
        "state",
        (format!("该流程没有此状态；可选：{known}"), format!("There is no such state in this process; known: {known}")),
    ))
}

/// Cases by their number, the number of their record's document or their subject's code, where one is exactly that; else
/// by part of the subject's name.
async fn searched(app: &App, text: &str) -> std::result::Result<Condition, StoreFault> {
    use entities::{cases, credit_subject};
    let exact = canonical::code(text);
    if counting::cases().filter(cases::Column::Number.eq(exact.clone())).one(app.database.pool()).await?.is_some() {
        return Ok(Condition::all().add(cases::Column::Number.eq(exact)));
    }
    let records = cases::Column::DecisionKey.eq(canonical::decision_number(text));
    if counting::cases().filter(records.clone()).one(app.database.pool()).await?.is_some() {
        let records = counting::cases().select_only().column(cases::Column::Id).filter(records);
        let about = Condition::any().add(cases::Column::Id.in_subquery(records.clone().into_query()));
        return Ok(about.add(cases::Column::Record.in_subquery(records.into_query())));
    }
    if let Some(subject) =
        credit_subject::Entity::find().filter(credit_subject::Column::Uscc.eq(canonical::code(text))).one(app.database.pool()).await?
    {
        return Ok(Condition::all().add(cases::Column::Subject.eq(subject.id)));
    }
    Ok(Condition::all().add(app.database.named(text, "cases.subject", None).await?))
}
