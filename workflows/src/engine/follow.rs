//! An act that reaches another case is a command to that case, decided by the same `decide`.

use domain::{
    command::{Actor, Arguments, Command, Form, Opening, Target},
    data::{CaseData, RecordForm},
    process::{Process, Verb},
    record::{PenaltyProcedure, RecordFacts, SevereListingFact},
    rows::Case,
};

use super::act::Act;
use crate::definition::{
    file::Rest,
    words::{FollowUp, Relation},
};

/// Commands that a follow-up stands for; none where there is no such case.
pub(super) fn commands(act: &mut Act<'_>, follow: &FollowUp) -> Vec<Command> {
    let targets: Vec<Target> = match follow.on {
        Relation::This => vec![Target::Case(act.case.id)],
        Relation::Record => act.case.record.map(Target::Case).into_iter().collect(),
        Relation::RepairsOfRecord => repairs(act).into_iter().map(|case| Target::Case(case.id)).collect(),
        Relation::NewRecord => falsity_record(act).into_iter().collect(),
    };
    targets
        .into_iter()
        .map(|target| {
            let form = match target {
                Target::New(_) => falsity_form(act).map(|form| Form::Record(Box::new(form))),
                _ => None,
            };
            Command {
                actor: Actor::System,
                target,
                verbs: follow.verbs.clone(),
                arguments: Arguments { dates: act.command.arguments.dates.clone(), form, ..Arguments::default() },
                admin: None,
                effective_on: act.command.effective_on,
                now: act.command.now,
                seed: act.ids.draw(),
                timer: None,
            }
        })
        .collect()
}

/// Applications about this record that are not in a final state.
fn repairs(act: &Act<'_>) -> Vec<Case> {
    act.snapshot
        .rows()
        .cases
        .values()
        .filter(|case| case.process == Process::RepairApplication && case.record == Some(act.case.id))
        .filter(|case| {
            act.rules
                .catalogue
                .of_case(case)
                .and_then(|version| version.definition.state(&case.state).map(|state| state.rest != Rest::Final))
                .unwrap_or(false)
        })
        .cloned()
        .collect()
}

fn falsity_record(act: &Act<'_>) -> Option<Target> {
    Some(Target::New(Opening {
        process: Process::PublicationRecord,
        office: Some(act.case.finding_office.clone().unwrap_or_else(|| act.case.office.clone())),
        subject: Some(act.case.subject?),
        new_subject: None,
        record: None,
    }))
}

/// The record of a falsity: found today, on the original record's subject, by the unit that decided (Order 36 art. 25).
fn falsity_form(act: &Act<'_>) -> Option<RecordForm> {
    let original = act.record_case()?;
    let CaseData::PublicationRecord(data) = &original.data.0 else { return None };
    let reason = act.command.arguments.reason.clone()?;
    Some(RecordForm {
        facts: RecordFacts {
            subject_kind: data.form.facts.subject_kind,
            procedure: PenaltyProcedure::Ordinary,
            finding_date: act.today(),
            sector: data.form.facts.sector,
            penalties: Vec::new(),
            severe_listing: Some(SevereListingFact {
                own_term_years: act.rules.law.falsity_years(),
                law: Some("order_36_2025/art_25".to_owned()),
            }),
            publication_necessity: None,
            duties_done_on: None,
            substance_policy: data.form.facts.substance_policy,
            finding_date_counts: data.form.facts.finding_date_counts,
        },
        decision_number: format!("{}（{}）", act.case.number, Verb::RecordFalsity.title().0),
        violation: "在信用修复中提供虚假材料或者违反信用承诺".to_owned(),
        violation_facts: reason,
        basis: "《信用修复管理办法》第二十五条".to_owned(),
        content: "记入信用记录，公示三年，不得提前终止".to_owned(),
        fine_cents: None,
        confiscated_cents: None,
        licence: None,
        valid_until: None,
        body_name: data.form.body_name.clone(),
        body_uscc: data.form.body_uscc.clone(),
        source_name: data.form.source_name.clone(),
        source_uscc: data.form.source_uscc.clone(),
        legal_representative: None,
        remark: None,
        measures: Vec::new(),
        publish_on: None,
        repair_barred_by: Some("order_36_2025/art_25".to_owned()),
    })
}
