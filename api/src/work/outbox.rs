//! The outbox: letters that acts left behind, until they have left the house.
//!
//! | status | means |
//! |---|---|
//! | `waiting` | to be tried, at `next_at` where one stands |
//! | `handed` | the relay is being given it; whoever does so has not said yet what became of it |
//! | `unknown` | the relay's answer was lost: it may have arrived; sent once more, with the same Message-ID |
//! | `sent` | the relay took it |
//! | `dead` | given up, for a fault of the letter's own; it stays visible and can be sent again |
//!
//! A fault of the operator's settings or of the relay makes no letter dead, however long it lasts.

use std::collections::BTreeMap;

use domain::{admin::AdminAct, letter::Letter, moment::Micros};
use sea_orm::ConnectionTrait;

use super::lease::Mark;
use crate::{
    app::App,
    mail::{Outcome, next_try},
    store::{
        Database, StoreFault,
        cells::{Ending, Settled, parameters},
        dialect,
    },
};

/// Who the mail comes from.
#[derive(Clone, Debug)]
pub struct Sender {
    /// A role address that somebody reads, with or without a display name.
    pub from: String,
    /// Domain of Message-IDs.
    pub domain: String,
    /// Most letters that one account gets in an hour; the others wait.
    pub per_hour: u32,
}

/// A notice as it stands in the outbox.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Notice {
    pub id: String,
    pub entry: i64,
    pub letter: String,
    /// waiting, handed, unknown, sent, dead
    pub status: String,
    pub attempts: i64,
    pub last_reply: Option<String>,
    /// The relay's reply code, or the house's own code of a fault.
    pub last_code: Option<String>,
    pub account: Option<String>,
    #[serde(skip)]
    pub(super) address: Option<String>,
    /// What the letter is made from; personal texts are sealed.
    #[serde(skip)]
    pub arguments: String,
    #[serde(skip)]
    pub(super) created_at: i64,
}

const COLUMNS: &str = "id, entry, letter, status, attempts, last_reply, last_code, account, address, arguments, created_at";
/// Letters that are neither sent nor given up.
const OPEN: &str = "status IN ('waiting', 'unknown', 'handed')";
/// How long the outcome of a letter that was handed over may stay unknown before it is sent once more: longer than any
/// relay is waited for, and than a process that stands still is likely to.
const UNKNOWN: i64 = 4 * HOUR;
/// The code of a letter whose outcome is not known.
const LOST: &str = "ANSWER_LOST";
const HOUR: i64 = 3_600_000_000;

async fn read(app: &App, rest: &str, values: Vec<sea_orm::Value>) -> Result<Vec<Notice>, StoreFault> {
    let sql = app.database.places(&format!("SELECT {COLUMNS} FROM notice {rest}"));
    let rows = app.database.pool().query_all_raw(app.database.statement(&sql, values)).await?;
    rows.into_iter()
        .map(|row| {
            Ok(Notice {
                id: row.try_get_by_index(0)?,
                entry: row.try_get_by_index(1)?,
                letter: row.try_get_by_index(2)?,
                status: row.try_get_by_index(3)?,
                attempts: row.try_get_by_index(4)?,
                last_reply: row.try_get_by_index(5)?,
                last_code: row.try_get_by_index(6)?,
                account: row.try_get_by_index(7)?,
                address: row.try_get_by_index(8)?,
                arguments: row.try_get_by_index(9)?,
                created_at: row.try_get_by_index(10)?,
            })
        })
        .collect()
}

/// How many letters wait, and how many are dead.
///
/// # Errors
/// When the database fails.
pub async fn counts(db: &Database) -> Result<(i64, i64), StoreFault> {
    let sql = format!("SELECT COUNT(CASE WHEN {OPEN} THEN 1 END), COUNT(CASE WHEN status = 'dead' THEN 1 END) FROM notice");
    let row = db.pool().query_one_raw(db.statement(&sql, Vec::new())).await?;
    row.map_or(Ok((0, 0)), |row| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?)))
}

