//! Administrative acts: accounts, roles, offices, settings, the demo clock.

use std::collections::BTreeMap;

use domain::{
    admin::AdminAct,
    command::Command,
    erasure::ErasureTarget,
    office::Rank,
    refusal::{Reason, ReasonCode as Code, Refusal},
    rows::{DemoClock, Office, Setting},
};

use crate::engine::{
    Rules,
    act::{desks, setting},
    admin::{
        accounts, claims, digests as told, erasure, imports,
        law_files::{self, recounted_from},
        offices, plans, recount, registered, registers, seats,
    },
    sight::{
        decision::{Draft, Outcome, written},
        roles::ActorView,
        snapshot::Snapshot,
    },
};

pub(crate) fn decide(rules: &Rules, snapshot: &mut Snapshot, command: &Command, entries: &mut Vec<Draft>) -> Result<(), Refusal> {
    let Some(act) = command.admin.as_deref() else { return Err(Reason::new(Code::MissingForm).with("form", "admin").into()) };
    let actor = ActorView::of(snapshot, command.actor, command.effective_on);
    may(rules, snapshot, &actor, act)?;
    let start = snapshot.mark();
    let waited = seats::pending(snapshot);
    carry_out(rules, snapshot, command, act)?;
    let loose = claims::loose(snapshot, act, command.effective_on);
    let mut notices = told::notices(snapshot, act, command.effective_on);
    notices.extend(claims::told(snapshot, &loose, command.effective_on));
    notices.extend(accounts::told(snapshot, act, command.effective_on));
    notices.extend(seats::told(snapshot, &waited, command.effective_on));
    entries.push(Draft {
        process: None,
        case: None,
        version: None,
        cause: None,
        under: under(act),
        verb: act.key().to_owned(),
        actor: actor.account,
        person: actor.person,
        principal: None,
        agency: None,
        office: office(snapshot, &actor, act),
        effective_on: command.effective_on,
        outcome: Outcome::Accepted,
        definition: None,
        input: written(command),
        facts: BTreeMap::new(),
        changes: snapshot.changes(start),
        notices,
        skipped: Vec::new(),
        cites: Vec::new(),
    });
    match act {
        // What was claimed there comes back with the case.
        AdminAct::EndOffice { key, .. } => offices::pass_on(rules, snapshot, command, key, entries),
        _ => desks::take_back(rules, snapshot, command, loose, entries),
    }
    if let AdminAct::LoadLaw { path, text } = act
        && recounted_from(rules, act).is_some()
        && let Ok(rules) = rules.with(path, text)
    {
        recount::all(&rules, snapshot, command, entries);
    }
    Ok(())
}

/// The entry before this act that caused it: what ends an import follows from what began it.
fn under(act: &AdminAct) -> Option<u64> {
    match act {
        AdminAct::FinishImport { cause, .. } | AdminAct::KeepInformation { cause, .. } => Some(*cause),
        AdminAct::GiveUpImport { cause, .. } | AdminAct::ClearImport { cause, .. } => *cause,
        _ => None,
    }
}

/// The office in whose name an administrative act is done: the one it names, else the actor's own.
fn office(snapshot: &Snapshot, actor: &ActorView, act: &AdminAct) -> Option<String> {
    match act {
        AdminAct::ImportFile { office, .. } => Some(office.clone()),
        AdminAct::FinishImport { id, .. }
        | AdminAct::KeepInformation { import: id, .. }
        | AdminAct::GiveUpImport { id, .. }
        | AdminAct::ClearImport { id, .. } => imports::office_of(snapshot, *id),
        AdminAct::AppointDeputy { office, .. } if actor.seats.iter().any(|(_, own)| own == office) => office.clone(),
        AdminAct::NoteAnswers { .. } => {
            actor.seats.iter().find(|(rank, _)| *rank == Rank::PlatformClerk).and_then(|(_, office)| office.clone())
        }
        _ => actor.seats.iter().find_map(|(_, office)| office.clone()),
    }
}

