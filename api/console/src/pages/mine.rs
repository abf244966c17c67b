//! What a company or a person sees of itself: each record in one sentence, its next date, and what may be done.

use axum::{extract::State, response::Response};
use serde_json::{Value, json};

use crate::{console::Console, house::House, visit::SignedIn};

const MINE: &str = include_str!("../../documents/mine.graphql");

/// The earliest open day of all cases.
fn next(cases: &Value) -> Value {
    let days = cases.as_array().into_iter().flatten().flat_map(|case| {
        let open = case["deadlines"].as_array().into_iter().flatten();
        let open = open.filter(|one| one["status"] == "OPEN" && one["dueOn"].is_string());
        open.map(|one| json!({ "day": one["dueOn"], "title": one["title"], "owner": one["owner"], "number": case["number"] }))
    });
    days.min_by_key(|one| one["day"].as_str().unwrap_or_default().to_owned()).unwrap_or_default()
}

pub async fn show<H: House>(State(console): State<Console<H>>, SignedIn(visit): SignedIn) -> Response {
    let found = console.read(&visit, MINE, json!({})).await.map(|mut data| {
        for record in data["records"]["nodes"].as_array_mut().into_iter().flatten() {
            record["shut"] = super::case::blocked(&record["openings"]);
        }
        data["next"] = next(&data["others"]["nodes"]);
        data
    });
    console.shown(&visit, "mine.html", found).await
}
