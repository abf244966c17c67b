//! A whole house per test: real database, demo clock, accounts of every role, served over HTTP.

use std::{collections::BTreeMap, path::PathBuf};

use api::{
    app::{App, Place},
    city::{acts, demo, offices},
    door::Answer,
    http::{
        listening::{self, Bounds},
        server,
    },
    people::{registering, sealing, sign_in},
    published,
    store::verify,
};
use domain::{admin::AdminAct, command::Actor, ids::AccountId, moment::Micros};
use serde_json::{Value, json};
use time::Date;
use uuid::Uuid;

/// Which database a test runs on.
#[derive(Clone, Copy, Debug)]
pub enum On {
    Sqlite,
    Postgres,
}

/// Runs one scenario on both databases; the two lists of tests are equal by construction.
#[macro_export]
macro_rules! on_both {
    ($($name:ident)*) => { $(
        mod $name {
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_sqlite() {
                $crate::support::patience::ended(async { super::$name($crate::support::world::World::new($crate::support::world::On::Sqlite).await).await }).await;
            }
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_postgres() {
                $crate::support::patience::ended(async { super::$name($crate::support::world::World::new($crate::support::world::On::Postgres).await).await }).await;
            }
        }
    )* };
}

/// A served house.
pub struct World {
    pub app: App,
    pub url: String,
    pub database: String,
    folder: PathBuf,
    client: reqwest::Client,
    tokens: std::sync::Mutex<BTreeMap<String, String>>,
}

fn day_start(day: Date) -> Micros {
    Micros::offices_open(day)
}

/// An ISO date.
pub fn day(text: &str) -> Date {
    domain::day::parse(text).expect("a date of the test itself")
}

/// A new database.
pub async fn database(on: On, folder: &std::path::Path) -> String {
    match on {
        On::Sqlite => format!("sqlite:{}", folder.join("house.sqlite").display()),
        On::Postgres => {
            let base =
                std::env::var("XINXIU_TEST_POSTGRES").expect("XINXIU_TEST_POSTGRES must name a PostgreSQL server; `make test` starts one");
            let name = format!("t_{}", Uuid::new_v4().simple());
            let db = sea_orm::Database::connect(format!("{base}/postgres")).await.expect("PostgreSQL answers");
            sea_orm::ConnectionTrait::execute_unprepared(&db, &format!("CREATE DATABASE {name}")).await.expect("a database is made");
            format!("{base}/{name}")
        }
    }
}

impl World {
    /// A house on 1 April 2026 with offices and one account per role.
    pub async fn new(on: On) -> Self {
        let folder = std::env::temp_dir().join(format!("xinxiu-{}", Uuid::new_v4()));
        std::fs::create_dir_all(&folder).expect("a temporary folder");
        let database = database(on, &folder).await;
        let place = Place { database: database.clone(), folder: folder.clone(), origin: "test.example/log".into(), second: None };
        let app = App::make(&place).await.expect("the house is made");
        acts::operate(&app, AdminAct::StartDemoClock { at: day_start(day("2026-04-01")) }, Vec::new()).await.expect("clock");
        offices::seed(&app).await.expect("offices");
        offices::invent_details(&app).await.expect("their particulars");
        for (login, name, rank, office) in demo::ACCOUNTS {
            acts::add_account(
                &app,
                login,
                name,
                Some(&format!("{login}@example.invalid")),
                demo::PASSWORD.to_owned().into(),
                &[(rank, office)],
            )
            .await
            .expect("account");
        }
        for login in ["company", "stranger"] {
            acts::add_account(&app, login, login, Some(&format!("{login}@example.invalid")), demo::PASSWORD.to_owned().into(), &[])
                .await
                .expect("account");
        }
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        serve(listener, &app);
        Self { app, url, database, folder, client: crate::support::patience::client(), tokens: std::sync::Mutex::default() }
    }

    /// An account, `newcomer`, that registered itself and acts for nobody.
    pub async fn newcomer(&self) {
        let (id, account) = (
            AccountId(Uuid::now_v7()),
            acts::NewAccount { login: "newcomer", name: "新用户", email: Some("newcomer@example.invalid"), language: "zh" },
        );
        let made = acts::made(&self.app, id, registering::somebody(), account, &[]).await.expect("it is sealed");
        let act = registering::registers(made.act).expect("an account with an address");
        let credential = sign_in::hashed(&self.app, id, demo::PASSWORD.to_owned().into()).await.expect("a hash");
        let command = self.app.about_the_house(Actor::System, act);
        let answer = self.app.submit_with_password(command, made.personal, credential, false).await.expect("an answer");
        assert!(matches!(answer, Answer::Accepted(_)), "{answer:?}");
    }

