//! Binding of an account to a subject: who may act for whom.

use domain::{
    binding::{BindingCapacity, BindingData},
    paper::DocumentKind,
    personal::Sealed,
    process::{CaseData, Form, FormKey},
    refusal::{Reason, ReasonCode as Code},
    rows::{Binding, Standing},
};
use serde_json::{Value, json};
use time::Date;

use super::kind::{Filing, Kind, Proposed};
use crate::engine::{Rules, act::Act};

pub(crate) struct AccountBinding;

impl Kind for AccountBinding {
    type Data = BindingData;
    const FORMS: &'static [FormKey] = &[FormKey::Binding];

    fn open(form: &Form, filing: &Filing<'_>) -> Option<BindingData> {
        let Form::Binding(form) = form else { return None };
        Some(BindingData {
            account: filing.account?,
            subject: filing.subject?,
            capacity: form.capacity,
            until: form.until,
            person: filing.person,
        })
    }

    fn amend(_: &Rules, _: &mut BindingData, _: &Form) {} // a request is withdrawn and made anew

    fn propose(_: &Proposed<'_>, _: &mut BindingData) {}

    fn event_day(_: &BindingData) -> Option<Date> {
        None
    }

    fn contact(_: &BindingData) -> Option<Sealed> {
        None // the account that asks has its own address
    }

    fn issued_number(_: &BindingData) -> Option<String> {
        None
    }

    fn said(data: &BindingData) -> Vec<(&'static str, Value)> {
        vec![("bound_until", json!(data.until))]
    }
}

pub(crate) fn no_such_binding(act: &Act<'_>) -> Option<Reason> {
    let CaseData::AccountBinding(mine) = &act.case.data.0 else { return None };
    act.snapshot
        .of_subject(mine.subject)
        .filter(|case| case.id != act.case.id && matches!(case.state.as_str(), "requested" | "bound"))
        .find(|case| match &case.data.0 {
            CaseData::AccountBinding(data) => data.account == mine.account && data.subject == mine.subject,
            _ => false,
        })
        .map(|case| Reason::new(Code::BindingExists).with("number", &case.number))
}

pub(crate) fn authority_shown(act: &Act<'_>) -> Option<Reason> {
    let CaseData::AccountBinding(data) = &act.case.data.0 else { return None };
    let letter = act.brings(DocumentKind::AuthorityLetter);
    let shown = data.capacity != BindingCapacity::Agent || (letter && data.until.is_some());
    (!shown).then(|| Reason::new(Code::AuthorityNotShown))
}

pub(crate) fn bind(act: &mut Act<'_>) {
    let CaseData::AccountBinding(data) = act.case.data.0.clone() else { return };
    let row = Binding {
        id: act.draw(),
        case_id: act.case.id,
        account: data.account,
        subject: data.subject,
        standing: Standing::Active,
        until: data.until,
        person: data.person,
    };
    act.snapshot.put(row);
}

pub(crate) fn unbind(act: &mut Act<'_>) {
    let mine: Vec<_> = act.mine::<Binding>().cloned().collect();
    for mut row in mine {
        row.standing = Standing::Ended;
        act.snapshot.put(row);
    }
}
