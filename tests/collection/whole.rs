//! A submission from its draft to the last line that was taken in, and what keeps it from being handed over.

use domain::rows::Table;
use serde_json::json;

use super::steps::{self, LICENCES};
use crate::{on_both, publicity, support::world::World, task, trail::tampering};

on_both!(
    lines_go_out_come_back_and_go_out_again
    what_is_not_the_platforms_is_not_handed_over
    a_draft_is_due_with_the_earliest_decision
    submissions_fill_their_line_of_the_plan
    every_column_of_lines_and_rates_is_named
);

async fn every_column_of_lines_and_rates_is_named(world: World) {
    steps::sent(&world).await;
    steps::frozen(&world, "2026-04-01").await;
    for table in [Table::Information, Table::SubmissionLine, Table::MeasureLine] {
        assert!(tampering::every_column_is_named(&world, table).await, "{}: it has rows", table.name());
    }
    world.finish().await;
}

const LINES: &str = "query($id: ID!) { case(id: $id) { state { key } ... on DataSubmission { platform handOverBy sentOn lines { line name wrong outcome code answeredOn } toHandOver { count wrong digest } } } }";

async fn lines_go_out_come_back_and_go_out_again(world: World) {
    let submission = steps::sent(&world).await;
    let case = world.query("yanjiang", LINES, json!({ "id": submission })).await["case"].clone();
    assert_eq!((case["lines"].as_array().map(Vec::len), &case["toHandOver"]), (Some(2), &json!(null)), "{case}");
    // The answer speaks of every line once, and of no other.
    for (answers, field) in
        [("1 入库", false), ("1 入库\n2 入库\n3 入库", false), ("1 入库\n1 入库", true), ("1 也许", true), ("x 入库", true)]
    {
        let input = steps::answer(&world, &submission, answers).await;
        if field {
            let answer = world.act("yanjiang", "recordSubmissionAnswer", input).await;
            assert_eq!(answer["errors"][0]["extensions"]["field"], "input.answers", "{answers}: {answer}");
        } else {
            world.refused("yanjiang", "recordSubmissionAnswer", input, "LINES_NOT_ANSWERED").await;
        }
    }
    steps::answered(&world, &submission, "1 退回 E07\n其余 入库").await;
    assert_eq!(world.state(&submission).await, "to_correct");
    // What came back is corrected in its register; the very row that came back may go again.
    let better = steps::licence(1, "2026-04-01").replace("道路货物运输经营", "道路普通货物运输经营");
    steps::brought(&world, "licence", &[better]).await;
    let case = world.query("yanjiang", LINES, json!({ "id": submission })).await["case"].clone();
    assert_eq!(case["toHandOver"]["count"], 1, "{case}");
    let old = json!({ "id": submission, "digest": "0".repeat(64) });
    let answer = world.act("yanjiang-head", "handOverCorrectedLines", old).await;
    assert_eq!(answer["errors"][0]["extensions"]["field"], "input.digest", "{answer}");
    let read = json!({ "id": submission, "digest": case["toHandOver"]["digest"] });
    world.refused("yanjiang", "handOverCorrectedLines", read.clone(), "ROLE_DOES_NOT_ALLOW").await;
    world.done("yanjiang-head", "handOverCorrectedLines", read).await;
    steps::answered(&world, &submission, "其余 入库").await;
    assert_eq!(world.state(&submission).await, "closed");
    let known = json!({ "id": submission, "reason": "许可内容有误", "knownOn": "2026-04-01" });
    world.done("yanjiang", "correctDataSubmission", known).await;
    assert_eq!(world.state(&submission).await, "to_correct");
    world.done("yanjiang-head", "handOverCorrectedLines", json!({ "id": submission })).await;
    world.finish().await;
}

async fn what_is_not_the_platforms_is_not_handed_over(world: World) {
    let city = json!({ "office": "yanjiang", "submission": { "platform": "CITY_TRANSPORT", "handOverBy": "2026-05-29" } });
    world.refused("yanjiang", "openDataSubmission", city, "LINES_DO_NOT_FIT").await;
    let input = |platform: &str| json!({ "office": "yanjiang", "submission": { "platform": platform, "handOverBy": "2026-05-29" } });
    let empty = world.done("yanjiang", "openDataSubmission", input("DUAL_PUBLICATION")).await["id"].as_str().expect("an id").to_owned();
    world.refused("yanjiang-head", "submitDataSubmission", json!({ "id": empty }), "LINES_DO_NOT_FIT").await;
    let other = json!({ "id": empty, "submission": { "platform": "PROVINCIAL_TRANSPORT", "sector": "ROAD_TRANSPORT", "handOverBy": "2026-04-30" } });
    world.done("yanjiang", "amendDataSubmission", other).await;
    world.done("yanjiang-head", "withdrawDataSubmission", json!({ "id": empty, "reason": "无可报送" })).await;
    world.finish().await;
}

async fn a_draft_is_due_with_the_earliest_decision(world: World) {
    let due = async || {
        let found = steps::submissions(&world, "yanjiang").await;
        let id = found.first().expect("a draft").clone();
        (found.len(), world.query("yanjiang", LINES, json!({ "id": id })).await["case"]["handOverBy"].clone())
    };
    steps::brought(&world, "licence", &[steps::licence(1, "2026-04-01")]).await;
    // Seven working days over the holiday of 4 to 6 April.
    assert_eq!(due().await, (1, json!("2026-04-13")));
    steps::brought(&world, "licence", &[steps::licence(2, "2026-03-25")]).await;
    assert_eq!(due().await, (1, json!("2026-04-03")), "an earlier decision moves the day");
    let late = steps::checked(&world, "yanjiang", ("licence", "yanjiang"), LICENCES, &[steps::licence(3, "2026-03-02")]).await;
    assert_eq!(late["good"], true, "{late}");
    steps::brought(&world, "licence", &[steps::licence(3, "2026-03-02")]).await;
    assert_eq!(due().await, (1, json!("2026-04-01")), "what is late already is due today");
    world.finish().await;
}

async fn submissions_fill_their_line_of_the_plan(world: World) {
    task::steps::running(&world).await;
    steps::brought(&world, "licence", &[steps::licence(1, "2026-08-28")]).await;
    let input = json!({ "office": "yanjiang", "submission": { "platform": "PROVINCIAL_TRANSPORT", "sector": "ROAD_TRANSPORT", "handOverBy": "2026-09-29" } });
    let id = world.done("yanjiang", "openDataSubmission", input).await["id"].as_str().expect("an id").to_owned();
    let counted = async || {
        let board = task::steps::board(&world, "policy").await;
        task::steps::line(&board, "16")["counted"].clone()
    };
    world.done("yanjiang-head", "submitDataSubmission", json!({ "id": id })).await;
    assert_eq!(counted().await, json!([0]), "it counts when the platform has taken it");
    steps::answered(&world, &id, "其余 入库").await;
    assert_eq!(counted().await, json!([1]));
    let known = json!({ "id": id, "reason": "许可内容有误", "knownOn": "2026-08-30" });
    world.done("yanjiang", "correctDataSubmission", known).await;
    assert_eq!(counted().await, json!([0]), "and falls away with its correction");
    assert!(!publicity::steps::number(&world, &id).await.is_empty());
    world.finish().await;
}
