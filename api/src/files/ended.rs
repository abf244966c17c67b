//! Imports that do not go on: given up where their program died, and cleared of what they brought. Each step may be repeated,
//! so that a crash in the middle leaves nothing behind.

use std::collections::BTreeSet;

use domain::{
    admin::AdminAct,
    command::Actor,
    import::{GivenUpWhy, ImportStatus},
    rows::{Case, CreditSubject, ImportFile},
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::{check::PIECE, found, holding::Holding};
use crate::{
    app::App,
    door::{Answer, crash},
    erasure,
    store::{StoreFault, entities},
};

/// Gives up every import whose program died, and clears all that were given up; how many were given up.
///
/// # Errors
/// When the database or the store of documents fails; the next call goes on.
pub async fn tidy(app: &App) -> Result<u32, StoreFault> {
    let mut given_up = 0;
    for file in found::unended(app).await? {
        if app.carried.has(file.id) {
            continue;
        }
        if file.status == ImportStatus::Arriving {
            if !Holding::nobody(app, file.id).await? {
                continue;
            }
            let act = AdminAct::GiveUpImport { id: file.id, cause: cause(&file), why: GivenUpWhy::Stopped, row: None, reasons: Vec::new() };
            if submit(app, act).await? {
                given_up += 1;
            } else {
                continue; // another server was first
            }
            crash::at("import_given_up");
        }
        clear(app, &file).await?;
    }
    Ok(given_up)
}

fn cause(file: &ImportFile) -> Option<u64> {
    file.entry.and_then(|entry| u64::try_from(entry).ok())
}

/// Whether the act was accepted.
async fn submit(app: &App, act: AdminAct) -> Result<bool, StoreFault> {
    let answer = app.submit(app.about_the_house(Actor::System, act), None, None, Vec::new(), false).await;
    answer.map(|answer| matches!(answer, Answer::Accepted(_))).map_err(StoreFault::broken)
}

/// Takes away what the cases of an import have brought, a piece at a time.
async fn clear(app: &App, file: &ImportFile) -> Result<(), StoreFault> {
    let mut from = file.cleared;
    loop {
        let cases = piece(app, file, from).await?;
        if cases.is_empty() {
            return Ok(());
        }
        let ids: Vec<_> = cases.iter().map(|case| case.id).collect();
        let subjects = orphans(app, &cases).await?;
        let values = values(app, &cases, &subjects).await?;
        erasure::drop_papers(app, &ids).await?;
        let subjects = subjects.into_iter().map(|subject| subject.id).collect();
        let act = AdminAct::ClearImport { id: file.id, cause: cause(file), from, cases: ids, subjects, values };
        // A refusal says that another server was first, or that a subject is named elsewhere by now: the next round looks again.
        if !submit(app, act).await? {
            return Ok(());
        }
        from += i64::try_from(cases.len()).unwrap_or(i64::MAX);
        crash::at("import_clearing");
    }
}

async fn piece(app: &App, file: &ImportFile, from: i64) -> Result<Vec<Case>, StoreFault> {
    use entities::cases::{Column, Entity};
    let query = Entity::find().filter(Column::Import.eq(file.id.to_string()));
    let rows =
        query.order_by_asc(Column::Id).offset(u64::try_from(from).unwrap_or_default()).limit(PIECE as u64).all(app.database.pool()).await?;
    rows.into_iter().map(|row| row.row().map_err(StoreFault::broken)).collect()
}

/// Subjects that only cases of imports that were given up name, and that are still found.
async fn orphans(app: &App, cases: &[Case]) -> Result<Vec<CreditSubject>, StoreFault> {
    let db = &app.database;
    let ids: BTreeSet<String> = cases.iter().filter_map(|case| case.subject).map(|id| id.to_string()).collect();
    let named = vec!["?"; ids.len()].join(", ");
    let sql = db.places(&format!(
        "SELECT c.subject FROM cases c WHERE c.subject IN ({named}) \
         AND (c.import IS NULL OR c.import NOT IN (SELECT f.id FROM import_file f WHERE f.status = 'given_up')) \
         UNION SELECT b.subject FROM binding b WHERE b.subject IN ({named})",
    ));
    let values = ids.iter().chain(&ids).map(|id| id.clone().into()).collect();
    let elsewhere = db.pool().query_all_raw(db.statement(&sql, values)).await?;
    let elsewhere: BTreeSet<String> = elsewhere.into_iter().map(|row| row.try_get_by_index(0)).collect::<Result<_, _>>()?;
    let alone = ids.difference(&elsewhere).cloned();
    let rows = entities::credit_subject::Entity::find().filter(entities::credit_subject::Column::Id.is_in(alone)).all(db.pool()).await?;
    rows.into_iter().map(|row| row.row().map_err(StoreFault::broken)).collect()
}

/// Personal values that entries of the cases name and that are still there; those of a subject that stays are the subject's.
async fn values(app: &App, cases: &[Case], orphans: &[CreditSubject]) -> Result<Vec<Uuid>, StoreFault> {
    let ids: Vec<_> = cases.iter().map(|case| case.id).collect();
    let stay = cases.iter().filter_map(|case| case.subject).filter(|subject| !orphans.iter().any(|orphan| orphan.id == *subject));
    let kept: BTreeSet<_> = erasure::own_values(app, &stay.collect()).await?.into_values().flatten().collect();
    let named = erasure::named_in(app, &ids).await?.into_values().flatten();
    erasure::still_there(app, named.filter(|value| !kept.contains(value)).collect()).await
}
