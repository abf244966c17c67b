//! A house on the command line: what makes one, what refuses a folder that is none, who may be in it together.

use std::{
    io::{BufRead, BufReader},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use super::program::{OFFICES, Run, binary, run};
use crate::support::smtp::scratch;

/// A house of its own, in a folder below a scratch folder.
pub struct House {
    pub scratch: PathBuf,
    pub data: PathBuf,
    environment: Vec<(String, String)>,
}

impl House {
    /// A new house with the bureau's offices.
    pub fn new(what: &str) -> Self {
        let house = Self::bare(what);
        house.xinxiu(&["migrate"]).good();
        house.xinxiu(&["office", "load", OFFICES, "--commit"]).good();
        house
    }

    /// Where a house will be.
    pub fn bare(what: &str) -> Self {
        let scratch = scratch(what);
        Self { data: scratch.join("data"), scratch, environment: Vec::new() }
    }

    /// The same folder under other settings.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.set(name, value);
        self
    }

    /// Changes one setting.
    pub fn set(&mut self, name: &str, value: &str) {
        self.environment.retain(|(other, _)| other != name);
        self.environment.push((name.to_owned(), value.to_owned()));
    }

    pub fn xinxiu(&self, arguments: &[&str]) -> Run {
        let data = self.data.display().to_string();
        let environment: Vec<_> = self.environment.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        run(&[&["--data", &data][..], arguments].concat(), &environment, "a long password")
    }

    /// One more entry.
    pub fn grows(&self, login: &str) -> Run {
        self.xinxiu(&["user", "add", login, "--name", "某人", "--seat", "officer@yanjiang"])
    }

    /// A server, and its address.
    pub fn serve(&self) -> (Child, String) {
        let environment = self.environment.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        served(Command::new(binary()).envs(environment).arg("--data").arg(&self.data).args(["serve", "--listen", "127.0.0.1:0"]))
    }

    pub fn database(&self) -> PathBuf {
        self.data.join("xinxiu.sqlite")
    }
}

impl Drop for House {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.scratch).ok();
    }
}

/// Starts a server and reads its address.
pub fn served(command: &mut Command) -> (Child, String) {
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it starts");
    let mut line = String::new();
    BufReader::new(child.stdout.take().expect("stdout")).read_line(&mut line).expect("an address");
    assert!(line.starts_with("http"), "the server does not start: {line:?}");
    (child, line.trim().trim_end_matches("/graphql").to_owned())
}

/// Every command that works in a house, as somebody types it.
const COMMANDS: [&[&str]; 14] = [
    &["serve", "--listen", "127.0.0.1:0"],
    &["backup", "--out", "NOWHERE/copy"],
    &["keys", "list"],
    &["keys", "rotate", "signing"],
    &["mail", "list"],
    &["demo-clock", "2026-05-01"],
    &["user", "add", "someone", "--name", "某人"],
    &["erase", "account", "someone", "--ground", "purpose-met"],
    &["audit", "verify"],
    &["audit", "checkpoint"],
    &["audit", "prove", "0", "--out", "NOWHERE"],
    &["confirm-day", "2026-05-01"],
    &["export", "published", "--out", "NOWHERE/published.csv"],
    &["doctor"],
];

#[test]
fn a_folder_that_is_no_house_is_refused_and_none_is_made() {
    let scratch = scratch("no-house");
    let (missing, empty, half) = (scratch.join("mistyped"), scratch.join("empty"), scratch.join("half"));
    std::fs::create_dir(&empty).unwrap();
    std::fs::create_dir(&half).unwrap();
    std::fs::write(half.join("xinxiu.sqlite"), "").unwrap();
    for command in COMMANDS {
        let nowhere = scratch.join("out").display().to_string();
        let command: Vec<_> = command.iter().map(|word| word.replace("NOWHERE", &nowhere)).collect();
        for data in [&missing, &empty, &half] {
            let before = std::fs::read_dir(data).map(Iterator::count).ok();
            let arguments: Vec<_> = ["--data".to_owned(), data.display().to_string()].into_iter().chain(command.clone()).collect();
            let run = run(&arguments.iter().map(String::as_str).collect::<Vec<_>>(), &[], "a long password");
            let told = format!("{}{}", run.out, run.err);
            assert!(
                run.code == 1 && told.contains(&data.display().to_string()) && told.contains("xinxiu migrate"),
                "{command:?} {}: {} {told}",
                data.display(),
                run.code
            );
            if command[0] != "doctor" {
                assert_eq!(std::fs::read_dir(data).map(Iterator::count).ok(), before, "{command:?} left something in {}", data.display());
            }
        }
    }
    assert!(!missing.exists() && !scratch.join("out").exists());
    std::fs::remove_dir_all(scratch).ok();
}

