//! Administration.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use domain::{
    admin::AdminAct,
    command::Actor,
    digest::Reminders,
    erasure::{ErasureGround, ErasureTarget},
    ids::{AccountId, PersonId, RowId, SubjectId},
    moment::Micros,
    office::{Language, Rank},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use time::{Date, Duration};
use uuid::Uuid;

use crate::{
    app::App,
    city::acts::{self, NewAccount},
    door::PersonalDraft,
    erasure,
    graphql::{
        core::{act, audit::AuditEntry, enums::EnumOf, fault, shown::RefusalShown},
        office::sign_in::check_password,
    },
    mail::check_address,
    people::sealing,
    people::{Viewer, login, sign_in},
    store::{StoreFault, counting, entities},
    work::{guard, rounds},
};

/// The entry of an administrative act, or the refusal.
#[derive(Debug, SimpleObject)]
pub struct AdministrationPayload {
    pub entry: Option<AuditEntry>,
    pub refusal: Option<RefusalShown>,
    /// Id of the account that was added.
    pub account: Option<String>,
}

async fn person_of(app: &App, account: &str) -> Result<PersonId> {
    let row =
        entities::account::Entity::find_by_id(account).one(app.database.pool()).await.map_err(|fault| fault::internal(&fault.into()))?;
    let person = row.and_then(|row| row.person.parse().ok());
    person.ok_or_else(|| fault::bad_input("input.samePersonAs", ("没有此账号", "There is no such account")))
}

/// What is known of a new account: it can do nothing before it has a seat or a binding.
#[derive(Debug, InputObject)]
pub struct AddAccountInput {
    pub login: String,
    /// At least 12 characters.
    pub password: String,
    /// Name of the person. Sealed.
    pub name: String,
    pub email: Option<String>,
    /// In which language the house writes to the account; Chinese where none is given.
    pub language: Option<EnumOf<Language>>,
    /// Account of the same human being: four eyes count persons, not accounts.
    pub same_person_as: Option<String>,
    /// Seats of the account; those of an administrator, a head or a leader wait for confirmRole.
    pub seats: Option<Vec<SeatInput>>,
}

/// A rank, and the office at which it is held.
#[derive(Debug, InputObject)]
pub struct SeatInput {
    pub rank: EnumOf<Rank>,
    /// Key of the office; none for an administrator and an auditor, who sit at none.
    pub office: Option<String>,
}

/// Input of appointDeputy.
#[derive(Debug, InputObject)]
pub struct AppointDeputyInput {
    /// Account that holds the seat.
    pub principal: String,
    /// Account that stands in.
    pub deputy: String,
    /// Rank of the seat that is lent.
    pub rank: EnumOf<Rank>,
    /// Key of the office of that seat; none where it sits at none.
    pub office: Option<String>,
    /// First day on which the deputy may act.
    pub from_day: Date,
    /// Last day on which the deputy may act.
    pub until: Date,
}

/// Input of erasePersonalValues: one of subject, account and case.
#[derive(Debug, InputObject)]
pub struct ErasePersonalValuesInput {
    /// Global id of a subject: its name, numbers and what cases say of it.
    pub subject: Option<ID>,
    /// Id of an account: its holder's name and address.
    pub account: Option<String>,
    /// Global id of a case: what the party wrote and brought.
    pub case: Option<ID>,
    /// Why: a ground of art. 47 of the Personal Information Protection Law.
    pub ground: EnumOf<ErasureGround>,
}

/// The entry of an erasure, how many values it took away, or what keeps them.
#[derive(Debug, SimpleObject)]
pub struct ErasurePayload {
    /// How many sealed values were erased; 0 where it was refused.
    pub values: usize,
    pub entry: Option<AuditEntry>,
    pub refusal: Option<RefusalShown>,
}

