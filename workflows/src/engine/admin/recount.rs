//! Deadlines counted again because a year's calendar was loaded: length, start and pauses as they were, other working days.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use domain::{
    calendar::{Calendars, Derived},
    command::{Actor, Arguments, Command, Target},
    ids::{AccountId, CaseId, IdSource},
    letter::Letter,
    moment::Micros,
    office::{Addressee, Role},
    process::Verb,
    rows::{Case, Deadline, DeadlineStatus, Packed},
};
use serde_json::json;

use crate::{
    definition::file::Transition,
    engine::{
        Rules,
        act::{Act, desks, reminders},
        decide::letters,
        sight::{
            decision::{Draft, NoticeDraft, Outcome, Recipient, written},
            questions,
            roles::{self, ActorView},
            snapshot::Snapshot,
        },
    },
};

/// The deadline as these calendars count it; none where nothing of it changes.
pub fn counted_again(calendars: &Calendars, row: &Deadline) -> Option<Deadline> {
    if row.status != DeadlineStatus::Open {
        return None;
    }
    let old: Derived = row.derivation.read()?;
    let new = old.again(calendars)?;
    if new == old {
        return None;
    }
    let mut row = row.clone();
    row.due_on = Some(new.day());
    row.fires_at = new.day().next_day().map(Micros::start_of);
    row.provisional = i64::from(new.provisional());
    row.derivation = Packed::of(&new);
    Some(row)
}

/// Counts every open deadline again under the new law; an entry for each case in which one changes, caused by the act.
pub(crate) fn all(rules: &Rules, snapshot: &mut Snapshot, command: &Command, entries: &mut Vec<Draft>) {
    let mut changed: BTreeMap<CaseId, Vec<(Deadline, Deadline)>> = BTreeMap::new();
    for row in snapshot.rows().deadlines.values() {
        if let Some(again) = counted_again(rules.law.calendars(), row) {
            changed.entry(row.case_id).or_default().push((row.clone(), again));
        }
    }
    let cause = entries.len().saturating_sub(1);
    for (id, rows) in changed {
        let case = snapshot.rows().cases.get(&id.to_string()).cloned();
        entries.extend(case.and_then(|case| of_case(rules, snapshot, command, cause, case, rows)));
    }
}

fn of_case(
    rules: &Rules,
    snapshot: &mut Snapshot,
    command: &Command,
    cause: usize,
    case: Case,
    rows: Vec<(Deadline, Deadline)>,
) -> Option<Draft> {
    let (version, start) = (rules.catalogue.of_case(&case)?, snapshot.mark());
    let own = Command {
        actor: Actor::System,
        target: Target::Case(case.id),
        verbs: vec![Verb::Recount],
        arguments: Arguments::default(),
        admin: None,
        ..command.clone()
    };
    let (actor, mut ids, proposed) = (ActorView { system: true, ..ActorView::default() }, IdSource::new(command.seed), case.data.0.clone());
    let mut act = Act {
        rules,
        snapshot,
        command: &own,
        version: version.clone(),
        row: Arc::new(Transition::of_the_house(Verb::Recount)),
        verb: Verb::Recount,
        actor: &actor,
        case: case.clone(),
        proposed,
        ids: &mut ids,
        facts: BTreeMap::new(),
    };
    let mut notices = Vec::new();
    for (old, mut new) in rows {
        if old.due_on == new.due_on {
            act.snapshot.put(new);
            continue;
        }
        new.remind_at = reminders::first(&act, &new);
        act.facts.insert(new.key.clone(), json!({ "from": old.due_on, "to": new.due_on }));
        act.snapshot.put(new.clone());
        notices.extend(told(&act, &new));
    }
    desks::rewrite(&mut act);
    let facts = act.facts;
    Some(Draft {
        process: Some(case.process),
        case: Some(case.id),
        version: None,
        cause: Some(cause),
        under: None,
        verb: Verb::Recount.key().to_owned(),
        actor: None,
        person: None,
        principal: None,
        agency: None,
        office: None,
        effective_on: command.effective_on,
        outcome: Outcome::Accepted,
        definition: Some((version.definition.version(), version.digest.clone())),
        input: written(&own),
        facts,
        changes: snapshot.changes(start),
        notices,
        skipped: Vec::new(),
        cites: vec!["holiday_measures_2024/whole".to_owned()],
    })
}

/// Letters to whoever has to act by the new day, and to the party where the case is its own or the day is its to keep.
fn told(act: &Act<'_>, row: &Deadline) -> Vec<NoticeDraft> {
    let owner = row.owner.as_deref().and_then(Role::from_key);
    let Some(owner) = owner else { return Vec::new() };
    let today = act.today();
    let seat = questions::keeper(act.snapshot, &act.case, row);
    let sits =
        |rank, office: Option<&str>| seat.as_ref().is_some_and(|(wanted, at)| *wanted == rank && (at.is_none() || at.as_deref() == office));
    let holders: BTreeSet<AccountId> = roles::active_holders(act.snapshot, today)
        .filter(|role| sits(role.rank, role.office.as_deref()))
        .map(|role| role.account)
        .collect();
    let mut to: Vec<Recipient> = holders.into_iter().map(|account| Recipient { account: Some(account), address: None }).collect();
    // What offices ask each other is no matter of the party.
    let told = act.version.definition.moved_days_tell.filter(|_| owner != Role::AskedOffice);
    let party = told.or_else(|| (owner == Role::Party).then_some(Addressee::Party));
    to.extend(party.into_iter().flat_map(|party| letters::recipients(act, party)));
    let arguments = reminders::said(act.snapshot, Letter::DeadlineMoved, (&act.case, &act.version, row), today);
    to.into_iter().map(|recipient| NoticeDraft { letter: Letter::DeadlineMoved, recipient, arguments: arguments.clone() }).collect()
}
