//! The last day of each step of a way, if nobody is late: from the clocks that run, and from the lengths of those that the
//! steps will start.

use domain::{calendar::Pause as Days, office::Role, paper::ItemList};
use time::Date;

use super::{
    known::{Clock, Day, Known},
    way::Planned,
};
use crate::definition::{
    file::DeadlineRule,
    words::{Effect, Guard},
};

/// The last day of each step, in their order; none where no clock presses.
pub(super) fn of(known: &Known<'_>, steps: &[Planned<'_>]) -> Vec<Option<Day>> {
    let mut clocks = known.clocks.clone();
    let mut found: Vec<Option<Day>> = Vec::new();
    for (place, step) in steps.iter().enumerate() {
        let timer = timer(known, &clocks, step);
        let by = match timer {
            Some((_, rung)) => Some(rung),
            None => both(pressing(known, &clocks, &steps[place..]), points(known, &clocks, step), Date::min),
        };
        // What comes after a step is not due before it, nor before the law lets it be done.
        let before = found.last().copied().flatten();
        let by = by.map(|by| later(later(by, before), opens(known, &clocks, step)));
        found.push(by);
        // A clock that begins with a timer counts from the end of the time; with another act, from that act.
        let in_time = timer.filter(|(end, rung)| end.on.next_day() == Some(rung.on)).map(|(end, _)| end);
        let on = in_time.or(by.map(|by| Day { on: by.on.max(known.today), ..by }));
        done(known, &mut clocks, step, on);
    }
    found
}

/// The last day of the clock whose end does the step, and the day on which the house does it.
fn timer(known: &Known<'_>, clocks: &[Clock], step: &Planned<'_>) -> Option<(Day, Day)> {
    let rings = |clock: &&Clock| {
        step.row.who.contains(&Role::System) && rule(known, clock).is_some_and(|rule| rule.at_end.contains(&step.row.verb))
    };
    clocks.iter().filter(rings).filter_map(|clock| Some((day(clock)?, rung(known, clock)?))).min_by_key(|(_, rung)| rung.on)
}

/// The day on which a clock rings: the one after its last day; at once, where that is over before the clock began.
pub(super) fn rung(known: &Known<'_>, clock: &Clock) -> Option<Day> {
    let after = day(clock).and_then(next_day)?;
    Some(Day { on: after.on.max(clock.from.unwrap_or(after.on)).max(known.today), ..after })
}

fn next_day(day: Day) -> Option<Day> {
    day.on.next_day().map(|on| Day { on, ..day })
}

fn rule<'a>(known: &Known<'a>, clock: &Clock) -> Option<&'a DeadlineRule> {
    known.rule(&clock.key)
}

pub(super) fn day(clock: &Clock) -> Option<Day> {
    clock.due.map(|on| Day { on, provisional: clock.provisional })
}

fn both(one: Option<Day>, other: Option<Day>, which: fn(Date, Date) -> Date) -> Option<Day> {
    match (one, other) {
        (Some(one), Some(other)) => Some(if which(one.on, other.on) == one.on { one } else { other }),
        (one, other) => one.or(other),
    }
}

fn later(day: Day, than: Option<Day>) -> Day {
    than.filter(|than| than.on > day.on).unwrap_or(day)
}

/// The earliest last day among the clocks that this step or a later one has to meet: until then this one is done too.
fn pressing(known: &Known<'_>, clocks: &[Clock], steps: &[Planned<'_>]) -> Option<Day> {
    clocks.iter().filter(|clock| binds(known, clock, steps)).filter_map(day).min_by_key(|day| day.on)
}

/// Whether the way meets a clock before anything stops it, moves it or lets it begin anew.
fn binds(known: &Known<'_>, clock: &Clock, steps: &[Planned<'_>]) -> bool {
    let Some(rule) = rule(known, clock) else { return false };
    for step in steps {
        let (verb, after) = (step.row.verb, step.after());
        if rule.met_by.contains(&verb) {
            return true;
        }
        // Before its last day a clock has to be met, or to stand still.
        if rule.paused_in.iter().any(|still| still == after) {
            return true;
        }
        let stops = rule.dropped_by.contains(&verb) || known.rests(after) && !rule.outlives;
        if stops || rule.recounted_by.contains(&verb) || rule.starts_with(verb, after) {
            return false;
        }
    }
    false
}

