//! Load checks of the catalogue: every article known, every word of a row told once, keys that stand in the row.

use std::collections::BTreeSet;

use domain::office::OfficeKind;

use super::file::{Asked, Channel, Fact, FieldType, Item};
use crate::law::Law;

/// Most fields of an item.
const FIELDS: usize = 60;

/// Everything that is wrong with the items.
pub(super) fn faults(items: &[Item], law: &Law) -> Vec<String> {
    let mut faults = Vec::new();
    let mut seen = BTreeSet::new();
    for item in items {
        let mut fault = |what: String| faults.push(format!("item “{}”: {what}", item.key));
        if !seen.insert(item.key.as_str()) {
            fault("stands twice".to_owned());
        }
        if item.basis.is_empty() {
            fault("cites no basis; allowed: articles of the instruments in sources.toml".to_owned());
        }
        for cite in &item.basis {
            if let Err(found) = law.sources().exists(cite) {
                fault(found.to_string());
            }
        }
        if item.sources.is_empty() {
            fault("nobody sends it: sources is empty".to_owned());
        }
        for kind in item.sources.iter().filter_map(|source| source.strip_prefix('@')) {
            if OfficeKind::from_key(kind).is_none() {
                let known: Vec<_> = OfficeKind::ALL.iter().map(|kind| kind.key()).collect();
                fault(format!("sources: no such kind of office: {kind}; allowed: {}", known.join(", ")));
            }
        }
        of_fields(item, &mut fault);
    }
    if items.iter().filter(|item| item.register).count() != 1 {
        faults.push("item: exactly one has register = true".to_owned());
    }
    faults
}

fn of_fields(item: &Item, fault: &mut impl FnMut(String)) {
    if item.field.len() > FIELDS {
        fault(format!("has {} fields; at most {FIELDS}", item.field.len()));
    }
    let mut seen = BTreeSet::new();
    for field in &item.field {
        let at = format!("field “{}”", field.key);
        if !seen.insert(field.key.as_str()) {
            fault(format!("{at}: stands twice"));
        }
        if (field.holds == FieldType::Choice) == field.option.is_empty() {
            fault(format!("{at}: a choice, and nothing else, has options"));
        }
        if let Some(Asked::With { with }) = &field.required
            && (with == &field.key || item.field.iter().all(|other| other.key != *with))
        {
            fault(format!("{at}: required with “{with}”, which is no other field"));
        }
        if let Some(fact) = field.is
            && !fits(fact, field.holds)
        {
            fault(format!("{at}: a cell of this type does not tell {fact:?}"));
        }
    }
    let tells = |fact: Fact| item.field.iter().filter(|field| field.is == Some(fact)).count();
    for fact in [Fact::Name, Fact::Kind, Fact::Uscc] {
        if tells(fact) != 1 {
            fault(format!("field: exactly one is {fact:?}"));
        }
    }
    for fact in [
        Fact::Sectors,
        Fact::Division,
        Fact::Number,
        Fact::DecidedOn,
        Fact::ValidFrom,
        Fact::ValidTo,
        Fact::EndedOn,
        Fact::Grade,
        Fact::Year,
    ] {
        if tells(fact) > 1 {
            fault(format!("field: several are {fact:?}"));
        }
    }
    if item.decision.is_some() && tells(Fact::DecidedOn) == 0 {
        fault("field: a decision has a day on which it was made (decided_on)".to_owned());
    }
    if item.register && (tells(Fact::ValidFrom) == 0 || tells(Fact::Sectors) == 0) {
        fault("field: a register of who is in business tells since when (valid_from), and in which fields (sectors)".to_owned());
    }
    if item.unique.is_empty() {
        fault("unique: names no field".to_owned());
    }
    for key in item.unique.iter().filter(|key| item.field.iter().all(|field| field.key != **key)) {
        fault(format!("unique: no such field: {key}"));
    }
    if item.channel == Channel::Record && item.decision.is_none() {
        fault("channel: what comes out of records is a decision".to_owned());
    }
}

/// Whether a cell of a type can tell a fact.
const fn fits(fact: Fact, holds: FieldType) -> bool {
    match fact {
        Fact::Name | Fact::Number | Fact::Year => matches!(holds, FieldType::Text | FieldType::Code),
        Fact::Kind | Fact::Division | Fact::Grade => matches!(holds, FieldType::Choice),
        Fact::Uscc => matches!(holds, FieldType::Uscc),
        Fact::Sectors => matches!(holds, FieldType::Sectors | FieldType::Choice),
        Fact::DecidedOn | Fact::ValidFrom | Fact::ValidTo | Fact::EndedOn => matches!(holds, FieldType::Date),
    }
}
