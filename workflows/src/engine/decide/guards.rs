//! The conditions of a transition. Each answers with the reason why it does not hold, or with nothing.

use domain::{
    office::Role,
    paper::{DocumentKind, ItemList},
    process::{Process, Verb},
    refusal::{Reason, ReasonCode as Code},
    rows::DeadlineStatus,
};
use serde_json::json;

use crate::{
    definition::words::{Done, Guard, OtherCase, PersonIn},
    engine::{
        act::{Act, deadlines, items},
        sight::roles,
    },
    processes::{
        account_binding, benefit_use, commitment, credit_check, data_submission, ground_count, ledger_entry, list_type, listing_case,
        objection, plan_task, proposal_batch, proposal_entry, publicity_item, record_guards as record, sealed, shield,
    },
};

/// The reason why `guard` refuses, if it does. This is the index: each guard with the function that asks it.
pub(crate) fn refuses(act: &mut Act<'_>, guard: &Guard) -> Option<Reason> {
    match guard {
        // who, and what was done before
        Guard::NotThePersonWho(verbs) => same_person(act, verbs),
        Guard::NotThePersonIn(named) => same_person_in(act, named),
        Guard::NotDoneBefore(verb) => done_before(act, *verb),
        Guard::DoneBefore(done) => not_yet_done(act, *done),
        Guard::ClerkBrings(kind) => clerk_brings(act, *kind),
        // time, points, switches
        Guard::StillRuns(key) => still_runs(act, key),
        Guard::HasEnded(key) => has_ended(act, key),
        Guard::AllSettled(list) => items_open(act, *list),
        Guard::SettingOn(key) => setting_off(act, key),
        // the record
        Guard::TermOver(word) | Guard::TermRuns(word) => record::term(act, *word, matches!(guard, Guard::TermOver(_))),
        Guard::Publication(word) => record::of(act, |act, record| record::publication(act, record, *word)),
        Guard::BaseDocumentInForce => record::of(act, record::base_in_force),
        Guard::NoSuchRecordYet => record::of(act, record::no_such_record),
        Guard::OwnJurisdiction => record::of(act, record::own_jurisdiction),
        Guard::MeasuresAllowed => record::of(act, record::measures_allowed),
        Guard::MayBePublished => record::of(act, record::may_be_published),
        Guard::DutiesDone | Guard::DutiesNotDone => record::of(act, |act, record| record::duties(act, record, *guard == Guard::DutiesDone)),
        Guard::NoRunningRestriction => record::of(act, record::running_restriction),
        Guard::WasPublished => record::of(act, record::was_published),
        Guard::NotAFalsityRecord => record::of(act, record::no_falsity_record),
        Guard::SectorRuleListed => shield::sector_rule(act),
        Guard::MeasuresMaySuspend => shield::may_suspend(act),
        // repair
        Guard::RecordCanBeRepaired => record::of(act, record::can_be_repaired),
        Guard::RecordMayBeRepaired => record::of(act, record::no_law_bars_repair),
        Guard::NoOtherApplication => record::of(act, record::other_application),
        Guard::NoFalsityBar => record::of(act, record::falsity_bar),
        Guard::PapersComplete => record::of(act, record::papers_complete),
        // binding
        Guard::NoSuchBinding => account_binding::no_such_binding(act),
        Guard::AuthorityShown => account_binding::authority_shown(act),
        // list types and grounds that count
        Guard::ListTypeHasBasis => list_type::with(act, list_type::has_basis),
        Guard::GroundsFromListType => list_type::with(act, list_type::grounds_of_it),
        Guard::MeasuresInListType => list_type::with(act, list_type::measures_of_it),
        Guard::TermOfListAllowed => list_type::with(act, list_type::term_allowed),
        Guard::ListTypeNeeds(need) => list_type::need(act, *need, true),
        Guard::ListTypeDoesWithout(need) => list_type::need(act, *need, false),
        Guard::GroundCountsMet => ground_count::not_met_by_the_register(act),
        // proposals
        Guard::BatchIsDraft => proposal_entry::batch_is_draft(act),
        Guard::HasEntries => proposal_batch::has_entries(act),
        Guard::NoEntryUndecided => proposal_batch::no_entry_undecided(act),
        Guard::SomeEntryConfirmed => proposal_batch::some_entry_confirmed(act),
        Guard::NoEntryLive => proposal_batch::no_entry_live(act),
        Guard::ExportCoversConfirmed => proposal_batch::export_covers_confirmed(act),
        Guard::NamedUnitHasSpoken => proposal_entry::named_unit_has_spoken(act),
        Guard::NoSuchEntryYet => proposal_entry::no_such_entry(act),
        Guard::NoStayOrdered => proposal_entry::no_stay_ordered(act),
        // listing
        Guard::NoSuchListingYet => listing_case::no_such_listing(act),
        Guard::NotOfAListing => listing_case::not_of_a_listing(act),
        Guard::ServedLawfully => listing_case::served_lawfully(act),
        Guard::SealedCopyKept => sealed::copy_kept(act),
        Guard::PartyClocksOver => listing_case::party_clocks_over(act),
        Guard::HearingDayCome => listing_case::hearing_day_come(act),
        Guard::NotHeavierThanNotified => listing_case::not_heavier(act),
        Guard::NoOtherObjection => objection::no_other(act),
        Guard::Challenges(word) => objection::challenges(act, *word),
        // plan, ledger, submission
        Guard::TaskFits => plan_task::task_fits(act),
        Guard::MeasureMet => plan_task::measure_met(act),
        Guard::AnotherOfficeConfirms => plan_task::another_office_confirms(act),
        Guard::LedgerComplete => ledger_entry::ledger_complete(act),
        Guard::PublicityAllowed => publicity_item::publicity_allowed(act),
        Guard::Appears(word) => publicity_item::appears(act, *word),
        Guard::SubmissionFits => data_submission::submission_fits(act),
        Guard::Lines(word) => data_submission::lines(act, *word),
        // credit checks, commitments, schemes
        Guard::CheckFits => credit_check::check_fits(act),
        Guard::AnswerHolds => credit_check::answer_holds(act),
        Guard::Outcome(word) => credit_check::outcome(act, *word),
        Guard::CommitmentFits => commitment::commitment_fits(act),
        Guard::PerformanceOver => commitment::performance_over(act),
        Guard::Eligible => benefit_use::eligible(act),
    }
}

