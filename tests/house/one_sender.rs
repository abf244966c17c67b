//! Several servers, one relay: each letter once, whoever stands still; a relay that fails costs no letter; a silent answer
//! holds up no other letter.

use std::{collections::BTreeMap, time::Duration};

use api::work::{
    outbox::{self, Dead, Sender},
    post, relay as weather,
};
use domain::admin::AdminAct;
use serde_json::json;

use super::crash::Server;
use crate::{
    on_both,
    repair::steps,
    support::{
        patience::until,
        relay::{Relay, Script, script},
        world::{World, record},
    },
};

on_both!(a_served_house_sends_each_letter_once_under_a_display_name two_servers_and_one_that_stands_still_send_each_letter_once what_the_operator_has_to_mend_kills_no_letter silence_holds_up_no_other_letter);

fn sender() -> Sender {
    Sender { from: "信修 <xinxiu@example.invalid>".into(), domain: "example.invalid".into(), per_hour: 100_000 }
}

/// Letters to officers: two records withdrawn are some ten letters.
async fn letters(world: &World, records: std::ops::RangeInclusive<u32>) {
    for number in records {
        let id = steps::registered(world, record(number)).await;
        let ground = world.paper("road", "撤销决定").await;
        let retract = json!({ "id": id, "reason": "处罚被复议机关撤销", "knownOn": "2026-04-01", "annullingDocument": ground });
        world.done("road", "retractPublicationRecord", retract).await;
    }
}

fn environment(relay: &Relay) -> Vec<(String, String)> {
    let own = [
        ("HOST", "127.0.0.1".to_owned()),
        ("PORT", relay.port.to_string()),
        ("TLS", "plain".to_owned()),
        ("TIMEOUT_SECONDS", "2".to_owned()),
    ];
    let smtp = own.into_iter().map(|(name, value)| (format!("XINXIU_SMTP_{name}"), value));
    smtp.chain([("XINXIU_MAIL_PER_HOUR".to_owned(), "100000".to_owned())]).collect()
}

async fn open(world: &World) -> i64 {
    outbox::counts(&world.app.database).await.expect("the outbox").0
}

fn twice(taken: &[String]) -> BTreeMap<&String, usize> {
    let mut counts = BTreeMap::new();
    for id in taken {
        *counts.entry(id).or_insert(0) += 1;
    }
    counts.into_iter().filter(|(_, count)| *count > 1).collect()
}

/// trouble/07 and trouble/11: a sender with a display name, and a relay that answers in GBK.
async fn a_served_house_sends_each_letter_once_under_a_display_name(world: World) {
    letters(&world, 1..=5).await;
    let all = usize::try_from(open(&world).await).expect("a count");
    let relay = Relay::start(script(&[("message", b"250 \xd3\xca\xbc\xfe\xd2\xd1\xbd\xf8\xc8\xeb\xb6\xd3\xc1\xd0\r\n")])).await;
    let mut environment = environment(&relay);
    environment.push(("XINXIU_MAIL_FROM".to_owned(), "Xinxiu <xinxiu@example.cn>".to_owned()));
    let server = Server::start_with(&world, &environment);
    until("all have left", async || open(&world).await == 0).await;
    // Time for several more turns: none is sent again.
    tokio::time::sleep(Duration::from_secs(5)).await;
    let taken = relay.taken();
    let of = async |status: &str| outbox::list(&world.app, Some(status), 10_000).await.expect("the outbox");
    let (sent, dead, unknown) = (of("sent").await, of("dead").await, of("unknown").await);
    assert!(sent.len() >= all && dead.is_empty() && unknown.is_empty(), "{} of {all}, {dead:?} {unknown:?}", sent.len());
    assert_eq!((taken.len(), twice(&taken)), (sent.len(), BTreeMap::new()));
    assert!(relay.senders().iter().all(|from| from == "xinxiu@example.cn"), "the envelope has the bare address: {:?}", relay.senders());
    let health = crate::cli::program::run(
        &["--data", &world.folder().display().to_string(), "--database", &world.database, "--origin", "test.example/log", "doctor"],
        &[],
        "",
    );
    assert!(health.out.contains("ok   outbox") && health.out.contains("ok   relay"), "{}", health.out);
    server.kill();
    world.finish().await;
}

async fn two_servers_and_one_that_stands_still_send_each_letter_once(world: World) {
    letters(&world, 1..=40).await;
    let all = usize::try_from(open(&world).await).expect("a count");
    assert!(all >= 150, "{all}");
    let relay = Relay::start(Script::new()).await;
    relay.slow(Duration::from_millis(150));
    let environment = environment(&relay);
    let servers = [Server::start_with(&world, &environment), Server::start_with(&world, &environment)];
    for standing in &servers {
        let before = relay.taken().len();
        until("letters leave", async || relay.taken().len() > (before + 20).min(all - 1)).await;
        standing.signal("STOP");
        let at_stop = relay.taken().len();
        // Whichever of the two had the lease: the other one has it after twice the relay's time. What the first has on its
        // way waits for it.
        until("the other server goes on", async || relay.taken().len() > at_stop || relay.taken().len() + 8 >= all).await;
        tokio::time::sleep(Duration::from_secs(5)).await;
        standing.signal("CONT");
    }
    until("all have left", async || open(&world).await == 0).await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    let taken = relay.taken();
    // The servers' own rounds may have told somebody of something besides.
    let sent = outbox::list(&world.app, Some("sent"), 10_000).await.expect("the outbox").len();
    assert!(sent >= all, "{sent} of {all}");
    assert_eq!((taken.len(), twice(&taken)), (sent, BTreeMap::new()));
    for server in servers {
        server.kill();
    }
    world.finish().await;
}

