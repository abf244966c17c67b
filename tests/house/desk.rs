//! Claiming and giving back: what waits at a desk belongs to whoever took it.

use serde_json::json;
use uuid::Uuid;

use crate::{on_both, repair::steps, support::world::{World, record}};

on_both!(a_claimed_item_is_taken);

async fn a_claimed_item_is_taken(world: World) {
    let id = steps::registered(&world, record(1)).await;
    let desk = async |login: &str, name: &str| {
        let query = format!("mutation($id: ID!, $key: UUID!) {{ {name}(id: $id, idempotencyKey: $key) {{ refusal {{ reasons {{ code }} }} entry {{ verb }} }} }}");
        let data = world.query(login, &query, json!({ "id": id, "key": Uuid::new_v4() })).await;
        data[name]["refusal"]["reasons"][0]["code"].as_str().map(str::to_owned)
    };
    let list = "{ workList(first: 5) { claimed mine dueOn case { ... on Case { id } } } }";
    let item = world.query("road", list, json!({})).await["workList"][0].clone();
    assert_eq!((&item["claimed"], &item["case"]["id"]), (&json!(false), &json!(id)));
    assert_eq!(desk("road", "claimCase").await, None);
    let item = world.query("road", list, json!({})).await["workList"][0].clone();
    assert_eq!((&item["claimed"], &item["mine"]), (&json!(true), &json!(true)));
    assert_eq!(desk("road-2", "claimCase").await.as_deref(), Some("WORK_ITEM_TAKEN"));
    assert_eq!(desk("road-2", "giveBackCase").await.as_deref(), Some("WORK_ITEM_TAKEN"));
    assert_eq!(desk("road", "giveBackCase").await, None);
    assert_eq!(desk("road-2", "claimCase").await, None);
    world.done("road", "publishPenaltyRecord", json!({ "id": id })).await;
    assert_eq!(world.query("road", list, json!({})).await["workList"], json!([]), "done work leaves the desk");
    world.finish().await;
}
