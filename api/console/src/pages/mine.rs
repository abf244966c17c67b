//! What a company or a person sees of itself: each record in one sentence, its next date, and what may be done.

use axum::{extract::State, response::Response};
use serde_json::json;

use crate::{console::Console, house::House, visit::SignedIn};

const MINE: &str = include_str!("../../documents/mine.graphql");

pub async fn show<H: House>(State(console): State<Console<H>>, SignedIn(visit): SignedIn) -> Response {
    let found = console.read(&visit, MINE, json!({})).await.map(|mut data| {
        for record in data["records"]["nodes"].as_array_mut().into_iter().flatten() {
            record["shut"] = super::case::blocked(&record["openings"]);
        }
        data
    });
    console.shown(&visit, "mine.html", found).await
}
