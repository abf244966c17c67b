//! A machine's clock that is wrong, on a house with real time: nothing happens by itself over a gap, until somebody has
//! confirmed the day.

use std::{process::Child, time::Duration};

use serde_json::{Value, json};

use crate::{
    cli::{house::House, program::OFFICES},
    support::{
        patience::until,
        world::{On, record},
    },
};

const PASSWORD: &str = "a long password";

/// A house whose machine shows the time that the test sets.
struct Machine {
    house: House,
    server: Option<(Child, String)>,
}

impl Drop for Machine {
    fn drop(&mut self) {
        self.stop();
    }
}

impl Machine {
    async fn new(on: On) -> Self {
        let mut house = House::bare("clock");
        if let On::Postgres = on {
            house.set("XINXIU_DATABASE", &crate::support::world::database(on, &house.scratch).await);
        }
        let library = std::fs::read_dir("/usr/lib")
            .expect("a system")
            .flatten()
            .map(|entry| entry.path().join("faketime/libfaketime.so.1"))
            .find(|path| path.exists());
        house.set("LD_PRELOAD", &library.expect("faketime is installed by `make test`").display().to_string());
        house.set("TZ", "UTC");
        Self { house, server: None }
    }

    fn shows(&mut self, time: &str) {
        self.stop();
        self.house.set("FAKETIME", &format!("@{time}"));
    }

    fn stop(&mut self) {
        if let Some((mut server, _)) = self.server.take() {
            server.kill().ok();
            server.wait().ok();
        }
    }

    fn serve(&mut self) {
        self.server = Some(self.house.serve());
    }

    fn url(&self) -> &str {
        &self.server.as_ref().expect("it runs").1
    }

    async fn ask(&self, token: Option<&str>, query: &str, variables: Value) -> Value {
        let mut request = crate::support::patience::client()
            .post(format!("{}/graphql", self.url()))
            .json(&json!({ "query": query, "variables": variables }));
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        request.send().await.expect("an answer").json().await.expect("JSON")
    }

    async fn token(&self, login: &str) -> String {
        let query = "mutation($input: SignInInput!) { signIn(input: $input) { token } }";
        let answer = self.ask(None, query, json!({ "input": { "login": login, "password": PASSWORD } })).await;
        answer["data"]["signIn"]["token"].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned()
    }

    async fn ready(&self) -> String {
        reqwest::get(format!("{}/readyz", self.url())).await.expect("an answer").text().await.expect("words")
    }

    /// Numbers in the published list.
    async fn published(&self) -> usize {
        let answer = self.ask(None, "{ published(first: 100) { edges { node { number } } } }", json!({})).await;
        answer["data"]["published"]["edges"].as_array().unwrap_or_else(|| panic!("{answer}")).len()
    }

    async fn becomes_published(&self) {
        until("what is due happens now", async || self.published().await == 1).await;
    }

    /// The newest entry.
    fn last_entry(&self) -> Value {
        let size: u64 = self.house.xinxiu(&["audit", "verify", "--json"]).good().json()["entries"].as_u64().expect("a number");
        let out = self.house.scratch.join("proof").display().to_string();
        self.house.xinxiu(&["audit", "prove", &(size - 1).to_string(), "--out", &out]).good();
        let text = std::fs::read_to_string(format!("{out}/entry-{}.json", size - 1)).expect("the entry");
        serde_json::from_str(&text).expect("JSON")
    }

    fn grows(&self, login: &str, seat: &str) {
        self.house.xinxiu(&["user", "add", login, "--name", "某人", "--seat", seat]).good();
    }

    /// A record that is to be published in some days.
    async fn scheduled(&self) {
        let query = "mutation($input: RegisterPublicationRecordInput!) { registerPublicationRecord(input: $input) { publicationRecord { state { key } } refusal { reasons { code } } } }";
        let input = json!({ "office": "road_transport_centre", "record": record(1), "idempotencyKey": uuid::Uuid::new_v4() });
        let answer = self.ask(Some(&self.token("road").await), query, json!({ "input": input })).await;
        assert_eq!(answer["data"]["registerPublicationRecord"]["publicationRecord"]["state"]["key"], "scheduled", "{answer}");
    }
}

