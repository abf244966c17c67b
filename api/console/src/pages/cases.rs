//! Lists of cases: searched by number, name, code or decision number, and filtered.

use axum::{extract::State, response::Response};
use serde_json::json;

use super::bulk;
use crate::{ask::Trouble, console::Console, house::House, visit::SignedIn};

const LIST: &str = include_str!("../../documents/cases.graphql");

pub async fn show<H: House>(State(console): State<Console<H>>, SignedIn(visit): SignedIn) -> Response {
    let mut filter = json!({});
    for (name, field) in [("office", "office"), ("desk", "desk"), ("dueFrom", "dueFrom"), ("dueTo", "dueTo")] {
        if let Some(value) = visit.asked(name) {
            filter[field] = value.into();
        }
    }
    if let Some(phase) = visit.asked("phase") {
        filter["phases"] = json!([phase]);
    }
    for name in ["overdue", "waiting"] {
        if visit.asked(name).is_some() {
            filter[name] = true.into();
        }
    }
    let variables = json!({
        "search": visit.asked("q"), "process": visit.asked("process"), "filter": filter, "order": "RECEIVED_DESC",
        "first": 50, "after": visit.asked("after"), "bulk": visit.asked("process").is_some(),
    });
    let found = console.read(&visit, LIST, variables).await.and_then(|mut data| {
        if data["cases"].is_null() {
            return Err(Trouble::Forbidden);
        }
        data["bulk"] = bulk::offered(&mut data["cases"]["nodes"], visit.asked("all").is_some());
        data["all"] = visit.here_with(&[("all", "1"), ("lang", "")]).into();
        data["more"] = visit.next(&data["cases"]["pageInfo"]);
        data["asked"] = json!({
            "q": visit.asked("q").unwrap_or_default(), "process": visit.asked("process").unwrap_or_default(),
            "office": visit.asked("office").unwrap_or_default(), "phase": visit.asked("phase").unwrap_or_default(),
            "desk": visit.asked("desk").unwrap_or_default(), "dueFrom": visit.asked("dueFrom").unwrap_or_default(),
            "dueTo": visit.asked("dueTo").unwrap_or_default(), "waiting": visit.asked("waiting").is_some(),
            "overdue": visit.asked("overdue").is_some(),
        });
        Ok(data)
    });
    console.shown(&visit, "cases.html", found).await
}
