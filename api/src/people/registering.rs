//! An account of one's own. Whoever asks gets a link by mail, sealed and good for some minutes; nothing is stored of anybody before it
//! is opened, and nothing is looked up, so that the answer and the work are the same for every address.

use domain::{
    admin::AdminAct,
    ids::{AccountId, PersonId},
    moment::Micros,
};
use sea_orm::EntityTrait;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::limits;
use crate::{
    app::App,
    mail::{Invitation, Invitations},
    store::{StoreFault, entities},
};

/// What binds the sealed text to its use.
const PATH: &str = "registration.link";
const MINUTE: i64 = 60_000_000;

/// What a link says. The account that it makes is named in it, so that it makes one.
#[derive(Debug, Serialize, Deserialize)]
pub struct Link {
    pub email: String,
    pub account: AccountId,
    at: Micros,
}

/// What became of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// A link is on its way.
    Sent,
    /// Too many were asked for: for this address, from this place, or in the whole house.
    TooMany,
    /// Too many links wait for the relay.
    Busy,
}

/// Sends a link to an address. Three counts stand before it; the address itself is counted under a keyed hash.
///
/// # Errors
/// When the database fails.
pub async fn ask(app: &App, invitations: &Invitations, email: &str, from: &str) -> Result<Asked, StoreFault> {
    let (db, now) = (&app.database, app.sign_in_clock.now());
    let address = app.keys.keyed_hash(&format!("register|{}", email.to_lowercase()));
    let counts = [
        ("registrations_per_source", format!("register|source|{from}")),
        ("registrations_per_address", format!("register|address|{address}")),
        ("registrations_per_house", "register|house".to_owned()),
    ];
    for (setting, id) in counts {
        if !limits::hourly(db, &id, app.setting_number(setting).await?, now).await? {
            return Ok(Asked::TooMany);
        }
    }
    let link = Link { email: email.to_owned(), account: AccountId(Uuid::now_v7()), at: now };
    let text = serde_json::to_string(&link).map_err(StoreFault::broken)?;
    let word = app.keys.seal_word(PATH, &text).map_err(StoreFault::broken)?;
    let put = invitations.put(Invitation { to: email.to_owned(), link: format!("{}/register/{word}", invitations.house) });
    Ok(if put { Asked::Sent } else { Asked::Busy })
}

/// What a link says while it is good; none where it is over, was used, or is none of this house.
///
/// # Errors
/// When the database fails.
pub async fn opened(app: &App, word: &str) -> Result<Option<Link>, StoreFault> {
    let Some(link) = app.keys.open_word(PATH, word).and_then(|text| serde_json::from_str::<Link>(&text).ok()) else { return Ok(None) };
    let age = app.sign_in_clock.now().0 - link.at.0;
    if !(0..=i64::from(app.setting_number("registration_link_minutes").await?) * MINUTE).contains(&age) {
        return Ok(None);
    }
    let used = entities::account::Entity::find_by_id(link.account.to_string()).one(app.database.pool()).await?.is_some();
    Ok((!used).then_some(link))
}

/// The act that makes the account of a link, from one that would add it.
pub fn registers(added: AdminAct) -> Option<AdminAct> {
    let AdminAct::AddAccount { id, login, login_key, person, name, email, language, .. } = added else { return None };
    Some(AdminAct::RegisterAccount { id, login, login_key, person, name, email: email?, language })
}

/// A person of its own.
pub fn somebody() -> PersonId {
    PersonId(Uuid::now_v7())
}
