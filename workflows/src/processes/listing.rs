//! Listing: what its guards ask of notice, service and decision, and what its acts note.

use domain::{
    command::Form,
    data::CaseData,
    listing::{Issued, ListingTerms},
    office::Role,
    paper::{ChoiceKey, DateKey, DocumentKind},
    process::Process,
    refusal::{Reason, ReasonCode as Code},
    rows::{Case, Document},
};

use crate::{
    definition::words::{Effect, Guard},
    engine::act::{Act, deadlines, numbers},
    processes::list_type,
};

/// Cases that ended without a listing, or whose listing was undone.
const OVER: &[&str] = &["dropped", "cancelled", "not_listed", "annulled", "ended"];

/// The reason why a guard of a listing refuses, if it does.
pub(crate) fn refuses(act: &mut Act<'_>, guard: &Guard) -> Option<Reason> {
    match guard {
        Guard::NoSuchListingYet => no_such_listing(act),
        Guard::NotOfAListing => {
            let listing = act.snapshot.whole(act.case.parent?)?;
            (listing.process == Process::ListingCase).then(|| Reason::new(Code::RecordOfListing).with("number", listing.number))
        }
        Guard::ServedLawfully => served_lawfully(act),
        Guard::PartyClocksOver => party_clocks(act),
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
    (electronic && !brought && !known).then(|| Reason::new(Code::ServiceConsentMissing).like("penalty_law_2021/art_61"))
}

/// Nothing is decided while a clock of the party's still runs on the day of the signature (Penalty Law art. 62).
fn party_clocks(act: &mut Act<'_>) -> Option<Reason> {
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
fn heavier(act: &mut Act<'_>) -> Option<Reason> {
    let notice = act.case.data.0.listing()?.noticed.clone()?;
    let Some(Form::ListingDecision(decided)) = &act.command.arguments.form else { return None };
    let list_type = list_type::of(act)?;
    let months = |terms: &ListingTerms, on| list_type::months(act.rules, &list_type, terms, on);
    let longer = months(decided, act.signed_on()) > months(&notice.terms, notice.on);
    let noticed = notice.terms;
    let extra = decided.grounds.iter().find(|ground| !noticed.grounds.contains(ground));
    let extra = extra.or_else(|| decided.measures.iter().find(|measure| !noticed.measures.contains(measure))).cloned();
    let what = extra.map(|key| (key.clone(), key)).or_else(|| longer.then(|| ("年限".to_owned(), "years".to_owned())))?;
    Some(Reason::new(Code::HeavierThanNotified).titled("what", what).like("penalty_law_2021/art_45"))
}

/// What an act of a listing notes in its data.
pub(crate) fn run(act: &mut Act<'_>, effect: &Effect) {
    let signed_on = act.signed_on();
    let date = |act: &Act<'_>, key: DateKey| act.command.arguments.dates.get(&key).copied();
    match effect {
        Effect::IssueNotice => {
            let Some(terms) = act.case.data.0.listing().map(|data| data.form.terms.clone()) else { return };
            let issued = Issued { number: numbers::document_number(act, "notice", "告"), on: signed_on, terms };
            edit(act, |data| data.noticed = Some(issued));
        }
        Effect::IssueDecision => {
            let issued = Issued { number: numbers::document_number(act, "listing", "列"), on: signed_on, terms: decided(act) };
            edit(act, |data| data.decided = Some(issued));
        }
        Effect::WithdrawDecision => edit(act, |data| data.decided = None),
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
