//! A push that comes again is answered with the case that it opened, for ever and whatever became of it; other contents
//! under the same number are refused by name.

use serde_json::{Value, json};

use super::{
    applications::{committed, push, row},
    penalties::sent,
};
use crate::{
    objection, on_both,
    repair::steps,
    support::world::{World, record, said},
};

on_both!(a_pushed_file_comes_again_in_every_state other_contents_under_a_known_number_are_told a_push_through_the_api_comes_again);

/// Commits a push that is sent anew.
async fn pushed(world: &World, rows: &[Vec<String>]) -> Value {
    let upload = sent(world, "platform", push(rows)).await;
    committed(world, &upload).await
}

/// Ids and numbers of the applications, in the order in which they came.
async fn applications(world: &World) -> Vec<(String, String)> {
    let cases =
        world.query("auditor", "{ cases(process: REPAIR_APPLICATION, first: 9) { edges { node { id number } } } }", json!({})).await;
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let edges = cases["cases"]["edges"].as_array().expect("edges").clone();
    let mut found: Vec<_> = edges.iter().map(|edge| (text(&edge["node"]["id"]), text(&edge["node"]["number"]))).collect();
    found.sort_by(|one, other| one.1.cmp(&other.1));
    found
}

/// Everything was registered before: nothing is wrong, nothing is opened, and each row names its case.
fn all_again(done: &Value, rows: &[(u32, &str)]) {
    let repeats: Vec<_> = rows.iter().map(|(row, number)| json!({ "row": row, "number": number })).collect();
    assert_eq!((&done["opened"], &done["check"]["problems"], &done["refusal"]), (&json!(0), &json!([]), &Value::Null), "{done}");
    assert_eq!(done["check"]["repeats"], json!(repeats), "{done}");
}

async fn a_pushed_file_comes_again_in_every_state(world: World) {
    let mut records = Vec::new();
    for number in 1..=3 {
        records.push(steps::registered(&world, record(number)).await);
    }
    world.on("2026-06-22").await;
    steps::duties_done(&world, &records[0], "2026-05-10").await;
    let both = [row(1), row(2)];
    assert_eq!(pushed(&world, &both).await["opened"], 2);
    let cases = applications(&world).await;
    let numbers: Vec<_> = cases.iter().map(|(_, number)| number.as_str()).collect();
    let again = [(2, numbers[0]), (3, numbers[1])];
    all_again(&pushed(&world, &both).await, &again);
    // The first is granted, the record of the second is retracted: neither is in force any more, and neither is forgotten.
    steps::reviewed(&world, &cases[0].0).await;
    all_again(&pushed(&world, &both).await, &again);
    steps::granted(&world, &cases[0].0).await;
    let paper = world.paper("road", "撤销处罚决定书").await;
    let retract = json!({ "id": records[1], "reason": "处罚被撤销", "knownOn": "2026-06-22", "annullingDocument": paper });
    world.done("road", "retractPublicationRecord", retract).await;
    all_again(&pushed(&world, &both).await, &again);
    world.on("2027-08-30").await;
    all_again(&pushed(&world, &both).await, &again);
    // Written otherwise, the number is the same; beside what is known, what is new is registered.
    let mut mixed = [row(2), row(3)];
    "ｘｙｚｇ000002 ".clone_into(&mut mixed[0][0]);
    let done = pushed(&world, &mixed).await;
    assert_eq!((&done["opened"], &done["check"]["repeats"]), (&json!(1), &json!([{ "row": 2, "number": numbers[1] }])), "{done}");
    assert_eq!(applications(&world).await.len(), 3, "no application twice");
    all_again(&pushed(&world, &mixed).await, &[(2, numbers[1]), (3, &applications(&world).await[2].1)]);
    world.finish().await;
}

