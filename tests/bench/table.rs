//! Medians and the printed table.

use crate::{Plan, acts::Run};

/// (clients, least ratio) that the house aims at.
pub const POSTGRES_AIMS: [(usize, f64); 3] = [(1, 0.9), (8, 1.0), (32, 2.0)];
pub const SQLITE_AIMS: [(usize, f64); 2] = [(8, 1.0), (32, 2.0)];

/// One line of the table, each a median of the rounds.
#[derive(Clone, Debug)]
pub struct Line {
    clients: usize,
    ratio: f64,
    least: f64,
    most: f64,
    rate: f64,
    rival: f64,
    p99: f64,
    processor: f64,
    commits: f64,
    memory: f64,
    first_answer: f64,
}

/// A count as a number to divide by.
#[expect(clippy::cast_precision_loss, reason = "counts of a benchmark are small")]
pub fn float(count: u64) -> f64 {
    count as f64
}

pub fn median(values: &[f64]) -> f64 {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

impl Line {
    pub fn of(clients: usize, ratios: &[f64], rate: f64, rival: f64, runs: &[Run]) -> Self {
        let of = |value: fn(&Run) -> f64| median(&runs.iter().map(value).collect::<Vec<_>>());
        Self {
            clients,
            ratio: median(ratios),
            least: ratios.iter().copied().fold(f64::INFINITY, f64::min),
            most: ratios.iter().copied().fold(0.0, f64::max),
            rate,
            rival,
            p99: of(|run| run.p99),
            processor: of(|run| run.processor),
            commits: of(|run| run.commits),
            memory: of(|run| run.memory),
            first_answer: of(|run| run.first_answer.as_secs_f64() * 1000.0),
        }
    }
}

/// The conditions of a run.
pub fn conditions(plan: Plan) {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    println!(
        "{cores} cores, shared by load generator, server and database; windows of {} s, {} rounds, each between two runs of its rival; medians (least–most of the ratio)",
        plan.window.as_secs(),
        plan.rounds
    );
    println!("PostgreSQL as installed: fsync, synchronous_commit and full_page_writes on; SQLite: WAL, synchronous=FULL");
    println!(
        "acts: register, accept, check conditions, hand up, endorse, grant (stops the publication as a follow-up), confirm the release (closes as a follow-up)"
    );
}

/// Prints one database's table.
pub fn print(title: &str, lines: &[Line], aims: &[(usize, f64)]) {
    println!(
        "\n| {title}, clients | ratio | aim | acts/s | rival/s | p99 ms | CPU s per 1,000 acts (aim 0.25) | commits per act (aim 0.2 at 32) | MiB (aim 40) |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    for line in lines {
        let aim = aims.iter().find(|(clients, _)| *clients == line.clients).map_or(0.0, |(_, aim)| *aim);
        println!(
            "| {} | {:.2} ({:.2}–{:.2}) | {aim:.1} | {:.0} | {:.0} | {:.1} | {:.3} | {:.2} | {:.0} |",
            line.clients, line.ratio, line.least, line.most, line.rate, line.rival, line.p99, line.processor, line.commits, line.memory
        );
    }
    if let Some(line) = lines.first() {
        println!("start to first answer: {:.0} ms (aim 60)", line.first_answer);
    }
}
