//! The end of publication: by itself at midnight, held where duties are undone, shielded meanwhile.

use serde_json::{Value, json};

use crate::{
    on_both,
    repair::steps,
    support::world::{World, record},
};

on_both!(ends_by_itself_when_duties_are_done held_at_the_maximum shielded_at_the_maximum down_for_a_week);

async fn ends_by_itself_when_duties_are_done(world: World) {
    let id = steps::registered(&world, record(1)).await;
    world.on("2026-05-06").await;
    steps::duties_done(&world, &id, "2026-05-05").await;
    world.on("2027-03-20").await;
    assert_eq!(world.published().await.len(), 1, "the last day counts");
    world.on("2027-03-21").await;
    assert!(world.published().await.is_empty());
    assert_eq!(world.state(&id).await, "stopped_by_expiry");
    world.finish().await;
}

async fn held_at_the_maximum(world: World) {
    let id = steps::registered(&world, record(1)).await;
    world.on("2027-03-21").await;
    assert_eq!(world.state(&id).await, "held_at_max");
    assert!(world.published().await.is_empty(), "what is held is not shown");
    let rule = world.paper("policy-head", "行业规定").await;
    let input = json!({ "id": id, "reason": "拒不履行", "until": "2027-03-21", "sectorRule": rule });
    world.refused("policy-head", "decideToContinue", input, "DATE_OUT_OF_ORDER").await;
    steps::duties_done(&world, &id, "2027-03-21").await;
    assert_eq!(world.state(&id).await, "stopped_by_expiry");
    world.finish().await;
}

async fn shielded_at_the_maximum(world: World) {
    let id = steps::registered(&world, record(1)).await;
    world.on("2026-05-06").await;
    let order = world.paper("road", "裁定书").await;
    let ground = json!({ "id": id, "ground": "REORGANISATION_PLAN", "scope": ["融资"], "rulingReceivedOn": "2026-05-06", "courtOrReviewOrder": order });
    world.done("road", "shieldPublicationRecord", ground).await;
    assert!(world.published().await.is_empty());
    let second =
        json!({ "id": id, "ground": "REVIEW_STAY", "scope": ["停止执行"], "rulingReceivedOn": "2026-05-06", "courtOrReviewOrder": order });
    world.done("road", "addShieldGround", second).await;
    let end =
        |key: &str, order: &Value| json!({ "id": id, "points": [key], "rulingReceivedOn": "2026-05-06", "courtOrReviewOrder": order });
    world.done("road", "endShieldGround", end("reorganisation_plan_1", &order)).await;
    assert_eq!(world.state(&id).await, "shielded", "another ground stands");
    world.on("2027-04-01").await;
    // An upload is kept for thirty days; a year later the order is sent in anew.
    let order = world.paper("road", "裁定书").await;
    world.refused("road", "endShieldGround", end("reorganisation_plan_1", &order), "UNKNOWN_ITEM").await;
    world.done("road", "endShieldGround", end("review_stay_2", &order)).await;
    assert_eq!(world.state(&id).await, "held_at_max", "the term ran while shielded, duties are undone");
    world.finish().await;
}

async fn down_for_a_week(world: World) {
    let id = steps::registered(&world, record(1)).await;
    // No timer runs for weeks; the next act on the case runs them first, each as of its legal day.
    let to = domain::moment::Micros(domain::moment::Micros::start_of(crate::support::world::day("2026-05-06")).0);
    let act = domain::admin::AdminAct::AdvanceClock { to };
    api::city::acts::operate(&world.app, act, Vec::new()).await.expect("the clock moves");
    steps::duties_done(&world, &id, "2026-05-05").await;
    let query = "query($id: ID!) { case(id: $id) { ... on PublicationRecord { publishedOn history(first: 50, order: OLDEST_FIRST) { edges { node { verb effectiveOn } } } } } }";
    let shown = world.query("auditor", query, json!({ "id": id })).await["case"].clone();
    assert_eq!(shown["publishedOn"], "2026-04-13", "seven working days from 1 April, Qingming left out");
    let published = shown["history"]["edges"].as_array().unwrap().iter().find(|edge| edge["node"]["verb"] == "publish").cloned();
    assert_eq!(published.unwrap()["node"]["effectiveOn"], "2026-04-13");
    world.finish().await;
}
