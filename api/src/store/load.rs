//! Loads what a batch of commands needs in one round trip.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    time::{Duration, Instant},
};

use domain::{
    command::{Actor, Command, Target},
    ids::{CaseId, PersonId},
    moment::Micros,
    office::Rank,
    process::{Form, Verb},
    rows::{AnyRow, Case, Rows, Table},
};
use sea_orm::{ConnectionTrait, Value};
use serde_json::json;
use time::Date;
use workflows::engine::{Done, Reach, Snapshot, sight::roles};

use super::{
    Database, StoreFault, counting,
    dialect::{self, Given},
};

/// How old rows may be that only an answer rests on.
const LONGEST: Duration = Duration::from_secs(1);

/// Keys of everything that a batch may touch, or of everything that was loaded.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    pub cases: BTreeSet<String>,
    pub accounts: BTreeSet<String>,
    pub identifiers: BTreeSet<String>,
    pub subjects: BTreeSet<String>,
    pub logins: BTreeSet<String>,
    pub imports: BTreeSet<String>,
    /// Codes whose collected information is needed.
    pub codes: BTreeSet<String>,
    pub receipts: BTreeSet<String>,
}

impl Wanted {
    /// What one command may touch.
    pub fn add(&mut self, command: &Command) {
        if let Actor::Account(id) = command.actor {
            self.accounts.insert(id.to_string());
        }
        // Rows that a submission hands over.
        if let Some(Form::Lines(lines)) = &command.arguments.form {
            self.imports.extend(lines.rows.iter().map(ToString::to_string));
        }
        match &command.target {
            Target::Case(id) => {
                self.cases.insert(id.to_string());
            }
            Target::New(opening) => {
                self.opening(opening);
                self.identifiers.extend(command.external_key());
            }
            Target::House => self.house(command),
        }
    }

    /// What a decision asked for.
    pub fn asked(needs: &Reach) -> Self {
        Self {
            cases: needs.families.iter().chain(&needs.whole).map(ToString::to_string).collect(),
            identifiers: needs.identifiers.clone(),
            codes: needs.codes.clone(),
            ..Self::default()
        }
    }

    /// What of it is not among what is held.
    #[must_use]
    pub fn beyond(mut self, held: &Self) -> Self {
        for (mine, theirs) in self.sets_mut().into_iter().zip(held.sets()) {
            mine.retain(|key| !theirs.contains(key));
        }
        self
    }

    /// Adds keys to those that are held; receipts are looked up each time.
    pub fn hold(&mut self, mut more: Self) {
        more.receipts.clear();
        for (mine, theirs) in self.sets_mut().into_iter().zip(more.sets_mut()) {
            mine.append(theirs);
        }
    }

    /// Whether there is nothing to load but receipts.
    pub fn only_receipts(&self) -> bool {
        self.sets().into_iter().take(7).all(BTreeSet::is_empty)
    }

    /// Cases that were made by what was just written: all that belongs to them is there.
    pub fn hold_made(&mut self, cases: impl IntoIterator<Item = CaseId>) {
        self.cases.extend(cases.into_iter().map(|id| id.to_string()));
    }

    fn given(&self) -> Given {
        Given(self.sets().map(|set| !set.is_empty()))
    }

    fn sets(&self) -> [&BTreeSet<String>; 8] {
        [&self.cases, &self.accounts, &self.identifiers, &self.subjects, &self.logins, &self.imports, &self.codes, &self.receipts]
    }

    fn sets_mut(&mut self) -> [&mut BTreeSet<String>; 8] {
        [
            &mut self.cases,
            &mut self.accounts,
            &mut self.identifiers,
            &mut self.subjects,
            &mut self.logins,
            &mut self.imports,
            &mut self.codes,
            &mut self.receipts,
        ]
    }

    fn opening(&mut self, opening: &domain::command::Opening) {
        self.cases.extend(opening.record.iter().chain(&opening.parent).map(ToString::to_string));
        self.subjects.extend(opening.subject.map(|id| id.to_string()));
        self.imports.extend(opening.import.map(|row| row.import.to_string()));
        if let Some(draft) = &opening.new_subject {
            self.identifiers.extend(draft.identifiers().cloned());
        }
    }

