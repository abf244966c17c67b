//! Use of a scheme: whether the subject could use it on the day.

use domain::{
    benefit::{BenefitData, BenefitForm},
    personal::Sealed,
    process::{Form, FormKey, Process},
    refusal::{Reason, ReasonCode as Code},
    rows::Case,
};
use serde_json::{Value, json};
use time::Date;

use super::{
    credit_check::subject,
    kind::{Filing, Kind, Proposed},
};
use crate::{
    definition::file::Mark,
    engine::{
        Rules,
        act::Act,
        sight::{profile::profile, roles},
    },
};

pub(crate) struct BenefitUse;

impl Kind for BenefitUse {
    type Data = BenefitData;
    const FORMS: &'static [FormKey] = &[FormKey::Benefit];

    fn open(form: &Form, _: &Filing<'_>) -> Option<BenefitData> {
        let Form::Benefit(form) = form else { return None };
        Some(BenefitData { form: (**form).clone() })
    }

    fn amend(_: &Rules, _: &mut BenefitData, _: &Form) {} // a wrong use is taken back and noted anew

    fn propose(_: &Proposed<'_>, _: &mut BenefitData) {}

    fn event_day(data: &BenefitData) -> Option<Date> {
        Some(data.form.used_on)
    }

    fn contact(_: &BenefitData) -> Option<Sealed> {
        None
    }

    fn issued_number(_: &BenefitData) -> Option<String> {
        None
    }

    fn said(_: &BenefitData) -> Vec<(&'static str, Value)> {
        Vec::new()
    }
}

/// The scheme has the advantage, is the office's own, and was open to the subject on the day; else everything that kept it out.
pub(crate) fn eligible(act: &mut Act<'_>) -> Option<Reason> {
    let form = act.proposed.benefit()?.form.clone();
    let rules = act.rules;
    let unfit = |scheme: (&str, &str), why: (String, String), instead: (&str, &str)| {
        let reason = Reason::new(Code::NotEligible).titled("scheme", scheme).with("on", form.used_on);
        Some(reason.titled("why", why).titled("instead", instead))
    };
    let Some(scheme) = rules.schemes.get(&form.scheme).filter(|scheme| scheme.benefit(&form.benefit).is_some()) else {
        let why = ("没有此场景或者优惠".to_owned(), "there is no such scheme or advantage".to_owned());
        return unfit((&form.scheme, &form.scheme), why, ("选择列明的场景和优惠", "choose one of the schemes and its advantages"));
    };
    let title = (scheme.zh.as_str(), scheme.en.as_str());
    if roles::goes_on(act.snapshot, &scheme.office) != act.case.office {
        let (zh, en) = roles::office_title(act.snapshot, &scheme.office);
        let why = (format!("该场景由{zh}管理"), format!("the scheme is run by {en}"));
        return unfit(title, why, ("由该单位登记", "let that office note it"));
    }
    if let Some(other) = same_use(act, &form) {
        let why = (format!("同一使用已登记：{other}"), format!("the same use is noted already: {other}"));
        return unfit(title, why, ("核对日期、提供方和金额", "check day, provider and amount"));
    }
    let Some(code) = subject(act).and_then(|row| row.uscc) else {
        let why = ("没有统一社会信用代码".to_owned(), "the subject has no unified social credit code".to_owned());
        return unfit(title, why, ("只登记单位和个体工商户", "organisations and sole traders alone are noted"));
    };
    let gaps = scheme.gaps(&profile(rules, act.snapshot, &code, form.used_on), form.used_on);
    act.facts.insert("gaps".into(), json!(gaps));
    if gaps.is_empty() {
        return None;
    }
    let (zh, en): (Vec<_>, Vec<_>) = gaps.iter().map(|gap| gap.title()).unzip();
    unfit(title, (zh.join("；"), en.join("; ")), ("条件具备后使用的，再行登记", "note a use of a day on which they are met"))
}

/// The number of another case that notes the same use.
fn same_use(act: &Act<'_>, form: &BenefitForm) -> Option<String> {
    let same = |case: &&Case| {
        case.process == Process::BenefitUse
            && case.id != act.case.id
            && !act.rules.catalogue.counts_as(case, Mark::Over)
            && case.data.0.benefit().is_some_and(|data| data.form == *form)
    };
    act.snapshot.of_subject(act.case.subject?).find(same).map(|case| case.number.clone())
}
