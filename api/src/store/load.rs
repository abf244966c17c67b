//! Loads what a batch of commands needs in one round trip.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    command::{Actor, Command, Target},
    ids::{CaseId, PersonId},
    moment::Micros,
    process::Verb,
    rows::{AnyRow, Case, Rows, Table},
};
use sea_orm::{ConnectionTrait, Value};
use serde_json::json;
use time::Date;
use workflows::engine::{Done, Reach, Snapshot};

use super::{Database, StoreFault, dialect};

/// Keys of everything that a batch may touch.
#[derive(Debug, Default)]
pub struct Wanted {
    pub cases: BTreeSet<String>,
    pub accounts: BTreeSet<String>,
    pub identifiers: BTreeSet<String>,
    pub subjects: BTreeSet<String>,
    pub logins: BTreeSet<String>,
    pub imports: BTreeSet<String>,
    pub receipts: BTreeSet<String>,
}

impl Wanted {
    /// What one command may touch.
    pub fn add(&mut self, command: &Command) {
        if let Actor::Account(id) = command.actor {
            self.accounts.insert(id.to_string());
        }
        match &command.target {
            Target::Case(id) => {
                self.cases.insert(id.to_string());
            }
            Target::New(opening) => self.opening(opening),
            Target::House => self.house(command),
        }
    }

    /// What a decision asked for beyond it; whether that is new.
    pub fn widen(&mut self, needs: &Reach) -> bool {
        let before = self.cases.len() + self.identifiers.len();
        self.cases.extend(needs.families.iter().chain(&needs.whole).map(ToString::to_string));
        self.identifiers.extend(needs.identifiers.iter().cloned());
        self.cases.len() + self.identifiers.len() > before
    }

    fn opening(&mut self, opening: &domain::command::Opening) {
        self.cases.extend(opening.record.iter().chain(&opening.parent).map(ToString::to_string));
        self.subjects.extend(opening.subject.map(|id| id.to_string()));
        if let Some(draft) = &opening.new_subject {
            self.identifiers.extend(draft.uscc.clone());
            self.identifiers.extend(draft.id_number_hash.clone());
        }
    }

    fn house(&mut self, command: &Command) {
        use domain::{admin::AdminAct, erasure::ErasureTarget};
        match command.admin.as_deref() {
            Some(AdminAct::AddAccount { login_key, .. }) => {
                self.logins.insert(login_key.clone());
            }
            Some(AdminAct::DisableAccount { id } | AdminAct::EnableAccount { id } | AdminAct::GrantRole { account: id, .. } | AdminAct::AppointDeputy { deputy: id, .. } | AdminAct::ChooseReminders { account: id, .. }) => {
                self.accounts.insert(id.to_string());
            }
            Some(AdminAct::ErasePersonal { target, .. }) => match target {
                ErasureTarget::Subject(id) => drop(self.subjects.insert(id.to_string())),
                ErasureTarget::Account(id) => drop(self.accounts.insert(id.to_string())),
                ErasureTarget::Case(id) => drop(self.cases.insert(id.to_string())),
            },
            Some(AdminAct::NoteSwept { id, .. }) => {
                self.imports.insert(id.to_string());
            }
            Some(AdminAct::ImportFile { file_sha256, office, rows, .. }) => {
                self.imports.insert(format!("{office}|{file_sha256}"));
                for row in rows {
                    self.opening(&row.opening);
                }
            }
            _ => {}
        }
    }
}

/// A past answer to the same account and key.
#[derive(Clone, Debug)]
pub struct Receipt {
    pub input_hash: String,
    pub entry: u64,
}

/// What was loaded.
#[derive(Debug, Default)]
pub struct Loaded {
    pub rows: Rows,
    pub history: BTreeMap<CaseId, Vec<Done>>,
    pub receipts: BTreeMap<String, Receipt>,
    pub reach: Reach,
}

impl Loaded {
    /// The rows as a decision sees them, over those that the door keeps; and past answers.
    pub fn snapshot(self, kept: Rows) -> (Snapshot, BTreeMap<String, Receipt>) {
        let mut snapshot = Snapshot::new(kept, self.history, self.reach);
        for row in self.rows.iter() {
            snapshot.add_loaded(row);
        }
        (snapshot, self.receipts)
    }
}

