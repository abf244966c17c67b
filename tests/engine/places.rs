//! Every guard of every row refuses in a case where nothing else does; and without that guard the same case tells.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    command::{Actor, Arguments, Opening, Target},
    ids::{CaseId, RowId},
    listing::Issued,
    office::Role,
    process::{CaseData, Process, Verb},
    refusal::ReasonCode as Code,
    rows::{AsText, Case, NoteKind, NoteStatus, OfficeNote},
};
use toml::{Table, Value};
use workflows::{
    definition::{
        file::Transition,
        header::About,
        words::{Effect, Guard},
    },
    engine::{Reach, Rules, Snapshot, decide},
};

use super::{
    bend::{Bent, stands},
    bring,
    city::{City, OFFICERS, OFFICES, definition, sealed, the_rules},
    walk::Walk,
};
use crate::{
    rooms,
    support::{chance::Chance, sources},
};

/// A city with one case of every process; only the record is far.
pub struct Template {
    city: City,
    cases: Vec<CaseId>,
}

impl Template {
    pub fn new(rules: &Rules) -> Self {
        let mut walk = Walk::new(rules, 1);
        walk.city.set("list_basis_overloading", "true");
        walk.city.subjects.truncate(1);
        walk.city.parties.truncate(1);
        for process in rooms::IN_ORDER.iter().copied() {
            let version = definition(rules, process, walk.city.today);
            let row = version.definition.transition.iter().position(|row| row.verb == rooms::opens(process)).expect("a row that opens");
            let opened = (0..500).any(|_| walk.try_row(process, row, None).is_some_and(|tried| walk.act(&tried.command)));
            assert!(opened, "no {process} could be opened");
        }
        let cases = walk.city.cases().iter().map(|case| case.id).collect();
        Self { city: walk.city, cases }
    }

    /// The row about to be taken in a case where all is well but the guard at `spoilt`.
    pub fn bent(&self, process: Process, row: &Transition, spoilt: Option<usize>) -> Bent {
        let mut city = self.city.clone();
        let rows = self.city.snapshot.rows().clone();
        city.snapshot = Snapshot::default(); // nobody has done anything yet
        city.snapshot.take_in(rows, BTreeMap::new(), Reach::default());
        let command = city.command(&mut Chance(7), actor(&city, row), Target::House, row.verb, Arguments::default());
        let mut bent = Bent { city, command, case: None, row: row.clone(), person: None, others: self.cases.clone() };
        bent.person = match bent.command.actor {
            Actor::Account(account) => Some(bent.city.snapshot.rows().accounts[&account.to_string()].person),
            _ => None,
        };
        place(&mut bent, process, row);
        for (_, guard) in row.guards.iter().enumerate().filter(|(number, _)| Some(*number) != spoilt) {
            bent.bend(guard, true);
        }
        if let Some(guard) = spoilt.and_then(|number| row.guards.get(number)) {
            bent.bend(guard, false);
            if row.guards.contains(&Guard::ExportCoversConfirmed) && *guard != Guard::ExportCoversConfirmed {
                bent.name_entries();
            }
        }
        bent
    }
}

/// Whoever may take the row; an officer before the system.
fn actor(city: &City, row: &Transition) -> Actor {
    let who = |role: &Role| match role {
        Role::System => None,
        Role::Party => Some(city.parties[0]),
        Role::AnyAccount | Role::Requester => Some(city.stranger),
        _ => Some(city.officers[OFFICERS - 1]),
    };
    row.who.iter().find_map(who).map_or(Actor::System, Actor::Account)
}

