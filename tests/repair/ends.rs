//! What comes after the decision: the record's own end, its annulment, and a repair that cannot be undone any more.

use serde_json::{Value, json};

use super::steps;
use crate::{
    on_both,
    support::world::{World, record},
};

on_both!(
    duties_and_restrictions_stand_before_a_grant
    decided_applications_note_that_the_record_ended
    decided_applications_note_that_the_base_fell
    revoked_without_restoration
);

/// Records whose minimum term is over, of the companies that `company` acts for.
async fn ripe(world: &World, inputs: Vec<Value>) -> Vec<String> {
    let (mut ids, count) = (Vec::new(), inputs.len());
    for input in inputs {
        ids.push(steps::registered(world, input).await);
    }
    world.on("2026-06-22").await;
    for number in 1..=count {
        steps::bound(world, u32::try_from(number).expect("few")).await;
    }
    ids
}

async fn grant(world: &World, id: &str) -> Value {
    json!({ "id": id, "repairDecision": world.paper("road-head", "信用修复决定书").await })
}

async fn revoke(world: &World, id: &str) {
    let (finding, hearing) = (world.paper("road-head-2", "虚假认定书").await, world.paper("road-head-2", "听取意见记录").await);
    world
        .done(
            "road-head-2",
            "revokeRepair",
            json!({ "id": id, "reason": "证明系伪造", "falsityFinding": finding, "hearingRecord": hearing }),
        )
        .await;
}

async fn decline(world: &World, id: &str) {
    world.done("road", "declineRepairApplication", json!({ "id": id, "reasonCode": "EVIDENCE_INSUFFICIENT", "reason": "证明不足" })).await;
}

async fn duties_and_restrictions_stand_before_a_grant(world: World) {
    let mut banned = record(2);
    banned["penalties"] = json!([{ "kind": "FINE", "size": "LARGER" }, { "kind": "LICENCE_SUSPENSION", "until": "2026-12-31" }]);
    let ids = ripe(&world, vec![record(1), banned]).await;
    let repair = steps::applied(&world, &ids[0]).await;
    steps::reviewed(&world, &repair).await;
    world.refused("road-head", "grantRepairApplication", grant(&world, &repair).await, "DUTIES_NOT_DONE").await;
    let repair = steps::applied(&world, &ids[1]).await;
    let reason = world.refused("road", "acceptRepairApplication", json!({ "id": repair }), "RESTRICTION_RUNNING").await;
    assert_eq!(reason["opensOn"], "2027-01-01", "{reason}");
    world.finish().await;
}

async fn decided_applications_note_that_the_record_ended(world: World) {
    let id = ripe(&world, vec![record(1)]).await.remove(0);
    let repair = steps::applied(&world, &id).await;
    decline(&world, &repair).await;
    steps::duties_done(&world, &id, "2026-06-22").await;
    world.on("2027-03-21").await;
    assert_eq!(world.state(&id).await, "stopped_by_expiry");
    assert_eq!(world.state(&repair).await, "declined", "what was decided stands");
    let query =
        "query($id: ID!) { case(id: $id) { ... on RepairApplication { history(first: 50, order: OLDEST_FIRST) { nodes { verb } } } } }";
    let verbs = world.query("auditor", query, json!({ "id": repair })).await["case"]["history"].to_string();
    assert!(verbs.contains("note_record_ended"), "{verbs}");
    world.finish().await;
}

async fn decided_applications_note_that_the_base_fell(world: World) {
    let id = ripe(&world, vec![record(1)]).await.remove(0);
    steps::duties_done(&world, &id, "2026-06-22").await;
    let declined = steps::applied(&world, &id).await;
    decline(&world, &declined).await;
    let granted = steps::applied(&world, &id).await;
    steps::reviewed(&world, &granted).await;
    steps::granted(&world, &granted).await;
    let paper = world.paper("road", "撤销决定").await;
    let retract = json!({ "id": id, "reason": "处罚被撤销", "knownOn": "2026-06-22", "annullingDocument": paper });
    world.done("road", "retractPublicationRecord", retract).await;
    assert_eq!((world.state(&declined).await, world.state(&granted).await), ("declined".into(), "granted".into()));
    let paper = world.paper("road-head-2", "复查意见").await;
    let reopen = json!({ "id": declined, "reason": "复查认为原决定不当", "reopeningDocument": paper });
    world.refused("road-head-2", "reopenRepairApplication", reopen, "BASE_DOCUMENT_ANNULLED").await;
    world.finish().await;
}

async fn revoked_without_restoration(world: World) {
    let ids = ripe(&world, vec![record(1), record(2)]).await;
    let mut repairs = Vec::new();
    for id in &ids {
        steps::duties_done(&world, id, "2026-06-22").await;
        let repair = steps::applied(&world, id).await;
        steps::reviewed(&world, &repair).await;
        steps::granted(&world, &repair).await;
        repairs.push(repair);
    }
    world.setting("restore_on_revocation", "false").await;
    revoke(&world, &repairs[0]).await;
    assert_eq!(world.state(&ids[0]).await, "stopped_by_repair", "the setting leaves it stopped");
    world.setting("restore_on_revocation", "true").await;
    world.on("2027-03-21").await;
    revoke(&world, &repairs[1]).await;
    assert_eq!(world.state(&ids[1]).await, "stopped_by_repair", "its term is over");
    world.finish().await;
}
