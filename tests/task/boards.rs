//! The board: what each number counts, whose it is, how a line stands on a day.

use serde_json::{Value, json};

use super::steps::{self, RUN};
use crate::{ledger, on_both, support::world::World};

on_both!(
    each_number_is_the_list_that_it_opens
    lines_turn_green_and_red_again
    an_office_reads_its_own_shares
    lists_and_nil_reports_are_counted_by_month
    what_is_watched_is_counted
);

/// Numbers of the cases that a line counts.
async fn counted(world: &World, login: &str, line: &str) -> Vec<String> {
    let query = "query($run: String!, $line: String!, $after: String) { planCounted(run: $run, line: $line, first: 1, after: $after) { pageInfo { hasNextPage endCursor } nodes { on number kind { zh } office { key } case { number } } } }";
    let (mut after, mut found) = (Value::Null, Vec::new());
    loop {
        let page = world.query(login, query, json!({ "run": RUN, "line": line, "after": after })).await["planCounted"].clone();
        found.extend(page["nodes"].as_array().expect("nodes").iter().filter_map(|node| node["number"].as_str().map(str::to_owned)));
        if page["pageInfo"]["hasNextPage"] != true {
            return found;
        }
        after = page["pageInfo"]["endCursor"].clone();
    }
}

async fn each_number_is_the_list_that_it_opens(world: World) {
    steps::running(&world).await;
    for matter in ["LEADING_GROUP", "LEAD_SECTION"] {
        let ledger = json!({ "kind": "APPOINTMENT", "matters": [matter], "on": "2026-08-30", "title": "示例文件" });
        ledger::steps::noted(&world, "policy", "policy_office", ledger, "issuedDocument").await;
    }
    ledger::steps::noted(&world, "policy", "policy_office", ledger::steps::document("BUDGET", "2026-08-30"), "issuedDocument").await;
    // Before the plan's period: it counts in no line of this plan.
    ledger::steps::noted(&world, "policy", "policy_office", ledger::steps::document("KEY_POINTS", "2026-08-29"), "issuedDocument").await;
    let board = steps::board(&world, "policy").await;
    let lines =
        board["sections"].as_array().expect("sections").iter().flat_map(|section| section["lines"].as_array().expect("lines").clone());
    let mut total = 0;
    for line in lines.chain(board["duties"].as_array().expect("duties").clone()) {
        let key = line["key"].as_str().expect("a key");
        let sum: u64 = line["counted"].as_array().expect("counts").iter().filter_map(Value::as_u64).sum();
        let listed = counted(&world, "policy", key).await;
        assert_eq!(listed.len() as u64, sum, "line {key}");
        assert!(listed.iter().all(|number| number.starts_with("TZ2026-")), "{listed:?}");
        total += sum;
    }
    assert_eq!(total, 3, "two appointments and a budget");
    world.finish().await;
}

async fn lines_turn_green_and_red_again(world: World) {
    steps::running(&world).await;
    let light = |board: &Value, key: &str| steps::line(board, key)["light"].as_str().unwrap_or_default().to_owned();
    let board = steps::board(&world, "leader").await;
    assert_eq!((light(&board, "1"), light(&board, "11")), ("AMBER".to_owned(), "GREY".to_owned()));
    let mut made = Vec::new();
    for matter in ["LEADING_GROUP", "LEAD_SECTION", "DEDICATED_PERSON"] {
        let person = (matter == "DEDICATED_PERSON").then_some("示例人员");
        let ledger = json!({ "kind": "APPOINTMENT", "matters": [matter], "on": "2026-08-30", "until": "2027-06-30", "title": "示例文件", "person": person });
        made.push(ledger::steps::noted(&world, "policy", "policy_office", ledger, "issuedDocument").await);
    }
    let board = steps::board(&world, "leader").await;
    assert_eq!(light(&board, "1"), "GREEN");
    assert_eq!(board["lights"]["green"], 1);
    // The day has passed: what falls away now is missed.
    world.on("2026-09-11").await;
    world.done("policy-head", "withdrawLedgerEntry", json!({ "id": made[0], "reason": "文件作废" })).await;
    let board = steps::board(&world, "leader").await;
    assert_eq!(light(&board, "1"), "RED");
    assert!(steps::line(&board, "1")["gap"]["zh"].as_str().is_some_and(|gap| gap.contains("领导小组") && gap.contains("0/1")), "{board}");
    assert_eq!(light(&steps::board_on(&world, "leader", Some("2026-09-10")).await, "1"), "GREEN", "as it stood the day before");
    world.finish().await;
}

