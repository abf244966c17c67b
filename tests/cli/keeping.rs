//! Copies, their return, the house's health, keys that are rotated.

use std::{
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use api::{
    app::{App, Place},
    checkpoints::CheckpointFault,
    keeping::{
        KeepingFault, backup,
        doctor::{self, Health},
        restore::{self, How},
    },
    proofs,
};
use serde_json::json;

use super::program::{OFFICES, run};
use crate::{
    on_both,
    repair::steps,
    support::{
        smtp::scratch,
        world::{World, record},
    },
};

on_both!(
    a_copy_taken_while_the_house_works_comes_back_whole
    a_copy_below_a_signed_checkpoint_is_refused
    a_copy_that_was_touched_is_refused
    the_doctor_finds_what_is_wrong
);

const ORIGIN: &str = "test.example/log";

/// Where a copy is brought back to: a folder of its own, and an empty database of the same kind.
async fn target(world: &World) -> (Place, PathBuf) {
    let folder = scratch("restored");
    let database = world.another_database(&folder).await;
    (Place { database, folder: folder.clone(), origin: ORIGIN.into(), second: None }, folder)
}

fn here(world: &World) -> Place {
    Place { database: world.database.clone(), folder: world.folder().to_owned(), origin: ORIGIN.into(), second: None }
}

fn copy_keys(from: &Path, to: &Path) {
    let run = std::process::Command::new("cp").args(["-a", &from.join("keys").display().to_string(), &to.display().to_string()]).status();
    assert!(run.is_ok_and(|status| status.success()));
}

async fn a_copy_taken_while_the_house_works_comes_back_whole(world: World) {
    let id = steps::registered(&world, record(1)).await;
    let paper = world.paper("road", "决定书").await;
    world.done("road", "recordDutiesDone", json!({ "id": id, "doneOn": "2026-03-25", "proofOfPerformance": paper })).await;
    let out = world.folder().join("copy");
    let writer = async {
        for number in 2..12 {
            steps::registered(&world, record(number)).await;
        }
    };
    let place = here(&world);
    let (copied, ()) = tokio::join!(backup::take(&world.app, &place, &out, false), writer);
    let manifest = copied.expect("a copy");
    assert!(manifest.size > 0 && manifest.files.keys().any(|name| name.starts_with("documents/")), "{manifest:?}");
    assert!(!manifest.files.keys().any(|name| name.starts_with("keys")), "keys only where asked");
    assert!(matches!(backup::take(&world.app, &here(&world), &out, false).await, Err(KeepingFault::Exists(_))));

    let (place, folder) = target(&world).await;
    assert!(matches!(restore::bring_back(&out, &place, How::default()).await, Err(KeepingFault::Keys(_))), "without keys nothing opens");
    copy_keys(world.folder(), &folder);
    let restored = restore::bring_back(&out, &place, How::default()).await.expect("it comes back");
    assert!(restored.verified.faults.is_empty() && restored.verified.entries >= manifest.size, "{restored:?}");
    let again = restore::bring_back(&out, &place, How::default()).await;
    assert!(matches!(again, Err(KeepingFault::NotEmpty(_))), "{again:?}");
    let app = App::open(&place).await.expect("the restored house opens");
    assert!(api::city::offices::seed(&app).await.is_ok(), "and works");
    std::fs::remove_dir_all(folder).ok();
    world.finish().await;
}

async fn a_copy_below_a_signed_checkpoint_is_refused(world: World) {
    let out = world.folder().join("copy");
    backup::take(&world.app, &here(&world), &out, true).await.expect("a copy");
    steps::registered(&world, record(1)).await;
    api::work::checkpoints::sign(&world.app).await.expect("signed");
    let (place, folder) = target(&world).await;
    copy_keys(world.folder(), &folder);
    // The database is lost; what was signed is known from the file beside it.
    std::fs::copy(world.folder().join("checkpoints"), folder.join("checkpoints")).unwrap();
    let refused = restore::bring_back(&out, &place, How::default()).await;
    assert!(matches!(refused, Err(KeepingFault::Signed(CheckpointFault::Fork { .. }))), "{refused:?}");
    let renamed = How { new_origin: Some("test.example/log-2"), ..How::default() };
    let restored = restore::bring_back(&out, &place, renamed).await.expect("as a new log");
    assert_eq!(restored.origin, "test.example/log-2");
    let app = App::open(&Place { origin: restored.origin, ..place }).await.expect("the new log opens");
    assert!(api::work::checkpoints::sign(&app).await.expect("signed").starts_with("test.example/log-2\n"));
    std::fs::remove_dir_all(folder).ok();
    world.finish().await;
}

async fn a_copy_that_was_touched_is_refused(world: World) {
    let out = world.folder().join("copy");
    let manifest = backup::take(&world.app, &here(&world), &out, true).await.expect("a copy");
    let (place, folder) = target(&world).await;
    let name = manifest.files.keys().find(|name| name.starts_with("house")).expect("the database").clone();
    let mut bytes = std::fs::read(out.join(&name)).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(out.join(&name), bytes).unwrap();
    let refused = restore::bring_back(&out, &place, How::default()).await;
    assert!(matches!(refused, Err(KeepingFault::Changed(_))), "{refused:?}");
    let text = std::fs::read_to_string(out.join("manifest.json")).unwrap();
    std::fs::write(out.join("manifest.json"), text.replace(env!("CARGO_PKG_VERSION"), "999.0.0")).unwrap();
    assert!(matches!(restore::bring_back(&out, &place, How::default()).await, Err(KeepingFault::Newer(..))));
    assert!(matches!(restore::bring_back(&folder, &place, How::default()).await, Err(KeepingFault::NoCopy(..))));
    std::fs::remove_dir_all(folder).ok();
    world.finish().await;
}

async fn the_doctor_finds_what_is_wrong(world: World) {
    let word = async |check: &str| {
        let found = doctor::examine(&here(&world)).await;
        found.iter().find(|finding| finding.check == check).map(|finding| finding.health)
    };
    let found = doctor::examine(&here(&world)).await;
    assert_ne!(doctor::worst(&found), Health::Fail, "{found:?}");
    assert_eq!(word("durability").await, Some(Health::Ok), "{found:?}");
    assert_eq!(word("trail").await, Some(Health::Ok));
    let note = world.app.keys.sign_checkpoint(1_000_000, &domain::merkle::leaf_hash(b"another history"));
    std::fs::write(world.folder().join("checkpoints"), format!("{note}\n")).unwrap();
    assert_eq!(word("trail").await, Some(Health::Fail), "more was signed than there is");
    std::fs::set_permissions(world.folder().join("keys/ring.json"), std::fs::Permissions::from_mode(0o644)).unwrap();
    assert_eq!(word("keys").await, Some(Health::Fail));
    world.finish().await;
}

#[test]
fn keys_are_rotated_and_old_proofs_still_check() {
    let folder = scratch("keys-cli");
    let data = folder.display().to_string();
    run(&["--data", &data, "migrate"], &[], "").good();
    run(&["--data", &data, "office", "load", OFFICES, "--commit"], &[], "").good();
    let proof = run(&["--data", &data, "audit", "prove", "0", "--out", &data, "--json"], &[], "").good().json();
    let old = run(&["--data", &data, "audit", "checkpoint", "--json"], &[], "").good().json();
    let earlier = folder.join("earlier.txt");
    std::fs::write(&earlier, old["checkpoint"].as_str().unwrap()).unwrap();
    let rotated = run(&["--data", &data, "keys", "rotate", "signing", "--json"], &[], "").good().json();
    run(&["--data", &data, "keys", "rotate", "sealing"], &[], "").good();
    assert_ne!(rotated["verifierKey"], old["verifierKey"]);
    let listed = run(&["--data", &data, "keys", "list", "--json"], &[], "").good().json();
    assert_eq!(listed["keys"].as_array().map(Vec::len), Some(5));
    let (file, entry, key) = (proof["proof"].as_str().unwrap(), proof["entry"].as_str().unwrap(), old["verifierKey"].as_str().unwrap());
    run(&["audit", "check", file, "--entry", entry, "--key", key], &[], "").good();
    let new = rotated["verifierKey"].as_str().unwrap();
    assert_eq!(run(&["audit", "check", file, "--entry", entry, "--key", new], &[], "").code, 1, "the new key did not sign the old proof");
    run(&["--data", &data, "user", "add", "someone", "--name", "某人", "--seat", "officer@yanjiang"], &[], "a long password").good();
    let grown = folder.join("grown.txt").display().to_string();
    let from = old["checkpoint"].as_str().unwrap().lines().nth(1).unwrap().to_owned();
    run(&["--data", &data, "audit", "grow", &from, "--out", &grown], &[], "").good();
    let check = ["audit", "check-growth", &grown, "--earlier", &earlier.display().to_string(), "--key", new, "--earlier-key", key];
    run(&check, &[], "").good();
    let doctor = run(&["--data", &data, "doctor"], &[], "");
    assert_eq!(doctor.code, 0, "{}", doctor.out);
    std::fs::remove_dir_all(folder).ok();
}

#[tokio::test]
async fn a_proof_survives_a_rotation_in_the_running_house() {
    let folder = scratch("rotation");
    let place =
        Place { database: format!("sqlite:{}/x.sqlite", folder.display()), folder: folder.clone(), origin: ORIGIN.into(), second: None };
    let app = App::make(&place).await.expect("a new house");
    api::city::offices::seed(&app).await.expect("offices");
    let before = api::work::proofs::prove(&app, 0).await.expect("a proof");
    app.keys.rotate(api::keys::KeyKind::Signing).expect("rotated");
    assert!(proofs::check(&before.file, before.entry.as_bytes(), &before.verifier_key).is_ok());
    let after = api::work::proofs::prove(&app, 0).await.expect("a proof");
    assert!(proofs::check(&after.file, after.entry.as_bytes(), &before.verifier_key).is_err());
    std::fs::remove_dir_all(folder).ok();
}
