//! What is known of a case today.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use domain::{
    calendar::{Limit, Pause as Days, Unit, due},
    command::{Actor, Arguments, Command, Target},
    ids::IdSource,
    moment::Micros,
    paper::ItemList,
    process::Verb,
    rows::{Case, Deadline, DeadlineStatus, Item, ItemStatus, Pause},
};
use time::Date;
use uuid::Uuid;

use crate::{
    definition::{
        Definition, Version,
        file::{DeadlineRule, Rest, Transition},
        words::Guard,
    },
    engine::{
        Rules,
        act::{Act, deadlines, notes, setting_number},
        decide::{guards, propose},
        sight::{
            roles::ActorView,
            snapshot::{Done, Snapshot},
        },
    },
};

/// A clock of the case that nobody has met yet.
#[derive(Clone, Debug)]
pub(super) struct Clock {
    pub key: String,
    /// None while it stands still, or where it begins with an act that nobody has to do by any day.
    pub due: Option<Date>,
    pub provisional: bool,
    pub from: Option<Date>,
    pub count: u32,
    pub pauses: Vec<Days>,
    /// The first day that does not count, while it stands still.
    pub still: Option<Date>,
}

/// A day, and whether the calendars it was counted by may still change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Day {
    pub on: Date,
    pub provisional: bool,
}

/// A case as it is today.
pub(super) struct Known<'a> {
    pub definition: &'a Definition,
    pub case: &'a Case,
    pub today: Date,
    pub history: Vec<Done>,
    pub clocks: Vec<Clock>,
    /// Open points by their list.
    pub points: BTreeMap<ItemList, BTreeSet<String>>,
    /// Rows of the table that cannot be done in this case, by their place.
    barred: BTreeSet<usize>,
    /// The named unit has still to give its opinion.
    pub unheard: bool,
    /// How long each deadline of the table is, where a length is known.
    lengths: BTreeMap<String, (u32, Unit)>,
    applying: BTreeSet<String>,
    rules: &'a Rules,
}

/// Whether a condition is about the case as a whole, so that no step and no day of the ordinary way changes it.
const fn is_lasting(guard: &Guard) -> bool {
    matches!(
        guard,
        Guard::NotDoneBefore(_)
            | Guard::SettingOn(_)
            | Guard::ListTypeNeeds(_)
            | Guard::ListTypeDoesWithout(_)
            | Guard::Challenges(_)
            | Guard::NotOfAListing
            | Guard::NotAFalsityRecord
    )
}

impl<'a> Known<'a> {
    pub fn of(rules: &'a Rules, snapshot: &mut Snapshot, version: &'a Arc<Version>, case: &'a Case, today: Date) -> Self {
        let definition = &version.definition;
        let mut points: BTreeMap<ItemList, BTreeSet<String>> = BTreeMap::new();
        for item in snapshot.rows().of::<Item>(case.id).filter(|item| item.status == ItemStatus::Open) {
            points.entry(item.list).or_default().insert(item.key.clone());
        }
        let length = |rule: &DeadlineRule| {
            let parameter = definition.parameter(rule.length.as_deref()?)?;
            let set = || setting_number(rules, snapshot, parameter.setting.as_deref()?);
            Some((parameter.value.or_else(set)?, parameter.unit?))
        };
        let lengths = definition.deadline.iter().filter_map(|rule| Some((rule.key.clone(), length(rule)?))).collect();
        let applying = definition.deadline.iter().filter(|rule| deadlines::applies(case, rule)).map(|rule| rule.key.clone()).collect();
        let history = snapshot.history(case.id).to_vec();
        let clocks = clocks(definition, snapshot, case, &history);
        let (mut barred, mut unheard) = (BTreeSet::new(), false);
        for (place, row) in definition.transition.shared().enumerate() {
            for guard in &row.guards {
                if is_lasting(guard) && refused(rules, snapshot, version, case, row, guard, today) {
                    barred.insert(place);
                }
                unheard |= *guard == Guard::NamedUnitHasSpoken && refused(rules, snapshot, version, case, row, guard, today);
            }
        }
        Self { definition, case, today, history, clocks, points, barred, unheard, lengths, applying, rules }
    }

