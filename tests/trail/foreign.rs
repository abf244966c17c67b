//! A public verifier (`aics-tlog` from `PyPI`) accepts what the house hands out and refuses what was changed.

use std::{fs, path::PathBuf, process::Command};

use domain::merkle::Hash;

use super::{
    log::{Log, entry},
    proofs::{grown, proven, ring},
};
use crate::support::{judge, smtp::scratch};

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/judges/tlog/aics.py");
const PINS: &str = include_str!("../judges/tlog/requirements.txt");

/// The verifier declares a newer Python than it needs.
fn python() -> PathBuf {
    judge::python("tlog", PINS, &["--ignore-requires-python"])
}

/// A judge and the folder of its files.
struct Judge {
    python: PathBuf,
    folder: PathBuf,
    key: String,
}

impl Judge {
    fn new(key: String) -> Self {
        Self { python: python(), folder: scratch("foreign"), key }
    }

    fn accepts(&self, what: &str, file: &str, other: &[u8]) -> bool {
        let (proof, beside) = (self.folder.join("file"), self.folder.join("beside"));
        fs::write(&proof, file).unwrap();
        fs::write(&beside, other).unwrap();
        let output = Command::new(&self.python).arg(SCRIPT).args([what, &self.key]).arg(&proof).arg(&beside).output().expect("it starts");
        match output.status.code() {
            Some(0) => true,
            Some(3) => false,
            _ => panic!("the judge broke: {}", String::from_utf8_lossy(&output.stderr)),
        }
    }
}

impl Drop for Judge {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.folder).ok();
    }
}

#[test]
fn a_public_verifier_judges_an_entry() {
    let (ring, log) = (ring(), Log::of(37));
    let judge = Judge::new(ring.verifier_key());
    let note = ring.sign_checkpoint(37, &log.frontier.root());
    for index in [0, 21, 36] {
        let file = proven(&log, index, &note);
        assert!(judge.accepts("inclusion", &file, &entry(index)));
        assert!(!judge.accepts("inclusion", &file, b"entry 99"), "another entry");
        let moved = file.replace(&format!("index {index}\n"), "index 7\n");
        assert!(!judge.accepts("inclusion", &moved, &entry(index)), "another place");
        assert!(!judge.accepts("inclusion", &file.replace("\n37\n", "\n38\n"), &entry(index)), "another tree");
    }
    let stranger = Judge::new(self::ring().verifier_key());
    assert!(!stranger.accepts("inclusion", &proven(&log, 3, &note), &entry(3)), "another key");
}

#[test]
fn a_public_verifier_judges_growth() {
    let (ring, mut log) = (ring(), Log::of(13));
    let judge = Judge::new(ring.verifier_key());
    let earlier = ring.sign_checkpoint(13, &log.frontier.root());
    log.grow(50);
    let file = grown(&log, 13, &ring.sign_checkpoint(50, &log.frontier.root()));
    assert!(judge.accepts("growth", &file, earlier.as_bytes()));
    let rewritten = ring.sign_checkpoint(13, &Hash([1; 32]));
    assert!(!judge.accepts("growth", &file, rewritten.as_bytes()), "a rewritten log");
}
