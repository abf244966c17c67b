//! Clocks of a case: started, met, dropped, paused and moved by its acts.

use domain::{
    calendar::{DayName, Derived, Limit, Parameter, Pause as Days, Unit, due},
    ids::RowId,
    moment::Micros,
    objection::Route,
    office::Role,
    paper::DateKey,
    rows::{Case, Deadline, DeadlineStatus, Document, Item, ItemStatus, Packed, Pause},
};
use time::Date;

use crate::{
    definition::{
        file::{DeadlineRule, RecordDate, Rest},
        words::{Ask, Effect, Guard, Point, RouteWord},
    },
    engine::{
        act::{Act, named_days, notes, reminders},
        sight::snapshot::Done,
    },
};

/// Everything an act does to the clocks of its case; `old_state` is the state it left.
pub(crate) fn run(act: &mut Act<'_>, old_state: &str) {
    let version = act.version.clone();
    // Clocks of questions are no clocks of the case.
    let rules: Vec<_> = version.definition.deadline.iter().filter(|rule| !rule.each).collect();
    for rule in &rules {
        let met = rule.met_by.contains(&act.verb) || settles(act, rule.met_at.as_ref());
        if met && !rule.starts_with(act.verb, &act.case.state) {
            end(act, rule, true);
        }
        if rule.dropped_by.contains(&act.verb) {
            end(act, rule, false);
        }
    }
    for rule in &rules {
        if rule.recounted_by.contains(&act.verb) {
            count_again(act, rule);
        }
    }
    for rule in &rules {
        let starts = rule.starts_with(act.verb, &act.case.state)
            || settles(act, rule.starts_at.as_ref()) && !settled_before(act, rule.met_at.as_ref());
        if starts && applies(&act.case, rule) {
            start(act, rule, old_state != act.case.state);
        }
    }
    let resting = act.version.definition.state(&act.case.state).is_some_and(|state| state.rest != Rest::Open);
    for rule in &rules {
        if resting && !rule.outlives && old_state != act.case.state {
            end(act, rule, false);
        }
        let (was, is) = (rule.paused_in.iter().any(|s| s == old_state), rule.paused_in.contains(&act.case.state));
        match (was, is) {
            (_, true) => pause(act, &rule.key),
            (true, false) => resume(act, rule),
            _ => {}
        }
    }
    if old_state != act.case.state {
        arm_again(act, &rules);
    }
}

/// A case that comes to an open state in which every clock has passed: those that nobody has met run once more from the day
/// of the act, with their reminders. That they were missed stays on record.
fn arm_again(act: &mut Act<'_>, rules: &[&DeadlineRule]) {
    let waits = act.version.definition.state(&act.case.state).is_some_and(|state| state.rest == Rest::Open && !state.no_deadline);
    let presses = |row: &Deadline| row.owner.is_some() && !notes::is_clock(row);
    let runs = |row: &Deadline| matches!(row.status, DeadlineStatus::Open | DeadlineStatus::Paused) && presses(row);
    if !waits || act.mine::<Deadline>().any(runs) {
        return;
    }
    for rule in rules {
        let offices = rule.length.is_some() && rule.owner.is_some_and(|role| !matches!(role, Role::Party | Role::System));
        let missed = act.deadline(&rule.key).is_some_and(|row| row.status == DeadlineStatus::Missed);
        let unmet = !rule.met_by.contains(&act.verb) && !ended_by_a_person(act, rule);
        if offices && missed && unmet && !rule.paused_in.contains(&act.case.state) {
            begin(act, rule, None, false);
        }
    }
}

/// Whether this act settles the point.
fn settles(act: &Act<'_>, point: Option<&Point>) -> bool {
    let Some(point) = point else { return false };
    let named = act.command.arguments.items.get(&point.list);
    let named = named.is_some_and(|drafts| drafts.iter().any(|draft| draft.key.as_deref() == Some(&point.item)));
    named && act.row.effects.contains(&Effect::SettleItems(point.list))
}

/// Whether the point was settled by an earlier act: what is done already needs no clock.
fn settled_before(act: &Act<'_>, point: Option<&Point>) -> bool {
    let Some(point) = point.filter(|point| !settles(act, Some(point))) else { return false };
    act.mine::<Item>().any(|item| item.list == point.list && item.key == point.item && item.status == ItemStatus::Settled)
}

