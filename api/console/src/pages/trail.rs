//! Entries of the audit trail, and one entry with its proof.

use axum::{
    extract::{Path, State},
    response::Response,
};
use serde_json::json;

use crate::{ask::Trouble, console::Console, house::House, visit::SignedIn};

const LIST: &str = include_str!("../../documents/trail.graphql");
const ENTRY: &str = include_str!("../../documents/trail-entry.graphql");

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
    let found = console.read(&visit, ENTRY, json!({ "number": number })).await;
    let found = found.and_then(|data| if data["auditEntry"].is_null() { Err(Trouble::Missing) } else { Ok(data) });
    console.shown(&visit, "trail-entry.html", found).await
}
