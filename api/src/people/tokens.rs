//! Opaque tokens, of which the database holds only a hash.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{ids::AccountId, moment::Micros};
use rand::RngCore;
use sea_orm::ConnectionTrait;
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};

use super::Viewer;
use crate::{
    app::App,
    store::{Database, StoreFault},
};

const MINUTE: i64 = 60_000_000;
/// How long a token is good at most.
const LONGEST: i64 = 12 * 60 * MINUTE;
/// How often the use of a token is noted.
const NOTED: i64 = MINUTE;

fn hash(token: &SecretString) -> String {
    format!("{:x}", Sha256::digest(token.expose_secret().as_bytes()))
}

/// A token for an account that stands with this very password; none where either changed meanwhile.
///
/// # Errors
/// When the database fails.
pub(super) async fn make(
    db: &Database,
    account: AccountId,
    password: &str,
    now: Micros,
) -> Result<Option<(SecretString, Micros)>, StoreFault> {
    made(db, account, ("credential k ON k.account = a.id", "k.hash"), password, now).await
}

/// A token for an account that stands with this very link to an identity; none where either ended meanwhile.
///
/// # Errors
/// When the database fails.
pub(super) async fn make_linked(
    db: &Database,
    account: AccountId,
    subject_key: &str,
    now: Micros,
) -> Result<Option<(SecretString, Micros)>, StoreFault> {
    made(db, account, ("open_id_link k ON k.account = a.id", "k.subject_key"), subject_key, now).await
}

/// A token for an account that stands, and has what it was let in by.
async fn made(
    db: &Database,
    account: AccountId,
    (joined, column): (&str, &str),
    by: &str,
    now: Micros,
) -> Result<Option<(SecretString, Micros)>, StoreFault> {
    let mut bytes = [0; 32];
    rand::rng().fill_bytes(&mut bytes);
    let token: SecretString = URL_SAFE_NO_PAD.encode(bytes).into();
    let expires_at = Micros(now.0 + LONGEST);
    let sql = db.places(&format!(
        "INSERT INTO token (hash, account, created_at, expires_at, used_at) SELECT CAST(? AS TEXT), a.id, CAST(? AS BIGINT), CAST(? AS BIGINT), CAST(? AS BIGINT) \
         FROM account a JOIN {joined} WHERE a.id = ? AND a.standing = 'active' AND {column} = ?"
    ));
    let values = vec![hash(&token).into(), now.0.into(), expires_at.0.into(), now.0.into(), account.to_string().into(), by.into()];
    let made = db.pool().execute_raw(db.statement(&sql, values)).await?.rows_affected() == 1;
    Ok(made.then_some((token, expires_at)))
}

/// Who asks: the public where there is no token, nobody at all where it is no longer good.
///
/// # Errors
/// When the database fails.
pub async fn asking(app: &App, token: Option<&SecretString>) -> Result<Option<Viewer>, StoreFault> {
    match token {
        None => Ok(Some(Viewer::default())),
        Some(token) => viewer(app, token).await,
    }
}

/// Who is behind a token; none where it is unknown, revoked, over, unused for too long, or its account disabled.
///
/// # Errors
/// When the database fails.
async fn viewer(app: &App, token: &SecretString) -> Result<Option<Viewer>, StoreFault> {
    let (db, viewers) = (&app.database, &app.viewers);
    let (hash, now, today) = (hash(token), app.sign_in_clock.now(), app.clock.today());
    if let Some(viewer) = viewers.get(&hash, now, today) {
        return Ok(Some(viewer));
    }
    let turn = viewers.turn();
    let idle = i64::from(app.setting_number("sign_in_idle_minutes").await?) * MINUTE;
    let Some(behind) = Viewer::behind(db, &hash, now, now.0 - idle, today, app.rules().catalogue.seen()).await? else {
        return Ok(None);
    };
    if behind.used_at + NOTED <= now.0 {
        let sql = db.places("UPDATE token SET used_at = ? WHERE hash = ? AND used_at < ?");
        db.pool().execute_raw(db.statement(&sql, vec![now.0.into(), hash.clone().into(), now.0.into()])).await?;
    }
    viewers.put(turn, hash, &behind.viewer, behind.expires_at, today);
    Ok(Some(behind.viewer))
}

/// A session of an account that has not ended.
#[derive(Clone, Copy, Debug)]
pub struct Session {
    pub begun: Micros,
    /// When it was used last, to the minute.
    pub used: Micros,
    /// Whether it is the one that asks.
    pub own: bool,
}

/// The sessions of an account that have not ended, the newest first.
///
/// # Errors
/// When the database fails.
pub async fn sessions(app: &App, account: AccountId, own: &SecretString) -> Result<Vec<Session>, StoreFault> {
    let (db, now) = (&app.database, app.sign_in_clock.now());
    let idle = i64::from(app.setting_number("sign_in_idle_minutes").await?) * MINUTE;
    let sql = db.places(
        "SELECT hash, created_at, used_at FROM token WHERE account = ? AND revoked_at IS NULL AND expires_at > ? AND used_at > ? \
         ORDER BY created_at DESC",
    );
    let rows = db.pool().query_all_raw(db.statement(&sql, vec![account.to_string().into(), now.0.into(), (now.0 - idle).into()])).await?;
    let own = hash(own);
    let session = |row: sea_orm::QueryResult| {
        let of = |column: &str| row.try_get::<i64>("", column).map(Micros);
        Ok(Session { begun: of("created_at")?, used: of("used_at")?, own: row.try_get::<String>("", "hash")? == own })
    };
    rows.into_iter().map(session).collect()
}

/// Ends every session of an account but this one; how many ended.
///
/// # Errors
/// When the database fails.
pub async fn sign_out_elsewhere(app: &App, account: AccountId, own: &SecretString) -> Result<u64, StoreFault> {
    let db = &app.database;
    let sql = db.places("UPDATE token SET revoked_at = ? WHERE account = ? AND hash <> ? AND revoked_at IS NULL");
    let values = vec![app.sign_in_clock.now().0.into(), account.to_string().into(), hash(own).into()];
    let ended = db.pool().execute_raw(db.statement(&sql, values)).await?.rows_affected();
    app.viewers.forget();
    Ok(ended)
}

/// Makes a token worthless.
///
/// # Errors
/// When the database fails.
pub async fn sign_out(app: &App, token: &SecretString) -> Result<(), StoreFault> {
    let db = &app.database;
    let sql = db.places("UPDATE token SET revoked_at = ? WHERE hash = ? AND revoked_at IS NULL");
    db.pool().execute_raw(db.statement(&sql, vec![app.sign_in_clock.now().0.into(), hash(token).into()])).await?;
    app.viewers.forget();
    Ok(())
}
