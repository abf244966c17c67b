//! Objections: what their guards ask, and what their acts note.

use domain::{
    objection::{ObjectionData, ObjectionOutcome},
    paper::{ChoiceKey, DateKey, Extent},
    personal::Sealed,
    process::{CaseData, Form, FormKey, Process, Verb},
    refusal::{Reason, ReasonCode as Code},
    sheet::PaperSeries,
};
use serde_json::Value;
use time::Date;

use super::kind::{Filing, Kind, Proposed};
use crate::{
    definition::{file::Mark, words::ChallengeWord},
    engine::{
        Rules,
        act::{Act, numbers, standing::is_open},
    },
};

pub(crate) struct Objection;

impl Kind for Objection {
    type Data = ObjectionData;
    const FORMS: &'static [FormKey] = &[FormKey::Objection, FormKey::Record];

    fn open(form: &Form, filing: &Filing<'_>) -> Option<ObjectionData> {
        let Form::Objection(form) = form else { return None };
        Some(ObjectionData {
            form: (**form).clone(),
            objector: filing.account,
            outcome: None,
            partial: false,
            answer_number: None,
            answered_on: None,
            served_on: None,
        })
    }

    fn amend(_: &Rules, data: &mut ObjectionData, form: &Form) {
        // The form of a corrected record goes to the record.
        if let Form::Objection(form) = form {
            data.form = (**form).clone();
        }
    }

    fn propose(_: &Proposed<'_>, _: &mut ObjectionData) {}

    fn event_day(_: &ObjectionData) -> Option<Date> {
        None
    }

    fn contact(data: &ObjectionData) -> Option<Sealed> {
        data.form.contact_email.clone()
    }

    fn issued_number(data: &ObjectionData) -> Option<String> {
        data.answer_number.clone()
    }

    fn said(_: &ObjectionData) -> Vec<(&'static str, Value)> {
        Vec::new()
    }
}

/// Nothing else that the subject has raised against the same answer or record is open.
pub(crate) fn no_other(act: &mut Act<'_>) -> Option<Reason> {
    let challenged = act.case.record.or(act.case.parent)?;
    let family = act.snapshot.family(challenged);
    let mut same = family.filter(|case| {
        case.process == Process::Objection && case.id != act.case.id && case.parent == act.case.parent && case.subject == act.case.subject
    });
    let found = same.find(|case| is_open(act.rules, case))?;
    Some(Reason::new(Code::OtherObjectionOpen).with("number", &found.number))
}

/// What is challenged is such a thing.
pub(crate) fn challenges(act: &mut Act<'_>, word: ChallengeWord) -> Option<Reason> {
    let above = act.case.parent.and_then(|id| act.snapshot.whole(id));
    let is = |process: Process| above.as_ref().is_some_and(|case| case.process == process);
    let broken =
        above.as_ref().is_some_and(|case| case.process == Process::Commitment && act.rules.catalogue.counts_as(case, Mark::Stands));
    let fits = match word {
        ChallengeWord::Finding => act.case.record.is_some() || is(Process::RepairApplication) || broken,
        ChallengeWord::Record => act.case.record.is_some(),
        ChallengeWord::Application => is(Process::RepairApplication),
    };
    (!fits).then(|| Reason::new(Code::NothingChallenged).titled("what", word.title()))
}

/// Signs the answer: number, day, outcome and extent.
pub(crate) fn issue_answer(act: &mut Act<'_>) {
    let signed_on = act.signed_on();
    let number = numbers::document_number(act, PaperSeries::Objection);
    let extent = act.command.arguments.choices.get(&ChoiceKey::Extent);
    let partial = extent.is_some_and(|word| word == Extent::Partial.key());
    let outcome = match act.verb {
        Verb::UpholdByCorrecting => ObjectionOutcome::Corrected,
        Verb::UpholdByRetracting => ObjectionOutcome::Retracted,
        Verb::UpholdByReopening => ObjectionOutcome::Reopened,
        _ => ObjectionOutcome::Rejected,
    };
    let CaseData::Objection(data) = &mut act.case.data.0 else { return };
    data.answer_number = Some(number);
    data.answered_on = Some(signed_on);
    data.outcome = Some(outcome);
    data.partial = partial;
}

pub(crate) fn mark_answer_served(act: &mut Act<'_>) {
    let served_on = act.command.arguments.dates.get(&DateKey::ServedOn).copied();
    if let CaseData::Objection(data) = &mut act.case.data.0 {
        data.served_on = served_on;
    }
}
