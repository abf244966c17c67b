//! A small city as the engine sees it: rows in memory, everybody who may have to act, no database.

use std::sync::LazyLock;

use domain::{
    command::{Actor, Arguments, Command, Opening, Target},
    ids::{AccountId, CaseId, PersonId, RowId, SubjectId},
    moment::Micros,
    office::{OfficeKind, Rank},
    personal::Sealed,
    process::{Process, Verb},
    record::{Sector, SubjectKind},
    rows::{Account, AsText, Binding, Case, CreditSubject, Information, Office, Packed, PlanRun, RoleAssignment, Setting, Standing},
};
use time::{Date, Duration, macros::date};
use uuid::Uuid;
use workflows::{
    definition::{file::Definition, header::About},
    engine::{Rules, Snapshot},
};

use crate::support::chance::Chance;

pub const OFFICES: [(&str, OfficeKind); 4] = [
    ("policy_office", OfficeKind::PolicyOffice),
    ("road_transport_centre", OfficeKind::Centre),
    ("yanjiang", OfficeKind::CountyBureau),
    ("anyue", OfficeKind::CountyBureau),
];

/// Persons who hold every seat of every office; four eyes need several.
pub const OFFICERS: usize = 6;

/// A plan of the tests, and its one line.
pub const RUN: &str = "made_up.2026-01-01";
pub const TASK_LINE: &str = "1";

/// That plan: a ledger of the work, which all offices share.
fn plan() -> String {
    let offices = OFFICES.map(|(key, _)| format!("{{ key = \"{key}\", zh = \"{key}\", en = \"{key}\" }}")).join(", ");
    let owners = OFFICES.map(|(key, _)| format!("\"{key}\"")).join(", ");
    format!(
        "key = \"made_up\"\nin_force_from = 2026-01-01\nrevision = 1\nretroactive = \"a plan of the tests\"\n\
         title = {{ zh = \"示例方案\", en = \"made-up plan\" }}\nnumber = \"1\"\nsource = \"creation_plan_2022/annex\"\n\
         first = 2026-01-01\nlast = 2026-12-31\ntask = [{{ no = 1, zh = \"台账\", en = \"ledger\" }}]\n\
         stage = [{{ key = \"all\", zh = \"全年\", en = \"the year\", first = 2026-01-01, last = 2026-12-31 }}]\noffice = [{offices}]\n\
         post = [{{ key = \"lead\", zh = \"局领导\", en = \"leader\" }}]\nsection = [{{ no = 1, zh = \"台账\", en = \"ledger\" }}]\n\
         row = [{{ no = 1, section = 1, zh = \"台账\", en = \"ledger\", lead = [\"lead\"], owners = [{owners}], due = \"all\", \
         measure = [{{ count = \"documents\", of = [\"work_ledger\"], at_least = 1, shared = true }}], evidence = [\"issued_document\"] }}]\n"
    )
}

/// Switches that a walk turns.
const SWITCHES: [&str; 4] = ["list_basis_overloading", "listing_hearing", "listing_upper_consent", "restore_on_revocation"];

/// A city on a day.
#[derive(Clone)]
pub struct City {
    pub snapshot: Snapshot,
    pub today: Date,
    pub officers: Vec<AccountId>,
    /// Who acts for each subject, in the order of `subjects`.
    pub parties: Vec<AccountId>,
    pub subjects: Vec<(SubjectId, SubjectKind)>,
    /// An account without any seat.
    pub stranger: AccountId,
}

fn id(of: &str) -> Uuid {
    Uuid::new_v5(&Uuid::NAMESPACE_OID, of.as_bytes())
}

/// A personal text; what it says does not matter to the engine.
pub fn sealed(of: &str) -> Sealed {
    Sealed { id: id(of), commitment: "0".repeat(64) }
}

fn account(snapshot: &mut Snapshot, name: &str) -> AccountId {
    let account = AccountId(id(name));
    snapshot.put(Account {
        id: account,
        login: AsText(sealed(name)),
        login_key: None,
        person: PersonId(id(&format!("person {name}"))),
        name: AsText(sealed(name)),
        email: None,
        language: "zh".to_owned(),
        standing: Standing::Active,
        reminders: None,
        registered_on: None,
        ended_on: None,
    });
    account
}

