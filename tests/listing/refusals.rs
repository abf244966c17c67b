//! Who may not, and when not.

use serde_json::json;

use super::steps;
use crate::{
    on_both, repair,
    support::world::{World, record},
};

on_both!(no_listing_without_a_basis never_heavier_than_notified service_by_mail_needs_consent the_party_sees_nothing_before_the_notice four_eyes);

async fn no_listing_without_a_basis(world: World) {
    let base = repair::steps::registered(&world, record(1)).await;
    let open = |form| json!({ "base": base, "listing": form });
    world.refused("road", "openListingCase", open(steps::form()), "LIST_TYPE_WITHOUT_BASIS").await;
    let mut lapsed = steps::form();
    lapsed["listType"] = json!("transport_2018");
    lapsed["grounds"] = json!(["serious_breach"]);
    world.refused("road", "openListingCase", open(lapsed), "LIST_TYPE_WITHOUT_BASIS").await;
    let types =
        world.ask(None, "{ listTypes { key hasBasis grounds { key article { key } } } }", json!({})).await["data"]["listTypes"].clone();
    assert!(types.as_array().unwrap().iter().all(|one| one["hasBasis"] == false), "{types}");
    world.setting("list_basis_overloading", "true").await;
    let case = world.done("road", "openListingCase", open(steps::form())).await;
    let evidence = world.paper("road", "证据").await;
    let submit = json!({ "id": case["id"], "evidence": evidence });
    world.setting("list_basis_overloading", "false").await;
    world.refused("road", "submitListingCase", submit, "LIST_TYPE_WITHOUT_BASIS").await;
    world.finish().await;
}

async fn never_heavier_than_notified(world: World) {
    let (id, _) = steps::opened(&world).await;
    steps::before_the_leader(&world, &id).await;
    for (field, value) in
        [("measures", json!(["talk_to", "no_conveniences"])), ("grounds", json!(["disturbed_checks"])), ("years", json!(3))]
    {
        let mut terms = steps::decision();
        terms[field] = value;
        let input = steps::to_list(&world, &id, terms).await;
        world.refused("leader", "decideToList", input, "HEAVIER_THAN_NOTIFIED").await;
    }
    let lighter = steps::to_list(&world, &id, json!({ "grounds": ["refused_inspection"], "measures": [], "years": 1 })).await;
    world.done("leader", "decideToList", lighter).await;
    world.finish().await;
}

async fn service_by_mail_needs_consent(world: World) {
    let (id, _) = steps::opened(&world).await;
    steps::noticed(&world, &id).await;
    let proof = world.paper("road", "邮件回执").await;
    let mut serve = json!({ "id": id, "serviceMethod": "ELECTRONIC", "servedOn": "2026-04-01", "proofOfService": proof });
    world.refused("road", "servePriorNotice", serve.clone(), "SERVICE_CONSENT_MISSING").await;
    serve["serviceConsent"] = world.paper("road", "电子送达确认书").await;
    world.done("road", "servePriorNotice", serve).await;
    world.on("2026-04-17").await;
    assert_eq!(world.state(&id).await, "deliberation", "the period is over and nothing was filed");
    world.finish().await;
}

async fn the_party_sees_nothing_before_the_notice(world: World) {
    let (id, _) = steps::opened(&world).await;
    repair::steps::bound(&world, 1).await;
    let query = "query($id: ID!) { case(id: $id) { number } }";
    assert!(world.query("company", query, json!({ "id": id })).await["case"].is_null());
    steps::noticed(&world, &id).await;
    assert!(!world.query("company", query, json!({ "id": id })).await["case"].is_null());
    world.setting("listing_hearing", "false").await;
    steps::served(&world, &id, "2026-04-01").await;
    world.refused("company", "askForHearing", json!({ "id": id }), "LIST_TYPE_DOES_WITHOUT").await;
    world.finish().await;
}

async fn four_eyes(world: World) {
    let (id, _) = steps::opened(&world).await;
    let office = json!({ "base": world.query("auditor", "query($id: ID!) { case(id: $id) { ... on ListingCase { base { id } } } }", json!({ "id": id })).await["case"]["base"]["id"], "listing": steps::form() });
    let foreign = world.act("yanjiang", "openListingCase", office).await;
    assert_eq!(foreign["errors"][0]["extensions"]["code"], "NOT_FOUND", "{foreign}");
    steps::before_the_leader(&world, &id).await;
    let mut input = steps::to_list(&world, &id, steps::decision()).await;
    for paper in ["listingDecision", "meetingRecord"] {
        input[paper] = world.paper("policy", paper).await;
    }
    world.refused("policy", "decideToList", input, "ROLE_DOES_NOT_ALLOW").await;
    world.finish().await;
}
