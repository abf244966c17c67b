//! Accounts and seats: who is who, who sits where, and the second person who says yes to a powerful seat.

use domain::{
    admin::AdminAct,
    command::Command,
    digest::Reminders,
    ids::{AccountId, PersonId, RowId},
    letter::Letter,
    office::Rank,
    refusal::{Reason, ReasonCode as Code, Refusal},
    rows::{Account, AsText, Binding, OpenIdLink, RoleAssignment, Standing},
};
use serde_json::json;
use time::Date;

use crate::engine::{
    Rules,
    act::{bounds, setting_number},
    admin::{offices, registered},
    sight::{
        decision::{NoticeDraft, Recipient},
        roles::{self, ActorView},
        snapshot::Snapshot,
    },
};

/// Carries out an act about accounts or seats that the actor may do.
pub(crate) fn carry_out(rules: &Rules, snapshot: &mut Snapshot, command: &Command, act: &AdminAct) -> Result<(), Refusal> {
    let actor = ActorView::of(snapshot, command.actor, command.effective_on);
    match act {
        AdminAct::AddAccount { id, seats, .. } => {
            add(snapshot, act, command.effective_on)?;
            for seat in seats {
                grant(snapshot, &actor, (seat.id, *id), seat.rank, seat.office.as_deref())?;
            }
            Ok(())
        }
        AdminAct::RegisterAccount { .. } => registered::register(snapshot, act, command.effective_on),
        AdminAct::EndRegistration { id } => registered::end(rules, snapshot, *id, command.effective_on),
        AdminAct::DisableAccount { id } => {
            stand(snapshot, *id, Standing::Ended, Some(command.effective_on))?;
            administrator_left(snapshot, &actor, command.effective_on)
        }
        AdminAct::EnableAccount { id } => stand(snapshot, *id, Standing::Active, None),
        AdminAct::NotePasswordReset { id } => known(snapshot, *id).map(drop),
        AdminAct::ChooseReminders { account, reminders } => choose(snapshot, *account, *reminders),
        AdminAct::LinkIdentity { .. } => link(snapshot, act, command.effective_on),
        AdminAct::UnlinkIdentity { id, account } => unlink(snapshot, *id, *account, command.effective_on),
        AdminAct::GrantRole { id, account, rank, office } => grant(snapshot, &actor, (*id, *account), *rank, office.as_deref()),
        AdminAct::ConfirmRole { id } => confirm(snapshot, &actor, *id),
        AdminAct::RevokeRole { id } => {
            revoke(snapshot, *id)?;
            administrator_left(snapshot, &actor, command.effective_on)
        }
        AdminAct::AppointDeputy { .. } => appoint(rules, snapshot, &actor, act, command.effective_on),
        _ => Ok(()),
    }
}

fn known(snapshot: &Snapshot, id: AccountId) -> Result<&Account, Refusal> {
    snapshot.rows().accounts.get(&id.to_string()).ok_or_else(|| Reason::new(Code::UnknownAccount).into())
}

/// Enters an account under a login that nobody has: one that an administrator adds, or one that registers itself today.
pub(super) fn add(snapshot: &mut Snapshot, act: &AdminAct, today: Date) -> Result<(), Refusal> {
    let (AdminAct::AddAccount { id, login, login_key, person, name, language, .. }
    | AdminAct::RegisterAccount { id, login, login_key, person, name, language, .. }) = act
    else {
        return Ok(());
    };
    let (email, registered_on) = match act {
        AdminAct::AddAccount { email, .. } => (email.clone(), None),
        AdminAct::RegisterAccount { email, .. } => (Some(email.clone()), Some(today)),
        _ => (None, None),
    };
    if snapshot.rows().under::<Account>(login_key).next().is_some() {
        return Err(Reason::new(Code::LoginTaken).into());
    }
    snapshot.put(Account {
        id: *id,
        login: AsText(login.clone()),
        login_key: Some(login_key.clone()),
        person: *person,
        name: AsText(name.clone()),
        email: email.map(AsText),
        language: language.clone(),
        standing: Standing::Active,
        reminders: None,
        ended_on: None,
        registered_on,
    });
    Ok(())
}

fn choose(snapshot: &mut Snapshot, id: AccountId, reminders: Option<Reminders>) -> Result<(), Refusal> {
    let row = known(snapshot, id)?.clone();
    if row.reminders == reminders {
        return Err(Reason::new(Code::AlreadySo).into());
    }
    snapshot.put(Account { reminders, ..row });
    Ok(())
}

