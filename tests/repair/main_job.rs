//! The main job: record, publication, repair, release.

use serde_json::json;

use super::steps;
use crate::{
    on_both,
    support::world::{World, record},
};

on_both!(from_record_to_release);

async fn from_record_to_release(world: World) {
    let mut input = record(1);
    input["measures"] = json!(["key_inspection"]);
    let id = steps::registered(&world, input).await;
    assert_eq!(world.state(&id).await, "scheduled");
    assert!(world.published().await.is_empty(), "nothing is shown before its day");

    // Order 36 art. 12: general class, three months to one year from 20 March; publication after seven working days.
    let query = "query($id: ID!) { case(id: $id) { ... on PublicationRecord { class minLastDay earliestRepair maxLastDay } } }";
    let shown = world.query("road", query, json!({ "id": id })).await["case"].clone();
    assert_eq!(
        shown,
        json!({ "class": "GENERAL", "minLastDay": "2026-06-20", "earliestRepair": "2026-06-21", "maxLastDay": "2027-03-20" })
    );
    world.on("2026-04-14").await;
    assert_eq!(world.state(&id).await, "published");
    assert_eq!(world.published().await.len(), 1);

    steps::bound(&world, 1).await;
    let early = steps::applied(&world, &id).await;
    let reason = world.refused("road", "acceptRepairApplication", json!({ "id": early }), "MIN_TERM_RUNS").await;
    assert_eq!(reason["opensOn"], "2026-06-21");
    assert_eq!(reason["article"]["key"], "order_36_2025/art_12_2");
    world.done("company", "withdrawRepairApplication", json!({ "id": early })).await;

    steps::duties_done(&world, &id, "2026-04-10").await;
    world.on("2026-06-22").await;
    let repair = steps::applied(&world, &id).await;
    world.done("road", "askRepairSupplement", json!({ "id": repair, "missingPapers": ["补交承诺书原件"] })).await;
    let letter = world.paper("company", "承诺书原件").await;
    let missing = json!({ "id": repair, "points": [], "commitmentLetter": letter });
    world.refused("company", "resubmitRepairApplication", missing, "ITEMS_OPEN").await;
    let full = json!({ "id": repair, "points": ["point_1"], "commitmentLetter": letter });
    world.done("company", "resubmitRepairApplication", full).await;
    let again = json!({ "id": repair, "missingPapers": ["再要一份"] });
    world.refused("road", "askRepairSupplement", again, "ALREADY_DONE").await;

    steps::reviewed(&world, &repair).await;
    steps::granted(&world, &repair).await;
    assert_eq!(world.state(&id).await, "stopped_by_repair");
    assert!(world.published().await.is_empty(), "publication stops with the grant");

    let some = json!({ "id": repair, "points": ["stop_publication", "stop_sharing", "lift_measures"] });
    world.done("road", "confirmReleaseOrder", some).await;
    assert_eq!(world.state(&repair).await, "granted");
    let rest = json!({ "id": repair, "points": ["update_evaluation", "report_credit_china"] });
    world.done("road", "confirmReleaseOrder", rest).await;
    assert_eq!(world.state(&repair).await, "closed");
    world.finish().await;
}
