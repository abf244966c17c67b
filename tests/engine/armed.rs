//! Wherever a case comes, and comes back to, somebody has to act by a day and is reminded of it.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    office::Role,
    rows::{Case, Deadline, DeadlineStatus},
};
use workflows::definition::file::Rest;

use super::{
    city::{definition, the_rules},
    walk::Walk,
};

const WALKS: u64 = 40;
const STEPS: usize = 250;

/// What is wrong with the clocks of a case that has just come to its state.
fn unarmed(walk: &Walk<'_>, case: &Case) -> Option<String> {
    let version = definition(walk.rules, case.process, walk.city.today);
    let state = version.definition.state(&case.state)?;
    let mine: Vec<_> = walk.city.snapshot.rows().of::<Deadline>(case.id).collect();
    let live = |row: &&&Deadline| matches!(row.status, DeadlineStatus::Open | DeadlineStatus::Paused) && row.owner.is_some();
    if state.rest == Rest::Open && !state.no_deadline && !mine.iter().any(|row| live(&row)) {
        return Some(format!("{} in {}: nobody has to act by any day", case.process, case.state));
    }
    let office =
        |row: &Deadline| row.owner.as_deref().and_then(Role::from_key).is_some_and(|role| !matches!(role, Role::Party | Role::System));
    let ahead = |row: &&&Deadline| row.status == DeadlineStatus::Open && office(row) && row.due_on.is_some_and(|due| due > walk.city.today);
    let silent = mine.iter().filter(ahead).find(|row| row.remind_at.is_none())?;
    Some(format!("{} in {}: nobody is reminded of {}", case.process, case.state, silent.key))
}

#[test]
fn a_case_that_comes_to_a_state_has_its_clocks_and_reminders_armed() {
    let (mut faults, mut entered) = (BTreeSet::new(), 0);
    for seed in 0..WALKS {
        let mut walk = Walk::new(the_rules(), 0x5eed_0011 + seed);
        walk.city.set("list_basis_overloading", "true");
        let mut known: BTreeMap<String, String> = BTreeMap::new();
        for _ in 0..STEPS {
            if walk.chance.below(5) == 0 {
                let days = walk.chance.below(12);
                walk.days_pass(days);
            } else if let Some(tried) = walk.attempt() {
                walk.act(&tried.command);
            }
            for case in walk.city.cases() {
                if known.insert(case.id.to_string(), case.state.clone()).as_ref() != Some(&case.state) {
                    entered += 1;
                    faults.extend(unarmed(&walk, &case));
                }
            }
        }
    }
    println!("{entered} states were entered");
    assert!(entered > 1000, "only {entered} states were entered");
    assert!(faults.is_empty(), "{faults:#?}");
}
