//! A case goes over to a newer version of its law: by an act of its own that names both, never by being read anew.

use std::{collections::BTreeMap, sync::Arc};

use domain::{
    command::{Actor, Arguments, Command, Target},
    ids::{CaseId, IdSource},
    letter::Letter,
    moment::Micros,
    office::Addressee,
    process::Verb,
    refusal::{Reason, ReasonCode as Code, Refusal},
    rows::Case,
};
use serde_json::json;
use time::Date;
use uuid::Uuid;

use crate::{
    definition::{
        Version,
        file::Transition,
        words::{Effect, Notify},
    },
    engine::{
        Rules,
        act::Act,
        decide::{carry_out, decide},
        sight::{
            decision::{Decision, Draft},
            roles::ActorView,
            snapshot::Snapshot,
        },
    },
    law::Words,
};

/// Moves a case where a newer law takes all cases over on a day that is not to come; none where none does.
pub fn move_over(rules: &Rules, snapshot: &mut Snapshot, id: CaseId, on: Date, now: Micros, seed: Uuid) -> Option<Decision> {
    let case = snapshot.case(id)?;
    rules.catalogue.move_of(case.process, &case.definition_digest, &case.state, on, false)?;
    decide(rules, snapshot, &command(Actor::System, id, on, now, seed)).ok()
}

/// The act of moving a case as of a day.
pub fn command(actor: Actor, case: CaseId, on: Date, now: Micros, seed: Uuid) -> Command {
    Command {
        actor,
        target: Target::Case(case),
        verbs: vec![Verb::MoveToNewLaw],
        arguments: Arguments::default(),
        admin: None,
        effective_on: on,
        now,
        seed,
        timer: None,
    }
}

/// The move as a row that every table has: to where the newer version's map says, told to the party and the unit.
fn row(case: &Case, to: &str) -> Transition {
    let notify = |to| Effect::Notify(Notify { letter: Letter::CaseMoved, to });
    Transition {
        from: vec![case.state.clone()],
        to: to.to_owned(),
        effects: vec![notify(Addressee::Party), notify(Addressee::FindingUnit)],
        house: Some(Words::new("新版规定在办案件一并适用", "the newer version says that open cases move")),
        ..Transition::of_the_house(Verb::MoveToNewLaw)
    }
}

/// Decides a move: deadlines that run keep their length, the state becomes what the map says.
pub(crate) fn over(
    rules: &Rules,
    snapshot: &mut Snapshot,
    command: &Command,
    actor: &ActorView,
    mut case: Case,
    own: &Version,
    entries: &mut Vec<Draft>,
) -> Result<CaseId, Refusal> {
    if !actor.system && !actor.operator {
        return Err(Reason::new(Code::SystemOnly).into());
    }
    let none = || Refusal::from(Reason::new(Code::LawDoesNotMove));
    let newer = rules
        .catalogue
        .move_of(case.process, &case.definition_digest, &case.state, command.effective_on, actor.operator)
        .ok_or_else(none)?;
    let to = newer.definition.state_map.get(&case.state).cloned().ok_or_else(none)?;
    let row = Arc::new(row(&case, &to));
    let facts = BTreeMap::from([
        ("from".to_owned(), json!({ "version": own.definition.version(), "sha256": own.digest, "state": case.state })),
        ("to".to_owned(), json!({ "version": newer.definition.version(), "sha256": newer.digest, "state": to })),
    ]);
    (case.definition, case.definition_digest) = (newer.definition.version(), newer.digest.clone());
    let (start, proposed, mut ids) = (snapshot.mark(), case.data.0.clone(), IdSource::new(command.seed));
    let act = Act { rules, snapshot, command, version: newer, row, verb: Verb::MoveToNewLaw, actor, case, proposed, ids: &mut ids, facts };
    carry_out(act, start, None, 0, false, entries)
}
