//! An account of one's own: a link by real mail, the same answer for every address, and nothing kept of whoever never acts for anybody.

mod pages;

use api::{
    mail::Invitations,
    work::{invitations, outbox::Sender},
};
use domain::moment::Micros;
use serde_json::{Value, json};
use tokio::sync::watch;

use crate::{
    house::people::count,
    on_both,
    repair::steps,
    support::{
        openid, patience,
        smtp::SmtpServer,
        world::{World, record, serve},
    },
    told::table,
};

on_both!(
    a_company_registers_and_is_bound every_address_is_answered_alike a_link_ends_and_makes_one_account
    who_never_acts_for_anybody_is_erased a_newcomer_brings_few_files a_house_that_is_shut_registers_nobody
);

const ASK: &str = "mutation($email: String!) { askToRegister(email: $email) }";
const LINK: &str = "query($link: String!) { registrationLink(link: $link) { email } }";
const REGISTER: &str =
    "mutation($input: RegisterInput!) { register(input: $input) { account entry { verb byOperator } refusal { reasons { code } } } }";
const PASSWORD: &str = "seven green lorries wait";
const MINUTE: i64 = 60_000_000;

/// A house in which people register, beside the one of the scenario, and the server that takes its mail.
struct Open {
    url: String,
    mail: SmtpServer,
    _stop: watch::Sender<bool>,
}

async fn open(world: &World) -> Open {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let (mail, (queue, taken)) = (SmtpServer::start(), Invitations::new(url.clone()));
    let mut app = world.app.clone();
    app.registration = Some(queue);
    let (stop, stopping) = watch::channel(false);
    let (own, mailer) = (app.clone(), mail.mailer());
    let sender = Sender { from: "xinxiu@example.invalid".into(), domain: "example.invalid".into(), per_hour: 100 };
    tokio::spawn(async move { invitations::keep_sending(&own, &mailer, &sender, taken, stopping).await });
    serve(listener, &app);
    Open { url, mail, _stop: stop }
}

impl Open {
    async fn ask(&self, from: &str, token: Option<&str>, query: &str, variables: Value) -> Value {
        let mut request = patience::client().post(format!("{}/graphql", self.url)).header("x-forwarded-for", from);
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        let request = request.json(&json!({ "query": query, "variables": variables }));
        request.send().await.expect("an answer").json().await.expect("JSON")
    }

    /// The links that an address was sent, once there are so many.
    async fn links(&self, email: &str, number: usize) -> Vec<String> {
        let found = || -> Vec<String> {
            let got = self.mail.received().into_iter().filter(|mail| mail["to"] == json!([email]));
            let link = |mail: Value| {
                let text = mail["text"].as_str().expect("a text").to_owned();
                let rest = text.split("/register/").nth(1).expect("a link");
                rest.split_whitespace().next().unwrap_or_default().to_owned()
            };
            got.map(link).collect()
        };
        patience::until("the link arrives", async || found().len() >= number).await;
        found()
    }

    async fn link(&self, email: &str) -> String {
        let answer = self.ask("198.51.100.7", None, ASK, json!({ "email": email })).await;
        assert_eq!(answer["data"]["askToRegister"], true, "{answer}");
        self.links(email, 1).await.remove(0)
    }

    async fn register(&self, link: &str, login: &str) -> Value {
        let input = json!({ "link": link, "login": login, "password": PASSWORD, "name": "王经办" });
        self.ask("198.51.100.7", None, REGISTER, json!({ "input": input })).await
    }

    /// Registers somebody and signs in.
    async fn newcomer(&self, email: &str, login: &str) -> String {
        let made = self.register(&self.link(email).await, login).await;
        assert!(made["data"]["register"]["account"].is_string(), "{made}");
        let sign = "mutation($input: SignInInput!) { signIn(input: $input) { token } }";
        let answer = self.ask("198.51.100.7", None, sign, json!({ "input": { "login": login, "password": PASSWORD } })).await;
        answer["data"]["signIn"]["token"].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned()
    }

    async fn upload(&self, token: &str, bytes: Vec<u8>) -> (u16, Value) {
        let answer =
            patience::client().post(format!("{}/documents", self.url)).bearer_auth(token).body(bytes).send().await.expect("an answer");
        (answer.status().as_u16(), answer.json().await.expect("JSON"))
    }

    /// Asks for the binding to the company of a record.
    async fn binding(&self, token: &str, number: u32) -> Value {
        let (status, paper) = self.upload(token, format!("papers {}", uuid::Uuid::new_v4()).into_bytes()).await;
        assert_eq!(status, 201, "{paper}");
        let ask = "mutation($input: RequestAccountBindingInput!) { requestAccountBinding(input: $input) { accountBinding { id number } refusal { reasons { code } } } }";
        let input = json!({
            "uscc": record(number)["uscc"], "capacity": "LEGAL_REPRESENTATIVE", "idempotencyKey": uuid::Uuid::new_v4(),
            "identityPapers": { "upload": paper["id"], "name": "身份证" },
        });
        self.ask("198.51.100.7", Some(token), ask, json!({ "input": input })).await
    }
}

