//! Load checks over dates: each has a first and a last day that the process can know, every form's dates have them too, and
//! what the office signs may carry the day of its signature.

use std::collections::BTreeSet;

use domain::{
    office::Role,
    paper::{ChoiceKey, DateKey, ItemList},
    process::{FormKey, Process},
};

use super::{
    bounds::{Ceiling, DateAsk, Floor, NamedDay},
    file::{DeadlineRule, Definition, Transition},
    words::{Ask, Effect},
};
use crate::law::{Law, Words};

pub(super) fn all(definition: &Definition, law: &Law, faults: &mut Vec<String>) {
    for row in &definition.transition {
        for asked in row.asks.iter().filter_map(dated) {
            let at = format!("{}: {}", row.verb, asked.key);
            floor(definition, Some(row), &at, &asked.from, faults);
            ceiling(definition, &at, &asked.from, &asked.to, faults);
        }
        if signs(row) && !row.asks_date(DateKey::SignedOn) {
            faults.push(format!("{}: decides or issues a paper, but does not ask when it was signed (may_date signed_on)", row.verb));
        } else if heads_alone(row) && !row.asks_date(DateKey::SignedOn) && row.unsigned.is_none() {
            let why = "only a head does it, and it neither asks when it was signed (may_date signed_on) nor says why not (unsigned)";
            faults.push(format!("{}: {why}", row.verb));
        }
    }
    forms(definition, faults);
    clocks(definition, faults);
    // The law that names a day may be older than the table: it was in force on that day.
    for (at, named) in named_days(definition) {
        if named.cites.is_empty() && named.house.as_ref().is_none_or(|why| !why.are_there()) {
            faults.push(format!("{at}: names a day, and neither cites an article nor says why there is none"));
        }
        for fault in named.cites.iter().filter_map(|cite| law.sources().check(cite, named.day).err()) {
            faults.push(format!("{at}: {fault}"));
        }
    }
}

/// Whether an act is signed: a person decides, refuses for a reason that has a code, or issues a paper.
fn signs(row: &Transition) -> bool {
    let paper = |ask: &Ask| *ask == Ask::ReasonCode || matches!(ask, Ask::Document(kind) if kind.is_issued());
    row.who != [Role::System] && (row.decides || row.asks.iter().any(paper))
}

/// Whether only heads and leaders do it: what they do they do by a paper, which is often signed before it is entered.
fn heads_alone(row: &Transition) -> bool {
    row.who.iter().all(|role| matches!(role, Role::UnitHead | Role::PolicyHead | Role::BureauLeader))
}

/// The days that a table names outright, with where they stand.
fn named_days(definition: &Definition) -> Vec<(String, &NamedDay)> {
    let of_acts = definition
        .transition
        .iter()
        .flat_map(|row| row.asks.iter().filter_map(dated).map(|asked| (row.verb.key(), asked.key.key(), &asked.from, &asked.to)));
    let of_forms = definition.form_date.iter().map(|rule| ("form_date", rule.key.key(), &rule.from, &rule.to));
    let mut found = Vec::new();
    for (at, key, from, to) in of_acts.chain(of_forms) {
        found.extend(if let Floor::Day(named) = from { Some((format!("{at}: {key}: from"), named)) } else { None });
        found.extend(if let Ceiling::Day(named) = to { Some((format!("{at}: {key}: to"), named)) } else { None });
    }
    found
}

fn dated(ask: &Ask) -> Option<&DateAsk> {
    match ask {
        Ask::Date(asked) | Ask::MayDate(asked) => Some(asked),
        _ => None,
    }
}

/// The first day is one that a case of the process knows; a missing one has its reason.
fn floor(definition: &Definition, row: Option<&Transition>, at: &str, floor: &Floor, faults: &mut Vec<String>) {
    let only = |process: Process| definition.key == process;
    let known = match floor {
        Floor::None(why) => why.are_there(),
        Floor::Notice | Floor::NoticeServed | Floor::Decision => only(Process::ListingCase),
        Floor::Answer | Floor::Challenged => only(Process::Objection),
        Floor::Forward => only(Process::ProposalEntry),
        Floor::Given => only(Process::Commitment),
        Floor::Signed => row.is_some_and(|row| row.asks_date(DateKey::SignedOn)),
        Floor::Finding => !only(Process::AccountBinding) && !only(Process::ProposalBatch),
        Floor::Ground => row.is_some_and(|row| row.effects.contains(&Effect::SettleItems(ItemList::ShieldGrounds))),
        Floor::Ahead(parameter) => definition.parameter(parameter).is_some_and(|parameter| parameter.unit.is_some()),
        Floor::Chosen(words) => {
            let choice = ChoiceKey::ShieldGround;
            let asked = row.is_some_and(|row| row.asks.contains(&Ask::Choice(choice)));
            for inner in words.values() {
                self::floor(definition, row, at, inner, faults);
            }
            asked && words.keys().map(String::as_str).collect::<BTreeSet<_>>() == choice.words().iter().copied().collect()
        }
        Floor::Day(_) | Floor::Receipt | Floor::StepBefore | Floor::Today | Floor::Tomorrow => true,
    };
    if !known {
        faults.push(format!("{at}: no case knows the first day that it names, or it gives no reason: {floor:?}"));
    }
}

