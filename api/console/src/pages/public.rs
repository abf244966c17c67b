//! The published list, as everybody reads it, and one entry of it.

use axum::{
    extract::{Path, State},
    response::Response,
};
use serde_json::json;

use crate::{ask::Trouble, console::Console, house::House, visit::Visit};

const LIST: &str = include_str!("../../documents/public.graphql");
const ENTRY: &str = include_str!("../../documents/entry.graphql");

pub async fn search<H: House>(State(console): State<Console<H>>, visit: Visit) -> Response {
    let variables = json!({ "search": visit.asked("q"), "first": 20, "after": visit.asked("after") });
    let found = console.read(&visit, LIST, variables).await;
    let found = found.map(|mut data| {
        data["q"] = visit.asked("q").unwrap_or_default().into();
        data["more"] = visit.next(&data["published"]["pageInfo"]);
        data
    });
    console.shown(&visit, "public.html", found).await
}

pub async fn entry<H: House>(State(console): State<Console<H>>, visit: Visit, Path(number): Path<String>) -> Response {
    let found = console.read(&visit, ENTRY, json!({ "number": number })).await;
    let found = found.and_then(|data| if data["publishedEntry"].is_null() { Err(Trouble::Missing) } else { Ok(data) });
    console.shown(&visit, "entry.html", found).await
}
