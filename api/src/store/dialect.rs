//! The few differences between the databases, all in one place: statements built once from the list of tables.

use std::fmt::Write;

use domain::rows::Table;
use sea_orm::DbBackend;

use super::cells::{Columns, Ending, EntryRow, Settled, ToCells, Unwritten, source};

/// A list of keys in one parameter, as rows of one text column.
fn keys(backend: DbBackend, place: usize) -> String {
    match backend {
        DbBackend::Postgres => format!("SELECT json_array_elements_text(${place}::json)"),
        _ => format!("SELECT value FROM json_each(?{place})"),
    }
}

/// A row of `table` under alias `r` as JSON text.
pub fn row_json(backend: DbBackend, table: Table) -> String {
    if backend == DbBackend::Postgres {
        return "row_to_json(r)::text".to_owned();
    }
    let columns: Vec<_> = table.columns().iter().map(|(name, _)| format!("'{name}', r.{name}")).collect();
    format!("json_object({})", columns.join(", "))
}

/// The columns of an entry beside its bytes, under alias `r`, as JSON text.
pub fn entry_columns(backend: DbBackend) -> String {
    let names = EntryRow::COLUMNS.iter().map(|(name, _)| *name).filter(|name| *name != "bytes");
    let pairs = names.map(|name| format!("'{name}', r.{name}")).collect::<Vec<_>>().join(", ");
    if backend == DbBackend::Postgres { format!("json_build_object({pairs})::text") } else { format!("json_object({pairs})") }
}

/// Which rows of a table belong to a batch: those whose column is in one of these sets. Each is read by its own index;
/// an OR of them would read the whole table.
fn selection(table: Table) -> &'static [(&'static str, &'static str)] {
    match table {
        // Of what belongs to a case that is named, the case alone: a batch's other entries.
        Table::Case => &[("id", "c"), ("parent", "b")],
        Table::Listed | Table::Shown => &[("id", "c")],
        Table::Deadline
        | Table::Pause
        | Table::Item
        | Table::WorkItem
        | Table::OfficeNote
        | Table::Document
        | Table::Measure
        | Table::Recusal => &[("case_id", "c")],
        Table::CreditSubject => &[("id", "u")],
        Table::Binding => &[("subject", "u"), ("account", "a")],
        Table::Account => &[("id", "a"), ("login_key", "l")],
        Table::OpenIdLink => &[("account", "a"), ("subject_key", "l")],
        Table::ImportFile => &[("id", "f"), ("file", "f"), ("id", "m")],
        Table::PlanLine => &[("case_id", "c"), ("id", "i")],
        Table::PlanFact => &[("case_id", "c"), ("counted", "i")],
        Table::MeasureLine => &[("counted", "i")],
        // Rows that a submission names, and what was handed over of them before; of a record, the record's own; of a subject,
        // all of its code.
        Table::Information => &[("id", "f"), ("id", "c"), ("uscc", "o")],
        Table::SubmissionLine => &[("case_id", "c"), ("information", "f")],
        Table::Erasure => &[("id", "f")],
        // Rows that every batch may need, small, and kept by the door between batches; and what acts write and no guard reads.
        Table::Office
        | Table::RoleAssignment
        | Table::NumberSeries
        | Table::Setting
        | Table::Told
        | Table::DemoClock
        | Table::LawFile
        | Table::PlanRun
        | Table::CaseLink
        | Table::Supervision
        | Table::PlatformAnswered => &[],
    }
}

/// Membership in a set that is known when the statement runs: an array on `PostgreSQL`, which is looked up in the index
/// whatever the planner believes of the set's size.
fn within(backend: DbBackend, column: &str, set: &str) -> String {
    among(backend, column, &format!("SELECT id FROM {set}"))
}

/// The same for what a query finds.
fn among(backend: DbBackend, column: &str, query: &str) -> String {
    match backend {
        DbBackend::Postgres => format!("{column} = ANY(ARRAY({query}))"),
        _ => format!("{column} IN ({query})"),
    }
}

