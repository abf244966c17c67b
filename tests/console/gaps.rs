//! What people missed on pages: a query that outlived its session, why an entry was refused, a deputy without an administrator,
//! the seats that come back with an account.

use reqwest::StatusCode;
use serde_json::json;

use super::hand::{Hand, Seen};
use crate::{
    on_both,
    repair::steps,
    support::world::{World, record},
};

on_both!(
    a_query_by_hand_outlives_its_session
    a_refused_entry_says_why
    an_officer_appoints_a_deputy_by_page
    seats_that_come_back_are_told_before
);

/// The account of somebody.
async fn account(world: &World, login: &str) -> String {
    let me = world.query(login, "{ me { account } }", json!({})).await;
    me["me"]["account"].as_str().expect("an account").to_owned()
}

fn count(seen: &Seen, said: &str) -> usize {
    seen.text().matches(said).count()
}

async fn a_query_by_hand_outlives_its_session(world: World) {
    let mut hand = Hand::new(&world, "auditor").await;
    let document = "{ today workCounts { all { count } } }";
    let typed = [("document", document), ("variables", "{}")];
    hand.post("/sign-out", &[]).await;
    let asked = hand.post("/by-hand", &typed).await;
    assert_eq!(asked.status, StatusCode::UNAUTHORIZED, "{}", asked.text());
    assert_eq!(asked.hidden("document"), [document], "what was typed travels on: {}", asked.text());
    let again =
        [("login", "auditor"), ("password", api::city::demo::PASSWORD), ("next", "/by-hand"), ("document", document), ("variables", "{}")];
    let back = hand.post("/sign-in", &again).await;
    assert!(back.status == StatusCode::OK && back.text().contains(document), "{} {}", back.status, back.text());
    // Whoever may not ask by hand gets no form either.
    let again = [("login", "road"), ("password", api::city::demo::PASSWORD), ("next", "/by-hand"), ("document", document)];
    assert!(hand.post("/sign-in", &again).await.status.is_client_error());
    hand.sign.clear();
    world.finish().await;
}

async fn a_refused_entry_says_why(world: World) {
    let id = steps::registered(&world, record(1)).await;
    let answer = world.act("road-2", "publishPublicationRecord", json!({ "id": id, "expectedVersion": 1 })).await;
    assert!(answer["refusal"].is_null(), "{answer}");
    let refused = world.act("road-2", "publishPublicationRecord", json!({ "id": id })).await;
    let reason = refused["refusal"]["reasons"][0]["message"]["zh"].as_str().expect("a reason").to_owned();
    let number = refused["entry"]["number"].as_str().expect("an entry").to_owned();
    let hand = Hand::new(&world, "auditor").await;
    let page = hand.get(&format!("/trail/{number}?lang=zh")).await;
    assert!(page.text().contains("未准许的原因") && page.text().contains(&reason), "{}", page.text());
    let list = hand.get("/trail?refused=1&lang=zh").await;
    assert!(list.text().contains(&reason), "{}", list.text());
    let done = hand.get("/trail/0?lang=zh").await;
    assert_eq!(count(&done, "未准许的原因"), 0, "an act that was done has none: {}", done.text());
    world.finish().await;
}

async fn an_officer_appoints_a_deputy_by_page(world: World) {
    let (road, other) = (account(&world, "road").await, account(&world, "road-2").await);
    let hand = Hand::new(&world, "road").await;
    let me = hand.get("/me?lang=zh").await;
    assert!(me.text().contains(&format!("name=\"appointDeputy.deputy\" value=\"{other}\"")), "a colleague may be chosen: {}", me.text());
    assert!(!me.text().contains(&account(&world, "anyue").await), "nobody of another office: {}", me.text());
    let form = [
        ("key", "0190a5d0-0000-7000-8000-000000000001"),
        ("appointDeputy.principal", road.as_str()),
        ("appointDeputy.deputy", &other),
        ("appointDeputy.rank", "OFFICER"),
        ("appointDeputy.office", "road_transport_centre"),
        ("appointDeputy.fromDay", "2026-04-02"),
        ("appointDeputy.until", "2026-04-10"),
    ];
    let done = hand.post("/do/appointDeputy", &form).await;
    assert!(done.to.starts_with("/me?done="), "{} {}", done.status, done.text());
    for login in ["road", "road-2"] {
        let page = Hand::new(&world, login).await.get("/me?lang=zh").await;
        assert!(page.text().contains("2026-04-02 – 2026-04-10"), "{login}: {}", page.text());
    }
    let seat = hand.get("/me").await.hidden("revokeRole.seat").remove(0);
    let ended = hand.post("/do/revokeRole", &[("revokeRole.seat", &seat), ("back", "/me")]).await;
    assert!(ended.to.starts_with("/me?done="), "{} {}", ended.status, ended.text());
    assert!(!hand.get("/me").await.text().contains("2026-04-10"));
    world.finish().await;
}

async fn seats_that_come_back_are_told_before(world: World) {
    let disable = "mutation($account: String!) { disableAccount(account: $account) { refusal { reasons { code } } } }";
    let road = account(&world, "road").await;
    let hand = Hand::new(&world, "admin").await;
    let before = hand.get("/people/road?lang=zh").await;
    assert!(before.status == StatusCode::OK && !before.text().contains("恢复后"), "{} {}", before.status, before.text());
    let gone = world.query("admin", disable, json!({ "account": road })).await;
    assert!(gone["disableAccount"]["refusal"].is_null(), "{gone}");
    let page = hand.get("/people/road?lang=zh").await;
    let told = page.text().split("恢复后").nth(1).expect("what comes back").split("</p>").next().unwrap_or_default().to_owned();
    assert!(told.contains("经办人") && told.contains("道路运输"), "{told}");
    world.finish().await;
}
