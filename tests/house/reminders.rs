//! The office that owns a deadline is told before it ends, on its last day, and when it was missed.

use api::work::outbox;
use serde_json::json;

use crate::{
    on_both,
    repair::steps,
    support::world::{World, record},
};

on_both!(an_office_is_reminded_before_on_and_after_the_last_day what_is_done_in_time_needs_no_reminder a_week_down_reminds_of_nothing_that_is_over);

/// How many letters of a kind wait for each login's account.
async fn letters(world: &World, letter: &str) -> usize {
    outbox::list(&world.app, None, 1000).await.expect("the outbox").iter().filter(|notice| notice.letter == letter).count()
}

/// An application that the finding unit has to answer by Friday 2026-04-17, in a house of single reminders.
async fn waiting(world: &World) -> String {
    world.setting("digest", "false").await;
    let record = steps::registered(world, record(1)).await;
    world.on("2026-04-14").await;
    steps::bound(world, 1).await;
    steps::applied(world, &record).await
}

async fn an_office_is_reminded_before_on_and_after_the_last_day(world: World) {
    let id = waiting(&world).await;
    let version =
        world.query("road", "query($id: ID!) { case(id: $id) { version deadlines { key dueOn status } } }", json!({ "id": id })).await;
    let due = version["case"]["deadlines"].as_array().unwrap().iter().find(|row| row["status"] == "OPEN").cloned().unwrap();
    assert_eq!(due["dueOn"], "2026-04-17", "{due}");
    assert_eq!((letters(&world, "deadline_near").await, letters(&world, "deadline_today").await), (0, 0));
    world.on("2026-04-15").await;
    assert_eq!(
        (letters(&world, "deadline_near").await, letters(&world, "deadline_today").await),
        (6, 0),
        "owners, heads and policy reviewers, two each"
    );
    world.on("2026-04-16").await;
    assert_eq!(letters(&world, "deadline_near").await, 6, "once");
    world.on("2026-04-17").await;
    assert_eq!((letters(&world, "deadline_today").await, letters(&world, "deadline_missed").await), (6, 0));
    let now = world.query("road", "query($id: ID!) { case(id: $id) { version } }", json!({ "id": id })).await;
    assert_eq!(now["case"]["version"], version["case"]["version"], "a reminder changes no case");
    world.on("2026-04-18").await;
    assert!(letters(&world, "deadline_missed").await > 2, "the head and the policy office are told too");
    world.finish().await;
}

async fn what_is_done_in_time_needs_no_reminder(world: World) {
    let id = waiting(&world).await;
    world
        .done("road", "declineRepairApplication", json!({ "id": id, "reasonCode": "MIN_TERM_NOT_REACHED", "reason": "最短公示期未满" }))
        .await;
    world.on("2026-04-15").await;
    assert_eq!(letters(&world, "deadline_near").await, 0);
    world.finish().await;
}

async fn a_week_down_reminds_of_nothing_that_is_over(world: World) {
    waiting(&world).await;
    world.on("2026-04-21").await;
    assert_eq!((letters(&world, "deadline_near").await, letters(&world, "deadline_today").await), (0, 0));
    assert!(letters(&world, "deadline_missed").await > 0);
    world.finish().await;
}