/// Where a step settles points with clocks of their own: the last day of the last of them; none where a point has none.
fn points(known: &Known<'_>, clocks: &[Clock], step: &Planned<'_>) -> Option<Day> {
    let list = step.row.effects.iter().find_map(|effect| if let Effect::SettleItems(list) = effect { Some(*list) } else { None })?;
    let open = known.points.get(&list)?;
    let mut last: Option<Day> = None;
    for key in open {
        last = both(last, Some(point(known, clocks, list, key, open.len())?), Date::max);
    }
    last
}

/// The last day of one point; `depth` keeps a circle of points from being walked for ever.
fn point(known: &Known<'_>, clocks: &[Clock], list: ItemList, key: &str, depth: usize) -> Option<Day> {
    let is = |point: &Option<crate::definition::words::Point>, key: &str| point.as_ref().is_some_and(|p| p.list == list && p.item == key);
    let rule = known.definition.deadline.iter().find(|rule| is(&rule.met_at, key) && known.applies(rule))?;
    if let Some(clock) = clocks.iter().find(|clock| clock.key == rule.key) {
        return day(clock);
    }
    let before = rule.starts_at.as_ref().filter(|_| depth > 0)?;
    let begun = point(known, clocks, list, &before.item, depth - 1)?;
    let found = known.count(rule, begun.on.max(known.today), known.length(rule)?, &[])?;
    Some(Day { provisional: found.provisional || begun.provisional, ..found })
}

/// The first day on which the law lets a step be done, where it waits for the end of a time.
fn opens(known: &Known<'_>, clocks: &[Clock], step: &Planned<'_>) -> Option<Day> {
    let waits = |clock: &&Clock| {
        step.row.guards.iter().any(|guard| match guard {
            Guard::HasEnded(key) => *key == clock.key,
            Guard::PartyClocksOver => rule(known, clock).is_some_and(|rule| rule.owner == Some(Role::Party)),
            _ => false,
        })
    };
    clocks.iter().filter(waits).filter_map(day).filter_map(next_day).max_by_key(|day| day.on)
}

/// What a step that is done on a day does to the clocks, as an act does it.
fn done(known: &Known<'_>, clocks: &mut Vec<Clock>, step: &Planned<'_>, on: Option<Day>) {
    let (verb, after) = (step.row.verb, step.after());
    clocks.retain(|clock| rule(known, clock).is_some_and(|rule| !rule.met_by.contains(&verb) && !rule.dropped_by.contains(&verb)));
    for clock in clocks.iter_mut().filter(|clock| rule(known, clock).is_some_and(|rule| rule.recounted_by.contains(&verb))) {
        clock.due = None;
    }
    for rule in &known.definition.deadline {
        let meets = rule.met_by.contains(&verb);
        if rule.starts_with(verb, after) && known.applies(rule) && !meets {
            clocks.retain(|clock| clock.key != rule.key);
            clocks.push(begun(known, rule, on));
        }
    }
    if step.state != after && known.rests(after) {
        clocks.retain(|clock| rule(known, clock).is_some_and(|rule| rule.outlives));
    }
    for clock in clocks {
        let Some(rule) = rule(known, clock) else { continue };
        let still = rule.paused_in.iter().any(|state| state == after);
        if still && clock.still.is_none() {
            clock.still = on.and_then(|day| day.on.next_day());
            clock.due = None;
        } else if !still && let Some(first) = clock.still.take() {
            go_on(known, clock, rule, first, on);
        }
    }
}

/// A clock that goes on: the days on which it stood still do not count.
fn go_on(known: &Known<'_>, clock: &mut Clock, rule: &DeadlineRule, first: Date, on: Option<Day>) {
    let counted = on.zip(clock.from).and_then(|(on, from)| {
        if first <= on.on {
            clock.pauses.push(Days { first, last: on.on });
        }
        let found = known.count(rule, from, clock.count, &clock.pauses)?;
        Some(Day { provisional: found.provisional || on.provisional, ..found })
    });
    clock.due = counted.map(|day| day.on);
    clock.provisional = counted.is_some_and(|day| day.provisional);
}

fn begun(known: &Known<'_>, rule: &DeadlineRule, on: Option<Day>) -> Clock {
    let from = if rule.counts_from_receipt { Some(Day { on: known.case.received_on, provisional: false }) } else { on };
    let count = known.length(rule).unwrap_or_default();
    let found = from.and_then(|from| Some((from, known.count(rule, from.on, count, &[])?)));
    Clock {
        key: rule.key.clone(),
        due: found.map(|(_, day)| day.on),
        provisional: found.is_some_and(|(from, day)| from.provisional || day.provisional),
        from: from.map(|from| from.on),
        count,
        pauses: Vec::new(),
        still: None,
    }
}
