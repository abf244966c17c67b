//! Evidence in and out, by plain HTTP: size, type by content, read only through a case that the reader may see.

use axum::{
    body::{Body, Bytes},
    extract::{Path, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::rows::Document;
use sea_orm::{EntityTrait, QueryFilter};
use serde_json::json;
use uuid::Uuid;

use super::{
    bearer,
    body::{self, Unread},
};
use crate::{
    app::App,
    evidence::{self, PaperFault},
    graphql::core::fault::UNAVAILABLE,
    people::{Viewer, tokens},
    store::{StoreFault, counting, entities, side::Upload},
};

/// Why a request about a paper or a file does not get what it asked for.
#[derive(Clone, Debug)]
pub struct Refused {
    pub status: StatusCode,
    pub code: &'static str,
    /// Chinese and English: cause and cure.
    pub words: (String, String),
    /// A header that goes with it.
    header: Option<(HeaderName, &'static str)>,
}

impl Refused {
    pub(super) fn new(status: StatusCode, code: &'static str, words: (impl Into<String>, impl Into<String>)) -> Self {
        Self { status, code, words: (words.0.into(), words.1.into()), header: None }
    }

    /// Refused with a header.
    fn with(self, name: HeaderName, value: &'static str) -> Self {
        Self { header: Some((name, value)), ..self }
    }

    pub(super) fn bad(words: (&str, &str)) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "BAD_USER_INPUT", words)
    }

    pub(super) fn missing(en: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, "NOT_FOUND", ("没有找到。", en))
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let message = self.words.0 + &self.words.1;
        let mut response = (self.status, axum::Json(json!({ "error": { "code": self.code, "message": message } }))).into_response();
        if let Some((name, value)) = self.header {
            response.headers_mut().insert(name, HeaderValue::from_static(value));
        }
        response
    }
}

/// Who is signed in; else why nobody is.
pub(super) async fn viewer(app: &App, headers: &HeaderMap) -> Result<Viewer, Refused> {
    let token = bearer(headers);
    match tokens::asking(app, token.as_ref()).await {
        Ok(Some(viewer)) if viewer.account.is_some() => Ok(viewer),
        Ok(_) => {
            let refused = Refused::new(StatusCode::UNAUTHORIZED, "UNAUTHENTICATED", ("请先登录。", "Sign in first."));
            Err(refused.with(header::WWW_AUTHENTICATE, "Bearer"))
        }
        Err(fault) => Err(fault.into()),
    }
}

/// A fault of the house.
impl From<&StoreFault> for Refused {
    fn from(fault: &StoreFault) -> Self {
        if fault.is_away() {
            tracing::warn!(fault = %fault.logged(), "store");
            let words = (format!("{}。", UNAVAILABLE.0), format!("{}.", UNAVAILABLE.1));
            return Self::new(StatusCode::SERVICE_UNAVAILABLE, "UNAVAILABLE", words);
        }
        tracing::error!(fault = %fault.logged(), "store");
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "INTERNAL_SERVER_ERROR", ("系统错误。", "Internal error."))
    }
}

impl From<StoreFault> for Refused {
    fn from(fault: StoreFault) -> Self {
        Self::from(&fault)
    }
}

/// A body that was not read; the connection ends with it, since the rest may still come.
impl From<Unread> for Refused {
    fn from(why: Unread) -> Self {
        Self::new(why.status(), "BAD_USER_INPUT", why.words()).with(header::CONNECTION, "close")
    }
}

/// The answer to a file that was kept.
pub(super) fn created(upload: &Upload) -> Response {
    let said = json!({ "id": upload.id, "sha256": upload.sha256, "size": upload.size, "mediaType": upload.media_type });
    (StatusCode::CREATED, axum::Json(said)).into_response()
}

/// POST /documents: keeps a file and answers with the id that an act may name.
pub async fn upload(State(app): State<App>, headers: HeaderMap, body: Body) -> Result<Response, Refused> {
    let viewer = viewer(&app, &headers).await?;
    let body = body::file(&headers, body, evidence::LARGEST).await?;
    Ok(created(&brought(&app, &viewer, body).await?))
}

/// Keeps what a viewer brought, if its content is of a kind that is taken.
pub(super) async fn brought(app: &App, viewer: &Viewer, body: Bytes) -> Result<Upload, Refused> {
    bounded(&body)?;
    let known = evidence::known(body.clone()).await.map_err(|_| unkept())?;
    let media_type = known.ok_or_else(|| {
        let (zh, en) = evidence::kind_names();
        let words = (
            format!("不接受此类文件；可以提交：{zh}。文件种类按内容识别。"),
            format!("This kind of file is not taken; taken are: {en}. The kind is told by the content, not by the name."),
        );
        Refused::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "BAD_USER_INPUT", words)
    })?;
    keep(app, viewer, body, media_type).await
}

