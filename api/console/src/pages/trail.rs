//! Entries of the audit trail, and one entry with its proof.

use axum::{
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

use crate::{
    ask::Trouble,
    console::{self, Console},
    house::House,
    visit::SignedIn,
};

const LIST: &str = include_str!("../../documents/trail.graphql");
const ENTRY: &str = include_str!("../../documents/trail-entry.graphql");
const FILES: &str = include_str!("../../documents/trail-files.graphql");
const NUMBER: &str = include_str!("../../documents/number.graphql");
const CHECKPOINTS: &str = include_str!("../../documents/checkpoints.graphql");
/// The longest text of an entry that stands on its page, in characters; a longer one is a file.
const SHOWN: usize = 16_000;

pub async fn list<H: House>(State(console): State<Console<H>>, SignedIn(visit): SignedIn) -> Response {
    let mut filter = json!({});
    for (name, field) in [("from", "from"), ("to", "to"), ("office", "office")] {
        if let Some(value) = visit.asked(name) {
            filter[field] = value.into();
        }
    }
    if visit.asked("refused").is_some() {
        filter["accepted"] = false.into();
    }
    let variables = json!({ "filter": filter, "first": 50, "after": visit.asked("after") });
    let found = console.read(&visit, LIST, variables).await.and_then(|mut data| {
        if data["auditEntries"].is_null() {
            return Err(Trouble::Forbidden);
        }
        data["more"] = visit.next(&data["auditEntries"]["pageInfo"]);
        data["asked"] = json!({
            "from": visit.asked("from").unwrap_or_default(), "to": visit.asked("to").unwrap_or_default(),
            "refused": visit.asked("refused").is_some(),
        });
        Ok(data)
    });
    console.shown(&visit, "trail.html", found).await
}

pub async fn entry<H: House>(State(console): State<Console<H>>, SignedIn(visit): SignedIn, Path(number): Path<String>) -> Response {
    let found = async {
        let mut data = console.read(&visit, ENTRY, json!({ "number": number })).await?;
        if data["auditEntry"].is_null() {
            return Err(Trouble::Missing);
        }
        if data["auditEntry"]["case"].is_string() {
            let case = console.read(&visit, NUMBER, json!({ "id": data["auditEntry"]["case"] })).await.unwrap_or_default();
            data["about"] = case["node"]["number"].clone();
        }
        let entry = &mut data["auditEntry"];
        if entry["bytes"].as_str().is_some_and(|bytes| bytes.chars().count() > SHOWN) {
            entry["bytes"] = Value::Null;
        }
        Ok(data)
    };
    console.shown(&visit, "trail-entry.html", found.await).await
}

/// The text of an entry, to the byte, or its proof, as a file.
pub async fn file<H: House>(
    State(console): State<Console<H>>,
    SignedIn(visit): SignedIn,
    Path((number, what)): Path<(String, String)>,
) -> Response {
    let found = console.read(&visit, FILES, json!({ "number": number })).await;
    let text = found.map(|data| match what.as_str() {
        "entry.json" => data["auditEntry"]["bytes"].as_str().map(str::to_owned),
        "proof.txt" => data["auditEntry"]["proof"]["file"].as_str().map(str::to_owned),
        _ => None,
    });
    match text {
        Ok(Some(text)) => {
            let name = format!("attachment; filename=\"{number}-{what}\"");
            let mut answer =
                ([(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CONTENT_DISPOSITION, &name)], text).into_response();
            console::harden(&mut answer);
            answer
        }
        Ok(None) => console.trouble(&visit, Trouble::Missing).await,
        Err(trouble) => console.trouble(&visit, trouble).await,
    }
}

/// What was signed over the whole trail, the newest first.
pub async fn checkpoints<H: House>(State(console): State<Console<H>>, SignedIn(visit): SignedIn) -> Response {
    let found = console.read(&visit, CHECKPOINTS, json!({ "first": 30, "after": visit.asked("after") })).await.map(|mut data| {
        data["more"] = visit.next(&data["checkpoints"]["pageInfo"]);
        data
    });
    console.shown(&visit, "checkpoints.html", found).await
}
