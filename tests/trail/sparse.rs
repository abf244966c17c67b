//! The map in which an empty place is shown: against the plainest making of it, and against those who bend it.

use std::collections::BTreeMap;

use api::{
    keys::Salts,
    proofs::{self, ProofFault, absence, inclusion},
    published::map,
};
use domain::{
    entry::Entry,
    ids::{CaseId, SubjectId},
    merkle::{Frontier, Hash, Key, Siblings, SparseMap, leaf_hash, node_hash, root_without},
    moment::Micros,
    published::{KeyOf, Noted},
    record::RecordClass,
    rows::{Listed, ListedStatus},
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::proofs::{Keys, ring};
use crate::support::{chance::Chance, world::day};

/// The root by its definition: every height is gone through.
fn plain(leaves: &[(u128, Hash)], height: u32, empty: &[Hash]) -> Hash {
    match leaves {
        [] => empty[height as usize],
        [(_, hash)] if height == 0 => *hash,
        _ => {
            let (ones, zeros): (Vec<_>, Vec<_>) = leaves.iter().partition(|(place, _)| place >> (height - 1) & 1 == 1);
            node_hash(&plain(&zeros, height - 1, empty), &plain(&ones, height - 1, empty))
        }
    }
}

fn naive(leaves: &BTreeMap<Key, Hash>) -> Hash {
    let empty: Vec<Hash> = std::iter::successors(Some(Hash([0; 32])), |hash| Some(node_hash(hash, hash))).take(129).collect();
    let leaves: Vec<_> = leaves.iter().map(|(key, hash)| (u128::from_be_bytes(*key), *hash)).collect();
    plain(&leaves, 128, &empty)
}

fn keys_by(chance: &mut Chance, count: usize) -> BTreeMap<Key, Hash> {
    let one = |chance: &mut Chance| {
        let mut key = Key::default();
        // Few values, so that some keys part late.
        for byte in &mut key {
            *byte = u8::try_from(chance.below(3)).expect("small") * 127;
        }
        (key, leaf_hash(&key))
    };
    (0..count).map(|_| one(chance)).collect()
}

#[test]
fn a_map_has_the_root_of_its_definition() {
    let mut chance = Chance(7);
    for count in [0, 1, 2, 3, 17, 200] {
        let leaves = keys_by(&mut chance, count);
        let map = SparseMap::of(leaves.clone());
        assert_eq!(map.root(), naive(&leaves), "{count} leaves");
        assert!(leaves.keys().all(|key| map.without(key).is_none()), "what stands there is not shown to be absent");
        for key in keys_by(&mut chance, 50).keys().filter(|key| !leaves.contains_key(*key)) {
            let siblings = map.without(key).expect("nothing stands there");
            assert_eq!(root_without(key, &siblings), Some(map.root()), "{count} leaves");
        }
    }
}

#[test]
fn what_is_bent_leads_elsewhere() {
    let mut chance = Chance(11);
    let leaves = keys_by(&mut chance, 40);
    let map = SparseMap::of(leaves.clone());
    let (key, siblings) = keys_by(&mut chance, 50).into_keys().find_map(|key| Some((key, map.without(&key)?))).expect("an empty place");
    let leads = |siblings: &Siblings| root_without(&key, siblings);
    for place in 0..siblings.len() {
        let mut bent = siblings.clone();
        bent[place].1.0[31] ^= 1;
        assert_ne!(leads(&bent), Some(map.root()), "one bit");
        let mut short = siblings.clone();
        short.remove(place);
        assert_ne!(leads(&short), Some(map.root()), "one sibling less");
    }
    let mut turned = siblings.clone();
    turned.reverse();
    assert!(siblings.len() > 1 && leads(&turned).is_none(), "out of order");
    assert!(root_without(&key, &[(128, Hash([0; 32]))]).is_none(), "beyond the root");
    for taken in leaves.keys() {
        assert_ne!(root_without(taken, &siblings), Some(map.root()), "the siblings of another place");
    }
}

fn row(number: &str, name: &str, uscc: Option<&str>) -> Listed {
    Listed {
        id: CaseId(Uuid::new_v4()),
        number: number.into(),
        subject: SubjectId(Uuid::new_v4()),
        name: name.into(),
        name_key: KeyOf::Name.canonical(name),
        uscc: uscc.map(str::to_owned),
        class: RecordClass::General,
        decision_number: "资交罚〔2026〕1号".into(),
        decision_key: "资交罚(2026)1".into(),
        office_zh: "资阳市交通运输局".into(),
        office_en: "Bureau".into(),
        decided_on: day("2026-03-20"),
        violation: "违法行为".into(),
        content: "罚款10000元".into(),
        shown_from: day("2026-04-01"),
        last_day: day("2027-03-20"),
        status: ListedStatus::Shown,
    }
}

/// A list of three rows, noted in a log of one entry by a ring.
struct Bound {
    ring: Keys,
    map: SparseMap,
    entry: String,
    note: Noted,
    proof: String,
}

fn salts(ring: &Keys) -> Salts {
    ring.salts(&ring.salting_key(), day("2026-04-01")).expect("the ring has it")
}

/// The entry of a note, as the door writes it.
fn entry(root: Hash, as_of: Micros, verb: &str, actor: Value) -> String {
    let admin = json!({ "act": "note_published", "as_of": as_of, "at_size": 0, "root": root, "rows": 3, "salted_by": "x" });
    let entry = json!({
        "actor": actor, "case": null, "cause": null, "changes": [], "cites": [], "definition": null, "effective_on": "2026-04-01",
        "facts": {}, "index": 0, "input": { "admin": admin }, "law": {}, "notices": [], "office": null, "outcome": "accepted",
        "person": null, "process": null, "recorded_at": as_of, "simulated": false, "skipped": [], "verb": verb, "version": null,
    });
    entry.to_string()
}

impl Bound {
    fn of(entry_of: impl Fn(Hash, Micros) -> String, hour: i64) -> Self {
        let ring = ring();
        let named = [row("JL1", "资阳甲（运输）有限公司", Some("91512002MA00000011")), row("JL2", "乙货运部", None)];
        let map =
            map(&[named[0].clone(), row("JL3", "资阳甲（运输）有限公司", Some("91512002MA00000011")), named[1].clone()], &salts(&ring));
        let as_of = Micros(Micros::start_of(day("2026-04-01")).0 + hour * 3_600_000_000);
        let entry = entry_of(map.root(), as_of);
        let mut frontier = Frontier::default();
        frontier.append(leaf_hash(entry.as_bytes()));
        let checkpoint = ring.sign_checkpoint(1, &frontier.root());
        let proof = inclusion::build(entry.as_bytes(), 0, &checkpoint, &BTreeMap::new()).expect("a proof");
        let note = Noted { index: 0, as_of, at_size: 0, root: map.root(), rows: 3, salted_by: "x".into() };
        Self { ring, map, entry, note, proof }
    }

    fn usual(hour: i64) -> Self {
        Self::of(|root, as_of| entry(root, as_of, Noted::VERB, Value::Null), hour)
    }

    fn states(&self, of: KeyOf, text: &str) -> Option<String> {
        absence::build(&[(of, of.canonical(text))], &self.map, &self.note, &self.entry, &self.proof).ok()
    }

    fn fault(&self, file: &str) -> &'static str {
        absence::check(file, &self.ring.verifier_key()).expect_err("refused").code()
    }
}

