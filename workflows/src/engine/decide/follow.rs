//! An act that reaches another case is a command to that case, decided by the same `decide`.

use std::collections::BTreeMap;

use domain::{
    command::{Actor, Arguments, Command, Target},
    ids::CaseId,
    process::{CaseData, Form, Process, Verb},
    rows::Case,
};

use crate::{
    definition::{
        file::Rest,
        words::{FollowUp, Relation},
    },
    engine::{
        Rules,
        act::{Act, standing::rest},
    },
    processes::{ground_count, made, proposal_batch, shield},
};

/// Commands that a follow-up stands for; none where there is no such case.
pub(crate) fn commands(act: &mut Act<'_>, follow: &FollowUp) -> Vec<Command> {
    let targets = targets(act, follow.on);
    let choices: BTreeMap<_, _> = shield::ended_ground(act).into_iter().collect();
    targets
        .into_iter()
        .map(|(target, form)| Command {
            actor: Actor::System,
            target,
            verbs: follow.verbs.clone(),
            arguments: Arguments { dates: act.command.arguments.dates.clone(), choices: choices.clone(), form, ..Arguments::default() },
            admin: None,
            effective_on: act.command.effective_on,
            now: act.command.now,
            seed: act.ids.draw(),
            timer: None,
        })
        .collect()
}

/// Cases that the relation points at, never one in a final state, or a case to be made with its form.
fn targets(act: &mut Act<'_>, relation: Relation) -> Vec<(Target, Option<Form>)> {
    let found = match relation {
        Relation::NewRecord => return made::falsity_record(act).into_iter().collect(),
        Relation::NewListing => return made::listing(act).into_iter().collect(),
        Relation::NewListingRecord => return made::listing_record(act).into_iter().collect(),
        Relation::NewRelatedRecords => return made::related_records(act),
        Relation::This => vec![act.case.id],
        Relation::Record | Relation::ChallengedRecord => act.case.record.into_iter().collect(),
        Relation::ChallengedCommitment => challenged_commitment(act).into_iter().collect(),
        Relation::Batch | Relation::ChallengedApplication => act.case.parent.into_iter().collect(),
        Relation::Listing => act.case.parent.into_iter().filter(|_| act.record().is_some()).collect(),
        Relation::RepairsOfRecord => open_family(act, Process::RepairApplication),
        Relation::ListingsOnRecord => resting(act, Process::ListingCase),
        Relation::EntriesOnRecord => resting(act, Process::ProposalEntry),
        Relation::PublicityOnRecord => open_family(act, Process::PublicityItem),
        Relation::ObjectionsToRecord => open_family(act, Process::Objection),
        Relation::ObjectionsToCommitment => objections_to_this(act),
        Relation::ListingRecords | Relation::RelatedRecords => records_of_listing(act, relation),
        Relation::DraftEntries
        | Relation::SubmittedEntries
        | Relation::ReturnedEntries
        | Relation::ConfirmedEntries
        | Relation::LiveEntries => proposal_batch::entries(act, relation).into_iter().map(|case| case.id).collect(),
    };
    // A correction that an objection brings is carried out with the objection's own form.
    let form = (act.verb == Verb::UpholdByCorrecting).then(|| act.command.arguments.form.clone()).flatten();
    found.into_iter().map(|id| (Target::Case(id), form.clone())).collect()
}

/// The commitment whose finding is challenged; none where something else is.
fn challenged_commitment(act: &mut Act<'_>) -> Option<CaseId> {
    act.snapshot.whole(act.case.parent?).filter(|case| case.process == Process::Commitment).map(|case| case.id)
}

/// Open objections that challenge this case itself and no record.
fn objections_to_this(act: &mut Act<'_>) -> Vec<CaseId> {
    let id = act.case.id;
    let about = |case: &&Case| case.process == Process::Objection && case.parent == Some(id) && lives(act.rules, case);
    act.snapshot.family(id).filter(about).map(|case| case.id).collect()
}

/// Cases of a process that rest on this one and are not in a final state.
fn open_family(act: &mut Act<'_>, process: Process) -> Vec<CaseId> {
    let family = act.snapshot.family(act.case.id);
    family
        .filter(|case| case.process == process && case.record == Some(act.case.id) && lives(act.rules, case))
        .map(|case| case.id)
        .collect()
}

/// The same, and those whose last ground counted this record.
fn resting(act: &mut Act<'_>, process: Process) -> Vec<CaseId> {
    let mut found = open_family(act, process);
    found.extend(ground_count::fallen(act, process).into_iter().filter(|case| lives(act.rules, case)).map(|case| case.id));
    found
}

fn lives(rules: &Rules, case: &Case) -> bool {
    rest(rules, case).is_some_and(|rest| rest != Rest::Final)
}

fn records_of_listing(act: &mut Act<'_>, relation: Relation) -> Vec<CaseId> {
    use domain::data::BaseKind;
    let wanted = |case: &Case| match &case.data.0 {
        CaseData::PublicationRecord(data) => relation == Relation::ListingRecords || data.base == BaseKind::Related,
        _ => false,
    };
    let family = act.snapshot.family(act.case.id);
    family.filter(|case| wanted(case)).map(|case| case.id).collect()
}
