//! Rows on their way into one table: a list for each column on `PostgreSQL`, one JSON list on `SQLite`.

use domain::{
    column::Holds,
    ids::{AccountId, CaseId, PersonId},
    moment::Micros,
    personal::Sealed,
    process::Process,
    rows::NoticeStatus,
};
use sea_orm::{DbBackend, Value};
use time::Date;
use uuid::Uuid;

/// Columns that are written, each with what it holds.
pub type Columns = &'static [(&'static str, Holds)];

/// A row's cells in the order of its columns: texts, integers and nulls.
pub type Cells = Vec<serde_json::Value>;

/// Stands for an integer that is not there: a list of `PostgreSQL` that is bound holds no null.
pub const NO_INT: i64 = -i64::MAX;
/// Begins a text that may be missing; what is missing is sent as an empty text.
const THERE: char = '=';

/// A row of a table that only the door writes, or what is told about one.
pub trait ToCells {
    const COLUMNS: Columns;
    fn cells(&self) -> Cells;
}

macro_rules! written {
    ($($(#[$doc:meta])* $row:ident { $($col:ident : $ty:ty => $holds:ident,)* })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug)]
        pub struct $row { $(pub $col: $ty,)* }

        impl ToCells for $row {
            const COLUMNS: Columns = &[$((stringify!($col), Holds::$holds),)*];
            fn cells(&self) -> Cells {
                vec![$(serde_json::to_value(&self.$col).unwrap_or_default(),)*]
            }
        }
    )*};
}

written! {
    /// An entry of the trail: its bytes, and the columns by which it is found.
    EntryRow {
        idx: u64 => Int, case_id: Option<CaseId> => MayText, version: Option<i64> => MayInt, cause: Option<u64> => MayInt,
        process: Option<String> => MayText, verb: String => Text, actor: Option<AccountId> => MayText,
        person: Option<PersonId> => MayText, principal: Option<PersonId> => MayText, office: Option<String> => MayText,
        effective_on: Date => Text, recorded_at: Micros => Int, accepted: i64 => Int, leaf: String => Text, bytes: String => Text,
    }
    /// A complete node of the tree.
    NodeRow { level: u8 => Int, position: u64 => Int, hash: String => Text, }
    /// A key that was answered.
    ReceiptRow { id: String => Text, input_hash: String => Text, entry: u64 => Int, }
    /// A personal value, sealed.
    PersonalRow { id: Uuid => Text, entry: u64 => Int, path: String => Text, salt: String => Text, key_id: String => Text, sealed: String => Text, }
    /// A letter that waits.
    NoticeRow {
        id: Uuid => Text, entry: u64 => Int, case_id: Option<CaseId> => MayText, letter: String => Text,
        account: Option<AccountId> => MayText, address: Option<Sealed> => MayText, arguments: String => Text,
        status: NoticeStatus => Text, attempts: i64 => Int, created_at: Micros => Int,
    }
    /// A part of a name by which its subject is found.
    TailRow { tail: String => Text, subject: domain::ids::SubjectId => Text, }
    /// The hash of a password.
    CredentialRow { account: AccountId => Text, hash: String => Text, changed_at: Micros => Int, }
    /// Something that ends, or waits until then.
    Ending { id: String => Text, at: Micros => Int, }
    /// A case whose held letters are dropped.
    Unwritten { case_id: CaseId => Text, }
    /// The text of a definition.
    DefinitionRow { digest: String => Text, process: Process => Text, version: String => Text, text: String => Text, }
    /// What became of a try of a letter; `before` is how many tries there were.
    Settled {
        id: String => Text, before: i64 => Int, attempts: i64 => Int, status: &'static str => Text, next_at: Option<i64> => MayInt,
        last_reply: String => Text, last_code: Option<String> => MayText, template_digest: Option<String> => MayText,
        sent_at: Option<i64> => MayInt,
    }
}

/// Rows as a statement's parameters.
pub fn parameters<W: ToCells>(backend: DbBackend, rows: &[W]) -> Vec<Value> {
    bound(backend, W::COLUMNS, rows.iter().map(ToCells::cells).collect())
}

/// Cells of these columns as a statement's parameters.
pub fn bound(backend: DbBackend, columns: Columns, mut rows: Vec<Cells>) -> Vec<Value> {
    if backend != DbBackend::Postgres {
        return vec![serde_json::to_string(&rows).unwrap_or_default().into()];
    }
    let list = |(place, (_, holds)): (usize, &(&'static str, Holds))| {
        let cells = rows.iter_mut().map(|row| row[place].take());
        if holds.is_int() {
            cells.map(|cell| cell.as_i64().unwrap_or(NO_INT)).collect::<Vec<_>>().into()
        } else {
            cells.map(|cell| sent(cell, *holds)).collect::<Vec<_>>().into()
        }
    };
    columns.iter().enumerate().map(list).collect()
}

/// A text as it is sent.
fn sent(cell: serde_json::Value, holds: Holds) -> String {
    match (cell, holds) {
        (serde_json::Value::String(mut text), Holds::MayText) => {
            text.insert(0, THERE);
            text
        }
        (serde_json::Value::String(text), _) => text,
        _ => String::new(),
    }
}

/// Where the rows are read from, and how each column is: parameters from `place` on.
pub fn source(backend: DbBackend, columns: Columns, place: usize) -> (String, String) {
    let mut read = Vec::new();
    let mut lists = Vec::new();
    for (number, (name, holds)) in columns.iter().enumerate() {
        if backend != DbBackend::Postgres {
            read.push(format!("r.value->>{number}"));
            continue;
        }
        lists.push(format!("${}::{}[]", place + number, if holds.is_int() { "bigint" } else { "text" }));
        read.push(match holds {
            Holds::Text | Holds::Int => format!("r.{name}"),
            Holds::MayText => format!("substr(nullif(r.{name}, ''), 2)"),
            Holds::MayInt => format!("nullif(r.{name}, {NO_INT})"),
        });
    }
    let names = columns.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
    let from = if lists.is_empty() { "json_each(?) AS r".to_owned() } else { format!("unnest({}) AS r({names})", lists.join(", ")) };
    (read.join(", "), from)
}