/// The case in the row's state, every other case out of the way, and what the act brings.
fn place(bent: &mut Bent, process: Process, row: &Transition) {
    let from = row.from[0].clone();
    let record = bent.other(Process::PublicationRecord);
    let (subject, office) = (bent.get(record).subject, bent.get(record).finding_office.expect("found by an office"));
    for id in bent.others.clone() {
        bent.edit(id, |case| rooms::over(case.process).clone_into(&mut case.state));
    }
    let batch = bent.other(Process::ProposalBatch);
    bent.edit(batch, |case| case.office.clone_from(&office));
    let own = bent.other(process);
    if from == "new" {
        let parent = (process == Process::ProposalEntry).then_some(batch);
        let about = definition(the_rules(), process, bent.city.today).definition.about;
        let record = (about == About::Record).then_some(record);
        bent.command.target = Target::New(Opening { subject, record, parent, ..Opening::of(process, Some(office.clone())) });
    } else {
        bent.case = Some(own);
        bent.command.target = Target::Case(own);
        bent.edit(own, |case| case.state.clone_from(&from));
    }
    prepare(bent, row);
    for effect in &row.effects {
        if let (Effect::SettleItems(list), Some(case)) = (effect, bent.case) {
            bent.open(case, *list);
        }
    }
    let case = bent.case.map(|id| bent.get(id));
    let mut chance = Chance(3);
    let kind = bent.city.subjects[0].1;
    bent.command.arguments = bring::arguments(&mut bent.city, &mut chance, row, case.as_ref(), kind, &office);
    bent.in_good_order();
    bent.good_form();
}

/// Why a mutant may extend twice.
fn lost() -> Value {
    let words = [("zh", "变异行失去了条件"), ("en", "the mutant has lost its guard")];
    Value::Table(words.into_iter().map(|(key, words)| (key.to_owned(), Value::String(words.to_owned()))).collect())
}

/// What the acts that follow will ask of the other cases.
fn prepare(bent: &mut Bent, row: &Transition) {
    let (entry, listing, application) =
        (bent.other(Process::ProposalEntry), bent.other(Process::ListingCase), bent.other(Process::RepairApplication));
    let today = bent.city.today;
    bent.edit(listing, |case| {
        if let CaseData::ListingCase(data) = &mut case.data.0 {
            data.decided = Some(Issued { number: "列1".to_owned(), on: today, terms: data.form.terms.clone() });
        }
    });
    match row.verb {
        Verb::UpholdByReopening => bent.edit(application, stands("declined")),
        Verb::SubmitWithBatch | Verb::StartReview if row.who == [Role::System] => {
            bent.edit(entry, |case| case.state.clone_from(&row.from[0]));
        }
        Verb::AnswerOffice => question(bent),
        _ => {}
    }
    let objection = bent.other(Process::Objection);
    bent.edit(objection, |case| case.parent = None);
}

/// A question that waits, to an office in which everybody sits.
fn question(bent: &mut Bent) {
    let case_id = bent.case.expect("a case that lives");
    bent.city.snapshot.put(OfficeNote {
        id: RowId(case_id.0),
        case_id,
        kind: NoteKind::Question,
        office: OFFICES[0].0.to_owned(),
        author: bent.city.officers[0],
        words: AsText(sealed("question")),
        written_on: bent.city.today,
        asked: Some(OFFICES[1].0.to_owned()),
        deadline: None,
        status: NoteStatus::Asked,
        answer: None,
        answered_by: None,
        answered_on: None,
    });
}

/// The reasons that the act is told, sorted.
pub fn told(rules: &Rules, bent: &Bent) -> Vec<Code> {
    let mut snapshot = bent.city.snapshot.clone();
    let cases: Vec<Case> = snapshot.rows().cases.values().cloned().collect();
    for mut case in cases {
        case.definition_digest.clone_from(&definition(rules, case.process, bent.city.today).digest);
        snapshot.put(case);
    }
    let mut codes: Vec<_> = decide(rules, &mut snapshot, &bent.command)
        .err()
        .into_iter()
        .flat_map(|refusal| refusal.reasons)
        .map(|reason| reason.code)
        .collect();
    codes.sort_unstable();
    codes
}

