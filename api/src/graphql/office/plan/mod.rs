//! The city's plan: which run, the board of each, what every number of it counts; starting and closing one.
//!
//! | module | holds |
//! |---|---|
//! | `shown` | what a plan and its board look like to a client |

mod shown;

use std::collections::{BTreeMap, BTreeSet};

use async_graphql::{
    Context, InputObject, Object, Result,
    connection::{Connection, EmptyFields},
};
use domain::{
    admin::AdminAct,
    office::Rank,
    rows::{PlanFact, Standing},
};
use time::Date;
use workflows::{
    engine::admin::plans::startable,
    plan::{board, file::Plan},
};

use super::accounts::{AdministrationPayload, act_on_house, payload};
use crate::{
    app::App,
    graphql::{
        core::{
            enums::EnumOf,
            fault, find,
            node::List,
            office::{self, OfficeShown},
            page::{Asked, Page},
            viewer::signed_in,
            words::Words,
        },
        processes::{AnyCase, plan_task::PlanTask},
    },
    people::Viewer,
    store::{StoreFault, plans},
    work::{
        boards::{self, Counted},
        plans as tasks,
    },
};

use shown::{Drawing, PlanBoard, PlanCounted, PlanShown};

/// Input of startPlan.
#[derive(Debug, InputObject)]
pub struct StartPlanInput {
    /// Key, date and revision of the version, as `plans` shows it.
    pub version: String,
}

/// Input of closePlan.
#[derive(Debug, InputObject)]
pub struct ClosePlanInput {
    /// Key and first day of the plan, as `plans` shows it.
    pub run: String,
}

fn failed(fault: StoreFault) -> async_graphql::Error {
    fault::internal(&fault)
}

/// Who reads boards: offices their own lines and the totals, the policy office, leaders and auditors everything.
fn reader<'a>(ctx: &Context<'a>) -> Result<&'a Viewer> {
    let viewer = signed_in(ctx)?;
    let sits = viewer.seats.iter().any(|(rank, _)| matches!(rank, Rank::Officer | Rank::Head | Rank::Leader | Rank::Auditor));
    if sits {
        Ok(viewer)
    } else {
        Err(fault::coded("FORBIDDEN", ("仅各单位经办人、负责人、局领导和审计员可用", "Only offices, leaders and auditors may read this")))
    }
}

/// A plan that was started, with everything that it counts; none where there is no such plan.
async fn started(app: &App, run: &str) -> Result<Option<Counted>> {
    let Some(row) = plans::run(&app.database, run).await.map_err(failed)? else { return Ok(None) };
    boards::counted(app, row, None).await.map(Some).map_err(failed)
}

/// Offices by their keys.
async fn offices(ctx: &Context<'_>, keys: BTreeSet<String>) -> Result<BTreeMap<String, OfficeShown>> {
    let mut found = BTreeMap::new();
    for key in keys {
        if let Some(office) = office::read(ctx, Some(&key)).await? {
            found.insert(key, office);
        }
    }
    Ok(found)
}

/// Queries about plans.
#[derive(Debug, Default)]
pub struct PlanQueries;

#[Object]
impl PlanQueries {
    /// The city's plans, the newest first: those that were started, and those that can be. Staff only.
    async fn plans(&self, ctx: &Context<'_>) -> Result<Option<Vec<PlanShown>>> {
        let (app, _) = (ctx.data::<App>()?, reader(ctx)?);
        let (runs, rules) = (plans::runs(&app.database).await.map_err(failed)?, app.rules());
        let open: BTreeSet<_> = startable(&rules, app.clock.today()).map(Plan::version).collect();
        let shown = rules.plans.iter().rev().filter_map(|plan| {
            let row = runs.iter().find(|row| row.id == plan.run());
            let holds = row.is_some_and(|row| row.version == plan.version());
            let newer = row.is_none_or(|row| row.standing != Standing::Active || row.version < plan.version());
            let can_start = open.contains(&plan.version()) && newer;
            (holds || can_start).then(|| PlanShown::of(plan, row.filter(|_| holds), can_start))
        });
        Ok(Some(shown.collect()))
    }

    /// The board of a plan, counted anew. Offices read totals and their own shares; the policy office, leaders and auditors read
    /// everything. None where no such plan was started.
    async fn plan_board(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Key and first day of the plan, as `plans` shows it.")] run: String,
        #[graphql(desc = "The day up to which things count; today where none is given.")] as_of: Option<Date>,
    ) -> Result<Option<PlanBoard>> {
        let (app, viewer) = (ctx.data::<App>()?, reader(ctx)?);
        let Some(counted) = started(app, &run).await? else { return Ok(None) };
        let Some(plan) = counted.plan() else { return Ok(None) };
        let as_of = as_of.unwrap_or(app.clock.today()).min(app.clock.today());
        let found = board::board(&counted.facts(plan, as_of));
        let own = (!viewer.sees_all()).then(|| viewer.offices());
        let held = plans::lines(&app.database, &run).await.map_err(failed)?;
        let seen = |office: &str| own.as_ref().is_none_or(|own| own.iter().any(|own| own == office));
        let tasks = held.into_iter().filter(|(line, _)| seen(&line.office)).map(|(line, task)| (line.id, PlanTask(task))).collect();
        let keys = found.lines.iter().flat_map(|line| line.shares.iter().map(|share| share.office.clone())).filter(|key| seen(key));
        let drawing = Drawing { plan, run: &run, tasks, offices: offices(ctx, keys.collect()).await?, own };
        Ok(Some(drawing.board(PlanShown::of(plan, Some(&counted.run), false), as_of, &found)))
    }

