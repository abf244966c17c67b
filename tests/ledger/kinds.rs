//! Every kind of ledger entry: noted with what it needs, refused without each of it, corrected and taken back.

use serde_json::{Value, json};

use super::steps;
use crate::{on_both, support::world::World};

on_both!(
    every_kind_is_noted_with_what_it_needs_and_refused_without
    a_kind_is_kept_by_its_office
    a_matter_of_another_kind_is_refused
    nobody_is_made_to_take_part
    a_draft_is_concluded_and_an_entry_corrected_and_taken_back
);

/// A kind with what it needs and the input field of a paper that shows it; what is needed besides day and title.
fn kinds() -> Vec<(Value, &'static str, Vec<&'static str>)> {
    let on = "2026-04-01";
    let of = |kind: &str, matter: &str| json!({ "kind": kind, "matters": [matter], "on": on, "title": "示例事项" });
    let with = |mut ledger: Value, more: Value| {
        for (key, value) in more.as_object().expect("fields") {
            ledger[key] = value.clone();
        }
        ledger
    };
    vec![
        (with(of("APPOINTMENT", "DEDICATED_PERSON"), json!({ "person": "示例人员" })), "issuedDocument", vec!["person"]),
        (with(of("MEETING", "PROMOTION"), json!({ "participants": 9 })), "meetingRecord", vec!["participants"]),
        (with(of("ISSUED_DOCUMENT", "KEY_POINTS"), json!({ "number": "示例〔2026〕1号" })), "issuedDocument", vec!["number"]),
        (
            with(of("LINK_CHECK", "COLUMN"), json!({ "address": "https://example.invalid/column", "works": true })),
            "screenshot",
            vec!["address", "works"],
        ),
        (with(of("EVENT", "SPRING_TRAVEL"), json!({ "until": "2026-04-30" })), "photo", vec!["until"]),
        (
            with(of("TRAINING", "AUTHORITY"), json!({ "participants": 20, "hours": 4, "number": "示例〔2026〕2号" })),
            "issuedDocument",
            vec!["participants", "hours", "number"],
        ),
        (with(of("CAMPAIGN", "SAFETY"), json!({ "until": "2026-04-30", "outcome": "示例成效" })), "evidence", vec!["until", "outcome"]),
        (with(of("LIAISON", "DEVELOPMENT_REFORM"), json!({ "outcome": "示例沟通" })), "evidence", vec!["outcome"]),
        (with(of("NIL_REPORT", "PROPOSALS"), json!({ "period": "2026-04" })), "evidence", vec!["period"]),
        (with(of("BONUS", "INNOVATION"), json!({ "number": "示例〔2026〕3号" })), "issuedDocument", vec!["number"]),
        (
            with(of("SURVEY", "SATISFACTION"), json!({ "participants": 100, "satisfied": 97, "outcome": "对信用服务是否满意" })),
            "evidence",
            vec!["participants", "satisfied", "outcome"],
        ),
        (with(of("HIGHLIGHT", "HIGHLIGHT"), json!({ "outcome": "示例亮点" })), "evidence", vec!["outcome"]),
        (with(of("EVALUATION", "PROVINCE"), json!({ "score": "86.50" })), "evidence", vec!["score"]),
    ]
}

async fn every_kind_is_noted_with_what_it_needs_and_refused_without(world: World) {
    for (ledger, paper, needs) in kinds() {
        for need in needs {
            let mut lacking = ledger.clone();
            lacking.as_object_mut().expect("fields").remove(need);
            let input = steps::input(&world, "policy", "policy_office", lacking, paper).await;
            world.refused("policy", "noteLedgerEntry", input, "LEDGER_INCOMPLETE").await;
        }
        let bare = steps::input(&world, "policy", "policy_office", ledger.clone(), "").await;
        let reason = world.refused("policy", "noteLedgerEntry", bare, "LEDGER_INCOMPLETE").await;
        assert!(reason["message"]["en"].as_str().is_some_and(|words| words.len() > 30), "{reason}");
        let entry = steps::noted(&world, "policy", "policy_office", ledger.clone(), paper).await;
        let query = "query($id: ID!) { case(id: $id) { state { key } ... on LedgerEntry { kind matters on until title documentNumber address person outcome participants satisfied hours video works voluntary period score } } }";
        let case = world.query("policy", query, json!({ "id": entry })).await["case"].clone();
        assert_eq!(case["state"]["key"], "noted");
        for (field, value) in ledger.as_object().expect("fields") {
            let shown = if field == "number" { "documentNumber" } else { field };
            assert_eq!(case[shown], *value, "{field} of {}", ledger["kind"]);
        }
    }
    world.finish().await;
}

async fn a_kind_is_kept_by_its_office(world: World) {
    let (appointment, paper, _) = kinds().swap_remove(0);
    let input = steps::input(&world, "road", "road_transport_centre", appointment, paper).await;
    let reason = world.refused("road", "noteLedgerEntry", input, "KIND_OF_ANOTHER_OFFICE").await;
    assert!(reason["message"]["zh"].as_str().is_some_and(|words| words.contains("政策法规科")), "{reason}");
    let of_others = steps::input(&world, "road", "yanjiang", steps::document("WORK_LEDGER", "2026-04-01"), "issuedDocument").await;
    world.refused("road", "noteLedgerEntry", of_others, "ROLE_DOES_NOT_ALLOW").await;
    let own = steps::noted(&world, "road", "road_transport_centre", steps::document("WORK_LEDGER", "2026-04-01"), "issuedDocument").await;
    for (login, sees) in [("road-head", true), ("policy", true), ("auditor", true), ("leader", true), ("yanjiang", false), ("admin", false)]
    {
        let found = world.query(login, "query($id: ID!) { case(id: $id) { number } }", json!({ "id": own })).await;
        assert_eq!(!found["case"].is_null(), sees, "{login}");
    }
    world.finish().await;
}

