//! What comes next in a listing: nothing is guessed of what the party or the leader will do.

use serde_json::json;

use super::steps;
use crate::{
    on_both,
    repair::{
        self,
        route::{beside, expected, seen, told},
    },
    support::world::World,
};

on_both!(the_way_to_a_list_and_its_days a_defence_changes_the_way_ahead);

async fn the_way_to_a_list_and_its_days(world: World) {
    let (id, _) = steps::opened(&world).await;
    let route = seen(&world, "road", &id).await;
    let verbs: Vec<_> = route.iter().map(|step| step["verb"].as_str().unwrap_or("–")).collect();
    let way = ["OPEN", "SUBMIT", "PASS_LEGAL_CHECK", "SIGN_NOTICE", "SERVE_NOTICE", "CLOSE_DEFENCE", "DECIDE_TO_LIST", "SERVE_DECISION"];
    assert_eq!(verbs, way);
    assert!(route[1..].iter().all(|step| step["lastDay"].is_null()), "nothing presses a draft, and so nothing after it: {route:?}");
    assert_eq!(route[1]["at"], "HERE");

    steps::noticed(&world, &id).await;
    let route = seen(&world, "road", &id).await;
    let ahead = [
        ("HERE", "SERVE_NOTICE", "2026-04-13"),
        ("AHEAD", "CLOSE_DEFENCE", "2026-04-28"),
        ("AHEAD", "DECIDE_TO_LIST", "2026-05-20"),
        ("AHEAD", "SERVE_DECISION", "2026-05-29"),
    ];
    assert_eq!(told(&route[4..]), expected(&ahead));
    let leader = &route[6];
    assert_eq!(
        (&leader["role"], &leader["office"]["key"], &leader["leadsTo"]["key"]),
        (&json!("BUREAU_LEADER"), &json!("policy_office"), &json!("decided"))
    );
    assert!(beside(&route, "DECIDE_TO_LIST").contains(&"DECIDE_NOT_TO_LIST".to_owned()), "the leader may decide otherwise");
    assert!(!beside(&route, "DECIDE_TO_LIST").contains(&"ASK_UPPER_CONSENT".to_owned()), "the setting asks for no upper consent");
    world.setting("listing_upper_consent", "true").await;
    let with: Vec<_> = told(&seen(&world, "road", &id).await).into_iter().map(|(_, verb, _)| verb).collect();
    assert_eq!(with[6..], ["ASK_UPPER_CONSENT", "DECIDE_TO_LIST", "SERVE_DECISION"], "with the setting it is a step of the way");
    world.finish().await;
}

async fn a_defence_changes_the_way_ahead(world: World) {
    let (id, _) = steps::opened(&world).await;
    steps::noticed(&world, &id).await;
    steps::served(&world, &id, "2026-04-01").await;
    repair::steps::bound(&world, 1).await;
    let route = seen(&world, "company", &id).await;
    let ahead =
        [("HERE", "CLOSE_DEFENCE", "2026-04-17"), ("AHEAD", "DECIDE_TO_LIST", "2026-05-11"), ("AHEAD", "SERVE_DECISION", "2026-05-20")];
    assert_eq!(told(&route[5..]), expected(&ahead));
    assert_eq!(route[5]["who"]["zh"], "系统", "the time ends by itself");
    let may = beside(&route, "CLOSE_DEFENCE");
    assert!(["FILE_DEFENCE", "WAIVE_DEFENCE", "ASK_FOR_HEARING"].iter().all(|verb| may.contains(&(*verb).to_owned())), "{may:?}");

    let paper = world.paper("company", "陈述申辩书").await;
    world.done("company", "fileDefence", json!({ "id": id, "statementOfDefence": paper, "points": ["次数有误"] })).await;
    let route = seen(&world, "company", &id).await;
    let ahead = [
        ("HERE", "ANSWER_DEFENCE", "2026-04-23"),
        ("AHEAD", "FINISH_DEFENCE", "2026-04-23"),
        ("AHEAD", "DECIDE_TO_LIST", "2026-05-18"),
        ("AHEAD", "SERVE_DECISION", "2026-05-27"),
    ];
    assert_eq!(told(&route[6..]), expected(&ahead));
    assert!(beside(&route, "ANSWER_DEFENCE").contains(&"UPHOLD_DEFENCE".to_owned()), "the head may agree with it");
    world.finish().await;
}
