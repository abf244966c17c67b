//! A credit check: its frozen answer, what came of it, who sees it.

use domain::rows::Table;
use serde_json::json;

use super::steps;
use crate::{
    on_both,
    repair::steps as records,
    support::world::{World, record},
    task,
    trail::tampering,
};

on_both!(
    an_answer_is_frozen_and_an_outcome_is_borne_out
    what_changed_since_is_asked_again
    a_check_of_a_matter_runs_once
    the_subject_sees_who_asked
    checks_fill_their_line_of_the_plan
);

const ANSWER: &str = "query($id: ID!) { case(id: $id) { state { key } ... on CreditCheck { answeredOn outcome answer { kind number shown sector class what { zh } } } } }";

async fn an_answer_is_frozen_and_an_outcome_is_borne_out(world: World) {
    let (record, code, name) = published(&world).await;
    let question = |matter: &str| json!({ "office": "road_transport_centre", "check": { "purpose": "BIDDING", "sector": "ROAD_TRANSPORT", "matterNumber": matter, "subjectKind": "LEGAL_PERSON", "subjectName": name, "uscc": code } });
    let check = world.done("road", "openCreditCheck", question("ZB-1")).await["id"].as_str().expect("an id").to_owned();
    let case = world.query("road", ANSWER, json!({ "id": check })).await["case"].clone();
    let lines = case["answer"].as_array().expect("an answer").clone();
    assert!(lines.iter().any(|line| line["kind"] == "RECORD" && line["number"] == record && line["shown"] == true), "{case}");
    let outcome = |outcome: &str, basis: Option<&str>| json!({ "id": check, "result": { "outcome": outcome, "basis": basis } });
    // An outcome against the subject is the head's, and names its basis; the officer who asked notes what is not.
    world.refused("road", "concludeCreditCheck", outcome("REFUSED", Some("招标公告第三条")), "OUTCOME_UNFIT").await;
    // Whoever has a published record gets no advantage.
    world.refused("road", "concludeCreditCheck", outcome("PRIORITY", None), "OUTCOME_UNFIT").await;
    world.refused("road-head", "concludeCreditCheckAgainst", outcome("REFUSED", None), "OUTCOME_UNFIT").await;
    world.refused("road-head", "concludeCreditCheckAgainst", outcome("NO_EFFECT", None), "OUTCOME_UNFIT").await;
    world.done("road-head", "concludeCreditCheckAgainst", outcome("REFUSED", Some("招标公告第三条"))).await;
    assert_eq!(world.state(&check).await, "concluded");
    world.done("road-head", "withdrawCreditCheck", json!({ "id": check, "reason": "登记有误" })).await;
    // Nothing is held against whom nothing is known of.
    let clean = steps::asked(&world, "ZB-2").await;
    let against = json!({ "id": clean, "result": { "outcome": "KEY_REVIEW", "basis": "招标公告第三条" } });
    world.refused("road-head", "concludeCreditCheckAgainst", against, "OUTCOME_UNFIT").await;
    world.done("road", "concludeCreditCheck", json!({ "id": clean, "result": { "outcome": "PRIORITY" } })).await;
    world.finish().await;
}

/// Lines of an answer that speak against a subject.
#[test]
fn a_low_grade_speaks_against_its_bearer() {
    use domain::check::{AnswerKind, AnswerLine};
    let line = |kind, what: Option<&str>| AnswerLine {
        kind,
        number: String::new(),
        what: what.map(str::to_owned),
        sector: None,
        class: None,
        until: None,
        shown: false,
    };
    for (grade, against) in [("AA", false), ("A", false), ("B", false), ("C", true), ("D", true)] {
        assert_eq!(line(AnswerKind::Grade, Some(grade)).is_against(), against, "{grade}");
    }
    assert!(line(AnswerKind::Broken, None).is_against() && !line(AnswerKind::Commitment, None).is_against());
}

