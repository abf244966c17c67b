//! Listing: what its guards ask of notice, service and decision, and what its acts note.

use domain::{
    calendar::{Limit, Unit, due},
    data::CaseData,
    listing::{Issued, ListingTerms},
    command::Form,
    paper::{ChoiceKey, DateKey, DocumentKind},
    process::Process,
    refusal::{Reason, ReasonCode as Code},
    rows::{Case, Document},
};
use serde_json::json;

use super::{act::Act, effects, list_type};
use crate::definition::words::{Ahead, Effect, Guard};

/// Cases that ended without a listing, or whose listing was undone.
const OVER: &[&str] = &["dropped", "cancelled", "not_listed", "annulled", "ended"];

/// The reason why a guard of a listing refuses, if it does.
pub(super) fn refuses(act: &mut Act<'_>, guard: &Guard) -> Option<Reason> {
    match guard {
        Guard::NoSuchListingYet => no_such_listing(act),
        Guard::NotOfAListing => {
            let listing = act.snapshot.whole(act.case.parent?)?;
            (listing.process == Process::ListingCase).then(|| Reason::new(Code::RecordOfListing).with("number", listing.number))
        }
        Guard::ServedLawfully => served_lawfully(act),
        Guard::FarEnoughAhead(ahead) => far_enough(act, ahead),
        Guard::HearingDayCome => {
            let day = act.case.data.0.listing()?.hearing_on?;
            (act.today() < day).then(|| Reason::new(Code::HearingNotYet).with("hearing_on", day).from_day(Some(day)))
        }
        Guard::NotHeavierThanNotified => heavier(act),
        _ => None,
    }
}

fn no_such_listing(act: &mut Act<'_>) -> Option<Reason> {
    let record = act.case.record?;
    let CaseData::ListingCase(mine) = act.proposed.clone() else { return None };
    let same = |case: &&Case| {
        case.id != act.case.id
            && !OVER.contains(&case.state.as_str())
            && case.data.0.listing().is_some_and(|data| data.form.list_type == mine.form.list_type)
    };
    let found = act.snapshot.family(record).find(same)?;
    Some(Reason::new(Code::SuchListingExists).with("number", &found.number))
}

/// An e-mail is service only where the party has signed for it (Penalty Law art. 61).
fn served_lawfully(act: &Act<'_>) -> Option<Reason> {
    let electronic = act.command.arguments.choices.get(&ChoiceKey::ServiceMethod).is_some_and(|word| word == "electronic");
    let brought = act.command.arguments.documents.contains_key(&DocumentKind::ServiceConsent);
    let known = act.mine::<Document>().any(|row| row.kind == DocumentKind::ServiceConsent);
    (electronic && !brought && !known).then(|| Reason::new(Code::ServiceConsentMissing).under(Some("penalty_law_2021/art_61")))
}

fn far_enough(act: &mut Act<'_>, ahead: &Ahead) -> Option<Reason> {
    let day = *act.command.arguments.dates.get(&ahead.date)?;
    let count = act.parameter(&ahead.by)?;
    let limit = Limit { from: act.today(), count, unit: Unit::WorkingDay, pauses: &[], day_one_counts: false, move_to_working_day: false };
    let earliest = due(act.rules.law.calendars(), &limit).ok()?.due;
    act.facts.insert("earliest".into(), json!(earliest));
    (day < earliest).then(|| Reason::new(Code::TooEarly).with("days", count).with("earliest", earliest))
}

/// A decision keeps within its notice: grounds, measures and years (Penalty Law art. 45).
fn heavier(act: &mut Act<'_>) -> Option<Reason> {
    let noticed = act.case.data.0.listing()?.noticed.clone()?.terms;
    let Some(Form::ListingDecision(decided)) = &act.command.arguments.form else { return None };
    let own = list_type::of(act).and_then(|list_type| list_type.years).map(|years| years.value);
    let longer = decided.years.or(own) > noticed.years.or(own);
    let extra = decided.grounds.iter().find(|ground| !noticed.grounds.contains(ground));
    let extra = extra.or_else(|| decided.measures.iter().find(|measure| !noticed.measures.contains(measure))).cloned();
    let what = extra.map(|key| (key.clone(), key)).or_else(|| longer.then(|| ("年限".to_owned(), "years".to_owned())))?;
    Some(Reason::new(Code::HeavierThanNotified).titled("what", what).under(Some("penalty_law_2021/art_45")))
}

/// What an act of a listing notes in its data.
pub(super) fn run(act: &mut Act<'_>, effect: &Effect) {
    let today = act.today();
    let date = |act: &Act<'_>, key: DateKey| act.command.arguments.dates.get(&key).copied();
    match effect {
        Effect::IssueNotice => {
            let Some(terms) = act.case.data.0.listing().map(|data| data.form.terms.clone()) else { return };
            let issued = Issued { number: effects::document_number(act, "notice", "告"), on: today, terms };
            edit(act, |data| data.noticed = Some(issued));
        }
        Effect::IssueDecision => {
            let issued = Issued { number: effects::document_number(act, "listing", "列"), on: today, terms: decided(act) };
            edit(act, |data| data.decided = Some(issued));
        }
        Effect::MarkNoticeServed => {
            let on = date(act, DateKey::ServedOn);
            edit(act, |data| data.notice_served_on = on);
        }
        Effect::MarkDecisionServed => {
            let on = date(act, DateKey::ServedOn);
            edit(act, |data| data.decision_served_on = on);
        }
        Effect::MarkHearing => {
            let on = date(act, DateKey::HearingOn);
            edit(act, |data| data.hearing_on = on);
        }
        _ => {}
    }
}

fn decided(act: &Act<'_>) -> ListingTerms {
    match &act.command.arguments.form {
        Some(Form::ListingDecision(terms)) => terms.clone(),
        _ => ListingTerms::default(),
    }
}

fn edit(act: &mut Act<'_>, change: impl FnOnce(&mut domain::listing::ListingData)) {
    if let CaseData::ListingCase(data) = &mut act.case.data.0 {
        change(data);
    }
}
