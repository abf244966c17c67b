//! Steps of checks, commitments and schemes.

use serde_json::{Value, json};

use crate::{collection, support::world::World};

/// Numbers of operators begin here: those below bear the codes of companies with records.
const FIRST: u32 = 50;

/// Name and code of an operator that does not exist.
pub fn operator(number: u32) -> (String, String) {
    (format!("示例{}运输有限公司", FIRST + number), collection::steps::code(FIRST + number))
}

fn id(done: &Value) -> String {
    done["id"].as_str().expect("an id").to_owned()
}

/// The question of the road transport centre about an operator, for a licence.
pub fn question(number: u32, matter: &str) -> Value {
    let (name, code) = operator(number);
    json!({ "office": "road_transport_centre", "check": { "purpose": "LICENSING", "sector": "ROAD_TRANSPORT", "matterNumber": matter, "subjectKind": "LEGAL_PERSON", "subjectName": name, "uscc": code } })
}

/// A check of operator 5; its global id.
pub async fn asked(world: &World, matter: &str) -> String {
    id(&world.done("road", "openCreditCheck", question(5, matter)).await)
}

/// What a letter of operator says.
pub fn promise(number: u32, matter: &str, given_on: &str) -> Value {
    let (name, code) = operator(number);
    json!({ "of": "deferred_papers", "sector": "ROAD_TRANSPORT", "subjectKind": "LEGAL_PERSON", "subjectName": name, "uscc": code,
        "matterNumber": matter, "words": "在十个工作日内补齐车辆技术等级证明。", "givenOn": given_on, "public": true })
}

/// A commitment that the counter registers today and the road transport centre takes in; its global id.
pub async fn registered(world: &World, number: u32, matter: &str) -> String {
    let today = today(world).await;
    let input = json!({ "office": "road_transport_centre", "commitment": promise(number, matter, &today), "receivedOn": today,
        "commitmentLetter": world.paper("counter", "信用承诺书").await });
    let commitment = id(&world.done("counter", "registerCommitment", input).await);
    world.done("road", "acceptCommitment", json!({ "id": commitment })).await;
    commitment
}

/// The day of the house.
pub async fn today(world: &World) -> String {
    world.query("policy", "{ today }", json!({})).await["today"].as_str().expect("a day").to_owned()
}

/// Operators 1 and 2 stand in the register of Yanjiang.
pub async fn operators(world: &World) {
    collection::steps::brought(world, "operator_basic", &[collection::steps::operator(FIRST + 1), collection::steps::operator(FIRST + 2)])
        .await;
}

/// A use of the quick lane.
pub fn lane(number: u32, on: &str) -> Value {
    let (name, code) = operator(number);
    json!({ "office": "road_transport_centre", "use": { "scheme": "xinyi_travel", "benefit": "green_lane", "subjectKind": "LEGAL_PERSON", "subjectName": name, "uscc": code,
        "usedOn": on, "provider": "示例客运站" } })
}

/// That an operator used the quick lane today; its global id.
pub async fn used(world: &World, number: u32) -> String {
    let on = today(world).await;
    id(&world.done("road", "noteBenefitUse", lane(number, &on)).await)
}

/// The prior notice of an intended finding, with its service of today.
pub async fn notice(world: &World, commitment: &str) -> Value {
    let on = today(world).await;
    json!({ "id": commitment, "reason": "期满未补齐", "priorNotice": world.paper("road", "事先告知书").await,
        "proofOfService": world.paper("road", "送达回证").await, "serviceMethod": "DIRECT", "servedOn": on })
}

/// The prior notice of an intended finding is served today.
pub async fn noticed(world: &World, commitment: &str) {
    let input = notice(world, commitment).await;
    world.done("road", "serveCommitmentNotice", input).await;
}

/// Officers find it kept.
pub async fn kept(world: &World, commitment: &str) {
    let input = json!({ "id": commitment, "checkMethod": "ON_PAPER", "checkRecord": world.paper("road", "核查记录").await });
    world.done("road", "findCommitmentKept", input).await;
}

/// The head finds it broken.
pub async fn broken(world: &World, commitment: &str) {
    let input = json!({ "id": commitment, "reason": "未履行承诺", "breachFinding": world.paper("road-head", "违诺认定书").await });
    world.done("road-head", "findCommitmentBroken", input).await;
}
