//! Documents by their digest: what they are by content, and where they are kept.

use std::{
    io::ErrorKind,
    path::{Path, PathBuf},
};

use axum::body::Bytes;
use sha2::{Digest, Sha256};

use domain::moment::Micros;

use crate::{app::App, durable, people::Viewer, store::StoreFault};

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

/// A paper that cannot be kept or given.
#[derive(Debug, thiserror::Error)]
pub enum PaperFault {
    #[error("paper {0} is lost; bring documents/{0} back from a copy")]
    Missing(String),
    #[error("paper {0} is not as it was kept (its SHA-256 differs); bring documents/{0} back from a copy")]
    Changed(String),
    #[error("{}: {}", .0.display(), .1)]
    Io(PathBuf, std::io::Error),
}

fn path(documents: &Path, sha256: &str) -> Result<PathBuf, PaperFault> {
    // Nothing but a digest names a file.
    let digest = sha256.len() == 64 && sha256.bytes().all(|byte| byte.is_ascii_hexdigit());
    if digest { Ok(documents.join(sha256)) } else { Err(PaperFault::Missing(sha256.chars().take(64).collect())) }
}

/// File work apart from what answers requests.
async fn apart<T: Send + 'static>(work: impl FnOnce() -> Result<T, PaperFault> + Send + 'static) -> Result<T, PaperFault> {
    let lost = |fault: tokio::task::JoinError| PaperFault::Io(PathBuf::new(), std::io::Error::other(fault));
    tokio::task::spawn_blocking(work).await.map_err(lost)?
}

/// Keeps bytes; their digest. They are on the disk, under their name, before this answers.
///
/// # Errors
/// When they cannot be written.
pub async fn put(app: &App, bytes: Bytes) -> Result<String, PaperFault> {
    let documents = app.documents.clone();
    apart(move || {
        let sha256 = digest(&bytes);
        let path = path(&documents, &sha256)?;
        let kept = durable::make_folder(&documents).and_then(|()| durable::write(&path, &bytes));
        kept.map(|()| sha256).map_err(|fault| PaperFault::Io(path, fault))
    })
    .await
}

/// The bytes of a digest.
///
/// # Errors
/// When there are none, or they are not what was kept.
pub async fn get(app: &App, sha256: &str) -> Result<Bytes, PaperFault> {
    let found = read(&app.documents, sha256).await;
    if let Err(fault @ (PaperFault::Missing(_) | PaperFault::Changed(_))) = &found {
        tracing::error!(%fault, "paper");
    }
    found
}

/// The same, from a folder of papers.
///
/// # Errors
/// As [`get`].
pub async fn read(documents: &Path, sha256: &str) -> Result<Bytes, PaperFault> {
    let (path, sha256) = (path(documents, sha256)?, sha256.to_owned());
    apart(move || match std::fs::read(&path) {
        Ok(bytes) if digest(&bytes) == sha256 => Ok(Bytes::from(bytes)),
        Ok(_) => Err(PaperFault::Changed(sha256)),
        Err(fault) if fault.kind() == ErrorKind::NotFound => Err(PaperFault::Missing(sha256)),
        Err(fault) => Err(PaperFault::Io(path, fault)),
    })
    .await
}

/// Deletes the bytes of a digest; whether there were any.
///
/// # Errors
/// When the file cannot be deleted.
pub async fn delete(app: &App, sha256: &str) -> Result<bool, PaperFault> {
    let (path, documents) = (path(&app.documents, sha256)?, app.documents.clone());
    apart(move || {
        let io = |fault| PaperFault::Io(path.clone(), fault);
        match std::fs::remove_file(&path) {
            Ok(()) => durable::sync_folder(&documents).map(|()| true).map_err(io),
            Err(fault) if fault.kind() == ErrorKind::NotFound => Ok(false),
            Err(fault) => Err(io(fault)),
        }
    })
    .await
}
