//! Letters about seats that a second person has to confirm: to those who may, and back to whoever asked.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    ids::{AccountId, PersonId},
    letter::Letter,
    office::Rank,
    rows::{RoleAssignment, Standing},
};
use serde_json::json;
use time::Date;

use crate::engine::sight::{
    decision::{NoticeDraft, Recipient},
    roles,
    snapshot::Snapshot,
};

/// Seats that wait for a second person, by key.
pub(crate) type Pending = BTreeMap<String, RoleAssignment>;

/// The seats that wait now.
pub(crate) fn pending(snapshot: &Snapshot) -> Pending {
    let waits = |(_, row): &(&String, &RoleAssignment)| row.standing == Standing::Pending;
    snapshot.rows().roles.iter().filter(waits).map(|(key, row)| (key.clone(), row.clone())).collect()
}

/// The letters of an act, from the seats that waited before it and those that wait after it.
pub(crate) fn told(snapshot: &Snapshot, before: &Pending, today: Date) -> Vec<NoticeDraft> {
    let now = pending(snapshot);
    let mut notices = Vec::new();
    for (_, seat) in now.iter().filter(|(key, _)| !before.contains_key(*key)) {
        let barred = [seat.asked_by, person(snapshot, seat.account)];
        let may = |rank: Rank| matches!(rank, Rank::Administrator | Rank::Leader);
        let readers = holders(snapshot, today, |rank, holder| may(rank) && !barred.contains(&Some(holder)));
        notices.extend(readers.into_iter().filter_map(|reader| letter(snapshot, Letter::SeatAsked, seat, reader, today)));
    }
    for (key, seat) in before.iter().filter(|(key, _)| !now.contains_key(*key)) {
        let stands = snapshot.rows().roles.get(key).is_some_and(|row| row.standing == Standing::Active);
        let outcome = if stands { Letter::SeatConfirmed } else { Letter::SeatDeclined };
        let readers = holders(snapshot, today, |_, holder| seat.asked_by == Some(holder));
        notices.extend(readers.into_iter().filter_map(|reader| letter(snapshot, outcome, seat, reader, today)));
    }
    notices
}

fn person(snapshot: &Snapshot, account: AccountId) -> Option<PersonId> {
    snapshot.rows().accounts.get(&account.to_string()).map(|row| row.person)
}

/// Accounts that hold a seat today, of whom this is true of a seat's rank and the person.
fn holders(snapshot: &Snapshot, today: Date, meant: impl Fn(Rank, PersonId) -> bool) -> BTreeSet<AccountId> {
    let theirs = |role: &&RoleAssignment| person(snapshot, role.account).is_some_and(|holder| meant(role.rank, holder));
    roles::active_holders(snapshot, today).filter(theirs).map(|role| role.account).collect()
}

fn letter(snapshot: &Snapshot, letter: Letter, seat: &RoleAssignment, reader: AccountId, today: Date) -> Option<NoticeDraft> {
    let rows = snapshot.rows();
    let ((rank_zh, rank_en), office) = (seat.rank.title(), seat.office.clone().or_else(|| roles::policy_office(snapshot)));
    let at = seat.office.as_ref().and_then(|office| rows.offices.get(office));
    let (at_zh, at_en) = at.map_or((String::new(), String::new()), |row| (format!("（{}）", row.zh), format!(" ({})", row.en)));
    let (deputy_zh, deputy_en) = if seat.principal.is_some() { ("代理", "deputy of the ") } else { ("", "") };
    let arguments = json!({
        "letter": letter,
        "matter": [format!("岗位：{deputy_zh}{rank_zh}{at_zh}"), format!("Seat: {deputy_en}{rank_en}{at_en}")],
        "case_number": today,
        "office": office,
        "items": [rows.accounts.get(&seat.account.to_string())?.name.0.to_string()],
        "effective_on": today,
    });
    Some(NoticeDraft { letter, recipient: Recipient { account: Some(reader), address: None }, arguments })
}
