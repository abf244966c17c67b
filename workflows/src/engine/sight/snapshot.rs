//! What a decision sees: rows and the history of cases, with undo and a list of what changed.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    ids::{CaseId, PersonId, RowId, SubjectId},
    import::ImportStatus,
    process::Verb,
    rows::{AnyRow, Case, Information, Rows, Table},
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use time::Date;

/// One accepted act in a case's past.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    pub verb: Verb,
    /// None for the system.
    pub person: Option<PersonId>,
    /// Whom the person stood in for.
    pub principal: Option<PersonId>,
    /// The legal day of the act.
    pub on: Date,
}

impl Done {
    /// Whether one of the persons did it, or had it done in their name.
    pub fn by(&self, persons: &[PersonId]) -> bool {
        self.person.iter().chain(&self.principal).any(|person| persons.contains(person))
    }
}

/// A row as an act left it: all columns of a new row, else those that changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    pub table: String,
    pub key: String,
    pub set: Map<String, Value>,
}

impl From<Change> for Value {
    fn from(change: Change) -> Self {
        let columns = [("table", Self::String(change.table)), ("key", Self::String(change.key)), ("set", Self::Object(change.set))];
        Self::Object(columns.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    }
}

#[derive(Clone, Debug)]
enum Step {
    Row { table: Table, key: String, before: Option<Box<AnyRow>> },
    History(CaseId),
}

/// What of the house was loaded; what is beyond it has to be asked for before a decision counts.
#[derive(Clone, Debug, Default)]
pub struct Reach {
    /// Cases whose dependants are there: those that rest on them or belong to them.
    pub families: BTreeSet<CaseId>,
    /// Cases that are there with all their rows.
    pub whole: BTreeSet<CaseId>,
    /// Identifiers under which a subject was looked for.
    pub identifiers: BTreeSet<String>,
    /// Codes whose collected information was asked for.
    pub codes: BTreeSet<String>,
}

/// Rows and history, changed only through [`Snapshot::put`] and [`Snapshot::remember`].
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    rows: Rows,
    history: BTreeMap<CaseId, Vec<Done>>,
    journal: Vec<Step>,
    /// None where everything is there.
    reach: Option<Reach>,
    needs: Reach,
}

impl Snapshot {
    /// A snapshot that holds these rows and knows that there are others.
    pub fn part(rows: Rows) -> Self {
        Self { rows, reach: Some(Reach::default()), ..Self::default() }
    }

    /// Takes in what was loaded beyond what it held, without counting it as a change; rows that are there stand as they are.
    pub fn take_in(&mut self, rows: Rows, history: BTreeMap<CaseId, Vec<Done>>, more: Reach) {
        for row in rows.into_rows() {
            if self.rows.get(row.table(), &row.key()).is_none() {
                self.rows.put(row);
            }
        }
        for (case, done) in history {
            let known = self.history.entry(case).or_default();
            if known.is_empty() {
                *known = done;
            }
        }
        if let Some(reach) = &mut self.reach {
            reach.families.extend(more.families);
            reach.whole.extend(more.whole);
            reach.identifiers.extend(more.identifiers);
            reach.codes.extend(more.codes);
        }
    }

    /// What was changed is written: from here on it is what was found.
    pub fn settle(&mut self) {
        self.journal.clear();
        self.needs = Reach::default();
    }

