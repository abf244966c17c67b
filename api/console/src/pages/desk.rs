//! What waits for an officer, by due day; claimed and given back in the row.

use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    ask::Trouble,
    console::Console,
    deeds,
    house::House,
    sent::Words,
    visit::{SignedIn, Visit},
};

const DESK: &str = include_str!("../../documents/desk.graphql");

/// The filter behind the name of a queue.
fn filter(visit: &Visit) -> Value {
    let mut filter = match visit.asked("queue") {
        Some("overdue") => json!({ "due": "OVERDUE" }),
        Some("today") => json!({ "due": "TODAY" }),
        Some("week") => json!({ "due": "THIS_WEEK" }),
        Some("mine") => json!({ "claim": "MINE" }),
        Some("unclaimed") => json!({ "claim": "UNCLAIMED" }),
        _ => json!({}),
    };
    if let Some(process) = visit.asked("process") {
        filter["processes"] = json!([process]);
    }
    filter
}

/// The group of a row, by the working days that are left.
fn group(left: &Value) -> (&'static str, &'static str, &'static str) {
    match left.as_i64() {
        Some(..0) => ("late", "已逾期", "Overdue"),
        Some(0..=2) => ("soon", "两个工作日内到期", "Due within two working days"),
        Some(_) => ("far", "以后到期", "Due later"),
        None => ("none", "不计期限", "Without a deadline"),
    }
}

/// Rows that follow each other, under the heading of their group.
fn grouped(rows: &Value) -> Value {
    let mut groups: Vec<Value> = Vec::new();
    for (place, row) in rows.as_array().into_iter().flatten().enumerate() {
        let mut row = row.clone();
        row["place"] = (place + 1).into();
        let (key, zh, en) = group(&row["workingDaysLeft"]);
        match groups.last_mut().filter(|last| last["key"] == key) {
            Some(last) => {
                if let Some(rows) = last["rows"].as_array_mut() {
                    rows.push(row);
                }
            }
            None => groups.push(json!({ "key": key, "title": { "zh": zh, "en": en }, "rows": [row] })),
        }
    }
    groups.into()
}

pub async fn show<H: House>(State(console): State<Console<H>>, SignedIn(visit): SignedIn) -> Response {
    drawn(&console, &visit, Vec::new()).await
}

async fn drawn<H: House>(console: &Console<H>, visit: &Visit, refused: Vec<Value>) -> Response {
    let variables = json!({ "filter": filter(visit), "first": 50, "after": visit.asked("after") });
    let found = console.read(visit, DESK, variables).await.map(|mut data| {
        data["groups"] = grouped(&data["workList"]["nodes"]);
        data["more"] = visit.next(&data["workList"]["pageInfo"]);
        data["queue"] = visit.asked("queue").unwrap_or_default().into();
        data["process"] = visit.asked("process").unwrap_or_default().into();
        data["refused"] = refused.into();
        data["here"] = visit.here_with(&[]).into();
        data
    });
    console.shown(visit, "desk.html", found).await
}

pub async fn act<H: House>(State(console): State<Console<H>>, SignedIn(visit): SignedIn, Words(typed): Words) -> Response {
    let mutation = if typed.one("do") == "give-back" { "giveBackCase" } else { "claimCase" };
    let Some(deed) = deeds::of(mutation) else { return console.trouble(&visit, Trouble::Missing).await };
    let variables = json!({ "id": typed.one("id"), "idempotencyKey": Uuid::now_v7().to_string() });
    match console.run(&visit, &deed.document(), variables).await {
        Ok(data) => {
            let refused = data["done"]["refusal"]["reasons"].as_array().cloned().unwrap_or_default();
            if refused.is_empty() {
                return Redirect::to(&visit.here_with(&[])).into_response();
            }
            drawn(&console, &visit, refused).await
        }
        Err(trouble) => console.trouble(&visit, trouble).await,
    }
}
