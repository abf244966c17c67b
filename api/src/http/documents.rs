//! Evidence in and out, by plain HTTP: size, type by content, read only through a case that the reader may see.

use axum::{
    body::{Body, Bytes},
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::paper::DocumentKind;
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

pub(super) fn refuse(status: StatusCode, code: &str, message: &str) -> Response {
    (status, axum::Json(json!({ "error": { "code": code, "message": message } }))).into_response()
}

/// Who is signed in; else the answer that says why nobody is.
pub(super) async fn viewer(app: &App, headers: &HeaderMap) -> Result<Viewer, Response> {
    let token = bearer(headers);
    match tokens::asking(app, token.as_ref()).await {
        Ok(Some(viewer)) if viewer.account.is_some() => Ok(viewer),
        Ok(_) => {
            let mut response = refuse(StatusCode::UNAUTHORIZED, "UNAUTHENTICATED", "请先登录。Sign in first.");
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
            Err(response)
        }
        Err(fault) => Err(failed(&fault)),
    }
}

/// The answer to a fault of the house.
pub(super) fn failed(fault: &StoreFault) -> Response {
    if fault.is_away() {
        tracing::warn!(fault = %fault.logged(), "store");
        return refuse(StatusCode::SERVICE_UNAVAILABLE, "UNAVAILABLE", &format!("{}。{}.", UNAVAILABLE.0, UNAVAILABLE.1));
    }
    tracing::error!(fault = %fault.logged(), "store");
    refuse(StatusCode::INTERNAL_SERVER_ERROR, "INTERNAL_SERVER_ERROR", "系统错误。Internal error.")
}

/// The answer to a body that was not read; the connection ends with it, since the rest may still come.
pub(super) fn unread(why: Unread) -> Response {
    let mut response = refuse(why.status(), "BAD_USER_INPUT", why.words());
    response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    response
}

/// POST /documents: keeps a file and answers with the id that an act may name.
pub async fn upload(State(app): State<App>, headers: HeaderMap, body: Body) -> Response {
    let viewer = match viewer(&app, &headers).await {
        Ok(viewer) => viewer,
        Err(answer) => return answer,
    };
    match body::file(&headers, body, evidence::LARGEST).await {
        Ok(body) => brought(&app, &viewer, body).await,
        Err(why) => unread(why),
    }
}

/// Keeps what a viewer brought, if its content is of a kind that is taken.
pub(super) async fn brought(app: &App, viewer: &Viewer, body: Bytes) -> Response {
    if body.is_empty() {
        return refuse(StatusCode::BAD_REQUEST, "BAD_USER_INPUT", "文件为空。The file is empty.");
    }
    if body.len() > evidence::LARGEST {
        return unread(Unread::TooLarge);
    }
    let Ok(media_type) = evidence::known(body.clone()).await else { return unkept() };
    let Some(media_type) = media_type else {
        let (zh, en) = evidence::kind_names();
        let words = format!(
            "不接受此类文件；可以提交：{zh}。文件种类按内容识别。This kind of file is not taken; taken are: {en}. The kind is told by the content, not by the name."
        );
        return refuse(StatusCode::UNSUPPORTED_MEDIA_TYPE, "BAD_USER_INPUT", &words);
    };
    keep(app, viewer, body, media_type).await
}

fn unkept() -> Response {
    refuse(StatusCode::SERVICE_UNAVAILABLE, "UNAVAILABLE", "暂时无法保存，请稍后重试。The file could not be kept now; try again later.")
}

/// What is said when the day's uploads are used up, with the settings that bound them.
fn used_up(app: &App) -> String {
    let rules = app.rules();
    let title = |key: &str| rules.law.settings().title(key);
    let (files, size) = (title("uploads_per_day"), title("upload_mib_per_day"));
    format!(
        "今日上传已达上限，请明日再试，或者请管理员调高设置“{}”“{}”。The day's uploads are used up; try again tomorrow, or ask an administrator to raise the settings “{}” and “{}”.",
        files.0, size.0, files.1, size.1
    )
}

/// Keeps an upload of a signed-in viewer and answers with its id.
pub(super) async fn keep(app: &App, viewer: &Viewer, body: Bytes, media_type: &str) -> Response {
    let size = i64::try_from(body.len()).unwrap_or(i64::MAX);
    match evidence::within_quota(app, viewer, size).await {
        Ok(true) => {}
        Ok(false) => {
            let mut response = refuse(StatusCode::TOO_MANY_REQUESTS, "RATE_LIMITED", &used_up(app));
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("86400"));
            return response;
        }
        Err(fault) => return failed(&fault),
    }
    let Ok(sha256) = evidence::put(app, body).await else { return unkept() };
    let upload = Upload {
        id: Uuid::now_v7().to_string(),
        account: viewer.account.map(|account| account.to_string()).unwrap_or_default(),
        sha256,
        size,
        media_type: media_type.to_owned(),
    };
    if let Err(fault) = app.database.add_upload(&upload, app.clock.now()).await {
        return failed(&fault);
    }
    (StatusCode::CREATED, axum::Json(json!({ "id": upload.id, "sha256": upload.sha256, "size": size, "mediaType": media_type })))
        .into_response()
}

/// GET /documents/{id}: a document of a case that the reader may see.
pub async fn download(State(app): State<App>, headers: HeaderMap, Path(id): Path<String>) -> Response {
    let missing = || refuse(StatusCode::NOT_FOUND, "NOT_FOUND", "没有找到。There is no such document that you may see.");
    let viewer = match viewer(&app, &headers).await {
        Ok(viewer) => viewer,
        Err(answer) => return answer,
    };
    if id.parse::<Uuid>().is_err() {
        return missing();
    }
    let pool = app.database.pool();
    let document = match entities::document::Entity::find_by_id(id).one(pool).await {
        Ok(Some(document)) => document,
        Ok(None) => return missing(),
        Err(fault) => return failed(&fault.into()),
    };
    let case = match counting::case(document.case_id.clone()).filter(viewer.cases()).one(pool).await {
        Ok(case) => case.and_then(|case| case.row().ok()),
        Err(fault) => return failed(&fault.into()),
    };
    let kind = DocumentKind::from_key(&document.kind);
    if !case.zip(kind).is_some_and(|(case, kind)| viewer.reads(&case, kind)) {
        return missing();
    }
    let bytes = match evidence::get(&app, &document.sha256).await {
        Ok(bytes) => bytes,
        Err(PaperFault::Missing(_)) => return missing(),
        Err(_) => {
            return refuse(
                StatusCode::INTERNAL_SERVER_ERROR,
                "INTERNAL_SERVER_ERROR",
                "该文件与入库时不一致，请联系管理员。The paper is not as it was kept; tell an administrator, `xinxiu doctor` names it.",
            );
        }
    };
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    if let Ok(kind) = HeaderValue::from_str(&document.media_type) {
        headers.insert(header::CONTENT_TYPE, kind);
    }
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}
