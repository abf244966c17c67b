//! Load checks: a table that fails one is never served.

use std::collections::BTreeSet;

use domain::{letter::Remedy, office::Role, paper::ChoiceKey, process::Verb, setting::SettingOf};

use super::{
    catalogue::{Catalogue, FormsOf},
    check_dates, check_follow, check_header,
    file::{DeadlineRule, Definition, OpenCases, Rest, Transition},
    words::{Ask, Effect, Guard},
};
use crate::law::Law;

/// A version with what is wrong with it, in words.
pub(super) type Fault<'a> = (&'a Definition, String);

/// Every fault of every version and of their follow-ups, in words.
pub fn all<'a>(catalogue: &'a Catalogue, law: &Law, forms_of: FormsOf) -> Vec<Fault<'a>> {
    let mut faults = Vec::new();
    for version in catalogue.all() {
        let definition = &version.definition;
        let mut found = Vec::new();
        names(definition, law, &mut found);
        points(definition, &mut found);
        reach(definition, &mut found);
        rows(definition, &mut found);
        check_dates::all(definition, law, &mut found);
        check_header::all(definition, forms_of, &mut found);
        citations(definition, law, &mut found);
        clocks(definition, &mut found);
        moves(catalogue, definition, &mut found);
        faults.extend(found.into_iter().map(|fault| (definition, fault)));
    }
    check_follow::all(catalogue, &mut faults);
    check_header::across(catalogue, &mut faults);
    faults
}

fn names(definition: &Definition, law: &Law, faults: &mut Vec<String>) {
    let known: BTreeSet<_> = definition.state.iter().map(|state| state.key.as_str()).collect();
    for row in &definition.transition {
        for from in row.from.iter().filter(|from| *from != "new" && !known.contains(from.as_str())) {
            faults.push(format!("{}: unknown state “{from}”; allowed: {}", row.verb, list(&known)));
        }
        if row.to != "same" && !known.contains(row.to.as_str()) {
            faults.push(format!("{}: unknown state “{}”; allowed: {}", row.verb, row.to, list(&known)));
        }
        for key in deadlines_named(row) {
            if definition.deadline(&key).is_none() {
                faults.push(format!("{}: unknown deadline “{key}”", row.verb));
            }
        }
        for key in parameters_named(row) {
            if definition.parameter(&key).is_none() {
                faults.push(format!("{}: unknown parameter “{key}”", row.verb));
            }
        }
        for guard in &row.guards {
            if let Guard::SettingOn(key) = guard
                && law.settings().get(key).is_none()
            {
                faults.push(format!("{}: unknown setting “{key}”", row.verb));
            }
        }
    }
    for parameter in &definition.parameter {
        match (&parameter.value, &parameter.setting) {
            (Some(_), None) if !parameter.law.is_empty() => {}
            (None, Some(key)) if law.settings().get(key).is_some() => {}
            _ => faults.push(format!("parameter {}: needs a value with its law, or a known setting", parameter.key)),
        }
    }
    for rule in &definition.deadline {
        if let Some(length) = &rule.length
            && definition.parameter(length).is_none()
        {
            faults.push(format!("deadline {}: unknown parameter “{length}”", rule.key));
        }
        let length = rule.length.as_ref().and_then(|length| definition.parameter(length)).and_then(|parameter| parameter.setting.as_ref());
        if let (Some(Role::Party), Some(setting)) = (rule.owner, length.and_then(|key| law.settings().get(key)))
            && setting.whose != SettingOf::Party
        {
            faults.push(format!("deadline {}: the setting “{}” is a party's time and has to say so", rule.key, setting.key));
        }
        for state in rule.paused_in.iter().chain(&rule.starts_in).filter(|state| !known.contains(state.as_str())) {
            faults.push(format!("deadline {}: unknown state “{state}”", rule.key));
        }
    }
}

/// A clock of a point is one of a fixed list that some row settles, and every point of that list has a clock: else a point
/// would stay open with nothing that presses.
fn points(definition: &Definition, faults: &mut Vec<String>) {
    let met: Vec<_> = definition.deadline.iter().filter_map(|rule| Some((rule, rule.met_at.as_ref()?))).collect();
    for rule in &definition.deadline {
        for point in rule.starts_at.iter().chain(&rule.met_at) {
            let settles = definition.transition.iter().any(|row| row.effects.contains(&Effect::SettleItems(point.list)));
            if !settles || !point.list.fixed().iter().any(|(key, _, _)| *key == point.item) {
                faults.push(format!("deadline {}: “{}” is no point of {} that an act settles", rule.key, point.item, point.list));
            }
        }
        if rule.starts.is_empty() && rule.starts_at.is_none() {
            faults.push(format!("deadline {}: nothing starts it", rule.key));
        }
    }
    let lists: BTreeSet<_> = met.iter().map(|(_, point)| point.list).collect();
    for list in lists {
        for (key, _, _) in list.fixed() {
            if !met.iter().any(|(_, point)| point.list == list && point.item == *key) {
                faults.push(format!("“{key}” of {list} has no deadline of its own, though other points have"));
            }
        }
    }
}