/// Administration is the administrator's or the operator's; an import is the office's own.
pub(crate) fn may(rules: &Rules, snapshot: &Snapshot, actor: &ActorView, act: &AdminAct) -> Result<(), Refusal> {
    let allowed = match act {
        AdminAct::ImportFile { office, process, .. } => imports::clerk(rules, *process).is_some_and(|rank| actor.sits(rank, office)),
        AdminAct::FinishImport { id, .. } | AdminAct::KeepInformation { import: id, .. } => imports::began(snapshot, actor, *id),
        AdminAct::FreezeMeasures { .. } => actor.system || actor.operator || registers::may_freeze(snapshot, actor),
        AdminAct::GiveUpImport { id, .. } => actor.system || imports::may_give_up(rules, snapshot, actor, *id),
        AdminAct::NoteAnswers { .. } => actor.has(Rank::PlatformClerk),
        AdminAct::NoteIdentityRead { .. } => actor.seats.iter().any(|(rank, _)| *rank != Rank::Administrator),
        AdminAct::StartDemoClock { .. } => actor.operator,
        AdminAct::StartPlan { .. } | AdminAct::ClosePlan { .. } | AdminAct::NotePack { .. } => {
            actor.operator || plans::may(snapshot, actor)
        }
        AdminAct::SendDigests { .. }
        | AdminAct::WarnOfCalendar { .. }
        | AdminAct::ReturnClaims
        | AdminAct::ClearImport { .. }
        | AdminAct::NotePublished { .. }
        | AdminAct::RegisterAccount { .. }
        | AdminAct::EndRegistration { .. } => actor.system,
        AdminAct::ErasePersonal { target: ErasureTarget::Account(id), .. } => {
            actor.operator || actor.has(Rank::Administrator) || (actor.system && registered::never_bound(snapshot, *id))
        }
        AdminAct::PublishReceiptKey { .. } | AdminAct::NoteSwept { .. } => actor.system || actor.operator,
        AdminAct::ChooseReminders { account, .. } | AdminAct::LinkIdentity { account, .. } | AdminAct::UnlinkIdentity { account, .. } => {
            actor.operator || actor.has(Rank::Administrator) || actor.account == Some(*account)
        }
        AdminAct::RevokeRole { id } => actor.operator || actor.has(Rank::Administrator) || accounts::stands_between(snapshot, actor, *id),
        // A leader may also say no to what is asked of it.
        AdminAct::ConfirmRole { .. } => actor.operator || actor.has(Rank::Administrator) || actor.has(Rank::Leader),
        AdminAct::NotePasswordReset { id } => actor.operator || actor.has(Rank::Administrator) || actor.account == Some(*id),
        AdminAct::AppointDeputy { principal, .. } => actor.operator || actor.has(Rank::Administrator) || actor.account == Some(*principal),
        _ => actor.operator || actor.has(Rank::Administrator),
    };
    let clerk = ("信用中国对接人", "the Credit China clerk");
    let who = match act {
        AdminAct::ImportFile { process, .. } => match imports::clerk(rules, *process) {
            Some(Rank::PlatformClerk) => clerk,
            _ => ("本单位经办人", "an officer of the office itself"),
        },
        AdminAct::StartPlan { .. } | AdminAct::ClosePlan { .. } | AdminAct::NotePack { .. } => {
            ("政策法规科负责人", "the head of the policy office")
        }
        AdminAct::FinishImport { .. } | AdminAct::KeepInformation { .. } => ("开始导入的账号", "the account that began the import"),
        AdminAct::FreezeMeasures { .. } => ("政策法规科", "the policy office"),
        AdminAct::GiveUpImport { .. } => ("导入该文件的单位", "the office that imports the file"),
        AdminAct::NoteAnswers { .. } => clerk,
        AdminAct::SendDigests { .. }
        | AdminAct::WarnOfCalendar { .. }
        | AdminAct::ReturnClaims
        | AdminAct::ClearImport { .. }
        | AdminAct::NotePublished { .. } => ("系统", "the system"),
        AdminAct::ConfirmRole { .. } => ("管理员或者局领导", "an administrator or the leader of the bureau"),
        _ => ("管理员", "an administrator"),
    };
    if allowed { Ok(()) } else { Err(Reason::new(Code::RoleDoesNotAllow).titled("who", who).into()) }
}

