//! A task from its opening to its confirmation, and back when what was counted falls away.

use serde_json::json;

use super::steps;
use crate::{ledger, on_both, support::world::World};

on_both!(
    a_task_is_done_by_what_was_noted
    nobody_confirms_a_task_of_the_own_office
    what_falls_away_takes_a_task_up_again
    a_meeting_asks_an_office
    the_leading_group_drops_a_task
);

async fn a_task_is_done_by_what_was_noted(world: World) {
    steps::running(&world).await;
    let task = steps::task(&steps::board(&world, "policy").await, "unit_ledgers", "road_transport_centre");
    let reason = world.refused("road-head", "submitPlanTask", json!({ "id": task }), "MEASURE_NOT_MET").await;
    assert!(reason["message"]["zh"].as_str().is_some_and(|words| words.contains("0/1")), "{reason}");
    world.done("road", "notePlanTaskProgress", json!({ "id": task, "reason": "台账正在印发" })).await;
    world.refused("road", "submitPlanTask", json!({ "id": task }), "ROLE_DOES_NOT_ALLOW").await;
    ledger::steps::noted(&world, "road", "road_transport_centre", ledger::steps::document("WORK_LEDGER", "2026-08-30"), "issuedDocument")
        .await;
    // An office's own thing counts for that office alone.
    let board = steps::board(&world, "policy").await;
    let shares = steps::line(&board, "unit_ledgers")["shares"].clone();
    let green: Vec<_> = shares.as_array().expect("shares").iter().filter(|share| share["light"] == "GREEN").collect();
    assert_eq!(green.len(), 1, "{shares}");
    world.done("road-head", "submitPlanTask", json!({ "id": task })).await;
    let because = json!({ "id": task, "reason": "未见印发文件正文" });
    world.done("policy", "sendBackPlanTask", because).await;
    world.done("road-head", "submitPlanTask", json!({ "id": task })).await;
    world.done("policy", "confirmPlanTask", json!({ "id": task })).await;
    assert_eq!(world.state(&task).await, "done");
    world.finish().await;
}

async fn nobody_confirms_a_task_of_the_own_office(world: World) {
    steps::running(&world).await;
    let document = ledger::steps::document("CREATION_PLAN", "2026-08-30");
    ledger::steps::noted(&world, "policy", "policy_office", document, "issuedDocument").await;
    let task = steps::task(&steps::board(&world, "policy").await, "5", "policy_office");
    world.done("policy-head", "submitPlanTask", json!({ "id": task })).await;
    let reason = world.refused("policy-2", "confirmPlanTask", json!({ "id": task }), "OWN_OFFICES_TASK").await;
    assert!(reason["remedy"]["zh"].as_str().is_some_and(|words| words.contains("局领导")), "{reason}");
    world.done("leader", "confirmPlanTask", json!({ "id": task })).await;
    world.finish().await;
}

async fn what_falls_away_takes_a_task_up_again(world: World) {
    steps::running(&world).await;
    let document = ledger::steps::document("WORK_LEDGER", "2026-08-30");
    let noted = ledger::steps::noted(&world, "road", "road_transport_centre", document, "issuedDocument").await;
    let task = steps::task(&steps::board(&world, "policy").await, "unit_ledgers", "road_transport_centre");
    world.done("road-head", "submitPlanTask", json!({ "id": task })).await;
    world.done("road-head", "withdrawLedgerEntry", json!({ "id": noted, "reason": "文件未印发" })).await;
    world.refused("policy", "confirmPlanTask", json!({ "id": task }), "MEASURE_NOT_MET").await;
    let document = ledger::steps::document("WORK_LEDGER", "2026-08-30");
    let noted = ledger::steps::noted(&world, "road", "road_transport_centre", document, "issuedDocument").await;
    world.done("policy", "confirmPlanTask", json!({ "id": task })).await;
    world.done("road-head", "withdrawLedgerEntry", json!({ "id": noted, "reason": "文件撤回" })).await;
    world.refused("policy", "reopenPlanTask", json!({ "id": task, "reason": "文件已撤回" }), "ROLE_DOES_NOT_ALLOW").await;
    world.done("policy-head", "reopenPlanTask", json!({ "id": task, "reason": "文件已撤回" })).await;
    world.refused("road-head", "submitPlanTask", json!({ "id": task }), "MEASURE_NOT_MET").await;
    world.finish().await;
}

