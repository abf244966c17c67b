//! One mutation per process and verb: typed input into a command, one call of the door, one payload.

use async_graphql::{Context, Error};
use domain::{
    command::{Actor, Command, Opening, Target},
    ids::{AccountId, CaseId},
    office::Rank,
    process::Verb,
    refusal::ReasonCode,
    rows::Case,
};
use sea_orm::QueryFilter;
use uuid::Uuid;

use crate::{
    app::App,
    door::{Accepted, Answer, DoorFault, PersonalDraft},
    forms::pushed::Push,
    graphql::core::{audit::AuditEntry, fault, input::Intake, loaders::Batch, shown::RefusalShown, signing, viewer::signed_in},
    people::Viewer,
    receipts,
    store::{StoreFault, counting, entities},
};

/// What every payload is made from.
#[derive(Debug)]
pub struct Done {
    pub case: Option<CaseId>,
    pub entry: Option<AuditEntry>,
    pub refusal: Option<RefusalShown>,
    pub follow_ups: Vec<AuditEntry>,
}

/// Hands an act on a case to the door. Whoever may act may see, so that only a no asks whether the case may be seen at all.
///
/// # Errors
/// Faults; a lawful no is part of the answer.
pub async fn on_case(
    ctx: &Context<'_>,
    id: &str,
    expected_version: Option<i64>,
    key: Uuid,
    verb: Verb,
    mut intake: Intake,
) -> Result<Done, Error> {
    let (app, viewer) = (ctx.data::<App>()?, ctx.data::<Viewer>()?);
    let account = viewer.account.ok_or_else(fault::unauthenticated)?;
    let case: CaseId = crate::graphql::core::node::case_id(id).ok_or_else(fault::not_found)?;
    let draft = intake.draft(verb);
    if let Err(wrong) = intake.finish(app, viewer).await {
        return Err(if sees(app, viewer, case).await? { wrong } else { fault::not_found() });
    }
    if app.rules().catalogue.hands_over(verb)
        && let Some(seen) = seen(app, viewer, case).await?
    {
        receipts::ready(app, &seen.office).await.map_err(|fault| fault::internal(&fault))?;
    }
    let act = Submission::of(app, account, Target::Case(case), vec![verb], expected_version, key, intake);
    let mut tries = draft.as_ref().map_or(0, |_| signing::TRIES);
    loop {
        let submission = match &draft {
            Some(draft) => {
                let row = seen(app, viewer, case).await?.map(entities::cases::Model::row).transpose();
                let row = row.map_err(|fault| fault::internal(&StoreFault::broken(fault)))?;
                // Drafting is deep, and the stack of a request is shallow.
                Box::pin(signing::signed_off(app, viewer, row, act.clone(), draft)).await?
            }
            None => act.clone(),
        };
        return match submission.clone().submit(app, false).await {
            Ok(Answer::Refused { refusal, .. }) if tries > 0 && signing::overtaken(&refusal) => {
                tries -= 1;
                continue;
            }
            Ok(Answer::Refused { .. }) if sees(app, viewer, case).await? => {
                done(ctx, submission.submit(app, true).await.map_err(fault::door)?).await
            }
            Ok(Answer::Refused { .. }) => Err(fault::not_found()),
            Ok(answer) => done(ctx, answer).await,
            Err(DoorFault::Conflict { .. }) if !sees(app, viewer, case).await? => Err(fault::not_found()),
            Err(fault) => Err(fault::door(fault)),
        };
    }
}

/// A case that the viewer may see.
async fn seen(app: &App, viewer: &Viewer, case: CaseId) -> Result<Option<entities::cases::Model>, Error> {
    let found = counting::case(case.to_string()).filter(viewer.cases()).one(app.database.pool()).await;
    found.map_err(|fault| fault::internal(&fault.into()))
}

async fn sees(app: &App, viewer: &Viewer, case: CaseId) -> Result<bool, Error> {
    Ok(seen(app, viewer, case).await?.is_some())
}

/// An act as it is handed to the door.
#[derive(Clone)]
pub(super) struct Submission {
    pub(super) command: Command,
    pub(super) expected_version: Option<i64>,
    pub(super) receipt: (AccountId, Uuid, String),
    pub(super) personal: Vec<PersonalDraft>,
}

impl Submission {
    pub(super) fn of(
        app: &App,
        account: AccountId,
        target: Target,
        verbs: Vec<Verb>,
        expected_version: Option<i64>,
        key: Uuid,
        intake: Intake,
    ) -> Self {
        let words: Vec<_> = verbs.iter().map(|verb| verb.key()).collect();
        let trace = format!("{}|{:?}|{}|{}", words.join(","), target_key(&target), expected_version.unwrap_or(-1), intake.trace);
        // One look at the clock: the day of an act is the day of its instant, to the second.
        let now = app.clock.now();
        let command = Command {
            actor: Actor::Account(account),
            target,
            verbs,
            arguments: intake.arguments,
            admin: None,
            effective_on: now.day(),
            now,
            seed: Uuid::now_v7(),
            timer: None,
        };
        Self { command, expected_version, receipt: (account, key, trace), personal: intake.personal }
    }

