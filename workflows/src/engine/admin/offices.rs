//! Offices: added, renamed, ended by an administrator, one by one or by a whole file; where each is found.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use domain::{
    command::{Actor, Arguments, Command, Target},
    ids::{CaseId, IdSource},
    letter::Letter,
    office::{Addressee, OfficeDetails, OfficeDraft, OfficeKind},
    process::{Phase, Verb},
    refusal::{Reason, ReasonCode as Code, Refusal},
    rows::{Case, ItemStatus, Office, RoleAssignment, Standing, WorkItem},
};
use serde_json::json;
use time::Date;

use crate::{
    definition::{PartySees, Version, file::Transition, words::Notify},
    engine::{
        Rules,
        act::{Act, desks},
        decide::letters,
        sight::{
            decision::{Draft, NoticeDraft},
            roles::{self, ActorView},
            snapshot::Snapshot,
        },
    },
};

fn fit(details: &OfficeDetails) -> Result<(), Refusal> {
    details.fault().map_or(Ok(()), |field| Err(Reason::new(Code::OfficeDetailUnfit).with("field", field).into()))
}

/// Keys of the offices that stand, for people.
pub(crate) fn standing(snapshot: &Snapshot) -> String {
    let stand = |row: &&Office| row.standing == Standing::Active;
    snapshot.rows().offices.values().filter(stand).map(|row| row.id.as_str()).collect::<Vec<_>>().join(", ")
}

/// An office that stands.
fn known(snapshot: &Snapshot, key: &str) -> Result<Office, Refusal> {
    let row = snapshot.rows().offices.get(key).filter(|row| row.standing == Standing::Active);
    row.cloned().ok_or_else(|| Reason::new(Code::UnknownOffice).with("office", key).with("allowed", standing(snapshot)).into())
}

/// (zh, en) of an office; its key where there is none.
fn named(snapshot: &Snapshot, key: &str) -> (String, String) {
    let row = snapshot.rows().offices.get(key);
    row.map_or_else(|| (key.to_owned(), key.to_owned()), |row| (row.zh.clone(), row.en.clone()))
}

/// Adds offices: all of them, or none where one cannot stand; every fault is named with its row.
pub(crate) fn add(snapshot: &mut Snapshot, drafts: &[OfficeDraft]) -> Result<(), Refusal> {
    let mut reasons = Vec::new();
    for (number, draft) in drafts.iter().enumerate() {
        let row = number + 1;
        let unfit = draft.faults().into_iter().map(|(field, rule)| {
            let reason = Reason::new(Code::OfficeUnfit).with("row", row).with("field", field);
            reason.titled("rule", rule)
        });
        let before = reasons.len();
        reasons.extend(unfit);
        if reasons.len() > before {
            continue;
        }
        if let Some((field, office)) = taken(snapshot, draft) {
            reasons.push(Reason::new(Code::OfficeTaken).with("row", row).with("field", field).titled("office", named(snapshot, &office)));
            continue;
        }
        let new = Office::new(&draft.key, (&draft.zh, &draft.en), draft.kind, draft.division_code.as_deref(), &draft.number_word);
        let new = new.with_details(OfficeDetails::default().changed_by(&draft.details));
        snapshot.put(Office { sector: draft.sector, ..new });
    }
    if drafts.is_empty() {
        return Err(Reason::new(Code::AlreadySo).into());
    }
    if reasons.is_empty() { Ok(()) } else { Err(Refusal { reasons }) }
}

/// What of a draft belongs to another office: its field, and that office.
fn taken(snapshot: &Snapshot, draft: &OfficeDraft) -> Option<(&'static str, String)> {
    let offices = &snapshot.rows().offices;
    if offices.contains_key(&draft.key) {
        return Some(("key", draft.key.clone()));
    }
    let clash = |row: &Office| {
        let same = [
            ("zh", row.zh == draft.zh),
            ("en", row.en == draft.en),
            ("number_word", row.number_word == draft.number_word),
            ("sector", draft.sector.is_some() && row.sector == draft.sector),
            ("kind", row.kind == OfficeKind::PolicyOffice && draft.kind == OfficeKind::PolicyOffice),
        ];
        same.into_iter().find(|(_, same)| *same).map(|(field, _)| (field, row.id.clone()))
    };
    offices.values().filter(|row| row.standing == Standing::Active).find_map(clash)
}

