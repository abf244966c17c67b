//! The one door: idempotency, versions, two servers, why-not that agrees with what happens.

use serde_json::json;
use uuid::Uuid;

use crate::{
    on_both,
    repair::steps,
    support::world::{World, record},
};

on_both!(a_repeat_gets_the_first_answer repeats_among_new_acts_get_their_first_answers a_repeat_is_answered_whatever_has_happened_since stale_versions_conflict two_servers_share_one_log why_not_agrees_with_the_act concurrent_acts_have_one_winner);

async fn a_repeat_gets_the_first_answer(world: World) {
    let key = Uuid::new_v4();
    let input = json!({ "office": "road_transport_centre", "record": record(1), "idempotencyKey": key });
    let first = world.act("road", "registerPublicationRecord", input.clone()).await;
    let second = world.act("road", "registerPublicationRecord", input.clone()).await;
    assert_eq!(first["entry"]["number"], second["entry"]["number"]);
    let mut other = input;
    other["record"]["decisionNumber"] = json!("另一文号");
    let fault = world.act("road", "registerPublicationRecord", other).await;
    assert_eq!(fault["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
    world.finish().await;
}

/// A batch in which some keys were answered before is decided again with a look at them.
async fn repeats_among_new_acts_get_their_first_answers(world: World) {
    world.token("road").await;
    let keys: Vec<_> = (0..12).map(|_| Uuid::new_v4()).collect();
    let register = |number: usize| {
        let input = json!({ "office": "road_transport_centre", "record": record(u32::try_from(number + 1).expect("few")), "idempotencyKey": keys[number] });
        world.act("road", "registerPublicationRecord", input)
    };
    let first = futures_util::future::join_all((0..12).step_by(2).map(register)).await;
    let all = futures_util::future::join_all((0..12).map(register)).await;
    let number = |answer: &serde_json::Value| answer["entry"]["number"].as_str().unwrap_or_else(|| panic!("an entry: {answer}")).to_owned();
    for (place, answer) in first.iter().enumerate() {
        assert_eq!(number(answer), number(&all[place * 2]), "{answer}");
    }
    let numbers: std::collections::BTreeSet<_> = all.iter().map(number).collect();
    assert_eq!(numbers.len(), 12);
    world.finish().await;
}

/// A repeat that would be refused, or find another version, is still a repeat.
async fn a_repeat_is_answered_whatever_has_happened_since(world: World) {
    let id = steps::registered(&world, record(1)).await;
    let refused = json!({ "id": id, "idempotencyKey": Uuid::new_v4() });
    let no = world.act("road-head", "publishPublicationRecord", refused.clone()).await;
    assert!(no["entry"]["number"].is_string() && !no["refusal"].is_null(), "{no}");
    let publish = json!({ "id": id, "idempotencyKey": Uuid::new_v4(), "expectedVersion": 1 });
    let first = world.act("road", "publishPublicationRecord", publish.clone()).await;
    let again = world.act("road", "publishPublicationRecord", publish.clone()).await;
    assert_eq!((&first["entry"]["number"], &again["refusal"]), (&again["entry"]["number"], &serde_json::Value::Null), "{again}");
    let still = world.act("road-head", "publishPublicationRecord", refused).await;
    assert_eq!(still["entry"]["number"], no["entry"]["number"], "{still}");
    let mut other = publish;
    other["expectedVersion"] = json!(2);
    other["id"] = json!(steps::registered(&world, record(2)).await);
    let reused = world.act("road", "publishPublicationRecord", other).await;
    assert_eq!(reused["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{reused}");
    world.finish().await;
}

async fn stale_versions_conflict(world: World) {
    let id = steps::registered(&world, record(1)).await;
    let fault = world.act("road", "publishPublicationRecord", json!({ "id": id, "expectedVersion": 7 })).await;
    assert_eq!(fault["errors"][0]["extensions"]["code"], "CONFLICT");
    assert_eq!(fault["errors"][0]["extensions"]["currentVersion"], 1);
    world.done("road", "publishPublicationRecord", json!({ "id": id, "expectedVersion": 1 })).await;
    world.finish().await;
}

async fn two_servers_share_one_log(world: World) {
    let second = world.second_server().await;
    for number in 1..6 {
        steps::registered(&world, record(number)).await;
        let act = domain::admin::AdminAct::ChangeSetting { key: "held_decision_days".into(), value: (number + 10).to_string() };
        api::city::acts::operate(&second, act, Vec::new()).await.expect("the second server writes too");
    }
    world.finish().await;
}

async fn why_not_agrees_with_the_act(world: World) {
    let id = steps::registered(&world, record(1)).await;
    let query = "query($id: ID!) { case(id: $id) { actions { verb allowed reasons { code } } } }";
    let actions = world.query("road", query, json!({ "id": id })).await["case"]["actions"].as_array().unwrap().clone();
    let publish = actions.iter().find(|action| action["verb"] == "PUBLISH").unwrap();
    assert_eq!(publish["allowed"], true);
    let stop = actions.iter().find(|action| action["verb"] == "DECIDE_STOP").unwrap();
    assert_eq!(stop["reasons"][0]["code"], "STATE_DOES_NOT_ALLOW");
    let head = world.query("road-head", query, json!({ "id": id })).await["case"]["actions"].as_array().unwrap().clone();
    let publish = head.iter().find(|action| action["verb"] == "PUBLISH").unwrap();
    assert_eq!(publish["reasons"][0]["code"], "ROLE_DOES_NOT_ALLOW");
    world.refused("road-head", "publishPublicationRecord", json!({ "id": id }), "ROLE_DOES_NOT_ALLOW").await;
    world.done("road", "publishPublicationRecord", json!({ "id": id })).await;
    world.finish().await;
}

async fn concurrent_acts_have_one_winner(world: World) {
    let id = steps::registered(&world, record(1)).await;
    world.token("road").await;
    let tries = (0..10).map(|_| world.act("road", "publishPublicationRecord", json!({ "id": id, "expectedVersion": 1 })));
    let answers = futures_util::future::join_all(tries).await;
    let won = answers.iter().filter(|answer| answer["entry"]["verb"] == "publish" && answer["refusal"].is_null()).count();
    assert_eq!(won, 1, "{answers:?}");
    world.finish().await;
}
