//! Steps that several scenarios share.

use serde_json::{Value, json};

use crate::{
    proposal, repair,
    support::world::{World, record},
};

pub fn form() -> Value {
    json!({ "listType": proposal::steps::LIST, "grounds": ["refused_inspection"], "measures": ["talk_to", "key_inspection"], "years": 2, "facts": "一年内三次拒绝检查" })
}

pub fn decision() -> Value {
    json!({ "grounds": ["refused_inspection"], "measures": ["talk_to"], "years": 2 })
}

/// A case of the road transport centre about its own record, with a basis for the list; case and base record.
pub async fn opened(world: &World) -> (String, String) {
    opened_with(world, form()).await
}

pub async fn opened_with(world: &World, form: Value) -> (String, String) {
    proposal::steps::basis(world).await;
    let base = repair::steps::registered(world, record(1)).await;
    let case = world.done("road", "openListingCase", json!({ "base": base, "listing": form })).await;
    (case["id"].as_str().unwrap_or_default().to_owned(), base)
}

/// A penalty of the company of record 1, found by the road transport centre or a county; its global id and its number.
pub async fn penalty(world: &World, office: &str, number: u32, on: &str) -> (String, String) {
    let mut input = record(1);
    input["decisionNumber"] = json!(format!("资交罚〔2026〕{number}号"));
    input["decisionDate"] = json!(on);
    let id = if office == "yanjiang" {
        for field in ["bodyName", "sourceName"] {
            input[field] = json!("雁江区交通运输局");
        }
        world.done(office, "registerPublicationRecord", json!({ "office": office, "record": input })).await["id"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    } else {
        repair::steps::registered(world, input).await
    };
    let found = world.query("auditor", "query($id: ID!) { case(id: $id) { number } }", json!({ "id": id })).await;
    (id, found["case"]["number"].as_str().expect("a number").to_owned())
}

/// The penalty is annulled on 1 April 2026.
pub async fn retracted(world: &World, who: &str, record: &str) {
    let paper = world.paper(who, "撤销决定").await;
    world
        .done(
            who,
            "retractPublicationRecord",
            json!({ "id": record, "reason": "处罚被撤销", "knownOn": "2026-04-01", "annullingDocument": paper }),
        )
        .await;
}

/// From the draft to the signed notice.
pub async fn noticed(world: &World, id: &str) {
    let evidence = world.paper("road", "证据").await;
    world.done("road", "submitListingCase", json!({ "id": id, "evidence": evidence })).await;
    world.done("policy", "passLegalCheck", json!({ "id": id })).await;
    let notice = world.paper("road-head", "事先告知书").await;
    world.done("road-head", "signPriorNotice", json!({ "id": id, "priorNotice": notice })).await;
}

/// Serves the notice by hand on a day.
pub async fn served(world: &World, id: &str, on: &str) {
    let proof = world.paper("road", "送达回证").await;
    world.done("road", "servePriorNotice", json!({ "id": id, "serviceMethod": "DIRECT", "servedOn": on, "proofOfService": proof })).await;
}

/// A waived defence: the case lies with the leader.
pub async fn before_the_leader(world: &World, id: &str) {
    noticed(world, id).await;
    served(world, id, "2026-04-01").await;
    repair::steps::bound(world, 1).await;
    let waiver = world.paper("company", "放弃陈述申辩声明").await;
    world.done("company", "waiveDefence", json!({ "id": id, "waiver": waiver })).await;
}

/// The input of the leader's decision.
pub async fn to_list(world: &World, id: &str, mut terms: Value) -> Value {
    terms["id"] = json!(id);
    terms["listingDecision"] = world.paper("leader", "列入决定书").await;
    terms["meetingRecord"] = world.paper("leader", "集体讨论记录").await;
    terms
}

/// The input of the service of the decision.
pub async fn service(world: &World, id: &str, on: &str) -> Value {
    let (proof, guidance) = (world.paper("road", "送达回证").await, world.paper("road", "信用修复告知书").await);
    json!({ "id": id, "serviceMethod": "DIRECT", "servedOn": on, "proofOfService": proof, "repairGuidance": guidance })
}

/// Decided and served; the listing's record.
pub async fn in_effect(world: &World, id: &str) -> String {
    before_the_leader(world, id).await;
    let decide = to_list(world, id, decision()).await;
    world.done("leader", "decideToList", decide).await;
    let service = service(world, id, "2026-04-01").await;
    world.done("road", "serveListingDecision", service).await;
    records(world, id).await.remove(0)
}

/// Records that a listing made.
pub async fn records(world: &World, id: &str) -> Vec<String> {
    let query = "query($id: ID!) { case(id: $id) { ... on ListingCase { records { id } } } }";
    let found = world.query("auditor", query, json!({ "id": id })).await;
    let found = found["case"]["records"].as_array().cloned().unwrap_or_default();
    found.iter().filter_map(|record| record["id"].as_str().map(str::to_owned)).collect()
}
