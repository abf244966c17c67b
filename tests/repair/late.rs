//! A supplement that came in time counts, although the application has lapsed before somebody entered it.

use serde_json::{Value, json};

use super::steps;
use crate::{
    on_both,
    support::world::{World, record},
};

on_both!(a_supplement_in_time_takes_a_lapsed_application_up_again a_lapse_is_not_signed_before_its_time);

/// Asked on 22 June 2026 for a paper; nobody answers.
async fn asked(world: &World) -> (String, String) {
    let record = steps::registered(world, record(1)).await;
    steps::bound(world, 1).await;
    world.on("2026-06-22").await;
    steps::duties_done(world, &record, "2026-05-10").await;
    let repair = steps::applied(world, &record).await;
    world.done("road", "askRepairSupplement", json!({ "id": repair, "missingPapers": ["缴款凭证"] })).await;
    (record, repair)
}

/// The first day after the last time for the supplement.
async fn over(world: &World, repair: &str) -> String {
    world.on("2026-06-30").await;
    let lapse = json!({ "id": repair, "reason": "逾期未补正" });
    let runs = world.refused("road", "lapseRepairApplication", lapse, "DEADLINE_RUNS").await;
    runs["opensOn"].as_str().expect("a day").to_owned()
}

async fn supplement(world: &World, repair: &str, on: &str) -> Value {
    let (proof, stamp) = (world.paper("counter", "缴款凭证").await, world.paper("counter", "邮戳").await);
    json!({ "id": repair, "points": ["point_1"], "proofOfPerformance": proof, "proofOfReceipt": stamp, "receivedOn": on })
}

async fn a_supplement_in_time_takes_a_lapsed_application_up_again(world: World) {
    let (record, repair) = asked(&world).await;
    let over = over(&world, &repair).await;
    let last = crate::support::world::day(&over).previous_day().expect("a day").to_string();
    world.on(&over).await;
    world.done("road", "lapseRepairApplication", json!({ "id": repair, "reason": "逾期未补正" })).await;
    assert_eq!(world.state(&repair).await, "lapsed");
    world.refused("counter", "resubmitRepairApplication", supplement(&world, &repair, &over).await, "DEADLINE_OVER").await;
    let mut unproved = supplement(&world, &repair, &last).await;
    unproved.as_object_mut().expect("an input").remove("proofOfReceipt");
    world.refused("counter", "resubmitRepairApplication", unproved, "MISSING_DOCUMENT").await;
    let own = json!({ "id": repair, "points": ["point_1"], "receivedOn": last });
    world.refused("company", "resubmitRepairApplication", own, "ROLE_DOES_NOT_ALLOW").await;
    // Another application about the same record goes first.
    let open = json!({ "record": record, "application": steps::application() });
    let other = world.done("company", "openRepairApplication", open).await["id"].clone();
    world.refused("counter", "resubmitRepairApplication", supplement(&world, &repair, &last).await, "OTHER_APPLICATION_OPEN").await;
    world.done("company", "withdrawRepairApplication", json!({ "id": other })).await;
    world.done("counter", "resubmitRepairApplication", supplement(&world, &repair, &last).await).await;
    assert_eq!(world.state(&repair).await, "acceptance_check");
    let found =
        world.query("auditor", "query($id: ID!) { case(id: $id) { deadlines { key status startOn } } }", json!({ "id": repair })).await;
    let rows = found["case"]["deadlines"].as_array().cloned().unwrap_or_default();
    let runs = rows.iter().find(|row| row["key"] == "acceptance" && row["status"] == "OPEN").unwrap_or_else(|| panic!("{rows:?}"));
    assert_eq!(runs["startOn"], last.as_str(), "the time to accept runs from the receipt: {rows:?}");
    world.done("road", "acceptRepairApplication", json!({ "id": repair })).await;
    world.finish().await;
}

async fn a_lapse_is_not_signed_before_its_time(world: World) {
    let (_, repair) = asked(&world).await;
    let over = over(&world, &repair).await;
    let last = crate::support::world::day(&over).previous_day().expect("a day").to_string();
    world.on("2026-07-20").await;
    let lapse = |on: &str| json!({ "id": repair, "reason": "逾期未补正", "signedOn": on });
    world.refused("road", "lapseRepairApplication", lapse(&last), "DEADLINE_RUNS").await;
    world.done("road", "lapseRepairApplication", lapse(&over)).await;
    world.finish().await;
}
