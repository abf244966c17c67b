//! Acts on many cases at once: each is decided alone, with its own key, entry and answer.

use std::time::Instant;

use serde_json::{Value, json};
use uuid::Uuid;

use super::steps;
use crate::{on_both, support::world::World};

on_both!(one_of_fifty_that_cannot_be_done_holds_up_none);

const SHOWN: &str = "results { id idempotencyKey proposalEntry { id version state { key } } entry { number verb } refusal { reasons { code } } fault { code field currentVersion words { zh en } } }";

fn items(ids: &[String]) -> Vec<Value> {
    ids.iter().map(|id| json!({ "id": id, "idempotencyKey": Uuid::new_v4() })).collect()
}

/// The whole answer to an act on many entries.
async fn answered(world: &World, login: &str, name: &str, input: Value) -> Value {
    let (first, rest) = name.split_at(1);
    let query = format!("mutation($input: {}{rest}Input!) {{ {name}(input: $input) {{ {SHOWN} }} }}", first.to_uppercase());
    world.ask(Some(&world.token(login).await), &query, json!({ "input": input })).await
}

/// Its results, as many as there were items and in their order.
async fn results(world: &World, login: &str, name: &str, input: Value) -> Vec<Value> {
    let answer = answered(world, login, name, input.clone()).await;
    let results = answer["data"][name]["results"].as_array().unwrap_or_else(|| panic!("{name}: {answer}")).clone();
    let told = |list: &[Value]| list.iter().map(|one| (one["id"].clone(), one["idempotencyKey"].clone())).collect::<Vec<_>>();
    assert_eq!(told(&results), told(input["items"].as_array().expect("items")), "one result an item, in their order");
    results
}

fn done(result: &Value) -> bool {
    result["refusal"].is_null() && result["fault"].is_null() && !result["entry"].is_null() && !result["proposalEntry"].is_null()
}

async fn entries(world: &World) -> Vec<String> {
    world.texts("SELECT CAST(count(*) AS TEXT) FROM audit_entry").await
}

async fn one_of_fifty_that_cannot_be_done_holds_up_none(world: World) {
    let numbers: Vec<u32> = (1..=50).collect();
    let (_, entries) = steps::in_review(&world, &numbers).await;
    let ids: Vec<String> = entries.into_iter().map(|(_, entry)| entry).collect();
    let asked = results(&world, "policy", "askUnitOpinions", json!({ "items": items(&ids[..49]) })).await;
    assert!(asked.iter().all(done), "{asked:#?}");
    // The unit sees what lies on its desk; an entry that does not is nobody's business of its.
    let opinion = world.paper("road", "业务意见").await;
    let input = json!({ "items": items(&ids), "opinion": "AGREE", "unitOpinion": opinion });
    let given = results(&world, "road", "giveUnitOpinions", input).await;
    assert!(given[..49].iter().all(done), "{given:#?}");
    assert_eq!((&given[49]["fault"]["code"], &given[49]["proposalEntry"]), (&json!("NOT_FOUND"), &Value::Null));
    poisoned(&world, &ids).await;
    bounded(&world, &ids).await;
    world.finish().await;
}

