//! A document written by hand, for administrators and auditors who look for what no page shows: it reads and changes nothing.

use axum::{
    extract::{Request, State},
    http::StatusCode,
    response::Response,
};
use serde_json::{Value, json};

use crate::{
    ask::{Trouble, WrongField},
    console::Console,
    form,
    house::House,
    visit::{SignedIn, Visit},
};

/// What stands in the form of somebody who has typed nothing yet.
const EXAMPLE: &str = "query {\n  workCounts { all { count } overdue { count } }\n}";

async fn shown<H: House>(console: &Console<H>, visit: &Visit, typed: (&str, &str), wrong: &[WrongField], answer: &str) -> Response {
    let status = if wrong.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let data = json!({ "document": typed.0, "variables": typed.1, "wrong": wrong, "answer": answer });
    console.page_as(visit, status, "by-hand.html", data).await
}

pub async fn form<H: House>(State(console): State<Console<H>>, SignedIn(visit): SignedIn) -> Response {
    shown(&console, &visit, (EXAMPLE, ""), &[], "").await
}

pub async fn ask<H: House>(State(console): State<Console<H>>, SignedIn(visit): SignedIn, request: Request) -> Response {
    let typed = match form::own(&visit, request).await {
        Ok(typed) => typed,
        Err(trouble) => return console.trouble(&visit, trouble).await,
    };
    let (document, text) = (typed.one("document"), typed.one("variables"));
    let variables = if text.is_empty() { Ok(json!({})) } else { serde_json::from_str::<Value>(text) };
    let answer = match variables {
        Ok(variables) => console.answer(&visit, document, variables).await,
        Err(_) => Err(WrongField::new("variables", "变量不是JSON对象", "The variables are no JSON object")),
    };
    match answer {
        Ok(answer) if answer["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED" => console.trouble(&visit, Trouble::SignIn).await,
        Ok(answer) => {
            let answer = serde_json::to_string_pretty(&answer).unwrap_or_default();
            shown(&console, &visit, (document, text), &[], &answer).await
        }
        Err(wrong) => shown(&console, &visit, (document, text), &[wrong], "").await,
    }
}