/// Gives an office another name; its key, its numbers and what was made before stay.
pub(crate) fn rename(snapshot: &mut Snapshot, key: &str, zh: &str, en: &str) -> Result<(), Refusal> {
    let row = known(snapshot, key)?;
    if (row.zh.as_str(), row.en.as_str()) == (zh, en) {
        return Err(Reason::new(Code::AlreadySo).into());
    }
    let named = OfficeDraft {
        key: row.id.clone(),
        zh: zh.to_owned(),
        en: en.to_owned(),
        kind: row.kind,
        division_code: None,
        number_word: row.number_word.clone(),
        sector: None,
        details: OfficeDetails::default(),
    };
    let unfit = named.faults().into_iter().find(|(field, _)| matches!(*field, "zh" | "en"));
    if let Some((field, rule)) = unfit {
        return Err(Reason::new(Code::OfficeUnfit).with("row", 1).with("field", field).titled("rule", rule).into());
    }
    let others = |other: &&Office| other.standing == Standing::Active && other.id != key;
    let same = snapshot.rows().offices.values().filter(others).find_map(|other| {
        let same = [("zh", other.zh == zh), ("en", other.en == en)];
        same.into_iter().find(|(_, same)| *same).map(|(field, _)| (field, (other.zh.clone(), other.en.clone())))
    });
    if let Some((field, office)) = same {
        return Err(Reason::new(Code::OfficeTaken).with("row", 1).with("field", field).titled("office", office).into());
    }
    snapshot.put(Office { zh: zh.to_owned(), en: en.to_owned(), ..row });
    Ok(())
}

/// Changes where an office is found and who reviews its acts.
pub(crate) fn change(snapshot: &mut Snapshot, key: &str, details: &OfficeDetails) -> Result<(), Refusal> {
    fit(details)?;
    let row = known(snapshot, key)?;
    let new = row.clone().with_details(row.details().changed_by(details));
    if new == row {
        return Err(Reason::new(Code::AlreadySo).into());
    }
    snapshot.put(new);
    Ok(())
}

/// Whether an office still has to act in a case.
fn lies_at(case: &Case, key: &str) -> bool {
    case.phase != Phase::Ended && (case.office == key || case.finding_office.as_deref() == Some(key))
}

fn waits_at(row: &WorkItem, key: &str) -> bool {
    row.status == ItemStatus::Open && row.office == key
}

/// Ends an office. Without a successor nothing may be open there; with one its seats end and its open cases pass over.
pub(crate) fn end(snapshot: &mut Snapshot, today: Date, key: &str, successor: Option<&str>) -> Result<(), Refusal> {
    let row = known(snapshot, key)?;
    if row.kind == OfficeKind::PolicyOffice {
        return Err(Reason::new(Code::PolicyOfficeStays).into());
    }
    if let Some(successor) = successor {
        known(snapshot, successor)?;
        if successor == key {
            return Err(Reason::new(Code::OwnSuccessor).titled("office", (row.zh, row.en)).into());
        }
    }
    let rows = snapshot.rows();
    let held = |role: &&RoleAssignment| role.office.as_deref() == Some(key) && role.standing != Standing::Ended;
    let seats: Vec<RoleAssignment> = rows.roles.values().filter(held).cloned().collect();
    if successor.is_none() {
        let cases = snapshot.every_case().filter(|case| lies_at(case, key)).count();
        let claims = rows.work_items.values().filter(|item| waits_at(item, key) && item.person.is_some()).count();
        if cases + claims + seats.len() > 0 {
            let reason = Reason::new(Code::OfficeHolds).with("cases", cases).with("claims", claims).with("seats", seats.len());
            return Err(reason.into());
        }
    }
    for seat in seats {
        snapshot.put(RoleAssignment { standing: Standing::Ended, ..seat });
    }
    snapshot.put(Office { standing: Standing::Ended, successor: successor.map(str::to_owned), ended_on: Some(today), ..row });
    Ok(())
}

