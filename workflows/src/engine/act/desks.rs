//! Work items: what waits at whose desk; claim, return, reassign, step aside; missed deadlines.

use std::{collections::BTreeMap, sync::Arc};

use domain::{
    command::Command,
    ids::{CaseId, IdSource, RowId, beside},
    office::{Rank, Role},
    process::Verb,
    refusal::{Reason, ReasonCode as Code, Refusal},
    rows::{Case, Deadline, DeadlineStatus, ItemStatus, Recusal, Supervision, WorkItem},
};
use serde_json::Value;
use time::Date;

use crate::{
    definition::{Version, common::Common},
    engine::{
        Rules,
        act::{Act, notes, reminders},
        sight::{
            decision::{Draft, Outcome},
            questions,
            roles::{self, ActorView},
            snapshot::{Done, Snapshot},
        },
    },
};

/// One line of what should wait now.
struct Wanted {
    id: RowId,
    seat: Option<Seat>,
    due_on: Option<Date>,
    deadline: Option<RowId>,
}

/// Rewrites the case's work items after an act.
pub(crate) fn rewrite(act: &mut Act<'_>) {
    let wanted = wanted(act);
    let mut keep = Vec::new();
    for line in wanted {
        let Some((rank, office)) = line.seat else { continue };
        let office = office.unwrap_or_else(|| act.case.office.clone());
        let before = act.snapshot.rows().work_items.get(&line.id.to_string()).cloned();
        let person = before.filter(|row| row.status == ItemStatus::Open && row.office == office).and_then(|row| row.person);
        keep.push(line.id);
        let row = WorkItem {
            id: line.id,
            case_id: act.case.id,
            office,
            rank,
            person,
            due_on: line.due_on,
            deadline: line.deadline,
            status: ItemStatus::Open,
        };
        if act.snapshot.rows().work_items.get(&line.id.to_string()) != Some(&row) {
            act.snapshot.put(row);
        }
    }
    let done: Vec<_> = act.mine::<WorkItem>().filter(|row| row.status == ItemStatus::Open && !keep.contains(&row.id)).cloned().collect();
    for mut row in done {
        row.status = ItemStatus::Settled;
        act.snapshot.put(row);
    }
}

fn wanted(act: &Act<'_>) -> Vec<Wanted> {
    let case = &act.case;
    let presses = |row: &&Deadline| row.status == DeadlineStatus::Open && row.owner.is_some() && !notes::is_clock(row);
    let running: Vec<&Deadline> = act.mine::<Deadline>().filter(presses).collect();
    let seat = |role| roles::seat(act.snapshot, role, case);
    let mut lines = Vec::new();
    let desk = act.version.definition.state(&case.state).and_then(|state| state.desk);
    if let Some(role) = desk {
        let first = running.iter().filter_map(|row| row.due_on.map(|due| (due, row.id))).min();
        lines.push(Wanted {
            id: RowId(beside(&case.id.0, format!("desk:{role}").as_bytes())),
            seat: seat(role),
            due_on: first.map(|(due, _)| due),
            deadline: first.map(|(_, id)| id),
        });
    }
    for row in running {
        let outlives = act.version.definition.deadline(&row.key).is_some_and(|rule| rule.outlives);
        let role = row.owner.as_deref().and_then(Role::from_key);
        if let (true, Some(role)) = (outlives, role) {
            let id = RowId(beside(&row.id.0, b"desk"));
            lines.push(Wanted { id, seat: seat(role), due_on: row.due_on, deadline: Some(row.id) });
        }
    }
    for (id, seat, deadline) in notes::waiting(act) {
        let due_on = deadline.and_then(|id| act.snapshot.rows().deadlines.get(&id.to_string())).and_then(|row| row.due_on);
        lines.push(Wanted { id, seat: Some(seat), due_on, deadline });
    }
    lines
}

/// Claim, return, reassign, step aside: the same in every process.
#[expect(clippy::too_many_arguments, reason = "the parts of one act, borrowed from the caller")]
pub(crate) fn decide(
    rules: &Rules,
    snapshot: &mut Snapshot,
    command: &Command,
    actor: &ActorView,
    case: Case,
    version: &Arc<Version>,
    verb: Verb,
    entries: &mut Vec<Draft>,
) -> Result<CaseId, Refusal> {
    let start = snapshot.mark();
    let seat = match verb {
        Verb::StepAside => step_aside(rules, snapshot, command, actor, &case)?,
        _ => Some(hand_over(snapshot, command, actor, &case, verb)?),
    };
    Ok(record(snapshot, command, actor, seat, case, version, verb, start, entries))
}

