//! Collected information: its newest rows, what is to be handed to a platform, and what rates are counted on.

use std::collections::HashMap;

use domain::{
    collection::{LineOutcome, Platform},
    ids::CaseId,
    rows::{AnyRow, Information, SubmissionLine, Table},
};
use sea_orm::{ConnectionTrait, QueryResult, Value};
use time::Date;
use workflows::plan::frozen::{Handed, Kept};

use super::{Database, StoreFault, counting, dialect, entities};

/// Keys that one question names.
const AT_ONCE: usize = 400;

/// SQL: the row under this alias is there, and no newer one of its key is; of two files of one instant the later one has the greater id.
fn is_newest(alias: &str) -> String {
    let later = format!("(n.arrived_at > {alias}.arrived_at OR (n.arrived_at = {alias}.arrived_at AND n.import > {alias}.import))");
    format!(
        "{own} AND NOT EXISTS (SELECT 1 FROM information n WHERE n.item = {alias}.item AND n.key = {alias}.key AND {later} AND {newer})",
        own = counting::counts(alias),
        newer = counting::counts("n")
    )
}

fn row_of(text: &str) -> Result<Information, StoreFault> {
    match AnyRow::from_text(Table::Information, text).map_err(StoreFault::broken)? {
        AnyRow::Information(row) => Ok(row),
        _ => Err(StoreFault::broken("a row of another table")),
    }
}

async fn rows(db: &Database, condition: &str, values: Vec<Value>) -> Result<Vec<Information>, StoreFault> {
    let json = dialect::row_json(db.backend(), Table::Information);
    let sql = db.places(&format!("SELECT {json} FROM information r WHERE {condition}"));
    let found = db.pool().query_all_raw(db.statement(&sql, values)).await?;
    found.into_iter().map(|row| row_of(&row.try_get_by_index::<String>(0)?)).collect()
}

/// The newest rows of these keys of an item, by key.
///
/// # Errors
/// When the database fails or a row does not hold what its type admits.
pub async fn newest(db: &Database, item: &str, keys: &[String]) -> Result<HashMap<String, Information>, StoreFault> {
    let mut found = HashMap::new();
    for some in keys.chunks(AT_ONCE) {
        let places = vec!["?"; some.len()].join(", ");
        let condition = format!("r.item = ? AND r.key IN ({places}) AND {}", is_newest("r"));
        let values = std::iter::once(item.into()).chain(some.iter().map(|key| key.as_str().into())).collect();
        found.extend(rows(db, &condition, values).await?.into_iter().map(|row| (row.key.clone(), row)));
    }
    Ok(found)
}

/// A page of a register.
#[derive(Clone, Debug, Default)]
pub struct Asked<'a> {
    pub item: &'a str,
    /// Only rows of these offices; all where none is given.
    pub offices: Option<&'a [String]>,
    /// A code, or a part of a name.
    pub search: Option<&'a str>,
    /// The key behind which it begins.
    pub after: Option<&'a str>,
    pub most: u64,
}

/// Newest rows of an item in the order of their keys.
///
/// # Errors
/// As [`newest`].
pub async fn page(db: &Database, asked: &Asked<'_>) -> Result<Vec<Information>, StoreFault> {
    let (mut condition, mut values) = ("r.item = ?".to_owned(), vec![Value::from(asked.item)]);
    if let Some(after) = asked.after {
        condition.push_str(" AND r.key > ?");
        values.push(after.into());
    }
    if let Some(offices) = asked.offices {
        let places = if offices.is_empty() { "''".to_owned() } else { vec!["?"; offices.len()].join(", ") };
        condition.push_str(&format!(" AND r.office IN ({places})"));
        values.extend(offices.iter().map(|office| Value::from(office.as_str())));
    }
    if let Some(search) = asked.search {
        // A name holds the words as they are written: no sign of theirs is a pattern.
        let plain: String = search.chars().filter(|sign| !matches!(sign, '%' | '_' | '\\')).collect();
        condition.push_str(" AND (r.uscc = ? OR r.name LIKE ?)");
        values.extend([Value::from(search.to_uppercase()), Value::from(format!("%{plain}%"))]);
    }
    condition.push_str(&format!(" AND {} ORDER BY r.key LIMIT ?", is_newest("r")));
    values.push(i64::try_from(asked.most).unwrap_or(i64::MAX).into());
    rows(db, &condition, values).await
}

