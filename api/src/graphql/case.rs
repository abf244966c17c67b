//! What every case shows: state, actions with why-not, deadlines with how they were counted, history.

use async_graphql::{
    Context, Error, Interface, Result, SimpleObject,
    connection::{Connection, Edge, EmptyFields},
};
use domain::{
    canonical,
    ids::CaseId,
    office::Rank,
    process::{Phase, Process},
    rows::{Case, Deadline},
};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};

use super::{
    audit::AuditEntry,
    batch::{ActionsKey, Batch, CaseKey, DeadlinesKey, nodes_of},
    binding::AccountBinding,
    document::DocumentShown,
    fault,
    listing::ListingCase,
    node::{self, List},
    objection::Objection,
    proposal::{ProposalBatch, ProposalEntry},
    record::PenaltyRecord,
    repair::RepairApplication,
    shown::{Action, DeadlineShown},
    subject::CreditSubjectShown,
    words::Term,
};
use crate::{
    app::App,
    people::Viewer,
    store::{StoreFault, counting, entities},
};

/// A case of any process.
#[derive(Clone, Debug, Interface)]
#[graphql(
    name = "Case",
    field(name = "id", ty = "async_graphql::ID"),
    field(name = "number", ty = "String"),
    field(name = "process", ty = "Term<Process>"),
    field(name = "state", ty = "StateShown"),
    field(name = "version", ty = "i64"),
    field(name = "subject", ty = "Option<CreditSubjectShown>"),
    field(name = "actions", ty = "Vec<Action>"),
    field(name = "deadlines", ty = "Vec<DeadlineShown>"),
    field(name = "documents", ty = "Vec<DocumentShown>")
)]
pub enum AnyCase {
    PenaltyRecord(PenaltyRecord),
    RepairApplication(RepairApplication),
    AccountBinding(AccountBinding),
    ListingCase(ListingCase),
    ProposalBatch(ProposalBatch),
    ProposalEntry(ProposalEntry),
    Objection(Objection),
}

impl AnyCase {
    pub fn of(case: Case) -> Self {
        match case.process {
            Process::PublicationRecord => Self::PenaltyRecord(PenaltyRecord(case)),
            Process::RepairApplication => Self::RepairApplication(RepairApplication(case)),
            Process::AccountBinding => Self::AccountBinding(AccountBinding(case)),
            Process::ListingCase => Self::ListingCase(ListingCase(case)),
            Process::ProposalBatch => Self::ProposalBatch(ProposalBatch(case)),
            Process::ProposalEntry => Self::ProposalEntry(ProposalEntry(case)),
            Process::Objection => Self::Objection(Objection(case)),
        }
    }
}

/// A state in the law's own words.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name = "State")]
pub struct StateShown {
    pub key: String,
    pub zh: String,
    pub en: String,
    pub phase: Term<Phase>,
}

/// Most entries of a page.
pub const PAGE: i32 = 100;

/// # Errors
/// When a page size is out of range.
pub fn page_size(first: Option<i32>) -> Result<u64> {
    match first.unwrap_or(20) {
        size @ 1..=PAGE => Ok(u64::try_from(size).unwrap_or(20)),
        _ => Err(fault::bad_input("first", format!("每页1至{PAGE}条。A page has 1 to {PAGE} entries."))),
    }
}

pub fn state(app: &App, case: &Case) -> StateShown {
    state_of(app, case.process, &case.definition_digest, &case.state)
}

/// A state of a case of this process that is pinned to this digest.
pub fn state_of(app: &App, process: Process, digest: &str, key: &str) -> StateShown {
    let version = app.rules().catalogue.pinned(process, digest);
    let found = version.as_ref().and_then(|version| version.definition.state(key));
    StateShown {
        key: key.to_owned(),
        zh: found.map(|state| state.zh.clone()).unwrap_or_default(),
        en: found.map(|state| state.en.clone()).unwrap_or_default(),
        phase: Term(found.map_or(Phase::Draft, |state| state.phase)),
    }
}

/// A case that the viewer may see.
///
/// # Errors
/// When the database fails.
pub async fn find(ctx: &Context<'_>, id: CaseId) -> Result<Option<Case>> {
    ctx.data::<Batch>()?.one(CaseKey(id)).await
}

/// A case of a process that counter and platform clerks find whatever office keeps it.
///
/// # Errors
/// When the database fails.
pub async fn find_any(ctx: &Context<'_>, id: CaseId) -> Result<Option<Case>> {
    let (app, viewer) = (ctx.data::<App>()?, ctx.data::<Viewer>()?);
    if !viewer.has(Rank::CounterClerk) && !viewer.has(Rank::PlatformClerk) {
        return find(ctx, id).await;
    }
    let row = counting::case(id.to_string()).one(app.database.pool()).await;
    row.map_err(|fault| fault::internal(&fault.into()))?.map(|row| row.row().map_err(broken)).transpose()
}

pub fn broken(fault: serde_json::Error) -> Error {
    fault::internal(&StoreFault::Broken(fault.to_string()))
}

/// Every act that a person may do in the case, with what speaks against it for this viewer today.
///
/// # Errors
/// When the database fails.
pub async fn actions(ctx: &Context<'_>, case: &Case) -> Result<Vec<Action>> {
    let found = ctx.data::<Batch>()?.one(ActionsKey(case.id)).await?;
    Ok(found.unwrap_or_default())
}

