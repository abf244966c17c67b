//! Deadlines that ring.

use futures_util::future::join_all;

use crate::{
    app::App,
    door::{Answer, Work},
    store::{StoreFault, load},
};

/// Deadlines handed to the door together.
const AT_ONCE: u32 = 50;

/// Rings every deadline whose time has come; how many.
///
/// # Errors
/// When the database fails.
pub async fn ring_due(app: &App) -> Result<u32, StoreFault> {
    let mut rung = 0;
    loop {
        let due = load::ringing(&app.database, app.clock.now(), AT_ONCE).await?;
        let works =
            due.into_iter().filter_map(|(deadline, case)| Some(Work::Ring { deadline: deadline.parse().ok()?, case: case.parse().ok()? }));
        // Handed in together, the door decides them in that order and writes them together.
        let answers = join_all(works.map(|work| app.door.submit(work))).await;
        let accepted = answers.iter().filter(|answer| matches!(answer, Ok(Answer::Accepted(_)))).count();
        if accepted == 0 {
            return Ok(rung);
        }
        rung += u32::try_from(accepted).unwrap_or(u32::MAX);
    }
}