/// Whether the clock runs for the route by which an objection came.
pub(crate) fn applies(case: &Case, rule: &DeadlineRule) -> bool {
    let Some(wanted) = rule.when else { return true };
    let route = case.data.0.objection().map(|data| data.form.route);
    matches!((wanted, route), (RouteWord::Direct, Some(Route::Direct)) | (RouteWord::Platform, Some(Route::Platform)))
}

fn live(act: &Act<'_>, key: &str) -> Option<Deadline> {
    act.mine::<Deadline>().find(|row| row.key == key && matches!(row.status, DeadlineStatus::Open | DeadlineStatus::Paused)).cloned()
}

fn end(act: &mut Act<'_>, rule: &DeadlineRule, met: bool) {
    let Some(mut row) = live(act, &rule.key).or_else(|| noted_too_soon(act, rule).filter(|_| met)) else { return };
    row.status = if met { met_or_missed(act, rule, row.due_on) } else { DeadlineStatus::Void };
    (row.fires_at, row.remind_at) = (None, None);
    act.snapshot.put(row);
}

/// A clock that was noted as missed or lapsed, although what the act brings had come in by its last day: it lay there unentered.
fn noted_too_soon(act: &Act<'_>, rule: &DeadlineRule) -> Option<Deadline> {
    let came = act.date(DateKey::ReceivedOn)?;
    let over = |row: &Deadline| matches!(row.status, DeadlineStatus::Missed | DeadlineStatus::Lapsed);
    act.deadline(&rule.key).filter(|row| over(row) && row.due_on.is_some_and(|due| came <= due))
}

/// Missed is what somebody has to do and did, or brought in, after its last day; not what the house does by itself when a
/// time is over, nor a term that nobody has to keep.
fn met_or_missed(act: &Act<'_>, rule: &DeadlineRule, due: Option<Date>) -> DeadlineStatus {
    let late = due.is_some_and(|due| act.arrived_on() > due);
    let by_itself = rule.owner.is_none() || rule.at_end.contains(&act.verb);
    if late && !by_itself { DeadlineStatus::Missed } else { DeadlineStatus::Met }
}

/// Whether somebody's own act ended the clock, and not its time.
pub(crate) fn ended_by_a_person(act: &Act<'_>, rule: &DeadlineRule) -> bool {
    ending(act, rule).is_some()
}

/// The person's act that ended the clock. What the table allows only after the clock has ended ended nothing.
fn ending<'a>(act: &'a Act<'_>, rule: &DeadlineRule) -> Option<&'a Done> {
    let definition = &act.version.definition;
    let history = act.snapshot.history(act.case.id);
    let begun = history.iter().rposition(|done| rule.starts.contains(&done.verb)).unwrap_or(0);
    let after = |verb| definition.rows_of(verb).all(|row| row.guards.contains(&Guard::HasEnded(rule.key.clone())));
    let ends = |verb| (rule.met_by.contains(&verb) || rule.dropped_by.contains(&verb)) && !rule.at_end.contains(&verb) && !after(verb);
    history[begun..].iter().find(|done| done.person.is_some() && ends(done.verb))
}

/// The day on which a person's act ended the clock: that of the paper which the act brought, else that of the act.
pub(crate) fn ended_by_a_person_on(act: &Act<'_>, rule: &DeadlineRule) -> Option<Date> {
    let (verb, on) = ending(act, rule).map(|done| (done.verb, done.on))?;
    let asked = |kind| {
        act.version.definition.rows_of(verb).flat_map(|row| &row.asks).any(|ask| *ask == Ask::Document(kind) || *ask == Ask::MayAdd(kind))
    };
    let papers = act.mine::<Document>().filter(|paper| paper.added_on == on && asked(paper.kind));
    Some(papers.filter_map(|paper| paper.dated_on).max().unwrap_or(on))
}

/// The last day of the deadline whose end this act is; none where a person acts, or the case is younger than that day.
fn ended_on(act: &Act<'_>) -> Option<Date> {
    let row = act.snapshot.rows().deadlines.get(&act.command.timer?.to_string())?;
    row.due_on.filter(|due| due.next_day() == Some(act.today()))
}

fn start(act: &mut Act<'_>, rule: &DeadlineRule, moved: bool) {
    let from = first_day(act, rule);
    begin(act, rule, from, moved);
}