/// Whether there is something, and no more of it than is taken.
pub(super) fn bounded(body: &Bytes) -> Result<(), Refused> {
    match body.len() {
        0 => Err(Refused::bad(("文件为空。", "The file is empty."))),
        1..=evidence::LARGEST => Ok(()),
        _ => Err(Unread::TooLarge.into()),
    }
}

fn unkept() -> Refused {
    let words = ("暂时无法保存，请稍后重试。", "The file could not be kept now; try again later.");
    Refused::new(StatusCode::SERVICE_UNAVAILABLE, "UNAVAILABLE", words)
}

/// What is said when the day's uploads are used up, with the settings that bound them.
fn used_up(app: &App) -> Refused {
    let rules = app.rules();
    let title = |key: &str| rules.law.settings().title(key);
    let (files, size) = (title("uploads_per_day"), title("upload_mib_per_day"));
    let words = (
        format!("今日上传已达上限，请明日再试，或者请管理员调高设置“{}”“{}”。", files.0, size.0),
        format!(
            "The day's uploads are used up; try again tomorrow, or ask an administrator to raise the settings “{}” and “{}”.",
            files.1, size.1
        ),
    );
    Refused::new(StatusCode::TOO_MANY_REQUESTS, "RATE_LIMITED", words).with(header::RETRY_AFTER, "86400")
}

/// What is said where an account that registered itself brings more than it may before it is bound.
fn few(app: &App) -> Refused {
    let rules = app.rules();
    let title = |key: &str| rules.law.settings().title(key);
    let (files, size) = (title("registered_uploads"), title("registered_upload_mib"));
    let words = (
        format!("绑定单位之前可以提交的文件有限，见设置“{}”“{}”；请减小文件，或者到窗口办理。", files.0, size.0),
        format!(
            "Before the binding few files are taken, see the settings “{}” and “{}”; send smaller ones, or go to the counter.",
            files.1, size.1
        ),
    );
    Refused::new(StatusCode::TOO_MANY_REQUESTS, "RATE_LIMITED", words)
}

/// Keeps an upload of a signed-in viewer.
pub(super) async fn keep(app: &App, viewer: &Viewer, body: Bytes, media_type: &str) -> Result<Upload, Refused> {
    let size = i64::try_from(body.len()).unwrap_or(i64::MAX);
    if !evidence::within_quota(app, viewer, size).await? {
        return Err(if viewer.is_newcomer() { few(app) } else { used_up(app) });
    }
    let sha256 = evidence::put(app, body).await.map_err(|_| unkept())?;
    let upload = Upload {
        id: Uuid::now_v7().to_string(),
        account: viewer.account.map(|account| account.to_string()).unwrap_or_default(),
        sha256,
        size,
        media_type: media_type.to_owned(),
    };
    app.database.add_upload(&upload, app.clock.now()).await?;
    Ok(upload)
}

/// GET /documents/{id}: a document of a case that the reader may see.
pub async fn download(State(app): State<App>, headers: HeaderMap, Path(id): Path<String>) -> Result<Response, Refused> {
    let viewer = viewer(&app, &headers).await?;
    paper(&app, &viewer, id).await
}

/// A document of a case that the viewer may see.
pub(super) async fn paper(app: &App, viewer: &Viewer, id: String) -> Result<Response, Refused> {
    let missing = || Refused::missing("There is no such document that you may see.");
    if id.parse::<Uuid>().is_err() {
        return Err(missing());
    }
    let pool = app.database.pool();
    let document = entities::document::Entity::find_by_id(id).one(pool).await.map_err(StoreFault::from)?.ok_or_else(missing)?;
    let case = counting::case(document.case_id.clone()).filter(viewer.cases()).one(pool).await.map_err(StoreFault::from)?;
    let case = case.and_then(|case| case.row().ok());
    let document: Document = document.row().map_err(StoreFault::broken)?;
    if !case.is_some_and(|case| viewer.reads_paper(&case, &document)) {
        return Err(missing());
    }
    let bytes = match evidence::get(app, &document.sha256).await {
        Ok(bytes) => bytes,
        Err(PaperFault::Missing(_)) => return Err(missing()),
        Err(_) => {
            let words = (
                "该文件与入库时不一致，请联系管理员。",
                "The paper is not as it was kept; tell an administrator, `xinxiu doctor` names it.",
            );
            return Err(Refused::new(StatusCode::INTERNAL_SERVER_ERROR, "INTERNAL_SERVER_ERROR", words));
        }
    };
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    if let Ok(kind) = HeaderValue::from_str(&document.media_type) {
        headers.insert(header::CONTENT_TYPE, kind);
    }
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    Ok(response)
}
