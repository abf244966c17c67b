//! The conditions of a transition. Each answers with the reason why it does not hold, or with nothing.

use domain::{
    office::Role,
    paper::{DocumentKind, ItemList},
    process::Verb,
    refusal::{Reason, ReasonCode as Code},
    rows::DeadlineStatus,
};
use serde_json::json;

use crate::{
    definition::words::{ChannelWord, Done, Guard, OtherCase, PersonIn},
    engine::{
        act::{Act, deadlines},
        sight::roles,
    },
    processes::{ground_count, list_type, listing, objection, proposal, record_guards, shield},
};

/// The reason why `guard` refuses, if it does.
pub(crate) fn refuses(act: &mut Act<'_>, guard: &Guard) -> Option<Reason> {
    match guard {
        Guard::NotThePersonWho(verbs) => same_person(act, verbs),
        Guard::NotDoneBefore(verb) => {
            let done = act.snapshot.history(act.case.id).iter().any(|past| past.verb == *verb);
            done.then(|| Reason::new(Code::AlreadyDone).titled("verb", verb.title()))
        }
        Guard::DoneBefore(done) => (!was_done(act, *done)).then(|| Reason::new(Code::NotYetDone).titled("verb", done.verb.title())),
        Guard::StillRuns(key) => still_runs(act, key),
        Guard::HasEnded(key) => has_ended(act, key),
        Guard::AllSettled(list) => items_open(act, *list),
        Guard::SomeOpen(list) => act.open_items(*list).is_empty().then(|| Reason::new(Code::MissingItems).titled("list", list.title())),
        Guard::SettingOn(key) => {
            let on = act.setting(key);
            act.facts.insert(format!("setting:{key}"), json!(on));
            (on.as_deref() != Some("true")).then(|| Reason::new(Code::SettingOff).with("setting", key))
        }
        Guard::ChannelIs(word) => channel(act, *word),
        Guard::NoSuchBinding => no_such_binding(act),
        Guard::AuthorityShown => authority_shown(act),
        Guard::NotThePersonIn(named) => same_person_in(act, named),
        Guard::ClerkBrings(kind) => clerk_brings(act, *kind),
        Guard::ListTypeHasBasis
        | Guard::GroundsFromListType
        | Guard::MeasuresInListType
        | Guard::TermOfListAllowed
        | Guard::ListTypeNeeds(_)
        | Guard::ListTypeDoesWithout(_) => list_type::refuses(act, guard),
        Guard::GroundCountsMet => ground_count::refuses(act),
        Guard::BatchIsDraft
        | Guard::HasEntries
        | Guard::NoEntryUndecided
        | Guard::SomeEntryConfirmed
        | Guard::NoEntryLive
        | Guard::ExportCoversConfirmed
        | Guard::NamedUnitHasSpoken
        | Guard::NoSuchEntryYet
        | Guard::NoStayOrdered => proposal::refuses(act, guard),
        Guard::NoSuchListingYet
        | Guard::NotOfAListing
        | Guard::ServedLawfully
        | Guard::PartyClocksOver
        | Guard::HearingDayCome
        | Guard::NotHeavierThanNotified => listing::refuses(act, guard),
        Guard::NoOtherObjection | Guard::ChallengesAnApplication => objection::refuses(act, guard),
        Guard::SectorRuleListed | Guard::MeasuresMaySuspend => shield::refuses(act, guard),
        other => record_guards::refuses(act, other),
    }
}

fn same_person(act: &Act<'_>, verbs: &[Verb]) -> Option<Reason> {
    let persons = act.persons();
    act.snapshot
        .history(act.case.id)
        .iter()
        .find(|past| past.by(&persons) && verbs.contains(&past.verb))
        .map(|past| Reason::new(Code::SamePerson).titled("verb", past.verb.title()))
}

/// Four eyes across cases: the batch of an entry, or what an objection challenges.
fn same_person_in(act: &mut Act<'_>, named: &PersonIn) -> Option<Reason> {
    let persons = act.persons();
    let cases = match named.case {
        OtherCase::Batch => vec![act.case.parent],
        OtherCase::Challenged => vec![act.case.record, act.case.parent],
    };
    cases.into_iter().flatten().find_map(|id| {
        act.snapshot.whole(id)?;
        let mut past = act.snapshot.history(id).iter();
        let done = past.find(|past| past.by(&persons) && named.verbs.contains(&past.verb))?;
        Some(Reason::new(Code::SameMatterPerson).titled("verb", done.verb.title()))
    })
}

