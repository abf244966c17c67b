//! What every case shows: state, actions with why-not, deadlines with how they were counted, history.

use async_graphql::{
    Context, Result, SimpleObject,
    connection::{Connection, Edge, EmptyFields},
};
use domain::{
    process::{Phase, Process},
    rows::{Case, Deadline},
};

use crate::{
    app::App,
    graphql::core::{
        action::Action,
        audit::AuditEntry,
        deadline::DeadlineShown,
        enums::EnumOf,
        find::page_size,
        loaders::{ActionsKey, Batch, DeadlinesKey, nodes_of},
        node::{self, List},
    },
};

/// A state in the law's own words.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name = "State")]
pub struct StateShown {
    pub key: String,
    pub zh: String,
    pub en: String,
    pub phase: EnumOf<Phase>,
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
        phase: EnumOf(found.map_or(Phase::Draft, |state| state.phase)),
    }
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
    let shown = |row: Deadline| DeadlineShown { row, case: case.clone(), version: version.clone() };
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
                let found = $crate::graphql::core::find::case(ctx, id).await?;
                Ok(found.filter(|case| case.process == domain::process::Process::$process).map(Self))
            }
        }

        #[async_graphql::Object]
        impl $name {
            pub async fn id(&self) -> async_graphql::ID {
                $crate::graphql::core::node::global("Case", &self.0.id.to_string())
            }

            /// Number of the case, as letters print it.
            pub async fn number(&self) -> String {
                self.0.number.clone()
            }

            pub async fn process(&self) -> $crate::graphql::core::enums::EnumOf<domain::process::Process> {
                $crate::graphql::core::enums::EnumOf(self.0.process)
            }

            pub async fn state(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<$crate::graphql::case::parts::StateShown> {
                Ok($crate::graphql::case::parts::state(ctx.data::<$crate::app::App>()?, &self.0))
            }

            /// Rises by one with every act; give it back as expectedVersion.
            pub async fn version(&self) -> i64 {
                self.0.version
            }

            pub async fn subject(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Option<$crate::graphql::case::subject::CreditSubjectShown>> {
                $crate::graphql::case::subject::read(ctx, self.0.subject).await
            }

            /// Every act that a person may do, and why not now.
            pub async fn actions(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Vec<$crate::graphql::core::action::Action>> {
                $crate::graphql::case::parts::actions(ctx, &self.0).await
            }

            pub async fn deadlines(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Vec<$crate::graphql::core::deadline::DeadlineShown>> {
                $crate::graphql::case::parts::deadlines(ctx, &self.0).await
            }

            /// Documents that acts attached, as far as the viewer may read them.
            pub async fn documents(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Vec<$crate::graphql::case::document::DocumentShown>> {
                $crate::graphql::case::document::of_case(ctx, &self.0).await
            }

            pub async fn history(
                &self,
                ctx: &async_graphql::Context<'_>,
                first: Option<i32>,
                after: Option<String>,
            ) -> async_graphql::Result<async_graphql::connection::Connection<String, $crate::graphql::core::audit::AuditEntry, async_graphql::connection::EmptyFields, async_graphql::connection::EmptyFields>> {
                $crate::graphql::case::parts::history(ctx, &self.0, first, after).await
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
            pub async fn points(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Vec<$crate::graphql::case::point::Point>> {
                $crate::graphql::case::point::of_case(ctx, self.0.id).await
            }

            $($extra)*
        }
    };
}