    pub(super) async fn submit(self, app: &App, keep_refusal: bool) -> Result<Answer, DoorFault> {
        app.submit(self.command, self.expected_version, Some(self.receipt), self.personal, keep_refusal).await
    }
}

fn target_key(target: &Target) -> String {
    match target {
        Target::Case(id) => id.to_string(),
        Target::New(opening) => format!("{:?}{:?}", opening.process, opening.record),
        Target::House => "house".to_owned(),
    }
}

/// Guard of every act: a stranger is not told what is wrong with it.
///
/// # Errors
/// UNAUTHENTICATED.
pub fn by_somebody(ctx: &Context<'_>) -> Result<(), Error> {
    signed_in(ctx).map(drop)
}

/// Hands the opening of a case to the door.
///
/// # Errors
/// Faults; a lawful no is part of the answer.
pub async fn submit(
    ctx: &Context<'_>,
    target: Target,
    verbs: Vec<Verb>,
    expected_version: Option<i64>,
    key: Uuid,
    intake: Intake,
) -> Result<Done, Error> {
    let (app, viewer) = (ctx.data::<App>()?, ctx.data::<Viewer>()?);
    let account = viewer.account.ok_or_else(fault::unauthenticated)?;
    if let Target::New(Opening { office: Some(office), .. }) = &target {
        fault::known_office(app, "input.office", office).await?;
    }
    let submission = Submission::of(app, account, target, verbs, expected_version, key, intake);
    done(ctx, submission.submit(app, true).await.map_err(fault::door)?).await
}

/// Reads what the door wrote, as far as the caller asks for it.
///
/// # Errors
/// When the database fails.
pub async fn done(ctx: &Context<'_>, answer: Answer) -> Result<Done, Error> {
    let (app, viewer) = (ctx.data::<App>()?, ctx.data::<Viewer>()?);
    let wants = |field: &str| ctx.look_ahead().field(field).exists();
    match answer {
        Answer::Accepted(accepted) => {
            let batch = ctx.data::<Batch>()?;
            batch.forget();
            // Whose office neither keeps nor found it may have lost sight of it by the act: then it is read anew.
            let stays = |row: &Case| viewer.sees_all() || viewer.works_at(row) || viewer.is_party(row);
            if let Some(row) = accepted.row.filter(|row| stays(row)) {
                batch.keep(*row).await;
            }
            let entry = match accepted.written {
                Some(entry) => Some(AuditEntry::of(*entry)),
                None => AuditEntry::read(app, accepted.entry).await?,
            };
            let mut follow_ups = Vec::new();
            for index in accepted.follow_ups.into_iter().filter(|_| wants("followUps")) {
                follow_ups.extend(AuditEntry::read(app, index).await?);
            }
            let refusal = entry.as_ref().and_then(AuditEntry::refusal);
            let case = accepted.case.or(entry.as_ref().and_then(|entry| entry.line().case));
            Ok(Done { case, entry, refusal, follow_ups })
        }
        Answer::Refused { refusal, entry } => {
            let entry = match entry {
                Some(index) => AuditEntry::read(app, index).await?,
                None => None,
            };
            let case = entry.as_ref().and_then(|entry| entry.line().case);
            Ok(Done { case, entry, refusal: Some(RefusalShown(refusal)), follow_ups: Vec::new() })
        }
        Answer::Nothing => Ok(Done { case: None, entry: None, refusal: None, follow_ups: Vec::new() }),
    }
}

/// Opens a case, for whoever is signed in.
///
/// # Errors
/// Faults; a lawful no is part of the answer.
pub async fn open(ctx: &Context<'_>, opening: Opening, verb: Verb, key: Uuid, mut intake: Intake) -> Result<Done, Error> {
    let (app, viewer) = (ctx.data::<App>()?, ctx.data::<Viewer>()?);
    intake.word("input.office", opening.office.as_ref());
    if viewer.account.is_none() {
        return Err(fault::unauthenticated());
    }
    intake.finish(app, viewer).await?;
    let push = Push::of(&opening, &intake.arguments, &intake.personal);
    if let Some(answer) = pushed_before(app, viewer, push.as_ref()).await? {
        return done(ctx, answer).await;
    }
    let submitted = submit(ctx, Target::New(opening), vec![verb], None, key, intake).await?;
    // Pushed twice at once: the other one was first.
    if submitted
        .refusal
        .as_ref()
        .is_some_and(|refusal| refusal.0.reasons.iter().any(|reason| reason.code == ReasonCode::ExternalNumberUsed))
        && let Some(answer) = pushed_before(app, viewer, push.as_ref()).await?
    {
        return done(ctx, answer).await;
    }
    Ok(submitted)
}

