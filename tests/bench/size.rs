//! Speed at size: the same questions and the same files in a house of ten thousand cases and in one of a million, window by
//! window in turn.

use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    Plan,
    city::{self, City},
    client::{Client, field},
    law, rival,
    table::{float, median},
};

const CLIENTS: usize = 8;
/// Rows of one file.
const ROWS: usize = 200;
/// Records of each company.
const EACH: usize = 5;
/// The bare query of a desk's page: what the page shows, as a client of the database would ask it.
const DESK: &str = "SELECT d.id, d.case_id, d.office, d.rank, d.person, d.due_on, c.number, c.process, c.state, c.definition_digest FROM \
     (SELECT * FROM work_item WHERE office = 'yanjiang' AND rank = 'officer' AND status = 'open' ORDER BY COALESCE(due_on, '9999'), id LIMIT 21) d \
     JOIN cases c ON c.id = d.case_id ORDER BY COALESCE(d.due_on, '9999'), d.id;\n";

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Job {
    WorkList,
    Case,
    Search,
    Import,
}

const JOBS: [(Job, &str); 4] = [
    (Job::WorkList, "work list, page of 20"),
    (Job::Case, "one case with history and actions"),
    (Job::Search, "public search by part of a name"),
    (Job::Import, "import, rows of files of 200"),
];

/// A served house.
struct House {
    city: City,
    cases: Vec<String>,
    /// Files that were sent, so that none repeats.
    sent: AtomicUsize,
}

/// Rate a second and 99th percentile in milliseconds.
type Measured = (f64, f64);

fn ask(query: &str, variables: &Value) -> String {
    json!({ "query": query, "variables": variables }).to_string()
}

impl House {
    fn question(&self, job: Job, number: usize) -> String {
        match job {
            Job::WorkList | Job::Import => {
                ask("{ workList(first: 20) { edges { node { dueOn claimed number state { key } } } } }", &Value::Null)
            }
            Job::Case => ask(
                "query($id: ID!) { case(id: $id) { number state { key } actions { verb allowed reasons { code opensOn } } ... on PublicationRecord { history(first: 20, order: OLDEST_FIRST) { edges { node { number verb effectiveOn } } } } } }",
                &json!({ "id": self.cases[number % self.cases.len()] }),
            ),
            Job::Search => ask(
                "query($search: String) { published(search: $search, first: 20) { edges { node { number name lastDay } } } }",
                &json!({ "search": format!("基准{:06}", number * 37 % 1000) }),
            ),
        }
    }

    async fn file(&self, client: &mut Client, first: usize) -> Result<(), String> {
        let officer = self.city.people.officer.clone();
        let today = city::api_day(client, &officer).await?;
        let text = city::table(first, ROWS, EACH, today);
        let answer = client.post("/files", Some(&officer), "text/csv", text.as_bytes()).await?;
        let upload = field(&answer, "id").ok_or(answer)?;
        let input = json!({ "layout": "PENALTY_RECORDS", "office": "yanjiang", "upload": upload, "idempotencyKey": Uuid::new_v4() });
        let answer = client
            .ask(
                Some(&officer),
                &ask("mutation($input: CommitFileInput!) { commitFile(input: $input) { opened } }", &json!({ "input": input })),
            )
            .await?;
        if answer.contains(&format!("\"opened\":{ROWS}")) { Ok(()) } else { Err(answer.chars().take(400).collect()) }
    }

    async fn window(self: &Arc<Self>, job: Job, length: Duration) -> Result<Measured, String> {
        let clients = if job == Job::Import { 1 } else { CLIENTS };
        let (start, turn) = (Instant::now(), Arc::new(AtomicUsize::new(0)));
        let tasks: Vec<_> = (0..clients)
            .map(|_| {
                let (house, turn) = (self.clone(), turn.clone());
                tokio::spawn(async move { house.one_client(job, start + length, &turn).await })
            })
            .collect();
        let mut times = Vec::new();
        for task in tasks {
            times.extend(task.await.map_err(|fault| fault.to_string())??);
        }
        let elapsed = start.elapsed().as_secs_f64();
        times.sort_unstable();
        let p99 = times.get(times.len() * 99 / 100).copied().unwrap_or_default();
        let each = if job == Job::Import { ROWS } else { 1 };
        Ok((float((times.len() * each) as u64) / elapsed, f64::from(p99) / 1000.0))
    }

