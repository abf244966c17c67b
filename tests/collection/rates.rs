//! Rates that are frozen: by whom, with which lists, and that a plan's rows follow them.

use serde_json::json;
use sha2::{Digest, Sha256};

use super::steps;
use crate::{
    on_both,
    repair::steps as records,
    support::world::{World, record},
    task,
};

on_both!(
    coverage_counts_operators_and_names_those_that_fail
    dual_publication_and_completeness_are_counted_on_lines
    rows_of_the_plan_follow_what_was_frozen
    a_month_is_frozen_by_itself
);

async fn coverage_counts_operators_and_names_those_that_fail(world: World) {
    let bare = "无代码运输户,个体工商户,,道路运输,512002,,2021-05-01,".to_owned();
    let gone = steps::operator(4).replace("2020-01-01,", "2020-01-01,2026-03-31");
    steps::brought(&world, "operator_basic", &[steps::operator(1), steps::operator(2), steps::operator(3), gone, bare]).await;
    steps::brought(&world, "licence", &[steps::licence(1, "2026-04-01")]).await;
    let rates = steps::frozen(&world, "2026-04-01").await;
    let all = steps::rate(&rates, "COVERAGE", "all", None);
    assert_eq!(
        (&all["num"], &all["den"], &all["percent"], &all["excluded"], &all["failing"]),
        (&json!(1), &json!(4), &json!("25.00 %"), &json!(1), &json!(3)),
        "{all}"
    );
    let failing = steps::failing(&world, "policy", &all).await.expect("the policy office reads it");
    let mut expected = vec![
        (steps::code(2), "NOTHING_COLLECTED".to_owned()),
        (steps::code(3), "NOTHING_COLLECTED".to_owned()),
        ("无代码运输户".to_owned(), "NO_VALID_CODE".to_owned()),
    ];
    expected.sort();
    assert_eq!(failing, expected);
    let text: String = failing.iter().map(|(key, reasons)| format!("{key}\t{reasons}\n")).collect();
    assert_eq!(all["listSha256"], format!("{:x}", Sha256::digest(text)), "the list is the one that was frozen");
    assert_eq!(steps::rate(&rates, "COVERAGE", "field|WATER_TRANSPORT", None)["percent"], "no data");
    // A county reads the list of its own division, and no other.
    let own = steps::rates(&world, "yanjiang", "2026-04-01").await;
    let division = steps::rate(&own, "COVERAGE", "division|512002", None);
    assert_eq!(division["listOpen"], true);
    assert_eq!(steps::failing(&world, "yanjiang", &division).await.map(|list| list.len()), Some(3));
    assert!(steps::failing(&world, "yanjiang", &all).await.is_none() && steps::failing(&world, "anyue", &division).await.is_none());
    // Nobody else freezes, and no day that has not come.
    let query = "mutation($input: FreezeMeasuresInput!) { freezeMeasures(input: $input) { refusal { reasons { code } } } }";
    let done = world.query("yanjiang", query, json!({ "input": { "asOf": "2026-04-01" } })).await;
    assert_eq!(done["freezeMeasures"]["refusal"]["reasons"][0]["code"], "ROLE_DOES_NOT_ALLOW", "{done}");
    let token = world.token("policy").await;
    let early = world.ask(Some(&token), query, json!({ "input": { "asOf": "2026-04-02" } })).await;
    assert_eq!(early["errors"][0]["extensions"]["field"], "input.asOf", "{early}");
    world.finish().await;
}