/// Withdrawn, of another version, no id at all, without the unit's opinion: each is answered alone; a repeat answers the same.
async fn poisoned(world: &World, ids: &[String]) {
    world.done("yanjiang-head", "withdrawProposalEntry", json!({ "id": ids[0], "reason": "报送有误" })).await;
    let mut given = items(ids);
    given[1]["expectedVersion"] = json!(999);
    given[2]["id"] = json!("nothing of this house");
    let input = json!({ "items": given });
    let first = results(world, "policy", "confirmProposalEntries", input.clone()).await;
    assert_eq!(first[0]["refusal"]["reasons"][0]["code"], "STATE_DOES_NOT_ALLOW", "{:#}", first[0]);
    assert_eq!(first[1]["fault"]["code"], "CONFLICT", "{:#}", first[1]);
    assert!(first[1]["fault"]["currentVersion"].is_u64() && first[1]["fault"]["words"]["en"].is_string(), "{:#}", first[1]);
    assert_eq!(first[2]["fault"]["code"], "NOT_FOUND", "{:#}", first[2]);
    assert_eq!(first[49]["refusal"]["reasons"][0]["code"], "OPINION_MISSING", "{:#}", first[49]);
    for result in &first[3..49] {
        assert!(done(result) && result["proposalEntry"]["state"]["key"] == "confirmed", "{result:#}");
    }
    let numbers: std::collections::BTreeSet<_> = first.iter().filter_map(|one| one["entry"]["number"].as_str()).collect();
    assert_eq!(numbers.len(), 48, "an entry each, of the refusals too");
    let size = entries(world).await;
    let second = results(world, "policy", "confirmProposalEntries", input).await;
    let told = |list: &[Value]| {
        let told =
            |one: &Value| (one["entry"].clone(), one["refusal"].clone(), one["fault"].clone(), one["proposalEntry"]["state"].clone());
        list.iter().map(told).collect::<Vec<_>>()
    };
    assert_eq!(told(&second), told(&first), "the same keys, the same answers");
    assert_eq!(entries(world).await, size, "a repeat writes nothing");
    // A key that was used for another case is that item's own fault.
    given = vec![json!({ "id": ids[1], "idempotencyKey": given[3]["idempotencyKey"] }), items(&ids[1..2])[0].clone()];
    let mixed = results(world, "policy", "confirmProposalEntries", json!({ "items": given })).await;
    assert_eq!((&mixed[0]["fault"]["code"], &mixed[0]["fault"]["field"]), (&json!("BAD_USER_INPUT"), &json!("input.idempotencyKey")));
    assert!(done(&mixed[1]), "{:#}", mixed[1]);
}

/// Too many, none, nobody: the whole request is refused and nothing is written; a stranger to the cases finds none.
async fn bounded(world: &World, ids: &[String]) {
    world.setting("bulk_acts_most", "49").await;
    let size = entries(world).await;
    for given in [items(ids), Vec::new()] {
        let answer = answered(world, "policy", "confirmProposalEntries", json!({ "items": given })).await;
        let fault = &answer["errors"][0]["extensions"];
        assert_eq!((&fault["code"], &fault["field"]), (&json!("BAD_USER_INPUT"), &json!("input.items")), "{answer}");
    }
    let query = "mutation($input: ConfirmProposalEntriesInput!) { confirmProposalEntries(input: $input) { results { id } } }";
    let answer = world.ask(None, query, json!({ "input": { "items": items(&ids[..1]) } })).await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "UNAUTHENTICATED", "{answer}");
    let strange = results(world, "company", "confirmProposalEntries", json!({ "items": items(&ids[3..6]) })).await;
    assert!(strange.iter().all(|one| one["fault"]["code"] == "NOT_FOUND" && one["proposalEntry"].is_null()), "{strange:#?}");
    assert_eq!(entries(world).await, size, "nothing is written");
}

/// How long five hundred take; for a release build, by hand.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a measurement"]
async fn five_hundred() {
    for on in [crate::support::world::On::Sqlite, crate::support::world::On::Postgres] {
        let world = World::new(on).await;
        let numbers: Vec<u32> = (1..=500).collect();
        let (_, entries) = steps::in_review(&world, &numbers).await;
        let ids: Vec<String> = entries.into_iter().map(|(_, entry)| entry).collect();
        let opinion = world.paper("road", "业务意见").await;
        for (login, name, more) in [
            ("policy", "askUnitOpinions", json!({})),
            ("road", "giveUnitOpinions", json!({ "opinion": "AGREE", "unitOpinion": opinion })),
            ("policy", "confirmProposalEntries", json!({})),
        ] {
            let mut input = more;
            input["items"] = json!(items(&ids));
            let start = Instant::now();
            let told = results(&world, login, name, input).await;
            println!("{on:?} {name}: {} done in {:?}", told.iter().filter(|one| done(one)).count(), start.elapsed());
        }
        world.finish().await;
    }
}
