//! A signed log has one history: neither a copy, nor a file, nor a folder that is put back begins a second one.

use std::{os::unix::fs::symlink, path::Path, process::Command};

use super::{house::House, program::Run};

/// One whole file: what stands in the journal comes home.
fn settled(house: &House) -> &House {
    let file = house.database().display().to_string();
    let script = format!("import sqlite3\nsqlite3.connect({file:?}).execute('PRAGMA wal_checkpoint(TRUNCATE)').fetchall()");
    assert!(Command::new("python3").args(["-c", &script]).status().is_ok_and(|status| status.success()));
    house
}

/// Puts a file in the place of the database by hand, as somebody does who knows that the journal belongs to the old one.
fn put(file: &Path, house: &House) {
    for part in ["-wal", "-shm"] {
        std::fs::remove_file(house.data.join(format!("xinxiu.sqlite{part}"))).ok();
    }
    std::fs::copy(file, house.database()).unwrap();
}

pub(super) fn copied(from: &Path, to: &Path) {
    std::fs::remove_dir_all(to).ok();
    let done = Command::new("cp").arg("-a").arg(from).arg(to).status();
    assert!(done.is_ok_and(|status| status.success()));
}

pub(super) fn refused(run: &Run, words: &[&str]) {
    assert_eq!(run.code, 1, "{}", run.out);
    let told = format!("{}{}", run.out, run.err);
    assert!(words.iter().all(|word| told.contains(word)), "{words:?}: {told}");
}

#[test]
fn an_older_database_put_in_place_by_hand_is_refused() {
    let house = House::new("older-file");
    let kept = house.scratch.join("kept.sqlite");
    std::fs::copy(settled(&house).database(), &kept).unwrap();
    house.grows("one").good();
    house.xinxiu(&["audit", "checkpoint"]).good();
    put(&kept, &house);
    for command in [&["serve", "--listen", "127.0.0.1:0"][..], &["audit", "checkpoint"], &["user", "disable", "one"]] {
        refused(&house.xinxiu(command), &["fork", "checkpoints"]);
    }
    refused(&house.xinxiu(&["audit", "verify"]), &["the checkpoint in ", "was signed over"]);
    refused(&house.xinxiu(&["doctor"]), &["FAIL trail"]);
}

#[test]
fn another_history_of_the_same_length_is_refused() {
    let house = House::new("same-length");
    let before = house.scratch.join("before");
    copied(&house.data, &before);
    house.grows("one").good();
    house.xinxiu(&["audit", "checkpoint"]).good();
    // The same keys, as many entries, other acts.
    let other = House::new("same-length-other");
    copied(&before, &other.data);
    other.grows("two").good();
    let copy = other.scratch.join("copy");
    other.xinxiu(&["backup", "--out", &copy.display().to_string(), "--with-keys"]).good();
    let mine = std::fs::read(settled(&house).database()).unwrap();
    refused(&house.xinxiu(&["restore", &copy.display().to_string(), "--replace"]), &["fork", "checkpoints"]);
    assert_eq!(std::fs::read(settled(&house).database()).unwrap(), mine, "refused before anything was put in place");
    assert!(!house.data.join("xinxiu.sqlite.restoring").exists());
    house.xinxiu(&["audit", "verify"]).good();
    // As a file put in place by hand it is refused too.
    put(&settled(&other).database(), &house);
    refused(&house.xinxiu(&["audit", "checkpoint"]), &["fork"]);
}

#[test]
fn a_whole_folder_put_back_is_refused_by_the_second_place() {
    let mut house = House::new("second-place");
    let second = house.scratch.join("share");
    std::fs::create_dir(&second).unwrap();
    house = house.with("XINXIU_CHECKPOINT_COPY", &second.display().to_string());
    house.xinxiu(&["audit", "checkpoint"]).good();
    let before = house.scratch.join("before");
    copied(&house.data, &before);
    house.grows("one").good();
    house.xinxiu(&["audit", "checkpoint"]).good();
    let newest = house.scratch.join("newest");
    copied(&house.data, &newest);
    copied(&before, &house.data);
    refused(&house.xinxiu(&["audit", "checkpoint"]), &["fork", "xinxiu-checkpoint"]);
    refused(&house.xinxiu(&["serve", "--listen", "127.0.0.1:0"]), &["fork"]);
    refused(&house.xinxiu(&["audit", "verify"]), &["xinxiu-checkpoint"]);
    copied(&newest, &house.data);
    house.xinxiu(&["audit", "checkpoint"]).good();
    // A place that cannot be reached is not a new one.
    std::fs::remove_file(second.join("xinxiu-checkpoint")).unwrap();
    refused(&house.xinxiu(&["audit", "checkpoint"]), &["xinxiu-checkpoint", "--new-copy"]);
    house.xinxiu(&["audit", "checkpoint", "--new-copy"]).good();
    house.xinxiu(&["audit", "checkpoint"]).good();
}

