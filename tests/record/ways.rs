//! What may happen to a record besides running its term: correction, determination, shielding that ends, a stop by rule.

use serde_json::json;

use crate::{
    on_both,
    repair::steps,
    support::world::{World, record},
};

on_both!(corrected_and_reported determined_for_publication shielding_ends_where_it_began stopped_at_the_maximum_by_a_sector_rule);

async fn corrected_and_reported(world: World) {
    let id = steps::registered(&world, record(1)).await;
    let early = world.paper("road", "更正报送回执").await;
    world.refused("road", "confirmCorrection", json!({ "id": id, "evidence": early }), "NOT_YET_DONE").await;
    let mut right = record(1);
    right["content"] = json!("罚款8000元");
    let paper = world.paper("road", "更正通知书").await;
    world
        .done(
            "road",
            "correctPublicationRecord",
            json!({ "id": id, "reason": "金额录入错误", "correctionDocument": paper, "record": right }),
        )
        .await;
    let receipt = world.paper("road", "更正报送回执").await;
    world.done("road", "confirmCorrection", json!({ "id": id, "evidence": receipt })).await;
    world.on("2026-04-14").await;
    let shown = world.ask(None, "{ published(first: 5) { nodes { content } } }", json!({})).await;
    assert_eq!(shown["data"]["published"]["nodes"][0]["content"], "罚款8000元", "{shown}");
    world.finish().await;
}

async fn determined_for_publication(world: World) {
    let mut open = record(1);
    open["penalties"] = json!([{ "kind": "CONFISCATION_OF_UNLAWFUL_GAINS" }]);
    let id = steps::registered(&world, open).await;
    let paper = world.paper("road-head", "定类决定").await;
    let input = json!({ "id": id, "reason": "数额较大", "recordClass": "GENERAL", "determinationDecision": paper });
    world.done("road-head", "determinePublicationRecordForPublication", input).await;
    assert_eq!(world.state(&id).await, "scheduled");
    world.finish().await;
}

async fn shielding_ends_where_it_began(world: World) {
    let published = steps::registered(&world, record(1)).await;
    let mut minor = record(2);
    minor["penalties"] = json!([{ "kind": "WARNING" }]);
    let unpublished = steps::registered(&world, minor).await;
    world.on("2026-05-06").await;
    let scheduled = steps::registered(&world, record(3)).await;
    let order = world.paper("road", "裁定书").await;
    for (id, state) in [(&published, "published"), (&unpublished, "not_published"), (&scheduled, "scheduled")] {
        let ground =
            json!({ "id": id, "ground": "COURT_STAY", "scope": ["整条"], "rulingReceivedOn": "2026-05-06", "courtOrReviewOrder": order });
        world.done("road", "shieldPublicationRecord", ground).await;
        assert_eq!(world.state(id).await, "shielded");
        let end = json!({ "id": id, "points": ["court_stay_1"], "rulingReceivedOn": "2026-05-06", "courtOrReviewOrder": order });
        world.done("road", "endShieldGround", end).await;
        assert_eq!(world.state(id).await, state);
    }
    world.on("2026-06-01").await;
    assert_eq!(world.state(&scheduled).await, "published", "what was to be published is, counted from the end of the shield");
    world.finish().await;
}

async fn stopped_at_the_maximum_by_a_sector_rule(world: World) {
    let id = steps::registered(&world, record(1)).await;
    world.on("2027-04-01").await;
    assert_eq!(world.state(&id).await, "held_at_max");
    let rule = world.paper("policy-head", "行业规定").await;
    world.done("policy-head", "decideToStop", json!({ "id": id, "reason": "行业规定到期即止", "sectorRule": rule })).await;
    assert_eq!(world.state(&id).await, "stopped_by_expiry");
    world.finish().await;
}
