//! A list from the county's draft to its closing, with everything that may happen to an entry on the way.

use serde_json::json;

use super::steps;
use crate::{on_both, support::world::World};

on_both!(
    from_draft_to_closed
    returned_taken_up_and_withdrawn
    supplement_opinion_and_rejection
    what_the_province_returns_goes_in_a_supplement
    a_stayed_entry_is_held_back
    reporting_rates_of_a_period
);

async fn from_draft_to_closed(world: World) {
    let (batch, entries) = steps::in_review(&world, &[1, 2]).await;
    for (_, entry) in &entries {
        assert_eq!(world.state(entry).await, "under_review");
        steps::confirmed(&world, entry).await;
    }
    assert_eq!(world.state(&batch).await, "decided", "the last decided entry decides its batch");
    steps::sent(&world, &batch).await;
    assert_eq!(world.state(&entries[0].1).await, "forwarded");
    steps::accepted(&world, &entries[0].1, "2026-04-01").await;
    assert_eq!(world.state(&batch).await, "partly_answered");
    assert_eq!(world.state(&entries[0].1).await, "listing_opened", "the acceptance opens a listing case and lists nobody");
    let answer = world.paper("policy", "省厅答复").await;
    world
        .done("policy", "recordProvinceRejection", json!({ "id": entries[1].1, "answeredOn": "2026-04-01", "provinceAnswer": answer }))
        .await;
    assert_eq!(world.state(&batch).await, "closed");
    let query = "query($id: ID!) { case(id: $id) { ... on ProposalBatch { exports { document sha256 mediaType } entries { provinceAnswer listing { number listType state { key } } } } } }";
    let found = world.query("yanjiang", query, json!({ "id": batch })).await["case"].clone();
    assert_eq!(found["exports"].as_array().map(Vec::len), Some(2), "{found}");
    assert_eq!(found["entries"][0]["provinceAnswer"], "ACCEPTED");
    assert_eq!(found["entries"][0]["listing"]["state"]["key"], "draft");
    for export in found["exports"].as_array().into_iter().flatten() {
        let path = format!("/documents/{}", export["document"].as_str().unwrap());
        let bytes = world.get("yanjiang", &path).await;
        assert_eq!(api::evidence::digest(&bytes), export["sha256"].as_str().unwrap(), "the file is the one whose digest was written");
    }
    world.finish().await;
}

async fn returned_taken_up_and_withdrawn(world: World) {
    steps::basis(&world).await;
    let batch = steps::batch(&world).await;
    world.done("yanjiang", "amendProposalBatch", json!({ "id": batch, "period": "2026-04", "remark": "四月" })).await;
    let record = steps::county_record(&world, 1).await;
    let entry = steps::added(&world, &batch, &record).await;
    let mut other = steps::entry();
    other["facts"] = json!("补充事实");
    world.done("yanjiang", "amendProposalEntry", json!({ "id": entry, "entry": other })).await;
    world.done("yanjiang-head", "submitProposalBatch", json!({ "id": batch })).await;
    world.done("policy", "returnProposalBatch", json!({ "id": batch, "reason": "期间不对" })).await;
    assert_eq!(world.state(&entry).await, "returned");
    world.done("yanjiang", "takeUpProposalBatch", json!({ "id": batch })).await;
    assert_eq!(world.state(&entry).await, "draft");
    world.done("yanjiang-head", "submitProposalBatch", json!({ "id": batch })).await;
    world.done("yanjiang-head", "withdrawProposalBatch", json!({ "id": batch, "reason": "重新核实" })).await;
    assert_eq!(world.state(&entry).await, "withdrawn");
    assert_eq!(world.state(&batch).await, "withdrawn");
    world.finish().await;
}

async fn supplement_opinion_and_rejection(world: World) {
    let (batch, entries) = steps::in_review(&world, &[1, 2, 3]).await;
    let [first, second, third] = [&entries[0].1, &entries[1].1, &entries[2].1];
    for entry in [first, second] {
        world.done("policy", "askEntrySupplement", json!({ "id": entry, "missingPapers": ["送达回证"] })).await;
    }
    let evidence = world.paper("yanjiang", "送达回证").await;
    world.done("yanjiang", "resubmitProposalEntry", json!({ "id": first, "points": ["point_1"], "evidence": evidence })).await;
    world.refused("policy", "askEntrySupplement", json!({ "id": first, "missingPapers": ["再补"] }), "ALREADY_DONE").await;
    world.refused("policy", "confirmProposalEntry", json!({ "id": first }), "OPINION_MISSING").await;
    let reject = |entry: &str| json!({ "id": entry, "reasonCode": "EVIDENCE_INSUFFICIENT", "reason": "证据不足" });
    world.refused("policy", "rejectProposalEntry", reject(second), "DEADLINE_RUNS").await;
    world.on("2026-04-13").await;
    world.done("policy", "rejectProposalEntry", reject(second)).await;
    world.done("policy", "rejectProposalEntry", reject(first)).await;
    world.done("yanjiang-head", "withdrawProposalEntry", json!({ "id": third, "reason": "处罚相对人已死亡" })).await;
    assert_eq!(world.state(&batch).await, "closed", "nothing confirmed is left to be sent");
    world.finish().await;
}

