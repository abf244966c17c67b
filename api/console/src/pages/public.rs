//! The published list, as everybody reads it, and one entry of it.

use axum::{
    extract::{Path, State},
    response::Response,
};
use serde_json::json;

use crate::{ask::Trouble, console::Console, house::House, visit::Visit};

const LIST: &str = include_str!("../../documents/public.graphql");
const COLUMN: &str = include_str!("../../documents/column.graphql");
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

/// The bureau's column, one part of it or all.
pub async fn column<H: House>(State(console): State<Console<H>>, visit: Visit) -> Response {
    let part = visit.asked("part");
    let parts = console.titles().await.words("ColumnPart");
    if !part.is_none_or(|part| parts.as_array().is_some_and(|all| all.iter().any(|one| one["key"] == *part))) {
        return console.trouble(&visit, Trouble::Missing).await;
    }
    let found = console.read(&visit, COLUMN, json!({ "part": part, "first": 20, "after": visit.asked("after") })).await;
    let found = found.map(|mut data| {
        data["more"] = visit.next(&data["column"]["pageInfo"]);
        (data["part"], data["parts"]) = (part.into(), parts);
        data
    });
    console.shown(&visit, "column.html", found).await
}
