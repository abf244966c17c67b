//! Claiming and giving back: what waits at a desk belongs to whoever took it.

use serde_json::json;
use uuid::Uuid;

use crate::{on_both, repair::steps, support::world::{World, record}};

on_both!(a_desk_is_read_page_by_page a_claimed_item_is_taken);

async fn a_claimed_item_is_taken(world: World) {
    let id = steps::registered(&world, record(1)).await;
    let desk = async |login: &str, name: &str| {
        let query = format!("mutation($id: ID!, $key: UUID!) {{ {name}(id: $id, idempotencyKey: $key) {{ refusal {{ reasons {{ code }} }} entry {{ verb }} }} }}");
        let data = world.query(login, &query, json!({ "id": id, "key": Uuid::new_v4() })).await;
        data[name]["refusal"]["reasons"][0]["code"].as_str().map(str::to_owned)
    };
    let list = "{ workList(first: 5) { nodes { claimed mine dueOn case { ... on Case { id } } } } }";
    let item = world.query("road", list, json!({})).await["workList"]["nodes"][0].clone();
    assert_eq!((&item["claimed"], &item["case"]["id"]), (&json!(false), &json!(id)));
    assert_eq!(desk("road", "claimCase").await, None);
    let item = world.query("road", list, json!({})).await["workList"]["nodes"][0].clone();
    assert_eq!((&item["claimed"], &item["mine"]), (&json!(true), &json!(true)));
    assert_eq!(desk("road-2", "claimCase").await.as_deref(), Some("WORK_ITEM_TAKEN"));
    assert_eq!(desk("road-2", "giveBackCase").await.as_deref(), Some("WORK_ITEM_TAKEN"));
    assert_eq!(desk("road", "giveBackCase").await, None);
    assert_eq!(desk("road-2", "claimCase").await, None);
    world.done("road", "publishPenaltyRecord", json!({ "id": id })).await;
    assert_eq!(world.query("road", list, json!({})).await["workList"]["nodes"], json!([]), "done work leaves the desk");
    world.finish().await;
}

async fn a_desk_is_read_page_by_page(world: World) {
    let mut ids = Vec::new();
    for number in 1..=5 {
        ids.push(steps::registered(&world, record(number)).await);
        world.on(&format!("2026-04-{:02}", number + 1)).await;
    }
    let list = "query($after: String) { workList(first: 2, after: $after) { nodes { dueOn case { ... on Case { id } } } pageInfo { hasNextPage endCursor } } }";
    let (mut read, mut days, mut after) = (Vec::new(), Vec::new(), json!(null));
    loop {
        let page = world.query("road", list, json!({ "after": after })).await["workList"].clone();
        let nodes = page["nodes"].as_array().unwrap().clone();
        assert!(nodes.len() <= 2);
        read.extend(nodes.iter().map(|node| node["case"]["id"].as_str().unwrap().to_owned()));
        days.extend(nodes.iter().map(|node| node["dueOn"].as_str().unwrap().to_owned()));
        after = page["pageInfo"]["endCursor"].clone();
        if page["pageInfo"]["hasNextPage"] == false {
            break;
        }
    }
    assert!(days.is_sorted(), "{days:?}");
    read.sort();
    ids.sort();
    assert_eq!(read, ids, "everything once");
    world.finish().await;
}
