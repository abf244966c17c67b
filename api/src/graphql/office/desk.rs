//! Acts at the desk, the same for every process.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use domain::{
    ids::{PersonId, RowId},
    process::Verb,
};
use sea_orm::EntityTrait;
use uuid::Uuid;

use crate::{
    app::App,
    graphql::{
        core::{act, audit::AuditEntry, fault, find, input::Intake, node, shown::RefusalShown},
        processes::AnyCase,
    },
    people::Viewer,
    store::entities,
};

/// The case after the act, its entry, or the refusal.
#[derive(Debug, SimpleObject)]
pub struct DeskPayload {
    /// The case as it stands after the act; none where the viewer may not see it.
    pub case: Option<AnyCase>,
    pub entry: Option<AuditEntry>,
    pub refusal: Option<RefusalShown>,
}

/// Mutations.
#[derive(Debug, Default)]
pub struct DeskMutations;

async fn desk(ctx: &Context<'_>, id: ID, key: Uuid, verb: Verb, intake: Intake) -> Result<DeskPayload> {
    let done = act::on_case(ctx, &id, None, key, verb, intake).await?;
    let case = match done.case {
        Some(id) => find::case(ctx, id).await?.map(AnyCase::of),
        None => None,
    };
    Ok(DeskPayload { case, entry: done.entry, refusal: done.refusal })
}

/// The person behind a seat; none where there is no such seat.
async fn holder(app: &App, seat: &ID) -> Result<Option<PersonId>> {
    let Some(key) = node::parse(seat).and_then(|(kind, key)| (kind == "Seat").then_some(key)) else { return Ok(None) };
    let pool = app.database.pool();
    let internal = |fault: sea_orm::DbErr| fault::internal(&fault.into());
    let Some(seat) = entities::role_assignment::Entity::find_by_id(key).one(pool).await.map_err(internal)? else { return Ok(None) };
    let account = entities::account::Entity::find_by_id(seat.account).one(pool).await.map_err(internal)?;
    account.map(|row| row.person.parse().map_err(|_| fault::not_found())).transpose()
}

#[Object(guard = "act::by_somebody")]
impl DeskMutations {
    /// Claims the open work item of the case, for whoever holds a seat of its desk.
    async fn claim_case(&self, ctx: &Context<'_>, id: ID, idempotency_key: Uuid) -> Result<DeskPayload> {
        desk(ctx, id, idempotency_key, Verb::Claim, Intake::default()).await
    }

    /// Gives a claimed work item back to the office; for whoever claimed it.
    async fn give_back_case(&self, ctx: &Context<'_>, id: ID, idempotency_key: Uuid) -> Result<DeskPayload> {
        desk(ctx, id, idempotency_key, Verb::GiveBack, Intake::default()).await
    }

    /// Gives a work item to the holder of another seat of the office, as `seats` shows it; for its head.
    async fn reassign_case(
        &self,
        ctx: &Context<'_>,
        id: ID,
        idempotency_key: Uuid,
        seat: ID,
        work_item: Option<ID>,
    ) -> Result<DeskPayload> {
        let app = ctx.data::<App>()?;
        let mut intake = Intake::default();
        intake.trace.push_str(&seat);
        intake.arguments.person = holder(app, &seat).await?;
        let item = work_item.and_then(|id| node::parse(&id)).and_then(|(_, key)| key.parse::<RowId>().ok());
        intake.arguments.work_item = item;
        desk(ctx, id, idempotency_key, Verb::Reassign, intake).await
    }

    /// Steps aside for interest; the person can no longer act in the case.
    async fn step_aside(&self, ctx: &Context<'_>, id: ID, idempotency_key: Uuid, reason: String) -> Result<DeskPayload> {
        // Whoever does not see the case has nothing to step aside from, and is not told that it exists.
        ctx.data::<Viewer>()?.account.ok_or_else(fault::unauthenticated)?;
        let seen = match node::case_id(&id) {
            Some(case) => find::case(ctx, case).await?,
            None => None,
        };
        seen.ok_or_else(fault::not_found)?;
        let mut intake = Intake::default();
        intake.reason(reason);
        desk(ctx, id, idempotency_key, Verb::StepAside, intake).await
    }
}
