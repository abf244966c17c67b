//! What recurs by itself: deadlines that ring, claims of persons whose days at a desk are over, the day's digests, the
//! warning of a missing calendar, imports that do not go on, letters of those that are whole, the note of the published list,
//! erasures that are to be carried out.

use std::{
    collections::BTreeMap,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicI32, AtomicI64, Ordering},
    },
};

use domain::{admin::AdminAct, command::Actor, moment::Micros, rows::PlanRun};
use sea_orm::EntityTrait;
use time::Date;
use workflows::engine::{Snapshot, admin::digests};

use super::{collecting, digest, freezing, moving, noting, plans, ringing};
use crate::{
    app::App,
    erasure,
    files::{ended, letters},
    people::{limits, log},
    store::{self, StoreFault, entities, load},
};

/// The last days on which this process has been through its rounds, so that it need not ask again every second.
#[derive(Debug, Default)]
pub struct Rounds {
    days: [AtomicI32; 2],
    /// When the published list was looked at last, in microseconds.
    looked: AtomicI64,
    /// Plans that were started, and the law, for which every task is there.
    planned: Mutex<Option<(Vec<PlanRun>, Loaded)>>,
    /// The day and the law for which all cases were looked through that newer law takes over.
    moved: Mutex<Option<(Date, Loaded)>>,
}

/// Paths and digests of loaded law files.
type Loaded = BTreeMap<String, String>;

/// Everything whose time has come, by somebody who remembers no earlier rounds; how many deadlines rang.
///
/// # Errors
/// When the database fails.
pub async fn make(app: &App) -> Result<u32, StoreFault> {
    Rounds::default().make(app).await
}

impl Rounds {
    /// Everything whose time has come; how many deadlines rang.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn make(&self, app: &App) -> Result<u32, StoreFault> {
        app.law.notice(&app.database).await?;
        // Over a gap the day is only what a machine says, and nothing of this can be taken back.
        if app.clock.rings_until().is_none() {
            return Ok(0);
        }
        let rung = ringing::ring_due(app).await?;
        self.move_cases(app).await?;
        self.keep_plans(app).await?;
        let today = app.clock.today().to_julian_day();
        let [digests, daily] = &self.days;
        if daily.load(Ordering::Acquire) != today {
            return_claims(app).await?;
            warn_of_calendar(app).await?;
            erasure::drop_stale_uploads(app).await?;
            forget_sign_ins(app).await?;
            erasure::erase_unbound(app).await?;
            collecting::keep(app).await?;
            freezing::month(app).await?;
            daily.store(today, Ordering::Release);
        }
        // After the claims: what went back to a desk stands in the digests of all who sit there.
        if digests.load(Ordering::Acquire) != today && send_digests(app).await? {
            digests.store(today, Ordering::Release);
        }
        ended::tidy(app).await?;
        letters::release(app).await?;
        self.note_published(app).await?;
        erasure::sweep_all(app).await?;
        Ok(rung)
    }

    /// Notes the published list where a day has begun, or after changes where its time has come.
    async fn note_published(&self, app: &App) -> Result<(), StoreFault> {
        let (now, looked) = (app.clock.now(), Micros(self.looked.load(Ordering::Acquire)));
        if looked.day() == now.day() && now.0 < looked.0 + noting::every(app).await? {
            return Ok(());
        }
        self.looked.store(noting::note(app).await?.0, Ordering::Release);
        Ok(())
    }

    /// Opens, moves and closes tasks where a plan was started, changed or closed.
    async fn keep_plans(&self, app: &App) -> Result<(), StoreFault> {
        let now = (store::plans::runs(&app.database).await?, app.rules().loaded().clone());
        let done = || self.planned.lock().unwrap_or_else(PoisonError::into_inner);
        if done().as_ref() != Some(&now) {
            plans::keep(app).await?;
            *done() = Some(now);
        }
        Ok(())
    }

    /// Moves the cases that a newer law takes over, once a day and whenever law was loaded.
    async fn move_cases(&self, app: &App) -> Result<(), StoreFault> {
        let now = (app.clock.today(), app.rules().loaded().clone());
        let done = || self.moved.lock().unwrap_or_else(PoisonError::into_inner);
        if done().as_ref() != Some(&now) {
            moving::all(app).await?;
            *done() = Some(now);
        }
        Ok(())
    }
}

/// Claimed work goes back to its desk where the claimant's right to it has ended by the calendar.
async fn return_claims(app: &App) -> Result<(), StoreFault> {
    let snapshot = Snapshot::part(load::kept(app.database.pool()).await?);
    let loose = load::claimed_without_seat(app.database.pool(), &snapshot, app.clock.today()).await?;
    if loose.is_empty() { Ok(()) } else { submit(app, AdminAct::ReturnClaims).await }
}

async fn submit(app: &App, act: AdminAct) -> Result<(), StoreFault> {
    let command = app.about_the_house(Actor::System, act);
    // A refusal says that another server was first.
    app.submit(command, None, None, Vec::new(), false).await.map(|_| ()).map_err(StoreFault::broken)
}

/// The digests of a working day, from its hour on; whether the day is done with.
async fn send_digests(app: &App) -> Result<bool, StoreFault> {
    let (now, today) = (app.clock.now(), app.clock.today());
    if !app.rules().law.calendars().day(today).working {
        return Ok(true);
    }
    let hour = i64::from(app.setting_number("digest_hour").await?);
    if now.0 < Micros::start_of(today).0 + hour * 3_600_000_000 {
        return Ok(false);
    }
    let last = entities::told::Entity::find_by_id(digests::DIGESTS).one(app.database.pool()).await?.map_or(Micros(0), |row| Micros(row.at));
    if last.day() < today {
        let digests = digest::compose(app, today, last).await?;
        submit(app, AdminAct::SendDigests { digests }).await?;
    }
    Ok(true)
}

/// The log of sign-ins is kept as long as the setting says; real time, as in the log itself.
async fn forget_sign_ins(app: &App) -> Result<(), StoreFault> {
    let (now, days) = (app.sign_in_clock.now(), app.setting_number("sign_in_log_days").await?);
    limits::forget_old(&app.database, now).await?;
    log::forget_before(&app.database, Micros(now.0 - i64::from(days) * 86_400_000_000)).await
}

async fn warn_of_calendar(app: &App) -> Result<(), StoreFault> {
    let today = app.clock.today();
    match digests::calendar_missed(&app.rules(), today, app.setting_number("calendar_warning_days").await?) {
        Some(year) => submit(app, AdminAct::WarnOfCalendar { year }).await,
        None => Ok(()),
    }
}