async fn over_a_gap(on: On) {
    let mut machine = Machine::new(on).await;
    machine.shows("2026-04-01 02:00:00");
    machine.house.xinxiu(&["migrate"]).good();
    machine.house.xinxiu(&["office", "load", OFFICES, "--commit"]).good();
    for (login, seat) in [("road", "officer@road_transport_centre"), ("admin", "administrator")] {
        machine.grows(login, seat);
    }
    machine.serve();
    machine.scheduled().await;
    assert_eq!(machine.ready().await, "ready\n");
    assert!(machine.last_entry().get("clock").is_none());
    // A few hours without a server are no gap.
    machine.shows("2026-04-01 14:00:00");
    machine.serve();
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert_eq!((machine.ready().await.as_str(), machine.published().await), ("ready\n", 0));
    // Three months ahead: nothing is published by itself, and everybody is told.
    machine.shows("2026-07-01 02:00:00");
    machine.serve();
    tokio::time::sleep(Duration::from_secs(3)).await;
    assert_eq!(machine.published().await, 0, "nobody has said that it is July");
    assert!(machine.ready().await.contains("confirm-day 2026-07-01"), "{}", machine.ready().await);
    let doctor = machine.house.xinxiu(&["doctor"]);
    assert!(doctor.out.contains("warn clock") && doctor.out.contains("confirm-day 2026-07-01"), "{}", doctor.out);
    machine.grows("in-july", "officer@anyue");
    let entry = machine.last_entry();
    assert!(entry["clock"]["says"].is_i64() && entry["clock"]["known"].as_i64() < entry["clock"]["says"].as_i64(), "{entry}");
    // An act on the case itself does not run its timers either.
    assert_eq!(machine.published().await, 0);
    // Back again: the entries of July stand before; what comes after says so.
    machine.shows("2026-04-02 02:00:00");
    machine.serve();
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert_eq!(machine.published().await, 0);
    assert!(machine.ready().await.contains("2026-07-01T"), "the last entry is of July: {}", machine.ready().await);
    machine.grows("in-april", "officer@lezhi");
    let entry = machine.last_entry();
    assert!(entry["clock"]["says"].as_i64() < entry["recorded_at"].as_i64(), "{entry}");
    // Another gap, and this time it is the right day: an administrator says so.
    machine.shows("2026-08-03 02:00:00");
    machine.serve();
    let query = "mutation($day: Date!) { confirmDay(day: $day) { entry { verb } refusal { reasons { code } } } }";
    let road = machine.ask(Some(&machine.token("road").await), query, json!({ "day": "2026-08-03" })).await;
    assert_eq!(road["errors"][0]["extensions"]["code"], "FORBIDDEN", "{road}");
    let admin = machine.token("admin").await;
    let wrong = machine.ask(Some(&admin), query, json!({ "day": "2026-08-04" })).await;
    assert_eq!(wrong["data"]["confirmDay"]["refusal"]["reasons"][0]["code"], "DAY_NOT_THE_CLOCKS", "{wrong}");
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert_eq!(machine.published().await, 0);
    let right = machine.ask(Some(&admin), query, json!({ "day": "2026-08-03" })).await;
    assert_eq!(right["data"]["confirmDay"]["entry"]["verb"], "confirm_day", "{right}");
    machine.becomes_published().await;
    assert_eq!(machine.ready().await, "ready\n");
    machine.house.xinxiu(&["audit", "verify", "--decide"]).good();
}

mod nothing_happens_by_itself_over_a_gap {
    use super::On;

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn on_sqlite() {
        super::over_a_gap(On::Sqlite).await;
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn on_postgres() {
        super::over_a_gap(On::Postgres).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_command_line_confirms_too() {
    let mut machine = Machine::new(On::Sqlite).await;
    machine.shows("2026-04-01 02:00:00");
    machine.house.xinxiu(&["migrate"]).good();
    machine.house.xinxiu(&["office", "load", OFFICES, "--commit"]).good();
    machine.grows("road", "officer@road_transport_centre");
    machine.serve();
    machine.scheduled().await;
    machine.shows("2026-05-06 02:00:00");
    let wrong = machine.house.xinxiu(&["confirm-day", "2026-05-07"]);
    assert!(wrong.code == 1 && wrong.out.contains("DAY_NOT_THE_CLOCKS") && wrong.out.contains("2026-05-06"), "{} {}", wrong.out, wrong.err);
    machine.house.xinxiu(&["confirm-day", "2026-05-06"]).good();
    machine.serve();
    machine.becomes_published().await;
}
