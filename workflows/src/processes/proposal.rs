//! Proposed lists: what their guards ask of batch and entries, and what their acts note.

use domain::{
    data::CaseData,
    ids::CaseId,
    paper::{ChoiceKey, DateKey, ItemList},
    process::{Process, Verb},
    proposal::ProvinceAnswer,
    refusal::{Reason, ReasonCode as Code},
    rows::{Case, Item, ItemStatus},
};
use serde_json::json;

use crate::{
    definition::words::{Effect, Guard, Relation},
    engine::{Rules, act::Act, sight::snapshot::Snapshot},
    processes::{
        ground_count::{Claim, ground_counts},
        list_type,
    },
};

/// Entries that nobody has decided yet.
const UNDECIDED: &[&str] = &["draft", "submitted", "returned", "under_review", "supplement_asked", "unit_opinion", "province_returned"];
/// Entries that may be sent.
const CONFIRMED: &[&str] = &["confirmed", "held_back"];
/// Entries that wait for the province or for a correction.
const WAITING: &[&str] = &["forwarded", "correcting"];

/// Entries of a batch in the states that a relation stands for.
pub(crate) fn entries(act: &mut Act<'_>, relation: Relation) -> Vec<Case> {
    let states: &[&str] = match relation {
        Relation::DraftEntries => &["draft"],
        Relation::SubmittedEntries => &["submitted"],
        Relation::ReturnedEntries => &["returned"],
        Relation::ConfirmedEntries => CONFIRMED,
        _ => &["draft", "submitted", "returned"],
    };
    let batch = act.case.id;
    in_states(act, batch, &[states])
}

fn in_states(act: &mut Act<'_>, batch: CaseId, groups: &[&[&str]]) -> Vec<Case> {
    let mut found: Vec<_> = act
        .snapshot
        .family(batch)
        .filter(|case| case.process == Process::ProposalEntry && groups.iter().any(|states| states.contains(&case.state.as_str())))
        .cloned()
        .collect();
    found.sort_by(|a, b| a.number.cmp(&b.number));
    found
}

/// The reason why a guard on a batch or an entry refuses, if it does.
pub(crate) fn refuses(act: &mut Act<'_>, guard: &Guard) -> Option<Reason> {
    let batch = act.case.id;
    match guard {
        Guard::BatchIsDraft => batch_is_draft(act),
        Guard::HasEntries => in_states(act, batch, &[&["draft"]]).is_empty().then(|| Reason::new(Code::NoEntries)),
        Guard::NoEntryUndecided => {
            let open = in_states(act, batch, &[UNDECIDED]);
            numbered(act, &open, Code::EntriesUndecided)
        }
        Guard::SomeEntryConfirmed => forwardable(act.rules, act.snapshot, batch).is_empty().then(|| Reason::new(Code::NoEntryConfirmed)),
        Guard::NoEntryLive => {
            let open = in_states(act, batch, &[UNDECIDED, CONFIRMED, WAITING]);
            numbered(act, &open, Code::EntriesLive)
        }
        Guard::ExportCoversConfirmed => {
            let mut named = act.command.arguments.cases.clone();
            let mut mine: Vec<_> = forwardable(act.rules, act.snapshot, batch).into_iter().map(|case| case.id).collect();
            named.sort_unstable();
            mine.sort_unstable();
            (named != mine).then(|| Reason::new(Code::ExportStale))
        }
        Guard::NamedUnitHasSpoken => has_spoken(act),
        Guard::NoSuchEntryYet => no_such_entry(act),
        Guard::NoStayOrdered => no_stay(act),
        _ => None,
    }
}

fn numbered(act: &mut Act<'_>, open: &[Case], code: Code) -> Option<Reason> {
    act.facts.insert("open_entries".into(), json!(open.len()));
    let numbers: Vec<_> = open.iter().take(5).map(|case| case.number.as_str()).collect();
    let more = if open.len() > 5 { "…" } else { "" };
    (!open.is_empty()).then(|| Reason::new(code).with("open", format!("{}{more}", numbers.join(", "))))
}

/// A draft of the same filing office that has room.
fn batch_is_draft(act: &mut Act<'_>) -> Option<Reason> {
    let batch = act.snapshot.whole(act.case.parent?)?;
    let title = act.rules.catalogue.of_case(&batch)?.definition.state_title(&batch.state);
    if batch.state != "draft" || batch.office != act.case.office {
        return Some(Reason::new(Code::BatchNotDraft).titled("state", title));
    }
    let most = act.setting_number("batch_most_entries")?;
    let held = act.snapshot.claims_on(batch.id).filter(|case| case.process == Process::ProposalEntry).count();
    (held >= most as usize).then(|| Reason::new(Code::BatchFull).with("most", most))
}

