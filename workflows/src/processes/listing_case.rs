//! Listing: what its guards ask of notice, service and decision, and what its acts note.

use domain::{
    listing::{Issued, ListingData, ListingTerms},
    office::Role,
    paper::{ChoiceKey, DateKey, DocumentKind},
    personal::Sealed,
    process::{CaseData, Form, FormKey, Process, Verb},
    refusal::{Reason, ReasonCode as Code},
    rows::{Case, Document},
    sheet::PaperSeries,
};
use serde_json::{Value, json};
use time::{Date, Duration};

use super::{
    kind::{Filing, Kind, Proposed},
    list_type,
};
use crate::{
    definition::{file::Mark, words::Ask},
    engine::{
        Rules,
        act::{Act, deadlines, numbers},
    },
};

pub(crate) struct ListingCase;

impl Kind for ListingCase {
    type Data = ListingData;
    const FORMS: &'static [FormKey] = &[FormKey::ListingDraft, FormKey::ListingDecision];

    fn open(form: &Form, _: &Filing<'_>) -> Option<ListingData> {
        let Form::ListingDraft(form) = form else { return None };
        Some(ListingData {
            form: (**form).clone(),
            noticed: None,
            notice_served_on: None,
            hearing_on: None,
            decided: None,
            decision_served_on: None,
        })
    }

    fn amend(_: &Rules, data: &mut ListingData, form: &Form) {
        // What is decided is kept by `issue_decision`, beside the draft that was notified.
        if let Form::ListingDraft(form) = form {
            data.form = (**form).clone();
        }
    }

