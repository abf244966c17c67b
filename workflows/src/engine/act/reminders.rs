//! Reminders: the office that owns a deadline is told some working days before its end, on its last day, and when it was
//! missed. A reminder is an entry of its own and changes no case.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    calendar::Calendars,
    command::{Actor, Arguments, Command, Target},
    digest::Reminders,
    ids::AccountId,
    letter::Letter,
    moment::Micros,
    office::{Rank, Role},
    process::Verb,
    rows::{Case, Deadline, Standing},
};
use serde_json::json;
use time::Date;
use uuid::Uuid;

use crate::{
    definition::Version,
    engine::{
        Rules,
        act::{Act, notes, setting},
        sight::{
            decision::{Draft, NoticeDraft, Outcome, Recipient, written},
            questions, roles,
            snapshot::Snapshot,
        },
    },
};

/// Setting: how many working days before the last day the first reminder goes out.
const DAYS_BEFORE: &str = "remind_working_days";

/// When the owner of a deadline is first reminded; none where no office owns it or there is no time left for it.
pub(crate) fn first(act: &Act<'_>, row: &Deadline) -> Option<Micros> {
    let owner = row.owner.as_deref().and_then(Role::from_key)?;
    if matches!(owner, Role::Party | Role::System) {
        return None;
    }
    let (today, due) = (act.today(), row.due_on?);
    let near = before(act.rules.law.calendars(), due, act.setting_number(DAYS_BEFORE)?)?;
    [near, due].into_iter().find(|day| *day > today).map(Micros::start_of)
}

/// The day that lies `count` working days before `day`.
fn before(calendars: &Calendars, day: Date, count: u32) -> Option<Date> {
    let mut day = day;
    for _ in 0..count {
        day = day.previous_day()?;
        while !calendars.day(day).working {
            day = day.previous_day()?;
        }
    }
    Some(day)
}

/// Reminds of one deadline and sets when the next reminder is due.
pub(crate) fn remind(rules: &Rules, snapshot: &mut Snapshot, row: &Deadline, now: Micros, seed: Uuid) -> Option<Draft> {
    let case = snapshot.rows().cases.get(&row.case_id.to_string())?.clone();
    let version = rules.catalogue.of_case(&case)?;
    let (due, today) = (row.due_on?, now.day());
    let letter = if today < due { Letter::DeadlineNear } else { Letter::DeadlineToday };
    let start = snapshot.mark();
    let mut row = row.clone();
    row.remind_at = (today < due).then(|| Micros::start_of(due));
    snapshot.put(row.clone());
    let verb = if notes::is_clock(&row) { Verb::RemindOfAnswer } else { Verb::Remind };
    let command = Command {
        actor: Actor::System,
        target: Target::Case(case.id),
        verbs: vec![verb],
        arguments: Arguments::default(),
        admin: None,
        effective_on: today,
        now,
        seed,
        timer: Some(row.id),
    };
    // Who reads the day's digest finds the deadline there.
    let to = holders(snapshot, &case, &row, today).into_iter().filter(|account| by_single_letters(rules, snapshot, *account)).collect();
    Some(Draft {
        process: Some(case.process),
        case: Some(case.id),
        version: None,
        cause: None,
        under: None,
        verb: verb.key().to_owned(),
        actor: None,
        person: None,
        principal: None,
        agency: None,
        office: None,
        effective_on: today,
        outcome: Outcome::Accepted,
        definition: Some((version.definition.version(), version.digest.clone())),
        input: written(&command),
        facts: BTreeMap::new(),
        changes: snapshot.changes(start),
        notices: letters(snapshot, letter, (&case, &version, &row), today, to),
        skipped: Vec::new(),
        cites: Vec::new(),
    })
}

/// The letters about a missed deadline, at once and to everyone: somebody has to answer for it.
pub(crate) fn missed(snapshot: &Snapshot, case: &Case, version: &Version, row: &Deadline, today: Date) -> Vec<NoticeDraft> {
    letters(snapshot, Letter::DeadlineMissed, (case, version, row), today, holders(snapshot, case, row, today))
}

/// Who holds the role that owns the deadline, the head of its office, and the policy office.
fn holders(snapshot: &Snapshot, case: &Case, row: &Deadline, today: Date) -> BTreeSet<AccountId> {
    let owner = questions::keeper(snapshot, case, row);
    let head = owner.as_ref().map(|(_, office)| (Rank::Head, Some(office.clone().unwrap_or_else(|| case.office.clone()))));
    let seats: Vec<_> = owner.into_iter().chain(head).chain(roles::seat(snapshot, Role::PolicyReviewer, case)).collect();
    let held =
        |rank: Rank, office: Option<&str>| seats.iter().any(|(wanted, at)| *wanted == rank && (at.is_none() || at.as_deref() == office));
    roles::active_holders(snapshot, today).filter(|role| held(role.rank, role.office.as_deref())).map(|role| role.account).collect()
}

/// A clock of a case with its law.
type Clock<'a> = (&'a Case, &'a Version, &'a Deadline);

fn letters(snapshot: &Snapshot, letter: Letter, clock: Clock<'_>, today: Date, to: BTreeSet<AccountId>) -> Vec<NoticeDraft> {
    let arguments = said(snapshot, letter, clock, today);
    let one =
        |account| NoticeDraft { letter, recipient: Recipient { account: Some(account), address: None }, arguments: arguments.clone() };
    to.into_iter().map(one).collect()
}

/// What a letter about a deadline says.
pub(crate) fn said(snapshot: &Snapshot, letter: Letter, (case, version, row): Clock<'_>, today: Date) -> serde_json::Value {
    let asked = questions::keeper(snapshot, case, row).and_then(|(_, office)| office).filter(|_| notes::is_clock(row));
    let rule = version.definition.deadline(&row.key);
    let point = rule.map_or_else(|| row.key.clone(), |rule| format!("{} {}", rule.zh, rule.en));
    json!({
        "letter": letter,
        "case": case.id,
        "case_number": case.number,
        "process": case.process,
        "subject": case.subject,
        "office": asked.as_ref().or(case.finding_office.as_ref()).unwrap_or(&case.office),
        "points": [point],
        "due_on": row.due_on,
        "due_provisional": row.provisional == 1,
        "citations": row.article.iter().collect::<Vec<_>>(),
        "effective_on": today,
    })
}

/// Whether an account stands and is reminded by single letters.
pub(crate) fn by_single_letters(rules: &Rules, snapshot: &Snapshot, account: AccountId) -> bool {
    let chosen =
        snapshot.rows().accounts.get(&account.to_string()).filter(|row| row.standing == Standing::Active).and_then(|row| row.reminders);
    match chosen {
        Some(reminders) => reminders == Reminders::Single,
        None => setting(rules, snapshot, "digest").as_deref() != Some("true"),
    }
}
