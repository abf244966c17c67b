//! Commitment: whether it can be taken, how long it runs, and the finding that it was broken.

use domain::{
    calendar::{DayName, Derived},
    commitment::{Breach, CommitmentData, CommitmentForm},
    paper::DateKey,
    personal::Sealed,
    process::{CaseData, Form, FormKey},
    record::SubjectKind,
    refusal::{Reason, ReasonCode as Code},
    rows::Case,
    sheet::PaperSeries,
};
use serde_json::Value;
use time::Date;

use super::kind::{Filing, Kind, Proposed};
use crate::{
    commitment_types::CommitmentType,
    definition::file::Mark,
    engine::{
        Rules,
        act::{Act, numbers},
    },
};

pub(crate) struct Commitment;

impl Kind for Commitment {
    type Data = CommitmentData;
    const FORMS: &'static [FormKey] = &[FormKey::Commitment];

    fn open(form: &Form, _: &Filing<'_>) -> Option<CommitmentData> {
        let Form::Commitment(form) = form else { return None };
        Some(CommitmentData { form: (**form).clone(), performance_end: None, correct_by: None, breach: None })
    }

    fn amend(_: &Rules, _: &mut CommitmentData, _: &Form) {} // what was promised is not changed afterwards

    fn propose(act: &Proposed<'_>, data: &mut CommitmentData) {
        if act.row.opens_a_case() {
            let received = act.command.arguments.dates.get(&DateKey::ReceivedOn).copied();
            data.performance_end = performance_end(act.rules, &data.form, received.unwrap_or(act.command.effective_on));
        }
    }

    fn event_day(_: &CommitmentData) -> Option<Date> {
        None
    }

    fn contact(data: &CommitmentData) -> Option<Sealed> {
        data.form.contact_email.clone()
    }

    fn issued_number(data: &CommitmentData) -> Option<String> {
        data.breach.as_ref().map(|breach| breach.number.clone())
    }

    fn said(_: &CommitmentData) -> Vec<(&'static str, Value)> {
        Vec::new()
    }
}

/// The day that the letter names, or the days of the type from the receipt on.
fn performance_end(rules: &Rules, form: &CommitmentForm, received: Date) -> Option<Derived> {
    if let Some(until) = form.until {
        return Some(Derived::named(DayName::PerformanceEnd, until));
    }
    let kind = rules.commitment_types.get(&form.of)?;
    let found = kind.days.from(&rules.law, received)?;
    Some(Derived::counted(Some(DayName::Receipt.key()), Vec::new(), &kind.basis, found))
}

/// Its type has a basis and is for the field, of a human being nothing is shown, and no other commitment of the
/// same matter runs.
pub(crate) fn commitment_fits(act: &mut Act<'_>) -> Option<Reason> {
    let form = act.proposed.commitment()?.form.clone();
    let rules = act.rules;
    let Some(kind) = rules.commitment_types.get(&form.of) else {
        return Some(unfit(owned(("没有此承诺类型", "there is no such type")), ("选择列明的类型", "choose one of the types")));
    };
    if kind.basis_on(&rules.law, act.today()).is_none() {
        let why = (format!("“{}”没有当日有效的依据", kind.zh), format!("no article allows “{}” on this day", kind.en));
        return Some(unfit(why, ("选择有依据的类型", "choose a type that has a basis")));
    }
    if !kind.fields.contains(&form.sector) {
        return Some(unfit(owned(("该类型不适用于该领域", "the type is not for this field")), ("核对领域和类型", "check field and type")));
    }
    if let Some((until, last)) = form.until.zip(kind.last_day(&rules.law, act.command.effective_on)).filter(|(until, last)| until > last) {
        let why = (
            format!("“{}”最迟到{last}，承诺书写的是{until}", kind.zh),
            format!("“{}” runs to {last} at the latest, the letter names {until}", kind.en),
        );
        return Some(unfit(why, ("按类型的最长期限确定履约的最后一日", "name a last day within the longest time of the type")));
    }
    if let Some(broken) = restricted(act, kind) {
        let why = (
            format!("{}认定违诺，限制未退出：{}", broken.number, kind.restriction.zh),
            format!("{} was found broken, and this still follows from it: {}", broken.number, kind.restriction.en),
        );
        return Some(unfit(why, ("限制退出后再行承诺", "give it again when the restriction has ended")));
    }
    if form.subject_kind == SubjectKind::NaturalPerson && form.headline.is_some() {
        return Some(Reason::new(Code::NaturalPersonNotPublished).under(Some("order_36_2025/art_12_3")));
    }
    same_matter(act, &form, kind)
}

