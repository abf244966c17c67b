//! What recurs by itself: terms that end, deadlines, a missing calendar. Each once, on its day, whatever happens to
//! the server meanwhile.

use serde_json::{Value, json};

use super::table::{Watch, all_leave, sent};
use crate::{
    on_both,
    repair::steps,
    support::world::{World, record},
};

on_both!(
    repair_is_announced_twice_and_no_more
    the_end_of_a_term_is_told
    a_deadline_is_told_before_on_and_after_its_day
    a_missing_calendar_is_told_every_week
    who_may_not_act_gets_no_letter
);

async fn count(world: &World, letter: &str) -> usize {
    sent(world).await.iter().filter(|((known, _), _)| known == letter).map(|(_, count)| count).sum()
}

async fn repair_is_announced_twice_and_no_more(world: World) {
    let id = steps::registered(&world, record(1)).await;
    steps::bound(&world, 1).await;
    let mut watch = Watch::new(&world).await;
    // Decided on 20 March: three months end on 20 June, repair is possible from the 21st (Order 36 art. 12).
    world.on("2026-05-21").await;
    watch.silent(&world, "repair_possible_soon").await;
    world.on("2026-05-22").await;
    watch.told(&world, &["30 days before repair is possible"]).await;
    world.on("2026-06-20").await;
    watch.silent(&world, "repair_possible").await;
    world.on("2026-06-21").await;
    watch.told(&world, &["repair possible"]).await;
    let mut right = record(1);
    right["content"] = json!("罚款8000元");
    let paper = world.paper("road", "更正文书").await;
    let correct = json!({ "id": id, "reason": "笔误", "record": right, "correctionDocument": paper });
    world.done("road", "correctPublicationRecord", correct).await;
    api::work::rounds::make(&world.second_server().await).await.expect("another server's rounds");
    world.on("2026-07-10").await;
    assert_eq!(
        (count(&world, "repair_possible_soon").await, count(&world, "repair_possible").await),
        (1, 1),
        "a correction changes no day"
    );
    world.finish().await;
}

async fn the_end_of_a_term_is_told(world: World) {
    let done = steps::registered(&world, record(1)).await;
    steps::bound(&world, 1).await;
    let held = steps::registered(&world, record(2)).await;
    let papers = world.paper("company", "营业执照").await;
    let request = json!({ "uscc": record(2)["uscc"], "capacity": "LEGAL_REPRESENTATIVE", "identityPapers": papers });
    let case = world.done("company", "requestAccountBinding", request).await;
    world.done("counter", "approveAccountBinding", json!({ "id": case["id"], "confirmed": true })).await;
    world.on("2026-05-11").await;
    steps::duties_done(&world, &done, "2026-05-10").await;
    world.on("2027-03-20").await;
    let mut watch = Watch::new(&world).await;
    world.on("2027-03-21").await;
    assert_eq!((world.state(&done).await, world.state(&held).await), ("stopped_by_expiry".into(), "held_at_max".into()));
    watch.told(&world, &["max term reached", "held at max"]).await;
    all_leave(&world).await;
    world.finish().await;
}

/// Asks for one letter a deadline.
async fn single(world: &World, login: &str) {
    let query = "mutation { chooseReminders(reminders: SINGLE) { refusal { reasons { code } } entry { verb } } }";
    let answer = world.query(login, query, json!({})).await;
    assert_eq!(answer["chooseReminders"]["entry"]["verb"], "choose_reminders", "{answer}");
}

async fn a_deadline_is_told_before_on_and_after_its_day(world: World) {
    for login in ["road", "road-2", "road-head", "road-head-2", "policy", "policy-2"] {
        single(&world, login).await;
    }
    let id = steps::registered(&world, record(1)).await;
    world.on("2026-04-14").await;
    steps::bound(&world, 1).await;
    // To be answered by Friday 17 April.
    steps::applied(&world, &id).await;
    let mut watch = Watch::new(&world).await;
    world.on("2026-04-15").await;
    watch.told(&world, &["deadline in 2 working days"]).await;
    world.on("2026-04-16").await;
    watch.silent(&world, "deadline_near").await;
    world.on("2026-04-17").await;
    watch.told(&world, &["deadline today"]).await;
    world.on("2026-04-18").await;
    watch.told(&world, &["deadline missed"]).await;
    let digests = count(&world, "desk_digest").await;
    assert_eq!(
        sent(&world).await.get(&("desk_digest".to_owned(), "road".to_owned())),
        None,
        "{digests} digests, none to whom single letters go"
    );
    all_leave(&world).await;
    world.finish().await;
}

async fn a_missing_calendar_is_told_every_week(world: World) {
    world.on("2026-10-31").await;
    assert_eq!(count(&world, "calendar_missing").await, 0);
    let mut watch = Watch::new(&world).await;
    world.on("2026-11-01").await;
    watch.told(&world, &["calendar missing for next year"]).await;
    world.on("2026-11-05").await;
    api::work::rounds::make(&world.second_server().await).await.expect("another server's rounds");
    watch.silent(&world, "calendar_missing").await;
    world.on("2026-11-25").await;
    assert_eq!(count(&world, "calendar_missing").await, 2, "one letter for all the days that the clock jumped over");
    let letters = all_leave(&world).await;
    assert!(!letters.is_empty());
    world.finish().await;
}

async fn who_may_not_act_gets_no_letter(world: World) {
    let account = world.query("road-2", "{ me { account } }", json!({})).await["me"]["account"].clone();
    let disable = "mutation($account: String!) { disableAccount(account: $account) { entry { verb } } }";
    world.query("admin", disable, json!({ "account": account })).await;
    let id = steps::registered(&world, record(1)).await;
    let papers = world.paper("company", "授权书").await;
    let request = json!({ "uscc": record(1)["uscc"], "capacity": "AGENT", "authorityUntil": "2026-04-10", "identityPapers": papers, "authorityLetter": papers });
    let case = world.done("company", "requestAccountBinding", request).await;
    world.done("counter", "approveAccountBinding", json!({ "id": case["id"], "confirmed": true })).await;
    world.on("2026-04-14").await;
    let (proof, ground): (Value, Value) = (world.paper("road", "停止执行决定").await, json!("REVIEW_STAY"));
    let shield = json!({ "id": id, "ground": ground, "scope": ["整条"], "rulingReceivedOn": "2026-04-14", "courtOrReviewOrder": proof });
    world.done("road", "shieldPublicationRecord", shield).await;
    let sent = sent(&world).await;
    let got = |letter: &str, login: &str| sent.contains_key(&(letter.to_owned(), login.to_owned()));
    assert!(!got("record_shielded", "company"), "the authority ended on 10 April");
    assert!(!sent.keys().any(|(_, login)| login == "road-2"), "a disabled account is told nothing: {sent:?}");
    world.finish().await;
}