async fn an_office_reads_its_own_shares(world: World) {
    steps::running(&world).await;
    let own = steps::board(&world, "road").await;
    let shares = steps::line(&own, "9")["shares"].clone();
    assert_eq!(shares.as_array().map(Vec::len), Some(1), "{shares}");
    assert_eq!(shares[0]["office"]["key"], "road_transport_centre");
    assert_eq!(steps::line(&own, "1")["shares"], json!([]), "the line of another office shows its total alone");
    assert_eq!(steps::line(&steps::board(&world, "auditor").await, "9")["shares"].as_array().map(Vec::len), Some(8));
    let query = "query($run: String!) { planBoard(run: $run) { asOf } }";
    for login in ["company", "admin", "counter"] {
        let token = world.token(login).await;
        let answer = world.ask(Some(&token), query, json!({ "run": RUN })).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "FORBIDDEN", "{login}: {answer}");
    }
    let answer = world.ask(None, query, json!({ "run": RUN })).await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
    let none = world.query("policy", query, json!({ "run": "nothing" })).await;
    assert!(none["planBoard"].is_null());
    world.finish().await;
}

async fn lists_and_nil_reports_are_counted_by_month(world: World) {
    steps::running(&world).await;
    let nil =
        |period: &str, on: &str| json!({ "kind": "NIL_REPORT", "matters": ["PROPOSALS"], "on": on, "title": "零报告", "period": period });
    world.on("2026-09-29").await;
    ledger::steps::noted(&world, "road", "road_transport_centre", nil("2026-09", "2026-09-29"), "evidence").await;
    world.on("2026-11-02").await;
    // After the month's last day, whatever day it bears.
    ledger::steps::noted(&world, "road", "road_transport_centre", nil("2026-10", "2026-10-30"), "evidence").await;
    let board = steps::board(&world, "policy").await;
    let line = steps::line(&board, "19");
    // Four units, two full months each; one is told in time.
    assert_eq!((line["percent"][0].as_str(), line["light"].as_str()), (Some("12.50 %"), Some("AMBER")), "{line}");
    let share = steps::line(&steps::board(&world, "road").await, "19")["shares"][0].clone();
    assert!(share["gap"]["zh"].as_str().is_some_and(|gap| gap.contains("1/2")), "{share}");
    world.finish().await;
}

async fn what_is_watched_is_counted(world: World) {
    steps::running(&world).await;
    for (answered, satisfied) in [(100, 97), (50, 44)] {
        let survey = json!({ "kind": "SURVEY", "matters": ["SATISFACTION"], "on": "2026-08-30", "title": "满意率调查", "participants": answered, "satisfied": satisfied, "outcome": "是否满意" });
        ledger::steps::noted(&world, "policy", "policy_office", survey, "evidence").await;
    }
    let too_many = json!({ "kind": "SURVEY", "matters": ["SATISFACTION"], "on": "2026-08-30", "title": "满意率调查", "participants": 5, "satisfied": 6, "outcome": "是否满意" });
    let input = ledger::steps::input(&world, "policy", "policy_office", too_many, "evidence").await;
    world.refused("policy", "noteLedgerEntry", input, "LEDGER_INCOMPLETE").await;
    let board = steps::board(&world, "policy").await;
    let satisfaction = board["watched"].as_array().expect("watched").iter().find(|one| one["key"] == "satisfaction").cloned();
    assert_eq!(satisfaction, Some(json!({ "key": "satisfaction", "counted": 2, "percent": "94.00 %" })));
    assert_eq!(counted(&world, "policy", "satisfaction").await.len(), 2);
    world.finish().await;
}