/// How many letters are dead, by the code of their last try. Those of erased persons are no matter.
///
/// # Errors
/// When the database fails.
pub async fn dead_by_code(db: &Database) -> Result<Vec<(String, i64)>, StoreFault> {
    let sql = "SELECT COALESCE(last_code, '-'), COUNT(*) FROM notice WHERE status = 'dead' AND last_reply IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1";
    let rows = db.pool().query_all_raw(db.statement(sql, Vec::new())).await?;
    rows.into_iter().map(|row| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?))).collect()
}

/// What mends a cause, by the code of the last try (zh, en).
pub fn cure(code: &str) -> (&'static str, &'static str) {
    match code {
        "ADDRESS_UNKNOWN" => (
            "没有收件地址；请向收件人索取，其间以书面或者电话告知",
            "no address is known; ask the recipient for one, and tell them on paper or by telephone meanwhile",
        ),
        code if code.starts_with("ADDRESS_") => {
            ("地址不能使用；请向收件人索取其他地址", "the address cannot be used; ask the recipient for another")
        }
        LOST => (
            "两次未收到中继的答复，可能已经送达；请先询问收件人再重发",
            "the relay's answer was lost twice, so that it may have arrived; ask the recipient before it is sent again",
        ),
        code if code.starts_with('5') => (
            "中继永久拒收；其答复见发件清单，请询问其管理人",
            "the relay refused it for good; its words stand in the list, ask who runs it",
        ),
        code if code.starts_with('4') => {
            ("中继一直推迟到最后一次；请询问其管理人", "the relay put it off until the last try; ask who runs it")
        }
        _ => ("其答复见发件清单", "its words stand in the list"),
    }
}

/// A letter as it is shown: no address, nothing that is written in it.
#[derive(Clone, Debug)]
pub struct Line {
    pub id: String,
    pub entry: i64,
    pub case: Option<String>,
    pub letter: String,
    pub status: String,
    pub attempts: i64,
    pub last_code: Option<String>,
    pub account: Option<String>,
    pub created_at: i64,
    pub next_at: Option<i64>,
    pub sent_at: Option<i64>,
}

/// Letters of a status or of all, the newest first, before an (entry, id).
///
/// # Errors
/// When the database fails.
pub async fn lines(db: &Database, status: Option<&str>, before: Option<(i64, &str)>, most: u64) -> Result<Vec<Line>, StoreFault> {
    let (entry, id) = before.unwrap_or((i64::MAX, ""));
    let mut values: Vec<sea_orm::Value> = vec![entry.into(), id.into()];
    let of = if status.is_some() { " AND status = ?" } else { "" };
    values.extend(status.map(Into::into));
    values.push(i64::try_from(most).unwrap_or(i64::MAX).into());
    let sql = db.places(&format!(
        "SELECT id, entry, case_id, letter, status, attempts, last_code, account, created_at, next_at, sent_at FROM notice \
         WHERE (entry, id) < (?, ?){of} ORDER BY entry DESC, id DESC LIMIT ?"
    ));
    let rows = db.pool().query_all_raw(db.statement(&sql, values)).await?;
    rows.into_iter()
        .map(|row| {
            Ok(Line {
                id: row.try_get_by_index(0)?,
                entry: row.try_get_by_index(1)?,
                case: row.try_get_by_index(2)?,
                letter: row.try_get_by_index(3)?,
                status: row.try_get_by_index(4)?,
                attempts: row.try_get_by_index(5)?,
                last_code: row.try_get_by_index(6)?,
                account: row.try_get_by_index(7)?,
                created_at: row.try_get_by_index(8)?,
                next_at: row.try_get_by_index(9)?,
                sent_at: row.try_get_by_index(10)?,
            })
        })
        .collect()
}

/// How many letters of each status there are.
///
/// # Errors
/// When the database fails.
pub async fn by_status(db: &Database) -> Result<Vec<(String, i64)>, StoreFault> {
    let rows =
        db.pool().query_all_raw(db.statement("SELECT status, COUNT(*) FROM notice GROUP BY status ORDER BY status", Vec::new())).await?;
    rows.into_iter().map(|row| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?))).collect()
}

