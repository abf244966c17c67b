//! GraphQL over HTTP, by our own hand: POST of JSON, queries also by GET, nothing else.

use async_graphql::Response as GraphQlResponse;
use axum::{
    Extension,
    body::Body,
    extract::{RawQuery, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::{
    Execute,
    asked::{Asked, Doorway, Fault, fault, from_object, passed},
    body::{self, Unread},
};
use crate::people::{Address, Caller};

const GRAPHQL_JSON: &str = "application/graphql-response+json";
const JSON: &str = "application/json";

/// The media type that answers are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Media {
    GraphQl,
    Json,
}

impl Media {
    /// What the caller accepts; JSON as of old where it does not say.
    fn of(headers: &HeaderMap) -> Option<Self> {
        let Some(accept) = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()) else { return Some(Self::Json) };
        let kinds: Vec<_> = accept.split(',').map(|part| part.split(';').next().unwrap_or_default().trim().to_lowercase()).collect();
        kinds.iter().find_map(|kind| match kind.as_str() {
            GRAPHQL_JSON => Some(Self::GraphQl),
            JSON | "application/*" | "*/*" => Some(Self::Json),
            _ => None,
        })
    }

    const fn name(self) -> &'static str {
        match self {
            Self::GraphQl => "application/graphql-response+json; charset=utf-8",
            Self::Json => "application/json; charset=utf-8",
        }
    }
}

/// POST: one request object as JSON.
pub async fn post<E: Execute>(
    State(door): State<Doorway<E>>,
    address: Option<Extension<Address>>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let Some(media) = Media::of(&headers) else { return not_acceptable() };
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default().to_lowercase();
    let mut parts = kind.split(';').map(str::trim);
    let json = parts.next() == Some(JSON);
    let utf8 = parts.filter_map(|part| part.strip_prefix("charset=")).all(|set| set.trim_matches('"') == "utf-8");
    if !json || !utf8 {
        let words = "请以 application/json（UTF-8）提交。Send application/json in UTF-8.";
        let wrong = Fault { status: StatusCode::UNSUPPORTED_MEDIA_TYPE, ..fault("BAD_USER_INPUT", words) };
        return refuse(media, wrong, Uuid::new_v4());
    }
    let body = match body::read(&headers, body, door.limits.max_body_bytes, door.limits.body_time).await {
        Ok(body) => body,
        Err(why) => return unread(media, why),
    };
    let asked = match serde_json::from_slice::<Value>(&body) {
        Ok(Value::Object(object)) => from_object(object),
        Ok(Value::Array(_)) => Err(fault("BAD_USER_INPUT", "不支持批量请求。Batches are not taken; send one request object.")),
        Ok(_) => Err(fault("BAD_USER_INPUT", "请求应为JSON对象。The body must be a JSON object.")),
        Err(wrong) => Err(fault("BAD_USER_INPUT", format!("不是合法的JSON。The body is not JSON: {wrong}"))),
    };
    answer(&door, media, Asking { headers: &headers, address: address.map(|found| found.0), by_get: false }, asked).await
}

/// GET: queries only.
pub async fn get<E: Execute>(
    State(door): State<Doorway<E>>,
    address: Option<Extension<Address>>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let Some(media) = Media::of(&headers) else { return not_acceptable() };
    let mut object = Map::new();
    let mut wrong = None;
    for (name, value) in form_urlencoded::parse(query.unwrap_or_default().as_bytes()) {
        match name.as_ref() {
            "query" | "operationName" => {
                object.insert(name.into_owned(), Value::String(value.into_owned()));
            }
            "variables" | "extensions" => match serde_json::from_str(&value) {
                Ok(parsed) => drop(object.insert(name.into_owned(), parsed)),
                Err(_) => wrong = Some(fault("BAD_USER_INPUT", format!("{name} 不是合法的JSON。{name} is not JSON."))),
            },
            _ => {}
        }
    }
    let asked = match wrong {
        Some(wrong) => Err(wrong),
        None => from_object(object),
    };
    answer(&door, media, Asking { headers: &headers, address: address.map(|found| found.0), by_get: true }, asked).await
}

