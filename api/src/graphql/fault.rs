//! Faults of GraphQL: stable codes that clients and tools already know.

use async_graphql::{Error, ErrorExtensions, value};

use crate::{door::DoorFault, forms::FieldFault, store::StoreFault};

/// A fault with its code.
pub fn coded(code: &'static str, message: impl Into<String>) -> Error {
    Error::new(message).extend_with(|_, extensions| extensions.set("code", code))
}

/// A fault at one field of the input.
pub fn bad_input(path: &str, message: impl Into<String>) -> Error {
    Error::new(message).extend_with(|_, extensions| {
        extensions.set("code", "BAD_USER_INPUT");
        extensions.set("field", path);
    })
}

/// A fault at one field with a code of its own besides.
pub fn bad_coded(path: &str, reason: &'static str, message: impl Into<String>) -> Error {
    bad_input(path, message).extend_with(|_, extensions| extensions.set("reason", reason))
}

/// Every wrong field of a form at once; `field` is the first.
pub fn bad_fields(path: &str, faults: &[FieldFault]) -> Error {
    let at = |fault: &FieldFault| format!("{path}.{}", fault.field);
    let message = |fault: &FieldFault| format!("{}。{}.", fault.zh, fault.en);
    let Some(first) = faults.first() else { return bad_input(path, "表单不完整。The form is not complete.") };
    Error::new(message(first)).extend_with(|_, extensions| {
        extensions.set("code", "BAD_USER_INPUT");
        extensions.set("field", at(first));
        let all = faults.iter().map(|fault| value!({ "field": at(fault), "code": fault.code, "message": message(fault) }));
        extensions.set("fields", async_graphql::Value::List(all.collect()));
    })
}

pub fn unauthenticated() -> Error {
    coded("UNAUTHENTICATED", "请先登录。Sign in first: mutation signIn returns a token for the Authorization header.")
}

pub fn not_found() -> Error {
    coded("NOT_FOUND", "没有找到。There is nothing of that id that you may see.")
}

/// Never a word of the database's own.
pub fn internal(fault: &StoreFault) -> Error {
    tracing::error!(%fault, "store");
    coded("INTERNAL_SERVER_ERROR", "系统错误，请凭请求编号联系管理员。Internal error; tell the administrator the request id.")
}

/// What a caller is told where the door could give no lawful answer.
pub fn door(fault: DoorFault) -> Error {
    match fault {
        DoorFault::Conflict { current } => {
            let words = format!("案件已更新至版本 {current}，请重新读取。The case is at version {current} now; read it again.");
            Error::new(words).extend_with(|_, extensions| {
                extensions.set("code", "CONFLICT");
                extensions.set("currentVersion", current);
            })
        }
        DoorFault::NotFound => not_found(),
        DoorFault::KeyReused => bad_input(
            "input.idempotencyKey",
            "该幂等键已用于其他输入。This idempotency key was used with other input; take a new one.",
        ),
        DoorFault::Busy => coded("UNAVAILABLE", "系统繁忙，请数秒后重试。The house is busy; try again in a few seconds."),
        DoorFault::Store(text) => internal(&StoreFault::Broken(text)),
    }
}
