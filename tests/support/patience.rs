//! Waiting for what a house does by itself, however busy the machine is.

use std::time::{Duration, Instant};

use serde_json::Value;

use super::world::World;

/// Waits until something is so; a minute is longer than any turn of the house, on a busy machine too.
///
/// # Panics
/// When it is not so within a minute.
pub async fn until(what: &str, mut done: impl AsyncFnMut() -> bool) {
    for _ in 0..1_200 {
        if done().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("not within a minute: {what}");
}

/// Asks about a file until its check, or its import, has ended: a busy machine answers how far it is. The query asks for
/// `ended`.
pub async fn whole(world: &World, login: &str, query: &str, variables: Value) -> Value {
    let begun = Instant::now();
    loop {
        assert!(begun.elapsed() < Duration::from_mins(5), "the file is not read, or not imported, within five minutes");
        let data = world.query(login, query, variables.clone()).await;
        let answer = data.as_object().and_then(|parts| parts.values().next()).unwrap_or_else(|| panic!("{data}"));
        let ended = if answer["check"].is_object() { &answer["check"]["ended"] } else { &answer["ended"] };
        match ended {
            Value::Bool(true) => return answer.clone(),
            Value::Bool(false) => {}
            _ => panic!("the query does not ask whether it has ended: {answer}"),
        }
    }
}

/// A client that does not wait for ever: an answer that does not come fails its test by name.
pub fn client() -> reqwest::Client {
    builder().build().expect("a client")
}

/// The same, for a test that asks for more of it.
pub fn builder() -> reqwest::ClientBuilder {
    reqwest::Client::builder().timeout(Duration::from_mins(2))
}

/// Runs a scenario that ends by itself.
///
/// # Panics
/// When it has not ended after a quarter of an hour, longer than any takes on a busy machine.
pub async fn ended<T>(scenario: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_mins(15), scenario).await.expect("the scenario ends within a quarter of an hour")
}
