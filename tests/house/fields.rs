//! Fields that cannot stand are named: a telephone that is none, a county bureau without its division; and an act that leads to a
//! state in effect is no end.

use serde_json::{Value, json};

use crate::{
    on_both,
    repair::steps,
    support::world::{World, record},
};

on_both!(a_telephone_is_a_number a_county_bureau_has_its_division what_is_in_effect_has_not_ended);

async fn a_telephone_is_a_number(world: World) {
    let id = steps::registered(&world, record(1)).await;
    world.on("2026-06-22").await;
    steps::bound(&world, 1).await;
    let open = async |phone: &str| {
        let mut form = steps::application();
        form["contactPhone"] = json!(phone);
        world.act("company", "openRepairApplication", json!({ "record": id, "application": form })).await
    };
    for phone in ["电话", "1234", "call me 12345", "123456789012345678901", "12345<b>"] {
        let answer = open(phone).await;
        let fault = &answer["errors"][0]["extensions"];
        assert_eq!(
            (&fault["code"], &fault["field"]),
            (&json!("BAD_USER_INPUT"), &json!("input.application.contactPhone")),
            "{phone}: {answer}"
        );
    }
    let answer = open("028-1234 5678转12").await;
    assert!(answer["refusal"].is_null() && answer.get("errors").is_none(), "{answer}");
    world.finish().await;
}

async fn a_county_bureau_has_its_division(world: World) {
    let add = "mutation($input: AddOfficesInput!) { addOffices(input: $input) { refusal { reasons { code message { zh en } } } } }";
    let office = |kind: &str, code: Value| json!({ "key": "new_one", "zh": "新设单位", "en": "New office", "kind": kind, "divisionCode": code, "numberWord": "新设" });
    let added =
        async |office: Value| world.query("admin", add, json!({ "input": { "offices": [office] } })).await["addOffices"]["refusal"].clone();
    let refused = added(office("COUNTY_BUREAU", Value::Null)).await;
    let reason = &refused["reasons"][0];
    assert_eq!(reason["code"], "OFFICE_UNFIT", "{refused}");
    assert!(reason["message"]["zh"].as_str().is_some_and(|words| words.contains("行政区划代码")), "{refused}");
    assert!(added(office("COUNTY_BUREAU", json!("512099"))).await.is_null());
    let mut section = office("SECTION", Value::Null);
    (section["key"], section["zh"], section["en"], section["numberWord"]) =
        (json!("other"), json!("另一科"), json!("Other"), json!("另设"));
    assert!(added(section).await.is_null(), "a section has no division of its own");
    world.finish().await;
}

async fn what_is_in_effect_has_not_ended(world: World) {
    let id = steps::registered(&world, record(1)).await;
    let query = "query($id: ID!) { case(id: $id) { actions { mutation weight } } }";
    let acts = world.query("road", query, json!({ "id": id })).await["case"]["actions"].clone();
    let weight = |mutation: &str| {
        acts.as_array().and_then(|all| all.iter().find(|one| one["mutation"] == mutation)).map(|one| one["weight"].clone())
    };
    assert_eq!(weight("publishPublicationRecord"), Some(json!("FORWARD")), "{acts}");
    let law = "{ process(process: REPAIR_APPLICATION) { acts { verb weight to } } }";
    let acts = world.query("road", law, json!({})).await["process"]["acts"].clone();
    let ends: Vec<_> =
        acts.as_array().expect("acts").iter().filter(|act| act["verb"] == "WITHDRAW").map(|act| act["weight"].clone()).collect();
    assert!(!ends.is_empty() && ends.iter().all(|weight| weight == "END"), "{acts}");
    world.finish().await;
}
