//! Sign-in with lockout; opaque tokens, of which the database holds only a hash.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{canonical, ids::AccountId, moment::Micros, rows::{Account, Standing}};
use rand::RngCore;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};
use time::Date;
use uuid::Uuid;

use super::{Viewers, password};
use super::Viewer;
use crate::{app::App, clock::Clock, store::{Database, StoreFault, entities}};

const MINUTE: i64 = 60_000_000;
/// Wrong passwords in a row before the account is locked for a while.
const TRIES: i64 = 5;
const LOCKED: i64 = 15 * MINUTE;
/// How long a token is good.
const TOKEN: i64 = 12 * 60 * MINUTE;

/// What became of a sign-in.
#[derive(Debug)]
pub enum SignedIn {
    Token { token: SecretString, account: AccountId, expires_at: Micros },
    /// One word for every cause, so that nobody learns which logins exist.
    Refused,
}

fn hash(text: &str) -> String {
    format!("{:x}", Sha256::digest(text.as_bytes()))
}

/// Signs in with login and password.
///
/// # Errors
/// When the database fails.
pub async fn sign_in(app: &App, login: &str, password: SecretString) -> Result<SignedIn, StoreFault> {
    let (db, now) = (&app.database, app.sign_in_clock.now());
    let found = match account(app, login).await?.filter(|row| row.standing == Standing::Active) {
        Some(account) => credential(db, account.id).await?,
        None => None,
    };
    let login = &app.keys.keyed_hash(&canonical::login(login));
    let Some((account, kept, failures, locked)) = found else {
        password::matches(password, None).await;
        log(db, None, login, now, "unknown").await?;
        return Ok(SignedIn::Refused);
    };
    let fits = password::matches(password, Some(kept)).await;
    if locked.is_some_and(|until| until > now.0) {
        log(db, Some(&account), login, now, "locked").await?;
        return Ok(SignedIn::Refused);
    }
    if !fits {
        let lock = (failures + 1 >= TRIES).then_some(now.0 + LOCKED);
        let failures = if lock.is_some() { 0 } else { failures + 1 };
        let sql = db.places("UPDATE credential SET failures = ?, locked_until = ? WHERE account = ?");
        db.pool().execute_raw(db.statement(&sql, vec![failures.into(), lock.into(), account.clone().into()])).await?;
        log(db, Some(&account), login, now, "wrong_password").await?;
        return Ok(SignedIn::Refused);
    }
    let sql = db.places("UPDATE credential SET failures = 0, locked_until = NULL WHERE account = ?");
    db.pool().execute_raw(db.statement(&sql, vec![account.clone().into()])).await?;
    let mut bytes = [0; 32];
    rand::rng().fill_bytes(&mut bytes);
    let token = URL_SAFE_NO_PAD.encode(bytes);
    let expires_at = Micros(now.0 + TOKEN);
    let sql = db.places("INSERT INTO token (hash, account, created_at, expires_at) VALUES (?, ?, ?, ?)");
    let values = vec![hash(&token).into(), account.clone().into(), now.0.into(), expires_at.0.into()];
    db.pool().execute_raw(db.statement(&sql, values)).await?;
    log(db, Some(&account), login, now, "signed_in").await?;
    let account = account.parse().map_err(|_| StoreFault::Broken("an account has no id".into()))?;
    Ok(SignedIn::Token { token: token.into(), account, expires_at })
}

/// The account of a login, whatever key it is looked up by.
///
/// # Errors
/// When the database fails.
pub async fn account(app: &App, login: &str) -> Result<Option<Account>, StoreFault> {
    use entities::account::{Column, Entity};
    let found = Entity::find().filter(Column::LoginKey.is_in(app.keys.keyed_hashes(&canonical::login(login)))).one(app.database.pool()).await?;
    found.map(|row| row.row().map_err(|fault| StoreFault::Broken(fault.to_string()))).transpose()
}

/// Account, password hash, wrong tries in a row, until when it is locked.
type Credential = (String, String, i64, Option<i64>);

async fn credential(db: &Database, account: AccountId) -> Result<Option<Credential>, StoreFault> {
    let sql = db.places("SELECT account, hash, failures, locked_until FROM credential WHERE account = ?");
    let row = db.pool().query_one_raw(db.statement(&sql, vec![account.to_string().into()])).await?;
    row.map(|row| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?, row.try_get_by_index(2)?, row.try_get_by_index(3)?))).transpose()
}

async fn log(db: &Database, account: Option<&str>, login: &str, now: Micros, outcome: &str) -> Result<(), StoreFault> {
    let sql = db.places("INSERT INTO sign_in_log (id, account, login_hash, at, outcome) VALUES (?, ?, ?, ?, ?)");
    let values = vec![
        Uuid::new_v4().to_string().into(),
        account.map(str::to_owned).into(),
        login.into(),
        now.0.into(),
        outcome.into(),
    ];
    db.pool().execute_raw(db.statement(&sql, values)).await?;
    Ok(())
}

/// Who is behind a token; the public where it is unknown, revoked, over, or its account disabled.
///
/// # Errors
/// When the database fails.
pub async fn viewer(db: &Database, clock: &Clock, viewers: &Viewers, token: &SecretString, today: Date) -> Result<Viewer, StoreFault> {
    let (hash, now) = (hash(token.expose_secret()), clock.now());
    if let Some(viewer) = viewers.get(&hash, now, today) {
        return Ok(viewer);
    }
    let turn = viewers.turn();
    let Some((viewer, expires_at)) = Viewer::behind(db, &hash, now, today).await? else { return Ok(Viewer::default()) };
    viewers.put(turn, hash, &viewer, expires_at, today);
    Ok(viewer)
}

/// Makes a token worthless.
///
/// # Errors
/// When the database fails.
pub async fn sign_out(db: &Database, clock: &Clock, viewers: &Viewers, token: &SecretString) -> Result<(), StoreFault> {
    let sql = db.places("UPDATE token SET revoked_at = ? WHERE hash = ? AND revoked_at IS NULL");
    db.pool().execute_raw(db.statement(&sql, vec![clock.now().0.into(), hash(token.expose_secret()).into()])).await?;
    viewers.forget();
    Ok(())
}

/// Sets an account's password and makes its tokens worthless.
///
/// # Errors
/// When the database fails or hashing does.
pub async fn set_password(db: &Database, clock: &Clock, viewers: &Viewers, account: AccountId, password: SecretString) -> Result<(), StoreFault> {
    let kept = password::hash(password).await.ok_or_else(|| StoreFault::Broken("the password could not be hashed".into()))?;
    let sql = db.places("INSERT INTO credential (account, hash, failures, changed_at) VALUES (?, ?, 0, ?) ON CONFLICT (account) DO UPDATE SET hash = excluded.hash, failures = 0, locked_until = NULL, changed_at = excluded.changed_at");
    db.pool().execute_raw(db.statement(&sql, vec![account.to_string().into(), kept.into(), clock.now().0.into()])).await?;
    let sql = db.places("UPDATE token SET revoked_at = ? WHERE account = ? AND revoked_at IS NULL");
    db.pool().execute_raw(db.statement(&sql, vec![clock.now().0.into(), account.to_string().into()])).await?;
    viewers.forget();
    Ok(())
}
