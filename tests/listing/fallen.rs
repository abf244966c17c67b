//! What was decided or sent on a ground that counts, when a counted penalty is annulled.

use serde_json::{Value, json};

use super::steps;
use crate::{on_both, proposal, support::world::World};

on_both!(a_listing_falls_with_its_last_ground a_listing_stands_on_what_is_left a_sent_entry_is_corrected);

/// A listing in effect that counts so many penalties under `vehicle_over_3`, with further grounds; the listing, its record, the counted.
async fn listed(world: &World, counted: u32, others: &[&str]) -> (String, String, Vec<String>) {
    proposal::steps::basis(world).await;
    let (base, _) = steps::penalty(world, "road", 30, "2026-03-20").await;
    let (mut ids, mut numbers) = (Vec::new(), Vec::new());
    for number in 1..counted {
        let (id, named) = steps::penalty(world, "road", 30 + number, "2026-01-10").await;
        ids.push(id);
        numbers.push(named);
    }
    let grounds: Vec<_> = ["vehicle_over_3"].iter().chain(others).collect();
    let mut form = steps::form();
    form["grounds"] = json!(grounds);
    form["counts"] = json!([{ "ground": "vehicle_over_3", "records": numbers }]);
    let case = world.done("road", "openListingCase", json!({ "base": base, "listing": form })).await;
    let id = case["id"].as_str().unwrap_or_default().to_owned();
    steps::before_the_leader(world, &id).await;
    let mut terms = steps::decision();
    terms["grounds"] = json!(grounds);
    let decide = steps::to_list(world, &id, terms).await;
    world.done("leader", "decideToList", decide).await;
    let service = steps::service(world, &id, "2026-04-01").await;
    world.done("road", "serveListingDecision", service).await;
    let record = steps::records(world, &id).await.remove(0);
    (id, record, ids)
}

async fn a_listing_falls_with_its_last_ground(world: World) {
    let (listing, record, counted) = listed(&world, 5, &[]).await;
    steps::retracted(&world, "road", &counted[0]).await;
    assert_eq!(world.state(&listing).await, "in_effect", "four are still more than three");
    steps::retracted(&world, "road", &counted[1]).await;
    assert_eq!(
        (world.state(&listing).await, world.state(&record).await),
        ("annulled".into(), "retracting".into()),
        "three are not more than three"
    );
    let query = "query($id: ID!) { case(id: $id) { ... on ListingCase { history(first: 50, order: OLDEST_FIRST) { nodes { verb cause articles { key } } } } } }";
    let history = world.query("auditor", query, json!({ "id": listing })).await["case"]["history"]["nodes"].clone();
    let last = history.as_array().and_then(|all| all.last()).cloned().unwrap_or(Value::Null);
    assert_eq!(
        (&last["verb"], &last["articles"][0]["key"]),
        (&json!("note_base_annulled"), &json!("sichuan_credit_regulation_2023/art_51")),
        "{last}"
    );
    assert!(last["cause"].is_string(), "the entry names the annulment: {last}");
    world.finish().await;
}

async fn a_listing_stands_on_what_is_left(world: World) {
    let (listing, _, counted) = listed(&world, 4, &["refused_inspection"]).await;
    steps::retracted(&world, "road", &counted[0]).await;
    assert_eq!(world.state(&listing).await, "in_effect", "the inspection was refused all the same");
    world.finish().await;
}

async fn a_sent_entry_is_corrected(world: World) {
    proposal::steps::basis(&world).await;
    let batch = proposal::steps::batch(&world).await;
    let (counted, first) = steps::penalty(&world, "yanjiang", 41, "2025-12-01").await;
    let (_, second) = steps::penalty(&world, "yanjiang", 42, "2026-02-02").await;
    let (base, _) = steps::penalty(&world, "yanjiang", 43, "2026-03-20").await;
    let mut entry = proposal::steps::entry();
    entry["grounds"] = json!(["forced_overloading"]);
    entry["counts"] = json!([{ "ground": "forced_overloading", "records": [first, second] }]);
    let entry = world.done("yanjiang", "addProposalEntry", json!({ "batch": batch, "base": base, "entry": entry })).await["id"].clone();
    let entry = entry.as_str().expect("an id");
    world.done("yanjiang-head", "submitProposalBatch", json!({ "id": batch })).await;
    world.done("policy", "startProposalReview", json!({ "id": batch })).await;
    proposal::steps::confirmed(&world, entry).await;
    proposal::steps::sent(&world, &batch).await;
    assert_eq!(world.state(entry).await, "forwarded");
    steps::retracted(&world, "yanjiang", &counted).await;
    assert_eq!(world.state(entry).await, "correcting", "the province is told");
    world.finish().await;
}
