//! Lists of cases, of work and of the published list: filters, orders, pages both ways, and how many there are.

use serde_json::{Value, json};

use crate::{
    on_both,
    repair::steps,
    support::world::{World, record},
};

on_both!(
    cases_are_filtered_across_processes
    cases_are_ordered_and_read_both_ways
    a_search_finds_numbers_of_every_kind
    work_is_filtered_and_counted
    the_published_list_is_filtered_and_counted
    filters_that_cannot_be_are_refused_at_their_field
);

const LIST: &str = "query($process: Process, $filter: CaseFilter, $search: String, $order: CaseOrder, $first: Int, $after: String, $last: Int, $before: String) { cases(process: $process, filter: $filter, search: $search, order: $order, first: $first, after: $after, last: $last, before: $before) { nodes { id number } totalCount { count more shown } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }";

async fn list(world: &World, login: &str, variables: Value) -> Value {
    world.query(login, LIST, variables).await["cases"].clone()
}

fn ids(list: &Value) -> Vec<String> {
    let nodes = list["nodes"].as_array().unwrap_or_else(|| panic!("{list}"));
    nodes.iter().map(|node| node["id"].as_str().expect("an id").to_owned()).collect()
}

/// Three records received on three days, and an application for the repair of the first; ids in this order.
async fn some(world: &World) -> Vec<String> {
    let mut made = Vec::new();
    for number in 1..=3 {
        made.push(steps::registered(world, record(number)).await);
        world.on(&format!("2026-04-{:02}", number + 1)).await;
    }
    world.on("2026-06-22").await;
    steps::bound(world, 1).await;
    made.push(steps::applied(world, &made[0]).await);
    made
}

async fn cases_are_filtered_across_processes(world: World) {
    let made = some(&world).await;
    let all = list(&world, "auditor", json!({ "first": 50 })).await;
    assert_eq!(all["totalCount"], json!({ "count": 5, "more": false, "shown": "5" }), "three records, a binding, an application");
    let filtered = async |login: &str, filter: Value| ids(&list(&world, login, json!({ "filter": filter })).await);
    assert_eq!(filtered("auditor", json!({ "processes": ["REPAIR_APPLICATION"] })).await, [made[3].clone()]);
    assert_eq!(filtered("auditor", json!({ "receivedFrom": "2026-04-02", "receivedTo": "2026-04-02" })).await, [made[1].clone()]);
    assert_eq!(filtered("auditor", json!({ "class": "GENERAL" })).await.len(), 3);
    assert_eq!(filtered("auditor", json!({ "class": "SEVERE" })).await.len(), 0);
    let offices = ["road_transport_centre", "anyue"].map(|office| json!({ "office": office, "processes": ["PUBLICATION_RECORD"] }));
    assert_eq!((filtered("auditor", offices[0].clone()).await.len(), filtered("auditor", offices[1].clone()).await.len()), (3, 0));
    let phase = world.query("auditor", "query($id: ID!) { case(id: $id) { state { phase } } }", json!({ "id": made[3] })).await;
    let mine = filtered("auditor", json!({ "phases": [phase["case"]["state"]["phase"]] })).await;
    assert!(mine.contains(&made[3]) && !mine.contains(&made[0]), "{mine:?}");
    assert_eq!(filtered("road", json!({ "waiting": true })).await, [made[3].clone()], "the application waits at the counter of the unit");
    assert_eq!(filtered("road", json!({ "overdue": true })).await, Vec::<String>::new());
    assert_eq!(filtered("road", json!({ "mine": true })).await, Vec::<String>::new());
    let claim = "mutation($id: ID!, $key: UUID!) { claimCase(id: $id, idempotencyKey: $key) { refusal { reasons { code } } } }";
    world.query("road", claim, json!({ "id": made[3], "key": uuid::Uuid::new_v4() })).await;
    assert_eq!(filtered("road", json!({ "mine": true })).await, [made[3].clone()]);
    assert_eq!(filtered("road-2", json!({ "mine": true })).await, Vec::<String>::new(), "what another has claimed is not one's own");
    world.on("2026-09-01").await;
    assert_eq!(filtered("road", json!({ "overdue": true })).await, [made[3].clone()]);
    assert_eq!(filtered("road", json!({ "dueFrom": "2026-06-22", "dueTo": "2026-08-31" })).await, [made[3].clone()]);
    assert_eq!(filtered("road", json!({ "dueFrom": "2026-09-01" })).await, Vec::<String>::new());
    assert_eq!(filtered("anyue", json!({})).await, Vec::<String>::new(), "nobody sees what is not theirs");
    assert_eq!(list(&world, "stranger", json!({})).await["totalCount"]["count"], 0, "and nobody counts it");
    world.finish().await;
}

