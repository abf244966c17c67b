//! What every case shows: state, actions with why-not, deadlines with how they were counted, history.

use async_graphql::{
    Context, Enum, Result, SimpleObject,
    connection::{Connection, Edge, EmptyFields},
};
use domain::{
    process::{Phase, Process},
    rows::{Case, Deadline},
};

use workflows::definition::notes::OFFICE_ANSWER;

use super::notes::{self, Hidden};
use crate::{
    app::App,
    graphql::core::{
        action::Action,
        audit::AuditEntry,
        deadline::DeadlineShown,
        enums::EnumOf,
        fault,
        find::page_size_at,
        loaders::{ActionsKey, Batch, DeadlinesKey, nodes_of},
        node::{self, List},
    },
    people::Viewer,
    store::trail,
};

/// A state in the law's own words.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name = "State")]
pub struct StateShown {
    /// Key of the state in the process's table.
    pub key: String,
    /// The state in the law's own words, in Chinese.
    pub zh: String,
    /// The same in English.
    pub en: String,
    /// Where that is on the way: the same words in every process.
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
    let mut found = ctx.data::<Batch>()?.one(DeadlinesKey(case.id)).await?.unwrap_or_default();
    if found.iter().any(|row| row.key == OFFICE_ANSWER) {
        let hidden = Hidden::of(ctx, case).await?;
        found.retain(|row| !hidden.clock(row.id));
    }
    let version = app.rules().catalogue.of_case(case);
    let shown = |row: Deadline| DeadlineShown { row, case: case.clone(), version: version.clone() };
    Ok(found.into_iter().map(shown).collect())
}

/// From which end a history is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
pub enum HistoryOrder {
    /// The last act first.
    #[default]
    NewestFirst,
    /// The opening of the case first.
    OldestFirst,
}

/// A page of a history, as it is asked for.
#[derive(Clone, Debug, Default)]
pub struct Page {
    pub first: Option<i32>,
    pub after: Option<String>,
    pub last: Option<i32>,
    pub before: Option<String>,
    pub order: Option<HistoryOrder>,
}

/// A history, page by page.
pub type History = Connection<String, AuditEntry, EmptyFields, EmptyFields>;

