//! What the answer to an objection says.

use domain::{
    objection::ObjectionOutcome,
    process::{CaseData, Verb},
    rows::Case,
};

use super::{facts::Facts, known::text, offer::Offer};
use crate::{app::App, store::StoreFault};

/// Adds what an objection tells, and how it was or would be answered.
///
/// # Errors
/// When the database fails.
pub(super) async fn add(app: &App, case: &Case, offer: &Offer, facts: &mut Facts) -> Result<(), StoreFault> {
    let CaseData::Objection(data) = &case.data.0 else { return Ok(()) };
    facts.may("ground", Some(data.form.ground.title().0));
    facts.needed("facts", text(app, Some(&data.form.statement)).await?);
    let partial = offer.proposed.as_ref().map_or(data.partial, |proposed| proposed.partial);
    let extent = if partial { "部分成立" } else { "成立" };
    let proposed = offer.proposed.as_ref().and_then(|proposed| outcome(proposed.verb));
    let outcome = proposed.or(data.outcome.filter(|_| offer.issued.is_some())).map(|outcome| match outcome {
        ObjectionOutcome::Corrected => format!("异议{extent}，对该条信息予以更正"),
        ObjectionOutcome::Retracted if case.record.is_none() => format!("异议{extent}，撤销该违诺认定"),
        ObjectionOutcome::Retracted => format!("异议{extent}，撤回该条信息的公示"),
        ObjectionOutcome::Reopened => format!("异议{extent}，对信用修复申请重新办理"),
        ObjectionOutcome::Rejected => "异议不成立".to_owned(),
    });
    facts.needed("outcome", outcome);
    Ok(())
}

/// How an act answers.
const fn outcome(verb: Verb) -> Option<ObjectionOutcome> {
    match verb {
        Verb::UpholdByCorrecting => Some(ObjectionOutcome::Corrected),
        Verb::UpholdByRetracting => Some(ObjectionOutcome::Retracted),
        Verb::UpholdByReopening => Some(ObjectionOutcome::Reopened),
        Verb::Reject => Some(ObjectionOutcome::Rejected),
        _ => None,
    }
}