async fn erase(ctx: &Context<'_>, input: ErasePersonalValuesInput) -> Result<ErasurePayload> {
    let (app, account) = (ctx.data::<App>()?, administrator(ctx)?);
    let key = |id: &ID, kind: &str| crate::graphql::core::node::parse(id).filter(|(found, _)| found == kind).map(|(_, key)| key);
    let target = match (&input.subject, &input.account, &input.case) {
        (Some(id), None, None) => key(id, "Subject").and_then(|key| key.parse().ok()).map(ErasureTarget::Subject),
        (None, Some(id), None) => id.parse().ok().map(ErasureTarget::Account),
        (None, None, Some(id)) => crate::graphql::core::node::case_id(id).map(ErasureTarget::Case),
        _ => return Err(fault::bad_input("input", ("请给出 subject、account、case 之一", "Give one of subject, account and case"))),
    };
    let target = target.ok_or_else(fault::not_found)?;
    let (answer, count) = erasure::erase(app, Actor::Account(account), target, input.ground.0).await.map_err(fault::door)?;
    let done = act::done(ctx, answer).await?;
    let values = if done.refusal.is_none() { count } else { 0 };
    Ok(ErasurePayload { values, entry: done.entry, refusal: done.refusal })
}

/// Most letters of a person's name.
pub(super) const NAME: usize = 100;

/// How far the demo's day is moved at most at once.
const DEMO_STEP: Duration = Duration::days(5 * 366);

/// Mutations.
#[derive(Debug, Default)]
pub struct HouseMutations;

/// A full identity number, with the entry that says who read it and why.
#[derive(Debug, SimpleObject)]
pub struct IdentityPayload {
    /// The whole number; none where it was refused or erased.
    pub id_number: Option<String>,
    pub entry: Option<AuditEntry>,
    pub refusal: Option<RefusalShown>,
}

async fn identity(ctx: &Context<'_>, subject: &str, purpose: &str) -> Result<IdentityPayload> {
    let (app, viewer) = (ctx.data::<App>()?, ctx.data::<Viewer>()?);
    if viewer.account.is_none() {
        return Err(fault::unauthenticated());
    }
    let internal = |fault: StoreFault| fault::internal(&fault);
    let id =
        crate::graphql::core::node::parse(subject).filter(|(kind, _)| kind == "Subject").and_then(|(_, key)| key.parse::<SubjectId>().ok());
    let id = id.ok_or_else(fault::not_found)?;
    let seen = counting::cases().filter(viewer.cases()).filter(entities::cases::Column::Subject.eq(id.to_string()));
    if !viewer.is_staff() || seen.one(app.database.pool()).await.map_err(|fault| internal(fault.into()))?.is_none() {
        return Err(fault::not_found());
    }
    let mut intake = crate::graphql::core::input::Intake::default();
    let purpose = intake.seal(app, "purpose", purpose)?;
    let done = act_on_house(ctx, AdminAct::NoteIdentityRead { subject: id, purpose }, intake.personal).await?;
    let row = crate::graphql::case::subject::read(ctx, Some(id)).await?;
    let sealed = row.and_then(|row| row.0.id_number).filter(|_| done.refusal.is_none());
    let id_number = match sealed {
        Some(sealed) => sealing::unseal(app, &sealed.0).await.map_err(internal)?,
        None => None,
    };
    Ok(IdentityPayload { id_number, entry: done.entry, refusal: done.refusal })
}

/// Hands an administrative act to the door.
///
/// # Errors
/// Faults; a lawful no is part of the answer.
pub async fn administer(ctx: &Context<'_>, act: AdminAct, personal: Vec<PersonalDraft>) -> Result<act::Done> {
    administrator(ctx)?;
    act_on_house(ctx, act, personal).await
}

pub(super) fn administrator(ctx: &Context<'_>) -> Result<AccountId> {
    let viewer = ctx.data::<Viewer>()?;
    let account = viewer.account.ok_or_else(fault::unauthenticated)?;
    if viewer.has(Rank::Administrator) {
        Ok(account)
    } else {
        Err(fault::coded("FORBIDDEN", ("仅管理员可用", "Only an administrator may do this")))
    }
}

/// Hands an act that is about no case to the door; the engine says who may.
pub(super) async fn act_on_house(ctx: &Context<'_>, act: AdminAct, personal: Vec<PersonalDraft>) -> Result<act::Done> {
    let (app, viewer) = (ctx.data::<App>()?, ctx.data::<Viewer>()?);
    let account = viewer.account.ok_or_else(fault::unauthenticated)?;
    let command = app.about_the_house(Actor::Account(account), act);
    let answer = app.submit(command, None, None, personal, true).await.map_err(fault::door)?;
    act::done(ctx, answer).await
}

