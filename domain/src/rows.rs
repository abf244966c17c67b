//! The rows that guards read and replay rebuilds. One list; the database tables, the snapshot and the replay follow it.

use serde::{Deserialize, Serialize};
use time::Date;
use uuid::Uuid;

use crate::{
    collection::{DecisionKind, LineOutcome, Measured, Platform},
    digest::Reminders,
    erasure::{ErasureGround, ErasureKind},
    ids::{AccountId, CaseId, PersonId, RowId, SubjectId},
    import::{GivenUpWhy, ImportStatus},
    moment::Micros,
    office::{OfficeKind, Rank},
    paper::{DocumentKind, ItemList},
    personal::Sealed,
    process::{CaseData, Phase, Process},
    record::{RecordClass, Sector, SubjectKind},
    repair::PlatformAnswer,
};
pub use crate::{
    column::{AsText, Holds, Packed},
    standing::{DeadlineStatus, ItemStatus, ListedStatus, NoteKind, NoteStatus, NoticeStatus, Standing},
};

/// Hands the one list of tables to macro `$m`: table, row type, field in the snapshot, doc, columns with Rust type and column kind.
#[macro_export]
macro_rules! for_each_table {
    ($m:ident) => { $m! {
        /// An office (局、科、中心、县局); `successor` took over what was open when it ended.
        office Office offices { id: String => text, zh: String => text, en: String => text, kind: OfficeKind => text, division_code: Option<String> => text_opt, number_word: String => text, standing: Standing => text, receipt_key: Option<String> => text_opt, sector: Option<Sector> => text_opt, successor: Option<String> => text_opt, ended_on: Option<Date> => text_opt, address_zh: Option<String> => text_opt, address_en: Option<String> => text_opt, telephone: Option<String> => text_opt, hours_zh: Option<String> => text_opt, hours_en: Option<String> => text_opt, review_zh: Option<String> => text_opt, review_en: Option<String> => text_opt, court_zh: Option<String> => text_opt, court_en: Option<String> => text_opt, body_zh: Option<String> => text_opt, body_en: Option<String> => text_opt, }
        /// A sign-in account; its password lives elsewhere. `registered_on` is the day on which it registered itself.
        account Account accounts { id: AccountId => text, login: AsText<Sealed> => text, login_key: Option<String> => text_opt, person: PersonId => text, name: AsText<Sealed> => text, email: Option<AsText<Sealed>> => text_opt, language: String => text, standing: Standing => text, reminders: Option<Reminders> => text_opt, ended_on: Option<Date> => text_opt, registered_on: Option<Date> => text_opt, }
        /// An account's identity at a provider of identities (OpenID Connect): the issuer, and a keyed hash of what the issuer calls
        /// the person, until the link is taken away.
        open_id_link OpenIdLink open_id_links { id: RowId => text, account: AccountId => text, issuer: String => text, subject_key: Option<String> => text_opt, linked_on: Date => text, ended_on: Option<Date> => text_opt, }
        /// A rank given to an account at an office; as a deputy, for a principal and for stated days; with who asked for it,
        /// where a second person has to confirm it.
        role_assignment RoleAssignment roles { id: RowId => text, account: AccountId => text, rank: Rank => text, office: Option<String> => text_opt, standing: Standing => text, principal: Option<AccountId> => text_opt, from_day: Option<Date> => text_opt, until: Option<Date> => text_opt, asked_by: Option<PersonId> => text_opt, }
        /// A credit subject (信用主体).
        credit_subject CreditSubject subjects { id: SubjectId => text, kind: SubjectKind => text, uscc: Option<String> => text_opt, id_number_hash: Option<String> => text_opt, id_number: Option<AsText<Sealed>> => text_opt, name: Option<String> => text_opt, name_key: Option<String> => text_opt, sealed_name: Option<AsText<Sealed>> => text_opt, }
        /// An account's right to act for a subject, to the last day of its authority.
        binding Binding bindings { id: RowId => text, case_id: CaseId => text, account: AccountId => text, subject: SubjectId => text, standing: Standing => text, until: Option<Date> => text_opt, person: Option<PersonId> => text_opt, }
        /// A case of any process; of a record, the canonical key of its document's number; of what Credit China pushed, the key
        /// of its number there. `stepped_on` is the day of its last step, as its paper says it.
        cases Case cases { id: CaseId => text, process: Process => text, number: String => text, definition: String => text, definition_digest: String => text, state: String => text, phase: Phase => text, version: i64 => int, subject: Option<SubjectId> => text_opt, office: String => text, finding_office: Option<String> => text_opt, record: Option<CaseId> => text_opt, parent: Option<CaseId> => text_opt, import: Option<RowId> => text_opt, received_on: Date => text, stepped_on: Date => text, opened_at: Micros => int, decision_key: Option<String> => text_opt, external_key: Option<String> => text_opt, data: AsText<CaseData> => text, }
        /// A relation between cases that effects follow.
        case_link CaseLink links { id: RowId => text, from_case: CaseId => text, kind: String => text, to_case: CaseId => text, }
        /// A deadline with how it was counted.
        deadline Deadline deadlines { id: RowId => text, case_id: CaseId => text, key: String => text, owner: Option<String> => text_opt, start_verb: String => text, start_on: Date => text, count: Option<i64> => int_opt, unit: Option<String> => text_opt, parameter: Option<String> => text_opt, article: Option<String> => text_opt, due_on: Option<Date> => text_opt, fires_at: Option<Micros> => int_opt, remind_at: Option<Micros> => int_opt, status: DeadlineStatus => text, provisional: i64 => int, derivation: Packed => text, }
        /// A closed or running range of days that a deadline does not count.
        pause Pause pauses { id: RowId => text, case_id: CaseId => text, deadline: RowId => text, first_day: Date => text, last_day: Option<Date> => text_opt, }
        /// One point of an item list; `dated_on` is the day of the paper that opened it.
        item Item items { id: RowId => text, case_id: CaseId => text, list: ItemList => text, key: String => text, words: Option<AsText<Sealed>> => text_opt, status: ItemStatus => text, opened_on: Date => text, dated_on: Option<Date> => text_opt, settled_on: Option<Date> => text_opt, }
        /// What waits at an office's or a person's desk.
        work_item WorkItem work_items { id: RowId => text, case_id: CaseId => text, office: String => text, rank: Rank => text, person: Option<PersonId> => text_opt, due_on: Option<Date> => text_opt, deadline: Option<RowId> => text_opt, status: ItemStatus => text, }
        /// What an office wrote in a case: a note, or a question to another office, with its deadline, its work item (of the same
        /// id) and its answer.
        office_note OfficeNote office_notes { id: RowId => text, case_id: CaseId => text, kind: NoteKind => text, office: String => text, author: AccountId => text, words: AsText<Sealed> => text, written_on: Date => text, asked: Option<String> => text_opt, deadline: Option<RowId> => text_opt, status: NoteStatus => text, answer: Option<AsText<Sealed>> => text_opt, answered_by: Option<AccountId> => text_opt, answered_on: Option<Date> => text_opt, }
        /// A document attached to a case by an act; `dated_on` is the day on which it was signed, or came in. A paper of the
        /// office's own has the number that the house gave it, and that number in its canonical form; `drafted` is 1 where the
        /// house drafted it and the act signed it off.
        document Document documents { id: RowId => text, case_id: CaseId => text, kind: DocumentKind => text, sha256: String => text, size: i64 => int, media_type: String => text, name: AsText<Sealed> => text, number: Option<String> => text_opt, number_key: Option<String> => text_opt, dated_on: Option<Date> => text_opt, added_on: Date => text, drafted: i64 => int, }
        /// A punishment measure in force against a subject.
        measure Measure measures { id: RowId => text, case_id: CaseId => text, subject: SubjectId => text, key: String => text, standing: Standing => text, from_day: Date => text, lifted_on: Option<Date> => text_opt, }
        /// The last number given in a series of an office and year (文号 or case number).
        number_series NumberSeries series { id: String => text, last: i64 => int, }
        /// A setting that differs from the settings file.
        setting Setting settings { id: String => text, value: String => text, since: Date => text, }
        /// A law file that was loaded while the house runs; its path is its id.
        law_file LawFile law_files { id: String => text, text: String => text, sha256: String => text, loaded_on: Date => text, }
        /// A person who stepped aside in a case.
        recusal Recusal recusals { id: RowId => text, case_id: CaseId => text, person: PersonId => text, }
        /// A supervision record (督办): a deadline that was missed.
        supervision Supervision supervisions { id: RowId => text, case_id: CaseId => text, deadline: RowId => text, office: Option<String> => text_opt, missed_on: Date => text, }
        /// The published list, one row a record that was ever shown.
        listed Listed listed { id: CaseId => text, number: String => text, subject: SubjectId => text, name: String => text, name_key: String => text, uscc: Option<String> => text_opt, class: RecordClass => text, decision_number: String => text, decision_key: String => text, office_zh: String => text, office_en: String => text, decided_on: Date => text, violation: String => text, content: String => text, shown_from: Date => text, last_day: Date => text, status: ListedStatus => text, }
        /// A file whose rows become cases, or rows of information where it has no process: `file` is its office and digest, `arrived` how many of its `rows` are there, `entry` the
        /// one that began it; `cleared` of how many cases nothing is left after it was given up.
        import_file ImportFile imports { id: RowId => text, file: String => text, office: String => text, layout: String => text, process: Option<Process> => text_opt, account: AccountId => text, rows: i64 => int, arrived: i64 => int, status: ImportStatus => text, committed_on: Date => text, entry: Option<i64> => int_opt, whole_at: Option<Micros> => int_opt, given_up: Option<GivenUpWhy> => text_opt, refused_row: Option<i64> => int_opt, cleared: i64 => int, }
        /// An answer to an application that Credit China pushed, as a file told it.
        platform_answer PlatformAnswered answers { id: RowId => text, case_id: CaseId => text, answer: PlatformAnswer => text, told_on: Date => text, file_sha256: String => text, }
        /// Personal values that were erased, and whether everything outside the tree is gone too.
        erasure Erasure erasures { id: RowId => text, kind: ErasureKind => text, target: String => text, cases: AsText<Vec<CaseId>> => text, ground: ErasureGround => text, erased_on: Date => text, swept: i64 => int, }
        /// A plan that was started, by key and first day, with the version that holds.
        plan_run PlanRun plan_runs { id: String => text, version: String => text, started_on: Date => text, standing: Standing => text, closed_on: Option<Date> => text_opt, }
        /// The task of a line of a running plan for one office; its id names run, line and office.
        plan_line PlanLine plan_lines { id: String => text, case_id: CaseId => text, run: String => text, line: String => text, office: String => text, version: String => text, due_on: Date => text, }
        /// A thing that plans count: what is counted and in which year (`counted`), its kind, whose it is, its day and the case that
        /// shows it; `fallen_on` from the day on which it counts no longer.
        plan_fact PlanFact plan_facts { id: RowId => text, case_id: CaseId => text, counted: String => text, kind: Option<String> => text_opt, office: String => text, field: Option<Sector> => text_opt, theme: Option<String> => text_opt, on_day: Date => text, until: Option<Date> => text_opt, amount: Option<i64> => int_opt, among: Option<i64> => int_opt, shown: i64 => int, concluded: i64 => int, fallen_on: Option<Date> => text_opt, }
        /// A piece of publicity on the bureau's own pages, one row a case that was ever shown there.
        shown Shown shown { id: CaseId => text, number: String => text, kind: String => text, channel: String => text, part: Option<String> => text_opt, record: Option<CaseId> => text_opt, office_zh: String => text, office_en: String => text, title: AsText<Sealed> => text, words: AsText<Sealed> => text, shown_from: Date => text, ended_on: Option<Date> => text_opt, status: ListedStatus => text, }
        /// A row of collected information in one of its versions: by its item of the catalogue and its key; `import` and `place` of a
        /// row of a file, `record` of what the house collects out of a record. The newest of a key counts. `version` is the digest of
        /// its values.
        information Information information { id: RowId => text, import: Option<RowId> => text_opt, record: Option<CaseId> => text_opt, place: i64 => int, item: String => text, key: String => text, uscc: Option<String> => text_opt, name: String => text, kind: SubjectKind => text, sectors: Option<String> => text_opt, division: Option<String> => text_opt, decided_on: Option<Date> => text_opt, valid_from: Option<Date> => text_opt, valid_to: Option<Date> => text_opt, collected_on: Date => text, ended_on: Option<Date> => text_opt, office: String => text, arrived_at: Micros => int, version: String => text, fields: Packed => text, }
        /// A row of information as it was handed to a platform, with what was wrong with it by the catalogue of that day and what the
        /// platform said.
        submission_line SubmissionLine submission_lines { id: RowId => text, case_id: CaseId => text, information: RowId => text, version: String => text, line: i64 => int, item: String => text, key: String => text, platform: Platform => text, decision: Option<DecisionKind> => text_opt, decided_on: Option<Date> => text_opt, sent_on: Date => text, needed: i64 => int, filled: i64 => int, wrong: Option<String> => text_opt, outcome: Option<LineOutcome> => text_opt, code: Option<String> => text_opt, answered_on: Option<Date> => text_opt, }
        /// A rate that was frozen for a day: by what plans find it (`counted`), what of, its period, the numbers, and the digest of the list of failing records.
        measure_line MeasureLine measure_lines { id: String => text, counted: String => text, measure: Measured => text, scope: String => text, first_day: Option<Date> => text_opt, as_of: Date => text, at_size: i64 => int, num: i64 => int, den: i64 => int, excluded: i64 => int, failing: i64 => int, list_sha256: String => text, frozen_on: Date => text, }
        /// When the house last told of something that recurs: the day's digests, a missing calendar.
        told Told told { id: String => text, at: Micros => int, }
        /// The clock of a demo database, microseconds since 1970 UTC; no row elsewhere.
        demo_clock DemoClock clocks { id: String => text, now: Micros => int, }
    } };
}

