//! Statements that nothing is published about somebody: a company asks about itself, the counter about whoever comes.

use axum::{
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

use crate::{
    ask::{Trouble, WrongField},
    console::{self, Console, SERVES},
    form::Typed,
    house::House,
    sent::Words,
    visit::{SignedIn, Visit},
};

const PAGE: &str = include_str!("../../documents/absence.graphql");
const SUBJECTS: &str = include_str!("../../documents/absence-subjects.graphql");
const ASK: &str = include_str!("../../documents/absence-ask.graphql");

/// Subjects among which an account chooses: as many as one question names.
const SHOWN: usize = 100;

/// What a form holds.
const FIELDS: [&str; 4] = ["subject", "code", "name", "formerNames"];

/// The page, with what was answered.
async fn drawn<H: House>(console: &Console<H>, visit: &Visit, typed: &Typed, wrong: Vec<WrongField>, answer: Value) -> Response {
    let status = if wrong.is_empty() && answer["refusal"].is_null() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let found = async {
        let mut data = console.read(visit, PAGE, json!({})).await?;
        let me = data["me"].take();
        if me.is_null() {
            return Err(Trouble::SignIn);
        }
        let seats = me["seats"].as_array().map(Vec::as_slice).unwrap_or_default();
        data["serves"] = seats.iter().any(|seat| SERVES.iter().any(|rank| seat["rank"] == *rank)).into();
        let ids: Vec<_> = me["subjects"].as_array().into_iter().flatten().take(SHOWN).collect();
        data["subjects"] = console.read(visit, SUBJECTS, json!({ "ids": ids })).await?["nodes"].take();
        if data["serves"] == false && data["subjects"].as_array().is_none_or(Vec::is_empty) && !seats.is_empty() {
            return Err(Trouble::Forbidden);
        }
        data["answer"] = answer;
        for name in FIELDS {
            data["typed"][name] = typed.one(name).into();
        }
        data["wrong"] = json!(wrong);
        Ok(data)
    };
    match found.await {
        Ok(data) => console.page_as(visit, status, "absence.html", data).await,
        Err(trouble) => console.trouble(visit, trouble).await,
    }
}

pub async fn form<H: House>(State(console): State<Console<H>>, SignedIn(visit): SignedIn) -> Response {
    drawn(&console, &visit, &Typed::default(), Vec::new(), Value::Null).await
}

/// What was typed, as the house takes it: a former name a line.
fn input(typed: &Typed) -> Value {
    let given = |name: &str| Some(typed.one(name)).filter(|text| !text.is_empty());
    let former: Vec<_> = typed.one("formerNames").lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    match given("subject") {
        Some(subject) => json!({ "input": { "subject": subject, "formerNames": former } }),
        None => json!({ "input": { "code": typed.one("code"), "name": typed.one("name"), "formerNames": former } }),
    }
}

/// The statement on a page; as a file where it is to be saved.
pub async fn ask<H: House>(State(console): State<Console<H>>, SignedIn(visit): SignedIn, Words(typed): Words) -> Response {
    match console.read(&visit, ASK, input(&typed)).await {
        Ok(data) => {
            let answer = &data["absence"];
            match answer["statement"]["file"].as_str().filter(|_| !typed.one("save").is_empty()) {
                Some(file) => saved(file, answer["statement"]["entry"].as_str().unwrap_or_default()),
                None => drawn(&console, &visit, &typed, Vec::new(), answer.clone()).await,
            }
        }
        Err(Trouble::Wrong(wrong)) => {
            let lines = |mut fault: WrongField| {
                fault.field.truncate(fault.field.find('.').unwrap_or(fault.field.len()));
                fault
            };
            drawn(&console, &visit, &typed, wrong.into_iter().map(lines).collect(), Value::Null).await
        }
        Err(trouble) => console.trouble(&visit, trouble).await,
    }
}

fn saved(file: &str, entry: &str) -> Response {
    let name = format!("attachment; filename=\"absence-{entry}.json\"");
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CONTENT_DISPOSITION, name.as_str())];
    let mut answer = (headers, file.to_owned()).into_response();
    console::harden(&mut answer);
    answer
}
