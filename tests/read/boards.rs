//! The board: each number is that of the list behind it, and each reader has the reach of the own seat.

use serde_json::{Value, json};

use crate::{
    on_both,
    repair::steps,
    support::world::{World, record},
};

on_both!(numbers_are_those_of_their_lists heads_read_their_own);

const BOARD: &str = "query($office: String) { board(office: $office) { office { key } phases { process phase count } offices { office { key } waiting overdue met missed rate } days { day count } decided { month process verb count } } }";

async fn total(world: &World, login: &str, process: Option<&Value>, filter: Value) -> i64 {
    let query = "query($process: Process, $filter: CaseFilter) { cases(process: $process, filter: $filter) { totalCount { count } } }";
    let found = world.query(login, query, json!({ "process": process, "filter": filter })).await;
    found["cases"]["totalCount"]["count"].as_i64().expect("a number")
}

async fn numbers_are_those_of_their_lists(world: World) {
    for number in 1..=3 {
        steps::registered(&world, record(number)).await;
    }
    for office in [Value::Null, json!("road_transport_centre")] {
        let board = world.query("policy", BOARD, json!({ "office": office })).await["board"].clone();
        assert!(board["phases"].as_array().is_some_and(|all| !all.is_empty()), "{board}");
        for one in board["phases"].as_array().into_iter().flatten() {
            let mut filter = json!({ "phases": [one["phase"]] });
            if office.is_string() {
                filter["office"] = office.clone();
            }
            assert_eq!(Some(total(&world, "policy", Some(&one["process"]), filter).await), one["count"].as_i64(), "{one}");
        }
        assert!(board["offices"].as_array().is_some_and(|all| !all.is_empty()), "{board}");
        for one in board["offices"].as_array().into_iter().flatten() {
            let desk = &one["office"]["key"];
            assert_eq!(
                Some(total(&world, "policy", None, json!({ "waiting": true, "desk": desk })).await),
                one["waiting"].as_i64(),
                "{one}"
            );
            assert_eq!(
                Some(total(&world, "policy", None, json!({ "overdue": true, "desk": desk })).await),
                one["overdue"].as_i64(),
                "{one}"
            );
        }
        for one in board["days"].as_array().into_iter().flatten() {
            let mut filter = json!({ "dueFrom": one["day"], "dueTo": one["day"] });
            if office.is_string() {
                filter["desk"] = office.clone();
            }
            assert_eq!(Some(total(&world, "policy", None, filter).await), one["count"].as_i64(), "{one}");
        }
    }
    world.finish().await;
}

async fn heads_read_their_own(world: World) {
    let own = world.query("road-head", BOARD, json!({})).await["board"]["office"]["key"].clone();
    assert_eq!(own, "road_transport_centre");
    for (login, office) in [("road-head", "yanjiang"), ("road", "road_transport_centre"), ("company", "road_transport_centre")] {
        let token = world.token(login).await;
        let answer = world.ask(Some(&token), BOARD, json!({ "office": office })).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "FORBIDDEN", "{login}: {answer}");
    }
    world.finish().await;
}