pub(in crate::graphql) fn payload(done: act::Done, account: Option<AccountId>) -> AdministrationPayload {
    let account = account.filter(|_| done.refusal.is_none()).map(|id| id.to_string());
    AdministrationPayload { entry: done.entry, refusal: done.refusal, account }
}

pub(super) fn account_id(text: &str) -> Result<AccountId> {
    text.parse().map_err(|_| fault::not_found())
}

#[Object]
impl HouseMutations {
    /// Adds an account with its seats; by an administrator. Account, password and seats are one act.
    async fn add_account(&self, ctx: &Context<'_>, input: AddAccountInput) -> Result<AdministrationPayload> {
        let app = ctx.data::<App>()?;
        administrator(ctx)?;
        if let Some(words) = login::fault(&input.login) {
            return Err(fault::bad_input("input.login", words));
        }
        let letters = input.name.trim().chars().count();
        if letters == 0 || letters > NAME {
            return Err(fault::bad_input("input.name", (format!("姓名为1至{NAME}个字"), format!("The name has 1 to {NAME} letters"))));
        }
        let password = check_password(app, "input.password", &input.password, &[&input.login, &input.name]).await?;
        let language = input.language.map_or(Language::Zh, |language| language.0);
        if let Some(email) = &input.email {
            check_address(email).map_err(|why| fault::bad_coded("input.email", why.code(), why.words()))?;
        }
        let person = match &input.same_person_as {
            Some(account) => person_of(app, account).await?,
            None => PersonId(Uuid::now_v7()),
        };
        let id = AccountId(Uuid::now_v7());
        let seats: Vec<_> = input.seats.iter().flatten().map(|seat| (seat.rank.0, seat.office.as_deref())).collect();
        let account = NewAccount { login: &input.login, name: &input.name, email: input.email.as_deref(), language: language.key() };
        let made = acts::made(app, id, person, account, &seats).await.map_err(fault::act)?;
        let credential = sign_in::hashed(app, id, password).await.map_err(|fault| fault::internal(&fault))?;
        let command = app.about_the_house(Actor::Account(administrator(ctx)?), made.act);
        let answer = app.submit_with_password(command, made.personal, credential, true).await.map_err(fault::door)?;
        Ok(payload(act::done(ctx, answer).await?, Some(id)))
    }

    /// Disables an account, by an administrator: its tokens end at once and for good, it has no rights, and what it had claimed goes
    /// back to the desk. Its seats count again when it is enabled; revokeRole ends them.
    async fn disable_account(&self, ctx: &Context<'_>, account: String) -> Result<AdministrationPayload> {
        Ok(payload(administer(ctx, AdminAct::DisableAccount { id: account_id(&account)? }, Vec::new()).await?, None))
    }

    /// Lets a disabled account sign in again; by an administrator.
    async fn enable_account(&self, ctx: &Context<'_>, account: String) -> Result<AdministrationPayload> {
        Ok(payload(administer(ctx, AdminAct::EnableAccount { id: account_id(&account)? }, Vec::new()).await?, None))
    }

    /// Gives an account a rank at an office, by an administrator. The rank of an administrator, a head or a leader waits for confirmRole.
    async fn grant_role(
        &self,
        ctx: &Context<'_>,
        account: String,
        rank: EnumOf<Rank>,
        office: Option<String>,
    ) -> Result<AdministrationPayload> {
        let act = AdminAct::GrantRole { id: RowId(Uuid::now_v7()), account: account_id(&account)?, rank: rank.0, office };
        Ok(payload(administer(ctx, act, Vec::new()).await?, None))
    }

    /// Says yes to a seat that was asked for (`pendingSeats`): by another administrator than the one who asked, or by the
    /// leader of the bureau; never by the one who gets it. revokeRole says no.
    async fn confirm_role(&self, ctx: &Context<'_>, seat: ID) -> Result<AdministrationPayload> {
        let id = crate::graphql::core::node::parse(&seat).filter(|(kind, _)| kind == "Seat").and_then(|(_, key)| key.parse().ok());
        let act = AdminAct::ConfirmRole { id: id.ok_or_else(fault::not_found)? };
        Ok(payload(act_on_house(ctx, act, Vec::new()).await?, None))
    }

