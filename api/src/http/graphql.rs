//! GraphQL over HTTP, by our own hand: POST of JSON, queries also by GET, nothing else.

use async_graphql::{Request as GraphQlRequest, Response as GraphQlResponse, ServerError, Variables, parser::types::OperationType};
use axum::{
    body::Bytes,
    extract::{RawQuery, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use futures_util::FutureExt;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::{Caller, Execute, gate::{DoorLimits, Refused}, parsed::Parsed};

const GRAPHQL_JSON: &str = "application/graphql-response+json";
const JSON: &str = "application/json";
const INTERNAL: &str = "系统错误，请凭请求编号联系管理员。Internal error; tell the administrator the request id.";

/// What a handler runs with.
#[derive(Clone, Debug)]
pub struct Doorway<E> {
    pub execute: E,
    pub limits: DoorLimits,
    pub parsed: Parsed,
}

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

struct Asked {
    query: String,
    operation: Option<String>,
    variables: Value,
}

/// A fault of the request itself.
struct Fault {
    code: &'static str,
    message: String,
    status: StatusCode,
}

fn fault(code: &'static str, message: impl Into<String>) -> Fault {
    Fault { code, message: message.into(), status: StatusCode::BAD_REQUEST }
}

/// POST: one request object as JSON.
pub async fn post<E: Execute>(State(door): State<Doorway<E>>, headers: HeaderMap, body: Bytes) -> Response {
    let Some(media) = Media::of(&headers) else { return not_acceptable() };
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default().to_lowercase();
    let mut parts = kind.split(';').map(str::trim);
    let json = parts.next() == Some(JSON);
    let utf8 = parts.filter_map(|part| part.strip_prefix("charset=")).all(|set| set.trim_matches('"') == "utf-8");
    if !json || !utf8 {
        let wrong = Fault {
            code: "BAD_USER_INPUT",
            message: "请以 application/json（UTF-8）提交。Send application/json in UTF-8.".to_owned(),
            status: StatusCode::UNSUPPORTED_MEDIA_TYPE,
        };
        return refuse(media, wrong, Uuid::new_v4());
    }
    let asked = match serde_json::from_slice::<Value>(&body) {
        Ok(Value::Object(object)) => from_object(object),
        Ok(Value::Array(_)) => Err(fault("BAD_USER_INPUT", "不支持批量请求。Batches are not taken; send one request object.")),
        Ok(_) => Err(fault("BAD_USER_INPUT", "请求应为JSON对象。The body must be a JSON object.")),
        Err(wrong) => Err(fault("BAD_USER_INPUT", format!("不是合法的JSON。The body is not JSON: {wrong}"))),
    };
    answer(&door, media, &headers, asked, false).await
}

/// GET: queries only.
pub async fn get<E: Execute>(State(door): State<Doorway<E>>, headers: HeaderMap, RawQuery(query): RawQuery) -> Response {
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
                Err(_) => wrong = Some(fault("BAD_USER_INPUT", format!("{name} is not JSON"))),
            },
            _ => {}
        }
    }
    let asked = match wrong {
        Some(wrong) => Err(wrong),
        None => from_object(object),
    };
    answer(&door, media, &headers, asked, true).await
}

fn from_object(mut object: Map<String, Value>) -> Result<Asked, Fault> {
    let Some(Value::String(query)) = object.remove("query") else {
        return Err(fault("BAD_USER_INPUT", "query 应为字符串。query must be a string."));
    };
    let operation = match object.remove("operationName") {
        None | Some(Value::Null) => None,
        Some(Value::String(name)) => Some(name),
        Some(_) => return Err(fault("BAD_USER_INPUT", "operationName 应为字符串。operationName must be a string.")),
    };
    let variables = match object.remove("variables") {
        None | Some(Value::Null) => Value::Object(Map::new()),
        Some(Value::Object(map)) => Value::Object(map),
        Some(_) => return Err(fault("BAD_USER_INPUT", "variables 应为对象。variables must be an object.")),
    };
    if let Some(other) = object.remove("extensions")
        && !other.is_object()
        && !other.is_null()
    {
        return Err(fault("BAD_USER_INPUT", "extensions 应为对象。extensions must be an object."));
    }
    Ok(Asked { query, operation, variables })
}