fn done_before(act: &Act<'_>, verb: Verb) -> Option<Reason> {
    let done = act.snapshot.history(act.case.id).iter().any(|past| past.verb == verb);
    done.then(|| Reason::new(Code::AlreadyDone).titled("verb", act.title_of(verb)))
}

fn not_yet_done(act: &Act<'_>, done: Done) -> Option<Reason> {
    (!was_done(act, done)).then(|| Reason::new(Code::NotYetDone).titled("verb", act.title_of(done.verb)))
}

fn setting_off(act: &mut Act<'_>, key: &str) -> Option<Reason> {
    let on = act.setting(key);
    act.facts.insert(format!("setting:{key}"), json!(on));
    (on.as_deref() != Some("true")).then(|| Reason::new(Code::SettingOff).titled("setting", act.rules.law.settings().title(key)))
}

fn same_person(act: &Act<'_>, verbs: &[Verb]) -> Option<Reason> {
    let persons = act.persons();
    act.snapshot
        .history(act.case.id)
        .iter()
        .find(|past| past.by(&persons) && verbs.contains(&past.verb))
        .map(|past| Reason::new(Code::SamePerson).titled("verb", act.title_of(past.verb)))
}

/// Four eyes across cases: the batch of an entry, what an objection challenges, the applications about a record.
fn same_person_in(act: &mut Act<'_>, named: &PersonIn) -> Option<Reason> {
    let persons = act.persons();
    let cases = match named.case {
        OtherCase::Batch => vec![act.case.parent],
        OtherCase::Challenged => vec![act.case.record, act.case.parent],
        OtherCase::Repairs => {
            let about = act.snapshot.family(act.case.id).filter(|case| case.process == Process::RepairApplication);
            about.map(|case| Some(case.id)).collect()
        }
    };
    cases.into_iter().flatten().find_map(|id| {
        let process = act.snapshot.whole(id)?.process;
        let mut past = act.snapshot.history(id).iter();
        let done = past.find(|past| past.by(&persons) && named.verbs.contains(&past.verb))?;
        Some(Reason::new(Code::SameMatterPerson).titled("verb", act.rules.catalogue.act_title(process, done.verb)))
    })
}

/// What a clerk does in the party's stead rests on a paper of the party.
fn clerk_brings(act: &Act<'_>, kind: DocumentKind) -> Option<Reason> {
    let party = roles::holds(act.snapshot, act.actor, Role::Party, &act.case);
    (!party && !act.brings(kind)).then(|| Reason::new(Code::MissingDocument).titled("document", kind.title()))
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
    (!open.is_empty()).then(|| Reason::new(Code::ItemsOpen).titled("open", items::titles(list, &open)))
}
