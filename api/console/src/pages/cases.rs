//! Lists of cases: searched by number, name, code or decision number, and filtered.

use axum::{extract::State, response::Response};
use serde_json::{Value, json};

use crate::{ask::Trouble, console::Console, house::House, visit::Visit};

const LIST: &str = include_str!("../../documents/cases.graphql");

/// The address of the next page; none on the last one.
pub fn next(visit: &Visit, page: &Value) -> Value {
    match page["endCursor"].as_str().filter(|_| page["hasNextPage"] == true) {
        Some(cursor) => visit.here_with(&[("after", cursor), ("lang", "")]).into(),
        None => Value::Null,
    }
}

/// Titles of the processes, as the menu and the lists name them.
pub fn processes() -> Value {
    json!([
        { "key": "REPAIR_APPLICATION", "title": { "zh": "信用修复", "en": "Repair applications" } },
        { "key": "PUBLICATION_RECORD", "title": { "zh": "失信信息", "en": "Publication records" } },
        { "key": "PROPOSAL_BATCH", "title": { "zh": "建议名单", "en": "Proposed lists" } },
        { "key": "PROPOSAL_ENTRY", "title": { "zh": "建议条目", "en": "Proposed entries" } },
        { "key": "LISTING_CASE", "title": { "zh": "名单列入", "en": "Listing cases" } },
        { "key": "OBJECTION", "title": { "zh": "异议申诉", "en": "Objections" } },
        { "key": "ACCOUNT_BINDING", "title": { "zh": "账号绑定", "en": "Account bindings" } },
    ])
}

pub async fn show<H: House>(State(console): State<Console<H>>, visit: Visit) -> Response {
    if visit.visitor.token.is_none() {
        return console.trouble(&visit, Trouble::SignIn).await;
    }
    let mut filter = json!({});
    if let Some(office) = visit.asked("office") {
        filter["office"] = office.into();
    }
    if let Some(phase) = visit.asked("phase") {
        filter["phases"] = json!([phase]);
    }
    if visit.asked("overdue").is_some() {
        filter["overdue"] = true.into();
    }
    let variables = json!({
        "search": visit.asked("q"), "process": visit.asked("process"), "filter": filter, "order": "RECEIVED_DESC",
        "first": 50, "after": visit.asked("after"),
    });
    let found = console.read(&visit, LIST, variables).await.and_then(|mut data| {
        if data["cases"].is_null() {
            return Err(Trouble::Forbidden);
        }
        data["more"] = next(&visit, &data["cases"]["pageInfo"]);
        data["processes"] = processes();
        data["asked"] = json!({
            "q": visit.asked("q").unwrap_or_default(), "process": visit.asked("process").unwrap_or_default(),
            "office": visit.asked("office").unwrap_or_default(), "phase": visit.asked("phase").unwrap_or_default(),
            "overdue": visit.asked("overdue").is_some(),
        });
        Ok(data)
    });
    console.shown(&visit, "cases.html", found).await
}