fn list(words: &BTreeSet<&str>) -> String {
    words.iter().copied().collect::<Vec<_>>().join(", ")
}

fn deadlines_named(row: &Transition) -> Vec<String> {
    let guards = row.guards.iter().filter_map(|guard| match guard {
        Guard::StillRuns(key) | Guard::HasEnded(key) => Some(key.clone()),
        _ => None,
    });
    let effects = row.effects.iter().filter_map(|effect| match effect {
        Effect::Extend(extension) => Some(extension.deadline.clone()),
        _ => None,
    });
    guards.chain(effects).collect()
}

fn parameters_named(row: &Transition) -> Vec<String> {
    let effects = row.effects.iter().filter_map(|effect| match effect {
        Effect::Extend(extension) => Some(extension.by.clone()),
        Effect::BarRepair(parameter) => Some(parameter.clone()),
        _ => None,
    });
    effects.collect()
}

/// Every state is reachable; every open state leads to one at rest; final means final.
fn reach(definition: &Definition, faults: &mut Vec<String>) {
    let next = |state: &str| -> Vec<&str> {
        definition
            .transition
            .iter()
            .filter(|row| row.to != "same" && row.from.iter().any(|from| from == state))
            .map(|row| row.to.as_str())
            .collect()
    };
    let mut seen = BTreeSet::new();
    let mut todo = next("new");
    while let Some(state) = todo.pop() {
        if seen.insert(state) {
            todo.extend(next(state));
        }
    }
    for state in &definition.state {
        if !seen.contains(state.key.as_str()) {
            faults.push(format!("state {} is never reached", state.key));
        }
        let leaves = definition.transition.iter().any(|row| row.from.contains(&state.key));
        match state.rest {
            Rest::Final if leaves => faults.push(format!("state {} is final, but a row leaves it", state.key)),
            Rest::Settled if state.why.is_none() => faults.push(format!("state {} is settled and says no why", state.key)),
            Rest::Open if !comes_to_rest(definition, &state.key) => {
                faults.push(format!("from state {} no state at rest is reached", state.key));
            }
            _ => {}
        }
    }
}

fn comes_to_rest(definition: &Definition, from: &str) -> bool {
    let mut seen = BTreeSet::new();
    let mut todo = vec![from.to_owned()];
    while let Some(state) = todo.pop() {
        if definition.state(&state).is_some_and(|state| state.rest != Rest::Open) {
            return true;
        }
        if seen.insert(state.clone()) {
            let rows = definition.transition.iter().filter(|row| row.to != "same" && row.from.contains(&state));
            todo.extend(rows.map(|row| row.to.clone()));
        }
    }
    false
}

/// One row per (state, verb); guards look only at what is asked; deciding verbs have a second pair of eyes.
fn rows(definition: &Definition, faults: &mut Vec<String>) {
    let mut seen = BTreeSet::new();
    for row in &definition.transition {
        for from in &row.from {
            if !seen.insert((from.clone(), row.verb)) {
                faults.push(format!("two rows for {} in state {from}", row.verb));
            }
        }
        if row.who.is_empty() {
            faults.push(format!("{}: nobody may do it", row.verb));
        }
        let second = row.guards.iter().any(|guard| matches!(guard, Guard::NotThePersonWho(verbs) if !verbs.is_empty()));
        if row.decides && !second {
            faults.push(format!("{}: decides, but has no second pair of eyes", row.verb));
        }
        for effect in &row.effects {
            let Effect::SettleItems(wanted) = effect else { continue };
            if !row.asks.iter().any(|ask| matches!(ask, Ask::Items(list) if list == wanted)) {
                faults.push(format!("{}: settles {wanted} but does not ask for them", row.verb));
            }
        }
    }
}

/// Everything cites, or says why no law does; every citation exists and was in force on the file's date.
fn citations(definition: &Definition, law: &Law, faults: &mut Vec<String>) {
    let on = definition.in_force_from;
    let mut check = |what: &str, cites: &[String], house: bool| {
        if cites.is_empty() && !house {
            faults.push(format!("{what}: neither cites an article nor says why there is none"));
        }
        for cite in cites {
            if let Err(fault) = law.sources().check(cite, on) {
                faults.push(format!("{what}: {fault}"));
            }
        }
    };
    for row in &definition.transition {
        check(row.verb.key(), &row.cites, row.house.is_some());
        for (ground, cites) in &row.cites_by {
            check(&format!("{}: {ground}", row.verb), cites, !ChoiceKey::ShieldGround.words().contains(&ground.as_str()));
        }
        if !row.cites_by.is_empty() && ChoiceKey::ShieldGround.words().iter().any(|ground| !row.cites_by.contains_key(*ground)) {
            check(&format!("{}: cites_by", row.verb), &[], false);
        }
    }
    for rule in &definition.deadline {
        check(&rule.key, &rule.cites, rule.house.is_some());
    }
    for parameter in &definition.parameter {
        check(&parameter.key, &parameter.law, parameter.setting.is_some());
    }
    for row in definition.transition.iter().filter(|row| row.cites.is_empty() && row.like.is_empty()) {
        let burdens = |effect: &&Effect| matches!(effect, Effect::Notify(notify) if notify.letter.remedy() != Remedy::None);
        if row.effects.iter().any(|effect| burdens(&effect)) {
            faults.push(format!(
                "{}: a letter tells the party of an act against it, so an article has to be cited, in cites or in like",
                row.verb
            ));
        }
    }
    let likes = definition.transition.iter().flat_map(|row| &row.like).chain(definition.parameter.iter().flat_map(|p| &p.like));
    for like in likes {
        if let Err(fault) = law.sources().exists(like) {
            faults.push(format!("like: {fault}"));
        }
    }
}

