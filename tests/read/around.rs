//! What every case carries whatever its process: its history in both directions, its desk, its letters, its links, and the cases
//! that may be opened about it.

use serde_json::{Value, json};

use crate::{
    objection, on_both, repair,
    support::world::{World, record},
};

on_both!(a_history_is_read_from_both_ends desk_letters_and_links_are_said openings_say_from_which_day a_forbidden_part_leaves_the_rest);

const HISTORY: &str = "query($id: ID!, $first: Int, $after: String, $last: Int, $before: String, $order: HistoryOrder) { case(id: $id) { \
    history(first: $first, after: $after, last: $last, before: $before, order: $order) { nodes { number } pageInfo { hasNextPage \
    hasPreviousPage startCursor endCursor } } } }";

/// A record with a handful of entries, and its application.
async fn at_work(world: &World) -> (String, String) {
    let id = repair::steps::registered(world, record(1)).await;
    world.on("2026-06-22").await;
    repair::steps::bound(world, 1).await;
    repair::steps::duties_done(world, &id, "2026-05-10").await;
    let repair = repair::steps::applied(world, &id).await;
    (id, repair)
}

fn numbers(page: &Value) -> Vec<u64> {
    page["nodes"].as_array().expect("nodes").iter().map(|entry| entry["number"].as_str().unwrap().parse().unwrap()).collect()
}

async fn a_history_is_read_from_both_ends(world: World) {
    let (_, repair) = at_work(&world).await;
    repair::steps::reviewed_to_policy(&world, &repair).await;
    let read = async |mut asked: Value| {
        asked["id"] = json!(repair);
        world.query("auditor", HISTORY, asked).await["case"]["history"].clone()
    };
    let newest = numbers(&read(json!({})).await);
    let mut sorted = newest.clone();
    sorted.sort_unstable();
    sorted.reverse();
    assert!(newest.len() >= 5 && newest == sorted, "the newest first: {newest:?}");
    let oldest = numbers(&read(json!({ "order": "OLDEST_FIRST" })).await);
    assert_eq!(oldest.iter().rev().copied().collect::<Vec<_>>(), newest);
    for (order, all) in [("NEWEST_FIRST", &newest), ("OLDEST_FIRST", &oldest)] {
        let first = read(json!({ "first": 2, "order": order })).await;
        assert_eq!((numbers(&first), &first["pageInfo"]["hasNextPage"]), (all[..2].to_vec(), &json!(true)), "{order}");
        let next = read(json!({ "first": 2, "order": order, "after": first["pageInfo"]["endCursor"] })).await;
        assert_eq!((numbers(&next), &next["pageInfo"]["hasPreviousPage"]), (all[2..4].to_vec(), &json!(true)), "{order}");
        let back = read(json!({ "last": 1, "order": order, "before": next["pageInfo"]["startCursor"] })).await;
        assert_eq!(numbers(&back), all[1..2], "{order}");
        assert_eq!((&back["pageInfo"]["hasPreviousPage"], &back["pageInfo"]["hasNextPage"]), (&json!(true), &json!(true)), "{order}");
        let last = read(json!({ "last": 2, "order": order })).await;
        assert_eq!((numbers(&last), &last["pageInfo"]["hasNextPage"]), (all[all.len() - 2..].to_vec(), &json!(false)), "{order}");
    }
    let token = world.token("auditor").await;
    for (asked, field) in [
        (json!({ "first": 1, "last": 1 }), "last"),
        (json!({ "last": 0 }), "last"),
        (json!({ "first": 101 }), "first"),
        (json!({ "before": "junk" }), "before"),
    ] {
        let mut variables = asked.clone();
        variables["id"] = json!(repair);
        let fault = world.ask(Some(&token), HISTORY, variables).await["errors"][0]["extensions"].clone();
        assert_eq!((&fault["code"], &fault["field"]), (&json!("BAD_USER_INPUT"), &json!(field)), "{asked}");
    }
    world.finish().await;
}

