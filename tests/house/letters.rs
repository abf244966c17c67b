//! Letters leave the house: a real relay, a refused address, a dead letter sent again.

use api::work::{
    outbox::{self, Dead, Sender},
    post,
};
use serde_json::json;

use crate::{
    on_both,
    repair::steps,
    support::{
        smtp::SmtpServer,
        world::{World, record},
    },
};

on_both!(the_party_is_told_by_mail refused_addresses_become_dead_letters);

fn sender() -> Sender {
    Sender { from: "xinxiu@example.invalid".into(), domain: "example.invalid".into(), per_hour: 1000 }
}

async fn the_party_is_told_by_mail(world: World) {
    let server = SmtpServer::start();
    let id = steps::registered(&world, record(1)).await;
    world.on("2026-04-14").await;
    steps::bound(&world, 1).await;
    steps::applied(&world, &id).await;
    while post::send_due(&world.app, &server.mailer(), &sender()).await.expect("the outbox") > 0 {}
    let received = server.received();
    let letters: Vec<_> = received.iter().filter(|mail| mail.to_string().contains("company@example.invalid")).collect();
    assert!(letters.iter().any(|mail| mail.to_string().contains("XF2026-000001")), "{received:?}");
    let office = received.iter().filter(|mail| mail.to_string().contains("road@example.invalid")).count();
    assert!(office >= 1, "the finding unit is told too");
    assert!(outbox::list(&world.app, Some("waiting"), 10).await.unwrap().is_empty());
    world.finish().await;
}

async fn refused_addresses_become_dead_letters(world: World) {
    let server = SmtpServer::start();
    let id = steps::registered(&world, record(1)).await;
    world.on("2026-06-22").await;
    steps::duties_done(&world, &id, "2026-05-10").await;
    let letter = world.paper("counter", "承诺书").await;
    let mut form = steps::application();
    form["contactEmail"] = json!("nouser@example.invalid");
    let input = json!({ "record": id, "application": form, "channel": "COUNTER", "receivedOn": "2026-06-22", "commitmentLetter": letter });
    world.done("counter", "registerRepairApplication", input).await;
    while post::send_due(&world.app, &server.mailer(), &sender()).await.expect("the outbox") > 0 {}
    let dead = outbox::list(&world.app, Some("dead"), 10).await.unwrap();
    let refused = dead.iter().find(|notice| notice.letter == "repair_received").expect("a dead letter");
    assert!(refused.last_reply.as_deref().unwrap_or_default().contains("550"), "{refused:?}");
    let one = Dead { id: Some(refused.id.clone()), ..Dead::default() };
    assert_eq!(outbox::resend(&world.app, &one).await.unwrap(), 1);
    assert_eq!(outbox::list(&world.app, Some("waiting"), 10).await.unwrap().len(), 1);
    world.finish().await;
}
