//! A server that is killed in the middle of its work loses nothing that it acknowledged.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use serde_json::{Value, json};

use super::crash::Server;
use crate::{on_both, support::world::{World, record}};

on_both!(nothing_acknowledged_is_lost);

const REGISTER: &str = "mutation($input: RegisterPenaltyRecordInput!) { registerPenaltyRecord(input: $input) { entry { number } refusal { reasons { code } } } }";

async fn nothing_acknowledged_is_lost(world: World) {
    let token = world.token("road").await;
    let server = Server::start(&world, None);
    let url = server.url.clone();
    let acknowledged: Arc<Mutex<Vec<String>>> = Arc::default();
    let workers: Vec<_> = (0..8_u32)
        .map(|worker| {
            let (url, token, acknowledged) = (url.clone(), token.clone(), acknowledged.clone());
            tokio::spawn(async move {
                let client = reqwest::Client::new();
                for number in 0..100_000_u32 {
                    let key = uuid::Uuid::new_v4();
                    let input = json!({ "office": "road_transport_centre", "record": record(worker * 100_000 + number), "idempotencyKey": key });
                    let request = client.post(&url).bearer_auth(&token).json(&json!({ "query": REGISTER, "variables": { "input": input } }));
                    let Ok(answer) = request.send().await else { return };
                    let Ok(answer) = answer.json::<Value>().await else { return };
                    let entry = answer["data"]["registerPenaltyRecord"]["entry"]["number"].as_str().map(str::to_owned);
                    acknowledged.lock().expect("no worker panics").extend(entry);
                }
            })
        })
        .collect();
    while acknowledged.lock().expect("no worker panics").len() < 60 {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    server.kill();
    for worker in workers {
        worker.await.expect("the worker ends");
    }
    let acknowledged = acknowledged.lock().expect("no worker panics").clone();
    for number in &acknowledged {
        let index = number.parse().expect("a number");
        let entry = api::store::trail::entry(&world.app.database, index).await.expect("readable");
        assert!(entry.is_some_and(|(entry, _)| entry.accepted()), "entry {number} was acknowledged and is lost");
    }
    world.finish().await;
}
