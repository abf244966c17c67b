//! An outsider checks an entry with our file, our key and somebody else's code.

use std::process::Command;

use api::proofs;

use crate::{
    on_both,
    repair::steps,
    support::{
        smtp::scratch,
        world::{World, record},
    },
};

on_both!(an_entry_is_proven_offline growth_is_proven_offline);

async fn an_entry_is_proven_offline(world: World) {
    for number in 1..5 {
        steps::registered(&world, record(number)).await;
    }
    for index in [0, 7, 30] {
        let proof = api::work::proofs::prove(&world.app, index).await.expect("a proof");
        let good = proofs::check(&proof.file, proof.entry.as_bytes(), &proof.verifier_key).expect("it holds");
        assert_eq!(good.index, index);
        let changed = proof.entry.replacen("\"accepted\"", "\"refused\"", 1);
        assert!(proofs::check(&proof.file, changed.as_bytes(), &proof.verifier_key).is_err());
        let other = proof.verifier_key.replace("test.example", "evil.example");
        assert!(proofs::check(&proof.file, proof.entry.as_bytes(), &other).is_err());
        foreign(&proof);
    }
    world.finish().await;
}

async fn growth_is_proven_offline(world: World) {
    let key = world.app.keys.verifier_key();
    steps::registered(&world, record(1)).await;
    let earlier = api::work::checkpoints::sign(&world.app).await.expect("a checkpoint");
    let size = proofs::open(&earlier, &key).expect("it is signed").size;
    steps::registered(&world, record(2)).await;
    let file = api::work::proofs::prove_growth(&world.app, size).await.expect("a proof");
    let grown = proofs::growth::check(&file, &key, &earlier, &key).expect("it only grew");
    assert!(grown.from == size && grown.size > size);
    let rewritten = world.app.keys.sign_checkpoint(size, &grown.root);
    assert!(proofs::growth::check(&file, &key, &rewritten, &key).is_err());
    assert!(api::work::proofs::prove_growth(&world.app, grown.size + 1).await.is_err());
    world.finish().await;
}

/// RFC 6962 and Ed25519 in forty lines of Python: no code of ours, no library of ours.
fn foreign(proof: &api::work::proofs::Proof) {
    let folder = scratch("proof");
    let (file, entry) = (folder.join("proof"), folder.join("entry"));
    std::fs::write(&file, &proof.file).unwrap();
    std::fs::write(&entry, &proof.entry).unwrap();
    let judge = concat!(env!("CARGO_MANIFEST_DIR"), "/judges/tlog/verify.py");
    let run = |entry: &std::path::Path| {
        Command::new("python3").arg(judge).arg(&file).arg(entry).arg(&proof.verifier_key).status().expect("python3 runs").success()
    };
    assert!(run(&entry), "the foreign verifier accepts");
    std::fs::write(&entry, proof.entry.replacen("accepted", "refused!", 1)).unwrap();
    assert!(!run(&entry), "the foreign verifier refuses a changed entry");
    std::fs::remove_dir_all(folder).ok();
}