/// The sets of keys that a batch names, in the order of their parameters: cases, accounts, identifiers of subjects, subjects,
/// logins, import files, codes whose information is asked for, receipts.
const SETS: [&str; 8] = ["w", "a", "i", "q", "l", "f", "o", "k"];

/// Which of the sets are not empty.
#[derive(Clone, Copy, Debug)]
pub struct Given(pub [bool; 8]);

impl Given {
    /// Whether anything can be in a set of the statement: nothing is looked up by one that is empty.
    fn holds(self, set: &str) -> bool {
        let named = |set: &str| SETS.iter().zip(self.0).any(|(name, given)| *name == set && given);
        let subjects = named("i") || named("q");
        match set {
            "b" => named("w"),
            "s" => subjects,
            "m" => named("w") || named("f") || named("o") || subjects,
            "c" | "u" => named("w") || subjects,
            named_set => named(named_set),
        }
    }
}

/// Everything a batch of commands needs, as (table, JSON text); parameters: the sets, each as a JSON list.
pub fn load_batch(backend: DbBackend, given: Given) -> String {
    let within = |column: &str, set: &str| within(backend, column, set);
    // What other sets lead to. It may hold NULL, which matches nothing; to ask for what is not NULL would read all of that.
    let union = |ways: &[(&str, String)]| {
        let live: Vec<_> = ways.iter().filter(|(set, _)| given.holds(set)).map(|(_, sql)| sql.as_str()).collect();
        if live.is_empty() { "SELECT '' WHERE false".to_owned() } else { live.join(" UNION ") }
    };
    let found =
        |column: &str, table: &str, by: &str, set: &'static str| (set, format!("SELECT {column} FROM {table} WHERE {}", within(by, set)));
    let all = |set: &'static str| (set, format!("SELECT id FROM {set}"));
    // A listing or an entry may have counted a record that it does not rest on. IS TRUE keeps the planner from an index of all of them.
    let of_subjects = among(backend, "subject", &format!("SELECT subject FROM cases WHERE {}", within("id", "b")));
    let counting = ("b", format!("SELECT id FROM cases WHERE {of_subjects} AND (process IN ('listing_case', 'proposal_entry')) IS TRUE"));
    let mut sql = String::from("WITH ");
    for (place, set) in SETS.iter().enumerate() {
        let _ = write!(sql, "{set}(id) AS ({}), ", keys(backend, place + 1));
    }
    let _ = write!(
        sql,
        "s(id) AS ({}), b(id) AS ({}), c(id) AS ({}), u(id) AS ({}), m(id) AS ({})",
        union(&[found("id", "credit_subject", "uscc", "i"), found("id", "credit_subject", "id_number_hash", "i"), all("q")]),
        union(&[all("w"), found("record", "cases", "id", "w"), found("parent", "cases", "id", "w")]),
        union(&[
            all("b"),
            found("id", "cases", "record", "b"),
            found("id", "cases", "parent", "w"),
            found("id", "cases", "subject", "s"),
            found("id", "cases", "external_key", "i"),
            counting
        ]),
        union(&[all("s"), found("subject", "cases", "id", "c")]),
        union(&[
            found("import", "cases", "id", "c"),
            found("import", "cases", "parent", "b"),
            found("import", "information", "id", "f"),
            found("import", "information", "uscc", "o")
        ]),
    );
    let parts: Vec<_> = Table::ALL
        .iter()
        .flat_map(|table| selection(*table).iter().map(move |which| (*table, *which)))
        .filter(|(_, (_, set))| given.holds(set))
        .map(|(table, (column, set))| {
            let which = within(&format!("r.{column}"), set);
            format!("SELECT '{name}' AS t, {json} AS j FROM {name} r WHERE {which}", name = table.name(), json = row_json(backend, table))
        })
        .chain(given.holds("k").then(|| format!("{} WHERE {}", receipts(backend), within("r.id", "k"))))
        .chain(given.holds("c").then(|| history(backend)))
        .collect();
    let _ = write!(sql, " {}", parts.join(" UNION ALL "));
    sql
}