/// Columns of a row by name, as JSON holds them.
pub type Columns = serde_json::Map<String, serde_json::Value>;

/// A column as JSON holds it: a text, an integer, or null.
fn written<T: Serialize>(column: &T) -> serde_json::Value {
    serde_json::to_value(column).unwrap_or_default()
}

macro_rules! define_rows {
    ($($(#[$doc:meta])* $table:ident $row:ident $field:ident { $($col:ident : $ty:ty => $kind:ident,)* })*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
            pub struct $row { $(pub $col: $ty,)* }

            impl Row for $row {
                const TABLE: Table = Table::$row;
                fn key(&self) -> String { self.id.to_string() }
                fn owners(&self) -> Vec<Uuid> {
                    let owners: Vec<Option<Uuid>> = vec![$(owner_of!($col self),)*];
                    owners.into_iter().flatten().collect()
                }
                fn words(&self) -> Vec<String> {
                    let words: Vec<Option<String>> = vec![$(word_of!($col self),)*];
                    words.into_iter().flatten().collect()
                }
                fn all(rows: &Rows) -> &std::collections::BTreeMap<String, Self> { &rows.$field }
            }

            impl $row {
                /// The columns that differ from what stood there before; of a new row, all.
                fn changed(&self, before: Option<&Self>) -> Columns {
                    let mut set = Columns::new();
                    $(if before.is_none_or(|before| before.$col != self.$col) {
                        set.insert(stringify!($col).to_owned(), written(&self.$col));
                    })*
                    set
                }

                /// Every column in the order of the table.
                fn cells(&self) -> Vec<serde_json::Value> {
                    vec![$(written(&self.$col),)*]
                }
            }
        )*

        /// A table of the list.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Table { $($row,)* }

        impl Table {
            pub const ALL: &'static [Self] = &[$(Self::$row,)*];

            /// The table's name in the database and in audit entries.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$row => stringify!($table),)* }
            }

            /// Columns in order, each with what it holds.
            pub const fn columns(self) -> &'static [(&'static str, Holds)] {
                match self { $(Self::$row => &[$((stringify!($col), holds!($kind)),)*],)* }
            }

            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|table| table.name() == name)
            }
        }

        /// A row of any table; as JSON an object of its columns.
        #[derive(Clone, Debug, PartialEq, Serialize)]
        #[serde(untagged)]
        pub enum AnyRow { $($row($row),)* }

        impl AnyRow {
            pub fn table(&self) -> Table { match self { $(Self::$row(_) => Table::$row,)* } }
            pub fn key(&self) -> String { match self { $(Self::$row(row) => row.key(),)* } }

            /// Every column in the order of the table: texts, integers and nulls.
            pub fn cells(&self) -> Vec<serde_json::Value> {
                match self { $(Self::$row(row) => row.cells(),)* }
            }

            /// The row as a JSON object of its columns.
            pub fn to_json(&self) -> Columns {
                match self { $(Self::$row(row) => row.changed(None),)* }
            }

            /// # Errors
            /// When a column does not hold what its type admits.
            pub fn from_json(table: Table, value: serde_json::Value) -> Result<Self, serde_json::Error> {
                Ok(match table { $(Table::$row => Self::$row(serde_json::from_value(value)?),)* })
            }

            /// # Errors
            /// When a column does not hold what its type admits.
            pub fn from_text(table: Table, text: &str) -> Result<Self, serde_json::Error> {
                Ok(match table { $(Table::$row => Self::$row(serde_json::from_str(text)?),)* })
            }
        }

        $(
            impl From<$row> for AnyRow { fn from(row: $row) -> Self { Self::$row(row) } }
        )*

        /// Rows by table and key, and by what they belong to.
        #[derive(Clone, Debug, Default)]
        pub struct Rows {
            $(pub $field: std::collections::BTreeMap<String, $row>,)*
            owned: std::collections::BTreeMap<(Table, Uuid), std::collections::BTreeSet<String>>,
            worded: std::collections::BTreeMap<(Table, String), std::collections::BTreeSet<String>>,
        }

        impl Rows {
            /// Puts a row in its place and returns what stood there.
            pub fn put(&mut self, row: AnyRow) -> Option<AnyRow> {
                match row {
                    $(AnyRow::$row(row) => {
                        let (key, owners, words) = (row.key(), row.owners(), row.words());
                        let before = self.$field.insert(key.clone(), row);
                        let (old, old_words) = before.as_ref().map(|row| (row.owners(), row.words())).unwrap_or_default();
                        if before.is_none() || old_words != words {
                            self.forget(Table::$row, &key, old_words);
                            for word in words {
                                self.worded.entry((Table::$row, word)).or_default().insert(key.clone());
                            }
                        }
                        if before.is_none() || old != owners {
                            self.disown(Table::$row, &key, old);
                            for owner in owners {
                                self.owned.entry((Table::$row, owner)).or_default().insert(key.clone());
                            }
                        }
                        before.map(AnyRow::$row)
                    })*
                }
            }

            pub fn get(&self, table: Table, key: &str) -> Option<AnyRow> {
                match table { $(Table::$row => self.$field.get(key).cloned().map(AnyRow::$row),)* }
            }

            /// The columns of a row that differ from what stood there before; of a new row, all. None where there is no row.
            pub fn changed(&self, table: Table, key: &str, before: Option<&AnyRow>) -> Option<Columns> {
                match table {
                    $(Table::$row => {
                        let before = match before { Some(AnyRow::$row(before)) => Some(before), _ => None };
                        self.$field.get(key).map(|row| row.changed(before))
                    })*
                }
            }

            pub fn remove(&mut self, table: Table, key: &str) {
                let gone = match table { $(Table::$row => self.$field.remove(key).map(|row| (row.owners(), row.words())),)* };
                let (owners, words) = gone.unwrap_or_default();
                self.disown(table, key, owners);
                self.forget(table, key, words);
            }

            fn forget(&mut self, table: Table, key: &str, words: Vec<String>) {
                for word in words {
                    if let Some(keys) = self.worded.get_mut(&(table, word)) {
                        keys.remove(key);
                    }
                }
            }

            fn disown(&mut self, table: Table, key: &str, owners: Vec<Uuid>) {
                for owner in owners {
                    if let Some(keys) = self.owned.get_mut(&(table, owner)) {
                        keys.remove(key);
                    }
                }
            }

            /// The rows of a table in which a column by which people are found holds this word, by key: a code, a hash of an
            /// identity number, a login, a file, a number of Credit China.
            pub fn under<R: Row>(&self, word: &str) -> impl Iterator<Item = &R> {
                let keys = self.worded.get(&(R::TABLE, word.to_owned()));
                keys.into_iter().flatten().filter_map(|key| R::all(self).get(key))
            }

            /// The rows of a table that belong to a case, a subject, an account or a deadline, by key.
            pub fn of<R: Row>(&self, owner: impl Into<Uuid>) -> impl Iterator<Item = &R> {
                let keys = self.owned.get(&(R::TABLE, owner.into()));
                keys.into_iter().flatten().filter_map(|key| R::all(self).get(key))
            }

            /// Takes every row out, table by table.
            pub fn into_rows(self) -> impl Iterator<Item = AnyRow> {
                std::iter::empty()$(.chain(self.$field.into_values().map(AnyRow::$row)))*
            }

            /// Every row, table by table.
            pub fn iter(&self) -> impl Iterator<Item = AnyRow> + '_ {
                std::iter::empty()$(.chain(self.$field.values().cloned().map(AnyRow::$row)))*
            }
        }
    };
}

