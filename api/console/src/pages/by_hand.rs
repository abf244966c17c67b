//! A document written by hand, for administrators and auditors who look for what no page shows: it reads and changes nothing.

use axum::{extract::State, http::StatusCode, response::Response};
use serde_json::{Value, json};

use super::door;
use crate::{
    ask::{Trouble, WrongField},
    console::Console,
    form::Typed,
    house::House,
    sent::Words,
    visit::{SignedIn, Visit},
};

/// Where its form stands.
pub const PATH: &str = "/by-hand";
const SHELL: &str = include_str!("../../documents/shell.graphql");
/// What stands in the form of somebody who has typed nothing yet.
const EXAMPLE: &str = "query {\n  workCounts { all { count } overdue { count } }\n}";

async fn shown<H: House>(console: &Console<H>, visit: &Visit, typed: (&str, &str), wrong: &[WrongField], answer: &str) -> Response {
    let status = if wrong.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let data = json!({ "document": typed.0, "variables": typed.1, "wrong": wrong, "answer": answer });
    console.page_as(visit, status, "by-hand.html", data).await
}

/// Whether the visitor keeps the house or looks over it; else the trouble.
async fn overseer<H: House>(console: &Console<H>, visit: &Visit) -> Result<(), Trouble> {
    let data = console.read(visit, SHELL, json!({})).await?;
    let mut seats = data["me"]["seats"].as_array().into_iter().flatten();
    match seats.any(|seat| seat["rank"] == "ADMINISTRATOR" || seat["rank"] == "AUDITOR") {
        true => Ok(()),
        false if data["me"].is_null() => Err(Trouble::SignIn),
        false => Err(Trouble::Forbidden),
    }
}

pub async fn form<H: House>(State(console): State<Console<H>>, SignedIn(visit): SignedIn) -> Response {
    match overseer(&console, &visit).await {
        Ok(()) => shown(&console, &visit, (EXAMPLE, ""), &[], "").await,
        Err(trouble) => console.trouble(&visit, trouble).await,
    }
}

/// The form again after somebody signed in anew, with what was typed before the session ended.
pub async fn resumed<H: House>(console: &Console<H>, visit: &Visit, typed: &Typed) -> Response {
    match overseer(console, visit).await {
        Ok(()) => shown(console, visit, (typed.one("document"), typed.one("variables")), &[], "").await,
        Err(trouble) => console.trouble(visit, trouble).await,
    }
}

pub async fn ask<H: House>(State(console): State<Console<H>>, visit: Visit, Words(typed): Words) -> Response {
    match overseer(&console, &visit).await {
        Ok(()) => {}
        Err(Trouble::SignIn) => return door::again(&console, &visit, &typed).await,
        Err(trouble) => return console.trouble(&visit, trouble).await,
    }
    let (document, text) = (typed.one("document"), typed.one("variables"));
    let variables = if text.is_empty() { Some(json!({})) } else { serde_json::from_str::<Value>(text).ok().filter(Value::is_object) };
    let Some(variables) = variables else {
        let wrong = WrongField::new("variables", "变量不是JSON对象", "The variables are no JSON object");
        return shown(&console, &visit, (document, text), &[wrong], "").await;
    };
    let answer = console.answer(&visit, document, variables).await;
    let answer = serde_json::to_string_pretty(&answer).unwrap_or_default();
    shown(&console, &visit, (document, text), &[], &answer).await
}