#[test]
fn who_is_on_the_list_gets_no_statement() {
    let list = Bound::usual(0);
    assert_eq!(Noted::of(&Entry::from_bytes(list.entry.as_bytes()).expect("an entry")), Some(list.note.clone()));
    for (of, text) in
        [(KeyOf::Code, "91512002ma00000011"), (KeyOf::Name, "资阳甲(运输)有限公司"), (KeyOf::Name, "乙 货运部"), (KeyOf::Name, "乙货运部")]
    {
        assert!(list.states(of, text).is_none(), "{text}");
    }
    let file = list.states(KeyOf::Name, "91512002MA00000011").expect("a code is no name");
    assert_eq!(absence::check(&file, &list.ring.verifier_key()).expect("it holds").rows, 3);
}

#[test]
fn a_statement_that_was_bent_is_refused() {
    let list = Bound::usual(0);
    let file = list.states(KeyOf::Code, "91512002MA00000099").expect("absent");
    let good = absence::check(&file, &list.ring.verifier_key()).expect("it holds");
    assert_eq!((good.at.as_str(), good.codes), ("2026-04-01T00:00:00+08:00", vec!["91512002MA00000099".to_owned()]));
    assert_eq!(list.fault(&file.replace("91512002MA00000099", "91512002MA00000011")), "PROOF_NOT_ABSENT", "another code");
    assert_eq!(list.fault(&file.replace("2026-04-01T00", "2026-04-01T12")), "PROOF_OTHER_TIME", "as if it was newer");
    assert_eq!(list.fault(&file.replace("\"of\": \"code\"", "\"of\": \"name\"")), "PROOF_NOT_ABSENT", "not in its canonical form");
    assert_eq!(list.fault(&file.replace("absence v1", "absence v2")), "PROOF_MALFORMED");
    assert_eq!(list.fault(&file.replacen("\\\"rows\\\":3", "\\\"rows\\\":4", 1)), "PROOF_NOT_INCLUDED", "the entry was changed");
    let mut value: Value = serde_json::from_str(&file).expect("JSON");
    let sibling = value["keys"][0]["siblings"][0][1].as_str().expect("a sibling").to_owned();
    let bit = if sibling.ends_with('0') { "1" } else { "0" };
    value["keys"][0]["siblings"][0][1] = format!("{}{bit}", &sibling[..63]).into();
    assert_eq!(list.fault(&value.to_string()), "PROOF_NOT_ABSENT", "one bit");
    value["keys"] = json!([]);
    assert_eq!(list.fault(&value.to_string()), "PROOF_MALFORMED", "it names nobody");
    // A foreign root: the list of another house under another house's signature.
    let other = Bound::usual(0);
    assert_eq!(list.fault(&other.states(KeyOf::Code, "91512002MA00000099").expect("absent")), "PROOF_NOT_SIGNED");
    // An older list under the newer entry of the same house, and the other way round.
    let newer = other.states(KeyOf::Code, "91512002MA00000099").expect("absent");
    let (mut old, new): (Value, Value) = (serde_json::from_str(&file).expect("JSON"), serde_json::from_str(&newer).expect("JSON"));
    (old["entry"], old["proof"]) = (new["entry"].clone(), new["proof"].clone());
    let mixed = absence::check(&old.to_string(), &other.ring.verifier_key()).expect_err("refused");
    assert!(matches!(mixed, ProofFault::NotAbsent(_)), "{mixed}");
}

#[test]
fn only_the_house_itself_notes_a_list() {
    let by_somebody = Bound::of(|root, as_of| entry(root, as_of, Noted::VERB, json!(Uuid::new_v4())), 0);
    let another_act = Bound::of(|root, as_of| entry(root, as_of, "warn_of_calendar", Value::Null), 0);
    let refused = |root, as_of| entry(root, as_of, Noted::VERB, Value::Null).replace("\"accepted\"", "{\"refused\":[]}");
    for bound in [by_somebody, another_act, Bound::of(refused, 0)] {
        let file = bound.states(KeyOf::Code, "91512002MA00000099").expect("absent from the map");
        assert_eq!(bound.fault(&file), "PROOF_NO_LIST");
        assert!(proofs::check(&bound.proof, bound.entry.as_bytes(), &bound.ring.verifier_key()).is_ok(), "though it stands in the log");
    }
}
