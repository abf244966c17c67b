//! Global ids: kind and key in base64url.

use async_graphql::ID;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::ids::CaseId;

/// A global id.
pub fn global(kind: &str, key: &str) -> ID {
    ID(URL_SAFE_NO_PAD.encode(format!("{kind}:{key}")))
}

/// Kind and key of a global id.
pub fn parse(id: &str) -> Option<(String, String)> {
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(id).ok()?).ok()?;
    text.split_once(':').map(|(kind, key)| (kind.to_owned(), key.to_owned()))
}

/// The case behind a global id.
pub fn case_id(id: &str) -> Option<CaseId> {
    let (kind, key) = parse(id)?;
    (kind == "Case").then(|| key.parse().ok()).flatten()
}

/// Where a page begins, from an opaque cursor.
pub fn cursor(text: Option<&str>) -> Option<String> {
    text.and_then(parse).filter(|(kind, _)| kind == "Cursor").map(|(_, key)| key)
}
