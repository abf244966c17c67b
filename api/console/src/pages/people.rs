//! Accounts and their seats, for those who keep them, and the own account.

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use serde_json::json;

use super::deed;
use crate::{ask::Trouble, console::Console, house::House, sent::Words, visit::SignedIn};

const LIST: &str = include_str!("../../documents/people.graphql");
const ONE: &str = include_str!("../../documents/account.graphql");
const SIGN_INS: &str = include_str!("../../documents/sign-ins.graphql");
const IDENTITIES: &str = include_str!("../../documents/identities.graphql");
const ME: &str = include_str!("../../documents/me.graphql");

/// What an administrator does with an account and its seats.
const DEEDS: [&str; 9] = [
    "disableAccount",
    "enableAccount",
    "grantRole",
    "confirmRole",
    "revokeRole",
    "appointDeputy",
    "erasePersonalValues",
    "linkIdentity",
    "unlinkIdentity",
];

pub async fn list<H: House>(State(console): State<Console<H>>, SignedIn(visit): SignedIn) -> Response {
    let variables = json!({
        "login": visit.asked("login"), "standing": visit.asked("standing"), "first": 50, "after": visit.asked("after"),
    });
    let found = async {
        let mut data = console.read(&visit, LIST, variables).await?;
        // A leader confirms seats and reads no accounts.
        if data["accounts"].is_null() && data["pendingSeats"].is_null() {
            return Err(Trouble::Forbidden);
        }
        data["more"] = visit.next(&data["accounts"]["pageInfo"]);
        data["asked"] = json!({ "login": visit.asked("login"), "standing": visit.asked("standing") });
        data["deeds"] = deed::drawn(&console, &visit, &["confirmRole", "revokeRole"]).await?;
        Ok(data)
    };
    console.shown(&visit, "people.html", found.await).await
}

pub async fn account<H: House>(State(console): State<Console<H>>, SignedIn(visit): SignedIn, Path(login): Path<String>) -> Response {
    let found = async {
        let data = console.read(&visit, ONE, json!({ "login": login })).await?;
        if data["accounts"].is_null() {
            return Err(Trouble::Forbidden);
        }
        let account = data["accounts"]["nodes"].get(0).cloned().unwrap_or_default();
        if account["login"] != login {
            return Err(Trouble::Missing);
        }
        // Only auditors read how others signed in.
        let tries = console.read(&visit, SIGN_INS, json!({ "account": account["id"], "first": 10 })).await.unwrap_or_default();
        let ids = console.read(&visit, IDENTITIES, json!({ "account": account["id"] })).await?;
        Ok(json!({
            "account": account, "provider": ids["identityProvider"], "identities": ids["identities"], "tries": tries["signIns"]["nodes"], "deeds": deed::drawn(&console, &visit, &DEEDS).await?,
            "here": visit.path,
        }))
    };
    console.shown(&visit, "account.html", found.await).await
}

/// Ends every other session of the own account.
pub async fn end_others<H: House>(State(console): State<Console<H>>, SignedIn(visit): SignedIn, _: Words) -> Response {
    match console.run(&visit, "mutation EndOthers { signOutElsewhere }", json!({})).await {
        Ok(_) => Redirect::to("/me").into_response(),
        Err(trouble) => console.trouble(&visit, trouble).await,
    }
}

/// The own account: seats, sessions, reminders, deputies.
pub async fn me<H: House>(State(console): State<Console<H>>, SignedIn(visit): SignedIn) -> Response {
    let found = async {
        let mut data = console.read(&visit, ME, json!({})).await?;
        let tries = console.read(&visit, SIGN_INS, json!({ "account": data["me"]["account"], "first": 10 })).await?;
        data["tries"] = tries["signIns"]["nodes"].clone();
        let ids = console.read(&visit, IDENTITIES, json!({ "account": data["me"]["account"] })).await?;
        (data["provider"], data["identities"]) = (ids["identityProvider"].clone(), ids["identities"].clone());
        let seated = data["me"]["seats"].as_array().is_some_and(|seats| !seats.is_empty());
        let own: &[&str] = if seated { &["chooseReminders", "appointDeputy", "revokeRole", "unlinkIdentity"] } else { &["unlinkIdentity"] };
        data["deeds"] = deed::drawn(&console, &visit, own).await?;
        Ok(data)
    };
    console.shown(&visit, "me.html", found.await).await
}
