//! GraphQL over HTTP, by our own hand: POST of JSON, queries also by GET, nothing else.

use async_graphql::{
    PathSegment, Request as GraphQlRequest, Response as GraphQlResponse, ServerError, Variables,
    parser::types::{ExecutableDocument, OperationType},
};
use axum::{
    Extension,
    body::Body,
    extract::{RawQuery, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use futures_util::FutureExt;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::{
    Execute,
    body::{self, Unread},
    gate::{DoorLimits, Refused},
    parsed::Parsed,
};
use crate::{
    graphql::core::{fault as faults, kinds},
    people::{Address, Caller},
};

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
    /// Line and column in the document.
    at: Option<(usize, usize)>,
    /// The part of the request that is wrong.
    field: Option<String>,
}

fn fault(code: &'static str, message: impl Into<String>) -> Fault {
    Fault { code, message: message.into(), status: StatusCode::BAD_REQUEST, at: None, field: None }
}

/// The character NUL is no text: no column takes it.
fn nul(field: String) -> Fault {
    Fault {
        field: Some(field),
        ..fault("BAD_USER_INPUT", "文本不得含有NUL字符（U+0000）。A text must not hold the character NUL (U+0000).")
    }
}

/// The first variable, or part of one, that holds NUL in a text or a name.
fn nul_in(path: &str, value: &Value) -> Option<String> {
    match value {
        Value::String(text) => text.contains('\0').then(|| path.to_owned()),
        Value::Array(values) => values.iter().enumerate().find_map(|(number, value)| nul_in(&format!("{path}.{number}"), value)),
        Value::Object(map) => map.iter().find_map(|(name, value)| {
            if name.contains('\0') {
                return Some(path.to_owned());
            }
            nul_in(&if path.is_empty() { name.clone() } else { format!("{path}.{name}") }, value)
        }),
        _ => None,
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
    if let Some(field) = nul_in("", &variables) {
        return Err(nul(field));
    }
    if query.contains('\0') || operation.as_deref().is_some_and(|name| name.contains('\0')) {
        return Err(nul("query".to_owned()));
    }
    Ok(Asked { query, operation, variables })
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

/// A question of a page: gated, run and coded as any client's.
/// Where it was not run, the answer says why: it breaks a limit, or it would change something and may only read.
pub(super) async fn of_page<E: Execute>(
    door: &Doorway<E>,
    document: &str,
    variables: Value,
    reads: bool,
    caller: Caller,
) -> GraphQlResponse {
    let object = [("query".to_owned(), document.into()), ("variables".to_owned(), variables)].into_iter().collect();
    let answered = match from_object(object) {
        Ok(asked) => passed(door, asked, reads, caller).await,
        Err(wrong) => Err(wrong),
    };
    answered.unwrap_or_else(|wrong| {
        let mut error = ServerError::new(wrong.message, None);
        let extensions = error.extensions.get_or_insert_with(Default::default);
        extensions.set("code", wrong.code);
        if let Some(field) = wrong.field {
            extensions.set("field", field);
        }
        GraphQlResponse::from_errors(vec![error])
    })
}

/// The document of a request, through the gate.
fn document<E>(door: &Doorway<E>, text: &str) -> Result<ExecutableDocument, Fault> {
    let parsing = std::panic::AssertUnwindSafe(|| door.parsed.document(text, &door.limits));
    let Ok(parsed) = std::panic::catch_unwind(parsing) else {
        return Err(fault("GRAPHQL_PARSE_FAILED", "无法读取该文档。The document cannot be read."));
    };
    parsed.map_err(|refused| match refused {
        Refused::Parse(words, at) => Fault { at, ..fault("GRAPHQL_PARSE_FAILED", words) },
        Refused::Nul => nul("query".to_owned()),
        Refused::Limit(words) => fault("GRAPHQL_VALIDATION_FAILED", words),
    })
}

/// What kind of operation is asked for.
fn chosen(document: &ExecutableDocument, operation: Option<&str>) -> Option<OperationType> {
    match operation {
        Some(name) => {
            let mut all = document.operations.iter();
            all.find(|(key, _)| key.is_some_and(|key| key.as_str() == name)).map(|(_, operation)| operation.node.ty)
        }
        None => Some(document.operations.iter())
            .filter(|all| all.clone().count() == 1)
            .and_then(|mut all| all.next())
            .map(|(_, operation)| operation.node.ty),
    }
}

/// Runs what passes the gate. A panic of a resolver is a fault of this answer alone.
async fn passed<E: Execute>(door: &Doorway<E>, asked: Asked, reads: bool, caller: Caller) -> Result<GraphQlResponse, Fault> {
    let id = caller.request_id;
    let document = document(door, &asked.query)?;
    match chosen(&document, asked.operation.as_deref()) {
        None => {
            let words = "没有此操作，或未指明操作。There is no such operation, or several and none is named.";
            return Err(fault("OPERATION_RESOLUTION_FAILURE", words));
        }
        Some(OperationType::Subscription) => {
            return Err(fault("OPERATION_RESOLUTION_FAILURE", "不提供订阅。Subscriptions are not offered."));
        }
        Some(OperationType::Mutation) if reads => {
            return Err(Fault {
                status: StatusCode::METHOD_NOT_ALLOWED, ..fault("BAD_USER_INPUT", "修改请用POST。Mutations go by POST.")
            });
        }
        Some(_) => {}
    }
    let mut request = GraphQlRequest::new(asked.query).variables(Variables::from_json(asked.variables));
    if let Some(name) = asked.operation {
        request = request.operation_name(name);
    }
    request.set_parsed_query(document);
    let running = std::panic::AssertUnwindSafe(door.execute.execute(request, caller));
    if let Ok(mut response) = running.catch_unwind().await {
        response.errors.iter_mut().for_each(|error| coded(error, id));
        Ok(response)
    } else {
        tracing::error!(request = %id, "a resolver panicked");
        Err(Fault { status: StatusCode::INTERNAL_SERVER_ERROR, ..fault("INTERNAL_SERVER_ERROR", INTERNAL) })
    }
}

/// Codes for errors that carry none, by what they are: one without a path is the document's; one that stands for another
/// error is ours and says nothing of its inside; the rest are values of the document that are not of their type, and what they
/// have to be is said in both languages. No word of any of them goes into the log, since it may be the caller's.
fn coded(error: &mut ServerError, id: Uuid) {
    let known = error.extensions.as_ref().is_some_and(|extensions| extensions.get("code").is_some());
    let extensions = error.extensions.get_or_insert_with(Default::default);
    extensions.set("requestId", id.to_string());
    if known {
        return;
    }
    if error.path.is_empty() {
        extensions.set("code", "GRAPHQL_VALIDATION_FAILED");
    } else if error.source.is_none() {
        extensions.set("code", "BAD_USER_INPUT");
        let path: Vec<_> = error
            .path
            .iter()
            .map(|part| match part {
                PathSegment::Field(name) => name.clone(),
                PathSegment::Index(number) => number.to_string(),
            })
            .collect();
        extensions.set("field", path.join("."));
        if let Some(words) = kinds::of_fault(&error.message) {
            error.message = format!("{}。{}.", words.zh, words.en);
            extensions.set("words", faults::said(&words));
        }
    } else {
        tracing::error!(request = %id, "resolver");
        extensions.set("code", "INTERNAL_SERVER_ERROR");
        INTERNAL.clone_into(&mut error.message);
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
