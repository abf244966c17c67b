//! Steps that several scenarios share.

use serde_json::{Value, json};

use crate::{
    repair,
    support::world::{World, record},
};

pub fn objection(ground: &str) -> Value {
    json!({ "ground": ground, "statement": "金额与决定书不符" })
}

/// A record of the road transport centre that is bound to `company`.
pub async fn record_of_company(world: &World) -> String {
    let id = repair::steps::registered(world, record(1)).await;
    repair::steps::bound(world, 1).await;
    id
}

/// Files an objection; its global id.
pub async fn filed(world: &World, challenged: &str, ground: &str) -> String {
    let case = world.done("company", "fileObjection", json!({ "challenged": challenged, "objection": objection(ground) })).await;
    case["id"].as_str().unwrap_or_default().to_owned()
}

/// What every upheld or rejected objection brings.
pub async fn answer(world: &World, login: &str, id: &str) -> Value {
    json!({ "id": id, "reason": "经核查", "extent": "FULL", "objectionAnswer": world.paper(login, "异议答复书").await })
}

/// When the deadlines of a case that run are due, by key.
pub async fn due(world: &World, id: &str) -> Value {
    let found = world.query("road", "query($id: ID!) { case(id: $id) { deadlines { key status dueOn } } }", json!({ "id": id })).await;
    let rows = found["case"]["deadlines"].as_array().cloned().unwrap_or_default();
    let open = rows.into_iter().filter(|row| row["status"] == "OPEN");
    Value::Object(open.map(|row| (row["key"].as_str().unwrap_or_default().to_owned(), row["dueOn"].clone())).collect())
}
