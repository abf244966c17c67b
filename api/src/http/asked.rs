//! What is asked passes the gate and is run: for clients of `/graphql` and for the pages alike.

use async_graphql::{
    PathSegment, Request as GraphQlRequest, Response as GraphQlResponse, ServerError, Variables,
    parser::types::{ExecutableDocument, OperationType},
};
use axum::http::StatusCode;
use futures_util::FutureExt;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::{
    Execute,
    gate::{DoorLimits, Refused},
    parsed::Parsed,
};
use crate::{
    graphql::core::{fault as faults, kinds},
    people::Caller,
};

const INTERNAL: &str = "系统错误，请凭请求编号联系管理员。Internal error; tell the administrator the request id.";

/// What a handler runs with.
#[derive(Clone, Debug)]
pub struct Doorway<E> {
    pub execute: E,
    pub limits: DoorLimits,
    pub parsed: Parsed,
}

/// A document with its operation and its variables.
pub(super) struct Asked {
    pub query: String,
    pub operation: Option<String>,
    pub variables: Value,
}

/// A fault of the request itself.
pub(super) struct Fault {
    pub code: &'static str,
    pub message: String,
    pub status: StatusCode,
    /// Line and column in the document.
    pub at: Option<(usize, usize)>,
    /// The part of the request that is wrong.
    pub field: Option<String>,
}

pub(super) fn fault(code: &'static str, message: impl Into<String>) -> Fault {
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

/// What a request object asks; NUL in any text of it is refused.
pub(super) fn from_object(mut object: Map<String, Value>) -> Result<Asked, Fault> {
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
pub(super) async fn passed<E: Execute>(door: &Doorway<E>, asked: Asked, reads: bool, caller: Caller) -> Result<GraphQlResponse, Fault> {
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
