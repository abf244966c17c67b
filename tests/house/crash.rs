//! The program ended at every step of the door: nothing is half written, nothing that was answered is lost, and what was
//! not answered can be asked again with the same key and happens once.

use std::{
    io::{BufRead, BufReader},
    os::unix::process::ExitStatusExt,
    process::{Child, Command, ExitStatus, Stdio},
    time::Duration,
};

use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    cli::program::{binary, run},
    on_both,
    repair::steps,
    support::{
        patience::until,
        world::{World, record},
    },
};

on_both!(ended_at_each_step_of_the_door ended_in_the_middle_of_the_write ended_between_carrying_a_letter_and_noting_it);

const PUBLISH: &str = "mutation($input: PublishPublicationRecordInput!) { publishPublicationRecord(input: $input) { entry { number } refusal { reasons { code } } } }";

/// The program over the world's database and folder.
pub struct Server {
    child: Child,
    pub url: String,
}

impl Server {
    pub fn start(world: &World, armed: Option<&str>) -> Self {
        Self::start_with(world, &armed.map(|step| ("XINXIU_TEST_CRASH".to_owned(), step.to_owned())).into_iter().collect::<Vec<_>>())
    }

    /// With an environment.
    pub fn start_with(world: &World, environment: &[(String, String)]) -> Self {
        let (child, url) = Self::parts(world, environment);
        Self { child, url }
    }

    /// The same as a process and its GraphQL address.
    pub fn parts(world: &World, environment: &[(String, String)]) -> (Child, String) {
        let mut child = Command::new(binary())
            .arg("--data")
            .arg(world.folder())
            .args(["--database", &world.database, "--origin", "test.example/log", "serve", "--listen", "127.0.0.1:0"])
            .envs(environment.iter().cloned())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("xinxiu starts; `make test` builds it");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("stdout")).read_line(&mut line).expect("an address");
        assert!(line.starts_with("http"), "the server does not start: {line:?}");
        (child, line.trim().to_owned())
    }

    /// Sends a signal by its name: STOP, CONT, TERM.
    pub fn signal(&self, name: &str) {
        let sent = Command::new("kill").arg(format!("-{name}")).arg(self.child.id().to_string()).status();
        assert!(sent.expect("kill runs").success());
    }

    /// SIGKILL.
    pub fn kill(mut self) {
        self.child.kill().expect("SIGKILL");
        self.child.wait().expect("it is dead");
    }

    /// How it ended by itself.
    pub fn ended(mut self) -> ExitStatus {
        self.child.wait().expect("it has ended")
    }
}

/// The number of the act's entry; none where no answer came.
async fn publish(url: &str, token: &str, id: &str, key: Uuid) -> Option<u64> {
    let body = json!({ "query": PUBLISH, "variables": { "input": { "id": id, "idempotencyKey": key } } });
    let answer = crate::support::patience::client().post(url).bearer_auth(token).json(&body).send().await.ok()?;
    let answer: Value = answer.json().await.ok()?;
    let number = answer["data"]["publishPublicationRecord"]["entry"]["number"].as_str();
    Some(number.unwrap_or_else(|| panic!("{answer}")).parse().expect("a number"))
}

async fn size(world: &World) -> u64 {
    api::store::write::head(world.app.database.pool()).await.expect("a head").0.size()
}

/// What `audit verify --decide` says of what lies on the disk.
pub fn verified(world: &World) {
    let data = world.folder().display().to_string();
    run(&["--data", &data, "--database", &world.database, "--origin", "test.example/log", "audit", "verify", "--decide"], &[], "").good();
}

/// Letters about the publication that were carried, and how the outbox has them.
async fn letters(world: &World) -> (usize, Vec<String>) {
    let folder = std::fs::read_dir(world.folder().join("mail")).into_iter().flatten().flatten();
    let rows = api::work::outbox::list(&world.app, None, 100).await.expect("the outbox");
    let about: Vec<_> = rows.into_iter().filter(|row| row.letter == "record_published").collect();
    let carried = folder.filter(|file| about.iter().any(|row| file.file_name().to_string_lossy().contains(&row.id))).count();
    (carried, about.into_iter().map(|row| row.status).collect())
}

/// A record to be published, of the company that `company` acts for, and the officer's token.
async fn scheduled(world: &World, number: u32) -> (String, String) {
    let id = steps::registered(world, record(number)).await;
    steps::bound(world, number).await;
    // Signed in now: while a write hangs nobody can.
    world.token("auditor").await;
    (id, world.token("road").await)
}

