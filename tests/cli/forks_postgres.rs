//! The same on `PostgreSQL`: an older dump that somebody restores by hand begins no second history.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use super::{
    forks::{copied, refused},
    house::House,
    program::OFFICES,
};

/// Client programs of the server, of the newest version that is installed.
fn tool(name: &str) -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql").expect("PostgreSQL is installed").flatten();
    let mut found: Vec<_> = versions.map(|entry| entry.path().join("bin").join(name)).filter(|path| path.exists()).collect();
    found.sort();
    found.pop().unwrap_or_else(|| panic!("no {name}"))
}

fn done(command: &mut Command) {
    let output = command.output().expect("the program starts");
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// A house in a database of a server.
struct Served {
    house: House,
    url: String,
}

impl Served {
    fn bare(what: &str) -> Self {
        let base = std::env::var("XINXIU_TEST_POSTGRES").expect("make test starts one");
        let name = format!("fork_{}", uuid::Uuid::new_v4().simple());
        done(Command::new(tool("psql")).args(["-q", "-d", &format!("{base}/postgres"), "-c", &format!("CREATE DATABASE {name}")]));
        let url = format!("{base}/{name}");
        Self { house: House::bare(what).with("XINXIU_DATABASE", &url), url }
    }

    fn new(what: &str) -> Self {
        let served = Self::bare(what);
        served.house.xinxiu(&["migrate"]).good();
        served.house.xinxiu(&["office", "load", OFFICES, "--commit"]).good();
        served
    }

    fn sql(&self, text: &str) {
        done(Command::new(tool("psql")).args(["-q", "-v", "ON_ERROR_STOP=1", "-d", &self.url, "-c", text]));
    }

    /// A dump as administrators take it every night.
    fn dumped(&self, name: &str) -> PathBuf {
        let file = self.house.scratch.join(name);
        done(Command::new(tool("pg_dump")).args(["-Fc", "-d", &self.url, "-f"]).arg(&file));
        file
    }

    /// A dump put back over what is there, by `pg_restore`.
    fn put_back(&self, dump: &Path) {
        done(Command::new(tool("pg_restore")).args(["--clean", "--if-exists", "--no-owner", "-d", &self.url]).arg(dump));
    }

    /// A dump brought into an emptied database as a script, by `psql`.
    fn replaced_by(&self, of: &Self) {
        let script = self.house.scratch.join("script.sql");
        done(Command::new(tool("pg_dump")).args(["-Fp", "--no-owner", "-d", &of.url, "-f"]).arg(&script));
        self.sql("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
        done(Command::new(tool("psql")).args(["-q", "-v", "ON_ERROR_STOP=1", "-d", &self.url, "-f"]).arg(&script));
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let Some((base, name)) = self.url.rsplit_once('/') else { return };
        let drop = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
        let _ = Command::new(tool("psql")).args(["-q", "-d", &format!("{base}/postgres"), "-c", &drop]).output();
    }
}

#[test]
fn an_older_dump_restored_by_hand_is_refused() {
    let served = Served::new("older-dump");
    let house = &served.house;
    let kept = served.dumped("kept.dump");
    house.grows("one").good();
    house.xinxiu(&["audit", "checkpoint"]).good();
    served.put_back(&kept);
    for command in [&["serve", "--listen", "127.0.0.1:0"][..], &["audit", "checkpoint"], &["user", "disable", "one"]] {
        refused(&house.xinxiu(command), &["fork", "checkpoints"]);
    }
    refused(&house.xinxiu(&["audit", "verify"]), &["the checkpoint in ", "was signed over"]);
    refused(&house.xinxiu(&["doctor"]), &["FAIL trail"]);
}

#[test]
fn another_history_of_the_same_length_is_refused() {
    let served = Served::new("dump-same-length");
    let (house, before) = (&served.house, served.dumped("before.dump"));
    let folder = house.scratch.join("before");
    copied(&house.data, &folder);
    house.grows("one").good();
    house.xinxiu(&["audit", "checkpoint"]).good();
    // The same keys, as many entries, other acts.
    let other = Served::bare("dump-same-length-other");
    copied(&folder, &other.house.data);
    other.put_back(&before);
    other.house.grows("two").good();
    let copy = other.house.scratch.join("copy");
    other.house.xinxiu(&["backup", "--out", &copy.display().to_string(), "--with-keys"]).good();
    let restore = ["restore", &copy.display().to_string(), "--replace"];
    refused(&house.xinxiu(&restore), &["not empty"]);
    house.xinxiu(&["audit", "verify"]).good();
    // Whoever empties the database to make room for the copy is told by the folder's checkpoints.
    served.sql("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
    refused(&house.xinxiu(&restore), &["fork", "checkpoints"]);
    // As a script played into the database by hand it is refused too.
    served.replaced_by(&other);
    refused(&house.xinxiu(&["audit", "checkpoint"]), &["fork"]);
    refused(&house.xinxiu(&["serve", "--listen", "127.0.0.1:0"]), &["fork"]);
}

#[test]
fn folder_and_dump_put_back_together_are_refused_by_the_second_place() {
    let mut served = Served::new("dump-second-place");
    let second = served.house.scratch.join("share");
    std::fs::create_dir(&second).unwrap();
    served.house.set("XINXIU_CHECKPOINT_COPY", &second.display().to_string());
    let house = &served.house;
    house.xinxiu(&["audit", "checkpoint"]).good();
    let (folder, dump) = (house.scratch.join("before"), served.dumped("before.dump"));
    copied(&house.data, &folder);
    house.grows("one").good();
    house.xinxiu(&["audit", "checkpoint"]).good();
    let (newest, newest_dump) = (house.scratch.join("newest"), served.dumped("newest.dump"));
    copied(&house.data, &newest);
    copied(&folder, &house.data);
    served.put_back(&dump);
    refused(&house.xinxiu(&["audit", "checkpoint"]), &["fork", "xinxiu-checkpoint"]);
    refused(&house.xinxiu(&["serve", "--listen", "127.0.0.1:0"]), &["fork"]);
    refused(&house.xinxiu(&["audit", "verify"]), &["xinxiu-checkpoint"]);
    copied(&newest, &house.data);
    served.put_back(&newest_dump);
    house.xinxiu(&["audit", "checkpoint"]).good();
}