async fn what_the_province_returns_goes_in_a_supplement(world: World) {
    let (batch, entries) = steps::in_review(&world, &[1, 2]).await;
    for (_, entry) in &entries {
        steps::confirmed(&world, entry).await;
    }
    steps::sent(&world, &batch).await;
    let answer = world.paper("policy", "省厅答复").await;
    let entry = &entries[0].1;
    world
        .done(
            "policy",
            "recordProvinceReturn",
            json!({ "id": entry, "reason": "情形不清", "answeredOn": "2026-04-01", "provinceAnswer": answer }),
        )
        .await;
    world.done("policy", "takeUpProposalEntry", json!({ "id": entry })).await;
    world.done("policy", "confirmProposalEntry", json!({ "id": entry })).await;
    let letter = world.paper("policy-head", "补充报送函").await;
    world.done("policy-head", "sendProposalSupplement", json!({ "id": batch, "coverLetter": letter })).await;
    assert_eq!(world.state(entry).await, "forwarded");
    let query = "query($id: ID!) { case(id: $id) { ... on ProposalBatch { exports { sha256 } } } }";
    let found = world.query("policy", query, json!({ "id": batch })).await;
    assert_eq!(found["case"]["exports"].as_array().map(Vec::len), Some(4), "the first list stays as it was sent");
    steps::accepted(&world, entry, "2026-04-01").await;
    steps::accepted(&world, &entries[1].1, "2026-04-01").await;
    assert_eq!(world.state(&batch).await, "closed");
    world.finish().await;
}

async fn a_stayed_entry_is_held_back(world: World) {
    let (batch, entries) = steps::in_review(&world, &[1, 2]).await;
    for (_, entry) in &entries {
        steps::confirmed(&world, entry).await;
    }
    let order = world.paper("yanjiang", "停止执行决定").await;
    let ground = json!({ "id": entries[0].0, "ground": "REVIEW_STAY", "scope": ["整条"], "rulingReceivedOn": "2026-04-01", "courtOrReviewOrder": order });
    world.done("yanjiang", "shieldPublicationRecord", ground).await;
    steps::sent(&world, &batch).await;
    assert_eq!(world.state(&entries[0].1).await, "held_back");
    assert_eq!(world.state(&entries[1].1).await, "forwarded");
    let letter = world.paper("policy-head", "补充报送函").await;
    let supplement = json!({ "id": batch, "coverLetter": letter });
    world.refused("policy-head", "sendProposalSupplement", supplement.clone(), "NO_ENTRY_CONFIRMED").await;
    let end = json!({ "id": entries[0].0, "points": ["review_stay_1"], "rulingReceivedOn": "2026-04-01", "courtOrReviewOrder": order });
    world.done("yanjiang", "endShieldGround", end).await;
    world.done("policy-head", "sendProposalSupplement", supplement).await;
    assert_eq!(world.state(&entries[0].1).await, "forwarded");
    world.finish().await;
}

async fn reporting_rates_of_a_period(world: World) {
    steps::basis(&world).await;
    let open = json!({ "office": "yanjiang", "period": "2026-04" });
    let mut batches = Vec::new();
    for number in [1, 2] {
        let batch = world.done("yanjiang", "openProposalBatch", open.clone()).await["id"].as_str().unwrap().to_owned();
        let record = steps::county_record(&world, number).await;
        steps::added(&world, &batch, &record).await;
        batches.push(batch);
    }
    world.done("yanjiang-head", "submitProposalBatch", json!({ "id": batches[0] })).await;
    world.on("2026-05-06").await;
    world.done("yanjiang-head", "submitProposalBatch", json!({ "id": batches[1] })).await;
    let query = "{ reportingRates(period: \"2026-04\") { office { key } batches onTime late open rate } }";
    let rates = world.query("policy", query, json!({})).await["reportingRates"].clone();
    let mine = rates.as_array().unwrap().iter().find(|rate| rate["office"]["key"] == "yanjiang").unwrap();
    assert_eq!(*mine, json!({ "office": { "key": "yanjiang" }, "batches": 2, "onTime": 1, "late": 1, "open": 0, "rate": 50.0 }));
    let county = world.ask(Some(&world.token("yanjiang").await), query, json!({})).await;
    assert_eq!(county["errors"][0]["extensions"]["code"], "FORBIDDEN");
    world.finish().await;
}
