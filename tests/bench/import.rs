//! A file of the most rows that are taken, imported while others work: how long it takes, what memory the server needs, and
//! how long the others wait for their acts.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    acts,
    city::{self, City},
    client::{Client, field},
    machine, rival,
    table::median,
};

/// Rows of the file.
const ROWS: usize = 19_999;
/// Clients that go on repairing meanwhile.
const OTHERS: usize = 4;
/// The others are measured in windows of this length until the file is there.
const WINDOW: Duration = Duration::from_secs(2);
/// Records that the others can repair.
const RECORDS: usize = 20_000;

/// A workbook of penalty records that no house has.
fn workbook(today: time::Date) -> Result<Vec<u8>, String> {
    let text = city::table(500_000, ROWS, 1, today);
    let mut lines = text.lines().map(|line| line.split(',').map(str::to_owned).collect::<Vec<_>>());
    let headers = lines.next().ok_or("no headers")?;
    let headers: Vec<_> = headers.iter().map(String::as_str).collect();
    api::sheets::write_xlsx("处罚", &headers, &lines.collect::<Vec<_>>()).map_err(|fault| fault.to_string())
}

/// Commits the file and asks with the same key until it is there; how long it took.
async fn imported(host: &str, token: &str, bytes: Vec<u8>) -> Result<Duration, String> {
    let mut client = Client::connect(host).await?;
    let answer = client.post("/files", Some(token), "application/octet-stream", &bytes).await?;
    let upload = field(&answer, "id").ok_or(answer)?;
    let input = json!({ "layout": "PENALTY_RECORDS", "office": "yanjiang", "upload": upload, "idempotencyKey": Uuid::new_v4() });
    let query = "mutation($input: CommitFileInput!) { commitFile(input: $input) { opened check { ended problems { code zh row } } refusal { reasons { code } } } }";
    let request = json!({ "query": query, "variables": { "input": input } }).to_string();
    let start = Instant::now();
    loop {
        let answer: Value = serde_json::from_str(&client.ask(Some(token), &request).await?).map_err(|fault| fault.to_string())?;
        let done = &answer["data"]["commitFile"];
        if done["opened"] == ROWS {
            return Ok(start.elapsed());
        }
        if done["check"]["ended"] != false {
            return Err(answer.to_string().chars().take(600).collect());
        }
    }
}

/// The most memory that a process had, in MiB, until it is told to stop looking.
fn watched(pid: u32, stop: Arc<AtomicBool>) -> std::thread::JoinHandle<f64> {
    std::thread::spawn(move || {
        let mut most = 0.0_f64;
        while !stop.load(Ordering::Relaxed) {
            most = most.max(machine::memory(pid));
            std::thread::sleep(Duration::from_millis(20));
        }
        most
    })
}

async fn one(title: &str, postgres: Option<&str>) -> Result<(), String> {
    let mut city = City::bare(postgres).await?;
    city.fill(RECORDS).await?;
    city.stop();
    city.start().await?;
    city.quiet().await?;
    let mut client = Client::connect(&city.host).await?;
    let (host, officer) = (city.host.clone(), city.people.officer.clone());
    let bytes = workbook(city::api_day(&mut client, &officer).await?)?;
    let alone = acts::window(&mut city, OTHERS, WINDOW).await?;
    let stop = Arc::new(AtomicBool::new(false));
    let memory = watched(city.pid(), stop.clone());
    let import = tokio::spawn(async move { imported(&host, &officer, bytes).await });
    let mut runs = Vec::new();
    while !import.is_finished() {
        runs.push(acts::window(&mut city, OTHERS, WINDOW).await?);
    }
    let took = import.await.map_err(|fault| fault.to_string())??;
    stop.store(true, Ordering::Relaxed);
    let memory = memory.join().map_err(|_| "the watch failed")?;
    let of = |value: fn(&acts::Run) -> f64| median(&runs.iter().map(value).collect::<Vec<_>>());
    let slowest = runs.iter().map(|run| run.slowest).fold(0.0, f64::max);
    println!(
        "| {title} | {:.1} | {memory:.0} | {:.1} | {slowest:.0} | {:.0} | {:.1} | {:.0} | {:.0} |",
        took.as_secs_f64(),
        of(|run| run.median),
        of(|run| run.rate),
        alone.median,
        alone.slowest,
        alone.rate
    );
    city.stop();
    Ok(())
}

/// Measures and prints.
pub async fn measure(url: &str) -> Result<(), String> {
    let (server, _) = url.rsplit_once('/').ok_or("a url with a database")?;
    rival::psql(&format!("{server}/postgres"), &["-c", "CREATE DATABASE imports"])?;
    println!(
        "\n| {ROWS} rows, {OTHERS} clients repair meanwhile | seconds | MiB at most (aim 300) | the others' median, ms (aim 250) | their slowest, ms (aim 1,000) | acts/s | median before | slowest before | acts/s before |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    one("PostgreSQL", Some(&format!("{server}/imports"))).await?;
    one("SQLite", None).await
}
