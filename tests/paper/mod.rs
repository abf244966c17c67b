//! Papers that the house drafts: what they say, who reads them, how they are set, and the register of their numbers.

mod numbers;
mod set;
mod signing;
mod words;

use serde_json::{Value, json};

use crate::{objection, support::world::World};

/// Number of a case by its global id.
pub async fn number(world: &World, id: &str) -> String {
    let found = world.query("auditor", "query($id: ID!) { case(id: $id) { number } }", json!({ "id": id })).await;
    found["case"]["number"].as_str().expect("a number").to_owned()
}

/// The papers of a case that an account may read: (kind, whether it is a preview).
pub async fn offered(world: &World, login: &str, case: &str) -> Vec<(String, bool)> {
    let found = world.query(login, "query($case: String!) { sheets(case: $case) { kind draft } }", json!({ "case": case })).await;
    let offers = found["sheets"].as_array().expect("a list").iter();
    offers.map(|offer| (offer["kind"].as_str().expect("a kind").to_owned(), offer["draft"] == true)).collect()
}

/// A paper of a case in words; null where the account may not read it.
pub async fn sheet(world: &World, login: &str, case: &str, kind: &str) -> Value {
    let query = "query($case: String!, $kind: SheetKind!) { sheet(case: $case, kind: $kind) { title number draft form blocks { part text cells } missing { zh en } } }";
    world.query(login, query, json!({ "case": case, "kind": kind })).await["sheet"].clone()
}

/// Everything that a paper says.
pub fn all(sheet: &Value) -> String {
    let blocks = sheet["blocks"].as_array().expect("blocks").iter();
    blocks.map(|block| block["text"].as_str().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// Texts of the parts of a kind.
pub fn parts(sheet: &Value, part: &str) -> Vec<String> {
    let blocks = sheet["blocks"].as_array().expect("blocks").iter();
    blocks.filter(|block| block["part"] == part).filter_map(|block| block["text"].as_str().map(str::to_owned)).collect()
}

/// An accepted objection to a record; its id and its number.
pub async fn verifying(world: &World, record: &str) -> (String, String) {
    let id = objection::steps::filed(world, record, "CONTENT_WRONG").await;
    world.done("road", "acceptObjection", json!({ "id": id })).await;
    let case = number(world, &id).await;
    (id, case)
}

/// An objection to a record of the road transport centre, rejected on paper and served on a day; its number.
pub async fn answered(world: &World, record: &str, on: &str) -> String {
    let (id, case) = verifying(world, record).await;
    let paper = world.paper("road-head", "异议答复书").await;
    let input = json!({ "id": id, "reason": "登记内容与处罚决定书一致", "reasonCode": "FINDING_CORRECT", "objectionAnswer": paper });
    world.done("road-head", "rejectObjection", input).await;
    let proof = world.paper("road", "送达回证").await;
    let served = json!({ "id": id, "serviceMethod": "DIRECT", "servedOn": on, "proofOfService": proof });
    world.done("road", "serveObjectionAnswer", served).await;
    case
}