fn has_spoken(act: &Act<'_>) -> Option<Reason> {
    let unit = list_type::of(act)?.opinion_of?;
    let spoken = act.case.data.0.proposal().and_then(|data| data.unit_agrees).is_some();
    let name = act.snapshot.rows().offices.get(&unit).map_or(unit, |office| office.zh.clone());
    (!spoken).then(|| Reason::new(Code::OpinionMissing).with("unit", name))
}

/// Entries that ended without a list may be proposed anew.
const OVER: &[&str] = &["withdrawn", "rejected", "province_rejected", "annulled", "dropped"];

fn no_such_entry(act: &mut Act<'_>) -> Option<Reason> {
    let record = act.case.record?;
    let CaseData::ProposalEntry(mine) = act.proposed.clone() else { return None };
    let (own, list_type) = (act.case.id, &mine.form.list_type);
    let others = |case: &&Case| case.id != own && !OVER.contains(&case.state.as_str());
    let same_list = |case: &&Case| case.data.0.proposal().is_some_and(|data| data.form.list_type == *list_type);
    let same = act.snapshot.claims_on(record).filter(others).find(same_list).cloned()?;
    // Of two entries that stand at once the older one goes on.
    let older = act.case.version == 0 || same.number < act.case.number;
    older.then(|| Reason::new(Code::SuchEntryExists).titled("number", act.snapshot.number_of(&same)))
}

/// Entries of a batch that would be sent now: confirmed, with a base document that stands and is not stayed, and counting
/// grounds that are still met.
pub fn forwardable(rules: &Rules, snapshot: &mut Snapshot, batch: CaseId) -> Vec<Case> {
    let mut found: Vec<_> = snapshot
        .family(batch)
        .filter(|case| case.process == Process::ProposalEntry && CONFIRMED.contains(&case.state.as_str()))
        .cloned()
        .collect();
    found.sort_by(|a, b| a.number.cmp(&b.number));
    found.retain(|case| {
        let record = case.record.and_then(|id| snapshot.whole(id));
        let stands = record.is_some_and(|record| record.data.0.record().is_some_and(|data| data.in_force) && !stayed(snapshot, record.id));
        let claim = Claim::of(case.record, &case.data.0);
        stands && claim.is_none_or(|claim| ground_counts(rules, snapshot, claim).iter().all(|count| count.met))
    });
    found
}

/// Whether a review body or a court has stayed the document: a review that was merely filed changes nothing.
fn stayed(snapshot: &Snapshot, record: CaseId) -> bool {
    snapshot.rows().of::<Item>(record).any(|item| {
        item.list == ItemList::ShieldGrounds
            && item.status == ItemStatus::Open
            && (item.key.starts_with("review_stay") || item.key.starts_with("court_stay"))
    })
}

fn no_stay(act: &mut Act<'_>) -> Option<Reason> {
    let record = act.snapshot.whole(act.case.record?)?;
    stayed(act.snapshot, record.id).then(|| Reason::new(Code::StayOrdered).under(Some("order_36_2025/art_19")))
}

/// What an act of a batch or an entry notes in its data.
pub(crate) fn run(act: &mut Act<'_>, effect: &Effect) {
    // What is sent has the day on which its cover letter was signed, which the entries forwarded with it have too.
    let (today, sent_on) = (act.today(), act.signed_on());
    let answered_on = act.command.arguments.dates.get(&DateKey::AnsweredOn).copied();
    let agrees = act.command.arguments.choices.get(&ChoiceKey::Opinion).map(|word| word == "agree");
    let verb = act.verb;
    match (&mut act.case.data.0, effect) {
        (CaseData::ProposalBatch(data), Effect::MarkSubmitted) => data.submitted_on = Some(today),
        (CaseData::ProposalBatch(data), Effect::MarkSent) => data.sent_on = data.sent_on.or(Some(sent_on)),
        (CaseData::ProposalEntry(data), Effect::MarkSent) => data.forwarded_on = Some(sent_on),
        (CaseData::ProposalEntry(data), Effect::MarkOpinion) => data.unit_agrees = agrees,
        (CaseData::ProposalEntry(data), Effect::MarkAnswer) => {
            data.answered_on = answered_on;
            data.answer = match verb {
                Verb::RecordAcceptance => Some(ProvinceAnswer::Accepted),
                Verb::RecordRejection => Some(ProvinceAnswer::Rejected),
                _ => Some(ProvinceAnswer::Returned),
            };
        }
        _ => {}
    }
}
