//! Repair application: what its decision notes.

use domain::{
    personal::Sealed,
    process::{Form, FormKey},
    repair::RepairData,
    sheet::PaperSeries,
};
use serde_json::Value;
use time::Date;

use super::kind::{Filing, Kind, Proposed};
use crate::engine::{
    Rules,
    act::{Act, numbers},
};

pub(crate) struct RepairApplication;

impl Kind for RepairApplication {
    type Data = RepairData;
    const FORMS: &'static [FormKey] = &[FormKey::RepairApplication];

    fn open(form: &Form, filing: &Filing<'_>) -> Option<RepairData> {
        let Form::RepairApplication(filed) = form else { return None };
        Some(RepairData {
            channel: filed.channel,
            form: filed.form.clone(),
            applicant: filing.account,
            decision_number: None,
            decided_on: None,
            falsity: false,
        })
    }

    fn amend(_: &Rules, data: &mut RepairData, form: &Form) {
        if let Form::RepairApplication(filed) = form {
            data.form = filed.form.clone();
        }
    }

    fn propose(_: &Proposed<'_>, _: &mut RepairData) {}

    fn event_day(_: &RepairData) -> Option<Date> {
        None
    }

    fn contact(data: &RepairData) -> Option<Sealed> {
        data.form.contact_email.clone()
    }

    fn issued_number(data: &RepairData) -> Option<String> {
        data.decision_number.clone()
    }

    fn said(_: &RepairData) -> Vec<(&'static str, Value)> {
        Vec::new()
    }
}

/// Gives the decision its 文号.
pub(crate) fn number_decision(act: &mut Act<'_>) {
    let (text, signed_on) = (numbers::document_number(act, PaperSeries::Decision), act.signed_on());
    if let Some(repair) = act.repair_data_mut() {
        repair.decision_number = Some(text);
        repair.decided_on = Some(signed_on);
    }
}

/// Falsity was found (Order 36 art. 25).
pub(crate) fn mark_falsity(act: &mut Act<'_>) {
    if let Some(repair) = act.repair_data_mut() {
        repair.falsity = true;
    }
}
