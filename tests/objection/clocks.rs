//! Each route has its own clocks; where both run, the earlier one presses first (Order 36 art. 18; Sichuan Regulation art. 49).

use serde_json::json;

use super::steps;
use crate::{on_both, support::world::World};

on_both!(both_clocks_of_a_direct_objection the_platforms_clock_alone appraisal_is_not_counted extended_once_and_in_time);

async fn both_clocks_of_a_direct_objection(world: World) {
    let challenged = steps::record_of_company(&world).await;
    let id = steps::filed(&world, &challenged, "CONTENT_WRONG").await;
    // From Wednesday 1 April 2026 over Qingming, 4 to 6 April: two, three and ten working days.
    assert_eq!(steps::due(&world, &id).await, json!({ "acceptance": "2026-04-03", "own": "2026-04-07", "written_answer": "2026-04-16" }));
    world.on("2026-04-02").await;
    world.done("road", "acceptObjection", json!({ "id": id })).await;
    assert_eq!(steps::due(&world, &id).await["verification"], "2026-04-14", "seven working days from acceptance");
    let letter = world.paper("road", "协助核实函").await;
    world.refused("road", "receiveHelp", json!({ "id": id, "otherUnitsAnswer": letter }), "NOT_YET_DONE").await;
    world.done("road", "askOtherUnit", json!({ "id": id, "requestForHelp": letter })).await;
    let due = steps::due(&world, &id).await;
    assert_eq!((&due["own"], &due["other_unit"]), (&json!(null), &json!("2026-04-09")), "five working days from receipt: {due}");
    world.done("road", "receiveHelp", json!({ "id": id, "otherUnitsAnswer": letter })).await;
    world.finish().await;
}

async fn the_platforms_clock_alone(world: World) {
    let challenged = steps::record_of_company(&world).await;
    world.on("2026-04-03").await;
    let input = json!({ "challenged": challenged, "objection": steps::objection("CONTENT_WRONG"), "cameBy": "PLATFORM", "externalNumber": "YY1", "receivedOn": "2026-04-02" });
    world.refused("road", "registerObjection", input.clone(), "ROLE_DOES_NOT_ALLOW").await;
    let case = world.done("platform", "registerObjection", input).await;
    let id = case["id"].as_str().unwrap();
    assert_eq!(
        steps::due(&world, id).await,
        json!({ "acceptance": "2026-04-07" }),
        "two working days of the push on 2 April, not of its entry"
    );
    world.done("road", "acceptObjection", json!({ "id": id })).await;
    assert_eq!(steps::due(&world, id).await, json!({ "verification": "2026-04-15" }));
    world.finish().await;
}

async fn appraisal_is_not_counted(world: World) {
    let challenged = steps::record_of_company(&world).await;
    let id = steps::filed(&world, &challenged, "CONTENT_WRONG").await;
    world.done("road", "acceptObjection", json!({ "id": id })).await;
    let order = world.paper("road", "检测委托书").await;
    world.done("road", "startAppraisal", json!({ "id": id, "appraisalOrder": order })).await;
    assert_eq!(world.state(&id).await, "appraisal");
    world.on("2026-04-20").await;
    let report = world.paper("road", "检测报告").await;
    world.done("road", "endAppraisal", json!({ "id": id, "appraisalReport": report })).await;
    let due = steps::due(&world, &id).await;
    // Nothing of 2 to 20 April counts: three working days from 21 April.
    assert_eq!(due["own"], "2026-04-23", "{due}");
    world.finish().await;
}

async fn extended_once_and_in_time(world: World) {
    let challenged = steps::record_of_company(&world).await;
    let id = steps::filed(&world, &challenged, "CONTENT_WRONG").await;
    world.done("road", "acceptObjection", json!({ "id": id })).await;
    let extend = json!({ "id": id, "reason": "需要实地核查" });
    world.done("road-head", "extendObjection", extend.clone()).await;
    assert_eq!(steps::due(&world, &id).await["verification"], "2026-04-20", "seven and five working days");
    world.refused("road-head", "extendObjection", extend.clone(), "ALREADY_DONE").await;
    world.on("2026-04-21").await;
    world.refused("road-head", "extendObjection", extend, "DEADLINE_OVER").await;
    world.finish().await;
}
