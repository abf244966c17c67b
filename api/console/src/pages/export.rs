//! What goes out as files: empty tables, the published list, answers for Credit China.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use serde_json::json;

use super::import::{LAYOUTS, given};
use crate::{
    ask::Trouble,
    console::Console,
    house::{House, Wanted},
    sent::Words,
    view::words::Both,
    visit::{SignedIn, Visit},
};

const EXPORT: &str = include_str!("../../documents/export.graphql");

pub async fn show<H: House>(State(console): State<Console<H>>, SignedIn(visit): SignedIn) -> Response {
    drawn(&console, &visit, StatusCode::OK, None).await
}

async fn drawn<H: House>(console: &Console<H>, visit: &Visit, status: StatusCode, why: Option<Both>) -> Response {
    let found = console.read(visit, EXPORT, json!({})).await.and_then(|mut data| {
        let seats = data["me"]["seats"].as_array().map(Vec::as_slice).unwrap_or_default();
        if seats.is_empty() {
            return Err(if data["me"].is_null() { Trouble::SignIn } else { Trouble::Forbidden });
        }
        data["clerk"] = seats.iter().any(|seat| seat["rank"] == "PLATFORM_CLERK").into();
        data["layouts"] = json!(LAYOUTS);
        data["why"] = json!(why);
        Ok(data)
    });
    match found {
        Ok(data) => console.page_as(visit, status, "export.html", data).await,
        Err(trouble) => console.trouble(visit, trouble).await,
    }
}

/// The published list; everybody may read it on the first page too.
pub async fn published<H: House>(State(console): State<Console<H>>, visit: Visit, Path(name): Path<String>) -> Response {
    given(&console, &visit, Wanted::Published(name)).await
}

/// An empty table to fill in.
pub async fn template<H: House>(State(console): State<Console<H>>, visit: Visit, Path(name): Path<String>) -> Response {
    given(&console, &visit, Wanted::Template(name)).await
}

/// The answers for Credit China: each is told once, and that it went out is an entry of the trail.
pub async fn answers<H: House>(
    State(console): State<Console<H>>,
    SignedIn(visit): SignedIn,
    Path(name): Path<String>,
    _: Words,
) -> Response {
    match console.house.file(visit.visitor.clone(), Wanted::Answers(name)).await {
        Err(unkept) if [StatusCode::CONFLICT, StatusCode::FORBIDDEN].contains(&unkept.status) => {
            drawn(&console, &visit, unkept.status, Some(unkept.words)).await
        }
        file => console.download(&visit, file).await,
    }
}
