//! Faults of callers are told as theirs, at the field that is wrong; those of the database as what they are; and no log holds
//! what a caller typed.

use std::{
    process::{Command, Stdio},
    time::Duration,
};

use sea_orm::ConnectionTrait;
use serde_json::{Value, json};

use crate::{
    cli::program::binary,
    on_both,
    repair::steps,
    support::{
        patience::until,
        sources,
        world::{World, record},
    },
};

on_both!(
    variables_are_named_where_they_are_wrong junk_cursors_states_and_offices_are_refused_by_name an_empty_object_is_no_null
    a_page_costs_what_it_holds a_database_that_is_away_is_unavailable no_log_holds_what_a_caller_typed forms_are_read_as_browsers_send_them
);

async fn fault(world: &World, query: &str, variables: Value) -> (String, String) {
    let token = world.token("road").await;
    let answer = world.ask(Some(&token), query, variables).await;
    let extensions = &answer["errors"][0]["extensions"];
    let text = |name: &str| extensions[name].as_str().unwrap_or_default().to_owned();
    assert!(!text("code").is_empty(), "{query}: {answer}");
    (text("code"), text("field"))
}

async fn variables_are_named_where_they_are_wrong(world: World) {
    let limit = "query($input: LimitInput!) { limit(input: $input) { due } }";
    let cases = "query($process: Process!, $first: Int) { cases(process: $process, first: $first) { nodes { ... on Case { id } } } }";
    let pauses = |first: Value| json!({ "input": { "from": "2026-10-01", "count": 3, "unit": "DAY", "pauses": [{ "first": "2026-10-02", "last": "2026-10-03" }, { "first": first, "last": "2026-10-03" }] } });
    let wrong = [
        (limit, json!({}), "input"),
        (limit, json!({ "input": null }), "input"),
        (limit, json!({ "input": 3 }), "input"),
        (limit, json!({ "input": { "count": 3, "unit": "DAY" } }), "input.from"),
        (limit, json!({ "input": { "from": "2026-13-01", "count": 3, "unit": "DAY" } }), "input.from"),
        (limit, json!({ "input": { "from": "2026-10-01", "count": "3", "unit": "DAY" } }), "input.count"),
        (limit, json!({ "input": { "from": "2026-10-01", "count": 3, "unit": "FORTNIGHT" } }), "input.unit"),
        (limit, json!({ "input": { "from": "2026-10-01", "count": 3, "unit": "DAY", "unheard": 1 } }), "input.unheard"),
        (limit, pauses(json!(17)), "input.pauses.1.first"),
        (limit, pauses(json!(null)), "input.pauses.1.first"),
        (cases, json!({ "first": 5 }), "process"),
        (cases, json!({ "process": "publication_record" }), "process"),
        (cases, json!({ "process": "PUBLICATION_RECORD", "first": "five" }), "first"),
        (cases, json!({ "process": "PUBLICATION_RECORD", "first": 1.5 }), "first"),
    ];
    for (query, variables, field) in wrong {
        assert_eq!(fault(&world, query, variables.clone()).await, ("BAD_USER_INPUT".to_owned(), field.to_owned()), "{variables}");
    }
    // A number that no Int of the house holds, and literals of the document, are the caller's as well.
    for query in [
        "{ limit(input: { from: \"2026-10-01\", count: 99999999999, unit: DAY }) { due } }",
        "{ limit(input: { from: \"2026-02-30\", count: 3, unit: DAY }) { due } }",
        "{ cases(process: PUBLICATION_RECORD, first: 3000000000) { nodes { ... on Case { id } } } }",
    ] {
        let (code, _) = fault(&world, query, json!({})).await;
        assert!(matches!(code.as_str(), "BAD_USER_INPUT" | "GRAPHQL_VALIDATION_FAILED"), "{query}: {code}");
    }
    world.finish().await;
}

