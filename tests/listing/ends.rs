//! What undoes a listing: annulment of the decision or of its base, and everyone related released with it.

use serde_json::{Value, json};

use super::steps;
use crate::{on_both, repair, support::world::World};

on_both!(cancelled_after_the_notice annulled_with_all_its_records the_base_falls_at_every_stage related_persons_are_recorded_not_listed);

fn with_director() -> Value {
    let mut form = steps::form();
    form["related"] =
        json!([{ "capacity": "LEGAL_REPRESENTATIVE", "kind": "NATURAL_PERSON", "name": "示例甲", "residentId": "110101199003070011" }]);
    form
}

async fn cancelled_after_the_notice(world: World) {
    let (id, _) = steps::opened(&world).await;
    steps::noticed(&world, &id).await;
    world.done("road-head", "cancelListingCase", json!({ "id": id, "reason": "轻微并及时改正" })).await;
    assert_eq!(world.state(&id).await, "cancelled");
    world.finish().await;
}

async fn annulled_with_all_its_records(world: World) {
    let (id, _) = steps::opened(&world).await;
    let record = steps::in_effect(&world, &id).await;
    world.on("2026-04-14").await;
    let paper = world.paper("road", "撤销决定").await;
    let alone = json!({ "id": record, "reason": "列入决定被撤销", "knownOn": "2026-04-14", "annullingDocument": paper });
    world.refused("road", "retractPublicationRecord", alone, "RECORD_OF_LISTING").await;
    let paper = world.paper("road-head", "撤销决定").await;
    let annul = json!({ "id": id, "reason": "复议机关撤销", "knownOn": "2026-04-14", "annullingDocument": paper });
    world.done("road-head", "annulListing", annul).await;
    assert_eq!(world.state(&id).await, "annulled");
    assert_eq!(world.state(&record).await, "retracting");
    assert_eq!(world.published().await.len(), 1, "the penalty itself stays published");
    world.finish().await;
}

async fn the_base_falls_at_every_stage(world: World) {
    for (number, stage) in [(1_u32, "draft"), (2, "notice"), (3, "effect")] {
        crate::proposal::steps::basis(&world).await;
        let base = repair::steps::registered(&world, crate::support::world::record(number)).await;
        let case = world.done("road", "openListingCase", json!({ "base": base, "listing": steps::form() })).await;
        let id = case["id"].as_str().unwrap();
        let mut record = None;
        match stage {
            "draft" => {}
            "notice" => steps::noticed(&world, id).await,
            _ => {
                steps::noticed(&world, id).await;
                steps::served(&world, id, "2026-04-01").await;
                let waiver = world.paper("counter", "放弃陈述申辩声明").await;
                world.done("counter", "waiveDefence", json!({ "id": id, "waiver": waiver })).await;
                let decide = steps::to_list(&world, id, steps::decision()).await;
                world.done("leader", "decideToList", decide).await;
                let service = steps::service(&world, id, "2026-04-01").await;
                world.done("road", "serveListingDecision", service).await;
                record = Some(steps::records(&world, id).await.remove(0));
            }
        }
        let paper = world.paper("road", "撤销决定").await;
        world
            .done(
                "road",
                "retractPublicationRecord",
                json!({ "id": base, "reason": "处罚被撤销", "knownOn": "2026-04-01", "annullingDocument": paper }),
            )
            .await;
        let expected = match stage {
            "draft" => "dropped",
            "notice" => "cancelled",
            _ => "annulled",
        };
        assert_eq!(world.state(id).await, expected);
        if let Some(record) = record {
            assert_eq!(world.state(&record).await, "retracting");
        }
    }
    world.finish().await;
}

async fn related_persons_are_recorded_not_listed(world: World) {
    let mut wrong = with_director();
    wrong["related"][0]["residentId"] = json!("110101199003070012");
    crate::proposal::steps::basis(&world).await;
    let base = repair::steps::registered(&world, crate::support::world::record(9)).await;
    let refused = world.act("road", "openListingCase", json!({ "base": base, "listing": wrong })).await;
    assert_eq!(refused["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{refused}");
    let number = api::city::demo::invented_resident_id(1);
    let mut form = with_director();
    form["related"][0]["residentId"] = json!(number);
    let (id, _) = steps::opened_with(&world, form).await;
    let record = steps::in_effect(&world, &id).await;
    let records = steps::records(&world, &id).await;
    assert_eq!(records.len(), 2);
    let person = records.iter().find(|one| **one != record).unwrap();
    assert_eq!(world.state(person).await, "not_published");
    world.on("2026-05-11").await;
    assert_eq!(world.published().await.len(), 3, "two penalties and the listing; nobody related is shown");
    world.on("2027-04-06").await;
    repair::steps::duties_done(&world, &record, "2026-05-01").await;
    let repair = repair::steps::applied(&world, &record).await;
    repair::steps::reviewed(&world, &repair).await;
    repair::steps::granted(&world, &repair).await;
    assert_eq!(world.state(person).await, "stopped_by_repair", "released with the listing");
    let finding = world.paper("road-head-2", "虚假认定书").await;
    let hearing = world.paper("road-head-2", "听取意见记录").await;
    world
        .done(
            "road-head-2",
            "revokeRepair",
            json!({ "id": repair, "reason": "证明系伪造", "falsityFinding": finding, "hearingRecord": hearing }),
        )
        .await;
    assert_eq!(world.state(person).await, "not_published");
    world.finish().await;
}
