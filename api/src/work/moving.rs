//! Cases that a newer law takes over, found and handed to the door one by one.

use futures_util::future::join_all;
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect};
use workflows::definition::file::OpenCases;

use crate::{
    app::App,
    door::{Answer, Work},
    store::{StoreFault, counting, entities::cases},
};

/// Cases looked at in one read.
const PAGE: u64 = 200;

/// Moves every case whose time has come; how many.
///
/// # Errors
/// When the database fails.
pub async fn all(app: &App) -> Result<u32, StoreFault> {
    let (rules, today) = (app.rules(), app.clock.today());
    let mut moved = 0;
    let takes = |version: &&std::sync::Arc<workflows::definition::Version>| {
        version.definition.open_cases == OpenCases::AllMove && version.definition.in_force_from <= today
    };
    for newer in rules.catalogue.all().filter(takes) {
        let older: Vec<_> = rules.catalogue.older(&newer.definition).map(|version| version.digest.clone()).collect();
        let mut after = String::new();
        loop {
            let page = counting::cases()
                .filter(cases::Column::DefinitionDigest.is_in(older.clone()))
                .filter(cases::Column::Id.gt(&after))
                .order_by_asc(cases::Column::Id)
                .limit(PAGE)
                .all(app.database.pool())
                .await?;
            let Some(last) = page.last() else { break };
            after.clone_from(&last.id);
            let due = page
                .iter()
                .filter(|row| rules.catalogue.move_of(newer.definition.key, &row.definition_digest, &row.state, today, false).is_some());
            let works: Vec<_> = due.filter_map(|row| Some(Work::Move { case: row.id.parse().ok()? })).collect();
            let answers = join_all(works.into_iter().map(|work| app.door.submit(work))).await;
            moved += u32::try_from(answers.iter().filter(|answer| matches!(answer, Ok(Answer::Accepted(_)))).count()).unwrap_or(u32::MAX);
        }
    }
    Ok(moved)
}
