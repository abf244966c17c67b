//! Documents by their digest: what they are by content, and where they are kept.

use axum::body::Bytes;
use object_store::{ObjectStore, PutPayload, local::LocalFileSystem};
use sha2::{Digest, Sha256};

use domain::moment::Micros;

use crate::{app::App, people::Viewer, store::StoreFault};

/// Largest document, in bytes.
pub const LARGEST: usize = 20 * 1024 * 1024;

/// Microseconds.
const DAY: i64 = 86_400_000_000;

/// Kinds of document that are taken.
pub const TYPES: [&str; 4] = ["application/pdf", "image/png", "image/jpeg", "text/plain"];

/// What the bytes are, whatever they are called; none where such documents are not taken.
pub fn kind(bytes: &[u8]) -> Option<&'static str> {
    match infer::get(bytes).map(|kind| kind.mime_type()) {
        Some(mime) => TYPES.iter().copied().find(|known| *known == mime),
        None => std::str::from_utf8(bytes).is_ok().then_some("text/plain"),
    }
}

/// The digest under which bytes are kept.
pub fn digest(bytes: &[u8]) -> String {
    format!("{:x}", Sha256::digest(bytes))
}

/// Whether an account may send so many bytes more within a day.
///
/// # Errors
/// When the database fails.
pub async fn within_quota(app: &App, viewer: &Viewer, size: i64) -> Result<bool, StoreFault> {
    let account = viewer.account.map(|account| account.to_string()).unwrap_or_default();
    let since = Micros(app.clock.now().0 - DAY);
    let (count, bytes) = app.database.uploads_since(&account, since).await?;
    let most = i64::from(app.setting_number("uploads_per_day").await?);
    let most_bytes = i64::from(app.setting_number("upload_mib_per_day").await?) * 1024 * 1024;
    Ok(count < most && bytes + size <= most_bytes)
}

fn store(app: &App) -> Result<LocalFileSystem, object_store::Error> {
    let generic = |source: std::io::Error| object_store::Error::Generic { store: "documents", source: source.into() };
    std::fs::create_dir_all(&app.documents).map_err(generic)?;
    LocalFileSystem::new_with_prefix(&app.documents)
}

/// Keeps bytes; their digest.
///
/// # Errors
/// When the store refuses.
pub async fn put(app: &App, bytes: Bytes) -> Result<String, object_store::Error> {
    let sha256 = digest(&bytes);
    store(app)?.put(&sha256.as_str().into(), PutPayload::from_bytes(bytes)).await?;
    Ok(sha256)
}

/// The bytes of a digest.
///
/// # Errors
/// When there are none.
pub async fn get(app: &App, sha256: &str) -> Result<Bytes, object_store::Error> {
    store(app)?.get(&sha256.into()).await?.bytes().await
}

/// Deletes the bytes of a digest; whether there were any.
///
/// # Errors
/// When the store refuses.
pub async fn delete(app: &App, sha256: &str) -> Result<bool, object_store::Error> {
    match store(app)?.delete(&sha256.into()).await {
        Ok(()) => Ok(true),
        Err(object_store::Error::NotFound { .. }) => Ok(false),
        Err(fault) => Err(fault),
    }
}