/// The seat in which a desk act is done.
type Seat = (Rank, Option<String>);

fn step_aside(rules: &Rules, snapshot: &mut Snapshot, command: &Command, actor: &ActorView, case: &Case) -> Result<Option<Seat>, Refusal> {
    let article = Common::SteppedAside.article();
    let staff = actor.seats.iter().any(|(rank, _)| !matches!(rank, Rank::Administrator | Rank::Auditor));
    let Some(person) = actor.person.filter(|_| staff) else {
        return Err(Reason::new(Code::RoleDoesNotAllow).titled("who", ("办案人员", "case workers")).under(article).into());
    };
    if command.arguments.reason.is_none() {
        return Err(Reason::new(Code::MissingReason).under(article).into());
    }
    if stepped_aside(snapshot, case, person) {
        return Err(Reason::new(Code::AlreadySo).into());
    }
    debug_assert!(rules.catalogue.of_case(case).is_some(), "the case was found under its law");
    let mine: Vec<_> = snapshot
        .rows()
        .of::<WorkItem>(case.id)
        .filter(|row| row.person == Some(person) && row.status == ItemStatus::Open)
        .cloned()
        .collect();
    for mut row in mine {
        row.person = None;
        snapshot.put(row);
    }
    let mut ids = IdSource::new(command.seed);
    snapshot.put(Recusal { id: RowId(ids.draw()), case_id: case.id, person });
    // Whoever steps aside does so in person, from the seat nearest to the case.
    Ok(actor.seat_near(case).or(actor.seats.first()).cloned())
}

fn hand_over(snapshot: &mut Snapshot, command: &Command, actor: &ActorView, case: &Case, verb: Verb) -> Result<Seat, Refusal> {
    let item = snapshot
        .rows()
        .of::<WorkItem>(case.id)
        .filter(|row| row.status == ItemStatus::Open)
        .filter(|row| command.arguments.work_item.is_none_or(|id| id == row.id))
        .find(|row| actor.sits(row.rank, &row.office) || actor.sits(Rank::Head, &row.office))
        .cloned();
    let Some(mut item) = item else { return Err(Reason::new(Code::NoWorkItem).into()) };
    let sits = actor.sits(item.rank, &item.office);
    // What a principal has claimed is its deputy's too.
    let principal = actor.stands_in(item.rank, Some(&item.office)).map(|seat| seat.person);
    let theirs = item.person.is_some() && (item.person == actor.person || item.person == principal);
    let mut seat = (item.rank, Some(item.office.clone()));
    if actor.person.into_iter().chain(principal).any(|person| stepped_aside(snapshot, case, person)) {
        return Err(Reason::new(Code::SteppedAside).under(Common::SteppedAside.article()).into());
    }
    match verb {
        Verb::Claim | Verb::GiveBack if !sits => return Err(Reason::new(Code::NoWorkItem).into()),
        Verb::Claim if item.person.is_some() && !theirs => return Err(Reason::new(Code::WorkItemTaken).into()),
        Verb::Claim => item.person = actor.person,
        Verb::GiveBack if !theirs => return Err(Reason::new(Code::WorkItemTaken).into()),
        Verb::GiveBack => item.person = None,
        _ => {
            let head = Reason::new(Code::RoleDoesNotAllow).titled("who", ("单位负责人", "the head of the office"));
            if !actor.sits(Rank::Head, &item.office) {
                return Err(head.into());
            }
            seat.0 = Rank::Head;
            let to = command.arguments.person.filter(|person| {
                roles::person_sits(snapshot, *person, item.rank, &item.office, command.effective_on)
                    && !stepped_aside(snapshot, case, *person)
            });
            item.person = Some(to.ok_or_else(|| Refusal::from(Reason::new(Code::AssigneeCannotAct)))?);
        }
    }
    snapshot.put(item);
    Ok(seat)
}