    /// Where keys and documents are.
    pub fn folder(&self) -> &std::path::Path {
        &self.folder
    }

    /// An empty database of the same kind.
    pub async fn another_database(&self, folder: &std::path::Path) -> String {
        database(if self.database.starts_with("sqlite") { On::Sqlite } else { On::Postgres }, folder).await
    }

    /// Opens the same house once more, as another server would.
    pub async fn second_server(&self) -> App {
        let place = Place { database: self.database.clone(), folder: self.folder.clone(), origin: "test.example/log".into(), second: None };
        App::open(&place).await.expect("the house opens twice")
    }

    /// Signs the account in anew at its next request.
    pub fn forget(&self, login: &str) {
        self.tokens.lock().expect("no test panics here").remove(login);
    }

    /// The token of an account, signed in once.
    pub async fn token(&self, login: &str) -> String {
        if let Some(token) = self.tokens.lock().expect("no test panics here").get(login) {
            return token.clone();
        }
        let query = "mutation($input: SignInInput!) { signIn(input: $input) { token problem { zh en } } }";
        let answer = self.ask(None, query, json!({ "input": { "login": login, "password": demo::PASSWORD } })).await;
        let token = answer["data"]["signIn"]["token"].as_str().unwrap_or_else(|| panic!("{login}: {answer}")).to_owned();
        self.tokens.lock().expect("no test panics here").insert(login.to_owned(), token.clone());
        token
    }

    /// One request.
    pub async fn ask(&self, token: Option<&str>, query: &str, variables: Value) -> Value {
        let mut request = self.client.post(format!("{}/graphql", self.url)).json(&json!({ "query": query, "variables": variables }));
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        request.send().await.expect("an answer").json().await.expect("JSON")
    }

    /// One request that a proxy passes on from an address.
    pub async fn ask_from(&self, address: &str, query: &str, variables: Value) -> Value {
        let request = self.client.post(format!("{}/graphql", self.url)).header("x-forwarded-for", address);
        request.json(&json!({ "query": query, "variables": variables })).send().await.expect("an answer").json().await.expect("JSON")
    }

    /// A query by an account; faults fail the test.
    pub async fn query(&self, login: &str, query: &str, variables: Value) -> Value {
        let token = self.token(login).await;
        let answer = self.ask(Some(&token), query, variables).await;
        assert!(answer.get("errors").is_none(), "{login}: {answer}");
        answer["data"].clone()
    }

    /// A mutation `name` with input; the payload or the fault.
    pub async fn act(&self, login: &str, name: &str, mut input: Value) -> Value {
        let token = self.token(login).await;
        if input.get("idempotencyKey").is_none() {
            input["idempotencyKey"] = json!(Uuid::new_v4());
        }
        let (kind, field) = (input_type(name), case_field(name));
        let query = format!(
            "mutation($input: {kind}!) {{ {name}(input: $input) {{ {field} {{ id number version state {{ key }} }} entry {{ number verb effectiveOn }} refusal {{ reasons {{ code message {{ zh en }} remedy {{ zh en }} opensOn article {{ key }} }} }} }} }}"
        );
        let answer = self.ask(Some(&token), &query, json!({ "input": input })).await;
        match answer.get("errors") {
            Some(errors) => json!({ "errors": errors }),
            None => answer["data"][name].clone(),
        }
    }

    /// An act that must be accepted; its case.
    pub async fn done(&self, login: &str, name: &str, input: Value) -> Value {
        let payload = self.act(login, name, input).await;
        assert!(payload["refusal"].is_null() && payload.get("errors").is_none(), "{login} {name}: {payload}");
        payload[case_field(name)].clone()
    }

    /// An act that must be refused with this code; the reason.
    pub async fn refused(&self, login: &str, name: &str, input: Value, code: &str) -> Value {
        let payload = self.act(login, name, input).await;
        let reasons = payload["refusal"]["reasons"].as_array().cloned().unwrap_or_default();
        let found = reasons.iter().find(|reason| reason["code"] == code);
        found.unwrap_or_else(|| panic!("{login} {name} should be refused with {code}: {payload}")).clone()
    }