/// trouble/22.
async fn junk_cursors_states_and_offices_are_refused_by_name(world: World) {
    for number in 1..=3 {
        steps::registered(&world, record(number)).await;
    }
    let page = "query($process: Process!, $after: String) { cases(process: $process, first: 1, after: $after) { nodes { ... on PublicationRecord { id history(first: 1) { pageInfo { endCursor } } } } pageInfo { endCursor } } }";
    let ask = |after: Value| json!({ "process": "PUBLICATION_RECORD", "after": after });
    let first = world.query("road", page, ask(json!(null))).await["cases"].clone();
    let (own, history) = (first["pageInfo"]["endCursor"].clone(), first["nodes"][0]["history"]["pageInfo"]["endCursor"].clone());
    let desk =
        world.query("road", "{ workList(first: 1) { pageInfo { endCursor } } }", json!({})).await["workList"]["pageInfo"]["endCursor"]
            .clone();
    assert!(own.is_string() && history.is_string() && desk.is_string());
    let second = world.query("road", page, ask(own.clone())).await["cases"].clone();
    assert_ne!(second["nodes"][0]["id"], first["nodes"][0]["id"], "the own cursor leads on");
    let at = ("BAD_USER_INPUT".to_owned(), "after".to_owned());
    let old = api::graphql::core::node::global("Cursor", "JL2026-000001").to_string();
    for junk in [
        json!("junk"),
        json!(""),
        json!("Q3Vyc29yOg"),
        json!(old),
        history.clone(),
        desk.clone(),
        json!(format!("{}=", own.as_str().unwrap_or_default())),
    ] {
        assert_eq!(fault(&world, page, ask(junk.clone())).await, at, "{junk}");
    }
    assert_eq!(fault(&world, page, json!({ "process": "REPAIR_APPLICATION", "after": own })).await, at, "of another process");
    assert_eq!(fault(&world, "query($after: String) { workList(after: $after) { nodes { id } } }", json!({ "after": own })).await, at);
    assert_eq!(fault(&world, "query($after: String) { published(after: $after) { nodes { number } } }", json!({ "after": own })).await, at);
    let (one, other) = (first["nodes"][0]["id"].clone(), second["nodes"][0]["id"].clone());
    let of_case = "query($id: ID!, $after: String) { case(id: $id) { ... on PublicationRecord { history(first: 1, after: $after) { nodes { verb } } } } }";
    assert_eq!(fault(&world, of_case, json!({ "id": other, "after": history })).await, at, "of another case");
    assert!(world.query("road", of_case, json!({ "id": one, "after": history })).await["case"]["history"]["nodes"].is_array());
    let state = "query($state: String) { cases(process: PUBLICATION_RECORD, state: $state) { nodes { ... on Case { id } } } }";
    assert_eq!(fault(&world, state, json!({ "state": "nowhere" })).await, ("BAD_USER_INPUT".to_owned(), "state".to_owned()));
    assert!(world.query("road", state, json!({ "state": "published" })).await["cases"]["nodes"].is_array());
    let office = "query($office: String) { seats(office: $office) { id } }";
    assert_eq!(fault(&world, office, json!({ "office": "nowhere" })).await, ("BAD_USER_INPUT".to_owned(), "office".to_owned()));
    let register = "mutation($input: RegisterPublicationRecordInput!) { registerPublicationRecord(input: $input) { entry { number } } }";
    let input = json!({ "input": { "office": "nowhere", "record": record(9), "idempotencyKey": uuid::Uuid::new_v4() } });
    assert_eq!(fault(&world, register, input).await, ("BAD_USER_INPUT".to_owned(), "input.office".to_owned()));
    world.finish().await;
}

/// trouble/23.
async fn an_empty_object_is_no_null(world: World) {
    steps::registered(&world, record(1)).await;
    let list = "cases(process: PUBLICATION_RECORD, first: 2)";
    for (query, right) in [
        (format!("{{ {list} {{ nodes {{ ... on RepairApplication {{ number }} }} }} }}"), json!({ "cases": { "nodes": [{}] } })),
        (
            format!("{{ {list} {{ nodes {{ ...x }} }} }} fragment x on Case {{ ... on RepairApplication {{ number }} }}"),
            json!({ "cases": { "nodes": [{}] } }),
        ),
        (
            format!("{{ {list} {{ nodes {{ ... on Case {{ process state {{ key @skip(if: true) }} }} }} }} }}"),
            json!({ "cases": { "nodes": [{ "process": "PUBLICATION_RECORD", "state": {} }] } }),
        ),
        ("{ me @skip(if: true) { account } }".to_owned(), json!({})),
        ("query { ... @include(if: false) { me { account } } }".to_owned(), json!({})),
        ("{ me { account @skip(if: true) } }".to_owned(), json!({ "me": {} })),
    ] {
        assert_eq!(world.query("road", &query, json!({})).await, right, "{query}");
    }
    assert!(
        world.query("road", "{ node(id: \"nothing\") { ... on PublicationRecord { number } } }", json!({})).await["node"].is_null(),
        "null is still nothing"
    );
    world.finish().await;
}

