//! Whoever signs says on which day, and whoever takes something in for another says on which day it came.

use std::collections::BTreeSet;

use domain::{
    office::Role,
    paper::DateKey,
    process::{Process, Verb},
};
use workflows::definition::{
    file::{DeadlineRule, Definition, Transition},
    words::Guard,
};

use super::city::the_rules;

const HEADS: [Role; 3] = [Role::UnitHead, Role::PolicyHead, Role::BureauLeader];

/// What loading a definition tells that is changed in one place.
fn told(process: Process, good: &str, bad: &str) -> String {
    let rules = the_rules();
    let text = rules.catalogue.all().find(|version| version.definition.key == process).expect("a definition").text.clone();
    assert!(text.contains(good), "{process}: {good}");
    let text = text.replace(good, bad).replace("revision = 1", "revision = 2");
    let loaded = rules.with(&format!("definitions/{process}/2026-04-01.2.toml"), &text);
    loaded.err().map(|fault| fault.to_string()).unwrap_or_default()
}

fn rows() -> Vec<(&'static Definition, &'static Transition)> {
    let versions = the_rules().catalogue.all();
    versions.flat_map(|version| version.definition.transition.iter().map(|row| (&version.definition, row))).collect()
}

/// A paper that a head signs is often signed before somebody enters it.
#[test]
fn what_a_head_alone_does_carries_the_day_of_its_signature() {
    let alone: Vec<_> = rows().into_iter().filter(|(_, row)| row.who.iter().all(|role| HEADS.contains(role))).collect();
    let silent: Vec<_> = alone
        .iter()
        .filter(|(_, row)| !row.asks_date(DateKey::SignedOn) && row.unsigned.is_none())
        .map(|(definition, row)| format!("{} {}", definition.key, row.verb))
        .collect();
    assert!(silent.is_empty(), "neither the day of the signature nor why there is none: {silent:?}");
    assert!(alone.len() > 20, "only {} rows are a head's alone", alone.len());
    let lift = alone.iter().find(|(_, row)| row.verb == Verb::LiftRepairBar).expect("a bar is lifted");
    assert!(lift.1.decides && lift.1.asks_date(DateKey::SignedOn));
    let said = told(Process::Objection, "unsigned = {", "# unsigned = {");
    assert!(said.contains("extend: only a head does it, and it neither asks when it was signed"), "{said}");
}

/// A time that the law gives an office from its own act runs from the day of that act's paper.
#[test]
fn a_time_of_the_law_counts_from_a_day_that_the_act_brings() {
    let said = told(Process::Objection, "counts_from = \"signed_on\"\nlength = \"verify_days\"", "length = \"verify_days\"");
    assert!(said.contains("deadline verification: accept starts it"), "{said}");
    let said = told(Process::PublicationRecord, "counts_from_act = {", "# counts_from_act = {");
    assert!(said.contains("deadline correction_report: correct starts it, the law gives its time"), "{said}");
}

/// Whose own act answers within a time that its owner has; none where it is no party's and no filing office's.
fn own(rule: &DeadlineRule) -> &'static [Role] {
    match rule.owner {
        Some(Role::Party) => &[Role::Party],
        Some(Role::Requester) => &[Role::Requester],
        Some(Role::FilingClerk | Role::FilingHead) => &[Role::FilingClerk, Role::FilingHead],
        _ => &[],
    }
}

/// Times that nobody can answer on paper, and why.
const NEVER_ON_PAPER: [(Process, &str, &str); 9] = [
    (Process::PlanTask, "due", "the house counts what was noted; a report on paper says no more"),
    (Process::PlanTask, "rework", "the house counts what was noted; a report on paper says no more"),
    (Process::LedgerEntry, "conclude", "the ledger is kept in the house"),
    (Process::DataSubmission, "report", "the lines are made in the house, and handed over with its submission"),
    (Process::DataSubmission, "answer", "the platform's answer says on which day it became known"),
    (Process::DataSubmission, "correction", "the lines are corrected in the house, and handed over with its submission"),
    (Process::CreditCheck, "conclude", "a check is asked and concluded in the house"),
    (Process::ProposalBatch, "report", "the list is made in the house, and handed in with its submission"),
    (Process::ProposalBatch, "resubmission", "the list is mended in the house, and handed in with its submission"),
];

#[test]
fn whoever_takes_an_answer_in_says_on_which_day_it_came() {
    let (mut silent, mut by_hand, mut all) = (Vec::new(), BTreeSet::new(), BTreeSet::new());
    for (definition, row) in rows().into_iter().filter(|(_, row)| row.by_a_person()) {
        for rule in definition.deadline.iter().filter(|rule| !own(rule).is_empty()) {
            all.insert((definition.key, rule.key.as_str()));
            let in_time = row.guards.contains(&Guard::StillRuns(rule.key.clone()));
            // What an office signs is its decision, and no answer.
            let answers = (rule.met_by.contains(&row.verb) || in_time) && !row.asks_date(DateKey::SignedOn);
            let by_another = row.who.iter().any(|role| *role != Role::System && !own(rule).contains(role));
            if !answers || !by_another {
                continue;
            }
            by_hand.insert((definition.key, rule.key.as_str()));
            if !row.asks_date(DateKey::ReceivedOn) {
                silent.push(format!("{} {}: {}", definition.key, rule.key, row.verb));
            }
        }
    }
    assert!(silent.is_empty(), "somebody else enters the answer, and cannot say when it came: {silent:?}");
    let never: BTreeSet<_> = NEVER_ON_PAPER.iter().map(|(process, key, _)| (*process, *key)).collect();
    let alone: BTreeSet<_> = all.difference(&by_hand).copied().collect();
    assert_eq!(alone, never, "a time within which nobody can take in what comes on paper");
    assert!(by_hand.len() >= 5, "{by_hand:?}");
}
