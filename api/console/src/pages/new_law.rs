//! A file of new law: brought and looked over, tried over every case, loaded.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde_json::{Value, json};

use super::{door, import::again_soon};
use crate::{
    ask::{Trouble, WrongField},
    console::Console,
    form::Typed,
    house::House,
    sent::Words,
    visit::{SignedIn, Visit},
};

/// Where its form stands.
pub const PATH: &str = "/keeping/law";

const CHECK: &str = include_str!("../../documents/law-check.graphql");
const SIMULATION: &str = include_str!("../../documents/law-simulation.graphql");
const SIMULATE: &str = "mutation Simulate($file: LawFileInput!, $asOf: Date!) { simulateLaw(file: $file, asOf: $asOf) { id } }";
const LOAD: &str = "mutation Load($file: LawFileInput!) { done: loadLaw(file: $file) { entry { number } refusal { reasons { code message { zh en } remedy { zh en } article { zh en } houseRule { zh en } } } } }";

/// What the page shows beside the text: the answer to a check, what is wrong, why it was not loaded.
#[derive(Default)]
struct Beside {
    check: Value,
    wrong: Vec<WrongField>,
    refused: Value,
}

async fn drawn<H: House>(console: &Console<H>, visit: &Visit, typed: &Typed, beside: Beside) -> Response {
    let good = beside.wrong.is_empty() && beside.refused.is_null();
    let status = if good { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let data = json!({
        "check": beside.check, "wrong": beside.wrong, "refused": beside.refused,
        "name": typed.one("name"), "text": typed.exact("text"), "as_of": typed.one("asOf"),
    });
    console.page_as(visit, status, "new-law.html", data).await
}

/// Whether the visitor may look law over: the house answers the same question about an empty file.
async fn open<H: House>(console: &Console<H>, visit: &Visit) -> Result<(), Trouble> {
    let file = json!({ "name": "empty.toml", "text": "" });
    console
        .read(visit, CHECK, json!({ "file": file }))
        .await
        .and_then(|data| if data["lawCheck"].is_null() { Err(Trouble::Forbidden) } else { Ok(()) })
}

pub async fn form<H: House>(State(console): State<Console<H>>, SignedIn(visit): SignedIn) -> Response {
    resumed(&console, &visit, &Typed::default()).await
}

/// The form with what was typed before the session ended.
pub async fn resumed<H: House>(console: &Console<H>, visit: &Visit, typed: &Typed) -> Response {
    match open(console, visit).await {
        Ok(()) => drawn(console, visit, typed, Beside::default()).await,
        Err(trouble) => console.trouble(visit, trouble).await,
    }
}

/// Puts a file that was chosen in the place of what was typed, with its name.
fn take_file(typed: &mut Typed) -> Vec<WrongField> {
    let Some(file) = std::mem::take(&mut typed.files).into_iter().next() else { return Vec::new() };
    let Ok(text) = String::from_utf8(file.bytes.to_vec()) else {
        return vec![WrongField::new("text", "文件不是UTF-8文本", "The file is no text in UTF-8")];
    };
    typed.set("name", file.name.clone());
    typed.set_exact("text", text);
    Vec::new()
}

/// What is missing before the house is asked.
fn missing(typed: &Typed) -> Vec<WrongField> {
    let mut wrong = Vec::new();
    if typed.exact("text").trim().is_empty() {
        wrong.push(WrongField::new("text", "请选择文件，或者粘贴其内容", "Choose the file, or paste what it holds"));
    }
    if typed.one("do") == "simulate" && typed.one("asOf").is_empty() {
        wrong.push(WrongField::new("asOf", "请填写按哪一天的规则试算", "Say the day whose law counts in the trial"));
    }
    if typed.one("do") == "load" && typed.one("sure") != "yes" {
        wrong.push(WrongField::new("sure", "请勾选确认：装载后不能撤回", "Tick that you are sure: a loaded file is not taken back"));
    }
    wrong
}

pub async fn take<H: House>(State(console): State<Console<H>>, visit: Visit, Words(mut typed): Words) -> Response {
    let mut wrong = take_file(&mut typed);
    if typed.one("name").is_empty() {
        let name = if typed.exact("text").trim_start().starts_with('{') { "calendar.json" } else { "law.toml" };
        typed.set("name", name.to_owned());
    }
    if wrong.is_empty() {
        wrong = missing(&typed);
    }
    let file = json!({ "name": typed.one("name"), "text": typed.exact("text") });
    let empty = typed.exact("text").trim().is_empty();
    let check = match console.read(&visit, CHECK, json!({ "file": file })).await {
        Ok(data) if data["lawCheck"].is_null() => return console.trouble(&visit, Trouble::Forbidden).await,
        Ok(_) if empty => Value::Null,
        Ok(data) => data["lawCheck"].clone(),
        Err(Trouble::SignIn) => return door::again(&console, &visit, &typed).await,
        Err(Trouble::Wrong(more)) => {
            wrong.extend(more.into_iter().map(at_own_field));
            Value::Null
        }
        Err(trouble) => return console.trouble(&visit, trouble).await,
    };
    let faulty = check["faults"].as_array().is_none_or(|faults| !faults.is_empty());
    if !wrong.is_empty() || faulty || typed.one("do") == "check" {
        return drawn(&console, &visit, &typed, Beside { check, wrong, ..Beside::default() }).await;
    }
    let done = match typed.one("do") {
        "simulate" => console.run(&visit, SIMULATE, json!({ "file": file, "asOf": typed.one("asOf") })).await,
        _ => console.run(&visit, LOAD, json!({ "file": file })).await,
    };
    match done {
        Ok(data) if data["simulateLaw"]["id"].is_string() => {
            Redirect::to(&format!("{PATH}/{}", data["simulateLaw"]["id"].as_str().unwrap_or_default())).into_response()
        }
        Ok(data) if data["done"]["refusal"].is_object() => {
            drawn(&console, &visit, &typed, Beside { check, refused: data["done"]["refusal"].clone(), ..Beside::default() }).await
        }
        Ok(data) => {
            Redirect::to(&visit.with_done("/keeping", data["done"]["entry"]["number"].as_str().unwrap_or_default())).into_response()
        }
        Err(Trouble::SignIn) => door::again(&console, &visit, &typed).await,
        Err(trouble) => {
            let (_, wrong) = trouble.at_form();
            let wrong = wrong.into_iter().map(at_own_field).collect();
            drawn(&console, &visit, &typed, Beside { check, wrong, ..Beside::default() }).await
        }
    }
}

/// The fields of the page are named without the input's own name.
fn at_own_field(wrong: WrongField) -> WrongField {
    let field = wrong.field.trim_start_matches("file.").to_owned();
    WrongField { field, ..wrong }
}

/// How far a simulation is, and what it found.
pub async fn simulation<H: House>(State(console): State<Console<H>>, SignedIn(visit): SignedIn, Path(id): Path<String>) -> Response {
    let found = match console.read(&visit, SIMULATION, json!({ "id": id })).await {
        Ok(data) if data["lawSimulation"].is_null() => return console.trouble(&visit, Trouble::Missing).await,
        Ok(data) => data["lawSimulation"].clone(),
        Err(trouble) => return console.trouble(&visit, trouble).await,
    };
    let runs = found["ended"] == false;
    let mut answer = console.page(&visit, "law-simulation.html", json!({ "found": found, "here": visit.here_with(&[("lang", "")]) })).await;
    if runs {
        again_soon(&mut answer);
    }
    answer
}
