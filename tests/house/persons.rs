//! Persons behind accounts: whoever acts, for whom and at which office stands in every entry; deputies end early, agents
//! show their authority, and two accounts of one human being are one pair of eyes.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    on_both,
    repair::steps,
    support::world::{World, record},
};

on_both!(
    a_deputy_ends_early_and_no_later_than_the_principal
    a_deputy_works_at_the_principals_desk
    an_agent_shows_its_authority_and_the_entry_names_it
    two_accounts_are_one_person
    every_entry_names_its_office
);

pub async fn account(world: &World, login: &str) -> Value {
    world.query(login, "{ me { account } }", json!({})).await["me"]["account"].clone()
}

/// Lets somebody stand in at the road transport centre, by the principal's own act.
async fn deputy(world: &World, principal: &str, deputy: &str, rank: &str, until: &str) {
    let query =
        "mutation($input: AppointDeputyInput!) { appointDeputy(input: $input) { refusal { reasons { code } } entry { office { key } } } }";
    let input = json!({
        "principal": account(world, principal).await, "deputy": account(world, deputy).await, "rank": rank,
        "office": "road_transport_centre", "fromDay": "2026-04-01", "until": until,
    });
    let done = world.query(principal, query, json!({ "input": input })).await["appointDeputy"].clone();
    assert_eq!(done, json!({ "refusal": null, "entry": { "office": { "key": "road_transport_centre" } } }), "{done}");
}

async fn revoke(world: &World, login: &str, seat: &Value) -> Value {
    let query = "mutation($seat: ID!) { revokeRole(seat: $seat) { refusal { reasons { code } } entry { verb actor { id } } } }";
    world.query(login, query, json!({ "seat": seat })).await["revokeRole"].clone()
}

/// Seats held for somebody else, as an account sees them.
async fn lent(world: &World, login: &str) -> Vec<Value> {
    let found = world.query(login, "{ seats { id holder { id } principal { id } rank office { key } until } }", json!({})).await;
    found["seats"].as_array().unwrap().iter().filter(|seat| !seat["principal"].is_null()).cloned().collect()
}

/// A record of open class, which only the head may determine.
async fn undetermined(world: &World, number: u32) -> (String, Value) {
    let mut open = record(number);
    open["penalties"] = json!([{ "kind": "CONFISCATION_OF_UNLAWFUL_GAINS" }]);
    let id = steps::registered(world, open).await;
    let paper = world.paper("anyue-head", "定类决定").await;
    (id.clone(), json!({ "id": id, "reason": "数额较大", "recordClass": "GENERAL", "determinationDecision": paper }))
}

async fn a_deputy_ends_early_and_no_later_than_the_principal(world: World) {
    let see = async |id: &str| {
        !world.query("anyue-head", "query($id: ID!) { case(id: $id) { number } }", json!({ "id": id })).await["case"].is_null()
    };
    let (id, input) = undetermined(&world, 1).await;
    assert!(!see(&id).await);
    deputy(&world, "road-head", "anyue-head", "HEAD", "2026-05-30").await;
    assert!(see(&id).await, "a deputy sees the principal's cases");
    let seat = lent(&world, "road-head").await[0].clone();
    assert_eq!((&seat["holder"]["id"], &seat["until"]), (&account(&world, "anyue-head").await, &json!("2026-05-30")));
    let by_stranger = revoke(&world, "road", &seat["id"]).await;
    assert_eq!(by_stranger["refusal"]["reasons"][0]["code"], "ROLE_DOES_NOT_ALLOW");
    world.done("anyue-head", "determinePublicationRecordForPublication", input).await;
    let ended = revoke(&world, "road-head", &seat["id"]).await;
    assert_eq!(
        (&ended["entry"]["verb"], &ended["entry"]["actor"]["id"]),
        (&json!("revoke_role"), &account(&world, "road-head").await),
        "{ended}"
    );
    let (other, input) = undetermined(&world, 2).await;
    assert!(!see(&other).await, "and no longer");
    let late = world.act("anyue-head", "determinePublicationRecordForPublication", input.clone()).await;
    assert_eq!(late["errors"][0]["extensions"]["code"], "NOT_FOUND");
    assert_eq!(revoke(&world, "road-head", &seat["id"]).await["refusal"]["reasons"][0]["code"], "ALREADY_SO", "it is ended");

    // A deputy may lay it down; and whoever loses a seat has no deputy in it.
    deputy(&world, "road-head", "anyue-head", "HEAD", "2026-05-30").await;
    let seat = lent(&world, "anyue-head").await[0].clone();
    assert_eq!(revoke(&world, "anyue-head", &seat["id"]).await["entry"]["verb"], "revoke_role");
    deputy(&world, "road-head", "anyue-head", "HEAD", "2026-05-30").await;
    let seats = world
        .query(
            "admin",
            "query($account: String!) { seats(account: $account) { id } }",
            json!({ "account": account(&world, "road-head").await }),
        )
        .await;
    assert_eq!(revoke(&world, "admin", &seats["seats"][0]["id"]).await["entry"]["verb"], "revoke_role");
    assert!(!see(&other).await, "the principal's own seat is gone");
    world.finish().await;
}

