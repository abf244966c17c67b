//! Global ids: kind and key in base64url. Cursors: the list that they belong to, and where in it.

use async_graphql::{Error, ID};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{ids::CaseId, process::Process};

use crate::graphql::core::fault;

/// A global id.
pub fn global(kind: &str, key: &str) -> ID {
    ID(URL_SAFE_NO_PAD.encode(format!("{kind}:{key}")))
}

/// Kind and key of a global id.
pub fn parse(id: &str) -> Option<(String, String)> {
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(id).ok()?).ok()?;
    text.split_once(':').map(|(kind, key)| (kind.to_owned(), key.to_owned()))
}

/// The case behind a global id.
pub fn case_id(id: &str) -> Option<CaseId> {
    let (kind, key) = parse(id)?;
    (kind == "Case").then(|| key.parse().ok()).flatten()
}

/// A list that is read page by page. A cursor of one is none of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    Accounts,
    AuditEntries,
    /// Of one process or of all, in an order.
    Cases(Option<Process>, &'static str),
    Checkpoints,
    /// What the bureau's column shows.
    Column,
    History(CaseId),
    /// Rows of a register.
    Information,
    Numbers,
    Outbox,
    /// What a line of a plan counts.
    PlanCounted,
    Published,
    /// What fails a rate.
    RateFailing,
    SignIns,
    WorkList,
}

impl List {
    fn kind(self) -> String {
        match self {
            Self::Accounts => "Cursor/accounts".to_owned(),
            Self::AuditEntries => "Cursor/auditEntries".to_owned(),
            Self::Cases(process, order) => format!("Cursor/cases/{}/{order}", process.map_or("all", Process::key)),
            Self::Checkpoints => "Cursor/checkpoints".to_owned(),
            Self::Column => "Cursor/column".to_owned(),
            Self::History(case) => format!("Cursor/history/{case}"),
            Self::Information => "Cursor/information".to_owned(),
            Self::RateFailing => "Cursor/rateFailing".to_owned(),
            Self::Numbers => "Cursor/numbers".to_owned(),
            Self::Outbox => "Cursor/outbox".to_owned(),
            Self::PlanCounted => "Cursor/planCounted".to_owned(),
            Self::Published => "Cursor/published".to_owned(),
            Self::SignIns => "Cursor/signIns".to_owned(),
            Self::WorkList => "Cursor/workList".to_owned(),
        }
    }
}

/// The fault of a cursor that cannot be read, or of another list.
pub fn junk() -> Error {
    junk_at("after")
}

/// The same of another argument.
pub fn junk_at(field: &str) -> Error {
    fault::bad_input(
        field,
        (
            "不是本列表的游标，请使用返回的endCursor或startCursor",
            "This is no cursor of this list; give back the endCursor or the startCursor of a page of it",
        ),
    )
}

/// An opaque cursor of a list.
pub fn cursor_of(list: List, key: &str) -> String {
    global(&list.kind(), key).to_string()
}

/// Where a page begins, from an opaque cursor; none where none is given.
///
/// # Errors
/// `BAD_USER_INPUT` at `after` where the cursor is none of this list.
pub fn cursor(list: List, text: Option<&str>) -> Result<Option<String>, Error> {
    cursor_at("after", list, text)
}

/// The same of a cursor that is given in another field.
///
/// # Errors
/// `BAD_USER_INPUT` at the field.
pub fn cursor_at(field: &str, list: List, text: Option<&str>) -> Result<Option<String>, Error> {
    let Some(text) = text else { return Ok(None) };
    let found = parse(text).filter(|(kind, key)| *kind == list.kind() && !key.is_empty() && cursor_of(list, key) == text);
    found.map(|(_, key)| Some(key)).ok_or_else(|| junk_at(field))
}