    /// What a line of a plan counts, the oldest first: the very things behind the number of its board. An office sees its own.
    #[expect(clippy::too_many_arguments, reason = "what is listed, and which page of it")]
    async fn plan_counted(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Key and first day of the plan, as `plans` shows it.")] run: String,
        #[graphql(desc = "Number of a row, key of a duty, or key of what is watched.")] line: String,
        #[graphql(desc = "Only what is this office's share.")] office: Option<String>,
        #[graphql(desc = "The day up to which things count; today where none is given.")] as_of: Option<Date>,
        #[graphql(desc = "Entries of a page, 1 to 100; 20 where none is given.")] first: Option<i32>,
        #[graphql(desc = "The endCursor of the page before.")] after: Option<String>,
    ) -> Result<Option<Connection<String, PlanCounted, EmptyFields, EmptyFields>>> {
        let (app, viewer) = (ctx.data::<App>()?, reader(ctx)?);
        let page = Page::of(List::PlanCounted, Asked { first, after, ..Asked::default() })?;
        let Some(counted) = started(app, &run).await? else { return Ok(None) };
        let Some(plan) = counted.plan() else { return Ok(None) };
        let facts = counted.facts(plan, as_of.unwrap_or(app.clock.today()).min(app.clock.today()));
        let mut all: Vec<(&PlanFact, &str, Option<Words>)> = Vec::new();
        if let Some(asked) = plan.line(&line) {
            for measure in asked.measure {
                let kind = |fact: &PlanFact| fact.kind.as_deref().map(|kind| measure.count.kind_title(kind).into());
                all.extend(facts.of(measure).into_iter().map(|fact| (fact, facts.owner(fact, measure), kind(fact))));
            }
        } else if let Some(watch) = plan.watch.iter().find(|watch| watch.key == line) {
            let kind = |fact: &PlanFact| fact.kind.as_deref().map(|kind| watch.count.kind_title(kind).into());
            all.extend(facts.watched(watch.count, &watch.of).into_iter().map(|fact| (fact, fact.office.as_str(), kind(fact))));
        } else {
            return Ok(None);
        }
        let own = (!viewer.sees_all()).then(|| viewer.offices());
        all.retain(|(_, owner, _)| own.as_ref().is_none_or(|own| own.iter().any(|own| own == owner)));
        all.retain(|(_, owner, _)| office.as_ref().is_none_or(|office| office == owner));
        let place = match page.from.as_deref() {
            Some(place) => place.parse::<usize>().map_err(|_| page.junk())? + 1,
            None => 0,
        };
        let most = usize::try_from(page.read()).unwrap_or_default();
        let rows: Vec<_> = all.into_iter().enumerate().skip(place).take(most).collect();
        let (rows, more) = page.cut(rows);
        let mut shown = Vec::new();
        for (place, (fact, owner, kind)) in rows {
            shown.extend(counted_shown(ctx, fact, owner, kind).await?.map(|one| (place.to_string(), one)));
        }
        Ok(Some(page.connection(shown, more, EmptyFields)))
    }
}

async fn counted_shown(ctx: &Context<'_>, fact: &PlanFact, owner: &str, kind: Option<Words>) -> Result<Option<PlanCounted>> {
    let Some(office) = office::read(ctx, Some(owner)).await? else { return Ok(None) };
    let case = find::case(ctx, fact.case_id).await?;
    let number = case.as_ref().map_or_else(String::new, |case| case.number.clone());
    let field = fact.field.map(EnumOf);
    Ok(Some(PlanCounted { on: fact.on_day, kind, office, field, number, case: case.map(AnyCase::of) }))
}

/// Acts on plans.
#[derive(Debug, Default)]
pub struct PlanMutations;

#[Object]
impl PlanMutations {
    /// Starts a plan, or moves one that runs to a newer version: a task is opened for every line and owner that has none, moved
    /// where its day has changed, closed where its line has gone. By the head of the policy office.
    async fn start_plan(&self, ctx: &Context<'_>, input: StartPlanInput) -> Result<AdministrationPayload> {
        change(ctx, AdminAct::StartPlan { version: input.version }).await
    }

    /// Closes a plan: its tasks are closed with it. The board stays as it is counted. By the head of the policy office.
    async fn close_plan(&self, ctx: &Context<'_>, input: ClosePlanInput) -> Result<AdministrationPayload> {
        change(ctx, AdminAct::ClosePlan { run: input.run }).await
    }
}

async fn change(ctx: &Context<'_>, act: AdminAct) -> Result<AdministrationPayload> {
    let done = act_on_house(ctx, act, Vec::new()).await?;
    if done.refusal.is_none() {
        // What is broken off here goes on in the rounds.
        tasks::keep(ctx.data::<App>()?).await.map_err(failed)?;
    }
    Ok(payload(done, None))
}
