//! Documents by their digest: what they are by content, and where they are kept.

use std::{
    io::ErrorKind,
    path::{Path, PathBuf},
};

use axum::body::Bytes;
use sha2::{Digest, Sha256};

use domain::moment::Micros;

use crate::{
    app::App,
    durable,
    people::Viewer,
    sheets::{self, Packed},
    store::StoreFault,
};

/// Largest document, in bytes.
pub const LARGEST: usize = 20 * 1024 * 1024;

/// Microseconds.
const DAY: i64 = 86_400_000_000;

/// A kind of document that is taken.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    pub media_type: &'static str,
    /// Endings of such files, with the dot.
    pub extensions: &'static [&'static str],
    /// (zh, en)
    pub title: (&'static str, &'static str),
}

const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
/// GB/T 33190, the layout format of Chinese offices.
const OFD: &str = "application/ofd";
const TEXT: &str = "text/plain";

/// Kinds of document that are taken.
pub const KINDS: [Kind; 6] = [
    Kind { media_type: "application/pdf", extensions: &[".pdf"], title: ("PDF文件", "PDF document") },
    Kind { media_type: OFD, extensions: &[".ofd"], title: ("OFD版式文件", "OFD document") },
    Kind { media_type: DOCX, extensions: &[".docx"], title: ("Word文档", "Word document") },
    Kind { media_type: "image/png", extensions: &[".png"], title: ("PNG图片", "PNG picture") },
    Kind { media_type: "image/jpeg", extensions: &[".jpg", ".jpeg"], title: ("JPEG图片", "JPEG picture") },
    Kind { media_type: TEXT, extensions: &[".txt"], title: ("纯文本（UTF-8）", "plain text (UTF-8)") },
];

/// Media types of all kinds.
pub fn media_types() -> Vec<String> {
    KINDS.iter().map(|kind| kind.media_type.to_owned()).collect()
}

/// (zh, en) names of all kinds, each with the endings of such files.
pub fn kind_names() -> (String, String) {
    let one = |kind: &Kind| {
        let endings = kind.extensions.join(" ");
        (format!("{}（{endings}）", kind.title.0), format!("{} ({endings})", kind.title.1))
    };
    let (zh, en): (Vec<_>, Vec<_>) = KINDS.iter().map(one).unzip();
    (zh.join("、"), en.join(", "))
}

/// What the bytes are, whatever they are called; none where such documents are not taken. A packed document is unpacked to
/// be known: not where requests are answered.
pub fn kind(bytes: &[u8]) -> Option<&'static str> {
    if bytes.starts_with(b"PK\x03\x04") {
        return match sheets::document(bytes)? {
            Packed::Ofd => Some(OFD),
            Packed::Docx => Some(DOCX),
        };
    }
    match infer::get(bytes).map(|kind| kind.mime_type()) {
        Some(mime) => KINDS.iter().map(|kind| kind.media_type).find(|known| *known == mime),
        None => std::str::from_utf8(bytes).is_ok().then_some(TEXT),
    }
}

/// The same, apart from what answers requests.
///
/// # Errors
/// When the work could not be done.
pub async fn known(bytes: Bytes) -> Result<Option<&'static str>, PaperFault> {
    apart(move || Ok(kind(&bytes))).await
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
    let (files, bytes) = left(app, viewer).await?;
    Ok(files > 0 && size <= bytes)
}

/// How many files and bytes an account may still send: what the settings allow in a day, less what it sent in the last 24
/// hours. Below 0 where a setting was lowered since.
///
/// # Errors
/// When the database fails.
pub async fn left(app: &App, viewer: &Viewer) -> Result<(i64, i64), StoreFault> {
    let account = viewer.account.map(|account| account.to_string()).unwrap_or_default();
    if viewer.is_newcomer() {
        // A few files in all: nobody knows yet who it is.
        let (count, _) = app.database.uploads_since(&account, Micros(i64::MIN)).await?;
        let (most, size) = (app.setting_number("registered_uploads").await?, app.setting_number("registered_upload_mib").await?);
        return Ok((i64::from(most) - count, i64::from(size) * 1024 * 1024));
    }
    let since = Micros(app.clock.now().0 - DAY);
    let (count, bytes) = app.database.uploads_since(&account, since).await?;
    let most = i64::from(app.setting_number("uploads_per_day").await?);
    let most_bytes = i64::from(app.setting_number("upload_mib_per_day").await?) * 1024 * 1024;
    Ok((most - count, most_bytes - bytes))
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
