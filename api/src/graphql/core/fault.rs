//! Faults of GraphQL: stable codes that clients and tools already know.

use async_graphql::{Error, ErrorExtensions, value};
use sea_orm::EntityTrait;

use super::words::Words;
use crate::{
    app::App,
    city::acts::ActFault,
    door::DoorFault,
    forms::FieldFault,
    store::{StoreFault, entities},
};

/// A fault with its code; what it says stands in both languages beside the message.
pub fn coded(code: &'static str, words: impl Into<Words>) -> Error {
    let words = words.into();
    Error::new(format!("{}。{}.", words.zh, words.en)).extend_with(|_, extensions| {
        extensions.set("code", code);
        extensions.set("words", said(&words));
    })
}

/// Words as they stand beside a message.
pub fn said(words: &Words) -> async_graphql::Value {
    value!({ "zh": words.zh.clone(), "en": words.en.clone() })
}

/// A fault at one field of the input.
pub fn bad_input(path: &str, words: impl Into<Words>) -> Error {
    coded("BAD_USER_INPUT", words).extend_with(|_, extensions| extensions.set("field", path))
}

/// A fault at one field with a code of its own besides.
pub fn bad_coded(path: &str, reason: &'static str, words: impl Into<Words>) -> Error {
    bad_input(path, words).extend_with(|_, extensions| extensions.set("reason", reason))
}

/// Every wrong field of a form at once; `field` is the first.
pub fn bad_fields(path: &str, faults: &[FieldFault]) -> Error {
    let at = |fault: &FieldFault| format!("{path}.{}", fault.field);
    let words = |fault: &FieldFault| Words { zh: fault.zh.clone(), en: fault.en.clone() };
    let Some(first) = faults.first() else { return bad_input(path, ("表单不完整", "The form is not complete")) };
    bad_input(&at(first), words(first)).extend_with(|_, extensions| {
        let all = faults.iter().map(|fault| value!({ "field": at(fault), "code": fault.code, "words": said(&words(fault)) }));
        extensions.set("fields", async_graphql::Value::List(all.collect()));
    })
}

pub fn unauthenticated() -> Error {
    coded("UNAUTHENTICATED", ("请先登录", "Sign in first: mutation signIn returns a token for the Authorization header"))
}

/// Of a token that was good once or never was: it is told, so that nobody takes a public answer for his own.
pub fn ended() -> Error {
    coded("UNAUTHENTICATED", ("登录已失效，请重新登录", "The token is not or no longer good; sign in again"))
}

pub fn not_found() -> Error {
    coded("NOT_FOUND", ("没有找到", "There is nothing of that id that you may see"))
}

/// What a caller is told while the database is away, locked or full.
pub const UNAVAILABLE: (&str, &str) = ("暂时无法访问数据库，请稍后重试", "The database cannot be reached now; try again later");

/// Never a word of the database's own, and never a caller's value in the log.
pub fn internal(fault: &StoreFault) -> Error {
    if fault.is_away() {
        tracing::warn!(fault = %fault.logged(), "store");
        return coded("UNAVAILABLE", UNAVAILABLE);
    }
    tracing::error!(fault = %fault.logged(), "store");
    coded("INTERNAL_SERVER_ERROR", ("系统错误，请凭请求编号联系管理员", "Internal error; tell the administrator the request id"))
}

/// Refuses an office that the house does not know or that has ended, and names those that stand.
///
/// # Errors
/// `BAD_USER_INPUT` at the field.
pub async fn known_office(app: &App, field: &str, office: &str) -> Result<(), Error> {
    office_among(app, field, office, false).await
}

/// The same where an office that has ended may be named: its old cases and entries stay to be found.
///
/// # Errors
/// `BAD_USER_INPUT` at the field.
pub async fn office_of_any_time(app: &App, field: &str, office: &str) -> Result<(), Error> {
    office_among(app, field, office, true).await
}

async fn office_among(app: &App, field: &str, office: &str, ended: bool) -> Result<(), Error> {
    let rows = entities::office::Entity::find().all(app.database.pool()).await.map_err(|fault| internal(&fault.into()))?;
    let known: Vec<_> = rows.iter().filter(|row| ended || row.standing == "active").map(|row| row.id.as_str()).collect();
    if known.contains(&office) {
        return Ok(());
    }
    let known = known.join(", ");
    Err(bad_input(field, (format!("没有此单位；已有：{known}"), format!("There is no such office; known: {known}"))))
}

/// The same of an act that was put together in the house.
pub fn act(fault: ActFault) -> Error {
    match fault {
        ActFault::Store(fault) => internal(&fault),
        ActFault::Door(fault) => door(fault),
        other => internal(&StoreFault::broken(other)),
    }
}

/// What a caller is told where the door could give no lawful answer.
pub fn door(fault: DoorFault) -> Error {
    match fault {
        DoorFault::Conflict { current } => {
            let words = (format!("案件已更新至版本 {current}，请重新读取"), format!("The case is at version {current} now; read it again"));
            coded("CONFLICT", words).extend_with(|_, extensions| extensions.set("currentVersion", current))
        }
        DoorFault::NotFound => not_found(),
        DoorFault::KeyReused => {
            bad_input("input.idempotencyKey", ("该幂等键已用于其他输入", "This idempotency key was used with other input; take a new one"))
        }
        DoorFault::Busy => coded("UNAVAILABLE", ("系统繁忙，请数秒后重试", "The house is busy; try again in a few seconds")),
        DoorFault::Store(fault) => internal(&fault),
    }
}
