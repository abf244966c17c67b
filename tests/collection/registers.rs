//! Register files: what is kept, what is told as a hint, what is refused, and what is written no second time.

use serde_json::{Value, json};

use super::steps::{self, LICENCES, OPERATORS};
use crate::{
    on_both,
    repair::steps as records,
    support::world::{World, record},
};

on_both!(
    operators_are_kept_with_and_without_a_valid_code
    the_same_file_again_writes_nothing
    what_is_no_row_of_the_item_is_told_at_its_cell
    a_register_is_its_sources_own
    a_penalty_is_collected_out_of_its_record_and_ends_with_it
);

async fn rows(world: &World, login: &str, item: &str) -> Vec<Value> {
    let query = "query($item: String!) { information(item: $item, first: 100) { nodes { id key name uscc kind sectors division validFrom endedOn collectedOn values { key value } went { platform } } } }";
    let found = world.query(login, query, json!({ "item": item })).await;
    found["information"]["nodes"].as_array().unwrap_or_else(|| panic!("{found}")).clone()
}

fn codes(list: &Value) -> Vec<(u64, String)> {
    let all = list.as_array().expect("a list").iter();
    all.map(|one| (one["row"].as_u64().expect("a row"), one["code"].as_str().expect("a code").to_owned())).collect()
}

async fn operators_are_kept_with_and_without_a_valid_code(world: World) {
    let without = "无代码运输户,个体工商户,,道路运输、安全生产,512002,,2021-05-01,".to_owned();
    let wrong = steps::operator(3).replace(&steps::code(3), "91512002MA0000030X");
    let table = [steps::operator(1), without, wrong];
    let check = steps::checked(&world, "yanjiang", ("operator_basic", "yanjiang"), OPERATORS, &table).await;
    assert_eq!((&check["good"], &check["rows"], &check["same"]), (&json!(true), &json!(3), &json!(0)), "{check}");
    let hints = codes(&check["warnings"]);
    for row in [3, 4] {
        assert!(hints.contains(&(row, "NO_VALID_CODE".to_owned())), "{hints:?}");
    }
    assert!(rows(&world, "yanjiang", "operator_basic").await.is_empty(), "a check writes nothing");
    steps::brought(&world, "operator_basic", &table).await;
    let kept = rows(&world, "yanjiang", "operator_basic").await;
    assert_eq!(kept.len(), 3);
    let own = kept.iter().find(|row| row["uscc"] == steps::code(1).as_str()).expect("the one with a code");
    assert_eq!(
        (&own["sectors"], &own["division"], &own["validFrom"]),
        (&json!(["ROAD_TRANSPORT"]), &json!("512002"), &json!("2020-01-01"))
    );
    let bare = kept.iter().find(|row| row["name"] == "无代码运输户").expect("the one without");
    assert_eq!((&bare["uscc"], &bare["sectors"]), (&Value::Null, &json!(["ROAD_TRANSPORT", "WORK_SAFETY"])));
    world.finish().await;
}

async fn the_same_file_again_writes_nothing(world: World) {
    let table = [steps::operator(1), steps::operator(2)];
    steps::brought(&world, "operator_basic", &table).await;
    let again = steps::committed(&world, "yanjiang", ("operator_basic", "yanjiang"), OPERATORS, &table).await;
    assert_eq!((&again["check"]["same"], &again["import"]), (&json!(2), &Value::Null), "{again}");
    // One row more is written alone; one that says something else takes the place of the older one.
    let changed = steps::operator(2).replace("2020-01-01,", "2020-01-01,2026-03-31");
    let more = [steps::operator(1), changed, steps::operator(3)];
    let check = steps::checked(&world, "yanjiang", ("operator_basic", "yanjiang"), OPERATORS, &more).await;
    assert_eq!((&check["same"], codes(&check["warnings"])), (&json!(1), vec![(3, "ROW_CHANGES".to_owned())]), "{check}");
    let done = steps::committed(&world, "yanjiang", ("operator_basic", "yanjiang"), OPERATORS, &more).await;
    assert_eq!(
        (&done["opened"], &done["import"]["layout"], &done["import"]["item"]["key"]),
        (&json!(2), &json!("INFORMATION"), &json!("operator_basic")),
        "{done}"
    );
    let kept = rows(&world, "yanjiang", "operator_basic").await;
    let second = kept.iter().find(|row| row["uscc"] == steps::code(2).as_str()).expect("the second");
    let last = second["values"].as_array().expect("values").iter().find(|value| value["key"] == "ZT_ZZR").expect("its last day");
    assert_eq!((kept.len(), last["value"].as_str()), (3, Some("2026-03-31")));
    world.finish().await;
}

