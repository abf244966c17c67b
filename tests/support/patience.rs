//! Waiting for what a house does by itself, however busy the machine is.

use std::time::Duration;

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
