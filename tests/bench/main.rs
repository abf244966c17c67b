//! `make bench`: the repair process from application to closing over HTTP, against the database's own limit in the same run.
//!
//! | module | holds |
//! |---|---|
//! | `client` | one keep-alive connection that costs next to nothing |
//! | `city` | the house that is measured: accounts, records, tokens, papers |
//! | `acts` | the acts of one application, by the accounts whose roles they are |
//! | `size` | the same in a house of a million cases |
//! | `dependants` | one act that moves five hundred cases, while others work |
//! | `import` | a file of 19,999 rows, while others work |
//! | `law` | lines of the calculators, a new rulebook tried over every case |
//! | `lots` | the numbers of the city's plan, a draw of inspections |
//! | `rival` | what it is measured against: pgbench, a bare SQLite loop |
//! | `machine` | processor time, memory and commits, as the system counts them |
//! | `table` | medians and the printed table |

mod acts;
mod city;
mod client;
mod dependants;
mod import;
mod law;
mod lots;
mod machine;
mod rival;
mod size;
mod table;

use std::{process::ExitCode, time::Duration};

use city::City;
use table::{Line, median};

/// How long and how often.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    pub window: Duration,
    pub rounds: usize,
}

fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

/// Whether a variable that narrows the run is not set, or names this.
fn chosen(variable: &str, this: &str) -> bool {
    std::env::var(variable).map_or(true, |list| list.split(',').any(|word| word.trim() == this))
}

async fn measured(postgres: Option<&str>, clients: &[usize], plan: Plan) -> Result<Vec<Line>, String> {
    let seconds = plan.window.as_secs().max(1);
    let records = usize::try_from(number("BENCH_RECORDS", 1500 * seconds * plan.rounds as u64)).unwrap_or(10_000);
    let mut city = City::build(postgres, records).await?;
    let mut lines = Vec::new();
    for count in clients {
        let (mut ratios, mut rates, mut rivals, mut runs) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for _ in 0..plan.rounds {
            let before = rival::rate(&city, *count, plan.window)?;
            let run = acts::window(&mut city, *count, plan.window).await?;
            let after = rival::rate(&city, *count, plan.window)?;
            let limit = f64::midpoint(before, after);
            ratios.push(run.rate / limit);
            rates.push(run.rate);
            rivals.push(limit);
            runs.push(run);
        }
        lines.push(Line::of(*count, &ratios, median(&rates), median(&rivals), &runs));
    }
    city.finish().await?;
    Ok(lines)
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> ExitCode {
    let plan =
        Plan { window: Duration::from_secs(number("BENCH_SECONDS", 5)), rounds: usize::try_from(number("BENCH_ROUNDS", 5)).unwrap_or(5) };
    table::conditions(plan);
    let Ok(postgres) = std::env::var("BENCH_POSTGRES") else {
        eprintln!("BENCH_POSTGRES names no server; run `make bench`");
        return ExitCode::FAILURE;
    };
    for (title, postgres, clients, aims) in [
        ("PostgreSQL", Some(postgres.as_str()), &[1, 8, 32][..], &table::POSTGRES_AIMS[..]),
        ("SQLite", None, &[8, 32][..], &table::SQLITE_AIMS[..]),
    ] {
        let clients: Vec<_> = clients.iter().copied().filter(|count| chosen("BENCH_CLIENTS", &count.to_string())).collect();
        if clients.is_empty() || !chosen("BENCH_ONLY", &title.to_lowercase()) {
            continue;
        }
        match measured(postgres, &clients, plan).await {
            Ok(lines) => table::print(title, &lines, aims),
            Err(fault) => {
                eprintln!("{title}: {fault}");
                return ExitCode::FAILURE;
            }
        }
    }
    if chosen("BENCH_ONLY", "size")
        && let Err(fault) = size::measure(&postgres, plan).await
    {
        eprintln!("size: {fault}");
        return ExitCode::FAILURE;
    }
    if chosen("BENCH_ONLY", "law")
        && let Err(fault) = law::calculators(plan)
    {
        eprintln!("law: {fault}");
        return ExitCode::FAILURE;
    }
    if chosen("BENCH_ONLY", "plan")
        && let Err(fault) = lots::numbers(plan)
    {
        eprintln!("plan: {fault}");
        return ExitCode::FAILURE;
    }
    if chosen("BENCH_ONLY", "dependants")
        && let Err(fault) = dependants::measure(&postgres).await
    {
        eprintln!("dependants: {fault}");
        return ExitCode::FAILURE;
    }
    if chosen("BENCH_ONLY", "import")
        && let Err(fault) = import::measure(&postgres).await
    {
        eprintln!("import: {fault}");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}