fn code(answer: &Value) -> &str {
    answer["errors"][0]["extensions"]["code"].as_str().unwrap_or_default()
}

async fn a_company_registers_and_is_bound(world: World) {
    steps::registered(&world, record(1)).await;
    steps::bound(&world, 1).await;
    let open = open(&world).await;
    let kept = "SELECT (SELECT count(*) FROM account) + (SELECT count(*) FROM personal_value) + (SELECT count(*) FROM audit_entry) + (SELECT count(*) FROM notice)";
    let before = count(&world, kept).await;
    let link = open.link("wang@example.invalid").await;
    assert_eq!(count(&world, kept).await, before, "nothing is stored before the link is opened");
    let shown = open.ask("198.51.100.7", None, LINK, json!({ "link": link })).await;
    assert_eq!(shown["data"]["registrationLink"]["email"], "wang@example.invalid", "{shown}");
    assert_eq!(count(&world, kept).await, before, "looking at it stores nothing either");
    let made = open.register(&link, "wang").await;
    assert_eq!(made["data"]["register"]["entry"]["verb"], "register_account", "{made}");
    let sign = "mutation($input: SignInInput!) { signIn(input: $input) { token } }";
    let signed = open.ask("198.51.100.7", None, sign, json!({ "input": { "login": "wang", "password": PASSWORD } })).await;
    let token = signed["data"]["signIn"]["token"].as_str().expect("a token").to_owned();
    // It sees what is public and what is its own; nothing else answers.
    for query in ["{ published(first: 5) { nodes { number } } }", "{ me { account login } }", "{ cases(first: 5) { nodes { id } } }"] {
        let answer = open.ask("198.51.100.7", Some(&token), query, json!({})).await;
        assert!(answer.get("errors").is_none(), "{query}: {answer}");
    }
    for query in [
        "{ workCounts { all { count } } }",
        "{ me { login } checkpoints(first: 1) { nodes { size } } }",
        "mutation { openRepairApplication { __typename } }",
    ] {
        let answer = open.ask("198.51.100.7", Some(&token), query, json!({})).await;
        assert!(answer.get("errors").is_some() && answer["data"].is_null(), "{query}: {answer}");
    }
    let asked = open.binding(&token, 1).await;
    let binding = asked["data"]["requestAccountBinding"]["accountBinding"].clone();
    assert!(binding["id"].is_string(), "{asked}");
    let again = open.binding(&token, 1).await;
    assert_eq!(again["errors"][0]["extensions"]["reason"], "BINDING_REQUEST_OPEN", "{again}");
    let sent = table::sent(&world).await;
    assert_eq!(sent.get(&("binding_claimed".to_owned(), "company".to_owned())), Some(&1), "who acts for the company hears of it: {sent:?}");
    let read = "query($id: ID!) { case(id: $id) { ... on AccountBinding { selfRegistered } } }";
    let seen = world.query("counter", read, json!({ "id": binding["id"] })).await;
    assert_eq!(seen["case"]["selfRegistered"], true, "the officer sees that nobody of the house has seen the person");
    world.done("counter", "approveAccountBinding", json!({ "id": binding["id"], "confirmed": true })).await;
    let bound = open.ask("198.51.100.7", Some(&token), "{ workCounts { all { count } } me { subjects } }", json!({})).await;
    assert_eq!(bound["data"]["me"]["subjects"].as_array().map(Vec::len), Some(1), "{bound}");
    world.on("2026-06-01").await;
    assert_eq!(
        count(&world, "SELECT count(*) FROM account WHERE registered_on IS NOT NULL AND login_key IS NOT NULL").await,
        1,
        "it stays"
    );
    world.finish().await;
}

async fn every_address_is_answered_alike(world: World) {
    let open = open(&world).await;
    // Of one there is an account, of the other nobody has heard.
    for (place, email) in ["road@example.invalid", "nobody@example.invalid"].into_iter().enumerate() {
        let from = |number: usize| format!("203.0.113.{}", place * 10 + number);
        let mut answers = Vec::new();
        for number in 0..4 {
            let answer = open.ask(&from(number), None, ASK, json!({ "email": email })).await;
            answers.push((answer["data"]["askToRegister"].clone(), code(&answer).to_owned()));
        }
        let yes = (json!(true), String::new());
        assert_eq!(answers, [yes.clone(), yes.clone(), yes, (Value::Null, "RATE_LIMITED".to_owned())], "{email}");
        assert_eq!(open.links(email, 3).await.len(), 3, "{email}");
    }
    // One place asks for many addresses; an hour later it may again.
    let ask = async |number: usize| {
        let answer = open.ask("192.0.2.1", None, ASK, json!({ "email": format!("p{number}@example.invalid") })).await;
        answer["data"]["askToRegister"] == true
    };
    for number in 0..10 {
        assert!(ask(number).await, "{number}");
    }
    assert!(!ask(10).await, "ten from one place");
    let clock = &world.app.sign_in_clock;
    clock.set(Micros(clock.now().0 + 61 * MINUTE));
    assert!(ask(11).await, "an hour is over");
    // The whole house: the count of this hour began with the one above.
    world.setting("registrations_per_house", "10").await;
    for number in 0..9 {
        let answer = open.ask(&format!("198.51.100.{number}"), None, ASK, json!({ "email": format!("q{number}@example.invalid") })).await;
        assert_eq!(answer["data"]["askToRegister"], true, "{number}: {answer}");
    }
    let answer = open.ask("198.51.100.99", None, ASK, json!({ "email": "q10@example.invalid" })).await;
    assert_eq!(code(&answer), "RATE_LIMITED", "{answer}");
    let wrong = open.ask("198.51.100.100", None, ASK, json!({ "email": "nobody" })).await;
    assert_eq!(code(&wrong), "BAD_USER_INPUT", "{wrong}");
    world.finish().await;
}

