//! Queries for those who are signed in: themselves, cases, work, the pinned law, the trail.

use async_graphql::{
    ComplexObject, Context, ID, Object, Result, SimpleObject,
    connection::{Connection, Edge, EmptyFields},
};
use domain::{canonical, ids::CaseId, office::Rank, process::Process};
use sea_orm::{ColumnTrait, QueryFilter};
use time::Date;
use workflows::{
    definition::{draw, titles::Reader},
    engine::Matter,
};

use crate::{
    app::App,
    graphql::{
        case::{
            parts::{self, StateShown},
            subject::{self},
        },
        core::{
            action::Action,
            audit::AuditEntry,
            enums::EnumOf,
            fault,
            find::{self, page_size},
            node::{self, List},
            openings,
            viewer::signed_in,
        },
        processes::{AnyCase, AnyNode, any},
    },
    people::Viewer,
    store::{counting, entities, side::OnDesk},
};

/// Most ids of one question.
const PAGE: usize = 100;

/// A rank at an office.
#[derive(Clone, Debug, SimpleObject)]
pub struct Seat {
    pub rank: EnumOf<Rank>,
    /// Key of the office; none for an administrator and an auditor, who sit at none.
    pub office: Option<String>,
}

/// The signed-in account.
#[derive(Clone, Debug, SimpleObject)]
pub struct Me {
    /// Id of the account.
    pub account: String,
    /// Seats that the account holds today, its own and those it holds for others.
    pub seats: Vec<Seat>,
    /// Global ids of subjects the account may act for.
    pub subjects: Vec<ID>,
    /// The house's legal day.
    pub today: Date,
}

/// Something that waits at a desk.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name = "WorkItem", complex)]
pub struct WorkItemShown {
    /// Global id, for reassignCase.
    pub id: ID,
    #[graphql(skip)]
    pub case_id: CaseId,
    /// Key of the office at whose desk it waits.
    pub office: String,
    /// The rank that has to act.
    pub rank: EnumOf<Rank>,
    /// Whether somebody has claimed it.
    pub claimed: bool,
    /// Whether that is the viewer.
    pub mine: bool,
    /// The account that the viewer stands in for at this desk; none at its own.
    pub acting_for: Option<String>,
    /// The earliest last day of the case; none where no time runs.
    pub due_on: Option<Date>,
    /// Number of the case.
    pub number: String,
    /// Process of the case.
    pub process: EnumOf<Process>,
    /// State of the case, in the law's own words.
    pub state: StateShown,
}

impl WorkItemShown {
    fn of(app: &App, desk: OnDesk, viewer: &Viewer) -> Self {
        Self {
            number: desk.number,
            process: EnumOf(desk.process),
            state: parts::state_of(app, desk.process, &desk.definition_digest, &desk.state),
            id: node::global("WorkItem", &desk.id.to_string()),
            case_id: desk.case_id,
            rank: EnumOf(desk.rank),
            claimed: desk.person.is_some(),
            mine: desk.person.is_some() && desk.person == viewer.person,
            acting_for: viewer.acting_for(desk.rank, &desk.office).map(|account| account.to_string()),
            due_on: desk.due_on,
            office: desk.office,
        }
    }
}

#[ComplexObject]
impl WorkItemShown {
    /// The whole case; slower than the fields beside it.
    async fn case(&self, ctx: &Context<'_>) -> Result<Option<AnyCase>> {
        Ok(find::case(ctx, self.case_id).await?.map(AnyCase::of))
    }
}

/// The law of a process, as its cases are pinned to it.
#[derive(Clone, Debug, SimpleObject)]
pub struct ProcessLaw {
    /// Whose table it is.
    pub process: EnumOf<Process>,
    /// Version: the first day of its law and a running number.
    pub version: String,
    /// SHA-256 of the text.
    pub digest: String,
    /// The table itself, TOML as it was loaded.
    pub text: String,
    /// Mermaid state diagram.
    pub diagram: String,
    /// Markdown table of every transition with who may do it and its article.
    pub transitions: String,
}

/// What a global id names, if the viewer may see it: a case, or a subject of its own; auditors and the policy office
/// see every subject.
async fn node_of(ctx: &Context<'_>, id: &str) -> Result<Option<AnyNode>> {
    let viewer = signed_in(ctx)?;
    match node::parse(id) {
        Some((kind, key)) if kind == "Case" => match key.parse() {
            Ok(case) => Ok(find::case(ctx, case).await?.map(|case| AnyCase::of(case).into())),
            Err(_) => Ok(None),
        },
        Some((kind, key)) if kind == "Subject" => match key.parse() {
            Ok(subject) if viewer.sees_all() || viewer.subjects.contains(&subject) => {
                Ok(subject::read(ctx, Some(subject)).await?.map(AnyNode::CreditSubject))
            }
            _ => Ok(None),
        },
        _ => Ok(None),
    }
}

/// Queries.
#[derive(Debug, Default)]
pub struct HouseQueries;

#[Object]
impl HouseQueries {
    /// Who is signed in; none for the public.
    async fn me(&self, ctx: &Context<'_>) -> Result<Option<Me>> {
        let (app, viewer) = (ctx.data::<App>()?, ctx.data::<Viewer>()?);
        Ok(viewer.account.map(|account| Me {
            account: account.to_string(),
            seats: viewer.seats.iter().map(|(rank, office)| Seat { rank: EnumOf(*rank), office: office.clone() }).collect(),
            subjects: viewer.subjects.iter().map(|id| node::global("Subject", &id.to_string())).collect(),
            today: app.clock.today(),
        }))
    }

