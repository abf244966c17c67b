//! What a record refuses, and the ends that only a detour leads to.

use serde_json::{Value, json};

use crate::{
    listing, on_both,
    repair::steps,
    support::world::{World, record},
};

on_both!(
    duties_are_done_once
    a_falsity_record_is_neither_corrected_nor_repaired
    an_unpublished_record_is_corrected
    an_annulled_record_carries_nothing_more
    a_related_record_ends_when_its_shield_does
);

async fn duties_are_done_once(world: World) {
    let id = steps::registered(&world, record(1)).await;
    steps::duties_done(&world, &id, "2026-04-01").await;
    let proof = world.paper("road", "履行证明").await;
    let again = json!({ "id": id, "doneOn": "2026-04-01", "proofOfPerformance": proof });
    world.refused("road", "recordDutiesDone", again, "DUTIES_DONE").await;
    world.finish().await;
}

/// The record that a finding of falsity makes, as the office that found it sees it.
async fn falsity_record(world: &World, number: u32) -> String {
    let id = steps::registered(world, record(number)).await;
    world.on("2026-06-22").await;
    steps::bound(world, number).await;
    let repair = steps::applied(world, &id).await;
    let (finding, hearing) = (world.paper("road-head", "虚假认定书").await, world.paper("road-head", "听取意见记录").await);
    let refuse = json!({ "id": repair, "reason": "缴款凭证系伪造", "falsityFinding": finding, "hearingRecord": hearing });
    world.done("road-head", "refuseRepairApplicationForFalsity", refuse).await;
    let found = world.query("road", "{ cases(process: PUBLICATION_RECORD, first: 20) { nodes { id } } }", json!({})).await;
    let records = found["cases"]["nodes"].as_array().cloned().unwrap_or_default();
    let other = records.iter().find(|case| case["id"] != json!(id));
    other.unwrap_or_else(|| panic!("no falsity record: {found}"))["id"].as_str().unwrap_or_default().to_owned()
}

async fn a_falsity_record_is_neither_corrected_nor_repaired(world: World) {
    let id = falsity_record(&world, 1).await;
    let paper = world.paper("road", "更正通知书").await;
    let correct = json!({ "id": id, "reason": "录入错误", "correctionDocument": paper, "record": record(1) });
    world.refused("road", "correctPublicationRecord", correct, "FALSITY_RECORD").await;
    let open = json!({ "record": id, "application": steps::application() });
    let reason = world.refused("company", "openRepairApplication", open, "RECORD_NOT_REPAIRABLE").await;
    assert_eq!(reason["article"]["key"], "order_36_2025/art_25", "{reason}");
    world.finish().await;
}

async fn an_unpublished_record_is_corrected(world: World) {
    let mut minor = record(1);
    minor["penalties"] = json!([{ "kind": "WARNING" }]);
    let id = steps::registered(&world, minor.clone()).await;
    let correct = async |to: Value| {
        let paper = world.paper("road", "更正通知书").await;
        json!({ "id": id, "reason": "录入错误", "correctionDocument": paper, "record": to })
    };
    world.refused("road", "correctPublicationRecord", correct(record(1)).await, "PUBLICATION_DUE").await;
    minor["content"] = json!("警告");
    world.done("road", "correctPublicationRecord", correct(minor).await).await;
    assert_eq!(world.state(&id).await, "not_published");
    world.finish().await;
}

async fn an_annulled_record_carries_nothing_more(world: World) {
    crate::proposal::steps::basis(&world).await;
    let id = steps::registered(&world, record(1)).await;
    steps::bound(&world, 1).await;
    let paper = world.paper("road", "撤销决定").await;
    let retract = json!({ "id": id, "reason": "处罚被撤销", "knownOn": "2026-04-01", "annullingDocument": paper });
    world.done("road", "retractPublicationRecord", retract).await;
    let list = json!({ "base": id, "listing": listing::steps::form() });
    world.refused("road", "openListingCase", list, "BASE_DOCUMENT_ANNULLED").await;
    let open = json!({ "record": id, "application": steps::application() });
    let reason = world.refused("company", "openRepairApplication", open, "RECORD_NOT_REPAIRABLE").await;
    assert_eq!(reason["article"]["key"], "order_36_2025/art_2", "{reason}");
    world.finish().await;
}

/// A person who is recorded because of a listing is never published; with the duties done and the term over nothing is
/// left when the last ground of shielding ends.
async fn a_related_record_ends_when_its_shield_does(world: World) {
    let mut form = listing::steps::form();
    let number = api::city::demo::invented_resident_id(1);
    form["related"] = json!([{ "capacity": "LEGAL_REPRESENTATIVE", "kind": "NATURAL_PERSON", "name": "示例甲", "residentId": number }]);
    let (id, _) = listing::steps::opened_with(&world, form).await;
    let main = listing::steps::in_effect(&world, &id).await;
    let person = listing::steps::records(&world, &id).await.into_iter().find(|one| *one != main).expect("two records");
    world.on("2026-05-06").await;
    steps::duties_done(&world, &person, "2026-05-06").await;
    let order = world.paper("road", "裁定书").await;
    let shield =
        json!({ "id": person, "ground": "COURT_STAY", "scope": ["整条"], "rulingReceivedOn": "2026-05-06", "courtOrReviewOrder": order });
    world.done("road", "shieldPublicationRecord", shield).await;
    world.on("2028-04-02").await;
    assert_eq!(world.state(&main).await, "held_at_max", "the listed company has not done its duties");
    let order = world.paper("road", "裁定书").await;
    let end = json!({ "id": person, "points": ["court_stay_1"], "rulingReceivedOn": "2028-04-02", "courtOrReviewOrder": order });
    world.done("road", "endShieldGround", end).await;
    assert_eq!(world.state(&person).await, "stopped_by_expiry");
    world.finish().await;
}