async fn a_link_ends_and_makes_one_account(world: World) {
    let open = open(&world).await;
    let (first, second) = (open.link("wang@example.invalid").await, open.link("li@example.invalid").await);
    let field = |answer: &Value| answer["errors"][0]["extensions"]["field"].clone();
    for junk in ["", "junk", "anVuay5qdW5r"] {
        assert_eq!(field(&open.register(junk, "wang").await), "input.link");
    }
    let taken = open.register(&first, "road").await;
    assert_eq!(taken["data"]["register"]["refusal"]["reasons"][0]["code"], "LOGIN_TAKEN", "{taken}");
    assert!(taken["data"]["register"]["account"].is_null(), "a refusal makes nothing, and the link is still good");
    assert!(open.register(&first, "wang").await["data"]["register"]["account"].is_string());
    assert_eq!(field(&open.register(&first, "wang-2").await), "input.link", "a link makes one account");
    let clock = &world.app.sign_in_clock;
    clock.set(Micros(clock.now().0 + 31 * MINUTE));
    assert_eq!(field(&open.register(&second, "li").await), "input.link", "it is over after half an hour");
    let shown = open.ask("198.51.100.7", None, LINK, json!({ "link": second })).await;
    assert!(shown["data"]["registrationLink"].is_null() && shown.get("errors").is_none(), "{shown}");
    world.finish().await;
}

async fn who_never_acts_for_anybody_is_erased(world: World) {
    steps::registered(&world, record(1)).await;
    let open = open(&world).await;
    open.newcomer("wang@example.invalid", "wang").await;
    let waits = open.newcomer("li@example.invalid", "li").await;
    assert!(open.binding(&waits, 1).await["data"]["requestAccountBinding"]["accountBinding"]["id"].is_string());
    let standing = "SELECT standing FROM account WHERE registered_on IS NOT NULL ORDER BY id";
    let found = "SELECT count(*) FROM account WHERE registered_on IS NOT NULL AND login_key IS NOT NULL";
    world.on("2026-05-01").await;
    assert_eq!(count(&world, found).await, 2, "thirty days are not over");
    world.on("2026-05-02").await;
    assert_eq!((count(&world, found).await, world.texts(standing).await), (1, vec!["ended".to_owned(), "active".to_owned()]));
    assert_eq!(count(&world, "SELECT count(*) FROM credential c JOIN account a ON a.id = c.account WHERE a.standing = 'ended'").await, 0);
    let again = api::erasure::erase_unbound(&world.app).await.expect("the round");
    assert_eq!(again, 0, "once is enough, and whose request waits is left alone");
    // The login is free again.
    let clock = &world.app.sign_in_clock;
    clock.set(Micros(clock.now().0 + 61 * MINUTE));
    open.newcomer("zhao@example.invalid", "wang").await;
    world.finish().await;
}

async fn a_newcomer_brings_few_files(world: World) {
    let open = open(&world).await;
    let token = open.newcomer("wang@example.invalid", "wang").await;
    let (status, answer) = open.upload(&token, vec![b'x'; 5 * 1024 * 1024 + 1]).await;
    assert_eq!((status, &answer["error"]["code"]), (429, &json!("RATE_LIMITED")), "{answer}");
    for number in 0..3 {
        assert_eq!(open.upload(&token, format!("paper {number}").into_bytes()).await.0, 201);
    }
    let (status, answer) = open.upload(&token, b"one more".to_vec()).await;
    assert!(status == 429 && answer["error"]["message"].as_str().is_some_and(|text| text.contains("绑定单位之前")), "{answer}");
    world.finish().await;
}

async fn a_house_that_is_shut_registers_nobody(world: World) {
    let open = world.ask(None, "{ registrationOpen }", json!({})).await;
    assert_eq!(open["data"]["registrationOpen"], false, "{open}");
    assert_eq!(code(&world.ask(None, ASK, json!({ "email": "wang@example.invalid" })).await), "NOT_FOUND");
    let input = json!({ "link": "any", "login": "wang", "password": PASSWORD, "name": "王经办" });
    assert_eq!(code(&world.ask(None, REGISTER, json!({ "input": input })).await), "NOT_FOUND");
    let page = openid::client().get(format!("{}/register", world.url)).send().await.expect("an answer");
    assert_eq!(page.status(), reqwest::StatusCode::NOT_FOUND);
    world.finish().await;
}