impl City {
    /// A city on a working day of 2026 with two companies and a natural person, its switches by chance.
    pub fn new(chance: &mut Chance) -> Self {
        let mut snapshot = Snapshot::default();
        for (key, kind) in OFFICES {
            let sector = (kind == OfficeKind::Centre).then_some(Sector::RoadTransport);
            snapshot.put(Office { sector, ..Office::new(key, (key, key), kind, None, key) });
        }
        let officers: Vec<_> = (0..OFFICERS).map(|number| account(&mut snapshot, &format!("officer {number}"))).collect();
        for officer in &officers {
            for (office, _) in OFFICES {
                for rank in [Rank::CounterClerk, Rank::Officer, Rank::Head, Rank::Leader, Rank::PlatformClerk] {
                    snapshot.put(RoleAssignment {
                        id: RowId(id(&format!("{officer}{office}{rank}"))),
                        account: *officer,
                        rank,
                        office: Some(office.to_owned()),
                        standing: Standing::Active,
                        principal: None,
                        from_day: None,
                        until: None,
                        asked_by: None,
                    });
                }
            }
        }
        let kinds = [SubjectKind::LegalPerson, SubjectKind::SoleTrader, SubjectKind::NaturalPerson];
        let mut subjects = Vec::new();
        let mut parties = Vec::new();
        for (number, kind) in kinds.into_iter().enumerate() {
            let subject = SubjectId(id(&format!("subject {number}")));
            snapshot.put(CreditSubject {
                id: subject,
                kind,
                uscc: Some(format!("uscc{number}")),
                id_number_hash: None,
                id_number: None,
                name: Some(format!("subject {number}")),
                name_key: Some(format!("subject {number}")),
                sealed_name: None,
            });
            let party = account(&mut snapshot, &format!("party {number}"));
            snapshot.put(Binding {
                id: RowId(id(&format!("binding {number}"))),
                case_id: CaseId(id(&format!("bound {number}"))),
                account: party,
                subject,
                standing: Standing::Active,
                until: None,
                person: None,
            });
            if kind != SubjectKind::NaturalPerson {
                let row = in_business(&snapshot.rows().subjects[&subject.to_string()]);
                snapshot.put(row);
            }
            subjects.push((subject, kind));
            parties.push(party);
        }
        let stranger = account(&mut snapshot, "stranger");
        let version = format!("{RUN}.1");
        let run = PlanRun { id: RUN.to_owned(), version, started_on: date!(2026 - 04 - 01), standing: Standing::Active, closed_on: None };
        snapshot.put(run);
        let today = date!(2026 - 04 - 01) + Duration::days(i64::try_from(chance.below(60)).expect("days"));
        let mut city = Self { snapshot, today, officers, parties, subjects, stranger };
        for key in SWITCHES {
            city.set(key, if chance.below(4) > 0 { "true" } else { "false" });
        }
        city.snapshot.settle();
        city
    }

    pub fn set(&mut self, key: &str, value: &str) {
        self.snapshot.put(Setting { id: key.to_owned(), value: value.to_owned(), since: self.today });
    }

    pub fn turn_a_switch(&mut self, chance: &mut Chance) {
        let key = chance.one(&SWITCHES).to_owned();
        self.set(&key, if chance.below(3) > 0 { "true" } else { "false" });
    }

    pub fn cases(&self) -> Vec<Case> {
        self.snapshot.rows().cases.values().cloned().collect()
    }

    /// Everybody, whoever may act.
    pub fn anybody(&self) -> Vec<Actor> {
        self.officers.iter().take(1).chain(&self.parties).chain([&self.stranger]).map(|account| Actor::Account(*account)).collect()
    }

    /// A command of this day.
    pub fn command(&self, chance: &mut Chance, actor: Actor, target: Target, verb: Verb, arguments: Arguments) -> Command {
        let number = chance.below(usize::MAX);
        Command {
            actor,
            target,
            verbs: vec![verb],
            arguments,
            admin: None,
            effective_on: self.today,
            now: Micros::offices_open(self.today),
            seed: Uuid::new_v5(&Uuid::NAMESPACE_OID, &number.to_be_bytes()),
            timer: None,
        }
    }