/// A commitment of the subject and the type that was found broken, while what follows from it has not ended.
fn restricted<'a>(act: &'a Act<'_>, kind: &CommitmentType) -> Option<&'a Case> {
    other(act, kind, |case, data| data.breach.is_some() && act.rules.catalogue.counts_as(case, Mark::Stands))
}

/// Another commitment of the subject and the type that is as asked.
fn other<'a>(act: &'a Act<'_>, kind: &CommitmentType, fits: impl Fn(&Case, &CommitmentData) -> bool) -> Option<&'a Case> {
    let asked = |case: &&Case| {
        let data = case.data.0.commitment().filter(|data| case.id != act.case.id && data.form.of == kind.key);
        data.is_some_and(|data| fits(case, data))
    };
    act.snapshot.claims_on_subject(act.case.subject?).find(asked)
}

/// One without a number of a matter is about its field as a whole.
fn same_matter(act: &Act<'_>, form: &CommitmentForm, kind: &CommitmentType) -> Option<Reason> {
    let about = |known: &CommitmentForm| known.matter == form.matter && (form.matter.is_some() || known.sector == form.sector);
    let runs = |case: &Case| case.office == act.case.office && !act.rules.catalogue.counts_as(case, Mark::Over);
    let other = other(act, kind, |case, data| runs(case) && about(&data.form))?;
    let why = (format!("同一事项的承诺在履行中：{}", other.number), format!("a commitment of the same matter runs: {}", other.number));
    Some(unfit(why, ("在该承诺中办理", "go on in that one")))
}

/// Neither the time that was promised runs on the day of the signature, nor that of an order to put it right.
pub(crate) fn performance_over(act: &mut Act<'_>) -> Option<Reason> {
    let data = act.case.data.0.commitment()?;
    let promised = data.performance_end.as_ref().map(|end| ("performance", end.day()));
    let ordered = data.correct_by.map(|day| ("correction", day));
    let (key, last) = promised.into_iter().chain(ordered).max_by_key(|(_, day)| *day)?;
    let reason = Reason::new(Code::DeadlineRuns).titled("deadline", act.version.definition.deadline_title(key)).with("due", last);
    (act.signed_on() <= last).then(|| reason.from_day(act.opens_on(last.next_day())))
}

fn unfit(why: (String, String), instead: (&str, &str)) -> Reason {
    Reason::new(Code::CommitmentDoesNotFit).titled("why", why).titled("instead", instead)
}

fn owned((zh, en): (&str, &str)) -> (String, String) {
    (zh.to_owned(), en.to_owned())
}

/// The last day that the order to put it right names.
pub(crate) fn mark_correction(act: &mut Act<'_>) {
    let until = act.date(DateKey::Until);
    if let CaseData::Commitment(data) = &mut act.case.data.0 {
        data.correct_by = until;
    }
}

/// Signs the finding: number and day.
pub(crate) fn issue_breach(act: &mut Act<'_>) {
    let breach = Breach { number: numbers::document_number(act, PaperSeries::Breach), on: act.signed_on() };
    if let CaseData::Commitment(data) = &mut act.case.data.0 {
        data.breach = Some(breach);
    }
}
