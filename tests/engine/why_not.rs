//! An act is accepted exactly when nothing is said against it, and a day that is named is the first day.

use std::collections::BTreeSet;

use domain::{
    command::Actor,
    paper::{DateKey, DocumentKind},
    process::FormKey,
    refusal::{Reason, ReasonCode as Code},
};
use workflows::definition::words::{Ask, Effect, Guard};

use super::{
    places::Template,
    walk::{Count, Tried, Walk},
};
use crate::support::chance::Chance;

/// One seed for every run; a fault is found again by it.
const SEED: u64 = 0x5eed_0005;

const WALKS: u64 = 40;
const STEPS: usize = 250;

fn codes(reasons: &[Reason]) -> BTreeSet<Code> {
    reasons.iter().map(|reason| reason.code).collect()
}

/// What is said only to what the act itself brings: the class that its form makes, the points that it names.
fn of_the_input(walk: &Walk<'_>, tried: &Tried, code: Code) -> bool {
    let version = tried.case.as_ref().and_then(|case| walk.rules.catalogue.of_case(case)).expect("a case has its law");
    let row = &version.definition.transition[tried.row];
    let formed = row.asks.iter().any(|ask| matches!(ask, Ask::Form(_) | Ask::Choice(_)));
    let settles = row.effects.iter().any(|effect| matches!(effect, Effect::SettleItems(_)));
    let drafts = row.asks.iter().any(|ask| matches!(ask, Ask::Form(FormKey::ListingDraft | FormKey::EntryDraft)));
    let receives = row.asks.iter().any(|ask| matches!(ask, Ask::Date(asked) | Ask::MayDate(asked) if asked.key == DateKey::ReceivedOn));
    match code {
        // The page knows neither how it will be served, nor the day, the decision or the export that the act brings.
        Code::ServiceConsentMissing | Code::PublicNoticeRuns | Code::TooEarly | Code::HeavierThanNotified | Code::ExportStale => true,
        Code::DecisionWithoutGround
        | Code::OfficeCannotBeAsked
        | Code::LedgerIncomplete
        | Code::LinesDoNotFit
        | Code::LinesNotAnswered
        | Code::CheckDoesNotFit
        | Code::OutcomeUnfit
        | Code::CommitmentDoesNotFit
        | Code::NotEligible => true,
        Code::ReasonNotTrue | Code::ReasonOfTheHead | Code::SectorRuleNotListed | Code::SectorRuleEnds | Code::MeasureNotInForce => true,
        Code::MissingDocument => settles || row.guards.iter().any(|guard| matches!(guard, Guard::ClerkBrings(_))),
        Code::TermOverLegalMaximum | Code::TermUnderLegalMinimum => row.asks.iter().any(|ask| matches!(ask, Ask::Form(_))),
        Code::MeasureNotAllowed | Code::GroundNotMet | Code::SuchRecordExists => formed,
        Code::GroundNotOfListType | Code::MeasureNotOfListType | Code::ListTypeWithoutBasis => drafts,
        Code::PublicationDue
        | Code::PublicationNotDue
        | Code::ClassUndetermined
        | Code::ClassDetermined
        | Code::NaturalPersonNotPublished => formed,
        Code::ConsentMissing => row.asks.contains(&Ask::MayAdd(DocumentKind::ConsentToPublish)),
        Code::ItemsOpen | Code::MissingItems => settles,
        Code::DateInFuture | Code::DateOutOfOrder | Code::DateTooLate => true,
        Code::DeadlineOver => receives && matches!(tried.command.actor, Actor::Account(account) if walk.city.officers.contains(&account)),
        _ => false,
    }
}

/// What is said to more than the input; a follow-up that only the form stopped says no more than the form.
fn beyond_input(walk: &Walk<'_>, tried: &Tried, said: Vec<Reason>) -> Vec<Reason> {
    let all = said.len();
    let rest: Vec<_> = said.into_iter().filter(|reason| !of_the_input(walk, tried, reason.code)).collect();
    let only_the_form = rest.len() < all && rest.iter().all(|reason| reason.code == Code::FollowUpRefused);
    if only_the_form { Vec::new() } else { rest }
}

