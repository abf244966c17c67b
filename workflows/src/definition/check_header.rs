//! Load checks of a definition's header and of the names of its acts.

use std::collections::{BTreeMap, BTreeSet};

use domain::process::Verb;

use super::{
    catalogue::{Catalogue, FormsOf},
    file::{Definition, Transition},
    header::{About, Finding, Keeper, PartySees},
    words::{Ask, Effect, Guard},
};
/// Everything that is wrong with a header, with the acts' names, with what an act's form is, with an extension, or
/// with a reason that a language lacks.
pub(super) fn all(definition: &Definition, forms_of: FormsOf, faults: &mut Vec<String>) {
    header(definition, faults);
    reasons(definition, faults);
    acts(definition, faults);
    for row in &definition.transition {
        forms(definition, forms_of, row, faults);
        extension(row, faults);
    }
}

fn header(definition: &Definition, faults: &mut Vec<String>) {
    let prefix = &definition.number;
    if prefix.len() != 2 || !prefix.bytes().all(|letter| letter.is_ascii_uppercase()) {
        faults.push(format!("number: “{prefix}” has to be two letters A to Z"));
    }
    if let PartySees::AllBut(states) = &definition.party_sees {
        for state in states.iter().filter(|state| definition.state(state).is_none()) {
            faults.push(format!("party_sees: unknown state “{state}”"));
        }
    }
    let rests = definition.about == About::Record;
    if !rests && (definition.finding == Finding::OfRecord || definition.kept_by == Keeper::FindingOffice) {
        faults.push("about: a case that is about no record has no finding office of one".to_owned());
    }
}

/// Every reason that this house gives itself is there in both languages.
fn reasons(definition: &Definition, faults: &mut Vec<String>) {
    let states = definition.state.iter().map(|state| (format!("state {}: why", state.key), &state.why));
    let rules = definition.deadline.iter().flat_map(|rule| {
        let at = |what: &str| format!("deadline {}: {what}", rule.key);
        [(at("house"), &rule.house), (at("counts_from_act"), &rule.counts_from_act)]
    });
    let rows = definition.transition.iter().flat_map(|row| {
        let at = |what: &str| format!("{}: {what}", row.verb);
        [(at("house"), &row.house), (at("more_than_once"), &row.more_than_once), (at("unsigned"), &row.unsigned)]
    });
    let bare = states.chain(rules).chain(rows).filter(|(_, why)| why.as_ref().is_some_and(|why| !why.are_there()));
    faults.extend(bare.map(|(at, _)| format!("{at} says nothing in one of the languages")));
}

/// Every act of the table has its name, and every name its act.
fn acts(definition: &Definition, faults: &mut Vec<String>) {
    let verbs: BTreeSet<_> = definition.transition.iter().map(|row| row.verb).collect();
    let mut named = BTreeSet::new();
    for act in &definition.act {
        if !named.insert(act.verb) {
            faults.push(format!("act: “{}” is named twice", act.verb));
        }
        if !verbs.contains(&act.verb) {
            faults.push(format!("act: no row has “{}”", act.verb));
        }
        if act.zh.trim().is_empty() || act.en.trim().is_empty() {
            faults.push(format!("act: “{}” has no title in one of the languages", act.verb));
        }
        let opens = definition.rows_of(act.verb).any(Transition::opens_a_case);
        if !opens && (act.target.is_some() || !act.targets.is_empty()) {
            faults.push(format!("act: “{}” names a target and opens no case", act.verb));
        }
        let formed = definition.rows_of(act.verb).any(|row| row.asks.iter().any(|ask| matches!(ask, Ask::Form(_))));
        if act.bulk.is_some() && (act.by_hand || formed || opens) {
            let why = "only an act on a case that exists, without a form and not written by hand, is done on many at once";
            faults.push(format!("act: “{}” has bulk; {why}", act.verb));
        }
        let asked: BTreeSet<_> = definition.rows_of(act.verb).flat_map(|row| &row.asks).filter_map(Ask::key).collect();
        for key in act.fields.keys().filter(|key| !asked.contains(key.as_str())) {
            faults.push(format!("act: “{}” names a field for “{key}”, which it does not ask for", act.verb));
        }
    }
    for verb in verbs.iter().filter(|verb| !named.contains(*verb)) {
        faults.push(format!("act: “{verb}” has no title; every act of the table is named"));
    }
}

/// A form that is asked for is one that the process takes: another would be accepted and change nothing.
fn forms(definition: &Definition, forms_of: FormsOf, row: &Transition, faults: &mut Vec<String>) {
    let taken = forms_of(definition.key);
    for ask in &row.asks {
        if let Ask::Form(key) = ask
            && !taken.contains(key)
        {
            let known: Vec<_> = taken.iter().map(|key| key.key()).collect();
            faults.push(format!("{}: asks for the form “{key}”, which this process does not take; known: {}", row.verb, known.join(", ")));
        }
    }
}

/// Time is extended once, unless the row says why it may be extended again.
fn extension(row: &Transition, faults: &mut Vec<String>) {
    let extends = row.effects.iter().any(|effect| matches!(effect, Effect::Extend(_)));
    let once = row.guards.contains(&Guard::NotDoneBefore(row.verb));
    if extends && !once && row.more_than_once.is_none() {
        faults.push(format!("{0}: extends a deadline without not_done_before = \"{0}\"; more_than_once says why it may", row.verb));
    }
}

/// Number prefixes and mutations belong to one process each.
pub(super) fn across<'a>(catalogue: &'a Catalogue, faults: &mut Vec<(&'a Definition, String)>) {
    let mut prefixes: BTreeMap<&str, _> = BTreeMap::new();
    let mut mutations: BTreeMap<String, (_, Verb)> = BTreeMap::new();
    for version in catalogue.newest() {
        let definition = &version.definition;
        if let Some(other) = prefixes.insert(&definition.number, definition.key) {
            faults.push((definition, format!("number: “{}” is the prefix of {other}", definition.number)));
        }
        for row in definition.transition.iter().filter(|row| row.by_a_person()) {
            let mutation = definition.mutation(row.verb);
            if let Some((other, verb)) = mutations.insert(mutation.clone(), (definition.key, row.verb))
                && other != definition.key
            {
                faults.push((definition, format!("{}: the mutation {mutation} is that of {verb} in {other}", row.verb)));
            }
        }
    }
}
