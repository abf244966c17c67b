//! The outbox: at least once, with the same Message-ID on every try; a dead letter stays visible and can be sent again.

use std::collections::BTreeMap;

use domain::letter::Letter;
use sea_orm::ConnectionTrait;
use serde_json::Value;

use super::address::Named;
use crate::{
    app::App,
    door::crash,
    letters,
    mail::{Mailer, Outcome, OutgoingMail, next_try},
    store::{Database, StoreFault, dialect},
};

/// Who the mail comes from.
#[derive(Clone, Debug)]
pub struct Sender {
    /// A role address that somebody reads.
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
    /// waiting, unknown, sent, dead
    pub status: String,
    pub attempts: i64,
    pub last_reply: Option<String>,
    pub account: Option<String>,
    #[serde(skip)]
    address: Option<String>,
    /// What the letter is made from; personal texts are sealed.
    #[serde(skip)]
    pub arguments: String,
    #[serde(skip)]
    created_at: i64,
}

const COLUMNS: &str = "id, entry, letter, status, attempts, last_reply, account, address, arguments, created_at";

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
                account: row.try_get_by_index(6)?,
                address: row.try_get_by_index(7)?,
                arguments: row.try_get_by_index(8)?,
                created_at: row.try_get_by_index(9)?,
            })
        })
        .collect()
}

/// How many letters wait, and how many are dead.
///
/// # Errors
/// When the database fails.
pub async fn counts(db: &Database) -> Result<(i64, i64), StoreFault> {
    let sql = "SELECT COUNT(CASE WHEN status IN ('waiting', 'unknown') THEN 1 END), COUNT(CASE WHEN status = 'dead' THEN 1 END) FROM notice";
    let row = db.pool().query_one_raw(db.statement(sql, Vec::new())).await?;
    row.map_or(Ok((0, 0)), |row| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?)))
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

/// Puts a dead letter back into the queue; whether there was one.
///
/// # Errors
/// When the database fails.
pub async fn resend(app: &App, id: &str) -> Result<bool, StoreFault> {
    let sql = app.database.places("UPDATE notice SET status = 'waiting', attempts = 0, next_at = NULL WHERE id = ? AND status = 'dead'");
    let done = app.database.pool().execute_raw(app.database.statement(&sql, vec![id.into()])).await?;
    Ok(done.rows_affected() == 1)
}

const HOUR: i64 = 3_600_000_000;

/// How many letters each account got in the last hour, and when the first of them was sent.
async fn lately(app: &App, now: i64) -> Result<BTreeMap<String, (i64, i64)>, StoreFault> {
    let sql = app.database.places("SELECT account, COUNT(*), MIN(sent_at) FROM notice WHERE sent_at > ? AND account IS NOT NULL GROUP BY account");
    let rows = app.database.pool().query_all_raw(app.database.statement(&sql, vec![(now - HOUR).into()])).await?;
    rows.into_iter().map(|row| Ok((row.try_get_by_index(0)?, (row.try_get_by_index(1)?, row.try_get_by_index(2)?)))).collect()
}

/// Tries every notice whose time has come, oldest first; how many were tried. Whoever had enough letters this hour gets
/// the next ones later; none is lost.
///
/// # Errors
/// When the database fails.
pub async fn send_due(app: &App, mailer: &Mailer, sender: &Sender) -> Result<u32, StoreFault> {
    let now = app.clock.now().0;
    let rest = "WHERE status IN ('waiting', 'unknown') AND (next_at IS NULL OR next_at <= ?) ORDER BY entry, id LIMIT 100";
    let waiting = read(app, rest, vec![now.into()]).await?;
    let arguments: Vec<Value> = waiting.iter().map(|notice| serde_json::from_str(&notice.arguments).unwrap_or_default()).collect();
    let naming: Vec<_> = waiting.iter().zip(&arguments).map(|(notice, arguments)| (notice.account.as_deref(), notice.address.as_deref(), arguments)).collect();
    let named = Named::read(app, &naming).await?;
    let mut lately = if waiting.is_empty() { BTreeMap::new() } else { lately(app, now).await? };
    let (mut tried, mut settled) = (0, Vec::new());
    for (notice, arguments) in waiting.iter().zip(&arguments) {
        if let Some(account) = &notice.account {
            let (count, first) = lately.entry(account.clone()).or_insert((0, now));
            if *count >= i64::from(sender.per_hour) {
                postpone(app, notice, *first + HOUR + 1).await?;
                continue;
            }
            *count += 1;
        }
        let done = one(app, mailer, sender, &named, notice, arguments).await;
        crash::at("carried");
        // A text that no key opens now must not hold up the letters behind it.
        settled.push(done.unwrap_or_else(|fault| Settled::later(app, notice, &fault.to_string())));
        tried += 1;
        // A letter that may have reached somebody is noted before the next; a file that is written twice is the same file.
        if mailer.reaches_people() {
            settle(app, &mut settled).await?;
        }
    }
    settle(app, &mut settled).await?;
    Ok(tried)
}