/// The newest notices of a status, or of all.
///
/// # Errors
/// When the database fails.
pub async fn list(app: &App, status: Option<&str>, most: u32) -> Result<Vec<Notice>, StoreFault> {
    match status {
        Some(status) => read(app, "WHERE status = ? ORDER BY entry DESC, id LIMIT ?", vec![status.into(), i64::from(most).into()]).await,
        None => read(app, "ORDER BY entry DESC, id LIMIT ?", vec![i64::from(most).into()]).await,
    }
}

/// One notice by its id.
///
/// # Errors
/// When the database fails.
pub async fn one(app: &App, id: &str) -> Result<Option<Notice>, StoreFault> {
    Ok(read(app, "WHERE id = ?", vec![id.into()]).await?.pop())
}

/// Which dead letters are meant: all conditions that are given hold.
#[derive(Clone, Debug, Default)]
pub struct Dead {
    /// As a UUID is written.
    pub id: Option<String>,
    /// As `last_code` has it.
    pub code: Option<String>,
    /// As the letter's key has it.
    pub letter: Option<String>,
    /// Letters made at or after this instant.
    pub since: Option<i64>,
}

impl Dead {
    /// The act that sends them again.
    pub fn act(&self) -> AdminAct {
        AdminAct::ResendLetters {
            letter: self.id.as_deref().and_then(|id| id.parse().ok()),
            code: self.code.clone(),
            kind: self.letter.as_deref().and_then(Letter::from_key),
        }
    }

    /// The dead letters that are meant, as a condition. Those of erased persons stay dead: nobody is left to write to.
    fn condition(&self) -> (String, Vec<sea_orm::Value>) {
        let mut sql = "status = 'dead' AND (account IS NOT NULL OR address IS NOT NULL)".to_owned();
        let mut values: Vec<sea_orm::Value> = Vec::new();
        for (column, value) in [("id", &self.id), ("last_code", &self.code), ("letter", &self.letter)] {
            if let Some(value) = value {
                sql.push_str(&format!(" AND {column} = ?"));
                values.push(value.clone().into());
            }
        }
        if let Some(since) = self.since {
            sql.push_str(" AND created_at >= ?");
            values.push(since.into());
        }
        (sql, values)
    }
}

/// How many letters are meant.
///
/// # Errors
/// When the database fails.
pub async fn meant(app: &App, which: &Dead) -> Result<i64, StoreFault> {
    let (condition, values) = which.condition();
    let sql = app.database.places(&format!("SELECT COUNT(*) FROM notice WHERE {condition}"));
    let row = app.database.pool().query_one_raw(app.database.statement(&sql, values)).await?;
    row.map_or(Ok(0), |row| Ok(row.try_get_by_index(0)?))
}

/// Puts dead letters back into the queue; how many.
///
/// # Errors
/// When the database fails.
pub async fn resend(app: &App, which: &Dead) -> Result<u64, StoreFault> {
    let (condition, values) = which.condition();
    let sql = format!("UPDATE notice SET status = 'waiting', attempts = 0, next_at = NULL WHERE {condition}");
    let done = app.database.pool().execute_raw(app.database.statement(&app.database.places(&sql), values)).await?;
    Ok(done.rows_affected())
}

/// How many letters each account got in the last hour, and when the first of them was sent.
pub(super) async fn lately(app: &App, now: i64) -> Result<BTreeMap<String, (i64, i64)>, StoreFault> {
    let sql = app
        .database
        .places("SELECT account, COUNT(*), MIN(sent_at) FROM notice WHERE sent_at > ? AND account IS NOT NULL GROUP BY account");
    let rows = app.database.pool().query_all_raw(app.database.statement(&sql, vec![(now - HOUR).into()])).await?;
    rows.into_iter().map(|row| Ok((row.try_get_by_index(0)?, (row.try_get_by_index(1)?, row.try_get_by_index(2)?)))).collect()
}

/// The letters whose time has come, oldest first.
pub(super) async fn due(app: &App, now: i64, most: usize) -> Result<Vec<Notice>, StoreFault> {
    let rest = format!("WHERE {OPEN} AND (next_at IS NULL OR next_at <= ?) ORDER BY entry, id LIMIT ?");
    read(app, &rest, vec![now.into(), i64::try_from(most).unwrap_or(i64::MAX).into()]).await
}

