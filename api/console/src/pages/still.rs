//! Style, script, picture, and the page of an address that is none: in the program, and in a debug build read from their folder.

use axum::{
    body::Bytes,
    extract::{Path, State},
    http::{HeaderName, StatusCode, header},
    response::{IntoResponse, Response},
};
use include_dir::{Dir, include_dir};

use crate::{ask::Trouble, console::Console, house::House, visit::Visit};

static STATIC: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/static");

/// No page stands at this address.
pub async fn nothing<H: House>(State(console): State<Console<H>>, visit: Visit) -> Response {
    console.trouble(&visit, Trouble::Missing).await
}

pub async fn file(Path(name): Path<String>) -> Response {
    let kind = match name.rsplit_once('.') {
        Some((_, "css")) => "text/css; charset=utf-8",
        Some((_, "js")) => "text/javascript; charset=utf-8",
        Some((_, "svg")) => "image/svg+xml",
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    // Only names that the program holds are opened: nobody walks out of the folder.
    let Some(held) = STATIC.get_file(&name) else { return StatusCode::NOT_FOUND.into_response() };
    let mut bytes = Bytes::from_static(held.contents());
    if cfg!(debug_assertions)
        && let Ok(fresh) = std::fs::read(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("static").join(&name))
    {
        bytes = fresh.into();
    }
    let headers: [(HeaderName, &str); 3] =
        [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "public, max-age=300"), (header::X_CONTENT_TYPE_OPTIONS, "nosniff")];
    (headers, bytes).into_response()
}
