//! Proof files: built from the nodes that one query loads, checked with nothing but file, entry and key.

use api::{
    keys::{KeyKind, KeyRing},
    proofs::{self, ProofFault, growth, inclusion},
};
use domain::merkle::Hash;

use super::{
    keys::Home,
    log::{Log, entry},
};

/// A new log's keys; their folder goes with the test.
pub struct Keys {
    ring: KeyRing,
    home: Home,
}

impl std::ops::Deref for Keys {
    type Target = KeyRing;
    fn deref(&self) -> &KeyRing {
        &self.ring
    }
}

pub fn ring() -> Keys {
    let home = Home::new();
    Keys { ring: home.open().expect("keys"), home }
}

pub fn proven(log: &Log, index: u64, note: &str) -> String {
    let nodes = log.only(&inclusion::needed(index, note).expect("the checkpoint covers it"));
    inclusion::build(&entry(index), index, note, &nodes).expect("a proof")
}

pub fn grown(log: &Log, from: u64, note: &str) -> String {
    let nodes = log.only(&growth::needed(from, note).expect("the tree is larger"));
    growth::build(from, note, &nodes).expect("a proof")
}

fn code<T: std::fmt::Debug>(result: Result<T, ProofFault>) -> &'static str {
    result.expect_err("it should be refused").code()
}

#[test]
fn an_entry_is_proven_in_trees_of_every_shape() {
    let ring = ring();
    for size in [1, 2, 3, 7, 8, 9, 100] {
        let log = Log::of(size);
        let note = ring.sign_checkpoint(size, &log.frontier.root());
        for index in 0..size {
            let file = proven(&log, index, &note);
            let checked = proofs::check(&file, &entry(index), &ring.verifier_key()).expect("it holds");
            assert_eq!((checked.index, checked.size, checked.root), (index, size, log.frontier.root()));
            assert_eq!(checked.origin, "test.example/log");
            assert_eq!(code(proofs::check(&file, &entry(index + 1), &ring.verifier_key())), "PROOF_NOT_INCLUDED");
        }
    }
}

/// The tree goes on growing while a proof is built; an earlier checkpoint stays provable from the same nodes.
#[test]
fn an_earlier_checkpoint_stays_provable() {
    let ring = ring();
    let mut log = Log::of(11);
    let note = ring.sign_checkpoint(11, &log.frontier.root());
    log.grow(40);
    assert!(proofs::check(&proven(&log, 10, &note), &entry(10), &ring.verifier_key()).is_ok());
    assert_eq!(code(inclusion::needed(11, &note)), "PROOF_NODES_MISSING");
}

#[test]
fn nothing_false_is_handed_out() {
    let ring = ring();
    let mut log = Log::of(20);
    let note = ring.sign_checkpoint(20, &log.frontier.root());
    assert_eq!(code(inclusion::build(b"changed", 3, &note, &log.nodes)), "PROOF_NOT_INCLUDED");
    log.nodes.insert((0, 2), Hash([9; 32]));
    assert_eq!(code(inclusion::build(&entry(3), 3, &note, &log.nodes)), "PROOF_NOT_INCLUDED");
    assert_eq!(code(growth::build(3, &note, &log.nodes)), "PROOF_LOG_FORKED");
    log.nodes.remove(&(0, 2));
    assert_eq!(code(inclusion::build(&entry(3), 3, &note, &log.nodes)), "PROOF_NODES_MISSING");
}

