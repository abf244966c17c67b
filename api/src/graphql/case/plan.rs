//! What of a plan is there: a task's own share, and the plan with its facts as every reader of it needs them.

use std::sync::Arc;

use async_graphql::{Context, Result, SimpleObject};
use domain::{
    plan::{Light, TaskData},
    rows::{Case, PlanFact, PlanRun},
};
use time::Date;
use workflows::{
    engine::{Rules, Snapshot, sight::roles},
    plan::{
        board::{self, Facts},
        file::{Count, Plan},
    },
};

use crate::{
    app::App,
    graphql::core::{enums::EnumOf, fault, words::Words},
    store::{StoreFault, load, plans},
};

/// How much of what a task asks is there.
#[derive(Clone, Debug, SimpleObject)]
pub struct TaskProgress {
    /// How its share stands.
    pub light: EnumOf<Light>,
    /// What is missing; none where nothing is.
    pub gap: Option<Words>,
}

/// A plan that was started, with what it counts.
#[derive(Clone, Debug)]
pub struct Counted {
    pub rules: Arc<Rules>,
    pub run: PlanRun,
    pub lead: String,
    pub facts: Vec<PlanFact>,
}

impl Counted {
    /// The version that runs.
    pub fn plan(&self) -> Option<&Plan> {
        self.rules.plans.iter().find(|plan| plan.version() == self.run.version)
    }

    /// What counts on a day.
    pub fn facts<'a>(&'a self, plan: &'a Plan, as_of: Date) -> Facts<'a> {
        Facts { plan, lead: &self.lead, as_of, all: &self.facts }
    }
}

/// A plan that was started, with what these count; all of its counts where none is named.
///
/// # Errors
/// When the database fails.
pub async fn counted(app: &App, run: PlanRun, counts: Option<&[Count]>) -> Result<Counted, StoreFault> {
    let rules = app.rules();
    let plan = rules.plans.iter().find(|plan| plan.version() == run.version);
    let all = || plan.into_iter().flat_map(counts_of).collect::<Vec<_>>();
    let wanted = counts.map_or_else(all, <[Count]>::to_vec);
    let words = plan.into_iter().flat_map(|plan| wanted.iter().flat_map(|count| board::years_of(plan, *count))).collect();
    let facts = plans::facts(&app.database, words).await?;
    let kept = Snapshot::part(load::kept(app.database.keyed()).await?);
    let lead = roles::policy_office(&kept).unwrap_or_default();
    Ok(Counted { rules, run, lead, facts })
}

/// Everything that a plan counts, each once.
fn counts_of(plan: &Plan) -> Vec<Count> {
    let asked = plan.lines().flat_map(|(_, asked)| asked.measure.iter().map(|measure| measure.count).collect::<Vec<_>>());
    let mut counts: Vec<_> = asked.chain(plan.watch.iter().map(|watch| watch.count)).collect();
    counts.sort_unstable();
    counts.dedup();
    counts
}

/// What the line of a task says; none of a meeting's task, and where the plan has no such line any more.
///
/// # Errors
/// When the request has no house.
pub fn line_title(ctx: &Context<'_>, task: Option<&TaskData>) -> Result<Option<Words>> {
    let rules = ctx.data::<App>()?.rules();
    let Some((task, (_, line))) = task.and_then(|task| Some((task, task.form.line()?))) else { return Ok(None) };
    let plan = rules.plans.iter().find(|plan| Some(plan.version()) == task.version);
    Ok(plan.and_then(|plan| plan.line_title(line)).map(Into::into))
}

/// How much of what a task asks is there today; none of a meeting's task, and of one whose plan runs no longer.
///
/// # Errors
/// When the database fails.
pub async fn progress(ctx: &Context<'_>, case: &Case) -> Result<Option<TaskProgress>> {
    let app = ctx.data::<App>()?;
    let Some((run, line)) = case.data.0.task().and_then(|task| task.form.line()) else { return Ok(None) };
    let failed = |fault: StoreFault| fault::internal(&fault);
    let runs = plans::runs(&app.database).await.map_err(failed)?;
    let Some(run) = runs.into_iter().find(|known| known.id == run) else { return Ok(None) };
    let rules = app.rules();
    let plan = rules.plans.iter().find(|plan| plan.version() == run.version);
    let Some((plan, asked)) = plan.and_then(|plan| Some((plan, plan.line(line)?))) else { return Ok(None) };
    let counts: Vec<_> = asked.measure.iter().map(|measure| measure.count).collect();
    let counted = counted(app, run, Some(&counts)).await.map_err(failed)?;
    let found = board::line(&counted.facts(plan, app.clock.today()), line, &asked);
    let share = found.shares.into_iter().find(|share| share.office == case.office);
    Ok(share.map(|share| TaskProgress { light: EnumOf(share.light), gap: gap(plan, &share) }))
}

/// What a share lacks, in words.
pub fn gap(plan: &Plan, share: &board::Share) -> Option<Words> {
    let said = board::gap(plan, &share.missing);
    (!said.0.is_empty()).then(|| said.into())
}
