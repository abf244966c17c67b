//! Rates of a day: counted on one state of the house, their lists kept by digest, frozen by an act. The month's are frozen by itself on
//! the first round after it; the policy office may freeze any day.

use std::collections::BTreeSet;

use axum::body::Bytes;
use domain::{admin::AdminAct, command::Actor, rows::Standing};
use sea_orm::{ConnectionTrait, EntityTrait, QueryOrder};
use time::Date;
use workflows::plan::{
    dual_publication::DAYS,
    frozen::{About, Counted, Everything},
};

use crate::{
    app::App,
    door::{Answer, DoorFault},
    evidence,
    store::{StoreFault, entities, information, plans, write},
};

/// Why rates could not be frozen.
#[derive(Debug, thiserror::Error)]
pub enum FreezeFault {
    #[error(transparent)]
    Store(#[from] StoreFault),
    #[error(transparent)]
    Door(#[from] DoorFault),
}

/// Every rate of a day, and after how many entries it was counted.
///
/// # Errors
/// When the database fails, or a day lies past the calendar.
pub async fn counted(app: &App, as_of: Date) -> Result<(u64, Vec<Counted>), StoreFault> {
    let (head, _) = write::head(app.database.pool()).await?;
    let mut periods = BTreeSet::from([as_of.replace_day(1).map_err(StoreFault::broken)?]);
    let rules = app.rules();
    for run in plans::runs(&app.database).await?.into_iter().filter(|run| run.standing == Standing::Active) {
        periods.extend(rules.plan(&run.version).filter(|plan| plan.first <= as_of && as_of <= plan.last).map(|plan| plan.first));
    }
    let from = periods.first().copied().unwrap_or(as_of);
    let (kept, handed) = (information::kept(&app.database).await?, information::handed(&app.database, from).await?);
    let days = app.setting_number(DAYS).await?;
    let work = move || {
        let about = |item: &workflows::collection::Item| About {
            register: item.register,
            counts: item.counts_for_coverage,
            decision: item.decision,
        };
        let items = rules.items.all().iter().map(|item| (item.key.as_str(), about(item))).collect();
        let all = Everything { calendars: rules.law.calendars(), days, items, kept: &kept, handed: &handed, as_of, periods };
        all.rates().map_err(StoreFault::broken)
    };
    let rates = tokio::task::spawn_blocking(work).await.map_err(StoreFault::broken)??;
    Ok((head.size(), rates))
}

/// Freezes the rates of a day.
///
/// # Errors
/// When the database fails or the lists cannot be kept.
pub async fn freeze(app: &App, actor: Actor, as_of: Date) -> Result<Answer, FreezeFault> {
    let (at_size, rates) = counted(app, as_of).await?;
    let mut known = BTreeSet::new();
    for rate in rates.iter().filter(|rate| rate.draft.failing > 0) {
        // The lists stand before the act that names them: what is frozen can always be read.
        if known.insert(rate.draft.list_sha256.clone()) {
            evidence::put(app, Bytes::from(rate.list.clone())).await.map_err(StoreFault::broken)?;
        }
    }
    let lines = rates.into_iter().map(|rate| rate.draft).collect();
    let act = AdminAct::FreezeMeasures { as_of, at_size, lines };
    Ok(app.submit(app.about_the_house(actor, act), None, None, Vec::new(), false).await?)
}

/// Freezes the month that has ended, where nobody has and the house knows who is in business.
///
/// # Errors
/// As [`freeze`].
pub(super) async fn month(app: &App) -> Result<(), StoreFault> {
    let today = app.clock.today();
    let first = today.replace_day(1).map_err(StoreFault::broken)?;
    let Some(last) = first.previous_day() else { return Ok(()) };
    let newest =
        entities::measure_line::Entity::find().order_by_desc(entities::measure_line::Column::AsOf).one(app.database.pool()).await?;
    if newest.and_then(|row| domain::day::parse(&row.as_of)).is_some_and(|day| day >= last) || !has_register(app).await? {
        return Ok(());
    }
    match freeze(app, Actor::System, last).await {
        Ok(_) => Ok(()),
        Err(FreezeFault::Store(fault)) => Err(fault),
        Err(FreezeFault::Door(fault)) => Err(StoreFault::broken(fault)),
    }
}

async fn has_register(app: &App) -> Result<bool, StoreFault> {
    let rules = app.rules();
    let Some(item) = rules.items.register() else { return Ok(false) };
    let sql = app.database.places("SELECT 1 FROM information WHERE item = ? LIMIT 1");
    let row = app.database.pool().query_one_raw(app.database.statement(&sql, vec![item.key.as_str().into()])).await?;
    Ok(row.is_some())
}