/// When a letter may leave whose account has had enough: an hour after the first of those that it got lately.
pub(super) fn later(notice: &Notice, first: i64) -> Ending {
    Ending { id: notice.id.clone(), at: Micros(first + HOUR + 1) }
}

/// Lets letters wait.
pub(super) async fn postpone(app: &App, letters: &[Ending]) -> Result<(), StoreFault> {
    if letters.is_empty() {
        return Ok(());
    }
    let backend = app.database.backend();
    let letters = parameters(backend, letters);
    app.database.pool().execute_raw(app.database.statement(&dialect::postpone(backend), letters)).await?;
    Ok(())
}

/// Notes that a letter is about to be handed over, if this process still has the lease and nobody has tried the letter
/// since it was read; whether it may be. Where this process ends before it can say what became of the letter, it counts as
/// unknown.
pub(super) async fn hand_over(app: &App, lease: &Mark, notice: &Notice) -> Result<bool, StoreFault> {
    let db = &app.database;
    let (held, by) = lease.is_held(db);
    let sql =
        format!("UPDATE notice SET status = 'handed', next_at = ?, last_code = ? WHERE id = ? AND attempts = ? AND {OPEN} AND {held}");
    let mut values: Vec<sea_orm::Value> =
        vec![(app.clock.now().0 + UNKNOWN).into(), LOST.into(), notice.id.clone().into(), notice.attempts.into()];
    values.extend(by);
    Ok(db.pool().execute_raw(db.statement(&db.places(&sql), values)).await?.rows_affected() == 1)
}

impl Settled {
    /// What an outcome makes of a letter; nothing where it was withheld.
    pub(super) fn of(app: &App, notice: &Notice, outcome: &Outcome) -> Option<Self> {
        let now = app.clock.now().0;
        let again = next_try(u32::try_from(notice.attempts + 1).unwrap_or(u32::MAX), now);
        let tried = |status, next_at, reply: &str, code: Option<String>| Self {
            id: notice.id.clone(),
            before: notice.attempts,
            attempts: notice.attempts + 1,
            status,
            next_at,
            last_reply: reply.to_owned(),
            last_code: code,
            template_digest: None,
            sent_at: (status == "sent").then_some(now),
        };
        let was_lost = notice.last_code.as_deref() == Some(LOST);
        Some(match outcome {
            Outcome::Withheld => return None,
            Outcome::Delivered { reply } => tried("sent", None, reply, None),
            Outcome::Refused { code, reply } => tried("dead", None, reply, Some(code.clone())),
            Outcome::Deferred { code, reply } => {
                tried(if again.is_some() { "waiting" } else { "dead" }, again, reply, code.map(|code| code.to_string()))
            }
            // A second copy, so that no letter is lost; no third one, since each may have arrived.
            Outcome::Unknown { why } if was_lost => tried("dead", None, why, Some(LOST.to_owned())),
            Outcome::Unknown { why } => tried("unknown", Some(now + UNKNOWN), why, Some(LOST.to_owned())),
            // Nobody's letter is given up for what the operator has to mend: a try that all letters would share does not count.
            Outcome::Relay(fault) => {
                let code = fault.code.map_or_else(|| "RELAY".to_owned(), |code| code.to_string());
                let (attempts, next_at) =
                    if fault.all_letters { (notice.attempts, None) } else { (notice.attempts + 1, Some(again.unwrap_or(now + UNKNOWN))) };
                let code = if was_lost { LOST.to_owned() } else { code };
                Self { attempts, ..tried("waiting", next_at, &fault.reply, Some(code)) }
            }
        })
    }

    /// With the wording it was sent with.
    #[must_use]
    pub fn worded(self, digest: Option<String>) -> Self {
        Self { template_digest: digest, ..self }
    }
}

/// Records what became of tries.
pub(super) async fn settle(app: &App, tries: &[Settled]) -> Result<(), StoreFault> {
    if tries.is_empty() {
        return Ok(());
    }
    let backend = app.database.backend();
    let tries = parameters(backend, tries);
    app.database.pool().execute_raw(app.database.statement(&dialect::settle_notices(backend), tries)).await?;
    Ok(())
}
