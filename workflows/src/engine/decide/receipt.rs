//! Hand-overs: what one office gives to another stands in the entry of the act, so that a receipt can be made of it.

use domain::{
    paper::DateKey,
    process::{Process, Verb},
    receipt::{HandedOver, Party, Side},
    rows::{Case, Document},
};
use serde_json::{Value, json};

use crate::{
    definition::words::{Relation, Sides},
    engine::{act::Act, sight::roles},
    processes::proposal_batch,
};

/// Notes in the entry what is handed over, from whom to whom.
pub(crate) fn hand_over(act: &mut Act<'_>, sides: Sides) {
    let Some(batch) = batch(act) else { return };
    let with = &act.command.arguments;
    let said =
        if with.reason.is_some() || !with.items.is_empty() { json!({ "reason": with.reason, "items": with.items }) } else { Value::Null };
    let papers = with.documents.iter().flat_map(|(kind, drafts)| drafts.iter().map(|draft| (*kind, draft.sha256.clone()))).collect();
    let handed = HandedOver {
        said,
        papers,
        from: party(act, &batch, sides.from),
        to: party(act, &batch, sides.to),
        period: batch.data.0.batch().map(|data| data.form.period.clone()).unwrap_or_default(),
        act: act.title_of(act.verb).0,
        batch: batch.number,
        received_on: act.date(DateKey::ReceivedOn),
        lines: entries(act).iter().map(|entry| line(act, entry)).collect(),
    };
    act.facts.insert("handed_over".to_owned(), json!(handed));
}

fn batch(act: &mut Act<'_>) -> Option<Case> {
    match act.case.process {
        Process::ProposalBatch => Some(act.case.clone()),
        _ => act.snapshot.whole(act.case.parent?),
    }
}

fn party(act: &Act<'_>, batch: &Case, side: Side) -> Party {
    let office = match side {
        Side::FilingOffice => Some(batch.office.clone()),
        Side::PolicyOffice => roles::policy_office(act.snapshot),
        Side::Province => None,
    };
    let row = office.as_ref().and_then(|key| act.snapshot.rows().offices.get(key));
    Party {
        side,
        office: office.clone().unwrap_or_else(|| side.key().to_owned()),
        zh: row.map_or_else(|| "省交通运输厅".to_owned(), |row| row.zh.clone()),
        key: row.and_then(|row| row.receipt_key.clone()),
    }
}

/// The entries that go over: those that the act of a batch moves, or the entry itself.
fn entries(act: &mut Act<'_>) -> Vec<Case> {
    let moved = match act.verb {
        Verb::Submit => proposal_batch::entries(act, Relation::DraftEntries),
        Verb::ReturnToFiler => proposal_batch::entries(act, Relation::SubmittedEntries),
        Verb::SendToProvince | Verb::SendSupplement => proposal_batch::forwardable(act.rules, act.snapshot, act.case.id),
        _ => return vec![act.case.clone()],
    };
    // With all their rows: the documents are part of what goes over.
    moved.iter().filter_map(|entry| act.snapshot.whole(entry.id)).collect()
}

fn line(act: &mut Act<'_>, entry: &Case) -> Value {
    let record = entry.record.and_then(|id| act.snapshot.whole(id));
    let mut documents: Vec<_> =
        act.snapshot.rows().of::<Document>(entry.id).map(|row| json!({ "kind": row.kind, "sha256": row.sha256 })).collect();
    documents.sort_by_key(Value::to_string);
    json!({
        "number": entry.number,
        "version": entry.version,
        "record": record.as_ref().map(|record| record.number.clone()),
        "decision": record.as_ref().and_then(|record| record.data.0.record()).map(|data| data.form.decision_number.clone()),
        "data": entry.data.0,
        "documents": documents,
    })
}
