//! Proposed list: the entries that it holds, and in which of them something is still to be done.

use domain::{
    ids::CaseId,
    personal::Sealed,
    process::{CaseData, Form, FormKey, Process},
    proposal::BatchData,
    refusal::{Reason, ReasonCode as Code},
    rows::Case,
};
use serde_json::{Value, json};
use time::Date;

use super::{
    ground_count::{Claim, ground_counts},
    kind::{Filing, Kind, Proposed},
    proposal_entry::stayed,
};
use crate::{
    definition::{file::Mark, words::Relation},
    engine::{Rules, Snapshot, act::Act},
};

pub(crate) struct ProposalBatch;

impl Kind for ProposalBatch {
    type Data = BatchData;
    const FORMS: &'static [FormKey] = &[FormKey::BatchHeading];

    fn open(form: &Form, _: &Filing<'_>) -> Option<BatchData> {
        let Form::BatchHeading(form) = form else { return None };
        Some(BatchData { form: (**form).clone(), submitted_on: None, sent_on: None })
    }

    fn amend(_: &Rules, data: &mut BatchData, form: &Form) {
        if let Form::BatchHeading(form) = form {
            data.form = (**form).clone();
        }
    }

    fn propose(_: &Proposed<'_>, _: &mut BatchData) {}

    fn event_day(_: &BatchData) -> Option<Date> {
        None
    }

    fn contact(_: &BatchData) -> Option<Sealed> {
        None
    }

    fn issued_number(_: &BatchData) -> Option<String> {
        None
    }

    fn said(_: &BatchData) -> Vec<(&'static str, Value)> {
        Vec::new()
    }
}

/// Entries of a batch in the states that a relation stands for.
pub(crate) fn entries(act: &mut Act<'_>, relation: Relation) -> Vec<Case> {
    let marks: &[Mark] = match relation {
        Relation::DraftEntries => &[Mark::Draft],
        Relation::SubmittedEntries => &[Mark::Submitted],
        Relation::ReturnedEntries => &[Mark::Returned],
        Relation::ConfirmedEntries => &[Mark::Confirmed],
        _ => &[Mark::Draft, Mark::Submitted, Mark::Returned],
    };
    marked(act, marks)
}

/// The entries of this batch whose states count as one of these, by number.
fn marked(act: &mut Act<'_>, marks: &[Mark]) -> Vec<Case> {
    let (batch, rules) = (act.case.id, act.rules);
    entries_of(rules, act.snapshot, batch, marks)
}

fn entries_of(rules: &Rules, snapshot: &mut Snapshot, batch: CaseId, marks: &[Mark]) -> Vec<Case> {
    let counts = |case: &&Case| case.process == Process::ProposalEntry && marks.iter().any(|mark| rules.catalogue.counts_as(case, *mark));
    let mut found: Vec<_> = snapshot.family(batch).filter(counts).cloned().collect();
    found.sort_by(|a, b| a.number.cmp(&b.number));
    found
}

/// Some draft entry stands in it.
pub(crate) fn has_entries(act: &mut Act<'_>) -> Option<Reason> {
    marked(act, &[Mark::Draft]).is_empty().then(|| Reason::new(Code::NoEntries))
}

/// Every entry is decided.
pub(crate) fn no_entry_undecided(act: &mut Act<'_>) -> Option<Reason> {
    let open = marked(act, &[Mark::Undecided]);
    numbered(act, &open, Code::EntriesUndecided)
}

/// Some entry would be sent now.
pub(crate) fn some_entry_confirmed(act: &mut Act<'_>) -> Option<Reason> {
    let batch = act.case.id;
    forwardable(act.rules, act.snapshot, batch).is_empty().then(|| Reason::new(Code::NoEntryConfirmed))
}

/// Nothing is left to do in any entry.
pub(crate) fn no_entry_live(act: &mut Act<'_>) -> Option<Reason> {
    let open = marked(act, &[Mark::Undecided, Mark::Confirmed, Mark::Waiting]);
    numbered(act, &open, Code::EntriesLive)
}

/// The export that is sent holds exactly the entries that would be sent now.
pub(crate) fn export_covers_confirmed(act: &mut Act<'_>) -> Option<Reason> {
    let batch = act.case.id;
    let mut named = act.command.arguments.cases.clone();
    let mut mine: Vec<_> = forwardable(act.rules, act.snapshot, batch).into_iter().map(|case| case.id).collect();
    named.sort_unstable();
    mine.sort_unstable();
    (named != mine).then(|| Reason::new(Code::ExportStale))
}

fn numbered(act: &mut Act<'_>, open: &[Case], code: Code) -> Option<Reason> {
    act.facts.insert("open_entries".into(), json!(open.len()));
    let numbers: Vec<_> = open.iter().take(5).map(|case| case.number.as_str()).collect();
    let more = if open.len() > 5 { "…" } else { "" };
    (!open.is_empty()).then(|| Reason::new(code).with("open", format!("{}{more}", numbers.join(", "))))
}

/// Entries of a batch that would be sent now: confirmed, with a base document that stands and is not stayed, and counting
/// grounds that are still met.
pub fn forwardable(rules: &Rules, snapshot: &mut Snapshot, batch: CaseId) -> Vec<Case> {
    let mut found = entries_of(rules, snapshot, batch, &[Mark::Confirmed]);
    found.retain(|case| {
        let record = case.record.and_then(|id| snapshot.whole(id));
        let stands = record.is_some_and(|record| record.data.0.record().is_some_and(|data| data.in_force) && !stayed(snapshot, record.id));
        let claim = Claim::of(case.record, &case.data.0);
        stands && claim.is_none_or(|claim| ground_counts(rules, snapshot, claim).iter().all(|count| count.met))
    });
    found
}

pub(crate) fn mark_submitted(act: &mut Act<'_>) {
    let today = act.today();
    if let CaseData::ProposalBatch(data) = &mut act.case.data.0 {
        data.submitted_on = Some(today);
    }
}

/// The first day on which entries of it went to the province: that on which the cover letter was signed.
pub(crate) fn mark_sent(act: &mut Act<'_>) {
    let sent_on = act.signed_on();
    if let CaseData::ProposalBatch(data) = &mut act.case.data.0 {
        data.sent_on = data.sent_on.or(Some(sent_on));
    }
}
