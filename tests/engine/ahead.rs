//! The route of a case: on walks by chance the step that really comes next is among those shown, and none comes later than
//! shown without an event that says why.

use std::collections::BTreeMap;

use domain::{
    ids::CaseId,
    process::{Process, Verb},
    rows::{Case, Deadline, DeadlineStatus},
};
use time::Date;
use workflows::{
    definition::{
        Version,
        file::{Rest, Transition},
        words::Effect,
    },
    engine::{
        Route,
        ahead::{Past, Step},
        route,
    },
};

use super::{
    city::{City, definition, rows_from, the_rules},
    walk::Walk,
};

const WALKS: u64 = 1_700;
const STEPS: usize = 300;

/// Why a step may come later than it was shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    /// Somebody was late: a deadline was missed, or the party let its time pass.
    Late,
    /// An act that makes a deadline longer.
    Extension,
    /// Clocks stand still.
    Pause,
    /// A clock was counted anew from another day.
    Recount,
    /// Another step than the ordinary one: a supplement, a sending back, a defence, an annulment.
    Branch,
}

/// What was shown of a case, and what its law and history were then.
struct Shown {
    route: Route,
    state: String,
    done: usize,
    missed: usize,
}

fn past(city: &City, case: CaseId) -> Vec<Past> {
    city.snapshot.history(case).iter().map(|done| Past { verb: done.verb, on: done.on, office: None }).collect()
}

fn missed(city: &City, case: CaseId) -> usize {
    city.snapshot.rows().of::<Deadline>(case).filter(|row| row.status == DeadlineStatus::Missed).count()
}

fn shown(walk: &mut Walk<'_>, case: &Case) -> Shown {
    let behind = past(&walk.city, case.id);
    let today = walk.city.today;
    let route = route(walk.rules, &mut walk.city.snapshot, case, &behind, today);
    walk.city.snapshot.settle();
    Shown { route, state: case.state.clone(), done: behind.len(), missed: missed(&walk.city, case.id) }
}

/// What is wrong with what was shown of a case, now that more has been done in it.
struct Judge<'a> {
    version: &'a Version,
    before: &'a Shown,
    case: &'a Case,
    faults: Vec<String>,
}