    /// Rows that leave a state and can be done in this case, in the order of the table.
    pub fn rows(&self, state: &str) -> impl Iterator<Item = &'a Transition> {
        let all = self.definition.transition.iter().enumerate();
        let can = move |(place, row): (usize, &'a Transition)| {
            (!self.barred.contains(&place) && !row.verb.is_between_offices() && row.from.iter().any(|from| from == state)).then_some(row)
        };
        all.filter_map(can)
    }

    pub fn rests(&self, state: &str) -> bool {
        self.definition.state(state).is_none_or(|state| state.rest != Rest::Open)
    }

    pub fn rule(&self, key: &str) -> Option<&'a DeadlineRule> {
        self.definition.deadline(key)
    }

    /// Whether a clock may run in this case at all.
    pub fn applies(&self, rule: &DeadlineRule) -> bool {
        self.applying.contains(&rule.key)
    }

    /// Whether a verb was done, since the last `since` where one is named.
    pub fn was_done(&self, verb: Verb, since: Option<Verb>) -> bool {
        let begun = since.map_or(0, |since| self.history.iter().rposition(|done| done.verb == since).map_or(0, |place| place + 1));
        self.history[begun..].iter().any(|done| done.verb == verb)
    }

    /// The full length of a deadline.
    pub fn length(&self, rule: &DeadlineRule) -> Option<u32> {
        self.lengths.get(&rule.key).map(|(count, _)| *count)
    }

    /// The last day of a deadline that begins with something on `from`; none where its length is not known.
    pub fn count(&self, rule: &DeadlineRule, from: Date, count: u32, pauses: &[Days]) -> Option<Day> {
        let (_, unit) = *self.lengths.get(&rule.key)?;
        let limit = Limit { from, count, unit, pauses, day_one_counts: false, move_to_working_day: rule.moves_to_working_day };
        let found = due(self.rules.law.calendars(), &limit).ok()?;
        Some(Day { on: found.due, provisional: found.provisional })
    }
}

/// The clocks that nobody has met: those that run or stand still, and those that were missed and still wait.
fn clocks(definition: &Definition, snapshot: &Snapshot, case: &Case, history: &[Done]) -> Vec<Clock> {
    let open = definition.state(&case.state).is_some_and(|state| state.rest == Rest::Open);
    let rows: Vec<_> = snapshot.rows().of::<Deadline>(case.id).filter(|row| !notes::is_clock(row)).collect();
    let runs = |row: &Deadline| matches!(row.status, DeadlineStatus::Open | DeadlineStatus::Paused);
    let waits = |row: &Deadline| {
        let Some(rule) = definition.deadline(&row.key) else { return false };
        let begun = history.iter().rposition(|done| done.verb.key() == row.start_verb).unwrap_or(0);
        let ended = history[begun..].iter().skip(1).any(|done| rule.met_by.contains(&done.verb) || rule.dropped_by.contains(&done.verb));
        let again = rows.iter().any(|other| other.key == row.key && runs(other));
        open && row.status == DeadlineStatus::Missed && !rule.met_by.is_empty() && !ended && !again
    };
    let mut found: Vec<_> = rows.iter().filter(|row| runs(row) || waits(row)).map(|row| clock(snapshot, row)).collect();
    found.sort_by(|one, other| (one.due, &one.key).cmp(&(other.due, &other.key)));
    found
}

fn clock(snapshot: &Snapshot, row: &Deadline) -> Clock {
    let mine: Vec<&Pause> = snapshot.rows().of::<Pause>(row.id).collect();
    let closed = mine.iter().filter_map(|pause| Some(Days { first: pause.first_day, last: pause.last_day? }));
    Clock {
        key: row.key.clone(),
        due: row.due_on,
        provisional: row.provisional == 1,
        from: Some(row.start_on),
        count: row.count.and_then(|count| u32::try_from(count).ok()).unwrap_or_default(),
        pauses: closed.filter(|days| days.first <= days.last).collect(),
        still: mine.iter().filter(|pause| pause.last_day.is_none()).map(|pause| pause.first_day).min(),
    }
}

/// Whether a condition of a row refuses in the case as it stands.
fn refused(
    rules: &Rules,
    snapshot: &mut Snapshot,
    version: &Arc<Version>,
    case: &Case,
    row: &Arc<Transition>,
    guard: &Guard,
    today: Date,
) -> bool {
    let command = Command {
        actor: Actor::System,
        target: Target::Case(case.id),
        verbs: vec![row.verb],
        arguments: Arguments::default(),
        admin: None,
        effective_on: today,
        now: Micros::start_of(today),
        seed: Uuid::nil(),
        timer: None,
    };
    let view = ActorView { system: true, ..ActorView::default() };
    let mut ids = IdSource::new(Uuid::nil());
    let proposed = propose::proposed(rules, snapshot, version, row, case, &command);
    let mut act = Act {
        rules,
        snapshot,
        command: &command,
        version: version.clone(),
        row: row.clone(),
        verb: row.verb,
        actor: &view,
        case: case.clone(),
        proposed,
        ids: &mut ids,
        facts: BTreeMap::new(),
    };
    guards::refuses(&mut act, guard).is_some()
}