async fn what_the_operator_has_to_mend_kills_no_letter(world: World) {
    letters(&world, 1..=3).await;
    let all = open(&world).await;
    let faults: [&[(&str, &[u8])]; 6] = [
        &[("greeting", b"554 no service\r\n")],
        &[("MAIL", b"553 5.7.1 not your address\r\n")],
        &[("MAIL", b"521 go away\r\n")],
        &[("RCPT", b"550 5.7.1 relaying denied\r\n")],
        &[("RCPT", b"530 sign in\r\n")],
        &[("DATA", b"502 not implemented\r\n")],
    ];
    let relay = Relay::start(Script::new()).await;
    let mut now = world.app.clock.now().0;
    for (number, fault) in faults.iter().cycle().take(36).enumerate() {
        relay.say(script(fault));
        assert_eq!(post::send_due(&world.app, &relay.mailer(), &sender()).await.expect("the outbox"), 0);
        let (waiting, dead) = outbox::counts(&world.app.database).await.expect("the outbox");
        assert_eq!((waiting, dead), (all, 0), "turn {number}");
        let standing = weather::standing(&world.app.database).await.expect("readable").expect("the doctor is told");
        assert!(standing.tries > 0);
        now += 4 * 3_600_000_001;
        api::city::acts::operate(&world.app, AdminAct::AdvanceClock { to: domain::moment::Micros(now) }, Vec::new())
            .await
            .expect("the clock moves");
    }
    let data = world.folder().display().to_string();
    let doctor =
        crate::cli::program::run(&["--data", &data, "--database", &world.database, "--origin", "test.example/log", "doctor"], &[], "");
    assert!(doctor.out.contains("relay") && doctor.out.contains("502") && !doctor.out.contains('@'), "{} {}", doctor.out, doctor.err);
    relay.say(Script::new());
    while post::send_due(&world.app, &relay.mailer(), &sender()).await.expect("the outbox") > 0 {}
    assert_eq!((open(&world).await, relay.taken().len()), (0, usize::try_from(all).expect("a count")), "mended, all leave");
    assert_eq!(weather::standing(&world.app.database).await.expect("readable"), None);
    world.finish().await;
}

async fn silence_holds_up_no_other_letter(world: World) {
    letters(&world, 1..=10).await;
    let all = open(&world).await;
    let relay = Relay::start(script(&[("RCPT road", b""), ("message road-2", b""), ("RCPT policy", b"550 no such mailbox\r\n")])).await;
    let (app, mailer) = (world.app.clone(), relay.mailer());
    let began = std::time::Instant::now();
    post::send_due(&app, &mailer, &sender()).await.expect("the outbox");
    assert!(began.elapsed() < Duration::from_secs(40), "{:?}", began.elapsed());
    let of = async |status: &str| outbox::list(&world.app, Some(status), 1000).await.expect("the outbox");
    let (waiting, unknown, sent, dead) = (of("waiting").await, of("unknown").await, of("sent").await, of("dead").await);
    assert!(
        waiting.len() >= 10 && unknown.len() >= 10 && sent.len() >= 10 && dead.len() >= 10,
        "{} {} {} {}",
        waiting.len(),
        unknown.len(),
        sent.len(),
        dead.len()
    );
    assert_eq!(waiting.len() + unknown.len() + sent.len() + dead.len(), usize::try_from(all).expect("a count"));
    assert!(dead.iter().all(|notice| notice.last_code.as_deref() == Some("550")), "{dead:?}");
    relay.say(Script::new());
    // Nobody knows whether they arrived: they are sent once more, and no third time.
    let later = world.app.clock.now().0 + 5 * 3_600_000_000;
    let move_on = async |to: i64| {
        api::city::acts::operate(&world.app, AdminAct::AdvanceClock { to: domain::moment::Micros(to) }, Vec::new())
            .await
            .expect("the clock moves")
    };
    move_on(later).await;
    relay.say(script(&[("message", b"")]));
    post::send_due(&app, &mailer, &sender()).await.expect("the outbox");
    let lost: Vec<_> = of("dead").await.into_iter().filter(|notice| notice.last_code.as_deref() == Some("ANSWER_LOST")).collect();
    assert_eq!(lost.len(), unknown.len(), "given up after the second copy");
    move_on(later + 5 * 3_600_000_000).await;
    relay.say(Script::new());
    while post::send_due(&app, &mailer, &sender()).await.expect("the outbox") > 0 {}
    let taken = relay.taken();
    assert!(twice(&taken).values().all(|count| *count == 2), "never a third copy");
    let by_code = |code: &str| Dead { code: Some(code.to_owned()), ..Dead::default() };
    assert_eq!(outbox::resend(&app, &by_code("551")).await.expect("the outbox"), 0);
    assert_eq!(outbox::resend(&app, &Dead { letter: Some("prior_notice".into()), ..by_code("550") }).await.expect("the outbox"), 0);
    assert_eq!(outbox::resend(&app, &Dead { since: Some(i64::MAX), ..by_code("550") }).await.expect("the outbox"), 0);
    assert_eq!(outbox::resend(&app, &by_code("550")).await.expect("the outbox"), dead.len() as u64);
    while post::send_due(&app, &mailer, &sender()).await.expect("the outbox") > 0 {}
    assert_eq!(of("dead").await.len(), lost.len());
    world.finish().await;
}