/// An identity opens one account alone; an account may have several.
fn link(snapshot: &mut Snapshot, act: &AdminAct, today: Date) -> Result<(), Refusal> {
    let AdminAct::LinkIdentity { id, account, issuer, subject_key } = act else { return Ok(()) };
    known(snapshot, *account)?;
    let mut links = snapshot.rows().open_id_links.values();
    if let Some(held) = links.find(|row| row.subject_key.as_ref() == Some(subject_key)) {
        let code = if held.account == *account { Code::AlreadySo } else { Code::IdentityTaken };
        return Err(Reason::new(code).into());
    }
    snapshot.put(OpenIdLink {
        id: *id,
        account: *account,
        issuer: issuer.clone(),
        subject_key: Some(subject_key.clone()),
        linked_on: today,
        ended_on: None,
    });
    Ok(())
}

/// The letter to the holder of an account that an identity opens from now on: whoever linked it, the holder hears of it.
pub(crate) fn told(snapshot: &Snapshot, act: &AdminAct, today: Date) -> Option<NoticeDraft> {
    let AdminAct::LinkIdentity { account, issuer, .. } = act else { return None };
    let arguments = json!({
        "letter": Letter::IdentityLinked,
        "matter": ["账号与登录", "Account and signing in"],
        "case_number": today,
        "office": roles::policy_office(snapshot),
        "points": [issuer],
        "effective_on": today,
    });
    Some(NoticeDraft { letter: Letter::IdentityLinked, recipient: Recipient { account: Some(*account), address: None }, arguments })
}

/// The link goes, and with it what the identity was known by.
fn unlink(snapshot: &mut Snapshot, id: RowId, account: AccountId, today: Date) -> Result<(), Refusal> {
    let held = |row: &&OpenIdLink| row.account == account && row.subject_key.is_some();
    let row = snapshot.rows().open_id_links.get(&id.to_string()).filter(held).cloned();
    let row = row.ok_or_else(|| Refusal::from(Reason::new(Code::AlreadySo)))?;
    snapshot.put(OpenIdLink { subject_key: None, ended_on: Some(today), ..row });
    Ok(())
}

fn stand(snapshot: &mut Snapshot, id: AccountId, standing: Standing, ended_on: Option<Date>) -> Result<(), Refusal> {
    let row = known(snapshot, id)?.clone();
    if row.standing == standing {
        return Err(Reason::new(Code::AlreadySo).into());
    }
    snapshot.put(Account { standing, ended_on, ..row });
    Ok(())
}

/// Nobody but the operator, who can make another one at the command line, may leave the house without an administrator.
fn administrator_left(snapshot: &Snapshot, actor: &ActorView, today: Date) -> Result<(), Refusal> {
    let left = roles::active_holders(snapshot, today).any(|role| role.rank == Rank::Administrator);
    if left || actor.operator { Ok(()) } else { Err(Reason::new(Code::LastAdministrator).into()) }
}

/// Whether a seat is a deputy's, and the actor its principal or the deputy: either may end it early.
pub(crate) fn stands_between(snapshot: &Snapshot, actor: &ActorView, id: RowId) -> bool {
    let row = snapshot.rows().roles.get(&id.to_string());
    row.is_some_and(|row| {
        let deputy = row.principal.is_some() && (row.principal == actor.account || Some(row.account) == actor.account);
        deputy || (row.standing == Standing::Pending && actor.has(Rank::Leader))
    })
}

fn revoke(snapshot: &mut Snapshot, id: RowId) -> Result<(), Refusal> {
    let row = snapshot.rows().roles.get(&id.to_string()).filter(|row| row.standing != Standing::Ended).cloned();
    let row = row.ok_or_else(|| Refusal::from(Reason::new(Code::AlreadySo)))?;
    snapshot.put(RoleAssignment { standing: Standing::Ended, ..row });
    Ok(())
}

/// Seats that one administrator alone must not hand out.
const fn powerful(rank: Rank) -> bool {
    matches!(rank, Rank::Administrator | Rank::Head | Rank::Leader)
}

/// Ranks whose rights hang on the office at which they are held.
const fn at_an_office(rank: Rank) -> bool {
    matches!(rank, Rank::Officer | Rank::Head | Rank::Leader | Rank::PlatformClerk)
}

/// How a seat stands when it is given: the operator at the command line answers for it alone.
fn standing(actor: &ActorView, rank: Rank) -> (Standing, Option<PersonId>) {
    if actor.operator || !powerful(rank) { (Standing::Active, None) } else { (Standing::Pending, actor.person) }
}