async fn answer<E: Execute>(door: &Doorway<E>, media: Media, headers: &HeaderMap, asked: Result<Asked, Fault>, by_get: bool) -> Response {
    let id = Uuid::new_v4();
    let asked = match asked {
        Ok(asked) => asked,
        Err(wrong) => return refuse(media, wrong, id),
    };
    let document = match door.parsed.document(&asked.query, &door.limits) {
        Ok(document) => document,
        Err(Refused::Parse(words)) => return refuse(media, fault("GRAPHQL_PARSE_FAILED", words), id),
        Err(Refused::Limit(words)) => return refuse(media, fault("GRAPHQL_VALIDATION_FAILED", words), id),
    };
    let chosen = match &asked.operation {
        Some(name) => document.operations.iter().find(|(key, _)| key.is_some_and(|key| key.as_str() == name)).map(|(_, operation)| operation.node.ty),
        None => Some(document.operations.iter()).filter(|all| all.clone().count() == 1).and_then(|mut all| all.next()).map(|(_, operation)| operation.node.ty),
    };
    match chosen {
        None => return refuse(media, fault("OPERATION_RESOLUTION_FAILURE", "没有此操作，或未指明操作。There is no such operation, or several and none is named."), id),
        Some(OperationType::Subscription) => return refuse(media, fault("OPERATION_RESOLUTION_FAILURE", "subscriptions are not offered"), id),
        Some(OperationType::Mutation) if by_get => {
            let wrong = Fault { code: "BAD_USER_INPUT", message: "修改请用POST。Mutations go by POST.".into(), status: StatusCode::METHOD_NOT_ALLOWED };
            let mut response = refuse(media, wrong, id);
            response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("POST"));
            return response;
        }
        Some(_) => {}
    }
    let mut request = GraphQlRequest::new(asked.query).variables(Variables::from_json(asked.variables));
    if let Some(name) = asked.operation {
        request = request.operation_name(name);
    }
    request.set_parsed_query(document);
    let bearer = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bearer "))
        .map(|token| token.trim().to_owned().into());
    let running = std::panic::AssertUnwindSafe(door.execute.execute(request, Caller { bearer, request_id: id }));
    if let Ok(response) = running.catch_unwind().await { written(media, response, id) } else {
        let wrong = Fault { code: "INTERNAL_SERVER_ERROR", message: INTERNAL.into(), status: StatusCode::INTERNAL_SERVER_ERROR };
        refuse(media, wrong, id)
    }
}

/// Codes for errors that carry none: a place without a path is validation, a value that cannot be read is the
/// caller's, and the rest is ours and says nothing of its inside.
fn coded(error: &mut ServerError, id: Uuid) {
    let known = error.extensions.as_ref().is_some_and(|extensions| extensions.get("code").is_some());
    let extensions = error.extensions.get_or_insert_with(Default::default);
    extensions.set("requestId", id.to_string());
    if known {
        return;
    }
    if error.path.is_empty() {
        extensions.set("code", "GRAPHQL_VALIDATION_FAILED");
    } else if error.message.starts_with("Failed to parse") || error.message.starts_with("Invalid") {
        extensions.set("code", "BAD_USER_INPUT");
    } else {
        tracing::error!(request = %id, message = %error.message, "resolver");
        extensions.set("code", "INTERNAL_SERVER_ERROR");
        INTERNAL.clone_into(&mut error.message);
    }
}

fn written(media: Media, mut response: GraphQlResponse, id: Uuid) -> Response {
    response.errors.iter_mut().for_each(|error| coded(error, id));
    let invalid = !response.errors.is_empty() && response.errors.iter().all(|error| error.path.is_empty());
    let status = if invalid && media == Media::GraphQl { StatusCode::BAD_REQUEST } else { StatusCode::OK };
    let text = if invalid { serde_json::to_string(&json!({ "errors": response.errors })) } else { serde_json::to_string(&response) };
    respond(media, status, text.unwrap_or_default(), id)
}

fn refuse(media: Media, wrong: Fault, id: Uuid) -> Response {
    let value = json!({ "errors": [{ "message": wrong.message, "extensions": { "code": wrong.code, "requestId": id } }] });
    // A document fault is a well-formed answer of old for those who accept plain JSON.
    let document = matches!(wrong.code, "GRAPHQL_PARSE_FAILED" | "GRAPHQL_VALIDATION_FAILED");
    let status = if document && media == Media::Json { StatusCode::OK } else { wrong.status };
    respond(media, status, value.to_string(), id)
}

fn respond(media: Media, status: StatusCode, text: String, id: Uuid) -> Response {
    let mut response = (status, text).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media.name()));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if let Ok(id) = HeaderValue::from_str(&id.to_string()) {
        headers.insert("x-request-id", id);
    }
    response
}

fn not_acceptable() -> Response {
    (StatusCode::NOT_ACCEPTABLE, "accept application/graphql-response+json or application/json\n").into_response()
}
