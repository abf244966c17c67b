//! What a request brings: how much, how long it may take to come, and files as browsers send them.

use std::{convert::Infallible, time::Duration};

use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, StatusCode, header},
};
use futures_util::{StreamExt, stream};

/// How long a file may take to come.
pub const FILE_TIME: Duration = Duration::from_mins(3);

/// A body that was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unread {
    /// More bytes than are taken.
    TooLarge,
    /// It did not come in time.
    TooSlow,
    /// The connection failed.
    Broken,
    /// `multipart` of another kind than forms, or a form that cannot be read.
    NoForm,
    /// A form with no file, or with several.
    NotOneFile,
}

impl Unread {
    pub const fn status(self) -> StatusCode {
        match self {
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::Broken | Self::NotOneFile => StatusCode::BAD_REQUEST,
            Self::NoForm => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        }
    }

    /// (zh, en): cause and cure.
    pub const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::TooLarge => ("内容过大。", "The body is too large."),
            Self::TooSlow => ("内容未在规定时间内传完。", "The body did not come in time."),
            Self::Broken => ("内容未传完。", "The body did not come whole."),
            Self::NoForm => ("请直接提交文件，或者以 multipart/form-data 提交。", "Send the file itself, or as multipart/form-data."),
            Self::NotOneFile => ("表单应恰好含一个文件。", "The form has to hold exactly one file."),
        }
    }
}

/// The length that a request declares.
fn declared(headers: &HeaderMap) -> Option<usize> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// The whole body, if it comes within the time and is no larger than the most.
///
/// # Errors
/// [`Unread`].
pub async fn read(headers: &HeaderMap, body: Body, most: usize, time: Duration) -> Result<Bytes, Unread> {
    if declared(headers).is_some_and(|length| length > most) {
        return Err(Unread::TooLarge);
    }
    let whole = async {
        let (mut bytes, mut parts) = (Vec::new(), body.into_data_stream());
        while let Some(part) = parts.next().await {
            let part = part.map_err(|_| Unread::Broken)?;
            if bytes.len() + part.len() > most {
                return Err(Unread::TooLarge);
            }
            bytes.extend_from_slice(&part);
        }
        Ok(Bytes::from(bytes))
    };
    tokio::time::timeout(time, whole).await.unwrap_or(Err(Unread::TooSlow))
}

/// The file that a request brings: its body, or the one file of a form.
///
/// # Errors
/// [`Unread`].
pub async fn file(headers: &HeaderMap, body: Body, most: usize) -> Result<Bytes, Unread> {
    let kind =
        headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default().trim_start().to_ascii_lowercase();
    if !kind.starts_with("multipart/") {
        let bytes = read(headers, body, most, FILE_TIME).await?;
        return if looks_like_a_form(&bytes) { Err(Unread::NoForm) } else { Ok(bytes) };
    }
    let boundary =
        headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).and_then(|value| multer::parse_boundary(value).ok());
    let boundary = boundary.ok_or(Unread::NoForm)?;
    let bytes = read(headers, body, most + FORM, FILE_TIME).await?;
    one_file(bytes, boundary, most).await
}

/// Bytes of a form beside its file, at most.
const FORM: usize = 64 * 1024;

/// A form that came under another name must not be kept as a paper.
fn looks_like_a_form(bytes: &[u8]) -> bool {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]).to_ascii_lowercase();
    start.starts_with("--") && start.lines().nth(1).is_some_and(|line| line.starts_with("content-disposition: form-data"))
}

async fn one_file(bytes: Bytes, boundary: String, most: usize) -> Result<Bytes, Unread> {
    let mut form = multer::Multipart::new(stream::iter([Ok::<_, Infallible>(bytes)]), boundary);
    let mut found = None;
    while let Some(field) = form.next_field().await.map_err(|_| Unread::NoForm)? {
        if field.file_name().is_none() && field.name() != Some("file") {
            continue;
        }
        let content = field.bytes().await.map_err(|_| Unread::NoForm)?;
        if content.len() > most {
            return Err(Unread::TooLarge);
        }
        if found.replace(content).is_some() {
            return Err(Unread::NotOneFile);
        }
    }
    found.ok_or(Unread::NotOneFile)
}
