//! Claimed work whose claimant has lost the right to its desk: it goes back, and the head is told.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    admin::AdminAct,
    ids::{AccountId, PersonId},
    letter::Letter,
    office::Rank,
    rows::{ItemStatus, WorkItem},
};
use serde_json::json;
use time::Date;

use crate::engine::sight::{
    decision::{NoticeDraft, Recipient},
    roles,
    snapshot::Snapshot,
};

/// Case numbers that one letter lists; the others stand on the desk.
const LISTED: usize = 50;

/// Whose claims an act may loosen.
enum Whose<'a> {
    These(BTreeSet<PersonId>),
    /// Whoever has claimed something at this office.
    At(&'a str),
    Everybody,
}

/// The persons who may lose a desk by an act: a disabled account, a seat that is taken away, and whoever stands in for
/// them; at an office that ends everybody; by the calendar anybody, since a deputy's days end without an act.
fn may_lose<'a>(snapshot: &Snapshot, act: &'a AdminAct) -> Option<Whose<'a>> {
    let rows = snapshot.rows();
    let account = match act {
        AdminAct::DisableAccount { id } => *id,
        AdminAct::RevokeRole { id } => rows.roles.get(&id.to_string())?.account,
        AdminAct::ReturnClaims => return Some(Whose::Everybody),
        AdminAct::EndOffice { key, .. } => return Some(Whose::At(key)),
        _ => return None,
    };
    let deputies = rows.roles.values().filter(|role| role.principal == Some(account)).map(|role| role.account);
    let persons = deputies.chain([account]).filter_map(|id| rows.accounts.get(&id.to_string()).map(|row| row.person));
    Some(Whose::These(persons.collect()))
}

/// Claimed work items whose claimant no longer sits at their desk after an act, by key. The only place that says so.
pub(crate) fn loose(snapshot: &Snapshot, act: &AdminAct, today: Date) -> Vec<WorkItem> {
    let Some(whose) = may_lose(snapshot, act) else { return Vec::new() };
    let meant = |row: &WorkItem, person: PersonId| match &whose {
        Whose::These(persons) => persons.contains(&person),
        Whose::At(office) => row.office == *office,
        Whose::Everybody => true,
    };
    let gone = |row: &&WorkItem| {
        let claimant = row.person.filter(|person| row.status == ItemStatus::Open && meant(row, *person));
        claimant.is_some_and(|person| !roles::person_sits(snapshot, person, row.rank, &row.office, today))
    };
    snapshot.rows().work_items.values().filter(gone).cloned().collect()
}

/// The letters to the heads of the desks that claimed work comes back to; to the policy office where an office has no head.
pub(crate) fn told(snapshot: &Snapshot, loose: &[WorkItem], today: Date) -> Vec<NoticeDraft> {
    let mut by_office: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for item in loose {
        if let Some(case) = snapshot.rows().cases.get(&item.case_id.to_string()) {
            by_office.entry(&item.office).or_default().insert(&case.number);
        }
    }
    let heads = |office: Option<&str>| -> BTreeSet<AccountId> {
        roles::active_holders(snapshot, today)
            .filter(|role| role.rank == Rank::Head && role.office.as_deref() == office)
            .map(|role| role.account)
            .collect()
    };
    let policy = roles::policy_office(snapshot);
    let mut notices = Vec::new();
    for (office, numbers) in by_office {
        let office = roles::goes_on(snapshot, office);
        let mut readers = heads(Some(&office));
        if readers.is_empty() {
            readers = heads(policy.as_deref());
        }
        let more = numbers.len().saturating_sub(LISTED);
        let listed = numbers.iter().take(LISTED).map(ToString::to_string).chain((more > 0).then(|| format!("… +{more}")));
        let arguments = json!({
            "letter": Letter::ClaimsReturned,
            "matter": ["待办", "Work items"],
            "case_number": today,
            "office": office,
            "points": listed.collect::<Vec<_>>(),
            "effective_on": today,
        });
        let to = |account| NoticeDraft {
            letter: Letter::ClaimsReturned,
            recipient: Recipient { account: Some(account), address: None },
            arguments: arguments.clone(),
        };
        notices.extend(readers.into_iter().map(to));
    }
    notices
}
