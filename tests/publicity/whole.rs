//! A piece from its draft to its appearance, and what keeps it from being shown.

use domain::rows::Table;
use serde_json::{Value, json};

use super::steps;
use crate::{
    ledger, on_both,
    repair::steps as records,
    support::world::{World, record},
    task,
    trail::tampering,
};

on_both!(
    a_piece_appears_here
    a_piece_appears_elsewhere_or_not
    an_exposure_rests_on_a_shown_record
    nobody_is_named_or_praised_against_the_own_will
    what_the_public_reads_holds_no_identity_number
    pieces_fill_the_lines_of_the_plan
    every_column_of_what_is_shown_is_named
);

async fn every_column_of_what_is_shown_is_named(world: World) {
    let item = steps::approved(&world, steps::article("BUREAU_COLUMN"), json!({})).await;
    steps::published(&world, &item).await;
    assert!(tampering::every_column_is_named(&world, Table::Shown).await, "a piece is shown");
    world.finish().await;
}

async fn a_piece_appears_here(world: World) {
    let item = steps::begun(&world, steps::article("BUREAU_COLUMN"), json!({})).await;
    world.refused("road", "submitPublicityItem", json!({ "id": item }), "ROLE_DOES_NOT_ALLOW").await;
    world.done("road-head", "submitPublicityItem", json!({ "id": item })).await;
    world.done("policy", "sendBackPublicityItem", json!({ "id": item, "reason": "标题不准确" })).await;
    let mut better = steps::article("BUREAU_COLUMN");
    better["title"] = json!("信用交通宣传月启动");
    world.done("road", "amendPublicityItem", json!({ "id": item, "publicity": better })).await;
    world.done("road-head", "submitPublicityItem", json!({ "id": item })).await;
    world.done("policy", "endorsePublicityItem", json!({ "id": item })).await;
    world.refused("policy-head", "sendPublicityItem", json!({ "id": item }), "WRONG_CHANNEL").await;
    assert!(steps::shown(&world).await.is_empty());
    steps::published(&world, &item).await;
    let number = steps::number(&world, &item).await;
    assert_eq!(steps::shown(&world).await, [number]);
    let query = "query($id: ID!) { case(id: $id) { ... on PublicityItem { kind theme channel title text appearedOn address frontPage recordNumber } } }";
    let case = world.query("road", query, json!({ "id": item })).await["case"].clone();
    assert_eq!((case["title"].as_str(), case["frontPage"].as_bool()), (Some("信用交通宣传月启动"), Some(true)), "{case}");
    let taken = world.done("policy-head", "takeDownPublicityItem", json!({ "id": item, "reason": "内容有误" })).await;
    assert_eq!(taken["state"]["key"], "taking_down");
    assert!(steps::shown(&world).await.is_empty(), "the own pages stop at once");
    let picture = world.paper("policy", "截图").await;
    world.done("policy", "confirmPublicityTakedown", json!({ "id": item, "screenshot": picture })).await;
    let other = steps::begun(&world, steps::article("BUREAU_COLUMN"), json!({})).await;
    world.done("road-head", "withdrawPublicityItem", json!({ "id": other, "reason": "不再发布" })).await;
    world.finish().await;
}

async fn a_piece_appears_elsewhere_or_not(world: World) {
    let item = steps::approved(&world, steps::article("PROVINCIAL_SITE"), json!({})).await;
    let appearance = steps::appearance(&world).await;
    world.refused("policy", "publishPublicityItem", json!({ "id": item, "appearance": appearance }), "WRONG_CHANNEL").await;
    world.refused("policy", "sendPublicityItem", json!({ "id": item }), "ROLE_DOES_NOT_ALLOW").await;
    world.done("policy-head", "sendPublicityItem", json!({ "id": item })).await;
    let mut early = appearance.clone();
    early["appearedOn"] = json!("2026-03-01");
    world.refused("policy", "recordPublicityAppearance", json!({ "id": item, "appearance": early }), "DATE_OUT_OF_ORDER").await;
    let mut wrong = appearance.clone();
    wrong["address"] = json!("somewhere");
    let answer = world.act("policy", "recordPublicityAppearance", json!({ "id": item, "appearance": wrong })).await;
    assert_eq!(answer["errors"][0]["extensions"]["field"], "input.appearance.address", "{answer}");
    world.done("policy", "recordPublicityAppearance", json!({ "id": item, "appearance": appearance })).await;
    assert!(steps::shown(&world).await.is_empty(), "it stands on somebody else's pages");
    let refused = steps::approved(&world, steps::article("PROVINCIAL_MEDIA"), json!({})).await;
    world.done("leader", "sendPublicityItem", json!({ "id": refused })).await;
    world.done("policy", "recordPublicityRejection", json!({ "id": refused, "reason": "版面有限" })).await;
    assert_eq!(world.state(&refused).await, "not_taken");
    world.finish().await;
}

