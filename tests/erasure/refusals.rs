//! What keeps personal values, and what nobody can do past the door.

use api::store::verify;
use serde_json::{Value, json};

use super::whole::person;
use crate::{
    cli::program::run,
    on_both,
    repair::steps,
    support::world::{World, record},
};

on_both!(every_duty_is_named_with_its_first_day only_an_administrator_erases a_value_taken_past_the_door_is_found the_command_line_says_what_keeps_them);

async fn reasons(world: &World, login: &str, input: Value) -> Value {
    let query =
        "mutation($input: ErasePersonalValuesInput!) { erasePersonalValues(input: $input) { refusal { reasons { code opensOn } } } }";
    let token = world.token(login).await;
    let answer = world.ask(Some(&token), query, json!({ "input": input })).await;
    if answer["errors"].is_array() {
        answer["errors"][0]["extensions"]["code"].clone()
    } else {
        answer["data"]["erasePersonalValues"]["refusal"]["reasons"].clone()
    }
}

async fn every_duty_is_named_with_its_first_day(world: World) {
    let mut input = record(1);
    input["measures"] = json!(["talk_to"]);
    input["legalRepresentative"] = json!("示例代表");
    let id = steps::registered(&world, input).await;
    let case = json!({ "case": id, "ground": "TERM_OVER" });
    let codes =
        |found: &Value| found.as_array().unwrap().iter().map(|reason| reason["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
    assert_eq!(codes(&reasons(&world, "admin", case.clone()).await), ["KEPT_MEASURE", "KEPT_CASE_OPEN"], "it waits for its publication");
    world.on("2026-04-14").await;
    let published = reasons(&world, "admin", case.clone()).await;
    assert!(codes(&published).contains(&"KEPT_PUBLISHED".to_owned()), "{published}");
    steps::duties_done(&world, &id, "2026-04-10").await;
    world.on("2027-03-21").await;
    let kept = reasons(&world, "admin", case.clone()).await;
    assert_eq!((codes(&kept), &kept[0]["opensOn"]), (vec!["KEPT_RETENTION".to_owned()], &json!("2032-03-22")), "{kept}");
    // A setting cannot go below what the law asks.
    let shorter = world
        .query(
            "admin",
            "mutation { changeSetting(key: \"case_retention_years\", value: \"1\") { refusal { reasons { code } } } }",
            json!({}),
        )
        .await;
    assert_eq!(shorter["changeSetting"]["refusal"]["reasons"][0]["code"], "SETTING_OUT_OF_RANGE", "{shorter}");
    world.setting("case_retention_years", "3").await;
    let least = reasons(&world, "admin", case).await;
    assert_eq!(least[0]["opensOn"], "2030-03-22", "{least}");
    world.finish().await;
}

async fn only_an_administrator_erases(world: World) {
    let id = steps::registered(&world, person()).await;
    let input = json!({ "case": id, "ground": "UNLAWFUL" });
    assert_eq!(reasons(&world, "road-head", input.clone()).await, "FORBIDDEN");
    assert_eq!(reasons(&world, "admin", json!({ "ground": "UNLAWFUL" })).await, "BAD_USER_INPUT");
    let both = json!({ "case": id, "account": "x", "ground": "UNLAWFUL" });
    assert_eq!(reasons(&world, "admin", both).await, "BAD_USER_INPUT");
    world.finish().await;
}

async fn a_value_taken_past_the_door_is_found(world: World) {
    steps::registered(&world, person()).await;
    world
        .sql("UPDATE personal_value SET sealed = '', salt = '' WHERE path = 'input.record.subjectName'")
        .await
        .expect("the intruder writes");
    let found = verify::verify(&world.app.database, |_| {}).await.expect("verified");
    assert!(found.faults.iter().any(|fault| fault.contains("taken away by no entry")), "{:?}", found.faults);
}

async fn the_command_line_says_what_keeps_them(world: World) {
    steps::registered(&world, person()).await;
    let data = world.folder().display().to_string();
    let place = ["--data", &data, "--database", &world.database, "--origin", "test.example/log", "--json"];
    let with = |rest: &[&'static str]| run(&[&place[..], rest].concat(), &[], "");
    let kept = with(&["erase", "subject", "JL2026-000001", "--ground", "term-over", "--dry-run"]);
    assert_eq!((kept.code, &kept.json()["keptBy"][0]["code"]), (1, &json!("KEPT_RETENTION")), "{}", kept.out);
    world.on("2032-03-21").await;
    let free = with(&["erase", "subject", "JL2026-000001", "--ground", "term-over", "--dry-run"]).good();
    assert_eq!(free.json()["keptBy"], json!([]));
    let done = with(&["erase", "subject", "JL2026-000001", "--ground", "term-over"]).good().json();
    assert!(done["erased"].as_u64().unwrap() > 5 && done["swept"]["erasures"] == 1, "{done}");
    world.finish().await;
}
