//! Checking the trail: every leaf and the root are made anew, every change is replayed, and each row of each table is compared
//! with what comes of it. Entries are read while those before them are checked, on all cores.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    thread,
};

use domain::{
    entry::Entry,
    merkle::{Frontier, Hash, Place, leaf_hash},
    name,
    personal::Sealed,
    published::Noted,
    rows::{AnyRow, Listed, Table},
};
use sea_orm::{ConnectionTrait, QueryResult};
use serde_json::Value;
use uuid::Uuid;

use super::{
    Database, StoreFault,
    cells::{Cells, EntryRow, ToCells},
    dialect, listed, trail, tree, write,
};

/// Entries read at once.
const ENTRIES: u32 = 1000;
/// Rows of a table read at once.
const ROWS: i64 = 5000;

/// What a verification found.
#[derive(Clone, Debug, Default, serde::Serialize)]
pub struct Verified {
    pub entries: u64,
    pub root: String,
    pub rows: u64,
    /// Signed checkpoints that were compared.
    pub checkpoints: u64,
    pub faults: Vec<String>,
    /// Sealed values by their id: the first entry that names each, and its commitment.
    #[serde(skip)]
    pub named: BTreeMap<Uuid, (u64, String)>,
    /// What was noted last of the published list, and its rows as they were then.
    #[serde(skip)]
    pub noted: Option<(Noted, Vec<Listed>)>,
}

/// What was signed: entries, their root, and where the checkpoint was found.
pub type Checkpointed = (u64, Hash, String);

/// Recomputes every leaf and the root, replays every change and compares each row of each table, column by column.
///
/// # Errors
/// When the database fails; what is wrong with the trail stands in the answer.
pub async fn verify(db: &Database, progress: impl FnMut(u64)) -> Result<Verified, StoreFault> {
    verify_against(db, &[], progress).await
}

/// The same, and that the entries are those over which these checkpoints were signed, which come by their size.
///
/// # Errors
/// When the database fails; what is wrong with the trail stands in the answer.
pub async fn verify_against(db: &Database, signed: &[Checkpointed], mut progress: impl FnMut(u64)) -> Result<Verified, StoreFault> {
    let (head, _) = write::head(db.pool()).await?;
    let mut checked = Checked::new(signed);
    checked.found.noted = listed::newest(db).await?.map(|note| (note, Vec::new()));
    let mut entries = trail::page(db, 0, ENTRIES).await?;
    while let Some(last) = entries.last().map(|entry| entry.index) {
        let (checking, next) = tokio::join!(tokio::task::spawn_blocking(move || checked.with(entries)), trail::page(db, last + 1, ENTRIES));
        checked = checking.map_err(StoreFault::broken)?;
        if checked.broken_off {
            return Ok(checked.found);
        }
        entries = next?;
        progress(checked.frontier.size());
    }
    let Checked { frontier, signed, mut rows, mut taken, mut nodes, mut found, .. } = checked;
    found.faults.extend(
        signed
            .iter()
            .map(|(size, _, place)| format!("the checkpoint in {place} was signed over {size} entries, there are {}", frontier.size())),
    );
    found.entries = frontier.size();
    found.root = frontier.root().to_string();
    if frontier != head {
        found.faults.push(format!("the head says {} entries and another edge; the entries give {}", head.size(), frontier.size()));
    }
    names(db, &rows, &mut found).await?;
    for table in Table::ALL {
        compare(db, *table, rows.remove(table).unwrap_or_default(), &mut found).await?;
    }
    tree::compare(db.pool(), &mut nodes, &mut found.faults).await?;
    kept_apart(db, &mut found).await?;
    erased(db, &mut taken, &mut found).await?;
    Ok(found)
}

/// Rows of a table as the entries leave them, by key: their columns in the order of the table.
type Replayed = HashMap<String, Cells>;

/// The trail as far as it was checked.
#[derive(Default)]
struct Checked {
    frontier: Frontier,
    /// Checkpoints over more entries, the nearest last.
    signed: Vec<Checkpointed>,
    rows: BTreeMap<Table, Replayed>,
    /// Personal values that an entry takes away.
    taken: BTreeSet<String>,
    nodes: BTreeMap<Place, Hash>,
    found: Verified,
    /// An entry is missing: what comes after it says nothing.
    broken_off: bool,
}

/// An entry, looked at by itself.
struct Looked {
    index: u64,
    leaf: Hash,
    entry: Option<Entry>,
    sealed: Vec<Sealed>,
    faults: Vec<String>,
}

impl Checked {
    fn new(signed: &[Checkpointed]) -> Self {
        Self { signed: signed.iter().filter(|(size, ..)| *size > 0).rev().cloned().collect(), ..Self::default() }
    }