async fn an_exposure_rests_on_a_shown_record(world: World) {
    let bare = steps::begun(&world, steps::exposure(), json!({})).await;
    world.refused("road-head", "submitPublicityItem", json!({ "id": bare }), "NO_SHOWN_RECORD").await;
    let record = records::registered(&world, record(1)).await;
    let number = steps::number(&world, &record).await;
    let soon = steps::begun(&world, steps::exposure(), json!({ "recordNumber": number })).await;
    let state = world.state(&record).await;
    if state == "scheduled" {
        world.refused("road-head", "submitPublicityItem", json!({ "id": soon }), "NO_SHOWN_RECORD").await;
    }
    world.on("2026-04-20").await;
    assert_eq!(world.state(&record).await, "published");
    world.done("road-head", "submitPublicityItem", json!({ "id": soon })).await;
    let unknown = json!({ "office": "road_transport_centre", "publicity": steps::exposure(), "recordNumber": "JL2026-999999" });
    let answer = world.act("road", "openPublicityItem", unknown).await;
    assert_eq!(answer["errors"][0]["extensions"]["field"], "input.recordNumber", "{answer}");
    world.finish().await;
}

async fn nobody_is_named_or_praised_against_the_own_will(world: World) {
    let mut named = steps::article("BUREAU_COLUMN");
    named["namesPerson"] = json!(true);
    let item = steps::begun(&world, named, json!({})).await;
    let reason = world.refused("road-head", "submitPublicityItem", json!({ "id": item }), "CONSENT_MISSING").await;
    assert_eq!(reason["article"]["key"], "pipl/art_25");
    let consent = world.paper("road-head", "公开确认书").await;
    world.done("road-head", "submitPublicityItem", json!({ "id": item, "consentToPublish": consent })).await;

    let base = records::registered(&world, record(1)).await;
    world.on("2026-04-20").await;
    assert_eq!(world.state(&base).await, "published");
    let praise = |praised: Value, willing: Value| json!({ "kind": "INTEGRITY_CASE", "theme": "GENERAL", "channel": "PROVINCIAL_SITE", "title": "诚信典型", "text": "守信经营。", "namesPerson": false, "praised": praised, "willing": willing });
    let shown = record(1)["uscc"].clone();
    let clean = record(3)["uscc"].clone();
    for (praised, willing) in
        [(clean.clone(), Value::Null), (clean.clone(), json!(false)), (Value::Null, json!(true)), (shown, json!(true))]
    {
        let item = steps::begun(&world, praise(praised, willing), json!({})).await;
        let reason = world.refused("road-head", "submitPublicityItem", json!({ "id": item }), "PRAISE_NOT_ALLOWED").await;
        assert_eq!(reason["article"]["key"], "sichuan_credit_regulation_2023/art_48");
    }
    let item = steps::begun(&world, praise(clean, json!(true)), json!({})).await;
    world.done("road-head", "submitPublicityItem", json!({ "id": item })).await;
    let leaders = json!({ "kind": "LEADER_ARTICLE", "theme": "GENERAL", "channel": "PROVINCIAL_SITE", "title": "一把手谈信用", "text": "信用是基石。", "namesPerson": false });
    let item = steps::begun(&world, leaders, json!({})).await;
    world.refused("road-head", "submitPublicityItem", json!({ "id": item }), "KIND_OF_ANOTHER_OFFICE").await;
    let part = json!({ "kind": "COLUMN_ITEM", "theme": "GENERAL", "channel": "BUREAU_COLUMN", "title": "政策", "text": "政策。", "namesPerson": false });
    let item = steps::begun(&world, part, json!({})).await;
    world.refused("road-head", "submitPublicityItem", json!({ "id": item }), "WRONG_CHANNEL").await;
    world.finish().await;
}

