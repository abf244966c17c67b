//! `user`: accounts.

use std::io::{IsTerminal, Read};

use anyhow::{Context, Result, bail};
use domain::{
    admin::AdminAct,
    ids::{AccountId, PersonId},
    office::Rank,
};
use secrecy::SecretString;
use serde_json::json;
use uuid::Uuid;

use super::{
    args::{PlaceArgs, User},
    run::say,
};
use crate::{
    app::App,
    city::acts,
    password,
    people::{login, sign_in},
};

/// A password from standard input.
pub(super) fn read_password() -> Result<SecretString> {
    if std::io::stdin().is_terminal() {
        eprintln!("password (at least {} characters), then Ctrl-D:", password::SHORTEST);
    }
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let text = text.trim_end_matches(['\n', '\r']).to_owned();
    Ok(text.into())
}

/// A new password from standard input.
async fn new_password(app: &App, about: &[&str]) -> Result<SecretString> {
    let offices = sign_in::office_words(&app.database).await?;
    let about: Vec<&str> = about.iter().copied().chain(offices.iter().map(String::as_str)).collect();
    let password = read_password()?;
    match password::fault(&password, &about) {
        Some((zh, en)) => bail!("the password is not taken: {en}; {zh}"),
        None => Ok(password),
    }
}

fn seat(text: &str) -> Result<(Rank, Option<&str>)> {
    let (rank, office) = match text.split_once('@') {
        Some((rank, office)) => (rank, Some(office)),
        None => (text, None),
    };
    let allowed: Vec<_> = Rank::ALL.iter().map(|rank| rank.key()).collect();
    let rank = Rank::from_key(rank).with_context(|| format!("there is no rank “{rank}”; allowed: {}", allowed.join(", ")))?;
    Ok((rank, office))
}

pub(super) async fn account(app: &App, login: &str) -> Result<AccountId> {
    let row = sign_in::account(app, login).await?;
    Ok(row.with_context(|| format!("there is no account “{login}”"))?.id)
}

/// Adds, disables and resets accounts.
pub(super) async fn users(args: &PlaceArgs, app: &App, user: User) -> Result<()> {
    match user {
        User::Add { login, name, email, seats, same_person_as } => {
            if let Some((zh, en)) = login::fault(&login) {
                bail!("the login is not taken: {en}; {zh}");
            }
            let seats: Vec<_> = seats.iter().map(|text| seat(text)).collect::<Result<_>>()?;
            let person = match same_person_as {
                Some(other) => sign_in::account(app, &other).await?.with_context(|| format!("there is no account “{other}”"))?.person,
                None => PersonId(Uuid::now_v7()),
            };
            let id = acts::add_account_of(app, person, &login, &name, email.as_deref(), new_password(app, &[&login, &name]).await?, &seats)
                .await?;
            say(args, &json!({ "login": login, "account": id }), &format!("{login} {id}"));
        }
        User::Disable { login } => {
            let id = account(app, &login).await?;
            acts::operate(app, AdminAct::DisableAccount { id }, Vec::new()).await?;
            say(args, &json!({ "login": login, "disabled": true }), &format!("{login} is disabled"));
        }
        User::Reset { login } => {
            let id = account(app, &login).await?;
            acts::reset_password(app, id, new_password(app, &[&login]).await?).await?;
            say(args, &json!({ "login": login, "reset": true }), &format!("{login} has a new password; its tokens are revoked"));
        }
    }
    Ok(())
}
