//! The register of document numbers: used, void, missing, given twice; to the people of the office and those who see all.

use serde_json::{Value, json};

use super::number;
use crate::{console::hand::Hand, listing, on_both, support::world::World};

on_both!(
    every_number_is_listed_as_it_stands
    what_is_missing_or_double_is_shown_as_such
);

const KEY: &str = "listing|road_transport_centre|2026";

async fn listed(world: &World, login: &str, series: &str, first: u32, after: Option<&str>) -> Value {
    let query = "query($series: String!, $first: Int, $after: String) { issuedNumbers(series: $series, first: $first, after: $after) { pageInfo { hasNextPage endCursor } nodes { number place state reason { zh en } papers { title { zh } caseNumber datedOn } } } }";
    world.query(login, query, json!({ "series": series, "first": first, "after": after })).await["issuedNumbers"].clone()
}

fn states(page: &Value) -> Vec<(i64, &str)> {
    let nodes = page["nodes"].as_array().expect("numbers").iter();
    nodes.map(|node| (node["place"].as_i64().unwrap_or_default(), node["state"].as_str().unwrap_or_default())).collect()
}

/// Decided, and taken back before its service since a defence had come in time; then decided anew.
async fn decided_twice(world: &World) -> String {
    let (id, _) = listing::steps::opened(world).await;
    listing::steps::noticed(world, &id).await;
    listing::steps::served(world, &id, "2026-04-01").await;
    world.on("2026-04-20").await;
    let decide = listing::steps::to_list(world, &id, listing::steps::decision()).await;
    world.done("leader", "decideToList", decide).await;
    let mut defence = json!({ "id": id, "receivedOn": "2026-04-10", "points": ["事实不清"] });
    defence["proofOfReceipt"] = world.paper("counter", "邮戳").await;
    defence["statementOfDefence"] = world.paper("counter", "陈述申辩书").await;
    world.done("counter", "fileDefence", defence).await;
    let answer = world.paper("road", "申辩意见答复").await;
    world.done("road", "answerDefence", json!({ "id": id, "points": ["point_1"], "answerToDefence": answer })).await;
    world.done("road", "finishDefence", json!({ "id": id })).await;
    let decide = listing::steps::to_list(world, &id, listing::steps::decision()).await;
    world.done("leader", "decideToList", decide).await;
    id
}

async fn every_number_is_listed_as_it_stands(world: World) {
    let id = decided_twice(&world).await;
    let case = number(&world, &id).await;
    let query = "{ numberSeries { key series year last office { key } title { zh } } }";
    let series = world.query("road", query, json!({})).await;
    let keys: Vec<_> =
        series["numberSeries"].as_array().expect("series").iter().map(|one| one["key"].as_str().unwrap_or_default()).collect();
    assert_eq!(keys, ["notice|road_transport_centre|2026", KEY], "{series}");
    let page = listed(&world, "road", KEY, 1, None).await;
    assert_eq!(states(&page), [(2, "USED")], "{page}");
    assert_eq!(page["nodes"][0]["number"], "资道运列〔2026〕2号");
    assert_eq!(page["nodes"][0]["papers"], json!([{ "title": { "zh": "列入决定书" }, "caseNumber": case, "datedOn": "2026-04-20" }]));
    let after = page["pageInfo"]["endCursor"].as_str().expect("a cursor").to_owned();
    let page = listed(&world, "road", KEY, 1, Some(&after)).await;
    assert_eq!((states(&page), page["pageInfo"]["hasNextPage"].as_bool()), (vec![(1, "VOID")], Some(false)), "{page}");
    assert!(page["nodes"][0]["reason"]["zh"].as_str().is_some_and(|why| why.contains("送达前撤回")), "{page}");
    // Who may not see the office's cases sees no series of it.
    assert!(listed(&world, "yanjiang", KEY, 20, None).await.is_null());
    assert_eq!(world.query("yanjiang", query, json!({})).await["numberSeries"], json!([]));
    assert_eq!(states(&listed(&world, "auditor", KEY, 20, None).await), [(2, "USED"), (1, "VOID")]);
    let token = world.token("company").await;
    let stranger = world.ask(Some(&token), query, json!({})).await;
    assert_eq!(stranger["errors"][0]["extensions"]["code"], "FORBIDDEN", "{stranger}");

    let hand = Hand::new(&world, "road").await;
    let page = hand.get("/numbers").await;
    assert!(page.status.is_success() && page.text().contains("资道运"), "{}", page.text());
    let page = hand.get(&format!("/numbers?series={}", KEY.replace('|', "%7C"))).await;
    assert!(page.text().contains("资道运列〔2026〕2号") && page.text().contains("作废"), "{}", page.text());
    assert!(Hand::new(&world, "company").await.get("/numbers").await.status.is_client_error());
    let shown = hand.get(&format!("/cases/{case}")).await;
    assert!(shown.text().contains(&format!("/cases/{case}/print/listing_decision")), "{}", shown.text());
    let print = hand.get(&format!("/cases/{case}/print/listing_decision")).await;
    assert!(print.status.is_success() && print.text().contains("class=\"sheet official\"") && print.text().contains("资道运列〔2026〕2号"));
    assert_eq!(hand.get(&format!("/cases/{case}/print/repair_grant")).await.status, 404);
    assert!(hand.get(&format!("/cases/{case}/print/listing_decision.pdf")).await.status.is_success());
    world.finish().await;
}

async fn what_is_missing_or_double_is_shown_as_such(world: World) {
    decided_twice(&world).await;
    world.sql_inside("UPDATE document SET number = NULL, number_key = NULL WHERE number = '资道运列〔2026〕1号'").await.expect("written");
    assert_eq!(states(&listed(&world, "road", KEY, 20, None).await), [(2, "USED"), (1, "HOLE")]);
    // Another case of the office whose paper bears the same number.
    let moved = "UPDATE document SET kind = 'listing_decision', number = '资道运列〔2026〕2号', \
         number_key = (SELECT max(number_key) FROM document WHERE number = '资道运列〔2026〕2号'), \
         case_id = (SELECT max(record) FROM cases WHERE process = 'listing_case') WHERE kind = 'prior_notice'";
    world.sql_inside(moved).await.expect("written");
    let page = listed(&world, "road", KEY, 20, None).await;
    assert_eq!(states(&page), [(2, "TWICE"), (1, "HOLE")], "{page}");
    assert_eq!(page["nodes"][0]["papers"].as_array().map(Vec::len), Some(2), "{page}");
}
