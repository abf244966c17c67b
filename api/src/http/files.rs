//! Files of offices over plain HTTP: sent in for a check, marked files back, templates and exports out.

use std::sync::Arc;

use axum::{
    body::Body,
    extract::{Path, Query, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use uuid::Uuid;

use super::{
    body,
    documents::{self, refuse},
};
use crate::{
    app::App,
    door::{Answer, DoorFault},
    evidence,
    files::{
        self, Kind,
        exports::{self, ExportFault, Form},
    },
    sheets,
    store::StoreFault,
};

fn no_layout() -> Response {
    let known: Vec<_> = Kind::ALL.iter().map(|kind| kind.layout().key).collect();
    refuse(StatusCode::NOT_FOUND, "NOT_FOUND", &format!("没有此类文件。There is no such layout; known: {}.", known.join(", ")))
}

fn file(bytes: Vec<u8>, media_type: &'static str, name: &str) -> Response {
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    response
}

fn failed(fault: impl std::fmt::Display) -> Response {
    documents::failed(&StoreFault::broken(fault))
}

/// The answer to a file that was not made; the database's own kind of fault is kept.
fn not_made(fault: &ExportFault) -> Response {
    match fault {
        ExportFault::Store(fault) => documents::failed(fault),
        ExportFault::Door(DoorFault::Store(fault)) => documents::failed(fault),
        ExportFault::Door(DoorFault::Busy) => {
            refuse(StatusCode::SERVICE_UNAVAILABLE, "UNAVAILABLE", "系统繁忙，请数秒后重试。The house is busy; try again in a few seconds.")
        }
        ExportFault::Nothing => refuse(StatusCode::CONFLICT, "NOTHING_TO_ANSWER", &fault.to_string()),
        ExportFault::Sheet(_) | ExportFault::Door(_) => failed(fault),
    }
}

/// POST /files: keeps a table for a check; its content is judged by the check.
pub async fn upload(State(app): State<App>, headers: HeaderMap, body: Body) -> Response {
    let viewer = match documents::viewer(&app, &headers).await {
        Ok(viewer) => viewer,
        Err(answer) => return answer,
    };
    if !viewer.is_staff() {
        return refuse(StatusCode::FORBIDDEN, "FORBIDDEN", "仅工作人员可用。Only staff may send tables.");
    }
    let body = match body::file(&headers, body, evidence::LARGEST).await {
        Ok(body) => body,
        Err(why) => return documents::unread(why),
    };
    if body.is_empty() {
        return refuse(StatusCode::BAD_REQUEST, "BAD_USER_INPUT", "文件为空。The file is empty.");
    }
    documents::keep(&app, &viewer, body, "application/octet-stream").await
}

/// GET /files/templates/{layout}.xlsx: an empty table to fill in.
pub async fn template(Path(name): Path<String>) -> Response {
    let Some(kind) = Kind::from_key(name.trim_end_matches(".xlsx")) else { return no_layout() };
    match sheets::template(kind.layout()) {
        Ok(bytes) => file(bytes, Form::Xlsx.media_type(), &format!("{}.xlsx", kind.layout().key)),
        Err(fault) => failed(fault),
    }
}

/// What a marked file is asked for with.
#[derive(Debug, Deserialize)]
pub struct Asked {
    layout: String,
    office: String,
}

/// GET /files/{upload}/marked: the file that was sent, with its faults marked.
pub async fn marked(State(app): State<App>, headers: HeaderMap, Path(upload): Path<String>, Query(asked): Query<Asked>) -> Response {
    let missing = || refuse(StatusCode::NOT_FOUND, "NOT_FOUND", "没有找到。There is no such file of yours.");
    let Some(kind) = Kind::from_key(&asked.layout) else { return no_layout() };
    let viewer = match documents::viewer(&app, &headers).await {
        Ok(viewer) => viewer,
        Err(answer) => return answer,
    };
    let Some(account) = viewer.account else { return missing() };
    if !viewer.seats.iter().any(|(_, seat)| seat.as_deref() == Some(&asked.office)) {
        return refuse(StatusCode::BAD_REQUEST, "BAD_USER_INPUT", "office 不是您的单位。The office is none of yours.");
    }
    if upload.parse::<Uuid>().is_err() {
        return missing();
    }
    let kept = match app.database.upload(&upload, &account.to_string()).await {
        Ok(Some(kept)) => kept,
        Ok(None) => return missing(),
        Err(fault) => return documents::failed(&fault),
    };
    let Ok(bytes) = evidence::get(&app, &kept.sha256).await else { return missing() };
    let checked = match files::check(&app, kind, account, &asked.office, bytes.clone(), Arc::default()).await {
        Ok(checked) => checked,
        Err(files::FileFault::Sheet(fault)) => return refuse(StatusCode::UNPROCESSABLE_ENTITY, fault.code(), &fault.to_string()),
        Err(files::FileFault::Store(fault)) => return documents::failed(&fault),
        Err(fault) => return failed(fault),
    };
    match files::marked(kind, bytes, checked).await {
        Ok(bytes) => file(bytes, Form::Xlsx.media_type(), "marked.xlsx"),
        Err(fault) => failed(fault),
    }
}

/// The form of `stem.xlsx` or `stem.csv`.
fn form(name: &str, stem: &str) -> Option<Form> {
    name.strip_prefix(stem)?.strip_prefix('.').and_then(Form::from_ending)
}

fn no_file() -> Response {
    refuse(StatusCode::NOT_FOUND, "NOT_FOUND", "没有找到；仅有.xlsx和.csv。There is no such file; there are .xlsx and .csv only.")
}

/// GET /files/published.xlsx or .csv: the published list, for everybody.
pub async fn published(State(app): State<App>, Path(name): Path<String>) -> Response {
    let Some(form) = form(&name, "published") else { return no_file() };
    match exports::published(&app, form).await {
        Ok(bytes) => file(bytes, form.media_type(), &name),
        Err(fault) => not_made(&fault),
    }
}

/// POST /files/answers.xlsx or .csv: the answers for Credit China; that they went out is an entry.
pub async fn answers(State(app): State<App>, headers: HeaderMap, Path(name): Path<String>) -> Response {
    let Some(form) = form(&name, "answers") else { return no_file() };
    let viewer = match documents::viewer(&app, &headers).await {
        Ok(viewer) => viewer,
        Err(answer) => return answer,
    };
    let Some(account) = viewer.account else { return no_file() };
    match exports::answers(&app, account, form).await {
        Ok((bytes, Answer::Accepted(_))) => file(bytes, form.media_type(), &name),
        Ok((_, Answer::Refused { refusal, .. })) => {
            let words =
                refusal.reasons.first().map(|reason| format!("{}。{}.", reason.message().0, reason.message().1)).unwrap_or_default();
            refuse(StatusCode::FORBIDDEN, "FORBIDDEN", &words)
        }
        Ok((_, Answer::Nothing)) => failed("the door did nothing"),
        Err(fault) => not_made(&fault),
    }
}
