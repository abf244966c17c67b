//! Administrative acts: accounts, roles, offices, settings, the demo clock.

use std::collections::BTreeMap;

use domain::{
    admin::AdminAct,
    command::Command,
    digest::Reminders,
    ids::{AccountId, RowId},
    office::Rank,
    refusal::{Reason, ReasonCode as Code, Refusal},
    rows::{Account, AsText, DemoClock, Office, RoleAssignment, Setting, Standing},
};

use time::Date;

use super::{Rules, act::setting, decision::{Draft, Outcome}, erasure, imports, law_files::{self, recounted_from}, recount, roles::ActorView, snapshot::Snapshot, told};

pub(super) fn decide(rules: &Rules, snapshot: &mut Snapshot, command: &Command, entries: &mut Vec<Draft>) -> Result<(), Refusal> {
    let Some(act) = command.admin.as_deref() else { return Err(Reason::new(Code::MissingForm).with("form", "admin").into()) };
    let actor = ActorView::of(snapshot, command.actor, command.effective_on);
    may(snapshot, &actor, act)?;
    let start = snapshot.mark();
    carry_out(rules, snapshot, command, act)?;
    entries.push(Draft {
        process: None,
        case: None,
        version: None,
        cause: None,
        verb: act.key().to_owned(),
        actor: actor.account,
        person: actor.person,
        principal: None,
        agency: None,
        office: office(&actor, act),
        effective_on: command.effective_on,
        outcome: Outcome::Accepted,
        definition: None,
        input: serde_json::to_value(command).unwrap_or_default(),
        facts: BTreeMap::new(),
        changes: snapshot.changes(start),
        notices: told::notices(snapshot, act, command.effective_on),
        skipped: Vec::new(),
        cites: Vec::new(),
    });
    if let AdminAct::ImportFile { rows, .. } = act {
        imports::import(rules, snapshot, command, rows, entries)?;
    }
    if let AdminAct::LoadLaw { path, text } = act
        && recounted_from(rules, act).is_some()
        && let Ok(rules) = rules.with(path, text)
    {
        recount::all(&rules, snapshot, command, entries);
    }
    Ok(())
}

/// The office in whose name an administrative act is done: the one it names, else the actor's own.
fn office(actor: &ActorView, act: &AdminAct) -> Option<String> {
    match act {
        AdminAct::ImportFile { office, .. } => Some(office.clone()),
        AdminAct::AppointDeputy { office, .. } if actor.seats.iter().any(|(_, own)| own == office) => office.clone(),
        AdminAct::NoteAnswers { .. } => actor.seats.iter().find(|(rank, _)| *rank == Rank::PlatformClerk).and_then(|(_, office)| office.clone()),
        _ => actor.seats.iter().find_map(|(_, office)| office.clone()),
    }
}

/// Whether a seat is a deputy's, and the actor its principal or the deputy: either may end it early.
fn stands_between(snapshot: &Snapshot, actor: &ActorView, id: RowId) -> bool {
    let row = snapshot.rows().roles.get(&id.to_string());
    row.is_some_and(|row| row.principal.is_some() && (row.principal == actor.account || Some(row.account) == actor.account))
}

/// Administration is the administrator's or the operator's; an import is the office's own.
pub(super) fn may(snapshot: &Snapshot, actor: &ActorView, act: &AdminAct) -> Result<(), Refusal> {
    let allowed = match act {
        AdminAct::ImportFile { office, rows, .. } => rows.iter().all(|row| actor.sits(imports::clerk(row.opening.process), office)),
        AdminAct::NoteAnswers { .. } => actor.has(Rank::PlatformClerk),
        AdminAct::NoteIdentityRead { .. } => actor.seats.iter().any(|(rank, _)| *rank != Rank::Administrator),
        AdminAct::StartDemoClock { .. } => actor.operator,
        AdminAct::SendDigests { .. } | AdminAct::WarnOfCalendar { .. } => actor.system,
        AdminAct::PublishReceiptKey { .. } | AdminAct::NoteSwept { .. } => actor.system || actor.operator,
        AdminAct::ChooseReminders { account, .. } => actor.operator || actor.has(Rank::Administrator) || actor.account == Some(*account),
        AdminAct::RevokeRole { id } => actor.operator || actor.has(Rank::Administrator) || stands_between(snapshot, actor, *id),
        AdminAct::AppointDeputy { principal, .. } => actor.operator || actor.has(Rank::Administrator) || actor.account == Some(*principal),
        _ => actor.operator || actor.has(Rank::Administrator),
    };
    let clerk = ("信用中国对接人", "the Credit China clerk");
    let who = match act {
        AdminAct::ImportFile { rows, .. } => match rows.first().map(|row| imports::clerk(row.opening.process)) {
            Some(Rank::PlatformClerk) => clerk,
            _ => ("本单位经办人", "an officer of the office itself"),
        },
        AdminAct::NoteAnswers { .. } => clerk,
        AdminAct::SendDigests { .. } | AdminAct::WarnOfCalendar { .. } => ("系统", "the system"),
        _ => ("管理员", "an administrator"),
    };
    if allowed { Ok(()) } else { Err(Reason::new(Code::RoleDoesNotAllow).titled("who", who).into()) }
}

