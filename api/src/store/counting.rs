//! Which cases count: those that came by no file, and those whose file has arrived whole. The one clause behind every list,
//! page, search, count, export, timer and letter; a source test finds who reads cases without it.

use sea_orm::{EntityTrait, QueryFilter, Select, sea_query::Expr};

use super::entities::{cases, credit_subject};

/// Imports that have not arrived whole: few, and found by an index of their own.
const NOT_WHOLE: &str = "SELECT f.id FROM import_file f WHERE f.status <> 'whole'";

/// SQL: the case under this alias counts.
pub fn counts(alias: &str) -> String {
    format!("({alias}.import IS NULL OR {alias}.import NOT IN ({NOT_WHOLE}))")
}

/// SQL: the case that this column names counts; asked row by row, for lists that show their first rows.
pub fn names_one_that_counts(column: &str) -> String {
    format!("(SELECT {} FROM cases k WHERE k.id = {column})", counts("k"))
}

/// SQL: the same for whoever reads all rows.
pub fn names_none_that_arrives(column: &str) -> String {
    format!("{column} NOT IN (SELECT k.id FROM cases k WHERE k.import IN ({NOT_WHOLE}))")
}

/// Cases that count.
pub fn cases() -> Select<cases::Entity> {
    cases::Entity::find().filter(Expr::cust(counts("cases")))
}

/// The case of an id, where it counts.
pub fn case(id: impl Into<String>) -> Select<cases::Entity> {
    cases::Entity::find_by_id(id.into()).filter(Expr::cust(counts("cases")))
}

/// Subjects of cases that count.
pub fn subjects() -> Select<credit_subject::Entity> {
    let known = format!("EXISTS (SELECT 1 FROM cases k WHERE k.subject = credit_subject.id AND {})", counts("k"));
    credit_subject::Entity::find().filter(Expr::cust(known))
}
