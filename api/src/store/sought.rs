//! Entries of the trail by what they are about, the newest first.

use domain::{
    entry::EntryLine,
    ids::{AccountId, CaseId},
    moment::Micros,
};
use sea_orm::{ConnectionTrait, Value};

use super::{
    Database, StoreFault,
    trail::{LINE, line},
};

/// Which entries are meant: all that is given holds.
#[derive(Clone, Debug, Default)]
pub struct Sought {
    pub case: Option<CaseId>,
    /// Only entries that are about no case.
    pub of_the_house: bool,
    pub verb: Option<String>,
    pub actor: Option<AccountId>,
    pub office: Option<String>,
    pub accepted: Option<bool>,
    /// Recorded at this instant or later.
    pub since: Option<Micros>,
    /// Recorded before this instant.
    pub until: Option<Micros>,
}

/// Where a page begins, and which way it is read.
#[derive(Clone, Copy, Debug, Default)]
pub struct Beside {
    /// Number of the entry next to which it begins.
    pub at: Option<i64>,
    /// Towards the newer ones.
    pub backwards: bool,
}

/// The first entry that was recorded at an instant or later; the number after the last one where there is none. Entries are
/// recorded in the order of their numbers, so that no index is needed to find it.
async fn first_since(db: &Database, at: Micros) -> Result<i64, StoreFault> {
    let recorded = db.places("SELECT recorded_at FROM audit_entry WHERE idx = ?");
    let row = db.keyed().query_one_raw(db.statement("SELECT COALESCE(MAX(idx), -1) + 1 FROM audit_entry", Vec::new())).await?;
    let (mut low, mut high): (i64, i64) = (0, row.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or_default());
    while low < high {
        let middle = low + (high - low) / 2;
        let row = db.keyed().query_one_raw(db.statement(&recorded, vec![middle.into()])).await?;
        let found: i64 = row.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or(i64::MAX);
        if found < at.0 {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    Ok(low)
}

/// Lines of the entries that are meant, the newest first; in the other order where the page is read backwards.
///
/// # Errors
/// When the database fails or a column does not hold what its type admits.
pub async fn lines(db: &Database, sought: &Sought, from: Beside, most: u64) -> Result<Vec<EntryLine>, StoreFault> {
    let (mut clauses, mut values): (Vec<&str>, Vec<Value>) = (vec!["idx >= 0"], Vec::new());
    let mut add = |clause: &'static str, value: Value| {
        clauses.push(clause);
        values.push(value);
    };
    if let Some(case) = sought.case {
        add("case_id = ?", case.to_string().into());
    }
    if let Some(verb) = &sought.verb {
        add("verb = ?", verb.clone().into());
    }
    if let Some(actor) = sought.actor {
        add("actor = ?", actor.to_string().into());
    }
    if let Some(office) = &sought.office {
        add("office = ?", office.clone().into());
    }
    if let Some(since) = sought.since {
        add("idx >= ?", first_since(db, since).await?.into());
    }
    if let Some(until) = sought.until {
        add("idx < ?", first_since(db, until).await?.into());
    }
    if let Some(at) = from.at {
        add(if from.backwards { "idx > ?" } else { "idx < ?" }, at.into());
    }
    if sought.of_the_house {
        clauses.push("case_id IS NULL");
    }
    // Written out, so that the index of the refused is seen to fit.
    clauses.extend(sought.accepted.map(|accepted| if accepted { "accepted = 1" } else { "accepted = 0" }));
    values.push(i64::try_from(most).unwrap_or(i64::MAX).into());
    let order = if from.backwards { "ASC" } else { "DESC" };
    // Those of a case are read by the case and then sorted: along the numbers, every entry of the house would be looked at.
    let by = if sought.case.is_some() { "idx + 0" } else { "idx" };
    let sql = format!("SELECT {LINE} FROM audit_entry WHERE {} ORDER BY {by} {order} LIMIT ?", clauses.join(" AND "));
    let rows = db.pool().query_all_raw(db.statement(&db.places(&sql), values)).await?;
    rows.iter().map(line).collect()
}

/// A checkpoint that was signed.
#[derive(Clone, Debug)]
pub struct SignedNote {
    pub size: i64,
    pub note: String,
    pub signed_at: Micros,
}

/// Checkpoints before a (size, instant of signing), those over the most entries first.
///
/// # Errors
/// When the database fails.
pub async fn checkpoints(db: &Database, before: Option<(i64, i64)>, most: u64) -> Result<Vec<SignedNote>, StoreFault> {
    let sql = db
        .places("SELECT size, note, signed_at FROM checkpoint WHERE (size, signed_at) < (?, ?) ORDER BY size DESC, signed_at DESC LIMIT ?");
    let (size, at) = before.unwrap_or((i64::MAX, i64::MAX));
    let values = vec![size.into(), at.into(), i64::try_from(most).unwrap_or(i64::MAX).into()];
    let rows = db.pool().query_all_raw(db.statement(&sql, values)).await?;
    rows.into_iter()
        .map(|row| {
            Ok(SignedNote { size: row.try_get_by_index(0)?, note: row.try_get_by_index(1)?, signed_at: Micros(row.try_get_by_index(2)?) })
        })
        .collect()
}
