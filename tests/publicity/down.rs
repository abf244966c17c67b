//! A piece comes down in the same write in which its record stops being shown, in each of its states.

use serde_json::{Value, json};

use super::steps;
use crate::{
    on_both,
    repair::steps as records,
    support::world::{World, record},
    task,
};

on_both!(
    an_annulled_record_takes_its_pieces_down
    a_repaired_record_takes_its_pieces_down
    a_piece_that_is_coming_down_blocks_no_release
);

/// The record of a company that is shown, with its number.
async fn shown_record(world: &World) -> (String, String) {
    let id = records::registered(world, record(1)).await;
    world.on("2026-04-20").await;
    assert_eq!(world.state(&id).await, "published");
    let number = steps::number(world, &id).await;
    (id, number)
}

/// Deadlines of a piece that run: key and last day.
async fn running(world: &World, item: &str) -> Vec<(String, String)> {
    let query = "query($id: ID!) { case(id: $id) { deadlines { key status dueOn } } }";
    let case = world.query("policy", query, json!({ "id": item })).await["case"].clone();
    let open = case["deadlines"].as_array().expect("deadlines").iter().filter(|row| row["status"] == "OPEN");
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    open.map(|row| (text(&row["key"]), text(&row["dueOn"]))).collect()
}

/// A piece in each state that lives, on the same record.
async fn in_each_state(world: &World, number: &str) -> Vec<(&'static str, String)> {
    let more = json!({ "recordNumber": number });
    let draft = steps::begun(world, steps::exposure(), more.clone()).await;
    let checked = steps::begun(world, steps::exposure(), more.clone()).await;
    world.done("road-head", "submitPublicityItem", json!({ "id": checked })).await;
    let approved = steps::approved(world, steps::exposure(), more.clone()).await;
    let mut case = steps::exposure();
    (case["kind"], case["channel"]) = (json!("TYPICAL_CASE"), json!("PROVINCIAL_DEPARTMENT"));
    let sent = steps::approved(world, case, more.clone()).await;
    world.done("policy-head", "sendPublicityItem", json!({ "id": sent })).await;
    let published = steps::approved(world, steps::exposure(), more.clone()).await;
    steps::published(world, &published).await;
    let coming = steps::approved(world, steps::exposure(), more).await;
    steps::published(world, &coming).await;
    world.done("policy-head", "takeDownPublicityItem", json!({ "id": coming, "reason": "内容有误" })).await;
    vec![
        ("draft", draft),
        ("policy_check", checked),
        ("approved", approved),
        ("sent", sent),
        ("published", published),
        ("taking_down", coming),
    ]
}

async fn retracted(world: &World, id: &str, known_on: &str) {
    let paper = world.paper("road", "撤销决定书").await;
    world
        .done(
            "road",
            "retractPublicationRecord",
            json!({ "id": id, "annullingDocument": paper, "knownOn": known_on, "reason": "复议撤销" }),
        )
        .await;
}

async fn an_annulled_record_takes_its_pieces_down(world: World) {
    let (id, number) = shown_record(&world).await;
    let pieces = in_each_state(&world, &number).await;
    assert_eq!(steps::shown(&world).await.len(), 1);
    // Known on a Monday: three working days to the Thursday.
    retracted(&world, &id, "2026-04-20").await;
    assert!(steps::shown(&world).await.is_empty(), "in the same write");
    for (state, item) in &pieces {
        let down = matches!(*state, "sent" | "published" | "taking_down");
        assert_eq!(world.state(item).await, if down { "taking_down" } else { "withdrawn" }, "{state}");
        if down {
            let open = running(&world, item).await;
            assert!(open.contains(&("take_down_annulled".to_owned(), "2026-04-23".to_owned())), "{state}: {open:?}");
        }
    }
    world.finish().await;
}

async fn a_repaired_record_takes_its_pieces_down(world: World) {
    task::steps::loaded(&world, "plan.toml", &task::steps::file()).await;
    let id = records::registered(&world, record(1)).await;
    world.on("2026-06-22").await;
    records::bound(&world, 1).await;
    let number = steps::number(&world, &id).await;
    let pieces = in_each_state(&world, &number).await;
    records::duties_done(&world, &id, "2026-05-10").await;
    let application = records::applied(&world, &id).await;
    records::reviewed(&world, &application).await;
    records::granted(&world, &application).await;
    assert!(steps::shown(&world).await.is_empty(), "in the same write");
    for (state, item) in &pieces {
        let down = matches!(*state, "sent" | "published" | "taking_down");
        assert_eq!(world.state(item).await, if down { "taking_down" } else { "withdrawn" }, "{state}");
        if down {
            let open = running(&world, item).await;
            assert!(open.iter().any(|(key, _)| key == "take_down"), "{state}: {open:?}");
        }
    }
    // What was exposed counts as exposed: the record was lawful.
    assert_eq!(world.texts("SELECT counted FROM plan_fact WHERE fallen_on IS NULL AND counted LIKE 'exposures%'").await.len(), 1);
    world.finish().await;
}

async fn a_piece_that_is_coming_down_blocks_no_release(world: World) {
    let (id, number) = shown_record(&world).await;
    let item = steps::approved(&world, steps::exposure(), json!({ "recordNumber": number })).await;
    steps::published(&world, &item).await;
    world.done("policy-head", "takeDownPublicityItem", json!({ "id": item, "reason": "内容有误" })).await;
    retracted(&world, &id, "2026-04-20").await;
    assert_eq!(world.state(&item).await, "taking_down");
    let picture = world.paper("policy", "截图").await;
    world.done("policy", "confirmPublicityTakedown", json!({ "id": item, "screenshot": picture })).await;
    world.finish().await;
}