    fn with(mut self, entries: Vec<trail::Kept>) -> Self {
        for looked in looked_at(entries) {
            if looked.index != self.frontier.size() {
                self.found.faults.push(format!("entry {} is missing", self.frontier.size()));
                self.broken_off = true;
                return self;
            }
            self.keep_listed();
            self.found.faults.extend(looked.faults);
            for sealed in looked.sealed {
                self.found.named.entry(sealed.id).or_insert((looked.index, sealed.commitment));
            }
            self.grow(looked.leaf);
            if let Some(entry) = looked.entry {
                self.taken.extend(taken(&entry));
                self.replay(entry);
            }
        }
        self
    }

    /// The published list at the size at which it was noted.
    fn keep_listed(&mut self) {
        let Some((_, kept)) = self.found.noted.as_mut().filter(|(note, _)| note.at_size == self.frontier.size()) else { return };
        let (table, columns) = (Table::Listed, Table::Listed.columns());
        for (key, cells) in self.rows.get(&table).into_iter().flatten() {
            let row: Value = columns.iter().map(|(name, _)| (*name).to_owned()).zip(cells.iter().cloned()).collect();
            match AnyRow::from_json(table, row) {
                Ok(AnyRow::Listed(row)) => kept.push(row),
                _ => self.found.faults.push(format!("{} {key}: the trail gives no row", table.name())),
            }
        }
    }

    fn grow(&mut self, leaf: Hash) {
        let kept = self.frontier.append(leaf).into_iter().filter(tree::is_kept);
        self.nodes.extend(kept.map(|(level, position, hash)| ((level, position), hash)));
        while let Some((size, root, place)) = self.signed.pop_if(|(size, ..)| *size == self.frontier.size()) {
            self.found.checkpoints += 1;
            if self.frontier.root() != root {
                self.found.faults.push(format!("the checkpoint over {size} entries in {place} was signed over other entries"));
            }
        }
    }

    fn replay(&mut self, entry: Entry) {
        for change in entry.changes {
            if let Err(fault) = self.apply(change) {
                self.found.faults.push(format!("entry {}: {fault}", entry.index));
            }
        }
    }

    /// Puts the columns of a change in their places.
    fn apply(&mut self, mut change: Value) -> Result<(), String> {
        let table = change["table"].as_str().and_then(Table::from_name).ok_or_else(|| format!("unknown table {}", change["table"]))?;
        let (Value::String(key), Value::Object(set)) = (change["key"].take(), change["set"].take()) else {
            return Err(format!("a change of {} without key or columns", table.name()));
        };
        let columns = table.columns();
        let row = self.rows.entry(table).or_default().entry(key).or_insert_with(|| vec![Value::Null; columns.len()]);
        for (column, value) in set {
            let place = columns.iter().position(|(name, _)| *name == column);
            let place = place.ok_or_else(|| format!("{} has no column {column}", table.name()))?;
            row[place] = value;
        }
        Ok(())
    }
}

/// Each entry by itself, on all cores.
fn looked_at(entries: Vec<trail::Kept>) -> Vec<Looked> {
    let cores = thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let each = entries.len().div_ceil(cores).max(1);
    thread::scope(|scope| {
        let parts: Vec<_> = entries.chunks(each).map(|part| scope.spawn(move || part.iter().map(look).collect::<Vec<_>>())).collect();
        parts.into_iter().flat_map(|part| part.join().unwrap_or_default()).collect()
    })
}

fn look(kept: &trail::Kept) -> Looked {
    let trail::Kept { index, leaf, bytes, columns } = kept;
    let mut faults = Vec::new();
    if leaf_hash(bytes.as_bytes()) != *leaf {
        faults.push(format!("entry {index}: its bytes do not give its leaf"));
    }
    let entry = Entry::from_bytes(bytes.as_bytes()).map_err(|fault| faults.push(format!("entry {index}: {fault}"))).ok();
    if let Some(entry) = &entry {
        beside(entry, &serde_json::from_str(columns).unwrap_or_default(), &mut faults);
    }
    Looked { index: *index, leaf: *leaf, entry, sealed: Sealed::all_in(bytes), faults }
}

/// Personal values that an accepted act takes away.
fn taken(entry: &Entry) -> Vec<String> {
    let takes = matches!(entry.verb.as_str(), "erase_personal" | "clear_import");
    let values = entry.input["admin"]["values"].as_array().filter(|_| takes && entry.accepted());
    values.into_iter().flatten().filter_map(|id| id.as_str().map(str::to_owned)).collect()
}

/// The columns that are compared by themselves: number and leaf of the bytes, and the bytes.
const KEPT_APART: [&str; 3] = ["idx", "leaf", "bytes"];

/// The columns beside an entry's bytes must say what its bytes say.
fn beside(entry: &Entry, columns: &Value, faults: &mut Vec<String>) {
    let cells = trail::row_of(entry, &Hash([0; 32]), String::new()).cells();
    for ((column, _), value) in EntryRow::COLUMNS.iter().zip(cells).filter(|((column, _), _)| !KEPT_APART.contains(column)) {
        if columns.get(*column) != Some(&value) {
            let case = entry.case.map(|case| case.to_string()).unwrap_or_default();
            faults.push(format!("audit_entry {} (case {case}): column {column} differs from the entry", entry.index));
        }
    }
}