async fn postpone(app: &App, notice: &Notice, to: i64) -> Result<(), StoreFault> {
    let sql = app.database.places("UPDATE notice SET next_at = ? WHERE id = ?");
    app.database.pool().execute_raw(app.database.statement(&sql, vec![to.into(), notice.id.clone().into()])).await?;
    Ok(())
}

/// What became of a try.
#[derive(Debug, serde::Serialize)]
struct Settled {
    id: String,
    status: &'static str,
    next_at: Option<i64>,
    last_reply: String,
    template_digest: Option<String>,
    sent_at: Option<i64>,
}

impl Settled {
    fn later(app: &App, notice: &Notice, why: &str) -> Self {
        let attempt = u32::try_from(notice.attempts + 1).unwrap_or(u32::MAX);
        let next_at = next_try(attempt, app.clock.now().0);
        let status = if next_at.is_some() { "waiting" } else { "dead" };
        Self { status, next_at, ..Self::dead(notice, why) }
    }

    fn dead(notice: &Notice, why: &str) -> Self {
        Self { id: notice.id.clone(), status: "dead", next_at: None, last_reply: why.to_owned(), template_digest: None, sent_at: None }
    }
}

async fn one(app: &App, mailer: &Mailer, sender: &Sender, named: &Named, notice: &Notice, arguments: &Value) -> Result<Settled, StoreFault> {
    let (name, to) = named.recipient(app, notice.account.as_deref(), notice.address.as_deref())?;
    let Some(to) = to else { return Ok(Settled::dead(notice, "no e-mail address is known for this recipient")) };
    let Some(letter) = Letter::from_key(&notice.letter) else { return Ok(Settled::dead(notice, "there is no such letter")) };
    let name = if name.is_empty() { to.clone() } else { name };
    let entry = u64::try_from(notice.entry).unwrap_or_default();
    let args = named.letter(app, letter, arguments, name, entry).await?;
    let rendered = match letters::render(letter, &args) {
        Ok(rendered) => rendered,
        Err(fault) => return Ok(Settled::dead(notice, &fault.to_string())),
    };
    let mail = OutgoingMail {
        message_id: format!("<{}@{}>", notice.id, sender.domain),
        from: sender.from.clone(),
        envelope_from: sender.from.clone(),
        to,
        subject: rendered.subject,
        text: rendered.text,
        html: rendered.html,
        date_micros: notice.created_at,
        in_reply_to: None,
        references: Vec::new(),
    };
    let attempt = u32::try_from(notice.attempts + 1).unwrap_or(u32::MAX);
    let again = next_try(attempt, app.clock.now().0);
    // A relay names the address that it refuses; a log row must not.
    let unnamed = |reply: &str| reply.replace(&mail.to, "‹recipient›").replace(&mail.to.to_lowercase(), "‹recipient›");
    let (status, next_at, reply) = match mailer.send(&mail).await {
        Outcome::Delivered { reply } => ("sent", None, reply),
        Outcome::Refused { reply, .. } => ("dead", None, reply),
        Outcome::Deferred { reply, .. } => (if again.is_some() { "waiting" } else { "dead" }, again, reply),
        Outcome::Unknown { why } => (if again.is_some() { "unknown" } else { "dead" }, again, why),
    };
    let sent_at = (status == "sent").then(|| app.clock.now().0);
    Ok(Settled { id: notice.id.clone(), status, next_at, last_reply: unnamed(&reply), template_digest: Some(rendered.template_digest), sent_at })
}

/// Records what became of tries.
async fn settle(app: &App, settled: &mut Vec<Settled>) -> Result<(), StoreFault> {
    let tries = std::mem::take(settled);
    if tries.is_empty() {
        return Ok(());
    }
    let list = serde_json::to_string(&tries).map_err(|fault| StoreFault::Broken(fault.to_string()))?;
    let sql = dialect::settle_notices(app.database.backend());
    app.database.pool().execute_raw(app.database.statement(&sql, vec![list.into()])).await?;
    Ok(())
}
