//! Claiming and giving back: what waits at a desk belongs to whoever took it.

use serde_json::json;
use uuid::Uuid;

use crate::{
    on_both,
    repair::steps,
    support::world::{World, record},
};

on_both!(a_desk_is_read_page_by_page a_claimed_item_is_taken a_head_reassigns_within_the_office);

async fn a_claimed_item_is_taken(world: World) {
    let id = steps::registered(&world, record(1)).await;
    let desk = async |login: &str, name: &str| {
        let query = format!(
            "mutation($id: ID!, $key: UUID!) {{ {name}(id: $id, idempotencyKey: $key) {{ refusal {{ reasons {{ code }} }} entry {{ verb }} }} }}"
        );
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
    world.done("road", "publishPublicationRecord", json!({ "id": id })).await;
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

/// An account's own seat; for an account without one what no seat has as its id.
async fn seat(world: &World, login: &str) -> serde_json::Value {
    let account = world.query(login, "{ me { account } }", json!({})).await["me"]["account"].clone();
    let seats = world.query(login, "query($account: String) { seats(account: $account) { id } }", json!({ "account": account })).await;
    match &seats["seats"][0]["id"] {
        serde_json::Value::Null => json!("U2VhdDpub25l"),
        id => id.clone(),
    }
}

async fn a_head_reassigns_within_the_office(world: World) {
    let id = steps::registered(&world, record(1)).await;
    let query = "mutation($id: ID!, $key: UUID!, $seat: ID!, $item: ID) { reassignCase(id: $id, idempotencyKey: $key, seat: $seat, workItem: $item) { entry { verb office { key } } refusal { reasons { code } } } }";
    let reassign = async |login: &str, to: &str, item: serde_json::Value| {
        let token = world.token(login).await;
        let input = json!({ "id": id, "key": Uuid::new_v4(), "seat": seat(&world, to).await, "item": item });
        let answer = world.ask(Some(&token), query, input).await;
        let done = &answer["data"]["reassignCase"];
        let told = [&answer["errors"][0]["extensions"]["code"], &done["refusal"]["reasons"][0]["code"], &done["entry"]["verb"]];
        told.into_iter().find_map(|word| word.as_str()).unwrap_or_else(|| panic!("{answer}")).to_owned()
    };
    let list = "{ workList(first: 5) { nodes { id claimed mine } } }";
    let colleagues = world
        .query("road-head", "{ seats(office: \"road_transport_centre\") { id holder { name login } rank } }", json!({}))
        .await["seats"]
        .clone();
    assert_eq!(colleagues.as_array().map(Vec::len), Some(4), "a head sees the seats of the office: {colleagues}");
    assert!(
        colleagues.as_array().unwrap().iter().all(|seat| seat["holder"]["name"].as_str().is_some_and(|name| !name.is_empty())),
        "{colleagues}"
    );
    assert_eq!(world.query("road-head", "{ seats(office: \"yanjiang\") { id } }", json!({})).await["seats"], json!([]));
    let item = async |login: &str| world.query(login, list, json!({})).await["workList"]["nodes"][0].clone();
    let line = item("road").await["id"].clone();
    for (login, to, code) in [
        ("road", "road-2", "ROLE_DOES_NOT_ALLOW"),
        ("policy-head", "policy", "NO_WORK_ITEM"),
        ("anyue-head", "anyue", "NOT_FOUND"),
        ("company", "company", "NOT_FOUND"),
        ("road-head", "yanjiang", "ASSIGNEE_CANNOT_ACT"),
        ("road-head", "road-head", "ASSIGNEE_CANNOT_ACT"),
        ("road-head", "company", "ASSIGNEE_CANNOT_ACT"),
    ] {
        assert_eq!(reassign(login, to, line.clone()).await, code, "{login} to {to}");
    }
    assert_eq!(item("road").await["claimed"], false, "a refusal moves nothing");
    assert_eq!(reassign("road-head", "road-2", line.clone()).await, "reassign");
    assert_eq!((&item("road").await["mine"], &item("road-2").await["mine"]), (&json!(false), &json!(true)));
    assert_eq!(reassign("road-head-2", "road", json!(null)).await, "reassign", "from one to the other");
    assert_eq!((&item("road").await["mine"], &item("road-2").await["mine"]), (&json!(true), &json!(false)));
    let aside =
        "mutation($id: ID!, $key: UUID!) { stepAside(id: $id, idempotencyKey: $key, reason: \"近亲属\") { refusal { reasons { code } } } }";
    world.query("road", aside, json!({ "id": id, "key": Uuid::new_v4() })).await;
    assert_eq!(item("road-2").await["claimed"], false, "whoever steps aside leaves the item to the office");
    assert_eq!(reassign("road-head", "road", line.clone()).await, "ASSIGNEE_CANNOT_ACT", "who stepped aside gets it from nobody");
    let claim = "mutation($id: ID!, $key: UUID!) { claimCase(id: $id, idempotencyKey: $key) { refusal { reasons { code } } } }";
    let claimed = world.query("road", claim, json!({ "id": id, "key": Uuid::new_v4() })).await;
    assert_eq!(claimed["claimCase"]["refusal"]["reasons"][0]["code"], "STEPPED_ASIDE", "nor takes it back");
    world.query("road-head", aside, json!({ "id": id, "key": Uuid::new_v4() })).await;
    assert_eq!(reassign("road-head", "road-2", line.clone()).await, "STEPPED_ASIDE", "a head who stepped aside hands nothing on");
    assert_eq!(reassign("road-head-2", "road-2", line).await, "reassign");
    world.finish().await;
}