impl Judge<'_> {
    fn row(&self, state: &str, verb: Verb) -> Option<&Transition> {
        self.version.definition.transition(state, verb).map(|row| &**row)
    }

    /// The first of the new steps is one that was shown as possible; each was done by the day that was shown.
    fn next(&mut self, city: &City) {
        let new = &city.snapshot.history(self.case.id)[self.before.done..];
        let mut state = self.before.state.clone();
        // What offices write to each other is no step.
        for (number, done) in new.iter().filter(|done| !done.verb.is_between_offices()).enumerate() {
            let Some(row) = self.row(&state, done.verb) else { continue };
            let after = if row.to == "same" { state.clone() } else { row.to.clone() };
            if number == 0 && !self.before.route.possible(&state).contains(&done.verb) {
                self.faults.push(format!("{}: {} in {state} was not shown as possible", self.case.process, done.verb));
            }
            let late = missed(city, self.case.id) > self.before.missed || self.overdue(done.on, city);
            let step = self.before.route.ahead().find(|step| step.verb == Some(done.verb) && step.state == state);
            if let Some(day) = step.and_then(|step| step.day).filter(|day| done.on > *day && !late) {
                self.faults.push(format!("{}: {} in {state} came late; on {}, shown by {day}", self.case.process, done.verb, done.on));
            }
            state = after;
        }
    }

    /// Whether a deadline of somebody had passed by a day.
    fn overdue(&self, on: Date, city: &City) -> bool {
        city.snapshot.rows().of::<Deadline>(self.case.id).any(|row| {
            let late = row.due_on.is_some_and(|due| due < on);
            late && matches!(row.status, DeadlineStatus::Missed)
        })
    }

    /// What happened since that may move a day.
    fn events(&self, city: &City) -> Vec<Event> {
        let mut found = Vec::new();
        if missed(city, self.case.id) > 0 {
            found.push(Event::Late);
        }
        let mut state = self.before.state.clone();
        for done in &city.snapshot.history(self.case.id)[self.before.done..] {
            if matches!(done.verb, Verb::NoteMissed | Verb::NoteUnanswered) {
                found.push(Event::Late);
            }
            let Some(row) = self.row(&state, done.verb) else { continue };
            let after = if row.to == "same" { state.clone() } else { row.to.clone() };
            let on_the_way = self.before.route.ahead().any(|step| step.verb == Some(done.verb) && step.state == state);
            let rules = &self.version.definition.deadline;
            if row.effects.iter().any(|effect| matches!(effect, Effect::Extend(_))) {
                found.push(Event::Extension);
            }
            if rules.iter().any(|rule| rule.paused_in.contains(&after) || rule.paused_in.contains(&state)) {
                found.push(Event::Pause);
            }
            if rules.iter().any(|rule| rule.recounted_by.contains(&done.verb)) {
                found.push(Event::Recount);
            }
            if !on_the_way && (after != state || rules.iter().any(|rule| rule.starts.contains(&done.verb))) {
                found.push(Event::Branch);
            }
            state = after;
        }
        found
    }

    /// No later step is shown for a later day than before, unless something happened that moves it.
    fn moved(&mut self, now: &Route, city: &City) {
        if !self.events(city).is_empty() {
            return;
        }
        let at = |route: &Route, step: &Step| {
            route.ahead().find(|other| other.verb == step.verb && other.state == step.state).and_then(|other| other.day)
        };
        for step in now.ahead().filter(|step| step.verb.is_some()) {
            if let (Some(is), Some(was)) = (step.day, at(&self.before.route, step))
                && is > was
            {
                let verb = step.verb.map(Verb::key).unwrap_or_default();
                self.faults.push(format!("{}: {verb} was moved and nothing happened; {was}, then {is}", self.case.process));
            }
        }
    }
}

/// The step that the route of a case shows as the next one, so that walks go deep; what the house does, by letting days pass.
fn goes_on(walk: &mut Walk<'_>, known: &BTreeMap<CaseId, Shown>) {
    let cases = walk.city.cases();
    if cases.is_empty() {
        return;
    }
    let case = cases[walk.chance.below(cases.len())].clone();
    let step = known.get(&case.id).and_then(|shown| shown.route.ahead().next());
    let Some((verb, role)) = step.and_then(|step| Some((step.verb?, step.role))) else { return };
    if role.is_none() {
        for _ in 0..4 {
            walk.days_pass(1);
        }
        return;
    }
    let version = definition(walk.rules, case.process, walk.city.today);
    let rows = rows_from(&version.definition, &case.state);
    let Some(row) = rows.into_iter().find(|row| version.definition.transition[*row].verb == verb) else { return };
    for _ in 0..3 {
        if let Some(tried) = walk.try_row(case.process, row, Some(case.clone()))
            && walk.act(&tried.command)
        {
            return;
        }
    }
}

/// The step at which a case is, is shown for no later day than the deadline that it meets; every step is one of the table.
fn bounded(version: &Version, city: &City, case: &Case, route: &Route) -> Option<String> {
    for step in route.ahead() {
        let Some(verb) = step.verb else { continue };
        let first = route.ahead().take_while(|other| other.state == case.state).any(|other| other.verb == Some(verb));
        if version.definition.transition(&step.state, verb).is_none() {
            return Some(format!("{}: {verb} is no step in {}", case.process, step.state));
        }
        let meets = |row: &&Deadline| {
            let rule = version.definition.deadline(&row.key);
            row.status == DeadlineStatus::Open
                && rule.is_some_and(|rule| rule.met_by.contains(&verb) && rule.at_end.is_empty() && !rule.starts.contains(&verb))
        };
        let due = city.snapshot.rows().of::<Deadline>(case.id).filter(meets).filter_map(|row| row.due_on).min();
        let waits = version.definition.transition(&step.state, verb).is_some_and(|row| {
            row.guards.iter().any(|guard| {
                matches!(guard, workflows::definition::words::Guard::PartyClocksOver | workflows::definition::words::Guard::HasEnded(_))
            })
        });
        if first
            && step.state == case.state
            && let Some(due) = due.filter(|due| !waits && step.day.is_none_or(|day| day > *due) && *due >= city.today)
        {
            return Some(format!("{}: {verb} in {} is due on another day; {due}, shown by {:?}", case.process, case.state, step.day));
        }
    }
    let rests = version.definition.state(&case.state).is_none_or(|state| state.rest != Rest::Open);
    let goes_on = rests || route.ahead().any(|step| step.verb.is_some());
    (!goes_on).then(|| format!("{} in {}: open, and no step is shown", case.process, case.state))
}

