//! What comes next in a repair, who does it and until when: as the applicant and the unit see it.

use serde_json::{Value, json};

use super::steps;
use crate::{
    on_both,
    support::world::{World, record},
};

on_both!(an_applicant_sees_what_comes_next_and_until_when a_supplement_moves_every_day_after_it);

const ROUTE: &str = "query($id: ID!) { case(id: $id) { route { at verb title { zh en } state { key } leadsTo { key } role who { zh en } office { key name { zh en } } lastDay provisional articles { key } house { zh en } alternatives { verb title { zh en } leadsTo { key } role who { zh en } office { key } articles { key } } } } }";

/// The route as an account sees it.
pub async fn seen(world: &World, login: &str, id: &str) -> Vec<Value> {
    let data = world.query(login, ROUTE, json!({ "id": id })).await;
    data["case"]["route"].as_array().unwrap_or_else(|| panic!("{login}: {data}")).clone()
}

/// Place, act and day of each step.
pub fn told(route: &[Value]) -> Vec<(String, String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or("–").to_owned();
    route.iter().map(|step| (text(&step["at"]), text(&step["verb"]), text(&step["lastDay"]))).collect()
}

pub fn expected(rows: &[(&str, &str, &str)]) -> Vec<(String, String, String)> {
    rows.iter().map(|(at, verb, day)| ((*at).to_owned(), (*verb).to_owned(), (*day).to_owned())).collect()
}

/// The acts that may be done instead of a step or beside it.
pub fn beside(route: &[Value], verb: &str) -> Vec<String> {
    let step = route.iter().find(|step| step["verb"] == verb && step["at"] != "DONE").unwrap_or_else(|| panic!("no {verb}: {route:?}"));
    let all = step["alternatives"].as_array().expect("a list");
    all.iter().map(|one| one["verb"].as_str().unwrap_or_default().to_owned()).collect()
}

/// An application that was handed in on Monday 22 June 2026.
async fn handed_in(world: &World) -> String {
    let record = steps::registered(world, record(1)).await;
    steps::bound(world, 1).await;
    steps::duties_done(world, &record, "2026-04-01").await;
    world.on("2026-06-22").await;
    steps::applied(world, &record).await
}

async fn an_applicant_sees_what_comes_next_and_until_when(world: World) {
    let id = handed_in(&world).await;
    let route = seen(&world, "company", &id).await;
    // Order 36 art. 16: three working days, ten in all, seven for the decision; three more for the release by the setting.
    let ahead = [
        ("DONE", "OPEN", "2026-06-22"),
        ("DONE", "APPLY", "2026-06-22"),
        ("HERE", "ACCEPT", "2026-06-25"),
        ("AHEAD", "CHECK_CONDITION", "2026-07-06"),
        ("AHEAD", "HAND_UP", "2026-07-06"),
        ("AHEAD", "ENDORSE", "2026-07-06"),
        ("AHEAD", "GRANT", "2026-07-06"),
        ("AHEAD", "CONFIRM_ORDER", "2026-07-09"),
        ("AHEAD", "CLOSE", "2026-07-09"),
    ];
    assert_eq!(told(&route), expected(&ahead));
    assert_eq!(seen(&world, "road", &id).await, route, "an officer sees the same");
    assert_eq!(route[2]["title"], json!({ "zh": "受理", "en": "Accept" }));
    assert_eq!((&route[2]["role"], &route[2]["office"]["key"]), (&json!("UNIT_OFFICER"), &json!("road_transport_centre")));
    assert_eq!(route[2]["articles"][0]["key"], "order_36_2025/art_16_2");
    assert_eq!((&route[2]["state"]["key"], &route[2]["leadsTo"]["key"]), (&json!("acceptance_check"), &json!("unit_review")));
    assert_eq!(route[0]["state"], json!(null), "the act that opened it was done in no state");
    assert_eq!((&route[5]["role"], &route[5]["office"]["key"]), (&json!("POLICY_REVIEWER"), &json!("policy_office")));
    assert!(route[5]["office"]["name"]["zh"].as_str().is_some_and(|name| !name.is_empty()), "{}", route[5]);
    assert_eq!(route[5]["house"]["zh"], "政策法规科已审核");
    assert_eq!((&route[8]["role"], &route[8]["who"]["zh"]), (&json!(null), &json!("系统")));
    // The law branches: nothing is guessed.
    let other = beside(&route, "GRANT");
    assert!(["REFUSE", "REFUSE_FOR_FALSITY", "SEND_BACK", "EXTEND"].iter().all(|verb| other.contains(&(*verb).to_owned())), "{other:?}");
    let now = beside(&route, "ACCEPT");
    assert!(["DECLINE", "ASK_SUPPLEMENT", "WITHDRAW"].iter().all(|verb| now.contains(&(*verb).to_owned())), "{now:?}");

    steps::reviewed(&world, &id).await;
    steps::granted(&world, &id).await;
    let points = json!(["stop_publication", "stop_sharing", "lift_measures", "update_evaluation", "report_credit_china"]);
    let route = seen(&world, "company", &id).await;
    let done: Vec<_> = route.iter().filter(|step| step["at"] == "DONE").map(|step| step["verb"].clone()).collect();
    assert_eq!(done, ["OPEN", "APPLY", "ACCEPT", "CHECK_CONDITION", "HAND_UP", "ENDORSE", "GRANT"].map(|verb| json!(verb)));
    assert_eq!((&route[5]["office"]["key"], &route[6]["office"]["key"]), (&json!("policy_office"), &json!("road_transport_centre")));
    world.done("road", "confirmReleaseOrder", json!({ "id": id, "points": points })).await;
    let route = seen(&world, "company", &id).await;
    let last = route.last().expect("a step");
    assert_eq!((&last["at"], &last["verb"], &last["title"]["zh"]), (&json!("HERE"), &json!(null), &json!("办结")));
    assert_eq!(last["house"]["en"], "revocable for falsity");
    let beside: Vec<_> = last["alternatives"].as_array().expect("a list").iter().map(|step| step["verb"].clone()).collect();
    assert_eq!(beside[..2], [json!("SEAL_PAPER"), json!("REVOKE")]);
    world.finish().await;
}

async fn a_supplement_moves_every_day_after_it(world: World) {
    let id = handed_in(&world).await;
    world.done("road", "askRepairSupplement", json!({ "id": id, "missingPapers": ["补交承诺书原件"] })).await;
    let route = seen(&world, "company", &id).await;
    // Five working days for the papers by the setting; the ten days stand still meanwhile.
    let ahead = [
        ("HERE", "RESUBMIT", "2026-06-29"),
        ("AHEAD", "ACCEPT", "2026-07-02"),
        ("AHEAD", "CHECK_CONDITION", "2026-07-13"),
        ("AHEAD", "HAND_UP", "2026-07-13"),
        ("AHEAD", "ENDORSE", "2026-07-13"),
        ("AHEAD", "GRANT", "2026-07-13"),
        ("AHEAD", "CONFIRM_ORDER", "2026-07-16"),
        ("AHEAD", "CLOSE", "2026-07-16"),
    ];
    assert_eq!(told(&route[3..]), expected(&ahead));
    assert_eq!((&route[3]["role"], &route[3]["office"]), (&json!("PARTY"), &json!(null)));
    assert!(!beside(&route, "ACCEPT").contains(&"ASK_SUPPLEMENT".to_owned()), "it can be asked only once");
    let hidden = world.query("stranger", ROUTE, json!({ "id": id })).await;
    assert_eq!(hidden["case"], json!(null), "a stranger sees no case, and no route");
    world.finish().await;
}