async fn desk(world: &World, login: &str, name: &str, id: &str) -> Value {
    let query = format!(
        "mutation($id: ID!, $key: UUID!) {{ {name}(id: $id, idempotencyKey: $key) {{ refusal {{ reasons {{ code }} }} entry {{ verb office {{ key }} actor {{ id }} actingFor {{ id }} }} }} }}"
    );
    world.query(login, &query, json!({ "id": id, "key": Uuid::new_v4() })).await[name].clone()
}

async fn a_deputy_works_at_the_principals_desk(world: World) {
    let id = steps::registered(&world, record(1)).await;
    let list = "{ workList(first: 5) { nodes { office { key } mine actingFor { id } case { ... on Case { id } } } } }";
    assert_eq!(desk(&world, "road", "claimCase", &id).await["entry"]["verb"], "claim");
    assert_eq!(world.query("yanjiang", list, json!({})).await["workList"]["nodes"], json!([]));
    deputy(&world, "road", "yanjiang", "OFFICER", "2026-05-30").await;
    let item = world.query("yanjiang", list, json!({})).await["workList"]["nodes"][0].clone();
    assert_eq!(
        (&item["case"]["id"], &item["actingFor"]["id"], &item["office"]["key"]),
        (&json!(id), &account(&world, "road").await, &json!("road_transport_centre")),
        "{item}"
    );
    let own = world.query("road", list, json!({})).await["workList"]["nodes"][0].clone();
    assert_eq!((&own["mine"], &own["actingFor"]), (&json!(true), &Value::Null));
    let taken = desk(&world, "yanjiang", "claimCase", &id).await;
    let entry = json!({ "verb": "claim", "office": { "key": "road_transport_centre" }, "actor": { "id": account(&world, "yanjiang").await }, "actingFor": { "id": account(&world, "road").await } });
    assert_eq!((&taken["refusal"], &taken["entry"]), (&Value::Null, &entry), "what the principal claimed is the deputy's too");
    assert_eq!(desk(&world, "road-2", "claimCase", &id).await["refusal"]["reasons"][0]["code"], "WORK_ITEM_TAKEN");
    assert_eq!(desk(&world, "yanjiang", "giveBackCase", &id).await["refusal"], Value::Null);
    world.finish().await;
}

