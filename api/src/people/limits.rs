//! How often somebody may try a password. Every try is counted before the password is looked at, in one statement, so that
//! no number of tries at once is worth more than the same number one after the other (decision 0025).

use domain::moment::Micros;
use sea_orm::{ConnectionTrait, Value};
use uuid::Uuid;

use super::log;
use crate::store::{Database, StoreFault};

const MINUTE: i64 = 60_000_000;
/// How long tries are counted together, from the first of them, and how long a full count locks.
const WINDOW: i64 = 15 * MINUTE;
/// Tries at one account from one address.
const PAIR: Limit = Limit { most: 5, pace: 0, window: WINDOW };
/// Tries from one address, at whatever accounts; those that succeed do not count.
const ADDRESS: Limit = Limit { most: 100, pace: 0, window: WINDOW };
/// Tries at one account from addresses that it does not know: slowed down then, never locked, so that no stranger can keep
/// anybody out.
const ACCOUNT: Limit = Limit { most: 20, pace: MINUTE / 2, window: WINDOW };

/// So many tries in a window; after them one in every `pace` microseconds, or none.
#[derive(Clone, Copy, Debug)]
struct Limit {
    most: i64,
    pace: i64,
    window: i64,
}

/// Who tries: the hash of a login, whether it exists or not, and where from.
#[derive(Clone, Copy, Debug)]
pub struct Try<'a> {
    pub login: &'a str,
    pub address: &'a str,
    /// The account behind the login, if there is one.
    pub account: Option<&'a str>,
}

/// Whether a try may go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Admitted {
    Yes,
    /// This account is locked for this address.
    Locked,
    /// Too many tries from the address, or at the account from everywhere.
    Slowed,
}

impl Try<'_> {
    fn pair(&self) -> String {
        format!("pair|{}|{}", self.login, self.address)
    }

    fn by_address(&self) -> String {
        format!("address|{}", self.address)
    }

    fn by_account(&self) -> String {
        format!("account|{}", self.login)
    }

    /// Counts the try and says whether its password may be looked at.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn count(&self, db: &Database, now: Micros) -> Result<Admitted, StoreFault> {
        if !counted(db, &self.pair(), PAIR, now).await? {
            return Ok(Admitted::Locked);
        }
        let known = match self.account {
            Some(account) => log::knows(db, account, self.address).await?,
            None => false,
        };
        // Whoever signs in from here often is hindered by nobody else's tries.
        if known || (counted(db, &self.by_address(), ADDRESS, now).await? && counted(db, &self.by_account(), ACCOUNT, now).await?) {
            return Ok(Admitted::Yes);
        }
        Ok(Admitted::Slowed)
    }

    /// The password was right: its try is no guess.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn succeeded(&self, db: &Database) -> Result<(), StoreFault> {
        let sql = db.places("DELETE FROM sign_in_limit WHERE id = ?");
        db.pool().execute_raw(db.statement(&sql, vec![self.pair().into()])).await?;
        let sql = db.places("UPDATE sign_in_limit SET tries = tries - 1 WHERE tries > 0 AND id IN (?, ?)");
        db.pool().execute_raw(db.statement(&sql, vec![self.by_address().into(), self.by_account().into()])).await?;
        Ok(())
    }
}

/// Counts one of an address's returns from a provider of identities, each of which makes the house ask there; whether it may go on.
///
/// # Errors
/// When the database fails.
pub(super) async fn returned(db: &Database, address: &str, now: Micros) -> Result<bool, StoreFault> {
    counted(db, &format!("returned|{address}"), ADDRESS, now).await
}

/// Counts one of what may be asked so many times an hour; whether it is within the limit.
///
/// # Errors
/// When the database fails.
pub(super) async fn hourly(db: &Database, id: &str, most: u32, now: Micros) -> Result<bool, StoreFault> {
    counted(db, id, Limit { most: i64::from(most), pace: 0, window: 60 * MINUTE }, now).await
}

/// One more try; whether it is within the limit, or the one that the pace lets through.
async fn counted(db: &Database, id: &str, limit: Limit, now: Micros) -> Result<bool, StoreFault> {
    let turn = Uuid::new_v4().to_string();
    let (over, full) = ("sign_in_limit.ends_at <= excluded.ends_at - ?", "sign_in_limit.tries + 1 = excluded.most");
    let paced = "sign_in_limit.tries >= excluded.most AND excluded.pace > 0 AND sign_in_limit.next_at <= excluded.ends_at - ?";
    let sql = db.places(&format!(
        "INSERT INTO sign_in_limit (id, tries, ends_at, most, pace, next_at, turn) VALUES (?, 1, ?, ?, ?, 0, ?) ON CONFLICT (id) DO UPDATE SET \
         tries = CASE WHEN {over} THEN 1 ELSE sign_in_limit.tries + 1 END, \
         ends_at = CASE WHEN {over} OR {full} THEN excluded.ends_at ELSE sign_in_limit.ends_at END, \
         next_at = CASE WHEN {paced} THEN excluded.ends_at - ? + excluded.pace ELSE sign_in_limit.next_at END, \
         turn = CASE WHEN {paced} THEN excluded.turn ELSE sign_in_limit.turn END, \
         most = excluded.most, pace = excluded.pace RETURNING tries, turn"
    ));
    let window = || Value::from(limit.window);
    let mut values: Vec<Value> = vec![id.into(), (now.0 + limit.window).into(), limit.most.into(), limit.pace.into(), turn.clone().into()];
    values.extend(std::iter::repeat_with(window).take(5));
    let row = db.pool().query_one_raw(db.statement(&sql, values)).await?;
    let Some(row) = row else { return Ok(false) };
    let (tries, last): (i64, String) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
    Ok(tries <= limit.most || (limit.pace > 0 && last == turn))
}

/// Forgets counts that hold nobody up any more.
///
/// # Errors
/// When the database fails.
pub async fn forget_old(db: &Database, now: Micros) -> Result<(), StoreFault> {
    let sql = db.places("DELETE FROM sign_in_limit WHERE ends_at <= ?");
    db.pool().execute_raw(db.statement(&sql, vec![now.0.into()])).await?;
    Ok(())
}
