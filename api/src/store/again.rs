//! The second check of the trail: every act is decided again on the rows as they were, and must come out the same.

use std::collections::VecDeque;

use domain::{command::Command, entry::Entry, rows::Rows};
use serde_json::Value;
use workflows::{
    engine::{self, Decision, Draft, Rules, Snapshot},
    law::RulesFault,
};

use super::{Database, StoreFault, trail};

/// The act after which other law holds.
const LOADED: &str = "load_law";

/// Decides every entry again, and asks about the rows before each act, which comes with the number of its entry; what differs,
/// in words.
///
/// # Errors
/// When the database fails.
pub async fn decide_again(db: &Database, about: impl Fn(u64, &Rows) -> Vec<String>) -> Result<Vec<String>, StoreFault> {
    let broken = |fault: RulesFault| StoreFault::broken(fault);
    let mut rules = Rules::embedded().map_err(broken)?;
    let mut faults = Vec::new();
    let mut snapshot = Snapshot::default(); // nothing is beyond it: it grows with every entry
    let mut expected: VecDeque<Draft> = VecDeque::new();
    let mut index = 0;
    while let Some((entry, _)) = trail::entry(db, index).await? {
        if expected.is_empty() {
            // Rows of an act and of its follow-ups come together.
            faults.extend(about(index, snapshot.rows()));
        }
        if expected.is_empty() {
            match again(&rules, &mut snapshot, &entry) {
                Ok(Some(decision)) => expected.extend(decision.into_entries()),
                Ok(None) => {}
                Err(words) => {
                    faults.push(format!("entry {index}: {words}"));
                    return Ok(faults); // what follows rests on rows that are no longer known
                }
            }
        }
        if let Some(draft) = expected.pop_front() {
            compare(&entry, &draft, &mut faults);
        }
        // What follows was decided under the law as it stood from then on.
        if entry.verb == LOADED && entry.accepted() {
            rules = Rules::with_rows(&snapshot.rows().law_files).map_err(broken)?;
        }
        index += 1;
    }
    Ok(faults)
}

/// The decision that an entry begins; none for a refusal, which must be refused again.
fn again(rules: &Rules, snapshot: &mut Snapshot, entry: &Entry) -> Result<Option<Decision>, String> {
    let command: Command = serde_json::from_value(entry.input.clone()).map_err(|fault| format!("the input is no command: {fault}"))?;
    if let Some(timer) = command.timer {
        let decision = engine::ring(rules, snapshot, timer, entry.recorded_at, command.seed);
        return decision.map(Some).ok_or_else(|| "the timer does not run again".to_owned());
    }
    match (engine::decide(rules, snapshot, &command), entry.accepted()) {
        (Ok(decision), true) => Ok(Some(decision)),
        (Err(_), false) => Ok(None),
        (Ok(_), false) => Err("it was refused then and is accepted now".to_owned()),
        (Err(refusal), true) => {
            let codes: Vec<_> = refusal.reasons.iter().map(|reason| reason.code.key()).collect();
            Err(format!("it was accepted then and is refused now: {}", codes.join(", ")))
        }
    }
}

fn compare(entry: &Entry, draft: &Draft, faults: &mut Vec<String>) {
    if entry.verb != draft.verb || entry.case != draft.case || entry.version != draft.version {
        faults.push(format!("entry {}: it is {} now, it was {}", entry.index, draft.verb, entry.verb));
        return;
    }
    let changes: Vec<Value> = draft.changes.iter().filter_map(|change| serde_json::to_value(change).ok()).collect();
    for (then, now) in entry.changes.iter().zip(&changes) {
        if then != now {
            faults.push(format!("entry {} ({}): {then} was written, {now} comes out", entry.index, entry.verb));
        }
    }
    if entry.changes.len() != changes.len() {
        faults.push(format!(
            "entry {} ({}): {} changes were written, {} come out",
            entry.index,
            entry.verb,
            entry.changes.len(),
            changes.len()
        ));
    }
}
