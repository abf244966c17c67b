//! False materials: refusal or revocation, a record for three years, no repair for three years (Order 36 art. 25).

use serde_json::json;

use super::steps;
use crate::{on_both, support::world::{World, record}};

on_both!(revocation_restores_and_bars);

async fn revocation_restores_and_bars(world: World) {
    let id = steps::registered(&world, record(1)).await;
    world.on("2026-06-22").await;
    steps::bound(&world, 1).await;
    steps::duties_done(&world, &id, "2026-05-10").await;
    let repair = steps::applied(&world, &id).await;
    steps::reviewed(&world, &repair).await;
    steps::granted(&world, &repair).await;
    let input = async |login: &str| {
        let finding = world.paper(login, "虚假认定书").await;
        let hearing = world.paper(login, "听取意见记录").await;
        json!({ "id": repair, "reason": "缴款凭证系伪造", "falsityFinding": finding, "hearingRecord": hearing })
    };
    world.refused("road-head", "revokeRepair", input("road-head").await, "SAME_PERSON").await;
    world.done("road-head-2", "revokeRepair", input("road-head-2").await).await;
    assert_eq!(world.state(&repair).await, "revoked");
    assert_eq!(world.state(&id).await, "published", "the setting restores the original");
    assert_eq!(world.published().await.len(), 2, "the original and the falsity record");
    let open = json!({ "record": id, "application": steps::application() });
    let case = world.done("company", "openRepairApplication", open).await;
    let letter = world.paper("company", "信用承诺书").await;
    let apply = json!({ "id": case["id"], "commitmentLetter": letter });
    let reason = world.refused("company", "applyForRepair", apply, "BARRED_FOR_FALSITY").await;
    assert_eq!(reason["opensOn"], "2029-06-23");
    // Three years later the falsity record has ended by itself; the original ended at its own maximum.
    world.on("2029-06-23").await;
    assert!(world.published().await.is_empty());
    world.finish().await;
}
