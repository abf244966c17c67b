//! What an act tells by letter: to whom, and what the letter is made from.

use std::collections::BTreeSet;

use domain::{
    data::{BaseKind, RecordData},
    ids::AccountId,
    letter::Letter,
    office::{Addressee, Rank, Role},
    process::Process,
    rows::{Binding, Deadline, DeadlineStatus},
};
use serde_json::{Value, json};
use time::Date;

use crate::{
    definition::words::Notify,
    engine::{
        act::{Act, notes},
        sight::{
            decision::{NoticeDraft, Recipient},
            roles,
        },
    },
    processes::{self, list_type, shield},
};

/// A letter to everyone the addressee stands for.
pub(crate) fn notices(act: &Act<'_>, notify: &Notify) -> Vec<NoticeDraft> {
    let arguments = arguments(act, notify.letter);
    recipients(act, notify.to)
        .into_iter()
        .map(|recipient| NoticeDraft { letter: notify.letter, recipient, arguments: arguments.clone() })
        .collect()
}

pub(crate) fn recipients(act: &Act<'_>, to: Addressee) -> Vec<Recipient> {
    let account = |id: AccountId| Recipient { account: Some(id), address: None };
    let rows = act.snapshot.rows();
    match to {
        Addressee::Party => {
            let bound = act.case.subject.into_iter().flat_map(|subject| rows.of::<Binding>(subject));
            let mut found: Vec<_> = bound.filter(|row| roles::binds(row, act.today())).map(|row| account(row.account)).collect();
            if found.is_empty()
                && let Some(email) = processes::contact(&act.case.data.0)
            {
                found.push(Recipient { account: None, address: Some(email) });
            }
            found
        }
        Addressee::Requester => act.case.data.0.requester().map(account).into_iter().collect(),
        Addressee::FindingUnit => {
            let office = act.case.finding_office.as_deref().unwrap_or(&act.case.office);
            office_staff(act, &roles::goes_on(act.snapshot, office), account)
        }
        Addressee::FilingOffice => office_staff(act, &roles::goes_on(act.snapshot, &act.case.office), account),
        Addressee::NamedUnit => {
            let unit = list_type::of(act).and_then(|list_type| roles::unit_of(act.snapshot, list_type.opinion_of?));
            unit.map(|unit| office_staff(act, &unit, account)).unwrap_or_default()
        }
        Addressee::AskedOffice => act.command.arguments.office.as_deref().map(|office| answerers(act, office)).unwrap_or_default(),
        Addressee::AskingOffice => {
            let office = notes::asked_by(act).map(|office| roles::goes_on(act.snapshot, office));
            office.map(|office| answerers(act, &office)).unwrap_or_default()
        }
        Addressee::PolicyOffice => roles::policy_office(act.snapshot).map(|office| office_staff(act, &office, account)).unwrap_or_default(),
    }
}

/// The officers of an office; its heads where it has none.
fn answerers(act: &Act<'_>, office: &str) -> Vec<Recipient> {
    let of = |rank: Rank| -> BTreeSet<AccountId> {
        let seats = roles::active_holders(act.snapshot, act.today());
        seats.filter(|role| role.rank == rank && role.office.as_deref() == Some(office)).map(|role| role.account).collect()
    };
    let officers = of(Rank::Officer);
    let told = if officers.is_empty() { of(Rank::Head) } else { officers };
    told.into_iter().map(|account| Recipient { account: Some(account), address: None }).collect()
}

/// Letters to offices whose comment is needed no longer, since the case came to its end.
pub(crate) fn not_needed(act: &Act<'_>, offices: &[String]) -> Vec<NoticeDraft> {
    let letter = Letter::OfficeAskFell;
    let arguments = if offices.is_empty() { Value::Null } else { arguments(act, letter) };
    let told = offices.iter().flat_map(|office| answerers(act, office));
    told.map(|recipient| NoticeDraft { letter, recipient, arguments: arguments.clone() }).collect()
}

fn office_staff(act: &Act<'_>, office: &str, account: impl Fn(AccountId) -> Recipient) -> Vec<Recipient> {
    let mut staff: Vec<_> = roles::active_holders(act.snapshot, act.today())
        .filter(|role| role.office.as_deref() == Some(office) && matches!(role.rank, Rank::Officer | Rank::CounterClerk))
        .map(|role| role.account)
        .collect();
    staff.sort_unstable();
    staff.dedup();
    staff.into_iter().map(account).collect()
}

/// The earliest last day, from today on, of the open deadlines whose owner is one of these; whether it is provisional.
fn ends(act: &Act<'_>, owners: impl Fn(&str) -> bool) -> Option<(Date, bool)> {
    let runs = |row: &&Deadline| row.status == DeadlineStatus::Open && !notes::is_clock(row);
    let open = act.mine::<Deadline>().filter(runs).filter(|row| row.owner.as_deref().is_some_and(&owners));
    open.filter_map(|row| row.due_on.filter(|due| *due >= act.today()).map(|due| (due, row.provisional == 1))).min()
}

