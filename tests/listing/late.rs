//! What the party sent in time is heard, whenever somebody at the counter enters it: before the decision, before its service,
//! and after it, where the head annuls what was decided unheard (Penalty Law art. 62, by analogy).

use serde_json::{Value, json};

use super::steps;
use crate::{
    on_both, repair,
    support::{
        letters,
        world::{World, said},
    },
};

on_both!(
    a_waiver_that_turns_up_late_is_on_record a_late_deed_names_the_day_on_which_the_party_waived
    a_defence_found_before_the_service_brings_the_case_back a_request_found_before_the_service_brings_the_case_back
    a_defence_found_after_the_service_has_the_decision_annulled a_request_found_after_the_service_has_the_decision_annulled
);

/// Served on 1 April 2026: a hearing may be asked for to 9 April, the defence runs to 16 April.
async fn served(world: &World) -> String {
    let (id, _) = steps::opened(world).await;
    steps::noticed(world, &id).await;
    steps::served(world, &id, "2026-04-01").await;
    repair::steps::bound(world, 1).await;
    id
}

/// Decided on 20 April, after nobody had said anything.
async fn decided(world: &World) -> String {
    let id = served(world).await;
    world.on("2026-04-20").await;
    assert_eq!(world.state(&id).await, "deliberation");
    let decide = steps::to_list(world, &id, steps::decision()).await;
    world.done("leader", "decideToList", decide).await;
    id
}

async fn in_effect(world: &World) -> String {
    let id = decided(world).await;
    let service = steps::service(world, &id, "2026-04-20").await;
    world.done("road", "serveListingDecision", service).await;
    id
}

/// A paper with proof of the day on which it came in.
async fn paper(world: &World, id: &str, kind: &str, on: &str) -> Value {
    let mut input = json!({ "id": id, "receivedOn": on, "proofOfReceipt": world.paper("counter", "邮戳").await });
    input[kind] = world.paper("counter", kind).await;
    if kind == "statementOfDefence" {
        input["points"] = json!(["事实不清"]);
    }
    input
}

async fn deadline(world: &World, id: &str, key: &str) -> Value {
    let query = "query($id: ID!) { case(id: $id) { deadlines { key status dueOn } } }";
    let found = world.query("auditor", query, json!({ "id": id })).await;
    let rows = found["case"]["deadlines"].as_array().cloned().unwrap_or_default();
    rows.into_iter().rfind(|row| row["key"] == key).unwrap_or_default()
}

async fn a_waiver_that_turns_up_late_is_on_record(world: World) {
    let id = served(&world).await;
    world.on("2026-04-20").await;
    let waive = async |on: &str| paper(&world, &id, "waiver", on).await;
    world.refused("counter", "waiveDefence", waive("2026-04-17").await, "DEADLINE_OVER").await;
    world.refused("counter", "waiveDefence", waive("2026-03-31").await, "DATE_OUT_OF_ORDER").await;
    let mut unproved = waive("2026-04-10").await;
    unproved.as_object_mut().expect("an input").remove("proofOfReceipt");
    world.refused("counter", "waiveDefence", unproved, "MISSING_DOCUMENT").await;
    world.done("counter", "waiveDefence", waive("2026-04-10").await).await;
    assert_eq!(world.state(&id).await, "deliberation");
    let found = world.query("auditor", "query($id: ID!) { case(id: $id) { documents { kind datedOn } } }", json!({ "id": id })).await;
    let papers = found["case"]["documents"].as_array().cloned().unwrap_or_default();
    assert!(papers.iter().any(|paper| paper["kind"] == "WAIVER" && paper["datedOn"] == "2026-04-10"), "{found}");
    // Who has waived has nothing left to be late with.
    world.refused("counter", "fileDefence", paper(&world, &id, "statementOfDefence", "2026-04-13").await, "DEADLINE_OVER").await;
    let decide = steps::to_list(&world, &id, steps::decision()).await;
    world.done("leader", "decideToList", decide).await;
    world.finish().await;
}

async fn a_late_deed_names_the_day_on_which_the_party_waived(world: World) {
    let id = served(&world).await;
    world.on("2026-04-09").await;
    let waiver = world.paper("counter", "放弃陈述申辩声明").await;
    world.done("counter", "waiveDefence", json!({ "id": id, "waiver": waiver, "receivedOn": "2026-04-07" })).await;
    world.on("2026-04-10").await;
    let over = world.refused("counter", "fileDefence", paper(&world, &id, "statementOfDefence", "2026-04-09").await, "DEADLINE_OVER").await;
    let words = said(&over["message"]);
    assert!(words.contains("2026-04-07") && !words.contains("2026-04-16"), "the waiver ended it, not its last day: {words}");
    world.finish().await;
}