/// What a clerk does in the party's stead rests on a paper of the party.
fn clerk_brings(act: &Act<'_>, kind: DocumentKind) -> Option<Reason> {
    let party = roles::holds(act.snapshot, act.actor, Role::Party, &act.case);
    let brought = act.command.arguments.documents.get(&kind).is_some_and(|papers| !papers.is_empty());
    (!party && !brought).then(|| Reason::new(Code::MissingDocument).titled("document", kind.title()))
}

fn was_done(act: &Act<'_>, done: Done) -> bool {
    let history = act.snapshot.history(act.case.id);
    let start = match done.since {
        Some(since) => match history.iter().rposition(|past| past.verb == since) {
            Some(position) => position,
            None => return false,
        },
        None => 0,
    };
    history[start..].iter().any(|past| past.verb == done.verb)
}

/// In time is what came in by the last day, whenever it is entered.
fn still_runs(act: &Act<'_>, key: &str) -> Option<Reason> {
    let over =
        |due: String| Reason::new(Code::DeadlineOver).titled("deadline", act.version.definition.deadline_title(key)).with("due", due);
    let (Some(row), Some(rule)) = (act.deadline(key), act.version.definition.deadline(key)) else { return Some(over(String::from("–"))) };
    let arrived = act.arrived_on();
    let stands = row.status == DeadlineStatus::Open || arrived < act.today() && !deadlines::ended_by_a_person(act, rule);
    match row.due_on {
        _ if row.status == DeadlineStatus::Paused => None,
        Some(due) if stands && arrived <= due => None,
        // What the party itself ended is over since that day, and not only on its last one.
        due => Some(over(deadlines::ended_by_a_person_on(act, rule).or(due).map_or_else(String::new, |day| day.to_string()))),
    }
}

/// Over is what has ended before the day on which the act is signed.
fn has_ended(act: &Act<'_>, key: &str) -> Option<Reason> {
    let runs =
        |due: String| Reason::new(Code::DeadlineRuns).titled("deadline", act.version.definition.deadline_title(key)).with("due", due);
    match act.deadline(key).and_then(|row| row.due_on) {
        Some(due) if act.signed_on() > due => None,
        Some(due) => Some(runs(due.to_string()).from_day(act.opens_on(due.next_day()))),
        None => Some(runs(String::from("–"))),
    }
}

/// Points still open, this act's own points counted as settled.
fn items_open(act: &mut Act<'_>, list: ItemList) -> Option<Reason> {
    let named: Vec<_> = act.command.arguments.items.get(&list).into_iter().flatten().filter_map(|item| item.key.clone()).collect();
    let open: Vec<_> = act.open_items(list).into_iter().map(|item| item.key).filter(|key| !named.contains(key)).collect();
    act.facts.insert(format!("open:{list}"), json!(open));
    (!open.is_empty()).then(|| Reason::new(Code::ItemsOpen).with("open", open.join(", ")))
}

fn channel(act: &Act<'_>, word: ChannelWord) -> Option<Reason> {
    use domain::data::Channel;
    let channel = act.case.data.0.repair().map(|data| data.channel);
    let good = matches!(
        (word, channel),
        (ChannelWord::Portal, Some(Channel::Portal))
            | (ChannelWord::Counter, Some(Channel::Counter))
            | (ChannelWord::CreditChina, Some(Channel::CreditChina))
    );
    (!good).then(|| Reason::new(Code::NotOnTheChannel))
}

fn no_such_binding(act: &Act<'_>) -> Option<Reason> {
    use domain::data::CaseData;
    let CaseData::AccountBinding(mine) = &act.case.data.0 else { return None };
    act.snapshot
        .of_subject(mine.subject)
        .filter(|case| case.id != act.case.id && matches!(case.state.as_str(), "requested" | "bound"))
        .find(|case| match &case.data.0 {
            CaseData::AccountBinding(data) => data.account == mine.account && data.subject == mine.subject,
            _ => false,
        })
        .map(|case| Reason::new(Code::BindingExists).with("number", &case.number))
}

fn authority_shown(act: &Act<'_>) -> Option<Reason> {
    use domain::data::CaseData;
    let CaseData::AccountBinding(data) = &act.case.data.0 else { return None };
    let letter = act.command.arguments.documents.get(&DocumentKind::AuthorityLetter).is_some_and(|letters| !letters.is_empty());
    let shown = data.capacity != "agent" || (letter && data.until.is_some());
    (!shown).then(|| Reason::new(Code::AuthorityNotShown))
}
