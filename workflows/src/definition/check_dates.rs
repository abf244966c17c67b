//! Load checks over dates: each has a first and a last day that the process can know, every form's dates have them too, and
//! what the office signs may carry the day of its signature.

use std::collections::BTreeSet;

use domain::{
    office::Role,
    paper::{ChoiceKey, DateKey, FormKey, ItemList},
    process::Process,
};

use super::{
    bounds::{Ceiling, DateAsk, Floor},
    file::{Definition, Transition},
    words::{Ask, Effect},
};

pub(super) fn all(definition: &Definition, faults: &mut Vec<String>) {
    for row in &definition.transition {
        for asked in row.asks.iter().filter_map(dated) {
            let at = format!("{}: {}", row.verb, asked.key);
            floor(definition, Some(row), &at, &asked.from, faults);
            ceiling(definition, &at, &asked.from, &asked.to, faults);
        }
        let signs = row.decides && row.asks.iter().any(|ask| matches!(ask, Ask::Document(kind) if kind.is_issued()));
        if signs && !asks(row, DateKey::SignedOn) {
            faults.push(format!("{}: issues a paper, but does not ask when it was signed (may_date signed_on)", row.verb));
        }
    }
    forms(definition, faults);
    clocks(definition, faults);
}

fn dated(ask: &Ask) -> Option<&DateAsk> {
    match ask {
        Ask::Date(asked) | Ask::MayDate(asked) => Some(asked),
        _ => None,
    }
}

fn asks(row: &Transition, key: DateKey) -> bool {
    row.asks.iter().filter_map(dated).any(|asked| asked.key == key)
}

/// The first day is one that a case of the process knows; a missing one has its reason.
fn floor(definition: &Definition, row: Option<&Transition>, at: &str, floor: &Floor, faults: &mut Vec<String>) {
    let only = |process: Process| definition.key == process;
    let known = match floor {
        Floor::None(why) => !why.trim().is_empty(),
        Floor::Notice | Floor::NoticeServed | Floor::Decision => only(Process::ListingCase),
        Floor::Answer | Floor::Challenged => only(Process::Objection),
        Floor::Forward => only(Process::ProposalEntry),
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
        let Some(key) = rule.counts_from else {
            if !rule.recounted_by.is_empty() {
                faults.push(format!("deadline {}: is counted again, but names no date to count from", rule.key));
            }
            continue;
        };
        let by_persons: Vec<_> =
            definition.transition.iter().filter(|row| rule.starts.contains(&row.verb) && row.who != [Role::System]).collect();
        if !by_persons.is_empty() && !by_persons.iter().any(|row| asks(row, key)) {
            faults.push(format!("deadline {}: counts from {key}, which no act that starts it brings", rule.key));
        }
        for row in definition.transition.iter().filter(|row| rule.recounted_by.contains(&row.verb) && !asks(row, key)) {
            faults.push(format!("deadline {}: is counted again by {}, which does not bring {key}", rule.key, row.verb));
        }
    }
}
