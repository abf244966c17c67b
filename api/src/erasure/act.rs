//! The act: refused with every duty that keeps the values, else one entry and nothing left to open.

use domain::{
    admin::AdminAct,
    command::Actor,
    erasure::{ErasureGround, ErasureTarget},
    ids::RowId,
    refusal::Reason,
};
use uuid::Uuid;
use workflows::engine;

use super::scope;
use crate::{
    app::App,
    door::{Answer, DoorFault},
    store::{
        StoreFault,
        load::{self, Wanted},
    },
};

/// What keeps a target's values today; nothing where they may be erased.
///
/// # Errors
/// When the database fails.
pub async fn keeps(app: &App, target: ErasureTarget) -> Result<Vec<Reason>, StoreFault> {
    let act = AdminAct::ErasePersonal { id: RowId(Uuid::nil()), target, ground: ErasureGround::TermOver, values: Vec::new() };
    let mut wanted = Wanted::default();
    wanted.add(&app.about_the_house(Actor::Operator, act));
    let today = app.clock.today();
    load::decided(&app.database, wanted, |snapshot| engine::keeps(&app.rules(), snapshot, target, today)).await
}

/// Erases a target's values; how many there were. What is outside the tree goes with the next round, or [`super::sweep_all`].
///
/// # Errors
/// [`DoorFault`] where no lawful answer could be given.
pub async fn erase(app: &App, actor: Actor, target: ErasureTarget, ground: ErasureGround) -> Result<(Answer, usize), DoorFault> {
    let values = scope::values(app, target).await?;
    let count = values.len();
    let act = AdminAct::ErasePersonal { id: RowId(Uuid::now_v7()), target, ground, values };
    let answer = app.submit(app.about_the_house(actor, act), None, None, Vec::new(), true).await?;
    Ok((answer, count))
}
