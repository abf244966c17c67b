//! What is annulled is taken back: each duty has its own clock and is met by its own point. Measures wait for a plan.

use std::collections::BTreeMap;

use api::city::acts;
use domain::admin::AdminAct;
use serde_json::{Value, json};

use crate::{
    listing, on_both,
    repair::steps,
    support::world::{World, record},
};

on_both!(
    every_duty_of_a_retraction_has_its_own_clock
    a_record_retracted_with_its_listing_has_the_same_clocks
    measures_wait_for_a_plan_and_come_back
    what_a_sector_rule_continues_ends_with_the_duties
);

/// Status and last day of each deadline of a case.
async fn clocks(world: &World, id: &str) -> BTreeMap<String, (String, String)> {
    let query = "query($id: ID!) { case(id: $id) { deadlines { key status dueOn } } }";
    let rows = world.query("auditor", query, json!({ "id": id })).await["case"]["deadlines"].as_array().cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    rows.iter().map(|row| (text(&row["key"]), (text(&row["status"]).to_lowercase(), text(&row["dueOn"])))).collect()
}

fn is(status: &str, due: &str) -> (String, String) {
    (status.to_owned(), due.to_owned())
}

async fn every_duty_of_a_retraction_has_its_own_clock(world: World) {
    let mut input = record(1);
    input["measures"] = json!(["talk_to"]);
    let id = steps::registered(&world, input).await;
    world.on("2026-10-09").await;
    let paper = world.paper("road", "撤销决定").await;
    // Known on Friday 9 October; Saturday 10 October is worked.
    let retract = json!({ "id": id, "reason": "处罚被撤销", "knownOn": "2026-10-09", "annullingDocument": paper });
    world.done("road", "retractPublicationRecord", retract).await;
    let first = clocks(&world, &id).await;
    assert_eq!(first["retract_in_time"], is("met", "2026-10-13"));
    assert_eq!(first["reasons"], is("open", "2026-10-13"), "three days to say why, of its own (Penalty Law arts. 48, 85)");
    assert_eq!(first["tell_office"], is("open", "2026-10-15"), "five days to tell the office (Sichuan Regulation art. 51)");
    assert!(!first.contains_key("office_acts"), "the office's days begin when it is told");
    world.on("2026-10-12").await;
    let confirm = |points: Value| json!({ "id": id, "points": points });
    world.done("road", "confirmRetractionOrder", confirm(json!(["tell_credit_office"]))).await;
    let told = clocks(&world, &id).await;
    assert_eq!(told["tell_office"], is("met", "2026-10-15"), "met when the office is told, not when it has acted");
    assert_eq!(told["office_acts"], is("open", "2026-10-15"), "the office has three working days of its own");
    assert_eq!(told["reasons"].0, "open");
    // A week later the office has acted late, and the reasons are late by themselves.
    world.on("2026-10-19").await;
    world.done("road", "confirmRetractionOrder", confirm(json!(["platform_cancelled", "lift_measures"]))).await;
    let late = clocks(&world, &id).await;
    assert_eq!(
        (late["office_acts"].0.as_str(), late["tell_office"].0.as_str(), late["reasons"].0.as_str()),
        ("missed", "met", "missed"),
        "{late:?}"
    );
    world.done("road", "confirmRetractionOrder", confirm(json!(["tell_reasons"]))).await;
    assert_eq!(world.state(&id).await, "retracted");
    world.finish().await;
}

async fn a_record_retracted_with_its_listing_has_the_same_clocks(world: World) {
    let (id, _) = listing::steps::opened(&world).await;
    let listed = listing::steps::in_effect(&world, &id).await;
    world.on("2026-10-09").await;
    let paper = world.paper("road-head", "撤销决定").await;
    let annul = json!({ "id": id, "reason": "列入决定被撤销", "knownOn": "2026-10-09", "annullingDocument": paper });
    world.done("road-head", "annulListing", annul).await;
    assert_eq!(world.state(&listed).await, "retracting");
    let found = clocks(&world, &listed).await;
    assert_eq!(found["retract_in_time"], is("met", "2026-10-13"));
    assert_eq!(found["reasons"], is("open", "2026-10-13"));
    assert_eq!(found["tell_office"], is("open", "2026-10-15"));
    world.finish().await;
}

async fn standing(world: &World) -> Vec<String> {
    world.texts("SELECT standing FROM measure ORDER BY \"key\"").await
}

