//! Commitment: whether it can be taken, how long it runs, and the finding that it was broken.

use domain::{
    calendar::{DayName, Derived, Limit, due},
    commitment::{Breach, CommitmentData, CommitmentForm},
    paper::DateKey,
    personal::Sealed,
    process::{CaseData, Form, FormKey, Process},
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
    let limit = Limit {
        from: received,
        count: kind.days.value,
        unit: kind.days.unit,
        pauses: &[],
        day_one_counts: false,
        move_to_working_day: false,
    };
    let found = due(rules.law.calendars(), &limit).ok()?;
    Some(Derived::counted(Some(DayName::Receipt.key()), Vec::new(), &kind.basis, found))
}

/// Its type has a basis and is for the field, of a human being nothing is shown, and no other commitment of the
/// same matter runs.
pub(crate) fn commitment_fits(act: &mut Act<'_>) -> Option<Reason> {
    let form = act.proposed.commitment()?.form.clone();
    let rules = act.rules;
    let Some(kind) = rules.commitment_types.get(&form.of) else {
        return unfit(owned(("没有此承诺类型", "there is no such type")), ("选择列明的类型", "choose one of the types"));
    };
    if kind.basis_on(&rules.law, act.today()).is_none() {
        let why = (format!("“{}”没有当日有效的依据", kind.zh), format!("no article allows “{}” on this day", kind.en));
        return unfit(why, ("选择有依据的类型", "choose a type that has a basis"));
    }
    if !kind.fields.contains(&form.sector) {
        return unfit(owned(("该类型不适用于该领域", "the type is not for this field")), ("核对领域和类型", "check field and type"));
    }
    if form.subject_kind == SubjectKind::NaturalPerson && form.headline.is_some() {
        return Some(Reason::new(Code::NaturalPersonNotPublished).under(Some("order_36_2025/art_12_3")));
    }
    same_matter(act, &form, kind)
}

fn same_matter(act: &Act<'_>, form: &CommitmentForm, kind: &CommitmentType) -> Option<Reason> {
    let same = |case: &&Case| {
        case.process == Process::Commitment
            && case.id != act.case.id
            && !act.rules.catalogue.counts_as(case, Mark::Over)
            && case.data.0.commitment().is_some_and(|data| data.form.of == kind.key && data.form.matter == form.matter)
    };
    let other = act.snapshot.claims_on_subject(act.case.subject?).find(same)?;
    let why = (format!("同一事项的承诺在履行中：{}", other.number), format!("a commitment of the same matter runs: {}", other.number));
    unfit(why, ("在该承诺中办理", "go on in that one"))
}

fn unfit(why: (String, String), instead: (&str, &str)) -> Option<Reason> {
    Some(Reason::new(Code::CommitmentDoesNotFit).titled("why", why).titled("instead", instead))
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