/// The number of the commitment whose finding is challenged.
fn challenged_commitment(act: &Act<'_>, of_a_record: bool) -> Option<String> {
    let challenged = act.case.parent.filter(|_| act.case.process == Process::Objection && !of_a_record)?;
    let case = act.snapshot.rows().cases.get(&challenged.to_string())?;
    (case.process == Process::Commitment).then(|| case.number.clone())
}

/// What the letter says, without any personal text: sealed values are named by id and opened when it is sent.
fn arguments(act: &Act<'_>, letter: Letter) -> serde_json::Value {
    let arguments = &act.command.arguments;
    let record = act.record_case();
    let writes = |owner: &str| [Role::Party.key(), Role::FilingClerk.key()].contains(&owner);
    let (office_acts, hand_in) = (ends(act, |owner| !writes(owner)), ends(act, writes));
    // What offices write to each other, and why a case came to its end, is read in the case.
    let between = letter.is_between_offices();
    let items: Vec<_> = arguments.items.values().flatten().filter(|_| !between).filter_map(|item| item.words.clone()).collect();
    let record_data = record.as_ref().and_then(|case| case.data.0.record());
    let mut said = json!({
        "letter": letter,
        "case": act.case.id,
        "case_number": act.case.number,
        "process": act.case.process,
        "subject": act.case.subject,
        "office": act.case.finding_office.as_ref().unwrap_or(&act.case.office),
        "record_number": record.as_ref().map(|case| case.number.clone()),
        "commitment_number": challenged_commitment(act, record.is_some()),
        "record": record_data.map(of_record),
        "is_falsity": record_data.is_some_and(|data| data.base == BaseKind::Falsity),
        "earliest_repair": record_data.and_then(domain::data::RecordData::first_day_of_repair).map(|found| found.day()),
        "max_last_day": record_data.and_then(|data| data.terms.max_last_day.max(data.continued_until)),
        "document_number": processes::issued_number(&act.case.data.0),
        "reason": arguments.reason.as_ref().filter(|_| !between),
        "reason_code": arguments.reason_code.filter(|_| !between),
        "items": items,
        "due_on": office_acts.map(|(day, _)| day),
        "due_provisional": office_acts.is_some_and(|(_, provisional)| provisional),
        "hand_in_by": hand_in.map(|(day, _)| day),
        "hand_in_provisional": hand_in.is_some_and(|(_, provisional)| provisional),
        "citations": shield::cites(act),
        "by_analogy": act.row.like,
        "effective_on": act.paper_day(),
        "entered_on": act.today(),
    });
    for (key, value) in processes::said(&act.case.data.0) {
        said[key] = value;
    }
    if let Some(due) = notes::answer_due(act) {
        (said["due_on"], said["due_provisional"]) = (due["on"].clone(), due["provisional"].clone());
    }
    if let Some(office) = notes::writer(act).filter(|_| matches!(letter, Letter::OfficeAsked | Letter::OfficeAnswered)) {
        said["office"] = json!(office);
    }
    if letter == Letter::CaseMoved {
        said["points"] = json!(moved_to(act));
    }
    if letter == Letter::DeadlineMoved {
        said["points"] = json!(counted_again(act));
    }
    said
}

/// The clocks that the act counts again, and that run.
fn counted_again(act: &Act<'_>) -> Vec<String> {
    let rules = act.version.definition.deadline.iter().filter(|rule| rule.recounted_by.contains(&act.verb));
    let running = rules.filter(|rule| act.deadline(&rule.key).is_some_and(|row| row.status == DeadlineStatus::Open));
    running.map(|rule| format!("{} {}", rule.zh, rule.en)).collect()
}

/// What a letter about a record says of it.
fn of_record(data: &RecordData) -> serde_json::Value {
    json!({
        "decision_number": data.form.decision_number,
        "violation": data.form.violation,
        "class": data.terms.class,
        "shown": data.published_on.is_some() && data.ended_on.is_none(),
        "publication_due": data.terms.publication_due,
        "ended": data.ended_on.is_some(),
        "min_last_day": data.terms.min_last_day,
    })
}

/// The law that a case was moved to, and the state it is in there.
fn moved_to(act: &Act<'_>) -> Vec<String> {
    let law = &act.version.definition;
    let (title, from) = (&law.title, law.in_force_from);
    let state = law.state(&act.case.state).map(|state| format!("{} {}", state.zh, state.en));
    std::iter::once(format!("《{}》，{from}起施行 {}, in force from {from}", title.zh, title.en)).chain(state).collect()
}
