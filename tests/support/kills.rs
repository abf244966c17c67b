//! A server that is killed again and again with eight acts in flight. Whatever was not answered is asked again with the same
//! key; at the end every act has been answered once, and stands once.

use std::{
    collections::BTreeMap,
    process::Child,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use serde_json::{Value, json};
use uuid::Uuid;

use super::chance::Chance;

/// Acts in flight at a time.
pub const WORKERS: usize = 8;

const REGISTER: &str = "mutation($input: RegisterPublicationRecordInput!) { registerPublicationRecord(input: $input) { entry { number } refusal { reasons { code message { zh en } } } } }";

/// What came of it.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    pub kills: u32,
    /// Kills that found every worker waiting for an answer.
    pub full: u32,
    /// Entry of every act, by its number.
    pub entries: BTreeMap<u32, u64>,
    /// Acts whose first answer was lost.
    pub repeated: u32,
}

#[derive(Default)]
struct Shared {
    tally: Mutex<Tally>,
    /// Acts that nobody has answered yet: number and key.
    open: Mutex<Vec<(u32, Uuid)>>,
    flying: AtomicUsize,
    next: AtomicUsize,
    faults: Mutex<Vec<String>>,
}

fn held<T>(lock: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Shared {
    /// The next act: one that was not answered, else a new one.
    fn act(&self) -> (u32, Uuid, bool) {
        match held(&self.open).pop() {
            Some((number, key)) => (number, key, true),
            None => (u32::try_from(self.next.fetch_add(1, Ordering::SeqCst)).unwrap_or(u32::MAX), Uuid::new_v4(), false),
        }
    }

    async fn work(&self, url: &str, token: &str, record: fn(u32) -> Value, only_open: bool) {
        let client = reqwest::Client::builder().timeout(Duration::from_mins(2)).build().expect("a client");
        loop {
            if only_open && held(&self.open).is_empty() {
                return;
            }
            let (number, key, again) = self.act();
            let input = json!({ "office": "road_transport_centre", "record": record(number), "idempotencyKey": key });
            let request = client.post(url).bearer_auth(token).json(&json!({ "query": REGISTER, "variables": { "input": input } }));
            self.flying.fetch_add(1, Ordering::SeqCst);
            let answer = match request.send().await {
                Ok(answer) => answer.json::<Value>().await.ok(),
                Err(_) => None,
            };
            self.flying.fetch_sub(1, Ordering::SeqCst);
            let Some(answer) = answer else {
                held(&self.open).push((number, key));
                return;
            };
            match answer["data"]["registerPublicationRecord"]["entry"]["number"].as_str().and_then(|text| text.parse().ok()) {
                Some(entry) if answer["data"]["registerPublicationRecord"]["refusal"].is_null() => {
                    let mut tally = held(&self.tally);
                    tally.repeated += u32::from(again);
                    tally.entries.insert(number, entry);
                }
                _ => held(&self.faults).push(format!("act {number}, asked again: {again}: {answer}")),
            }
        }
    }
}

/// Kills a server so many times; `start` starts one and gives its GraphQL address. Acts are numbered from `from`.
///
/// # Errors
/// Answers that were no acts.
pub async fn killed(
    start: impl Fn() -> (Child, String),
    token: &str,
    record: fn(u32) -> Value,
    from: u32,
    kills: u32,
    seed: u64,
) -> Result<Tally, Vec<String>> {
    let shared = Arc::new(Shared::default());
    shared.next.store(from as usize, Ordering::SeqCst);
    let mut chance = Chance(seed);
    for kill in 0..=kills {
        let (mut server, url) = start();
        let last = kill == kills;
        let before = held(&shared.tally).entries.len();
        let workers: Vec<_> = (0..WORKERS)
            .map(|_| {
                let (shared, url, token) = (shared.clone(), url.clone(), token.to_owned());
                tokio::spawn(async move { shared.work(&url, &token, record, last).await })
            })
            .collect();
        if !last {
            let enough = before + WORKERS + chance.below(20);
            while held(&shared.tally).entries.len() < enough && held(&shared.faults).is_empty() {
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
            tokio::time::sleep(Duration::from_micros(chance.below(20_000) as u64)).await;
            let full = shared.flying.load(Ordering::SeqCst) == WORKERS;
            server.kill().expect("SIGKILL");
            let mut tally = held(&shared.tally);
            tally.kills += 1;
            tally.full += u32::from(full);
        }
        for worker in workers {
            let _ = worker.await;
        }
        if last {
            server.kill().expect("SIGKILL");
        }
        server.wait().expect("it is dead");
    }
    let faults = held(&shared.faults).clone();
    if faults.is_empty() { Ok(held(&shared.tally).clone()) } else { Err(faults) }
}

/// Records in a house.
pub async fn registered(database: &api::store::Database) -> usize {
    let sql = "SELECT count(*) FROM cases WHERE process = 'publication_record'";
    let row =
        sea_orm::ConnectionTrait::query_one_raw(database.pool(), database.statement(sql, Vec::new())).await.expect("the rows are readable");
    let count: i64 = row.expect("a count").try_get_by_index(0).expect("a number");
    usize::try_from(count).expect("not below zero")
}