/// SQL: this version of the row under `r` was handed to a platform and did not come back; parameter: the platform.
const HANDED: &str = "EXISTS (SELECT 1 FROM submission_line l WHERE l.information = r.id AND l.version = r.version AND l.platform = ? AND (l.outcome IS NULL OR l.outcome = 'ACCEPTED'))";

/// SQL: the row under `r` has to be handed over, with its parameters: it stands, was not handed over as it is, and no other submission
/// has to correct it.
fn waits((office, platform): (&str, Platform), items: &[&str], today: Date) -> (String, Vec<Value>) {
    let places = vec!["?"; items.len()].join(", ");
    let elsewhere = "EXISTS (SELECT 1 FROM submission_line l JOIN cases c ON c.id = l.case_id WHERE l.platform = ? AND l.item = r.item AND l.key = r.key AND c.state = 'to_correct')";
    let condition = format!(
        "r.office = ? AND r.item IN ({places}) AND (r.ended_on IS NULL OR r.ended_on > ?) AND {} AND NOT {HANDED} AND NOT {elsewhere}",
        is_newest("r")
    );
    let mut values = vec![Value::from(office)];
    values.extend(items.iter().map(|item| Value::from(*item)));
    values.extend([today.to_string().into(), platform.key().into(), platform.key().into()]);
    (condition, values)
}

/// What an office has to hand to a platform: rows of these items that stand and were not handed over as they are, but for what another
/// submission has to correct.
///
/// # Errors
/// As [`newest`].
pub async fn to_hand_over(
    db: &Database,
    place: (&str, Platform),
    items: &[&str],
    today: Date,
    most: u64,
) -> Result<Vec<Information>, StoreFault> {
    if items.is_empty() {
        return Ok(Vec::new());
    }
    let (condition, mut values) = waits(place, items, today);
    values.push(i64::try_from(most).unwrap_or(i64::MAX).into());
    rows(db, &format!("{condition} ORDER BY r.item, r.key LIMIT ?"), values).await
}

/// The earliest day of a decision that an office has to hand over; none where none waits.
///
/// # Errors
/// As [`newest`].
pub async fn earliest_to_hand_over(
    db: &Database,
    place: (&str, Platform),
    items: &[&str],
    today: Date,
) -> Result<Option<Date>, StoreFault> {
    if items.is_empty() {
        return Ok(None);
    }
    let (condition, values) = waits(place, items, today);
    let sql = db.places(&format!("SELECT MIN(r.decided_on) FROM information r WHERE {condition}"));
    let found = db.pool().query_one_raw(db.statement(&sql, values)).await?;
    found.map_or(Ok(None), |row| day(&row, 0))
}

/// What a submission has to hand over again: the newest rows of what it handed over, where they differ or came back.
///
/// # Errors
/// As [`newest`].
pub async fn to_correct(db: &Database, case: CaseId, platform: Platform, most: u64) -> Result<Vec<Information>, StoreFault> {
    let own = "EXISTS (SELECT 1 FROM submission_line l WHERE l.case_id = ? AND l.item = r.item AND l.key = r.key)";
    let condition = format!("{own} AND {} AND NOT {HANDED} ORDER BY r.item, r.key LIMIT ?", is_newest("r"));
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    rows(db, &condition, vec![case.to_string().into(), platform.key().into(), most.into()]).await
}

/// Lines of a submission, in their order.
///
/// # Errors
/// As [`newest`].
pub async fn lines(db: &Database, case: CaseId) -> Result<Vec<SubmissionLine>, StoreFault> {
    use entities::submission_line::{Column, Entity};
    use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
    let found = Entity::find().filter(Column::CaseId.eq(case.to_string())).order_by_asc(Column::Line).all(db.pool()).await?;
    found.into_iter().map(|row| row.row().map_err(StoreFault::broken)).collect()
}

/// Lines that were handed over of a row's key, the newest first: where the information went (Sichuan Regulation art. 47).
///
/// # Errors
/// As [`newest`].
pub async fn went(db: &Database, item: &str, key: &str) -> Result<Vec<SubmissionLine>, StoreFault> {
    use entities::submission_line::{Column, Entity};
    use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
    let query = Entity::find().filter(Column::Item.eq(item)).filter(Column::Key.eq(key));
    let found = query.order_by_desc(Column::SentOn).order_by_desc(Column::Line).all(db.pool()).await?;
    found.into_iter().map(|row| row.row().map_err(StoreFault::broken)).collect()
}

