//! What of a plan is there for a task: its own share.

use async_graphql::{Context, Result, SimpleObject};
use domain::{
    plan::{Light, TaskData},
    rows::Case,
};
use workflows::plan::{board, file::Plan};

use crate::{
    app::App,
    graphql::core::{enums::EnumOf, fault, words::Words},
    store::{StoreFault, plans},
    work::boards,
};

/// How much of what a task asks is there.
#[derive(Clone, Debug, SimpleObject)]
pub struct TaskProgress {
    /// How its share stands.
    pub light: EnumOf<Light>,
    /// What is missing; none where nothing is.
    pub gap: Option<Words>,
}

/// What the line of a task says; none of a meeting's task, and where the plan has no such line any more.
///
/// # Errors
/// When the request has no house.
pub fn line_title(ctx: &Context<'_>, task: Option<&TaskData>) -> Result<Option<Words>> {
    let rules = ctx.data::<App>()?.rules();
    let Some((task, (_, line))) = task.and_then(|task| Some((task, task.form.line()?))) else { return Ok(None) };
    let plan = task.version.as_deref().and_then(|version| rules.plan(version));
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
    let Some(run) = plans::run(&app.database, run).await.map_err(failed)? else { return Ok(None) };
    let rules = app.rules();
    let plan = rules.plan(&run.version);
    let Some((plan, asked)) = plan.and_then(|plan| Some((plan, plan.line(line)?))) else { return Ok(None) };
    let counts: Vec<_> = asked.measure.iter().map(|measure| measure.count).collect();
    let counted = boards::counted(app, run, Some(&counts)).await.map_err(failed)?;
    let found = board::line(&counted.facts(plan, app.clock.today()), line, &asked);
    let share = found.shares.into_iter().find(|share| share.office == case.office);
    Ok(share.map(|share| TaskProgress { light: EnumOf(share.light), gap: gap(plan, &share) }))
}

/// What a share lacks, in words.
pub fn gap(plan: &Plan, share: &board::Share) -> Option<Words> {
    let said = board::gap(plan, &share.missing);
    (!said.0.is_empty()).then(|| said.into())
}