pub(super) fn carry_out(rules: &Rules, snapshot: &mut Snapshot, command: &Command, act: &AdminAct) -> Result<(), Refusal> {
    match act {
        AdminAct::AddOffice { key, zh, en, kind, division_code, number_word } => {
            if snapshot.rows().offices.contains_key(key) {
                return Err(Reason::new(Code::AlreadySo).into());
            }
            snapshot.put(Office {
                id: key.clone(),
                zh: zh.clone(),
                en: en.clone(),
                kind: *kind,
                division_code: division_code.clone(),
                number_word: number_word.clone(),
                standing: Standing::Active,
                receipt_key: None,
            });
        }
        AdminAct::LoadLaw { path, text } => law_files::load(rules, snapshot, command, path, text)?,
        AdminAct::ErasePersonal { .. } => erasure::erase(rules, snapshot, command.effective_on, act)?,
        AdminAct::NoteSwept { id, .. } => erasure::swept(snapshot, *id)?,
        AdminAct::PublishReceiptKey { office, key } => publish_key(snapshot, office, key)?,
        AdminAct::AddAccount { .. } => add_account(snapshot, act)?,
        AdminAct::DisableAccount { id } => stand(snapshot, *id, Standing::Ended, Some(command.effective_on))?,
        AdminAct::EnableAccount { id } => stand(snapshot, *id, Standing::Active, None)?,
        AdminAct::ChooseReminders { account, reminders } => choose(snapshot, *account, *reminders)?,
        AdminAct::SendDigests { .. } => told::send_digests(rules, snapshot, command)?,
        AdminAct::WarnOfCalendar { year } => told::warn_of_calendar(rules, snapshot, command, *year)?,
        AdminAct::NotePasswordReset { .. } | AdminAct::NoteIdentityRead { .. } => {}
        AdminAct::GrantRole { id, account, rank, office } => grant(snapshot, *id, *account, *rank, office.as_deref())?,
        AdminAct::AppointDeputy { .. } => appoint(snapshot, act, command.effective_on)?,
        AdminAct::RevokeRole { id } => {
            let row = snapshot.rows().roles.get(&id.to_string()).filter(|row| row.standing == Standing::Active).cloned();
            let mut row = row.ok_or_else(|| Refusal::from(Reason::new(Code::AlreadySo)))?;
            row.standing = Standing::Ended;
            snapshot.put(row);
        }
        AdminAct::ChangeSetting { key, value } => {
            if let Some(reason) = setting_refused(rules, snapshot, key, value) {
                return Err(reason.into());
            }
            snapshot.put(Setting { id: key.clone(), value: value.clone(), since: command.effective_on });
        }
        AdminAct::ImportFile { file_sha256, layout, office, rows } => {
            imports::note_file(snapshot, file_sha256, layout, office, rows.len(), command.effective_on)?;
        }
        AdminAct::NoteAnswers { file_sha256, cases } => imports::note_answers(snapshot, command, file_sha256, cases),
        AdminAct::StartDemoClock { at } => {
            if !snapshot.rows().offices.is_empty() || !snapshot.rows().clocks.is_empty() {
                return Err(Reason::new(Code::NotADemo).into());
            }
            snapshot.put(DemoClock { id: "demo".to_owned(), now: *at });
        }
        AdminAct::AdvanceClock { to } => {
            let Some(clock) = snapshot.rows().clocks.get("demo").cloned() else {
                return Err(Reason::new(Code::NotADemo).into());
            };
            if *to <= clock.now {
                return Err(Reason::new(Code::ClockOnlyForward).into());
            }
            snapshot.put(DemoClock { now: *to, ..clock });
        }
    }
    Ok(())
}

/// Characters of a refused value that its refusal repeats.
const NAMED: usize = 40;

/// Why a setting may not take a value while the others stand as they do.
pub(super) fn setting_refused(rules: &Rules, snapshot: &Snapshot, key: &str, value: &str) -> Option<Reason> {
    let settings = rules.law.settings();
    let Some(bounds) = settings.bounds(key, |other| setting(rules, snapshot, other)) else {
        return Some(Reason::new(Code::SettingUnknown).with("setting", key).with("allowed", settings.keys()));
    };
    let reason = Reason::new(Code::SettingOutOfRange).with("setting", key).with("value", value.chars().take(NAMED).collect::<String>()).with("range", bounds.said());
    let why = (&bounds.why.zh, &bounds.why.en);
    (!bounds.admit(value)).then(|| reason.titled("why", why).under(bounds.cites.first().map(String::as_str)))
}