/// The rules with the guard of that number taken out of every row.
fn without(rules: &Rules, number: usize) -> Rules {
    let files: Vec<_> = rules
        .catalogue
        .all()
        .map(|version| {
            let mut table: Table = version.text.parse().expect("a definition");
            for row in table["transition"].as_array_mut().expect("rows") {
                let decides = row.get("decides").is_some();
                let Some(guards) = row.get_mut("if").and_then(Value::as_array_mut).filter(|guards| guards.len() > number) else { continue };
                // A deciding row must name somebody: nobody steps aside in these cases.
                if decides && guards[number].get("not_the_person_who").is_some() {
                    guards[number]["not_the_person_who"] = Value::Array(vec![Value::String("step_aside".to_owned())]);
                } else {
                    guards.remove(number);
                    // Without the guard that makes an extension happen once, the load check asks for a reason.
                    row.as_table_mut().expect("a row").entry("more_than_once").or_insert_with(lost);
                }
            }
            (format!("definitions/{}/{}.toml", version.definition.key, version.definition.version()), table.to_string())
        })
        .collect();
    let files = files.iter().fold(rules.files().clone(), |files, (path, text)| files.with(path, text));
    Rules::from_files(files).expect("the load checks")
}

/// The guards that the law needs, by process and by verb with the first state it starts from. They stand beside the definitions,
/// a file for each process: a guard that is taken out of a definition leaves its act accepted in a case where it alone refuses,
/// and the test fails; a new guard is added here too.
fn needed() -> BTreeMap<Process, BTreeMap<String, Vec<Guard>>> {
    let files = sources::tables("tests/engine/guards").into_iter();
    files
        .map(|(name, text)| {
            (Process::from_key(&name).expect("a process"), toml::from_str(&text).unwrap_or_else(|fault| panic!("{name}: {fault}")))
        })
        .collect()
}

/// What goes wrong with one guard of a row; `without` are the rules that lack it.
fn fault(rules: &Rules, without: &Rules, bent: &Bent, guard: &Guard) -> Option<String> {
    let (with, without) = (told(rules, bent), told(without, bent));
    let one: BTreeSet<_> = with.iter().collect();
    match one.len() {
        0 => Some(format!("{guard:?} does not refuse")),
        1 if with == without => Some(format!("nobody would notice that {guard:?} is gone: {with:?}")),
        1 => None,
        _ => Some(format!("{guard:?} does not refuse alone: {with:?}")),
    }
}

#[test]
fn every_guard_refuses_by_itself_where_it_stands_and_its_removal_shows() {
    let rules = super::city::rules();
    let template = Template::new(&rules);
    let needed = needed();
    let most = needed.values().flat_map(BTreeMap::values).map(Vec::len).max().unwrap_or_default();
    let mutants: Vec<_> = (0..most).map(|number| without(&rules, number)).collect();
    let (mut faults, mut places, mut accepted) = (Vec::new(), 0, 0);
    for version in rules.catalogue.all() {
        let process = version.definition.key;
        for row in &version.definition.transition {
            let key = format!("{}, {}", row.verb, row.from[0]);
            let guards = needed.get(&process).and_then(|rows| rows.get(&key)).cloned().unwrap_or_default();
            if guards != row.guards {
                faults.push(format!("{process} {key}: the definition does not have the guards of tests/engine/guards"));
            }
            let row = Transition { guards, ..row.clone() };
            let well = told(&rules, &template.bent(process, &row, None));
            if !well.is_empty() {
                faults.push(format!("{process} {key}: all is well, and yet {well:?}"));
            }
            for (number, guard) in row.guards.iter().enumerate() {
                places += 1;
                let bent = template.bent(process, &row, Some(number));
                faults.extend(fault(&rules, &mutants[number], &bent, guard).map(|words| format!("{process} {key}: {words}")));
                accepted += usize::from(told(&mutants[number], &bent).is_empty());
            }
        }
    }
    println!(
        "{places} guards each refused alone where they stand; taken out, {accepted} let the act through, and the others are missed in what is told"
    );
    assert_eq!(
        places,
        needed.values().flat_map(BTreeMap::values).map(Vec::len).sum::<usize>(),
        "tests/engine/guards names rows that no definition has"
    );
    assert!(faults.is_empty(), "{} of {places}\n{}", faults.len(), faults.join("\n"));
}
