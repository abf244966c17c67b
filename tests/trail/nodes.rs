//! Of the tree only every eighth level is kept: each entry is proven all the same, and what is kept is compared.

use api::{proofs, work};

use super::tampering::{faults, forge, one, unguard};
use crate::{on_both, support::world::World};

on_both!(every_entry_is_proven_from_the_leaves);

async fn every_entry_is_proven_from_the_leaves(world: World) {
    let mut earlier = Vec::new();
    for number in 0..280 {
        if [3, 128, 200, 250].contains(&number) {
            earlier.push(work::checkpoints::sign(&world.app).await.expect("a checkpoint"));
        }
        world.setting("notice_sign_days", if number % 2 == 0 { "4" } else { "5" }).await;
    }
    let key = world.app.keys.verifier_key();
    let size = proofs::open(&work::checkpoints::sign(&world.app).await.expect("a checkpoint"), &key).expect("it is signed").size;
    assert!(size > 256 && one::<i64>(&world, "SELECT count(*) FROM audit_node").await == 1, "{size} entries");
    for index in 0..size {
        let proof = work::proofs::prove_signed(&world.app, index).await.expect("a proof").expect("it is covered");
        let checked = proofs::check(&proof.file, proof.entry.as_bytes(), &proof.verifier_key).expect("it holds");
        assert_eq!(checked.index, index);
    }
    for note in earlier {
        let from = proofs::open(&note, &key).expect("it is signed").size;
        let file = work::proofs::prove_growth(&world.app, from).await.expect("a proof");
        assert_eq!(proofs::growth::check(&file, &key, &note, &key).expect("it only grew").from, from);
    }
    unguard(&world, &["audit_node"]).await;
    for (harm, mended, told) in [
        (
            "UPDATE audit_node SET hash = 'x'",
            "UPDATE audit_node SET hash = (SELECT hash FROM kept)",
            "audit_node 8/0: the entries give another hash",
        ),
        ("DELETE FROM audit_node", "INSERT INTO audit_node SELECT * FROM kept", "audit_node 8/0: the node is missing"),
        (
            "INSERT INTO audit_node VALUES (8, 1, 'x')",
            "DELETE FROM audit_node WHERE position = 1",
            "audit_node 8/1: the entries give no such node",
        ),
    ] {
        forge(&world, &format!("CREATE TABLE kept AS SELECT * FROM audit_node; {harm}")).await.expect("the intruder writes");
        assert_eq!(faults(&world).await, [told]);
        forge(&world, &format!("{mended}; DROP TABLE kept")).await.expect("as it was");
    }
    world.finish().await;
}
