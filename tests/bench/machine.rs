//! Processor time, memory and commits, as the system counts them.

use std::fs;

use crate::table::float;

/// Clock ticks a second in /proc (`USER_HZ` on Linux).
const TICKS: f64 = 100.0;

fn ticks(pid: &str) -> Option<(u64, String)> {
    let text = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let (_, rest) = text.rsplit_once(')')?;
    let fields: Vec<_> = rest.split_whitespace().collect();
    // After the name: state, ppid, …; utime and stime are the 12th and 13th.
    let time = fields.get(11)?.parse::<u64>().ok()? + fields.get(12)?.parse::<u64>().ok()?;
    Some((time, (*fields.get(1)?).to_owned()))
}

/// Seconds of processor time that a process has used.
pub fn seconds(pid: u32) -> f64 {
    ticks(&pid.to_string()).map_or(0.0, |(time, _)| float(time) / TICKS)
}

/// Seconds of a process and all its children that live.
pub fn seconds_of_family(pid: u32) -> f64 {
    let own = pid.to_string();
    let children = fs::read_dir("/proc").into_iter().flatten().flatten().filter_map(|entry| {
        let name = entry.file_name().to_string_lossy().into_owned();
        ticks(&name).filter(|(_, parent)| *parent == own).map(|(time, _)| time)
    });
    float(children.sum::<u64>()) / TICKS + seconds(pid)
}

/// Resident memory in MiB.
pub fn memory(pid: u32) -> f64 {
    let text = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
}

/// The postmaster of a `PostgreSQL` data folder.
pub fn postmaster() -> Option<u32> {
    let folder = std::env::var("BENCH_POSTGRES_DATA").ok()?;
    fs::read_to_string(format!("{folder}/postmaster.pid")).ok()?.lines().next()?.trim().parse().ok()
}