/// Rows by their ids.
///
/// # Errors
/// As [`newest`].
pub async fn by_ids(db: &Database, ids: &[String]) -> Result<HashMap<String, Information>, StoreFault> {
    let mut found = HashMap::new();
    for some in ids.chunks(AT_ONCE) {
        let condition = format!("r.id IN ({})", vec!["?"; some.len()].join(", "));
        let values = some.iter().map(|id| id.as_str().into()).collect();
        found.extend(rows(db, &condition, values).await?.into_iter().map(|row| (row.id.to_string(), row)));
    }
    Ok(found)
}

fn day(row: &QueryResult, place: usize) -> Result<Option<Date>, StoreFault> {
    let text: Option<String> = row.try_get_by_index(place)?;
    text.map(|text| domain::day::parse(&text).ok_or_else(|| StoreFault::broken(format!("no day: {text}")))).transpose()
}

fn needed(row: &QueryResult, place: usize) -> Result<Date, StoreFault> {
    day(row, place)?.ok_or_else(|| StoreFault::broken("a day is missing"))
}

/// Every newest row, as far as rates look at it: no values are read.
///
/// # Errors
/// As [`newest`].
pub async fn kept(db: &Database) -> Result<Vec<Kept>, StoreFault> {
    let columns =
        "r.item, r.key, r.uscc, r.sectors, r.division, r.decided_on, r.valid_from, r.valid_to, r.collected_on, r.ended_on, r.office";
    let sql = format!("SELECT {columns} FROM information r WHERE {}", is_newest("r"));
    let found = db.pool().query_all_raw(db.statement(&sql, Vec::new())).await?;
    let one = |row: &QueryResult| -> Result<Kept, StoreFault> {
        Ok(Kept {
            item: row.try_get_by_index(0)?,
            key: row.try_get_by_index(1)?,
            uscc: row.try_get_by_index(2)?,
            sectors: row.try_get_by_index(3)?,
            division: row.try_get_by_index(4)?,
            decided_on: day(row, 5)?,
            valid_from: day(row, 6)?,
            valid_to: day(row, 7)?,
            collected_on: needed(row, 8)?,
            ended_on: day(row, 9)?,
            office: row.try_get_by_index(10)?,
        })
    };
    found.iter().map(one).collect()
}

/// Every line that was handed over from a day on, as far as rates look at it.
///
/// # Errors
/// As [`newest`].
pub async fn handed(db: &Database, from: Date) -> Result<Vec<Handed>, StoreFault> {
    let sql = db.places(
        "SELECT l.item, l.key, l.platform, c.office, l.sent_on, l.line, l.needed, l.filled, l.wrong, l.outcome, l.code, l.answered_on \
         FROM submission_line l JOIN cases c ON c.id = l.case_id WHERE l.sent_on >= ?",
    );
    let found = db.pool().query_all_raw(db.statement(&sql, vec![from.to_string().into()])).await?;
    let number = |row: &QueryResult, place: usize| -> Result<u64, StoreFault> {
        Ok(u64::try_from(row.try_get_by_index::<i64>(place)?).unwrap_or_default())
    };
    let one = |row: &QueryResult| -> Result<Handed, StoreFault> {
        let (platform, outcome): (String, Option<String>) = (row.try_get_by_index(2)?, row.try_get_by_index(9)?);
        Ok(Handed {
            item: row.try_get_by_index(0)?,
            key: row.try_get_by_index(1)?,
            platform: Platform::from_key(&platform).ok_or_else(|| StoreFault::broken("no such platform"))?,
            office: row.try_get_by_index(3)?,
            sent_on: needed(row, 4)?,
            line: row.try_get_by_index(5)?,
            needed: number(row, 6)?,
            filled: number(row, 7)?,
            wrong: row.try_get_by_index(8)?,
            outcome: outcome.as_deref().and_then(LineOutcome::from_key),
            code: row.try_get_by_index(10)?,
            answered_on: day(row, 11)?,
        })
    };
    found.iter().map(one).collect()
}