/// Who did what before in the cases of a batch, oldest first.
fn history(backend: DbBackend) -> String {
    let json = match backend {
        DbBackend::Postgres => "json_build_array(r.case_id, r.verb, r.person, r.principal, r.effective_on)::text",
        _ => "json_array(r.case_id, r.verb, r.person, r.principal, r.effective_on)",
    };
    let which = within(backend, "r.case_id", "c");
    format!(
        "SELECT t, j FROM (SELECT 'history' AS t, {json} AS j FROM audit_entry r WHERE r.version IS NOT NULL AND {which} ORDER BY r.idx) h"
    )
}

fn receipts(backend: DbBackend) -> &'static str {
    match backend {
        DbBackend::Postgres => "SELECT 'receipt' AS t, json_build_array(r.id, r.input_hash, r.entry)::text AS j FROM receipt r",
        _ => "SELECT 'receipt' AS t, json_array(r.id, r.input_hash, r.entry) AS j FROM receipt r",
    }
}

/// Past answers alone, for a batch whose rows are all held; parameter: a JSON list of receipt ids.
pub fn load_receipts(backend: DbBackend) -> String {
    format!("WITH k(id) AS ({}) {} WHERE {}", keys(backend, 1), receipts(backend), within(backend, "r.id", "k"))
}

/// Rows that the door keeps between batches.
pub const KEPT: [Table; 8] = [
    Table::Office,
    Table::RoleAssignment,
    Table::NumberSeries,
    Table::Setting,
    Table::Told,
    Table::DemoClock,
    Table::LawFile,
    Table::PlanRun,
];

/// All kept rows, and the accounts that hold a role.
pub fn load_kept(backend: DbBackend) -> String {
    let mut parts: Vec<_> = KEPT
        .iter()
        .map(|table| format!("SELECT '{name}' AS t, {json} AS j FROM {name} r", name = table.name(), json = row_json(backend, *table)))
        .collect();
    parts.push(format!(
        "SELECT 'account', {} FROM account r WHERE r.id IN (SELECT account FROM role_assignment)",
        row_json(backend, Table::Account)
    ));
    parts.join(" UNION ALL ")
}

/// Insert or update of any number of rows; `after` is what must happen first on `PostgreSQL`.
pub fn upsert(backend: DbBackend, table: Table, place: usize, after: &str) -> String {
    let columns = table.columns();
    let sets = columns.iter().filter(|(name, _)| *name != "id").map(|(name, _)| format!("{name} = excluded.{name}"));
    let sets = sets.collect::<Vec<_>>().join(", ");
    format!("{} ON CONFLICT (id) DO UPDATE SET {sets}", insert(backend, table.name(), columns, place, after))
}

/// Plain insert of rows.
pub fn insert(backend: DbBackend, table: &str, columns: Columns, place: usize, after: &str) -> String {
    let (select, from) = source(backend, columns, place);
    let names: Vec<_> = columns.iter().map(|(name, _)| *name).collect();
    format!("INSERT INTO {table} ({}) SELECT {select} FROM {after}{from} WHERE true", names.join(", "))
}

/// The class of a record, from the data of a case under `cases`.
pub const fn class_of_record(backend: DbBackend) -> &'static str {
    match backend {
        DbBackend::Postgres => "(cases.data::json -> 'terms' ->> 'class')",
        _ => "(cases.data ->> '$.terms.class')",
    }
}

/// A column with a subject's id among those whose name has a tail in a range; parameters: from, below.
pub fn bearers(backend: DbBackend, column: &str) -> String {
    among(backend, column, "SELECT t.subject FROM name_tail t WHERE t.tail >= ? AND t.tail < ?")
}

