//! Steps that several scenarios share.

use serde_json::{Value, json};

use crate::support::world::{World, record};

/// The only list type that can be given a basis.
pub const LIST: &str = "overloading";

/// A record of Yanjiang county, whose penalty decision is the base document; its global id.
pub async fn county_record(world: &World, number: u32) -> String {
    let mut input = record(number);
    input["bodyName"] = json!("雁江区交通运输局");
    input["sourceName"] = json!("雁江区交通运输局");
    let case = world.done("yanjiang", "registerPublicationRecord", json!({ "office": "yanjiang", "record": input })).await;
    case["id"].as_str().unwrap_or_default().to_owned()
}

/// Records the province's confirmation that the list has a basis.
pub async fn basis(world: &World) {
    world.setting("list_basis_overloading", "true").await;
}

/// A draft batch of Yanjiang for the second quarter.
pub async fn batch(world: &World) -> String {
    let case = world.done("yanjiang", "openProposalBatch", json!({ "office": "yanjiang", "period": "2026-Q2" })).await;
    case["id"].as_str().unwrap_or_default().to_owned()
}

pub fn entry() -> Value {
    json!({ "listType": LIST, "grounds": ["refused_inspection"], "measures": ["talk_to", "key_inspection"], "facts": "一年内三次拒绝检查" })
}

/// Adds an entry about a record.
pub async fn added(world: &World, batch: &str, record: &str) -> String {
    let case = world.done("yanjiang", "addProposalEntry", json!({ "batch": batch, "base": record, "entry": entry() })).await;
    case["id"].as_str().unwrap_or_default().to_owned()
}

/// A batch with entries about new records, in review.
pub async fn in_review(world: &World, numbers: &[u32]) -> (String, Vec<(String, String)>) {
    basis(world).await;
    let batch = batch(world).await;
    let mut entries = Vec::new();
    for number in numbers {
        let record = county_record(world, *number).await;
        let entry = added(world, &batch, &record).await;
        entries.push((record, entry));
    }
    world.done("yanjiang-head", "submitProposalBatch", json!({ "id": batch })).await;
    world.done("policy", "startProposalReview", json!({ "id": batch })).await;
    (batch, entries)
}

/// From review to confirmed, with the named unit's opinion.
pub async fn confirmed(world: &World, entry: &str) {
    world.done("policy", "askUnitOpinion", json!({ "id": entry })).await;
    let opinion = world.paper("road", "业务意见").await;
    world.done("road", "giveUnitOpinion", json!({ "id": entry, "opinion": "AGREE", "unitOpinion": opinion })).await;
    world.done("policy", "confirmProposalEntry", json!({ "id": entry })).await;
}

/// Sends the confirmed entries.
pub async fn sent(world: &World, batch: &str) {
    let letter = world.paper("policy-head", "报送函").await;
    world.done("policy-head", "sendProposalBatch", json!({ "id": batch, "coverLetter": letter })).await;
}

/// Records the province's acceptance.
pub async fn accepted(world: &World, entry: &str, on: &str) {
    let answer = world.paper("policy", "省厅答复").await;
    world.done("policy", "recordProvinceAcceptance", json!({ "id": entry, "answeredOn": on, "provinceAnswer": answer })).await;
}