    /// Whoever may take a row: an officer, the party of the case, the stranger, or the system.
    pub fn actors(&self, definition: &Definition, row: usize, subject: Option<SubjectId>) -> Vec<Actor> {
        use domain::office::Role;
        let mut found = Vec::new();
        for role in &definition.transition[row].who {
            match role {
                Role::System => found.push(Actor::System),
                Role::AnyAccount | Role::Requester => found.push(Actor::Account(self.stranger)),
                Role::Party => found.extend(
                    self.subjects
                        .iter()
                        .zip(&self.parties)
                        .filter(|((id, _), _)| subject.is_none_or(|subject| subject == *id))
                        .map(|(_, party)| Actor::Account(*party)),
                ),
                _ => found.extend(self.officers.iter().map(|officer| Actor::Account(*officer))),
            }
        }
        found
    }

    /// What a new case is opened with; none where it needs another case that is not there.
    pub fn opening(&self, chance: &mut Chance, process: Process) -> Option<Opening> {
        let pick = |chance: &mut Chance, wanted: &[Process]| {
            let fit: Vec<_> = self.cases().into_iter().filter(|case| wanted.contains(&case.process)).collect();
            (!fit.is_empty()).then(|| fit[chance.below(fit.len())].clone())
        };
        let office = chance.one(&["yanjiang", "yanjiang", "anyue"]).to_owned();
        let mut opening = Opening::of(process, Some(office));
        match definition(the_rules(), process, self.today).definition.about {
            About::Subject => {
                opening.subject = Some(self.subjects[chance.below(self.subjects.len())].0);
            }
            About::None => {}
            About::Record => {
                let record = pick(chance, &[Process::PublicationRecord])?;
                opening.record = Some(record.id);
                opening.subject = record.subject;
                opening.office.clone_from(&record.finding_office);
            }
        }
        // The office that runs the schemes notes their uses.
        if process == Process::BenefitUse {
            opening.office = Some("road_transport_centre".to_owned());
        }
        if process == Process::ProposalEntry {
            let batch = pick(chance, &[Process::ProposalBatch])?;
            (opening.parent, opening.office) = (Some(batch.id), Some(batch.office));
        }
        if process == Process::Objection && chance.below(2) == 0 {
            let family =
                self.cases().into_iter().filter(|case| case.process == Process::RepairApplication && case.record == opening.record);
            opening.parent = family.map(|case| case.id).next();
        }
        Some(opening)
    }
}

/// The row of a company in the register of operators.
pub fn in_business(subject: &CreditSubject) -> Information {
    Information {
        id: RowId(id(&format!("operator {}", subject.id))),
        import: None,
        record: None,
        place: 1,
        item: "operator_basic".to_owned(),
        key: subject.uscc.clone().unwrap_or_default(),
        uscc: subject.uscc.clone(),
        name: subject.name.clone().unwrap_or_default(),
        kind: subject.kind,
        sectors: Some(Sector::RoadTransport.key().to_owned()),
        division: None,
        decided_on: None,
        valid_from: Some(date!(2020 - 01 - 01)),
        valid_to: None,
        collected_on: date!(2026 - 01 - 01),
        ended_on: None,
        office: "yanjiang".to_owned(),
        arrived_at: Micros(0),
        version: "1".to_owned(),
        fields: Packed::of(&std::collections::BTreeMap::<String, String>::new()),
    }
}

/// Positions of the rows that start in a state.
pub fn rows_from(definition: &Definition, state: &str) -> Vec<usize> {
    definition
        .transition
        .iter()
        .enumerate()
        .filter(|(_, row)| row.from.iter().any(|from| from == state))
        .map(|(number, _)| number)
        .collect()
}

/// The rules as they are built in.
/// A rule of a sector authority, made up: the law lists none.
pub const SECTOR_RULE: &str = "made_up";

/// The law with that rule.
pub fn rules() -> Rules {
    let text = format!(
        "[[sector_rule]]\nkey = \"{SECTOR_RULE}\"\nzh = \"示例规定\"\nen = \"made-up rule\"\ncites = \"order_36_2025/art_12_2\"\nlongest = {{ value = 9, unit = \"year\", cites = \"order_36_2025/art_12_2\", mark = \"partly\" }}\n"
    );
    let rules = api::app::rules().expect("the rules").with("sector_rules.toml", &text).expect("the rule");
    rules.with(&format!("plans/{RUN}.1.toml"), &plan()).expect("the plan")
}

pub fn the_rules() -> &'static Rules {
    static RULES: LazyLock<Rules> = LazyLock::new(rules);
    &RULES
}

/// The definition of a process that new cases are under.
pub fn definition(rules: &Rules, process: Process, today: Date) -> std::sync::Arc<workflows::definition::Version> {
    rules.catalogue.on(process, today).expect("a definition in force")
}