/// How a request came.
struct Asking<'a> {
    headers: &'a HeaderMap,
    address: Option<Address>,
    by_get: bool,
}

async fn answer<E: Execute>(door: &Doorway<E>, media: Media, asking: Asking<'_>, asked: Result<Asked, Fault>) -> Response {
    let id = Uuid::new_v4();
    let caller = Caller { bearer: super::bearer(asking.headers), address: asking.address.unwrap_or_default(), request_id: id };
    let answered = match asked {
        Ok(asked) => passed(door, asked, asking.by_get, caller).await,
        Err(wrong) => Err(wrong),
    };
    match answered {
        Ok(response) => written(media, response, id, door.limits.max_answer_bytes),
        Err(wrong) => {
            let by_post = wrong.status == StatusCode::METHOD_NOT_ALLOWED;
            let mut response = refuse(media, wrong, id);
            if by_post {
                response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("POST"));
            }
            response
        }
    }
}

/// Writes into memory up to a most.
struct Bounded {
    bytes: Vec<u8>,
    most: usize,
}

impl std::io::Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if self.bytes.len() + bytes.len() > self.most {
            return Err(std::io::ErrorKind::FileTooLarge.into());
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn written(media: Media, response: GraphQlResponse, id: Uuid, most: usize) -> Response {
    let invalid = !response.errors.is_empty() && response.errors.iter().all(|error| error.path.is_empty());
    let said = |code: &str| {
        response.errors.iter().any(|error| error.extensions.as_ref().and_then(|extensions| extensions.get("code")) == Some(&code.into()))
    };
    let status = match invalid {
        true if said("UNAUTHENTICATED") => StatusCode::UNAUTHORIZED,
        true if said("UNAVAILABLE") => StatusCode::SERVICE_UNAVAILABLE,
        true if media == Media::GraphQl => StatusCode::BAD_REQUEST,
        _ => StatusCode::OK,
    };
    let mut out = Bounded { bytes: Vec::new(), most };
    let text = if invalid {
        serde_json::to_writer(&mut out, &json!({ "errors": response.errors }))
    } else {
        serde_json::to_writer(&mut out, &response)
    };
    if text.is_ok() {
        return respond(media, status, String::from_utf8(out.bytes).unwrap_or_default(), id);
    }
    let words = format!(
        "回答超过{0} MiB，请少取字段或者缩小分页。The answer has more than {0} MiB; ask for fewer fields or a smaller page.",
        most >> 20
    );
    refuse(media, fault("BAD_USER_INPUT", words), id)
}

fn refuse(media: Media, wrong: Fault, id: Uuid) -> Response {
    let mut error = json!({ "message": wrong.message, "extensions": { "code": wrong.code, "requestId": id } });
    if let Some((line, column)) = wrong.at {
        error["locations"] = json!([{ "line": line, "column": column }]);
    }
    if let Some(field) = wrong.field {
        error["extensions"]["field"] = json!(field);
    }
    let value = json!({ "errors": [error] });
    // A document fault is a well-formed answer of old for those who accept plain JSON.
    let document = matches!(wrong.code, "GRAPHQL_PARSE_FAILED" | "GRAPHQL_VALIDATION_FAILED");
    let status = if document && media == Media::Json { StatusCode::OK } else { wrong.status };
    respond(media, status, value.to_string(), id)
}

/// The answer to a body that was not read; the connection ends with it, since the rest may still come.
fn unread(media: Media, why: Unread) -> Response {
    let (zh, en) = why.words();
    let mut response = refuse(media, Fault { status: why.status(), ..fault("BAD_USER_INPUT", format!("{zh}{en}")) }, Uuid::new_v4());
    response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    response
}

fn respond(media: Media, status: StatusCode, text: String, id: Uuid) -> Response {
    let mut response = (status, text).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media.name()));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if status == StatusCode::UNAUTHORIZED {
        headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer error=\"invalid_token\""));
    }
    if let Ok(id) = HeaderValue::from_str(&id.to_string()) {
        headers.insert("x-request-id", id);
    }
    response
}

fn not_acceptable() -> Response {
    (StatusCode::NOT_ACCEPTABLE, "accept application/graphql-response+json or application/json\n").into_response()
}