/// What the party read last, in Chinese.
async fn told_of(world: &World, letter: &str) -> String {
    letters::written(&world.app)
        .await
        .into_iter()
        .find(|one| one.letter.key() == letter)
        .unwrap_or_else(|| panic!("no {letter}"))
        .rendered
        .text
}

async fn a_defence_found_before_the_service_brings_the_case_back(world: World) {
    let id = decided(&world).await;
    world.on("2026-04-22").await;
    world.refused("counter", "fileDefence", paper(&world, &id, "statementOfDefence", "2026-04-17").await, "DEADLINE_OVER").await;
    world.done("counter", "fileDefence", paper(&world, &id, "statementOfDefence", "2026-04-16").await).await;
    assert_eq!(world.state(&id).await, "defence_review");
    assert!(told_of(&world, "unheard_found").await.contains("先听取您的意见"));
    let query = "query($id: ID!) { case(id: $id) { ... on ListingCase { decision { number } } } }";
    assert!(
        world.query("auditor", query, json!({ "id": id })).await["case"]["decision"].is_null(),
        "an unserved decision made unheard is none"
    );
    assert_eq!(deadline(&world, &id, "serve_decision").await["status"], "VOID");
    let service = steps::service(&world, &id, "2026-04-22").await;
    world.refused("road", "serveListingDecision", service, "STATE_DOES_NOT_ALLOW").await;
    let answer = world.paper("road", "答复").await;
    world.done("road", "answerDefence", json!({ "id": id, "points": ["point_1"], "answerToDefence": answer })).await;
    world.done("road", "finishDefence", json!({ "id": id })).await;
    let decide = steps::to_list(&world, &id, steps::decision()).await;
    world.done("leader", "decideToList", decide).await;
    world.done("counter", "waiveDefence", paper(&world, &id, "waiver", "2026-04-15").await).await;
    world.finish().await;
}

async fn a_request_found_before_the_service_brings_the_case_back(world: World) {
    let id = decided(&world).await;
    world.refused("counter", "askForHearing", paper(&world, &id, "hearingRequest", "2026-04-10").await, "DEADLINE_OVER").await;
    world.done("counter", "askForHearing", paper(&world, &id, "hearingRequest", "2026-04-09").await).await;
    assert_eq!(world.state(&id).await, "hearing");
    assert_eq!(deadline(&world, &id, "hearing").await["status"], "OPEN");
    world.finish().await;
}

/// The head annuls what was decided unheard, and the office may begin anew.
async fn annulled(world: &World, id: &str) {
    let due = deadline(world, id, "annul_unheard").await;
    assert_eq!((&due["status"], &due["dueOn"]), (&json!("OPEN"), &json!("2026-05-08")), "seven working days from 24 April: {due}");
    assert!(told_of(world, "unheard_found").await.contains("由负责人撤销"));
    let annulling = world.paper("road-head", "撤销决定").await;
    let annul = json!({ "id": id, "reason": "未听取期限内的陈述申辩", "knownOn": "2026-04-24", "annullingDocument": annulling });
    world.done("road-head", "annulListing", annul).await;
    assert_eq!(world.state(id).await, "annulled");
    assert_eq!(deadline(world, id, "annul_unheard").await["status"], "MET");
    let base =
        world.query("auditor", "query($id: ID!) { case(id: $id) { ... on ListingCase { base { id } } } }", json!({ "id": id })).await;
    world.done("road", "openListingCase", json!({ "base": base["case"]["base"]["id"], "listing": steps::form() })).await;
}

async fn a_defence_found_after_the_service_has_the_decision_annulled(world: World) {
    let id = in_effect(&world).await;
    world.on("2026-04-24").await;
    world.refused("counter", "fileDefence", paper(&world, &id, "statementOfDefence", "2026-04-17").await, "DEADLINE_OVER").await;
    world.done("counter", "fileDefence", paper(&world, &id, "statementOfDefence", "2026-04-15").await).await;
    assert_eq!(world.state(&id).await, "in_effect");
    assert!(deadline(&world, &id, "defence_answer").await.is_null(), "nobody answers what only an annulment can heed");
    annulled(&world, &id).await;
    world.finish().await;
}

async fn a_request_found_after_the_service_has_the_decision_annulled(world: World) {
    let id = in_effect(&world).await;
    world.on("2026-04-24").await;
    world.refused("counter", "askForHearing", paper(&world, &id, "hearingRequest", "2026-04-10").await, "DEADLINE_OVER").await;
    world.done("counter", "askForHearing", paper(&world, &id, "hearingRequest", "2026-04-08").await).await;
    assert_eq!(world.state(&id).await, "in_effect");
    annulled(&world, &id).await;
    world.finish().await;
}