/// Deadlines of the case, the earliest due first.
///
/// # Errors
/// When the database fails.
pub async fn deadlines(ctx: &Context<'_>, case: &Case) -> Result<Vec<DeadlineShown>> {
    let app = ctx.data::<App>()?;
    let found = ctx.data::<Batch>()?.one(DeadlinesKey(case.id)).await?;
    let version = app.rules().catalogue.of_case(case);
    let shown = |row: Deadline| {
        let rule = version.as_ref().and_then(|version| version.definition.deadline(&row.key));
        let (zh, en) = rule.map(|rule| (rule.zh.clone(), rule.en.clone())).unwrap_or_default();
        DeadlineShown { row, zh, en }
    };
    Ok(found.unwrap_or_default().into_iter().map(shown).collect())
}

/// Entries of the case, oldest first.
///
/// # Errors
/// When the database fails or the cursor is not one.
pub async fn history(
    ctx: &Context<'_>,
    case: &Case,
    first: Option<i32>,
    after: Option<String>,
) -> Result<Connection<String, AuditEntry, EmptyFields, EmptyFields>> {
    let app = ctx.data::<App>()?;
    let size = page_size(first)?;
    let list = List::History(case.id);
    let from: i64 = match node::cursor(list, after.as_deref())? {
        Some(text) => text.parse().ok().filter(|from| *from >= 0).ok_or_else(node::junk)?,
        None => -1,
    };
    let whole = nodes_of(ctx).iter().any(|node| AuditEntry::WHOLE.iter().any(|field| node.field(field).exists()));
    let entries = AuditEntry::of_case(app, case.id, from, size + 1, whole).await?;
    let mut connection = Connection::new(from >= 0, entries.len() as u64 > size);
    for entry in entries.into_iter().take(usize::try_from(size).unwrap_or(20)) {
        connection.edges.push(Edge::new(node::cursor_of(list, &entry.line().index.to_string()), entry));
    }
    Ok(connection)
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
    Err(fault::bad_input("state", format!("该流程没有此状态。There is no such state in this process; known: {}.", known.join(", "))))
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

/// A type of case: what all share, and the fields of its own.
#[macro_export]
macro_rules! case_object {
    ($(#[$doc:meta])* $name:ident, $process:ident, { $($extra:tt)* }) => {
        $(#[$doc])*
        #[derive(Clone, Debug)]
        pub struct $name(pub domain::rows::Case);

        impl $name {
            /// The case after an act, where the viewer may see it.
            ///
            /// # Errors
            /// When the database fails.
            pub async fn read(ctx: &async_graphql::Context<'_>, id: Option<domain::ids::CaseId>) -> async_graphql::Result<Option<Self>> {
                let Some(id) = id else { return Ok(None) };
                let found = $crate::graphql::case::find(ctx, id).await?;
                Ok(found.filter(|case| case.process == domain::process::Process::$process).map(Self))
            }
        }

        #[async_graphql::Object]
        impl $name {
            pub async fn id(&self) -> async_graphql::ID {
                $crate::graphql::node::global("Case", &self.0.id.to_string())
            }

            /// Number of the case, as letters print it.
            pub async fn number(&self) -> String {
                self.0.number.clone()
            }

            pub async fn process(&self) -> $crate::graphql::words::Term<domain::process::Process> {
                $crate::graphql::words::Term(self.0.process)
            }

            pub async fn state(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<$crate::graphql::case::StateShown> {
                Ok($crate::graphql::case::state(ctx.data::<$crate::app::App>()?, &self.0))
            }

            /// Rises by one with every act; give it back as expectedVersion.
            pub async fn version(&self) -> i64 {
                self.0.version
            }

            pub async fn subject(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Option<$crate::graphql::subject::CreditSubjectShown>> {
                $crate::graphql::subject::read(ctx, self.0.subject).await
            }

            /// Every act that a person may do, and why not now.
            pub async fn actions(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Vec<$crate::graphql::shown::Action>> {
                $crate::graphql::case::actions(ctx, &self.0).await
            }

            pub async fn deadlines(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Vec<$crate::graphql::shown::DeadlineShown>> {
                $crate::graphql::case::deadlines(ctx, &self.0).await
            }

            /// Documents that acts attached, as far as the viewer may read them.
            pub async fn documents(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Vec<$crate::graphql::document::DocumentShown>> {
                $crate::graphql::document::of_case(ctx, &self.0).await
            }

            pub async fn history(
                &self,
                ctx: &async_graphql::Context<'_>,
                first: Option<i32>,
                after: Option<String>,
            ) -> async_graphql::Result<async_graphql::connection::Connection<String, $crate::graphql::audit::AuditEntry, async_graphql::connection::EmptyFields, async_graphql::connection::EmptyFields>> {
                $crate::graphql::case::history(ctx, &self.0, first, after).await
            }

            /// Version of the process table that the case is under.
            pub async fn definition(&self) -> &str {
                &self.0.definition
            }

            pub async fn received_on(&self) -> time::Date {
                self.0.received_on
            }

            /// Office that made the finding.
            pub async fn finding_office(&self) -> Option<&str> {
                self.0.finding_office.as_deref()
            }

            /// Points that are or were open: missing papers, conditions, orders, grounds.
            pub async fn points(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Vec<$crate::graphql::point::Point>> {
                $crate::graphql::point::of_case(ctx, self.0.id).await
            }

            $($extra)*
        }
    };
}
