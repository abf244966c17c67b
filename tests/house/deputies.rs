//! Deputies for a stated time, agents to the end of their authority, and nobody in a matter of their own.

use serde_json::{Value, json};

use crate::{
    on_both,
    repair::steps,
    support::world::{World, record},
};

on_both!(a_deputy_acts_for_stated_days_and_counts_as_both an_agents_right_ends_with_its_authority nobody_acts_in_a_matter_of_their_own);

async fn account(world: &World, login: &str) -> Value {
    world.query(login, "{ me { account } }", json!({})).await["me"]["account"].clone()
}

async fn appoint(world: &World, by: &str, principal: &str, deputy: &str, days: (&str, &str)) -> Value {
    let query = "mutation($input: AppointDeputyInput!) { appointDeputy(input: $input) { refusal { reasons { code } } entry { verb } } }";
    let input = json!({
        "principal": account(world, principal).await, "deputy": account(world, deputy).await, "rank": "HEAD",
        "office": "road_transport_centre", "fromDay": days.0, "until": days.1,
    });
    world.query(by, query, json!({ "input": input })).await["appointDeputy"].clone()
}

async fn a_deputy_acts_for_stated_days_and_counts_as_both(world: World) {
    let mut open = record(1);
    open["penalties"] = json!([{ "kind": "CONFISCATION_OF_UNLAWFUL_GAINS" }]);
    let first = steps::registered(&world, open.clone()).await;
    open["uscc"] = record(2)["uscc"].clone();
    open["decisionNumber"] = json!("资交罚〔2026〕2号");
    let second =
        world.done("road-2", "registerPublicationRecord", json!({ "office": "road_transport_centre", "record": open })).await["id"]
            .as_str()
            .unwrap()
            .to_owned();
    let determine = async |id: &str, login: &str| {
        let paper = world.paper(login, "定类决定").await;
        json!({ "id": id, "reason": "数额较大", "recordClass": "GENERAL", "determinationDecision": paper })
    };
    let code = |answer: &Value| answer["refusal"]["reasons"][0]["code"].clone();
    assert_eq!(code(&appoint(&world, "admin", "road-head", "road", ("2026-03-01", "2026-04-10")).await), "DEPUTY_DAYS");
    assert_eq!(code(&appoint(&world, "admin", "yanjiang-head", "road", ("2026-04-02", "2026-04-10")).await), "NOT_THEIR_SEAT");
    assert_eq!(code(&appoint(&world, "road-2", "road-head", "road", ("2026-04-02", "2026-04-10")).await), "ROLE_DOES_NOT_ALLOW");
    let done = appoint(&world, "road-head", "road-head", "road", ("2026-04-02", "2026-04-10")).await;
    assert_eq!(done["entry"]["verb"], "appoint_deputy", "{done}");
    let input = determine(&second, "road").await;
    world.refused("road", "determinePublicationRecordForPublication", input.clone(), "ROLE_DOES_NOT_ALLOW").await;
    world.on("2026-04-02").await;
    let own = determine(&first, "road").await;
    world.refused("road", "determinePublicationRecordForPublication", own, "SAME_PERSON").await;
    world.done("road", "determinePublicationRecordForPublication", input).await;
    let query = "query($id: ID!) { case(id: $id) { ... on PublicationRecord { history(first: 10, order: OLDEST_FIRST) { nodes { verb actor { id } actingFor { id } } } } } }";
    let history = world.query("auditor", query, json!({ "id": second })).await["case"]["history"]["nodes"].clone();
    let entry = history.as_array().unwrap().iter().rfind(|entry| entry["verb"] == "determine_for_publication").unwrap().clone();
    assert_eq!((&entry["actor"]["id"], &entry["actingFor"]["id"]), (&account(&world, "road").await, &account(&world, "road-head").await));
    world.on("2026-04-11").await;
    let late = determine(&first, "road").await;
    world.refused("road", "determinePublicationRecordForPublication", late, "ROLE_DOES_NOT_ALLOW").await;
    world.finish().await;
}

async fn an_agents_right_ends_with_its_authority(world: World) {
    let id = steps::registered(&world, record(1)).await;
    let papers = world.paper("company", "授权书").await;
    let mut request = json!({ "uscc": record(1)["uscc"], "capacity": "AGENT", "identityPapers": papers, "authorityLetter": papers });
    let missing = world.act("company", "requestAccountBinding", request.clone()).await;
    assert_eq!(missing["errors"][0]["extensions"]["field"], "input.authorityUntil", "{missing}");
    request["authorityUntil"] = json!("2026-04-10");
    let case = world.done("company", "requestAccountBinding", request).await;
    world.done("counter", "approveAccountBinding", json!({ "id": case["id"], "confirmed": true })).await;
    let query = "query($id: ID!) { case(id: $id) { number } }";
    world.on("2026-04-10").await;
    assert!(!world.query("company", query, json!({ "id": id })).await["case"].is_null());
    world.on("2026-04-11").await;
    assert!(world.query("company", query, json!({ "id": id })).await["case"].is_null(), "the authority is over");
    assert_eq!(world.state(case["id"].as_str().unwrap()).await, "ended");
    world.finish().await;
}

async fn nobody_acts_in_a_matter_of_their_own(world: World) {
    let id = steps::registered(&world, record(1)).await;
    let papers = world.paper("road", "营业执照").await;
    let request = json!({ "uscc": record(1)["uscc"], "capacity": "LEGAL_REPRESENTATIVE", "identityPapers": papers });
    let case = world.done("road", "requestAccountBinding", request).await;
    world.done("counter", "approveAccountBinding", json!({ "id": case["id"], "confirmed": true })).await;
    let proof = world.paper("road", "履行证明").await;
    let input = json!({ "id": id, "doneOn": "2026-04-01", "proofOfPerformance": proof });
    world.refused("road", "recordDutiesDone", input, "OWN_MATTER").await;
    world.finish().await;
}