/// Loads a batch's rows.
///
/// # Errors
/// When the database fails or a row does not hold what its type admits.
pub async fn batch<C: ConnectionTrait>(db: &C, wanted: &Wanted) -> Result<Loaded, StoreFault> {
    let backend = db.get_database_backend();
    let list = |keys: &BTreeSet<String>| Value::from(json!(keys).to_string());
    let values = vec![
        list(&wanted.cases),
        list(&wanted.accounts),
        list(&wanted.identifiers),
        list(&wanted.subjects),
        list(&wanted.logins),
        list(&wanted.imports),
        list(&wanted.receipts),
    ];
    let statement = sea_orm::Statement::from_sql_and_values(backend, dialect::load_batch(backend), values);
    let mut loaded = read(db, statement).await?;
    loaded.reach = reach(&loaded.rows, wanted);
    Ok(loaded)
}

/// Decides on the rows that it turns out to need: what a first try asks for beyond them is loaded, and it is tried again.
///
/// # Errors
/// As [`batch`].
pub async fn decided<C: ConnectionTrait, T>(db: &C, mut wanted: Wanted, mut decide: impl FnMut(&mut Snapshot) -> T) -> Result<T, StoreFault> {
    let kept = kept(db).await?;
    loop {
        let (mut snapshot, _) = batch(db, &wanted).await?.snapshot(kept.clone());
        let answer = decide(&mut snapshot);
        if !wanted.widen(snapshot.needs()) {
            return Ok(answer);
        }
    }
}

/// What the statement brings along: of every named case its record and its parent, and the dependants of all three.
fn reach(rows: &Rows, wanted: &Wanted) -> Reach {
    let named: BTreeSet<CaseId> = wanted.cases.iter().filter_map(|id| id.parse().ok()).collect();
    let above = rows.cases.values().filter(|case| named.contains(&case.id)).flat_map(|case| [case.record, case.parent]).flatten();
    let families: BTreeSet<CaseId> = named.iter().copied().chain(above).collect();
    let brought = |case: &&Case| {
        families.contains(&case.id)
            || case.record.is_some_and(|id| families.contains(&id))
            || case.parent.is_some_and(|id| named.contains(&id))
    };
    let whole = rows.cases.values().filter(brought).map(|case| case.id).chain(named.iter().copied()).collect();
    Reach { families, whole, identifiers: wanted.identifiers.clone() }
}

/// Loads the rows that the door keeps.
///
/// # Errors
/// As [`batch`].
pub async fn kept<C: ConnectionTrait>(db: &C) -> Result<Rows, StoreFault> {
    let backend = db.get_database_backend();
    let statement = sea_orm::Statement::from_string(backend, dialect::load_kept(backend));
    Ok(read(db, statement).await?.rows)
}

async fn read<C: ConnectionTrait>(db: &C, statement: sea_orm::Statement) -> Result<Loaded, StoreFault> {
    let mut loaded = Loaded::default();
    for row in db.query_all_raw(statement).await? {
        let table: String = row.try_get_by_index(0)?;
        let text: String = row.try_get_by_index(1)?;
        let broken = |fault: serde_json::Error| StoreFault::Broken(format!("{table}: {fault}"));
        match table.as_str() {
            "history" => {
                let (case, verb, person, principal, on) = serde_json::from_str::<(CaseId, Verb, Option<PersonId>, Option<PersonId>, Date)>(&text).map_err(broken)?;
                loaded.history.entry(case).or_default().push(Done { verb, person, principal, on });
            }
            "receipt" => {
                let (id, input_hash, entry) = serde_json::from_str(&text).map_err(broken)?;
                loaded.receipts.insert(id, Receipt { input_hash, entry });
            }
            name => {
                let kind = Table::from_name(name).ok_or_else(|| StoreFault::Broken(format!("unknown table {name}")))?;
                loaded.rows.put(AnyRow::from_text(kind, &text).map_err(broken)?);
            }
        }
    }
    Ok(loaded)
}

/// Deadlines that have passed or are to be reminded of, the earliest first, with their cases.
///
/// # Errors
/// When the database fails.
pub async fn ringing(db: &Database, now: Micros, most: u32) -> Result<Vec<(String, String)>, StoreFault> {
    let sql = match db.backend() {
        sea_orm::DbBackend::Postgres => "SELECT id, case_id FROM deadline WHERE fires_at <= $1 OR remind_at <= $1 ORDER BY COALESCE(remind_at, fires_at), id LIMIT $2",
        _ => "SELECT id, case_id FROM deadline WHERE fires_at <= ?1 OR remind_at <= ?1 ORDER BY COALESCE(remind_at, fires_at), id LIMIT ?2",
    };
    let rows = db.pool().query_all_raw(db.statement(sql, vec![now.0.into(), i64::from(most).into()])).await?;
    rows.into_iter().map(|row| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?))).collect()
}