#[test]
fn the_second_place_is_no_part_of_a_copy() {
    let house = House::new("second-inside");
    let inside = house.data.join("copy-of-it").display().to_string();
    let house = house.with("XINXIU_CHECKPOINT_COPY", &inside);
    let run = house.xinxiu(&["audit", "checkpoint"]);
    assert!(run.code == 2 && run.err.contains("data folder"), "{}", run.err);
    let house = house.with("XINXIU_CHECKPOINT_COPY", "/nowhere/at/all");
    let run = house.xinxiu(&["audit", "checkpoint"]);
    assert!(run.code == 2 && run.err.contains("checkpoint_copy"), "{}", run.err);
}

#[test]
fn a_checkpoint_that_somebody_holds_binds_too() {
    let house = House::new("held");
    let copy = house.scratch.join("copy").display().to_string();
    house.xinxiu(&["backup", "--out", &copy, "--with-keys"]).good();
    house.grows("one").good();
    let signed = house.xinxiu(&["audit", "checkpoint", "--json"]).good().json();
    let held = house.scratch.join("held.txt").display().to_string();
    std::fs::write(&held, signed["checkpoint"].as_str().unwrap()).unwrap();
    house.xinxiu(&["audit", "verify", "--checkpoint", &held]).good();
    // Everything is lost but the copy and what was handed out.
    let mut new = House::new("held-new");
    new.data = new.scratch.join("restored");
    refused(&new.xinxiu(&["restore", &copy, "--checkpoint", &held]), &["fork", "held.txt"]);
    assert!(!new.database().exists());
    let key = signed["verifierKey"].as_str().unwrap();
    let stranger = std::fs::read_to_string(&held).unwrap().replacen("\n— ", "\n— other.example/", 1);
    std::fs::write(&held, stranger).unwrap();
    refused(&house.xinxiu(&["audit", "verify", "--checkpoint", &held, "--key", key]), &["signed by no key"]);
    new.xinxiu(&["restore", &copy]).good();
    new.xinxiu(&["audit", "verify"]).good();
}

#[test]
fn links_in_a_copy_lead_nowhere() {
    let house = House::new("links");
    let copy = house.scratch.join("copy");
    house.xinxiu(&["backup", "--out", &copy.display().to_string(), "--with-keys"]).good();
    let mut new = House::new("links-new");
    new.data = new.scratch.join("restored");
    let elsewhere = house.scratch.join("elsewhere");
    std::fs::rename(copy.join("keys"), &elsewhere).unwrap();
    symlink(&elsewhere, copy.join("keys")).unwrap();
    refused(&new.xinxiu(&["restore", &copy.display().to_string()]), &["link"]);
    std::fs::remove_file(copy.join("keys")).unwrap();
    std::fs::rename(&elsewhere, copy.join("keys")).unwrap();
    std::fs::rename(copy.join("keys/ring.json"), &elsewhere).unwrap();
    symlink(&elsewhere, copy.join("keys/ring.json")).unwrap();
    refused(&new.xinxiu(&["restore", &copy.display().to_string()]), &["link"]);
    std::fs::remove_file(copy.join("keys/ring.json")).unwrap();
    std::fs::rename(&elsewhere, copy.join("keys/ring.json")).unwrap();
    std::fs::write(copy.join("stray"), "not of the copy").unwrap();
    refused(&new.xinxiu(&["restore", &copy.display().to_string()]), &["stray"]);
    assert!(!new.database().exists());
    std::fs::remove_file(copy.join("stray")).unwrap();
    new.xinxiu(&["restore", &copy.display().to_string()]).good();
}

#[test]
fn what_was_set_aside_stays() {
    let house = House::new("aside");
    let copy = house.scratch.join("copy").display().to_string();
    house.xinxiu(&["backup", "--out", &copy, "--with-keys"]).good();
    for (number, login) in (1..).zip(["one", "two"]) {
        house.grows(login).good();
        let restored = house.xinxiu(&["restore", &copy, "--replace"]).good();
        let aside = format!("xinxiu.sqlite.replaced-{number}");
        assert!(restored.out.contains(&aside), "{}", restored.out);
    }
    // Each is the database that it was: that of the first has the first account, that of the second the second.
    let sizes = ["replaced-1", "replaced-2"].map(|name| {
        let file = house.data.join(format!("xinxiu.sqlite.{name}")).display().to_string();
        let script = format!("import sqlite3\nprint(sqlite3.connect({file:?}).execute(\"SELECT leaf FROM audit_entry ORDER BY idx DESC LIMIT 1\").fetchone()[0])");
        String::from_utf8(Command::new("python3").args(["-c", &script]).output().unwrap().stdout).unwrap()
    });
    assert!(sizes[0].len() > 10 && sizes[0] != sizes[1], "{sizes:?}");
    house.xinxiu(&["audit", "verify"]).good();
}
