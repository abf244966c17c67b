//! Signing in: counted before the password is compared; one word for every cause of a no.

use domain::{
    canonical,
    ids::AccountId,
    moment::Micros,
    rows::{Account, Standing},
    sign_in::SignInOutcome as Outcome,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use secrecy::SecretString;

use super::{
    limits::{Admitted, Try},
    log, tokens,
};
use crate::{
    app::App,
    door::Credential,
    password::Busy,
    store::{Database, StoreFault, entities},
};

/// What became of a sign-in.
#[derive(Debug)]
pub enum SignedIn {
    Token {
        token: SecretString,
        account: AccountId,
        expires_at: Micros,
    },
    /// One word for every cause, so that nobody learns which logins exist.
    Refused,
    /// Too many sign in at once.
    Busy,
}

/// Signs in with login and password, from an address.
///
/// # Errors
/// When the database fails.
pub async fn sign_in(app: &App, login: &str, password: SecretString, address: &str) -> Result<SignedIn, StoreFault> {
    let (db, now) = (&app.database, app.sign_in_clock.now());
    let row = account(app, login).await?;
    let id = row.as_ref().map(|row| row.id.to_string());
    let key = app.keys.keyed_hash(&canonical::login(login));
    let tried = Try { login: &key, address, account: id.as_deref() };
    let noted = async |outcome| log::add(db, id.as_deref(), &key, address, now, outcome).await;
    match tried.count(db, now).await? {
        Admitted::Yes => {}
        Admitted::Locked => return noted(Outcome::Locked).await.map(|()| SignedIn::Refused),
        Admitted::Slowed => return noted(Outcome::Slowed).await.map(|()| SignedIn::Refused),
    }
    let outcome = match &row {
        None => Outcome::Unknown,
        Some(row) if row.standing == Standing::Active => Outcome::WrongPassword,
        Some(_) => Outcome::Disabled,
    };
    let row = row.filter(|row| row.standing == Standing::Active);
    let hash = match &row {
        Some(row) => credential(db, row.id).await?,
        None => None,
    };
    let fits = match app.passwords.matches(password, hash.clone()).await {
        Ok(fits) => fits,
        Err(Busy) => return Ok(SignedIn::Busy),
    };
    let (Some(row), Some(hash), true) = (row, hash, fits) else {
        return noted(outcome).await.map(|()| SignedIn::Refused);
    };
    let Some((token, expires_at)) = tokens::make(db, row.id, &hash, now).await? else {
        // The account or its password changed while it was compared.
        return noted(Outcome::Disabled).await.map(|()| SignedIn::Refused);
    };
    tried.succeeded(db).await?;
    noted(Outcome::SignedIn).await?;
    Ok(SignedIn::Token { token, account: row.id, expires_at })
}

/// Whether the password is the account's own, counted like a sign-in; none where too many sign in at once.
///
/// # Errors
/// When the database fails.
pub async fn own_password(app: &App, account: AccountId, password: SecretString, address: &str) -> Result<Option<bool>, StoreFault> {
    let (db, now) = (&app.database, app.sign_in_clock.now());
    let row = entities::account::Entity::find_by_id(account.to_string()).one(db.pool()).await?;
    let (key, id) = (row.and_then(|row| row.login_key).unwrap_or_default(), account.to_string());
    let tried = Try { login: &key, address, account: Some(&id) };
    if tried.count(db, now).await? != Admitted::Yes {
        log::add(db, Some(&id), &key, address, now, Outcome::Locked).await?;
        return Ok(Some(false));
    }
    match app.passwords.matches(password, credential(db, account).await?).await {
        Err(Busy) => Ok(None),
        Ok(false) => log::add(db, Some(&id), &key, address, now, Outcome::WrongPassword).await.map(|()| Some(false)),
        Ok(true) => tried.succeeded(db).await.map(|()| Some(true)),
    }
}

/// A password as it is kept with the act that sets it.
///
/// # Errors
/// When hashing fails.
pub async fn hashed(app: &App, account: AccountId, password: SecretString) -> Result<Credential, StoreFault> {
    let hash = app.passwords.hash(password).await.ok_or_else(|| StoreFault::broken("the password could not be hashed"))?;
    Ok(Credential { account, hash })
}

/// The account of a login, whatever key it is looked up by.
///
/// # Errors
/// When the database fails.
pub async fn account(app: &App, login: &str) -> Result<Option<Account>, StoreFault> {
    use entities::account::{Column, Entity};
    let found =
        Entity::find().filter(Column::LoginKey.is_in(app.keys.keyed_hashes(&canonical::login(login)))).one(app.database.pool()).await?;
    found.map(|row| row.row().map_err(StoreFault::broken)).transpose()
}

async fn credential(db: &Database, account: AccountId) -> Result<Option<String>, StoreFault> {
    let sql = db.places("SELECT hash FROM credential WHERE account = ?");
    let row = db.pool().query_one_raw(db.statement(&sql, vec![account.to_string().into()])).await?;
    Ok(row.map(|row| row.try_get_by_index(0)).transpose()?)
}

/// Keys of the offices: what people of the house put into their passwords first.
///
/// # Errors
/// When the database fails.
pub async fn office_words(db: &Database) -> Result<Vec<String>, StoreFault> {
    Ok(entities::office::Entity::find().all(db.pool()).await?.into_iter().map(|row| row.id).collect())
}
