//! Whether the machine's clock can be believed. A server that runs witnesses it every few seconds in the house; over a gap
//! the house does nothing by itself, since what it did could not be taken back.

use std::time::Duration;

use domain::{
    admin::AdminAct,
    command::{Actor, Command},
    entry::MachineClock,
    moment::Micros,
};
use time::Date;

use crate::{
    app::App,
    store::{
        StoreFault,
        witness::{self, GAP, begin},
        write,
    },
};

/// A witness is written again when it is so old (microseconds).
const EVERY: i64 = 10_000_000;

/// Witnesses the clock where it is not in doubt; what is in doubt.
///
/// # Errors
/// When the database fails.
pub async fn beat(app: &App) -> Result<Option<MachineClock>, StoreFault> {
    if app.clock.simulated() {
        return Ok(None);
    }
    let gap = app.setting_number(GAP).await?;
    witness::read(&app.database, &app.clock, gap).await?;
    let (_, last) = write::head(app.database.pool()).await?;
    let doubt = app.clock.doubt(last);
    let now = app.clock.now();
    let old = witness::last(&app.database).await?.is_none_or(|at| now.0 - at.0 >= EVERY);
    if app.clock.rings_until().is_some() && old && doubt.is_none() {
        begin(&app.database, now).await?;
        app.clock.witness(now, gap);
    }
    Ok(doubt)
}

/// The command by which somebody confirms that the machine's clock shows the right day.
pub fn confirmation(app: &App, actor: Actor, day: Date) -> Command {
    app.about_the_house(actor, AdminAct::ConfirmDay { day })
}

/// The day was confirmed: from now on the house acts by itself again.
///
/// # Errors
/// When the database fails.
pub async fn confirmed(app: &App) -> Result<(), StoreFault> {
    let now = app.clock.now();
    begin(&app.database, now).await?;
    app.clock.witness(now, app.setting_number(GAP).await?);
    Ok(())
}

/// A doubt in words, with its cure.
pub fn words(doubt: &MachineClock) -> String {
    let text = |at: Micros| {
        at.shanghai()
            .replace_nanosecond(0)
            .ok()
            .and_then(|at| at.format(&time::format_description::well_known::Rfc3339).ok())
            .unwrap_or_default()
    };
    format!(
        "the machine's clock says {}, the last time that is known is {}; set the clock right, or, if it is right, let an administrator confirm the day: `xinxiu confirm-day {}` or the mutation confirmDay. Until then nothing is published, ended or erased by itself after a gap",
        text(doubt.says),
        text(doubt.known),
        doubt.says.day()
    )
}

/// Tells a doubt in the log: when it begins or ends, and every hour; and when the clock jumps under a running server.
#[derive(Debug)]
pub struct Watch {
    at: tokio::time::Instant,
    clock: Micros,
    told: Option<tokio::time::Instant>,
}

/// More than the clock of a running server may move beside the time that has passed.
const JUMP: u64 = 120;
const AGAIN: Duration = Duration::from_hours(1);

impl Watch {
    pub fn new(app: &App) -> Self {
        Self { at: tokio::time::Instant::now(), clock: app.clock.now(), told: None }
    }

    /// One look; to be repeated every second.
    pub fn look(&mut self, app: &App, doubt: Option<&MachineClock>) {
        let (at, clock) = (tokio::time::Instant::now(), app.clock.now());
        let passed = at.duration_since(self.at).as_micros();
        let moved = i128::from(clock.0 - self.clock.0) - i128::try_from(passed).unwrap_or(i128::MAX);
        if moved.unsigned_abs() > u128::from(JUMP) * 1_000_000 && !app.clock.simulated() {
            tracing::error!(seconds = i64::try_from(moved / 1_000_000).unwrap_or(i64::MAX), "the machine's clock jumped");
        }
        (self.at, self.clock) = (at, clock);
        match doubt {
            None if self.told.take().is_some() => tracing::warn!("the machine's clock is no longer in doubt"),
            None => {}
            Some(doubt) if self.told.is_none_or(|told| at.duration_since(told) >= AGAIN) => {
                tracing::error!("{}", words(doubt));
                self.told = Some(at);
            }
            Some(_) => {}
        }
    }
}
