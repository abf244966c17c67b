//! The base document is annulled: entries are marked and blocked, what was sent is corrected.

use serde_json::json;

use super::steps;
use crate::{on_both, support::world::World};

on_both!(annulled_before_and_after_forwarding dropped_without_a_listing);

async fn annul(world: &World, record: &str, on: &str) {
    let paper = world.paper("yanjiang", "撤销决定").await;
    let input = json!({ "id": record, "reason": "处罚被复议机关撤销", "knownOn": on, "annullingDocument": paper });
    world.done("yanjiang", "retractPublicationRecord", input).await;
}

async fn annulled_before_and_after_forwarding(world: World) {
    let (batch, entries) = steps::in_review(&world, &[1, 2, 3]).await;
    steps::confirmed(&world, &entries[0].1).await;
    annul(&world, &entries[1].0, "2026-04-01").await;
    assert_eq!(world.state(&entries[1].1).await, "annulled");
    steps::confirmed(&world, &entries[2].1).await;
    assert_eq!(world.state(&batch).await, "decided");
    annul(&world, &entries[2].0, "2026-04-01").await;
    assert_eq!(world.state(&entries[2].1).await, "annulled", "a confirmed entry is blocked too");
    steps::sent(&world, &batch).await;
    annul(&world, &entries[0].0, "2026-04-01").await;
    assert_eq!(world.state(&entries[0].1).await, "correcting");
    let due = world.query("policy", "query($id: ID!) { case(id: $id) { deadlines { key dueOn } } }", json!({ "id": entries[0].1 })).await;
    let due = due["case"]["deadlines"].as_array().unwrap().iter().find(|row| row["key"] == "correction").unwrap()["dueOn"].clone();
    // Five working days from 1 April 2026 over Qingming, 4 to 6 April (Sichuan Regulation art. 51).
    assert_eq!(due, "2026-04-09");
    let notice = world.paper("policy", "更正通知").await;
    world.done("policy", "sendEntryCorrection", json!({ "id": entries[0].1, "correctionNotice": notice })).await;
    assert_eq!(world.state(&batch).await, "closed");
    world.finish().await;
}

async fn dropped_without_a_listing(world: World) {
    let (batch, entries) = steps::in_review(&world, &[1]).await;
    steps::confirmed(&world, &entries[0].1).await;
    steps::sent(&world, &batch).await;
    world.setting("list_basis_overloading", "false").await;
    steps::accepted(&world, &entries[0].1, "2026-04-01").await;
    assert_eq!(world.state(&entries[0].1).await, "province_accepted", "without a basis no listing case is opened");
    world.refused("policy", "openListingOfEntry", json!({ "id": entries[0].1 }), "LIST_TYPE_WITHOUT_BASIS").await;
    world.done("policy-head", "dropProposalEntry", json!({ "id": entries[0].1, "reason": "依据未获确认" })).await;
    assert_eq!(world.state(&entries[0].1).await, "dropped");
    world.finish().await;
}
