//! Signing in and out, the own password.

use axum::{
    extract::{Request, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde_json::{Value, json};

use super::act;
use crate::{
    ask::Trouble,
    console::Console,
    form::{self, Typed},
    guard,
    house::{House, Visitor},
    sent::Words,
    view::words::Both,
    visit::{SignedIn, Visit},
};

pub const SIGN_IN: &str = "mutation SignIn($input: SignInInput!) { signIn(input: $input) { token problem { zh en } } }";
const SIGN_OUT: &str = "mutation SignOut { signOut }";
const CHANGE: &str = "mutation Change($input: ChangePasswordInput!) { changePassword(input: $input) { refusal { reasons { message { zh en } remedy { zh en } } } } }";
const WAYS_IN: &str = include_str!("../../documents/ways-in.graphql");
pub const ME: &str = include_str!("../../documents/shell.graphql");

/// A place of ours to go on to: a path that begins with one stroke, nothing that a browser reads as another site.
pub fn next(text: &str) -> Option<&str> {
    let inside = text.starts_with('/') && !text.starts_with("//") && !text.contains('\\') && !text.chars().any(char::is_control);
    inside.then_some(text)
}

/// The sign-in page, with the provider of identities where there is one.
pub async fn sign_in_page<H: House>(console: &Console<H>, visit: &Visit, status: StatusCode, mut data: Value) -> Response {
    let ways = console.read(visit, WAYS_IN, json!({})).await.unwrap_or_default();
    (data["provider"], data["registers"]) = (ways["identityProvider"].clone(), ways["registrationOpen"].clone());
    let next = data["next"].as_str().map(|next| form_urlencoded::byte_serialize(next.as_bytes()).collect::<String>());
    data["then"] = next.map(|next| format!("?next={next}")).unwrap_or_default().into();
    console.page_as(visit, status, "sign-in.html", data).await
}

pub async fn form<H: House>(State(console): State<Console<H>>, visit: Visit) -> Response {
    let data = json!({ "next": visit.asked("next").and_then(next), "login": "", "problem": null, "carried": [] });
    sign_in_page(&console, &visit, StatusCode::OK, data).await
}

/// The sign-in page of somebody whose session ended in a form: what was typed travels on in hidden fields.
pub async fn again<H: House>(console: &Console<H>, visit: &Visit, typed: &Typed) -> Response {
    let stranger = Visit { visitor: Visitor { token: None, ..visit.visitor.clone() }, ..visit.clone() };
    let data = json!({ "next": visit.path, "login": "", "problem": null, "carried": typed.carried() });
    sign_in_page(console, &stranger, StatusCode::UNAUTHORIZED, data).await
}

/// Where somebody who signed in begins.
pub fn landing(me: &Value) -> &'static str {
    let seats = me["seats"].as_array().map(Vec::as_slice).unwrap_or_default();
    let has = |rank: &str| seats.iter().any(|seat| seat["rank"] == rank);
    match () {
        () if seats.is_empty() => "/mine",
        () if has("AUDITOR") => "/trail",
        () => "/desk",
    }
}

pub async fn enter<H: House>(State(console): State<Console<H>>, mut visit: Visit, request: Request) -> Response {
    visit.visitor.token = None;
    let mut typed = match form::own(&visit, request, form::Size::Words).await {
        Ok(typed) => typed,
        Err(trouble) => return console.trouble(&visit, trouble).await,
    };
    let (login, password) = (typed.one("login").to_owned(), typed.one("password").to_owned());
    let answer = console.run(&visit, SIGN_IN, json!({ "input": { "login": login, "password": password } })).await;
    let signed = match answer {
        Ok(data) => data["signIn"].clone(),
        Err(Trouble::Wrong(fields)) => json!({ "token": null, "problem": fields.first().map(|field| &field.words) }),
        Err(Trouble::Away { words, .. }) => json!({ "token": null, "problem": words }),
        Err(trouble) => return console.trouble(&visit, trouble).await,
    };
    for own in ["login", "password"] {
        typed.remove(own);
    }
    let to = next(typed.one("next")).map(str::to_owned);
    typed.remove("next");
    let Some(token) = signed["token"].as_str() else {
        let data = json!({ "next": to, "login": login, "problem": signed["problem"], "carried": typed.carried() });
        return sign_in_page(&console, &visit, StatusCode::UNPROCESSABLE_ENTITY, data).await;
    };
    visit.visitor.token = Some(token.to_owned());
    let cookie = guard::set_token(&visit.headers, token);
    let answer = match to {
        Some(to) if !typed.carried().is_empty() => act::resumed(&console, &visit, &to, typed).await,
        to => {
            let me = console.read(&visit, ME, json!({})).await.unwrap_or_default();
            Redirect::to(to.as_deref().unwrap_or(landing(&me["me"]))).into_response()
        }
    };
    guard::with_cookies(answer, [cookie])
}

pub async fn leave<H: House>(State(console): State<Console<H>>, visit: Visit, _: Words) -> Response {
    // A session that is over already ends all the same.
    let _ = console.run(&visit, SIGN_OUT, json!({})).await;
    guard::with_cookies(Redirect::to("/").into_response(), guard::end_token())
}

pub async fn password<H: House>(State(console): State<Console<H>>, SignedIn(visit): SignedIn) -> Response {
    console.page(&visit, "password.html", json!({ "wrong": [], "done": false })).await
}

pub async fn change<H: House>(State(console): State<Console<H>>, SignedIn(visit): SignedIn, Words(typed): Words) -> Response {
    let data = if typed.one("new") == typed.one("again") {
        let input = json!({ "input": { "current": typed.one("current"), "new": typed.one("new") } });
        match console.run(&visit, CHANGE, input).await {
            Ok(data) => {
                let reasons = data["changePassword"]["refusal"]["reasons"].as_array().cloned().unwrap_or_default();
                let said: Vec<Value> = reasons.iter().map(|reason| reason["message"].clone()).collect();
                json!({ "done": said.is_empty(), "wrong": said })
            }
            Err(Trouble::Wrong(fields)) => {
                json!({ "wrong": fields.iter().map(|field| &field.words).collect::<Vec<_>>(), "done": false })
            }
            Err(trouble) => return console.trouble(&visit, trouble).await,
        }
    } else {
        let differ = Both::new("两次输入的新密码不一致", "The new password was typed in two different ways");
        json!({ "wrong": [differ], "done": false })
    };
    let status = if data["done"] == true { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    console.page_as(&visit, status, "password.html", data).await
}
