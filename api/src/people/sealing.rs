//! Personal texts: sealed under the house's keys before an act carries them, and opened for those who may read them. The
//! trail holds a commitment alone, so that a text can be erased and the trail still be checked.

use std::collections::BTreeMap;

use domain::{
    canonical,
    identifier::ResidentId,
    personal::{Sealed, commitment},
};
use uuid::Uuid;

use super::sign_in;
use crate::{
    app::App,
    door::PersonalDraft,
    keys::{KeyFault, salt},
    store::StoreFault,
};

/// Values opened at once.
const PAGE: i64 = 1000;

/// Seals a personal text: what the command carries, and what is written beside it.
///
/// # Errors
/// When the cipher refuses.
pub fn seal(app: &App, path: &str, value: &str) -> Result<(Sealed, PersonalDraft), KeyFault> {
    let (id, salt) = (Uuid::now_v7(), salt());
    let sealed = app.keys.seal(path, value)?;
    let draft = PersonalDraft {
        id,
        path: path.to_owned(),
        salt: Uuid::from_bytes(salt).simple().to_string(),
        key_id: sealed.key_id,
        sealed: sealed.text,
    };
    Ok((Sealed { id, commitment: commitment(&salt, path, value) }, draft))
}

/// Seals a login, with the key that it is looked up by: another account's where that login was given before.
///
/// # Errors
/// When the cipher or the database refuses.
pub async fn seal_login(app: &App, login: &str) -> Result<(Sealed, String, PersonalDraft), StoreFault> {
    let login = &canonical::login_shown(login);
    let (sealed, draft) = seal(app, "account.login", login).map_err(StoreFault::broken)?;
    let taken = sign_in::account(app, login).await?.and_then(|row| row.login_key);
    Ok((sealed, taken.unwrap_or_else(|| app.keys.keyed_hash(&canonical::login(login))), draft))
}

/// A person's identity number as it is shown: its ends kept as the settings say.
///
/// # Errors
/// When the database fails or the key is missing.
pub async fn masked(app: &App, number: &Sealed) -> Result<Option<String>, StoreFault> {
    let Some(text) = unseal(app, number).await? else { return Ok(None) };
    let (first, last) = (app.setting_number("mask_keep_first").await?, app.setting_number("mask_keep_last").await?);
    let number = ResidentId::parse(&text, app.clock.today()).ok();
    Ok(number.map(|number| number.masked(first as usize, last as usize)))
}

/// Opens every sealed value that is kept and compares it with what the trail says of it; what differs, in words that hold
/// nothing of it.
///
/// # Errors
/// When the database fails.
pub async fn examine(app: &App, named: &BTreeMap<Uuid, (u64, String)>) -> Result<Vec<String>, StoreFault> {
    let mut faults = Vec::new();
    let mut after = String::new();
    loop {
        let page = app.database.sealed_after(&after, PAGE).await?;
        let Some((last, ..)) = page.last() else { return Ok(faults) };
        after.clone_from(last);
        for (id, salt, kept) in page {
            let Some((entry, right)) = id.parse().ok().and_then(|id: Uuid| named.get(&id)) else { continue };
            let text = app.keys.open(&kept.key_id, &kept.path, &kept.sealed).ok();
            let salt = Uuid::parse_str(&salt).ok().map(Uuid::into_bytes);
            let found = text.zip(salt).map(|(text, salt)| commitment(&salt, &kept.path, &text));
            if found.as_ref() != Some(right) {
                faults.push(format!("personal_value {id}: it is not the text that entry {entry} names: bring it back from a copy"));
            }
        }
    }
}

/// Opens a sealed text; none where it was erased.
///
/// # Errors
/// When the database fails or the key is missing.
pub async fn unseal(app: &App, value: &Sealed) -> Result<Option<String>, StoreFault> {
    let Some(kept) = app.database.sealed(value).await? else { return Ok(None) };
    app.keys.open(&kept.key_id, &kept.path, &kept.sealed).map(Some).map_err(StoreFault::broken)
}
