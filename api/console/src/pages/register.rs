//! An account of one's own: a link is asked for, and whoever opens it chooses name and password.

use axum::{
    extract::{Path, Request, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde_json::{Value, json};

use super::door;
use crate::{
    ask::{Trouble, WrongField},
    console::Console,
    form::{self, Typed},
    guard,
    house::House,
    view::words::Both,
    visit::Visit,
};

const OPEN: &str = "query Open { registrationOpen }";
const ASK: &str = "mutation Ask($email: String!) { askToRegister(email: $email) }";
const LINK: &str = "query Link($link: String!) { registrationLink(link: $link) { email } }";
const REGISTER: &str = "mutation Register($input: RegisterInput!) { register(input: $input) { account refusal { reasons { message { zh en } remedy { zh en } } } } }";
/// Where whoever has an account goes on: an account alone acts for nobody.
const BINDING: &str = "/new/requestAccountBinding";

/// Registration is open; else there is no such page.
async fn open<H: House>(console: &Console<H>, visit: &Visit) -> Result<(), Trouble> {
    let open = console.read(visit, OPEN, json!({})).await?;
    if open["registrationOpen"] == true { Ok(()) } else { Err(Trouble::Missing) }
}

/// The form as whoever has no account sends it.
async fn typed<H: House>(console: &Console<H>, visit: &mut Visit, request: Request) -> Result<Typed, Response> {
    visit.visitor.token = None;
    match form::own(visit, request, form::Size::Words).await {
        Ok(typed) => Ok(typed),
        Err(trouble) => Err(console.trouble(visit, trouble).await),
    }
}

pub async fn ask<H: House>(State(console): State<Console<H>>, visit: Visit) -> Response {
    let data = open(&console, &visit).await.map(|()| json!({ "email": "", "sent": false, "wrong": null }));
    console.shown(&visit, "register.html", data).await
}

pub async fn send<H: House>(State(console): State<Console<H>>, mut visit: Visit, request: Request) -> Response {
    let typed = match typed(&console, &mut visit, request).await {
        Ok(typed) => typed,
        Err(answer) => return answer,
    };
    let email = typed.one("email").trim().to_owned();
    let (status, wrong) = match console.run(&visit, ASK, json!({ "email": email })).await {
        Ok(_) => (StatusCode::OK, None),
        Err(Trouble::Missing) => return console.trouble(&visit, Trouble::Missing).await,
        Err(trouble) => {
            let (status, said) = trouble.said();
            (status, Some(said.text))
        }
    };
    let data = json!({ "email": email, "sent": wrong.is_none(), "wrong": wrong });
    console.page_as(&visit, status, "register.html", data).await
}

pub async fn form<H: House>(State(console): State<Console<H>>, visit: Visit, Path(link): Path<String>) -> Response {
    let found = async {
        open(&console, &visit).await?;
        let found = console.read(&visit, LINK, json!({ "link": link })).await?;
        Ok(json!({ "email": found["registrationLink"]["email"], "login": "", "name": "", "wrong": [] }))
    };
    console.shown(&visit, "register-form.html", found.await).await
}

/// Makes the account, signs it in, and goes on to the binding.
pub async fn make<H: House>(State(console): State<Console<H>>, mut visit: Visit, Path(link): Path<String>, request: Request) -> Response {
    let typed = match typed(&console, &mut visit, request).await {
        Ok(typed) => typed,
        Err(answer) => return answer,
    };
    let (login, name, password) = (typed.one("login").trim(), typed.one("name").trim(), typed.one("password"));
    let wrong: Vec<WrongField> = if password == typed.one("again") {
        let input =
            json!({ "link": link, "login": login, "name": name, "password": password, "language": visit.language.key().to_uppercase() });
        match console.run(&visit, REGISTER, json!({ "input": input })).await {
            Ok(data) => refused(&data["register"]["refusal"]),
            Err(Trouble::Missing) => return console.trouble(&visit, Trouble::Missing).await,
            Err(trouble) => trouble.at_form().1,
        }
    } else {
        vec![WrongField::new("password", "两次输入的密码不一致", "The password was typed in two different ways")]
    };
    if wrong.is_empty() {
        return entered(&console, &visit, login, password).await;
    }
    let email = console.read(&visit, LINK, json!({ "link": link })).await.unwrap_or_default()["registrationLink"]["email"].clone();
    let data = json!({ "email": email, "login": login, "name": name, "wrong": wrong });
    console.page_as(&visit, StatusCode::UNPROCESSABLE_ENTITY, "register-form.html", data).await
}

fn refused(refusal: &Value) -> Vec<WrongField> {
    let reasons = refusal["reasons"].as_array().map(Vec::as_slice).unwrap_or_default();
    let said = |reason: &Value, language: &str| {
        let of = |what: &str| reason[what][language].as_str().unwrap_or_default().to_owned();
        (of("message"), of("remedy"))
    };
    let one = |reason: &Value| {
        let ((zh, mend), (en, cure)) = (said(reason, "zh"), said(reason, "en"));
        WrongField { field: "login".to_owned(), words: Both::new(format!("{zh}；{mend}"), format!("{en}; {cure}")) }
    };
    reasons.iter().map(one).collect()
}

async fn entered<H: House>(console: &Console<H>, visit: &Visit, login: &str, password: &str) -> Response {
    let input = json!({ "input": { "login": login, "password": password } });
    let signed = console.run(visit, door::SIGN_IN, input).await.unwrap_or_default();
    let Some(token) = signed["signIn"]["token"].as_str() else {
        return Redirect::to("/sign-in?next=/new/requestAccountBinding").into_response();
    };
    let cookie = guard::set_token(&visit.headers, token);
    guard::with_cookies(Redirect::to(BINDING).into_response(), [cookie])
}