async fn cases_are_ordered_and_read_both_ways(world: World) {
    some(&world).await;
    for (order, filter) in [
        ("NUMBER", json!({})),
        ("NUMBER_DESC", json!({})),
        ("RECEIVED", json!({})),
        ("RECEIVED_DESC", json!({})),
        ("DUE", json!({ "waiting": true })),
        ("DUE_DESC", json!({ "waiting": true })),
    ] {
        let ask = |more: Value| {
            let mut asked = json!({ "order": order, "filter": filter });
            asked.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
            asked
        };
        let whole = ids(&list(&world, "auditor", ask(json!({ "first": 100 }))).await);
        let (mut onwards, mut after) = (Vec::new(), json!(null));
        loop {
            let page = list(&world, "auditor", ask(json!({ "first": 2, "after": after }))).await;
            onwards.extend(ids(&page));
            after = page["pageInfo"]["endCursor"].clone();
            if page["pageInfo"]["hasNextPage"] == false {
                break;
            }
        }
        assert_eq!(onwards, whole, "{order}: every case once and in order");
        let (mut back, mut before) = (Vec::new(), json!(null));
        loop {
            let page = list(&world, "auditor", ask(json!({ "last": 2, "before": before }))).await;
            back.splice(0..0, ids(&page));
            before = page["pageInfo"]["startCursor"].clone();
            if page["pageInfo"]["hasPreviousPage"] == false {
                break;
            }
        }
        assert_eq!(back, whole, "{order}: the same from its end");
        if let Some(opposite) = order.strip_suffix("_DESC") {
            let mut other = ids(&list(&world, "auditor", json!({ "order": opposite, "filter": filter, "first": 100 })).await);
            other.reverse();
            assert_eq!(other, whole, "{order}");
        }
    }
    world.finish().await;
}

async fn a_search_finds_numbers_of_every_kind(world: World) {
    let made = some(&world).await;
    steps::duties_done(&world, &made[0], "2026-04-01").await;
    let found = async |search: &str| ids(&list(&world, "auditor", json!({ "search": search })).await);
    let number = list(&world, "auditor", json!({ "process": "REPAIR_APPLICATION" })).await["nodes"][0]["number"].clone();
    assert_eq!(found(number.as_str().expect("a number")).await, [made[3].clone()], "by number, whatever the process");
    let about = found("资交罚〔2026〕1号").await;
    assert!(about.contains(&made[0]) && about.contains(&made[3]) && about.len() == 2, "the record and what is about it: {about:?}");
    assert_eq!(found("资阳示例002").await, [made[1].clone()], "by part of the name");
    assert_eq!(found(record(3)["uscc"].as_str().expect("a code")).await, [made[2].clone()]);
    steps::reviewed(&world, &made[3]).await;
    steps::granted(&world, &made[3]).await;
    let issued = world.texts("SELECT number FROM document WHERE number IS NOT NULL AND kind = 'repair_decision'").await;
    let issued = issued.first().expect("the decision has a number").clone();
    assert_eq!(found(&issued).await, [made[3].clone()], "by the number of a document that it issued: {issued}");
    assert_eq!(found(&issued.replace('〔', "[").replace('〕', "]")).await, [made[3].clone()], "with other brackets");
    world.finish().await;
}

async fn work_is_filtered_and_counted(world: World) {
    let mut made = Vec::new();
    for number in 1..=5 {
        made.push(steps::registered(&world, record(number)).await);
        world.on(&format!("2026-04-{:02}", number + 1)).await;
    }
    let work = "query($filter: WorkFilter, $first: Int, $after: String, $last: Int, $before: String) { workList(filter: $filter, first: $first, after: $after, last: $last, before: $before) { nodes { dueOn workingDaysLeft office { key name { zh } } case { ... on Case { id } } } pageInfo { startCursor hasPreviousPage } } }";
    let asked = async |login: &str, variables: Value| {
        let data = world.query(login, work, variables).await["workList"].clone();
        let ids: Vec<String> =
            data["nodes"].as_array().unwrap().iter().map(|node| node["case"]["id"].as_str().unwrap().to_owned()).collect();
        (ids, data)
    };
    let (whole, data) = asked("road", json!({ "first": 100 })).await;
    assert_eq!(whole.len(), 5, "{data}");
    assert_eq!(data["nodes"][0]["office"]["key"], "road_transport_centre");
    assert!(data["nodes"][0]["office"]["name"]["zh"].as_str().is_some_and(|name| !name.is_empty()));
    let (mut back, mut before) = (Vec::new(), json!(null));
    loop {
        let (page, data) = asked("road", json!({ "last": 2, "before": before })).await;
        back.splice(0..0, page);
        before = data["pageInfo"]["startCursor"].clone();
        if data["pageInfo"]["hasPreviousPage"] == false {
            break;
        }
    }
    assert_eq!(back, whole, "the same from its end");
    let claim = "mutation($id: ID!, $key: UUID!) { claimCase(id: $id, idempotencyKey: $key) { refusal { reasons { code } } } }";
    world.query("road", claim, json!({ "id": made[0], "key": uuid::Uuid::new_v4() })).await;
    let due = data["nodes"][0]["dueOn"].as_str().unwrap().to_owned();
    world.on(&due).await;
    let counts =
        "{ workCounts { overdue { count } today { count } week { count } all { count shown } mine { count } unclaimed { count } } }";
    let told = world.query("road", counts, json!({})).await["workCounts"].clone();
    let today = asked("road", json!({ "filter": { "due": "TODAY" } })).await.0;
    let number = |name: &str| usize::try_from(told[name]["count"].as_u64().unwrap()).unwrap();
    assert!(!today.is_empty());
    assert_eq!((number("today"), number("mine"), number("unclaimed") + 1), (today.len(), 1, number("all")), "{told}");
    assert_eq!(number("week"), asked("road", json!({ "filter": { "due": "THIS_WEEK" } })).await.0.len());
    assert_eq!(number("overdue"), asked("road", json!({ "filter": { "due": "OVERDUE" } })).await.0.len());
    assert_eq!(asked("road", json!({ "filter": { "claim": "MINE" } })).await.0, [made[0].clone()]);
    assert_eq!(asked("road", json!({ "filter": { "claim": "UNCLAIMED" } })).await.0.len(), number("unclaimed"));
    assert_eq!(asked("road", json!({ "filter": { "processes": ["OBJECTION"] } })).await.0, Vec::<String>::new());
    assert_eq!(asked("road", json!({ "filter": { "processes": ["OBJECTION", "PUBLICATION_RECORD"] } })).await.0.len(), number("all"));
    assert_eq!(asked("road", json!({ "filter": { "office": "anyue" } })).await.0, Vec::<String>::new(), "no desk of the viewer's there");
    let none = world.query("company", counts, json!({})).await["workCounts"].clone();
    assert_eq!(none["all"], json!({ "count": 0, "shown": "0" }));
    world.finish().await;
}