async fn what_is_no_row_of_the_item_is_told_at_its_cell(world: World) {
    let (person, early) =
        (steps::operator(1).replace("法人及非法人组织", "自然人"), steps::operator(2).replace("2020-01-01,", "2020-01-01,2019-01-01"));
    let table = [person, early, steps::operator(3), steps::operator(3)];
    let check = steps::checked(&world, "yanjiang", ("operator_basic", "yanjiang"), OPERATORS, &table).await;
    let found = codes(&check["problems"]);
    assert_eq!(check["good"], false, "{check}");
    assert!(found.iter().any(|(row, _)| *row == 2), "a natural person is no operator: {found:?}");
    assert!(found.contains(&(3, "INFORMATION_UNFIT".to_owned())), "it ends before it begins: {found:?}");
    assert!(found.contains(&(5, "ROW_REPEATS".to_owned())), "{found:?}");
    let done = steps::committed(&world, "yanjiang", ("operator_basic", "yanjiang"), OPERATORS, &table).await;
    assert!(done["import"].is_null() && done["entry"].is_null(), "{done}");
    // What a platform would send back is a hint; a decision that is late already too.
    let licence = steps::licence(1, "2026-03-02").replace("道路货物运输经营", "无");
    let check = steps::checked(&world, "yanjiang", ("licence", "yanjiang"), LICENCES, &[licence]).await;
    let hints = codes(&check["warnings"]);
    for code in ["PLACEHOLDER", "LATE_ALREADY"] {
        assert!(hints.contains(&(2, code.to_owned())), "{hints:?}");
    }
    let future = steps::checked(&world, "yanjiang", ("licence", "yanjiang"), LICENCES, &[steps::licence(1, "2026-05-01")]).await;
    assert_eq!(codes(&future["problems"]), [(2, "INFORMATION_UNFIT".to_owned())]);
    world.finish().await;
}

async fn a_register_is_its_sources_own(world: World) {
    let table = [steps::operator(1)];
    let check = steps::checked(&world, "road", ("operator_basic", "road_transport_centre"), OPERATORS, &table).await;
    assert_eq!(codes(&check["problems"]).first().map(|(_, code)| code.as_str()), Some("KIND_OF_ANOTHER_OFFICE"), "{check}");
    let done = steps::committed(&world, "road", ("operator_basic", "road_transport_centre"), OPERATORS, &table).await;
    assert!(done["import"].is_null(), "{done}");
    let head = steps::checked(&world, "yanjiang-head", ("operator_basic", "yanjiang"), OPERATORS, &table).await;
    assert_eq!(codes(&head["problems"]).first().map(|(_, code)| code.as_str()), Some("ROLE_DOES_NOT_ALLOW"), "{head}");
    // What comes out of records, or stands in no catalogue, comes by no file.
    let upload = world.file("yanjiang", b"x".to_vec()).await["id"].clone();
    for item in ["penalty", "nothing"] {
        let query = "query($item: String!, $upload: UUID!) { fileCheck(layout: INFORMATION, item: $item, office: \"yanjiang\", upload: $upload) { ended } }";
        let token = world.token("yanjiang").await;
        let answer = world.ask(Some(&token), query, json!({ "item": item, "upload": upload })).await;
        assert_eq!(answer["errors"][0]["extensions"]["field"], "item", "{answer}");
    }
    steps::brought(&world, "operator_basic", &table).await;
    assert_eq!(rows(&world, "anyue", "operator_basic").await.len(), 0, "an office sees its own");
    assert_eq!(rows(&world, "policy", "operator_basic").await.len(), 1);
    world.finish().await;
}

async fn a_penalty_is_collected_out_of_its_record_and_ends_with_it(world: World) {
    let id = records::registered(&world, record(1)).await;
    let found = rows(&world, "road", "penalty").await;
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((&found[0]["uscc"], &found[0]["endedOn"]), (&record(1)["uscc"], &Value::Null));
    let paper = world.paper("road", "撤销决定").await;
    world
        .done(
            "road",
            "retractPublicationRecord",
            json!({ "id": id, "reason": "处罚决定被撤销", "annullingDocument": paper, "knownOn": "2026-04-01" }),
        )
        .await;
    let found = rows(&world, "road", "penalty").await;
    assert_eq!(found[0]["endedOn"], "2026-04-01");
    world.finish().await;
}
