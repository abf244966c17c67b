//! Signing in by an identity that another house vouches for, and linking one to the own account. Both begin with a link, since a
//! redirect after a form may not leave the house; the browser keeps what binds the two halves together.

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use super::door;
use crate::{
    ask::Trouble,
    console::Console,
    guard,
    house::{House, Visitor},
    view::words::Both,
    visit::{SignedIn, Visit},
};

const BEGIN: &str = "mutation Begin { begun: beginIdentitySignIn { address kept returnsTo problem { zh en } } }";
const BEGIN_LINK: &str = "mutation BeginLink { begun: beginIdentityLink { address kept returnsTo problem { zh en } } }";
const SIGN_IN: &str =
    "mutation SignIn($input: IdentityReturnedInput!) { signed: signInByIdentity(input: $input) { token subject problem { zh en } } }";
const LINK: &str = "mutation Link($input: IdentityReturnedInput!) { linked: linkOwnIdentity(input: $input) { problem { zh en } entry { number } refusal { reasons { message { zh en } remedy { zh en } } } } }";

/// What the browser is to do on the way back.
const ENTERS: &str = "in";
const LINKS: &str = "link";

/// Sends the browser to the provider, or says why not.
fn sent(answer: Result<Value, Trouble>, word: &str, next: &str) -> Result<Response, Both> {
    let begun = match answer {
        Ok(data) => data["begun"].clone(),
        Err(trouble) => return Err(trouble.said().1.text),
    };
    let (Some(address), Some(kept)) = (begun["address"].as_str(), begun["kept"].as_str()) else {
        return Err(both(&begun["problem"]));
    };
    let secure = begun["returnsTo"].as_str().is_some_and(|to| to.starts_with("https://"));
    let value = format!("{word}.{kept}.{}", URL_SAFE_NO_PAD.encode(next));
    Ok(guard::with_cookies(Redirect::to(address).into_response(), [guard::set_away(secure, &value)]))
}

fn both(words: &Value) -> Both {
    let of = |language: &str| words[language].as_str().unwrap_or_default();
    Both::new(of("zh"), of("en"))
}

/// The sign-in page with what went wrong: the password is another way in.
async fn stopped<H: House>(console: &Console<H>, visit: &Visit, problem: Both, subject: &Value, next: Option<&str>) -> Response {
    let stranger = Visit { visitor: Visitor { token: None, ..visit.visitor.clone() }, path: "/sign-in".to_owned(), ..visit.clone() };
    let stranger = Visit { query: std::collections::BTreeMap::new(), ..stranger };
    let data = json!({ "next": next, "login": "", "problem": problem, "subject": subject, "carried": [] });
    door::sign_in_page(console, &stranger, StatusCode::UNPROCESSABLE_ENTITY, data).await
}

pub async fn begin<H: House>(State(console): State<Console<H>>, mut visit: Visit) -> Response {
    visit.visitor.token = None;
    let next = visit.asked("next").and_then(door::next).unwrap_or_default().to_owned();
    match sent(console.run(&visit, BEGIN, json!({})).await, ENTERS, &next) {
        Ok(answer) => answer,
        Err(problem) => stopped(&console, &visit, problem, &Value::Null, Some(&next)).await,
    }
}

/// Begins the linking of an identity to the own account; a page of another site does not begin it.
pub async fn begin_link<H: House>(State(console): State<Console<H>>, SignedIn(visit): SignedIn) -> Response {
    if visit.headers.get("sec-fetch-site").is_some_and(|site| site != "same-origin" && site != "none") {
        return Redirect::to("/me").into_response();
    }
    match sent(console.run(&visit, BEGIN_LINK, json!({})).await, LINKS, "") {
        Ok(answer) => answer,
        Err(words) => console.trouble(&visit, Trouble::Away { status: StatusCode::SERVICE_UNAVAILABLE, words }).await,
    }
}

/// Where the provider sends the browser back to.
pub async fn back<H: House>(State(console): State<Console<H>>, visit: Visit) -> Response {
    let kept = guard::away(&visit.headers).map(|(value, secure)| (value.to_owned(), secure));
    let (value, secure) = kept.unwrap_or_default();
    let mut parts = value.split('.');
    let (word, kept, next) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let next = URL_SAFE_NO_PAD.decode(next).ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default();
    let next = door::next(&next);
    let of = |name: &str| visit.asked(name).unwrap_or_default();
    let answer = if visit.asked("error").is_some() {
        let words = Both::new(
            "统一身份登录已取消，或者没有得到同意；可以重新开始，或者用密码登录",
            "Signing in there was broken off or not agreed to; begin again, or sign in with the password",
        );
        stopped(&console, &visit, words, &Value::Null, next).await
    } else {
        let input = json!({ "input": { "code": of("code"), "state": of("state"), "issuer": visit.asked("iss"), "kept": kept } });
        if word == LINKS { linked(&console, &visit, input).await } else { entered(&console, &visit, input, secure, next).await }
    };
    guard::with_cookies(answer, guard::end_away())
}

async fn entered<H: House>(console: &Console<H>, visit: &Visit, input: Value, secure: bool, next: Option<&str>) -> Response {
    let mut visit = visit.clone();
    visit.visitor.token = None;
    let signed = match console.run(&visit, SIGN_IN, input).await {
        Ok(data) => data["signed"].clone(),
        Err(trouble) => return stopped(console, &visit, trouble.said().1.text, &Value::Null, next).await,
    };
    let Some(token) = signed["token"].as_str() else {
        return stopped(console, &visit, both(&signed["problem"]), &signed["subject"], next).await;
    };
    visit.visitor.token = Some(token.to_owned());
    let me = console.read(&visit, door::ME, json!({})).await.unwrap_or_default();
    let to = next.unwrap_or(door::landing(&me["me"]));
    guard::with_cookies(Redirect::to(to).into_response(), [guard::set_token_over(secure, token)])
}

async fn linked<H: House>(console: &Console<H>, visit: &Visit, input: Value) -> Response {
    let linked = match console.run(visit, LINK, input).await {
        Ok(data) => data["linked"].clone(),
        Err(trouble) => return console.trouble(visit, trouble).await,
    };
    if let Some(entry) = linked["entry"]["number"].as_str().filter(|_| linked["refusal"].is_null()) {
        return Redirect::to(&visit.with_done("/me", entry)).into_response();
    }
    let reason = &linked["refusal"]["reasons"][0];
    let words = if reason.is_null() {
        both(&linked["problem"])
    } else {
        let (message, remedy) = (both(&reason["message"]), both(&reason["remedy"]));
        Both::new(format!("{}。{}。", message.zh, remedy.zh), format!("{}; {}.", message.en, remedy.en))
    };
    console.trouble(visit, Trouble::Away { status: StatusCode::UNPROCESSABLE_ENTITY, words }).await
}