async fn a_page_costs_what_it_holds(world: World) {
    let id = steps::registered(&world, record(1)).await;
    let dear = [
        (
            "{ cases(process: PUBLICATION_RECORD, first: 100) { nodes { ... on PublicationRecord { history(first: 100) { nodes { number verb bytes } } } } } }",
            json!({}),
        ),
        (
            "{ cases(process: PUBLICATION_RECORD, first: 100) { edges { node { ... on PublicationRecord { history(first: 100) { edges { node { number verb } } } } } } } }",
            json!({}),
        ),
        (
            "query($n: Int) { cases(process: PUBLICATION_RECORD, first: $n) { nodes { ...x } } } fragment x on PublicationRecord { history(first: $n) { nodes { number verb } } }",
            json!({ "n": 100 }),
        ),
        (
            "query($ids: [ID!]!) { nodes(ids: $ids) { ... on PublicationRecord { history(first: 100) { nodes { number verb title { zh en } } } } } }",
            json!({ "ids": vec![id.clone(); 100] }),
        ),
    ];
    for (query, variables) in dear {
        assert_eq!(fault(&world, query, variables).await.0, "GRAPHQL_VALIDATION_FAILED", "{query}");
    }
    let thirty: String =
        (0..30).map(|number| format!("p{number}: process(process: LISTING_CASE) {{ text transitions diagram }} ")).collect();
    assert_eq!(fault(&world, &format!("{{ {thirty} }}"), json!({})).await.0, "GRAPHQL_VALIDATION_FAILED");
    let fair = "{ cases(process: PUBLICATION_RECORD, first: 100) { nodes { ... on Case { id number process state { key zh en } version subject { id name uscc } deadlines { key title { zh en } dueOn status } actions { verb allowed reasons { code message { zh en } } } } } } }";
    assert!(world.query("road", fair, json!({})).await["cases"]["nodes"].is_array(), "a whole page of what a desk shows is not too dear");
    world.finish().await;
}

