//! A listing from its draft to the day it ends.

use serde_json::json;

use super::steps;
use crate::{
    on_both, repair,
    support::world::{World, said},
};

on_both!(listed_published_and_repaired defended_heard_and_not_listed defended_in_vain upper_consent_is_asked_where_the_setting_says from_a_proposal);

async fn listed_published_and_repaired(world: World) {
    let (id, base) = steps::opened(&world).await;
    let record = steps::in_effect(&world, &id).await;
    assert_eq!(world.state(&id).await, "in_effect");
    assert_eq!(world.state(&record).await, "scheduled");
    let query = "query($id: ID!) { case(id: $id) { ... on PublicationRecord { class decisionNumber minLastDay maxLastDay } } }";
    let found = world.query("road", query, json!({ "id": record })).await["case"].clone();
    // Severe, two years by the list type's own term, from the day of the decision (Order 36 art. 10(3)).
    assert_eq!(found["class"], "SEVERE", "{found}");
    assert_eq!(found["maxLastDay"], "2028-04-01", "{found}");
    assert_eq!(found["decisionNumber"], "资道运列〔2026〕1号");
    world.on("2026-04-29").await;
    assert_eq!(world.state(&record).await, "scheduled", "a listing has twenty working days, not the seven of a penalty");
    world.on("2026-04-30").await;
    assert_eq!(world.state(&record).await, "published");
    assert!(world.published().await.len() >= 2, "penalty and listing are both shown");
    world.on("2027-04-06").await;
    repair::steps::duties_done(&world, &record, "2026-05-01").await;
    let repair = repair::steps::applied(&world, &record).await;
    repair::steps::reviewed(&world, &repair).await;
    repair::steps::granted(&world, &repair).await;
    assert_eq!(world.state(&record).await, "stopped_by_repair");
    assert_eq!(world.state(&id).await, "ended", "the listing ends with its record");
    let finding = world.paper("road-head-2", "虚假认定书").await;
    let hearing = world.paper("road-head-2", "听取意见记录").await;
    world
        .done(
            "road-head-2",
            "revokeRepair",
            json!({ "id": repair, "reason": "证明系伪造", "falsityFinding": finding, "hearingRecord": hearing }),
        )
        .await;
    assert_eq!(world.state(&record).await, "published");
    assert_eq!(world.state(&id).await, "in_effect", "what the falsity undid comes back");
    let again = json!({ "base": base, "listing": steps::form() });
    world.refused("road", "openListingCase", again, "SUCH_LISTING_EXISTS").await;
    world.finish().await;
}

async fn defended_heard_and_not_listed(world: World) {
    let (id, _) = steps::opened(&world).await;
    world.done("road", "amendListingCase", json!({ "id": id, "listing": steps::form() })).await;
    steps::noticed(&world, &id).await;
    steps::served(&world, &id, "2026-04-01").await;
    repair::steps::bound(&world, 1).await;
    world.done("company", "askForHearing", json!({ "id": id })).await;
    let close = async || json!({ "id": id, "hearingRecord": world.paper("road-2", "听证笔录").await });
    world.refused("road-2", "closeHearing", close().await, "NOT_YET_DONE").await;
    let early = world.refused("road", "callHearing", json!({ "id": id, "hearingOn": "2026-04-10" }), "TOO_EARLY").await;
    // Seven working days from 1 April 2026 over Qingming.
    assert!(Some(said(&early["message"])).as_deref().unwrap().contains("2026-04-13"), "{early}");
    world.done("road", "callHearing", json!({ "id": id, "hearingOn": "2026-04-13" })).await;
    let reason = world.refused("road-2", "closeHearing", close().await, "HEARING_NOT_YET").await;
    assert_eq!(reason["opensOn"], "2026-04-13");
    world.on("2026-04-13").await;
    world.done("road-2", "closeHearing", close().await).await;
    let statement = world.paper("company", "陈述申辩书").await;
    world.done("company", "fileDefence", json!({ "id": id, "points": ["第三次并未拒绝"], "statementOfDefence": statement })).await;
    world.done("road-head", "upholdDefence", json!({ "id": id, "reason": "申辩成立" })).await;
    assert_eq!(world.state(&id).await, "not_listed");
    assert!(steps::records(&world, &id).await.is_empty());
    world.finish().await;
}

