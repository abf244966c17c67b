//! How counties and units report: on time, late, not yet.

use async_graphql::{Context, Object, Result, SimpleObject};
use domain::{
    office::OfficeKind,
    process::Process,
    rows::{Case, Office},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use time::Date;
use workflows::definition::file::Mark;

use crate::{
    app::App,
    graphql::core::{fault, find::broken, input::last_day, office::OfficeShown},
    people::Viewer,
    store::{counting, entities},
};

/// How an office reported in a period.
#[derive(Clone, Debug, SimpleObject)]
pub struct ReportingRate {
    /// The office that reports.
    pub office: OfficeShown,
    /// How many lists it opened for the period.
    pub batches: i32,
    /// Handed over by the last day of the period.
    pub on_time: i32,
    /// Handed over later.
    pub late: i32,
    /// Not handed over yet.
    pub open: i32,
    /// On time in percent of those whose time has come; none where there is no such batch.
    pub rate: Option<f64>,
}

/// Queries about reporting.
#[derive(Debug, Default)]
pub struct ReportingQueries;

#[Object]
impl ReportingQueries {
    /// On-time rate of every county and unit for a reporting period (`2026-05`, `2026-Q2`); for the policy office and auditors.
    async fn reporting_rates(&self, ctx: &Context<'_>, period: String) -> Result<Option<Vec<ReportingRate>>> {
        let (app, viewer) = (ctx.data::<App>()?, ctx.data::<Viewer>()?);
        if viewer.account.is_none() {
            return Err(fault::unauthenticated());
        }
        if !viewer.sees_all() {
            return Err(fault::coded("FORBIDDEN", ("仅政策法规科和审计员可查", "For the policy office and auditors only")));
        }
        let last_day = last_day(&period, "period")?;
        let failed = |fault: sea_orm::DbErr| fault::internal(&fault.into());
        let offices =
            entities::office::Entity::find().order_by_asc(entities::office::Column::Id).all(app.database.pool()).await.map_err(failed)?;
        let batches = counting::cases().filter(entities::cases::Column::Process.eq(Process::ProposalBatch.key()));
        let mut of_period = Vec::new();
        for row in batches.all(app.database.pool()).await.map_err(failed)? {
            let case = row.row().map_err(broken)?;
            if !app.rules().catalogue.counts_as(&case, Mark::Undone)
                && case.data.0.batch().is_some_and(|data| data.form.period_last_day == last_day && data.form.period == period)
            {
                of_period.push(case);
            }
        }
        let mut rates = Vec::new();
        for office in offices {
            let office = office.row().map_err(broken)?;
            if office.kind != OfficeKind::PolicyOffice {
                rates.push(rate(&office, &of_period, last_day, app.clock.today()));
            }
        }
        Ok(Some(rates))
    }
}

fn rate(office: &Office, batches: &[Case], last_day: Date, today: Date) -> ReportingRate {
    let mine: Vec<_> = batches.iter().filter(|case| case.office == office.id).filter_map(|case| case.data.0.batch()).collect();
    let count = |wanted: &dyn Fn(Option<Date>) -> bool| {
        i32::try_from(mine.iter().filter(|data| wanted(data.submitted_on)).count()).unwrap_or(i32::MAX)
    };
    let on_time = count(&|day| day.is_some_and(|day| day <= last_day));
    let late = count(&|day| day.is_some_and(|day| day > last_day));
    let open = count(&|day| day.is_none());
    let come = on_time + late + if today > last_day { open } else { 0 };
    ReportingRate {
        office: office.clone().into(),
        batches: on_time + late + open,
        on_time,
        late,
        open,
        rate: (come > 0).then(|| (f64::from(on_time) * 1000.0 / f64::from(come)).round() / 10.0),
    }
}
