//! Commitments by type, and schemes for the trustworthy with what keeps a company from each.

use axum::{extract::State, response::Response};
use serde_json::json;

use crate::{console::Console, house::House, visit::Visit};

const COMMITMENTS: &str = include_str!("../../documents/commitments.graphql");
const SCHEMES: &str = include_str!("../../documents/schemes.graphql");

pub async fn commitments<H: House>(State(console): State<Console<H>>, visit: Visit) -> Response {
    let found = console.read(&visit, COMMITMENTS, json!({})).await;
    console.shown(&visit, "commitments.html", found).await
}

/// Schemes, and whether the bearer of a code can use them. A code that is none is said beside the field.
pub async fn schemes<H: House>(State(console): State<Console<H>>, visit: Visit) -> Response {
    let uscc = visit.asked("uscc").unwrap_or_default().trim().to_owned();
    let asked = !uscc.is_empty();
    let mut found = console.read(&visit, SCHEMES, json!({ "uscc": uscc, "asked": asked })).await;
    let mut wrong = false;
    if asked && found.is_err() {
        wrong = true;
        found = console.read(&visit, SCHEMES, json!({ "uscc": "", "asked": false })).await;
    }
    let found = found.map(|mut data| {
        (data["uscc"], data["wrong"]) = (uscc.into(), wrong.into());
        data
    });
    console.shown(&visit, "schemes.html", found).await
}
