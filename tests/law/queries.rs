//! The calculators as queries.

use serde_json::json;

use crate::{on_both, support::world::World};

on_both!(whoever_is_signed_in_may_ask_the_law);

async fn whoever_is_signed_in_may_ask_the_law(world: World) {
    let query = "query($from: Date!) {
        limit(input: { from: $from, count: 3, unit: WORKING_DAY }) { due provisional counted skipped { date reason } }
        assessment(input: { subjectKind: LEGAL_PERSON, procedure: ORDINARY, findingDate: $from, penalties: [{ kind: CLOSURE_ORDER }] }) { class published minLastDay autoStop rulebook cites { key } }
        identifier(kind: USCC, value: \"91110000600037341M\") { ok reason position }
    }";
    let asked = json!({ "from": "2026-10-01" });
    let stranger = world.ask(None, query, asked.clone()).await;
    assert_eq!(stranger["errors"][0]["extensions"]["code"], "UNAUTHENTICATED", "{stranger}");
    let found = world.query("road", query, asked).await;
    assert_eq!((&found["limit"]["due"], &found["limit"]["provisional"]), (&json!("2026-10-10"), &json!(false)));
    assert_eq!(found["limit"]["skipped"][0], json!({ "date": "2026-10-02", "reason": "holiday:国庆节" }));
    let assessed = &found["assessment"];
    assert_eq!((&assessed["class"], &assessed["minLastDay"], &assessed["autoStop"]), (&json!("SEVERE"), &json!("2027-10-01"), &json!("2029-10-02")));
    assert_eq!(found["identifier"], json!({ "ok": false, "reason": "WRONG_CHECK_CHARACTER", "position": 18 }));
    let token = world.token("road").await;
    let wrong = "{ limit(input: { from: \"2026-10-01\", count: 0, unit: YEAR }) { due } }";
    let refused = world.ask(Some(&token), wrong, json!({})).await;
    let said = &refused["errors"][0]["extensions"];
    assert_eq!((&said["code"], &said["field"], &said["reason"]), (&json!("BAD_USER_INPUT"), &json!("input.count"), &json!("COUNT_OUT_OF_RANGE")));
    world.finish().await;
}
