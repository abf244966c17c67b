//! What the county was asked for and handed in on paper within the time counts in time, although the policy office enters it
//! later.

use serde_json::{Value, json};

use super::steps;
use crate::{
    on_both,
    support::world::{World, said},
};

on_both!(a_supplement_on_paper_counts_by_its_receipt what_came_too_late_stays_missed);

/// Asked on 1 April 2026 for a paper: five working days over Qingming end on 9 April.
async fn asked(world: &World) -> (String, String) {
    let (batch, entries) = steps::in_review(world, &[1]).await;
    let entry = entries[0].1.clone();
    world.done("policy", "askEntrySupplement", json!({ "id": entry, "missingPapers": ["送达回证"] })).await;
    (batch, entry)
}

async fn handed_in(world: &World, login: &str, entry: &str, on: &str) -> Value {
    json!({ "id": entry, "points": ["point_1"], "evidence": world.paper(login, "送达回证").await, "receivedOn": on })
}

/// (status, last day) of the newest clock of that key.
async fn clock(world: &World, entry: &str, key: &str) -> (String, String) {
    let query = "query($id: ID!) { case(id: $id) { deadlines { key status dueOn } } }";
    let found = world.query("auditor", query, json!({ "id": entry })).await;
    let rows = found["case"]["deadlines"].as_array().cloned().unwrap_or_default();
    let row = rows.into_iter().rfind(|row| row["key"] == key).unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    (text(&row["status"]), text(&row["dueOn"]))
}

async fn a_supplement_on_paper_counts_by_its_receipt(world: World) {
    let (batch, entry) = asked(&world).await;
    assert_eq!(clock(&world, &entry, "supplement").await, ("OPEN".into(), "2026-04-09".into()));
    world.on("2026-04-10").await;
    assert_eq!(clock(&world, &entry, "supplement").await.0, "MISSED", "nothing was entered by then");
    world
        .refused("yanjiang", "resubmitProposalEntry", handed_in(&world, "yanjiang", &entry, "2026-04-09").await, "DATE_OUT_OF_ORDER")
        .await;
    for (day, code) in [("2026-03-31", "DATE_OUT_OF_ORDER"), ("2026-04-11", "DATE_IN_FUTURE")] {
        world.refused("policy", "resubmitProposalEntry", handed_in(&world, "policy", &entry, day).await, code).await;
    }
    world.done("policy", "resubmitProposalEntry", handed_in(&world, "policy", &entry, "2026-04-09").await).await;
    assert_eq!(world.state(&entry).await, "under_review");
    assert_eq!(clock(&world, &entry, "supplement").await, ("MET".into(), "2026-04-09".into()), "it came in on the last day");
    // Seven working days to decide, of which none ran from the day after the question to the day of the receipt.
    assert_eq!(clock(&world, &entry, "review").await, ("OPEN".into(), "2026-04-20".into()), "who enters late wins no day by it");
    let same = world.refused("policy", "confirmProposalEntry", json!({ "id": entry }), "SAME_PERSON").await;
    assert!(said(&same["message"]).contains("提交补正材料"), "{same}");
    // The office that took it in signs what it took, and on which day; the county's key signs nothing that it did not do.
    let query = "query($id: ID!) { case(id: $id) { ... on ProposalBatch { receipts { entry { verb } text keys } } } }";
    let found = world.query("yanjiang", query, json!({ "id": batch })).await["case"]["receipts"].clone();
    let receipt = found.as_array().expect("receipts").iter().find(|one| one["entry"]["verb"] == "resubmit").expect("one").clone();
    let (text, keys) = (receipt["text"].as_str().expect("a text"), receipt["keys"].as_array().expect("keys"));
    assert!(text.contains("\nreceived 2026-04-09\n"), "{text}");
    let signed = |office: &str| {
        let key = keys.iter().filter_map(Value::as_str).find(|key| key.contains(office)).expect("a key").to_owned();
        api::receipts::check(text, &[key], None, None).is_ok()
    };
    assert_eq!((signed("policy_office"), signed("yanjiang")), (true, false), "{text}");
    world.finish().await;
}

async fn what_came_too_late_stays_missed(world: World) {
    let (_, entry) = asked(&world).await;
    world.on("2026-04-13").await;
    world.done("policy-2", "resubmitProposalEntry", handed_in(&world, "policy-2", &entry, "2026-04-10").await).await;
    assert_eq!(clock(&world, &entry, "supplement").await.0, "MISSED");
    world.finish().await;
}
