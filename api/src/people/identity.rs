//! Signing in and linking by an identity that another house vouches for (OpenID Connect). Between the two halves nothing is stored:
//! the browser keeps what the house has to remember, sealed. An identity opens the account that it is linked to, by issuer and subject,
//! and never one of the same e-mail.

use domain::{
    admin::AdminAct,
    command::Actor,
    ids::{AccountId, RowId},
    moment::Micros,
    rows::{Account, OpenIdLink, Standing},
    sign_in::{OpenIdFault as Why, SignInOutcome as Outcome},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    limits::{self, Admitted, Try},
    log, tokens,
};
use crate::{
    app::App,
    door::{Answer, DoorFault},
    open_id::{Fault, Flow, Identity, Provider},
    store::{StoreFault, entities},
};

/// How long a person may take at the provider, in microseconds.
const KEPT: i64 = 10 * 60_000_000;
/// What binds the sealed text to its use.
const PATH: &str = "open_id.begun";

/// What the house has to remember, and for what it was begun.
#[derive(Serialize, Deserialize)]
struct Begun {
    flow: Flow,
    at: Micros,
    /// The account that an identity is to be linked to; none of a sign-in.
    links: Option<AccountId>,
}

/// Where a person is sent, and what the browser keeps until the return.
#[derive(Debug)]
pub struct Sent {
    pub address: String,
    pub kept: String,
}

/// What came back with the browser.
#[derive(Clone, Copy, Debug)]
pub struct Returned<'a> {
    pub code: &'a str,
    pub state: &'a str,
    /// How the provider named itself (RFC 9207).
    pub issuer: Option<&'a str>,
    pub kept: &'a str,
}

/// Why it did not go on; with the identity, where it is linked to no account.
#[derive(Debug)]
pub struct Stopped {
    pub why: Why,
    pub subject: Option<String>,
}

impl From<Why> for Stopped {
    fn from(why: Why) -> Self {
        Self { why, subject: None }
    }
}

/// What became of a step: an answer, or why it stopped.
pub type Step<T> = Result<Result<T, Stopped>, StoreFault>;

/// The provider of identities, if there is one.
pub fn provider(app: &App) -> Option<&Provider> {
    app.open_id.as_deref()
}

/// Under which an identity is looked up: a keyed hash of it, so that the database does not tell who it is.
fn key_text(issuer: &str, subject: &str) -> String {
    format!("open_id|{issuer}|{subject}")
}

/// Says in the log why the provider was of no use; what people are told is one of the closed words.
fn told(fault: &Fault) -> Why {
    tracing::warn!(why = fault.why(), "open_id");
    match fault {
        Fault::Unreachable(_) => Why::Unreachable,
        Fault::NotVouched(_) => Why::NotVouched,
    }
}

/// Begins a sign-in, or the linking of an identity to an account.
///
/// # Errors
/// When the cipher refuses.
pub async fn begin(app: &App, provider: &Provider, links: Option<AccountId>) -> Step<Sent> {
    let (address, flow) = match provider.begin().await {
        Ok(begun) => begun,
        Err(fault) => return Ok(Err(told(&fault).into())),
    };
    let begun = Begun { flow, at: app.sign_in_clock.now(), links };
    let text = serde_json::to_string(&begun).map_err(StoreFault::broken)?;
    let kept = app.keys.seal_word(PATH, &text).map_err(StoreFault::broken)?;
    Ok(Ok(Sent { address, kept }))
}

/// What was begun in this browser a short while ago, for this use.
fn begun(app: &App, returned: Returned<'_>, links: Option<AccountId>) -> Option<Flow> {
    let begun: Begun = serde_json::from_str(&app.keys.open_word(PATH, returned.kept)?).ok()?;
    let age = app.sign_in_clock.now().0 - begun.at.0;
    (begun.flow.state == returned.state && begun.links == links && (0..=KEPT).contains(&age)).then_some(begun.flow)
}

/// Who came back, once the provider was asked; each return is counted before.
async fn who(app: &App, provider: &Provider, returned: Returned<'_>, links: Option<AccountId>, address: &str) -> Step<Identity> {
    let (db, now) = (&app.database, app.sign_in_clock.now());
    let Some(flow) = begun(app, returned, links) else { return Ok(Err(Why::NotBegun.into())) };
    if !limits::returned(db, address, now).await? {
        log::add(db, None, "", address, now, Outcome::Slowed).await?;
        return Ok(Err(Why::NotAdmitted.into()));
    }
    match provider.exchanged(&flow, returned.code, returned.issuer).await {
        Ok(identity) => Ok(Ok(identity)),
        Err(fault) => {
            let why = told(&fault);
            if why == Why::NotVouched {
                log::add(db, None, "", address, now, Outcome::NotVouched).await?;
            }
            Ok(Err(why.into()))
        }
    }
}

