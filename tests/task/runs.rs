//! Plans started, moved to a newer version, closed.

use domain::rows::Table;
use serde_json::json;

use super::steps::{self, RUN, VERSION};
use crate::{ledger, on_both, support::world::World, trail::tampering};

on_both!(
    a_plan_opens_its_tasks_once
    a_plan_is_started_by_the_policy_head_in_its_time
    a_newer_version_moves_and_closes_tasks
    a_plan_that_is_closed_closes_its_tasks
    a_start_that_was_broken_off_goes_on
    every_column_of_a_plan_is_named
);

async fn every_column_of_a_plan_is_named(world: World) {
    steps::running(&world).await;
    let document = ledger::steps::document("WORK_LEDGER", "2026-08-30");
    ledger::steps::noted(&world, "road", "road_transport_centre", document, "issuedDocument").await;
    for table in [Table::PlanRun, Table::PlanLine, Table::PlanFact] {
        assert!(tampering::every_column_is_named(&world, table).await, "{table:?} has a row");
    }
    world.finish().await;
}

async fn tasks(world: &World, state: &str) -> usize {
    world.texts(&format!("SELECT id FROM cases WHERE process = 'plan_task' AND state = '{state}'")).await.len()
}

async fn a_plan_opens_its_tasks_once(world: World) {
    steps::running(&world).await;
    assert_eq!(tasks(&world, "in_progress").await, 98 + 11);
    let again = steps::change(&world, "policy-head", "startPlan", "version", VERSION).await;
    assert_eq!(again["refusal"]["reasons"][0]["code"], "ALREADY_SO");
    api::work::rounds::make(&world.app).await.expect("rounds");
    assert_eq!(tasks(&world, "in_progress").await, 98 + 11);
    let plans = world.query("road", "{ plans { run version first last startedOn closedOn canStart tasks } }", json!({})).await;
    let expected = json!([{ "run": RUN, "version": VERSION, "first": "2026-08-30", "last": "2027-08-31", "startedOn": "2026-08-30", "closedOn": null, "canStart": false, "tasks": [98, 11] }]);
    assert_eq!(plans["plans"], expected);
    // Every task lies at its office's desk with the last day of its stage.
    let board = steps::board(&world, "policy").await;
    assert_eq!(steps::line(&board, "1")["due"], "2026-09-10");
    let task = steps::task(&board, "9", "road_transport_centre");
    let query = "query($id: ID!) { case(id: $id) { ... on PlanTask { run line planVersion asked { zh } title taskDue progress { light gap { zh } } desk { office { key } } deadlines { key dueOn } } } }";
    let case = world.query("road", query, json!({ "id": task })).await["case"].clone();
    assert_eq!((case["run"].as_str(), case["line"].as_str(), case["taskDue"].as_str()), (Some(RUN), Some("9"), Some("2027-08-31")));
    assert_eq!(case["deadlines"][0], json!({ "key": "due", "dueOn": "2027-08-31" }));
    assert_eq!(case["progress"]["light"], "AMBER");
    assert!(case["asked"]["zh"].as_str().is_some_and(|words| words.contains("省站")), "{case}");
    world.finish().await;
}

async fn a_plan_is_started_by_the_policy_head_in_its_time(world: World) {
    for login in ["policy", "leader", "road-head", "admin", "auditor"] {
        let answer = steps::change(&world, login, "startPlan", "version", VERSION).await;
        assert_eq!(answer["refusal"]["reasons"][0]["code"], "ROLE_DOES_NOT_ALLOW", "{login}");
    }
    for version in ["credit_transport_city.2022-08-30.1", "typed by a caller", VERSION] {
        let answer = steps::change(&world, "policy-head", "startPlan", "version", version).await;
        let reason = &answer["refusal"]["reasons"][0];
        assert_eq!(reason["code"], "PLAN_NOT_IN_FORCE", "{version}");
        assert!(!reason["message"]["en"].as_str().unwrap_or_default().contains("typed by"), "what was typed is not repeated");
    }
    world.on("2026-08-30").await;
    let strange = steps::file().replace("finance_section", "treasury_section");
    steps::loaded(&world, "plan.toml", &strange).await;
    let answer = steps::change(&world, "policy-head", "startPlan", "version", VERSION).await;
    let reason = &answer["refusal"]["reasons"][0];
    assert_eq!(reason["code"], "PLAN_OFFICES_UNKNOWN");
    assert!(reason["message"]["zh"].as_str().is_some_and(|words| words.contains("treasury_section")), "{reason}");
    assert_eq!(tasks(&world, "in_progress").await, 0);
    world.finish().await;
}