/// Administration, audit and case work are kept apart in one person (三员分立).
fn grant(
    snapshot: &mut Snapshot,
    actor: &ActorView,
    (id, account): (RowId, AccountId),
    rank: Rank,
    office: Option<&str>,
) -> Result<(), Refusal> {
    let person = known(snapshot, account)?.person;
    let rows = snapshot.rows();
    let offices = || offices::standing(snapshot);
    match office {
        Some(office) if rows.offices.get(office).is_none_or(|row| row.standing != Standing::Active) => {
            return Err(Reason::new(Code::UnknownOffice).with("office", office).with("allowed", offices()).into());
        }
        None if at_an_office(rank) => {
            return Err(Reason::new(Code::RankNeedsOffice).titled("rank", rank.title()).with("allowed", offices()).into());
        }
        _ => {}
    }
    no_party(snapshot, account)?;
    apart_in(snapshot, person, rank)?;
    let same = |role: &RoleAssignment| {
        role.account == account && role.rank == rank && role.office.as_deref() == office && role.principal.is_none()
    };
    if snapshot.rows().roles.values().any(|role| role.standing != Standing::Ended && same(role)) {
        return Err(Reason::new(Code::AlreadySo).into());
    }
    let (standing, asked_by) = standing(actor, rank);
    snapshot.put(RoleAssignment {
        id,
        account,
        rank,
        office: office.map(str::to_owned),
        standing,
        principal: None,
        from_day: None,
        until: None,
        asked_by,
    });
    Ok(())
}

/// Refuses a seat to an account that acts for a subject, however long its authority still runs.
fn no_party(snapshot: &Snapshot, account: AccountId) -> Result<(), Refusal> {
    let bound = snapshot.rows().of::<Binding>(account).any(|row| row.standing == Standing::Active);
    if bound { Err(Reason::new(Code::PartyHoldsNoSeat).into()) } else { Ok(()) }
}

/// Refuses a rank that does not go together with what the person holds or waits for.
fn apart_in(snapshot: &Snapshot, person: PersonId, rank: Rank) -> Result<(), Refusal> {
    let rows = snapshot.rows();
    let theirs = |role: &&RoleAssignment| rows.accounts.get(&role.account.to_string()).is_some_and(|row| row.person == person);
    let held = rows.roles.values().filter(|role| role.standing != Standing::Ended).filter(theirs);
    match held.into_iter().find(|role| apart(role.rank) != apart(rank)) {
        Some(role) => Err(Reason::new(Code::RanksDoNotMix).titled("rank", role.rank.title()).into()),
        None => Ok(()),
    }
}

/// A second person says yes: neither who asked for the seat, nor who gets it.
fn confirm(snapshot: &mut Snapshot, actor: &ActorView, id: RowId) -> Result<(), Refusal> {
    let row = snapshot.rows().roles.get(&id.to_string()).filter(|row| row.standing == Standing::Pending).cloned();
    let row = row.ok_or_else(|| Refusal::from(Reason::new(Code::AlreadySo)))?;
    let holder = known(snapshot, row.account)?.person;
    if !actor.operator && (actor.person.is_none() || actor.person == row.asked_by || actor.person == Some(holder)) {
        return Err(Reason::new(Code::SecondPersonNeeded).into());
    }
    no_party(snapshot, row.account)?;
    apart_in(snapshot, holder, row.rank)?;
    snapshot.put(RoleAssignment { standing: Standing::Active, ..row });
    Ok(())
}

/// A deputy holds the principal's seat for stated days; four eyes count both persons.
fn appoint(rules: &Rules, snapshot: &mut Snapshot, actor: &ActorView, act: &AdminAct, today: Date) -> Result<(), Refusal> {
    let AdminAct::AppointDeputy { id, principal, deputy, rank, office, from_day, until } = act else { return Ok(()) };
    let longest = setting_number(rules, snapshot, "deputy_longest_days").unwrap_or_default();
    if bounds::of_days((*from_day, *until), today, longest) {
        return Err(Reason::new(Code::DeputyDays).with("from", from_day).with("until", until).with("longest", longest).into());
    }
    let rows = snapshot.rows();
    let person = |id: &AccountId| rows.accounts.get(&id.to_string()).filter(|row| row.standing == Standing::Active).map(|row| row.person);
    let own = |row: &&RoleAssignment| row.account == *principal && row.principal.is_none() && row.rank == *rank && row.office == *office;
    let holds = rows.roles.values().any(|row| own(&row) && row.standing == Standing::Active);
    no_party(snapshot, *deputy)?;
    let deputy_person = person(deputy).filter(|found| holds && Some(*found) != person(principal));
    apart_in(snapshot, deputy_person.ok_or_else(|| Refusal::from(Reason::new(Code::NotTheirSeat)))?, *rank)?;
    // Whoever holds a seat may lend it; whoever lends another's seat asks for it.
    let (standing, asked_by) = if actor.account == Some(*principal) { (Standing::Active, None) } else { standing(actor, *rank) };
    snapshot.put(RoleAssignment {
        id: *id,
        account: *deputy,
        rank: *rank,
        office: office.clone(),
        standing,
        principal: Some(*principal),
        from_day: Some(*from_day),
        until: Some(*until),
        asked_by,
    });
    Ok(())
}

/// Administration, audit and case work.
const fn apart(rank: Rank) -> u8 {
    match rank {
        Rank::Administrator => 0,
        Rank::Auditor => 1,
        _ => 2,
    }
}
