//! The numbers of the city's plan: a hundred thousand decisions in a line, a draw from five thousand.

use std::{
    fs::{self, File},
    path::Path,
    process::{Command, Stdio},
    time::Instant,
};

use crate::{Plan, city::program, table::median};

const DECISIONS: u32 = 100_000;
const TARGETS: u32 = 5_000;
/// A root of 32 bytes; of what tree says nothing here.
const NOTE: &str = "bench.example/log\n4821\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n";

/// A question about dual publication in which nine of ten decisions were reported.
fn decisions() -> String {
    let day = |number: u32| format!("2026-{:02}-{:02}", 1 + number % 11, 1 + number % 28);
    let decision = |number: u32| {
        format!("{{\"key\":\"{number}\",\"kind\":\"LICENCE\",\"decidedOn\":\"{}\",\"annulledOn\":null,\"omission\":false}}", day(number))
    };
    let sent = |number: u32| {
        let (sent, answered) = (day(number + 3), day(number + 4));
        format!(
            "{{\"key\":\"{number}\",\"sentOn\":\"{sent}\",\"ownCheck\":null,\"outcome\":\"ACCEPTED\",\"code\":null,\"answeredOn\":\"{answered}\"}}"
        )
    };
    let decisions: Vec<_> = (0..DECISIONS).map(decision).collect();
    let sent: Vec<_> = (0..DECISIONS).filter(|number| number % 10 != 0).map(sent).collect();
    let (decisions, sent) = (decisions.join(","), sent.join(","));
    format!("{{\"measure\":\"dual_publication\",\"asOf\":\"2026-11-28\",\"kind\":null,\"decisions\":[{decisions}],\"sent\":[{sent}]}}\n")
}

/// A pool of seven strata, a fifth of each drawn, with a hundred inspectors.
fn pool() -> String {
    let mut lines: Vec<_> = ["xinxiu-draw-v1", "CQ2026-000001", "ROAD_TRANSPORT", "2"].map(str::to_owned).into();
    lines.extend((0..7).map(|stratum| format!("R\t{stratum}\t2000\t1")));
    lines.extend((0..TARGETS).map(|number| format!("T\t{number:08}\t{}", number % 7)));
    lines.extend((0..100).map(|number| format!("I\tRT-{number:02}")));
    lines.join("\n") + "\n"
}

/// Seconds of a run of the program, its start included.
fn seconds(arguments: &[&str], input: Option<&Path>, plan: Plan) -> Result<f64, String> {
    let mut times = Vec::new();
    for _ in 0..plan.rounds {
        let input = input.map(File::open).transpose().map_err(|fault| fault.to_string())?;
        let start = Instant::now();
        let ended = Command::new(program())
            .arg("--data")
            .arg(std::env::temp_dir().join("xinxiu-bench-no-house"))
            .args(arguments)
            .stdin(input.map_or_else(Stdio::null, Stdio::from))
            .stdout(Stdio::null())
            .status();
        if !ended.map_err(|fault| fault.to_string())?.success() {
            return Err(format!("{} failed", arguments.join(" ")));
        }
        times.push(start.elapsed().as_secs_f64());
    }
    Ok(median(&times))
}

/// Measures and prints both.
pub fn numbers(plan: Plan) -> Result<(), String> {
    let folder = std::env::temp_dir();
    let files = ["decisions.jsonl", "pool.txt", "note"].map(|name| folder.join(format!("xinxiu-bench-{name}")));
    for (file, text) in files.iter().zip([decisions(), pool(), NOTE.to_owned()]) {
        fs::write(file, text).map_err(|fault| fault.to_string())?;
    }
    let [_, pool, note] = files.each_ref().map(|file| file.to_str().unwrap_or_default());
    println!("\n| the numbers of the plan, start of the program included | s | aim |\n|---|---|---|");
    let measured = seconds(&["plan", "measure"], Some(&files[0]), plan)?;
    println!("| plan measure, {DECISIONS} decisions in a line | {measured:.2} | 1 |");
    let drawn = seconds(&["plan", "draw", pool, note, "--secret", "office", "--secret", "witness"], None, plan)?;
    println!("| plan draw, {TARGETS} targets | {drawn:.2} | 1 |");
    files.iter().try_for_each(fs::remove_file).map_err(|fault| fault.to_string())
}
