//! Help: a page for each kind of user, drawn from the acts that its seats may do; the reasons of refusals; the guide for companies.

use axum::{
    extract::{Path, State},
    response::Response,
};
use serde_json::{Value, json};

use crate::{ask::Trouble, console::Console, house::House, visit::Visit};

const ACTS: &str = include_str!("../../documents/help.graphql");
const REASONS: &str = include_str!("../../documents/help-reasons.graphql");
const TODAY: &str = include_str!("../../documents/today.graphql");
const GUIDE: &str = include_str!("../../documents/guide.graphql");

/// Kinds of user: word, Chinese, English, and the roles towards a case in which they act.
const KINDS: [(&str, &str, &str, &[&str]); 8] = [
    ("public", "公众", "The public", &[]),
    ("company", "企业和个人", "Companies and persons", &["PARTY", "REQUESTER", "ANY_ACCOUNT"]),
    (
        "officer",
        "经办人和窗口人员",
        "Officers and clerks",
        &["UNIT_OFFICER", "FILING_CLERK", "NAMED_UNIT_OFFICER", "COUNTER_CLERK", "PLATFORM_IMPORT"],
    ),
    ("head", "负责人", "Heads of offices", &["UNIT_HEAD", "FILING_HEAD"]),
    ("policy", "政策法规科", "The policy office", &["POLICY_REVIEWER", "POLICY_HEAD"]),
    ("leader", "局领导", "Leaders of the bureau", &["BUREAU_LEADER"]),
    ("auditor", "审计员", "Auditors", &[]),
    ("administrator", "管理员", "Administrators", &[]),
];

fn kind((key, zh, en, _): &(&str, &str, &str, &[&str])) -> Value {
    json!({ "key": key, "title": { "zh": zh, "en": en } })
}

fn items(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

/// Processes in the order of a page, as its document names them.
const ORDER: [&str; 14] = [
    "repair",
    "objection",
    "record",
    "batch",
    "entry",
    "listing",
    "binding",
    "task",
    "ledger",
    "piece",
    "submission",
    "check",
    "commitment",
    "benefit",
];

/// Every process with the acts of these roles; an act that leads out of several states by several rows stands once.
fn jobs(laws: &Value, roles: &[&str]) -> Value {
    let of = |law: &Value| {
        let mut acts: Vec<Value> = Vec::new();
        for act in items(&law["acts"]) {
            let theirs = items(&act["roles"]).iter().any(|role| roles.iter().any(|one| role == one));
            if theirs && acts.iter().all(|known| known["verb"] != act["verb"]) {
                let mut act = act.clone();
                act["key"] = act["verb"].as_str().unwrap_or_default().to_lowercase().into();
                acts.push(act);
            }
        }
        let path = law["process"].as_str().unwrap_or_default().to_lowercase();
        (!acts.is_empty()).then(|| json!({ "title": law["title"], "path": path, "acts": acts }))
    };
    ORDER.iter().filter_map(|name| of(&laws[*name])).collect()
}

pub async fn all<H: House>(State(console): State<Console<H>>, visit: Visit) -> Response {
    let kinds: Vec<Value> = KINDS.iter().map(kind).collect();
    console.page(&visit, "help.html", json!({ "kinds": kinds })).await
}

pub async fn page<H: House>(State(console): State<Console<H>>, visit: Visit, Path(page): Path<String>) -> Response {
    let Some(own) = KINDS.iter().find(|(key, ..)| *key == page) else { return console.trouble(&visit, Trouble::Missing).await };
    let found = if own.3.is_empty() { Ok(Value::Null) } else { console.read(&visit, ACTS, json!({})).await };
    let kinds: Vec<Value> = KINDS.iter().map(kind).collect();
    let data = found.map(|laws| json!({ "kind": kind(own), "kinds": kinds, "jobs": jobs(&laws, own.3) }));
    console.shown(&visit, "help-page.html", data).await
}

pub async fn reasons<H: House>(State(console): State<Console<H>>, visit: Visit) -> Response {
    let found = console.read(&visit, REASONS, json!({})).await;
    console.shown(&visit, "help-reasons.html", found).await
}

/// Repair and objection in plain words: every number and article is the house's own.
pub async fn guide<H: House>(State(console): State<Console<H>>, visit: Visit) -> Response {
    let found = match console.read(&visit, TODAY, json!({})).await {
        Ok(data) => console.read(&visit, GUIDE, json!({ "today": data["today"] })).await,
        Err(trouble) => Err(trouble),
    };
    console.shown(&visit, "guide.html", found).await
}