/// A clock that begins on a day with what happened on it; on the day of the act where none is given.
fn base(act: &mut Act<'_>, rule: &DeadlineRule, from: Option<(Date, &'static str)>) -> Deadline {
    Deadline {
        id: RowId(act.ids.draw()),
        case_id: act.case.id,
        key: rule.key.clone(),
        owner: rule.owner.map(|role| role.key().to_owned()),
        start_verb: act.verb.key().to_owned(),
        start_on: from.map_or(act.today(), |(day, _)| day),
        count: None,
        unit: None,
        parameter: rule.length.clone(),
        article: rule.cites.first().cloned(),
        due_on: None,
        fires_at: None,
        remind_at: None,
        status: DeadlineStatus::Open,
        provisional: 0,
        derivation: Packed::of(&()),
    }
}

/// The clock of a question that the act asks; it runs beside those of other questions.
pub(crate) fn of_a_question(act: &mut Act<'_>) -> Option<Deadline> {
    let version = act.version.clone();
    let rule = version.definition.deadline.iter().find(|rule| rule.each)?;
    let (base, length) = (base(act, rule, None), rule.length.as_deref()?);
    let mut row = counted(act, base, rule, length, None)?;
    row.remind_at = reminders::first(act, &row);
    Some(row)
}

/// Starts the clock on a day with what happened on it; on the day of the act where none is given. `moved`: the act changes the state.
fn begin(act: &mut Act<'_>, rule: &DeadlineRule, from: Option<(Date, &'static str)>, moved: bool) {
    let base = base(act, rule, from);
    let row = match (rule.due_on, &rule.length) {
        (Some(date), _) => fixed(act, base, date),
        (None, Some(length)) => counted(act, base, rule, length, from.map(|(_, event)| event.to_owned())),
        (None, None) => None,
    };
    // A date that an act leaves as it was goes on as it was, and nobody is told of it twice. What somebody had done in time and
    // has to do again runs anew.
    let again = |row: &Deadline| moved && rule.owner.is_some() && row.status == DeadlineStatus::Met;
    let before = act.deadline(&rule.key).filter(|row| rule.due_on.is_some() && !again(row));
    if before.is_some_and(|before| row.as_ref().is_some_and(|row| row.due_on == before.due_on)) {
        return;
    }
    end(act, rule, false);
    let Some(mut row) = row else { return };
    if rule.met_by.contains(&act.verb) || settles(act, rule.met_at.as_ref()) {
        let late = row.due_on.is_some_and(|due| act.today() > due);
        row.status = if late && rule.owner.is_some() { DeadlineStatus::Missed } else { DeadlineStatus::Met };
        row.fires_at = None;
    } else {
        row.remind_at = reminders::first(act, &row);
    }
    act.snapshot.put(row);
}

/// The first day with what happened on it: the date given with the act, the receipt, the end of the deadline whose timer
/// acts (Civil Code arts. 201, 203); none stands for the act itself.
fn first_day(act: &Act<'_>, rule: &DeadlineRule) -> Option<(Date, &'static str)> {
    let given = rule.counts_from.and_then(|key| Some((*act.command.arguments.dates.get(&key)?, key.key())));
    let received = || rule.counts_from_receipt.then(|| (act.case.received_on, DayName::Receipt.key()));
    given.or_else(received).or_else(|| ended_on(act).map(|day| (day, DayName::DeadlineEnd.key())))
}

/// The clock counted again from the date that the act brings: one that time alone had ended may run once more.
fn count_again(act: &mut Act<'_>, rule: &DeadlineRule) {
    let (Some(mut row), Some((from, event))) = (act.deadline(&rule.key), first_day(act, rule)) else { return };
    let Some((unit, _, shares)) = known(&row) else { return };
    row.start_on = from;
    if recount(act, &mut row, rule, (unit, event.to_owned(), shares)).is_none() {
        return;
    }
    if ended_by_a_person(act, rule) {
        (row.fires_at, row.remind_at) = (None, None);
    } else {
        row.status = DeadlineStatus::Open;
        row.fires_at = row.fires_at.max(Some(act.command.now));
        row.remind_at = reminders::first(act, &row);
    }
    act.snapshot.put(row);
}

/// A date that stands on the record.
fn fixed(act: &Act<'_>, mut row: Deadline, date: RecordDate) -> Option<Deadline> {
    let found = named_days::of_case(act, date)?;
    let due = found.day();
    row.provisional = i64::from(found.provisional());
    row.derivation = Packed::of(&found);
    row.due_on = Some(due);
    row.fires_at = due.next_day().map(Micros::start_of);
    Some(row)
}

