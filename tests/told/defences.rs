//! Events of a listing case between its notice and its end, each brought about over HTTP.

use serde_json::json;

use super::table::{Watch, all_leave};
use crate::{listing::steps, on_both, repair, support::world::World};

on_both!(a_defence_tells_both_sides what_turns_up_after_the_service_is_told a_repair_of_the_record_ends_the_listing);

/// Notified on 1 April 2026; the company is bound.
async fn notified(world: &World) -> String {
    let (id, _) = steps::opened(world).await;
    repair::steps::bound(world, 1).await;
    steps::noticed(world, &id).await;
    steps::served(world, &id, "2026-04-01").await;
    id
}

async fn a_defence_tells_both_sides(world: World) {
    let id = notified(&world).await;
    world.on("2026-04-02").await;
    let mut watch = Watch::new(&world).await;
    let proof = world.paper("road-head", "送达回证").await;
    let right = json!({ "id": id, "reason": "送达日期有误", "serviceMethod": "DIRECT", "servedOn": "2026-04-02", "proofOfService": proof });
    world.done("road-head", "correctNoticeService", right).await;
    watch.told(&world, &["service of the notice corrected"]).await;
    let statement = world.paper("company", "陈述申辩书").await;
    world.done("company", "fileDefence", json!({ "id": id, "points": ["事实不清"], "statementOfDefence": statement })).await;
    watch.told(&world, &["defence filed"]).await;
    let answer = world.paper("road", "答复").await;
    world.done("road", "answerDefence", json!({ "id": id, "points": ["point_1"], "answerToDefence": answer })).await;
    watch.told(&world, &["defence answered"]).await;
    world.done("company", "askForHearing", json!({ "id": id })).await;
    watch.told(&world, &["hearing asked for"]).await;
    world.done("road", "callHearing", json!({ "id": id, "hearingOn": "2026-04-16" })).await;
    watch.told(&world, &["hearing called"]).await;
    world.done("road-head", "cancelListingCase", json!({ "id": id, "reason": "轻微并及时改正" })).await;
    watch.told(&world, &["listing cancelled"]).await;
    all_leave(&world).await;
    world.finish().await;
}

async fn what_turns_up_after_the_service_is_told(world: World) {
    let id = notified(&world).await;
    world.on("2026-04-20").await;
    let decide = steps::to_list(&world, &id, steps::decision()).await;
    world.done("leader", "decideToList", decide).await;
    let service = steps::service(&world, &id, "2026-04-20").await;
    world.done("road", "serveListingDecision", service).await;
    world.on("2026-04-24").await;
    let (paper, stamp) = (world.paper("counter", "陈述申辩书").await, world.paper("counter", "邮戳").await);
    let mut watch = Watch::new(&world).await;
    let defence =
        json!({ "id": id, "points": ["事实不清"], "statementOfDefence": paper, "proofOfReceipt": stamp, "receivedOn": "2026-04-15" });
    world.done("counter", "fileDefence", defence).await;
    watch.told(&world, &["defence found after the service"]).await;
    let request = json!({ "id": id, "hearingRequest": paper, "proofOfReceipt": stamp, "receivedOn": "2026-04-08" });
    world.done("counter", "askForHearing", request).await;
    watch.told(&world, &["request for a hearing found after the service"]).await;
    all_leave(&world).await;
    world.finish().await;
}

async fn a_repair_of_the_record_ends_the_listing(world: World) {
    let (id, _) = steps::opened(&world).await;
    let record = steps::in_effect(&world, &id).await;
    world.on("2027-04-06").await;
    repair::steps::duties_done(&world, &record, "2026-05-01").await;
    let repair = repair::steps::applied(&world, &record).await;
    repair::steps::reviewed(&world, &repair).await;
    let mut watch = Watch::new(&world).await;
    repair::steps::granted(&world, &repair).await;
    watch.told(&world, &["repair of a listing granted"]).await;
    all_leave(&world).await;
    world.finish().await;
}
