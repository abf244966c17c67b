//! Objections: what their guards ask, and what their acts note.

use domain::{
    data::CaseData,
    objection::ObjectionOutcome,
    paper::{ChoiceKey, DateKey},
    process::{Process, Verb},
    refusal::{Reason, ReasonCode as Code},
};

use crate::{
    definition::words::{Effect, Guard},
    engine::act::{Act, numbers, standing::is_open},
};

/// The reason why a guard of an objection refuses, if it does.
pub(crate) fn refuses(act: &mut Act<'_>, guard: &Guard) -> Option<Reason> {
    match guard {
        Guard::NoOtherObjection => {
            let record = act.case.record?;
            let family = act.snapshot.family(record);
            let mut same = family.filter(|case| {
                case.process == Process::Objection
                    && case.id != act.case.id
                    && case.parent == act.case.parent
                    && case.subject == act.case.subject
            });
            let found = same.find(|case| is_open(act.rules, case))?;
            Some(Reason::new(Code::OtherObjectionOpen).with("number", &found.number))
        }
        Guard::ChallengesAnApplication => {
            act.case.parent.is_none().then(|| Reason::new(Code::NothingChallenged).titled("what", ("修复申请", "repair application")))
        }
        _ => None,
    }
}

/// What an act of an objection notes in its data.
pub(crate) fn run(act: &mut Act<'_>, effect: &Effect) {
    let signed_on = act.signed_on();
    let number = (*effect == Effect::IssueAnswer).then(|| numbers::document_number(act, "objection", "异"));
    let partial = act.command.arguments.choices.get(&ChoiceKey::Extent).is_some_and(|word| word == "partial");
    let served_on = act.command.arguments.dates.get(&DateKey::ServedOn).copied();
    let outcome = match act.verb {
        Verb::UpholdByCorrecting => ObjectionOutcome::Corrected,
        Verb::UpholdByRetracting => ObjectionOutcome::Retracted,
        Verb::UpholdByReopening => ObjectionOutcome::Reopened,
        _ => ObjectionOutcome::Rejected,
    };
    let CaseData::Objection(data) = &mut act.case.data.0 else { return };
    match effect {
        Effect::IssueAnswer => {
            data.answer_number = number;
            data.answered_on = Some(signed_on);
            data.outcome = Some(outcome);
            data.partial = partial;
        }
        Effect::MarkAnswerServed => data.served_on = served_on,
        _ => {}
    }
}
