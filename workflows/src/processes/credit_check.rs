//! Credit check: what the house knows of a subject is frozen, and what came of it is borne out by the answer.

use domain::{
    check::{CheckAnswer, CheckData},
    personal::Sealed,
    process::{CaseData, Form, FormKey, Process},
    record::SubjectKind,
    refusal::{Reason, ReasonCode as Code},
    rows::CreditSubject,
};
use serde_json::{Value, json};
use time::Date;

use super::kind::{Filing, Kind, Proposed};
use crate::{
    definition::words::OutcomeWord,
    engine::{
        Rules,
        act::{Act, standing::is_open},
        sight::profile::profile,
    },
};

pub(crate) struct CreditCheck;

impl Kind for CreditCheck {
    type Data = CheckData;
    const FORMS: &'static [FormKey] = &[FormKey::Check, FormKey::CheckOutcome];

    fn open(form: &Form, _: &Filing<'_>) -> Option<CheckData> {
        let Form::Check(form) = form else { return None };
        Some(CheckData { form: (**form).clone(), answer: None, concluded: None })
    }

    fn amend(_: &Rules, data: &mut CheckData, form: &Form) {
        if let Form::CheckOutcome(form) = form {
            data.concluded = Some((**form).clone());
        }
    }

    fn propose(_: &Proposed<'_>, _: &mut CheckData) {}

    fn event_day(_: &CheckData) -> Option<Date> {
        None
    }

    fn contact(_: &CheckData) -> Option<Sealed> {
        None
    }

    fn issued_number(_: &CheckData) -> Option<String> {
        None
    }

    fn said(_: &CheckData) -> Vec<(&'static str, Value)> {
        Vec::new()
    }
}

/// The subject of the case.
pub(super) fn subject(act: &Act<'_>) -> Option<CreditSubject> {
    act.snapshot.rows().subjects.get(&act.case.subject?.to_string()).cloned()
}

/// An organisation or a sole trader, about a matter of which the office does not ask already.
pub(crate) fn check_fits(act: &mut Act<'_>) -> Option<Reason> {
    let unfit = |why: (String, String), instead: (&str, &str)| {
        Some(Reason::new(Code::CheckDoesNotFit).titled("why", why).titled("instead", instead))
    };
    if subject(act).is_some_and(|row| row.kind == SubjectKind::NaturalPerson) {
        let why = ("不核查自然人".to_owned(), "human beings are not checked".to_owned());
        return unfit(why, ("核对统一社会信用代码", "check the unified social credit code"));
    }
    let form = act.proposed.check()?.form.clone();
    let same = |case: &&domain::rows::Case| {
        case.process == Process::CreditCheck
            && case.id != act.case.id
            && case.office == act.case.office
            && is_open(act.rules, case)
            && case.data.0.check().is_some_and(|data| data.form.matter == form.matter && data.form.purpose == form.purpose)
    };
    let other = act.snapshot.of_subject(act.case.subject?).find(same)?;
    let why = (format!("本单位已就该事项查询：{}", other.number), format!("your office asks for this matter already: {}", other.number));
    unfit(why, ("在该次核查中“重新查询”", "ask again in that check"))
}

fn answer(act: &mut Act<'_>) -> Option<CheckAnswer> {
    let code = subject(act)?.uscc?;
    let (rules, on) = (act.rules, act.today());
    Some(CheckAnswer { on, lines: profile(rules, act.snapshot, &code, on).lines })
}

/// Freezes what the house knows today.
pub(crate) fn answer_check(act: &mut Act<'_>) {
    let found = answer(act);
    if let CaseData::CreditCheck(data) = &mut act.case.data.0 {
        data.answer = found;
    }
}

/// Nothing that the answer says has changed since: what was repaired meanwhile is held against nobody.
pub(crate) fn answer_holds(act: &mut Act<'_>) -> Option<Reason> {
    let frozen = act.case.data.0.check()?.answer.clone()?;
    let now = answer(act);
    act.facts.insert("answered_on".into(), json!(frozen.on));
    let same = now.is_some_and(|now| now.lines == frozen.lines);
    (!same).then(|| Reason::new(Code::AnswerChanged).with("on", frozen.on))
}

/// The outcome is one that this act notes, and the answer bears it out.
pub(crate) fn outcome(act: &mut Act<'_>, word: OutcomeWord) -> Option<Reason> {
    let data = act.proposed.check()?;
    let (form, answer) = (data.concluded.as_ref()?, data.answer.as_ref()?);
    let unfit = |why: (&str, &str), instead: (&str, &str)| {
        let reason = Reason::new(Code::OutcomeUnfit).titled("outcome", form.outcome.title());
        Some(reason.titled("why", why).titled("instead", instead))
    };
    match (word, form.outcome.is_against()) {
        (OutcomeWord::ForIt, true) => unfit(
            ("不利结果由负责人登记", "an outcome against the subject is the head's to note"),
            ("由负责人办理“登记不利结果”", "let the head note it"),
        ),
        (OutcomeWord::AgainstIt, false) => {
            unfit(("不是不利结果", "it is not against the subject"), ("办理“登记应用结果”", "note it as an outcome"))
        }
        (OutcomeWord::AgainstIt, true) if !answer.is_against() => unfit(
            ("查询结果中没有对其不利的信息", "nothing in the answer speaks against the subject"),
            ("登记为不影响办理", "note that it had no effect"),
        ),
        (OutcomeWord::AgainstIt, true) if form.basis.is_none() => {
            unfit(("没有写明法律条款或者公开的招标条件", "no article and no published condition is named"), ("写明依据", "name the basis"))
        }
        // Incentives are for whoever stands well (Sichuan Regulation art. 33).
        (OutcomeWord::ForIt, false) if form.outcome.is_advantage() && answer.is_against() => unfit(
            ("查询结果中有对其不利的信息，不得给予便利", "something in the answer speaks against the subject, so it gets no advantage"),
            ("登记为不影响办理", "note that it had no effect"),
        ),
        _ => None,
    }
}