    /// Takes a seat away: by an administrator; a deputy's also by the principal or by the deputy, before its last day.
    async fn revoke_role(&self, ctx: &Context<'_>, seat: ID) -> Result<AdministrationPayload> {
        let id = crate::graphql::core::node::parse(&seat).filter(|(kind, _)| kind == "Seat").and_then(|(_, key)| key.parse().ok());
        let act = AdminAct::RevokeRole { id: id.ok_or_else(fault::not_found)? };
        Ok(payload(act_on_house(ctx, act, Vec::new()).await?, None))
    }

    /// Moves a demo's clock, by an administrator, forward to 9 o'clock of a day and runs what falls due; no other house has such a clock.
    async fn advance_demo_clock(&self, ctx: &Context<'_>, to: Date) -> Result<AdministrationPayload> {
        let app = ctx.data::<App>()?;
        // A slip of the hand is not taken back: the demo goes a few years at once, not to the end of time.
        if to > app.clock.today() + DEMO_STEP {
            let words = ("一次最多推进五年", "The demo goes forward five years at most at once");
            return Err(fault::bad_input("to", words));
        }
        let done = administer(ctx, AdminAct::AdvanceClock { to: Micros::offices_open(to) }, Vec::new()).await?;
        if done.refusal.is_none() {
            rounds::make(app).await.map_err(|fault| fault::internal(&fault))?;
        }
        Ok(payload(done, None))
    }

    /// Reads a person's full identity number, for staff who see a case of it; that it was read, and why, is an entry.
    async fn read_identity_number(&self, ctx: &Context<'_>, subject: ID, purpose: String) -> Result<IdentityPayload> {
        identity(ctx, &subject, &purpose).await
    }

    /// Lets somebody stand in for the holder of a seat for stated days; by an administrator or by the holder. Where an
    /// administrator lends the seat of a head, a leader or another administrator, it waits for confirmRole.
    async fn appoint_deputy(&self, ctx: &Context<'_>, input: AppointDeputyInput) -> Result<AdministrationPayload> {
        crate::graphql::core::input::word("input.office", input.office.as_deref())?;
        let act = AdminAct::AppointDeputy {
            id: RowId(Uuid::now_v7()),
            principal: account_id(&input.principal)?,
            deputy: account_id(&input.deputy)?,
            rank: input.rank.0,
            office: input.office,
            from_day: input.from_day,
            until: input.until,
        };
        Ok(payload(act_on_house(ctx, act, Vec::new()).await?, None))
    }

    /// Chooses how deadlines are told before they end, for the viewer's own account; as the house's setting says where
    /// none is given. An administrator may name another account.
    async fn choose_reminders(
        &self,
        ctx: &Context<'_>,
        reminders: Option<EnumOf<Reminders>>,
        account: Option<String>,
    ) -> Result<AdministrationPayload> {
        let own = ctx.data::<Viewer>()?.account.ok_or_else(fault::unauthenticated)?;
        let account = account.as_deref().map(account_id).transpose()?.unwrap_or(own);
        let act = AdminAct::ChooseReminders { account, reminders: reminders.map(|term| term.0) };
        Ok(payload(act_on_house(ctx, act, Vec::new()).await?, None))
    }

    /// Erases the personal values of a subject, an account or a case, where no duty keeps them; else the refusal says what
    /// does, under which article, and from which day it is possible. Letters, papers and logs go with the next round.
    async fn erase_personal_values(&self, ctx: &Context<'_>, input: ErasePersonalValuesInput) -> Result<ErasurePayload> {
        erase(ctx, input).await
    }

    /// An administrator vouches that the machine's clock shows the right day, after a gap over which nobody has witnessed it.
    /// Until then the house publishes, ends and erases nothing by itself.
    async fn confirm_day(&self, ctx: &Context<'_>, day: Date) -> Result<AdministrationPayload> {
        let done = administer(ctx, AdminAct::ConfirmDay { day }, Vec::new()).await?;
        if done.refusal.is_none() {
            guard::confirmed(ctx.data::<App>()?).await.map_err(|fault| fault::internal(&fault))?;
        }
        Ok(payload(done, None))
    }

    /// Changes a setting that no instrument settles, within its bounds; by an administrator.
    async fn change_setting(&self, ctx: &Context<'_>, key: String, value: String) -> Result<AdministrationPayload> {
        Ok(payload(administer(ctx, AdminAct::ChangeSetting { key, value }, Vec::new()).await?, None))
    }
}
