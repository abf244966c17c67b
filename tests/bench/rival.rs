//! What the house is measured against: one transition in three statements, by the database's own tools.

use std::{fmt::Write, path::Path, process::Command, time::Duration};

use crate::city::City;

const SCRIPT: &str = "\\set id random(1, 1000000)\nBEGIN;\nUPDATE tx3_case SET version = version + 1, state = 'next' WHERE id = :id;\nINSERT INTO tx3_entry (case_id, bytes) VALUES (:id, 'an entry of the usual length: 0123456789012345678901234567890123456789012345678901234567890123456789');\nINSERT INTO tx3_outbox (case_id, letter) VALUES (:id, 'a letter');\nCOMMIT;\n";

const TABLES: &str = "CREATE TABLE tx3_case (id INT PRIMARY KEY, state TEXT NOT NULL, version INT NOT NULL); CREATE TABLE tx3_entry (id BIGSERIAL PRIMARY KEY, case_id INT NOT NULL, bytes TEXT NOT NULL); CREATE TABLE tx3_outbox (id BIGSERIAL PRIMARY KEY, case_id INT NOT NULL, letter TEXT NOT NULL); INSERT INTO tx3_case SELECT i, 'first', 0 FROM generate_series(1, 1000000) i; ANALYZE tx3_case;";

fn run(command: &mut Command) -> Result<String, String> {
    let done = command.output().map_err(|fault| format!("{command:?}: {fault}"))?;
    if done.status.success() {
        Ok(String::from_utf8_lossy(&done.stdout).into_owned())
    } else {
        Err(format!("{command:?}: {}", String::from_utf8_lossy(&done.stderr)))
    }
}

fn tool(name: &str) -> Command {
    let debian = format!("/usr/lib/postgresql/15/bin/{name}");
    Command::new(if Path::new(&debian).is_file() { debian } else { name.to_owned() })
}

/// Makes pgbench's tables of a million rows beside the house.
pub fn prepare(url: &str, folder: &Path) -> Result<(), String> {
    std::fs::write(folder.join("tx3.sql"), SCRIPT).map_err(|fault| fault.to_string())?;
    run(tool("psql").args(["-q", "-c", TABLES, url])).map(|_| ())
}

/// Transitions a second at the limit, now.
pub fn rate(city: &City, clients: usize, window: Duration) -> Result<f64, String> {
    match &city.postgres {
        Some(url) => pgbench(url, &city.folder, clients, window),
        None => sqlite(&city.folder, window),
    }
}

/// Runs psql on a database.
pub fn psql(url: &str, arguments: &[&str]) -> Result<String, String> {
    run(tool("psql").arg("-q").args(arguments).arg(url))
}

/// Runs of a pgbench script a second.
pub fn script(url: &str, folder: &Path, name: &str, text: &str, clients: usize, window: Duration) -> Result<f64, String> {
    std::fs::write(folder.join(name), text).map_err(|fault| fault.to_string())?;
    bench(url, &folder.join(name), clients, window)
}

fn pgbench(url: &str, folder: &Path, clients: usize, window: Duration) -> Result<f64, String> {
    bench(url, &folder.join("tx3.sql"), clients, window)
}

fn bench(url: &str, script: &Path, clients: usize, window: Duration) -> Result<f64, String> {
    let (count, threads, seconds) = (clients.to_string(), clients.min(2).to_string(), window.as_secs().max(1).to_string());
    let mut command = tool("pgbench");
    command.args(["-n", "-M", "prepared", "-c", &count, "-j", &threads, "-T", &seconds, "-f"]).arg(script).arg(url);
    let text = run(&mut command)?;
    let line = text.lines().find_map(|line| line.strip_prefix("tps = ")).and_then(|line| line.split_whitespace().next()?.parse().ok());
    line.ok_or_else(|| format!("pgbench says no tps: {text}"))
}

/// A bare loop of one commit after the other, with the durability that the house has.
fn sqlite(folder: &Path, window: Duration) -> Result<f64, String> {
    let mut script = String::new();
    let _ = write!(
        script,
        "import sqlite3, time, random\nc = sqlite3.connect({:?}, isolation_level=None)\nc.execute('PRAGMA journal_mode=WAL')\nc.execute('PRAGMA synchronous=FULL')\n",
        folder.join("bare.sqlite").display().to_string()
    );
    script += "c.executescript('CREATE TABLE IF NOT EXISTS t (id INTEGER PRIMARY KEY, state TEXT, version INTEGER); CREATE TABLE IF NOT EXISTS e (id INTEGER PRIMARY KEY, t INTEGER, bytes TEXT); CREATE TABLE IF NOT EXISTS o (id INTEGER PRIMARY KEY, t INTEGER, letter TEXT)')\n";
    script += "if not c.execute('SELECT count(*) FROM t').fetchone()[0]:\n  c.execute('BEGIN')\n  c.executemany('INSERT INTO t VALUES (?, ?, 0)', ((i, 'first') for i in range(1, 100001)))\n  c.execute('COMMIT')\n";
    let _ = write!(script, "end = time.monotonic() + {}\nn = 0\nwhile time.monotonic() < end:\n", window.as_secs_f64());
    script += "  i = random.randint(1, 100000)\n  c.execute('BEGIN IMMEDIATE')\n  c.execute(\"UPDATE t SET version = version + 1, state = 'next' WHERE id = ?\", (i,))\n  c.execute('INSERT INTO e (t, bytes) VALUES (?, ?)', (i, 'x' * 100))\n  c.execute('INSERT INTO o (t, letter) VALUES (?, ?)', (i, 'a letter'))\n  c.execute('COMMIT')\n  n += 1\n";
    let _ = writeln!(script, "print(n / {})", window.as_secs_f64());
    let text = run(Command::new("python3").args(["-c", &script]))?;
    text.trim().parse().map_err(|_| format!("the bare loop says no rate: {text}"))
}
