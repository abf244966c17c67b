//! `law review`: acts of the past that the rules of this house would refuse today. Nothing is changed.

use domain::{
    admin::AdminAct,
    command::{Actor, Command, Target},
    entry::Entry,
    process::Verb,
    refusal::Reason,
    rows::{AnyRow, Table},
};
use serde::Serialize;
use serde_json::Value;
use time::Date;
use workflows::{
    definition::Version,
    engine::{self, Change, Done, Rules, Snapshot},
};

use crate::store::{Database, StoreFault, trail};

/// An act that would be refused, with every reason.
#[derive(Clone, Debug, Serialize)]
pub struct Found {
    pub entry: u64,
    /// Number of the case; none for an act about the house, or one that opened a case without a number.
    pub case: Option<String>,
    #[serde(skip)]
    pub process: Option<String>,
    pub verb: String,
    #[serde(with = "domain::day")]
    pub on: Date,
    pub reasons: Vec<Reason>,
}

/// What a review came to.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Totals {
    /// Acts of persons that were decided again.
    pub acts: u64,
    pub found: u64,
}

/// Decides every accepted act of a person again on the rows as they were, under the rules of today; tells those refused.
///
/// # Errors
/// When the database fails, or an entry cannot be read.
pub async fn run(db: &Database, rules: &Rules, mut tell: impl FnMut(Found)) -> Result<Totals, StoreFault> {
    let mut snapshot = Snapshot::default(); // nothing is beyond it: it grows with every entry
    let mut totals = Totals::default();
    let mut index = 0;
    while let Some((entry, _)) = trail::entry(db, index).await? {
        if entry.accepted() {
            if let Some(command) = of_a_person(&entry)? {
                totals.acts += 1;
                if let Some(reasons) = refused(rules, &mut snapshot, &command) {
                    totals.found += 1;
                    let number = |case: domain::ids::CaseId| snapshot.rows().cases.get(&case.to_string()).map(|case| case.number.clone());
                    let case = entry.case.and_then(|case| number(case).or_else(|| number_in(&entry)));
                    tell(Found {
                        entry: entry.index,
                        case,
                        process: entry.process.clone(),
                        verb: entry.verb.clone(),
                        on: entry.effective_on,
                        reasons,
                    });
                }
            }
            carry_on(&mut snapshot, &entry)?;
        }
        index += 1;
    }
    Ok(totals)
}

/// The command of an act that a person did by itself: follow-ups and clocks are decided with what caused them, and a law that
/// was loaded is loaded.
fn of_a_person(entry: &Entry) -> Result<Option<Command>, StoreFault> {
    if entry.cause.is_some() {
        return Ok(None);
    }
    let command: Command = serde_json::from_value(entry.input.clone()).map_err(StoreFault::broken)?;
    let loads = matches!(command.admin.as_deref(), Some(AdminAct::LoadLaw { .. }));
    let moves = command.verbs.contains(&Verb::MoveToNewLaw);
    Ok(Some(command).filter(|command| command.actor != Actor::System && command.timer.is_none() && !loads && !moves))
}

/// The reasons against an act; the snapshot is left as it was.
fn refused(rules: &Rules, snapshot: &mut Snapshot, command: &Command) -> Option<Vec<Reason>> {
    let mark = snapshot.mark();
    under_today(rules, snapshot, command);
    let answer = engine::decide(rules, snapshot, command);
    snapshot.rollback(mark);
    answer.err().map(|refusal| refusal.reasons)
}

/// A case is measured by the newest revision of the law that it is under; by that of its day where its own is not here.
fn under_today(rules: &Rules, snapshot: &mut Snapshot, command: &Command) {
    let Target::Case(id) = &command.target else { return };
    let Some(mut case) = snapshot.rows().cases.get(&id.to_string()).cloned() else { return };
    let from = rules.catalogue.of_case(&case).map_or(case.received_on, |own| own.definition.in_force_from);
    let Some(newest) = rules.catalogue.on(case.process, from) else { return };
    let knows = |version: &Version| version.definition.state(&case.state).is_some();
    if knows(&newest) && case.definition_digest != newest.digest {
        (case.definition, case.definition_digest) = (newest.definition.version(), newest.digest.clone());
        snapshot.put(case);
    }
}

/// The number that the entry gave a case that it opened.
fn number_in(entry: &Entry) -> Option<String> {
    entry.changes.iter().find_map(|change| Some(change.get("set")?.get("number")?.as_str()?.to_owned()))
}

/// The rows and the history as the entry left them, whatever the rules of today say of it.
fn carry_on(snapshot: &mut Snapshot, entry: &Entry) -> Result<(), StoreFault> {
    for change in &entry.changes {
        let change: Change = serde_json::from_value(change.clone()).map_err(StoreFault::broken)?;
        let table = Table::from_name(&change.table).ok_or_else(|| StoreFault::broken(format!("unknown table {}", change.table)))?;
        let mut columns = snapshot.rows().get(table, &change.key).map(|row| row.to_json()).unwrap_or_default();
        columns.extend(change.set);
        snapshot.put(AnyRow::from_json(table, Value::Object(columns)).map_err(StoreFault::broken)?);
    }
    if let (Some(case), Some(verb), Some(_)) = (entry.case, Verb::from_key(&entry.verb), entry.version) {
        snapshot.remember(case, Done { verb, person: entry.person, principal: entry.principal, on: entry.effective_on });
    }
    snapshot.settle();
    Ok(())
}