type Place = (String, BTreeSet<String>);

/// Every (state, running deadlines) that a path leads to, with the verb that led there.
fn places(definition: &Definition) -> BTreeSet<(Verb, Place)> {
    let mut seen: BTreeSet<Place> = BTreeSet::new();
    let mut found = BTreeSet::new();
    let mut todo: Vec<Place> = vec![("new".to_owned(), BTreeSet::new())];
    while let Some(place) = todo.pop() {
        if !seen.insert(place.clone()) {
            continue;
        }
        for row in definition.transition.iter().filter(|row| row.from.contains(&place.0)) {
            let next = step(definition, row, &place.0, &place.1);
            found.insert((row.verb, next.clone()));
            todo.push(next);
        }
    }
    found
}

/// Whether somebody has to act in a place by a day, or nobody has to for a written reason.
fn pressed(definition: &Definition, (state, open): &Place) -> bool {
    let excused = definition.state(state).is_none_or(|state| state.rest != Rest::Open || state.no_deadline && state.why.is_some());
    let runs = |rule: &DeadlineRule| rule.owner.is_some() && rule.when.is_none() && !rule.paused_in.contains(state);
    excused || open.iter().any(|key| definition.deadline(key).is_some_and(runs))
}

/// On every path each open state has a running deadline that somebody owns, or a written reason why not.
fn clocks(definition: &Definition, faults: &mut Vec<String>) {
    let bare = places(definition).into_iter().filter(|(_, place)| !pressed(definition, place));
    let bare: BTreeSet<_> = bare.map(|(verb, (state, _))| format!("state {state} after {verb} has no running deadline")).collect();
    faults.extend(bare);
}

/// A case that moves here lands in a state that is known, with deadlines that are known, and somebody still has to act.
fn moves(catalogue: &Catalogue, definition: &Definition, faults: &mut Vec<String>) {
    if definition.open_cases == OpenCases::Stay {
        if !definition.state_map.is_empty() {
            faults.push("state_map: cases stay, so that nothing is mapped; allowed with: may_move, all_move".to_owned());
        }
        return;
    }
    let known: BTreeSet<_> = definition.state.iter().map(|state| state.key.as_str()).collect();
    for to in definition.state_map.values().filter(|to| !known.contains(to.as_str())) {
        faults.push(format!("state_map: unknown state “{to}”; allowed: {}", list(&known)));
    }
    let mut found = BTreeSet::new();
    for older in catalogue.older(definition) {
        let (old, version) = (&older.definition, older.definition.version());
        for state in old.state.iter().filter(|state| state.rest != Rest::Final && !definition.state_map.contains_key(&state.key)) {
            found.insert(format!("state_map: says nothing of state “{}” of {version}", state.key));
        }
        for rule in old.deadline.iter().filter(|rule| definition.deadline(&rule.key).is_none()) {
            found.insert(format!("deadline “{}” of {version} may run in a case that moves, and is unknown here", rule.key));
        }
        for (_, (state, open)) in places(old) {
            let lives = old.state(&state).is_some_and(|state| state.rest != Rest::Final);
            let Some(to) = definition.state_map.get(&state).filter(|_| lives) else { continue };
            if !pressed(definition, &(to.clone(), open)) {
                found.insert(format!(
                    "state_map: a case that moves from state “{state}” of {version} lands in {to} without a running deadline"
                ));
            }
        }
    }
    faults.extend(found);
}

fn step(definition: &Definition, row: &Transition, state: &str, open: &BTreeSet<String>) -> Place {
    let to = if row.to == "same" { state.to_owned() } else { row.to.clone() };
    let resting = definition.state(&to).is_some_and(|state| state.rest != Rest::Open);
    let mut open = open.clone();
    for rule in definition.deadline.iter().filter(|rule| !rule.each) {
        // A timer's own verb comes when its deadline has passed.
        if [&rule.met_by, &rule.dropped_by, &rule.at_end].iter().any(|verbs| verbs.contains(&row.verb)) {
            open.remove(&rule.key);
        }
        if (rule.starts_with(row.verb, &to) && !rule.met_by.contains(&row.verb)) || rule.recounted_by.contains(&row.verb) {
            open.insert(rule.key.clone());
        }
        if resting && !rule.outlives && to != state {
            open.remove(&rule.key);
        }
    }
    (to, open)
}