/// The page does not know on which day a paper was signed: what it says is said of an act that is signed when it is done.
fn compare(walk: &mut Walk<'_>, tried: &Tried, faults: &mut BTreeSet<String>) {
    let mut tried = tried.clone();
    tried.command.arguments.dates.remove(&DateKey::SignedOn);
    let tried = &tried;
    let today = walk.city.today;
    let said = walk.said(&tried.command, today);
    let name = format!("{} {} in {}", tried.process, tried.command.verbs[0], tried.state);
    if let Some(offered) = walk.offered(tried, today) {
        let against = beyond_input(walk, tried, said.clone());
        if offered.is_empty() != against.is_empty() {
            faults.insert(format!("{name}: the page says {:?}, the act is told {:?}", codes(&offered), codes(&against)));
        }
        days(walk, tried, &offered, &name, faults);
    }
    for reason in &said {
        let Some(day) = reason.opens_on else { continue };
        let before = day.previous_day().expect("a day before");
        let on = |walk: &mut Walk<'_>, day| walk.said(&tried.command, day).iter().any(|one| one.code == reason.code);
        if on(walk, day) || !on(walk, before) {
            faults.insert(format!("{name}: {:?} names a day that is not the first", reason.code));
        }
    }
}

/// Where everything that speaks against an act has its day, the act is open on the last of them and not before.
fn days(walk: &mut Walk<'_>, tried: &Tried, offered: &[Reason], name: &str, faults: &mut BTreeSet<String>) {
    let named: Option<Vec<_>> = offered.iter().map(|reason| reason.opens_on).collect();
    let Some(day) = named.and_then(|days| days.into_iter().max()) else { return };
    let before = day.previous_day().expect("a day before");
    let (then, earlier) = (walk.offered(tried, day).expect("offered today"), walk.offered(tried, before).expect("offered today"));
    if !then.is_empty() || earlier.is_empty() {
        faults.insert(format!("{name}: named for a day, but then {:?}, the day before {:?}", codes(&then), codes(&earlier)));
    }
    let told = walk.said(&tried.command, day);
    let told = beyond_input(walk, tried, told);
    if !told.is_empty() || walk.said(&tried.command, before).is_empty() {
        faults.insert(format!("{name}: named for a day, but the act is then told {:?}", codes(&told)));
    }
}

#[test]
fn an_act_is_accepted_exactly_when_nothing_is_said_against_it() {
    let rules = super::city::rules();
    let (mut faults, mut count) = (BTreeSet::new(), Count::default());
    for walk in 0..WALKS {
        let mut walk = Walk::new(&rules, SEED.wrapping_add(walk << 32));
        for _ in 0..STEPS {
            match walk.chance.below(10) {
                0 => {
                    let days = walk.chance.below(25);
                    walk.days_pass(days);
                }
                1 if walk.chance.below(4) == 0 => walk.city.turn_a_switch(&mut walk.chance),
                _ => {
                    let Some(tried) = walk.attempt() else { continue };
                    compare(&mut walk, &tried, &mut faults);
                    let said = walk.said(&tried.command, walk.city.today);
                    let done = walk.act(&tried.command);
                    count.note(&tried, done);
                    // Now and then somebody waits for the day that was named.
                    if let Some(day) = said.iter().filter_map(|reason| reason.opens_on).max()
                        && walk.chance.below(3) == 0
                    {
                        walk.days_pass(usize::try_from((day - walk.city.today).whole_days()).unwrap_or(0));
                    }
                }
            }
        }
    }
    println!("seed {SEED:#x}");
    for ((process, verb), (accepted, refused)) in &count.0 {
        println!("{process} {verb}: {accepted} accepted, {refused} refused");
    }
    assert!(faults.is_empty(), "seed {SEED:#x}\n{}", faults.into_iter().collect::<Vec<_>>().join("\n"));
}

/// The same where one guard refuses, for every guard of every row, and where none does.
#[test]
fn what_is_said_of_every_guard_in_advance_is_what_the_act_is_told() {
    let rules = super::city::rules();
    let template = Template::new(&rules);
    let (mut faults, mut days) = (BTreeSet::new(), 0);
    for version in rules.catalogue.all() {
        let process = version.definition.key;
        for (row, transition) in version.definition.transition.iter().enumerate() {
            for spoilt in std::iter::once(None).chain((0..transition.guards.len()).map(Some)) {
                let bent = template.bent(process, transition, spoilt);
                let case = bent.case.map(|id| bent.get(id));
                let tried = Tried { process, row, state: transition.from[0].clone(), case, command: bent.command };
                let mut walk = Walk { rules: &rules, city: bent.city, chance: Chance(SEED) };
                let today = walk.city.today;
                days += usize::from(walk.said(&tried.command, today).iter().any(|reason| reason.opens_on.is_some()));
                compare(&mut walk, &tried, &mut faults);
            }
        }
    }
    assert!(days > 10, "{days} days were named");
    assert!(faults.is_empty(), "{}", faults.into_iter().collect::<Vec<_>>().join("\n"));
}