/// Entries of the case, in either order and either direction.
///
/// # Errors
/// When the database fails, a cursor is not one of this history, or a page is asked for from both ends.
pub async fn history(ctx: &Context<'_>, case: &Case, page: Page) -> Result<History> {
    let Page { first, after, last, before, order } = page;
    if first.is_some() && last.is_some() {
        return Err(fault::bad_input("last", ("first 与 last 只能填一个", "Ask with first or with last, not with both")));
    }
    let size = if last.is_some() { page_size_at("last", last)? } else { page_size_at("first", first)? };
    let list = List::History(case.id);
    let number = |field: &str, cursor: Option<&str>| -> Result<Option<i64>> {
        let Some(text) = node::cursor_at(field, list, cursor)? else { return Ok(None) };
        text.parse().ok().filter(|number| *number >= 0).map(Some).ok_or_else(|| node::junk_at(field))
    };
    let (from, to) = (number("after", after.as_deref())?, number("before", before.as_deref())?);
    let newest = order.unwrap_or_default() == HistoryOrder::NewestFirst;
    // In the order of numbers, what stands after a cursor of the newest first has lower ones.
    let (low, high) = if newest { (to, from) } else { (from, to) };
    let backwards = last.is_some();
    let part = trail::Part {
        after: low.unwrap_or(-1),
        before: high.unwrap_or(i64::MAX),
        newest_first: newest != backwards,
        most: size + 1,
        without: notes::untold(ctx.data::<Viewer>()?, case),
    };
    let whole = nodes_of(ctx).iter().any(|node| AuditEntry::WHOLE.iter().any(|field| node.field(field).exists()));
    let mut entries = AuditEntry::of_case(ctx.data::<App>()?, case.id, part, whole).await?;
    let more = entries.len() as u64 > size;
    entries.truncate(usize::try_from(size).unwrap_or(20));
    if backwards {
        entries.reverse();
    }
    let (previous, next) = if backwards { (more, to.is_some()) } else { (from.is_some(), more) };
    let mut connection = Connection::new(previous, next);
    for entry in entries {
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

        $(#[$doc])*
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
            pub async fn actions(
                &self,
                ctx: &async_graphql::Context<'_>,
                #[graphql(desc = "Only the act that this mutation does.")] mutation: Option<String>,
            ) -> async_graphql::Result<Vec<$crate::graphql::core::action::Action>> {
                let all = $crate::graphql::case::parts::actions(ctx, &self.0).await?;
                Ok($crate::graphql::core::action::of_mutation(all, mutation.as_deref()))
            }

            pub async fn deadlines(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Vec<$crate::graphql::core::deadline::DeadlineShown>> {
                $crate::graphql::case::parts::deadlines(ctx, &self.0).await
            }

            /// Documents that acts attached, as far as the viewer may read them.
            pub async fn documents(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Vec<$crate::graphql::core::document::DocumentShown>> {
                $crate::graphql::core::document::of_case(ctx, &self.0).await
            }

            /// Entries of the case: every act with who did it and when; the newest first unless `order` says otherwise.
            pub async fn history(
                &self,
                ctx: &async_graphql::Context<'_>,
                #[graphql(desc = "How many of the next entries, 1 to 100; 20 where neither first nor last is given.")] first: Option<i32>,
                #[graphql(desc = "The cursor behind which the page begins.")] after: Option<String>,
                #[graphql(desc = "How many of the entries before, 1 to 100; not together with first.")] last: Option<i32>,
                #[graphql(desc = "The cursor before which the page ends.")] before: Option<String>,
                #[graphql(desc = "From which end it is read; the newest first where none is given.")] order: Option<$crate::graphql::case::parts::HistoryOrder>,
            ) -> async_graphql::Result<$crate::graphql::case::parts::History> {
                let page = $crate::graphql::case::parts::Page { first, after, last, before, order };
                $crate::graphql::case::parts::history(ctx, &self.0, page).await
            }

            /// Version of the process table that the case is under.
            pub async fn definition(&self) -> String {
                self.0.definition.clone()
            }

            /// The day on which what opened the case came in; the clocks of its acceptance count from it.
            pub async fn received_on(&self) -> time::Date {
                self.0.received_on
            }

            /// The office with which the case lies.
            pub async fn office(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Option<$crate::graphql::core::office::OfficeShown>> {
                $crate::graphql::core::office::read(ctx, Some(&self.0.office)).await
            }

            /// The office that made the finding; none where the case rests on none.
            pub async fn finding_office(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Option<$crate::graphql::core::office::OfficeShown>> {
                $crate::graphql::core::office::read(ctx, self.0.finding_office.as_deref()).await
            }

            /// Points that are or were open: missing papers, conditions, orders, grounds.
            pub async fn points(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Vec<$crate::graphql::case::point::Point>> {
                $crate::graphql::case::point::of_case(ctx, self.0.id).await
            }

            /// Whose desk the case waits at; empty where nobody has to act.
            pub async fn desk(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Vec<$crate::graphql::case::around::Desk>> {
                $crate::graphql::case::around::desk(ctx, &self.0).await
            }

            /// What offices wrote to each other in the case, the newest first, as far as the viewer may read it: never its party.
            pub async fn notes(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Vec<$crate::graphql::case::notes::NoteShown>> {
                $crate::graphql::case::notes::of_case(ctx, &self.0).await
            }

            /// Letters of the case, the newest first: staff read all, everybody else those to themselves.
            pub async fn letters(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Vec<$crate::graphql::case::around::LetterSent>> {
                $crate::graphql::case::around::letters(ctx, &self.0).await
            }

            /// Cases that it rests on or that came of it, as far as the viewer sees them; at most a hundred.
            pub async fn links(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Vec<$crate::graphql::case::around::LinkedCase>> {
                $crate::graphql::case::around::links(ctx, &self.0).await
            }

            /// Cases that may be opened about this one: about a record, repair, objection, listing, proposal; about the answer to an
            /// application, an objection; each with why not and from which day.
            pub async fn openings(
                &self,
                ctx: &async_graphql::Context<'_>,
                #[graphql(desc = "Only the act that this mutation does.")] mutation: Option<String>,
            ) -> async_graphql::Result<Vec<$crate::graphql::core::action::Action>> {
                let all = $crate::graphql::core::openings::of(ctx, workflows::engine::Matter::Case(self.0.id)).await?;
                Ok($crate::graphql::core::action::of_mutation(all, mutation.as_deref()))
            }

            /// What was done, what comes next, who does it and until when at the latest: along the ordinary way of the law to the
            /// state in which the case rests, with what may happen instead at each step.
            pub async fn route(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Vec<$crate::graphql::case::route::RouteStep>> {
                $crate::graphql::case::route::of_case(ctx, &self.0).await
            }

            $($extra)*
        }
    };
}