/// The account that an identity is linked to, with the key of the link.
async fn linked(app: &App, identity: &Identity) -> Result<Option<(Account, String)>, StoreFault> {
    use entities::open_id_link::{Column, Entity};
    let keys = app.keys.keyed_hashes(&key_text(&identity.issuer, &identity.subject));
    let Some(link) = Entity::find().filter(Column::SubjectKey.is_in(keys)).one(app.database.pool()).await? else { return Ok(None) };
    let row = entities::account::Entity::find_by_id(&link.account).one(app.database.pool()).await?;
    let account: Option<Account> = row.map(|row| row.row().map_err(StoreFault::broken)).transpose()?;
    Ok(account.zip(link.subject_key))
}

/// Signs in whoever came back. What holds for a password holds here: the log, the locks, a disabled account.
///
/// # Errors
/// When the database fails.
pub async fn sign_in(app: &App, provider: &Provider, returned: Returned<'_>, address: &str) -> Step<(SecretString, Micros)> {
    let identity = match who(app, provider, returned, None, address).await? {
        Ok(identity) => identity,
        Err(stopped) => return Ok(Err(stopped)),
    };
    let (db, now) = (&app.database, app.sign_in_clock.now());
    let Some((account, key)) = linked(app, &identity).await? else {
        let hash = app.keys.keyed_hash(&key_text(&identity.issuer, &identity.subject));
        log::add(db, None, &hash, address, now, Outcome::NotLinked).await?;
        return Ok(Err(Stopped { why: Why::NotLinked, subject: Some(identity.subject) }));
    };
    let (id, login) = (account.id.to_string(), account.login_key.unwrap_or_default());
    let noted = async |outcome| log::add(db, Some(&id), &login, address, now, outcome).await;
    let stopped = async |outcome| noted(outcome).await.map(|()| Err(Why::NotAdmitted.into()));
    if account.standing != Standing::Active {
        return stopped(Outcome::Disabled).await;
    }
    let tried = Try { login: &login, address, account: Some(&id) };
    match tried.count(db, now).await? {
        Admitted::Yes => {}
        Admitted::Locked => return stopped(Outcome::Locked).await,
        Admitted::Slowed => return stopped(Outcome::Slowed).await,
    }
    let Some(token) = tokens::make_linked(db, account.id, &key, now).await? else {
        // The account or its link ended while the provider was asked.
        return stopped(Outcome::Disabled).await;
    };
    tried.succeeded(db).await?;
    noted(Outcome::SignedInByIdentity).await?;
    Ok(Ok(token))
}

/// The act that links an identity to an account, under the key that it was linked by before, if it was.
///
/// # Errors
/// When the database fails.
pub async fn linking(app: &App, account: AccountId, identity: &Identity) -> Result<AdminAct, StoreFault> {
    let taken = linked(app, identity).await?.map(|(_, key)| key);
    let subject_key = taken.unwrap_or_else(|| app.keys.keyed_hash(&key_text(&identity.issuer, &identity.subject)));
    Ok(AdminAct::LinkIdentity { id: RowId(Uuid::now_v7()), account, issuer: identity.issuer.clone(), subject_key })
}

/// Links whoever came back to the account that began it.
///
/// # Errors
/// When the door gives no lawful answer.
pub async fn link(
    app: &App,
    provider: &Provider,
    account: AccountId,
    returned: Returned<'_>,
    address: &str,
) -> Result<Result<Answer, Stopped>, DoorFault> {
    let identity = match who(app, provider, returned, Some(account), address).await? {
        Ok(identity) => identity,
        Err(stopped) => return Ok(Err(stopped)),
    };
    let act = linking(app, account, &identity).await?;
    app.submit(app.about_the_house(Actor::Account(account), act), None, None, Vec::new(), true).await.map(Ok)
}

/// Identities that an account is signed in to by, the oldest first.
///
/// # Errors
/// When the database fails.
pub async fn of_account(app: &App, account: AccountId) -> Result<Vec<OpenIdLink>, StoreFault> {
    use entities::open_id_link::{Column, Entity};
    let rows = Entity::find().filter(Column::Account.eq(account.to_string())).filter(Column::SubjectKey.is_not_null());
    let rows = rows.order_by_asc(Column::Id).all(app.database.pool()).await?;
    rows.into_iter().map(|row| row.row().map_err(StoreFault::broken)).collect()
}
