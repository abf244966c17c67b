//! Publicity: what may be shown, where it appears, and that it comes down.

use domain::{
    ids::CaseId,
    paper::DocumentKind,
    personal::Sealed,
    process::{CaseData, Form, FormKey, Process},
    publicity::{PublicityData, PublicityForm, PublicityKind},
    record::SubjectKind,
    refusal::{Reason, ReasonCode as Code},
    rows::CreditSubject,
};
use serde_json::Value;
use time::Date;

use super::{
    kind::{Filing, Kind, Proposed},
    ledger_entry::not_the_policy_offices,
};
use crate::{
    definition::words::AppearWord,
    engine::{Rules, act::Act},
};

pub(crate) struct PublicityItem;

impl Kind for PublicityItem {
    type Data = PublicityData;
    const FORMS: &'static [FormKey] = &[FormKey::Publicity, FormKey::Appearance];

    fn open(form: &Form, _: &Filing<'_>) -> Option<PublicityData> {
        let Form::Publicity(form) = form else { return None };
        Some(PublicityData { form: (**form).clone(), sent_on: None, appeared: None })
    }

    fn amend(_: &Rules, data: &mut PublicityData, form: &Form) {
        match form {
            Form::Publicity(form) => data.form = (**form).clone(),
            Form::Appearance(form) => data.appeared = Some((**form).clone()),
            _ => {}
        }
    }

    fn propose(_: &Proposed<'_>, _: &mut PublicityData) {}

    fn event_day(_: &PublicityData) -> Option<Date> {
        None
    }

    fn contact(_: &PublicityData) -> Option<Sealed> {
        None
    }

    fn issued_number(_: &PublicityData) -> Option<String> {
        None
    }

    fn said(_: &PublicityData) -> Vec<(&'static str, Value)> {
        Vec::new()
    }
}

/// Everything that keeps a piece from being shown; the first of it.
pub(crate) fn publicity_allowed(act: &mut Act<'_>) -> Option<Reason> {
    let CaseData::PublicityItem(data) = &act.proposed else { return None };
    let form = data.form.clone();
    of_the_policy_office(act, &form)
        .or_else(|| without_part(&form))
        .or_else(|| without_record(act, &form))
        .or_else(|| without_consent(act, &form))
        .or_else(|| praise(act, &form))
}

/// A leader's article is written by the policy office.
fn of_the_policy_office(act: &Act<'_>, form: &PublicityForm) -> Option<Reason> {
    if form.kind == PublicityKind::LeaderArticle { not_the_policy_offices(act, form.kind.title()) } else { None }
}

fn without_part(form: &PublicityForm) -> Option<Reason> {
    let fits = form.kind != PublicityKind::ColumnItem || form.part.is_some() && form.channel.is_here();
    (!fits).then(|| {
        let why = ("专栏内容未写明部分，或者不在本局发布", "a piece of the column names no part, or does not appear here");
        Reason::new(Code::WrongChannel)
            .titled("why", why)
            .titled("instead", ("写明八个部分之一，选择本局专栏", "name one of the eight parts, and the bureau's column"))
    })
}

/// An exposure, and whatever names a record, rests on one that is shown today.
fn without_record(act: &Act<'_>, form: &PublicityForm) -> Option<Reason> {
    let unfit = |why: (&str, &str)| Some(Reason::new(Code::NoShownRecord).titled("why", why).under(Some("order_36_2025/art_12_3")));
    let Some(record) = act.record_case() else {
        let none = form.kind == PublicityKind::Exposure;
        return if none { unfit(("曝光案例没有依据的失信信息", "an exposure names no record")) } else { None };
    };
    let data = record.data.0.record()?;
    if data.form.facts.subject_kind == SubjectKind::NaturalPerson {
        return Some(Reason::new(Code::NaturalPersonNotPublished).under(Some("order_36_2025/art_12_3")));
    }
    if !data.in_force {
        return Some(Reason::new(Code::BaseDocumentAnnulled));
    }
    if shown_today(act, record.id) {
        None
    } else {
        unfit(("所依据的失信信息今日不在公示中", "its record is not shown today"))
    }
}

/// Whether a record is published today.
fn shown_today(act: &Act<'_>, record: CaseId) -> bool {
    act.snapshot.rows().listed.get(&record.to_string()).is_some_and(|row| row.is_shown(act.today()))
}

/// A human being is named with the own consent alone.
fn without_consent(act: &Act<'_>, form: &PublicityForm) -> Option<Reason> {
    (form.names_person && !act.has_paper(DocumentKind::ConsentToPublish))
        .then(|| Reason::new(Code::ConsentMissing).under(Some("pipl/art_25")))
}

/// Praise is of somebody who agrees to it and has nothing shown against it.
fn praise(act: &mut Act<'_>, form: &PublicityForm) -> Option<Reason> {
    if form.kind != PublicityKind::IntegrityCase {
        return None;
    }
    let unfit = |why: (&str, &str)| {
        Some(Reason::new(Code::PraiseNotAllowed).titled("why", why).under(Some("sichuan_credit_regulation_2023/art_48")))
    };
    if form.willing != Some(true) {
        return unfit(("未确认受表扬者愿意公开", "nobody has confirmed that the praised agrees to be named"));
    }
    let Some(code) = &form.praised else {
        return if form.names_person {
            None
        } else {
            unfit(("未写明受表扬单位的统一社会信用代码", "the code of the praised organisation is missing"))
        };
    };
    act.snapshot.look_for(code);
    let rows = act.snapshot.rows();
    let subjects: Vec<_> = rows.under::<CreditSubject>(code).map(|row| row.id).collect();
    let cases = subjects.into_iter().flat_map(|id| act.snapshot.of_subject(id));
    let shown = cases.into_iter().any(|case| case.process == Process::PublicationRecord && shown_today(act, case.id));
    if shown { unfit(("该单位有正在公示的失信信息", "the organisation has a record that is shown today")) } else { None }
}

/// It appears here, or elsewhere.
pub(crate) fn appears(act: &Act<'_>, word: AppearWord) -> Option<Reason> {
    let CaseData::PublicityItem(data) = &act.proposed else { return None };
    let here = data.form.channel.is_here();
    let (why, instead) = match (word, here) {
        (AppearWord::Here, false) => (("该渠道由其他单位刊发", "it appears elsewhere"), ("办理“报送刊发”", "send it there")),
        (AppearWord::Elsewhere, true) => (("该渠道由本局发布", "it appears on the bureau's own pages"), ("办理“发布”", "publish it")),
        _ => return None,
    };
    Some(Reason::new(Code::WrongChannel).titled("why", why).titled("instead", instead))
}

/// The day on which it was sent elsewhere.
pub(crate) fn mark_sent(act: &mut Act<'_>) {
    let sent_on = act.signed_on();
    if let CaseData::PublicityItem(data) = &mut act.case.data.0 {
        data.sent_on = Some(sent_on);
    }
}
