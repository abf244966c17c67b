//! A plan that was started, with everything that it counts: read once for its board, a task or a pack.

use std::sync::Arc;

use domain::rows::{MeasureLine, PlanFact, PlanRun};
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
    store::{StoreFault, load, plans},
};

/// A plan that was started, with what it counts.
#[derive(Clone, Debug)]
pub struct Counted {
    pub rules: Arc<Rules>,
    pub run: PlanRun,
    pub lead: String,
    pub facts: Vec<PlanFact>,
    pub frozen: Vec<MeasureLine>,
}

impl Counted {
    /// The version that runs.
    pub fn plan(&self) -> Option<&Plan> {
        self.rules.plan(&self.run.version)
    }

    /// What counts on a day.
    pub fn facts<'a>(&'a self, plan: &'a Plan, as_of: Date) -> Facts<'a> {
        Facts { plan, lead: &self.lead, as_of, all: &self.facts, frozen: &self.frozen }
    }
}

/// A plan that was started, with what these count; all of its counts where none is named.
///
/// # Errors
/// When the database fails.
pub async fn counted(app: &App, run: PlanRun, counts: Option<&[Count]>) -> Result<Counted, StoreFault> {
    let rules = app.rules();
    let plan = rules.plan(&run.version);
    let all = || plan.into_iter().flat_map(counts_of).collect::<Vec<_>>();
    let wanted = counts.map_or_else(all, <[Count]>::to_vec);
    let words: Vec<_> = plan.into_iter().flat_map(|plan| wanted.iter().flat_map(|count| board::years_of(plan, *count))).collect();
    let frozen = if wanted.iter().any(|count| count.is_rate()) { plans::frozen(&app.database, words.clone()).await? } else { Vec::new() };
    let facts = plans::facts(&app.database, words).await?;
    let kept = Snapshot::part(load::kept(app.database.keyed()).await?);
    let lead = roles::policy_office(&kept).unwrap_or_default();
    Ok(Counted { rules, run, lead, facts, frozen })
}

/// Everything that a plan counts, each once.
fn counts_of(plan: &Plan) -> Vec<Count> {
    let asked = plan.lines().flat_map(|(_, asked)| asked.measure.iter().map(|measure| measure.count).collect::<Vec<_>>());
    let mut counts: Vec<_> = asked.chain(plan.watch.iter().map(|watch| watch.count)).collect();
    counts.sort_unstable();
    counts.dedup();
    counts
}
