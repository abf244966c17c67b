//! Waiting for what a house does by itself, however busy the machine is.

use std::time::Duration;

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
    loop {
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