const AROUND: &str = "query($id: ID!) { case(id: $id) { definition receivedOn office { key } findingOffice { key name { zh en } kind } \
    points { key } desk { office { key } rank claimedBy { name } mine } letters { key to office { key } status writtenOn } links { id number \
    process kind title { zh } } } }";

async fn desk_letters_and_links_are_said(world: World) {
    let (record, repair) = at_work(&world).await;
    let claim = "mutation($id: ID!, $key: UUID!) { claimCase(id: $id, idempotencyKey: $key) { refusal { reasons { code } } } }";
    world.query("road", claim, json!({ "id": repair, "key": uuid::Uuid::new_v4() })).await;
    let seen = async |login: &str, id: &str| world.query(login, AROUND, json!({ "id": id })).await["case"].clone();
    let (staff, party) = (seen("policy", &repair).await, seen("company", &repair).await);
    for shown in [&staff, &party] {
        assert_eq!(shown["findingOffice"]["key"], "road_transport_centre");
        assert_eq!(shown["findingOffice"]["kind"], "CENTRE");
        assert_eq!(shown["desk"][0]["office"]["key"], "road_transport_centre");
        assert_eq!((&shown["desk"][0]["rank"], &shown["receivedOn"]), (&json!("OFFICER"), &json!("2026-06-22")));
        assert_eq!(shown["links"].as_array().map(Vec::len), Some(1), "{shown}");
        assert_eq!((&shown["links"][0]["kind"], &shown["links"][0]["id"]), (&json!("RECORD"), &json!(record)));
    }
    assert!(staff["desk"][0]["claimedBy"]["name"].is_string(), "staff read who claimed it: {staff}");
    assert!(party["desk"][0]["claimedBy"].is_null(), "a party reads the office: {party}");
    assert_eq!(seen("road", &repair).await["desk"][0]["mine"], true);
    let letters = |shown: &Value| shown["letters"].as_array().cloned().unwrap_or_default();
    assert!(letters(&staff).iter().any(|letter| letter["to"] == "OFFICE" && letter["office"]["key"] == "road_transport_centre"), "{staff}");
    assert!(letters(&staff).iter().any(|letter| letter["to"] == "PARTY"), "{staff}");
    assert!(!letters(&party).is_empty() && letters(&party).iter().all(|letter| letter["to"] != "OFFICE"), "{party}");
    let of_record = seen("road", &record).await;
    assert!(
        of_record["links"].as_array().unwrap().iter().any(|link| link["kind"] == "ABOUT" && link["id"] == json!(repair)),
        "{of_record}"
    );
    world.finish().await;
}

const OPENINGS: &str = "query($about: ID!) { openings(about: $about) { verb mutation inputType target allowed reasons { code opensOn } ahead { \
    code opensOn article { key } } asks { field required } to { key } } }";

fn opening<'a>(all: &'a Value, mutation: &str) -> &'a Value {
    let found = all.as_array().and_then(|all| all.iter().find(|one| one["mutation"] == mutation));
    found.unwrap_or_else(|| panic!("{mutation} is among {all}"))
}