async fn a_meeting_asks_an_office(world: World) {
    let meeting = ledger::steps::meeting(&world).await;
    let task = steps::asked(&world, &meeting, "road_transport_centre", "2026-05-29").await;
    let document = ledger::steps::document("WORK_LEDGER", "2026-04-01");
    let other = ledger::steps::noted(&world, "policy", "policy_office", document, "issuedDocument").await;
    let input = json!({ "meeting": other, "office": "yanjiang", "task": { "title": "示例", "due": "2026-05-29" } });
    world.refused("policy", "openPlanTask", input, "TASK_DOES_NOT_FIT").await;
    let late = json!({ "meeting": meeting, "office": "yanjiang", "task": { "title": "示例", "due": "2036-05-29" } });
    world.refused("policy", "openPlanTask", late, "DATE_TOO_LATE").await;
    let early = json!({ "meeting": meeting, "office": "yanjiang", "task": { "title": "示例", "due": "2026-03-29" } });
    world.refused("policy", "openPlanTask", early, "DATE_OUT_OF_ORDER").await;
    let by_others = json!({ "meeting": meeting, "office": "yanjiang", "task": { "title": "示例", "due": "2026-05-29" } });
    let answer = world.act("road", "openPlanTask", by_others).await;
    assert!(answer.get("errors").is_some(), "the road centre does not see the policy office's meeting: {answer}");
    world.refused("road-head", "submitPlanTask", json!({ "id": task }), "MISSING_DOCUMENT").await;
    let paper = world.paper("road-head", "进展报告").await;
    world.done("road-head", "submitPlanTask", json!({ "id": task, "evidence": paper })).await;
    world.refused("policy", "confirmPlanTask", json!({ "id": task }), "SAME_PERSON").await;
    world.done("policy-2", "confirmPlanTask", json!({ "id": task })).await;
    let query = "query($id: ID!) { case(id: $id) { ... on LedgerEntry { tasks { number title taskDue } } } }";
    let found = world.query("policy", query, json!({ "id": meeting })).await["case"]["tasks"].clone();
    assert_eq!(found.as_array().map(Vec::len), Some(1));
    assert_eq!(found[0]["title"], "报送上半年信用工作进展");
    let opened = world
        .query(
            "policy",
            "query($id: ID!) { openings(about: $id, mutation: \"openPlanTask\") { allowed asks { field kind } } }",
            json!({ "id": meeting }),
        )
        .await;
    assert_eq!(opened["openings"][0]["allowed"], true, "{opened}");
    world.finish().await;
}

async fn the_leading_group_drops_a_task(world: World) {
    steps::running(&world).await;
    let task = steps::task(&steps::board(&world, "policy").await, "36", "policy_office");
    let paper = world.paper("leader", "领导小组会议记录").await;
    let of_the_head = world.paper("policy-head", "科室意见").await;
    let input = json!({ "id": task, "reason": "本年度无立法计划", "meetingRecord": of_the_head });
    world.refused("policy-head", "dropPlanTask", input, "ROLE_DOES_NOT_ALLOW").await;
    world.done("leader", "dropPlanTask", json!({ "id": task, "reason": "本年度无立法计划", "meetingRecord": paper })).await;
    // It is not opened again by itself.
    api::work::plans::keep(&world.app).await.expect("kept");
    assert_eq!(world.texts("SELECT id FROM cases WHERE process = 'plan_task' AND state = 'in_progress'").await.len(), 108);
    world.finish().await;
}