async fn defended_in_vain(world: World) {
    let (id, _) = steps::opened(&world).await;
    steps::noticed(&world, &id).await;
    steps::served(&world, &id, "2026-04-01").await;
    repair::steps::bound(&world, 1).await;
    let statement = world.paper("company", "陈述申辩书").await;
    let file = json!({ "id": id, "points": ["情节轻微", "已经整改"], "statementOfDefence": statement });
    world.done("company", "fileDefence", file.clone()).await;
    world.refused("road", "finishDefence", json!({ "id": id }), "ITEMS_OPEN").await;
    let answer = world.paper("road", "申辩意见答复").await;
    let reply = json!({ "id": id, "points": ["point_1", "point_2"], "answerToDefence": answer });
    world.done("road", "answerDefence", reply).await;
    let reason = world.refused("road", "finishDefence", json!({ "id": id }), "DEADLINE_RUNS").await;
    // Ten working days from 1 April 2026 over Qingming end on 16 April; the day after is the first to go on.
    assert_eq!(reason["opensOn"], "2026-04-17");
    world.on("2026-04-17").await;
    world.refused("company", "fileDefence", file, "DEADLINE_OVER").await;
    world.done("road", "finishDefence", json!({ "id": id })).await;
    let meeting = world.paper("leader", "集体讨论记录").await;
    world.done("leader", "decideNotToList", json!({ "id": id, "reason": "教育为主", "meetingRecord": meeting })).await;
    assert_eq!(world.state(&id).await, "not_listed");
    world.finish().await;
}

async fn upper_consent_is_asked_where_the_setting_says(world: World) {
    let (id, _) = steps::opened(&world).await;
    steps::before_the_leader(&world, &id).await;
    let meeting = world.paper("leader", "集体讨论记录").await;
    let ask = json!({ "id": id, "meetingRecord": meeting });
    world.refused("leader", "askUpperConsent", ask.clone(), "LIST_TYPE_DOES_WITHOUT").await;
    world.setting("listing_upper_consent", "true").await;
    let decide = steps::to_list(&world, &id, steps::decision()).await;
    world.refused("leader", "decideToList", decide.clone(), "LIST_TYPE_NEEDS").await;
    world.done("leader", "askUpperConsent", ask).await;
    world.refused("leader", "decideToList", decide.clone(), "MISSING_DOCUMENT").await;
    let mut consented = decide;
    consented["upperConsent"] = world.paper("leader", "上级同意文书").await;
    world.done("leader", "decideToList", consented).await;
    assert_eq!(world.state(&id).await, "decided");
    world.finish().await;
}

async fn from_a_proposal(world: World) {
    use crate::proposal::steps as lists;
    let (batch, entries) = lists::in_review(&world, &[1]).await;
    lists::confirmed(&world, &entries[0].1).await;
    lists::sent(&world, &batch).await;
    lists::accepted(&world, &entries[0].1, "2026-04-01").await;
    let query = "query($id: ID!) { case(id: $id) { ... on ProposalEntry { listing { id findingOffice { key } grounds } } } }";
    let listing = world.query("yanjiang", query, json!({ "id": entries[0].1 })).await["case"]["listing"].clone();
    assert_eq!((&listing["findingOffice"]["key"], &listing["grounds"]), (&json!("yanjiang"), &json!(["refused_inspection"])), "{listing}");
    let evidence = world.paper("yanjiang", "证据").await;
    world.done("yanjiang", "submitListingCase", json!({ "id": listing["id"], "evidence": evidence })).await;
    world.done("policy", "sendBackListingCase", json!({ "id": listing["id"], "reason": "证据不全" })).await;
    world.done("yanjiang-head", "cancelListingCase", json!({ "id": listing["id"], "reason": "轻微并及时改正" })).await;
    assert_eq!(world.state(listing["id"].as_str().unwrap()).await, "dropped");
    world.finish().await;
}