async fn openings_say_from_which_day(world: World) {
    let record = repair::steps::registered(&world, record(1)).await;
    let asked = async |login: &str, about: &str| world.query(login, OPENINGS, json!({ "about": about })).await["openings"].clone();
    let officer = asked("road", &record).await;
    let listing = opening(&officer, "openListingCase");
    assert_eq!((&listing["allowed"], &listing["target"]), (&json!(true), &json!("base")), "{listing}");
    let party_only = opening(&officer, "openRepairApplication");
    assert_eq!((&party_only["allowed"], &party_only["reasons"][0]["code"]), (&json!(false), &json!("ROLE_DOES_NOT_ALLOW")));
    assert_eq!(opening(&officer, "addProposalEntry")["asks"].as_array().unwrap().last().unwrap()["field"], "batch");
    let counter = asked("counter", &record).await;
    let register = opening(&counter, "registerRepairApplication");
    assert!(register["asks"].as_array().unwrap().iter().any(|ask| ask["field"] == "channel"), "{register}");
    assert_eq!(opening(&counter, "registerObjection")["target"], "challenged");
    repair::steps::bound(&world, 1).await;
    let before = asked("company", &record).await;
    let repair = opening(&before, "openRepairApplication");
    assert_eq!((&repair["target"], &repair["inputType"]), (&json!("record"), &json!("OpenRepairApplicationInput")));
    if repair["allowed"] == json!(true) {
        let waits = repair["ahead"].as_array().unwrap().iter().find(|reason| reason["code"] == "MIN_TERM_RUNS").cloned();
        let first = world
            .query("company", "query($id: ID!) { case(id: $id) { ... on PublicationRecord { minLastDay } } }", json!({ "id": record }))
            .await;
        let last: time::Date = crate::support::world::day(first["case"]["minLastDay"].as_str().expect("a term"));
        let opens = last.next_day().map(|day| day.to_string());
        assert_eq!(waits.expect("the term runs")["opensOn"].as_str().map(str::to_owned), opens, "accepted from the day after the term");
    } else {
        assert_eq!(repair["reasons"][0]["code"], "RECORD_NOT_REPAIRABLE", "before it is published: {repair}");
    }
    world.on("2026-06-22").await;
    repair::steps::duties_done(&world, &record, "2026-05-10").await;
    let now = asked("company", &record).await;
    let repair = opening(&now, "openRepairApplication");
    assert_eq!((&repair["allowed"], &repair["ahead"]), (&json!(true), &json!([])), "{repair}");
    assert!(opening(&now, "fileObjection")["allowed"] == json!(true), "{now}");
    let application = repair::steps::applied(&world, &record).await;
    let again = asked("company", &record).await;
    assert_eq!(opening(&again, "openRepairApplication")["reasons"][0]["code"], "OTHER_APPLICATION_OPEN");
    let challenge = asked("company", &application).await;
    let names: Vec<_> = challenge.as_array().unwrap().iter().map(|one| one["mutation"].clone()).collect();
    assert!(names.contains(&json!("fileObjection")) && !names.contains(&json!("openRepairApplication")), "{names:?}");
    objection::steps::filed(&world, &record, "RIGHTS_INFRINGED").await;
    assert_eq!(opening(&asked("company", &record).await, "fileObjection")["reasons"][0]["code"], "OTHER_OBJECTION_OPEN");
    let subject = world.query(
        "company",
        "query($id: ID!) { case(id: $id) { subject { id openings { mutation allowed } } } }",
        json!({ "id": record }),
    );
    let subject = subject.await["case"]["subject"].clone();
    assert_eq!(opening(&subject["openings"], "requestAccountBinding")["allowed"], false, "it is bound already: {subject}");
    assert_eq!(opening(&asked("road", subject["id"].as_str().unwrap()).await, "registerPublicationRecord")["allowed"], true);
    let token = world.token("stranger").await;
    let fault = world.ask(Some(&token), OPENINGS, json!({ "about": record })).await;
    assert_eq!(fault["errors"][0]["extensions"]["code"], "NOT_FOUND", "{fault}");
    world.finish().await;
}

/// A part of a page that the viewer may not read is empty; the rest of the page stands.
async fn a_forbidden_part_leaves_the_rest(world: World) {
    let token = world.token("road").await;
    let page = "{ me { today } reportingRates(period: \"2026-Q2\") { rate } signIns(first: 1) { nodes { outcome } } pendingSeats { id } }";
    let answer = world.ask(Some(&token), page, json!({})).await;
    let codes: Vec<_> = answer["errors"].as_array().expect("faults").iter().map(|fault| fault["extensions"]["code"].clone()).collect();
    assert_eq!(codes, vec![json!("FORBIDDEN"); 3], "{answer}");
    assert!(answer["data"]["me"]["today"].is_string(), "the rest of the page is there: {answer}");
    world.finish().await;
}