async fn an_agent_shows_its_authority_and_the_entry_names_it(world: World) {
    let id = steps::registered(&world, record(1)).await;
    let (identity, letter) = (world.paper("company", "营业执照").await, world.paper("company", "授权委托书").await);
    let mut request = json!({ "uscc": record(1)["uscc"], "capacity": "AGENT", "authorityUntil": "2026-12-31", "identityPapers": identity });
    world.refused("company", "requestAccountBinding", request.clone(), "AUTHORITY_NOT_SHOWN").await;
    request["authorityLetter"] = letter;
    let binding = world.done("company", "requestAccountBinding", request).await["id"].clone();
    let papers = "query($id: ID!) { case(id: $id) { ... on AccountBinding { authorityUntil papers { document kind } } } }";
    let kept = world.query("counter", papers, json!({ "id": binding })).await["case"].clone();
    let kinds: Vec<_> = kept["papers"].as_array().unwrap().iter().map(|paper| paper["kind"].as_str().unwrap().to_owned()).collect();
    assert!(kinds.contains(&"AUTHORITY_LETTER".to_owned()) && kinds.contains(&"IDENTITY_PAPERS".to_owned()), "{kept}");
    for paper in kept["papers"].as_array().unwrap() {
        assert!(!world.get("counter", &format!("/documents/{}", paper["document"].as_str().unwrap())).await.is_empty());
    }
    world.done("counter", "approveAccountBinding", json!({ "id": binding, "confirmed": true })).await;
    world.on("2026-06-22").await;
    let repair = steps::applied(&world, &id).await;
    let history = "query($id: ID!) { case(id: $id) { ... on RepairApplication { subject { id } history(first: 9, order: OLDEST_FIRST) { nodes { verb actor { id } actingFor { id } actingForSubject authority office { key } } } } } }";
    let shown = world.query("auditor", history, json!({ "id": repair })).await["case"].clone();
    for entry in shown["history"]["nodes"].as_array().unwrap() {
        assert_eq!((&entry["actor"]["id"], &entry["actingFor"]), (&account(&world, "company").await, &Value::Null));
        assert_eq!((&entry["actingForSubject"], &entry["authority"]), (&shown["subject"]["id"], &binding), "{entry}");
    }
    world.done("road", "acceptRepairApplication", json!({ "id": repair })).await;
    let shown = world.query("auditor", history, json!({ "id": repair })).await["case"]["history"]["nodes"].clone();
    let last = shown.as_array().unwrap().last().unwrap().clone();
    assert_eq!(
        (&last["office"]["key"], &last["actingForSubject"]),
        (&json!("road_transport_centre"), &Value::Null),
        "an officer speaks for the office alone"
    );
    world.finish().await;
}

/// Adds an account of the same person as another one; its id.
async fn second(world: &World, login: &str, of: &str) -> Value {
    let add = "mutation($input: AddAccountInput!) { addAccount(input: $input) { account refusal { reasons { code } } } }";
    let input =
        json!({ "login": login, "password": api::city::demo::PASSWORD, "name": "同一人", "samePersonAs": account(world, of).await });
    world.query("admin", add, json!({ "input": input })).await["addAccount"]["account"].clone()
}