/// The answer to the very same push before, for a clerk who registers and may see the case that it opened.
async fn pushed_before(app: &App, viewer: &Viewer, push: Option<&Push>) -> Result<Option<Answer>, Error> {
    let Some(push) = push.filter(|_| viewer.has(Rank::PlatformClerk) || viewer.has(Rank::CounterClerk)) else { return Ok(None) };
    let Some(first) = push.before(app).await.map_err(|fault| fault::internal(&fault))? else { return Ok(None) };
    let repeat = Accepted { entry: first.entry, written: None, case: Some(first.case), row: None, follow_ups: Vec::new(), repeated: true };
    Ok(sees(app, viewer, first.case).await?.then_some(Answer::Accepted(repeat)))
}

/// The answer to the mutations of a case that are written out: the case after the act, its entry, or the refusal.
#[macro_export]
macro_rules! case_payload {
    ($payload:ident, $case:ident, $case_field:ident) => {
        /// The case after the act, its entry, or the refusal.
        #[derive(Debug, async_graphql::SimpleObject)]
        pub struct $payload {
            /// The case as it stands after the act; none where the viewer may not see it.
            pub $case_field: Option<$case>,
            pub entry: Option<$crate::graphql::core::audit::AuditEntry>,
            pub refusal: Option<$crate::graphql::core::shown::RefusalShown>,
            pub follow_ups: Vec<$crate::graphql::core::audit::AuditEntry>,
        }

        impl $payload {
            async fn of(ctx: &async_graphql::Context<'_>, done: $crate::graphql::core::act::Done) -> async_graphql::Result<Self> {
                Ok(Self {
                    $case_field: $case::read(ctx, done.case).await?,
                    entry: done.entry,
                    refusal: done.refusal,
                    follow_ups: done.follow_ups,
                })
            }
        }
    };
}

/// The mutations of one process: input, payload and resolver of each verb from one line; after `many` those that act on many
/// cases at once.
#[macro_export]
macro_rules! case_mutations {
    ($root:ident, $case:ident, $case_field:ident, { $( $(#[$doc:meta])* $name:ident $input:ident $payload:ident $verb:ident { $( $(#[$told:meta])* $field:ident : $ty:ty => $take:expr ),* $(,)? } )* } many { $( $(#[$many_doc:meta])* $many:ident $many_input:ident $many_payload:ident $many_result:ident $many_verb:ident { $( $(#[$many_told:meta])* $many_field:ident : $many_ty:ty => $many_take:expr ),* $(,)? } )* }) => {
        $(
            $crate::bulk_payload!($many_input, $many_payload, $many_result, $case, $case_field, { $( $(#[$many_told])* $many_field : $many_ty ),* });
        )*
        $(
            $crate::case_payload!($payload, $case, $case_field);

            #[derive(Debug, async_graphql::InputObject)]
            pub struct $input {
                /// Global id of the case.
                pub id: async_graphql::ID,
                /// The version that the caller has read; another one gives CONFLICT.
                pub expected_version: Option<i64>,
                /// A repeat with the same key returns the first answer.
                pub idempotency_key: uuid::Uuid,
                $($(#[$told])* pub $field: $ty,)*
            }
        )*

        #[async_graphql::Object(guard = "crate::graphql::core::act::by_somebody")]
        impl $root {
            $(
                $(#[$doc])*
                async fn $name(&self, ctx: &async_graphql::Context<'_>, input: $input) -> async_graphql::Result<$payload> {
                    let intake = $crate::graphql::core::input::Intake::default();
                    $(
                        let take: fn(&mut $crate::graphql::core::input::Intake, $ty) = $take;
                        let intake = {
                            let mut fuller = intake;
                            take(&mut fuller, input.$field);
                            fuller
                        };
                    )*
                    let done = $crate::graphql::core::act::on_case(
                        ctx, &input.id, input.expected_version, input.idempotency_key, domain::process::Verb::$verb, intake,
                    ).await?;
                    $payload::of(ctx, done).await
                }
            )*
            $(
                $(#[$many_doc])*
                async fn $many(&self, ctx: &async_graphql::Context<'_>, input: $many_input) -> async_graphql::Result<$many_payload> {
                    let intake = $crate::graphql::core::input::Intake::default();
                    $(
                        let take: fn(&mut $crate::graphql::core::input::Intake, $many_ty) = $many_take;
                        let intake = {
                            let mut fuller = intake;
                            take(&mut fuller, input.$many_field);
                            fuller
                        };
                    )*
                    let answered = $crate::graphql::core::bulk::on_cases(
                        ctx, input.items, domain::process::Verb::$many_verb, intake,
                    ).await?;
                    $many_payload::of(ctx, answered).await
                }
            )*
        }
    };
}