/// Locked for longer than the house waits on `SQLite`; every connection ended by the operator on `PostgreSQL`.
async fn a_database_that_is_away_is_unavailable(world: World) {
    let id = steps::registered(&world, record(1)).await;
    let token = world.token("road").await;
    let publish = "mutation($input: PublishPublicationRecordInput!) { publishPublicationRecord(input: $input) { entry { number } refusal { reasons { code } } } }";
    let act = async || world.ask(Some(&token), publish, json!({ "input": { "id": id, "idempotencyKey": uuid::Uuid::new_v4() } })).await;
    if world.database.starts_with("sqlite") {
        let other = api::store::Database::open(&world.database).await.expect("a second connection");
        let lane = other.lane().await.expect("one of its own");
        lane.0.execute_unprepared("BEGIN IMMEDIATE").await.expect("locked");
        assert_eq!(act().await["errors"][0]["extensions"]["code"], "UNAVAILABLE");
        lane.0.execute_unprepared("ROLLBACK").await.expect("free again");
    } else {
        let base = world.database.rsplit_once('/').expect("a database").0;
        let outside = sea_orm::Database::connect(format!("{base}/postgres")).await.expect("PostgreSQL answers");
        let name = world.database.rsplit_once('/').expect("a database").1;
        let end = format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
        outside.execute_unprepared(&end).await.expect("ended");
        let mut codes = Vec::new();
        for _ in 0..30 {
            let answer = world
                .ask(Some(&token), "{ me { account } cases(process: PUBLICATION_RECORD) { nodes { ... on Case { id } } } }", json!({}))
                .await;
            codes.extend(answer["errors"].as_array().into_iter().flatten().map(|error| error["extensions"]["code"].clone()));
        }
        assert!(codes.iter().all(|code| code == "UNAVAILABLE"), "{codes:?}");
        outside.execute_unprepared(&end).await.expect("ended once more");
        let answer = act().await;
        let code = &answer["errors"][0]["extensions"]["code"];
        assert!(code == "UNAVAILABLE" || answer.get("errors").is_none(), "{answer}");
    }
    // It comes back by itself.
    // The lock of the house has to be held again first.
    until("it answers", async || act().await["data"]["publishPublicationRecord"]["entry"]["number"].is_string()).await;
    // Ended connections, the lock's among them, are found out one by one: well for three seconds is well.
    let mut well = 0;
    while well < 15 {
        let (read, keyed) =
            (api::store::trail::entry(&world.app.database, 0).await, world.app.database.keyed().execute_unprepared("SELECT 1").await);
        well = if read.is_ok() && keyed.is_ok() { well + 1 } else { 0 };
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    world.finish().await;
}

async fn no_log_holds_what_a_caller_typed(world: World) {
    const SECRET: &str = "51200119900101secret";
    let id = steps::registered(&world, record(1)).await;
    let token = world.token("road").await;
    let log = world.folder().join("server.log");
    let mut child = Command::new(binary())
        .arg("--data")
        .arg(world.folder())
        .args(["--database", &world.database, "--origin", "test.example/log", "serve", "--listen", "127.0.0.1:0"])
        .stdout(Stdio::piped())
        .stderr(std::fs::File::create(&log).expect("a log"))
        .spawn()
        .expect("xinxiu starts; `make test` builds it");
    let mut line = String::new();
    std::io::BufRead::read_line(&mut std::io::BufReader::new(child.stdout.take().expect("stdout")), &mut line).expect("an address");
    let url = line.trim().to_owned();
    let bodies = [
        json!({ "query": "query($process: Process!) { cases(process: $process) { nodes { ... on Case { id } } } }", "variables": { "process": SECRET } }),
        json!({ "query": format!("{{ {SECRET}: me {{ account }} }}") }),
        json!({ "query": format!("{{ a{SECRET}: node(id: \"{SECRET}\") {{ id }} }}") }),
        json!({ "query": format!("{{ limit(input: {{ from: \"{SECRET}\", count: 1, unit: DAY }}) {{ due }} }}") }),
        json!({ "query": format!("{{ cases(process: PUBLICATION_RECORD, after: \"{SECRET}\", search: \"{SECRET}\") {{ nodes {{ ... on Case {{ id }} }} }} }}") }),
        json!({ "query": format!("{{ case(number: \"{SECRET}\") {{ id }} auditEntry(number: \"{SECRET}\") {{ number }} identifier(kind: RESIDENT_ID, value: \"{SECRET}\") {{ ok }} }}") }),
        json!({ "query": format!("mutation {{ readIdentityNumber(subject: \"{id}\", purpose: \"{SECRET}\") {{ idNumber }} }}") }),
        json!({ "query": format!("mutation {{ signIn(input: {{ login: \"{SECRET}\", password: \"{SECRET}\" }}) {{ token }} }}") }),
        json!({ "query": format!("mutation($input: PublishPublicationRecordInput!) {{ publishPublicationRecord(input: $input) {{ entry {{ number }} }} }}"), "variables": { "input": { "id": SECRET, "idempotencyKey": SECRET } } }),
        json!({ "query": format!("{{ name(\"{SECRET}\" }}") }),
    ];
    // A house whose tables are broken tells its own faults, and not what it was asked.
    for broken in [false, true] {
        if broken {
            world.sql("ALTER TABLE cases RENAME TO cases_away").await.expect("renamed");
        }
        for bearer in [None, Some(token.as_str()), Some(SECRET)] {
            for body in &bodies {
                let mut request = crate::support::patience::client().post(&url).json(body);
                if let Some(bearer) = bearer {
                    request = request.bearer_auth(bearer);
                }
                let answer: Value = request.send().await.expect("an answer").json().await.expect("JSON");
                assert!(
                    broken
                        || answer["errors"]
                            .as_array()
                            .into_iter()
                            .flatten()
                            .all(|error| error["extensions"]["code"] != "INTERNAL_SERVER_ERROR"),
                    "{body}: {answer}"
                );
            }
        }
    }
    world.sql("ALTER TABLE cases_away RENAME TO cases").await.expect("renamed");
    child.kill().expect("SIGKILL");
    child.wait().expect("it is dead");
    let text = std::fs::read_to_string(&log).expect("a log");
    assert!(text.contains("store"), "the broken table was logged: {text}");
    assert!(!text.contains(SECRET), "{text}");
    world.finish().await;
}

async fn forms_are_read_as_browsers_send_them(world: World) {
    let token = world.token("road").await;
    let upload = world.file("road", b"a table".to_vec()).await["id"].as_str().expect("an id").to_owned();
    for office in ["nowhere", "a%00b", "yanjiang"] {
        let url = format!("{}/files/{upload}/marked?layout=penalty_records&office={office}", world.url);
        let answer = crate::support::patience::client().get(url).bearer_auth(&token).send().await.expect("an answer");
        assert_eq!(answer.status().as_u16(), 400, "{office} is none of theirs");
    }
    let part = |name: &str, file: Option<&str>, content: &str| {
        let file = file.map(|file| format!("; filename=\"{file}\"")).unwrap_or_default();
        format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n{content}\r\n")
    };
    let send = async |path: &str, kind: &str, body: String| {
        let request = crate::support::patience::client()
            .post(format!("{}{path}", world.url))
            .bearer_auth(&token)
            .header("content-type", kind)
            .body(body);
        let answer = request.send().await.expect("an answer");
        (answer.status().as_u16(), answer.json::<Value>().await.unwrap_or_default())
    };
    let form = "multipart/form-data; boundary=edge";
    let digest = api::evidence::digest("处罚决定书".as_bytes());
    for path in ["/documents", "/files"] {
        let (status, answer) =
            send(path, form, part("note", None, "a note") + &part("file", Some("决定书.txt"), "处罚决定书") + "--edge--\r\n").await;
        assert_eq!((status, answer["sha256"].as_str()), (201, Some(digest.as_str())), "the file, not the form: {answer}");
        let two = part("file", Some("a.txt"), "one") + &part("file", Some("b.txt"), "two") + "--edge--\r\n";
        for (kind, body, right) in [
            (form, two, 400),
            (form, part("note", None, "only a note") + "--edge--\r\n", 400),
            (form, part("file", Some("a.txt"), "cut off"), 415),
            ("multipart/form-data", part("file", Some("a.txt"), "no boundary") + "--edge--\r\n", 415),
            ("multipart/mixed; boundary=edge", part("file", Some("a.txt"), "of another kind") + "--edge--\r\n", 415),
            ("text/plain", part("file", Some("a.txt"), "under another name") + "--edge--\r\n", 415),
        ] {
            let (status, answer) = send(path, kind, body).await;
            assert_eq!((status, &answer["error"]["code"]), (right, &json!("BAD_USER_INPUT")), "{path} {kind}: {answer}");
        }
    }
    world.finish().await;
}

/// A full disk is no fault of the house either; a statement that nobody should have written is.
#[tokio::test]
async fn a_full_database_is_away_and_a_wrong_statement_is_not() {
    use api::store::{
        Database, StoreFault,
        kind::{self, FaultKind},
    };
    let file = std::env::temp_dir().join(format!("xinxiu-full-{}.sqlite", uuid::Uuid::new_v4()));
    let database = Database::create(&format!("sqlite:{}", file.display())).await.expect("a database");
    let lane = database.lane().await.expect("a connection");
    lane.0.execute_unprepared("CREATE TABLE t (x TEXT NOT NULL); PRAGMA max_page_count = 4").await.expect("small");
    let full = lane.0.execute_unprepared("INSERT INTO t VALUES (hex(randomblob(100000)))").await.expect_err("it is full");
    assert_eq!(kind::of(&full), FaultKind::Away, "{full}");
    assert!(StoreFault::from(full).is_away());
    let null = lane.0.execute_unprepared("INSERT INTO t VALUES (NULL)").await.expect_err("it holds something");
    assert_eq!(kind::of(&null), FaultKind::NotNull, "{null}");
    let wrong = lane.0.execute_unprepared("INSERT INTO nowhere VALUES ('somebody''s secret')").await.expect_err("no such table");
    assert_eq!(kind::of(&wrong), FaultKind::Broken, "{wrong}");
    assert!(!StoreFault::from(wrong).logged().contains("secret"));
    std::fs::remove_file(file).ok();
}

/// Where a text is looked into that is no fault, and what for.
const NO_FAULTS: [(&str, &str); 8] = [
    ("graphql/schema.rs", "name.starts_with(\"__\")"),
    ("store/connect.rs", "url.starts_with"),
    ("graphql/request/cost.rs", "ends_with(\"Connection\")"),
    ("http/body.rs", "kind.starts_with(\"multipart/\")"),
    ("http/body.rs", "start.starts_with(\"--\")"),
    ("http/body.rs", "line.starts_with(\"content-disposition"),
    ("http/gate.rs", "literal.starts_with"),
    // Which of its limits the parser has met it says in words alone; both answers are ours.
    ("http/gate.rs", "message.contains(\"recursion\")"),
];

/// What is done with a fault follows from its kind: in the rooms that speak with callers and with the database no text is
/// looked into, but where this list says why; and no log line takes a fault's words as they are.
#[test]
fn no_fault_is_told_by_its_words() {
    let mut wrong = Vec::new();
    for (name, text) in sources::of(&["api/src/door", "api/src/graphql", "api/src/http", "api/src/people", "api/src/store"]) {
        for (number, line) in text.lines().enumerate() {
            let looks =
                [".contains(\"", ".starts_with(\"", ".ends_with(\"", ".find(\"", ".matches(\""].iter().any(|way| line.contains(way));
            let known = NO_FAULTS.iter().any(|(file, what)| name.strip_prefix("api/src/") == Some(file) && line.contains(what));
            let logs = line.contains("tracing::") && (line.contains("%fault,") || line.contains(".message") || line.contains("?error"));
            if (looks && !known) || logs {
                wrong.push(format!("{name}:{} {}", number + 1, line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
