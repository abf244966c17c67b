//! The tree is the one that foreign verifiers know.

use domain::merkle::{
    BuildFault, CheckFault, Frontier, Hash, consistency_places, consistency_proof, inclusion_places, inclusion_proof, leaf_hash, root_at,
    root_places, verify_consistency, verify_inclusion,
};
use proptest::prelude::*;
use tlog_tiles::tlog;

use super::log::{Log, entry, theirs};

/// What happens to a proof on its way to the verifier.
#[derive(Clone, Debug)]
enum Harm {
    None,
    FlipBit(prop::sample::Index, u8),
    Drop(prop::sample::Index),
    Add([u8; 32]),
    Swap(prop::sample::Index, prop::sample::Index),
}

fn harm() -> impl Strategy<Value = Harm> {
    let at = any::<prop::sample::Index>;
    prop_oneof![
        Just(Harm::None),
        (at(), any::<u8>()).prop_map(|(at, bit)| Harm::FlipBit(at, bit)),
        at().prop_map(Harm::Drop),
        any::<[u8; 32]>().prop_map(Harm::Add),
        (at(), at()).prop_map(|(one, other)| Harm::Swap(one, other)),
    ]
}

fn suffer(mut proof: Vec<Hash>, harm: &Harm) -> Vec<Hash> {
    match harm {
        Harm::Add(bytes) => proof.push(Hash(*bytes)),
        _ if proof.is_empty() => {}
        Harm::None => {}
        Harm::FlipBit(at, bit) => at.get_mut(&mut proof).0[usize::from(bit / 8)] ^= 1 << (bit % 8),
        Harm::Drop(at) => drop(proof.remove(at.index(proof.len()))),
        Harm::Swap(one, other) => {
            let (one, other) = (one.index(proof.len()), other.index(proof.len()));
            proof.swap(one, other);
        }
    }
    proof
}

#[test]
fn roots_agree_with_the_transparency_log_library() {
    let mut log = Log::default();
    for size in 0..300 {
        log.grow(size);
        let root = log.frontier.root();
        assert_eq!(root.0, tlog::tree_hash(size, &log).expect("root").0, "size {size}");
        assert_eq!(root_at(size, log.read()), Ok(root));
        assert_eq!(Frontier::from_hex(size, &log.frontier.to_hex()).unwrap(), log.frontier);
    }
    assert_eq!(log.only(&root_places(299)).len(), root_places(299).len(), "only complete nodes are asked for");
}

proptest! {
    #[test]
    fn inclusion_agrees_with_the_library(size in 1_u64..700, at in any::<prop::sample::Index>(), claimed in 0_u64..700, harm in harm()) {
        let log = Log::of(size);
        let index = at.index(usize::try_from(size).unwrap()) as u64;
        let places = inclusion_places(index, size).unwrap();
        let loaded = log.only(&places);
        let proof = inclusion_proof(index, size, |level, position| loaded.get(&(level, position)).copied()).unwrap();
        prop_assert_eq!(theirs(&proof), tlog::prove_record(size, index, &log).unwrap());
        let (root, leaf) = (log.frontier.root(), leaf_hash(&entry(index)));
        prop_assert_eq!(verify_inclusion(&leaf, index, size, &proof, &root), Ok(()));
        prop_assert!(verify_inclusion(&leaf_hash(b"another"), index, size, &proof, &root).is_err());

        let harmed = suffer(proof, &harm);
        for (index, size) in [(index, size), (claimed, size), (index, claimed)] {
            let ours = verify_inclusion(&leaf, index, size, &harmed, &root).is_ok();
            let library = tlog::check_record(&theirs(&harmed), size, tlog::Hash(root.0), index, tlog::Hash(leaf.0)).is_ok();
            prop_assert_eq!(ours, library, "{} of {}", index, size);
        }
    }

    #[test]
    fn growth_agrees_with_the_library(size in 1_u64..700, at in any::<prop::sample::Index>(), claimed in 1_u64..700, harm in harm()) {
        let log = Log::of(size);
        let old = at.index(usize::try_from(size).unwrap()) as u64 + 1;
        let loaded = log.only(&consistency_places(old, size).unwrap());
        let proof = consistency_proof(old, size, |level, position| loaded.get(&(level, position)).copied()).unwrap();
        prop_assert_eq!(theirs(&proof), tlog::prove_tree(size, old, &log).unwrap());
        let (before, after) = (root_at(old, log.read()).unwrap(), log.frontier.root());
        prop_assert_eq!(verify_consistency(old, &before, size, &after, &proof), Ok(()));

        let harmed = suffer(proof, &harm);
        for (old, size) in [(old, size), (claimed, size), (old, claimed)] {
            let ours = verify_consistency(old, &before, size, &after, &harmed).is_ok();
            let library = tlog::check_tree(&theirs(&harmed), size, tlog::Hash(after.0), old, tlog::Hash(before.0)).is_ok();
            prop_assert_eq!(ours, library, "{} of {}", old, size);
        }
    }

    #[test]
    fn no_proof_from_outside_panics(index: u64, size: u64, old: u64, hashes in prop::collection::vec(any::<[u8; 32]>().prop_map(Hash), 0..70)) {
        let root = Hash([7; 32]);
        prop_assert!(verify_inclusion(&root, index, size, &hashes, &Hash([8; 32])).is_err());
        prop_assert!(verify_consistency(old, &root, size, &Hash([8; 32]), &hashes).is_err());
    }
}

#[test]
fn what_cannot_be_proven_says_why() {
    let mut log = Log::of(9);
    assert_eq!(inclusion_places(9, 9), Err(BuildFault::NoLeaf { index: 9, size: 9 }));
    assert_eq!(consistency_places(10, 9), Err(BuildFault::NoPrefix { old: 10, size: 9 }));
    assert_eq!(consistency_places(0, 9), Err(BuildFault::NoPrefix { old: 0, size: 9 }));
    log.nodes.remove(&(3, 0));
    assert_eq!(inclusion_proof(8, 9, log.read()), Err(BuildFault::Missing { level: 3, position: 0 }));
    let largest = inclusion_places(0, u64::MAX).expect("the largest tree has proofs too");
    assert!(largest.iter().all(|(level, _)| *level < 64));
}

#[test]
fn the_empty_tree_begins_every_tree() {
    let (empty, root) = (Frontier::default().root(), Log::of(5).frontier.root());
    assert_eq!(verify_consistency(0, &empty, 5, &root, &[]), Ok(()));
    assert_eq!(verify_consistency(0, &empty, 0, &empty, &[]), Ok(()));
    assert_eq!(verify_consistency(0, &root, 5, &root, &[]), Err(CheckFault::Root));
    assert_eq!(verify_consistency(0, &empty, 5, &root, &[root]), Err(CheckFault::Length));
    assert_eq!(verify_consistency(6, &root, 5, &root, &[]), Err(CheckFault::Range));
}

#[test]
fn a_hash_is_written_as_64_hex_digits() {
    let hash = leaf_hash(b"x");
    assert_eq!(hash.to_string().parse(), Ok(hash));
    for text in ["", "00", &"+f".repeat(32), &"é".repeat(32), &format!("{hash}0")] {
        assert!(text.parse::<Hash>().is_err(), "{text}");
    }
}
