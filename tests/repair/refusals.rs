//! Who may not, and when not.

use serde_json::json;

use super::steps;
use crate::{
    on_both,
    support::world::{World, record},
};

on_both!(four_eyes_and_roles extension_is_once_and_in_time strangers_see_nothing lapse_needs_a_reminder record_end_moots);

async fn ready(world: &World) -> (String, String) {
    let id = steps::registered(world, record(1)).await;
    world.on("2026-06-22").await;
    steps::bound(world, 1).await;
    steps::duties_done(world, &id, "2026-05-10").await;
    let repair = steps::applied(world, &id).await;
    (id, repair)
}

async fn four_eyes_and_roles(world: World) {
    let (_, repair) = ready(&world).await;
    world.refused("road-head", "acceptRepairApplication", json!({ "id": repair }), "ROLE_DOES_NOT_ALLOW").await;
    world.refused("company", "acceptRepairApplication", json!({ "id": repair }), "ROLE_DOES_NOT_ALLOW").await;
    let stranger = world.act("yanjiang", "acceptRepairApplication", json!({ "id": repair })).await;
    assert_eq!(stranger["errors"][0]["extensions"]["code"], "NOT_FOUND", "another county does not see the case");
    steps::reviewed(&world, &repair).await;
    let decision = world.paper("policy", "决定书").await;
    let grant = json!({ "id": repair, "repairDecision": decision });
    world.refused("policy", "grantRepairApplication", grant, "ROLE_DOES_NOT_ALLOW").await;
    let without = json!({ "id": repair, "repairDecision": null });
    let fault = world.act("road-head", "grantRepairApplication", without).await;
    assert!(fault.get("errors").is_some(), "a missing document is a fault of the input");
    let aside =
        "mutation($id: ID!, $key: UUID!) { stepAside(id: $id, idempotencyKey: $key, reason: \"近亲属\") { refusal { reasons { code } } } }";
    world.query("road-head", aside, json!({ "id": repair, "key": uuid::Uuid::new_v4() })).await;
    let decision = world.paper("road-head", "决定书").await;
    world.refused("road-head", "grantRepairApplication", json!({ "id": repair, "repairDecision": decision }), "STEPPED_ASIDE").await;
    let decision = world.paper("road-head-2", "决定书").await;
    world.done("road-head-2", "grantRepairApplication", json!({ "id": repair, "repairDecision": decision })).await;
    world.finish().await;
}

async fn extension_is_once_and_in_time(world: World) {
    let (_, repair) = ready(&world).await;
    world.done("road", "acceptRepairApplication", json!({ "id": repair })).await;
    let query = "query($id: ID!) { case(id: $id) { deadlines { key status dueOn } } }";
    let due = async |key: &str| {
        let data = world.query("road", query, json!({ "id": repair })).await;
        let rows = data["case"]["deadlines"].as_array().cloned().unwrap_or_default();
        rows.into_iter().find(|row| row["key"] == key && row["status"] == "OPEN").map(|row| row["dueOn"].clone())
    };
    // Seven working days from Monday 22 June 2026, then ten more (Order 36 art. 16(3)).
    assert_eq!(due("result").await, Some(json!("2026-07-01")));
    world.done("road-head", "extendRepairApplication", json!({ "id": repair, "reason": "需要实地核查" })).await;
    assert_eq!(due("result").await, Some(json!("2026-07-15")));
    assert_eq!(due("answer").await, Some(json!("2026-07-20")));
    let again = json!({ "id": repair, "reason": "仍需核查" });
    world.refused("road-head", "extendRepairApplication", again, "ALREADY_DONE").await;
    world.on("2026-07-16").await;
    let found = world.query("road", query, json!({ "id": repair })).await;
    let missed = found["case"]["deadlines"].as_array().unwrap().iter().any(|row| row["key"] == "result" && row["status"] == "MISSED");
    assert!(missed, "a missed deadline is noted and changes no state: {found}");
    assert_eq!(world.state(&repair).await, "unit_review");
    world.finish().await;
}

async fn strangers_see_nothing(world: World) {
    let (record, repair) = ready(&world).await;
    for id in [&record, &repair] {
        let data = world.query("stranger", "query($id: ID!) { case(id: $id) { number } }", json!({ "id": id })).await;
        assert!(data["case"].is_null());
    }
    let public = world.ask(None, "query($id: ID!) { case(id: $id) { number } }", json!({ "id": record })).await;
    assert_eq!(public["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
    let open = json!({ "record": record, "application": steps::application() });
    let stranger = world.act("stranger", "openRepairApplication", open).await;
    assert_eq!(stranger["errors"][0]["extensions"]["code"], "NOT_FOUND");
    world.finish().await;
}

async fn lapse_needs_a_reminder(world: World) {
    let (_, repair) = ready(&world).await;
    world.done("road", "askRepairSupplement", json!({ "id": repair, "missingPapers": ["缴款凭证"] })).await;
    let lapse = json!({ "id": repair, "reason": "逾期未补正" });
    world.refused("road", "lapseRepairApplication", lapse.clone(), "NOT_YET_DONE").await;
    // Five working days for the supplement, then a reminder by the timer, then three more.
    world.on("2026-06-30").await;
    let reason = world.refused("road", "lapseRepairApplication", lapse.clone(), "DEADLINE_RUNS").await;
    let opens = reason["opensOn"].as_str().unwrap().to_owned();
    world.on(&opens).await;
    world.done("road", "lapseRepairApplication", lapse).await;
    assert_eq!(world.state(&repair).await, "lapsed");
    world.finish().await;
}

async fn record_end_moots(world: World) {
    let (record, repair) = ready(&world).await;
    let paper = world.paper("road", "撤销决定").await;
    let retract = json!({ "id": record, "reason": "处罚被复议机关撤销", "knownOn": "2026-06-22", "annullingDocument": paper });
    world.done("road", "retractPublicationRecord", retract).await;
    assert_eq!(world.state(&repair).await, "moot");
    assert_eq!(world.state(&record).await, "retracting");
    assert!(world.published().await.is_empty());
    let points = json!(["tell_reasons", "tell_credit_office", "platform_cancelled", "lift_measures"]);
    world.done("road", "confirmRetractionOrder", json!({ "id": record, "points": points })).await;
    assert_eq!(world.state(&record).await, "retracted");
    world.finish().await;
}