    fn propose(_: &Proposed<'_>, _: &mut ListingData) {}

    fn event_day(_: &ListingData) -> Option<Date> {
        None
    }

    fn contact(_: &ListingData) -> Option<Sealed> {
        None
    }

    fn issued_number(data: &ListingData) -> Option<String> {
        data.decided.as_ref().or(data.noticed.as_ref()).map(|issued| issued.number.clone())
    }

    fn said(data: &ListingData) -> Vec<(&'static str, Value)> {
        vec![("years", json!(data.decided.as_ref().or(data.noticed.as_ref()).and_then(|issued| issued.terms.years)))]
    }
}

/// The record is not one that a listing has made: a listing answers for its own records.
pub(crate) fn not_of_a_listing(act: &mut Act<'_>) -> Option<Reason> {
    let listing = act.snapshot.whole(act.case.parent?)?;
    (listing.process == Process::ListingCase).then(|| Reason::new(Code::RecordOfListing).with("number", listing.number))
}

/// The day to which the hearing was called has come.
pub(crate) fn hearing_day_come(act: &Act<'_>) -> Option<Reason> {
    let day = act.case.data.0.listing()?.hearing_on?;
    (act.today() < day).then(|| Reason::new(Code::HearingNotYet).with("hearing_on", day).from_day(Some(day)))
}

/// No other listing of the subject on this list type stands on the same record.
pub(crate) fn no_such_listing(act: &mut Act<'_>) -> Option<Reason> {
    let record = act.case.record?;
    let CaseData::ListingCase(mine) = act.proposed.clone() else { return None };
    let rules = act.rules;
    let same = |case: &&Case| {
        case.id != act.case.id
            && !rules.catalogue.counts_as(case, Mark::Over)
            && case.data.0.listing().is_some_and(|data| data.form.list_type == mine.form.list_type)
    };
    let found = act.snapshot.family(record).find(same)?;
    Some(Reason::new(Code::SuchListingExists).with("number", &found.number))
}

/// An e-mail is service only where the party has signed for it (Penalty Law art. 61), a public notice only when it has stood
/// for its time (Civil Procedure Law art. 95, to which art. 61 refers).
pub(crate) fn served_lawfully(act: &Act<'_>) -> Option<Reason> {
    let method = act.command.arguments.choices.get(&ChoiceKey::ServiceMethod).map(String::as_str);
    if method == Some("public_notice") {
        return public_notice_runs(act);
    }
    let electronic = method == Some("electronic");
    let brought = act.command.arguments.documents.contains_key(&DocumentKind::ServiceConsent);
    let known = act.mine::<Document>().any(|row| row.kind == DocumentKind::ServiceConsent);
    (electronic && !brought && !known).then(|| Reason::new(Code::ServiceConsentMissing).like("penalty_law_2021/art_61"))
}

/// Counted from the paper's own day, before which no notice of it can have been given.
fn public_notice_runs(act: &Act<'_>) -> Option<Reason> {
    let served = act.date(DateKey::ServedOn)?;
    let noticed = act.case.data.0.listing().and_then(|data| data.noticed.as_ref());
    let corrected = noticed.filter(|_| act.verb == Verb::CorrectService).map(|notice| notice.on);
    // An act that brings the paper and its service signs it itself.
    let brings = act.row.asks.contains(&Ask::Document(DocumentKind::PriorNotice)).then(|| act.signed_on());
    let signed = corrected.or(brings).unwrap_or(act.case.stepped_on);
    let stands = act.rules.law.time_limit("public_notice", served)?;
    let first = signed.checked_add(Duration::days(i64::from(stands.value)))?;
    let reason = Reason::new(Code::PublicNoticeRuns).with("days", stands.value).with("earliest", first).with("field", "servedOn");
    (served < first).then(|| reason.like(&stands.cites))
}

/// Nothing is decided while a clock of the party's still runs on the day of the signature (Penalty Law art. 62).
pub(crate) fn party_clocks_over(act: &mut Act<'_>) -> Option<Reason> {
    let rules: Vec<_> = act.version.definition.deadline.iter().filter(|rule| rule.owner == Some(Role::Party)).cloned().collect();
    let signed_on = act.signed_on();
    rules.iter().find_map(|rule| {
        let row = act.deadline(&rule.key)?;
        let due = row.due_on?;
        let runs = signed_on <= due && !deadlines::ended_by_a_person(act, rule);
        let title = act.version.definition.deadline_title(&rule.key);
        runs.then(|| {
            Reason::new(Code::DeadlineRuns)
                .titled("deadline", title)
                .with("due", due)
                .from_day(act.opens_on(due.next_day()))
                .like("penalty_law_2021/art_62")
        })
    })
}

/// A decision keeps within its notice: grounds, measures and years (Penalty Law art. 45).
pub(crate) fn not_heavier(act: &mut Act<'_>) -> Option<Reason> {
    let notice = act.case.data.0.listing()?.noticed.clone()?;
    let Some(Form::ListingDecision(decided)) = &act.command.arguments.form else { return None };
    // A decision may be lighter than its notice, down to no measure; without a ground nobody is listed.
    if decided.grounds.is_empty() {
        let none = Reason::new(Code::DecisionWithoutGround).with("field", "grounds");
        return Some(none.under(Some("sichuan_credit_regulation_2023/art_41")));
    }
    let list_type = list_type::of(act)?;
    let months = |terms: &ListingTerms, on| list_type::months(act.rules, &list_type, terms, on);
    let longer = months(decided, act.signed_on()) > months(&notice.terms, notice.on);
    let noticed = notice.terms;
    let extra = decided.grounds.iter().find(|ground| !noticed.grounds.contains(ground));
    let extra = extra.or_else(|| decided.measures.iter().find(|measure| !noticed.measures.contains(measure))).cloned();
    let what = extra.map(|key| (key.clone(), key)).or_else(|| longer.then(|| ("年限".to_owned(), "years".to_owned())))?;
    Some(Reason::new(Code::HeavierThanNotified).titled("what", what).like("penalty_law_2021/art_45"))
}

/// Signs the notice: number, day, and the terms that a decision may not go beyond.
pub(crate) fn issue_notice(act: &mut Act<'_>) {
    let Some(terms) = act.case.data.0.listing().map(|data| data.form.terms.clone()) else { return };
    let issued = Issued { number: numbers::document_number(act, PaperSeries::Notice), on: act.signed_on(), terms };
    edit(act, |data| data.noticed = Some(issued));
}

/// Signs the decision: number, day, terms.
pub(crate) fn issue_decision(act: &mut Act<'_>) {
    let issued = Issued { number: numbers::document_number(act, PaperSeries::Listing), on: act.signed_on(), terms: decided(act) };
    edit(act, |data| data.decided = Some(issued));
}

/// The decision was withdrawn: what was decided counts no more.
pub(crate) fn withdraw_decision(act: &mut Act<'_>) {
    edit(act, |data| data.decided = None);
}

pub(crate) fn mark_notice_served(act: &mut Act<'_>) {
    let on = act.command.arguments.dates.get(&DateKey::ServedOn).copied();
    edit(act, |data| data.notice_served_on = on);
}

pub(crate) fn mark_decision_served(act: &mut Act<'_>) {
    let on = act.command.arguments.dates.get(&DateKey::ServedOn).copied();
    edit(act, |data| data.decision_served_on = on);
}

pub(crate) fn mark_hearing(act: &mut Act<'_>) {
    let on = act.command.arguments.dates.get(&DateKey::HearingOn).copied();
    edit(act, |data| data.hearing_on = on);
}

fn decided(act: &Act<'_>) -> ListingTerms {
    match &act.command.arguments.form {
        Some(Form::ListingDecision(terms)) => (**terms).clone(),
        _ => ListingTerms::default(),
    }
}

fn edit(act: &mut Act<'_>, change: impl FnOnce(&mut ListingData)) {
    if let CaseData::ListingCase(data) = &mut act.case.data.0 {
        change(data);
    }
}