#[test]
fn one_who_puts_files_in_place_is_alone() {
    let house = House::new("alone");
    let copy = house.scratch.join("copy").display().to_string();
    house.xinxiu(&["backup", "--out", &copy, "--with-keys"]).good();
    let (mut server, _) = house.serve();
    let before = std::fs::read(house.database()).unwrap();
    for command in [&["restore", &copy, "--replace"][..], &["migrate"]] {
        let refused = house.xinxiu(command);
        assert_eq!(refused.code, 1, "{command:?} {}", refused.out);
        let told =
            [format!("process {} on ", server.id()), "`xinxiu serve`".to_owned(), "since 20".to_owned(), house.data.display().to_string()];
        assert!(told.iter().all(|words| refused.err.contains(words)), "{command:?} {}", refused.err);
    }
    assert_eq!(std::fs::read(house.database()).unwrap(), before, "nothing was changed");
    // Others who only work in it are let in, and a copy can be taken.
    house.grows("beside").good();
    let second = house.scratch.join("second").display().to_string();
    house.xinxiu(&["backup", "--out", &second]).good();
    house.xinxiu(&["doctor"]).good();
    server.kill().unwrap();
    server.wait().unwrap();
    // The dead hold nothing, but what was signed while they lived stands: a copy from before is an older history.
    let forked = house.xinxiu(&["restore", &copy, "--replace"]);
    assert!(forked.code == 1 && forked.err.contains("would fork the log"), "{}", forked.err);
    house.xinxiu(&["restore", &copy, "--replace", "--new-origin", "anew.example/log"]).good();
    std::fs::remove_dir_all(&house.scratch).ok();
}

/// Changes one fact of a house beside the program.
fn change_fact(house: &House, sql: &str) {
    let file = house.database().display().to_string();
    let script = format!("import sqlite3\nc = sqlite3.connect({file:?})\nc.execute({sql:?})\nassert c.total_changes == 1\nc.commit()");
    assert!(Command::new("python3").args(["-c", &script]).status().is_ok_and(|status| status.success()));
}

#[test]
fn a_house_of_another_build_is_refused() {
    let house = House::new("older");
    change_fact(&house, "UPDATE house SET value = replace(value, 'm20261129_tables\":\"', 'm20261129_tables\":\"0') WHERE key = 'schema'");
    for command in [&["serve", "--listen", "127.0.0.1:0"][..], &["migrate"], &["audit", "verify"], &["doctor"]] {
        let refused = house.xinxiu(command);
        let told = format!("{}{}", refused.out, refused.err);
        assert!(refused.code == 1 && told.contains("another build") && told.contains("m20261129_tables"), "{command:?} {told}");
    }
}

#[test]
fn a_house_that_does_not_say_that_it_is_whole_is_refused() {
    let house = House::new("half-made");
    for sql in ["UPDATE house SET value = 'building' WHERE key = 'state'", "DELETE FROM house WHERE key = 'state'"] {
        change_fact(&house, sql);
        let refused = house.xinxiu(&["serve", "--listen", "127.0.0.1:0"]);
        let told = format!("{}{}", refused.out, refused.err);
        assert!(refused.code == 1 && told.contains("was not finished"), "{sql} {told}");
    }
}