    /// Uploads a paper and names it.
    pub async fn paper(&self, login: &str, name: &str) -> Value {
        let token = self.token(login).await;
        let request = self.client.post(format!("{}/documents", self.url)).bearer_auth(token).body(format!("paper {name}"));
        let answer: Value = request.send().await.expect("an answer").json().await.expect("JSON");
        json!({ "upload": answer["id"], "name": name })
    }

    /// Sends a table to POST /files; the answer.
    pub async fn file(&self, login: &str, bytes: Vec<u8>) -> Value {
        let token = self.token(login).await;
        let request = self.client.post(format!("{}/files", self.url)).bearer_auth(token).body(bytes);
        request.send().await.expect("an answer").json().await.expect("JSON")
    }

    /// The body of a GET.
    pub async fn get(&self, login: &str, path: &str) -> Vec<u8> {
        let token = self.token(login).await;
        let answer = self.client.get(format!("{}{path}", self.url)).bearer_auth(token).send().await.expect("an answer");
        assert!(answer.status().is_success(), "{path}: {}", answer.status());
        answer.bytes().await.expect("a body").to_vec()
    }

    /// Status and body of an empty POST.
    pub async fn post(&self, login: &str, path: &str) -> (u16, Vec<u8>) {
        let token = self.token(login).await;
        let answer = self.client.post(format!("{}{path}", self.url)).bearer_auth(token).send().await.expect("an answer");
        (answer.status().as_u16(), answer.bytes().await.expect("a body").to_vec())
    }

    /// Moves the clock to a day and runs what is due.
    pub async fn on(&self, text: &str) {
        let to = day_start(day(text));
        acts::operate(&self.app, AdminAct::AdvanceClock { to }, Vec::new()).await.expect("the clock moves");
        api::work::rounds::make(&self.app).await.expect("timers");
    }

    /// The key of a case's state, as an auditor reads it.
    pub async fn state(&self, id: &str) -> String {
        let data = self.query("auditor", "query($id: ID!) { case(id: $id) { state { key } } }", json!({ "id": id })).await;
        data["case"]["state"]["key"].as_str().unwrap_or_default().to_owned()
    }

    /// Numbers in the published list, as the public sees it.
    pub async fn published(&self) -> Vec<String> {
        let answer = self.ask(None, "{ published(first: 100) { edges { node { number } } } }", json!({})).await;
        let edges = answer["data"]["published"]["edges"].as_array().unwrap_or_else(|| panic!("{answer}")).clone();
        edges.iter().filter_map(|edge| edge["node"]["number"].as_str().map(str::to_owned)).collect()
    }

    /// Changes a setting, as an administrator does.
    pub async fn setting(&self, key: &str, value: &str) {
        let query = "mutation($key: String!, $value: String!) { changeSetting(key: $key, value: $value) { refusal { reasons { message { zh en } } } } }";
        let answer = self.query("admin", query, json!({ "key": key, "value": value })).await;
        assert!(answer["changeSetting"]["refusal"].is_null(), "{answer}");
    }

    /// SQL past the door, as an intruder would.
    pub async fn sql(&self, text: &str) -> Result<(), String> {
        let answer = sea_orm::ConnectionTrait::execute_unprepared(self.app.database.pool(), text).await;
        answer.map(|_| ()).map_err(|fault| fault.to_string())
    }

    /// The first column of what a query finds, as texts.
    pub async fn texts(&self, query: &str) -> Vec<String> {
        let pool = self.app.database.pool();
        let statement = sea_orm::Statement::from_string(sea_orm::ConnectionTrait::get_database_backend(pool), query.to_owned());
        let rows = sea_orm::ConnectionTrait::query_all_raw(pool, statement).await.expect("rows");
        rows.iter().map(|row| row.try_get_by_index(0).expect("a text")).collect()
    }

    /// SQL by an intruder who knows how the door opens the fence in the database.
    pub async fn sql_inside(&self, text: &str) -> Result<(), String> {
        let open = if self.database.starts_with("sqlite") {
            "UPDATE audit_head SET writing = 1"
        } else {
            "SELECT set_config('xinxiu.door', 'open', true)"
        };
        let close = open.replace("writing = 1", "writing = 0");
        let database = api::store::Database::open(&self.database).await.map_err(|fault| fault.to_string())?;
        let answer =
            sea_orm::ConnectionTrait::execute_unprepared(database.pool(), &format!("BEGIN; {open}; {text}; {close}; COMMIT")).await;
        database.close().await.map_err(|fault| fault.to_string())?;
        answer.map(|_| ()).map_err(|fault| fault.to_string())
    }