    fn house(&mut self, command: &Command) {
        use domain::{admin::AdminAct, erasure::ErasureTarget};
        match command.admin.as_deref() {
            Some(AdminAct::AddAccount { login_key, .. }) => {
                self.logins.insert(login_key.clone());
            }
            Some(AdminAct::RegisterAccount { id, login_key, .. }) => {
                self.accounts.insert(id.to_string());
                self.logins.insert(login_key.clone());
            }
            Some(AdminAct::LinkIdentity { account, subject_key, .. }) => {
                self.accounts.insert(account.to_string());
                self.logins.insert(subject_key.clone());
            }
            Some(
                AdminAct::DisableAccount { id }
                | AdminAct::EndRegistration { id }
                | AdminAct::EnableAccount { id }
                | AdminAct::NotePasswordReset { id }
                | AdminAct::GrantRole { account: id, .. }
                | AdminAct::AppointDeputy { deputy: id, .. }
                | AdminAct::ChooseReminders { account: id, .. }
                | AdminAct::UnlinkIdentity { account: id, .. },
            ) => {
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
            Some(AdminAct::ImportFile { file_sha256, office, .. }) => {
                self.imports.insert(format!("{office}|{file_sha256}"));
            }
            Some(AdminAct::FinishImport { id, .. } | AdminAct::GiveUpImport { id, .. } | AdminAct::KeepInformation { import: id, .. }) => {
                self.imports.insert(id.to_string());
            }
            Some(AdminAct::ClearImport { id, cases, subjects, .. }) => {
                self.imports.insert(id.to_string());
                self.cases.extend(cases.iter().map(ToString::to_string));
                self.subjects.extend(subjects.iter().map(ToString::to_string));
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
    /// How long its texts are.
    pub bytes: usize,
    pub rows: Rows,
    pub history: BTreeMap<CaseId, Vec<Done>>,
    pub receipts: BTreeMap<String, Receipt>,
    pub reach: Reach,
}

impl Loaded {
    /// Puts what was loaded into a snapshot; past answers are the caller's.
    pub fn put_into(self, snapshot: &mut Snapshot) -> BTreeMap<String, Receipt> {
        snapshot.take_in(self.rows, self.history, self.reach);
        self.receipts
    }
}

/// Loads a batch's rows.
///
/// # Errors
/// When the database fails or a row does not hold what its type admits.
pub async fn batch<C: ConnectionTrait>(db: &C, wanted: &Wanted) -> Result<Loaded, StoreFault> {
    let backend = db.get_database_backend();
    let list = |keys: &BTreeSet<String>| Value::from(json!(keys).to_string());
    if wanted.only_receipts() {
        if wanted.receipts.is_empty() {
            return Ok(Loaded::default());
        }
        let statement = sea_orm::Statement::from_sql_and_values(backend, dialect::load_receipts(backend), [list(&wanted.receipts)]);
        return read(db, statement).await;
    }
    let values = wanted.sets().map(list);
    let statement = sea_orm::Statement::from_sql_and_values(backend, dialect::load_batch(backend, wanted.given()), values);
    let mut loaded = read(db, statement).await?;
    loaded.reach = reach(&loaded.rows, wanted);
    Ok(loaded)
}

/// Decides on the rows that it turns out to need: what a first try asks for beyond them is loaded, and it is tried again.
///
/// # Errors
/// As [`batch`].
pub async fn decided<T>(db: &Database, mut wanted: Wanted, mut decide: impl FnMut(&mut Snapshot) -> T) -> Result<T, StoreFault> {
    let mut snapshot = Snapshot::part(kept_lately(db).await?.as_ref().clone());
    let mut held = Wanted::default();
    loop {
        batch(db.keyed(), &wanted).await?.put_into(&mut snapshot);
        held.hold(wanted);
        let answer = decide(&mut snapshot);
        snapshot.rollback(0);
        wanted = Wanted::asked(snapshot.needs()).beyond(&held);
        if wanted.only_receipts() {
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
    Reach { families, whole, identifiers: wanted.identifiers.clone(), codes: wanted.codes.clone() }
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

/// The rows that the door keeps, for an answer that decides nothing: another server's changes show after a second at the
/// latest, this server's own at once.
async fn kept_lately(db: &Database) -> Result<Arc<Rows>, StoreFault> {
    if let Some((_, rows)) = db.kept.get(&()).filter(|(read, _)| read.elapsed() < LONGEST) {
        return Ok(rows);
    }
    let rows = Arc::new(kept(db.keyed()).await?);
    db.kept.put((), (Instant::now(), rows.clone()));
    Ok(rows)
}

async fn read<C: ConnectionTrait>(db: &C, statement: sea_orm::Statement) -> Result<Loaded, StoreFault> {
    let mut loaded = Loaded::default();
    for row in db.query_all_raw(statement).await? {
        let table: String = row.try_get_by_index(0)?;
        let text: String = row.try_get_by_index(1)?;
        loaded.bytes += text.len();
        let broken = |fault: serde_json::Error| StoreFault::broken(format!("{table}: {fault}"));
        match table.as_str() {
            "history" => {
                let (case, verb, person, principal, on) =
                    serde_json::from_str::<(CaseId, Verb, Option<PersonId>, Option<PersonId>, Date)>(&text).map_err(broken)?;
                loaded.history.entry(case).or_default().push(Done { verb, person, principal, on });
            }
            "receipt" => {
                let (id, input_hash, entry) = serde_json::from_str(&text).map_err(broken)?;
                loaded.receipts.insert(id, Receipt { input_hash, entry });
            }
            name => {
                let kind = Table::from_name(name).ok_or_else(|| StoreFault::broken(format!("unknown table {name}")))?;
                loaded.rows.put(AnyRow::from_text(kind, &text).map_err(broken)?);
            }
        }
    }
    Ok(loaded)
}

impl Database {
    /// Rows that every decision may need have changed.
    pub fn forget_kept(&self) {
        self.kept.clear();
    }
}

/// Cases with an open deadline that ends on a day or later: those that a year's calendar may count otherwise.
///
/// # Errors
/// When the database fails.
pub async fn ending_from<C: ConnectionTrait>(db: &C, day: Date) -> Result<BTreeSet<String>, StoreFault> {
    let backend = db.get_database_backend();
    let sql = dialect::places(backend, "SELECT DISTINCT case_id FROM deadline WHERE status = 'open' AND due_on >= ?");
    let statement = sea_orm::Statement::from_sql_and_values(backend, sql, [day.to_string().into()]);
    db.query_all_raw(statement).await?.into_iter().map(|row| Ok(row.try_get_by_index(0)?)).collect()
}

/// Cases in which an account, or one that stands in for it, has claimed something that still waits.
///
/// # Errors
/// When the database fails.
pub async fn claimed_by<C: ConnectionTrait>(db: &C, account: &str) -> Result<BTreeSet<String>, StoreFault> {
    let backend = db.get_database_backend();
    let persons = "SELECT person FROM account WHERE id = ? OR id IN (SELECT account FROM role_assignment WHERE principal = ?)";
    let sql = dialect::places(backend, &format!("SELECT DISTINCT case_id FROM work_item WHERE status = 'open' AND person IN ({persons})"));
    let statement = sea_orm::Statement::from_sql_and_values(backend, sql, [account.into(), account.into()]);
    db.query_all_raw(statement).await?.into_iter().map(|row| Ok(row.try_get_by_index(0)?)).collect()
}

/// Cases in which an office still has to act, or in which work waits at its desk.
///
/// # Errors
/// When the database fails.
pub async fn open_at<C: ConnectionTrait>(db: &C, office: &str) -> Result<BTreeSet<String>, StoreFault> {
    let backend = db.get_database_backend();
    let sql = dialect::places(
        backend,
        "SELECT id FROM cases WHERE phase <> 'ended' AND (office = ? OR finding_office = ?) \
         UNION SELECT case_id FROM work_item WHERE status = 'open' AND office = ?",
    );
    let statement = sea_orm::Statement::from_sql_and_values(backend, sql, [office.into(), office.into(), office.into()]);
    db.query_all_raw(statement).await?.into_iter().map(|row| Ok(row.try_get_by_index(0)?)).collect()
}

/// Cases with claimed work that still waits, where the claimant does not sit at its desk on a day any more.
///
/// # Errors
/// When the database fails or a row does not hold what its type admits.
pub async fn claimed_without_seat<C: ConnectionTrait>(db: &C, snapshot: &Snapshot, today: Date) -> Result<BTreeSet<String>, StoreFault> {
    let sql = "SELECT DISTINCT person, rank, office, case_id FROM work_item WHERE status = 'open' AND person IS NOT NULL";
    let statement = sea_orm::Statement::from_string(db.get_database_backend(), sql);
    let mut found = BTreeSet::new();
    for row in db.query_all_raw(statement).await? {
        let text = |place: usize| row.try_get_by_index::<String>(place);
        let broken = |what: &str| StoreFault::broken(format!("a work item's {what}"));
        let person: PersonId = text(0)?.parse().map_err(|_| broken("person"))?;
        let rank = Rank::from_key(&text(1)?).ok_or_else(|| broken("rank"))?;
        if !roles::person_sits(snapshot, person, rank, &text(2)?, today) {
            found.insert(text(3)?);
        }
    }
    Ok(found)
}

/// Deadlines that have passed or are to be reminded of, the earliest first, with their cases.
///
/// # Errors
/// When the database fails.
pub async fn ringing(db: &Database, now: Micros, most: u32) -> Result<Vec<(String, String)>, StoreFault> {
    // Two reads by their own index: one for both would read every deadline there ever was.
    let part = |column: &str| {
        let counts = counting::names_one_that_counts("r.case_id");
        format!(
            "SELECT * FROM (SELECT r.id, r.case_id, r.{column} AS at FROM deadline r WHERE r.{column} <= ? AND {counts} ORDER BY r.{column}, r.id LIMIT ?) {column}"
        )
    };
    let sql = db.places(&format!(
        "SELECT DISTINCT id, case_id, at FROM ({} UNION ALL {}) due ORDER BY at, id LIMIT ?",
        part("fires_at"),
        part("remind_at")
    ));
    let most = i64::from(most);
    let rows =
        db.keyed().query_all_raw(db.statement(&sql, vec![now.0.into(), most.into(), now.0.into(), most.into(), most.into()])).await?;
    rows.into_iter().map(|row| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?))).collect()
}
