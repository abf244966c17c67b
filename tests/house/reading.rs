//! What people read: by global id, by search, in plain words, and a full identity number only with its purpose.

use serde_json::json;

use sea_orm::ConnectionTrait;

use crate::{
    on_both,
    repair::steps,
    support::world::{On, World, record},
};

on_both!(nodes_search_and_plain_words a_full_identity_number_is_read_with_its_purpose_only);

async fn nodes_search_and_plain_words(world: World) {
    let id = steps::registered(&world, record(1)).await;
    steps::registered(&world, record(2)).await;
    let find = "query($search: String!) { cases(process: PUBLICATION_RECORD, search: $search, first: 5) { nodes { ... on PublicationRecord { id explanation { zh en } subject { id } } } } }";
    for search in ["资阳示例001(运输)", "资阳示例００１［运输］有限公司", record(1)["uscc"].as_str().unwrap_or_default(), "JL2026-000001"]
    {
        let found = world.query("road", find, json!({ "search": search })).await;
        assert_eq!(found["cases"]["nodes"].as_array().map(Vec::len), Some(1), "{search}: {found}");
        assert_eq!(found["cases"]["nodes"][0]["id"], id);
    }
    let found = world.query("road", find, json!({ "search": "JL2026-000001" })).await["cases"]["nodes"][0].clone();
    assert!(found["explanation"]["zh"].as_str().unwrap_or_default().contains("自2026年6月21日起可以申请信用修复"), "{found}");
    assert!(found["explanation"]["en"].as_str().unwrap_or_default().contains("Repair can be applied for from 2026-06-21"), "{found}");
    let node = "query($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }";
    let ids = json!({ "ids": [id, found["subject"]["id"], "nonsense"] });
    let seen = world.query("auditor", node, ids.clone()).await["nodes"].clone();
    assert_eq!(
        (&seen[0]["__typename"], &seen[1]["__typename"], &seen[2]),
        (&json!("PublicationRecord"), &json!("CreditSubject"), &json!(null)),
        "{seen}"
    );
    let hidden = world.query("stranger", node, ids).await["nodes"].clone();
    assert_eq!(hidden, json!([null, null, null]), "nobody sees what is not theirs");
    assert_eq!(world.query("anyue", find, json!({ "search": "示例" })).await["cases"]["nodes"], json!([]));
    world.finish().await;
}

/// Statements that the server has counted in this database since the last reset, but for those that ask for it.
async fn round_trips(world: &World) -> i64 {
    let db = &world.app.database;
    let sql = "SELECT COALESCE(sum(calls), 0)::bigint FROM pg_stat_statements s JOIN pg_database d ON d.oid = s.dbid \
               WHERE d.datname = current_database() AND s.query NOT LIKE '%pg_stat_statements%'";
    let row = db.pool().query_one_raw(db.statement(sql, Vec::new())).await.expect("it counts").expect("a row");
    row.try_get_by_index(0).expect("a count")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn why_not_of_a_page_of_a_hundred_cases_is_four_reads_at_most() {
    let world = World::new(On::Postgres).await;
    for number in 1..=100 {
        steps::registered(&world, record(number)).await;
    }
    let pool = world.app.database.pool();
    pool.execute_unprepared("CREATE EXTENSION pg_stat_statements").await.expect("the server has it");
    let page = "{ cases(process: PUBLICATION_RECORD, first: 100) { nodes { ... on Case { id actions { verb allowed reasons { code message { zh en } remedy { zh en } opensOn } } } } } }";
    world.query("policy", page, json!({})).await;
    let reset = "SELECT pg_stat_statements_reset(0, (SELECT oid FROM pg_database WHERE datname = current_database()), 0)";
    // What the house does by itself meanwhile counts too: one quiet reading in five is enough.
    let mut fewest = i64::MAX;
    for _ in 0..5 {
        pool.execute_unprepared(reset).await.expect("it resets");
        let shown = world.query("policy", page, json!({})).await["cases"]["nodes"].clone();
        let shown = shown.as_array().expect("a page");
        assert_eq!(shown.len(), 100);
        assert!(shown.iter().all(|case| {
            case["actions"]
                .as_array()
                .is_some_and(|all| all.iter().any(|action| action["allowed"] == false && action["reasons"][0]["code"].is_string()))
        }));
        fewest = fewest.min(round_trips(&world).await);
    }
    assert!((1..=4).contains(&fewest), "{fewest} round trips");
    world.finish().await;
}

async fn a_full_identity_number_is_read_with_its_purpose_only(world: World) {
    let first = "51200219900101001";
    let number = format!("{first}{}", domain::identifier::resident_id::check_character(first).expect("a check character"));
    let mut person = record(1);
    person["subjectKind"] = json!("NATURAL_PERSON");
    person["residentId"] = json!(number);
    person["uscc"] = json!(null);
    let id = steps::registered(&world, person).await;
    let shown = world.query("road", "query($id: ID!) { case(id: $id) { subject { id idNumberMasked } } }", json!({ "id": id })).await["case"]["subject"].clone();
    assert!(!shown.to_string().contains(&number), "{shown}");
    let read = "mutation($subject: ID!, $purpose: String!) { readIdentityNumber(subject: $subject, purpose: $purpose) { idNumber entry { verb } } }";
    let answer =
        world.query("road", read, json!({ "subject": shown["id"], "purpose": "送达处罚决定书" })).await["readIdentityNumber"].clone();
    assert_eq!((&answer["idNumber"], &answer["entry"]["verb"]), (&json!(number), &json!("note_identity_read")));
    for login in ["anyue", "stranger"] {
        let token = world.token(login).await;
        let refused = world.ask(Some(&token), read, json!({ "subject": shown["id"], "purpose": "好奇" })).await;
        assert_eq!(refused["errors"][0]["extensions"]["code"], "NOT_FOUND", "{login}: {refused}");
    }
    let token = world.token("road").await;
    let empty = world.ask(Some(&token), read, json!({ "subject": shown["id"], "purpose": " " })).await;
    assert_eq!(empty["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{empty}");
    world.finish().await;
}