#[test]
fn the_step_that_comes_next_was_shown_and_none_comes_later_than_shown() {
    let mut faults: BTreeMap<String, (usize, u64, String)> = BTreeMap::new();
    let (mut steps, mut dated) = (BTreeMap::<(Process, String), usize>::new(), 0);
    for seed in 0..WALKS {
        let mut walk = Walk::new(the_rules(), 0x5eed_0a4e + seed);
        let mut known: BTreeMap<CaseId, Shown> = BTreeMap::new();
        for number in 0..STEPS {
            match walk.chance.below(8) {
                0 | 1 => walk.days_pass(1),
                2 if number % 10 == 0 => {
                    walk.city.turn_a_switch(&mut walk.chance);
                    known.clear(); // a setting that changed changes the way
                }
                3 | 4 => goes_on(&mut walk, &known),
                _ => {
                    if let Some(tried) = walk.attempt() {
                        walk.act(&tried.command);
                    }
                }
            }
            for case in walk.city.cases() {
                let done = walk.city.snapshot.history(case.id).len();
                if known.get(&case.id).is_some_and(|shown| shown.done == done && shown.state == case.state) {
                    continue;
                }
                let version = walk.rules.catalogue.of_case(&case).expect("its law");
                let now = shown(&mut walk, &case);
                let mut found = Vec::new();
                if let Some(before) = known.get(&case.id) {
                    let mut judge = Judge { version: &version, before, case: &case, faults: Vec::new() };
                    judge.next(&walk.city);
                    judge.moved(&now.route, &walk.city);
                    found = judge.faults;
                    *steps.entry((case.process, before.state.clone())).or_default() += 1;
                    dated += usize::from(before.route.ahead().next().is_some_and(|step| step.day.is_some()));
                }
                found.extend(bounded(&version, &walk.city, &case, &now.route));
                for fault in found {
                    let (kind, days) = fault.split_once("; ").unwrap_or((&fault, ""));
                    faults.entry(kind.to_owned()).or_insert((0, seed, days.to_owned())).0 += 1;
                }
                known.insert(case.id, now);
            }
        }
    }
    let unvisited: Vec<_> = Process::ALL
        .iter()
        .flat_map(|process| {
            let version = definition(the_rules(), *process, time::macros::date!(2026 - 05 - 01));
            let states: Vec<_> = version.definition.state.iter().map(|state| state.key.clone()).collect();
            states.into_iter().filter(move |state| !rows_from(&version.definition, state).is_empty()).map(move |state| (*process, state))
        })
        // What a submission hands over comes by file, and no walk brings any: its steps are taken over HTTP (tests/collection).
        .filter(|place| place.0 != Process::DataSubmission && !steps.contains_key(place))
        .collect();
    let all: usize = steps.values().sum();
    println!("{all} steps, {dated} of them with a last day; from no step was taken: {unvisited:?}");
    assert!(faults.is_empty(), "{faults:#?}");
    // A line of the ledger that is noted waits for nothing.
    let with_clocks = all - steps.get(&(Process::LedgerEntry, "noted".to_owned())).copied().unwrap_or_default();
    assert!(all > 12_000 && dated * 2 > with_clocks, "only {all} steps, {dated} of them with a last day");
    assert!(unvisited.len() < 6, "{unvisited:?}");
}
