//! Drafts into entries of the tree.

use domain::{
    admin::AdminAct,
    entry::{Entry, MachineClock},
    merkle::leaf_hash,
    moment::Micros,
    rows::NoticeStatus,
};
use serde_json::{Map, Value, json};
use uuid::Uuid;
use workflows::engine::{Decision, Draft, Rules, Snapshot};

use super::request::{Credential, PersonalDraft};
use crate::store::{
    StoreFault,
    cells::{CredentialRow, Ending, NoticeRow, PersonalRow, Unwritten},
    trail::row_of,
    tree,
    write::Outcomes,
};

/// When an entry is written, and by which clock.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stamp {
    pub now: Micros,
    pub simulated: bool,
    /// The machine's clock, where it could not be believed.
    pub clock: Option<MachineClock>,
}

/// Adds a decision's entries to the batch, in their order: that of the act, and the numbers of its follow-ups.
pub(super) fn add(
    rules: &Rules,
    snapshot: &Snapshot,
    outcomes: &mut Outcomes,
    decision: Decision,
    stamp: Stamp,
) -> Result<(Option<Entry>, Vec<u64>), StoreFault> {
    let first = outcomes.frontier.size();
    let mut written = decision.into_entries().into_iter().map(|draft| entry(rules, snapshot, outcomes, draft, first, stamp));
    let act = written.next().transpose()?;
    Ok((act, written.map(|entry| Ok(entry?.index)).collect::<Result<_, StoreFault>>()?))
}

/// Adds one entry: its exact bytes, its leaf and the nodes it completes, its notices.
pub(super) fn entry(
    rules: &Rules,
    snapshot: &Snapshot,
    outcomes: &mut Outcomes,
    draft: Draft,
    first: u64,
    stamp: Stamp,
) -> Result<Entry, StoreFault> {
    let index = outcomes.frontier.size();
    let Stamp { now, simulated, clock } = stamp;
    let entry = Entry {
        index,
        process: draft.process.map(|process| process.key().to_owned()),
        case: draft.case,
        version: draft.version,
        cause: draft.cause.map(|cause| first + cause as u64).or(draft.under),
        verb: draft.verb,
        actor: draft.actor,
        person: draft.person,
        acting_for: draft.principal.map(|(account, _)| account),
        principal: draft.principal.map(|(_, person)| person),
        for_subject: draft.agency.map(|(subject, _)| subject),
        authority: draft.agency.map(|(_, binding)| binding),
        office: draft.office,
        effective_on: draft.effective_on,
        recorded_at: now,
        simulated,
        clock,
        outcome: serde_json::to_value(&draft.outcome).unwrap_or_default(),
        definition: draft.definition,
        law: rules.law.digests().into_iter().map(|(name, digest)| (name.to_owned(), json!(digest))).collect(),
        input: draft.input,
        facts: draft.facts.into_iter().collect::<Map<_, _>>(),
        changes: draft.changes.into_iter().map(Value::from).collect(),
        notices: draft.notices.iter().map(|notice| json!({ "letter": notice.letter, "recipient": notice.recipient })).collect(),
        skipped: draft.skipped,
        cites: draft.cites,
    };
    let bytes = entry.to_bytes().map_err(StoreFault::broken)?;
    let leaf = leaf_hash(&bytes);
    outcomes.nodes.extend(outcomes.frontier.append(leaf).into_iter().filter(tree::is_kept));
    let case = draft.case.and_then(|id| snapshot.rows().cases.get(&id.to_string()));
    // Of a case that does not count nobody is told yet.
    let status = if case.is_none_or(|case| snapshot.counts(case)) { NoticeStatus::Waiting } else { NoticeStatus::Held };
    for (number, notice) in draft.notices.iter().enumerate() {
        let id = Uuid::new_v5(&Uuid::NAMESPACE_OID, format!("notice|{index}|{number}|{leaf}").as_bytes());
        outcomes.notices.push(NoticeRow {
            id,
            entry: index,
            case_id: entry.case,
            letter: notice.letter.key().to_owned(),
            account: notice.recipient.account,
            address: notice.recipient.address.clone(),
            arguments: named(snapshot, &notice.arguments).to_string(),
            status,
            attempts: 0,
            created_at: now,
        });
    }
    let text = String::from_utf8(bytes).map_err(StoreFault::broken)?;
    outcomes.entries.push(row_of(&entry, &leaf, text));
    Ok(entry)
}

/// A letter's arguments with the name that its office has now: a letter keeps it when the office is renamed.
fn named(snapshot: &Snapshot, arguments: &Value) -> Value {
    let mut arguments = arguments.clone();
    let office = arguments["office"].as_str().and_then(|key| snapshot.rows().offices.get(key));
    if let (Some(office), Some(said)) = (office, arguments.as_object_mut()) {
        said.insert("office_names".to_owned(), json!([office.zh, office.en]));
    }
    arguments
}

/// Rows of personal values, written with the entry that first names them.
pub(super) fn personal(outcomes: &mut Outcomes, drafts: &[PersonalDraft], entry: u64) {
    for draft in drafts {
        outcomes.personal.push(PersonalRow {
            id: draft.id,
            entry,
            path: draft.path.clone(),
            salt: draft.salt.clone(),
            key_id: draft.key_id.clone(),
            sealed: draft.sealed.clone(),
        });
    }
}

/// The password that an accepted act sets, and the tokens that end with it or with the account.
pub(super) fn sign_in(outcomes: &mut Outcomes, act: Option<&AdminAct>, credential: Option<&Credential>, now: Micros) {
    if let Some(Credential { account, hash }) = credential {
        outcomes.credentials.push(CredentialRow { account: *account, hash: hash.clone(), changed_at: now });
        outcomes.ended.push(Ending { id: account.to_string(), at: now });
    }
    // At enabling too: a token that was made while the account was being disabled must not come back to life.
    if let Some(AdminAct::DisableAccount { id } | AdminAct::EnableAccount { id }) = act {
        outcomes.ended.push(Ending { id: id.to_string(), at: now });
    }
}

/// Values that an accepted act takes away, and letters that are not written after all, in the same write as its entry.
pub(super) fn erased(outcomes: &mut Outcomes, act: Option<&AdminAct>, now: Micros) {
    let Some(act) = act else { return };
    outcomes.erased.extend(act.erased_values().iter().map(|id| Ending { id: id.to_string(), at: now }));
    if let AdminAct::ClearImport { cases, .. } = act {
        outcomes.unwritten.extend(cases.iter().map(|case| Unwritten { case_id: *case }));
    }
}