fn counted(act: &Act<'_>, mut row: Deadline, rule: &DeadlineRule, length: &str, event: Option<String>) -> Option<Deadline> {
    let unit = act.version.definition.parameter(length)?.unit?;
    let count = act.parameter(length)?;
    row.count = Some(i64::from(count));
    row.unit = Some(unit.key().to_owned());
    let event = event.unwrap_or_else(|| row.start_verb.clone());
    recount(act, &mut row, rule, (unit, event, vec![Parameter { key: length.to_owned(), count }]))?;
    Some(row)
}

/// Unit, event and shares of a running deadline, as they were counted last.
fn known(row: &Deadline) -> Option<(Unit, String, Vec<Parameter>)> {
    let unit = row.unit.as_deref().and_then(Unit::from_key)?;
    match row.derivation.read() {
        Some(Derived::Counted(counted)) => Some((unit, counted.event.unwrap_or_else(|| row.start_verb.clone()), counted.parameters)),
        _ => None,
    }
}

/// Counts a deadline again from its start, its length and its pauses.
fn recount(act: &Act<'_>, row: &mut Deadline, rule: &DeadlineRule, (unit, event, shares): (Unit, String, Vec<Parameter>)) -> Option<()> {
    let pauses: Vec<Days> = act
        .snapshot
        .rows()
        .of::<Pause>(row.id)
        .filter_map(|pause| pause.last_day.map(|last| Days { first: pause.first_day, last }))
        .filter(|days| days.first <= days.last)
        .collect();
    let limit = Limit {
        from: row.start_on,
        count: u32::try_from(row.count?).ok()?,
        unit,
        pauses: &pauses,
        day_one_counts: false,
        move_to_working_day: rule.moves_to_working_day,
    };
    let derivation = due(act.rules.law.calendars(), &limit).ok()?;
    row.due_on = Some(derivation.due);
    row.fires_at = derivation.due.next_day().map(Micros::start_of);
    row.provisional = i64::from(derivation.provisional);
    let found = Derived::counted(Some(&event), shares, &rule.cites, derivation);
    row.derivation = Packed::of(&found);
    Some(())
}

/// A clock that runs stands still, also one that starts where others stand still already.
fn pause(act: &mut Act<'_>, key: &str) {
    let Some(mut row) = live(act, key).filter(|row| row.status == DeadlineStatus::Open) else { return };
    let Some(first_day) = act.today().next_day() else { return };
    let pause = Pause { id: act.draw(), case_id: act.case.id, deadline: row.id, first_day, last_day: None };
    act.snapshot.put(pause);
    row.status = DeadlineStatus::Paused;
    row.due_on = None;
    (row.fires_at, row.remind_at) = (None, None);
    act.snapshot.put(row);
}

fn resume(act: &mut Act<'_>, rule: &DeadlineRule) {
    let Some(mut row) = live(act, &rule.key) else { return };
    let running: Vec<_> = act.snapshot.rows().of::<Pause>(row.id).filter(|pause| pause.last_day.is_none()).cloned().collect();
    for mut pause in running {
        // Who is late with the entry of what came in wins no day by it.
        pause.last_day = Some(act.arrived_on());
        act.snapshot.put(pause);
    }
    row.status = DeadlineStatus::Open;
    if let Some(known) = known(&row) {
        recount(act, &mut row, rule, known);
        row.remind_at = reminders::first(act, &row);
    }
    act.snapshot.put(row);
}

/// Makes a deadline longer by a parameter, once more counted from its start.
pub(crate) fn extend(act: &mut Act<'_>, key: &str, by: &str) {
    let (Some(mut row), Some(more)) = (live(act, key), act.parameter(by)) else { return };
    let Some(rule) = act.version.definition.deadline(key).cloned() else { return };
    row.count = row.count.map(|count| count + i64::from(more));
    // A paused one is counted again when it goes on, with this share.
    if let Some(Derived::Counted(mut counted)) = row.derivation.read() {
        counted.parameters.push(Parameter { key: by.to_owned(), count: more });
        row.derivation = Packed::of(&Derived::Counted(counted));
    }
    if let Some(known) = known(&row).filter(|_| row.status == DeadlineStatus::Open) {
        recount(act, &mut row, &rule, known);
        row.remind_at = reminders::first(act, &row);
    }
    act.snapshot.put(row);
}