/// Every row of a table `r`, by its id, page by page.
async fn each_row(
    db: &Database,
    select: &str,
    mut with: impl FnMut(&str, &QueryResult) -> Result<(), StoreFault>,
) -> Result<(), StoreFault> {
    let sql = db.places(&format!("{select} WHERE r.id > ? ORDER BY r.id LIMIT ?"));
    let mut after = String::new();
    loop {
        let page = db.pool().query_all_raw(db.statement(&sql, vec![after.clone().into(), ROWS.into()])).await?;
        if page.is_empty() {
            return Ok(());
        }
        for row in page {
            after = row.try_get_by_index(0)?;
            with(&after, &row)?;
        }
    }
}

/// Every sealed value that an entry names has its row, also one that was erased.
async fn kept_apart(db: &Database, found: &mut Verified) -> Result<(), StoreFault> {
    let mut lost: BTreeMap<Uuid, u64> = found.named.iter().map(|(id, (entry, _))| (*id, *entry)).collect();
    each_row(db, "SELECT r.id FROM personal_value r", |id, _| {
        id.parse().ok().and_then(|id: Uuid| lost.remove(&id));
        Ok(())
    })
    .await?;
    let words = |(id, entry)| format!("personal_value {id}: entry {entry} names it, the row is missing: bring it back from a copy");
    found.faults.extend(lost.into_iter().map(words));
    Ok(())
}

/// A personal value is gone exactly where an entry says so.
async fn erased(db: &Database, taken: &mut BTreeSet<String>, found: &mut Verified) -> Result<(), StoreFault> {
    let sql = "SELECT id FROM personal_value WHERE erased_at IS NOT NULL OR sealed = '' OR salt = ''";
    for row in db.pool().query_all_raw(db.statement(sql, Vec::new())).await? {
        let id: String = row.try_get_by_index(0)?;
        if !taken.remove(&id) {
            found.faults.push(format!("personal_value {id}: it was taken away by no entry"));
        }
    }
    found.faults.extend(taken.iter().map(|id| format!("personal_value {id}: an entry erases it, the row does not say so")));
    Ok(())
}

/// A column of a replayed row, where it holds a text.
fn text_of<'a>(table: Table, row: &'a Cells, column: &str) -> Option<&'a str> {
    let place = table.columns().iter().position(|(name, _)| *name == column)?;
    row[place].as_str()
}

/// Every subject must be found by every part of its name, and by nothing else.
async fn names(db: &Database, rows: &BTreeMap<Table, Replayed>, found: &mut Verified) -> Result<(), StoreFault> {
    let mut kept: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in db.pool().query_all_raw(db.statement("SELECT subject, tail FROM name_tail", Vec::new())).await? {
        kept.entry(row.try_get_by_index(0)?).or_default().insert(row.try_get_by_index(1)?);
    }
    let table = Table::CreditSubject;
    for (subject, row) in rows.get(&table).into_iter().flatten() {
        let wanted = text_of(table, row, "name_key").map(name::tails).unwrap_or_default();
        if !kept.remove(subject).unwrap_or_default().is_superset(&wanted) {
            found.faults.push(format!("name_tail: subject {subject} is not found by its whole name"));
        }
    }
    found.faults.extend(kept.into_keys().map(|subject| format!("name_tail: there is no subject {subject}")));
    Ok(())
}

/// Compares the rows of a table with those that were replayed, page by page.
async fn compare(db: &Database, table: Table, mut replayed: Replayed, found: &mut Verified) -> Result<(), StoreFault> {
    let name = table.name();
    let select = format!("SELECT r.id, {} FROM {name} r", dialect::row_json(db.backend(), table));
    each_row(db, &select, |key, row| {
        found.rows += 1;
        let Some(cells) = replayed.remove(key) else {
            found.faults.push(format!("{name} {key}: the row is in no entry"));
            return Ok(());
        };
        let stored: Value = serde_json::from_str(&row.try_get_by_index::<String>(1)?).unwrap_or_default();
        let case = text_of(table, &cells, "case_id").or_else(|| text_of(table, &cells, "number")).unwrap_or(key);
        let differ = table.columns().iter().zip(&cells).filter(|((column, _), value)| stored.get(*column) != Some(*value));
        let faults = differ.map(|((column, _), _)| format!("{name} {key} (case {case}): column {column} differs from the trail"));
        found.faults.extend(faults);
        Ok(())
    })
    .await?;
    let lost: BTreeSet<_> = replayed.into_keys().collect();
    found.faults.extend(lost.into_iter().map(|key| format!("{name} {key}: the trail has the row, the table does not")));
    Ok(())
}