/// The last day is one that the case knows, and not before the first.
fn ceiling(definition: &Definition, at: &str, floor: &Floor, ceiling: &Ceiling, faults: &mut Vec<String>) {
    let known = match ceiling {
        Ceiling::EndOf(key) => definition.deadline(key).is_some(),
        Ceiling::Within(parameter) => definition.parameter(parameter).is_some_and(|parameter| parameter.unit.is_some()),
        Ceiling::MaxTerm | Ceiling::SectorRule => definition.key == Process::PublicationRecord,
        Ceiling::Today | Ceiling::Day(_) | Ceiling::Quarter => true,
    };
    if !known {
        faults.push(format!("{at}: no case knows the last day that it names: {ceiling:?}"));
    }
    if *ceiling == Ceiling::Today && matches!(floor, Floor::Tomorrow | Floor::Ahead(_)) {
        faults.push(format!("{at}: lies in the future, but its last day is today"));
    }
}

/// Every date of the forms that are at home here has its days, once.
fn forms(definition: &Definition, faults: &mut Vec<String>) {
    let wanted: BTreeSet<_> =
        FormKey::ALL.iter().filter(|form| form.home() == definition.key).flat_map(|form| form.dates()).copied().collect();
    let named: Vec<_> = definition.form_date.iter().map(|rule| rule.key).collect();
    let known: BTreeSet<_> = named.iter().copied().collect();
    faults.extend(wanted.difference(&known).map(|key| format!("form_date: says nothing of {key}")));
    faults.extend(known.difference(&wanted).map(|key| format!("form_date: no form of this process has a date {key}")));
    if known.len() != named.len() {
        faults.push("form_date: a date is named twice".to_owned());
    }
    for rule in &definition.form_date {
        let at = format!("form_date {}", rule.key);
        floor(definition, None, &at, &rule.from, faults);
        ceiling(definition, &at, &rule.from, &rule.to, faults);
    }
}

/// A clock counts from a date that some act brings which starts it, and again from one that each of the acts brings.
fn clocks(definition: &Definition, faults: &mut Vec<String>) {
    for rule in &definition.deadline {
        own_days(definition, rule, faults);
        days_of_the_law(definition, rule, faults);
        let Some(key) = rule.counts_from else {
            if !rule.recounted_by.is_empty() {
                faults.push(format!("deadline {}: is counted again, but names no date to count from", rule.key));
            }
            continue;
        };
        let by_persons: Vec<_> =
            definition.transition.iter().filter(|row| rule.starts.contains(&row.verb) && row.who != [Role::System]).collect();
        if !by_persons.is_empty() && !by_persons.iter().any(|row| row.asks_date(key)) {
            faults.push(format!("deadline {}: counts from {key}, which no act that starts it brings", rule.key));
        }
        for row in definition.transition.iter().filter(|row| rule.recounted_by.contains(&row.verb) && !row.asks_date(key)) {
            faults.push(format!("deadline {}: is counted again by {}, which does not bring {key}", rule.key, row.verb));
        }
    }
}

/// A clock that a paper starts counts from the paper's own day: its receipt, its signature; else the office that is late with
/// the entry gives itself more time than the law does.
fn own_days(definition: &Definition, rule: &DeadlineRule, faults: &mut Vec<String>) {
    let excused = rule.due_on.is_some() || rule.counts_from_act.as_ref().is_some_and(Words::are_there);
    let started = definition.transition.iter().filter(|row| row.who != [Role::System] && rule.starts.contains(&row.verb));
    for row in started.filter(|_| !excused) {
        let counts = rule.counts_from.is_some_and(|key| row.asks_date(key));
        for key in [DateKey::ReceivedOn, DateKey::SignedOn].into_iter().filter(|key| row.asks_date(*key)) {
            let by_receipt = key == DateKey::ReceivedOn && rule.counts_from_receipt;
            if !counts && !by_receipt {
                faults.push(format!("deadline {}: {} starts it and brings {key}, from which it does not count", rule.key, row.verb));
            }
        }
    }
}

/// A time whose length is the law's, and which an act of an office starts, counts from a day that this act can say: else an
/// office that is late with the entry gives itself more time than the law does.
fn days_of_the_law(definition: &Definition, rule: &DeadlineRule, faults: &mut Vec<String>) {
    let length = rule.length.as_ref().and_then(|length| definition.parameter(length));
    if length.is_none_or(|length| length.law.is_empty()) || rule.counts_from_receipt || rule.counts_from_act.is_some() {
        return;
    }
    let office = |role: &Role| !matches!(role, Role::System | Role::Party | Role::Requester | Role::AnyAccount);
    let started = definition.transition.iter().filter(|row| rule.starts.contains(&row.verb) && row.who.iter().any(office));
    for row in started.filter(|row| !rule.counts_from.is_some_and(|key| row.asks_date(key))) {
        faults.push(format!(
            "deadline {}: {} starts it, the law gives its time, and the act brings no day from which it counts (counts_from)",
            rule.key, row.verb
        ));
    }
}