async fn two_accounts_are_one_person(world: World) {
    let grant = "mutation($account: String!, $rank: Rank!, $office: String) { grantRole(account: $account, rank: $rank, office: $office) { refusal { reasons { code } } } }";
    let grants = async |account: &Value, rank: &str, office: Option<&str>| {
        let answer = world.query("admin", grant, json!({ "account": account, "rank": rank, "office": office })).await;
        answer["grantRole"]["refusal"]["reasons"][0]["code"].clone()
    };
    // Who recorded does not decide with a second account that heads the office.
    let head = second(&world, "road-as-head", "road").await;
    assert_eq!(grants(&head, "HEAD", Some("road_transport_centre")).await, Value::Null);
    let waits = world.query("leader", "{ pendingSeats { id } }", json!({})).await["pendingSeats"][0]["id"].clone();
    let confirm = "mutation($seat: ID!) { confirmRole(seat: $seat) { refusal { reasons { code } } } }";
    assert_eq!(world.query("leader", confirm, json!({ "seat": waits })).await["confirmRole"]["refusal"], Value::Null);
    let (_, input) = undetermined(&world, 1).await;
    let mut own = input.clone();
    own["determinationDecision"] = world.paper("road-as-head", "定类决定").await;
    world.refused("road-as-head", "determinePublicationRecordForPublication", own, "SAME_PERSON").await;
    assert_eq!(grants(&head, "AUDITOR", None).await, "RANKS_DO_NOT_MIX", "not by two accounts either");
    let deputy = "mutation($input: AppointDeputyInput!) { appointDeputy(input: $input) { refusal { reasons { code } } } }";
    let lent = json!({ "principal": account(&world, "road-head").await, "deputy": second(&world, "admin-2", "admin").await, "rank": "HEAD", "office": "road_transport_centre", "fromDay": "2026-04-01", "until": "2026-04-30" });
    assert_eq!(
        world.query("road-head", deputy, json!({ "input": lent })).await["appointDeputy"]["refusal"]["reasons"][0]["code"],
        "RANKS_DO_NOT_MIX"
    );

    // Who speaks for a company with a private account is no officer in its matters.
    let id = steps::registered(&world, record(2)).await;
    second(&world, "private", "road-2").await;
    let papers = world.paper("private", "营业执照").await;
    let request = json!({ "uscc": record(2)["uscc"], "capacity": "LEGAL_REPRESENTATIVE", "identityPapers": papers });
    let case = world.done("private", "requestAccountBinding", request).await;
    world.done("counter", "approveAccountBinding", json!({ "id": case["id"], "confirmed": true })).await;
    world.refused("road-2", "publishPublicationRecord", json!({ "id": id }), "OWN_MATTER").await;
    world.done("road", "publishPublicationRecord", json!({ "id": id })).await;
    let wrong = json!({ "login": "nobody", "password": api::city::demo::PASSWORD, "name": "某人", "samePersonAs": "x" });
    let token = world.token("admin").await;
    let refused = world
        .ask(Some(&token), "mutation($input: AddAccountInput!) { addAccount(input: $input) { account } }", json!({ "input": wrong }))
        .await;
    assert_eq!(refused["errors"][0]["extensions"]["field"], "input.samePersonAs");
    world.finish().await;
}

async fn every_entry_names_its_office(world: World) {
    // One officer at two offices: each act is in the name of the office whose case it is.
    let grant = "mutation($account: String!) { grantRole(account: $account, rank: OFFICER, office: \"waterway_centre\") { refusal { reasons { code } } } }";
    world.query("admin", grant, json!({ "account": account(&world, "road").await })).await;
    let first = steps::registered(&world, record(1)).await;
    let second = world.done("road", "registerPublicationRecord", json!({ "office": "waterway_centre", "record": record(2) })).await["id"]
        .as_str()
        .unwrap()
        .to_owned();
    for (id, office) in [(&first, "road_transport_centre"), (&second, "waterway_centre")] {
        assert_eq!(desk(&world, "road", "claimCase", id).await["entry"]["office"]["key"], office);
        world.done("road", "publishPublicationRecord", json!({ "id": id })).await;
        world.refused("road", "publishPublicationRecord", json!({ "id": id }), "STATE_DOES_NOT_ALLOW").await;
        let aside =
            "mutation($id: ID!, $key: UUID!) { stepAside(id: $id, idempotencyKey: $key, reason: \"亲属\") { entry { office { key } } } }";
        assert_eq!(
            world.query("road", aside, json!({ "id": id, "key": Uuid::new_v4() })).await["stepAside"]["entry"]["office"]["key"],
            office
        );
        let query = "query($id: ID!) { case(id: $id) { ... on PublicationRecord { history(first: 20, order: OLDEST_FIRST) { nodes { verb accepted office { key } actor { id } } } } } }";
        let entries = world.query("auditor", query, json!({ "id": id })).await["case"]["history"]["nodes"].as_array().unwrap().clone();
        let mine: Vec<_> = entries.iter().filter(|entry| !entry["actor"].is_null()).collect();
        assert!(mine.len() > 4 && mine.iter().any(|entry| entry["accepted"] == false));
        assert!(mine.iter().all(|entry| entry["office"]["key"] == office), "{entries:?}");
    }
    world.finish().await;
}