async fn a_newer_version_moves_and_closes_tasks(world: World) {
    steps::running(&world).await;
    let board = steps::board(&world, "policy").await;
    let (moved, gone) = (steps::task(&board, "1", "policy_office"), steps::task(&board, "37", "policy_office"));
    world.on("2026-09-01").await;
    // The first stage ends later, and the last bonus goes.
    let newer = steps::file()
        .replace("in_force_from = 2026-08-30", "in_force_from = 2026-09-01")
        .replace("last = 2026-09-10", "last = 2026-09-20")
        .replace("first = 2026-09-11", "first = 2026-09-21");
    let newer: Vec<_> = newer.lines().filter(|line| !line.contains("{ no = 37,")).collect();
    steps::loaded(&world, "plan.toml", &newer.join("\n")).await;
    let answer = steps::change(&world, "policy-head", "startPlan", "version", "credit_transport_city.2026-09-01.1").await;
    assert!(answer["refusal"].is_null(), "{answer}");
    let query =
        "query($id: ID!) { case(id: $id) { state { key } ... on PlanTask { taskDue planVersion deadlines { key status dueOn } } } }";
    let case = world.query("policy", query, json!({ "id": moved })).await["case"].clone();
    assert_eq!((case["taskDue"].as_str(), case["planVersion"].as_str()), (Some("2026-09-20"), Some("credit_transport_city.2026-09-01.1")));
    let open: Vec<_> = case["deadlines"].as_array().expect("deadlines").iter().filter(|row| row["status"] == "OPEN").collect();
    assert_eq!(open.iter().map(|row| row["dueOn"].as_str()).collect::<Vec<_>>(), [Some("2026-09-20")], "{case}");
    assert_eq!(world.state(&gone).await, "closed");
    let older = steps::change(&world, "policy-head", "startPlan", "version", VERSION).await;
    assert_eq!(older["refusal"]["reasons"][0]["code"], "PLAN_NOT_IN_FORCE", "what was replaced does not come back");
    world.finish().await;
}

async fn a_plan_that_is_closed_closes_its_tasks(world: World) {
    steps::running(&world).await;
    let answer = steps::change(&world, "policy-head", "closePlan", "run", RUN).await;
    assert!(answer["refusal"].is_null(), "{answer}");
    assert_eq!((tasks(&world, "in_progress").await, tasks(&world, "closed").await), (0, 109));
    let again = steps::change(&world, "policy-head", "closePlan", "run", RUN).await;
    assert_eq!(again["refusal"]["reasons"][0]["code"], "ALREADY_SO");
    let unknown = steps::change(&world, "policy-head", "closePlan", "run", "nothing").await;
    assert_eq!(unknown["refusal"]["reasons"][0]["code"], "PLAN_NOT_IN_FORCE");
    let board = steps::board(&world, "leader").await;
    assert_eq!(board["lights"]["amber"].as_u64().unwrap_or_default() + board["lights"]["grey"].as_u64().unwrap_or_default(), 37, "{board}");
    world.finish().await;
}

async fn a_start_that_was_broken_off_goes_on(world: World) {
    world.on("2026-08-30").await;
    steps::loaded(&world, "plan.toml", &steps::file()).await;
    // The act alone, as if the server had died before the tasks were opened.
    let act = domain::admin::AdminAct::StartPlan { version: VERSION.to_owned() };
    api::city::acts::operate(&world.app, act, Vec::new()).await.expect("the operator may");
    assert_eq!(tasks(&world, "in_progress").await, 0);
    api::work::rounds::make(&world.app).await.expect("rounds");
    assert_eq!(tasks(&world, "in_progress").await, 109);
    world.finish().await;
}