async fn what_the_public_reads_holds_no_identity_number(world: World) {
    for field in ["title", "text"] {
        let mut publicity = steps::article("BUREAU_COLUMN");
        publicity[field] = json!("当事人身份证11010519491231002X。");
        let input = json!({ "office": "road_transport_centre", "publicity": publicity });
        let answer = world.act("road", "openPublicityItem", input).await;
        assert_eq!(answer["errors"][0]["extensions"]["field"], format!("input.publicity.{field}"), "{answer}");
    }
    let mut publicity = steps::article("BUREAU_COLUMN");
    publicity["praised"] = json!("91110000600037341M");
    let answer = world.act("road", "openPublicityItem", json!({ "office": "road_transport_centre", "publicity": publicity })).await;
    assert_eq!(answer["errors"][0]["extensions"]["field"], "input.publicity.praised", "{answer}");
    world.finish().await;
}

async fn pieces_fill_the_lines_of_the_plan(world: World) {
    task::steps::running(&world).await;
    let counted = |board: &Value, line: &str| task::steps::line(board, line)["counted"].clone();
    // Row 9 counts front pages of the provincial site alone.
    for front_page in [true, false] {
        let item = steps::approved(&world, steps::article("PROVINCIAL_SITE"), json!({})).await;
        world.done("policy-head", "sendPublicityItem", json!({ "id": item })).await;
        let mut appearance = steps::appearance(&world).await;
        appearance["frontPage"] = json!(front_page);
        world.done("policy", "recordPublicityAppearance", json!({ "id": item, "appearance": appearance })).await;
    }
    // Row 20 counts on the day on which it was sent.
    let case = json!({ "kind": "TYPICAL_CASE", "theme": "GENERAL", "channel": "PROVINCIAL_DEPARTMENT", "title": "守信激励案例", "text": "容缺受理。", "namesPerson": false });
    let item = steps::approved(&world, case, json!({})).await;
    world.done("policy-head", "sendPublicityItem", json!({ "id": item })).await;
    // That the province does not print it changes nothing about its having been sent.
    world.done("policy", "recordPublicityRejection", json!({ "id": item, "reason": "版面有限" })).await;
    // Row 22: the result of a campaign that is concluded.
    let campaign = json!({ "kind": "CAMPAIGN", "matters": ["OVERLOADING"], "on": "2026-08-30", "until": "2026-08-30", "title": "专项治理", "outcome": "查处2起" });
    let campaign = ledger::steps::noted(&world, "road", "road_transport_centre", campaign, "evidence").await;
    let campaign = steps::number(&world, &campaign).await;
    let mut results = steps::article("CAMPAIGN_COLUMN");
    results["theme"] = json!("CAMPAIGN");
    let item = steps::approved(&world, results.clone(), json!({ "campaignNumber": campaign })).await;
    steps::published(&world, &item).await;
    let item = steps::approved(&world, results, json!({})).await;
    steps::published(&world, &item).await;
    // Row 8: two pieces of one part are one part.
    for part in ["POLICY", "POLICY", "LISTS"] {
        let piece = json!({ "kind": "COLUMN_ITEM", "theme": "GENERAL", "channel": "BUREAU_COLUMN", "part": part, "title": "专栏", "text": "内容。", "namesPerson": false });
        let item = steps::approved(&world, piece, json!({})).await;
        steps::published(&world, &item).await;
    }
    let board = task::steps::board(&world, "policy").await;
    let expected = [("9", json!([1])), ("20", json!([1])), ("22", json!([0, 1])), ("8", json!([2])), ("34", json!([0]))];
    for (line, number) in expected {
        assert_eq!(counted(&board, line), number, "line {line}: {}", task::steps::line(&board, line));
    }
    world.finish().await;
}