#[test]
fn a_demo_is_built_aside_and_put_in_place_whole() {
    let scratch = scratch("demo");
    let data = scratch.join("city");
    let build = || {
        Command::new(binary()).arg("--data").arg(&data).arg("demo").stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts")
    };
    let begun = || {
        for _ in 0..600 {
            if scratch.join("city.building/xinxiu.sqlite").exists() {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        panic!("the demo is not begun");
    };
    let mut first = build();
    begun();
    let data = data.display().to_string();
    let second = run(&["--data", &data, "demo"], &[], "");
    assert!(
        second.code == 1 && second.err.contains("`xinxiu demo`") && second.err.contains(&format!("process {}", first.id())),
        "{}",
        second.err
    );
    assert!(!Path::new(&data).exists(), "nothing stands in its place yet");
    first.kill().unwrap();
    first.wait().unwrap();
    assert!(!Path::new(&data).exists(), "whoever was interrupted leaves no house");
    // What it has left is no house either, and the next one clears it away.
    let half = format!("{data}.building");
    let served = run(&["--data", &half, "serve", "--listen", "127.0.0.1:0"], &[], "");
    assert!(
        served.code == 1 && (served.err.contains("not finished") || served.err.contains("is no house") || served.err.contains("wait")),
        "{}",
        served.err
    );
    let mut again = build();
    begun();
    again.kill().unwrap();
    again.wait().unwrap();
    // A folder that holds something is left alone.
    std::fs::create_dir(&data).unwrap();
    std::fs::write(format!("{data}/letter.txt"), "mine").unwrap();
    let refused = run(&["--data", &data, "demo"], &[], "");
    assert!(refused.code == 1 && refused.err.contains("not empty") && refused.err.contains("--data"), "{}", refused.err);
    assert_eq!(std::fs::read_dir(&data).unwrap().count(), 1);
    std::fs::remove_dir_all(scratch).ok();
}

#[test]
fn help_and_demo_name_the_same_folder() {
    let scratch = scratch("where");
    let mut child = Command::new(binary())
        .arg("demo")
        .current_dir(&scratch)
        .env_remove("XINXIU_DATA")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("it starts");
    let found = (0..600).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(50));
        scratch.join("demo.building").is_dir() || scratch.join("demo").is_dir() || scratch.join("data").is_dir()
    });
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(found && !scratch.join("data").exists(), "built in ./demo, as `xinxiu --help` says");
    assert!(run(&["--help"], &[], "").good().out.contains("build the demo city in ./demo"));
    std::fs::remove_dir_all(scratch).ok();
}

#[test]
fn faults_of_the_machine_name_place_and_cure_once() {
    let house = House::new("faults");
    let (mut server, url) = house.serve();
    let taken = url.trim_start_matches("http://").to_owned();
    let busy = house.xinxiu(&["serve", "--listen", &taken]);
    assert!(busy.code == 1 && busy.err.matches(&taken).count() == 1 && busy.err.contains("--listen"), "{}", busy.err);
    server.kill().unwrap();
    server.wait().unwrap();
    for part in ["-wal", "-shm"] {
        std::fs::remove_file(house.data.join(format!("xinxiu.sqlite{part}"))).ok();
    }
    std::fs::write(house.database(), "this is no database, but it is long enough to be looked at as one").unwrap();
    let broken = house.xinxiu(&["audit", "verify"]);
    let file = house.database().display().to_string();
    assert!(broken.code == 1 && broken.err.matches(&file).count() == 1, "{}", broken.err);
    let deep = run(&["--data", "/proc/nowhere/data", "migrate"], &[], "");
    assert!(deep.code == 1 && deep.err.matches("/proc/nowhere/data").count() == 1 && deep.err.contains("able to write"), "{}", deep.err);
}

#[test]
fn what_is_written_is_its_owners_alone() {
    let house = House::new("modes");
    house.grows("someone").good();
    house.xinxiu(&["audit", "checkpoint"]).good();
    let (mut server, _) = house.serve();
    std::thread::sleep(std::time::Duration::from_secs(2));
    let mut seen = 0;
    walk(&house.data, &mut |path, mode, folder| {
        seen += 1;
        assert_eq!(mode & 0o777, if folder { 0o700 } else { 0o600 }, "{}", path.display());
    });
    server.kill().unwrap();
    server.wait().unwrap();
    assert!(seen > 6, "{seen}");
}

fn walk(path: &Path, each: &mut dyn FnMut(&Path, u32, bool)) {
    let Ok(meta) = path.symlink_metadata() else { return }; // a journal may go meanwhile
    each(path, meta.permissions().mode(), meta.is_dir());
    if meta.is_dir() {
        for entry in std::fs::read_dir(path).unwrap().flatten() {
            walk(&entry.path(), each);
        }
    }
}

#[test]
fn no_database_password_stands_in_arguments() {
    let refused = run(&["--database", "postgres://house:very-secret@127.0.0.1:1/house", "check-config"], &[], "");
    assert!(refused.code == 2 && refused.err.contains("XINXIU_DATABASE") && !refused.err.contains("very-secret"), "{}", refused.err);
    let shown =
        run(&["check-config"], &[("XINXIU_DATABASE", "postgres://house@127.0.0.1:1/house?password=very-secret&sslmode=disable")], "")
            .good();
    assert!(!shown.out.contains("very-secret") && shown.out.contains("sslmode=disable"), "{}", shown.out);
}