async fn dual_publication_and_completeness_are_counted_on_lines(world: World) {
    // A penalty of the road transport centre is a decision too, and nobody has reported it.
    records::registered(&world, record(1)).await;
    let submission = steps::sent(&world).await;
    steps::answered(&world, &submission, "1 退回 E07\n2 入库").await;
    let first = Some("2026-04-01");
    let rates = steps::frozen(&world, "2026-04-01").await;
    let shares = |measure: &str, scope: &str| {
        let rate = steps::rate(&rates, measure, scope, first);
        (rate["num"].as_i64(), rate["den"].as_i64())
    };
    assert_eq!(shares("REPORTED", "kind|LICENCE"), (Some(2), Some(2)));
    assert_eq!(shares("COMPLIANT", "kind|LICENCE"), (Some(1), Some(2)));
    assert_eq!(shares("FIRST_PASS", "office|yanjiang"), (Some(1), Some(2)));
    let compliant = steps::rate(&rates, "COMPLIANT", "office|yanjiang", first);
    let failing = steps::failing(&world, "yanjiang", &compliant).await.expect("its own list");
    assert_eq!(failing.len(), 1);
    assert!(failing[0].0.starts_with("licence|") && failing[0].1 == "RETURNED:E07", "{failing:?}");
    // Completeness is of what the province gets.
    let input = json!({ "office": "yanjiang", "submission": { "platform": "PROVINCIAL_TRANSPORT", "handOverBy": "2026-05-29" } });
    let whole = steps::licence(3, "2026-04-01").replace("道路货物运输经营", "/");
    steps::brought(&world, "licence", &[whole]).await;
    let id = world.done("yanjiang", "openDataSubmission", input).await["id"].as_str().expect("an id").to_owned();
    world.done("yanjiang-head", "submitDataSubmission", json!({ "id": id })).await;
    let rates = steps::frozen(&world, "2026-04-01").await;
    let complete = steps::rate(&rates, "COMPLETENESS", "office|yanjiang", first);
    assert_eq!((&complete["num"], &complete["den"], &complete["percent"]), (&json!(2), &json!(3), &json!("66.66 %")), "{complete}");
    let failing = steps::failing(&world, "yanjiang", &complete).await.expect("its own list");
    assert_eq!(failing[0].1, "PLACEHOLDER:XK_NR", "{failing:?}");
    world.finish().await;
}

async fn rows_of_the_plan_follow_what_was_frozen(world: World) {
    task::steps::running(&world).await;
    let light = async |line: &str| {
        let board = task::steps::board(&world, "policy").await;
        task::steps::line(&board, line)["light"].clone()
    };
    assert_eq!(light("11").await, "GREY", "nothing was frozen yet");
    steps::brought(&world, "operator_basic", &[steps::operator(1), steps::operator(2)]).await;
    steps::brought(&world, "licence", &[steps::licence(1, "2026-08-30")]).await;
    steps::frozen(&world, "2026-08-30").await;
    assert_eq!(light("11").await, "AMBER");
    let board = task::steps::board(&world, "policy").await;
    assert_eq!(task::steps::line(&board, "11")["percent"], json!(["50.00 %"]));
    steps::brought(&world, "licence", &[steps::licence(2, "2026-08-30")]).await;
    assert_eq!(light("11").await, "AMBER", "a frozen line stands until the next one");
    steps::frozen(&world, "2026-08-30").await;
    assert_eq!(light("11").await, "GREEN");
    // Everything reported and taken in: row 12 and its owner's share.
    assert_eq!(light("12").await, "GREY", "both are still in time");
    let id = steps::submissions(&world, "yanjiang").await.first().expect("a draft").clone();
    world.done("yanjiang-head", "submitDataSubmission", json!({ "id": id })).await;
    steps::answered(&world, &id, "其余 入库").await;
    steps::frozen(&world, "2026-08-30").await;
    assert_eq!(light("12").await, "GREEN");
    // Once what was counted falls away, the row is not met.
    let ended = steps::licence(2, "2026-08-30").replace("有效,,", "无效,2026-08-30,");
    steps::brought(&world, "licence", &[ended]).await;
    steps::frozen(&world, "2026-08-30").await;
    assert_eq!(light("11").await, "AMBER");
    world.finish().await;
}

async fn a_month_is_frozen_by_itself(world: World) {
    steps::brought(&world, "operator_basic", &[steps::operator(1)]).await;
    world.on("2026-05-02").await;
    let rates = steps::rates(&world, "policy", "2026-04-30").await;
    assert_eq!((&rates["asOf"], &rates["days"]), (&json!("2026-04-30"), &json!(["2026-04-30"])), "{rates}");
    assert_eq!(steps::rate(&rates, "COVERAGE", "all", None)["percent"], "0 %");
    world.finish().await;
}
