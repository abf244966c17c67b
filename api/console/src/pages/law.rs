//! The law as it is worked by: the processes, the map of one, its acts, its text, the list types.

use axum::{
    extract::{Path, State},
    http::{HeaderName, header},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

use crate::{
    ask::Trouble,
    console::{self, Console},
    house::House,
    view::words,
    visit::Visit,
};

const ALL: &str = include_str!("../../documents/law.graphql");
const LISTS: &str = include_str!("../../documents/law-lists.graphql");
const ONE: &str = include_str!("../../documents/law-process.graphql");
const ACTS: &str = include_str!("../../documents/law-acts.graphql");
const ACT: &str = include_str!("../../documents/law-act.graphql");
const TEXT: &str = include_str!("../../documents/law-text.graphql");

/// Phases in the order in which cases pass them, as the house names them.
const PHASES: [&str; 11] = [
    "DRAFT",
    "FILED",
    "CHECKING",
    "WAITING_FOR_PARTY",
    "WAITING_FOR_OTHERS",
    "DECIDING",
    "DECIDED",
    "SERVING",
    "CARRYING_OUT",
    "IN_EFFECT",
    "ENDED",
];
/// An act of the system out of more states than this stands once below the map.
const SWEEP: usize = 3;

pub async fn all<H: House>(State(console): State<Console<H>>, visit: Visit) -> Response {
    let found = console.read(&visit, ALL, json!({})).await;
    console.shown(&visit, "law.html", found).await
}

pub async fn lists<H: House>(State(console): State<Console<H>>, visit: Visit) -> Response {
    let found = console.read(&visit, LISTS, json!({})).await;
    console.shown(&visit, "law-lists.html", found).await
}

/// A process by its word in the path, on the day that the visitor asked for.
async fn found<H: House>(console: &Console<H>, visit: &Visit, document: &str, process: &str, verb: Option<&str>) -> Result<Value, Trouble> {
    let key = process.to_uppercase();
    if process != process.to_lowercase() || !words::is_process(&key) {
        return Err(Trouble::Missing);
    }
    let mut variables = json!({ "process": key, "on": visit.asked("on") });
    if let Some(verb) = verb {
        variables["verb"] = verb.to_uppercase().into();
    }
    let mut data = console.read(visit, document, variables).await?;
    if data["process"].is_null() {
        return Err(Trouble::Missing);
    }
    data["path"] = format!("/law/{process}").into();
    // Links stay with the day that was asked for.
    data["day"] = visit.asked("on").map(|on| format!("?on={on}")).unwrap_or_default().into();
    data["on"] = visit.asked("on").unwrap_or_default().into();
    Ok(data)
}

fn items(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn has(list: &Value, word: &Value) -> bool {
    items(list).contains(word)
}

/// Whether an act stands once below the map: the system does it out of many states.
fn sweeps(act: &Value) -> bool {
    items(&act["roles"]).iter().all(|role| role == "SYSTEM") && items(&act["from"]).len() > SWEEP
}

/// A state with the acts that leave it and the times that may run in it.
fn boxed(state: &Value, law: &Value) -> Value {
    let leaves = items(&law["acts"]).iter().filter(|act| has(&act["from"], &state["key"]) && !sweeps(act));
    let runs = items(&law["deadlines"]).iter().filter(|one| one["owner"].is_object() && has(&one["runsIn"], &state["key"]));
    let mut shown = state.clone();
    shown["acts"] = leaves.map(|act| titled(act, law)).collect();
    shown["clocks"] = runs.cloned().collect();
    shown
}

/// An act with the titles of the states that it leads to and from.
fn titled(act: &Value, law: &Value) -> Value {
    let state = |key: &Value| items(&law["states"]).iter().find(|state| state["key"] == *key).map(|state| state["title"].clone());
    let mut shown = act.clone();
    shown["target"] = state(&act["to"]).unwrap_or_default();
    shown["sources"] = items(&act["from"]).iter().filter_map(state).collect();
    shown["opens"] = has(&act["from"], &"new".into()).into();
    shown
}

/// The states of a process by phase, in the order of phases.
fn map(law: &Value) -> Value {
    let column = |phase: &&str| {
        let here: Vec<_> = items(&law["states"]).iter().filter(|state| state["phase"] == **phase).collect();
        let title = here.first().map(|state| state["phaseTitle"].clone())?;
        let boxes = here.iter().map(|state| boxed(state, law));
        Some(json!({ "phase": phase, "title": title, "states": boxes.collect::<Vec<_>>() }))
    };
    PHASES.iter().filter_map(column).collect()
}

/// The map of one process, with its times and its versions.
pub async fn process<H: House>(State(console): State<Console<H>>, visit: Visit, Path(process): Path<String>) -> Response {
    let data = found(&console, &visit, ONE, &process, None).await.map(|mut data| {
        let law = &data["process"];
        let opens = items(&law["acts"]).iter().filter(|act| has(&act["from"], &"new".into()));
        let swept = items(&law["acts"]).iter().filter(|act| sweeps(act));
        let drawn = json!({
            "columns": map(law), "opens": opens.map(|act| titled(act, law)).collect::<Vec<_>>(),
            "swept": swept.map(|act| titled(act, law)).collect::<Vec<_>>(),
        });
        data["map"] = drawn;
        data
    });
    console.shown(&visit, "law-process.html", data).await
}

/// Every act of a process in a line.
pub async fn acts<H: House>(State(console): State<Console<H>>, visit: Visit, Path(process): Path<String>) -> Response {
    let data = found(&console, &visit, ACTS, &process, None).await.map(with_titles);
    console.shown(&visit, "law-acts.html", data).await
}

fn with_titles(mut data: Value) -> Value {
    let rows: Vec<Value> = items(&data["process"]["acts"]).iter().map(|act| titled(act, &data["process"])).collect();
    data["rows"] = rows.into();
    data
}

/// One act with everything that the table says of it, and the words of its articles.
pub async fn act<H: House>(State(console): State<Console<H>>, visit: Visit, Path((process, verb)): Path<(String, String)>) -> Response {
    let data = match found(&console, &visit, ACT, &process, Some(&verb)).await {
        // A word that is no act of any process is a page that is none.
        Err(Trouble::Wrong(_)) if visit.asked("on").is_none() => Err(Trouble::Missing),
        Ok(data) if items(&data["process"]["acts"]).is_empty() => Err(Trouble::Missing),
        other => other.map(with_titles),
    };
    console.shown(&visit, "law-act.html", data).await
}

/// The text of the table byte by byte, so that whoever keeps it can compare its digest.
pub async fn text<H: House>(State(console): State<Console<H>>, visit: Visit, Path(process): Path<String>) -> Response {
    match found(&console, &visit, TEXT, &process, None).await {
        Ok(data) => {
            let kind: [(HeaderName, &str); 1] = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];
            let mut answer = (kind, data["process"]["text"].as_str().unwrap_or_default().to_owned()).into_response();
            console::harden(&mut answer);
            answer
        }
        Err(trouble) => console.trouble(&visit, trouble).await,
    }
}
