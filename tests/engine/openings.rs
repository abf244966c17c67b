//! What a page says of a case that may be opened is what whoever opens it is told.

use std::collections::BTreeSet;

use domain::{
    command::{Actor, Target},
    moment::Micros,
    office::Role,
    refusal::ReasonCode as Code,
};
use workflows::engine::{Matter, openings};

use super::walk::{Tried, Walk};

const SEED: u64 = 0x5eed_0039;
const WALKS: u64 = 72;
const STEPS: usize = 200;

/// What only the form, the list, the papers or the days of the opening can tell.
const OF_THE_INPUT: [Code; 12] = [
    Code::GroundNotMet,
    Code::GroundNotOfListType,
    Code::MeasureNotOfListType,
    Code::ListTypeWithoutBasis,
    Code::TermOverLegalMaximum,
    Code::TermUnderLegalMinimum,
    Code::SuchListingExists,
    Code::SuchEntryExists,
    Code::BatchNotDraft,
    Code::DateInFuture,
    Code::DateOutOfOrder,
    Code::DateTooLate,
];

/// Whether the two agree; none where there is nothing to compare.
fn compared(walk: &mut Walk<'_>, tried: &Tried, faults: &mut BTreeSet<String>) -> Option<bool> {
    let (Target::New(opening), Actor::Account(_)) = (&tried.command.target, tried.command.actor) else { return None };
    let (record, verb, today) = (opening.record?, tried.command.verbs[0], walk.city.today);
    let version = walk.rules.catalogue.on(tried.process, today)?;
    let finder = walk.city.snapshot.case(record)?.finding_office.clone();
    let foreign = opening.office.is_some() && opening.office != finder;
    if foreign || version.definition.transition[tried.row].who == [Role::System] {
        return None;
    }
    let parent = opening.parent.and_then(|id| walk.city.snapshot.case(id).cloned());
    let about = parent.filter(|case| version.definition.opens_about(verb, case)).map_or(record, |case| case.id);
    let now = Micros::offices_open(today);
    let mark = walk.city.snapshot.mark();
    let all = openings(walk.rules, &mut walk.city.snapshot, Matter::Case(about), tried.command.actor, today, now);
    walk.city.snapshot.rollback(mark);
    let name = format!("{} {verb}", tried.process);
    let Some(found) = all.into_iter().find(|one| one.version.definition.key == tried.process && one.verb == verb) else {
        faults.insert(format!("{name}: is not among the openings"));
        return Some(false);
    };
    let codes = |reasons: Vec<domain::refusal::Reason>| -> BTreeSet<Code> {
        reasons.into_iter().map(|reason| reason.code).filter(|code| !OF_THE_INPUT.contains(code)).collect()
    };
    let (offered, told) = (codes(found.reasons), codes(walk.said(&tried.command, today)));
    if offered.is_empty() != told.is_empty() {
        faults.insert(format!("{name}: the page says {offered:?}, whoever opens it is told {told:?}"));
    }
    Some(offered.is_empty())
}

#[test]
fn openings_say_what_whoever_opens_is_told() {
    let rules = super::city::rules();
    let (mut faults, mut open, mut closed) = (BTreeSet::new(), 0, 0);
    for walk in 0..WALKS {
        let mut walk = Walk::new(&rules, SEED.wrapping_add(walk << 32));
        for _ in 0..STEPS {
            if walk.chance.below(10) == 0 {
                let days = walk.chance.below(25);
                walk.days_pass(days);
                continue;
            }
            let Some(tried) = walk.attempt() else { continue };
            match compared(&mut walk, &tried, &mut faults) {
                Some(true) => open += 1,
                Some(false) => closed += 1,
                None => {}
            }
            walk.act(&tried.command);
        }
    }
    println!("seed {SEED:#x}: {open} openings were open, {closed} closed");
    assert!(faults.is_empty(), "seed {SEED:#x}\n{}", faults.into_iter().collect::<Vec<_>>().join("\n"));
    assert!(open > 20 && closed > 20, "{open} open, {closed} closed");
}