    /// Cases that were made since loading.
    pub fn made(&self) -> impl Iterator<Item = CaseId> + '_ {
        self.journal.iter().filter_map(|step| match step {
            Step::Row { table: Table::Case, key, before: None } => key.parse().ok(),
            _ => None,
        })
    }

    /// What was asked for and is not there: a decision made meanwhile does not count.
    pub fn needs(&self) -> &Reach {
        &self.needs
    }

    /// Whether a case counts: it came by no file, or every row of its file is there.
    pub fn counts(&self, case: &Case) -> bool {
        self.import_of(case).is_none_or(|status| status == ImportStatus::Whole)
    }

    /// Where the import of a case stands; none where it came by no file.
    pub fn import_of(&self, case: &Case) -> Option<ImportStatus> {
        // An import that is not there has not arrived.
        case.import.map(|id| self.rows.imports.get(&id.to_string()).map_or(ImportStatus::Arriving, |file| file.status))
    }

    /// The first day on which a case counts.
    pub fn counts_from(&self, case: &Case) -> Date {
        let whole = case.import.and_then(|id| self.rows.imports.get(&id.to_string())?.whole_at);
        case.opened_at.max(whole.unwrap_or(case.opened_at)).day()
    }

    /// Every case that was loaded, also of a file that still arrives.
    pub fn every_case(&self) -> impl Iterator<Item = &Case> {
        self.rows.cases.values()
    }

    /// A case that counts.
    pub fn case(&self, id: CaseId) -> Option<&Case> {
        self.rows.cases.get(&id.to_string()).filter(|case| self.counts(case))
    }

    /// The cases of a subject that count.
    pub fn of_subject(&self, id: SubjectId) -> impl Iterator<Item = &Case> {
        self.rows.of::<Case>(id).filter(|case| self.counts(case))
    }

    /// The same with those that still arrive: what asks whether there is such a case already must see them.
    pub fn claims_on_subject(&self, id: SubjectId) -> impl Iterator<Item = &Case> {
        self.rows.of::<Case>(id).filter(|case| self.import_of(case) != Some(ImportStatus::GivenUp))
    }

    /// The cases that rest on a case or belong to it, and count.
    pub fn family(&mut self, id: CaseId) -> impl Iterator<Item = &Case> {
        self.reach_family(id);
        self.rows.of::<Case>(id).filter(|case| self.counts(case))
    }

    /// The same with those that still arrive.
    pub fn claims_on(&mut self, id: CaseId) -> impl Iterator<Item = &Case> {
        self.reach_family(id);
        self.rows.of::<Case>(id).filter(|case| self.import_of(case) != Some(ImportStatus::GivenUp))
    }

    fn reach_family(&mut self, id: CaseId) {
        if self.reach.as_ref().is_some_and(|reach| !reach.families.contains(&id)) {
            self.needs.families.insert(id);
        }
    }

    /// A case that counts, with all its rows.
    pub fn whole(&mut self, id: CaseId) -> Option<Case> {
        if self.reach.as_ref().is_some_and(|reach| !reach.whole.contains(&id)) {
            self.needs.whole.insert(id);
        }
        self.case(id).cloned()
    }

    /// The number by which a case is told of, with a word that it still arrives: (zh, en).
    pub fn number_of(&self, case: &Case) -> (String, String) {
        let number = &case.number;
        if self.counts(case) {
            return (number.clone(), number.clone());
        }
        (format!("{number}（正在随文件导入，尚未生效）"), format!("{number} (it arrives with a file that is being imported)"))
    }

    /// Notes that a subject is looked for by this identifier.
    pub fn look_for(&mut self, identifier: &str) {
        if self.reach.as_ref().is_some_and(|reach| !reach.identifiers.contains(identifier)) {
            self.needs.identifiers.insert(identifier.to_owned());
        }
    }

    /// What is collected about the bearer of a code: of each row its newest version, of files that have arrived whole.
    pub fn information(&mut self, code: &str) -> Vec<Information> {
        if self.reach.as_ref().is_some_and(|reach| !reach.codes.contains(code)) {
            self.needs.codes.insert(code.to_owned());
        }
        let is_whole = |id: RowId| self.rows.imports.get(&id.to_string()).is_some_and(|file| file.status == ImportStatus::Whole);
        let mut newest: BTreeMap<(&str, &str), &Information> = BTreeMap::new();
        for row in self.rows.under::<Information>(code).filter(|row| row.import.is_none_or(is_whole)) {
            let known = newest.entry((&row.item, &row.key)).or_insert(row);
            if (known.arrived_at, known.import) < (row.arrived_at, row.import) {
                *known = row;
            }
        }
        newest.into_values().cloned().collect()
    }

    pub fn rows(&self) -> &Rows {
        &self.rows
    }

    pub fn history(&self, case: CaseId) -> &[Done] {
        self.history.get(&case).map_or(&[], Vec::as_slice)
    }

    pub fn put(&mut self, row: impl Into<AnyRow>) {
        let row = row.into();
        let (table, key) = (row.table(), row.key());
        // What an act makes is there with all that belongs to it.
        if let (AnyRow::Case(case), Some(reach)) = (&row, &mut self.reach)
            && !self.rows.cases.contains_key(&key)
        {
            reach.families.insert(case.id);
            reach.whole.insert(case.id);
        }
        let before = self.rows.put(row).map(Box::new);
        self.journal.push(Step::Row { table, key, before });
    }

    pub fn remember(&mut self, case: CaseId, done: Done) {
        self.history.entry(case).or_default().push(done);
        self.journal.push(Step::History(case));
    }

    /// A point to return to.
    pub fn mark(&self) -> usize {
        self.journal.len()
    }

    /// Undoes everything since `mark`.
    pub fn rollback(&mut self, mark: usize) {
        while self.journal.len() > mark {
            match self.journal.pop() {
                Some(Step::Row { table, key, before }) => match before {
                    Some(row) => drop(self.rows.put(*row)),
                    None => self.rows.remove(table, &key),
                },
                Some(Step::History(case)) => {
                    self.history.entry(case).or_default().pop();
                }
                None => break,
            }
        }
    }

    /// The rows touched between two marks, each once, with the columns that differ.
    pub fn changes(&self, mark: usize) -> Vec<Change> {
        let mut seen = BTreeSet::new();
        let mut changes = Vec::new();
        for step in &self.journal[mark..] {
            let Step::Row { table, key, before } = step else { continue };
            if !seen.insert((*table, key.clone())) {
                continue;
            }
            let set = self.rows.changed(*table, key, before.as_deref()).unwrap_or_default();
            if !set.is_empty() {
                changes.push(Change { table: table.name().to_owned(), key: key.clone(), set });
            }
        }
        changes
    }

    /// Every row that was changed since loading, as it is now.
    pub fn dirty(&self) -> BTreeMap<Table, Vec<AnyRow>> {
        let mut seen = BTreeSet::new();
        let mut dirty: BTreeMap<Table, Vec<AnyRow>> = BTreeMap::new();
        for step in &self.journal {
            if let Step::Row { table, key, .. } = step
                && seen.insert((*table, key.clone()))
                && let Some(row) = self.rows.get(*table, key)
            {
                dirty.entry(*table).or_default().push(row);
            }
        }
        dirty
    }
}
