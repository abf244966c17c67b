//! The published list is noted in the trail: at the beginning of each day, and after changes not too often.

use std::sync::Arc;

use domain::{admin::AdminAct, command::Actor, moment::Micros};
use workflows::engine::admin::digests::NOTE_EVERY;

use crate::{
    app::App,
    door::{Answer, crash},
    published,
    store::{StoreFault, listed},
};

/// Notes the list where a day has begun or it has changed, if the last note is old enough; the time from which the next look is
/// counted.
///
/// # Errors
/// When the database or the key ring fails.
pub async fn note(app: &App) -> Result<Micros, StoreFault> {
    let now = app.clock.now();
    let last = listed::newest(&app.database).await?.filter(|last| last.as_of.day() == now.day());
    if let Some(last) = &last
        && now.0 < last.as_of.0 + every(app).await?
    {
        return Ok(last.as_of);
    }
    let (at_size, rows) = listed::shown(&app.database, now.day()).await?;
    // One key a day: an unchanged list has one root.
    let salted_by = last.as_ref().map_or_else(|| app.keys.salting_key(), |last| last.salted_by.clone());
    let salts = app.keys.salts(&salted_by, now.day()).map_err(StoreFault::broken)?;
    let count = rows.len() as u64;
    let map = published::map_of(rows, salts).await?;
    if last.is_some_and(|last| last.root == map.root()) {
        return Ok(now);
    }
    let act = AdminAct::NotePublished { as_of: now, at_size, root: map.root(), rows: count, salted_by };
    let command = app.about_the_house(Actor::System, act);
    // A refusal says that another server was first, or that midnight came between.
    crash::at("list_read");
    let answer = app.submit(command, None, None, Vec::new(), false).await.map_err(StoreFault::broken)?;
    crash::at("list_noted");
    match answer {
        Answer::Accepted(accepted) => {
            app.noted.put(accepted.entry, Arc::new(map));
            Ok(now)
        }
        Answer::Refused { .. } | Answer::Nothing => Ok(listed::newest(&app.database).await?.map_or(Micros(0), |last| last.as_of)),
    }
}

/// Microseconds that lie at least between two notes of one day.
///
/// # Errors
/// When the database fails.
pub async fn every(app: &App) -> Result<i64, StoreFault> {
    Ok(i64::from(app.setting_number(NOTE_EVERY).await?) * 60_000_000)
}