    /// The end of every scenario: the trail must verify.
    pub async fn finish(self) {
        let found = verify::verify(&self.app.database, |_| {}).await.expect("the trail can be read");
        assert!(found.faults.is_empty(), "{:#?}", found.faults);
        let sealed = sealing::examine(&self.app, &found.named).await.expect("the sealed values can be read");
        assert!(sealed.is_empty(), "{sealed:#?}");
        let again = published::decide_again(&self.app.database, &self.app.keys).await.expect("the trail can be read");
        assert!(again.is_empty(), "{again:#?}");
        super::letters::all_are_right(&self.app).await;
        super::observed::keep(&self.app.database).await;
        std::fs::remove_dir_all(&self.folder).ok();
        drop_database(&self.database).await;
    }
}

/// Serves a house as the program does, behind a proxy on this machine.
pub fn serve(listener: tokio::net::TcpListener, app: &App) {
    let router = server::router(app.clone());
    let bounds = Bounds { proxies: [std::net::IpAddr::from([127, 0, 0, 1])].into(), ..Bounds::default() };
    let (stop, stopped) = tokio::sync::mpsc::channel(1);
    tokio::spawn(async move {
        listening::serve(listener, router, bounds, stopped).await;
        drop(stop);
    });
}

/// A scenario's database goes with it: hundreds of them are a hundred thousand files, and took minutes to delete at the end.
async fn drop_database(url: &str) {
    let Some((base, name)) = url.rsplit_once('/').filter(|_| url.starts_with("postgres")) else { return };
    if let Ok(db) = sea_orm::Database::connect(format!("{base}/postgres")).await {
        let _ = sea_orm::ConnectionTrait::execute_unprepared(&db, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
    }
}

const SCHEMA: &str = include_str!("../../api/schema.graphql");

/// What the schema says from a place on, line for line, without descriptions.
fn bare(start: usize) -> impl Iterator<Item = &'static str> {
    let mut inside = false;
    SCHEMA[start..].lines().map(str::trim).filter(move |line| {
        let mark = *line == "\"\"\"";
        inside ^= mark;
        !mark && !inside
    })
}

/// The declaration of a mutation, in one line.
fn declared(name: &str) -> String {
    let start = SCHEMA.find(&format!("\t{name}(")).unwrap_or_else(|| panic!("the schema has no mutation {name}"));
    let mut said = String::new();
    for line in bare(start) {
        said.push_str(line);
        if said.contains("): ") {
            break;
        }
    }
    said
}

/// The type of a mutation's one input.
fn input_type(name: &str) -> String {
    let said = declared(name);
    let (_, rest) = said.split_once("input: ").unwrap_or_else(|| panic!("{name} takes no input"));
    rest.split('!').next().unwrap_or_default().to_owned()
}

/// The payload's field that holds the case: the first field of the type that the schema gives the mutation.
fn case_field(name: &str) -> &'static str {
    let said = declared(name);
    let payload = said.rsplit(": ").next().unwrap_or_default().trim_end_matches('!');
    let start = SCHEMA.find(&format!("type {payload} {{")).unwrap_or_else(|| panic!("the schema has no type {payload}"));
    bare(start).nth(1).and_then(|field| field.split(':').next()).unwrap_or_default()
}

/// The input of a record that passes, to be changed by the test.
pub fn record(number: u32) -> Value {
    let body = demo::invented_uscc("512000", 900_001);
    json!({
        "subjectKind": "LEGAL_PERSON", "subjectName": format!("资阳示例{number:03}（运输）有限公司"),
        "uscc": demo::invented_uscc("512002", number), "procedure": "ORDINARY", "decisionDate": "2026-03-20",
        "decisionNumber": format!("资交罚〔2026〕{number}号"), "sector": "ROAD_TRANSPORT",
        "penalties": [{ "kind": "FINE", "size": "LARGER" }], "violation": "违法行为", "facts": "事实", "basis": "依据",
        "content": "罚款10000元", "bodyName": "资阳市交通运输局", "bodyUscc": body, "sourceName": "资阳市交通运输局",
        "sourceUscc": body,
    })
}

/// Words in both languages as one text, for tests that look for some of them.
pub fn said(words: &Value) -> String {
    format!("{}。{}", words["zh"].as_str().unwrap_or_default(), words["en"].as_str().unwrap_or_default())
}