async fn measures_wait_for_a_plan_and_come_back(world: World) {
    let mut input = record(1);
    input["measures"] = json!(["key_inspection", "talk_to"]);
    let id = steps::registered(&world, input).await;
    steps::bound(&world, 1).await;
    world.on("2026-05-06").await;
    let order = world.paper("road", "裁定书").await;
    let ground = |word: &str, measures: Value| json!({ "id": id, "ground": word, "scope": ["融资"], "hinderingMeasures": measures, "rulingReceivedOn": "2026-05-06", "courtOrReviewOrder": order });
    world
        .refused("road", "shieldPublicationRecord", ground("REORGANISATION_PLAN", json!(["no_conveniences"])), "MEASURE_NOT_IN_FORCE")
        .await;
    world.refused("road", "shieldPublicationRecord", ground("COURT_STAY", json!(["talk_to"])), "MEASURE_NOT_IN_FORCE").await;
    world.done("road", "shieldPublicationRecord", ground("COURT_STAY", Value::Null)).await;
    assert_eq!(standing(&world).await, ["active", "active"], "a stay lifts no measures");
    world.done("road", "addShieldGround", ground("REORGANISATION_PLAN", json!(["talk_to"]))).await;
    assert_eq!(standing(&world).await, ["active", "suspended"], "only what hinders the plan (Order 36 art. 20)");
    let end = |key: &str| json!({ "id": id, "points": [key], "rulingReceivedOn": "2026-05-06", "courtOrReviewOrder": order });
    world.done("road", "endShieldGround", end("reorganisation_plan_2")).await;
    assert_eq!(standing(&world).await, ["active", "active"], "the plan failed: they are back while the stay goes on");
    world.done("road", "endShieldGround", end("court_stay_1")).await;
    assert_eq!(world.state(&id).await, "published");
    let letters = world.texts("SELECT arguments FROM notice WHERE letter = 'shield_ended'").await;
    let cites: Vec<Value> = letters.iter().map(|text| serde_json::from_str::<Value>(text).expect("JSON")["citations"].clone()).collect();
    assert_eq!(cites, [json!(["order_36_2025/art_19"])], "after a stay art. 19");
    // Where nothing is named everything waits.
    world.done("road", "shieldPublicationRecord", ground("SETTLEMENT", Value::Null)).await;
    assert_eq!(standing(&world).await, ["suspended", "suspended"]);
    world.finish().await;
}

const RULE: &str = "[[sector_rule]]\nkey = \"made_up\"\nzh = \"示例规定\"\nen = \"made-up rule\"\ncites = \"order_36_2025/art_12_2\"\nlongest = { value = 3, unit = \"month\", cites = \"order_36_2025/art_12_2\", mark = \"partly\" }\n";

async fn what_a_sector_rule_continues_ends_with_the_duties(world: World) {
    let id = steps::registered(&world, record(1)).await;
    world.on("2027-03-22").await;
    assert_eq!(world.state(&id).await, "held_at_max");
    let paper = world.paper("policy-head", "行业规定").await;
    let go_on =
        |rule: Option<&str>, until: &str| json!({ "id": id, "reason": "拒不履行", "until": until, "rule": rule, "sectorRule": paper });
    for rule in [None, Some("made_up"), Some("order_36_2025")] {
        world.refused("policy-head", "decideToContinue", go_on(rule, "2027-04-30"), "SECTOR_RULE_NOT_LISTED").await;
    }
    acts::operate(&world.app, AdminAct::LoadLaw { path: "sector_rules.toml".into(), text: RULE.into() }, Vec::new())
        .await
        .expect("the rule");
    world.refused("policy-head", "decideToContinue", go_on(None, "2027-04-30"), "SECTOR_RULE_NOT_LISTED").await;
    // Three months from the last day of the maximum, 2027-03-20.
    world.refused("policy-head", "decideToContinue", go_on(Some("made_up"), "2027-06-21"), "SECTOR_RULE_ENDS").await;
    world.done("policy-head", "decideToContinue", go_on(Some("made_up"), "2027-06-20")).await;
    assert_eq!(world.published().await.len(), 1);
    world.on("2027-04-10").await;
    steps::duties_done(&world, &id, "2027-04-09").await;
    assert_eq!(world.state(&id).await, "stopped_by_expiry", "nothing holds it any more");
    assert!(world.published().await.is_empty());
    world.finish().await;
}
