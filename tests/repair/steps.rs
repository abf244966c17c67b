//! Steps that several scenarios share.

use serde_json::{Value, json};

use crate::support::world::{World, record};

/// Registers a record at the road transport centre; its global id.
pub async fn registered(world: &World, input: Value) -> String {
    let case = world.done("road", "registerPublicationRecord", json!({ "office": "road_transport_centre", "record": input })).await;
    case["id"].as_str().unwrap_or_default().to_owned()
}

/// Binds the account `company` to the record's subject; the global id of the binding.
pub async fn bound(world: &World, number: u32) -> String {
    let papers = world.paper("company", "营业执照").await;
    let input = json!({ "uscc": record(number)["uscc"], "capacity": "AGENT", "authorityUntil": "2028-12-31", "identityPapers": papers, "authorityLetter": papers });
    let case = world.done("company", "requestAccountBinding", input).await;
    world.done("counter", "approveAccountBinding", json!({ "id": case["id"], "confirmed": true })).await;
    case["id"].as_str().unwrap_or_default().to_owned()
}

/// What an application says.
pub fn application() -> Value {
    json!({ "contactName": "经办人", "contactPhone": "0000000", "commitment": true })
}

/// Opens and hands in an application; its global id.
pub async fn applied(world: &World, record: &str) -> String {
    let case = world.done("company", "openRepairApplication", json!({ "record": record, "application": application() })).await;
    let id = case["id"].as_str().unwrap_or_default().to_owned();
    let letter = world.paper("company", "信用承诺书").await;
    let proof = world.paper("company", "缴款凭证").await;
    world.done("company", "applyForRepair", json!({ "id": id, "commitmentLetter": letter, "proofOfPerformance": proof })).await;
    id
}

/// Records that the duties are done.
pub async fn duties_done(world: &World, record: &str, on: &str) {
    let proof = world.paper("road", "履行证明").await;
    world.done("road", "recordDutiesDone", json!({ "id": record, "doneOn": on, "proofOfPerformance": proof })).await;
}

/// From acceptance to the head's desk.
/// An application that was taken in at the counter: a letter to its contact waits.
pub async fn received(world: &World) {
    let id = registered(world, record(1)).await;
    world.on("2026-06-22").await;
    duties_done(world, &id, "2026-05-10").await;
    let letter = world.paper("counter", "承诺书").await;
    let input =
        json!({ "record": id, "application": application(), "channel": "COUNTER", "receivedOn": "2026-06-22", "commitmentLetter": letter });
    world.done("counter", "registerRepairApplication", input).await;
}

pub async fn reviewed(world: &World, id: &str) {
    reviewed_to_policy(world, id).await;
    world.done("policy", "endorseRepairApplication", json!({ "id": id })).await;
}

/// From acceptance to the policy office's desk.
pub async fn reviewed_to_policy(world: &World, id: &str) {
    world.done("road", "acceptRepairApplication", json!({ "id": id })).await;
    let points = json!(["min_term_reached", "duties_done", "commitment_given", "other_law"]);
    let paper = world.paper("road", "核查记录").await;
    world.done("road", "checkRepairCondition", json!({ "id": id, "points": points, "checkMethod": "ONLINE", "checkRecord": paper })).await;
    world.done("road", "handUpRepairApplication", json!({ "id": id })).await;
}

/// Grants, as the head.
pub async fn granted(world: &World, id: &str) {
    let decision = world.paper("road-head", "信用修复决定书").await;
    world.done("road-head", "grantRepairApplication", json!({ "id": id, "repairDecision": decision })).await;
}