async fn the_published_list_is_filtered_and_counted(world: World) {
    for number in 1..=3 {
        let id = steps::registered(&world, record(number)).await;
        world.done("road", "publishPublicationRecord", json!({ "id": id })).await;
        world.on(&format!("2026-04-{:02}", number + 1)).await;
    }
    let query = "query($filter: PublishedFilter, $last: Int) { published(filter: $filter, last: $last) { nodes { number shownFrom } totalCount { count shown } } }";
    let ask = async |variables: Value| {
        let answer = world.ask(None, query, variables).await;
        assert!(answer.get("errors").is_none(), "{answer}");
        answer["data"]["published"].clone()
    };
    assert_eq!(ask(json!({})).await["totalCount"], json!({ "count": 3, "shown": "3" }));
    let two = ask(json!({ "last": 2 })).await;
    assert_eq!((two["nodes"].as_array().map(Vec::len), &two["totalCount"]["count"]), (Some(2), &json!(3)), "a page is no total");
    let count = async |filter: Value| ask(json!({ "filter": filter })).await["totalCount"]["count"].clone();
    assert_eq!(count(json!({ "class": "GENERAL" })).await, 3);
    assert_eq!(count(json!({ "class": "SEVERE" })).await, 0);
    assert_eq!(count(json!({ "office": "road_transport_centre" })).await, 3);
    assert_eq!(count(json!({ "office": "anyue" })).await, 0);
    assert_eq!(count(json!({ "shownFrom": "2026-04-02" })).await, 2);
    assert_eq!(count(json!({ "shownTo": "2026-04-02" })).await, 2);
    let today = world.ask(None, "{ today }", json!({})).await;
    assert_eq!(today["data"]["today"], "2026-04-04", "everybody is told the house's legal day");
    world.finish().await;
}

async fn filters_that_cannot_be_are_refused_at_their_field(world: World) {
    steps::registered(&world, record(1)).await;
    let cursor = list(&world, "road", json!({ "first": 1 })).await["pageInfo"]["endCursor"].clone();
    let token = world.token("road").await;
    for (variables, field) in [
        (json!({ "filter": { "office": "nowhere" } }), "filter.office"),
        (json!({ "filter": { "receivedFrom": "2026-04-02", "receivedTo": "2026-04-01" } }), "filter.receivedTo"),
        (json!({ "filter": { "dueFrom": "2026-04-02", "dueTo": "2026-04-01" } }), "filter.dueTo"),
        (json!({ "filter": { "processes": ["OBJECTION"] }, "process": "OBJECTION" }), "filter.processes"),
        (json!({ "order": "DUE" }), "order"),
        (json!({ "first": 5, "last": 5 }), "last"),
        (json!({ "first": 5, "before": cursor }), "before"),
        (json!({ "last": 101 }), "last"),
        (json!({ "order": "RECEIVED", "after": cursor }), "after"),
        (json!({ "process": "PUBLICATION_RECORD", "before": cursor }), "before"),
    ] {
        let answer = world.ask(Some(&token), LIST, variables.clone()).await;
        let extensions = &answer["errors"][0]["extensions"];
        assert_eq!((&extensions["code"], &extensions["field"]), (&json!("BAD_USER_INPUT"), &json!(field)), "{variables}: {answer}");
    }
    let party = world.token("company").await;
    let answer = world.ask(Some(&party), LIST, json!({ "filter": { "overdue": true } })).await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "FORBIDDEN", "{answer}");
    world.finish().await;
}