async fn other_contents_under_a_known_number_are_told(world: World) {
    for number in 1..=2 {
        steps::registered(&world, record(number)).await;
    }
    world.on("2026-06-22").await;
    assert_eq!(pushed(&world, &[row(1)]).await["opened"], 1);
    let first = applications(&world).await[0].1.clone();
    let letters = ["承诺书.pdf", "缴款凭证.pdf"];
    for (place, text, header) in [
        (4, "2026-06-19", "收到日期"),
        (5, "另一人", "联系人"),
        (6, "1111111", "联系电话"),
        (7, "", "电子邮箱"),
        (8, "否", "是否作出信用承诺"),
        (9, letters[1], "信用承诺书文件名"),
        (3, "资交罚〔2026〕2号", "行政处罚决定书文号"),
    ] {
        let mut other = row(1);
        text.clone_into(&mut other[place]);
        let mut new = row(2);
        new[9..].clone_from_slice(&letters.map(str::to_owned));
        let done = pushed(&world, &[other, new]).await;
        let problems = done["check"]["problems"].as_array().expect("problems").clone();
        assert_eq!(problems.len(), 1, "{header}: {done}");
        let told = problems[0]["zh"].as_str().expect("words");
        assert!(
            problems[0]["code"] == "EXTERNAL_NUMBER_USED" && problems[0]["column"] == "A" && problems[0]["row"] == 2,
            "{header}: {done}"
        );
        assert!(told.contains(&first) && told.contains(header), "{header}: {told}");
        assert_eq!(done["opened"], 0, "nothing half written: {done}");
    }
    assert_eq!(applications(&world).await.len(), 1);
    world.finish().await;
}

/// Registers twice under keys of their own, then with other contents.
async fn twice(world: &World, mutation: &str, input: Value, other: Value) {
    let first = world.done("platform", mutation, input.clone()).await;
    let again = world.done("platform", mutation, input).await;
    assert_eq!((&again["id"], &again["number"]), (&first["id"], &first["number"]), "{mutation}: the first case is the answer");
    let reason = world.refused("platform", mutation, other, "EXTERNAL_NUMBER_USED").await;
    assert!(
        Some(said(&reason["message"])).as_deref().is_some_and(|words| words.contains(first["number"].as_str().expect("a number"))),
        "{reason}"
    );
}

async fn a_push_through_the_api_comes_again(world: World) {
    let mut records = Vec::new();
    for number in 1..=2 {
        records.push(steps::registered(&world, record(number)).await);
    }
    world.on("2026-06-22").await;
    let letter = world.paper("platform", "信用承诺书").await;
    let push = |record: &str, number: &str, name: &str| {
        let mut application = steps::application();
        application["contactName"] = json!(name);
        json!({ "record": record, "application": application, "channel": "CREDIT_CHINA", "externalNumber": number, "receivedOn": "2026-06-22", "commitmentLetter": letter })
    };
    twice(&world, "registerRepairApplication", push(&records[0], "XY-1", "经办人"), push(&records[0], "xy—1", "另一人")).await;
    world.refused("platform", "registerRepairApplication", push(&records[1], "XY-1", "经办人"), "EXTERNAL_NUMBER_USED").await;
    world.done("platform", "registerRepairApplication", push(&records[1], "XY-2", "经办人")).await;
    let blank = world.act("platform", "registerRepairApplication", push(&records[1], "X\u{7}Y", "经办人")).await;
    assert_eq!(blank["errors"][0]["extensions"]["field"], "input.externalNumber", "{blank}");
    let objection = |statement: &str| {
        let mut objection = objection::steps::objection("CONTENT_WRONG");
        objection["statement"] = json!(statement);
        json!({ "challenged": records[0], "objection": objection, "cameBy": "PLATFORM", "externalNumber": "XY-1", "receivedOn": "2026-06-22" })
    };
    twice(&world, "registerObjection", objection("金额有误"), objection("姓名有误")).await;
    // Whoever may not register learns nothing of what was registered.
    world.refused("road", "registerObjection", objection("金额有误"), "ROLE_DOES_NOT_ALLOW").await;
    assert_eq!(applications(&world).await.len(), 2);
    world.finish().await;
}