pub(crate) fn carry_out(rules: &Rules, snapshot: &mut Snapshot, command: &Command, act: &AdminAct) -> Result<(), Refusal> {
    match act {
        AdminAct::AddOffices { offices: drafts } => offices::add(snapshot, drafts)?,
        AdminAct::RenameOffice { key, zh, en } => offices::rename(snapshot, key, zh, en)?,
        AdminAct::EndOffice { key, successor } => offices::end(snapshot, command.effective_on, key, successor.as_deref())?,
        AdminAct::ChangeOffice { key, details } => offices::change(snapshot, key, details)?,
        AdminAct::LoadLaw { path, text } => law_files::load(rules, snapshot, command, path, text)?,
        AdminAct::ErasePersonal { .. } => erasure::erase(rules, snapshot, command.effective_on, act)?,
        AdminAct::NoteSwept { id, .. } => erasure::swept(snapshot, *id)?,
        AdminAct::PublishReceiptKey { office, key } => publish_key(snapshot, office, key)?,
        AdminAct::AddAccount { .. }
        | AdminAct::RegisterAccount { .. }
        | AdminAct::EndRegistration { .. }
        | AdminAct::DisableAccount { .. }
        | AdminAct::EnableAccount { .. }
        | AdminAct::ChooseReminders { .. }
        | AdminAct::LinkIdentity { .. }
        | AdminAct::UnlinkIdentity { .. }
        | AdminAct::GrantRole { .. }
        | AdminAct::ConfirmRole { .. }
        | AdminAct::RevokeRole { .. }
        | AdminAct::AppointDeputy { .. }
        | AdminAct::NotePasswordReset { .. } => accounts::carry_out(rules, snapshot, command, act)?,
        AdminAct::SendDigests { .. } => told::send_digests(rules, snapshot, command)?,
        AdminAct::WarnOfCalendar { year } => told::warn_of_calendar(rules, snapshot, command, *year)?,
        AdminAct::NotePublished { as_of, .. } => told::note_published(rules, snapshot, command, *as_of)?,
        AdminAct::ReturnClaims if claims::loose(snapshot, act, command.effective_on).is_empty() => {
            return Err(Reason::new(Code::AlreadySo).into());
        }
        AdminAct::ReturnClaims => {}
        AdminAct::ConfirmDay { day } => told::confirm_day(snapshot, command, *day)?,
        // Letters stand beside the trail; that somebody sent them again stands in it.
        // So does a pack: what is in it stands outside.
        AdminAct::NoteIdentityRead { .. } | AdminAct::ResendLetters { .. } | AdminAct::NotePack { .. } => {}
        AdminAct::ChangeSetting { key, value } => {
            if let Some(reason) = setting_refused(rules, snapshot, key, value) {
                return Err(reason.into());
            }
            snapshot.put(Setting { id: key.clone(), value: value.clone(), since: command.effective_on });
        }
        AdminAct::StartPlan { version } => plans::start(rules, snapshot, command.effective_on, version)?,
        AdminAct::ClosePlan { run } => plans::close(rules, snapshot, command.effective_on, run)?,
        AdminAct::ImportFile { .. } | AdminAct::FinishImport { .. } | AdminAct::GiveUpImport { .. } | AdminAct::ClearImport { .. } => {
            imports::carry_out(rules, snapshot, command, act)?;
        }
        AdminAct::KeepInformation { import, from, rows, .. } => registers::keep(rules, snapshot, command, *import, *from, rows)?,
        AdminAct::FreezeMeasures { as_of, at_size, lines } => registers::freeze(snapshot, command, (*as_of, *at_size), lines)?,
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
pub(crate) fn setting_refused(rules: &Rules, snapshot: &Snapshot, key: &str, value: &str) -> Option<Reason> {
    let settings = rules.law.settings();
    let Some(bounds) = settings.bounds(key, |other| setting(rules, snapshot, other)) else {
        return Some(Reason::new(Code::SettingUnknown).with("setting", key).with("allowed", settings.keys()));
    };
    let reason = Reason::new(Code::SettingOutOfRange)
        .titled("setting", settings.title(key))
        .with("value", value.chars().take(NAMED).collect::<String>())
        .with("range", bounds.said());
    let why = (&bounds.why.zh, &bounds.why.en);
    (!bounds.admit(value)).then(|| reason.titled("why", why).under(bounds.cites.first().map(String::as_str)))
}

fn publish_key(snapshot: &mut Snapshot, office: &str, key: &str) -> Result<(), Refusal> {
    let row = snapshot.rows().offices.get(office).filter(|row| row.receipt_key.as_deref() != Some(key)).cloned();
    let row = row.ok_or_else(|| Refusal::from(Reason::new(Code::AlreadySo)))?;
    snapshot.put(Office { receipt_key: Some(key.to_owned()), ..row });
    Ok(())
}
