//! Cases that an act makes: what their forms say follows from the case that makes them.

use domain::{
    command::{Opening, SubjectDraft, Target},
    data::RecordForm,
    listing::{Issued, ListingData, ListingForm, ListingTerms},
    personal::{Sealed, Words},
    process::{CaseData, Form, Process, Verb},
    record::{PenaltyProcedure, RecordFacts, SevereListingFact, SubjectKind},
    rows::Case,
};
use time::Date;

use crate::engine::act::Act;

type Made = (Target, Option<Form>);

/// What differs between the records that acts make.
struct Draft {
    subject_kind: SubjectKind,
    finding_date: Date,
    severe: SevereListingFact,
    decision_number: String,
    violation: String,
    facts: Sealed,
    basis: String,
    content: String,
    measures: Vec<String>,
    repair_barred_by: Option<String>,
}

/// The form of a record that rests on another one: authority and sector are those of the base record.
fn record_form(act: &Act<'_>, draft: Draft) -> Option<RecordForm> {
    let base = act.record_case()?;
    let CaseData::PublicationRecord(data) = &base.data.0 else { return None };
    let form = &data.form;
    Some(RecordForm {
        facts: RecordFacts {
            subject_kind: draft.subject_kind,
            procedure: PenaltyProcedure::Ordinary,
            finding_date: draft.finding_date,
            sector: form.facts.sector,
            penalties: Vec::new(),
            severe_listing: Some(draft.severe),
            publication_necessity: None,
            duties_done_on: None,
            substance_policy: form.facts.substance_policy,
            finding_date_counts: form.facts.finding_date_counts,
        },
        decision_number: draft.decision_number,
        violation: Words::Plain(draft.violation),
        violation_facts: draft.facts,
        basis: draft.basis,
        content: Words::Plain(draft.content),
        fine_cents: None,
        confiscated_cents: None,
        licence: None,
        valid_until: None,
        body_name: form.body_name.clone(),
        body_uscc: form.body_uscc.clone(),
        source_name: form.source_name.clone(),
        source_uscc: form.source_uscc.clone(),
        legal_representative: None,
        remark: None,
        measures: draft.measures,
        publish_on: None,
        repair_barred_by: draft.repair_barred_by,
    })
}

/// The record of a falsity: found on the day on which the finding is signed, on the original record's subject, by the unit that decided (Order 36 art. 25).
pub(crate) fn falsity_record(act: &Act<'_>) -> Option<Made> {
    let kind = act.record()?.form.facts.subject_kind;
    let falsity = act.rules.law.falsity(act.signed_on())?;
    let form = record_form(
        act,
        Draft {
            subject_kind: kind,
            finding_date: act.signed_on(),
            severe: SevereListingFact { own_term_years: Some(falsity.value), law: Some(falsity.cites.clone()) },
            decision_number: format!(
                "{}（{}）",
                act.case.number,
                act.rules.catalogue.act_title(Process::PublicationRecord, Verb::RecordFalsity).0
            ),
            violation: "在信用修复中提供虚假材料或者违反信用承诺".to_owned(),
            facts: act.command.arguments.reason.clone()?,
            basis: act.rules.law.sources().title(&falsity.cites).0,
            content: format!("记入信用记录，公示{}年，不得提前终止", falsity.value),
            measures: Vec::new(),
            repair_barred_by: Some(falsity.cites.clone()),
        },
    )?;
    let opening = Opening { subject: Some(act.case.subject?), ..record_opening(&act.case) };
    Some((Target::New(opening), Some(Form::Record(Box::new(form)))))
}

/// A listing case from a proposal that the province accepted, for the office that made the finding.
pub(crate) fn listing(act: &Act<'_>) -> Option<Made> {
    let data = act.case.data.0.proposal()?;
    let form = ListingForm {
        list_type: data.form.list_type.clone(),
        terms: ListingTerms { grounds: data.form.grounds.clone(), measures: data.form.measures.clone(), years: None, law: None },
        counts: data.form.counts.clone(),
        facts: data.form.facts.clone(),
        related: Vec::new(),
    };
    let opening = Opening {
        record: act.case.record,
        parent: Some(act.case.id),
        ..Opening::of(Process::ListingCase, act.record_case()?.finding_office)
    };
    Some((Target::New(opening), Some(Form::ListingDraft(Box::new(form)))))
}

/// What the records of a listing say of the decision.
fn listed(act: &Act<'_>, kind: SubjectKind, data: &ListingData, decided: &Issued) -> Option<Draft> {
    let list_type = act.rules.list_types.get(&data.form.list_type)?;
    let grounds: Vec<_> = decided.terms.grounds.iter().filter_map(|key| list_type.ground(key)).collect();
    let zh: Vec<_> = grounds.iter().map(|ground| ground.zh.as_str()).collect();
    let basis: Vec<_> = list_type.basis.iter().map(|cite| act.rules.law.sources().title(cite).0).collect();
    Some(Draft {
        subject_kind: kind,
        finding_date: decided.on,
        severe: SevereListingFact {
            own_term_years: decided.terms.years.or_else(|| list_type.years.as_ref()?.months().map(|months| months / 12)),
            law: decided.terms.law.clone(),
        },
        decision_number: decided.number.clone(),
        violation: zh.join("；"),
        facts: data.form.facts.clone(),
        basis: basis.join("、"),
        content: format!("列入{}", list_type.zh),
        measures: Vec::new(),
        repair_barred_by: None,
    })
}

/// The record that a listing makes about its subject: severe, from the day of the decision (Order 36 art. 10(3)).
pub(crate) fn listing_record(act: &Act<'_>) -> Option<Made> {
    let data = act.case.data.0.listing()?;
    let decided = data.decided.as_ref()?;
    let kind = act.record()?.form.facts.subject_kind;
    let draft = Draft { measures: decided.terms.measures.clone(), ..listed(act, kind, data, decided)? };
    let form = record_form(act, draft)?;
    let opening = Opening { subject: Some(act.case.subject?), parent: Some(act.case.id), ..record_opening(&act.case) };
    Some((Target::New(opening), Some(Form::Record(Box::new(form)))))
}

/// Persons related to a listed organisation: records that are linked to the listing, never listings (Sichuan Regulation art. 43).
pub(crate) fn related_records(act: &Act<'_>) -> Vec<Made> {
    let Some(data) = act.case.data.0.listing() else { return Vec::new() };
    let Some(decided) = &data.decided else { return Vec::new() };
    let one = |person: &domain::listing::RelatedPerson| -> Option<Made> {
        let subject: SubjectDraft = person.subject.clone();
        let form = record_form(act, listed(act, subject.kind, data, decided)?)?;
        let opening = Opening { new_subject: Some(subject), parent: Some(act.case.id), ..record_opening(&act.case) };
        Some((Target::New(opening), Some(Form::Record(Box::new(form)))))
    };
    data.form.related.iter().filter_map(one).collect()
}

/// A record that a case of this office makes.
fn record_opening(case: &Case) -> Opening {
    let office = case.finding_office.clone().unwrap_or_else(|| case.office.clone());
    Opening::of(Process::PublicationRecord, Some(office))
}