macro_rules! holds {
    (text) => {
        Holds::Text
    };
    (text_opt) => {
        Holds::MayText
    };
    (int) => {
        Holds::Int
    };
    (int_opt) => {
        Holds::MayInt
    };
}

impl RoleAssignment {
    /// Whether the seat is held on a day.
    pub fn holds_on(&self, day: Date) -> bool {
        self.standing == Standing::Active && self.from_day.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }
}

impl Listed {
    /// Whether it is published on a day; a late timer publishes nothing.
    pub fn is_shown(&self, day: Date) -> bool {
        self.status == ListedStatus::Shown && self.last_day >= day
    }
}

/// A row of one table: where it stands, what names it, and what it belongs to.
pub trait Row: Sized + 'static {
    const TABLE: Table;
    fn key(&self) -> String;
    /// Ids in the columns by which the house looks rows up.
    fn owners(&self) -> Vec<Uuid>;
    /// Words in the columns by which the house looks rows up.
    fn words(&self) -> Vec<String>;
    fn all(rows: &Rows) -> &std::collections::BTreeMap<String, Self>;
}

/// The id that a column of this name holds, where rows are looked up by it.
macro_rules! owner_of {
    (case_id $row:ident) => {
        Some(Uuid::from($row.case_id))
    };
    (record $row:ident) => {
        $row.record.map(Uuid::from)
    };
    (parent $row:ident) => {
        $row.parent.map(Uuid::from)
    };
    (subject $row:ident) => {
        Option::<SubjectId>::from($row.subject).map(Uuid::from)
    };
    (account $row:ident) => {
        Some(Uuid::from($row.account))
    };
    (deadline $row:ident) => {
        Option::<RowId>::from($row.deadline).map(Uuid::from)
    };
    ($other:ident $row:ident) => {
        None
    };
}

/// The word that a column of this name holds, where rows are looked up by it.
macro_rules! word_of {
    (uscc $row:ident) => {
        $row.uscc.clone()
    };
    (id_number_hash $row:ident) => {
        $row.id_number_hash.clone()
    };
    (login_key $row:ident) => {
        $row.login_key.clone()
    };
    (external_key $row:ident) => {
        $row.external_key.clone()
    };
    (file $row:ident) => {
        Some($row.file.clone())
    };
    (counted $row:ident) => {
        Some($row.counted.clone())
    };
    ($other:ident $row:ident) => {
        None
    };
}

for_each_table!(define_rows);