#[test]
fn a_proof_that_was_touched_is_refused() {
    let ring = ring();
    let log = Log::of(20);
    let file = proven(&log, 5, &ring.sign_checkpoint(20, &log.frontier.root()));
    let key = ring.verifier_key();
    let check = |file: &str| proofs::check(file, &entry(5), &key);
    let lines: Vec<_> = file.split('\n').collect();
    let swapped = [lines[0], lines[1], lines[3], lines[2]].join("\n") + "\n" + &lines[4..].join("\n");
    for (bad, expected) in [
        (file.replace("@v1", "@v2"), "PROOF_MALFORMED"),
        (file.replace("index 5", "index 05"), "PROOF_MALFORMED"),
        (file.replace("index 5", "index +5"), "PROOF_MALFORMED"),
        (file.replace("index 5", "index -1"), "PROOF_MALFORMED"),
        (file.replace("index 5\n", ""), "PROOF_MALFORMED"),
        (file.replace("index 5", "index 5\nAAAA"), "PROOF_MALFORMED"),
        (file.replace('\n', "\r\n"), "PROOF_MALFORMED"),
        (file.replace("\n\n", "\n"), "PROOF_MALFORMED"),
        (file.replace("index 5\n", &format!("index 5\n{}", format!("{}\n", lines[2]).repeat(65))), "PROOF_MALFORMED"),
        (file.replace("index 5", "index 4"), "PROOF_NOT_INCLUDED"),
        (file.replace("index 5", "index 20"), "PROOF_NOT_INCLUDED"),
        (file.replace(&format!("{}\n", lines[2]), ""), "PROOF_NOT_INCLUDED"),
        (swapped, "PROOF_NOT_INCLUDED"),
        (file.replace("\n20\n", "\n21\n"), "PROOF_NOT_SIGNED"),
        (file.replace("log\n20", "blog\n20"), "PROOF_NOT_SIGNED"),
        (file.replace("\u{2014} test", "\u{2014} best"), "PROOF_NOT_SIGNED"),
        (file[..file.len() - 3].to_owned(), "PROOF_NO_CHECKPOINT"),
        (String::new(), "PROOF_MALFORMED"),
    ] {
        assert_ne!(bad, file);
        assert_eq!(code(check(&bad)), expected, "{bad}");
    }
    let extra = file.replace("index 5", "extra aGVsbG8=\nindex 5");
    assert!(check(&extra).is_ok(), "the format allows a line of extra data");
    assert_eq!(code(proofs::check(&file, &entry(5), "no key")), "PROOF_KEY_MALFORMED");
    assert_eq!(code(proofs::check(&file, &entry(5), &self::ring().verifier_key())), "PROOF_NOT_SIGNED");
}

/// A key signs what it is asked to; that it names the log is checked apart from the signature.
#[test]
fn a_key_speaks_for_its_own_log_only() {
    use signed_note::{Note, Signer, StandardSigner};
    let ring = ring();
    let file = std::fs::read_to_string(ring.home.file()).unwrap();
    let skey = file.split('"').find(|text| text.starts_with("PRIVATE+KEY")).unwrap();
    let signer: &dyn Signer = &StandardSigner::new(skey).unwrap();
    let text = String::from_utf8(Note::from_bytes(ring.sign_checkpoint(4, &Hash([1; 32])).as_bytes()).unwrap().text().to_vec()).unwrap();
    let mut note = Note::new(text.replace("test.example", "evil.example").as_bytes(), &[]).unwrap();
    note.add_sigs(&[signer]).unwrap();
    let note = String::from_utf8(note.to_bytes()).unwrap();
    assert_eq!(code(proofs::open(&note, &ring.verifier_key())), "PROOF_OTHER_LOG");
}

#[test]
fn a_log_that_only_grew_is_told_from_one_that_was_rewritten() {
    let ring = ring();
    let mut log = Log::default();
    let mut notes = vec![];
    for size in 0..=33 {
        log.grow(size);
        notes.push(ring.sign_checkpoint(size, &log.frontier.root()));
    }
    let key = ring.verifier_key();
    let last = notes.last().unwrap();
    for (from, earlier) in (0_u64..).zip(&notes) {
        let file = grown(&log, from, last);
        let found = growth::check(&file, &key, earlier, &key).expect("it only grew");
        assert_eq!((found.from, found.size, found.root), (from, 33, log.frontier.root()));
    }

    let rewritten = ring.sign_checkpoint(10, &Hash([3; 32]));
    let file = grown(&log, 10, last);
    assert_eq!(code(growth::check(&file, &key, &rewritten, &key)), "PROOF_LOG_FORKED");
    assert_eq!(code(growth::check(&file, &key, &notes[9], &key)), "PROOF_MALFORMED");
    assert_eq!(code(growth::check(&file.replace("old 10", "old 11"), &key, &notes[11], &key)), "PROOF_LOG_FORKED");
    assert_eq!(code(growth::check(&file, &key, &notes[10].replace("\n10\n", "\n12\n"), &key)), "PROOF_NOT_SIGNED");
    assert_eq!(code(growth::needed(34, last)), "PROOF_NODES_MISSING");

    ring.rotate(KeyKind::Signing).unwrap();
    let later = ring.sign_checkpoint(33, &log.frontier.root());
    assert!(growth::check(&grown(&log, 10, &later), &ring.verifier_key(), &notes[10], &key).is_ok(), "over a change of keys");
}