async fn what_changed_since_is_asked_again(world: World) {
    let check = steps::asked(&world, "XK-1").await;
    steps::registered(&world, 5, "XK-9").await;
    let outcome = json!({ "id": check, "result": { "outcome": "NO_EFFECT" } });
    world.refused("road", "concludeCreditCheck", outcome.clone(), "ANSWER_CHANGED").await;
    world.done("road", "askCreditCheckAgain", json!({ "id": check })).await;
    let case = world.query("road", ANSWER, json!({ "id": check })).await["case"].clone();
    assert_eq!(case["answer"][0]["kind"], "COMMITMENT", "{case}");
    assert_eq!(case["answer"][0]["what"]["zh"], "容缺后补", "{case}");
    world.done("road", "concludeCreditCheck", outcome).await;
    world.finish().await;
}

async fn a_check_of_a_matter_runs_once(world: World) {
    let check = steps::asked(&world, "XK-1").await;
    world.refused("road", "openCreditCheck", steps::question(5, "XK-1"), "CHECK_DOES_NOT_FIT").await;
    world.done("road-head", "withdrawCreditCheck", json!({ "id": check, "reason": "误查" })).await;
    steps::asked(&world, "XK-1").await;
    // A code that is none is said at its field.
    let mut wrong = steps::question(6, "XK-3");
    wrong["check"]["uscc"] = json!("91512002000000000X");
    let answer = world.act("road", "openCreditCheck", wrong).await;
    assert_eq!(answer["errors"][0]["extensions"]["fields"][0]["field"], "input.check.uscc", "{answer}");
    // Another office asks for itself, and no other office reads it.
    let other = world.act("yanjiang", "askCreditCheckAgain", json!({ "id": check })).await;
    assert_eq!(other["errors"][0]["extensions"]["code"], "NOT_FOUND", "{other}");
    world.finish().await;
}

async fn the_subject_sees_who_asked(world: World) {
    let (_, code, name) = published(&world).await;
    let question = json!({ "office": "road_transport_centre", "check": { "purpose": "SUBSIDY", "sector": "ROAD_TRANSPORT", "matterNumber": "BT-1", "subjectKind": "LEGAL_PERSON", "subjectName": name, "uscc": code } });
    let check = world.done("road", "openCreditCheck", question).await["id"].as_str().expect("an id").to_owned();
    let asked = "query($id: ID!) { case(id: $id) { office { key } ... on CreditCheck { purpose matterNumber answer { kind } } } }";
    let nobody = world.query("company", asked, json!({ "id": check })).await;
    assert_eq!(nobody["case"], json!(null), "who is not bound sees nothing");
    records::bound(&world, 1).await;
    let seen = world.query("company", asked, json!({ "id": check })).await["case"].clone();
    assert_eq!((&seen["office"]["key"], &seen["purpose"]), (&json!("road_transport_centre"), &json!("SUBSIDY")), "{seen}");
    assert!(seen["answer"].as_array().is_some_and(|lines| !lines.is_empty()), "{seen}");
    world.finish().await;
}

async fn checks_fill_their_line_of_the_plan(world: World) {
    task::steps::running(&world).await;
    let check = steps::asked(&world, "XK-1").await;
    world.done("road", "concludeCreditCheck", json!({ "id": check, "result": { "outcome": "NO_EFFECT" } })).await;
    assert!(tampering::every_column_is_named(&world, Table::PlanFact).await, "a check counts");
    world.finish().await;
}

/// A record of company 1 that is published: its number, and code and name of the company.
async fn published(world: &World) -> (String, String, String) {
    let id = records::registered(world, record(1)).await;
    world.on("2026-04-20").await;
    let asked = "query($id: ID!) { case(id: $id) { number } }";
    let case = world.query("road", asked, json!({ "id": id })).await["case"].clone();
    let text = |value: &serde_json::Value| value.as_str().expect("a text").to_owned();
    (text(&case["number"]), text(&record(1)["uscc"]), text(&record(1)["subjectName"]))
}