async fn a_matter_of_another_kind_is_refused(world: World) {
    let mut strange = steps::document("SPRING_TRAVEL", "2026-04-01");
    let input = steps::input(&world, "policy", "policy_office", strange.clone(), "issuedDocument").await;
    world.refused("policy", "noteLedgerEntry", input, "LEDGER_INCOMPLETE").await;
    strange["matters"] = json!(["BUDGET", "CATALOGUE"]);
    let input = steps::input(&world, "policy", "policy_office", strange.clone(), "issuedDocument").await;
    let reason = world.refused("policy", "noteLedgerEntry", input, "LEDGER_INCOMPLETE").await;
    assert!(reason["message"]["en"].as_str().is_some_and(|words| words.contains("one of the matters of the kind")), "{reason}");
    strange["matters"] = json!([]);
    let input = steps::input(&world, "policy", "policy_office", strange.clone(), "issuedDocument").await;
    world.refused("policy", "noteLedgerEntry", input, "LEDGER_INCOMPLETE").await;
    strange["matters"] = json!(["BUDGET"]);
    strange["on"] = json!("2026-04-02");
    let input = steps::input(&world, "policy", "policy_office", strange.clone(), "issuedDocument").await;
    world.refused("policy", "noteLedgerEntry", input, "DATE_IN_FUTURE").await;
    strange["on"] = json!("2026-03-02");
    strange["until"] = json!("2026-03-01");
    let input = steps::input(&world, "policy", "policy_office", strange.clone(), "issuedDocument").await;
    world.refused("policy", "noteLedgerEntry", input, "LEDGER_INCOMPLETE").await;
    strange["until"] = json!("2096-03-01");
    let input = steps::input(&world, "policy", "policy_office", strange.clone(), "issuedDocument").await;
    world.refused("policy", "noteLedgerEntry", input, "DATE_TOO_LATE").await;
    for (field, value) in [("address", json!("javascript:alert(1)")), ("period", json!("2026-13")), ("score", json!("a lot"))] {
        let mut wrong = steps::document("BUDGET", "2026-03-02");
        wrong[field] = value;
        let input = steps::input(&world, "policy", "policy_office", wrong, "issuedDocument").await;
        let payload = world.act("policy", "noteLedgerEntry", input).await;
        assert_eq!(payload["errors"][0]["extensions"]["field"], format!("input.ledger.{field}"), "{payload}");
    }
    world.finish().await;
}

async fn nobody_is_made_to_take_part(world: World) {
    let training = |voluntary: Value| json!({ "kind": "TRAINING", "matters": ["AUTHORITY", "COMPANY"], "on": "2026-04-01", "title": "示例培训", "participants": 20, "hours": 4, "number": "示例〔2026〕2号", "voluntary": voluntary });
    for voluntary in [Value::Null, json!(false)] {
        let input = steps::input(&world, "policy", "policy_office", training(voluntary), "issuedDocument").await;
        let reason = world.refused("policy", "noteLedgerEntry", input, "LEDGER_INCOMPLETE").await;
        assert_eq!(reason["article"]["key"], "business_env_2020/art_17");
    }
    steps::noted(&world, "policy", "policy_office", training(json!(true)), "issuedDocument").await;
    world.finish().await;
}

async fn a_draft_is_concluded_and_an_entry_corrected_and_taken_back(world: World) {
    let begun = json!({ "kind": "CAMPAIGN", "matters": ["OVERLOADING"], "on": "2026-04-01", "title": "超限超载专项治理" });
    let draft = world.done("road", "openLedgerEntry", json!({ "office": "road_transport_centre", "ledger": begun })).await;
    let id = draft["id"].clone();
    let mut amended = begun.clone();
    amended["title"] = json!("超限超载失信专项治理");
    world.done("road", "amendLedgerEntry", json!({ "id": id, "ledger": amended })).await;
    world.refused("road", "concludeLedgerEntry", json!({ "id": id, "ledger": amended }), "LEDGER_INCOMPLETE").await;
    world.on("2026-05-06").await;
    amended["until"] = json!("2026-04-30");
    amended["outcome"] = json!("查处12起");
    let paper = world.paper("road", "专项治理总结").await;
    world.done("road", "concludeLedgerEntry", json!({ "id": id, "ledger": amended, "evidence": paper })).await;
    amended["outcome"] = json!("查处11起");
    // The paper that was brought before shows it still.
    world.done("road", "correctLedgerEntry", json!({ "id": id, "ledger": amended, "reason": "一起重复统计" })).await;
    world.refused("road", "withdrawLedgerEntry", json!({ "id": id, "reason": "登记有误" }), "ROLE_DOES_NOT_ALLOW").await;
    world.done("road-head", "withdrawLedgerEntry", json!({ "id": id, "reason": "登记有误" })).await;
    world.refused("road", "correctLedgerEntry", json!({ "id": id, "ledger": amended, "reason": "再更正" }), "STATE_DOES_NOT_ALLOW").await;
    world.finish().await;
}
