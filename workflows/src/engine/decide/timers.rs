//! Timers: a deadline that has passed, decided as of its legal date and recorded now.

use domain::{
    command::{Actor, Arguments, Command, Target},
    ids::{RowId, beside},
    moment::Micros,
    process::Verb,
    rows::{Deadline, DeadlineStatus},
};
use time::Date;
use uuid::Uuid;

use crate::engine::{
    Decision, Rules,
    act::{desks, reminders},
    decide::decide,
    sight::snapshot::Snapshot,
};

/// Rings one deadline: the first of its verbs whose guards hold, else a note that it was missed; before its end, a reminder.
/// None where it no longer runs.
pub fn ring(rules: &Rules, snapshot: &mut Snapshot, deadline: RowId, now: Micros, seed: Uuid) -> Option<Decision> {
    let row = snapshot.rows().deadlines.get(&deadline.to_string())?.clone();
    let due = row.due_on.filter(|_| row.status == DeadlineStatus::Open)?;
    // Of a case that does not count nothing rings.
    let case = snapshot.case(row.case_id)?.clone();
    if row.fires_at.is_none_or(|at| at > now) {
        row.remind_at.filter(|at| *at <= now)?;
        return reminders::remind(rules, snapshot, &row, now, seed).map(|draft| Decision::new(vec![draft]));
    }
    let version = rules.catalogue.of_case(&case)?;
    let verbs: Vec<Verb> = version
        .definition
        .deadline(&row.key)?
        .at_end
        .iter()
        .copied()
        .filter(|verb| version.definition.transition(&case.state, *verb).is_some())
        .collect();
    let mut command = Command {
        actor: Actor::System,
        target: Target::Case(case.id),
        verbs,
        arguments: Arguments::default(),
        admin: None,
        effective_on: legal_day(due, &row, snapshot.counts_from(&case)),
        now,
        seed,
        timer: Some(deadline),
    };
    if !command.verbs.is_empty()
        && let Ok(mut decision) = decide(rules, snapshot, &command)
    {
        command.seed = beside(&seed, b"passed");
        decision.extend(passed(rules, snapshot, &command));
        return Some(decision);
    }
    passed(rules, snapshot, &command).map(|draft| Decision::new(vec![draft]))
}

/// The legal day as of which a deadline rings; none where it does not ring yet, or no longer runs.
pub fn rings_as_of(snapshot: &Snapshot, deadline: RowId, now: Micros) -> Option<Date> {
    let row = snapshot.rows().deadlines.get(&deadline.to_string())?;
    let due = row.due_on.filter(|_| row.status == DeadlineStatus::Open && row.fires_at.is_some_and(|at| at <= now))?;
    Some(legal_day(due, row, snapshot.counts_from(snapshot.case(row.case_id)?)))
}

/// A deadline that its own verb has not met is noted as passed.
fn passed(rules: &Rules, snapshot: &mut Snapshot, command: &Command) -> Option<crate::engine::Draft> {
    let row = snapshot.rows().deadlines.get(&command.timer?.to_string())?;
    (row.status == DeadlineStatus::Open).then(|| desks::note_missed(rules, snapshot, command)).flatten()
}

/// The day after the last day, but never before the case counts, nor before the act that set the day or counted it again.
fn legal_day(due: Date, row: &Deadline, counts_from: Date) -> Date {
    let rings = row.fires_at.map_or(due, Micros::day);
    due.next_day().unwrap_or(due).max(counts_from).max(row.start_on).max(rings)
}
