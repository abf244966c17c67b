//! The acts of one application, from registration to closing, by the accounts whose roles they are.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    city::{City, People},
    client::{Client, field},
    machine,
    table::float,
};

/// What one window gave.
#[derive(Clone, Debug)]
pub struct Run {
    /// Acts a second.
    pub rate: f64,
    /// Half of the acts took no longer, in milliseconds.
    pub median: f64,
    /// 99th percentile of an act's time, in milliseconds.
    pub p99: f64,
    /// The slowest act's time, in milliseconds.
    pub slowest: f64,
    /// Seconds of processor time, server and database, a thousand acts.
    pub processor: f64,
    pub commits: f64,
    /// MiB of the server.
    pub memory: f64,
    pub first_answer: Duration,
}

const REGISTER: &str = "mutation($input: RegisterRepairApplicationInput!) { registerRepairApplication(input: $input) { repairApplication { id version } refusal { reasons { code } } } }";

/// Mutation, input type and the account that acts; the rest of the input follows.
fn step<'a>(people: &'a People, number: usize, case: &str) -> (String, &'a str) {
    let key = Uuid::new_v4();
    let (name, kind, token, mut input) = match number {
        0 => ("acceptRepairApplication", "AcceptRepairApplicationInput", &people.officer, json!({})),
        1 => (
            "checkRepairCondition",
            "CheckRepairConditionInput",
            &people.officer,
            json!({ "points": ["min_term_reached", "duties_done", "commitment_given", "other_law"], "checkMethod": "ONLINE", "checkRecord": { "upload": people.record, "name": "核查记录" } }),
        ),
        2 => ("handUpRepairApplication", "HandUpRepairApplicationInput", &people.officer, json!({})),
        3 => ("endorseRepairApplication", "EndorseRepairApplicationInput", &people.policy, json!({})),
        4 => (
            "grantRepairApplication",
            "GrantRepairApplicationInput",
            &people.head,
            json!({ "repairDecision": { "upload": people.decision, "name": "准予修复决定书" } }),
        ),
        _ => (
            "confirmReleaseOrder",
            "ConfirmReleaseOrderInput",
            &people.officer,
            json!({ "points": ["stop_publication", "stop_sharing", "lift_measures", "update_evaluation", "report_credit_china"] }),
        ),
    };
    input["id"] = json!(case);
    input["idempotencyKey"] = json!(key);
    let query = format!(
        "mutation($input: {kind}!) {{ {name}(input: $input) {{ repairApplication {{ id version }} refusal {{ reasons {{ code }} }} }} }}"
    );
    (body(&query, &input), token)
}

fn body(query: &str, input: &Value) -> String {
    json!({ "query": query, "variables": { "input": input } }).to_string()
}

fn register(people: &People, record: &str, today: &str) -> String {
    let input = json!({
        "record": record, "idempotencyKey": Uuid::new_v4(), "channel": "COUNTER", "receivedOn": today,
        "application": { "contactName": "经办人", "contactPhone": "0000000", "commitment": true },
        "commitmentLetter": { "upload": people.letter, "name": "信用承诺书" }
    });
    body(REGISTER, &input)
}

/// What the clients of one window share.
struct Window {
    records: Mutex<Vec<String>>,
    acknowledged: AtomicU64,
    end: Instant,
    today: String,
}

async fn one_client(host: String, people: People, window: Arc<Window>) -> Result<Vec<u32>, String> {
    let mut client = Client::connect(&host).await?;
    let mut times = Vec::new();
    while Instant::now() < window.end {
        let record = window.records.lock().map_err(|_| "a client failed")?.pop();
        let record = record.ok_or("there are no more records; raise BENCH_RECORDS")?;
        let mut case: Option<String> = None;
        for number in 0..7 {
            if Instant::now() >= window.end {
                break;
            }
            let (request, token) = match &case {
                None => (register(&people, &record, &window.today), people.counter.as_str()),
                Some(case) => step(&people, number - 1, case),
            };
            let start = Instant::now();
            let answer = client.ask(Some(token), &request).await?;
            times.push(u32::try_from(start.elapsed().as_micros()).unwrap_or(u32::MAX));
            if !answer.contains("\"refusal\":null") {
                return Err(format!("act {number}: {answer}"));
            }
            window.acknowledged.fetch_add(1, Ordering::Relaxed);
            case = case.or_else(|| field(&answer, "id"));
        }
    }
    Ok(times)
}

/// One window with a number of clients.
pub async fn window(city: &mut City, clients: usize, length: Duration) -> Result<Run, String> {
    let mut client = Client::connect(&city.host).await?;
    let answer = client.ask(Some(&city.people.officer), "{\"query\":\"{ me { today } }\"}").await?;
    let today = field(&answer, "today").ok_or(answer)?;
    let (processor, commits) = (city.processor(), city.commits().await?);
    let start = Instant::now();
    let window = Arc::new(Window {
        records: Mutex::new(std::mem::take(&mut city.records)),
        acknowledged: AtomicU64::new(0),
        end: start + length,
        today,
    });
    let tasks: Vec<_> = (0..clients).map(|_| tokio::spawn(one_client(city.host.clone(), city.people.clone(), window.clone()))).collect();
    let mut times = Vec::new();
    let mut fault = None;
    for task in tasks {
        match task.await.map_err(|fault| fault.to_string())? {
            Ok(mut more) => times.append(&mut more),
            Err(words) => fault = Some(words),
        }
    }
    let (elapsed, memory) = (start.elapsed().as_secs_f64(), machine::memory(city.pid()));
    let processor = city.processor() - processor;
    // PostgreSQL tells its statistics with a delay.
    tokio::time::sleep(Duration::from_millis(1200)).await;
    let commits = city.commits().await?.saturating_sub(commits);
    city.records = std::mem::take(&mut *window.records.lock().map_err(|_| "a client failed")?);
    let acts = window.acknowledged.load(Ordering::Relaxed);
    city.acknowledged += acts;
    if let Some(fault) = fault {
        return Err(fault);
    }
    times.sort_unstable();
    let p99 = times.get(times.len() * 99 / 100).copied().unwrap_or_default();
    let middle = times.get(times.len() / 2).copied().unwrap_or_default();
    let slowest = times.last().copied().unwrap_or_default();
    let acts = float(acts);
    Ok(Run {
        rate: acts / elapsed,
        median: f64::from(middle) / 1000.0,
        p99: f64::from(p99) / 1000.0,
        slowest: f64::from(slowest) / 1000.0,
        processor: processor / acts * 1000.0,
        commits: float(commits) / acts,
        memory,
        first_answer: city.first_answer,
    })
}