    async fn one_client(&self, job: Job, end: Instant, turn: &AtomicUsize) -> Result<Vec<u32>, String> {
        let mut client = Client::connect(&self.city.host).await?;
        let mut times = Vec::new();
        while Instant::now() < end {
            let number = turn.fetch_add(1, Ordering::Relaxed);
            let start = Instant::now();
            if job == Job::Import {
                let first = 100_000 + self.sent.fetch_add(1, Ordering::Relaxed) * ROWS;
                self.file(&mut client, first).await?;
            } else {
                let token = (job != Job::Search).then_some(self.city.people.officer.as_str());
                let answer = client.ask(token, &self.question(job, number)).await?;
                if answer.contains("\"errors\"") || !answer.contains("\"number\"") {
                    return Err(format!("{job:?}: {}", answer.chars().take(400).collect::<String>()));
                }
            }
            times.push(u32::try_from(start.elapsed().as_micros()).unwrap_or(u32::MAX));
        }
        Ok(times)
    }
}

/// Half of the records published, half still at the desk.
async fn fill(city: &mut City) -> Result<(), String> {
    city.fill_from(0, 5_000, EACH).await?;
    let mut client = Client::connect(&city.host).await?;
    let admin = city::sign_in(&mut client, "admin").await?;
    let today = city::api_day(&mut client, &admin).await?;
    let answer = client
        .ask(
            Some(&admin),
            &ask(
                "mutation($to: Date!) { advanceDemoClock(to: $to) { refusal { reasons { code } } } }",
                &json!({ "to": today + time::Duration::days(20) }),
            ),
        )
        .await?;
    if !answer.contains("\"refusal\":null") {
        return Err(answer);
    }
    city.quiet().await?;
    city.fill_from(5_000, 5_000, EACH).await?;
    city.quiet().await
}

async fn build(url: &str) -> Result<(Arc<House>, Arc<House>), String> {
    let (server, _) = url.rsplit_once('/').ok_or("a url with a database")?;
    let (keeper, big_url) = (format!("{server}/postgres"), format!("{server}/size_big"));
    rival::psql(&keeper, &["-c", "CREATE DATABASE size"])?;
    let mut small = City::bare(Some(&format!("{server}/size"))).await?;
    fill(&mut small).await?;
    small.stop();
    rival::psql(&format!("{server}/size"), &["-c", "VACUUM ANALYZE"])?;
    rival::psql(&keeper, &["-c", "CREATE DATABASE size_big TEMPLATE size"])?;
    let script = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("bench/size.sql");
    let start = Instant::now();
    rival::psql(&big_url, &["-v", "ON_ERROR_STOP=1", "-f", &script.display().to_string()])?;
    println!("bulk load: {:.0} s", start.elapsed().as_secs_f64());
    let cases: Vec<String> = small.records.iter().step_by(7).cloned().collect();
    let big = small.beside(&big_url).await?;
    small.start().await?;
    let house = |city| Arc::new(House { city, cases: cases.clone(), sent: AtomicUsize::new(0) });
    Ok((house(small), house(big)))
}

/// Measures and prints.
pub async fn measure(url: &str, plan: Plan) -> Result<(), String> {
    let (small, big) = build(url).await?;
    println!(
        "\n| at size, {CLIENTS} clients | 10,000 cases, /s | 1,000,000 cases, /s | ratio (aim 0.9) | p99 ms (aim 5) | ratio to a bare query (aim 0.25) |"
    );
    println!("|---|---|---|---|---|---|");
    for (job, title) in JOBS {
        let (mut few, mut many, mut ratios, mut p99, mut bare) = (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for _ in 0..plan.rounds {
            let (first, _) = small.window(job, plan.window).await?;
            let (second, slowest) = big.window(job, plan.window).await?;
            if job == Job::WorkList {
                let limit = rival::script(
                    big.city.postgres.as_deref().unwrap_or_default(),
                    &big.city.folder,
                    "desk.sql",
                    DESK,
                    CLIENTS,
                    plan.window,
                )?;
                bare.push(second / limit);
            }
            few.push(first);
            many.push(second);
            ratios.push(second / first);
            p99.push(slowest);
        }
        let bare = if bare.is_empty() { "–".to_owned() } else { format!("{:.2}", median(&bare)) };
        println!("| {title} | {:.0} | {:.0} | {:.2} | {:.1} | {bare} |", median(&few), median(&many), median(&ratios), median(&p99));
    }
    law::simulation(&big.city)
}
