//! The law by itself: lines of its calculators, and a new rulebook tried over every case of a big house.

use std::{
    fs::File,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use crate::{
    Plan,
    city::{City, program},
    machine,
    table::{float, median},
};

const LINES: u64 = 300_000;

/// A made-up successor of Order 36.
const NEW_LAW: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/law/made_up/r_99.toml");

fn due(number: u64) -> String {
    format!(
        "{{\"from\":\"20{:02}-{:02}-{:02}\",\"count\":{},\"unit\":\"WORKING_DAY\"}}\n",
        10 + number % 16,
        1 + number % 12,
        1 + number % 28,
        1 + number % 30
    )
}

fn assess(number: u64) -> String {
    let penalties = match number % 3 {
        0 => r#"{"kind":"FINE","size":"LARGER"}"#,
        1 => r#"{"kind":"WARNING"},{"kind":"CLOSURE_ORDER"}"#,
        _ => r#"{"kind":"LICENCE_SUSPENSION","until":"2026-11-09"}"#,
    };
    format!(
        "{{\"subjectKind\":\"LEGAL_PERSON\",\"procedure\":\"ORDINARY\",\"findingDate\":\"2026-{:02}-{:02}\",\"penalties\":[{penalties}]}}\n",
        1 + number % 9,
        1 + number % 28
    )
}

/// Lines a second of one calculator, from a file to nowhere.
fn rate(word: &str, line: fn(u64) -> String, plan: Plan) -> Result<f64, String> {
    let folder = std::env::temp_dir();
    let path = folder.join(format!("xinxiu-bench-{word}.jsonl"));
    std::fs::write(&path, (0..LINES).map(line).collect::<String>()).map_err(|fault| fault.to_string())?;
    let mut rates = Vec::new();
    for _ in 0..plan.rounds {
        let input = File::open(&path).map_err(|fault| fault.to_string())?;
        let start = Instant::now();
        let ended = Command::new(program())
            .arg("--data")
            .arg(folder.join("xinxiu-bench-no-house"))
            .args(["law", word])
            .stdin(input)
            .stdout(Stdio::null())
            .status();
        if !ended.map_err(|fault| fault.to_string())?.success() {
            return Err(format!("law {word} failed"));
        }
        rates.push(float(LINES) / start.elapsed().as_secs_f64());
    }
    std::fs::remove_file(&path).map_err(|fault| fault.to_string())?;
    Ok(median(&rates))
}

/// Measures and prints the calculators.
pub fn calculators(plan: Plan) -> Result<(), String> {
    println!("\n| {LINES} lines from a file, start of the program included | lines/s | aim |\n|---|---|---|");
    println!("| law due, working days, counts 1 to 30 | {:.0} | 300,000 |", rate("due", due, plan)?);
    println!("| law assess | {:.0} | 100,000 |", rate("assess", assess, plan)?);
    Ok(())
}

/// Tries the made-up law over every case of a house and prints what it took.
pub fn simulation(city: &City) -> Result<(), String> {
    let start = Instant::now();
    let mut child = city
        .command()
        .args(["law", "simulate", NEW_LAW, "--as-of", "2027-07-01", "--json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|fault| fault.to_string())?;
    let out = child.stdout.take().ok_or("no output")?;
    let reader = std::thread::spawn(move || std::io::BufRead::lines(std::io::BufReader::new(out)).map_while(Result::ok).last());
    let mut most = 0.0_f64;
    let ended = loop {
        match child.try_wait().map_err(|fault| fault.to_string())? {
            Some(ended) => break ended,
            None => most = most.max(machine::memory(child.id())),
        }
        std::thread::sleep(Duration::from_millis(100));
    };
    let took = start.elapsed().as_secs_f64();
    let totals = reader.join().map_err(|_| "the reader failed")?.unwrap_or_default();
    if !ended.success() {
        return Err(format!("law simulate failed: {totals}"));
    }
    println!(
        "\nlaw simulate over the house of a million cases: {took:.1} s, {most:.0} MiB (aim 10 s for 100,000 cases, 200 MiB); {totals}"
    );
    Ok(())
}
