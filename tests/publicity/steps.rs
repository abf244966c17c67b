//! Steps of publicity.

use serde_json::{Value, json};

use crate::support::world::World;

pub fn article(channel: &str) -> Value {
    json!({ "kind": "ARTICLE", "theme": "GENERAL", "channel": channel, "title": "信用交通宣传", "text": "本市推进信用交通建设。", "namesPerson": false })
}

pub fn exposure() -> Value {
    json!({ "kind": "EXPOSURE", "theme": "CAMPAIGN", "channel": "CAMPAIGN_COLUMN", "title": "失信曝光案例", "text": "某公司未取得许可从事道路运输经营。", "namesPerson": false })
}

/// Begun by the road transport centre, with the number of its record or its campaign; its global id.
pub async fn begun(world: &World, publicity: Value, more: Value) -> String {
    let mut input = json!({ "office": "road_transport_centre", "publicity": publicity });
    for (key, value) in more.as_object().expect("fields") {
        input[key] = value.clone();
    }
    world.done("road", "openPublicityItem", input).await["id"].as_str().expect("an id").to_owned()
}

/// The same, handed in and approved.
pub async fn approved(world: &World, publicity: Value, more: Value) -> String {
    let item = begun(world, publicity, more).await;
    world.done("road-head", "submitPublicityItem", json!({ "id": item })).await;
    world.done("policy", "endorsePublicityItem", json!({ "id": item })).await;
    item
}

/// Where it stands, today.
pub async fn appearance(world: &World) -> Value {
    let today = world.query("policy", "{ today }", json!({})).await["today"].clone();
    json!({ "appearedOn": today, "address": "https://example.invalid/column/1", "frontPage": true })
}

pub async fn published(world: &World, item: &str) {
    let appearance = appearance(world).await;
    world.done("policy", "publishPublicityItem", json!({ "id": item, "appearance": appearance })).await;
}

/// Numbers of what the column shows to everybody.
pub async fn shown(world: &World) -> Vec<String> {
    let answer = world.ask(None, "{ column(first: 40) { nodes { number title text office { zh } shownFrom } } }", json!({})).await;
    let nodes = answer["data"]["column"]["nodes"].as_array().unwrap_or_else(|| panic!("{answer}")).clone();
    nodes.iter().filter_map(|node| node["number"].as_str().map(str::to_owned)).collect()
}

/// The number of a case.
pub async fn number(world: &World, id: &str) -> String {
    let found = world.query("auditor", "query($id: ID!) { case(id: $id) { number } }", json!({ "id": id })).await;
    found["case"]["number"].as_str().expect("a number").to_owned()
}