/// Starts again: the same key gives one act and one letter, whatever came of the first try.
async fn asked_again(world: &World, token: &str, id: &str, key: Uuid, before: u64, first: Option<u64>) {
    let server = Server::start(world, None);
    let number = publish(&server.url, token, id, key).await.expect("an answer");
    assert_eq!(publish(&server.url, token, id, key).await, Some(number), "the same key, the same answer");
    assert!(number >= before && first.is_none_or(|first| first == number), "{number} after {before}, answered {first:?}");
    assert_eq!(world.state(id).await, "published");
    let query =
        "query($id: ID!) { case(id: $id) { ... on PublicationRecord { history(first: 50, order: OLDEST_FIRST) { nodes { verb } } } } }";
    let history = world.query("auditor", query, json!({ "id": id })).await.to_string();
    assert_eq!(history.matches("\"publish\"").count(), 1, "{history}");
    until("its letters are sent", async || letters(world).await.1.iter().all(|status| status == "sent")).await;
    server.kill();
}

async fn ended_at_each_step_of_the_door(world: World) {
    // Each step with what stands when the program has ended there.
    for (number, (step, stands)) in (1..).zip([("taken", false), ("decided", false), ("written", true), ("answered", true)]) {
        let (id, token) = scheduled(&world, number).await;
        let (before, key) = (size(&world).await, Uuid::new_v4());
        let server = Server::start(&world, Some(step));
        let answered = publish(&server.url, &token, &id, key).await;
        assert!(step == "answered" || answered.is_none(), "{step} comes before the answer");
        assert_eq!(server.ended().signal(), Some(6), "{step}: it ended there and nowhere else");
        assert_eq!(world.state(&id).await == "published", stands, "{step}");
        verified(&world);
        let waits = letters(&world).await.1.iter().filter(|status| *status == "waiting").count();
        assert_eq!(waits, usize::from(stands), "{step}: a letter stands with its act and waits");
        asked_again(&world, &token, &id, key, before, answered).await;
        let (carried, rows) = letters(&world).await;
        assert_eq!((carried, rows.len()), (number as usize, number as usize), "{step}: one letter each");
        assert!(rows.iter().all(|status| status == "sent"), "{step}: {rows:?}");
        verified(&world);
    }
    world.finish().await;
}

/// Makes the database slow in the middle of the write: head and entry are there, the row of the case is not yet.
fn slow(world: &World) -> (&'static str, &'static str) {
    if world.database.starts_with("sqlite") {
        let forever = "CREATE TRIGGER slow AFTER INSERT ON listed BEGIN SELECT count(*) FROM audit_entry a, audit_entry b, audit_entry c, audit_entry d, audit_entry e, audit_entry f; END";
        (forever, "DROP TRIGGER slow")
    } else {
        let sleep = "CREATE FUNCTION slow() RETURNS trigger AS $$ BEGIN PERFORM pg_sleep(3); RETURN NEW; END $$ LANGUAGE plpgsql; CREATE TRIGGER slow AFTER INSERT ON listed FOR EACH ROW EXECUTE FUNCTION slow()";
        (sleep, "DROP TRIGGER slow ON listed; DROP FUNCTION slow()")
    }
}

async fn ended_in_the_middle_of_the_write(world: World) {
    let (id, token) = scheduled(&world, 1).await;
    let (before, key) = (size(&world).await, Uuid::new_v4());
    let (slower, again) = slow(&world);
    world.sql(slower).await.expect("a trigger");
    let server = Server::start(&world, None);
    let (url, asking) = (server.url.clone(), (token.clone(), id.clone()));
    let answer = tokio::spawn(async move { publish(&url, &asking.0, &asking.1, key).await });
    tokio::time::sleep(Duration::from_millis(1500)).await;
    assert!(!answer.is_finished(), "it is in the middle of the write");
    assert_eq!(world.state(&id).await, "scheduled", "nobody sees a part");
    server.kill();
    assert_eq!(answer.await.expect("the caller ends"), None);
    verified(&world);
    // PostgreSQL ends the statement that it was given, whole; SQLite takes its part back.
    world.sql(again).await.expect("the trigger goes");
    verified(&world);
    asked_again(&world, &token, &id, key, before, None).await;
    assert_eq!(letters(&world).await.1, ["sent"]);
    world.finish().await;
}

async fn ended_between_carrying_a_letter_and_noting_it(world: World) {
    let (id, token) = scheduled(&world, 1).await;
    let key = Uuid::new_v4();
    let server = Server::start(&world, Some("carried_record_published"));
    let answered = publish(&server.url, &token, &id, key).await;
    assert_eq!(server.ended().signal(), Some(6));
    assert_eq!(letters(&world).await, (1, vec!["waiting".to_owned()]), "carried, and not noted");
    verified(&world);
    asked_again(&world, &token, &id, key, 0, answered).await;
    assert_eq!(letters(&world).await, (1, vec!["sent".to_owned()]), "a file that is written twice is the same file");
    world.finish().await;
}