    /// Cases that may be opened about a record, an application or a subject, each with why not and from which day. Counter and
    /// platform clerks may ask about any case, others about what they see; empty of anything else.
    async fn openings(&self, ctx: &Context<'_>, about: ID) -> Result<Vec<Action>> {
        let viewer = signed_in(ctx)?;
        let matter = match node::parse(&about) {
            Some((kind, key)) if kind == "Subject" => {
                let known = key.parse().ok().filter(|subject| viewer.is_staff() || viewer.subjects.contains(subject));
                known.map(Matter::Subject)
            }
            _ => match node::case_id(&about) {
                Some(id) => find::case_of_any_office(ctx, id).await?.map(|case| Matter::Case(case.id)),
                None => None,
            },
        };
        openings::of(ctx, matter.ok_or_else(fault::not_found)?).await
    }

    /// Anything by its global id; none where the viewer may not see it.
    async fn node(&self, ctx: &Context<'_>, id: ID) -> Result<Option<AnyNode>> {
        node_of(ctx, &id).await
    }

    /// Up to 100 things by their global ids, in the order of the ids.
    async fn nodes(&self, ctx: &Context<'_>, ids: Vec<ID>) -> Result<Vec<Option<AnyNode>>> {
        if ids.len() > PAGE {
            return Err(fault::bad_input("ids", (format!("最多{PAGE}个"), format!("At most {PAGE} ids"))));
        }
        futures_util::future::try_join_all(ids.iter().map(|id| node_of(ctx, id))).await
    }

    /// A case by its global id or its number; none where the viewer may not see it.
    async fn case(&self, ctx: &Context<'_>, id: Option<ID>, number: Option<String>) -> Result<Option<AnyCase>> {
        signed_in(ctx)?;
        let app = ctx.data::<App>()?;
        let found: Option<CaseId> = match (id, number) {
            (Some(id), _) => node::case_id(&id),
            (None, Some(number)) => {
                let query = counting::cases().filter(entities::cases::Column::Number.eq(canonical::code(&number)));
                let row = query.one(app.database.pool()).await.map_err(|fault| fault::internal(&fault.into()))?;
                row.and_then(|row| row.id.parse().ok())
            }
            (None, None) => return Err(fault::bad_input("id", ("请给出 id 或 number", "Give id or number"))),
        };
        let Some(id) = found else { return Ok(None) };
        Ok(find::case(ctx, id).await?.map(AnyCase::of))
    }

    /// Cases of a process that the viewer may see, by number; searched by number, by the number of the
    /// record's document, or by the subject's code or part of its name.
    async fn cases(
        &self,
        ctx: &Context<'_>,
        process: EnumOf<Process>,
        state: Option<String>,
        search: Option<String>,
        first: Option<i32>,
        after: Option<String>,
    ) -> Result<Connection<String, AnyCase, EmptyFields, EmptyFields>> {
        any::list(ctx, process.0, state, search, first, after).await
    }

    /// What waits at the viewer's desks, the earliest due first.
    async fn work_list(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
    ) -> Result<Connection<String, WorkItemShown, EmptyFields, EmptyFields>> {
        let viewer = signed_in(ctx)?;
        let app = ctx.data::<App>()?;
        let size = page_size(first)?;
        let cursor = node::cursor(List::WorkList, after.as_deref())?;
        let (due, id) = match cursor.as_deref() {
            Some(text) => text.split_once('|').ok_or_else(node::junk)?,
            None => ("", ""),
        };
        let rows = app.database.desk(&viewer.seats, (due, id), size + 1).await.map_err(|fault| fault::internal(&fault))?;
        let mut connection = Connection::new(cursor.is_some(), rows.len() as u64 > size);
        let ids: Vec<_> = rows.iter().take(usize::try_from(size).unwrap_or(20)).map(|row| row.case_id).collect();
        crate::graphql::core::loaders::Batch::ahead(ctx, &ids, &[]).await?;
        for row in rows.into_iter().take(usize::try_from(size).unwrap_or(20)) {
            let due = row.due_on.map_or_else(|| "9999".to_owned(), |day| day.to_string());
            let cursor = node::cursor_of(List::WorkList, &format!("{due}|{}", row.id));
            connection.edges.push(Edge::new(cursor, WorkItemShown::of(app, row, viewer)));
        }
        Ok(connection)
    }

    /// The law of a process on a legal day; today where none is given.
    async fn process(&self, ctx: &Context<'_>, process: EnumOf<Process>, on: Option<Date>) -> Result<Option<ProcessLaw>> {
        let app = ctx.data::<App>()?;
        let rules = app.rules();
        let version = rules.catalogue.on(process.0, on.unwrap_or_else(|| app.clock.today()));
        Ok(version.map(|version| ProcessLaw {
            process,
            version: version.definition.version(),
            digest: version.digest.clone(),
            text: version.text.clone(),
            diagram: draw::mermaid(&version.definition),
            transitions: draw::table(Reader { definition: &version.definition, catalogue: &rules.catalogue, law: &rules.law }, false),
        }))
    }

    /// An entry of the trail whose case the viewer may see; auditors and the policy office see every entry.
    async fn audit_entry(&self, ctx: &Context<'_>, number: String) -> Result<Option<AuditEntry>> {
        let viewer = signed_in(ctx)?;
        let app = ctx.data::<App>()?;
        let index = number.parse().map_err(|_| fault::bad_input("number", ("应为整数", "It must be a whole number")))?;
        let Some(entry) = AuditEntry::read(app, index).await? else { return Ok(None) };
        let visible = match entry.line().case {
            _ if viewer.sees_all() => true,
            Some(case) => find::case(ctx, case).await?.is_some(),
            None => viewer.has(Rank::Administrator),
        };
        Ok(Some(entry).filter(|_| visible))
    }
}
