//! The log of sign-ins: account, address, instant, outcome. Shown to auditors, kept as long as a setting says.

use domain::{moment::Micros, sign_in::SignInOutcome};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::store::{Database, StoreFault};

/// One line of the log.
#[derive(Clone, Debug)]
pub struct Line {
    pub id: String,
    /// None where the login is nobody's.
    pub account: Option<String>,
    pub address: String,
    pub at: Micros,
    pub outcome: SignInOutcome,
}

/// Notes what became of a try; a login is kept as a keyed hash only.
///
/// # Errors
/// When the database fails.
pub(super) async fn add(
    db: &Database,
    account: Option<&str>,
    login_hash: &str,
    address: &str,
    now: Micros,
    outcome: SignInOutcome,
) -> Result<(), StoreFault> {
    let sql = db.places("INSERT INTO sign_in_log (id, account, login_hash, address, at, outcome) VALUES (?, ?, ?, ?, ?, ?)");
    let values = vec![
        Uuid::now_v7().to_string().into(),
        account.map(str::to_owned).into(),
        login_hash.into(),
        address.into(),
        now.0.into(),
        outcome.key().into(),
    ];
    db.pool().execute_raw(db.statement(&sql, values)).await?;
    Ok(())
}

/// Whether an account has signed in from an address before.
///
/// # Errors
/// When the database fails.
pub(super) async fn knows(db: &Database, account: &str, address: &str) -> Result<bool, StoreFault> {
    let sql = db.places(
        "SELECT 1 FROM sign_in_log WHERE account = ? AND address = ? AND outcome IN ('signed_in', 'signed_in_by_identity') LIMIT 1",
    );
    Ok(db.pool().query_one_raw(db.statement(&sql, vec![account.into(), address.into()])).await?.is_some())
}

/// Lines older than (instant, id), the newest first; of one account where it is named.
///
/// # Errors
/// When the database fails or a line does not hold what its type admits.
pub async fn lines(db: &Database, account: Option<&str>, before: Option<(i64, &str)>, most: u64) -> Result<Vec<Line>, StoreFault> {
    let (at, id) = before.unwrap_or((i64::MAX, ""));
    let mut values = vec![at.into(), id.into()];
    let whose = if account.is_some() { " AND account = ?" } else { "" };
    values.extend(account.map(Into::into));
    values.push(i64::try_from(most).unwrap_or(i64::MAX).into());
    let sql = db.places(&format!(
        "SELECT id, account, address, at, outcome FROM sign_in_log WHERE (at, id) < (?, ?){whose} ORDER BY at DESC, id DESC LIMIT ?"
    ));
    let rows = db.pool().query_all_raw(db.statement(&sql, values)).await?;
    let line = |row: sea_orm::QueryResult| {
        let outcome: String = row.try_get_by_index(4)?;
        let outcome = SignInOutcome::from_key(&outcome).ok_or_else(|| StoreFault::broken("the outcome of a sign-in cannot be read"))?;
        Ok(Line {
            id: row.try_get_by_index(0)?,
            account: row.try_get_by_index(1)?,
            address: row.try_get_by_index(2)?,
            at: Micros(row.try_get_by_index(3)?),
            outcome,
        })
    };
    rows.into_iter().map(line).collect()
}

/// Deletes what is older than an instant, and tokens that ended before it.
///
/// # Errors
/// When the database fails.
pub async fn forget_before(db: &Database, instant: Micros) -> Result<(), StoreFault> {
    for sql in ["DELETE FROM sign_in_log WHERE at < ?", "DELETE FROM token WHERE expires_at < ?"] {
        db.pool().execute_raw(db.statement(&db.places(sql), vec![instant.0.into()])).await?;
    }
    Ok(())
}