/// Sealed values that were not erased; parameter: a JSON list of their ids.
pub fn load_sealed(backend: DbBackend) -> String {
    let named = within(backend, "p.id", "k");
    format!(
        "WITH k(id) AS ({}) SELECT p.id, p.key_id, p.path, p.sealed FROM personal_value p WHERE {named} AND p.erased_at IS NULL",
        keys(backend, 1)
    )
}

/// The database's own time in microseconds.
pub const fn now_micros(backend: DbBackend) -> &'static str {
    match backend {
        DbBackend::Postgres => "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT)",
        _ => "CAST((julianday('now') - 2440587.5) * 86400000000.0 AS INTEGER)",
    }
}

/// Notes what became of tries of letters. What is told of a letter that another process has tried since is passed over, but
/// for one thing: that it left.
pub fn settle_notices(backend: DbBackend) -> String {
    let (select, from) = source(backend, Settled::COLUMNS, 1);
    let names = Settled::COLUMNS.iter().map(|(name, _)| *name).collect::<Vec<_>>();
    let sets: Vec<_> = names[2..].iter().map(|name| format!("{name} = t.{name}")).collect();
    format!(
        "WITH tried({}) AS (SELECT {select} FROM {from}) UPDATE notice SET {} FROM tried t \
         WHERE notice.id = t.id AND notice.status <> 'sent' AND (t.status = 'sent' OR (notice.attempts = t.before AND notice.status <> 'dead'))",
        names.join(", "),
        sets.join(", ")
    )
}

/// What is read of a list of ids, each with an instant: where from, the id, and the instant.
fn endings(backend: DbBackend, place: usize, after: &str) -> (String, &'static str, &'static str) {
    let (_, from) = source(backend, Ending::COLUMNS, place);
    let (id, at) = if backend == DbBackend::Postgres { ("r.id", "r.at") } else { ("r.value->>0", "r.value->>1") };
    (format!("{after}{from}"), id, at)
}

/// Takes salt and ciphertext from personal values; id, path and commitment stay.
pub fn erase(backend: DbBackend, place: usize, after: &str) -> String {
    let (from, id, at) = endings(backend, place, after);
    format!("UPDATE personal_value SET salt = '', sealed = '', erased_at = {at} FROM {from} WHERE personal_value.id = {id}")
}

/// Lets letters wait until an instant.
pub fn postpone(backend: DbBackend) -> String {
    let (from, id, at) = endings(backend, 1, "");
    format!("UPDATE notice SET next_at = {at} FROM {from} WHERE notice.id = {id}")
}

/// Makes every token of accounts worthless, for good.
pub fn end_tokens(backend: DbBackend, place: usize, after: &str) -> String {
    let (from, id, at) = endings(backend, place, after);
    format!("UPDATE token SET revoked_at = {at} FROM {from} WHERE token.account = {id} AND token.revoked_at IS NULL")
}

/// Lets held letters go; parameter: a JSON list of their ids.
pub fn release_letters(backend: DbBackend) -> String {
    format!("UPDATE notice SET status = 'waiting' WHERE status = 'held' AND {}", among(backend, "id", &keys(backend, 1)))
}

/// Drops the letters of cases that never count: they are not sent, and name no address.
pub fn drop_letters(backend: DbBackend, place: usize, after: &str) -> String {
    let (case, from) = source(backend, Unwritten::COLUMNS, place);
    format!(
        "UPDATE notice SET status = 'dropped', address = NULL, next_at = NULL FROM {after}{from} \
         WHERE notice.case_id = {case} AND notice.status = 'held'"
    )
}

/// `?` placeholders as the database writes them.
pub fn places(backend: DbBackend, sql: &str) -> String {
    if backend != DbBackend::Postgres {
        return sql.to_owned();
    }
    let mut number = 0;
    let mut out = String::new();
    for part in sql.split_inclusive('?') {
        match part.strip_suffix('?') {
            Some(text) => {
                number += 1;
                out.push_str(text);
                out.push_str(&format!("${number}"));
            }
            None => out.push_str(part),
        }
    }
    out
}
