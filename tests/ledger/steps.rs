//! Steps of the ledger.

use serde_json::{Value, json};

use crate::support::world::World;

/// An entry of a kind with what it says besides, and a paper; its global id.
pub async fn noted(world: &World, login: &str, office: &str, ledger: Value, paper: &str) -> String {
    let entry = world.done(login, "noteLedgerEntry", input(world, login, office, ledger, paper).await).await;
    entry["id"].as_str().expect("an id").to_owned()
}

/// The input of such an entry.
pub async fn input(world: &World, login: &str, office: &str, ledger: Value, paper: &str) -> Value {
    let mut input = json!({ "office": office, "ledger": ledger });
    if !paper.is_empty() {
        input[paper] = world.paper(login, "台账材料").await;
    }
    input
}

/// What was issued on a day.
pub fn document(matter: &str, on: &str) -> Value {
    json!({ "kind": "ISSUED_DOCUMENT", "matters": [matter], "on": on, "title": "示例文件", "number": "示例〔2026〕1号" })
}

/// A meeting of the leading group that the policy office notes today; its global id.
pub async fn meeting(world: &World) -> String {
    let today = world.query("policy", "{ today }", json!({})).await["today"].clone();
    let ledger = json!({ "kind": "MEETING", "matters": ["LEADING_GROUP"], "on": today, "title": "领导小组会议", "participants": 12, "video": false, "outcome": "由各单位报送进展" });
    noted(world, "policy", "policy_office", ledger, "meetingRecord").await
}
