//! Plans that run, their lines with the tasks in them, and what they count.

use std::collections::BTreeMap;

use domain::rows::{Case, MeasureLine, PlanFact, PlanLine, PlanRun};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use time::Date;

use super::{Database, StoreFault, counting, entities};

/// Every plan that was started, by its key and first day.
///
/// # Errors
/// When the database fails or a row does not hold what its type admits.
pub async fn runs(db: &Database) -> Result<Vec<PlanRun>, StoreFault> {
    let rows = entities::plan_run::Entity::find().order_by_asc(entities::plan_run::Column::Id).all(db.pool()).await?;
    rows.into_iter().map(|row| row.row().map_err(StoreFault::broken)).collect()
}

/// A plan that was started.
///
/// # Errors
/// As [`runs`].
pub async fn run(db: &Database, id: &str) -> Result<Option<PlanRun>, StoreFault> {
    let row = entities::plan_run::Entity::find_by_id(id.to_owned()).one(db.pool()).await?;
    row.map(|row| row.row().map_err(StoreFault::broken)).transpose()
}

/// What is counted under these words.
///
/// # Errors
/// As [`runs`].
pub async fn facts(db: &Database, words: Vec<String>) -> Result<Vec<PlanFact>, StoreFault> {
    use entities::plan_fact::{Column, Entity};
    let rows =
        Entity::find().filter(Column::Counted.is_in(words)).order_by_asc(Column::OnDay).order_by_asc(Column::Id).all(db.pool()).await?;
    rows.into_iter().map(|row| row.row().map_err(StoreFault::broken)).collect()
}

/// Rates that were frozen and are counted under these words.
///
/// # Errors
/// As [`runs`].
pub async fn frozen(db: &Database, words: Vec<String>) -> Result<Vec<MeasureLine>, StoreFault> {
    use entities::measure_line::{Column, Entity};
    let rows = Entity::find().filter(Column::Counted.is_in(words)).order_by_asc(Column::Id).all(db.pool()).await?;
    rows.into_iter().map(|row| row.row().map_err(StoreFault::broken)).collect()
}

/// Rates that were frozen for a day, the newest freeze of it; for the newest day where none is given.
///
/// # Errors
/// As [`runs`].
pub async fn frozen_for(db: &Database, day: Option<Date>) -> Result<Vec<MeasureLine>, StoreFault> {
    use entities::measure_line::{Column, Entity};
    let newest = Entity::find().order_by_desc(Column::AsOf).order_by_desc(Column::AtSize);
    let newest = match day {
        Some(day) => newest.filter(Column::AsOf.eq(day.to_string())),
        None => newest,
    };
    let Some(first) = newest.one(db.pool()).await? else { return Ok(Vec::new()) };
    let of_freeze = Entity::find().filter(Column::AsOf.eq(first.as_of)).filter(Column::AtSize.eq(first.at_size));
    let rows = of_freeze.order_by_asc(Column::Id).all(db.pool()).await?;
    rows.into_iter().map(|row| row.row().map_err(StoreFault::broken)).collect()
}

/// Days for which rates were frozen, the newest first.
///
/// # Errors
/// As [`runs`].
pub async fn frozen_days(db: &Database) -> Result<Vec<Date>, StoreFault> {
    use entities::measure_line::{Column, Entity};
    let days: Vec<String> =
        Entity::find().select_only().column(Column::AsOf).distinct().order_by_desc(Column::AsOf).into_tuple().all(db.pool()).await?;
    days.iter().map(|day| domain::day::parse(day).ok_or_else(|| StoreFault::broken("no day"))).collect()
}

/// A rate that was frozen, by its key.
///
/// # Errors
/// As [`runs`].
pub async fn frozen_line(db: &Database, id: &str) -> Result<Option<MeasureLine>, StoreFault> {
    let row = entities::measure_line::Entity::find_by_id(id.to_owned()).one(db.pool()).await?;
    row.map(|row| row.row().map_err(StoreFault::broken)).transpose()
}

/// The lines of a plan that have a task, each with it.
///
/// # Errors
/// As [`runs`].
pub async fn lines(db: &Database, run: &str) -> Result<Vec<(PlanLine, Case)>, StoreFault> {
    use entities::{cases, plan_line};
    let rows = plan_line::Entity::find().filter(plan_line::Column::Run.eq(run)).order_by_asc(plan_line::Column::Id).all(db.pool()).await?;
    let lines = rows.into_iter().map(|row| row.row().map_err(StoreFault::broken)).collect::<Result<Vec<PlanLine>, _>>()?;
    let ids = lines.iter().map(|line| line.case_id.to_string());
    let rows = counting::cases().filter(cases::Column::Id.is_in(ids)).all(db.pool()).await?;
    let tasks = rows.into_iter().map(|row| Ok((row.id.clone(), row.row().map_err(StoreFault::broken)?)));
    let mut tasks = tasks.collect::<Result<BTreeMap<String, Case>, StoreFault>>()?;
    let with = lines.into_iter().filter_map(|line| Some((tasks.remove(&line.case_id.to_string())?, line)).map(|(task, line)| (line, task)));
    Ok(with.collect())
}
