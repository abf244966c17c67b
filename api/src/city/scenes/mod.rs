//! Cases of the demo city in the states of their processes, played by its people through the door.
//!
//! | module | holds |
//! |---|---|
//! | `repair` | repairs, publications and bindings |
//! | `proposal` | proposed lists and their entries |
//! | `listing` | listing cases |
//! | `objection` | objections |
//! | `plan` | the city's plan, its tasks and the ledger |
//! | `publicity` | pieces that the bureau shows, and that it sends |
//! | `trust` | commitments, credit checks, a use of a scheme |
//! | `collection` | operators, licences, what was handed over and came back, rates |

mod collection;
mod listing;
mod objection;
mod plan;
mod proposal;
mod publicity;
mod repair;
mod trust;

use domain::{admin::AdminAct, process::Process, rows::Case};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder};

use super::{
    acts::{self, ActFault},
    stage::Stage,
};
use crate::store::{StoreFault, counting, entities};

/// The list type of the demo; its basis is not confirmed, so the demo's administrator records that the province has.
const LIST: &str = "overloading";

/// Plays every scene. The clock moves on for those in which somebody lets a time limit pass.
pub(super) async fn play(stage: &Stage<'_>) -> Result<(), ActFault> {
    repair::play(stage).await?;
    set(stage, "list_basis_overloading", "true").await?;
    listing::play(stage).await?;
    proposal::play(stage).await?;
    objection::play(stage).await?;
    plan::play(stage).await?;
    publicity::play(stage).await?;
    collection::play(stage).await?;
    trust::play(stage).await
}

async fn set(stage: &Stage<'_>, key: &str, value: &str) -> Result<(), ActFault> {
    acts::operate(stage.app, AdminAct::ChangeSetting { key: key.to_owned(), value: value.to_owned() }, Vec::new()).await.map(|_| ())
}

/// Records of an office in a state that nothing else rests on, of organisations, one a subject.
async fn free_records(stage: &Stage<'_>, office: &str, state: &str) -> Result<Vec<Case>, ActFault> {
    use entities::cases::Column;
    let pool = stage.app.database.pool();
    let used = counting::cases().filter(Column::Record.is_not_null()).all(pool).await.map_err(StoreFault::from)?;
    let mut used: std::collections::BTreeSet<_> = used.into_iter().filter_map(|row| row.subject).collect();
    let query = counting::cases()
        .filter(Column::Process.eq(Process::PublicationRecord.key()))
        .filter(Column::State.eq(state))
        .filter(Column::FindingOffice.eq(office))
        .order_by_asc(Column::Number);
    let mut found = Vec::new();
    for row in query.all(pool).await.map_err(StoreFault::from)? {
        if row.subject.as_ref().is_some_and(|subject| used.insert(subject.clone())) {
            found.push(row.row().map_err(StoreFault::broken)?);
        }
    }
    Ok(found)
}

fn next(records: &mut impl Iterator<Item = Case>) -> Result<Case, ActFault> {
    records.next().ok_or_else(|| ActFault::Other("the demo has too few records for its scenes".to_owned()))
}
