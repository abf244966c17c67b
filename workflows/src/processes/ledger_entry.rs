//! Work ledger: whether an entry says and shows what its kind asks for.

use domain::{
    ledger::LedgerData,
    personal::Sealed,
    process::{CaseData, Form, FormKey},
    refusal::{Reason, ReasonCode as Code},
};
use serde_json::Value;
use time::Date;

use super::kind::{Filing, Kind, Proposed};
use crate::{
    engine::{Rules, act::Act, sight::roles},
    ledger_kinds::{KeptBy, KindRule},
};

pub(crate) struct LedgerEntry;

impl Kind for LedgerEntry {
    type Data = LedgerData;
    const FORMS: &'static [FormKey] = &[FormKey::Ledger];

    fn open(form: &Form, _: &Filing<'_>) -> Option<LedgerData> {
        let Form::Ledger(form) = form else { return None };
        Some(LedgerData { form: (**form).clone() })
    }

    fn amend(_: &Rules, data: &mut LedgerData, form: &Form) {
        if let Form::Ledger(form) = form {
            data.form = (**form).clone();
        }
    }

    fn propose(_: &Proposed<'_>, _: &mut LedgerData) {}

    fn event_day(_: &LedgerData) -> Option<Date> {
        None
    }

    fn contact(_: &LedgerData) -> Option<Sealed> {
        None
    }

    fn issued_number(_: &LedgerData) -> Option<String> {
        None
    }

    fn said(_: &LedgerData) -> Vec<(&'static str, Value)> {
        Vec::new()
    }
}

/// Fields, matters and papers are those of the kind, and the office keeps it.
pub(crate) fn ledger_complete(act: &mut Act<'_>) -> Option<Reason> {
    let CaseData::LedgerEntry(data) = &act.proposed else { return None };
    let form = &data.form;
    let rule = act.rules.ledger_kinds.get(form.kind)?;
    if rule.kept_by == KeptBy::Policy
        && let Some(reason) = not_the_policy_offices(act, form.kind.title())
    {
        return Some(reason);
    }
    let lacking = act.rules.ledger_kinds.lacks(form);
    let article = lacking.iter().find_map(|need| act.rules.ledger_kinds.article(form, *need)).map(str::to_owned);
    let mut missing: Vec<_> = lacking.iter().map(|need| need.title()).map(owned).collect();
    missing.extend(matters(data, rule));
    missing.extend(paper(act, rule));
    if form.until.is_some_and(|until| until < form.on) {
        missing.push(owned(("不早于起始日的截止日", "a last day that is not before the first")));
    }
    if form.satisfied.zip(form.participants).is_some_and(|(satisfied, asked)| satisfied > asked) {
        missing.push(owned(("不多于参加人数的满意人数", "no more who are satisfied than took part")));
    }
    if missing.is_empty() {
        return None;
    }
    let (zh, en): (Vec<_>, Vec<_>) = missing.into_iter().unzip();
    let reason = Reason::new(Code::LedgerIncomplete).titled("missing", (zh.join("、"), en.join(", ")));
    Some(reason.under(article.as_deref()))
}

/// A kind that the policy office keeps belongs to no other office.
pub(super) fn not_the_policy_offices(act: &Act<'_>, kind: (&str, &str)) -> Option<Reason> {
    let policy = roles::policy_office(act.snapshot).unwrap_or_default();
    let office = || roles::office_title(act.snapshot, &policy);
    let of_another = roles::goes_on(act.snapshot, &act.case.office) != policy;
    of_another.then(|| Reason::new(Code::KindOfAnotherOffice).titled("kind", kind).titled("office", office()))
}

fn owned((zh, en): (&str, &str)) -> (String, String) {
    (zh.to_owned(), en.to_owned())
}

/// What is wrong with the matters: those of another kind, several where one is asked.
fn matters(data: &LedgerData, rule: &KindRule) -> Option<(String, String)> {
    let given = &data.form.matters;
    let strange = given.iter().any(|matter| !rule.matters.contains(matter));
    let repeated = given.iter().enumerate().any(|(place, matter)| given[..place].contains(matter));
    if !given.is_empty() && !strange && !repeated && (rule.several || given.len() == 1) {
        return None;
    }
    let (zh, en): (Vec<_>, Vec<_>) = rule.matters.iter().map(|matter| matter.title()).unzip();
    let (one_zh, one_en) = if rule.several { ("至少一项", "at least one of") } else { ("一项", "one of") };
    Some((format!("该种类的事项{one_zh}（{}）", zh.join("、")), format!("{one_en} the matters of the kind ({})", en.join(", "))))
}

/// The papers of which one has to be there, where none is.
fn paper(act: &Act<'_>, rule: &KindRule) -> Option<(String, String)> {
    if rule.papers.is_empty() || rule.papers.iter().any(|kind| act.has_paper(*kind)) {
        return None;
    }
    let (zh, en): (Vec<_>, Vec<_>) = rule.papers.iter().map(|kind| kind.title()).unzip();
    Some((zh.join("或者"), en.join(" or ")))
}