/// The office that letters about a case name, and that its party turns to.
fn competent(case: &Case) -> &str {
    case.finding_office.as_deref().unwrap_or(&case.office)
}

/// Letters to the party of a case that another office goes on with, as far as it may know of the case.
fn told(
    rules: &Rules,
    snapshot: &mut Snapshot,
    command: &Command,
    (case, version): (&Case, &Arc<Version>),
    from: &str,
) -> Vec<NoticeDraft> {
    let definition = &version.definition;
    let sees = match &definition.party_sees {
        PartySees::Never => false,
        PartySees::All => true,
        PartySees::AllBut(hidden) => !hidden.contains(&case.state),
    };
    if !sees {
        return Vec::new();
    }
    let own = Command {
        actor: Actor::System,
        target: Target::Case(case.id),
        verbs: vec![Verb::PassToSuccessor],
        arguments: Arguments::default(),
        admin: None,
        ..command.clone()
    };
    let (actor, mut ids) = (ActorView { system: true, ..ActorView::default() }, IdSource::new(command.seed));
    let act = Act {
        rules,
        snapshot,
        command: &own,
        version: version.clone(),
        row: Arc::new(Transition::of_the_house(Verb::PassToSuccessor)),
        verb: Verb::PassToSuccessor,
        actor: &actor,
        case: case.clone(),
        proposed: case.data.0.clone(),
        ids: &mut ids,
        facts: BTreeMap::new(),
    };
    let to = definition.moved_days_tell.unwrap_or(Addressee::Party);
    let mut notices = letters::notices(&act, &Notify { letter: Letter::OfficeSucceeded, to });
    let before = act.snapshot.rows().offices.get(from).map(|office| format!("{} {}", office.zh, office.en));
    for notice in &mut notices {
        notice.arguments["points"] = json!(before.iter().collect::<Vec<_>>());
    }
    notices
}

/// What is open at an office that has ended passes to its successor: an entry a case, its work items unclaimed there, and a
/// letter to its party where another office is competent now.
pub(crate) fn pass_on(rules: &Rules, snapshot: &mut Snapshot, command: &Command, key: &str, entries: &mut Vec<Draft>) {
    let successor = roles::goes_on(snapshot, key);
    let rows = snapshot.rows();
    let waiting = rows.work_items.values().filter(|item| waits_at(item, key)).map(|item| item.case_id);
    let open: BTreeSet<CaseId> = snapshot.every_case().filter(|case| lies_at(case, key)).map(|case| case.id).chain(waiting).collect();
    let house = ActorView { system: true, ..ActorView::default() };
    for id in open {
        let Some(mut case) = snapshot.rows().cases.get(&id.to_string()).cloned() else { continue };
        let Some(version) = rules.catalogue.of_case(&case) else { continue };
        let (start, first) = (snapshot.mark(), entries.len());
        let items: Vec<WorkItem> = snapshot.rows().of::<WorkItem>(id).filter(|item| waits_at(item, key)).cloned().collect();
        for item in items {
            snapshot.put(WorkItem { person: None, office: successor.clone(), ..item });
        }
        let moved = |office: &str| if office == key { successor.clone() } else { office.to_owned() };
        let passes = competent(&case) == key;
        (case.office, case.finding_office) = (moved(&case.office), case.finding_office.as_deref().map(moved));
        let notices = if passes { told(rules, snapshot, command, (&case, &version), key) } else { Vec::new() };
        desks::record(snapshot, command, &house, None, case, &version, Verb::PassToSuccessor, start, entries);
        for entry in &mut entries[first..] {
            (entry.cause, entry.notices) = (Some(0), notices.clone());
        }
    }
}
