//! Files of offices over plain HTTP: sent in for a check, marked files back, templates and exports out.

use std::sync::Arc;

use axum::{
    body::{Body, Bytes},
    extract::{Path, Query, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use uuid::Uuid;

use super::{
    body,
    documents::{self, Refused},
};
use crate::{
    app::App,
    door::{Answer, DoorFault},
    evidence,
    files::{
        self, FileFault, Kind,
        exports::{self, ExportFault, Form},
    },
    people::Viewer,
    sheets,
    store::{StoreFault, side::Upload},
    work,
};

fn kind(app: &App, key: &str) -> Result<Kind, Refused> {
    let rules = app.rules();
    Kind::from_key(&rules, key).ok_or_else(|| {
        let words = ("没有此类文件。", format!("There is no such layout; known: {}.", Kind::keys(&rules)));
        Refused::new(StatusCode::NOT_FOUND, "NOT_FOUND", words)
    })
}

pub(super) fn file(bytes: Vec<u8>, media_type: &'static str, name: &str) -> Response {
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    response
}

fn failed(fault: impl std::fmt::Display) -> Refused {
    StoreFault::broken(fault).into()
}

/// A file that was not made; the database's own kind of fault is kept.
impl From<ExportFault> for Refused {
    fn from(fault: ExportFault) -> Self {
        match fault {
            ExportFault::Store(fault) => fault.into(),
            ExportFault::Door(DoorFault::Store(fault)) => fault.as_ref().into(),
            ExportFault::Door(DoorFault::Busy) => {
                let words = ("系统繁忙，请数秒后重试。", "The house is busy; try again in a few seconds.");
                Self::new(StatusCode::SERVICE_UNAVAILABLE, "UNAVAILABLE", words)
            }
            ExportFault::Nothing => {
                let words = ("没有需要答复的申请。", "There is no application to be answered.");
                Self::new(StatusCode::CONFLICT, "NOTHING_TO_ANSWER", words)
            }
            ExportFault::Sheet(_) | ExportFault::Door(_) => failed(fault),
        }
    }
}

/// Only staff send tables.
fn staff(viewer: &Viewer) -> Result<(), Refused> {
    if viewer.is_staff() {
        return Ok(());
    }
    Err(Refused::new(StatusCode::FORBIDDEN, "FORBIDDEN", ("仅工作人员可用。", "Only staff may send tables.")))
}

/// POST /files: keeps a table for a check; its content is judged by the check.
pub async fn upload(State(app): State<App>, headers: HeaderMap, body: Body) -> Result<Response, Refused> {
    let viewer = documents::viewer(&app, &headers).await?;
    // Before the body is read.
    staff(&viewer)?;
    let body = body::file(&headers, body, evidence::LARGEST).await?;
    Ok(documents::created(&brought(&app, &viewer, body).await?))
}

/// Keeps a table that a member of staff brought.
pub(super) async fn brought(app: &App, viewer: &Viewer, body: Bytes) -> Result<Upload, Refused> {
    staff(viewer)?;
    documents::bounded(&body)?;
    documents::keep(app, viewer, body, "application/octet-stream").await
}

/// GET /files/templates/{layout}.xlsx: an empty table to fill in.
pub async fn template(State(app): State<App>, Path(name): Path<String>) -> Result<Response, Refused> {
    let layout = kind(&app, name.trim_end_matches(".xlsx"))?.layout();
    let bytes = sheets::template(layout).map_err(failed)?;
    Ok(file(bytes, Form::Xlsx.media_type(), &format!("{}.xlsx", layout.key.replace(':', "-"))))
}

/// What a marked file is asked for with.
#[derive(Debug, Deserialize)]
pub struct Asked {
    pub layout: String,
    pub office: String,
}

/// GET /files/{upload}/marked: the file that was sent, with its faults marked.
pub async fn marked(
    State(app): State<App>,
    headers: HeaderMap,
    Path(upload): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refused> {
    let viewer = documents::viewer(&app, &headers).await?;
    marked_for(&app, &viewer, &upload, &asked).await
}

/// The file that a viewer sent, with its faults marked.
pub(super) async fn marked_for(app: &App, viewer: &Viewer, upload: &str, asked: &Asked) -> Result<Response, Refused> {
    let missing = || Refused::missing("There is no such file of yours.");
    let kind = kind(app, &asked.layout)?;
    let account = viewer.account.ok_or_else(missing)?;
    if !viewer.seats.iter().any(|(_, seat)| seat.as_deref() == Some(&asked.office)) {
        return Err(Refused::bad(("office 不是您的单位。", "The office is none of yours.")));
    }
    if upload.parse::<Uuid>().is_err() {
        return Err(missing());
    }
    let kept = app.database.upload(upload, &account.to_string()).await?.ok_or_else(missing)?;
    let bytes = evidence::get(app, &kept.sha256).await.map_err(|_| missing())?;
    let checked = files::check(app, kind, account, &asked.office, bytes.clone(), Arc::default()).await;
    let checked = checked.map_err(|fault| match fault {
        FileFault::Sheet(fault) => {
            let (zh, en) = fault.words();
            Refused::new(StatusCode::UNPROCESSABLE_ENTITY, fault.code(), (format!("{zh}。"), format!("{en}.")))
        }
        FileFault::Store(fault) => fault.into(),
        FileFault::Interrupted => failed(fault),
    })?;
    let bytes = files::marked(kind, bytes, checked).await.map_err(failed)?;
    Ok(file(bytes, Form::Xlsx.media_type(), "marked.xlsx"))
}

/// The form of `stem.xlsx` or `stem.csv`.
fn form(name: &str, stem: &str) -> Result<Form, Refused> {
    let form = name.strip_prefix(stem).and_then(|rest| rest.strip_prefix('.')).and_then(Form::from_ending);
    form.ok_or_else(no_file)
}

fn no_file() -> Refused {
    let words = ("没有找到；仅有.xlsx和.csv。", "There is no such file; there are .xlsx and .csv only.");
    Refused::new(StatusCode::NOT_FOUND, "NOT_FOUND", words)
}

/// The root to which the published list leads.
const ROOT: &str = "published.root.json";

/// GET /files/published.xlsx or .csv: the published list, for everybody; published.root.json: the root to which it leads.
pub async fn published(State(app): State<App>, Path(name): Path<String>) -> Result<Response, Refused> {
    if name == ROOT {
        let words = ("公示名单尚未登记入审计日志，请稍后重试。", "The list is not noted in the trail yet; try again in a few seconds.");
        let root = work::absence::root(&app).await?.ok_or_else(|| Refused::new(StatusCode::NOT_FOUND, "LIST_NOT_NOTED", words))?;
        return Ok(file(root.into_bytes(), "application/json", &name));
    }
    let form = form(&name, "published")?;
    Ok(file(exports::published(&app, form).await?, form.media_type(), &name))
}

/// POST /files/answers.xlsx or .csv: the answers for Credit China; that they went out is an entry.
pub async fn answers(State(app): State<App>, headers: HeaderMap, Path(name): Path<String>) -> Result<Response, Refused> {
    form(&name, "answers")?;
    let viewer = documents::viewer(&app, &headers).await?;
    answers_by(&app, &viewer, &name).await
}

/// The answers for Credit China, taken by a viewer.
pub(super) async fn answers_by(app: &App, viewer: &Viewer, name: &str) -> Result<Response, Refused> {
    let form = form(name, "answers")?;
    let account = viewer.account.ok_or_else(no_file)?;
    match exports::answers(app, account, form).await? {
        (bytes, Answer::Accepted(_)) => Ok(file(bytes, form.media_type(), name)),
        (_, Answer::Refused { refusal, .. }) => {
            let said = refusal.reasons.first().map(domain::refusal::Reason::message);
            let words = said.map(|(zh, en)| (format!("{zh}。"), format!("{en}."))).unwrap_or_default();
            Err(Refused::new(StatusCode::FORBIDDEN, "FORBIDDEN", words))
        }
        (_, Answer::Nothing) => Err(failed("the door did nothing")),
    }
}
