//! The digest: one letter a working day an officer, with what waits at that desk.

use api::work::{outbox, post, rounds};
use domain::{admin::AdminAct, moment::Micros};
use serde_json::{Value, json};

use super::table::{all_leave, sent};
use crate::{
    on_both,
    repair::steps,
    support::world::{World, day, record},
};

on_both!(
    one_letter_a_working_day_lists_what_waits
    a_week_down_sends_one_digest
    nobody_gets_more_letters_an_hour_than_is_set
);

async fn digests(world: &World, login: &str) -> usize {
    sent(world).await.get(&("desk_digest".to_owned(), login.to_owned())).copied().unwrap_or_default()
}

/// The lines of an account's newest digest, as the outbox keeps them.
async fn lines(world: &World, login: &str) -> Vec<Value> {
    let account = world.query(login, "{ me { account } }", json!({})).await["me"]["account"].as_str().unwrap().to_owned();
    let notices = outbox::list(&world.app, None, 10_000).await.expect("the outbox");
    let newest = notices.iter().find(|notice| notice.letter == "desk_digest" && notice.account.as_deref() == Some(&account));
    let arguments: Value = serde_json::from_str(newest.map_or("{}", |notice| notice.arguments.as_str())).expect("JSON");
    arguments["lines"].as_array().cloned().unwrap_or_default()
}

async fn one_letter_a_working_day_lists_what_waits(world: World) {
    let id = steps::registered(&world, record(1)).await;
    world.on("2026-04-14").await;
    steps::bound(&world, 1).await;
    steps::applied(&world, &id).await;
    let before = digests(&world, "road").await;
    // At seven in the morning it is too early, at nine it is sent, at ten it was.
    let at = |text: &str, hour: i64| AdminAct::AdvanceClock { to: Micros(Micros::start_of(day(text)).0 + hour * 3_600_000_000) };
    api::city::acts::operate(&world.app, at("2026-04-15", 7), Vec::new()).await.expect("the clock moves");
    rounds::make(&world.app).await.expect("rounds");
    assert_eq!(digests(&world, "road").await, before, "before the hour");
    world.on("2026-04-15").await;
    assert_eq!(digests(&world, "road").await, before + 1);
    let listed = lines(&world, "road").await;
    let mine = listed.iter().find(|line| line["process"] == "repair_application").expect("the application waits");
    assert_eq!(
        (&mine["number"], &mine["urgency"], &mine["due_on"], &mine["fresh"], &mine["desk"]),
        (&json!("XF2026-000001"), &json!("near"), &json!("2026-04-17"), &json!(true), &json!("own")),
        "{listed:?}"
    );
    for (login, desk) in [("road-head", "office"), ("policy", "city")] {
        let seen = lines(&world, login).await;
        assert!(seen.iter().any(|line| line["number"] == "XF2026-000001" && line["desk"] == desk), "{login}: {seen:?}");
    }
    assert!(lines(&world, "yanjiang").await.is_empty(), "another county is told nothing of it");
    api::city::acts::operate(&world.app, at("2026-04-15", 10), Vec::new()).await.expect("the clock moves");
    rounds::make(&world.app).await.expect("rounds");
    rounds::make(&world.second_server().await).await.expect("another server's rounds");
    assert_eq!(digests(&world, "road").await, before + 1, "once a day, whoever asks");
    world.on("2026-04-16").await;
    assert!(!lines(&world, "road").await[0]["fresh"].as_bool().unwrap(), "nothing moved since yesterday");
    world.on("2026-04-17").await;
    assert_eq!(lines(&world, "road").await[0]["urgency"], "today");
    world.on("2026-04-18").await;
    assert_eq!(digests(&world, "road").await, before + 3, "none on a Saturday");
    world.on("2026-04-20").await;
    assert_eq!(lines(&world, "road").await[0]["urgency"], "overdue", "overdue first");
    let letters = all_leave(&world).await;
    let name = record(1)["subjectName"].as_str().unwrap().to_owned();
    let digest: Vec<_> = letters.iter().filter(|letter| letter.contains("To: road@example.invalid")).collect();
    assert!(!digest.is_empty());
    for notice in outbox::list(&world.app, None, 10_000).await.unwrap().iter().filter(|notice| notice.letter == "desk_digest") {
        assert!(!notice.arguments.contains(&name), "no digest names a subject");
    }
    world.finish().await;
}

async fn a_week_down_sends_one_digest(world: World) {
    steps::registered(&world, record(1)).await;
    world.on("2026-04-02").await;
    let before = digests(&world, "road").await;
    world.on("2026-04-10").await;
    assert_eq!(digests(&world, "road").await, before + 1, "one letter for all the days of the pause");
    let restarted = world.second_server().await;
    rounds::make(&restarted).await.expect("rounds");
    assert_eq!(digests(&world, "road").await, before + 1, "a restart repeats nothing");
    world.finish().await;
}

async fn nobody_gets_more_letters_an_hour_than_is_set(world: World) {
    use api::mail::{MailBackend, Mailer};
    for number in 1..=5 {
        let id = steps::registered(&world, record(number)).await;
        let ground = world.paper("road", "撤销决定").await;
        let retract = json!({ "id": id, "reason": "处罚被复议机关撤销", "knownOn": "2026-04-01", "annullingDocument": ground });
        world.done("road", "retractPublicationRecord", retract).await;
    }
    let mailer = Mailer::new(MailBackend::Folder(world.folder().join("mail"))).expect("a folder");
    let sender = outbox::Sender { from: "xinxiu@example.invalid".into(), domain: "example.invalid".into(), per_hour: 2 };
    let sent = async || {
        outbox::list(&world.app, Some("sent"), 1000).await.unwrap().iter().filter(|notice| notice.letter == "base_annulled").count()
    };
    while post::send_due(&world.app, &mailer, &sender).await.expect("the outbox") > 0 {}
    assert_eq!(sent().await, 10, "two for each officer of the unit and of the policy office, and its counter");
    assert_eq!(outbox::list(&world.app, Some("dead"), 10).await.unwrap().len(), 0, "the others wait and are not lost");
    let later = world.app.clock.now().0 + 3_700_000_000;
    api::city::acts::operate(&world.app, AdminAct::AdvanceClock { to: Micros(later) }, Vec::new()).await.expect("the clock moves");
    while post::send_due(&world.app, &mailer, &sender).await.expect("the outbox") > 0 {}
    assert_eq!(sent().await, 20);
    world.finish().await;
}