/// Lays claimed work whose claimant is gone back on its desk, an entry a case: it follows from the act that is decided.
pub(crate) fn take_back(rules: &Rules, snapshot: &mut Snapshot, command: &Command, loose: Vec<WorkItem>, entries: &mut Vec<Draft>) {
    let mut by_case: BTreeMap<CaseId, Vec<WorkItem>> = BTreeMap::new();
    for item in loose {
        by_case.entry(item.case_id).or_default().push(item);
    }
    let house = ActorView { system: true, ..ActorView::default() };
    for (id, items) in by_case {
        let Some(case) = snapshot.rows().cases.get(&id.to_string()).cloned() else { continue };
        let Some(version) = rules.catalogue.of_case(&case) else { continue };
        let start = snapshot.mark();
        for item in items {
            snapshot.put(WorkItem { person: None, ..item });
        }
        record(snapshot, command, &house, None, case, &version, Verb::GiveBack, start, entries);
        if let Some(entry) = entries.last_mut() {
            entry.cause = Some(0);
        }
    }
}

fn stepped_aside(snapshot: &Snapshot, case: &Case, person: domain::ids::PersonId) -> bool {
    snapshot.rows().of::<Recusal>(case.id).any(|row| row.person == person)
}

#[expect(clippy::too_many_arguments, reason = "the parts of one act, borrowed from the caller")]
pub(crate) fn record(
    snapshot: &mut Snapshot,
    command: &Command,
    actor: &ActorView,
    seat: Option<Seat>,
    mut case: Case,
    version: &Version,
    verb: Verb,
    start: usize,
    entries: &mut Vec<Draft>,
) -> CaseId {
    case.version += 1;
    let id = case.id;
    snapshot.put(case.clone());
    let stands_in = seat.as_ref().filter(|_| verb != Verb::StepAside).and_then(|(rank, office)| actor.stands_in(*rank, office.as_deref()));
    snapshot.remember(id, Done { verb, person: actor.person, principal: stands_in.map(|seat| seat.person), on: command.effective_on });
    entries.push(Draft {
        process: Some(case.process),
        case: Some(id),
        version: Some(case.version),
        cause: None,
        under: None,
        verb: verb.key().to_owned(),
        actor: actor.account,
        person: actor.person,
        principal: stands_in.map(|seat| (seat.principal, seat.person)),
        agency: None,
        office: seat.and_then(|(_, office)| office),
        effective_on: command.effective_on,
        outcome: Outcome::Accepted,
        definition: Some((version.definition.version(), version.digest.clone())),
        input: serde_json::to_value(command).unwrap_or(Value::Null),
        facts: BTreeMap::new(),
        changes: snapshot.changes(start),
        notices: Vec::new(),
        skipped: Vec::new(),
        cites: Vec::new(),
    });
    id
}

/// Notes that a deadline passed unmet: a supervision record, never a change of state.
pub fn note_missed(rules: &Rules, snapshot: &mut Snapshot, command: &Command) -> Option<Draft> {
    let start = snapshot.mark();
    let mut deadline = snapshot.rows().deadlines.get(&command.timer?.to_string())?.clone();
    let case = snapshot.rows().cases.get(&deadline.case_id.to_string())?.clone();
    let version = rules.catalogue.of_case(&case)?;
    let owner = deadline.owner.as_deref().and_then(Role::from_key);
    (deadline.fires_at, deadline.remind_at) = (None, None);
    let supervised = owner.filter(|role| !matches!(role, Role::Party | Role::System));
    // What the party may do and did not is no fault of anybody; a term that nobody owns is over and no more.
    deadline.status = match (supervised, owner) {
        (Some(_), _) => DeadlineStatus::Missed,
        (None, Some(Role::Party)) => DeadlineStatus::Lapsed,
        (None, _) => DeadlineStatus::Met,
    };
    let mut ids = IdSource::new(command.seed);
    if supervised.is_some() {
        let office = questions::keeper(snapshot, &case, &deadline).and_then(|(_, office)| office).or(Some(case.office.clone()));
        snapshot.put(Supervision {
            id: RowId(ids.draw()),
            case_id: case.id,
            deadline: deadline.id,
            office,
            missed_on: command.effective_on,
        });
    }
    snapshot.put(deadline.clone());
    let mut entries = Vec::new();
    record(
        snapshot,
        command,
        &ActorView { system: true, ..ActorView::default() },
        None,
        case.clone(),
        &version,
        if notes::is_clock(&deadline) { Verb::NoteUnanswered } else { Verb::NoteMissed },
        start,
        &mut entries,
    );
    let mut entry = entries.pop()?;
    if supervised.is_some() {
        entry.notices = reminders::missed(snapshot, &case, &version, &deadline, command.effective_on);
    }
    Some(entry)
}