fn add_account(snapshot: &mut Snapshot, act: &AdminAct) -> Result<(), Refusal> {
    let AdminAct::AddAccount { id, login, login_key, person, name, email, language } = act else { return Ok(()) };
    if snapshot.rows().accounts.values().any(|row| row.login_key.as_ref() == Some(login_key)) {
        return Err(Reason::new(Code::LoginTaken).into());
    }
    snapshot.put(Account {
        id: *id,
        login: AsText(login.clone()),
        login_key: Some(login_key.clone()),
        person: *person,
        name: AsText(name.clone()),
        email: email.clone().map(AsText),
        language: language.clone(),
        standing: Standing::Active,
        reminders: None,
        ended_on: None,
    });
    Ok(())
}

fn choose(snapshot: &mut Snapshot, id: AccountId, reminders: Option<Reminders>) -> Result<(), Refusal> {
    let row = snapshot.rows().accounts.get(&id.to_string()).filter(|row| row.reminders != reminders).cloned();
    let row = row.ok_or_else(|| Refusal::from(Reason::new(Code::AlreadySo)))?;
    snapshot.put(Account { reminders, ..row });
    Ok(())
}

fn stand(snapshot: &mut Snapshot, id: AccountId, standing: Standing, ended_on: Option<Date>) -> Result<(), Refusal> {
    let row = snapshot.rows().accounts.get(&id.to_string()).filter(|row| row.standing != standing).cloned();
    let mut row = row.ok_or_else(|| Refusal::from(Reason::new(Code::AlreadySo)))?;
    (row.standing, row.ended_on) = (standing, ended_on);
    snapshot.put(row);
    Ok(())
}

fn publish_key(snapshot: &mut Snapshot, office: &str, key: &str) -> Result<(), Refusal> {
    let row = snapshot.rows().offices.get(office).filter(|row| row.receipt_key.as_deref() != Some(key)).cloned();
    let row = row.ok_or_else(|| Refusal::from(Reason::new(Code::AlreadySo)))?;
    snapshot.put(Office { receipt_key: Some(key.to_owned()), ..row });
    Ok(())
}

/// Administration, audit and case work are kept apart in one person (三员分立).
fn grant(snapshot: &mut Snapshot, id: RowId, account: AccountId, rank: Rank, office: Option<&str>) -> Result<(), Refusal> {
    let rows = snapshot.rows();
    if let Some(office) = office
        && !rows.offices.contains_key(office)
    {
        let known: Vec<_> = rows.offices.keys().cloned().collect();
        return Err(Reason::new(Code::UnknownOffice).with("office", office).with("allowed", known.join(", ")).into());
    }
    let person = rows.accounts.get(&account.to_string()).map(|row| row.person);
    let same_person = |other: &RoleAssignment| rows.accounts.get(&other.account.to_string()).map(|row| row.person) == person;
    let held = rows.roles.values().filter(|role| role.standing == Standing::Active && same_person(role));
    for role in held {
        if apart(role.rank) != apart(rank) {
            return Err(Reason::new(Code::RanksDoNotMix).with("rank", role.rank).into());
        }
        if role.account == account && role.rank == rank && role.office.as_deref() == office && role.principal.is_none() {
            return Err(Reason::new(Code::AlreadySo).into());
        }
    }
    snapshot.put(RoleAssignment { id, account, rank, office: office.map(str::to_owned), standing: Standing::Active, principal: None, from_day: None, until: None });
    Ok(())
}

/// A deputy holds the principal's seat for stated days; four eyes count both persons.
fn appoint(snapshot: &mut Snapshot, act: &AdminAct, today: Date) -> Result<(), Refusal> {
    let AdminAct::AppointDeputy { id, principal, deputy, rank, office, from_day, until } = act else { return Ok(()) };
    if *from_day < today || until < from_day {
        return Err(Reason::new(Code::DeputyDays).with("from", from_day).with("until", until).into());
    }
    let rows = snapshot.rows();
    let person = |id: &AccountId| rows.accounts.get(&id.to_string()).filter(|row| row.standing == Standing::Active).map(|row| row.person);
    let own = |row: &&RoleAssignment| row.account == *principal && row.principal.is_none() && row.rank == *rank && row.office == *office;
    let holds = rows.roles.values().any(|row| own(&row) && row.standing == Standing::Active);
    if !holds || person(deputy).is_none() || person(deputy) == person(principal) {
        return Err(Reason::new(Code::NotTheirSeat).into());
    }
    let same_person = |account: &AccountId| person(account).is_some() && person(account) == person(deputy);
    let mixes = rows.roles.values().find(|row| same_person(&row.account) && row.standing == Standing::Active && apart(row.rank) != apart(*rank));
    if let Some(row) = mixes {
        return Err(Reason::new(Code::RanksDoNotMix).with("rank", row.rank).into());
    }
    snapshot.put(RoleAssignment {
        id: *id,
        account: *deputy,
        rank: *rank,
        office: office.clone(),
        standing: Standing::Active,
        principal: Some(*principal),
        from_day: Some(*from_day),
        until: Some(*until),
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
